"""Tables of documents and of claims: CSV, Excel, Parquet."""

import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

from tests.ingest.reading import Whole, read_whole, written
from verify.errors import InputError


def of_csv(tmp_path: Path, table: str | bytes, **mapping: str) -> Whole:
    return read_whole(written(tmp_path, "table.csv", table), mapping)


def test_columns_are_known_by_synonyms_whatever_their_case_and_spaces(tmp_path: Path) -> None:
    table = (
        "Document ID,Headline,Publisher,Publication Date,Body\n7,Flood,Post,2 May 2020,It rose.\n"
    )
    document = of_csv(tmp_path, table).documents[0]
    assert document["given_id"] == "7"
    assert document["title"] == "Flood"
    assert document["source"] == "Post"
    assert document["published_at"] == "2020-05-02"
    assert (document["kind"], document["text"], document["row"]) == ("text", "It rose.", 2)


def test_a_mapping_names_columns_that_are_not_known(tmp_path: Path) -> None:
    table = "was gesagt wurde,wer\nDer Damm hielt.,ein Ingenieur\n"
    whole = of_csv(tmp_path, table, claim="was gesagt wurde", speaker="wer")
    assert whole.texts == ["Der Damm hielt."]
    assert whole.documents[0]["given"] == {"speaker": "ein Ingenieur"}


def test_a_mapping_to_a_column_of_ours_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="wording"):
        of_csv(tmp_path, "text\nx\n", wording="text")


def test_a_row_of_a_claims_table_carries_what_it_states(tmp_path: Path) -> None:
    table = (
        "claim,speaker,side,place,event_time,quantity_low,quantity_high,quantity_kind,counted\n"
        'At least 1200 houses fell.,the council,North,Amber,2020-05-01,"1,200",,destroyed,houses\n'
    )
    document = of_csv(tmp_path, table).documents[0]
    assert document["kind"] == "row"
    assert document["location"] == "Amber"
    assert document["given"] == {
        "speaker": "the council",
        "side": "North",
        "place": "Amber",
        "time": "2020-05-01",
        "quantity_low": 1200,
        "quantity_kind": "destroyed",
        "counted": "houses",
    }


def test_a_metric_becomes_a_sentence(tmp_path: Path) -> None:
    table = "date,claimant,subject,metric,value\n2020-05-01,Staff,North army,losses: boats,3\n"
    document = of_csv(tmp_path, table).documents[0]
    assert document["text"] == "Staff: North army, losses: boats: 3"
    assert document["source"] == "Staff"
    assert document["given"] == {
        "speaker": "Staff",
        "time": "2020-05-01",
        "quantity_low": 3,
        "quantity_high": 3,
        "quantity_kind": "other",
        "counted": "North army, losses: boats",
    }


def test_a_qualifier_opens_a_bound(tmp_path: Path) -> None:
    table = "claimant,metric,value,qualifier\nStaff,wounded_cum,40,more than\n"
    document = of_csv(tmp_path, table).documents[0]
    assert document["text"] == "Staff: wounded, cumulative: more than 40"
    assert document["given"]["quantity_low"] == 40
    assert "quantity_high" not in document["given"]
    assert document["given"]["quantity_kind"] == "wounded"


def test_the_same_words_of_two_speakers_are_two_documents(tmp_path: Path) -> None:
    whole = of_csv(tmp_path, "claim,speaker\nIt fell.,a nurse\nIt fell.,a guard\n")
    assert len({document["doc_id"] for document in whole.documents}) == 2


def test_a_number_that_is_none_is_noted_and_its_row_kept(tmp_path: Path) -> None:
    whole = of_csv(tmp_path, "claim,quantity_low\nMany fell.,dozens\n")
    assert whole.texts == ["Many fell."]
    assert (whole.notes[0].row, whole.notes[0].column) == (2, "quantity_low")


def test_a_row_without_its_claim_is_left_out_by_its_number(tmp_path: Path) -> None:
    whole = of_csv(tmp_path, "claim,speaker\nIt fell.,a nurse\n,a guard\n")
    assert whole.rows_left_out == [3]
    assert whole.rows_seen == 2


def test_a_table_without_texts_or_claims_says_what_it_has(tmp_path: Path) -> None:
    whole = of_csv(tmp_path, "name,age\nAda,36\n")
    assert not whole.documents
    assert "name, age" in whole.left_out[0].what
    assert "--map" in whole.left_out[0].remedy


def test_a_column_that_stands_twice_in_the_header_is_not_guessed(tmp_path: Path) -> None:
    whole = of_csv(tmp_path, "text,source,Text\na,b,c\n")
    assert not whole.documents
    assert whole.left_out[0].column == "Text"


def test_columns_that_are_not_taken_are_named(tmp_path: Path) -> None:
    whole = of_csv(tmp_path, "text,mood\nIt rose.,bad\n")
    assert "mood" in whole.notes[0].what


def test_a_row_with_too_many_cells_is_left_out(tmp_path: Path) -> None:
    whole = of_csv(tmp_path, "text,source\nIt rose, then fell,Post\nIt stood.,Post\n")
    assert whole.texts == ["It stood."]
    assert whole.rows_left_out == [2]


def test_a_row_with_too_few_cells_is_kept(tmp_path: Path) -> None:
    whole = of_csv(tmp_path, "text,source,url\nIt rose.,Post\n")
    assert whole.documents[0]["url"] is None


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_in_the_header(tmp_path: Path, delimiter: str) -> None:
    lines = [["text", "source"], ["It rose", "Post"]]
    whole = of_csv(tmp_path, "".join(delimiter.join(cells) + "\r\n" for cells in lines))
    assert whole.documents[0]["source"] == "Post"


def test_excel_may_state_the_delimiter_in_a_first_line(tmp_path: Path) -> None:
    whole = of_csv(tmp_path, "sep=;\ntext;source\nIt rose, it fell;Post\n")
    assert whole.texts == ["It rose, it fell"]


def test_a_cell_may_hold_lines_quotes_and_delimiters(tmp_path: Path) -> None:
    whole = of_csv(tmp_path, 'text,source\r\n"It rose,\r\nhe said: ""enough""",Post\r\n')
    assert whole.texts == ['It rose,\nhe said: "enough"']


def test_a_quotation_mark_that_is_never_closed_says_how_much_it_took_in(tmp_path: Path) -> None:
    whole = of_csv(tmp_path, 'text,source\nIt rose.,Post\n"It fell.,Post\nIt stood.,Post\n')
    assert whole.texts == ["It rose."]
    assert whole.rows_left_out == [3]
    assert "2 lines" in whole.left_out[0].what


def test_a_table_in_utf16_is_read(tmp_path: Path) -> None:
    whole = of_csv(tmp_path, "text\tsource\r\nЛёд тронулся.\tВести\r\n".encode("utf-16"))
    assert whole.documents[0]["source"] == "Вести"


def test_excel_dates_and_numbers_are_read_as_shown(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["id", "text", "date"])
    sheet.append([4711.0, "It rose.", datetime(2020, 5, 2)])
    sheet.append([4712, "It fell.", datetime(2020, 5, 2, 14, 30)])
    book.create_sheet("empty")
    book.save(tmp_path / "a.xlsx")
    whole = read_whole(tmp_path / "a.xlsx")
    assert [document["given_id"] for document in whole.documents] == ["4711", "4712"]
    assert [document["published_at"] for document in whole.documents] == [
        "2020-05-02",
        "2020-05-02T14:30:00Z",
    ]
    assert not whole.left_out


def test_parquet_is_read(tmp_path: Path) -> None:
    table = pd.DataFrame(
        {"Statement": ["It rose.", None], "date": pd.to_datetime(["2020-05-02", None])}
    )
    table.to_parquet(tmp_path / "a.parquet")
    whole = read_whole(tmp_path / "a.parquet")
    assert whole.documents[0]["published_at"] == "2020-05-02"
    assert whole.rows_left_out == [3]


@pytest.mark.parametrize("ending", ["xlsx", "parquet"])
@pytest.mark.parametrize("content", [b"", b"no table at all", b"PK\x03\x04 cut off", b"PAR1PAR1"])
def test_a_damaged_workbook_is_left_out(tmp_path: Path, ending: str, content: bytes) -> None:
    whole = read_whole(written(tmp_path, f"a.{ending}", content))
    assert "damaged" in whole.left_out[0].what


def test_a_workbook_that_unpacks_to_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("verify.ingest.tables.MAX_WORKBOOK", 1000)
    openpyxl.Workbook().save(tmp_path / "bomb.xlsx")
    whole = read_whole(tmp_path / "bomb.xlsx")
    assert "unpacks to" in whole.left_out[0].what


def test_entities_in_a_workbook_do_not_multiply(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["text"])
    book.active.append(["It rose."])
    book.save(tmp_path / "plain.xlsx")
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE x [<!ENTITY e0 "lol">{levels}]>'.encode()
    with (
        zipfile.ZipFile(tmp_path / "plain.xlsx") as plain,
        zipfile.ZipFile(tmp_path / "bomb.xlsx", "w") as bomb,
    ):
        for part in plain.namelist():
            content = plain.read(part)
            if part == "xl/worksheets/sheet1.xml":
                content = doctype + content
            elif part == "xl/sharedStrings.xml":
                content = doctype + content.replace(b"It rose.", b"&e9;")
            bomb.writestr(part, content)
    assert sum(map(len, read_whole(tmp_path / "bomb.xlsx").texts)) < 1000


def test_a_long_table_comes_in_chunks(tmp_path: Path) -> None:
    rows = "".join(f"Row {n} stands.\n" for n in range(2500))
    whole = of_csv(tmp_path, f"text\n{rows}")
    assert len(whole.documents) == 2500


def small_table(path: Path) -> Path:
    table = pd.DataFrame({"text": ["It rose.", "It fell."]})
    if path.suffix == ".xlsx":
        table.to_excel(path, index=False)
    else:
        table.to_parquet(path)
    return path


@pytest.mark.parametrize("ending", ["xlsx", "parquet"])
def test_a_fault_of_ours_is_not_said_to_be_one_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    def ours(*_: object) -> None:
        raise RuntimeError("ours")

    monkeypatch.setattr("verify.ingest.tables.row_document", ours)
    with pytest.raises(RuntimeError, match="ours"):
        read_whole(small_table(tmp_path / f"a.{ending}"))


def test_a_sheet_that_breaks_off_gives_the_rows_before(tmp_path: Path) -> None:
    whole, cut = small_table(tmp_path / "a.xlsx"), tmp_path / "cut.xlsx"
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(cut, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            if part.endswith("sheet1.xml"):
                content = content[: content.index(b'<row r="3"')] + b"<row"
            new.writestr(part, content)
    read = read_whole(cut)
    assert read.texts == ["It rose."]
    assert (read.rows_left_out, "damaged" in read.left_out[0].what) == ([None], True)


def test_a_parquet_cell_that_python_cannot_hold_costs_only_its_row(tmp_path: Path) -> None:
    days = pa.array([18_000, 9_000_000, 18_001], pa.int32()).cast(pa.date32())
    table = pa.table({"text": ["One.", "Two.", "Three."], "date": days})
    parquet.write_table(table, tmp_path / "a.parquet")
    whole = read_whole(tmp_path / "a.parquet")
    assert (whole.texts, whole.rows_left_out) == (["One.", "Three."], [3])
    assert whole.left_out[0].column == "date"
