"""What one build did: the figures that account for every row, and how they are told."""

from __future__ import annotations

import dataclasses
from collections import Counter
from dataclasses import dataclass, field

from verify.errors import LeftOut

RELATIONS = (("supports", "supporting"), ("conflicts", "conflicting"), ("related", "related"))


@dataclass
class Summary:
    """What one build did. ``rows_seen == documents_new + documents_known + rows left out``."""

    run_id: str
    files: int = 0
    rows_seen: int = 0
    documents_new: int = 0
    documents_known: int = 0
    claims_new: int = 0
    documents_reread: int = 0
    claims_found: int = 0  # new ones in the documents that were read again
    removed: str = ""  # the source that was taken out
    documents_gone: int = 0
    claims_gone: int = 0
    claims_kept: int = 0  # no longer found, but somebody decided on them
    claims: int = 0
    texts_encoded: int = 0
    events: int = 0
    pairs_possible: int = 0
    pairs_compared: int = 0
    relations: Counter[str] = field(default_factory=Counter)
    left_out: list[LeftOut] = field(default_factory=list)
    notes: list[LeftOut] = field(default_factory=list)

    @property
    def rows_left_out(self) -> int:
        """Rows that were seen and not taken; a file that could not be read has no rows."""
        return self.rows_seen - self.documents_new - self.documents_known

    def counts(self) -> dict[str, object]:
        """Return the figures as a JSON-able dict, for the store."""
        whole = dataclasses.asdict(self)
        whole.pop("run_id")
        whole["relations"] = dict(self.relations)
        whole["left_out"], whole["notes"] = len(self.left_out), len(self.notes)
        whole["rows_left_out"] = self.rows_left_out
        return whole

    def told(self) -> str:
        """Say in a few lines what was done; the rows add up."""
        relations = ", ".join(f"{self.relations[name]:,} {words}" for name, words in RELATIONS)
        return (
            f"{self._began()}\n"
            f"claims   {self.claims_new:,} new, {self.claims:,} in the store; "
            f"{self.texts_encoded:,} texts encoded\n"
            f"events   {self.events:,}\n"
            f"pairs    {relations}; {self.pairs_compared:,} compared of "
            f"{self.pairs_possible:,} inside events"
        )

    def _began(self) -> str:
        if self.removed:
            gone = told(self.removed, self.documents_gone, self.claims_gone, self.claims_kept)
            return f"removed  {gone}"
        again = (
            f"again    {self.documents_reread:,} documents read again: "
            f"{self.claims_found:,} claims new, {self.claims_gone:,} gone, "
            f"{self.claims_kept:,} kept because somebody decided on them\n"
        )
        return (
            f"{again if self.documents_reread else ''}"
            f"read     {self.rows_seen:,} rows in {self.files:,} files: "
            f"{self.documents_new:,} new documents, {self.documents_known:,} known already, "
            f"{self.rows_left_out:,} rows left out"
        )


def told(source: str, documents: int, claims: int, kept: int) -> str:
    """Say what taking a source out removes and keeps."""
    stay = f"; {kept:,} kept because they are on record" if kept else ""
    return f"{counted(documents, 'document')} and {counted(claims, 'claim')} of {source}{stay}"


def counted(number: int, noun: str) -> str:
    """Say a number of things."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
