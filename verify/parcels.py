"""What one stage hands to the next about a part of the corpus: frames, arrays, in files if need be.

A parcel lies in a folder of its own, on a path that all machines share or in an object store (any
address that fsspec opens): a Parquet file a frame, a NumPy file an array, and ``told.json``.
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, field
from typing import Any, Final, cast

import fsspec
import numpy as np
import pandas as pd
from numpy.typing import NDArray

TOLD: Final = "told.json"


@dataclass(frozen=True)
class Parcel:
    """Frames and arrays by name, and whatever JSON can hold."""

    frames: dict[str, pd.DataFrame] = field(default_factory=dict)
    arrays: dict[str, NDArray[Any]] = field(default_factory=dict)
    told: dict[str, Any] = field(default_factory=dict)


def save(parcel: Parcel, address: str) -> None:
    """Write a parcel; whoever finds its ``told.json`` finds it whole."""
    files, base = fsspec.url_to_fs(address)
    files.makedirs(base, exist_ok=True)
    kinds = {}
    for name, table in parcel.frames.items():
        flat, kinds[name] = _flat(table)
        with files.open(f"{base}/{name}.parquet", "wb") as file:
            file.write(flat.to_parquet(index=False))
    for name, array in parcel.arrays.items():
        packed = io.BytesIO()
        np.save(packed, array)
        with files.open(f"{base}/{name}.npy", "wb") as file:
            file.write(packed.getvalue())
    told = {"told": parcel.told, "frames": kinds, "arrays": sorted(parcel.arrays)}
    with files.open(f"{base}/{TOLD}", "wb") as file:
        file.write(json.dumps(told).encode())


def load(address: str) -> Parcel:
    """Read what `save` wrote, with the same columns, kinds and values."""
    files, base = fsspec.url_to_fs(address)
    with files.open(f"{base}/{TOLD}", "rb") as file:
        told = json.loads(file.read())
    frames, arrays = {}, {}
    for name, kinds in told["frames"].items():
        with files.open(f"{base}/{name}.parquet", "rb") as file:
            flat = pd.read_parquet(io.BytesIO(file.read()))
        frames[name] = _restored(flat, kinds)
    for name in told["arrays"]:
        with files.open(f"{base}/{name}.npy", "rb") as file:
            arrays[name] = np.load(io.BytesIO(file.read()), allow_pickle=False)
    return Parcel(frames, arrays, told["told"])


def there(address: str) -> bool:
    """Say whether a parcel is there, whole or in part."""
    files, base = fsspec.url_to_fs(address)
    return bool(files.exists(base))


def remove(address: str) -> None:
    """Remove a parcel, if it is there."""
    files, base = fsspec.url_to_fs(address)
    if files.exists(base):
        files.rm(base, recursive=True)


def _flat(table: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, str]]:
    """Write lists and dicts as JSON; return the frame and the kind of each column."""
    kinds, columns = {}, {}
    for name, column in table.items():
        values = column.tolist()
        nested = any(isinstance(value, list | dict) for value in values)
        kinds[str(name)] = "json" if nested else str(column.dtype)
        columns[str(name)] = (
            pd.Series([json.dumps(value) for value in values], dtype="object")
            if nested
            else column.reset_index(drop=True)
        )
    return pd.DataFrame(columns), kinds


def _restored(flat: pd.DataFrame, kinds: dict[str, str]) -> pd.DataFrame:
    columns = {}
    for name, kind in kinds.items():
        if kind == "json":
            columns[name] = pd.Series(map(json.loads, flat[name]), dtype="object")
        elif kind == "object":
            values = [None if pd.isna(value) else value for value in flat[name].tolist()]
            columns[name] = pd.Series(values, dtype="object")
        else:
            columns[name] = flat[name].astype(cast(Any, kind))
    return pd.DataFrame(columns)
