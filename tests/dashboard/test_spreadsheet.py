"""A review table edited in a spreadsheet: previewed on the Import page, then recorded."""

import csv
import io

from tests.dashboard.screen import Screen
from verify.dashboard import downloads
from verify.review import decisions
from verify.store import views
from verify.store.filters import Filters

KIND = "text/csv"


def edited(store, **by_claim):
    """The CSV export with these cells changed: c1={"status": "verified"}."""
    text = downloads.write(store, Filters(), "csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(row | by_claim.get(row["claim_id"], {}) for row in rows)
    return out.getvalue().encode()


def given(content, name="claims.csv"):
    page = Screen("import")
    page.test.session_state["reviewer"] = "Ines"
    page.test.file_uploader(key="spreadsheet_file_0").upload(name, content, KIND)
    page.run()
    return page


def frame(page, position=0):
    return page.test.dataframe[position].value.to_dict("records")


def test_what_would_change_is_shown_and_nothing_is_recorded(store):
    page = given(edited(store, c1={"status": "verified", "note": "two films"}))
    assert frame(page) == [
        {"Row": "2", "Claim": "Forty soldiers fell at the bridge.", "Field": "status",
         "Is now": "unreviewed", "Will be": "verified", "Note": "two films", "Id": "c1"}
    ]  # fmt: skip
    assert page.test.button(key="spreadsheet_record").label == "Record 1 decision"
    assert "signed by Ines" in page.words
    assert views.claim(store, "c1")["status"] == "unreviewed"


def test_the_button_records_and_empties_the_field(store):
    page = given(edited(store, c1={"status": "verified"}, c2={"information_grade": "2"}))
    page.press("spreadsheet_record")
    assert "2 decisions recorded from claims.csv." in page.words
    assert views.claim(store, "c1")["reviewer"] == "Ines"
    assert views.claim(store, "c2")["information_grade"] == "2"
    assert page.test.file_uploader(key="spreadsheet_file_1").value is None
    assert not page.has("spreadsheet_record")


def test_rows_that_cannot_be_taken_say_why_and_what_to_do(store):
    page = given(edited(store, c1={"status": "<b>verifed</b>"}, c2={"status": "verified"}))
    (row,) = frame(page, 1)
    assert (row["Row"], row["Column"]) == ("2", "status")
    assert "<b>verifed</b>" in row["Why"]
    assert "unreviewed, verified, disputed, unverifiable" in row["To do"]
    assert "Cannot be taken: 1" in page.words
    page.press("spreadsheet_record")
    assert "1 decision recorded from claims.csv; 1 not taken, listed below." in page.words
    assert frame(page)[0]["Row"] == "2"


def test_somebody_who_was_faster_is_named(store):
    page = given(edited(store, c1={"status": "verified"}))
    decisions.decide(store, "claim", "c1", "disputed", reviewer="Ada", seen_version=0)
    page.press("spreadsheet_record")
    assert "0 decisions recorded" in page.words
    assert "Ada set status to disputed" in frame(page)[0]["Why"]
    assert views.claim(store, "c1")["status"] == "disputed"


def test_a_table_without_changes_has_no_button(store):
    page = given(edited(store))
    assert "There is nothing to record." in page.words
    assert not page.has("spreadsheet_record")


def test_a_file_that_is_no_review_table_is_refused(store):
    page = given(b"a,b\n1,2\n")
    assert "this is no review table (claims.csv)" in page.words
    assert page.test.dataframe == [] or not len(page.test.dataframe)


def test_an_empty_desk_has_nothing_to_compare_with(empty):
    assert "spreadsheet" not in Screen("import").words
