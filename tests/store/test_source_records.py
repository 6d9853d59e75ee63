"""The record of sources and speakers, on three towns' papers and an agency.

"Wire" (an agency) publishes w1, which Post (p1) reprints word for word; Star supports it in words
of its own (s1) a day later and contradicts another claim of Wire (w2).
"""

import pandas as pd
import pytest

from tests.store.bridge import claim, document, pair
from verify.records import CLAIMS, DOCUMENTS, EVENTS, MEMBERSHIP, PAIRS, frame, pair_id
from verify.review.decisions import decide
from verify.store.source_records import RECORD, VERDICTS, records_of, verdicts_of
from verify.store.store import Store

TOLD = {  # claim -> source, published at, speaker
    "w1": ("Wire", "2020-05-04T08:00:00Z", "General Ode"),
    "w2": ("Wire", "2020-05-04T08:00:00Z", None),
    "p1": ("Post", "2020-05-04T09:00:00Z", "General Ode"),
    "p2": ("Post", "2020-05-06", None),
    "s1": ("Star", "2020-05-05", "Mayor Lind"),
    "s2": ("Star", "2020-05-05", None),
    "n1": (None, "2020-05-01", None),
}
LINKS = [pair("s1", "w1", "supports"), pair("s2", "w2", "conflicts", conflict_kind="number")]
REPEATS = {"p1": "w1"}


def tell(
    store: Store, told: dict = TOLD, links: list = LINKS, repeats: dict[str, str] = REPEATS
) -> None:
    papers, claims = [], []
    for name, (source, at, speaker) in told.items():
        papers.append(document(f"d-{name}", f"It is {name}.", source=source, published_at=at))
        claims.append(claim(name, f"d-{name}", f"It is {name}.", speaker=speaker))
    store.add_documents(frame(papers, DOCUMENTS), "r1")
    store.add_claims(frame(claims, CLAIMS), "r1")
    event = [{"event_id": "e1", "title": "It", "places": [], "claims": len(told)}]
    members = [{"claim_id": name, "event_id": "e1"} for name in told]
    origins = pd.DataFrame(repeats.items(), columns=["claim_id", "origin_id"])
    store.replace_events(
        frame(event, EVENTS), frame(members, MEMBERSHIP), frame(links, PAIRS), "r1", origins
    )


def record(store: Store, name: str, kind: str = "source", **more: bool) -> dict:
    (row,) = records_of(store, kind, [name], **more).to_dict("records")
    return row


@pytest.fixture
def papers(empty: Store) -> Store:
    tell(empty)
    return empty


def test_all_sources_come_in_order_of_name_also_those_without_a_claim(papers: Store):
    papers.add_documents(frame([document("d9", "Nothing.", source="Echo")], DOCUMENTS), "r1")
    found = records_of(papers, "source")
    assert list(found["name"]) == ["Echo", "Post", "Star", "Wire"]
    assert list(found.columns) == list(RECORD)
    assert found.iloc[0, 1:].sum() == 0


def test_repeats_are_counted_apart(papers: Store):
    post = record(papers, "Post")
    assert (post["claims"], post["repeats"]) == (1, 1)
    decide(papers, "claim", "p1", "verified", reviewer="Ada", seen_version=0)
    post = record(papers, "Post")
    assert (post["reviewed"], post["verified"], post["repeats_reviewed"]) == (0, 0, 1)


def test_every_verdict_is_counted_as_it_stands_now(papers: Store):
    for name, value in (("w1", "verified"), ("w2", "verified"), ("s1", "unverifiable")):
        decide(papers, "claim", name, value, reviewer="Ada", seen_version=0)
    decide(papers, "claim", "w2", "disputed", reviewer="Ada", seen_version=1)
    wire, star = record(papers, "Wire"), record(papers, "Star")
    assert [wire[name] for name in ("reviewed", "verified", "disputed")] == [2, 1, 1]
    assert [star[name] for name in ("claims", "reviewed", "unverifiable")] == [2, 1, 1]


def test_verdicts_alone_are_the_first_columns_of_the_record(papers: Store):
    decide(papers, "claim", "w1", "verified", reviewer="Ada", seen_version=0)
    for kind in ("source", "speaker"):
        pd.testing.assert_frame_equal(
            verdicts_of(papers, kind), records_of(papers, kind)[list(VERDICTS)]
        )


def test_who_told_first_what_others_repeat_or_support(papers: Store):
    wire, star = record(papers, "Wire"), record(papers, "Star")
    assert [wire[name] for name in ("shared", "first", "later")] == [1, 1, 0]
    assert [star[name] for name in ("shared", "first", "later")] == [1, 0, 1]
    assert record(papers, "Post")["shared"] == 0  # its one claim that others tell is a repeat


@pytest.mark.parametrize(
    ("one", "other", "first", "later"),
    [
        ("2020-05-04T08:00:00Z", "2020-05-04T08:00:01Z", 1, 0),
        ("2020-05-04T08:00:01Z", "2020-05-04T08:00:00Z", 0, 1),
        ("2020-05-04T08:00:00Z", "2020-05-04T08:00:00Z", 0, 0),
        ("2020-05-04T08:00:00Z", "2020-05-04", 0, 0),
        ("2020-05-04", "2020-05-05T00:00:00Z", 1, 0),
        (None, "2020-05-04", 0, 0),
        ("2020-05-04", None, 0, 0),
    ],
)
def test_first_is_only_who_surely_was(empty: Store, one, other, first, later):
    told = {"w1": ("Wire", one, None), "s1": ("Star", other, None)}
    tell(empty, told, LINKS[:1], {})
    wire = record(empty, "Wire")
    assert (wire["shared"], wire["first"], wire["later"]) == (1, first, later)


def test_a_reprint_that_came_before_counts_against_being_first(empty: Store):
    """The link is between Star's claim and Wire's; Post had repeated Wire before Star wrote."""
    told = {
        "w1": ("Wire", "2020-05-05T12:00:00Z", None),
        "p1": ("Post", "2020-05-03", None),
        "s1": ("Star", "2020-05-04", None),
    }
    tell(empty, told, LINKS[:1])
    star = record(empty, "Star")
    assert (star["first"], star["later"]) == (0, 1)


def test_a_link_of_a_repeat_is_one_of_its_origin(empty: Store):
    tell(empty, links=[pair("p1", "s1", "supports"), pair("p1", "s2", "conflicts")])
    wire = record(empty, "Wire")
    assert (wire["contradicted"], wire["corroborated"], wire["origins"]) == (1, 1, 1)
    assert record(empty, "Post")["contradicted"] == 0


def test_contradictions_that_nobody_rejected_and_confirmed_ones(papers: Store):
    link = pair_id("s2", "w2")
    assert record(papers, "Wire")["contradicted"] == 1
    assert record(papers, "Wire")["contradicted_confirmed"] == 0
    decide(papers, "pair", link, "confirmed", reviewer="Ada", seen_version=0)
    assert record(papers, "Wire")["contradicted_confirmed"] == 1
    decide(papers, "pair", link, "rejected", reviewer="Ada", seen_version=1)
    assert [record(papers, name)["contradicted"] for name in ("Wire", "Star")] == [0, 0]


def test_reprints_and_texts_of_one_source_are_one_independent_origin(empty: Store):
    told = {**TOLD, "s3": ("Star", "2020-05-07", None), "p3": ("Post", "2020-05-07", None)}
    links = [pair("s1", "w1", "supports"), pair("s3", "w1", "supports"),
             pair("p3", "w1", "supports"), pair("p1", "w1", "supports")]  # fmt: skip
    tell(empty, told, links, {"p1": "w1", "p3": "s3"})
    wire = record(empty, "Wire")
    assert (wire["corroborated"], wire["origins"]) == (1, 1)


def test_a_source_does_not_corroborate_itself_nor_does_one_without_a_name(empty: Store):
    links = [pair("w1", "w2", "supports"), pair("n1", "w1", "supports")]
    tell(empty, links=links, repeats={})
    wire = record(empty, "Wire")
    assert (wire["shared"], wire["corroborated"], wire["origins"]) == (0, 0, 0)


def test_only_confirmed_links_count_where_suggestions_are_hidden(papers: Store):
    hidden = record(papers, "Wire", decided_only=True)
    assert [hidden[name] for name in ("contradicted", "corroborated")] == [0, 0]
    assert hidden["shared"] == 1  # Post's reprint is no suggestion
    for link in (pair_id("s1", "w1"), pair_id("s2", "w2")):
        decide(papers, "pair", link, "confirmed", reviewer="Ada", seen_version=0)
    assert record(papers, "Wire", decided_only=True) == record(papers, "Wire")


def test_speakers_have_a_record_of_what_is_credited_to_them(papers: Store):
    found = records_of(papers, "speaker").set_index("name")
    assert list(found.index) == ["General Ode", "Mayor Lind"]
    ode, lind = found.loc["General Ode"], found.loc["Mayor Lind"]
    assert (ode["claims"], ode["repeats"], ode["shared"], ode["first"]) == (1, 1, 1, 1)
    assert (lind["shared"], lind["later"], lind["origins"]) == (1, 1, 1)


def test_a_speaker_in_a_second_paper_is_not_corroborated_by_it(empty: Store):
    told = {
        "w1": ("Wire", "2020-05-04", "General Ode"),
        "s1": ("Star", "2020-05-05", "General Ode"),
    }
    tell(empty, told, LINKS[:1], {})
    ode = record(empty, "General Ode", "speaker")
    assert (ode["shared"], ode["origins"]) == (0, 0)
    wire = record(empty, "Wire")  # one man's word in two papers is one man's word
    assert (wire["shared"], wire["first"], wire["corroborated"], wire["origins"]) == (1, 1, 0, 0)


def test_two_residents_may_be_two_people(empty: Store):
    told = {"w1": ("Wire", "2020-05-04", "residents"), "s1": ("Star", "2020-05-05", "residents")}
    tell(empty, told, LINKS[:1], {})
    assert record(empty, "Wire")["origins"] == 1


def test_a_support_that_may_as_well_be_a_conflict_tells_of_no_agreement(empty: Store):
    torn = pair("s1", "w1", "supports", p_supports=0.5, p_conflicts=0.3)
    tell(empty, links=[torn], repeats={})
    assert record(empty, "Wire")["origins"] == 0
    decide(empty, "pair", torn["pair_id"], "confirmed", reviewer="Ada", seen_version=0)
    assert record(empty, "Wire")["origins"] == 1


def test_a_name_without_a_claim_has_a_record_of_nothing(papers: Store):
    assert record(papers, "Nobody", "speaker")["claims"] == 0
