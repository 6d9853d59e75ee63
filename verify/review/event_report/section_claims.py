"""The sections of claims by side, of evidence, and of documents."""

from __future__ import annotations

from verify.records import Row
from verify.review.event_report.blocks import (
    Address,
    Block,
    Heading,
    Item,
    Label,
    Line,
    Mono,
    Named,
    Quoted,
    Section,
    Words,
)
from verify.review.event_report.saying import (
    counted,
    credit,
    joined,
    labelled,
    moment,
    stated,
    status,
    target,
)
from verify.review.grades import INFORMATION_WORDS, SOURCE_WORDS


def claims(report: Row) -> Section:
    """Tell the claims side by side."""
    blocks: list[Block] = []
    for side in report["sides"]:
        number = counted(side["claims"], "claim")
        blocks.append(Heading([Named(side["side"]), f": {number}"]))
        own = [one for one in report["claims"] if one["side"] == side["side"]]
        blocks += [Item(one["label"], _claim(one)) for one in own]
    return Section("claims", "Claims of each side", blocks)


def _claim(claim: Row) -> list[Words]:
    told: list[Words] = [stated(claim)]
    published = joined(
        [
            credit(claim),
            [moment(claim["published_at"])],
            [Label(claim["document"]), f", characters {claim['start']} to {claim['end']}"],
        ]
    )
    told += [published, joined([status(claim), *_grades(claim), _about(claim)])]
    told += [one for one in (joined(_beside(claim)),) if one]
    told += [_correction(one) for one in claim["corrected"]]
    return told


def _numbers(claim: Row) -> list[str]:
    words = [f"{'denied: ' if one['denied'] else ''}{one['words']}" for one in claim["numbers"]]
    return joined(([Named(one)] for one in words), "; ")


def _about(claim: Row) -> list[str]:
    """Say what was read in a claim: numbers, place, time, and where it states no fact."""
    parts = (claim["place"], claim["event_time"])
    no_fact = claim["checkable"] not in (None, "fact")
    told = joined(
        [
            _numbers(claim),
            *([Named(one)] for one in parts if one),
            [f"{claim['checkable']}, no fact to check"] if no_fact else [],
        ],
        "; ",
    )
    return ["read in it: ", *told] if told else []


def _grades(claim: Row) -> list[Words]:
    source, information = claim["source_grade"], claim["information_grade"]
    told: list[Words] = []
    if source:
        told.append([f"source {source}, {SOURCE_WORDS[source]}"])
    if information:
        told.append([f"information {information}, {INFORMATION_WORDS[information]}"])
    return told


def _beside(claim: Row) -> list[Words]:
    """Say what the claim repeats, who repeats it, who supports it, and what is attached."""
    told: list[Words] = []
    if claim["repeats"]:
        told.append(["repeats ", Label(claim["repeats"]), " nearly word for word: one origin"])
    if claim["repeated_by"]:
        number = counted(len(claim["repeated_by"]), "repeat")
        told.append([f"{number}, of one origin with it: ", *labelled(claim["repeated_by"])])
    if claim["supported_by"]:
        number = counted(len(claim["supported_by"]), "independent origin")
        told.append([f"supported by {number}: ", *labelled(claim["supported_by"])])
    if claim["evidence"]:
        told.append(["evidence: ", *labelled(claim["evidence"])])
    return told


def _correction(one: Row) -> Words:
    noted = [", note: ", Quoted(one["note"])] if one["note"] else []
    return [
        f"Corrected: {one['field'].replace('_', ' ')} is ", Named(one["value"]), ", was read as ",
        Named(one["was"]), ", by ", Named(one["reviewer"]), f" on {moment(one['decided_at'])}",
        *noted,
    ]  # fmt: skip


def evidence(report: Row) -> Section:
    """Tell what reviewers attached, with the hash of each file."""
    blocks: list[Block] = [Item(one["label"], _piece(one)) for one in report["evidence"]]
    if not blocks:
        blocks = [Line(["Nothing is attached to this event, its claims or its pairs."])]
    return Section("evidence", "Evidence attached", blocks)


def _piece(one: Row) -> list[Words]:
    called = [Address(one["url"])] if one["url"] else [Named(one["name"] or "without a name")]
    size = f", {one['size']:,} bytes" if one["size"] is not None else ""
    noted = [", note: ", Quoted(one["note"])] if one["note"] else []
    told: list[Words] = [
        [*called, f" ({one['kind']}{size})"],
        ["Attached to ", *target(one["on"]), " by ", Named(one["added_by"]),
         f" on {moment(one['added_at'])}", *noted],
    ]  # fmt: skip
    return [*told, ["SHA-256 ", Mono(one["sha256"])]] if one["sha256"] else told


def documents(report: Row) -> Section:
    """Tell what was read, and the hash of the bytes as they came."""
    blocks: list[Block] = [
        Line(["The SHA-256 is of the whole file as it came; several documents may be of one file."])
    ]
    for one in report["documents"]:
        own = [claim["label"] for claim in report["claims"] if claim["document"] == one["label"]]
        blocks.append(Item(one["label"], _document(one, own)))
    return Section("documents", "Documents", blocks)


def _document(one: Row, own: list[str]) -> list[Words]:
    title = [Quoted(one["title"])] if one["title"] else ["without a title"]
    told: list[Words] = [
        joined([[Named(one["source"] or "source not given")], title, [moment(one["published_at"])]])
    ]
    told += [[Address(one["url"])]] if one["url"] else []
    told += [["SHA-256 ", Mono(one["original_sha256"])]] if one["original_sha256"] else []
    return [*told, [f"{counted(len(own), 'claim')}: ", *labelled(own)]]
