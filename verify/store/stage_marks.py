"""What each stage last worked on, as a hash: a stage whose hash stays the same is not run again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Column, Connection, Integer, LargeBinary, Table, Text, delete, insert, select

from verify.store.connect import fetch
from verify.store.counts import chunks
from verify.store.tables import metadata

stage_marks = Table(
    "stage_marks",
    metadata,
    Column("stage", Text, primary_key=True),  # sides, rarity, group, relate, relate events, erased
    Column("part", Text, primary_key=True),  # the stretch of time; "all" where there is one
    Column("digest", Text, nullable=False),  # of what the stage saw: claims, settings, program
    Column("told", LargeBinary),  # what it made of it, where that is not in tables of its own
    Column("possible", Integer),  # pairs inside its events
    Column("compared", Integer),  # pairs that were related
)


@dataclass(frozen=True)
class Mark:
    """What a stage saw of a part, and what it told; ``told`` is its own business."""

    digest: str
    told: bytes | None = None
    possible: int | None = None
    compared: int | None = None


def marks(connection: Connection, stage: str, part: str | None = None) -> dict[str, Mark]:
    """Return part -> mark of a stage, of one ``part`` alone where it is named."""
    only = {} if part is None else {"part": part}
    found = fetch(connection, select(stage_marks).filter_by(stage=stage, **only))
    return {
        row["part"]: Mark(row["digest"], row["told"], row["possible"], row["compared"])
        for row in found
    }


def put(connection: Connection, stage: str, part: str, mark: Mark) -> None:
    """Note what a stage saw and told of a part, in place of what was noted before."""
    forget(connection, stage, part)
    row = {"stage": stage, "part": part, "digest": mark.digest, "told": mark.told,
           "possible": mark.possible, "compared": mark.compared}  # fmt: skip
    connection.execute(insert(stage_marks).values(row))


def forget(connection: Connection, stage: str, part: str) -> None:
    """Note nothing of a part any more."""
    connection.execute(delete(stage_marks).filter_by(stage=stage, part=part))


def keep(connection: Connection, stages: Sequence[str], parts: Sequence[str]) -> None:
    """Forget what these stages noted of any part but these."""
    for stage in stages:
        noted = connection.scalars(select(stage_marks.c.part).filter_by(stage=stage))
        gone = sorted(set(noted) - set(parts))
        for some in chunks(gone):
            own = stage_marks.c.part.in_(some) & (stage_marks.c.stage == stage)
            connection.execute(delete(stage_marks).where(own))
