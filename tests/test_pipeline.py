from pathlib import Path

import pandas as pd
import pytest
from filelock import FileLock

from tests.conftest import WordEncoder
from verify import pipeline, records
from verify.errors import InputError
from verify.progress import Silent
from verify.review import decisions
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

    monkeypatch.setattr("verify.pipeline.extract", nothing_found)
    summary = pipeline.build([], built, desk_settings, reread=True)
    told = "2 documents read again: 0 claims new, 1 gone, 1 kept because somebody decided on them"
    assert told in summary.told()
    assert views.claims(built)[0]["claim_id"].tolist() == [kept]
