"""The same file, or a picture that looks the same, attached elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import func, select

from verify.review.evidence_kept import Evidence, found_where
from verify.review.picture_hash import MOST_BITS, differing, numbers
from verify.store.counts import chunks
from verify.store.evidence_table import evidence
from verify.store.store import Store


@dataclass(frozen=True)
class Same:
    """Evidence elsewhere that is the same: its bytes are, or its picture looks alike."""

    other: Evidence
    bits: int
    """Bits of 64 in which the perceptual hashes differ; 0 where the bytes are the same."""

    def is_file_of(self, piece: Evidence) -> bool:
        """Whether every byte is the same."""
        return self.other.sha256 == piece.sha256


def same_picture(store: Store, piece: Evidence) -> list[Same]:
    """Return attached evidence of other bearers with the same bytes or a picture that looks alike.

    Nearest first, then in the order in which it was attached. Two pictures look alike where their
    hashes differ in at most MOST_BITS of 64 bits; how often that is wrong: docs/evidence.md.
    """
    return same_pictures(store, [piece])[piece.evidence_id]


def same_pictures(store: Store, pieces: Sequence[Evidence]) -> dict[str, list[Same]]:
    """Do what `same_picture` does for several at once: evidence id -> what is the same."""
    files = sorted({piece.sha256 for piece in pieces if piece.sha256})
    asked = {piece.perceptual_hash for piece in pieces if piece.perceptual_hash}
    hashes = _near(store, asked) if asked else []
    found: dict[str, Evidence] = {}
    for column, values in ((evidence.c.sha256, files), (evidence.c.perceptual_hash, hashes)):
        for some in chunks(values):
            found |= {one.evidence_id: one for one in found_where(store, column.in_(some))}
    others = [one for one in found.values() if one.value is not None]
    return {piece.evidence_id: _same(piece, others) for piece in pieces}


def _near(store: Store, asked: set[str]) -> list[str]:
    """Return the hashes in the store that are alike to one of ``asked``.

    All of them come as one text and are compared at once: with 100,000 of them faster than a
    search by parts of the hash, which has to read a row for each hash that shares a part.
    """
    together = select(func.aggregate_strings(evidence.c.perceptual_hash, ""))
    with store.reading() as connection:
        known = numbers(connection.scalar(together) or "")
    near = np.zeros(len(known), dtype=bool)
    for one in asked:
        near |= differing(one, known) <= MOST_BITS
    return [f"{number:016x}" for number in np.unique(known[near]).tolist()]


def _same(piece: Evidence, others: Sequence[Evidence]) -> list[Same]:
    elsewhere = [other for other in others if other.bearer != piece.bearer]
    alike = [Same(other, _bits(piece, other)) for other in elsewhere]
    return sorted(
        (one for one in alike if one.bits <= MOST_BITS), key=lambda one: (one.bits, one.other.seq)
    )


def _bits(piece: Evidence, other: Evidence) -> int:
    if piece.sha256 == other.sha256:
        return 0
    if piece.perceptual_hash is None or other.perceptual_hash is None:
        return 64
    return int(differing(piece.perceptual_hash, numbers(other.perceptual_hash))[0])
