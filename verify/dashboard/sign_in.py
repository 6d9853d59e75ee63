"""Signing in with OpenID Connect: the file that configures it, looked at before anything is served.

The file is TOML in Streamlit's own form, a table ``[auth]``; ``VERIFY_SIGN_IN`` names it. What it
holds is never part of a message: a message says which entry is missing, not what another one says.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlparse

from verify.errors import InputError

NEEDED: Final = ("redirect_uri", "cookie_secret", "client_id", "client_secret")
METADATA: Final = "server_metadata_url"
CALLBACK: Final = "/oauth2callback"
SHORTEST_SECRET: Final = 32
"""Characters of ``cookie_secret``: whoever guesses it signs in as anybody; 32 hex digits are 128
bits, as much as NIST SP 800-107 asks of a key for HMAC."""
LOCAL: Final = ("127.0.0.1", "localhost", "::1")
"""Where an address without encryption reaches nobody else."""
REMEDY: Final = "See docs/signing-in.md."


def check(file: Path) -> None:
    """Raise ``InputError`` where the file would let nobody sign in, or the wrong people."""
    auth = _read(file).get("auth")
    if not isinstance(auth, dict):
        raise InputError("There is no table [auth]", str(file), REMEDY)
    missing = [name for name in (*NEEDED, METADATA) if not _text(auth, name)]
    if missing:
        raise InputError(f"[auth] lacks {', '.join(missing)}", str(file), REMEDY)
    if len(_text(auth, "cookie_secret")) < SHORTEST_SECRET:
        what = f"cookie_secret is shorter than {SHORTEST_SECRET} characters"
        raise InputError(what, str(file), "Write a random one; docs/signing-in.md says how.")
    if not _text(auth, "redirect_uri").endswith(CALLBACK):
        what = f"redirect_uri does not end with {CALLBACK}"
        raise InputError(what, str(file), "Write the desk's address and that.")
    for name in ("redirect_uri", METADATA):
        _encrypted(_text(auth, name), name, file)


def origin(file: Path) -> str:
    """Return scheme, host and port under which people reach the desk."""
    parsed = urlparse(_text(_read(file)["auth"], "redirect_uri"))
    return f"{parsed.scheme}://{parsed.netloc}"


def takes_unstated(file: Path) -> bool:
    """Whether an address counts as verified where the provider does not say that it is or is not.

    Some providers never say it and let nobody choose an address; the file then says
    ``unstated_is_verified = true`` in the table ``[verify]``.
    """
    own = _read(file).get("verify")
    return isinstance(own, dict) and own.get("unstated_is_verified") is True


def _encrypted(address: str, name: str, file: Path) -> None:
    parsed = urlparse(address)
    if parsed.scheme != "https" and parsed.hostname not in LOCAL:
        what = f"{name} is not an https address"
        raise InputError(what, str(file), "Without encryption others read who signs in.")


def _text(table: dict[str, Any], name: str) -> str:
    value = table.get(name)
    return value if isinstance(value, str) else ""


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(
            f"The file for signing in cannot be read: {error.strerror}", str(file), REMEDY
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        # the parser's own message quotes the line, which may hold a secret
        what = "The file for signing in is not TOML"
        raise InputError(what, str(file), REMEDY) from None
