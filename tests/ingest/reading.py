"""Read a whole file at once, and check on the way that every row is accounted for."""

from dataclasses import dataclass, field
from pathlib import Path

from verify import records
from verify.errors import LeftOut
from verify.ingest.read import read


@dataclass
class Whole:
    documents: list[records.Row] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    notes: list[LeftOut] = field(default_factory=list)
    rows_seen: int = 0

    @property
    def texts(self) -> list[str]:
        return [document["text"] for document in self.documents]

    @property
    def rows_left_out(self) -> list[int | None]:
        return [fault.row for fault in self.left_out]


def read_whole(path: Path, mapping: dict[str, str] | None = None) -> Whole:
    whole = Whole()
    done = -1
    for reading in read(path, mapping):
        rows_left_out = [fault for fault in reading.left_out if fault.row is not None]
        assert reading.rows_seen == len(reading.documents) + len(rows_left_out) <= 1000
        assert done <= reading.bytes_done <= reading.original.size
        done = reading.bytes_done
        whole.documents += records.rows(reading.documents)
        whole.left_out += reading.left_out
        whole.notes += reading.notes
        whole.rows_seen += reading.rows_seen
    assert done == path.stat().st_size
    return whole


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path
