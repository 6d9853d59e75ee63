"""Whatever bytes a file holds, reading never fails and accounts for every row."""

import csv
import io
import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ingest.reading import read_whole, written
from verify.ingest.intake import clean

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
        read_whole(written(Path(folder), f"a.{ending}", content))


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
