"""Reading files in from the dashboard: keep what was uploaded, and run `verify build` beside it.

The build is a process of its own, because models must not live in the dashboard's; its progress
and outcome come back through the store.
"""

from __future__ import annotations

import os
import re
import secrets
import subprocess
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, Protocol

from verify.errors import InputError
from verify.ingest.sides import load_sides
from verify.settings import Settings

INCOMING: Final = "incoming"
"""Folder of uploads, below the data folder."""
LONGEST_NAME: Final = 120
"""Characters of a file's name that are kept, its ending included."""
_ODD: Final = re.compile(r"[^\w .()+,-]|\.\.+")


class Upload(Protocol):
    """A file as the browser sent it."""

    name: str

    def getbuffer(self) -> memoryview:
        """Return its bytes."""
        ...


@dataclass
class Build:
    """A build that this dashboard started: its process and its log."""

    process: subprocess.Popen[bytes]
    log: Path

    @property
    def exit_code(self) -> int | None:
        """Return the exit code, None while it runs."""
        return self.process.poll()


def log_of(settings: Settings, pid: int) -> Path:
    """Return where the output of the build with this process id is kept."""
    return settings.data_dir / "logs" / f"build-{pid}.log"


def last_line(log: Path) -> str:
    """Return the last line that a build wrote, "" where it wrote none here.

    A progress bar redraws one line by carriage returns; what counts is what stood there last.
    """
    if not log.exists():
        return ""
    lines = log.read_text(encoding="utf-8", errors="replace").replace("\r", "\n").splitlines()
    return next((line.strip() for line in reversed(lines) if line.strip()), "")


def uploaded(path: str) -> bool:
    """Tell whether a path lies where `keep` puts uploads."""
    return Path(path).parent.parent.name == INCOMING or Path(path).parent.name == INCOMING


def safe_name(name: str) -> str:
    """Make an uploaded name harmless: no folders, no controls, not hidden, its ending kept."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    kept = _ODD.sub("_", last).strip(" .") or "unnamed"
    ending = Path(kept).suffix[:20]
    return kept[: LONGEST_NAME - len(ending)].removesuffix(ending) + ending


def keep(uploads: Sequence[Upload], settings: Settings) -> Path:
    """Write uploads into a new folder below ``data_dir/incoming``; equal names are numbered."""
    folder = settings.data_dir / INCOMING / secrets.token_hex(8)
    folder.mkdir(parents=True)
    for upload in uploads:
        name = safe_name(upload.name)
        path = folder / name
        number = 2
        while path.exists():
            path = folder / f"{Path(name).stem}-{number}{Path(name).suffix}"
            number += 1
        with path.open("xb") as out:
            _write(out, upload)
    return folder


def _write(out: BinaryIO, upload: Upload) -> None:
    out.write(upload.getbuffer())
    out.flush()
    os.fsync(out.fileno())


def checked_sides(upload: Upload, settings: Settings) -> Path:
    """Keep an uploaded sides file and read it once; raises ``InputError`` where it is wrong."""
    path = keep([upload], settings) / safe_name(upload.name)
    load_sides(path)
    return path


def existing(words: str) -> list[Path]:
    """Turn lines of text into paths of this machine; raises ``InputError`` for one that is not."""
    paths = [Path(line.strip()).expanduser() for line in words.splitlines() if line.strip()]
    for path in paths:
        if not path.exists():
            raise InputError(
                "There is no such file or folder on this machine", str(path), "Check the path."
            )
    return [path.resolve() for path in paths]


def start(paths: Sequence[Path], settings: Settings, sides: Path | None = None) -> Build:
    """Start `verify build` on ``paths``, apart from this process and its fate."""
    log = settings.data_dir / "logs" / f".{secrets.token_hex(6)}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "verify.cli", "build", *map(str, paths)]
    if sides is not None:
        command += ["--sides", str(sides)]
    environment = {
        **os.environ,
        "VERIFY_DATA": str(settings.data_dir.resolve()),
        "VERIFY_DATABASE_URL": settings.database_url,
        "VERIFY_MODEL": settings.model,
    }
    with log.open("wb") as out:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            env=environment,
            start_new_session=True,
        )
    return Build(process, log.replace(log_of(settings, process.pid)))
