"""Which files are taken as evidence, and the one line that says why another is not."""

import gzip
import io
import struct
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfWriter

from tests.review.scenes import scene
from tests.store.conftest import on_sqlite as settings  # noqa: F401
from verify.errors import InputError
from verify.review import evidence_apart, evidence_files, evidence_opening
from verify.review.evidence import attach_file
from verify.review.evidence_kept import Evidence, of
from verify.store.store import Store

C1 = ("claim", "c1")
SCRIPT = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


def written(image: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def pdf(pages: int, **about: str) -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(200, 300)
    writer.add_metadata({f"/{name}": value for name, value in about.items()})
    writer.write(out)
    return out.getvalue()


def zipped(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "words")
    return out.getvalue()


def header_of_png(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims to be huge, its rows packed from zeros."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def attach(store: Store, content: bytes, name: str, **more: int) -> Evidence:
    return attach_file(store, C1, io.BytesIO(content), name=name, reviewer="Ada", **more)


def refused(store: Store, content: bytes, name: str, **more: int) -> str:
    """Attach and return the refusal; nothing may be left behind."""
    with pytest.raises(InputError) as error:
        attach(store, content, name, **more)
    assert "\n" not in str(error.value)
    assert of(store, C1) == []
    assert list(store.originals.iterdir()) == []
    assert not [path for path in store.originals.parent.glob(".evidence-*")]
    return str(error.value)


PICTURE = scene(1)


@pytest.mark.parametrize(
    ("content", "name", "kind", "media"),
    [
        (written(PICTURE, "JPEG"), "a.jpg", "picture", "image/jpeg"),
        (written(PICTURE, "JPEG"), "no ending", "picture", "image/jpeg"),
        (written(PICTURE, "PNG"), "really a png.jpg", "picture", "image/png"),
        (written(PICTURE.convert("P"), "GIF"), "a.gif", "picture", "image/gif"),
        (written(PICTURE, "WEBP"), "a.webp", "picture", "image/webp"),
        (written(PICTURE, "TIFF"), "a.tif", "picture", "image/tiff"),
        (written(PICTURE.convert("CMYK"), "JPEG"), "print.jpg", "picture", "image/jpeg"),
        (written(PICTURE.convert("I;16"), "PNG"), "deep.png", "picture", "image/png"),
        (written(PICTURE.convert("LA"), "PNG"), "clear.png", "picture", "image/png"),
        (pdf(3), "a.pdf", "pdf", "application/pdf"),
        ("\ufeffZwölf Zeugen. Дом\n".encode(), "a.txt", "text", "text/plain"),
        (b"3 < 4 and <b>bold</b>", "notes", "text", "text/plain"),
    ],
)
def test_a_file_is_told_by_its_content(store: Store, content, name, kind, media):
    piece = attach(store, content, name)
    assert (piece.kind, piece.media_type) == (kind, media)
    assert (piece.width is not None) == (kind == "picture")
    assert (piece.perceptual_hash is not None) == (kind == "picture")


def test_of_an_animation_the_first_frame_is_looked_at(store: Store):
    frames = [scene(number).convert("P") for number in (1, 2)]
    content = written(frames[0], "GIF", save_all=True, append_images=frames[1:])
    alone = written(frames[0], "GIF")
    piece = attach(store, content, "a.gif")
    assert piece.perceptual_hash == attach(store, alone, "b.gif").perceptual_hash


def test_the_pages_of_a_pdf_are_counted_and_what_it_says_is_kept(store: Store):
    content = pdf(2, Author="The council", CreationDate="D:20140503121110Z")
    says = attach(store, content, "report.pdf").says
    assert (says["pages"], says["author"], says["made_at"]) == (
        2, "The council", "2014-05-03T12:11:10",
    )  # fmt: skip


def test_a_locked_pdf_is_kept_and_said_to_be_locked(store: Store):
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 300)
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(out)
    assert attach(store, out.getvalue(), "a.pdf").says == {"locked": "yes"}


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"", "a.jpg", "The file is empty (a.jpg)"),
        (b"alert(document.cookie)", "a.jpg", "is called .jpg but holds plain text"),
        (b"#!/bin/sh\nrm -rf /", "a.jpg", "The file is a script"),
        (b"#!/bin/sh\nrm -rf /", "a.txt", "The file is a script"),
        (b"WScript.Echo 1", "a.vbs", "The file is a script"),
        (b"<!DOCTYPE html><p>x", "a.jpg", "holds markup that a browser would run"),
        (b"words <script>alert(1)</script>", "a.txt", "holds markup that a browser would run"),
        (SCRIPT, "a.svg", "holds markup that a browser would run"),
        (SCRIPT, "a.jpg", "holds markup that a browser would run"),
        (b"\xef\xbb\xbf <SVG/>", "a.txt", "holds markup that a browser would run"),
        (gzip.compress(SCRIPT, mtime=0), "a.svgz", "The file is a packed file (gzip)"),
        (gzip.compress(SCRIPT, mtime=0), "a.png", "The file is a packed file (gzip)"),
        (zipped("a.jpg"), "a.jpg", "The file is an archive or an office document"),
        (b"MZ\x90\0" + b"\0" * 99, "a.jpg", "The file is a program"),
        (b"\x7fELF\x02" + b"\0" * 99, "a.txt", "The file is a program"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 99, "a.heic", "The file is a video, or a picture in HEIC"),
        (b"\x93\x01\x02", "a.bin", "The file is of a kind that is not known here"),
        ("Zwölf".encode("latin-1"), "a.txt", "The file is of a kind that is not known here"),
        (b"words\0words", "a.txt", "The file is of a kind that is not known here"),
        (b"  \n", "a.txt", "The file is of a kind that is not known here"),
        (written(PICTURE, "JPEG"), "a.pdf", "is called .pdf but holds a picture"),
        (pdf(1), "a.png", "is called .png but holds a PDF"),
        (written(PICTURE, "JPEG")[:9000], "a.jpg", "damaged or cut off"),
        (written(PICTURE, "PNG")[:20000], "a.png", "damaged or cut off"),
        (written(PICTURE, "WEBP")[:900], "a.webp", "damaged or cut off"),
        (written(PICTURE.convert("P"), "GIF")[:9000], "a.gif", "damaged or cut off"),
        (written(PICTURE, "TIFF")[:9000], "a.tif", "damaged or cut off"),
        (b"\xff\xd8\xff<script>alert(1)</script>", "a.jpg", "damaged or cut off"),
        (b"GIF89a/*" + b"x" * 99, "a.gif", "damaged or cut off|million pixels"),
        (b"%PDF-1.7\nnothing more", "a.pdf", "damaged or cut off"),
        (pdf(3)[:300], "a.pdf", "damaged or cut off|no pages"),
    ],
)
def test_what_is_refused_and_the_line_that_says_so(store: Store, content, name, told):
    said = refused(store, content, name)
    assert any(part in said for part in told.split("|")), said


@pytest.mark.parametrize("size", [(60_000, 60_000), (8_000, 6_300)])
def test_a_decompression_bomb_is_refused_by_its_header(store: Store, size):
    assert "more than 50 million pixels" in refused(store, header_of_png(*size), "bomb.png")


def test_a_picture_whose_rows_never_come_is_refused(store: Store):
    assert "damaged or cut off" in refused(store, header_of_png(7_000, 7_000), "hollow.png")


class Endless(io.RawIOBase):
    """A file of 200 MB that counts how much of it was asked for."""

    def __init__(self) -> None:
        self.given = 0

    def read(self, size: int = -1) -> bytes:
        block = min(size if size >= 0 else 200_000_000, 200_000_000 - self.given)
        self.given += block
        return b"\xff\xd8\xff" + b"\0" * (block - 3) if block else b""


def test_a_file_of_200_mb_is_refused_without_being_read_whole(store: Store):
    endless = Endless()
    tracemalloc.start()
    with pytest.raises(InputError, match=r"larger than 25 MB \(film.jpg\).*Attach a link"):
        attach_file(store, C1, endless, name="film.jpg", reviewer="Ada")
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert endless.given <= 27_000_000
    assert most < 12_000_000
    assert list(store.originals.iterdir()) == []


def test_a_large_file_on_disk_is_refused_by_the_same_limit(store: Store, tmp_path: Path):
    film = tmp_path / "film.mp4"
    with film.open("wb") as out:
        out.truncate(200_000_000)
    with pytest.raises(InputError, match="larger than 25 MB"):
        attach_file(store, C1, film, reviewer="Ada")


def test_the_limit_can_be_set(store: Store):
    assert "larger than 1 MB" in refused(store, b"x" * 1_000_001, "a.txt", most_mb=1)
    assert attach(store, b"x" * 1_000_000, "a.txt", most_mb=1).size == 1_000_000


def test_a_path_that_is_no_file_is_refused(store: Store, tmp_path: Path):
    for path in (tmp_path / "gone.jpg", tmp_path):
        with pytest.raises(InputError, match="There is no such file"):
            attach_file(store, C1, path, reviewer="Ada")


def limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inside: str) -> str:
    """Run something else in the process apart; return what is told of it."""
    code = tmp_path / "sitecustomize.py"
    code.write_text(
        "import sys\n"
        "from verify.review import evidence_opening as opening\n"
        f"def picture(*_):\n    {inside}\n"
        "limit = opening.limit\n"
        "if 'image/jpeg' in sys.orig_argv:\n"
        "    limit(); print(__import__('json').dumps(opening.answer.__globals__.update("
        "picture=picture) or opening.answer(None, 'image/jpeg', None))); sys.stdout.flush()\n"
        "    __import__('os')._exit(0)\n"
    )
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}:{Path.cwd()}")
    with pytest.raises(InputError) as error:
        evidence_apart.opened(tmp_path / "a.jpg", "image/jpeg", "a.jpg")
    return str(error.value)


def test_a_file_that_wants_all_memory_is_refused_and_the_desk_lives(tmp_path, monkeypatch):
    said = limited(tmp_path, monkeypatch, "bytearray(3_000_000_000)")
    assert "more memory" in said


def test_a_file_that_never_ends_is_refused_and_the_desk_lives(tmp_path, monkeypatch):
    monkeypatch.setattr(evidence_apart, "WALL_S", 3)
    assert "more time or memory" in limited(tmp_path, monkeypatch, "while True: pass")


def test_a_decoder_that_crashes_takes_only_its_own_process(tmp_path, monkeypatch):
    said = limited(tmp_path, monkeypatch, "__import__('os').kill(__import__('os').getpid(), 11)")
    assert "more time or memory" in said


def test_the_process_apart_is_not_told_the_address_of_the_store(tmp_path, monkeypatch):
    monkeypatch.setenv("VERIFY_DATABASE_URL", "postgresql://ada:secret@host/desk")
    inside = (
        "raise opening.RefusedError(str([n for n in __import__('os').environ "
        "if n.startswith('VERIFY')]), 'x')"
    )
    assert "[]" in limited(tmp_path, monkeypatch, inside)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\pictures\\square.jpg", "square.jpg"),
        ("evil\u202egpj.exe", "evil_gpj.exe"),
        ("", "unnamed"),
        ("x" * 300 + ".jpeg", "x" * 115 + ".jpeg"),
    ],
)
def test_names_are_kept_harmless(given: str, kept: str):
    assert evidence_files.shown_name(given) == kept


@pytest.mark.parametrize(
    ("name", "media", "called"),
    [
        ("a.jpg", "image/jpeg", "a.jpg"),
        ("A.JPEG", "image/jpeg", "A.JPEG"),
        ("a.jpg.exe", "image/jpeg", "a.jpg.exe.jpg"),
        ("a.jpg", "image/png", "a.jpg.png"),
        ("notes", "text/plain", "notes.txt"),
        ("a/..;b.pdf", "application/pdf", "a___b.pdf"),
    ],
)
def test_a_download_is_called_what_it_is(name: str, media: str, called: str):
    assert evidence_files.download_name(name, media) == called


def test_the_limits_leave_room_for_the_largest_picture_that_is_taken(tmp_path: Path):
    large = tmp_path / "large.jpg"
    Image.new("RGB", (8_000, 6_250), (90, 90, 90)).save(large)
    opened = evidence_apart.opened(large, "image/jpeg", "large.jpg")
    assert (opened.width, opened.height) == (8_000, 6_250)
    assert evidence_opening.MOST_PIXELS == 8_000 * 6_250
