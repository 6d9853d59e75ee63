"""What other settings or another model would change among pairs that people decided on already.

Both are related as builds do it (`verify.relating`), with the model for relations that is named.
Events stay as they are.
"""

from __future__ import annotations

import csv
import io
import itertools
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from verify.errors import InputError
from verify.records import Row, rows
from verify.review.export import guarded

COLUMNS: Final = (
    "pair_id", "claim_a", "claim_b", "decision", "relation_before", "relation_after",
    "p_supports_before", "p_supports_after", "p_conflicts_before", "p_conflicts_after", "change",
)  # fmt: skip
SHOWN: Final = ("supports", "conflicts")
CHANGES: Final = {
    "confirmed, gone": "confirmed pairs that would no longer be called supporting or conflicting",
    "rejected, gone": "rejected pairs that would be gone",
    "flipped": "pairs that would turn from supporting to conflicting, or the other way",
    "new": "pairs that would now be shown as supporting or conflicting",
    "other": "pairs that would change between related and unrelated",
}
"""Kinds of change of a relation, the weightiest first."""
SIZES: Final = (0.01, 0.05, 0.2, 0.5)
"""Bounds between which changes of a chance are counted; below the first one it is the same."""
LISTED: Final = 20
"""Pairs listed in the terminal; the file holds all."""
_WORDS: Final = 34
"""Characters of a claim shown in the terminal."""


@dataclass(frozen=True)
class Drift:
    """Every reviewed pair before and after (COLUMNS and ``size``), the weightiest change first."""

    table: pd.DataFrame
    anyway: int
    """Relations that the next build changes with the settings as they are."""

    def told(self) -> str:
        """Say in lines what would change: counts first, then the pairs."""
        return "\n".join([*self._counts(), *self._pairs()])

    def _counts(self) -> Iterator[str]:
        table = self.table
        decided = table["decision"].value_counts()
        yield (
            f"{len(table):,} reviewed pairs: {decided.get('confirmed', 0):,} confirmed, "
            f"{decided.get('rejected', 0):,} rejected. Nothing is changed; decisions stay "
            "whatever is suggested. Events are taken as they are."
        )
        for kind, words in CHANGES.items():
            yield f"{int((table['change'] == kind).sum()):>7,}  {words}"
        bounds = [0.0, *SIZES, 1.0]
        for low, high in itertools.pairwise(bounds):
            inside = (table["size"] >= low) & (table["size"] < high)
            inside |= (table["size"] >= 1.0) & (high == 1.0)
            yield f"{int(inside.sum()):>7,}  scores that would change by {low:g} to {high:g}"
        if self.anyway:
            yield (
                f"{self.anyway:,} relations change with the next build anyway: the store was "
                "built under other settings, or by another version."
            )

    def _pairs(self) -> Iterator[str]:
        changed = self.table[self.table["change"] != ""]
        if not len(changed):
            return
        yield f"{'decision':<10}{'before':<10}{'after':<10}{'supports':<13}{'conflicts':<13}claims"
        for row in rows(changed.head(LISTED)):
            chances = [
                f"{row[f'p_{name}_before']:.2f} > {row[f'p_{name}_after']:.2f}" for name in SHOWN
            ]
            yield (
                f"{row['decision']:<10}{row['relation_before']:<10}{row['relation_after']:<10}"
                f"{chances[0]:<13}{chances[1]:<13}"
                f"{_short(row['claim_a'])} / {_short(row['claim_b'])}"
            )
        if len(changed) > LISTED:
            yield f"and {len(changed) - LISTED:,} more; --out FILE writes all"


def drift(pairs: pd.DataFrame, after: pd.DataFrame, now: pd.DataFrame) -> Drift:
    """Compare reviewed pairs (REVIEWED) with the same pairs related anew (PAIRS, same order).

    Before is what they were shown as to whoever decided.

    ``after``: under the settings asked about; ``now``: under those that the next build has anyway.
    """
    before = pairs.reset_index(drop=True)
    decided = before["about"].where(before["about"].notna(), before["relation"])
    table = pd.DataFrame(
        {
            "pair_id": before["pair_id"],
            "claim_a": before["a_text"],
            "claim_b": before["b_text"],
            "decision": before["decision"],
            "relation_before": decided,
            "relation_after": after["relation"],
        }
    )
    for name in SHOWN:
        table[f"p_{name}_before"] = before[f"p_{name}"]
        table[f"p_{name}_after"] = after[f"p_{name}"]
    changes = zip(decided, after["relation"], before["decision"], strict=True)
    table["change"] = [_change(*one) for one in changes]
    sizes = [(table[f"p_{name}_after"] - table[f"p_{name}_before"]).abs() for name in SHOWN]
    table["size"] = pd.concat(sizes, axis=1).max(axis=1)
    weight = {kind: place for place, kind in enumerate((*CHANGES, ""))}
    table["weight"] = table["change"].map(weight)
    table = table.sort_values(["weight", "size", "pair_id"], ascending=[True, False, True])
    differs = now["relation"].to_numpy() != before["relation"].to_numpy()
    anyway = int((differs & (before["decision"] != "confirmed")).sum())  # confirmed ones stay
    return Drift(table.drop(columns="weight").reset_index(drop=True), anyway)


def _change(before: str, after: str, decision: str) -> str:
    if before == after:
        return ""
    if before in SHOWN:
        return "flipped" if after in SHOWN else f"{decision}, gone"
    return "new" if after in SHOWN else "other"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _WORDS else f"{line[: _WORDS - 1]}…"


def write(found: Drift, out: Path) -> None:
    """Write all reviewed pairs as CSV (COLUMNS), whole or not at all; see `guarded` for formulas.

    Raises ``InputError`` where the file cannot be written.
    """
    unfinished = out.with_name(f".{out.name}.{secrets.token_hex(4)}")
    try:
        with unfinished.open("xb") as stream:
            lines = io.TextIOWrapper(stream, "utf-8-sig", newline="")
            writer = csv.writer(lines, lineterminator="\r\n")
            writer.writerow(COLUMNS)
            writer.writerows([_cell(row, name) for name in COLUMNS] for row in rows(found.table))
            lines.flush()
            os.fsync(stream.fileno())
            lines.detach()
        unfinished.replace(out)
    except OSError as error:
        what = f"The file cannot be written: {error.strerror}"
        raise InputError(what, str(out), "Check the folder and its free space.") from error
    finally:
        unfinished.unlink(missing_ok=True)


def _cell(row: Row, name: str) -> object:
    value = row[name]
    return f"{value:.4f}" if isinstance(value, float) else guarded(value)
