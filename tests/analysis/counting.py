"""Claims that state counts, for the tests of how numbers are reconciled."""

from typing import Any

import pandas as pd

from tests.analysis.telling import claims_of, killed

ALSO = ("status", "origin_id", "source_grade", "credited")


def told(*rows: dict[str, Any]) -> pd.DataFrame:
    """Claims c0, c1, ...; ``n`` gives a count of dead: a number, or (low, high, counted)."""
    full = []
    for row in rows:
        numbers = row.get("n", [])
        numbers = numbers if isinstance(numbers, list) else [numbers]
        counts = [number if isinstance(number, dict) else dead(number) for number in numbers]
        full.append({"quantities": counts, "text": "", "start": 0, **row})
    hidden = ("n", *ALSO)
    claims = claims_of(*({k: v for k, v in row.items() if k not in hidden} for row in full))
    for name in ALSO:
        claims[name] = pd.Series([row.get(name) for row in full], dtype=object)
    return claims


def dead(number: Any) -> dict[str, Any]:
    low, high, counted = number if isinstance(number, tuple) else (number, number, "people")
    return killed(low, high, counted)
