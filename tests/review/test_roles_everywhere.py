"""Roles hold below the screen: every function of `verify.review` that writes is tried.

The writers are found in the source, so that a new one without a recipe here fails the first test.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
from collections.abc import Callable
from pathlib import Path

import pytest

import verify.review
from tests.store.bridge import DENIAL
from verify.errors import NotAllowed
from verify.review import by_hand, decisions, dividing, roster
from verify.store.store import Store
from verify.store.tables import decisions as log

Act = Callable[[Store, str], object]
NOT_OF_THE_RECORD = {"holds.take", "holds.release"}
"""Writers that decide nothing: a hold says who looks, and lapses."""


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


REVIEWING: dict[str, Act] = {
    "decisions.decide": decided("claim", "c1", "verified"),
    "decisions.decide_many": lambda store, by: decisions.decide_many(
        store, [("claim", "c1", "verified", 0)], by, together=True
    ),
    "decisions.undo": lambda store, by: decisions.undo(store, last(store), by),
    "decisions.undo_many": lambda store, by: decisions.undo_many(store, [last(store)], by),
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
