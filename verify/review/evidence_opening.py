"""What runs in the process apart: open one picture or PDF within limits, say what is in it.

``python -m verify.review.evidence_opening FILE MEDIA_TYPE [THUMBNAIL]`` prints one JSON object: the
fields of `verify.review.evidence_apart.Opened`, or ``refused`` and ``remedy``.
"""

from __future__ import annotations

import contextlib
import json
import resource
import sys
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

MEMORY_BYTES: Final = 1 << 30
"""Address space of the process. A picture of MOST_PIXELS in four colours has 200 MB and is held
twice while its colours are converted; Python with its libraries takes 250 MB of it (measured)."""
CPU_S: Final = 15
"""Seconds of computing; a JPEG of MOST_PIXELS takes 1.5 (measured)."""
MOST_PIXELS: Final = 50_000_000
"""Pixels, read from the header before anything is decoded. A full-frame camera makes 24 to 50
million; a phone 12, or 50 at its best."""
MOST_PAGES: Final = 100_000
ANSWER_BYTES: Final = 16_384
THUMBNAIL_PX: Final = 480
_ROOM_PX: Final = 960
"""Longer side to which a picture is shrunk first: what follows costs little then."""
_FORMATS: Final = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/gif": "GIF",
    "image/webp": "WEBP",
    "image/tiff": "TIFF",
}


class RefusedError(Exception):
    """A file that is not taken: what is wrong, and the remedy."""


def limit() -> None:
    """Bound what this process may use; before any library that reads files is loaded."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_S),
        (resource.RLIMIT_FSIZE, 4 << 20),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_CORE, 0),
    ):
        # Some systems do not let address space be bounded; time and the parent's wait hold there.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


def picture(path: Path, media_type: str, thumbnail: Path | None) -> dict[str, Any]:
    """Decode a picture (of an animation the first frame); write its thumbnail."""
    from PIL import Image

    from verify.review import picture_hash, picture_says

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        image = Image.open(path, formats=[_FORMATS[media_type]])
        if image.width * image.height > MOST_PIXELS:
            raise Image.DecompressionBombError
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise RefusedError(
            f"The picture has more than {MOST_PIXELS // 1_000_000} million pixels",
            "Attach a smaller copy, and say in the note where the large one is.",
        ) from error
    image.load()
    width, height = image.size
    says, turned = picture_says.exif(image)
    if turned:
        width, height = height, width
    small = picture_says.small(image, _ROOM_PX)
    found = picture_hash.perceptual_hash(small)
    if thumbnail is not None:
        small.thumbnail((THUMBNAIL_PX, THUMBNAIL_PX), Image.Resampling.LANCZOS)
        small.save(thumbnail, "JPEG", quality=85)
    return {"width": width, "height": height, "perceptual_hash": found, "says": says}


def pdf(path: Path) -> dict[str, Any]:
    """Count the pages of a PDF and read what it says of its making; nothing in it is run."""
    from pypdf import PdfReader

    from verify.review.picture_says import iso, told

    reader = PdfReader(path)
    if reader.is_encrypted and not reader.decrypt(""):
        return {"says": {"locked": "yes"}}
    pages = reader.get_num_pages()
    if not 0 < pages <= MOST_PAGES:
        raise RefusedError("The PDF has no pages that can be read", "Save it anew as a PDF.")
    reader.pages[0].mediabox  # noqa: B018  a damaged tree of pages shows here
    about: Mapping[str, Any] = reader.metadata or {}
    made = told(about.get("/CreationDate")).removeprefix("D:")[:14]
    says = {
        "pages": pages,
        "made_at": iso(made, "%Y%m%d%H%M%S"),
        "author": told(about.get("/Author")),
        "title": told(about.get("/Title")),
        "program": told(about.get("/Producer") or about.get("/Creator")),
    }
    return {"says": {name: value for name, value in says.items() if value}}


def answer(path: Path, media_type: str, thumbnail: Path | None) -> dict[str, Any]:
    """Open the file; whatever goes wrong in it is a refusal."""
    try:
        if media_type == "application/pdf":
            return pdf(path)
        return picture(path, media_type, thumbnail)
    except RefusedError as error:
        what, remedy = error.args
    except MemoryError:
        what = "The file needs more memory to be opened than is given to one"
        remedy = "Attach a smaller copy, and say in the note where the large one is."
    except Exception:  # what a damaged file makes the libraries raise has no common class
        what = "The file is damaged or cut off: it cannot be opened"
        remedy = "Fetch or save it once more."
    return {"refused": what, "remedy": remedy}


if __name__ == "__main__":
    limit()
    given = sys.argv[1:]
    out = Path(given[2]) if len(given) > 2 else None
    sys.stdout.write(json.dumps(answer(Path(given[0]), given[1], out)))
