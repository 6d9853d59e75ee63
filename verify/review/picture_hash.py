"""The perceptual hash of a picture: 64 bits that stay alike when it is saved anew or resized."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

SIDE: Final = 32
"""Pixels to which a picture is shrunk, both ways."""
LOW: Final = 8
"""Rows and columns of low frequencies that are looked at."""
PLAIN: Final = 4.0
"""Standard deviation of grey values (of 255) below which a picture has no features to compare."""
MOST_BITS: Final = 10
"""Bits in which two hashes may differ and still be called alike; measured in docs/evidence.md."""


def perceptual_hash(image: Image.Image) -> str | None:
    """Return the hash as 16 hex digits; None for a picture too plain to be compared.

    The picture in grey, 32 x 32; its discrete cosine transform (type II); of the coefficients
    (1..8, 1..8), which leave out the mean and what is constant along one side, each is one bit:
    whether it is above their median. Row by row, the first one is the highest bit. After C. Zauner,
    "Implementation and Benchmarking of Perceptual Image Hash Functions", 2010, section 3.2.1.
    """
    grey = image.convert("L").resize((SIDE, SIDE), Image.Resampling.LANCZOS)
    values = np.asarray(grey, dtype=np.float64)
    if values.std() < PLAIN:
        return None
    cosines = _cosines()
    low = (cosines @ values @ cosines.T).ravel()
    return np.packbits(low > np.median(low)).tobytes().hex()


def _cosines() -> NDArray[np.float64]:
    """Return rows 1 to LOW of the matrix of the transform: cos(pi * k * (2n + 1) / 2N)."""
    k, n = np.arange(1, LOW + 1)[:, None], np.arange(SIDE)[None, :]
    return np.asarray(np.cos(np.pi * k * (2 * n + 1) / (2 * SIDE)))


def differing(one: str, hashes: NDArray[np.uint64]) -> NDArray[np.uint8]:
    """Count the bits in which each of ``hashes`` differs from ``one``."""
    return np.asarray(np.bitwise_count(hashes ^ np.uint64(int(one, 16))))


def numbers(digits: str) -> NDArray[np.uint64]:
    """Read hashes that stand one behind the other, 16 hex digits each."""
    return np.frombuffer(bytes.fromhex(digits), dtype=">u8").astype(np.uint64)
