"""What `verify sources` prints: the record of every source or speaker, as CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Final

from verify.records import rows
from verify.review import source_record
from verify.review.export import guarded
from verify.review.policy import policy
from verify.settings import Settings
from verify.store.source_records import Kind
from verify.store.store import Store

FORMATS: Final = ("csv", "json")


def recorded(settings: Settings, kind: Kind, form: str) -> Iterator[str]:
    """Give the lines of the table (`source_record.TABLE`), in order of name.

    An interval that is not told is empty, in JSON null. In CSV, names that a spreadsheet would run
    as a formula get a leading apostrophe.
    """
    store = Store.open(settings)
    found = source_record.table(store, kind, decided_only=policy(store).hide_scores)
    if form == "json":
        yield json.dumps(rows(found), ensure_ascii=False, indent=2)
        return
    yield _line(list(found.columns))
    for row in rows(found):
        yield _line([guarded(value) for value in row.values()])


def _line(cells: list[object]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(cells)
    return out.getvalue()
