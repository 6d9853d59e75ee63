"""Whatever bytes a file holds, reading never fails and accounts for every row."""

import csv
import gzip
import io
import json
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import pyarrow as pa
import pyarrow.parquet as parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from tests.ingest.reading import Whole, read_whole, written
from verify.ingest.intake import clean
from verify.ingest.markup import legal

BYTES = st.one_of(
    st.binary(max_size=400),
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")),
    st.lists(
        st.sampled_from(
            [b"text,source\n", b"claim;value\n", b'"', b"\n", b"\r", b"a,b,c\n", b'{"text": "x"}\n',
             b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"<p>a</p>", b"---\n", b"source: x\n", b"\x85"]
        ),
        max_size=30,
    ).map(b"".join),
)  # fmt: skip


@pytest.mark.parametrize("ending", ["txt", "md", "csv", "tsv", "jsonl", "json"])
@settings(max_examples=60, deadline=None)
@given(content=BYTES)
def test_any_bytes_are_read_or_left_out(ending: str, content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        whole = read_whole(written(Path(folder), f"a.{ending}", content))
    assert whole.documents or whole.left_out or content.strip() or ending in ("csv", "tsv")
    for document in whole.documents:
        assert document["text"].strip()
        document["text"].encode()  # nothing that UTF-8 cannot write


@pytest.mark.parametrize("ending", ["html", "rss", "pdf", "xlsx", "parquet", "jsonl.gz"])
@settings(max_examples=15, deadline=None)
@given(content=BYTES)
def test_any_bytes_under_a_binary_ending_too(ending: str, content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        whole = read_whole(written(Path(folder), f"a.{ending}", content))
    assert whole.documents or whole.left_out


ODD = st.lists(
    st.one_of(
        st.sampled_from(["\b", "\x1f", "\x85", "\ufffe", "\uffff", "&#8;", "&#xFFFF;", "&", "<"]),
        st.sampled_from(["\U0001f600", "\u202eالمدينة\u202c", "9" * 99, "1e999", " ", "=1", "]]>"]),
        st.text(max_size=10),
    ),
    max_size=6,
).map("".join)  # fmt: skip
CELLS = st.one_of(st.none(), ODD)


def account(name: str, content: bytes, rows: int) -> Whole:
    """Read a container and check that each of its rows is a document or left out by its number."""
    with tempfile.TemporaryDirectory() as folder:
        whole = read_whole(written(Path(folder), name, content))
    left_out = [row for row in whole.rows_left_out if row is not None]
    assert whole.rows_seen == len(whole.documents) + len(left_out) == rows
    assert len(set(left_out)) == len(left_out)
    for document in whole.documents:
        assert document["text"].strip()
        document["text"].encode()
    return whole


@settings(max_examples=40, deadline=None)
@given(entries=st.lists(st.tuples(ODD, ODD), max_size=5), escaped=st.booleans())
def test_every_entry_of_a_feed_is_accounted_for(
    entries: list[tuple[str, str]], escaped: bool
) -> None:
    def written_out(text: str) -> str:
        text = escape("".join(filter(legal, text)))
        return text if escaped else text.replace("&amp;#", "&#")

    items = "".join(
        f"<item><title>{written_out(title)}</title><description>{written_out(text)}</description>"
        f"<guid>{number}</guid></item>"
        for number, (title, text) in enumerate(entries)
    )
    feed = (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>W</title>{items}</channel></rss>'
    )
    account("a.rss", feed.encode(), len(entries))


@settings(max_examples=25, deadline=None)
@given(rows=st.lists(st.tuples(CELLS, st.one_of(CELLS, st.floats(), st.integers())), max_size=5))
def test_every_row_of_a_workbook_is_accounted_for(rows: list[tuple[str | None, object]]) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["text", "source"])
    for row in rows:
        sheet.append([_for_excel(cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    shown = openpyxl.load_workbook(io.BytesIO(out.getvalue())).active
    assert shown is not None
    filled_rows = [
        row for row in shown.iter_rows(min_row=2, values_only=True)
        if any(cell is not None and str(cell).strip() for cell in row)
    ]  # fmt: skip
    account("a.xlsx", out.getvalue(), len(filled_rows))


def _for_excel(cell: object) -> object:
    if not isinstance(cell, str):
        return cell
    text = ILLEGAL_CHARACTERS_RE.sub("", legal(cell)).removeprefix("=")
    return "".join(character for character in text if not "\ud800" <= character <= "\udfff")


@settings(max_examples=25, deadline=None)
@given(rows=st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=5))
def test_every_row_of_a_parquet_file_is_accounted_for(rows: list[tuple[str | None, ...]]) -> None:
    texts, sources = zip(*rows, strict=True)
    out = io.BytesIO()
    table = {"text": pa.array(texts, pa.string()), "source": pa.array(sources, pa.string())}
    parquet.write_table(pa.table(table), out)
    whole = account("a.parquet", out.getvalue(), len(rows))
    assert whole.texts == kept([text or "" for text in texts])


@settings(max_examples=40, deadline=None)
@given(rows=st.lists(st.one_of(CELLS, st.integers(), st.floats()), min_size=1, max_size=5))
def test_every_line_of_gzipped_json_is_accounted_for(rows: list[object]) -> None:
    lines = "\n".join(json.dumps({"text": cell, "date": cell}) for cell in rows)
    whole = account("a.jsonl.gz", gzip.compress(lines.encode()), len(rows))
    assert whole.texts == kept([cell for cell in rows if isinstance(cell, str)])


@settings(deadline=None)
@given(text=st.text(alphabet=st.characters(exclude_characters="\0\r\ufeff", codec="utf-8")))
def test_a_text_is_kept_as_it_came(text: str) -> None:
    assert clean(text) == text


LETTERS = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], include_characters="\n\r\t")
TEXTS = st.lists(st.text(alphabet=LETTERS, max_size=40), max_size=20)


def kept(texts: list[str]) -> list[str]:
    return [clean(text) for text in texts if clean(text).strip()]


@settings(max_examples=60, deadline=None)
@given(texts=TEXTS)
def test_what_a_csv_writer_wrote_is_read_back(texts: list[str]) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerows([["text", "source"], *([text, "Post"] for text in texts)])
    with tempfile.TemporaryDirectory() as folder:
        whole = read_whole(written(Path(folder), "a.csv", out.getvalue()))
    assert whole.texts == kept(texts)
    assert whole.rows_seen == len(texts)


@settings(max_examples=60, deadline=None)
@given(texts=TEXTS, broken=st.lists(st.integers(0, 20), max_size=4))
def test_broken_lines_cost_only_themselves(texts: list[str], broken: list[int]) -> None:
    lines = [json.dumps({"text": text}, ensure_ascii=False) for text in texts]
    for place in broken:
        lines.insert(min(place, len(lines)), '{"text": "cut o')
    with tempfile.TemporaryDirectory() as folder:
        whole = read_whole(written(Path(folder), "a.jsonl", "\n".join(lines)))
    assert whole.texts == kept(texts)
    assert whole.rows_seen == len(lines)
