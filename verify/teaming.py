"""The commands of a team: what `verify people`, `policy`, `agreement` and `assign` do, in order."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping
from typing import Final

import pandas as pd

from verify.errors import InputError
from verify.records import rows
from verify.review import agreement, dividing, roster, workload
from verify.review.decisions import decide
from verify.review.known import check_known
from verify.review.people import people
from verify.review.policy import DESK, HIDE_SCORES, SECOND_REVIEW, policy
from verify.store.filters import Filters
from verify.store.store import Store


def who(store: Store, options: argparse.Namespace, by: str) -> Iterator[str]:
    """List people, or add, change or remove one."""
    if options.act == "list":
        yield from _listed(store)
    elif options.act == "add":
        roster.add(store, options.name, options.role, options.address, by)
        told = f", who signs in as {options.address}" if options.address else ""
        yield f"{options.name.strip()} is a {options.role} now{told}"
    elif options.act == "role":
        yield from _changed(store, options, by)
    else:
        roster.remove(store, options.name, by)
        yield f"{options.name} has no role any more; what they decided stays"


def _listed(store: Store) -> Iterator[str]:
    known = people(store)
    if not known:
        yield "Nobody has a role: whoever works at this desk may do everything."
    done = {row["name"]: row for row in rows(workload.work(store))}
    for name, (role, address) in known.items():
        work = done[name]
        yield (
            f"{name}  {role}  {address or 'no address'}  open {work['open_claims']} claims "
            f"and {work['open_pairs']} pairs, decided {work['claims']} and {work['pairs']}, "
            f"second verdicts {work['seconds']}"
        )


def _changed(store: Store, options: argparse.Namespace, by: str) -> Iterator[str]:
    if options.name not in people(store):
        raise InputError(f"{options.name} has no role here", "people", "Say verify people add.")
    if not options.role and not options.address:
        raise InputError("Nothing is to be changed", "people", "Give --role or --address.")
    if options.role:
        roster.set_role(store, options.name, options.role, by)
        yield f"{options.name} is a {options.role} now"
    if options.address:
        roster.set_address(store, options.name, options.address, by)
        yield f"{options.name} signs in as {options.address} now"


def rules(store: Store, options: argparse.Namespace, by: str) -> Iterator[str]:
    """Say how the desk works, after setting what was asked."""
    for field, value in ((SECOND_REVIEW, options.second), (HIDE_SCORES, options.hide_scores)):
        if value is not None:
            seen = roster.version(store, "desk", DESK, field)
            decide(store, "desk", DESK, value, field=field, reviewer=by, seen_version=seen)
    told = policy(store)
    second = f"sample {told.share}" if told.second == "sample" else told.second
    yield f"second verdicts: {second}"
    yield f"hide scores until a verdict is given: {'yes' if told.hide_scores else 'no'}"


def agreed(store: Store, options: argparse.Namespace, by: str) -> Iterator[str]:
    """Say how far two reviewers agree, by month and by who they are."""
    groups = (("by month", agreement.by_period), ("by who", agreement.by_people))
    found = {title: ask(store) for title, ask in groups}
    if not any(len(table) for table in found.values()):
        yield "Nothing has two verdicts yet."
        return
    for title, table in found.items():
        yield f"{title}:"
        yield from (f"  {line}" for line in _agreement_lines(table))
    yield agreement.EXPLAINED


def _agreement_lines(table: pd.DataFrame) -> Iterator[str]:
    for row in rows(table):
        yield f"{row['group']}  {agreement.told(row)}"


def assign(store: Store, options: argparse.Namespace, by: str) -> Iterator[str]:
    """Divide what waits among people, or take the last division back."""
    if options.undo:
        seqs = dividing.last_given(store, by)
        if not seqs:
            raise InputError(f"{by} gave nobody work", "assign", "Nothing is left to take back.")
        dividing.take_back(store, seqs, by)
        yield f"{len(seqs):,} taken back"
        return
    if not options.to:
        raise InputError("Nobody is named", "assign", "Say --to NAME for each person.")
    filters = Filters(
        event_id=options.event, side=options.side, source=options.source, search=options.search,
        conflicts_only=options.conflicts_only,
    )  # fmt: skip
    check_known(store, filters, "assign")
    found = dividing.divide(
        store, options.kind, options.to, filters, each=options.each, second=options.seconds
    )
    for name, share in found.shares.items():
        yield (
            f"{name}  {len(share.pieces):,} {options.kind}s, {share.conflicts:,} conflicts, "
            f"reach {share.reach:,}"
        )
    yield f"{found.left:,} stay nobody's; {found.barred:,} were decided on by all of them already"
    if options.dry_run or not found.given:
        yield "Nothing was recorded."
        return
    dividing.give(store, found, by)
    yield f"{found.given:,} given; verify assign --undo takes them back"


COMMANDS: Final[Mapping[str, Callable[[Store, argparse.Namespace, str], Iterator[str]]]] = {
    "people": who,
    "policy": rules,
    "agreement": agreed,
    "assign": assign,
}
