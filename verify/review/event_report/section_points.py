"""The sections on what sides agree on, what they dispute, what has no answer, who was first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from verify.analysis.points import by_claim
from verify.records import INDEPENDENT, UNKNOWN, Row
from verify.review.event_report.blocks import (
    Block,
    Heading,
    Item,
    Label,
    Line,
    Named,
    Section,
    Strong,
    Table,
    Words,
)
from verify.review.event_report.saying import (
    KINDS,
    PAIR_SIGNS,
    counted,
    labelled,
    moment,
    stated,
)

By = dict[str, Row]
"""Claims by their labels."""
_HIDDEN: Final = "Only what somebody decided on is told: this desk hides suggestions until then."
_FIRSTS: Final = {"source": "Sources", "speaker": "Speakers", "side": "Sides"}


def agreed(report: Row, by_label: By) -> Section:
    """Tell the points that parties opposed to each other both state."""
    blocks = _opening(
        report,
        "Points that two opposed parties both state. Who belongs to no party may say the same "
        "beside them; that alone is no agreement.",
    )
    for point in report["agreed"]:
        told = [*(_said(one, by_label) for one in point["claims"]), _held(point)]
        blocks.append(Item("", told, even=True))
    if not report["agreed"]:
        blocks.append(Line(["None was found."]))
    return Section("agreed", "What opposed sides agree on", blocks)


def _held(point: Row) -> Words:
    repeats = f", {counted(point['repeats'], 'repeat')} folded" if point["repeats"] else ""
    told: list[str] = [
        f"{counted(point['sources'], 'independent origin')}{repeats} · {_of_links(point)}: ",
        *labelled(point["pairs"]),
    ]
    if point["independents"]:
        number = counted(point["independents"], "independent source")
        told += [f" · also said by {number}: ", *labelled(point["independent_claims"])]
    return told


def _of_links(counts: Row) -> str:
    return f"{counts['confirmed']} confirmed, {counts['suggested']} suggested"


def contested(report: Row, by_label: By) -> Section:
    """Tell the contradictions by their kind, with both claims in full."""
    blocks = _opening(
        report,
        "Claims that, as stated, can hardly both be right; those between opposed parties come "
        "first. Repeats of one origin are one contradiction.",
    )
    for kind in report["contested"]:
        number = f"{kind['conflicts']}, {kind['opposed']} between opposed parties"
        blocks.append(Heading([f"{KINDS[kind['kind']]}: {number} ({_of_links(kind)})"]))
        blocks += [Item("", one, even=True) for one in _disputes(kind["disputes"], by_label)]
    if not report["contested"]:
        blocks.append(Line(["None was found."]))
    return Section("contested", "What is contested", blocks)


def _disputes(found: list[Row], by_label: By) -> Iterator[list[Words]]:
    """Tell each claim once with all that it contradicts, the one with most of them first."""
    named = [dict(zip("ab", one["claims"], strict=True)) | one for one in found]
    for hub, own in by_claim(named):
        yield [_said(hub, by_label), *(_against(hub, one, by_label) for one in own)]


def _against(hub: str, one: Row, by_label: By) -> Words:
    """Tell what stands against a claim, and what people said of that."""
    (other,) = (label for label in one["claims"] if label != hub)
    between = "" if one["opposed"] else f", {_between(one['sides'])}"
    status = [f" · {PAIR_SIGNS[one['status']]} ", Strong(one["status"]), f"{between}: "]
    return ["against ", *_said(other, by_label), *status, *labelled(one["pairs"])]


def _between(sides: list[str]) -> str:
    if sides[0] == sides[1]:
        return "inside one side" if sides[0] not in (INDEPENDENT, UNKNOWN) else "of no party"
    return "with a claim of no party"


def _said(label: str, by_label: By) -> Words:
    claim = by_label[label]
    source = claim["source"] or "source not given"
    return [Label(label), " ", Named(claim["side"]), ", in ", Named(source), ": ", *stated(claim)]


def unanswered(report: Row, by_label: By) -> Section:
    """Tell the claims that no other side supports, contradicts or touches on."""
    blocks = _opening(
        report,
        "Claims of parties that no other side supports, contradicts or touches on in these "
        "documents; wishes, opinions and the like left out. That is no sign that they are right or "
        "wrong.",
    )
    for one in report["unanswered"]:
        told: list[Words] = [_said(one["claim"], by_label)]
        if one["repeats"]:
            told.append([f"and {counted(one['repeats'], 'repeat')}"])
        blocks.append(Item("", told))
    if report["suggestions_hidden"]:
        blocks.append(Line(["Not told: it hangs on pairs that nobody has decided on."]))
    elif not report["unanswered"]:
        blocks.append(
            Line(["Every such claim has some answer, or fewer than two parties speak here."])
        )
    return Section("unanswered", "What has no answer", blocks)


def spread(report: Row) -> Section:
    """Tell what was repeated by whom and when, and who was first how often."""
    told = report["spread"]
    blocks: list[Block] = [
        Line(
            [
                f"Of {counted(told['claims'], 'claim')} {told['repeats']} "
                f"repeat{'s' if told['repeats'] == 1 else ''} another one nearly "
                f"word for word; {told['origins']} are left where each origin counts once. First "
                "means the earliest time of publication among these documents."
            ],
            quiet=True,
        )
    ]
    for one in told["repeated"]:
        first, *others = one["told"]
        known = first["first_known"]
        later = [
            [f"{'then' if known else 'and'} ", *_first(other), _after(other)] for other in others
        ]
        unknown: list[Words] = [] if known else [["which was first is not known"]]
        blocks.append(Item("", [_first(first), *later, *unknown]))
    for kind, title in _FIRSTS.items():
        rows: list[list[Words]] = [
            [[Named(one["name"])], *([str(one[n])] for n in ("points", "first", "open"))]
            for one in told["firsts"]
            if one["kind"] == kind
        ]
        if rows:
            heads = [title, "Points that others state too", "First with", "First not known"]
            blocks.append(Table(f"{title}: who was first", heads, rows, frozenset({1, 2, 3})))
    return Section("spread", "Who said it first, and who repeated it", blocks)


def _first(one: Row) -> list[str]:
    source = Named(one["source"] or "source not given")
    return [Label(one["claim"]), " ", source, f", {moment(one['published_at'])}"]


def _after(one: Row) -> str:
    hours, after_days = one["hours"], one["days"]
    if hours is None:
        return "" if after_days is None else f" ({_span(after_days, 'day')})"
    return f" ({_span(round(hours, 1), 'hour')})"


def _span(number: float, noun: str) -> str:
    shown = f"{abs(number):g}"
    return f"{shown} {noun}{'' if shown == '1' else 's'} {'later' if number >= 0 else 'earlier'}"


def _opening(report: Row, words: str) -> list[Block]:
    blocks: list[Block] = [Line([words], quiet=True)]
    if report["suggestions_hidden"]:
        blocks.append(Line([_HIDDEN]))
    return blocks
