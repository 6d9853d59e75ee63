"""Web pages, feeds and PDF files: the text that a reader sees, and who published it when."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from typing import Any, Final

import feedparser
import pypdf
import trafilatura

from verify.ingest.encodings import encoding_of
from verify.ingest.intake import LONG, MAX_TEXT, SPLIT, Intake, Item, filled

MAX_MARKUP: Final = 32 << 20
"""Bytes of a web page or feed (32 MiB), which is held in memory as a tree about ten times that."""

_ILLEGAL: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML may not hold (XML 1.0, production 2, Char); lxml refuses a text with one of them."""
_REFERENCE: Final = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,8})|(\d{1,10}));?")
_CHARSET: Final = re.compile(rb"<meta[^>]{0,200}charset=[\"']?\s*([\w-]+)", re.I)
_BLOCKS: Final = {
    "address", "article", "blockquote", "dd", "div", "dl", "dt", "figcaption", "h1", "h2",
    "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "section", "table", "tr", "ul",
}  # fmt: skip
_NEVER_TEXT: Final = ["//nav", "//footer"]  # else a page of links alone has them for its text
_PUBLISHED: Final = (
    "//meta[@property='article:published_time' or @property='og:article:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//*[@itemprop='datePublished']/@datetime",
    "//meta[translate(@name, 'DC', 'dc')='dc.date' or @name='date' or @name='pubdate']/@content",
    "//article//time/@datetime",
)


class NoMarkupError(ValueError):
    """A piece of markup of which the library makes no tree."""


def read_html(intake: Intake) -> Iterator[Item]:
    """Read a web page's main text with trafilatura; nothing that it links to is fetched."""
    if intake.size > MAX_MARKUP:
        yield intake.fault(f"The page is larger than {MAX_MARKUP:,} bytes", "Save its text alone.")
        return
    raw = intake.path.read_bytes()
    if not raw.strip():
        yield intake.fault("The file is empty", "Delete it or fill it in.")
        return
    encoding = encoding_of(intake.path)
    if encoding.binary:
        yield intake.fault(f"This is {encoding.binary}, not a web page", "Save the page again.")
        return
    page = legal(_decode(raw, encoding.name))
    try:
        tree: Any = trafilatura.load_html(page)
        found: Any = trafilatura.bare_extraction(
            page, with_metadata=True, include_comments=False, prune_xpath=_NEVER_TEXT
        )
    except Exception:  # trafilatura passes on what lxml raises on markup that is none
        tree = found = None
    if tree is None or found is None or not filled(found.text):
        remedy = "Save the article's own page, or its text as .txt."
        yield intake.fault("No main text was found in the page", remedy, column="text")
        return
    fields = {
        "title": found.title,
        "source": found.sitename or found.hostname,
        "url": found.url,
        "published_at": _published(tree) or found.date,
        "language": tree.get("lang"),
    }
    yield intake.document(re.sub(r"\n+", "\n\n", found.text), fields)


def _decode(raw: bytes, otherwise: str) -> str:
    """Decode a page as it says itself, where that is true, else as its bytes look."""
    stated = _CHARSET.search(raw[:4096])
    for name in filter(None, (stated and stated[1].decode("ascii"), otherwise)):
        try:
            return raw.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return raw.decode(otherwise, errors="replace")


def _published(tree: Any) -> str | None:
    """Give the publication time that a page states with its hour, which trafilatura drops."""
    for path in _PUBLISHED:
        for value in tree.xpath(path):
            if re.match(r"\d{4}-\d\d-\d\d", value):
                return str(value)
    return None


def read_feed(intake: Intake) -> Iterator[Item]:
    """Read an RSS or Atom file; each entry is a document, an entry without a text is its title."""
    if intake.size > MAX_MARKUP:
        yield intake.fault(f"The feed is larger than {MAX_MARKUP:,} bytes", "Split it.")
        return
    raw = intake.path.read_bytes()
    if not raw.strip():
        yield intake.fault("The file is empty", "Delete it or fill it in.")
        return
    # A stream, because feedparser takes a text or bytes for a file name or an address to open.
    feed = feedparser.parse(io.BytesIO(raw))
    if not feed.get("version") and not feed.entries:
        yield intake.fault("This is neither RSS nor Atom", "Save the feed again.")
        return
    if feed.bozo:
        what = f"The feed is not well-formed: {' '.join(str(feed.bozo_exception).split())[:120]}"
        yield intake.note(what, "Entries after the fault may be missing; save the feed again.")
    if not feed.entries:
        yield intake.fault("The feed has no entries", "Delete it.")
    for number, entry in enumerate(feed.entries, start=1):
        try:
            item: Item = _entry(intake, feed.feed, entry, number)
        except NoMarkupError as error:
            what = f"The entry cannot be read: {error}"
            item = intake.fault(what, "Save the entry's own page, or its text as .txt.", number)
        yield item


def _entry(intake: Intake, channel: Any, entry: Any, number: int) -> Item:
    title = plain(entry.get("title", ""))
    contents = [part.get("value", "") for part in entry.get("content", [])]
    text = plain(max([*contents, entry.get("summary", "")], key=len)) or title
    fields = {
        "id": entry.get("id"),
        "title": title,
        "source": plain(entry.get("source", {}).get("title") or channel.get("title", "")),
        "url": entry.get("link"),
        "published_at": entry.get("published") or entry.get("updated"),
        "language": channel.get("language"),
    }
    return intake.document(text, fields, row=number)


def legal(markup: str) -> str:
    """Take out what XML may not hold, written as it is or as a reference (``&#8;``)."""

    def kept(match: re.Match[str]) -> str:
        code = int(match[1], 16) if match[1] else int(match[2])
        return match[0] if code <= sys.maxunicode and not _ILLEGAL.match(chr(code)) else ""

    return _ILLEGAL.sub("", _REFERENCE.sub(kept, markup))


def plain(markup: str) -> str:
    """Give the text of a piece of HTML, paragraphs set apart by a blank line.

    Raises ``NoMarkupError`` where the library makes nothing of it.
    """
    markup = legal(markup)
    if "<" not in markup and "&" not in markup:
        return markup.strip()
    page = f"<html><body><div>{markup}</div><p></p></body></html>"
    try:
        tree: Any = trafilatura.load_html(page)
    except Exception as error:  # trafilatura passes on what lxml raises
        raise NoMarkupError(" ".join(str(error).split())[:120]) from error
    if tree is None:
        raise NoMarkupError("its markup is no HTML")
    for dropped in tree.xpath("//script|//style|//template"):
        dropped.drop_tree()
    for element in tree.iter():
        if element.tag in _BLOCKS:
            element.text = f"\n{element.text or ''}"
            element.tail = f"\n{element.tail or ''}"
        elif element.tag == "br":
            element.tail = f"\n{element.tail or ''}"
    lines = (" ".join(line.split()) for line in tree.text_content().splitlines())
    return "\n\n".join(line for line in lines if line)


def read_pdf(intake: Intake) -> Iterator[Item]:
    """Read the text layer of a PDF file, its pages set apart by a blank line."""
    if intake.size == 0:
        yield intake.fault("The file is empty", "Delete it or fill it in.")
        return
    try:
        with intake.path.open("rb") as file:
            yield _pdf(intake, pypdf.PdfReader(file))
    except Exception as error:  # pypdf raises many kinds on damaged files, RecursionError too
        words = " ".join(str(error).split())[:120] or type(error).__name__
        yield intake.fault(
            f"The PDF is damaged: {words}", "Print it to PDF again, or save its text."
        )


def _pdf(intake: Intake, reader: pypdf.PdfReader) -> Item:
    if reader.is_encrypted and not reader.decrypt(""):
        return intake.fault("The PDF is locked by a password", "Save it without the password.")
    pages: list[str] = []
    length = 0
    for page in reader.pages:
        pages.append(page.extract_text().strip())
        length += len(pages[-1])
        if length > MAX_TEXT:
            return intake.fault(LONG, SPLIT)
    text = "\n\n".join(filter(None, pages))
    if not text:
        what = f"The PDF has no text layer on its {len(pages)} pages"
        return intake.fault(what, "Run text recognition (OCR) over it first.", column="text")
    title = reader.metadata.title if reader.metadata else None
    return intake.document(text, {"title": title})
