"""Bytes to text: the hash of a file, which encoding it is in, and whether it is text at all."""

from __future__ import annotations

import codecs
import gzip
import hashlib
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, cast

from charset_normalizer import from_bytes

BLOCK: Final = 1 << 20
MAX_UNPACKED: Final = 2 << 30
"""Bytes that a compressed file may unpack to (2 GiB); it is broken off there."""

BROKEN_GZIP = (OSError, EOFError, zlib.error)
"""What a gzip file that is damaged or cut off raises when it is read."""

_SAMPLE: Final = 100_000  # bytes shown to the detector on either side of the first odd one
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark is the first half of this one
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY: Final = {
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"\x7fELF": "a program",
    b"PK\x03\x04": "a ZIP archive or an Office file",
    b"%PDF": "a PDF file",
    b"\x1f\x8b": "a gzip file",
    b"PAR1": "a Parquet file",
    b"\xd0\xcf\x11\xe0": "an old Office file",
}
LIKELY: Final = (
    "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "iso8859_2",
    "koi8_r", "koi8_u", "gb18030", "big5", "cp932", "euc_jp", "cp949",
)  # fmt: skip
"""What files that are neither UTF-8 nor Western come in; among all 90 a text fits too many."""

_ASCII: Final = bytes(range(128))
_WESTERN: Final = (
    "€…‘’“”•–—™\u00a0¡£§©«®°±»½¿×ÀÁÂÄÅÆÇÈÉÊËÍÎÑÓÔÖØÚÛÜßàáâäåæçèéêëíîïñóôöøùúûü".encode("cp1252")
)
_CONTROLS: Final = bytes(set(range(32)) - set(b"\t\n\r\f\x1b"))
_ODD_SHARE: Final = 0.02  # control characters of all bytes; text has next to none, programs 10 %+


@dataclass(frozen=True)
class Encoding:
    """``name`` of the codec; ``guessed`` when no mark and no valid UTF-8 said so."""

    name: str
    guessed: bool = False
    binary: str | None = None  # what it is instead of text


def hash_file(path: Path) -> tuple[str, int]:
    """Give the SHA-256 of a file's bytes and their number."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
        return digest.hexdigest(), file.tell()


def unpacked(file: BinaryIO, path: Path) -> BinaryIO:
    """Give the bytes of a file, unpacked when its name ends in ``.gz``."""
    if path.suffix.lower() != ".gz":
        return file
    return cast(BinaryIO, io.BufferedReader(gzip.GzipFile(fileobj=file), BLOCK))


def encoding_of(path: Path) -> Encoding:
    """Find out how a file is encoded by reading it once, block by block.

    A byte-order mark decides, then valid UTF-8, then UTF-16 without a mark (zero bytes on one
    side), then charset-normalizer on the surroundings of the first byte that is not UTF-8. More
    than 2 % control characters, or the first bytes of a known binary format, is not text.
    """
    with path.open("rb") as file:
        blocks = _blocks(unpacked(file, path))
        head = next(blocks, b"")
        for mark, name in _BOMS:
            if head.startswith(mark):
                return Encoding(name)
        for start, words in _BINARY.items():
            if head.startswith(start):
                return Encoding("latin-1", binary=words)
        if wide := _utf16(head):
            return Encoding(wide, guessed=True)
        odd = len(head) - len(head.translate(None, _CONTROLS))
        if odd > _ODD_SHARE * len(head):
            return Encoding("latin-1", binary="binary data")
        return _utf8_or_guess(head, blocks)


def _blocks(stream: BinaryIO) -> Iterator[bytes]:
    done = 0
    try:
        while (block := stream.read(BLOCK)) and done <= MAX_UNPACKED:
            done += len(block)
            yield block
    except BROKEN_GZIP:
        return  # the reader proper meets the same fault and says where


def _utf8_or_guess(head: bytes, blocks: Iterator[bytes]) -> Encoding:
    decoder = codecs.getincrementaldecoder("utf-8")()
    block = head
    while block:
        pending = decoder.getstate()[0]
        try:
            decoder.decode(block)
        except UnicodeDecodeError as error:
            at = max(0, error.start - len(pending))
            return _guess((pending + block)[max(0, at - _SAMPLE) : at + _SAMPLE])
        block = next(blocks, b"")
    return Encoding("utf-8")


def _guess(sample: bytes) -> Encoding:
    """Tell the encoding of bytes that are not UTF-8.

    charset-normalizer takes English with a few curly quotes for Central European as often as not;
    where all letters beyond ASCII are few and usual in Western Europe, it is not asked.
    """
    odd = sample.translate(None, _ASCII)
    if len(odd) < 0.15 * len(sample) and not odd.translate(None, _WESTERN):
        return Encoding("cp1252", guessed=True)
    best = from_bytes(sample, cp_isolation=list(LIKELY)).best()
    return Encoding(best.encoding if best else "cp1252", guessed=True)


def _utf16(head: bytes) -> str | None:
    even, odd = head[0:4096:2], head[1:4096:2]
    if len(odd) < 8:
        return None
    zeros = (even.count(0) / len(even), odd.count(0) / len(odd))
    if zeros[1] > 0.4 and zeros[0] < 0.05:
        return "utf-16-le"
    return "utf-16-be" if zeros[0] > 0.4 and zeros[1] < 0.05 else None
