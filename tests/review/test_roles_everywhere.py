"""Roles hold below the screen: every function of `verify.review` that writes is tried.

The writers are found in the source, so that a new one without a recipe here fails the first test.
"""

from __future__ import annotations

import ast
import importlib
import io
import pkgutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import verify.review
from tests.store.bridge import DENIAL
from verify.errors import NotAllowed, VerifyError
from verify.review import (
    by_hand,
    decisions,
    dividing,
    evidence,
    evidence_kept,
    evidence_told,
    many,
    redoing,
    returning,
    roster,
    signing,
    undoing,
)
from verify.review.decisions import Wish
from verify.review.edits import Change
from verify.review.returning import Plan
from verify.settings import Settings
from verify.store.filters import EVERYTHING
from verify.store.store import Store
from verify.store.tables import decisions as log

Act = Callable[[Store, str], object]
NOT_OF_THE_RECORD = {
    *("holds.take", "holds.release"),  # who looks; it lapses
    *("saved.save", "saved.rename", "saved.share", "saved.remove"),  # tests/review/test_saved.py
    "visits.seen",  # when somebody was last here; tests/review/test_changed.py
    *("asof.as_of", "asof.rebuild"),  # write a store of their own, gone afterwards
}
"""Writers that decide nothing."""


def writers() -> set[str]:
    """Name the public functions of `verify.review` that write, by themselves or through others."""
    calls: dict[str, set[str]] = {}
    writing: set[str] = set()
    for module in pkgutil.iter_modules(verify.review.__path__):
        source = Path(importlib.import_module(f"verify.review.{module.name}").__file__ or "")
        tree = ast.parse(source.read_text(encoding="utf-8"))
        known = _names(tree, module.name)
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                made = {
                    ast.unparse(one.func) for one in ast.walk(node) if isinstance(one, ast.Call)
                }
                name = f"{module.name}.{node.name}"
                calls[name] = {known.get(call, call) for call in made}
                if any(call.endswith(".writing") for call in made):
                    writing.add(name)
    while more := {name for name, called in calls.items() if called & writing} - writing:
        writing |= more
    return {name for name in writing if not name.split(".")[1].startswith("_")}


def _names(tree: ast.Module, module: str) -> dict[str, str]:
    """Map what a module calls its own and imported functions to "module.function"."""
    known = {
        node.name: f"{module}.{node.name}"
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("verify.review."):
            for one in node.names:
                told = f"{(node.module or '').rsplit('.', 1)[1]}.{one.name}"
                known[one.asname or one.name] = told
    return known  # "module.function", as a call through the module is written, is itself


def decided(kind: str, id_: str, value: str | None, field: str = "status", seen: int = 0) -> Act:
    return lambda store, by: decisions.decide(
        store, kind, id_, value, field=field, reviewer=by, seen_version=seen
    )


def divided(store: Store, by: str) -> object:
    return dividing.give(store, dividing.divide(store, "claim", ["Rea", "Ron"]), by)


def answered(answers: list[Any]) -> None:
    """Raise the first refusal, where a function lists them."""
    for answer in answers:
        if isinstance(answer, VerifyError):
            raise answer
    assert answers


def decided_each(store: Store, by: str) -> None:
    answered(decisions.decide_each(store, [Wish("claim", "c1", "status", "verified", 0)], by))


def undone_some(store: Store, by: str) -> None:
    outcome = undoing.undo_some(store, [last(store)], by)
    answered([*outcome.done, *(one.error for one in outcome.refused)])


def changed_many(store: Store, by: str) -> None:
    planned = many.plan(store, {"c1": 0}, "status", "verified", by)
    done = many.make(store, planned, by)
    if not done.made:
        raise NotAllowed(done.skipped["why"][0])


def redone(store: Store, by: str) -> None:
    """Do anew what was taken back; of a reader, while the desk was open to everybody."""
    name = {" rita ": "Rita"}.get(by, by)
    if name in ("Lea", "Rea"):
        taken_back(store, name)
    redoing.redo(store, name)


def taken_back(store: Store, by: str, claim_id: str = "c4") -> None:
    made = decisions.decide(store, "claim", claim_id, "verified", reviewer=by, seen_version=0)
    undoing.undo(store, made.seq, by)


def brought_back(store: Store, by: str) -> None:
    made = Plan("review.csv")
    made.changes.append(
        Change(2, "c1", "text", "status", "status", "unreviewed", "verified", "verified", "", 0, "")
    )
    recorded = returning.record(store, made, by)
    if recorded.refused:
        raise NotAllowed(recorded.refused[0].what)


def attached(store: Store, by: str) -> evidence_kept.Evidence:
    return evidence.attach_link(store, ("claim", "c1"), "https://a.test/picture", reviewer=by)


def attached_file(store: Store, by: str) -> None:
    try:
        evidence.attach_file(
            store, ("claim", "c1"), io.BytesIO(b"A letter."), name="letter.txt", reviewer=by
        )
    except NotAllowed:
        assert not list(store.originals.iterdir()), "the file was kept before who sent it was asked"
        raise


def detached(store: Store, by: str) -> None:
    evidence.detach(store, kept(store), reviewer=by, note="not of this day")


def kept(store: Store) -> str:
    return evidence_kept.of(store, ("claim", "c4"))[0].evidence_id


def told_added(store: Store, by: str) -> None:
    settings = Settings(reviewer=by)
    list(evidence_told.add(store, settings, "c1", "https://a.test/1", ""))


def told_detached(store: Store, by: str) -> None:
    list(evidence_told.detach(store, Settings(reviewer=by), kept(store), "not of this day"))


def signed_off(store: Store, by: str) -> None:
    signing.sign_off(store, EVERYTHING, io.BytesIO(), reviewer=by)


REVIEWING: dict[str, Act] = {
    "decisions.decide": decided("claim", "c1", "verified"),
    "decisions.decide_many": lambda store, by: decisions.decide_many(
        store, [("claim", "c1", "verified", 0)], by, together=True
    ),
    "undoing.undo": lambda store, by: undoing.undo(store, last(store), by),
    "undoing.undo_many": lambda store, by: undoing.undo_many(store, [last(store)], by),
    "undoing.undo_some": undone_some,
    "decisions.decide_each": decided_each,
    "many.make": changed_many,
    "redoing.redo": redone,
    "returning.record": brought_back,
    "evidence.attach_file": attached_file,
    "evidence.attach_link": attached,
    "evidence.detach": detached,
    "evidence_told.add": told_added,
    "evidence_told.detach": told_detached,
    "by_hand.merge": lambda store, by: by_hand.merge(store, "e2", "e1", 0, by),
    "by_hand.move": lambda store, by: by_hand.move(store, "e1", {"c1": 0}, "e2", by),
    "by_hand.split": lambda store, by: by_hand.split(store, "e1", {"c1": 0}, by),
}
"""What a reviewer may do and a reader may not."""
LEADING: dict[str, Act] = {
    "roster.add": lambda store, by: roster.add(store, "Zoe", "reader", None, by),
    "roster.remove": lambda store, by: roster.remove(store, "Ron", by),
    "roster.set_role": lambda store, by: roster.set_role(store, "Ron", "lead", by),
    "roster.set_address": lambda store, by: roster.set_address(store, "Ron", "r@desk.test", by),
    "signing.sign_off": signed_off,
    "dividing.give": divided,
    "dividing.take_back": lambda store, by: dividing.take_back(store, [last(store)], by),
}
"""What only a lead may do."""
LEAD_DECIDES: dict[str, Act] = {
    "role": decided("person", "Rea", "lead", "role", 1),
    "address": decided("person", "Rea", "a@desk.test", "identity"),
    "rule": decided("desk", "desk", "everything", "second_review"),
    "scores": decided("desk", "desk", "yes", "hide_scores"),
    "others' work": decided("pair", DENIAL, "Ron", "assigned_to"),
}


def last(store: Store) -> int:
    with store.reading() as connection:
        return int(connection.execute(log.select().order_by(log.c.seq.desc())).first().seq)


def number_of(store: Store) -> int:
    return last(store)


@pytest.fixture
def desk(store: Store) -> Store:
    taken_back(store, "Rita", "c2")
    taken_back(store, "a stranger", "c3")
    evidence.attach_link(store, ("claim", "c4"), "https://a.test/dam", reviewer="Lea")
    for name, role in (
        ("Lea", "lead"),
        ("Rea", "reviewer"),
        ("Ron", "reviewer"),
        ("Rita", "reader"),
    ):
        roster.set_role(store, name, role, "Lea")
    decided("claim", "c4", "Ron", "assigned_to")(store, "Lea")  # what a lead may take back
    return store


def test_every_function_that_writes_is_tried_here():
    known = {*REVIEWING, *LEADING} | NOT_OF_THE_RECORD
    assert writers() - known == set(), "say here who may call these"
    assert known - writers() == set(), "these write no more"


@pytest.mark.parametrize("name", [*REVIEWING, *LEADING])
@pytest.mark.parametrize("by", ["Rita", "a stranger", " rita "])
def test_a_reader_and_a_stranger_write_nothing(desk: Store, name: str, by: str):
    before = number_of(desk)
    with pytest.raises(NotAllowed):
        {**REVIEWING, **LEADING}[name](desk, by)
    assert number_of(desk) == before


@pytest.mark.parametrize("name", [*LEADING, *LEAD_DECIDES])
def test_a_reviewer_does_no_lead_s_acts(desk: Store, name: str):
    before = number_of(desk)
    with pytest.raises(NotAllowed, match="Rea is a reviewer"):
        {**LEADING, **LEAD_DECIDES}[name](desk, "Rea")
    assert number_of(desk) == before


@pytest.mark.parametrize("name", [name for name in REVIEWING if "undo" not in name])
def test_a_reviewer_does_a_reviewer_s(desk: Store, name: str):
    before = number_of(desk)
    REVIEWING[name](desk, "Rea")
    assert number_of(desk) > before


@pytest.mark.parametrize("name", [*REVIEWING, *LEADING, *LEAD_DECIDES])
def test_a_lead_does_all_of_it(desk: Store, name: str):
    before = number_of(desk)
    {**REVIEWING, **LEADING, **LEAD_DECIDES}[name](desk, "Lea")
    assert number_of(desk) > before
