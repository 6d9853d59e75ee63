"""Which files are found, and what a text file becomes."""

import hashlib
from pathlib import Path

import pytest

from tests.ingest.reading import read_whole, written
from verify import records
from verify.errors import InputError
from verify.ingest.read import KINDS, find, read

ARTICLE = """---
source: Harbour Post
title: Ferry: what is known
url: https://harbour.example/1
published_at: 2019-03-02T08:30:00+02:00
---
The ferry ran aground, the coast guard said.
"""


def test_find_lists_files_sorted_and_says_why_others_are_not_read(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "deep/c.csv", "film.mov", ".secret.txt", ".git/config.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        written(tmp_path, name, "x")
    files, left_out = find([tmp_path, tmp_path / "b.txt"])
    assert [path.relative_to(tmp_path).as_posix() for path in files] == [
        "a.md",
        "b.txt",
        "deep/c.csv",
    ]
    assert {Path(fault.file).name for fault in left_out} == {"film.mov", ".secret.txt", ".git"}


def test_a_path_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere"):
        find([tmp_path / "nowhere"])


def test_front_matter_says_where_a_text_comes_from(tmp_path: Path) -> None:
    whole = read_whole(written(tmp_path, "ferry.md", ARTICLE))
    document = whole.documents[0]
    assert document["text"] == "The ferry ran aground, the coast guard said.\n"
    assert document["source"] == "Harbour Post"
    assert document["title"] == "Ferry: what is known"
    assert document["published_at"] == "2019-03-02T06:30:00Z"
    assert document["given_id"] == "ferry.md"


def test_the_same_text_from_the_same_source_has_the_same_id(tmp_path: Path) -> None:
    one = read_whole(written(tmp_path, "one.md", ARTICLE)).documents[0]
    two = read_whole(written(tmp_path, "two.md", ARTICLE)).documents[0]
    assert one["doc_id"] == two["doc_id"]
    assert one["doc_id"] == records.document_id(
        "Harbour Post", "Ferry: what is known", "2019-03-02T06:30:00Z", one["text"]
    )


def test_the_original_is_named_by_the_hash_of_its_bytes(tmp_path: Path) -> None:
    path = written(tmp_path, "ferry.txt", ARTICLE)
    reading = next(read(path))
    assert reading.original.sha256 == hashlib.sha256(ARTICLE.encode()).hexdigest()
    assert reading.documents.loc[0, "original_sha256"] == reading.original.sha256
    assert reading.original.media_type == "text/plain"


def test_a_dashed_line_without_an_end_is_no_front_matter(tmp_path: Path) -> None:
    whole = read_whole(written(tmp_path, "dash.txt", "---\nA line.\n"))
    assert whole.texts == ["---\nA line.\n"]


@pytest.mark.parametrize(
    "text",
    [
        "---\nThe bridge fell.\n---\nTwo men died.\n",
        "---\nA witness: it fell.\n\n---\nTwo men died.\n",
        "---\n---\nTwo men died.\n",
        "---\n- one\n- two\n---\nTwo men died.\n",
    ],
)
def test_a_text_that_opens_with_a_rule_is_kept_whole(tmp_path: Path, text: str) -> None:
    assert read_whole(written(tmp_path, "rule.md", text)).texts == [text]


def test_front_matter_with_a_line_that_is_none_is_kept_as_text_and_noted(tmp_path: Path) -> None:
    text = "---\n!!\nsource: A\n---\nText.\n"
    assert read_whole(written(tmp_path, "odd.md", text)).notes == []
    text = "---\nsource: A\n!!\n---\nText.\n"
    whole = read_whole(written(tmp_path, "odd.md", text))
    assert whole.texts == [text]
    assert whole.documents[0]["source"] is None
    assert "'!!'" in whole.notes[0].what


def test_comments_and_nested_values_of_front_matter_are_passed_over(tmp_path: Path) -> None:
    text = "---\n# made by hand\ntags:\n- a\n  - b\n\nsource: A\n---\nText.\n"
    whole = read_whole(written(tmp_path, "tags.md", text))
    assert (whole.texts, whole.documents[0]["source"]) == (["Text.\n"], "A")


def test_newlines_become_one_kind_and_zero_characters_go(tmp_path: Path) -> None:
    text = "One.\r\nTwo.\rThree\x00 has enough letters around it that this file is still a text.\n"
    whole = read_whole(written(tmp_path, "mixed.txt", text))
    assert whole.texts[0].startswith("One.\nTwo.\nThree has")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("The mayor said the bridge is open. Café «Léon» was hit, a witness said.", "cp1252"),
        ("The mayor’s office said “the bridge is open” – Léon’s men deny it.", "cp1252"),
        ("Burmistrz powiedział, że most jest zamknięty. Zginęli żołnierze.", "cp1250"),
        ("市長は橋が閉鎖されたと述べた。目撃者は銃声を聞いたという。", "shift_jis"),
        ("Мэр заявил, что мост открыт. Очевидец сообщил о взрыве в порту.", "koi8-r"),
        ("Мэр заявил, что мост открыт. Очевидец сообщил о взрыве в порту.", "cp1251"),
        ("Мэр заявил, что мост открыт. Очевидец сообщил о взрыве в порту.", "utf-16"),
        ("The mayor said the bridge is open.", "utf-16-le"),
        ("Le maire a dit que le pont était ouvert.", "utf-8-sig"),
        ("قال رئيس البلدية إن الجسر مفتوح. وقال شاهد إن الميناء قصف.", "cp1256"),
    ],
)
def test_encodings_are_detected(tmp_path: Path, text: str, encoding: str) -> None:
    assert read_whole(written(tmp_path, "a.txt", text.encode(encoding))).texts == [text]


def test_a_guessed_encoding_is_noted(tmp_path: Path) -> None:
    whole = read_whole(written(tmp_path, "a.txt", "Café Léon était fermé.".encode("cp1252")))
    assert "not UTF-8" in whole.notes[0].what


def test_an_empty_file_is_left_out(tmp_path: Path) -> None:
    whole = read_whole(written(tmp_path, "empty.txt", b""))
    assert (whole.rows_seen, whole.left_out[0].what) == (0, "The file is empty")


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "a PNG picture"),
        (b"\x7fELF\x02\x01\x01\x00", "a program"),
        (bytes(range(256)), "binary data"),
    ],
)
@pytest.mark.parametrize("ending", ["txt", "csv", "jsonl", "json"])
def test_a_binary_with_the_ending_of_a_text_is_left_out(
    tmp_path: Path, head: bytes, words: str, ending: str
) -> None:
    whole = read_whole(written(tmp_path, f"picture.{ending}", head * 20))
    assert not whole.documents
    assert words in whole.left_out[0].what


@pytest.mark.parametrize("ending", ["txt", "csv", "jsonl"])
def test_one_line_of_50_megabytes_is_left_out_with_a_remedy(tmp_path: Path, ending: str) -> None:
    path = written(tmp_path, f"long.{ending}", b"text\n" * (ending == "csv") + b"a " * 25_000_000)
    whole = read_whole(path)
    assert not whole.documents
    assert any("Split it" in fault.remedy for fault in whole.left_out)


@pytest.mark.parametrize("name", [f"a{ending}" for ending in KINDS])
def test_a_file_that_is_gone_by_now_is_left_out(tmp_path: Path, name: str) -> None:
    (reading,) = read(tmp_path / name)
    assert (reading.rows_seen, len(reading.documents), reading.original.size) == (0, 0, 0)
    assert "No such file" in reading.left_out[0].what
    assert reading.left_out[0].remedy


@pytest.mark.parametrize("name", [f"a{ending}" for ending in KINDS])
def test_a_file_that_goes_while_it_is_read_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def hash_and_remove(path: Path) -> tuple[str, int]:
        size = path.stat().st_size
        path.unlink()
        return "0" * 64, size

    monkeypatch.setattr("verify.ingest.read.hash_file", hash_and_remove)
    (reading,) = read(written(tmp_path, name, "text\nIt rose.\n"))
    assert (len(reading.documents), len(reading.left_out)) == (0, 1)


def test_a_file_that_may_not_be_opened_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = written(tmp_path, "a.txt", "x")
    monkeypatch.setattr(Path, "open", refused)
    (reading,) = read(path)
    assert "Permission denied" in reading.left_out[0].what
    monkeypatch.setattr(Path, "is_file", refused)
    assert "Permission denied" in find([tmp_path])[1][0].what
