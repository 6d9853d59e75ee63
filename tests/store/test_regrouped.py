"""Corrected events: an older store gets what they need, and any order of corrections adds up."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from alembic import command
from alembic.config import Config
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st
from sqlalchemy import text

from tests.made import Made
from tests.store.bridge import MEMBERS_TOLD, fill
from verify.errors import InputError, StaleDecision
from verify.review.audit import audit
from verify.review.by_hand import merge, versions
from verify.review.decisions import decide
from verify.review.undoing import undo
from verify.settings import Settings
from verify.store import connect
from verify.store.regrouped import EVENT
from verify.store.store import Store


def test_a_store_of_the_schema_before_keeps_what_grouping_said(unmade: Settings) -> None:
    engine = connect.connect(unmade.url)
    config = Config()
    config.set_main_option("script_location", "verify.store:migrations")
    with connect.writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
        for statement in OLDER:
            connection.execute(text(statement))
    store = Store.open(unmade)
    assert store.membership(as_grouped=True).to_numpy().tolist() == [["c1", "e1"]]
    with store.reading() as connection:
        told = connection.execute(text("SELECT event_id, title, places FROM grouped")).all()
    assert [tuple(row)[:2] for row in told] == [("e1", "At the bridge")]
    assert audit(store) == []


OLDER = (
    "INSERT INTO documents (doc_id, text, given) VALUES ('d1', 'It fell.', '{}')",
    'INSERT INTO claims (claim_id, doc_id, start, "end", text, side, read_side, quantities,'
    " negated, hedged, event_id) VALUES ('c1', 'd1', 0, 8, 'It fell.', 'unknown', 'unknown', '[]',"
    " false, false, 'e1')",
    "INSERT INTO events (event_id, title, places, digest)"
    " VALUES ('e1', 'At the bridge', '[]', 'x')",
)

EVENT_IDS, CLAIM_IDS = ("e1", "e2", "s" + "0" * 16), tuple(MEMBERS_TOLD)
ACTS = st.one_of(
    st.tuples(st.just("merge"), st.sampled_from(EVENT_IDS), st.sampled_from(EVENT_IDS)),
    st.tuples(st.just("move"), st.sampled_from(CLAIM_IDS), st.sampled_from(EVENT_IDS)),
    st.tuples(st.just("undo"), st.integers(1, 8), st.none()),
)


def act(store: Store, kind: str, one: str | int, other: str | None) -> None:
    """Do one thing, or nothing where it is refused."""
    try:
        if kind == "merge":
            merge(store, str(one), str(other), versions(store, "event", [str(one)])[str(one)], "A")
        elif kind == "move":
            seen = versions(store, "claim", [str(one)])[str(one)]
            decide(store, "claim", str(one), other, field=EVENT, reviewer="A", seen_version=seen)
        else:
            undo(store, int(one), "A")
    except (InputError, StaleDecision):  # a chain, nothing to undo, no such event
        pass


def expected(store: Store) -> dict[str, str]:
    """Work out from the standing decisions alone where each claim is."""
    with store.reading() as connection:
        rows = connection.execute(
            text("SELECT target_id, value FROM standing WHERE value IS NOT NULL")
        )
        stands = dict(tuple(row) for row in rows)
    own = {claim: stands.get(claim, event) for claim, event in MEMBERS_TOLD.items()}
    return {claim: stands.get(event, event) for claim, event in own.items()}


@limits(max_examples=25, deadline=None)
@given(acts=st.lists(ACTS, max_size=8))
def test_whatever_is_done_claims_are_where_the_decisions_say(made: Made, acts: list[tuple]) -> None:
    with TemporaryDirectory() as folder:
        store = made.opened(Settings(data_dir=Path(folder)), fill)
        for one in acts:
            act(store, *one)
        assert dict(store.membership().itertuples(index=False, name=None)) == expected(store)
        with store.reading() as connection:
            counted = dict(
                tuple(row)
                for row in connection.execute(text("SELECT event_id, claims FROM events"))
            )
            held = connection.execute(text("SELECT a, b, status FROM pairs")).all()
        at = expected(store)
        assert counted == {id_: list(at.values()).count(id_) for id_ in counted}
        assert set(counted) == set(at.values())
        assert [row.status == "apart" for row in held] == [at[row.a] != at[row.b] for row in held]
        assert audit(store) == []
