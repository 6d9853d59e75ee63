"""A report for reading: its headline, and its sections in order, each out of the plain dict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from verify.records import Row
from verify.review.event_report import (
    section_claims,
    section_numbers,
    section_points,
    section_record,
)
from verify.review.event_report.blocks import Bullets, Line, Mono, Named, Section, Table, Words
from verify.review.event_report.saying import counted, days, joined

NAMELESS: Final = "Event without a title"


@dataclass(frozen=True)
class Headline:
    """What stands above and below the sections."""

    title: str
    lines: list[Words]
    notice: Words
    record: list[Words]


def headline(report: Row) -> Headline:
    """Say what the report is about, how to take it, and which record it was made from."""
    event = report["event"]
    span = days(event["starts"], event["ends"])
    places = joined(([Named(place)] for place in event["places"]), ", ")
    reviewed = f"{event['reviewed']} of {counted(event['claims'], 'claim')} reviewed"
    sources = f"{counted(event['sources'], 'source')}, repeats not counted"
    about = joined([[span] if span else [], places, [sources], [reviewed]])
    merged = joined(([Mono(one)] for one in event["merged"]), ", ")
    known = ["Event ", Mono(event["event_id"]), *([", merged with ", *merged] if merged else [])]
    return Headline(
        title=event["title"] or NAMELESS,
        lines=[about, known],
        notice=[
            "This report does not say what is true. The program suggests; people decide. Nobody "
            "has decided on what is marked “suggested” or “unreviewed”."
        ],
        record=section_record.tied(report),
    )


def sections(report: Row) -> list[Section]:
    """Build the sections in the order in which they are read."""
    by_label = {one["label"]: one for one in report["claims"]}
    return [
        _short(report),
        section_numbers.numbers(report),
        section_points.agreed(report, by_label),
        section_points.contested(report, by_label),
        section_points.unanswered(report, by_label),
        section_points.spread(report),
        section_claims.claims(report),
        section_record.pairs(report),
        section_record.decisions(report),
        section_claims.evidence(report),
        section_claims.documents(report),
        section_record.method(report),
    ]


def _short(report: Row) -> Section:
    rows: list[list[Words]] = [
        [
            [Named(side["side"])],
            [str(side["claims"])],
            [str(side["repeats"])],
            [str(len(side["sources"]))],
            [joined_statuses(side["statuses"])],
        ]
        for side in report["sides"]
    ]
    table = Table(
        "The sides", ["Side", "Claims", "Of them repeats", "Sources", "Status of the claims"], rows,
        frozenset({1, 2, 3}),
    )  # fmt: skip
    labels: Words = [
        "C, D, P and E with a number are the claims, documents, pairs and evidence of this report, "
        "told below. Times are UTC."
    ]
    return Section("in-short", "In short", [_found(report), table, Line(labels, quiet=True)])


def joined_statuses(statuses: dict[str, int]) -> str:
    """Say how many claims have which status: 3 unreviewed, 1 verified."""
    return ", ".join(f"{count} {status}" for status, count in statuses.items())


def _found(report: Row) -> Bullets:
    """Count what the sections below tell, and how much of it people confirmed."""
    agreed, contested = report["agreed"], report["contested"]
    confirmed = sum(bool(point["confirmed"]) for point in agreed)
    conflicts, opposed, certain = (
        sum(kind[name] for kind in contested) for name in ("conflicts", "opposed", "confirmed")
    )
    told = [
        f"{counted(len(agreed), 'point')} on which opposed parties agree"
        f"{_of(confirmed, len(agreed))}.",
        f"{counted(conflicts, 'contradiction')}, {opposed} between opposed parties"
        f"{_of(certain, conflicts)}.",
    ]
    if not report["suggestions_hidden"]:
        silent = counted(len(report["unanswered"]), "claim")
        told.append(f"{silent} of a party without an answer of another side.")
    return Bullets([[one] for one in told])


def _of(confirmed: int, all_: int) -> str:
    return f": {confirmed} confirmed by people, {all_ - confirmed} suggested" if all_ else ""
