"""A small OpenID provider on this machine: it asks nothing, and says who was chosen on its page.

Authorisation code flow with RS256, PKCE asked for and checked, each code good for one exchange.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "counterclaim-desk", "provider-secret-nobody-may-log"


@dataclass
class Provider:
    """Who can be signed in: address -> more that the provider says of them."""

    people: Mapping[str, Mapping[str, Any]]
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    url: str = ""

    def configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorise",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    def choice(self, asked: dict[str, str]) -> str:
        """Write the page on which somebody is chosen."""
        links = []
        for address in self.people:
            code = secrets.token_urlsafe(16)
            self.codes[code] = {**asked, "email": address}
            back = f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"
            links.append(f'<p><a href="{back}">{address}</a></p>')
        return "<h1>Who are you?</h1>" + "".join(links)

    def token(self, given: dict[str, str], authorization: str) -> dict[str, Any] | None:
        """Exchange a code; None where it is not theirs to exchange."""
        asked = self.codes.pop(given.get("code", ""), None)
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if asked is None or authorization != f"Basic {basic}":
            self.refused.append(json.dumps(given))
            return None
        digest = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != asked["code_challenge"]:
            self.refused.append("code_verifier")
            return None
        said = {
            "iss": self.url,
            "sub": asked["email"],
            "aud": CLIENT,
            "iat": int(time.time()),
            "exp": int(time.time()) + 300,
            "nonce": asked["nonce"],
            "email": asked["email"],
            "email_verified": True,
            **self.people[asked["email"]],
        }
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, said, self.key)
        return {"access_token": "none", "token_type": "Bearer", "expires_in": 300,
                "id_token": signed}  # fmt: skip


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            if asked.path == "/authorise":
                given = {name: values[0] for name, values in parse_qs(asked.query).items()}
                self._answer(provider.choice(given), "text/html")
            elif asked.path == "/keys":
                self._answer(json.dumps({"keys": [provider.key.as_dict(private=False)]}))
            else:
                self._answer(json.dumps(provider.configuration()))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            given = {name: values[0] for name, values in parse_qs(body).items()}
            answer = provider.token(given, self.headers.get("Authorization", ""))
            status = 200 if answer else 400
            self._answer(json.dumps(answer or {"error": "invalid_grant"}), status=status)

        def _answer(self, text: str, kind: str = "application/json", status: int = 200) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_: Any) -> None:
            """Say nothing on the terminal."""

    return Handler


@contextmanager
def served(people: Mapping[str, Mapping[str, Any]]) -> Iterator[Provider]:
    """Serve a provider for these people until the block ends."""
    provider = Provider(people)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(provider))
    provider.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
