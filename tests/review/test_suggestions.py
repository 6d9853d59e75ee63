"""Sides suggested for speakers without one, with the reason and its counts."""

from typing import Any

import pandas as pd

from tests.store.bridge import claim, document, relate
from verify.records import CLAIMS, DOCUMENTS, frame, pair_id
from verify.review.decisions import decide
from verify.review.suggestions import suggest, suggestions
from verify.store import views
from verify.store.store import Store

STATE_TV = {"state television": "North", "Free Radio": "South"}
NO_LINKS = pd.DataFrame(columns=["speaker", "relation", "side", "links"])
NO_ALIASES = pd.DataFrame(columns=["side", "words"])


def quoted(speaker: str, **by: int) -> pd.DataFrame:
    """Who quotes a speaker how often; each quotation is in a document of its own."""
    told = [
        {"speaker": speaker, "source": source.replace("_", " "), "claims": count,
         "documents": count, "side_version": 0}
        for source, count in by.items()
    ]  # fmt: skip
    return pd.DataFrame(told)


def links(speaker: str, *rows: tuple[str, str, int]) -> pd.DataFrame:
    return pd.DataFrame(
        [(speaker, *row) for row in rows], columns=["speaker", "relation", "side", "links"]
    )


def only(told: pd.DataFrame, **more: Any) -> dict[str, Any]:
    given = {"links": NO_LINKS, "aliases": NO_ALIASES} | more
    (row,) = suggest(told, given["links"], STATE_TV, given["aliases"]).to_dict("records")
    return row


def test_who_is_quoted_by_one_side_is_suggested_for_it_with_the_counts() -> None:
    row = only(quoted("Colonel Ray", state_television=14, Agency=2))
    assert (row["side"], row["strength"], row["claims"]) == ("North", "weak", 16)
    assert row["reason"] == "quoted by state television 14 times, by other sources 2 times"


def test_a_name_that_is_an_alias_spelled_out_is_fair_evidence() -> None:
    aliases = pd.DataFrame({"side": ["South"], "words": ["SDF"]})
    row = only(quoted("Southern Defence Front", Agency=3), aliases=aliases)
    assert (row["side"], row["strength"]) == ("South", "fair")
    assert '"SDF"' in row["reason"]


def test_two_kinds_of_evidence_for_one_side_are_strong() -> None:
    told = quoted("Colonel Ray", state_television=5)
    agreeing = links("Colonel Ray", ("supports", "North", 4), ("conflicts", "South", 3))
    row = only(told, links=agreeing)
    assert (row["side"], row["strength"]) == ("North", "strong")
    assert (
        "agrees with claims of North 4 times, contradicts those of South 3 times" in row["reason"]
    )


def test_nothing_is_suggested_where_the_evidence_is_divided() -> None:
    told = quoted("Colonel Ray", state_television=5)
    row = only(told, links=links("Colonel Ray", ("supports", "South", 6)))
    assert row["side"] is None
    assert row["reason"].startswith("divided: quoted by state television 5 times")


def test_sources_that_anyone_could_be_get_no_suggestion() -> None:
    assert suggest(
        quoted("local sources", state_television=9), NO_LINKS, STATE_TV, NO_ALIASES
    ).empty


def test_a_speaker_whom_both_sides_quote_gets_none() -> None:
    told = quoted("Colonel Ray", state_television=5, Free_Radio=4)
    assert suggest(told, NO_LINKS, STATE_TV, NO_ALIASES).empty


def with_colonel(store: Store) -> None:
    """Three more documents of the North's station quote a colonel of no known side."""
    documents = [document(f"t{n}", f"Shell {n} fell.", source="state television") for n in range(3)]
    claims = [
        claim(f"t{n}", f"t{n}", f"Shell {n} fell.", speaker="Colonel Ray", cue="said")
        for n in range(3)
    ]
    store.add_documents(frame(documents, DOCUMENTS), "r1")
    store.add_claims(frame(claims, CLAIMS), "r1")
    station = {"side": "North", "kind": "source", "words": "State Television"}
    store.set_sides(pd.DataFrame([station]))


def test_a_confirmed_suggestion_labels_the_claims_and_is_not_made_again(store: Store) -> None:
    with_colonel(store)
    (row,) = suggestions(store).rows.to_dict("records")
    assert (row["speaker"], row["side"]) == ("Colonel Ray", "North")
    decide(store, "speaker", "Colonel Ray", row["side"], reviewer="Ada", field="side",
           seen_version=row["side_version"])  # fmt: skip
    assert views.claim(store, "t0")["side"] == "North"
    assert suggestions(store).rows.empty


def test_who_was_left_unknown_is_not_asked_again(store: Store) -> None:
    with_colonel(store)
    decide(store, "speaker", "Colonel Ray", "unknown", reviewer="Ada", field="side", seen_version=0)
    assert suggestions(store).rows.empty


def test_agreement_is_read_from_pairs_that_nobody_rejected(store: Store) -> None:
    with_colonel(store)
    agreeing = [
        {"pair_id": pair_id(f"t{n}", "c1"), "event_id": "e1", "a": "c1", "b": f"t{n}",
         "relation": "supports", "p_supports": 0.9, "p_conflicts": 0.0}
        for n in range(3)
    ]  # fmt: skip
    relate(store, pairs=agreeing)
    assert "agrees with claims of North 3 times" in suggestions(store).rows["reason"].iloc[0]
    decide(store, "pair", pair_id("t0", "c1"), "rejected", reviewer="Ada", seen_version=0)
    assert "agrees" not in suggestions(store).rows["reason"].iloc[0]
