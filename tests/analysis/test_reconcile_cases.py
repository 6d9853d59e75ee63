"""Forty cases of reconciling numbers, judged by hand: each text is read by the real extraction."""

import tomllib
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from verify import records
from verify.analysis.reconcile import reconcile, steps
from verify.ingest.extract import extract

Case = dict[str, Any]
CASES: list[Case] = tomllib.loads(
    Path(__file__).with_name("reconcile_cases.toml").read_text(encoding="utf-8")
)["case"]
STEPS = {"updates": "update", "contradictions": "contradicts", "repeats": "repeat"}


def read(case: Case) -> pd.DataFrame:
    """CLAIMS of a case as a store shows them: sources, dates, sides, statuses and origins known."""
    told = {claim["key"]: claim for claim in case["claims"]}
    documents = records.frame(
        (
            {
                "doc_id": key,
                "kind": "text",
                "source": claim["source"],
                "published_at": claim["at"],
                "language": "en",
                "text": claim["text"],
            }
            for key, claim in told.items()
        ),
        records.DOCUMENTS,
    )
    claims = extract(documents)
    of = [told[key] for key in claims["doc_id"]]
    claims["side"] = [claim["side"] for claim in of]
    claims["source"] = [claim["source"] for claim in of]
    claims["published_at"] = [claim["at"] for claim in of]
    claims["status"] = [claim.get("status", "unreviewed") for claim in of]
    claims["source_grade"] = pd.Series([None] * len(of), dtype=object)
    first = dict(zip(claims["doc_id"][::-1], claims["claim_id"][::-1], strict=True))
    claims["origin_id"] = pd.Series([first.get(claim.get("repeats")) for claim in of], dtype=object)
    return claims


def row_of(table: pd.DataFrame, asked: Case) -> records.Row:
    """Find the one row asked for; say what there is where there is none or more."""
    rows = records.rows(table)
    (row,) = [
        row
        for row in rows
        if row["kind"] == asked["kind"]
        and row["group"] == asked["group"]
        and asked.get("counted", "").casefold() in (row["counted"] or "").casefold()
    ] or [{"missing": [(row["kind"], row["group"], row["counted"]) for row in rows]}]
    return row


def found_in(row: records.Row, key_of: dict[str, str], asked: Case) -> Case:
    found: Case = {}
    for name in ("low", "best", "high"):
        if name in asked:
            owner = key_of.get(row[f"{name}_claim_id"])
            may = asked[name][1]
            found[name] = [row[name], may if isinstance(may, list) and owner in may else owner]
    found["open_high"] = bool(row["open_high"])
    found |= {name: row[name] for name in ("superseded", "sources")}
    return {name: value for name, value in found.items() if name in asked}


def stepped_in(table: pd.DataFrame, key_of: dict[str, str], asked: Case) -> Case:
    own = table[(table["kind"] == asked["kind"]) & (table["group"] == asked["group"])]
    if asked.get("counted"):
        counted = own["counted"].fillna("").str.casefold()
        own = own[counted.str.contains(asked["counted"].casefold(), regex=False)]
    return {
        name: sorted({key_of[claim] for claim in own.loc[own["step"] == step, "claim_id"]})
        for name, step in STEPS.items()
        if name in asked
    }


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_numbers_come_out_as_judged_by_hand(case: Case) -> None:
    claims = read(case)
    key_of = dict(zip(claims["claim_id"], claims["doc_id"], strict=True))
    side_of = case.get("aliases")
    table, stepped = reconcile(claims, side_of=side_of), steps(claims, side_of)
    for asked in case["rows"]:
        row = row_of(table, asked)
        assert "missing" not in row, f"no row {asked['kind']} {asked['group']}: {row}"
        wanted = {
            name: value
            for name, value in asked.items()
            if name not in ("kind", "group", "counted", "doubt")
        }
        found = found_in(row, key_of, asked) | stepped_in(stepped, key_of, asked)
        assert found == wanted


def test_there_are_forty_cases() -> None:
    assert len(CASES) == 40
    assert sum("West Bank" in case["event"] for case in CASES) == 6
    assert sum("Ukraine" in case["event"] for case in CASES) == 6
    assert all(2 <= len(case["claims"]) <= 7 for case in CASES)
