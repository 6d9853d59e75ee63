"""Claims in a language that is not read: no screen may credit what nobody looked for."""

from __future__ import annotations

from verify.ingest.languages import NAMES, READS, UNKNOWN, is_read, language_of
from verify.records import Row


def language(claim: Row) -> str:
    """Name the language of a claim (CLAIM_VIEW) that was kept without being read; else "".

    A whole document tells its language better than one sentence, unless it says it is English.
    """
    checkable = (claim["read_as"] or {}).get("checkable", claim["checkable"])
    stated = claim["language"]
    if checkable or is_read(claim["text"], stated):
        return ""
    whole = stated if stated not in READS else None
    code = whole or language_of(claim["text"], stated) or UNKNOWN
    return NAMES.get(code, f"the language “{code}”")
