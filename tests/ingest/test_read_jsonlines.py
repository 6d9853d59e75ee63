"""JSON Lines, plain and gzipped, and JSON files."""

import gzip
import json
from pathlib import Path

import pytest

from tests.ingest.reading import read_whole, written

ROW = {"doc_id": "a1", "id": "x", "text": "It rose.", "source": "Post", "date": "2020-05-02"}


def lines(*rows: object) -> str:
    return "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows)


def test_an_object_becomes_a_document(tmp_path: Path) -> None:
    document = read_whole(written(tmp_path, "a.jsonl", lines(ROW))).documents[0]
    assert document["given_id"] == "a1"
    assert (document["text"], document["published_at"]) == ("It rose.", "2020-05-02")


def test_a_broken_line_is_left_out_and_the_rest_goes_on(tmp_path: Path) -> None:
    whole = read_whole(written(tmp_path, "a.jsonl", lines(ROW, '{"text": "It fe', ROW, "", "[1]")))
    assert len(whole.documents) == 2
    assert whole.rows_left_out == [2, 5]


def test_a_line_without_text_says_so(tmp_path: Path) -> None:
    whole = read_whole(written(tmp_path, "a.jsonl", lines({"title": "Flood"}, {"text": 7})))
    assert whole.rows_left_out == [1, 2]
    assert {fault.column for fault in whole.left_out} == {"text"}


def test_metrics_may_come_as_json_lines(tmp_path: Path) -> None:
    row = {"date": "2020-05-01", "claimant": "Staff", "metric": "boats", "value": 0, "id": "m:0"}
    document = read_whole(written(tmp_path, "a.jsonl", lines(row))).documents[0]
    assert (document["kind"], document["text"]) == ("row", "Staff: boats: 0")
    assert document["given"]["quantity_low"] == 0


def test_gzipped_lines_are_read(tmp_path: Path) -> None:
    whole = read_whole(written(tmp_path, "a.jsonl.gz", gzip.compress(lines(ROW, ROW).encode())))
    assert len(whole.documents) == 2


def test_a_gzip_file_that_is_cut_off_gives_what_came_before(tmp_path: Path) -> None:
    rows = [{**ROW, "text": f"Row {n} of {n * 7919 % 1000} stood."} for n in range(5000)]
    packed = gzip.compress(lines(*rows).encode())
    whole = read_whole(written(tmp_path, "a.jsonl.gz", packed[: len(packed) // 2]))
    assert 1000 < len(whole.documents) < 5000
    assert "gzip" in whole.left_out[-1].what
    assert whole.left_out[-1].row is None


def test_a_gzip_file_that_unpacks_to_too_much_is_broken_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("verify.ingest.jsonlines.MAX_UNPACKED", 500)
    whole = read_whole(written(tmp_path, "a.jsonl.gz", gzip.compress(lines(*[ROW] * 90).encode())))
    assert 0 < len(whole.documents) < 10
    assert "unpacks to more than 500" in whole.left_out[0].what


def test_half_a_surrogate_pair_is_replaced(tmp_path: Path) -> None:
    whole = read_whole(written(tmp_path, "a.jsonl", '{"text": "odd \\ud83d end"}\n'))
    assert whole.texts == ["odd \ufffd end"]


@pytest.mark.parametrize(
    "whole_file", [[ROW], {"articles": [ROW], "total": 1}, ROW, {"articles": [ROW], "tags": []}]
)
def test_json_files_of_several_shapes_are_read(tmp_path: Path, whole_file: object) -> None:
    whole = read_whole(written(tmp_path, "a.json", json.dumps(whole_file, indent=1)))
    assert whole.texts == ["It rose."]


def test_json_lines_in_a_json_file_are_read(tmp_path: Path) -> None:
    assert len(read_whole(written(tmp_path, "a.json", lines(ROW, ROW))).documents) == 2


@pytest.mark.parametrize("content", ['{"text": ', "[" * 100_000, "no json"])
def test_a_json_file_that_is_none_is_left_out(tmp_path: Path, content: str) -> None:
    whole = read_whole(written(tmp_path, "a.json", content))
    assert "not JSON" in whole.left_out[0].what


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv", "a.html", "a.rss", "a.pdf"])
def test_empty_files_of_every_kind_are_left_out(tmp_path: Path, name: str) -> None:
    whole = read_whole(written(tmp_path, name, b""))
    assert whole.rows_seen == 0
    assert len(whole.left_out) == 1


def test_a_document_of_more_than_five_million_characters_is_left_out(tmp_path: Path) -> None:
    whole = read_whole(written(tmp_path, "a.jsonl", lines({"text": "a" * 5_000_001}, ROW)))
    assert whole.rows_left_out == [1]
    assert "Split it" in whole.left_out[0].remedy
