"""The record of a source or speaker in words: counts with what they are of, shares as intervals.

A share is of the claims that this desk found verified or disputed, never a bare percentage: it
comes with Wilson's interval of 95 %, and under `FEW` such claims there is none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, floor
from typing import Any, Final, NamedTuple

import pandas as pd

from verify.analysis.wilson import interval
from verify.records import Row, Schema, frame, rows
from verify.store.source_records import RECORD, Kind, records_of
from verify.store.store import Store

FEW: Final = 5
"""Claims found verified or disputed below which no share is told: the interval of four spans
about half of the axis or more, whatever was found."""
SHARES: Final = ("verified", "disputed")
NOT_A_SAMPLE: Final = (
    "A share is of what this desk reviewed. That is no random sample of all that was said: "
    "conflicts come up for review first."
)
CONFIRMED_ONLY: Final = (
    "This desk hides what the program suggests: only links that a reviewer confirmed are counted."
)
TABLE: Final[Schema] = {
    **RECORD,
    "verified_or_disputed": "int",  # what both shares are of
    **{f"{verdict}_{end}": "float" for verdict in SHARES for end in ("low", "high")},
}
PERCENT: Final = "\u00a0%"
_SLACK: Final = 1e-9


class Share(NamedTuple):
    """How many of the claims found verified or disputed are one of the two, and what that allows.

    ``low`` and ``high``: Wilson's interval of 95 %, shares from 0 to 1.
    """

    verdict: str
    part: int
    whole: int
    low: float
    high: float

    @property
    def percents(self) -> tuple[int, int]:
        """The interval in whole per cent, rounded outward."""
        return floor(100 * self.low + _SLACK), ceil(100 * self.high - _SLACK)

    @property
    def span(self) -> str:
        """The interval in words: 45–94 %, which no line break divides before the sign."""
        low, high = self.percents
        return f"{low}–{high}{PERCENT}"


def share(row: Mapping[str, Any], verdict: str) -> Share | None:
    """Return a share (of `SHARES`) of a row of VERDICTS; None where too few were reviewed."""
    whole = row["verified"] + row["disputed"]
    if whole < FEW:
        return None
    return Share(verdict, row[verdict], whole, *interval(row[verdict], whole))


def shares(row: Mapping[str, Any]) -> list[Share]:
    """Return both shares of a row of VERDICTS; none where too few were reviewed."""
    return [found for verdict in SHARES if (found := share(row, verdict)) is not None]


def table(store: Store, kind: Kind, *, decided_only: bool = False) -> pd.DataFrame:
    """Return the record of all sources or speakers with the ends of both shares (TABLE)."""
    told = []
    for row in rows(records_of(store, kind, decided_only=decided_only)):
        ends = {
            f"{one.verdict}_{end}": round(getattr(one, end), 4)
            for one in shares(row)
            for end in ("low", "high")
        }
        told.append({**row, "verified_or_disputed": row["verified"] + row["disputed"], **ends})
    return frame(told, TABLE)


def in_words(found: Share, unverifiable: int = 0) -> str:
    """Say a share: 7 of 9 reviewed: 45–94 %; ``unverifiable``: reviewed ones that it leaves out."""
    but = ", unverifiable left out" if unverifiable else ""
    return f"{found.part:,} of {found.whole:,} reviewed{but}: {found.span}"


def caveat(found: Sequence[Share], unverifiable: int = 0) -> str:
    """Say what so few claims leave open, of the shares of one row; ``unverifiable`` as above."""
    but = ", unverifiable left out," if unverifiable else ""
    open_ = ", ".join(
        f"the share {one.verdict}{' could be anywhere' if at == 0 else ''} "
        f"from {one.percents[0]} to {one.percents[1]}{PERCENT}"
        for at, one in enumerate(found)
    )
    return f"With {found[0].whole:,} reviewed claims{but} {open_}."


def brief(row: Mapping[str, Any]) -> str:
    """Say a row of VERDICTS in one line."""
    told = f"{row['name']}: {_counted(row['claims'], 'claim')}"
    if not row["reviewed"]:
        return f"{told}, none reviewed"
    verified = share(row, "verified")
    if verified is None:
        return f"{told}, {row['reviewed']} reviewed ({_statuses(row)}): too few for a share"
    return f"{told}; verified {in_words(verified, row['unverifiable'])}"


def figures(row: Row, *, decided_only: bool = False) -> list[tuple[str, str]]:
    """Say each count of a row of RECORD with what it is of: names and words."""
    claims, told = row["claims"], []
    repeats = f", and {row['repeats']:,} that repeat another nearly word for word"
    repeats = repeats if row["repeats"] else ""
    told.append(("Claims", f"{claims:,}{repeats}"))
    apart = f"; of the repeats {row['repeats_reviewed']:,}" if row["repeats_reviewed"] else ""
    what = f": {_statuses(row)}" if row["reviewed"] else ""
    told.append(("Reviewed", f"{row['reviewed']:,} of {claims:,}{what}{apart}"))
    told.append(("Said first", _first(row)))
    by = f"; {row['contradicted_confirmed']:,} by a confirmed conflict"
    plain = decided_only or not row["contradicted"]
    told.append(("Contradicted", f"{row['contradicted']:,} of {claims:,}{'' if plain else by}"))
    origins = _counted(row["origins"], "independent origin")
    by = f", by {origins} in all" if row["corroborated"] else ""
    told.append(("Corroborated", f"{row['corroborated']:,} of {claims:,}{by}"))
    return told


def _first(row: Row) -> str:
    if not row["shared"]:
        return "nothing that others repeat or support"
    unknown = row["shared"] - row["first"] - row["later"]
    after = f"; {row['later']:,} said after one of them" if row["later"] else ""
    open_ = f"; of {unknown:,} the order is not known" if unknown else ""
    told = f"{row['first']:,} of {row['shared']:,} that others repeat or support"
    return told + after + open_


def _statuses(row: Mapping[str, Any]) -> str:
    found = [f"{row[name]:,} {name}" for name in ("verified", "disputed", "unverifiable")]
    return ", ".join(words for words in found if not words.startswith("0 "))


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
