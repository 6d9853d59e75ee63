"""What changed, in words and as JSON: for the command line, and in one line for the screens."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from verify.errors import InputError
from verify.records import Row, rows
from verify.review import changed, visits
from verify.review.known import check_known
from verify.store.filters import Filters
from verify.store.store import Store

SHOWN: Final = 20
"""Lines a kind that are printed as text; JSON holds all of them."""
ONE_AND_MORE: Final = {
    "claim": ("new claim", "new claims"),
    "conflict": ("new conflict", "new conflicts"),
    "decision": ("decision", "decisions"),
    "evidence": ("change of evidence", "changes of evidence"),
    "regrouped": ("event regrouped", "events regrouped"),
}
HIDDEN: Final = "Conflicts that nobody has decided on are not told: suggestions are hidden."


def asked(store: Store, since: str | None, event_id: str | None, reviewer: str) -> changed.Asked:
    """Understand what the command line asked for; without a date it is since the last visit.

    Raises ``InputError`` for what is no date, for an unknown event, and where the reviewer was
    never here.
    """
    if event_id:
        check_known(store, Filters(event_id=event_id), "changes")
    if since is not None:
        return changed.Asked(changed.moment(since), event_id)
    last = visits.last(store, reviewer)
    if last is None:
        who = reviewer or "whoever asks"
        raise InputError(f"No earlier visit of {who} is known", "changes", "Say --since DATE.")
    return changed.Asked(last, event_id, but_by=reviewer)


def summary(counts: changed.Counts, *, others: bool = False) -> str:
    """Say in one line how much changed; ``others``: the decisions are those of others."""
    told = [number(kind, count) for kind, count in counts.by_kind().items() if count]
    if others and counts.decisions:
        place = [kind for kind, count in counts.by_kind().items() if count].index("decision")
        told[place] += " by others"
    return ", ".join(told) or "nothing changed"


def number(kind: str, count: int) -> str:
    """Say how many of a kind: 3 new conflicts."""
    return f"{count:,} {ONE_AND_MORE[kind][count != 1]}"


def lines(store: Store, wanted: changed.Asked) -> Iterator[str]:
    """Say what changed, kind by kind, newest first."""
    counts = changed.counts(store, wanted)
    others = f", but for what {wanted.but_by} did" if wanted.but_by else ""
    yield f"Since {wanted.since}{others}: {summary(counts, others=wanted.but_by is not None)}"
    if counts.hidden:
        yield HIDDEN
    found = rows(changed.changed(store, wanted, most=SHOWN))
    for kind, count in counts.by_kind().items():
        of_kind = [row for row in found if row["kind"] == kind]
        if not count:
            continue
        yield f"{number(kind, count)}:"
        yield from (f"  {line(row)}" for row in of_kind)
        more = count - len(of_kind)
        if more > 0:
            yield f"  and {more:,} more; --format json lists all of them"


def line(row: Row) -> str:
    """Say one change (a row of CHANGED)."""
    texts = " ≠ ".join(_short(text) for text in (row["text"], row["other"]) if text)
    parts = (row["at"], row["by"], row["what"], texts if row["kind"] != "regrouped" else "")
    where = f"in {_short(row['event_title'])}" if row["event_title"] else ""
    return "  ".join(part for part in (*parts, where, row["target_id"]) if part)


def as_json(store: Store, wanted: changed.Asked) -> str:
    """Write all of it as one JSON object: since, event_id, but_by, counts, hidden, changes."""
    counts = changed.counts(store, wanted)
    told: dict[str, Any] = {
        "since": wanted.since,
        "event_id": wanted.event_id,
        "but_by": wanted.but_by,
        "suggestions_hidden": counts.hidden,
        "counts": counts.by_kind(),
        "changes": rows(changed.changed(store, wanted)),
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def _short(text: str, most: int = 100) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1] + "…"
