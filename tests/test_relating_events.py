"""Of a stretch that changed, the events that changed are related, and the others left alone."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from zlib import decompress

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray
from sqlalchemy import delete, select, update

from benchmarks import corpus
from tests.conftest import WordEncoder
from tests.test_connecting import relation_of, together, told
from verify import connecting, pipeline, rarities, relating_events, work
from verify.analysis.rarity import Rarity
from verify.relating_events import EVENTS
from verify.review import by_hand
from verify.review.audit import audit
from verify.review.decisions import decide
from verify.review.undoing import undo
from verify.settings import Settings
from verify.store import stage_marks, views
from verify.store.store import Store
from verify.store.tables import claims, pairs
from verify.summary import Summary
from verify.work import RELATE

CLAIMS = 150

Build = Callable[..., Summary]


@pytest.fixture
def build(
    tmp_path: Path, desk_settings: Settings, word_encoder: WordEncoder,
    monkeypatch: pytest.MonkeyPatch,
) -> Build:  # fmt: skip
    """Build the corpus, or other files; the rarity of words is kept from 50 claims on."""
    monkeypatch.setattr(rarities, "KEPT_FROM", 50)
    folder = tmp_path / "corpus"
    corpus.write(folder, CLAIMS, a_day=1)
    settings = replace(desk_settings, relation_model="none")

    def run(store: Store, *files: Path, **more: Any) -> Summary:
        paths = files or sorted(folder.glob("*.jsonl"))
        return pipeline.build(paths, store, settings, sides=folder / "sides.toml", **more)

    return run


@pytest.fixture(params=[False, True], ids=["whole", "cut"])
def cut(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the corpus whole, and cut it into stretches of which each keeps its rarity."""
    if request.param:
        monkeypatch.setattr(connecting, "WHOLE", 60)
        monkeypatch.setattr(connecting, "SHORTEST", 16)
        monkeypatch.setattr(rarities, "KEPT_FROM", 20)


@pytest.fixture
def related(monkeypatch: pytest.MonkeyPatch) -> list[set[str]]:
    """Events whose pairs were related, one set a call."""
    asked: list[set[str]] = []
    stage = work.related

    def noted(proposed: pd.DataFrame, *arguments: Any) -> pd.DataFrame:
        asked.append(set(proposed["event_id"]))
        return stage(proposed, *arguments)

    monkeypatch.setattr(work, "related", noted)
    return asked


def largest(store: Store) -> tuple[str, str, str]:
    """Give the event with most claims, the first claim of it, and its text."""
    event = views.events(store, limit=1000)[0].sort_values(["claims", "event_id"]).iloc[-1]
    every = store.claims()
    own = every[every["claim_id"].isin(claims_of(store, event["event_id"]))]
    first = own.sort_values("claim_id").iloc[0]
    return event["event_id"], first["claim_id"], first["text"]


def held(store: Store) -> dict[str, set[tuple[str, str | None]]]:
    """Give of each event its claims, each with the one that it repeats."""
    found: dict[str, set[tuple[str, str | None]]] = {}
    with store.reading() as connection:
        for row in connection.execute(
            select(claims.c.event_id, claims.c.claim_id, claims.c.origin_id)
        ):
            found.setdefault(row[0], set()).add((row[1], row[2]))
    return found


def claims_of(store: Store, event_id: str) -> set[str]:
    membership = store.membership()
    return set(membership[membership["event_id"] == event_id]["claim_id"])


def one_more(store: Store, folder: Path, claim_id: str, text: str) -> Path:
    """Write a table with one claim that says what another one says, from another source."""
    day = store.claims().set_index("claim_id").loc[claim_id, "published_at"]
    table = pd.DataFrame([{"claim": text, "source": "Evening Post", "date": day[:10]}])
    path = folder / "more.csv"
    table.to_csv(path, index=False)
    return path


def all_pairs(store: Store) -> pd.DataFrame:
    return views.pairs(store, limit=10_000)[0].set_index("pair_id").sort_index()


def relate_all_again(store: Store) -> None:
    """Let the next build find nothing that is noted of pairs."""
    table = stage_marks.stage_marks
    with store.writing() as connection:
        connection.execute(delete(table).where(table.c.stage.in_((RELATE, EVENTS))))


def test_a_claim_more_has_its_own_event_related_and_no_other(
    build: Build, cut: None, related: list[set[str]], desk_store: Store, tmp_path: Path
) -> None:
    first = build(desk_store)
    event, claim, text = largest(desk_store)
    before, done, were = all_pairs(desk_store), len(related), held(desk_store)
    more = build(desk_store, one_more(desk_store, tmp_path, claim, text))
    assert more.claims_new == 1
    now = held(desk_store)
    touched = {one for one in now if now[one] != were.get(one)}
    assert event in touched
    assert len(touched) < 4 < len(now)
    assert set().union(*related[done:]) == touched
    after = all_pairs(desk_store)
    pd.testing.assert_frame_equal(
        after[~after["event_id"].isin(touched)], before[~before["event_id"].isin(touched)]
    )
    assert len(after) == more.relations.total() != first.relations.total()
    assert more.events == len(now)
    assert audit(desk_store) == []


def test_what_was_left_alone_is_what_relating_all_again_gives(
    build: Build, cut: None, related: list[set[str]], desk_store: Store, tmp_path: Path
) -> None:
    build(desk_store)
    _, claim, text = largest(desk_store)
    parted = build(desk_store, one_more(desk_store, tmp_path, claim, text))
    before = told(desk_store)
    relate_all_again(desk_store)
    done = len(related)
    whole = build(desk_store)
    assert len(set().union(*related[done:])) > 10
    assert (whole.events, whole.relations) == (parted.events, parted.relations)
    assert (whole.pairs_possible, whole.pairs_compared) == (
        parted.pairs_possible, parted.pairs_compared
    )  # fmt: skip
    for name, table in told(desk_store).items():
        pd.testing.assert_frame_equal(table, before[name], obj=name)


def test_claims_that_people_moved_have_both_their_events_related(
    build: Build, related: list[set[str]], desk_store: Store
) -> None:
    build(desk_store)
    event, claim, _ = largest(desk_store)
    others = views.events(desk_store, limit=1000)[0].sort_values(["claims", "event_id"])
    into = others["event_id"].iloc[-2]
    by_hand.move(desk_store, event, {claim: 0}, into, "Ana")
    done = len(related)
    build(desk_store)
    assert related[done:] == [{event, into}]
    assert claim in claims_of(desk_store, into)
    now = all_pairs(desk_store)
    touching = now[(now["a"] == claim) | (now["b"] == claim)]
    assert set(touching["event_id"]) <= {into}
    assert audit(desk_store) == []


def test_a_pair_kept_for_a_verdict_goes_when_the_verdict_is_taken_back(
    build: Build, related: list[set[str]], desk_store: Store, desk_settings: Settings
) -> None:
    build(desk_store)
    before = all_pairs(desk_store)
    supported = before[before["relation"] == "supports"]
    weakest = supported.sort_values("p_supports").index[0]
    made = decide(desk_store, "pair", weakest, "confirmed", reviewer="Ana", seen_version=0)
    desk_settings.relation_file.write_text("supports = 6.0\n", encoding="utf-8")
    build(desk_store)
    assert relation_of(desk_store, weakest) == "supports"
    undo(desk_store, made.seq, "Ana")
    done = len(related)
    build(desk_store)
    assert related[done:] == [{before.loc[weakest, "event_id"]}]
    assert relation_of(desk_store, weakest) != "supports"


def test_another_threshold_relates_all_events_again(
    build: Build, related: list[set[str]], desk_store: Store, desk_settings: Settings
) -> None:
    build(desk_store)
    events, done = related[0], len(related)
    desk_settings.relation_file.write_text("supports = 0.4\n", encoding="utf-8")
    build(desk_store)
    assert related[done:] == [events]


def test_a_fifth_more_claims_have_the_rarity_counted_anew(
    build: Build, related: list[set[str]], desk_store: Store, tmp_path: Path
) -> None:
    build(desk_store)
    events, before = related[0], kept(desk_store)
    _, claim, text = largest(desk_store)
    one = one_more(desk_store, tmp_path, claim, text)
    build(desk_store, one)
    assert kept(desk_store) == before
    rivers = ("Ilm", "Orb", "Ahr", "Lek", "Odra", "Prut", "Tisa", "Drin") * 5
    texts = [f"A bridge on the {river} broke, {n} men drowned." for n, river in enumerate(rivers)]
    table = tmp_path / "many.csv"
    day = "2021-03-05"
    pd.DataFrame({"claim": texts, "source": "Evening Post", "date": day}).to_csv(table, index=False)
    done = len(related)
    build(desk_store, table)
    assert kept(desk_store) != before
    assert len(related[done] & events) > 10


def kept(store: Store) -> dict[str, bytes | None]:
    with store.reading() as connection:
        marks = stage_marks.marks(connection, rarities.STAGE)
    return {part: mark.told for part, mark in marks.items()}


def test_below_the_bound_no_rarity_is_kept_and_all_events_are_related(
    build: Build, related: list[set[str]], desk_store: Store, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(rarities, "KEPT_FROM", 10_000)
    build(desk_store)
    assert kept(desk_store) == {}
    events, done = related[0], len(related)
    _, claim, text = largest(desk_store)
    build(desk_store, one_more(desk_store, tmp_path, claim, text))
    assert len(related[done] & events) > 10


def test_what_another_version_counted_is_counted_anew(
    build: Build, desk_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(desk_store)
    with desk_store.reading() as connection:
        before = stage_marks.marks(connection, rarities.STAGE)
    monkeypatch.setattr(rarities, "program", lambda: "later")
    build(desk_store)
    with desk_store.reading() as connection:
        after = stage_marks.marks(connection, rarities.STAGE)
    assert {mark.digest.split(" ")[1] for mark in after.values()} == {"later"}
    assert {mark.told for mark in after.values()} == {mark.told for mark in before.values()}


def test_the_events_stay_together_as_they_were(
    build: Build, desk_store: Store, tmp_path: Path
) -> None:
    build(desk_store)
    event, claim, text = largest(desk_store)
    before = together(desk_store) - {frozenset(claims_of(desk_store, event))}
    build(desk_store, one_more(desk_store, tmp_path, claim, text))
    assert before < together(desk_store)


def test_where_no_event_changed_the_events_are_described_and_no_pair_is_touched(
    build: Build, related: list[set[str]], desk_store: Store
) -> None:
    first = build(desk_store)
    before, events = all_pairs(desk_store), views.events(desk_store, limit=1000)[0]
    table = stage_marks.stage_marks
    with desk_store.writing() as connection:
        connection.execute(delete(table).where(table.c.stage == RELATE))
    done = len(related)
    again = build(desk_store)
    assert related[done:] == [set()]
    assert (again.relations, again.pairs_possible) == (first.relations, first.pairs_possible)
    pd.testing.assert_frame_equal(all_pairs(desk_store), before)
    described = views.events(desk_store, limit=1000)[0]
    pd.testing.assert_frame_equal(
        described.drop(columns="run_id", errors="ignore"),
        events.drop(columns="run_id", errors="ignore"),
    )


def test_a_stretch_that_decides_on_no_event_stops_no_build(
    build: Build, cut: None, desk_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def first(parts: Sequence[Any], placed: Any) -> NDArray[np.int64]:
        return np.zeros(len(placed.said), dtype=np.int64)

    monkeypatch.setattr(relating_events, "_owners", first)
    summary = build(desk_store)
    assert summary.events == len(together(desk_store))
    assert build(desk_store).relations == summary.relations
    assert audit(desk_store) == []


def test_where_all_claims_say_how_rare_words_are_one_event_is_not_related_by_itself(
    build: Build, desk_store: Store, desk_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rarities, "KEPT_FROM", 10_000)
    build(desk_store)
    before = all_pairs(desk_store)
    weakest = before[before["relation"] == "supports"].sort_values("p_supports").index[0]
    made = decide(desk_store, "pair", weakest, "confirmed", reviewer="Ana", seen_version=0)
    desk_settings.relation_file.write_text("supports = 6.0\n", encoding="utf-8")
    build(desk_store)
    undo(desk_store, made.seq, "Ana")
    build(desk_store)
    after = all_pairs(desk_store)
    both = before.index.intersection(after.index)
    assert len(both) > 100
    pd.testing.assert_series_equal(after.loc[both, "same_event"], before.loc[both, "same_event"])


def test_a_claim_that_was_gone_and_came_back_has_its_pairs_again(
    build: Build, cut: None, desk_store: Store
) -> None:
    build(desk_store)
    before, shown = all_pairs(desk_store), told(desk_store)
    event, claim, _ = largest(desk_store)
    with desk_store.writing() as connection:
        touching = (pairs.c.a == claim) | (pairs.c.b == claim)
        connection.execute(delete(pairs).where(touching))
        nowhere = {"event_id": None, "grouped_event_id": None}
        connection.execute(update(claims).where(claims.c.claim_id == claim).values(nowhere))
    assert len(all_pairs(desk_store)) < len(before)
    build(desk_store)
    assert claim in claims_of(desk_store, event)
    for name, table in told(desk_store).items():
        pd.testing.assert_frame_equal(table, shown[name], obj=name)


def test_a_kept_pair_that_is_rejected_is_suggested_as_the_program_reads_it(
    build: Build, desk_store: Store, desk_settings: Settings
) -> None:
    build(desk_store)
    before = all_pairs(desk_store)
    related_ = before[(before["relation"] == "supports") & (before["same_event"] > 0.6)]
    weakest = related_.sort_values("p_supports").index[0]
    decide(desk_store, "pair", weakest, "confirmed", reviewer="Ana", seen_version=0)
    desk_settings.relation_file.write_text("supports = 6.0\n", encoding="utf-8")
    build(desk_store)
    assert relation_of(desk_store, weakest) == "supports"
    decide(desk_store, "pair", weakest, "rejected", reviewer="Ana", seen_version=1)
    build(desk_store)
    assert relation_of(desk_store, weakest) == "related"
    assert audit(desk_store) == []


def test_what_is_about_to_be_related_is_noted_no_more_where_a_build_breaks_off(
    build: Build, cut: None, desk_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(desk_store)
    event, claim, text = largest(desk_store)

    def break_off(*arguments: Any) -> pd.DataFrame:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(work, "related", break_off)
        with pytest.raises(KeyboardInterrupt):
            build(desk_store, one_more(desk_store, tmp_path, claim, text))
    with desk_store.reading() as connection:
        marks = stage_marks.marks(connection, EVENTS)
    noted = {name for mark in marks.values() for name in json.loads(decompress(mark.told or b""))}
    assert event not in noted
    assert len(noted) > 5


def test_documents_that_are_read_again_have_the_rarity_counted_anew(
    build: Build, desk_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(desk_store)
    counted: list[int] = []
    of = Rarity.of

    def noted(texts: Sequence[str]) -> Rarity:
        counted.append(len(texts))
        return of(texts)

    monkeypatch.setattr(Rarity, "of", noted)
    build(desk_store)
    assert counted == []
    build(desk_store, reread=True)
    assert len(counted) == 1
