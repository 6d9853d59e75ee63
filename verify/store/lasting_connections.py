"""Connections to SQLite that stay open: each is opened anew once its file is another one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry


def watch(engine: Engine, file: str) -> None:
    """Open connections anew once another file, or another log of it, lies at the address.

    A copy that is written over the file in place is not noticed while the log stays: whoever puts
    one back stops the desk first.
    """

    def note(_connection: Any, entry: ConnectionPoolEntry) -> None:
        entry.info["files"] = _files(file)

    def compare(_connection: Any, entry: ConnectionPoolEntry, _proxy: Any) -> None:
        if entry.info.get("files", known := _files(file)) != known:
            raise DisconnectionError(f"{file} is another file now")

    event.listen(engine, "checkin", note)
    event.listen(engine, "checkout", compare)


def _files(file: str) -> list[tuple[int, int] | None]:
    return [_identity(Path(file)), _identity(Path(f"{file}-wal"))]


def _identity(file: Path) -> tuple[int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
