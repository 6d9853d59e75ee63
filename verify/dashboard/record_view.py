"""The record of sources and speakers on screen: in the table, in a panel, in one line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

import pandas as pd
import streamlit as st

from verify.dashboard import boot, charts_record, wording
from verify.dashboard.parts import heading, line, pairs_of_words
from verify.records import Row, content_id, rows
from verify.review import news, source_record
from verify.store.source_records import RECORD, Kind, records_of, verdicts_on
from verify.store.store import Store

ORDERS: Final = {"claims": "most claims first", "name": "by name"}
"""No other: a share of few claims, of what this desk happened to review, ranks nobody."""
NOT_TOLD: Final = "too few"
AT_IT: Final = "The record of all sources is being counted; it stands here with a later click."


def of_sources(store: Store) -> tuple[dict[str, Row] | None, str]:
    """Return the record (RECORD) of every source by its name, and what to say where not of now.

    It is counted from all pairs: with very many it is one of before, or None, until that is done.
    """
    hidden, state = boot.policy().hide_scores, news.state(store)
    found = boot.counter().lately(
        ("records", hidden), state, partial(records_of, store, "source", decided_only=hidden)
    )
    if found is None:
        return None, AT_IT
    at = wording.moment(found.at.isoformat())
    told = "" if found.of == state else f"Counted {at}; what changed since is being counted."
    return {row["name"]: row for row in rows(found.value)}, told


def order() -> str:
    """Draw the choice of the order of sources, and return it (of `ORDERS`)."""
    chosen = st.segmented_control(
        "Order", list(ORDERS), key="sources_order", default="claims", required=True,
        format_func=ORDERS.__getitem__, label_visibility="collapsed",
    )  # fmt: skip
    return chosen or "claims"


def ordered(found: pd.DataFrame, told: dict[str, Row] | None, by: str) -> pd.DataFrame:
    """Sort SOURCE_VIEW by claims, most first, or by name alone."""
    counted = dict(zip(found["source"], found["claims"], strict=True)) if told is None else {}
    counted |= {name: row["claims"] for name, row in (told or {}).items()}
    claims = [counted.get(name, 0) for name in found["source"]]
    keyed = found.assign(_claims=claims, _name=found["source"].str.casefold())
    keys, rising = (["_claims", "_name"], [False, True]) if by == "claims" else (["_name"], [True])
    sorted_ = keyed.sort_values(keys, ascending=rising, kind="stable")
    return sorted_.drop(columns=["_claims", "_name"]).reset_index(drop=True)


def columns(names: Sequence[str], records: Mapping[str, Row]) -> dict[str, list[Any]]:
    """Return the columns of the table that say the record of these sources, in that order."""
    told = [records.get(name) or dict.fromkeys(RECORD, 0) for name in names]
    return {
        "Claims": [row["claims"] for row in told],
        "Repeats": [row["repeats"] for row in told],
        "✓ Verified": [row["verified"] for row in told],
        "! Disputed": [row["disputed"] for row in told],
        "? Unverifiable": [row["unverifiable"] for row in told],
        "Share verified": [_cell(row) for row in told],
        "Said first": [_part(row["first"], row["shared"]) for row in told],
        "Contradicted": [_part(row["contradicted"], row["claims"]) for row in told],
        "Corroborated": [_part(row["corroborated"], row["claims"]) for row in told],
    }


def _cell(row: Row) -> str:
    if not row["verified"] + row["disputed"]:
        return "–"
    share = source_record.share(row, "verified")
    if share is None:
        return NOT_TOLD
    return f"{share.span} ({share.part:,} of {share.whole:,})"


def _part(part: int, whole: int) -> str:
    return f"{part:,} of {whole:,}" if whole else "–"


def panel(store: Store, kind: Kind, name: str | None) -> None:
    """Draw the record of the chosen source or speaker; nothing where none is chosen."""
    if name is None:
        return
    hidden = boot.policy().hide_scores
    row = rows(records_of(store, kind, [name], decided_only=hidden))[0]
    found = source_record.shares(row)
    with st.container(border=True, key=f"record_{kind}"):
        heading(f"Record of {name}", level=2 if kind == "source" else 3)
        pairs_of_words(source_record.figures(row, decided_only=hidden))
        if found:
            charts_record.shares(found, key=content_id("record", kind, name))
            line(source_record.caveat(found, row["unverifiable"]))
            line(source_record.NOT_A_SAMPLE, quiet=True)
        elif row["reviewed"]:
            few = wording.counted(source_record.FEW, "claim")
            line(f"No share is told of fewer than {few} found verified or disputed.", quiet=True)
        if hidden:
            line(source_record.CONFIRMED_ONLY, quiet=True)


def lines(store: Store, claim: Row) -> list[tuple[str, str]]:
    """Return the short record of a claim's source and of its speaker, as names and words."""
    asked: list[tuple[str, Kind, str | None]] = [
        ("Source's record", "source", claim["source"]),
        ("Speaker's record", "speaker", claim["credited"]),
    ]
    return [
        (label, source_record.brief(verdicts_on(store, kind, name)))
        for label, kind, name in asked
        if name
    ]
