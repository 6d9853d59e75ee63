"""The colours of the theme can be read, also before a style of ours has reached the page."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from verify.dashboard import app

CONFIG = Path(app.__file__).with_name(".streamlit") / "config.toml"
COMPACT = 0.6
"""How much of its colour Streamlit leaves the label of a compact expander."""
READABLE = 4.5
"""WCAG 2.2, criterion 1.4.3: contrast of text of ordinary size."""


def channels(color: str) -> tuple[float, ...]:
    return tuple(int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))


def luminance(color: tuple[float, ...]) -> float:
    """Return the relative luminance, as WCAG 2.2 defines it."""
    red, green, blue = (
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in color
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_formula_of_contrast_gives_the_known_extremes() -> None:
    assert contrast(channels("#000000"), channels("#ffffff")) == pytest.approx(21)
    assert contrast(channels("#777777"), channels("#ffffff")) == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("paper", ["light", "dark"])
def test_the_label_of_a_compact_expander_is_readable(paper: str) -> None:
    theme = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["theme"][paper]
    back, text = channels(theme["backgroundColor"]), channels(theme["textColor"])
    faint = tuple(COMPACT * t + (1 - COMPACT) * b for t, b in zip(text, back, strict=True))
    assert contrast(faint, back) >= READABLE
