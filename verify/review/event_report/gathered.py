"""One event as a plain dict: what the report of it holds, in whatever form it is written.

The same record gives the same dict: nothing in it is of the moment at which it was made, and all of
it is in an order that follows from its content. docs/schemas/event-report.schema.json describes it.
"""

from __future__ import annotations

from typing import Final

from verify.records import INDEPENDENT, UNKNOWN, Row
from verify.review.event_report import claims, decided, method, numbers, points
from verify.review.event_report.held import Held, held, told_pairs
from verify.review.event_report.labels import Labels, labels
from verify.review.moments import Moment
from verify.review.whose import as_declared
from verify.store.store import Store

FORMAT: Final = "counterclaim event report"
FORMAT_VERSION: Final = 1
_EVENT: Final = ("event_id", "title", "topic", "starts", "ends", "places")


def gathered(store: Store, event_id: str, rule: str = "middle", as_of: Moment | None = None) -> Row:
    """Gather the report of an event, or of the one that it was merged into.

    ``rule``: how the best number is chosen. ``as_of``: the moment that ``store`` is of, where it is
    not the present one. Raises ``InputError`` where there is no such event.
    """
    found = held(store, event_id)
    named = labels(found)
    pairs = told_pairs(found)
    whose = as_declared(found.declared)
    told = claims.claims(found, named)
    supported = points.corroborated(found.claims, pairs, named)
    for one in told:
        one["supported_by"] = supported[one["label"]]
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "event": _event(found, told),
        "record": _record(found, as_of),
        "program": method.program(found),
        "method": list(method.METHOD),
        "limits": _limits(found, as_of),
        "suggestions_hidden": found.hide_scores,
        "pairs_not_told": len(found.pairs) - len(pairs),
        "pairs_apart": found.apart,
        "sides": claims.sides(told, named),
        "claims": told,
        "numbers": numbers.numbers(found, rule, whose, _parties(named), named),
        "agreed": points.agreed(found.claims, pairs, named),
        "contested": points.contested(found.claims, pairs, named),
        "unanswered": []  # what has no answer among decided pairs may have one among the others
        if found.hide_scores
        else points.unanswered(found.claims, pairs, named),
        "spread": points.spreading(found.claims, pairs, named),
        "pairs": decided.pairs(found, named),
        "decisions": decided.decisions(found, named),
        "evidence": claims.evidence(found, named),
        "documents": claims.documents(found, named),
    }


def _event(found: Held, told: list[Row]) -> Row:
    return {
        **{name: found.event[name] for name in _EVENT},
        "merged": found.merged,
        "claims": len(told),
        "reviewed": sum(one["status"] != "unreviewed" for one in told),
        "sources": found.event["sources"],
    }


def _record(found: Held, as_of: Moment | None) -> Row:
    return {
        "newest_decision": found.newest,
        "as_of": None if as_of is None else {"seq": as_of.seq, "decided_at": as_of.decided_at},
    }


def _limits(found: Held, as_of: Moment | None) -> list[str]:
    hidden = [method.HIDDEN] if found.hide_scores else []
    apart = [method.apart(found.apart)] if found.apart else []
    return [*method.LIMITS, *hidden, *apart, *([method.AS_OF] if as_of else [])]


def _parties(named: Labels) -> list[str]:
    return [side for side in named.sides if side not in (INDEPENDENT, UNKNOWN)]
