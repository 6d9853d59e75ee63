"""Who publishes, and the names that claims and documents have outside of this desk."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from typing import Any, BinaryIO, Final
from urllib.parse import quote, urlsplit

from verify.errors import InputError
from verify.settings import Settings

_ALLOWED: Final = "!#$%&'()*+,/:;=?@[]~"
"""Characters of an address that stay as they are (RFC 3986); others are written in hex."""


@dataclass(frozen=True)
class Published:
    """What an export says of the desk that it comes from."""

    publisher: str = ""
    """The organisation that reviews; empty: the reviewers themselves."""
    public_url: str = ""
    """Where readers find this desk, without a slash at its end; empty: nowhere."""

    @classmethod
    def of(cls, settings: Settings, publisher: str | None = None) -> Published:
        """Take it from the settings; ``publisher`` stands above them.

        Raises ``InputError`` for a public address that is none.
        """
        address = settings.public_url.rstrip("/")
        if address and web_address(address) is None:
            remedy = "Write it as https://desk.example.org."
            raise InputError(f"{address!r} is no address", "VERIFY_PUBLIC_URL", remedy)
        return cls((publisher or settings.publisher).strip(), address)

    def claim_address(self, claim_id: str) -> str | None:
        """Return the address of a claim's page on this desk, None where it has none."""
        return f"{self.public_url}/claim?claim={quote(claim_id)}" if self.public_url else None


def web_address(url: str | None) -> str | None:
    """Return an address of the web as RFC 3986 writes it, None for anything else."""
    text = (url or "").strip()
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        return None
    return quote(text, safe=_ALLOWED) if parts.scheme in ("http", "https") and host else None


def urn(name: str) -> str:
    """Name something for good that has no address: a UUID made of its name (RFC 9562)."""
    return uuid.uuid5(uuid.NAMESPACE_OID, name).urn


def write_json(value: Any, out: BinaryIO) -> None:
    """Write JSON that may stand inside a script element of a page: no "<" can end that."""
    told = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    out.write(told.replace("<", "\\u003c").encode())


def filled(**values: Any) -> dict[str, Any]:
    """Keep what is known: no property says null."""
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}
