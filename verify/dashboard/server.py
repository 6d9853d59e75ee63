"""The server of the dashboard: bound to this machine, and strict about what a browser may load."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final, cast
from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from verify.dashboard import sign_in, warm
from verify.dashboard.heard_once import HeardOnce
from verify.errors import VerifyError
from verify.settings import Settings, from_environment

HEADERS: Final = {
    # What texts from elsewhere hold stays inert: no foreign script, picture, style or frame.
    # Charts need wasm-unsafe-eval and blob:, components inline styles. A connection to 'self'
    # may be a WebSocket (CSP level 3; tried in Chromium).
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'self'",
            "script-src 'self' 'wasm-unsafe-eval' blob:",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "frame-src 'none'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
UPLOAD_MB: Final = 200
"""Largest file that the Import page takes, megabytes; larger ones are read by their path."""
OPTIONS: Final[dict[str, object]] = {
    "server.address": "127.0.0.1",
    "server.headless": True,
    "server.fileWatcherType": "none",
    "server.enableCORS": True,
    "server.enableXsrfProtection": True,
    "server.maxUploadSize": UPLOAD_MB,
    "client.toolbarMode": "viewer",
    "client.disableDataExport": True,  # the table's own download does not escape formulas
    "client.showErrorDetails": "type",
    "client.showErrorLinks": "false",  # they would carry the error to a search engine
    "browser.gatherUsageStats": False,
    "global.disableWidgetStateDuplicationWarning": True,  # of fields that a button sets back
    "runner.magicEnabled": False,  # what a docstring says is no output
}

LOCAL_HOSTS: Final = ("127.0.0.1", "localhost")
"""Names under which a browser may reach the desk, beside the one that signing in leads back to. A
page elsewhere whose name is made to point at this machine has another one."""


class SafeHeaders:
    """Add `HEADERS` to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request as the app does, with our headers on top."""

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self.app(scope, receive, send_safely if scope["type"] == "http" else send)


class OwnPages:
    """Refuse what a page of another site asks for, before Streamlit is asked.

    Streamlit would refuse it too, but first asks a service elsewhere for this machine's address.
    """

    def __init__(self, app: ASGIApp, origins: Sequence[str]) -> None:
        self.app, self.origins = app, origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer requests of our own pages, and of what is no browser's page at all."""
        if scope["type"] in ("http", "websocket") and not self._own(Headers(scope=scope)):
            refused = Response("This page is not the desk's own.", status_code=403)
            await _refuse(refused, scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _own(self, headers: Headers) -> bool:
        origin = headers.get("origin")
        if origin is None or origin in self.origins:
            return True
        return urlsplit(origin).netloc == headers.get("host", "")


async def _refuse(answer: Response, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "http":
        await answer(scope, receive, send)
    else:  # closed before it was accepted, which the server turns into a 403
        await send({"type": "websocket.close", "code": 1008})


def command(settings: Settings, port: int) -> list[str]:
    """Return the command that serves the store of ``settings`` at 127.0.0.1:``port``.

    Port 0 takes a free one, which the log names. Everything but the data folder reaches the
    process through the environment, as the variables of `verify.settings`.
    """
    folder = str(settings.data_dir.resolve())
    return [sys.executable, "-m", "verify.dashboard.server", "--port", str(port), "--data", folder]


def options(settings: Settings, port: int) -> dict[str, object]:
    """Return what Streamlit is told, with the file for signing in where there is one.

    No other file of secrets is looked for: one that happens to lie about says nothing here.
    Raises ``InputError`` where that file would let nobody sign in.
    """
    hosts, told = list(LOCAL_HOSTS), {**OPTIONS, "server.port": port, "secrets.files": []}
    if settings.sign_in is not None:
        sign_in.check(settings.sign_in)
        told["secrets.files"] = [str(settings.sign_in.resolve())]
        own = sign_in.origin(settings.sign_in)
        told["server.corsAllowedOrigins"] = [own]
        hosts.append(urlsplit(own).hostname or "")
    return {**told, "server.allowedHosts": hosts}


def main(argv: Sequence[str] | None = None) -> None:
    """Serve until stopped."""
    asked = argparse.ArgumentParser(prog="verify.dashboard.server")
    asked.add_argument("--port", type=int, default=8501)
    asked.add_argument("--data", type=Path)
    chosen = asked.parse_args(argv)
    if chosen.data is not None:
        os.environ["VERIFY_DATA"] = str(chosen.data)
    try:
        told = options(from_environment(), chosen.port)
    except VerifyError as error:
        sys.exit(f"verify: {error}")
    script = Path(__file__).parent / "entry" / "desk.py"
    own = cast("Sequence[str]", told.get("server.corsAllowedOrigins", ()))
    desk = st.App(
        script,
        middleware=[
            Middleware(SafeHeaders),
            Middleware(OwnPages, origins=own),
            Middleware(HeardOnce),
        ],
        lifespan=warm.up,
    )
    desk.run(config=told)


if __name__ == "__main__":
    main()
