"""Who may open a session: the desk's own pages, and no page of another site."""

from __future__ import annotations

import socket
import urllib.error
import urllib.request

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tests.browser.conftest import Desk

pytestmark = [pytest.mark.browser, pytest.mark.model]


def opens(desk: Desk, host: str, origin: str | None) -> int:
    """Try to open a session as a page of ``origin`` that calls the desk ``host``; the status."""
    port = int(desk.url.rsplit(":", 1)[1])
    tried = socket.create_connection(("127.0.0.1", port))
    try:
        with connect(f"ws://{host}:{port}/_stcore/stream", sock=tried, origin=origin):
            return 101
    except InvalidStatus as refused:
        return int(refused.response.status_code)


def test_only_the_desk_s_own_pages_open_a_session(empty_desk: Desk) -> None:
    port = empty_desk.url.rsplit(":", 1)[1]
    assert opens(empty_desk, "127.0.0.1", f"http://127.0.0.1:{port}") == 101
    assert opens(empty_desk, "127.0.0.1", "https://elsewhere.example") == 403
    assert opens(empty_desk, "127.0.0.1", "http://127.0.0.1:1") == 403
    # a name of another site that was made to point at this machine
    assert opens(empty_desk, "elsewhere.example", f"http://elsewhere.example:{port}") == 403


def test_a_page_of_another_site_is_answered_nothing(empty_desk: Desk) -> None:
    for path in ("/", "/_stcore/health", "/_stcore/host-config"):
        asked = urllib.request.Request(
            empty_desk.url + path, headers={"Origin": "https://elsewhere.example"}
        )
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(asked, timeout=5)
        assert refused.value.code == 403
        assert "Content-Security-Policy" in refused.value.headers
