"""Every knob: name, unit, default, and where the default comes from."""

from __future__ import annotations

import getpass
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from verify.errors import InputError

BEST_RULES: Final = ("middle", "latest", "independent", "reliable")
"""How the best figure is chosen among the counts that stand; see `verify.analysis.reconcile`."""
MOST_MB: Final = 2000
"""Largest value of ``evidence_mb``: a file's size is kept as a whole number of 32 bits."""


@dataclass(frozen=True)
class Settings:
    """What one installation or one run may set; built once at the edge (`from_environment`)."""

    data_dir: Path = Path("data")
    """Store and originals; environment VERIFY_DATA."""
    database_url: str = field(default="", repr=False)
    """SQLAlchemy URL; empty: SQLite at ``data_dir/verify.db``; environment VERIFY_DATABASE_URL."""
    model: str = "all-MiniLM-L6-v2"
    """Embedding model: the packaged one by this name, a folder, or a hub name; VERIFY_MODEL."""
    allow_hub: bool = False
    """Whether a hub may be contacted for a model that is not on disk; VERIFY_ALLOW_HUB=1."""
    relation_model: str = "relation-MiniLM-L6"
    """Cross-encoder that reads pairs which the rules leave open: the packaged one by this name, a
    folder, a hub name, or "none"; VERIFY_RELATION_MODEL."""
    rules_only: bool = False
    """Whether rules alone read who says what, without the trained model; VERIFY_RULES_ONLY=1."""
    evidence_mb: int = 25
    """Largest file that is attached as evidence, megabytes (a photograph has 2 to 12, a scanned
    report 5 to 20); VERIFY_EVIDENCE_MB."""
    best_rule: str = "middle"
    """Which of the counts that stand is the best figure (docs/numbers.md): middle, latest,
    independent or reliable; VERIFY_BEST."""
    reviewer: str = field(default="")
    """Who decides when nobody signed in; VERIFY_REVIEWER, else the login name."""

    publisher: str = ""
    """Who publishes the reviews that are exported; empty: the reviewer; VERIFY_PUBLISHER."""
    public_url: str = ""
    """Where readers find this desk, such as https://desk.example.org; VERIFY_PUBLIC_URL."""
    sign_in: Path | None = None
    """TOML file that says how people sign in; VERIFY_SIGN_IN. None: names are not checked."""

    @property
    def url(self) -> str:
        """The SQLAlchemy URL of the store."""
        return self.database_url or f"sqlite:///{self.store_file}"

    @property
    def store_file(self) -> Path:
        """The SQLite store, where no other one is named."""
        return self.data_dir / "verify.db"

    @property
    def originals(self) -> Path:
        """Folder of the input files' bytes, each named by its SHA-256."""
        return self.data_dir / "originals"

    @property
    def relation_file(self) -> Path:
        """What `verify tune --apply` writes and each build reads; see `verify.analysis.tuned`."""
        return self.data_dir / "relation.toml"


def _whole(text: str, name: str) -> int:
    if text and not (text.isascii() and text.isdigit() and 0 < int(text) <= MOST_MB):
        raise InputError(f"{text!r} is no size", name, f"Give whole megabytes, 1 to {MOST_MB}.")
    return int(text or Settings.evidence_mb)


def best_rule(name: str, where: str = "VERIFY_BEST") -> str:
    """Return the rule for best of that name, the default for none; raises ``InputError``."""
    if name and name not in BEST_RULES:
        raise InputError(
            f"{name!r} is no rule for the best figure", where, f"Name one: {', '.join(BEST_RULES)}."
        )
    return name or Settings.best_rule


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # an account without a name, as in some containers
        return "reviewer"


def from_environment() -> Settings:
    """Read the VERIFY_* variables; what is not set keeps its default."""
    env = os.environ
    return Settings(
        data_dir=Path(env.get("VERIFY_DATA", "") or "data"),
        database_url=env.get("VERIFY_DATABASE_URL", ""),
        model=env.get("VERIFY_MODEL", Settings.model),
        relation_model=env.get("VERIFY_RELATION_MODEL", "") or Settings.relation_model,
        allow_hub=env.get("VERIFY_ALLOW_HUB", "") == "1",
        rules_only=env.get("VERIFY_RULES_ONLY", "") == "1",
        publisher=env.get("VERIFY_PUBLISHER", ""),
        public_url=env.get("VERIFY_PUBLIC_URL", "").rstrip("/"),
        evidence_mb=_whole(env.get("VERIFY_EVIDENCE_MB", ""), "VERIFY_EVIDENCE_MB"),
        best_rule=best_rule(env.get("VERIFY_BEST", "")),
        reviewer=env.get("VERIFY_REVIEWER", "") or _login(),
        sign_in=Path(env["VERIFY_SIGN_IN"]) if env.get("VERIFY_SIGN_IN") else None,
    )
