"""What a cross-encoder's reading of two claims adds to the rules: log-odds, and where they hold.

Nothing here reads: `verify.analysis.cross_encoder` does, and only the claims' texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from verify.analysis.finding import Pair
from verify.analysis.likeness import CLOSE

if TYPE_CHECKING:
    from verify.analysis.cross_encoder import Readings

READ: Final = (
    "read_supports", "read_conflicts", "read_together", "alike_supports", "alike_conflicts",
    "undated", "undated_supports", "undated_conflicts",
)  # fmt: skip
"""What the cross-encoder adds to the rules of a pair that it has read, as log-odds; see `as_read`.

Of supports and of conflicts against neither, and of one incident; then the first two once more, as
far as the texts are alike, and where a date is missing: it reads restatements better than long
sentences that share a point, and it sees no dates, so that where they are known it counts less."""
LEAST: Final = 0.007
"""Chance below which no reading is taken for: the model is not as sure as it says. Chances of three
are raised by it before they become log-odds, so that a pair that is surely not neither still says
which of the others it rather is."""
UNLIKE, ALIKE = 0.3, 0.7
"""Share of the shorter claim's words in the other up to which texts are not alike, and from which
they are."""
WHOLE: Final = 3
"""Content words from which on a text is read: fewer are hardly a statement."""
Reading = tuple[float, ...]
"""One value for each of READ."""


def legible(pair: Pair) -> bool:
    """Whether reading two texts says something of the pair.

    Not of a few words that a build cut out ("the raids"); not of one document, whose sentences
    the model, which sees no document, takes for two accounts; not of two running totals from two
    days, the later of which is an update.
    """
    a, b = pair.a, pair.b
    whole = not pair.inside or min(len(a.stems), len(b.stems)) >= WHOLE
    totals = a.total and b.total and pair.published_apart > 0
    return whole and a.doc_id != b.doc_id and not totals


def circumstances(pairs: Sequence[Pair]) -> NDArray[np.float64]:
    """Say of pairs, (pairs, 3): is it one incident, how alike are the texts, is a date missing."""
    return np.array(
        [
            (
                pair.incident,
                min(1.0, max(0.0, (pair.shared - UNLIKE) / (ALIKE - UNLIKE))),
                float(pair.undated),
            )
            for pair in pairs
        ]
    ).reshape(len(pairs), 3)


def as_read(read: Readings, known: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn readings into READ, (pairs, 8), given the `circumstances` of the pairs.

    A model that does not say whether it is one incident is taken to say what is known.
    """
    scores = np.stack([read.supports, read.conflicts, np.zeros(len(read.supports))], axis=1)
    parts = np.exp(scores - scores.max(axis=1, keepdims=True))
    together = known[:, 0] if read.together is None else 1 / (1 + np.exp(-read.together))
    return from_chances(parts / parts.sum(axis=1, keepdims=True), together, known)


def from_chances(
    chances: NDArray[np.float64], together: NDArray[np.float64], known: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Turn chances (pairs, 3) of a relation, and those of one incident, into READ."""
    logs = np.log(chances + LEAST)
    odds = logs[:, :2] - logs[:, 2:]
    one = np.log(together + LEAST) - np.log(1 - together + LEAST)
    _, alike, undated = known.T[:, :, None]
    return np.hstack([odds, one[:, None], odds * alike, undated, odds * undated])


def doubted(pair: Pair, reading: Reading) -> bool:
    """Whether the model sees rather a conflict in dated claims whose texts are not close.

    It is no good witness of a conflict there, but good enough not to call them a support.
    """
    supports, conflicts, *_ = reading
    return not pair.undated and conflicts > supports and pair.similarity <= CLOSE


def in_words(reading: Reading) -> str:
    """Say for people what the model sees."""
    supports, conflicts, *_ = reading
    if max(supports, conflicts) < 0:
        return "a trained model, reading both texts, sees neither support nor conflict"
    seen = "support" if supports >= conflicts else "conflict"
    return f"a trained model, reading both texts, sees more of a {seen} than of neither"
