"""Pictures drawn for tests: varied scenes, and what happens to a picture on its way."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

from verify.review.picture_hash import differing, numbers, perceptual_hash

SCENES = 60
SIZE = (480, 360)


def scene(number: int) -> Image.Image:
    """Draw a street, a landscape, a crowd, a page of text, a map or a close view, with noise."""
    chance = np.random.default_rng(number)
    image = Image.new("RGB", SIZE, tuple(int(v) for v in chance.integers(60, 220, 3)))
    draw = ImageDraw.Draw(image)
    (_street, _land, _crowd, _page, _map, _near)[number % 6](draw, chance)
    if number % 6 != 3:
        image = image.filter(ImageFilter.GaussianBlur(float(chance.uniform(0.3, 1.5))))
    noise = chance.normal(0, float(chance.uniform(2, 12)), (SIZE[1], SIZE[0], 3))
    return Image.fromarray(np.clip(np.asarray(image) + noise, 0, 255).astype(np.uint8))


def _colour(chance: Any, low: int = 20, high: int = 235) -> tuple[int, ...]:
    return tuple(int(v) for v in chance.integers(low, high, 3))


def _street(draw: ImageDraw.ImageDraw, chance: Any) -> None:
    left = 0
    while left < SIZE[0]:
        wide, top = int(chance.integers(30, 130)), int(chance.integers(30, 220))
        draw.rectangle((left, top, left + wide, 320), fill=_colour(chance))
        for x in range(left + 6, left + wide - 8, 16):
            for y in range(top + 8, 300, 24):
                draw.rectangle((x, y, x + 8, y + 12), fill=_colour(chance))
        left += wide
    draw.rectangle((0, 320, *SIZE), fill=_colour(chance, 40, 110))


def _land(draw: ImageDraw.ImageDraw, chance: Any) -> None:
    for layer in range(4):
        base = 120 + 60 * layer
        heights = base - chance.integers(0, 110, 9)
        line = [(60 * n, int(y)) for n, y in enumerate(heights)]
        draw.polygon([(0, 360), *line, (480, 360)], fill=_colour(chance))
    x, y, r = int(chance.integers(40, 440)), int(chance.integers(20, 90)), 24
    draw.ellipse((x - r, y - r, x + r, y + r), fill=(250, 240, 190))


def _crowd(draw: ImageDraw.ImageDraw, chance: Any) -> None:
    for _ in range(int(chance.integers(8, 40))):
        x, y = int(chance.integers(0, 480)), int(chance.integers(120, 330))
        tall = int(chance.integers(30, 110))
        draw.rectangle((x, y, x + tall // 3, y + tall), fill=_colour(chance))
        draw.ellipse((x, y - tall // 3, x + tall // 3, y), fill=_colour(chance, 120, 220))


def _page(draw: ImageDraw.ImageDraw, chance: Any) -> None:
    draw.rectangle((0, 0, *SIZE), fill=(246, 246, 240))
    y = 20
    while y < 340:
        x, end = 24, int(chance.integers(160, 460))
        while x < end:
            wide = int(chance.integers(10, 60))
            draw.rectangle((x, y, min(x + wide, 456), y + 7), fill=(30, 30, 34))
            x += wide + 7
        y += int(chance.choice((14, 14, 14, 34)))
    if chance.random() < 0.7:
        x, y = int(chance.integers(20, 300)), int(chance.integers(20, 220))
        draw.rectangle((x, y, x + 150, y + 110), fill=_colour(chance, 90, 200))


def _map(draw: ImageDraw.ImageDraw, chance: Any) -> None:
    for _ in range(int(chance.integers(5, 12))):
        around = [tuple(int(v) for v in chance.integers((0, 0), SIZE)) for _ in range(5)]
        draw.polygon(around, fill=_colour(chance, 130, 240))
    for _ in range(int(chance.integers(4, 10))):
        along = [tuple(int(v) for v in chance.integers((0, 0), SIZE)) for _ in range(4)]
        draw.line(along, fill=_colour(chance), width=int(chance.integers(2, 9)))


def _near(draw: ImageDraw.ImageDraw, chance: Any) -> None:
    for _ in range(int(chance.integers(2, 6))):
        x, y = int(chance.integers(60, 420)), int(chance.integers(60, 300))
        r = int(chance.integers(40, 160))
        draw.ellipse((x - r, y - r, x + r, y + r), fill=_colour(chance), outline=_colour(chance))


def saved(image: Image.Image, form: str, **options: Any) -> Image.Image:
    """Write a picture in a format and read it back."""
    out = io.BytesIO()
    image.save(out, form, **options)
    return Image.open(out).convert("RGB")


def changed(image: Image.Image) -> Iterator[tuple[str, Image.Image]]:
    """Give what becomes of one picture, each with the name of its group."""
    wide, high = image.size
    for quality in (40, 60, 80, 95):
        yield "saved as JPEG, quality 40 to 95", saved(image, "JPEG", quality=quality)
    for percent in (25, 50, 75, 150, 200):
        size = (wide * percent // 100, high * percent // 100)
        resized = image.resize(size, Image.Resampling.BICUBIC)
        yield "resized to 25 to 200 %", resized
    both = image.resize((wide // 2, high // 2))
    yield "halved and saved as JPEG, quality 50", saved(both, "JPEG", quality=50)
    for part in (0.02, 0.05):
        x, y = wide * part, high * part
        box = (int(x / 2), int(y / 2), int(wide - x / 2), int(high - y / 2))
        yield f"cropped by {part:.0%} all round", image.crop(box)
        yield f"cropped by {part:.0%} on one side", image.crop((int(x), 0, wide, high))
    for factor in (0.7, 0.85, 1.15, 1.3):
        yield "brightness 70 to 130 %", ImageEnhance.Brightness(image).enhance(factor)
    yield "in grey", image.convert("L").convert("RGB")


def measured() -> tuple[dict[str, list[int]], list[int]]:
    """Count differing bits: by group of changes, and between different scenes."""
    scenes = [scene(number) for number in range(SCENES)]
    hashes = [perceptual_hash(image) or "" for image in scenes]
    same: dict[str, list[int]] = {}
    for image, before in zip(scenes, hashes, strict=True):
        for group, after in changed(image):
            same.setdefault(group, []).append(bits(before, perceptual_hash(after) or ""))
    return same, [bits(one, other) for one, other in combinations(hashes, 2)]


def bits(one: str, other: str) -> int:
    return int(differing(one, numbers(other))[0])
