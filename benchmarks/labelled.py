"""Labelled files as claims, for fits and measurements."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from verify import records
from verify.ingest.extract import extract

Row = dict[str, Any]


def read(path: Path) -> list[Row]:
    """Read a .jsonl.gz file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def claims_of(rows: Sequence[Row], *, towns: bool = False) -> pd.DataFrame:
    """Read each row's text as one claim, with the facts that extraction finds in it.

    Columns of CLAIMS, ``source`` and ``published_at``, in the order of ``rows``. ``towns``: where a
    text names no place, the row's location stands for it.
    """
    documents = records.frame(
        (
            {
                "doc_id": f"{number:06}",
                "kind": "row",
                "source": row.get("source") or None,
                "published_at": row.get("date") or None,
                "location": row.get("location") or None,
                "text": row["text"],
                "given": {},
            }
            for number, row in enumerate(rows)
        ),
        records.DOCUMENTS,
    )
    published = documents.set_index("doc_id")[["source", "published_at"]]
    claims = extract(documents).join(published, on="doc_id")
    if towns:
        known = zip(claims["place"], documents["location"], strict=True)
        claims["place"] = pd.Series([place or town for place, town in known], dtype=object)
    return claims
