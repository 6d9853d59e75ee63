"""The command line: ``verify build``, one stage alone, export, import, tune, drift, audit, ..."""

from __future__ import annotations

import argparse
import dataclasses
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from verify.arguments import parser
from verify.errors import InputError, LeftOut, VerifyError
from verify.settings import Settings, from_environment
from verify.summary import counted

if TYPE_CHECKING:
    from verify.progress import Progress
    from verify.store.store import Store

DONE, LEFT_OUT, WRONG = 0, 1, 2
"""Exit codes: done; done, but some input was left out (listed); the call or its input is wrong."""

SHOWN = 20
"""Lines of left-out input printed; the store and the Import page hold all of them."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    options = parser().parse_args(argv)
    try:
        done = COMMANDS[options.command](options, _settings(options))
        sys.stdout.flush()
        return done
    except VerifyError as error:
        print(f"verify: {error}", file=sys.stderr)
        return WRONG
    except BrokenPipeError:  # who reads on, such as head, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        print("verify: stopped; what was stored so far is kept.", file=sys.stderr)
        return 130


def _settings(options: argparse.Namespace) -> Settings:
    settings = from_environment()
    if getattr(options, "model", None):
        settings = dataclasses.replace(settings, model=options.model)
    if getattr(options, "allow_hub", False):
        settings = dataclasses.replace(settings, allow_hub=True)
    if getattr(options, "relation_model", None):
        settings = dataclasses.replace(settings, relation_model=options.relation_model)
    if getattr(options, "rules_only", False):
        settings = dataclasses.replace(settings, rules_only=True)
    return settings


def build(options: argparse.Namespace, settings: Settings) -> int:
    """Read, extract, group, relate, store; print what became of every row."""
    from verify import engines, pipeline
    from verify.store.store import Store

    if not options.paths and not options.reread:
        raise InputError("There is nothing to read", "build", "Name a file or folder, or --reread.")
    mapping = dict(_pair(text) for text in options.map)
    store = Store.open(settings)
    with engines.opened(options.engine, _shared(options, settings)) as engine:
        summary = pipeline.build(
            options.paths,
            store,
            settings,
            sides=options.sides,
            mapping=mapping,
            reread=options.reread,
            engine=engine,
            progress_of=_bars(store),
        )
    print(summary.told())
    _list(summary.left_out, "left out")
    _list(summary.notes, "kept, but not understood in full")
    return LEFT_OUT if summary.left_out else DONE


def _shared(options: argparse.Namespace, settings: Settings) -> str:
    return options.shared or str((settings.data_dir / "parcels").resolve())


def _bars(store: Store) -> Callable[[str], Progress]:
    from verify.progress import Bars

    return lambda run_id: Bars(
        lambda stage, done, total: store.progress(run_id, stage, done, total or 0)
    )


def _list(faults: Sequence[LeftOut], title: str, rest: str = "listed on the Import page") -> None:
    if not faults:
        return
    print(f"{title}:")
    for fault in faults[:SHOWN]:
        print(f"  {fault}")
    if len(faults) > SHOWN:
        print(f"  and {len(faults) - SHOWN:,} more, {rest}")


def _pair(text: str) -> tuple[str, str]:
    ours, equals, theirs = text.partition("=")
    if not equals or not ours or not theirs:
        raise InputError(f"--map {text} is not OURS=THEIRS", "", "Write --map claim=statement.")
    return ours, theirs


def stage(options: argparse.Namespace, settings: Settings) -> int:
    """Run one stage over a JSON Lines file."""
    from verify import stages
    from verify.ingest.sides import NO_SIDES, load_sides
    from verify.progress import Bars

    if options.command == "extract":
        sides = load_sides(options.sides) if options.sides else NO_SIDES
        written, left_out = stages.extract_file(
            options.source, options.out, Bars(), sides, rules_only=settings.rules_only
        )
    elif options.command == "group":
        written, left_out = stages.group_file(options.source, options.out, Bars(), settings)
    else:
        written, left_out = stages.relate_file(options.source, options.out, Bars(), settings)
    print(f"{written:,} rows written to {options.out}, {len(left_out):,} left out")
    for fault in left_out:
        print(f"  {fault}")
    return LEFT_OUT if left_out else DONE


def export(options: argparse.Namespace, settings: Settings) -> int:
    """Write the review table, filtered; sign it off, or write it as it stood."""
    from verify.exporting import Asked, exporting
    from verify.store.filters import Filters

    filters = Filters(
        event_id=options.event,
        side=options.side,
        source=options.source,
        status=options.status,
        search=options.search,
    )
    asked = Asked(
        options.out, options.format, filters, options.sign_off, options.note, options.as_of,
        options.publisher,
    )  # fmt: skip
    for line in exporting(settings, asked):
        print(line)
    return DONE


def compare(options: argparse.Namespace, settings: Settings) -> int:
    """Write the report of one event."""
    from verify.comparing import Asked, comparing

    asked = Asked(options.event, options.out, options.best or settings.best_rule, options.as_of)
    for line in comparing(settings, asked):
        print(line)
    return DONE


def sources(options: argparse.Namespace, settings: Settings) -> int:
    """Print the record of every source or speaker."""
    from verify.recorded import recorded

    for line in recorded(settings, options.kind, options.format):
        print(line)
    return DONE


def remove(options: argparse.Namespace, settings: Settings) -> int:
    """Take a source out; print what went, and what stays."""
    from verify import engines, taking_out
    from verify.store.store import Store

    store = Store.open(settings)
    if options.dry_run:
        would, stay = taking_out.asked(store, options.source, settings.reviewer)
        print(f"to be removed: {would}")
        _list(stay, "to be kept", "which --dry-run leaves out")
        print("nothing was changed")
        return DONE
    with engines.opened(options.engine, _shared(options, settings)) as engine:
        summary = taking_out.take_out(
            options.source, store, settings, engine=engine, progress_of=_bars(store)
        )
    print(summary.told())
    _list(summary.notes, "kept")
    return DONE


def bring_back(options: argparse.Namespace, settings: Settings) -> int:
    """Take in decisions made in a review table; print each, and all that was left out."""
    from verify.review import returning
    from verify.store.store import Store

    store = Store.open(settings)
    plan = returning.plan(store, options.table)
    print(plan.told())
    refused = []
    if options.dry_run:
        for change in plan.changes:
            print(f"  {returning.in_words(change)}")
        print(f"to be recorded: {counted(len(plan.changes), 'decision')}; nothing was changed")
    else:
        outcome = returning.record(store, plan, options.reviewer or settings.reviewer)
        refused = outcome.refused
        print(f"recorded: {counted(len(outcome.done), 'decision')}")
    for fault in [*plan.notes, *plan.left_out, *refused]:
        print(f"  {fault}")
    return LEFT_OUT if plan.left_out or refused else DONE


def learning(options: argparse.Namespace, settings: Settings) -> int:
    """Say what the decisions suggest, or what other settings would change in what was decided."""
    from verify import retuning
    from verify.progress import Bars

    if options.command == "tune":
        asked = retuning.Tune(apply=options.apply, reset=options.reset)
        lines = retuning.tuning(settings, asked, Bars())
    else:
        about = retuning.Asked(
            options.supports, options.conflicts, options.relation, options.model,
            options.relation_model, options.out,
        )  # fmt: skip
        usual = from_environment()
        used = dataclasses.replace(settings, model=usual.model, relation_model=usual.relation_model)
        lines = retuning.drifting(used, about, Bars())
    for line in lines:
        print(line)
    return DONE


def team(options: argparse.Namespace, settings: Settings) -> int:
    """Say who works here, how, and how far they agree; give roles, rules and work."""
    from verify import teaming
    from verify.store.store import Store

    for line in teaming.COMMANDS[options.command](Store.open(settings), options, settings.reviewer):
        print(line)
    return DONE


def changes(options: argparse.Namespace, settings: Settings) -> int:
    """Say what changed since a moment, or since the reviewer's last visit to the desk."""
    from verify.review import changed_told as told
    from verify.store.store import Store

    store = Store.open(settings)
    wanted = told.asked(store, options.since, options.event, settings.reviewer)
    if options.format == "json":
        print(told.as_json(store, wanted))
    else:
        for line in told.lines(store, wanted):
            print(line)
    return DONE


def audit(options: argparse.Namespace, settings: Settings) -> int:
    """Recompute the chain of decisions and the hashes of the originals."""
    from verify.review.audit import audit as check
    from verify.review.audit import extent
    from verify.store.store import Store

    if not settings.database_url and not settings.store_file.exists():
        raise InputError("There is no store", str(settings.data_dir), "Look at VERIFY_DATA.")
    store = Store.open(settings)
    faults = check(store)
    for fault in faults:
        print(fault)
    decisions, originals = extent(store)
    checked = f"{decisions:,} decisions and {originals:,} originals of {settings.data_dir} checked"
    print(f"{checked}: " + ("the record does not hold." if faults else "the record is whole."))
    return LEFT_OUT if faults else DONE


def copy(options: argparse.Namespace, settings: Settings) -> int:
    """Copy a whole store into an empty one; print what was copied."""
    from verify.progress import Bars
    from verify.store import copying

    old, new = (copying.place(words, settings) for words in (options.source, options.target))
    source = copying.source(old)
    target = copying.target(new)
    with Bars().stage("copy", copying.extent(source), "row") as advance:
        copied = copying.copy(source, target, advance)
    for name, count in copied.rows.items():
        print(f"{name:<22}{count:>12,}")
    print(f"{'original files':<22}{copied.originals:>12,}")
    if copying.copy_tuned(old, new):
        print("and the tuned relation")
    for line in copied.missing:
        print(f"not copied: {line}")
    return LEFT_OUT if copied.missing else DONE


def evidence(options: argparse.Namespace, settings: Settings) -> int:
    """Attach, list or detach evidence."""
    from verify.review import evidence_told as told
    from verify.store.store import Store

    store = Store.open(settings)
    if options.does == "add":
        lines = told.add(store, settings, options.target, options.what, options.note)
    elif options.does == "list":
        lines = told.listing(store, options.target)
    else:
        lines = told.detach(store, settings, options.id, options.note)
    for line in lines:
        print(line)
    return DONE


def serve(options: argparse.Namespace, settings: Settings) -> int:
    """Open the dashboard on this machine alone."""
    from verify.dashboard import server
    from verify.store.store import Store

    server.options(settings, options.port)  # says here what is wrong with them
    Store.open(settings)
    command = server.command(settings, options.port)
    os.execv(command[0], command)


def doctor(options: argparse.Namespace, settings: Settings) -> int:
    """Print what a bug report needs; LEFT_OUT where the store cannot be used."""
    from verify.doctor import report

    done = DONE
    for line in report(settings):
        print(f"{line.name:<22}{line.value}")
        if not line.usable:
            done = LEFT_OUT
            print(f"verify: the {line.name} cannot be used.", file=sys.stderr)
    return done


COMMANDS = {
    "build": build,
    "extract": stage,
    "group": stage,
    "relate": stage,
    "export": export,
    "compare": compare,
    "sources": sources,
    "evidence": evidence,
    "import": bring_back,
    "tune": learning,
    "drift": learning,
    "copy": copy,
    "remove": remove,
    "people": team,
    "policy": team,
    "agreement": team,
    "assign": team,
    "changes": changes,
    "audit": audit,
    "serve": serve,
    "doctor": doctor,
}

if __name__ == "__main__":
    sys.exit(main())
