"""A person confirms that two credited names are one speaker; taking it back restores both."""

from __future__ import annotations

import pandas as pd
import pytest
from sqlalchemy import text

from tests.framed import history
from tests.store.bridge import claim, relate
from verify.analysis.speakers import ALIASES
from verify.errors import InputError
from verify.records import CLAIMS, frame
from verify.review import same
from verify.review.audit import audit
from verify.review.decisions import decide
from verify.review.undoing import undo
from verify.store import views
from verify.store.filters import Filters
from verify.store.store import Store

SHORT, FULL, OTHER = "SOHR", "Syrian Observatory", "Observatory"


@pytest.fixture
def told(store: Store) -> Store:
    """The bridge, and three names of one monitor."""
    names = {"m1": SHORT, "m2": FULL, "m3": OTHER}
    found = [claim(id_, "d4", "Water rose.", speaker=name) for id_, name in names.items()]
    store.add_claims(frame(found, CLAIMS), "r1")
    return store


def fold(store: Store, name: str, into: str | None, seen: int = 0, note: str = ""):
    return decide(
        store, "speaker", name, into, field="same_as", reviewer="Ana", seen_version=seen, note=note
    )


def credited(store: Store, *ids: str) -> list[str]:
    return [views.claim(store, id_)["credited"] for id_ in ids]


def test_a_confirmed_name_is_credited_as_the_speaker_it_is(told: Store):
    fold(told, SHORT, FULL, note='introduced as "Syrian Observatory (SOHR)"')
    assert credited(told, "m1", "m2") == [FULL, FULL]
    assert views.claims(told, Filters(speaker=FULL))[1] == 2
    assert SHORT not in views.facets(told)["speaker"]
    assert history(told, "speaker", SHORT).loc[0, "note"].startswith("introduced as")
    assert audit(told) == []


def test_what_the_claim_reads_itself_stays(told: Store):
    fold(told, SHORT, FULL)
    shown = views.claim(told, "m1")
    assert (shown["speaker"], shown["folded_by"]) == (SHORT, "Ana")


@pytest.mark.parametrize("way", ["undo", "take back"])
def test_taking_it_back_restores_exactly(told: Store, way: str):
    decide(told, "speaker", FULL, "North", field="side", reviewer="Ana", seen_version=0)
    before, _ = views.claims(told)
    made = fold(told, SHORT, FULL)
    assert views.claim(told, "m1")["side"] == "North"
    if way == "undo":
        undo(told, made.seq, "Ana")
    else:
        fold(told, SHORT, None, seen=1)
    pd.testing.assert_frame_equal(views.claims(told)[0], before)
    assert audit(told) == []


def test_the_side_of_the_speaker_holds_for_every_name(told: Store):
    fold(told, SHORT, FULL)
    decide(told, "speaker", FULL, "North", field="side", reviewer="Ana", seen_version=0)
    assert views.claim(told, "m1")["side"] == "North"
    assert views.event(told, "e1")["sides"] == {"North": 2, "South": 1}


def test_a_declared_side_of_the_speaker_holds_where_the_name_has_none(told: Store):
    declared = [{"side": "North", "kind": "alias", "words": FULL.lower()}]
    told.set_sides(pd.DataFrame(declared))
    fold(told, SHORT, FULL)
    shown = views.claim(told, "m1")
    assert (shown["side"], shown["side_reason"]) == (
        "North", "the same speaker as “syrian observatory”",
    )  # fmt: skip
    assert audit(told) == []


REFUSED = [
    (SHORT, SHORT, "same as itself"),
    (SHORT, "Nobody", "No claim credits"),
    (SHORT, OTHER, "Choose “Syrian Observatory”"),  # Observatory is folded into that
    (FULL, OTHER, "Take that back first"),  # a loop
    (FULL, SHORT, "Take that back first"),  # a chain
]


@pytest.mark.parametrize(("name", "into", "says"), REFUSED)
def test_no_fold_follows_another(told: Store, name: str, into: str, says: str):
    fold(told, OTHER, FULL)
    with pytest.raises(InputError, match=says):
        fold(told, name, into)


def test_an_undo_makes_no_chain_either(told: Store):
    fold(told, SHORT, FULL)
    back = fold(told, SHORT, None, seen=1)
    fold(told, FULL, OTHER)
    with pytest.raises(InputError, match="Choose “Observatory”"):
        undo(told, back.seq, "Ana")


def proposal(name: str, same_as: str) -> pd.DataFrame:
    return frame([{"name": name, "same_as": same_as, "claims": 1, "reason": "alike"}], ALIASES)


def proposed(store: Store, name: str, same_as: str) -> list[list[str]]:
    found = same.open_proposals(store, proposal(name, same_as))
    return found[["name", "same_as"]].to_numpy().tolist()


def test_what_is_proposed_follows_what_was_confirmed(told: Store):
    assert proposed(told, OTHER, SHORT) == [[OTHER, SHORT]]
    fold(told, SHORT, FULL)
    assert proposed(told, SHORT, FULL) == []
    assert proposed(told, OTHER, SHORT) == [[OTHER, FULL]]  # whoever SHORT is
    assert proposed(told, FULL, OTHER) == [[OTHER, FULL]]  # no fold follows another
    assert same.answered(told)[["name", "other", "claims"]].to_numpy().tolist() == [
        [SHORT, FULL, 1]
    ]


def test_a_proposal_that_was_refused_is_not_open_either_way_round(told: Store):
    decide(told, "speaker", SHORT, FULL, field="not_same_as", reviewer="Ana", seen_version=0)
    assert proposed(told, SHORT, FULL) == []
    assert proposed(told, FULL, SHORT) == []
    assert audit(told) == []


def test_a_fold_holds_for_claims_that_arrive_later_and_over_a_new_grouping(told: Store):
    fold(told, SHORT, FULL)
    later = claim("m9", "d4", "Water fell.", speaker="it", speaker_name=SHORT)
    told.add_claims(frame([later], CLAIMS), "r2")
    relate(told)
    told.relabel_sides(told.claims())
    assert credited(told, "m1", "m9") == [FULL, FULL]
    assert audit(told) == []


def test_a_corrected_name_is_folded_too(told: Store):
    fold(told, SHORT, FULL)
    decide(told, "claim", "c3", SHORT, field="speaker_name", reviewer="Ana", seen_version=0)
    assert credited(told, "c3") == [FULL]
    assert audit(told) == []


def test_the_audit_sees_a_speaker_that_was_not_decided(told: Store):
    fold(told, SHORT, FULL)
    with told.writing() as connection:
        connection.execute(text("UPDATE claims SET credited = 'x' WHERE claim_id = 'm1'"))
    assert audit(told) == ["What is shown of claim m1 is not what was decided."]
