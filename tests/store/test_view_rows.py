"""Plain rows say what the frames of the same rows say."""

from itertools import product

import numpy as np
import pandas as pd
import pytest

from verify.records import CLAIMS, Schema, frame, rows, shaped
from verify.store import view_rows, views
from verify.store.store import Store

KINDS: Schema = {"t": "text", "i": "int", "f": "float", "g": "flag", "l": "list", "d": "dict"}
VALUES = {
    "t": (None, "", "31", "\ud83d\udc4d"),
    "i": (None, 0, -7, 2**40),
    "f": (None, float("nan"), 0.0, 0.25, 3),
    "g": (None, False, True, 0, 1),
    "l": (None, [], [{"low": None}]),
    "d": (None, {}, {"North": 2}),
}


def test_shaped_rows_are_the_rows_of_their_frame():
    given = [dict(zip(VALUES, each, strict=True)) for each in product(*VALUES.values())]
    given += [{}, {"i": 3}]
    made = shaped(given, KINDS)
    assert made == rows(frame(given, KINDS))
    assert [list(map(type, row.values())) for row in made] == [
        list(map(type, row.values())) for row in rows(frame(given, KINDS))
    ]


def test_a_column_that_no_schema_knows_is_named():
    for make in (shaped, frame):
        with pytest.raises(KeyError, match="other"):
            make([{"t": "x", "other": 1}], KINDS)


def test_claims_and_pairs_come_as_rows_and_frames_alike(store: Store):
    claims, _ = views.claims(store, limit=None)
    pairs, _ = views.pairs(store, limit=None)
    assert len(claims) > 3
    assert len(pairs) > 1
    wanted = [*reversed(claims["claim_id"]), "not there"]
    with store.reading() as connection:
        assert view_rows.claim_rows(connection, wanted) == rows(claims)[::-1]
        assert view_rows.pair_rows(connection, list(pairs["pair_id"])) == rows(pairs)
    for row in rows(claims):
        assert views.claim(store, row["claim_id"]) == row
        here, total = views.pairs_of(store, row["claim_id"], limit=2)
        found, counted = views.pairs(store, claim_id=row["claim_id"], limit=2)
        assert (here, total) == (rows(found), counted)
        document = store.documents([row["doc_id"]])
        assert views.document(store, row["doc_id"]) == rows(document)[0]


def test_an_event_is_the_row_of_the_list(store: Store):
    events, _ = views.events(store, limit=None)
    assert [views.event(store, one) for one in events["event_id"]] == rows(events)
    assert views.event(store, "not there") is None
    assert views.claim(store, "not there") is None
    assert views.document(store, "not there") is None


@pytest.mark.parametrize(
    ("ask", "made_of"),
    [(views.claims, "_of_claims"), (views.pairs, "_of_pairs")],
)
def test_statements_are_made_once(store: Store, monkeypatch: pytest.MonkeyPatch, ask, made_of):
    ask(store)
    for inner in ("_decision", "_decided"):
        monkeypatch.delattr(view_rows, inner)
    found, total = ask(store)
    assert len(found) == total > 0
    assert getattr(view_rows, made_of)() is getattr(view_rows, made_of)()


def test_frames_have_the_columns_of_their_kind(store: Store):
    found, _ = views.claims(store)
    assert set(CLAIMS) <= set(found.columns)
    assert found["conflicts"].dtype == pd.Int64Dtype()
    assert found["text"].map(type).eq(str).all()
    assert np.issubdtype(found["negated"].dtype, np.bool_)
