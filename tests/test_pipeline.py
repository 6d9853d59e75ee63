from pathlib import Path

import pandas as pd
import pytest
from filelock import FileLock

from tests.conftest import WordEncoder
from verify import pipeline, records, work
from verify.errors import InputError
from verify.progress import Silent
from verify.review import by_hand, decisions
from verify.review.audit import audit
from verify.settings import Settings
from verify.store import views
from verify.store.filters import Filters
from verify.store.store import Store
from verify.summary import Summary

SIDES = """
[[side]]
name = "North"
aliases = ["Northern council"]

[[side]]
name = "South"
aliases = ["Southern council"]
sources = ["South Radio"]
"""
NORTH = """---
source: Bridge Gazette
title: Shelling at the bridge
published_at: 2020-05-04
---
The Northern council said 12 soldiers were killed at the Amber bridge on Monday.
"""
SOUTH = """---
source: South Radio
title: The bridge
published_at: 2020-05-04
---
The Southern council said 40 soldiers were killed at the Amber bridge on Monday.
"""


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "north.md").write_text(NORTH)
    (folder / "south.md").write_text(SOUTH)
    (folder / "sides.toml").write_text(SIDES)
    return folder


@pytest.fixture
def built(
    texts: Path, desk_store: Store, desk_settings: Settings, word_encoder: WordEncoder
) -> Store:
    pipeline.build([texts], desk_store, desk_settings)
    return desk_store


def test_a_build_accounts_for_every_row(
    texts: Path, desk_store: Store, desk_settings: Settings, word_encoder: WordEncoder
) -> None:
    (texts / "empty.txt").write_bytes(b"")
    (texts / "table.csv").write_text("claim,speaker\nThe bridge stands.,a mayor\n,nobody\n")
    summary = pipeline.build([texts], desk_store, desk_settings)
    assert summary.rows_seen == summary.documents_new + summary.rows_left_out
    assert summary.documents_new == 3
    assert {(Path(fault.file).name, fault.row) for fault in summary.left_out} == {
        ("empty.txt", None),
        ("table.csv", 3),
    }


def test_the_same_files_again_add_nothing(
    built: Store, texts: Path, desk_settings: Settings
) -> None:
    before = built.membership()
    again = pipeline.build([texts], built, desk_settings)
    assert (again.documents_new, again.documents_known, again.claims_new) == (0, 2, 0)
    assert again.texts_encoded == 0
    assert built.membership().equals(before)


def test_the_same_files_again_change_no_pair(
    built: Store, texts: Path, desk_settings: Settings
) -> None:
    before = views.pairs(built, limit=None)[0]
    pipeline.build([texts], built, desk_settings)
    assert views.pairs(built, limit=None)[0].equals(before)


def test_two_builds_at_once_are_refused(
    texts: Path, desk_store: Store, desk_settings: Settings
) -> None:
    with (
        FileLock(desk_settings.data_dir / "build.lock"),
        pytest.raises(InputError, match="Another build"),
    ):
        pipeline.build([texts], desk_store, desk_settings)
    assert views.runs(desk_store, 5).empty


def test_claims_carry_the_sides_that_lie_beside_the_texts(built: Store) -> None:
    claims, _ = views.claims(built)
    sides = dict(zip(claims["source"], claims["side"], strict=True))
    assert sides == {"Bridge Gazette": "North", "South Radio": "South"}


def test_two_counts_of_one_incident_conflict(built: Store) -> None:
    pairs, _ = views.pairs(built, Filters(relation="conflicts"))
    assert pairs["conflict_kind"].tolist() == ["number"]
    assert "12" in str(pairs.loc[0, "reasons"])
    assert "40" in str(pairs.loc[0, "reasons"])


def test_a_decision_survives_a_rebuild(built: Store, texts: Path, desk_settings: Settings) -> None:
    claims, _ = views.claims(built)
    chosen = claims.loc[0, "claim_id"]
    decisions.decide(built, "claim", chosen, "disputed", reviewer="Ada", seen_version=0)
    (texts / "more.md").write_text("A mayor said 14 soldiers were killed at the Amber bridge.")
    pipeline.build([texts], built, desk_settings)
    after = views.claim(built, chosen)
    assert after is not None
    assert (after["status"], after["reviewer"]) == ("disputed", "Ada")


def test_sides_changed_in_the_file_relabel_what_is_stored(
    built: Store, texts: Path, desk_settings: Settings
) -> None:
    (texts / "sides.toml").write_text(SIDES.replace('"North"', '"The council"'))
    pipeline.build([texts], built, desk_settings)
    claims, _ = views.claims(built, Filters(side="The council"))
    assert claims["source"].tolist() == ["Bridge Gazette"]


def test_a_run_that_fails_says_so(
    texts: Path,
    desk_store: Store,
    desk_settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr("verify.analysis.embed.load_encoder", broken)
    with pytest.raises(MemoryError):
        pipeline.build([texts], desk_store, desk_settings)
    assert views.runs(desk_store, 1)["state"].tolist() == ["failed"]


def test_a_run_goes_on_where_a_failed_one_stopped(
    texts: Path, desk_store: Store, desk_settings: Settings, word_encoder: WordEncoder
) -> None:
    files = sorted(texts.glob("*.md"))
    summary = Summary(desk_store.start_run({}))
    pipeline.take_in(files, desk_store, summary, None, Silent())
    again = pipeline.build([texts], desk_store, desk_settings)
    assert (again.documents_known, again.claims_new) == (2, 2)


def test_a_path_that_is_not_there_stops_before_any_work(
    desk_store: Store, desk_settings: Settings, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match="nowhere"):
        pipeline.build([tmp_path / "nowhere"], desk_store, desk_settings)
    assert views.runs(desk_store, 5).empty


def test_stored_documents_are_read_again_and_every_claim_is_accounted_for(
    built: Store, desk_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    claims, _ = views.claims(built, sort="arrival")
    kept = claims.loc[0, "claim_id"]
    decisions.decide(built, "claim", kept, "disputed", reviewer="Ada", seen_version=0)
    same = pipeline.build([], built, desk_settings, reread=True)
    assert (same.documents_reread, same.claims_found, same.claims_gone) == (2, 0, 0)

    def nothing_found(*_: object) -> pd.DataFrame:
        return records.frame([], records.CLAIMS)

    monkeypatch.setattr("verify.work.extract", nothing_found)
    summary = pipeline.build([], built, desk_settings, reread=True)
    told = "2 documents read again: 0 claims new, 1 gone, 1 kept because somebody decided on them"
    assert told in summary.told()
    assert views.claims(built)[0]["claim_id"].tolist() == [kept]


MARKET = """---
source: Port Wire
title: The market
published_at: 2020-07-14
---
A trader said bread prices in the port doubled on Monday.
"""
AGAIN = """---
source: Hill Radio
title: At the bridge again
published_at: 2020-05-05
---
The Northern council said 15 soldiers were killed at the Amber bridge on Monday.
"""


@pytest.fixture
def three(built: Store, texts: Path, desk_settings: Settings) -> Store:
    """The bridge, told twice, and the market."""
    (texts / "market.md").write_text(MARKET)
    pipeline.build([texts], built, desk_settings)
    return built


def by_source(store: Store) -> dict[str, str]:
    claims, _ = views.claims(store)
    return dict(zip(claims["source"], claims["event_id"], strict=True))


def test_merged_and_split_events_outlive_a_document_that_changes_the_grouping(
    three: Store, texts: Path, desk_settings: Settings
) -> None:
    before = by_source(three)
    bridge, market = before["South Radio"], before["Port Wire"]
    assert before["Bridge Gazette"] == bridge != market
    radio = views.claims(three, Filters(source="South Radio"))[0].loc[0, "claim_id"]
    made = by_hand.split(three, bridge, {radio: 0}, "Tester")
    by_hand.merge(three, market, bridge, 0, "Tester")
    assert by_source(three) == {"Bridge Gazette": bridge, "South Radio": made, "Port Wire": bridge}

    (texts / "again.md").write_text(AGAIN)
    pipeline.build([texts], three, desk_settings)
    claims, _ = views.claims(three)
    assert dict(zip(claims["text"], claims["event_id"], strict=True)) == {
        "12 soldiers were killed at the Amber bridge on Monday": bridge,
        "15 soldiers were killed at the Amber bridge on Monday": bridge,
        "40 soldiers were killed at the Amber bridge on Monday": made,
        "bread prices in the port doubled on Monday": bridge,
    }
    said = three.membership(as_grouped=True)
    assert set(said["event_id"]) == {bridge, market}
    assert audit(three) == []


def test_a_correction_made_while_a_run_is_at_work_is_in_what_it_stores(
    three: Store, texts: Path, desk_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    bridge, market = by_source(three)["South Radio"], by_source(three)["Port Wire"]
    related = work.related

    def merge_meanwhile(*arguments: object) -> pd.DataFrame:
        by_hand.merge(three, market, bridge, 0, "Tester")
        return related(*arguments)

    monkeypatch.setattr(work, "related", merge_meanwhile)
    (texts / "again.md").write_text(AGAIN)
    pipeline.build([texts], three, desk_settings)
    assert set(by_source(three).values()) == {bridge}
    assert list(views.events(three)[0]["event_id"]) == [bridge]
    assert audit(three) == []


def test_what_is_shown_at_once_after_a_correction_is_what_the_next_run_shows(
    three: Store, texts: Path, desk_settings: Settings
) -> None:
    by_hand.merge(three, by_source(three)["Port Wire"], by_source(three)["South Radio"], 0, "Ana")
    told = ["event_id", "title", "starts", "ends", "places", "claims", "sources", "sides"]
    at_once = views.events(three)[0][told]
    pipeline.build([texts], three, desk_settings)
    pd.testing.assert_frame_equal(views.events(three)[0][told], at_once)
