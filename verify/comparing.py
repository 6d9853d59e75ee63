"""What `verify compare` does: the report of one event, as it stands or as it stood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from verify.errors import InputError
from verify.review import asof, signed
from verify.review.event_report.forms import form_of
from verify.review.event_report.gathered import gathered
from verify.review.export import whole_file
from verify.review.moments import moment
from verify.settings import Settings
from verify.store.store import Store


@dataclass(frozen=True)
class Asked:
    """What the command line was asked for."""

    event_id: str
    out: Path
    rule: str
    as_of: str | None = None


def comparing(settings: Settings, asked: Asked) -> Iterator[str]:
    """Write the report; give the lines that say what it holds.

    Raises ``InputError`` for an event or moment that is not there, and for an unknown form.
    """
    form = form_of(asked.out)
    store = Store.open(settings)
    if asked.as_of and signed.is_sign_off(asked.as_of):
        remedy = "Give the number of a decision or a time; verify export builds a sign-off again."
        raise InputError(f"{asked.as_of} is a sign-off of a table", "--as-of", remedy)
    if asked.as_of:
        when = moment(store, asked.as_of)
        with asof.as_of(store, when.seq) as past:
            report = gathered(past, asked.event_id, asked.rule, when)
    else:
        report = gathered(store, asked.event_id, asked.rule)
    _write(asked.out, form.write(report))
    event = report["event"]
    yield f"Event {event['event_id']}, {event['title'] or 'without a title'}"
    yield (
        f"{event['claims']:,} claims, {len(report['pairs']):,} pairs and "
        f"{len(report['decisions']):,} decisions written to {asked.out}"
    )
    newest = report["record"]["newest_decision"]
    if newest:
        yield f"Newest decision {newest['seq']}, {newest['decided_at']}, SHA-256 {newest['hash']}"


def _write(out: Path, written: bytes) -> None:
    def write(stream: BinaryIO) -> None:
        stream.write(written)

    whole_file(out, write)
