"""What a picture's file says of itself (EXIF), and the picture made small and the right way up.

Nothing here is a fact: any program can write any time and place into a file.
"""

from __future__ import annotations

import contextlib
import math
import unicodedata
from datetime import datetime
from typing import Any, Final

import numpy as np
from PIL import Image, ImageOps

LONGEST: Final = 80
"""Characters of one entry that are kept."""
_EXIF, _GPS = 0x8769, 0x8825
_ORIENTATION, _MAKE, _MODEL, _SOFTWARE, _CHANGED = 0x0112, 0x010F, 0x0110, 0x0131, 0x0132
_TAKEN, _ZONE = 0x9003, 0x9011


def told(value: object) -> str:
    """Return an entry as one line that may be shown: no controls, not too long; "" for none."""
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    text = "".join(" " if unicodedata.category(s)[0] == "C" else s for s in str(value or ""))
    return " ".join(text.split())[:LONGEST]


def exif(image: Image.Image) -> tuple[dict[str, Any], bool]:
    """Read time, place, camera and program; and whether showing it swaps width and height.

    Entries: ``taken_at`` (ISO, the camera's clock), ``zone`` (where the file gives one),
    ``changed_at``, ``latitude`` and ``longitude`` (degrees, WGS 84), ``camera``, ``program``.
    Tags are those of Exif 2.32 (CIPA DC-008).
    """
    data = image.getexif()
    inner, gps = dict(data.get_ifd(_EXIF)), dict(data.get_ifd(_GPS))
    make, model = told(data.get(_MAKE)), told(data.get(_MODEL))
    camera = model if model.startswith(make) else f"{make} {model}".strip()
    says = {
        "taken_at": _time(inner.get(_TAKEN)),
        "zone": told(inner.get(_ZONE)),
        "changed_at": _time(data.get(_CHANGED)),
        "camera": camera,
        "program": told(data.get(_SOFTWARE)),
        "latitude": _degrees(gps.get(2), gps.get(1), "S", 90),
        "longitude": _degrees(gps.get(4), gps.get(3), "W", 180),
    }
    turned = data.get(_ORIENTATION) in (5, 6, 7, 8)
    return {name: value for name, value in says.items() if value not in (None, "")}, turned


def small(image: Image.Image, longest: int) -> Image.Image:
    """Return the picture in RGB on white, the right way up, at most ``longest`` pixels a side."""
    orientation = image.getexif().get(_ORIENTATION)
    if image.mode.startswith(("I", "F")):
        image = _eight_bit(image)
    elif image.mode not in ("RGB", "L", "CMYK", "YCbCr"):
        image = image.convert("RGBA")
    image.thumbnail((longest, longest), Image.Resampling.LANCZOS, reducing_gap=3.0)
    if image.mode == "RGBA":
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image)
    plain = Image.new("RGB", image.size)  # a new picture: no entry of the old file goes along
    plain.paste(image.convert("RGB"))
    if orientation:
        plain.getexif()[_ORIENTATION] = orientation
        plain = ImageOps.exif_transpose(plain)
    return plain


def _eight_bit(image: Image.Image) -> Image.Image:
    values = np.asarray(image, dtype=np.float32)
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    scaled = (values - low) * (255.0 / (high - low)) if high > low else np.zeros_like(values)
    return Image.fromarray(np.nan_to_num(scaled).astype(np.uint8), "L")


def iso(text: str, form: str) -> str:
    """Read a time written in ``form`` and write it as ISO 8601; "" where it is none."""
    with contextlib.suppress(ValueError):
        return datetime.strptime(text, form).isoformat()
    return ""


def _time(value: object) -> str:
    return iso(told(value), "%Y:%m:%d %H:%M:%S")


def _degrees(parts: Any, half: object, negative: str, most: float) -> float | None:
    with contextlib.suppress(TypeError, ValueError, ZeroDivisionError):
        degrees, minutes, seconds = (float(part) for part in parts)
        found = degrees + minutes / 60 + seconds / 3600
        if math.isfinite(found) and 0 <= found <= most:
            return round(-found if told(half).upper() == negative else found, 6)
    return None
