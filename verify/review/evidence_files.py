"""A file that is to be attached: copied block by block, and told by its content what it is.

Nothing is opened here but plain text; pictures and PDFs are opened in a process apart
(`verify.review.evidence_apart`).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from verify.errors import InputError, StoreError

BLOCK: Final = 1 << 20
"""Bytes read at a time."""
LONGEST_NAME: Final = 120
"""Characters of a file's name that are kept, its ending included."""

PICTURES: Final = {
    "image/jpeg": (".jpg", ".jpeg", ".jpe", ".jfif"),
    "image/png": (".png",),
    "image/gif": (".gif",),
    "image/webp": (".webp",),
    "image/tiff": (".tif", ".tiff"),
}
"""Media types of pictures and the endings that go with each, the usual one first."""
PDF, TEXT = "application/pdf", "text/plain"
TEXT_ENDINGS: Final = (".txt", ".md", ".csv", ".tsv", ".json", ".jsonl", ".log", ".srt", ".vtt")
_PROMISED: Final = {
    **{ending: "picture" for endings in PICTURES.values() for ending in endings},
    **dict.fromkeys((".bmp", ".heic", ".heif", ".avif", ".svg", ".svgz"), "picture"),
    ".pdf": "pdf",
    **dict.fromkeys(TEXT_ENDINGS, "text"),
}
"""Ending of a name -> the kind of file that it promises."""
_SCRIPTS: Final = (
    ".js", ".mjs", ".vbs", ".vbe", ".wsf", ".wsh", ".hta", ".bat", ".cmd", ".ps1", ".psm1", ".sh",
    ".bash", ".command", ".py", ".pyw", ".pl", ".rb", ".php", ".phtml", ".asp", ".aspx", ".jsp",
    ".lnk", ".url", ".reg", ".desktop", ".scf", ".inf", ".htm", ".html", ".xhtml", ".xml", ".mht",
    ".mhtml", ".jar", ".scpt",
)  # fmt: skip
_FOREIGN: Final = (
    (0, b"PK\x03\x04", "an archive or an office document"),
    (0, b"PK\x05\x06", "an archive"),
    (0, b"\x1f\x8b", "a packed file (gzip)"),
    (0, b"BZh", "a packed file (bzip2)"),
    (0, b"\xfd7zXZ\x00", "a packed file (xz)"),
    (0, b"\x28\xb5\x2f\xfd", "a packed file (zstd)"),
    (0, b"7z\xbc\xaf\x27\x1c", "an archive"),
    (0, b"Rar!", "an archive"),
    (257, b"ustar", "an archive"),
    (0, b"MZ", "a program"),
    (0, b"\x7fELF", "a program"),
    (0, b"\x00asm", "a program"),
    (0, b"\xca\xfe\xba\xbe", "a program"),
    (0, b"\xcf\xfa\xed\xfe", "a program"),
    (0, b"\xce\xfa\xed\xfe", "a program"),
    (0, b"\xfe\xed\xfa", "a program"),
    (0, b"\xd0\xcf\x11\xe0", "an office document of the old kind"),
    (4, b"ftyp", "a video, or a picture in HEIC or AVIF"),
    (0, b"\x1aE\xdf\xa3", "a video"),
    (0, b"OggS", "a sound recording or a video"),
    (0, b"ID3", "a sound recording"),
    (0, b"BM", "a picture in BMP"),
)
"""Where a file begins like this, it is named so in the refusal; no kind but ours is taken."""
_MARKUP: Final = re.compile(
    r"<(?:!doctype\s+html|(?:\w+:)?(?:html|svg|script|iframe|object|embed|meta)\b)|<\?(?:xml|php)",
    re.IGNORECASE,
)
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_TAKEN: Final = "Attach a JPEG, PNG, GIF, WebP or TIFF picture, a PDF, or plain UTF-8 text."


@dataclass(frozen=True)
class Staged:
    """A copy of what was given, whole and measured."""

    path: Path
    sha256: str
    size: int


def stage(source: Path | BinaryIO, name: str, folder: Path, most_mb: int) -> Staged:
    """Copy ``source`` into ``folder``, a block at a time, never more than ``most_mb`` megabytes.

    Raises ``InputError`` where it is empty, larger, or not to be read.
    """
    if not isinstance(source, Path):
        return _copied(source, name, folder, most_mb)
    try:
        if not source.is_file():
            raise InputError("There is no such file", str(source), "Check the path.")
        with source.open("rb") as stream:
            return _copied(stream, name, folder, most_mb)
    except OSError as error:
        what = f"The file cannot be read: {error.strerror}"
        raise InputError(what, str(source), "Check its permissions.") from error


def _copied(stream: BinaryIO, name: str, folder: Path, most_mb: int) -> Staged:
    digest, size = hashlib.sha256(), 0
    path = folder / "given"
    try:
        copy = path.open("xb")
    except OSError as error:
        raise _not_kept(error, folder) from error
    with copy:
        while block := stream.read(BLOCK):
            size += len(block)
            if size > most_mb * 1_000_000:
                raise InputError(
                    f"The file is larger than {most_mb} MB",
                    name,
                    "Attach a link to it, or raise VERIFY_EVIDENCE_MB.",
                )
            digest.update(block)
            try:
                copy.write(block)
            except OSError as error:
                raise _not_kept(error, folder) from error
    if not size:
        raise InputError("The file is empty", name, "Attach another one.")
    return Staged(path, digest.hexdigest(), size)


def _not_kept(error: OSError, folder: Path) -> StoreError:
    return StoreError(
        f"Evidence cannot be kept: {error.strerror}",
        str(folder.parent),
        "Look at the folder's permissions and free space, and attach it again.",
    )


def shown_name(name: str) -> str:
    """Return a file's name as it may be shown and kept: no folders, no controls, not too long.

    Signs that turn the direction of writing go too: they make ``gpj.exe`` look like a picture.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join("_" if unicodedata.category(sign)[0] == "C" else sign for sign in last).strip()
    ending = Path(kept).suffix[:20]
    return kept[: LONGEST_NAME - len(ending)].removesuffix(ending) + ending if kept else "unnamed"


def download_name(name: str, media_type: str) -> str:
    """Name a file for a download so that its ending says what it is, not what it claims to be."""
    endings = {**PICTURES, PDF: (".pdf",), TEXT: TEXT_ENDINGS}[media_type]
    kept = re.sub(r"[^\w .()+,-]|\.\.+", "_", name).strip(" .") or "unnamed"
    return kept if kept.lower().endswith(endings) else kept + endings[0]


def media_type(staged: Staged, name: str) -> str:
    """Tell what a file is by its content: a media type of PICTURES, PDF or TEXT.

    Raises ``InputError`` for everything else, for markup and scripts, and where the name promises
    another kind than the content is: whoever opens it later goes by the name.
    """
    with staged.path.open("rb") as file:
        head = file.read(512)
    found = _signed(head) or _text(staged.path, name, head)
    promised, kind = _PROMISED.get(Path(name).suffix.lower()), kind_of(found)
    if promised not in (None, kind):
        ending = Path(name).suffix.lower()
        words = {"picture": "a picture", "pdf": "a PDF", "text": "plain text"}
        what = f"The file is called {ending} but holds {words[kind]}"
        raise InputError(what, name, "Look where it comes from; rename it if it is what you mean.")
    return found


def kind_of(media: str) -> str:
    """Return the kind of evidence that a media type is: picture, pdf or text."""
    return {PDF: "pdf", TEXT: "text"}.get(media, "picture")


def _signed(head: bytes) -> str | None:
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    signatures = (
        (b"\xff\xd8\xff", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"GIF87a", "image/gif"),
        (b"GIF89a", "image/gif"),
        (b"II*\x00", "image/tiff"),
        (b"MM\x00*", "image/tiff"),
        (b"%PDF-", PDF),
    )
    return next((media for start, media in signatures if head.startswith(start)), None)


def _text(path: Path, name: str, head: bytes) -> str:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        text = ""
    if not text.strip() or _CONTROLS.search(text):
        starts = ((what, head[at : at + len(start)] == start) for at, start, what in _FOREIGN)
        is_ = next((what for what, fits in starts if fits), "of a kind that is not known here")
        raise InputError(f"The file is {is_}", name, _TAKEN)
    if _MARKUP.search(text):
        what = "The file holds markup that a browser would run (HTML, SVG or XML)"
        raise InputError(what, name, "Save it as a PDF or a picture and attach that.")
    if text.startswith("#!") or Path(name).suffix.lower() in _SCRIPTS:
        raise InputError("The file is a script", name, "Attach its words as a plain text file.")
    return TEXT
