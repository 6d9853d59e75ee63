import pandas as pd

from tests.store.bridge import EVENTS_TOLD, MEMBERS_TOLD, PAIRS_TOLD, members, relate
from verify.records import CLAIMS, EVENTS, PAIRS, frame
from verify.store import views
from verify.store.filters import Filters
from verify.store.store import Store


def test_events_come_with_their_counts_most_conflicts_first(store: Store):
    table, total = views.events(store)
    assert total == 2
    first = table.iloc[0]
    assert (first["title"], first["claims"], first["sources"]) == ("Deaths at the bridge", 3, 3)
    assert (first["conflicts"], first["supports"], first["reviewed"]) == (2, 1, 0)
    assert first["sides"] == {"North": 2, "South": 1}
    assert first["places"] == ["Ashford"]


def test_events_are_paged(store: Store):
    table, total = views.events(store, limit=1, offset=1)
    assert (list(table["event_id"]), total) == (["e2"], 2)


def test_one_event_or_none(store: Store):
    assert views.event(store, "e2")["title"] == "Flood at the dam"
    assert views.event(store, "e9") is None


def test_a_claim_comes_with_document_event_and_status(store: Store):
    shown = views.claim(store, "c1")
    assert list(shown)[: len(CLAIMS)] == list(CLAIMS)
    assert shown["event_title"] == "Deaths at the bridge"
    assert (shown["source"], shown["document_title"]) == ("North Post", "At the bridge")
    assert (shown["status"], shown["version"], shown["reviewer"]) == ("unreviewed", 0, None)
    assert (shown["supports"], shown["conflicts"], shown["voices"]) == (1, 1, 2)
    assert views.claim(store, "c9") is None


def test_a_claim_without_event_is_still_shown(store: Store):
    relate(store, of={"c1": "e1"}, pairs=[])
    table, total = views.claims(store, Filters(search="dam"))
    assert (total, table["event_id"].iloc[0]) == (1, None)


def test_claims_come_most_conflicts_first_then_most_voices(store: Store):
    table, _ = views.claims(store)
    assert list(table["claim_id"]) == ["c3", "c1", "c2", "c4"]


def test_claims_by_date(store: Store):
    assert views.claims(store, sort="newest")[0]["claim_id"].iloc[0] == "c4"
    assert views.claims(store, sort="oldest")[0]["claim_id"].iloc[-1] == "c4"


def test_pairs_come_with_both_claims_likeliest_conflict_first(store: Store):
    table, total = views.pairs(store, Filters(event_id="e1"))
    assert total == 3
    first = table.iloc[0]
    assert (first["a_side"], first["b_side"], first["conflict_kind"]) == (
        "North",
        "South",
        "denial",
    )
    assert (first["a_source"], first["b_text"]) == ("North Post", "Nobody was hurt at the bridge.")
    assert (first["status"], first["version"]) == ("suggested", 0)


def test_pairs_of_one_claim(store: Store):
    assert views.pairs(store, claim_id="c2")[1] == 2


def test_timeline_counts_claims_by_day_and_side(store: Store):
    table = views.timeline(store)
    assert table.values.tolist() == [
        ["2020-05-03", "North", 1],
        ["2020-05-04", "North", 1],
        ["2020-05-04", "South", 1],
        ["2020-06-01", "unknown", 1],
    ]


def test_sources_with_their_counts(store: Store):
    table = views.sources(store).set_index("source")
    assert list(table.loc["Hill Radio", ["documents", "claims", "verified"]]) == [1, 1, 0]


def test_speakers_with_side_and_reason(store: Store):
    table, total = views.speakers(store)
    assert total == 2
    general = table.set_index("speaker").loc["General Ode"]
    assert (general["side"], general["reason"]) == ("North", "speaker “General Ode”")
    assert views.speakers(store, search="SPOKES")[1] == 1


def test_facets_name_what_is_there(store: Store):
    facets = views.facets(store)
    assert facets["side"] == ["North", "South", "unknown"]
    assert facets["topic"] == ["fighting", "weather"]
    assert facets["kind"] == ["killed"]
    assert facets["place"] == ["Ashford", "Milltown"]
    assert facets["conflict_kind"] == ["denial", "number"]


def test_a_document_or_none(store: Store):
    assert views.document(store, "d4")["url"] == "https://a.test/4"
    assert views.document(store, "d9") is None


def test_a_reprint_is_no_voice_of_its_own(store: Store):
    """c2 repeats c1, so that both support each other with one voice."""
    repeats = pd.DataFrame({"claim_id": ["c2"], "origin_id": ["c1"]})
    told = (frame(EVENTS_TOLD, EVENTS), members(MEMBERS_TOLD), frame(PAIRS_TOLD, PAIRS))
    store.replace_events(*told, "r2", repeats)
    first, second = views.claim(store, "c1"), views.claim(store, "c2")
    assert (first["supports"], first["voices"], first["reprints"]) == (1, 1, 1)
    assert (second["origin_id"], second["voices"], second["reprints"]) == ("c1", 1, 1)
    assert views.event(store, "e1")["sources"] == 2


def test_a_new_run_forgets_repeats_that_it_no_longer_finds(store: Store):
    repeats = pd.DataFrame({"claim_id": ["c2"], "origin_id": ["c1"]})
    told = (frame(EVENTS_TOLD, EVENTS), members(MEMBERS_TOLD), frame(PAIRS_TOLD, PAIRS))
    store.replace_events(*told, "r2", repeats)
    relate(store)
    assert views.claim(store, "c2")["origin_id"] is None
    assert views.claim(store, "c1")["voices"] == 2
