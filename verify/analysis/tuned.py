"""The small file by which one desk sets the relation anew: ``relation.toml`` in its data folder.

``verify tune --apply`` writes it from what reviewers decided, each build reads it, and a person
may edit it::

    supports = 0.3          # log-odds from which on a pair is shown as supporting
    conflicts = 0.7         # and as conflicting
    scale = [1.0, 0.86]     # factor on the log-odds, for supports and for conflicts
    shift = [0.0, -0.41]    # added to them after that
    decisions = 64          # how many decisions the values come from
    tuned_at = "2026-11-25T10:00:00Z"
    tuned_by = "Ada"

What it leaves out keeps the shipped value.
"""

from __future__ import annotations

import json
import math
import os
import secrets
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from verify.analysis.relate import RelateSettings
from verify.errors import InputError

REMEDY: Final = "Correct that line, or go back to the shipped values with verify tune --reset."
FURTHEST: Final = 50.0
"""Log-odds beyond which a value is taken for a slip: a chance of 1 in 10^21."""


@dataclass(frozen=True)
class Tuned:
    """The values of one file, and where they come from."""

    settings: RelateSettings
    tuned_at: str = ""
    tuned_by: str = ""

    def told(self) -> str:
        """Say the values in one line."""
        of = self.settings
        scale, shift = (tuple(f"{value:g}" for value in pair) for pair in (of.scale, of.shift))
        origin = f", {self.tuned_at}" if self.tuned_at else ""
        by = f" by {self.tuned_by}" if self.tuned_by else ""
        return (
            f"supports from {of.supports:g}, conflicts from {of.conflicts:g}, "
            f"scale {' / '.join(scale)}, shift {' / '.join(shift)} "
            f"({of.decisions} decisions{origin}{by})"
        )

    def values(self) -> dict[str, Any]:
        """Return what the file holds, as a dict that JSON and TOML can hold."""
        of = self.settings
        return {
            "supports": of.supports,
            "conflicts": of.conflicts,
            "scale": list(of.scale),
            "shift": list(of.shift),
            "decisions": of.decisions,
            "tuned_at": self.tuned_at,
            "tuned_by": self.tuned_by,
        }


def load(path: Path) -> Tuned | None:
    """Read a tuned file; None where there is none.

    Raises ``InputError`` where it cannot be read, is not TOML, or holds a name or value that is
    not one of those above.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"The tuned values cannot be read: {error}", str(path), REMEDY) from error
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"The tuned values are not TOML: {error}", str(path), REMEDY) from error
    return _checked(found, path)


def _checked(found: dict[str, Any], path: Path) -> Tuned:
    shipped = Tuned(RelateSettings()).values()
    unknown = [name for name in found if name not in shipped]
    if unknown:
        what = f"{unknown[0]!r} is none of the values ({', '.join(shipped)})"
        raise InputError(f"The tuned values are wrong: {what}", str(path), REMEDY)
    for name, value in found.items():
        fault = _fault(name, value)
        if fault:
            what = f"{name} = {value!r} {fault}"
            raise InputError(f"The tuned values are wrong: {what}", str(path), REMEDY)
    return of({**shipped, **found})


def of(whole: dict[str, Any]) -> Tuned:
    """Make of `Tuned.values` what they tell of."""
    settings = replace(
        RelateSettings(),
        supports=float(whole["supports"]),
        conflicts=float(whole["conflicts"]),
        scale=(float(whole["scale"][0]), float(whole["scale"][1])),
        shift=(float(whole["shift"][0]), float(whole["shift"][1])),
        decisions=whole["decisions"],
    )
    return Tuned(settings, whole["tuned_at"], whole["tuned_by"])


def _fault(name: str, value: Any) -> str | None:
    if name in ("tuned_at", "tuned_by"):
        return None if isinstance(value, str) else "is not text in quotes"
    if name == "decisions":
        whole = isinstance(value, int) and not isinstance(value, bool) and value >= 0
        return None if whole else "is not a whole number from 0 on"
    if name in ("supports", "conflicts"):
        return None if _number(value) else f"is not a number within {FURTHEST:g} of 0"
    if not (isinstance(value, list) and len(value) == 2 and all(map(_number, value))):
        return "is not two numbers, for supports and for conflicts"
    return "has a factor that is not above 0" if name == "scale" and min(value) <= 0 else None


def _number(value: Any) -> bool:
    plain = isinstance(value, int | float) and not isinstance(value, bool)
    return plain and math.isfinite(value) and abs(value) <= FURTHEST


def save(tuned: Tuned, path: Path) -> None:
    """Write a tuned file whole, or leave what is there. Raises ``InputError`` where it cannot."""
    said = "\n".join(f"{name} = {_toml(value)}" for name, value in tuned.values().items())
    head = "# Written by verify tune --apply; verify tune --reset removes it.\n"
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with unfinished.open("w", encoding="utf-8") as file:
            file.write(f"{head}{said}\n")
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except OSError as error:
        what = f"The tuned values cannot be written: {error.strerror}"
        raise InputError(what, str(path), "Make the data folder writable.") from error
    finally:
        unfinished.unlink(missing_ok=True)


def _toml(value: Any) -> str:
    """Write numbers, lists of them and strings, which TOML and JSON write alike but for DEL."""
    if isinstance(value, str):
        value = value.encode("utf-8", "replace").decode()
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def remove(path: Path) -> bool:
    """Remove a tuned file; return whether there was one. Raises ``InputError`` where it cannot."""
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        what = f"The tuned values cannot be removed: {error.strerror}"
        raise InputError(what, str(path), "Make the data folder writable.") from error
    return True
