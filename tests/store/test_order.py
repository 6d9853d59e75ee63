"""Both databases sort alike, and search alike, whatever language the server was made for."""

from pathlib import Path

import pytest
from sqlalchemy import text

from tests.store.bridge import claim, document
from verify.records import CLAIMS, DOCUMENTS, EVENTS, MEMBERSHIP, PAIRS, frame
from verify.settings import Settings
from verify.store import views
from verify.store.connect import connect
from verify.store.filters import Filters
from verify.store.store import Store

NAMES = ["b", "B", "a-b", "ab", "Z", "é", "e", " x", "_y", "10", "9", "Ж", "\N{GRINNING FACE}"]


def test_names_are_sorted_by_the_numbers_of_their_characters(empty: Store):
    told = [claim(f"c{n}", "d1", "It fell.", speaker=name) for n, name in enumerate(NAMES)]
    empty.add_documents(frame([document("d1", "It fell.")], DOCUMENTS), "r1")
    empty.add_claims(frame(told, CLAIMS), "r1")
    assert views.facets(empty)["speaker"] == sorted(NAMES)
    assert list(views.speakers(empty)[0]["speaker"]) == sorted(NAMES)


def test_an_event_without_a_title_comes_first(empty: Store):
    empty.add_documents(frame([document("d1", "It fell.")], DOCUMENTS), "r1")
    told = [claim(f"c{n}", "d1", "It fell.", start=n) for n in range(3)]
    empty.add_claims(frame(told, CLAIMS), "r1")
    titled = zip(("e1", "e2", "e3"), ("b", None, "B"), strict=True)
    events = [{"event_id": event, "title": title} for event, title in titled]
    members = [{"claim_id": f"c{n}", "event_id": f"e{n + 1}"} for n in range(3)]
    empty.replace_events(frame(events, EVENTS), frame(members, MEMBERSHIP), frame([], PAIRS), "r1")
    assert list(views.events(empty, sort="title")[0]["event_id"]) == ["e2", "e3", "e1"]
    assert views.events(empty, sort="newest")[1] == 3


@pytest.mark.postgresql
def test_every_text_of_the_server_is_sorted_so(settings: Settings, empty: Store):
    if not settings.database_url:
        return
    otherwise = text(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema ="
        " 'public' AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'"
    )
    with empty.reading() as connection:
        assert connection.execute(otherwise).all() == []


@pytest.mark.parametrize(
    ("said", "typed"),
    [
        ("The A-10 was seen.", "A-10"),
        ("The A-10 was seen.", "10"),
        ("It cost 40,000 lives.", "40,000"),
        ("It cost 40,000 lives.", "000"),
        ("Write to press@army.example now.", "army"),
        ("Write to press@army.example now.", "press@army.example"),
        ("See https://army.example/a_b?c=d for it.", "army.example"),
        ("El Niño reached Łódź.", "nino"),
        ("Übergriffe in KÖLN.", "köln"),
        ("ПОТЕРИ в Харькове.", "потери"),
        ("North-South talks.", '"north south"'),
        ("The 5th/6th brigades.", "6th"),
        ("Its name: x_y.", "y"),
    ],
)
def test_a_word_is_found_as_it_stands(empty: Store, said: str, typed: str):
    empty.add_documents(frame([document("d1", said)], DOCUMENTS), "r1")
    empty.add_claims(frame([claim("c1", "d1", said)], CLAIMS), "r1")
    assert views.claims(empty, Filters(search=typed))[1] == 1


def test_a_text_too_long_for_the_index_is_kept_and_found_by_its_beginning(empty: Store):
    long = "Beginning " + " ".join(f"word{n}" for n in range(200_000)) + " " + "x" * 5000
    empty.add_documents(frame([document("d1", long)], DOCUMENTS), "r1")
    empty.add_claims(frame([claim("c1", "d1", long)], CLAIMS), "r1")
    assert views.claims(empty, Filters(search="beginning word999"))[1] == 1
    assert views.claims(empty, Filters(search="y" * 5000))[1] == 0


@pytest.mark.postgresql
def test_only_our_own_tables_are_made_to_sort_so(postgresql_url: str, tmp_path: Path):
    engine = connect(postgresql_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE theirs (word text)"))
        connection.execute(text("CREATE VIEW seen AS SELECT word FROM theirs"))
    engine.dispose()
    store = Store.open(Settings(data_dir=tmp_path, database_url=postgresql_url))
    asked = text(
        "SELECT table_name, collation_name FROM information_schema.columns "
        "WHERE column_name IN ('word', 'claim_id') AND table_schema = current_schema()"
    )
    with store.reading() as connection:
        found = dict(map(tuple, connection.execute(asked)))
    with store.engine.begin() as connection:  # the next test's database has our tables alone
        connection.execute(text("DROP TABLE theirs CASCADE"))
    assert (found["theirs"], found["claims"]) == (None, "C")
