"""Small claims and an encoder without a model, for the tests of embedding, grouping and sides."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tests.conftest import WordEncoder
from verify import records


def claims_of(*rows: dict[str, Any]) -> pd.DataFrame:
    """CLAIMS with what their documents add; each row is its own document unless it says so."""
    documents = ("source", "title", "published_at")
    frame = records.frame(
        (
            {
                "claim_id": f"c{number}",
                "doc_id": f"d{number}",
                "side": "unknown",
                **{name: value for name, value in row.items() if name not in documents},
            }
            for number, row in enumerate(rows)
        ),
        records.CLAIMS,
    )
    for name in documents:
        frame[name] = pd.Series([row.get(name) for row in rows], dtype=object)
    return frame


def vectors_of(claims: pd.DataFrame) -> NDArray[np.float32]:
    return words_as_vectors(claims["text"].tolist())


def words_as_vectors(texts: Sequence[str]) -> NDArray[np.float32]:
    return WordEncoder().encode(texts)


def killed(low: int | None, high: int | None, counted: str | None = "soldiers") -> dict[str, Any]:
    return {"text": "", "start": 0, "end": 0, "low": low, "high": high, "kind": "killed",
            "counted": counted}  # fmt: skip
