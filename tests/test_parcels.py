from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from verify import parcels
from verify.parcels import Parcel
from verify.records import CLAIMS, frame

ROWS = [
    {"claim_id": "c1", "doc_id": "d1", "start": 0, "end": 9, "text": "Él dijo «no»",
     "negated": True,
     "quantities": [{"low": 3, "high": None, "kind": "killed"}]},
    {"claim_id": "c2", "doc_id": "d1", "start": 10, "end": 12, "text": "", "speaker": None},
]  # fmt: skip


@pytest.mark.parametrize("where", ["{folder}/a/b", "memory://parcels/a"])
def test_a_parcel_comes_out_as_it_went_in(where: str, tmp_path: Path) -> None:
    address = where.format(folder=tmp_path)
    events = pd.DataFrame({"claim_id": ["c1"], "event_id": ["e1"]}, dtype=object)
    given = Parcel(
        {"claims": frame(ROWS, CLAIMS), "empty": frame([], CLAIMS), "said": events},
        {"vectors": np.array([[0.5, -1.0]], dtype=np.float16), "labels": np.array([3, -1])},
        {"rules_only": False, "scale": [1.0, 0.5]},
    )
    parcels.save(given, address)
    found = parcels.load(address)
    for name, table in given.frames.items():
        pd.testing.assert_frame_equal(found.frames[name], table, obj=name)
        for value, stored in zip(
            found.frames[name].to_numpy().ravel(), table.to_numpy().ravel(), strict=True
        ):
            assert type(value) is type(stored)
    for name, array in given.arrays.items():
        assert found.arrays[name].dtype == array.dtype
        assert (found.arrays[name] == array).all()
    assert found.told == given.told
    parcels.remove(address)
    with pytest.raises(FileNotFoundError):
        parcels.load(address)
