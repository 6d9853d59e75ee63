"""A store whose claims are grouped and related a stretch of time at a time."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from benchmarks import corpus
from tests.conftest import WordEncoder
from verify import connecting, pipeline, work
from verify.review import by_hand
from verify.review.audit import audit
from verify.review.decisions import decide
from verify.review.undoing import undo
from verify.settings import Settings
from verify.store import views
from verify.store.store import Store
from verify.summary import Summary

CLAIMS = 240
TIMELESS = ["run_id", "came_at", "moved_at", "n", "decided_at"]

Build = Callable[..., Summary]


@pytest.fixture
def cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut whatever has more than 60 claims, down to 16 days."""
    monkeypatch.setattr(connecting, "WHOLE", 60)
    monkeypatch.setattr(connecting, "SHORTEST", 16)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    corpus.write(tmp_path / "corpus", CLAIMS, a_day=1)
    return tmp_path / "corpus"


@pytest.fixture
def settings(desk_settings: Settings) -> Settings:
    return replace(desk_settings, relation_model="none")


@pytest.fixture
def build(folder: Path, settings: Settings, word_encoder: WordEncoder) -> Build:
    def run(store: Store, *files: Path) -> Summary:
        paths = files or sorted(folder.glob("*.jsonl"))
        return pipeline.build(paths, store, settings, sides=folder / "sides.toml")

    return run


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the stages that ran, one for each part."""
    names: list[str] = []

    def noted(name: str, stage: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any, **more: Any) -> Any:
            names.append(name)
            return stage(*arguments, **more)

        return run

    for name in ("incidents", "related"):
        monkeypatch.setattr(work, name, noted(name, getattr(work, name)))
    return names


def told(store: Store) -> dict[str, pd.DataFrame]:
    """What screens show of a store, without when it came about."""
    shown = {
        "events": views.events(store, limit=10_000)[0].sort_values("event_id"),
        "claims": views.claims(store, limit=10_000)[0].sort_values("claim_id"),
        "pairs": views.pairs(store, limit=10_000)[0].sort_values("pair_id"),
    }
    return {
        name: table.drop(columns=TIMELESS, errors="ignore").reset_index(drop=True)
        for name, table in shown.items()
    }


def assert_same(one: Store, other: Store) -> None:
    for name, table in told(one).items():
        pd.testing.assert_frame_equal(table, told(other)[name], obj=name)


def together(store: Store) -> set[frozenset[str]]:
    """Give the claims of each event, whatever it is called."""
    held = store.membership().groupby("event_id")["claim_id"]
    return {frozenset(claims) for _, claims in held}


def test_a_cut_store_accounts_for_every_claim(
    build: Build, cut: None, called: list[str], desk_store: Store
) -> None:
    summary = build(desk_store)
    assert called.count("incidents") == called.count("related") == 3
    membership, pairs = desk_store.membership(), views.pairs(desk_store, limit=10_000)[0]
    assert len(membership) == summary.claims == len(desk_store.claims())
    event_of = dict(membership.to_numpy())
    assert (pairs["a"].map(event_of) == pairs["b"].map(event_of)).all()
    assert len(pairs) == summary.relations.total()
    events, held = views.events(desk_store, limit=10_000)
    assert held == summary.events == len(set(event_of.values()))
    assert events.set_index("event_id")["claims"].to_dict() == (
        membership["event_id"].value_counts().to_dict()
    )
    assert audit(desk_store) == []


def test_events_of_a_cut_store_are_mostly_those_of_a_whole_one(
    build: Build, monkeypatch: pytest.MonkeyPatch, desk_store: Store
) -> None:
    build(desk_store)
    whole = together(desk_store)
    monkeypatch.setattr(connecting, "WHOLE", 60)
    monkeypatch.setattr(connecting, "SHORTEST", 16)
    build(desk_store)
    parted = together(desk_store)
    held = sum(len(claims) for claims in whole & parted)
    assert held > 0.85 * len(desk_store.claims())
    assert audit(desk_store) == []


def test_what_is_as_it_was_is_not_worked_on_again(
    build: Build, cut: None, called: list[str], desk_store: Store
) -> None:
    first = build(desk_store)
    before, done = told(desk_store), len(called)
    again = build(desk_store)
    assert len(called) == done
    assert (again.events, again.relations) == (first.events, first.relations)
    for name, table in told(desk_store).items():
        pd.testing.assert_frame_equal(table, before[name], obj=name)


def test_later_claims_touch_the_stretch_they_fall_into_alone(
    build: Build, cut: None, called: list[str], desk_store: Store, tmp_path: Path
) -> None:
    build(desk_store)
    done = len(called)
    late = tmp_path / "late.csv"
    late.write_text("claim,source,date\nThe mill at Oskeva burned down.,Gazette 1,2021-05-20\n")
    assert build(desk_store, late).claims_new == 1
    assert sorted(called[done:]) == ["incidents", "related"]


def test_a_build_that_broke_off_goes_on_to_what_an_undisturbed_one_gives(
    build: Build, cut: None, called: list[str], monkeypatch: pytest.MonkeyPatch,
    desk_store: Store, settings: Settings, tmp_path: Path,
) -> None:  # fmt: skip
    related, left = work.related, [2]

    def break_off(*arguments: Any) -> pd.DataFrame:
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt
        return related(*arguments)

    with monkeypatch.context() as patched:
        patched.setattr(work, "related", break_off)
        with pytest.raises(KeyboardInterrupt):
            build(desk_store)
    done = len(called)
    build(desk_store)
    assert called[done:] == ["related"]
    undisturbed = Store.open(replace(settings, data_dir=tmp_path / "other"))
    build(undisturbed)
    assert_same(desk_store, undisturbed)


def test_events_that_people_merged_across_stretches_are_one_in_the_next_build(
    build: Build, cut: None, desk_store: Store, tmp_path: Path
) -> None:
    build(desk_store)
    events = views.events(desk_store, limit=10_000)[0].sort_values("starts")
    first, last = events["event_id"].iloc[0], events["event_id"].iloc[-1]
    by_hand.merge(desk_store, last, first, 0, "Ana")
    before = together(desk_store)
    build(desk_store)
    assert together(desk_store) == before
    assert last not in set(desk_store.membership()["event_id"])
    assert audit(desk_store) == []


def test_other_settings_of_the_relation_relate_again_and_group_nothing(
    build: Build, cut: None, called: list[str], desk_store: Store, settings: Settings
) -> None:
    build(desk_store)
    done = len(called)
    settings.relation_file.write_text("supports = 0.4\n", encoding="utf-8")
    build(desk_store)
    assert set(called[done:]) == {"related"}


@pytest.mark.parametrize("whole", [60, 1000])
def test_a_pair_kept_for_a_verdict_goes_when_the_verdict_is_taken_back(
    build: Build, desk_store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch, whole: int
) -> None:
    monkeypatch.setattr(connecting, "WHOLE", whole)
    monkeypatch.setattr(connecting, "SHORTEST", 16)
    build(desk_store)
    pairs = views.pairs(desk_store, limit=10_000)[0]
    supported = pairs[pairs["relation"] == "supports"]
    weakest = supported.sort_values("p_supports")["pair_id"].iloc[0]
    made = decide(desk_store, "pair", weakest, "confirmed", reviewer="Ana", seen_version=0)
    settings.relation_file.write_text("supports = 6.0\n", encoding="utf-8")
    build(desk_store)
    assert relation_of(desk_store, weakest) == "supports"
    undo(desk_store, made.seq, "Ana")
    build(desk_store)
    assert relation_of(desk_store, weakest) != "supports"


def relation_of(store: Store, pair_id: str) -> str | None:
    pairs = views.pairs(store, limit=10_000)[0].set_index("pair_id")["relation"]
    return pairs.get(pair_id)
