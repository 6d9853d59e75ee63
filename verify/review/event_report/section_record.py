"""The sections on pairs, decisions and method, and what ties a report to the record."""

from __future__ import annotations

import math
from typing import Final

from verify.records import REREAD, WEIGHTLESS, Row
from verify.review.event_report.blocks import (
    Block,
    Bullets,
    Heading,
    Item,
    Line,
    Mono,
    Named,
    Quoted,
    Section,
    Table,
    Words,
)
from verify.review.event_report.saying import (
    RELATIONS,
    counted,
    hundred,
    joined,
    labelled,
    moment,
    pair_status,
    target,
)

LIGHT: Final = 0.5
"""Log-odds below which a reason is told together with the others; the JSON form has each."""
_LANES: Final = {"conflicts": "can hardly both be right", "supports": "say the same"}


def pairs(report: Row) -> Section:
    """Tell each pair with its chances and reasons; what is only related stands in the JSON form."""
    plain = ("related", "suggested")
    told = [one for one in report["pairs"] if (one["relation"], one["status"]) != plain]
    blocks: list[Block] = [
        Line(
            [
                "Each chance says in how many of 100 pairs like this one it would be so. A reason "
                "adds to or takes from the odds: +0.7 doubles them, −0.7 halves them. The JSON "
                "form has every reason, for both relations."
            ],
            quiet=True,
        )
    ]
    left = len(report["pairs"]) - len(told)
    if left:
        words = "that the program calls related, and on which nobody decided, " + (
            "stands in the JSON form alone." if left == 1 else "stand in the JSON form alone."
        )
        blocks.append(Line([f"{counted(left, 'more pair')} {words}"], quiet=True))
    if report["pairs_not_told"]:
        number = counted(report["pairs_not_told"], "pair")
        blocks.append(Line([f"{number} on which nobody decided yet: not told, see the limits."]))
    blocks += [Item(one["label"], _pair(one)) for one in told]
    if not told:
        blocks.append(Line(["There is none to tell."]))
    return Section("pairs", "Pairs of claims, and why they are suggested", blocks)


def _pair(one: Row) -> list[Words]:
    kind = f" ({one['conflict_kind']})" if one["conflict_kind"] else ""
    (first, second), relation = one["claims"], RELATIONS[one["relation"]]
    told: list[Words] = [
        joined(
            [
                [*labelled([first]), " and ", *labelled([second]), f" {relation}{kind}"],
                pair_status(one),
            ]
        ),
        [
            f"About one incident: {hundred(one['same_event'])}; can hardly both be right: "
            f"{hundred(one['p_conflicts'])}; say the same: {hundred(one['p_supports'])}"
        ],
    ]
    if one["about"] and one["about"] != one["relation"]:
        told.append([f"Decided when it was shown as: {RELATIONS[one['about']]}"])
    return [*told, *_reasons(one)]


def _reasons(one: Row) -> list[Words]:
    """Tell what speaks for and against the relation that is suggested, the strongest first."""
    lane = "conflicts" if one["relation"] == "conflicts" else "supports"
    weighing = [each for each in one["reasons"] if each["name"] not in WEIGHTLESS]
    weighing.sort(key=lambda each: (each["name"] != "base", -abs(each[lane] or 0)))
    heavy = [each for each in weighing if abs(each[lane] or 0) >= LIGHT or each["name"] == "base"]
    parts: list[Words] = [[Named(each["words"]), f" {_signed(each[lane])}"] for each in heavy]
    if rest := weighing[len(heavy) :]:
        together = math.fsum(each[lane] or 0 for each in rest)
        parts.append([f"{counted(len(rest), 'lesser reason')} {_signed(together)}"])
    told: list[Words] = []
    if parts:
        total = _signed(math.fsum(each[lane] or 0 for each in weighing))
        told.append([f"For “{_LANES[lane]}”: ", *joined(parts, "; "), f"; together {total}"])
    for each in one["reasons"]:
        if each["name"] in WEIGHTLESS:
            opening = "Decided by a person: " if each["name"] == REREAD else "Yet "
            told.append([opening, Named(each["words"])])
    return told


def _signed(value: float | None) -> str:
    return f"{value or 0:+.1f}".replace("-", "−")


def decisions(report: Row) -> Section:
    """List who decided what when, in the order of the log."""
    if not report["decisions"]:
        return Section(
            "decisions", "Decisions", [Line(["Nobody has decided anything on this event."])]
        )
    rows: list[list[Words]] = [
        [
            [str(one["seq"])],
            [moment(one["decided_at"])],
            [Named(one["reviewer"])],
            target(one["on"]),
            _what(one),
            [Quoted(one["note"])] if one["note"] else [],
        ]
        for one in report["decisions"]
    ]
    heads = ["No.", "When", "Who", "On", "What", "Note"]
    about = "Numbers are those of the whole log; decisions on other events are not here."
    return Section(
        "decisions", "Decisions", [Line([about], quiet=True), Table("Decisions", heads, rows)]
    )


def _what(one: Row) -> Words:
    field = one["field"].replace("_", " ")
    value = one["value"] if one["value"] is not None else "as it was read"
    told: list[str] = [f"{field}: ", Named(value)]
    if one["about"]:
        told.append(f" (that they {RELATIONS[one['about']]})")
    return [*told, f"; takes back {one['undoes']}"] if one["undoes"] else told


def method(report: Row) -> Section:
    """Say how the report came about, its limits, and with what it was made."""
    program = report["program"]
    made: list[Words] = [[f"{program['name'].capitalize()} {program['version']}"]]
    for run in program["runs"]:
        relation = run["relation_model"] or "none"
        read_by = "rules alone" if run["rules_only"] else "rules and the trained model"
        tuned = f", relation {run['relation']}" if run["relation"] else ""
        made.append(
            [
                f"Read and paired on {moment(run['started_at'])}, run ", Mono(run["run_id"]),
                f": claims by {read_by}, embedding ", Named(run["model"] or "not noted"),
                ", pairs by ", Named(relation), tuned,
            ]
        )  # fmt: skip
    numbers = report["numbers"]
    made.append([f"Best number by the rule “{numbers['rule']}”: {numbers['rule_in_words']}"])
    return Section(
        "method",
        "How this report was made, and its limits",
        [
            Bullets([[one] for one in report["method"]]),
            Heading(["Limits"]),
            Bullets([[one] for one in report["limits"]]),
            Heading(["Made with"]),
            Bullets(made),
        ],
    )


def tied(report: Row) -> list[Words]:
    """Say which state of the record the report is of."""
    newest, as_of = report["record"]["newest_decision"], report["record"]["as_of"]
    told: list[Words] = []
    if as_of:
        told.append([f"As the record stood after decision {as_of['seq']}."])
    if newest is None:
        return [*told, ["Nobody had decided anything in the record that this is made from."]]
    return [
        *told,
        [
            f"Made from a record whose newest decision is number {newest['seq']}, of "
            f"{moment(newest['decided_at'])}, with the SHA-256 ",
            Mono(newest["hash"]),
        ],
    ]
