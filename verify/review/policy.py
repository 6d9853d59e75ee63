"""How a desk works: what is looked at twice, and what is hidden until it is decided.

These are decisions on the one ``desk``, so that the record says who set them when.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, Connection, false, func, select, true

from verify.errors import InputError
from verify.store.shared_work import KEYS
from verify.store.store import Store
from verify.store.tables import claims, pairs, standing

DESK: Final = "desk"
"""Id of the one target of its kind."""
SECOND_REVIEW: Final = "second_review"
"""Field: none, conflicts, everything, or "sample N" for N in a hundred."""
HIDE_SCORES: Final = "hide_scores"
"""Field: yes or no; the program's suggestion and its reasons come up once a verdict is given."""
_SAMPLE: Final = re.compile(r"sample ([1-9]\d?)")
_SPACE: Final = 16**4
"""A sample is drawn by the first four hex digits of the id, which is a hash: nobody chooses it, and
what is in it stays in it."""


_SAID: Final = select(standing.c.field, standing.c.value).where(
    standing.c.target_kind == "desk",
    standing.c.target_id == DESK,
    standing.c.value.is_not(None),
)


@dataclass(frozen=True)
class Policy:
    """What stands; the defaults are those of a desk where nobody set anything."""

    second: str = "none"
    """none, conflicts, everything or sample."""
    share: int = 0
    """Of a sample, in a hundred."""
    hide_scores: bool = False

    @property
    def twice(self) -> bool:
        """Whether anything is looked at twice."""
        return self.second != "none"


def policy(store: Store) -> Policy:
    """Return how the desk works now."""
    with store.reading() as connection:
        return standing_policy(connection)


def standing_policy(connection: Connection) -> Policy:
    """As `policy`, in the caller's transaction."""
    said = {field: value for field, value in connection.execute(_SAID)}
    second, share = read(said.get(SECOND_REVIEW, "none"))
    return Policy(second, share, said.get(HIDE_SCORES) == "yes")


def read(value: str) -> tuple[str, int]:
    """Take a value of SECOND_REVIEW apart: what, and the share of a sample in a hundred.

    Raises ``InputError`` for any other text.
    """
    if value in ("none", "conflicts", "everything"):
        return value, 0
    found = _SAMPLE.fullmatch(value)
    if not found:
        remedy = "Say none, conflicts, everything, or sample 1 to sample 99."
        raise InputError(f"{value!r} is no rule for second reviews", DESK, remedy)
    return "sample", int(found[1])


def wanted(told: Policy, kind: str) -> ColumnElement[bool]:
    """Build the condition on ``claims`` or ``pairs`` under which a second verdict is asked for."""
    if told.second == "none":
        return false()
    if told.second == "everything":
        return true()
    if told.second == "conflicts":
        return claims.c.conflicts > 0 if kind == "claim" else pairs.c.relation == "conflicts"
    key = KEYS[kind]
    below = f"{told.share * _SPACE // 100:04x}"
    return func.substr(key, 2, 4) < below
