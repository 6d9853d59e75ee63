"""verify sources, as it is typed."""

import csv
import json

from tests.store.bridge import DENIAL, document, fill
from verify.cli import main
from verify.records import DOCUMENTS, frame
from verify.review.decisions import decide
from verify.review.source_record import TABLE
from verify.store.store import Store


def printed(capsys, *options: str) -> str:
    capsys.readouterr()
    assert main(["sources", *options]) == 0
    return capsys.readouterr().out


def test_sources_are_printed_as_csv_in_order_of_name(desk_store: Store, capsys):
    fill(desk_store)
    decide(desk_store, "claim", "c1", "verified", reviewer="Ada", seen_version=0)
    found = list(csv.DictReader(printed(capsys).splitlines()))
    assert list(found[0]) == list(TABLE)
    assert [row["name"] for row in found] == ["Agency", "Hill Radio", "North Post", "South Star"]
    post = found[2]
    assert (post["claims"], post["verified"], post["verified_low"]) == ("1", "1", "")


def test_speakers_are_printed_as_json_with_the_same_columns(desk_store: Store, capsys):
    fill(desk_store)
    found = json.loads(printed(capsys, "--kind", "speaker", "--format", "json"))
    assert [row["name"] for row in found] == ["General Ode", "a spokesman"]
    assert list(found[0]) == list(TABLE)
    assert (found[0]["contradicted"], found[0]["verified_low"]) == (1, None)


def test_a_name_that_a_spreadsheet_would_run_is_guarded(desk_store: Store, capsys):
    odd = document("d1", "Nothing.", source='=1+1, "x"\nnext')
    desk_store.add_documents(frame([odd], DOCUMENTS), "r1")
    (row,) = csv.DictReader(printed(capsys).splitlines(keepends=True))
    assert row["name"] == '\'=1+1, "x"\nnext'


def test_where_suggestions_are_hidden_only_confirmed_links_are_printed(desk_store: Store, capsys):
    fill(desk_store)
    assert main(["policy", "--hide-scores", "yes"]) == 0
    star = json.loads(printed(capsys, "--format", "json"))[3]
    assert (star["name"], star["contradicted"]) == ("South Star", 0)
    decide(desk_store, "pair", DENIAL, "confirmed", reviewer="Ada", seen_version=0)
    assert json.loads(printed(capsys, "--format", "json"))[3]["contradicted"] == 1


def test_a_store_without_anything_prints_the_header_alone(desk_store: Store, capsys):
    assert printed(capsys).splitlines() == [",".join(TABLE)]
