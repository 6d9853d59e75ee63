"""When claims and pairs came: noted as they come, kept over runs, worked out for an older store."""

from __future__ import annotations

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import select, text

from tests.store.bridge import DENIAL, MEMBERS_TOLD, NUMBER, PAIRS_TOLD, relate, relate_as
from verify.review import by_hand
from verify.review.audit import audit
from verify.settings import Settings
from verify.store import connect, events, regrouped
from verify.store.store import Store
from verify.store.tables import claims, pairs

LATER = "2031-02-03T04:05:06Z"


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what is noted from now on be noted as `LATER`."""
    for module in (events, regrouped):
        monkeypatch.setattr(module, "now", lambda: LATER)


def noted(store: Store, column: str) -> dict[str, str | None]:
    table = claims if column in ("came_at", "moved_at") else pairs
    key = claims.c.claim_id if table is claims else pairs.c.pair_id
    name = table.c[column.removeprefix("pair_")]
    with store.reading() as connection:
        return dict(connection.execute(select(key, name)).all())


def test_a_run_that_says_the_same_renews_no_time(store: Store, later: None) -> None:
    before = noted(store, "came_at"), noted(store, "pair_came_at")
    assert None not in before[0].values()
    relate(store)
    assert (noted(store, "came_at"), noted(store, "pair_came_at")) == before


def test_a_pair_that_is_related_otherwise_came_then(store: Store, later: None) -> None:
    before = noted(store, "pair_came_at")
    relate_as(store, NUMBER, "supports")
    assert noted(store, "pair_came_at") == {**before, NUMBER: LATER}


def test_a_pair_written_anew_for_its_event_keeps_its_time(store: Store, later: None) -> None:
    before = noted(store, "pair_came_at")
    relate(store, [row | {"p_conflicts": 0.93} for row in PAIRS_TOLD])
    assert noted(store, "pair_came_at") == before


def test_a_claim_that_a_run_puts_into_another_event_moved_then(store: Store, later: None) -> None:
    came = noted(store, "came_at")
    relate(store, PAIRS_TOLD[:1], {**MEMBERS_TOLD, "c3": "e2"})
    assert noted(store, "moved_at") == {"c1": None, "c2": None, "c3": LATER, "c4": None}
    assert noted(store, "came_at") == came


def test_a_claim_that_a_person_moves_moved_then(store: Store, later: None) -> None:
    by_hand.move(store, "e1", {"c3": 0}, "e2", "Ada")
    assert noted(store, "moved_at")["c3"] == LATER


def test_a_claim_comes_when_it_first_stands_in_an_event(empty: Store, later: None) -> None:
    from tests.store.bridge import CLAIMS_TOLD, DOCUMENTS_TOLD
    from verify.records import CLAIMS, DOCUMENTS, frame

    empty.add_documents(frame(DOCUMENTS_TOLD, DOCUMENTS), "r1")
    empty.add_claims(frame(CLAIMS_TOLD, CLAIMS), "r1")
    assert LATER not in noted(empty, "came_at").values()
    relate(empty)
    assert set(noted(empty, "came_at").values()) == {LATER}


def test_an_older_store_is_dated_by_the_runs_that_brought_its_documents(unmade: Settings) -> None:
    engine = connect.connect(unmade.url)
    config = Config()
    config.set_main_option("script_location", "verify.store:migrations")
    with connect.writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0007")
        for statement in OLDER:
            connection.execute(text(statement))
    store = Store.open(unmade)
    assert noted(store, "came_at") == {"c1": "2020-05-05T00:10:00Z", "c2": "2020-05-06T00:00:00Z"}
    assert noted(store, "pair_came_at") == {DENIAL: "2020-05-06T00:00:00Z"}
    assert audit(store) == []


def _claim(number: int) -> str:
    return (
        'INSERT INTO claims (claim_id, doc_id, start, "end", text, side, read_side, quantities,'
        f" negated, hedged, event_id, grouped_event_id) VALUES ('c{number}', 'd{number}', 0, 8, "
        "'It fell.', 'unknown', 'unknown', '[]', false, false, 'e1', 'e1')"
    )


_RUN = (
    "INSERT INTO runs (run_id, state, started_at, finished_at, heartbeat, host, pid, settings,"
    " counts) VALUES ("
)
OLDER = (
    _RUN + "'r1', 'done', '2020-05-05T00:00:00Z', '2020-05-05T00:10:00Z', '', '', 1, '{}', '{}')",
    _RUN + "'r2', 'failed', '2020-05-06T00:00:00Z', NULL, '', '', 1, '{}', '{}')",
    "INSERT INTO documents (doc_id, text, given, run_id) VALUES ('d1', 'It fell.', '{}', 'r1')",
    "INSERT INTO documents (doc_id, text, given, run_id) VALUES ('d2', 'It fell.', '{}', 'r2')",
    _claim(1),
    _claim(2),
    "INSERT INTO events (event_id, title, places, digest) VALUES ('e1', 'It fell', '[]', 'x')",
    "INSERT INTO pairs (pair_id, event_id, a, b, relation, p_supports, p_conflicts, reasons,"
    f" status, kept, sources, digest) VALUES ('{DENIAL}', 'e1', 'c1', 'c2', 'conflicts', 0.1, 0.9,"
    " '[]', 'suggested', false, 1, 'x')",
)
