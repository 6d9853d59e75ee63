"""Pictures and PDFs are opened in a process apart, so that a hostile one takes nothing down.

The process (`verify.review.evidence_opening`) has little memory and time, knows no address or
password of the store, and answers with one line of JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from verify.errors import InputError
from verify.review.evidence_opening import ANSWER_BYTES, CPU_S

WALL_S: Final = 4 * CPU_S
"""Seconds after which the process is ended whatever it does; a busy machine takes its time."""


@dataclass(frozen=True)
class Opened:
    """What was found in a file: size and hash of a picture, and what the file says of itself."""

    width: int | None = None
    height: int | None = None
    perceptual_hash: str | None = None
    says: dict[str, Any] = field(default_factory=dict)


def opened(path: Path, media_type: str, name: str, thumbnail: Path | None = None) -> Opened:
    """Open a picture or PDF apart; a picture's thumbnail is written to ``thumbnail``.

    Raises ``InputError`` where it is damaged, too large or takes too long.
    """
    command = [sys.executable, "-m", "verify.review.evidence_opening", str(path), media_type]
    command += [str(thumbnail)] if thumbnail is not None else []
    secret = ("VERIFY_", "PG")  # PGPASSWORD and the like are PostgreSQL's
    environment = {key: value for key, value in os.environ.items() if not key.startswith(secret)}
    environment["OPENBLAS_NUM_THREADS"] = "1"  # each thread would set memory aside
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            timeout=WALL_S,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise _too_much(name) from error
    if done.returncode or len(done.stdout) > ANSWER_BYTES:
        raise _too_much(name)
    answer = json.loads(done.stdout)
    if "refused" in answer:
        raise InputError(answer["refused"], name, answer["remedy"])
    return Opened(**answer)


def _too_much(name: str) -> InputError:
    return InputError(
        "The file takes more time or memory to open than a sound one of its kind",
        name,
        "Save it anew with another program, or attach a link to it.",
    )
