"""What a database says when it refuses, as one line with a remedy, and without a password."""

from __future__ import annotations

from typing import Final

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError, ProgrammingError

from verify.errors import StoreError

_AGAIN: Final = "try again in a moment, and look for a build that is at work"
_REMEDIES: Final = {
    "55P03": _AGAIN,
    "57014": "try again; where it comes back, let the server's statement_timeout be longer",
    "40": "try again",
    "57P": "try again when the server runs again",
    "08": "try again when the server can be reached again",
    "53100": "make room on the disk of the database server",
    "53300": "let the server take more connections (max_connections), or close other programs",
    "28": "look at the user and password in VERIFY_DATABASE_URL, and at the server's pg_hba.conf",
    "3D": "make that database first (createdb), or name another one by VERIFY_DATABASE_URL",
    "42501": "let the owner of the database give this user the right to it",
    "25006": "name the server that takes writes by VERIFY_DATABASE_URL, not a copy of it",
}
"""Beginning of PostgreSQL's error code (its manual, appendix A) -> what to do about it."""
_SHOWN: Final = ("host", "port", "sslmode")
_UNREACHED: Final = "look whether the server runs and VERIFY_DATABASE_URL names it rightly"


def shown(url: URL) -> str:
    """Write an address as it may be printed: without a password or anything unknown."""
    secret = [name for name in url.query if name not in _SHOWN]
    return url.difference_update_query(secret).render_as_string(hide_password=True)


def one_line(error: BaseException | None) -> str:
    """Give an error's words in one line; PostgreSQL likes to tell stories of several."""
    return " ".join(str(error).split())


def mendable(error: DBAPIError) -> bool:
    """Whether an error is no slip of this program: a right is missing, or an address is wrong."""
    if not isinstance(error, ProgrammingError):
        return True
    return _code(error) == "42501" or error.statement is None


def refusal(error: DBAPIError, what: str, url: URL, remedy: str, kept: str = "") -> StoreError:
    """Make the error that a person reads; ``remedy``: where the code of the error tells none.

    ``kept`` says first what became of the data.
    """
    if url.get_backend_name() == "postgresql":
        code = _code(error)
        told = [words for start, words in _REMEDIES.items() if code.startswith(start)]
        remedy = told[-1] if told else remedy if code else _UNREACHED
    remedy = f"{kept}; {remedy}" if kept else remedy
    said = f"{what}: {one_line(error.orig)}"
    return StoreError(said, shown(url), f"{remedy[0].upper()}{remedy[1:]}.")


def _code(error: DBAPIError) -> str:
    return getattr(error.orig, "sqlstate", None) or ""
