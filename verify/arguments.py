"""What may be asked on the command line: every command and its options."""

from __future__ import annotations

import argparse
from pathlib import Path

from verify import __version__
from verify.settings import BEST_RULES


def parser() -> argparse.ArgumentParser:
    """Describe every command and option."""
    top = argparse.ArgumentParser(
        prog="verify", description="Find claims, pair them across sides, let people decide."
    )
    top.add_argument("--version", action="version", version=f"verify {__version__}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    build = commands.add_parser("build", help="read files and folders into the store")
    build.add_argument("paths", nargs="*", type=Path, metavar="PATH")
    build.add_argument(
        "--reread", action="store_true", help="first read all stored documents for claims again"
    )
    build.add_argument("--sides", type=Path, help="TOML file: who speaks for whom")
    build.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="OURS=THEIRS",
        help="a table's column under another name, for instance --map claim=statement",
    )
    _with_engine(build)
    _with_model(build)
    _with_relation(build)
    _with_rules(build)

    for name, says in (
        ("extract", "documents to claims, JSON Lines in and out"),
        ("group", "claims to events, JSON Lines in and out"),
        ("relate", "pairs of claims to relations, JSON Lines in and out"),
    ):
        stage = commands.add_parser(name, help=says)
        stage.add_argument("source", type=Path, metavar="IN")
        stage.add_argument("--out", type=Path, required=True)
        if name == "extract":
            stage.add_argument("--sides", type=Path, help="TOML file: who speaks for whom")
            _with_rules(stage)
        else:
            _with_model(stage)
        if name == "relate":
            _with_relation(stage)

    export = commands.add_parser("export", help="write the review table")
    export.add_argument("--out", type=Path, required=True)
    formats = ("csv", "xlsx", "jsonl", "claimreview", "annotation")
    export.add_argument("--format", choices=formats, help="default: by the ending of --out")
    export.add_argument("--event", help="only this event")
    export.add_argument("--side", help="only this side")
    export.add_argument("--source", help="only this source")
    export.add_argument("--status", help="only this status: unreviewed, verified, ...")
    export.add_argument("--search", help="only claims with these words")

    _standing_for(export)
    _compare(commands)

    record = commands.add_parser("sources", help="the record of every source or speaker")
    record.add_argument("--kind", choices=("source", "speaker"), default="source")
    record.add_argument("--format", choices=("csv", "json"), default="csv")

    _evidence(commands)
    back = commands.add_parser("import", help="take in decisions made in the review table")
    back.add_argument("table", type=Path, metavar="FILE")
    back.add_argument("--reviewer", help="who decided; default: VERIFY_REVIEWER or login name")
    back.add_argument("--dry-run", action="store_true", help="say what would change, and stop")

    _learning(commands)
    remove = commands.add_parser("remove", help="take a source out, with its claims and pairs")
    remove.add_argument("source", metavar="SOURCE", help="its name, as `verify sources` tells it")
    remove.add_argument("--dry-run", action="store_true", help="say what would go, and stop")
    _with_engine(remove)
    _with_model(remove)
    _with_relation(remove)
    copy = commands.add_parser("copy", help="copy a whole store, between SQLite and PostgreSQL too")
    copy.add_argument("source", metavar="FROM", help="data folder, or address of a database")
    copy.add_argument("target", metavar="TO", help="the same; nothing may be in it yet")
    _team(commands)
    _changes(commands)
    commands.add_parser("audit", help="prove the decision log and the originals")
    serve = commands.add_parser("serve", help="open the dashboard")
    serve.add_argument("--port", type=_port, default=8501, help="0 to 65535; 0: a free one")
    commands.add_parser("doctor", help="versions, model, store, space: what a bug report needs")
    return top


def _with_engine(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--engine",
        default="local",
        metavar="ENGINE",
        help="where the stages run: local, dask (workers here), dask://HOST:PORT (extra “cluster”)",
    )
    command.add_argument(
        "--shared",
        metavar="ADDRESS",
        help="folder or bucket that all workers reach; default: parcels in the data folder",
    )


def _standing_for(export: argparse.ArgumentParser) -> None:
    export.add_argument(
        "--sign-off", action="store_true", help="record that you stand for this file (csv, jsonl)"
    )
    export.add_argument("--note", default="", help="a note that goes with the sign-off")
    export.add_argument(
        "--as-of",
        metavar="WHEN",
        help="a sign-off's id: the same file again; a decision's number or a time: what stood then",
    )
    export.add_argument(
        "--publisher",
        metavar="NAME",
        help="who reviews, for claimreview; default: VERIFY_PUBLISHER, else the reviewer",
    )


def _compare(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    compare = commands.add_parser("compare", help="write the report of one event")
    compare.add_argument("event", metavar="EVENT", help="its id; a merged one is followed")
    compare.add_argument("--out", type=Path, required=True, help="a file .html, .json or .md")
    compare.add_argument("--best", choices=BEST_RULES, help="how the best number is chosen")
    compare.add_argument(
        "--as-of", metavar="WHEN", help="a decision's number or a time: what stood then"
    )


def _evidence(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    evidence = commands.add_parser("evidence", help="attach links and files, list, detach")
    does = evidence.add_subparsers(dest="does", required=True, metavar="add|list|detach")
    target = "id of a claim, pair or event, or decision:NUMBER"
    add = does.add_parser("add", help="attach a file (picture, PDF, plain text) or a link")
    add.add_argument("target", metavar="TARGET", help=target)
    add.add_argument("what", metavar="FILE|URL")
    add.add_argument("--note", default="", help="what it shows, where it comes from")
    listing = does.add_parser("list", help="what is attached, and where the same picture is")
    listing.add_argument("target", metavar="TARGET", help=target)
    detach = does.add_parser("detach", help="hide a piece of evidence; it stays on record")
    detach.add_argument("id", metavar="ID")
    detach.add_argument("--note", required=True, help="why")


def _learning(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    tune = commands.add_parser("tune", help="suggest, from what was decided, when pairs are shown")
    either = tune.add_mutually_exclusive_group()
    either.add_argument("--apply", action="store_true", help="let builds use what is suggested")
    either.add_argument("--reset", action="store_true", help="go back to the shipped values")
    drift = commands.add_parser("drift", help="what other settings would change in reviewed pairs")
    drift.add_argument("--supports", type=float, metavar="X", help="log-odds to support from")
    drift.add_argument("--conflicts", type=float, metavar="Y", help="log-odds to conflict from")
    drift.add_argument("--relation", type=Path, metavar="FILE", help="another relation.toml")
    drift.add_argument("--out", type=Path, metavar="FILE", help="CSV file for all reviewed pairs")
    _with_model(drift)
    _with_relation(drift)


def _team(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    people = commands.add_parser("people", help="who works at this desk, and what they may do")
    acts = people.add_subparsers(dest="act", required=True, metavar="ACT")
    acts.add_parser("list", help="names, roles, addresses, and how much each has done")
    for act, says in (
        ("add", "give somebody a role, and the address that they sign in with"),
        ("role", "change somebody's role or address"),
        ("remove", "take somebody's role and address away; what they decided stays"),
    ):
        one = acts.add_parser(act, help=says)
        one.add_argument("name", metavar="NAME", help="the name that decisions are signed with")
        if act != "remove":
            one.add_argument("--role", choices=("reader", "reviewer", "lead"),
                             required=act == "add")  # fmt: skip
            one.add_argument("--address", help="e-mail address, as the provider says it")
    policy = commands.add_parser("policy", help="what is looked at twice, and what is hidden")
    policy.add_argument(
        "--second", metavar="RULE", help="none, conflicts, everything, or “sample 20” for 20 %%"
    )
    policy.add_argument(
        "--hide-scores", choices=("yes", "no"),
        help="hide the program's relation, chances and reasons until a verdict is given",
    )  # fmt: skip
    commands.add_parser("agreement", help="how far two reviewers agree, by month and by who")
    assign = commands.add_parser("assign", help="divide what waits among people, fairly")
    assign.add_argument("--to", action="append", metavar="NAME", help="once for each person")
    assign.add_argument("--kind", choices=("claim", "pair"), default="claim")
    assign.add_argument("--each", type=int, metavar="N", help="at most so many a person")
    assign.add_argument("--seconds", action="store_true", help="what waits for a second verdict")
    assign.add_argument("--dry-run", action="store_true", help="say the numbers, record nothing")
    assign.add_argument("--undo", action="store_true", help="take back the last division of yours")
    for name in ("event", "side", "source", "search"):
        assign.add_argument(
            f"--{name}", help="only with these words" if name == "search" else f"only this {name}"
        )
    assign.add_argument("--conflicts-only", action="store_true", help="only what is in conflict")


def _changes(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    changes = commands.add_parser("changes", help="what changed since a day, or your last visit")
    changes.add_argument(
        "--since", metavar="DATE", help="2026-05-04, or a time in UTC; default: your last visit"
    )
    changes.add_argument("--event", metavar="E", help="only this event")
    changes.add_argument("--format", choices=("text", "json"), default="text")


def _with_model(command: argparse.ArgumentParser) -> None:
    command.add_argument("--model", help="embedding model: packaged name, folder or hub name")
    command.add_argument(
        "--allow-hub", action="store_true", help="let a missing model be fetched from a hub"
    )


def _with_relation(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--relation-model", metavar="MODEL",
        help="reads pairs that the rules leave open: relation-MiniLM-L6, folder, hub name or none",
    )  # fmt: skip


def _with_rules(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--rules-only", action="store_true", help="read who says what by rules, without the model"
    )


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= 65_535):
        raise argparse.ArgumentTypeError(f"{text} is no port; say 0 to 65535")
    return int(text)
