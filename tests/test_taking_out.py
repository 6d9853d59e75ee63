"""A source is taken out: its claims go with their pairs, what people decided on stays."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from filelock import FileLock

from benchmarks import corpus
from tests.conftest import WordEncoder
from verify import connecting, pipeline, rarities, taking_out
from verify.analysis import tuned
from verify.analysis.relate import RelateSettings
from verify.analysis.tuned import Tuned
from verify.cli import main
from verify.errors import InputError, NotAllowed
from verify.review import decisions, roster
from verify.review.audit import audit
from verify.settings import Settings
from verify.store import removing, views
from verify.store.filters import Filters
from verify.store.store import Store

SOURCE = "Evening Post"

Build = Callable[..., Any]


@pytest.fixture
def settings(desk_settings: Settings, word_encoder: WordEncoder) -> Settings:
    return replace(desk_settings, relation_model="none")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Three claims of one source: two of a bridge, one of a market."""
    rows = [
        ("12 soldiers were killed at the Amber bridge on Monday.", "2020-05-04"),
        ("Nobody was killed at the Amber bridge on Monday.", "2020-05-05"),
        ("Bread prices in the port doubled on Tuesday.", "2020-05-06"),
    ]
    path = tmp_path / "post.csv"
    frame = pd.DataFrame(rows, columns=["claim", "date"])
    frame.assign(source=SOURCE, speaker="an officer").to_csv(path, index=False)
    return path


@pytest.fixture
def other(tmp_path: Path) -> Path:
    path = tmp_path / "radio.csv"
    claim = "40 soldiers were killed at the Amber bridge on Monday."
    row = {"claim": claim, "date": "2020-05-04", "source": "South Radio", "speaker": "a mayor"}
    pd.DataFrame([row]).to_csv(path, index=False)
    return path


@pytest.fixture
def built(table: Path, other: Path, desk_store: Store, settings: Settings) -> Store:
    pipeline.build([other, table], desk_store, settings)
    return desk_store


def claim_of(store: Store, words: str) -> str:
    found, _ = views.claims(store, Filters(search=words))
    return str(found.loc[0, "claim_id"])


def state(store: Store) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Everything that the stages made, but which run did: claims, their events, and pairs."""
    claims = store.claims().sort_values("claim_id", ignore_index=True)
    grouped = store.membership().sort_values("claim_id", ignore_index=True)
    pairs = views.pairs(store, limit=10_000)[0].sort_values("pair_id", ignore_index=True)
    return claims, grouped, pairs


def test_what_is_left_is_as_if_the_source_had_never_been(
    built: Store, other: Path, settings: Settings, tmp_path: Path
) -> None:
    summary = taking_out.take_out(SOURCE, built, settings)
    assert (summary.documents_gone, summary.claims_gone, summary.claims_kept) == (3, 3, 0)
    assert summary.told().startswith("removed  3 documents and 3 claims of Evening Post\n")
    fresh = replace(settings, data_dir=tmp_path / "fresh")
    alone = Store.open(fresh)
    pipeline.build([other], alone, fresh)
    (left, grouped, pairs), (wanted, *_) = state(built), state(alone)
    pd.testing.assert_frame_equal(left, wanted)
    assert (len(grouped), len(pairs), views.events(built)[1]) == (1, 0, 1)
    assert views.claims(built, Filters(search="bread"))[1] == 0
    assert views.sources(built)["source"].tolist() == ["South Radio"]
    assert audit(built) == []


@pytest.mark.parametrize("cut", [False, True], ids=["whole", "cut"])
def test_events_of_other_sources_stand_as_before_the_source_came(
    desk_store: Store, settings: Settings, tmp_path: Path, monkeypatch, cut: bool
) -> None:
    monkeypatch.setattr(rarities, "KEPT_FROM", 20 if cut else 50)
    if cut:
        monkeypatch.setattr(connecting, "WHOLE", 60)
        monkeypatch.setattr(connecting, "SHORTEST", 16)
    folder = tmp_path / "corpus"
    corpus.write(folder, 150, a_day=1)
    pipeline.build(sorted(folder.glob("*.jsonl")), desk_store, settings)
    before = state(desk_store)
    said = before[0].iloc[0]
    late = tmp_path / "late.csv"
    day = said["published_at"][:10]
    pd.DataFrame([{"claim": said["text"], "source": SOURCE, "date": day}]).to_csv(late, index=False)
    pipeline.build([late], desk_store, settings)
    assert len(state(desk_store)[0]) == 151
    taking_out.take_out(SOURCE, desk_store, settings)
    for now, then in zip(state(desk_store), before, strict=True):
        pd.testing.assert_frame_equal(now, then)


def test_what_somebody_decided_on_stays_and_is_listed(built: Store, settings: Settings) -> None:
    bread = claim_of(built, "bread")
    decisions.decide(built, "claim", bread, "disputed", reviewer="Ada", seen_version=0)
    summary = taking_out.take_out(SOURCE, built, settings)
    assert (summary.documents_gone, summary.claims_gone, summary.claims_kept) == (2, 2, 1)
    assert "1 kept because they are on record" in summary.told()
    (stays,) = summary.notes
    assert str(stays).startswith(
        f"“Bread prices in the port doubled on Tuesday” ({bread}) stays: it"
    )
    kept = views.claim(built, bread)
    assert kept is not None
    assert (kept["status"], kept["source"]) == ("disputed", SOURCE)
    assert len(built.documents()) == 2
    assert audit(built) == []


def test_both_ends_of_a_decided_pair_stay(built: Store, settings: Settings) -> None:
    pair = views.pairs(built)[0].iloc[0]
    decisions.decide(built, "pair", pair["pair_id"], "rejected", reviewer="Ada", seen_version=0)
    taking_out.take_out(SOURCE, built, settings)
    assert {pair["a"], pair["b"]} <= set(built.claims()["claim_id"])


def test_the_last_source_leaves_an_empty_store(
    table: Path, desk_store: Store, settings: Settings
) -> None:
    pipeline.build([table], desk_store, settings)
    summary = taking_out.take_out(SOURCE, desk_store, settings)
    assert (summary.claims, summary.events) == (0, 0)
    assert views.events(desk_store)[1] == 0
    assert views.pairs(desk_store)[1] == 0


def test_the_same_file_brings_the_source_back(
    built: Store, table: Path, settings: Settings
) -> None:
    before = state(built)
    taking_out.take_out(SOURCE, built, settings)
    again = pipeline.build([table], built, settings)
    assert (again.documents_new, again.claims_new) == (3, 3)
    for now, then in zip(state(built)[1:], before[1:], strict=True):
        pd.testing.assert_frame_equal(now, then)


def test_one_that_breaks_off_goes_on_when_it_is_asked_for_again(
    built: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(taking_out, "connect", broken)
        with pytest.raises(OSError, match="full"):
            taking_out.take_out(SOURCE, built, settings)
    assert views.runs(built, 1)["state"].tolist() == ["failed"]
    assert views.events(built)[0]["claims"].tolist() == [1]  # those that emptied are gone already
    assert taking_out.take_out(SOURCE, built, settings).claims == 1
    with pytest.raises(InputError, match="No document has the source"):
        taking_out.take_out(SOURCE, built, settings)


def test_documents_go_a_part_at_a_time(
    built: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(removing, "AT_ONCE", 1)
    summary = taking_out.take_out(SOURCE, built, settings)
    assert (summary.documents_gone, summary.claims_gone) == (3, 3)


ARTICLE = """---
source: Evening Post
title: At the bridge
published_at: 2020-05-04
---
An officer said 12 soldiers were killed at the Amber bridge on Monday.

A nurse said bread prices in the port doubled on Tuesday.
"""


def test_of_a_document_that_stays_only_its_file_brings_back_what_went(
    desk_store: Store, settings: Settings, tmp_path: Path
) -> None:
    article = tmp_path / "article.md"
    article.write_text(ARTICLE)
    pipeline.build([article], desk_store, settings)
    every = set(desk_store.claims()["claim_id"])
    assert len(every) == 2
    bread = claim_of(desk_store, "bread")
    decisions.decide(desk_store, "claim", bread, "disputed", reviewer="Ada", seen_version=0)
    taking_out.take_out(SOURCE, desk_store, settings)
    pipeline.build([], desk_store, settings, reread=True)
    assert desk_store.claims()["claim_id"].tolist() == [bread]
    again = pipeline.build([article], desk_store, settings)
    assert (again.documents_known, again.claims_new) == (1, 1)
    assert set(desk_store.claims()["claim_id"]) == every
    pipeline.build([], desk_store, settings, reread=True)
    assert set(desk_store.claims()["claim_id"]) == every


def test_the_run_tells_how_it_related(built: Store, settings: Settings) -> None:
    own = Tuned(RelateSettings(supports=0.7, conflicts=0.4))
    tuned.save(own, settings.relation_file)
    run_id = taking_out.take_out(SOURCE, built, settings).run_id
    run = views.runs(built, 1).iloc[0]
    assert (run["run_id"], run["settings"]["removed"]) == (run_id, SOURCE)
    assert run["settings"]["relation"] == own.values()


def test_a_reader_removes_nothing(built: Store, settings: Settings) -> None:
    for name, role in (("Lea", "lead"), ("Rita", "reader")):
        roster.set_role(built, name, role, by="Lea")
    with pytest.raises(NotAllowed, match="“Rita” may read, and remove nothing"):
        taking_out.take_out(SOURCE, built, replace(settings, reviewer="Rita"))
    assert len(built.claims()) == 4


def test_nothing_is_done_where_there_is_no_such_source_or_a_build_is_at_work(
    built: Store, settings: Settings
) -> None:
    with pytest.raises(InputError, match="No document has the source 'Morning Post'"):
        taking_out.take_out("Morning Post", built, settings)
    with (
        FileLock(settings.data_dir / "build.lock"),
        pytest.raises(InputError, match="Another build is at work"),
    ):
        taking_out.take_out(SOURCE, built, settings)
    assert len(views.runs(built, 5)) == 1
    assert len(built.claims()) == 4


def test_the_command_says_first_what_would_go(
    built: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setenv("VERIFY_DATA", str(settings.data_dir))
    monkeypatch.setenv("VERIFY_RELATION_MODEL", "none")
    bread = claim_of(built, "bread")
    decisions.decide(built, "claim", bread, "disputed", reviewer="Ada", seen_version=0)
    assert main(["remove", SOURCE, "--dry-run"]) == 0
    told = capsys.readouterr().out
    assert "to be removed: 2 documents and 2 claims of Evening Post; 1 kept" in told
    assert "nothing was changed" in told
    assert len(built.claims()) == 4
    assert main(["remove", SOURCE]) == 0
    told = capsys.readouterr().out
    assert "removed  2 documents and 2 claims of Evening Post; 1 kept" in told
    assert f"({bread}) stays: it or a pair of it is on record" in told
    assert main(["remove", "Morning Post"]) == 2
