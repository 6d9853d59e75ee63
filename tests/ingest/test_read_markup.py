"""Web pages, feeds and PDF files."""

from pathlib import Path

import pypdf
import pytest
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from tests.ingest.reading import read_whole, written

PAGE = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="{charset}">
<title>Dam holds</title><meta property="og:site_name" content="Café Gazette">
<meta property="article:published_time" content="2020-05-02T10:00:00+02:00">
<link rel="canonical" href="https://gazette.example/dam"></head><body>
<nav><a href="/">Home</a></nav><article><h1>Dam holds</h1>
<p>The dam at Amber held through the night, an engineer of the water board said on Saturday.</p>
<p>Two villages below it were emptied, and about 300 people slept in a school, she said.</p>
</article><img src="https://elsewhere.example/pixel.png"><script>alert(1)</script></body></html>"""

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Amber Wire</title>
<item><title>Dam &amp; bridge</title><link>https://wire.example/1</link><guid>w1</guid>
<pubDate>Sat, 02 May 2020 10:00:00 +0200</pubDate>
<description>&lt;p&gt;The dam held.&lt;/p&gt;&lt;p&gt;The bridge &lt;b&gt;fell&lt;/b&gt;.&lt;/p&gt;
</description></item>
<item><title>Only a headline</title></item></channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Amber Wire</title>
<entry><id>a1</id><title>Dam</title><updated>2020-05-02T08:00:00Z</updated>
<link href="https://wire.example/1"/><content type="html">The dam held.</content></entry></feed>"""


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1"])
def test_a_page_gives_its_main_text_and_its_metadata(tmp_path: Path, charset: str) -> None:
    page = PAGE.format(charset=charset).encode(charset)
    document = read_whole(written(tmp_path, "a.html", page)).documents[0]
    assert "about 300 people slept in a school" in document["text"]
    assert "Home" not in document["text"]
    assert "alert" not in document["text"]
    assert document["title"] == "Dam holds"
    assert document["source"] == "Café Gazette"
    assert document["url"] == "https://gazette.example/dam"
    assert document["published_at"] == "2020-05-02T08:00:00Z"
    assert document["language"] == "en"


def test_a_page_without_a_main_text_is_left_out(tmp_path: Path) -> None:
    whole = read_whole(written(tmp_path, "a.html", "<html><body><nav>Home</nav></body></html>"))
    assert "No main text" in whole.left_out[0].what


def test_each_entry_of_a_feed_is_a_document(tmp_path: Path) -> None:
    whole = read_whole(written(tmp_path, "a.rss", FEED))
    first, second = whole.documents
    assert first["text"] == "The dam held.\n\nThe bridge fell."
    assert first["title"] == "Dam & bridge"
    assert (first["source"], first["given_id"]) == ("Amber Wire", "w1")
    assert first["published_at"] == "2020-05-02T08:00:00Z"
    assert second["text"] == "Only a headline"


def test_an_atom_file_is_read_under_any_feed_ending(tmp_path: Path) -> None:
    document = read_whole(written(tmp_path, "a.xml", ATOM)).documents[0]
    assert (document["text"], document["url"]) == ("The dam held.", "https://wire.example/1")


def test_xml_that_is_no_feed_is_left_out(tmp_path: Path) -> None:
    whole = read_whole(written(tmp_path, "a.xml", "<svg><g/></svg>"))
    assert "neither RSS nor Atom" in whole.left_out[0].what


def test_a_feed_file_is_never_taken_for_an_address_or_a_file_name(tmp_path: Path) -> None:
    secret = written(tmp_path, "secret.txt", FEED)
    assert not read_whole(written(tmp_path, "a.rss", str(secret))).documents


def test_entities_neither_multiply_nor_open_files(tmp_path: Path) -> None:
    secret = written(tmp_path, "secret.txt", "the password")
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE rss [<!ENTITY e0 "lol">{levels}<!ENTITY s SYSTEM "file://{secret}">]>'
    body = FEED.replace("Only a headline", "Only &s; &e9;").partition("?>")[2]
    whole = read_whole(written(tmp_path, "a.rss", f'<?xml version="1.0"?>{doctype}{body}'))
    assert sum(map(len, whole.texts)) < 1000
    assert not any("password" in text for text in whole.texts)


@pytest.mark.parametrize("odd", ["&#8;", "&amp;#8;", "&#xFFFF;", "\x08", "\ufffe"])
def test_characters_that_xml_may_not_hold_are_taken_out(tmp_path: Path, odd: str) -> None:
    whole = read_whole(
        written(tmp_path, "a.rss", FEED.replace("The dam held", f"The dam{odd} held"))
    )
    assert whole.texts == ["The dam held.\n\nThe bridge fell.", "Only a headline"]
    page = PAGE.format(charset="utf-8").replace("The dam at", f"The dam{odd} at")
    assert "The dam at Amber held" in read_whole(written(tmp_path, "a.html", page)).texts[0]


def test_an_entry_that_cannot_be_read_costs_only_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trafilatura.load_html", lambda _: None)
    whole = read_whole(written(tmp_path, "a.rss", FEED))
    assert whole.texts == ["Only a headline"]
    assert (whole.rows_left_out, whole.rows_seen) == ([1], 2)
    assert "Save the entry's own page" in whole.left_out[0].remedy


def pdf(path: Path, text: str | None, password: str | None = None) -> Path:
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(300, 300)
    if text:
        font = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
            }
        )
        fonts = DictionaryObject({NameObject("/F1"): font})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        content = DecodedStreamObject()
        content.set_data(f"BT /F1 12 Tf 20 200 Td ({text}) Tj ET".encode())
        page[NameObject("/Contents")] = writer._add_object(content)
    writer.add_metadata({"/Title": "Water report"})
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    writer.write(path)
    return path


def test_the_text_layer_of_a_pdf_is_read(tmp_path: Path) -> None:
    document = read_whole(pdf(tmp_path / "a.pdf", "The dam held.")).documents[0]
    assert (document["text"], document["title"]) == ("The dam held.", "Water report")


def test_a_pdf_without_text_asks_for_text_recognition(tmp_path: Path) -> None:
    whole = read_whole(pdf(tmp_path / "a.pdf", None))
    assert "OCR" in whole.left_out[0].remedy


def test_a_locked_pdf_asks_for_one_without_a_password(tmp_path: Path) -> None:
    whole = read_whole(pdf(tmp_path / "a.pdf", "The dam held.", password="open"))
    assert "password" in whole.left_out[0].what


@pytest.mark.parametrize("content", [b"%PDF-1.7\nand no more", b"nothing like it"])
def test_a_damaged_pdf_is_left_out(tmp_path: Path, content: bytes) -> None:
    whole = read_whole(written(tmp_path, "a.pdf", content))
    assert "damaged" in whole.left_out[0].what
