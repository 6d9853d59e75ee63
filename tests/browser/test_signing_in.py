"""Signing in through a provider: who is let in, under which name, and what is never logged."""

from __future__ import annotations

import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Desk, settled
from tests.browser.keys import ready_for_keys
from tests.browser.provider import CLIENT, SECRET, Provider, served

pytestmark = [pytest.mark.browser, pytest.mark.model]

COOKIE_SECRET = "5f0d1c7a9be24863c1d2e3f4a5b6c7d8"
PEOPLE = {
    "lea@desk.test": {},
    "RITA@desk.test": {},
    "stranger@elsewhere.test": {},
    "ben@desk.test": {"email_verified": False},
}


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.fixture
def provider() -> Iterator[Provider]:
    with served(PEOPLE) as made:
        yield made


@pytest.fixture
def guarded(built_seeds: Path, tmp_path: Path, provider: Provider) -> Iterator[Desk]:
    """A desk that asks everybody to sign in: Lea leads, Rita reads, Ben reviews."""
    data = tmp_path / "data"
    shutil.copytree(built_seeds, data)
    port = free_port()
    config = tmp_path / "sign-in.toml"
    config.write_text(
        "[auth]\n"
        f'redirect_uri = "http://127.0.0.1:{port}/oauth2callback"\n'
        f'cookie_secret = "{COOKIE_SECRET}"\n'
        f'client_id = "{CLIENT}"\n'
        f'client_secret = "{SECRET}"\n'
        f'server_metadata_url = "{provider.url}/.well-known/openid-configuration"\n'
    )
    desk = Desk(data, port=port, variables={"VERIFY_REVIEWER": "Lea"})
    for name, role in (("Lea", "lead"), ("Rita", "reader"), ("Ben", "reviewer")):
        address = f"{name.lower()}@desk.test"
        desk.verify("people", "add", name, "--role", role, "--address", address)
    desk.variables = {"VERIFY_SIGN_IN": str(config), "VERIFY_REVIEWER": "Ben"}
    desk.start()
    yield desk
    if desk.process is not None and desk.process.poll() is None:
        desk.kill()


def sign_in(desk: Desk, page: Page, address: str) -> None:
    page.goto(desk.url)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name=address).click()
    page.wait_for_url(f"{desk.url}/**")
    settled(page)


def decisions(desk: Desk) -> list[tuple[str, str, str]]:
    with sqlite3.connect(desk.data / "verify.db") as log:
        return log.execute(
            "SELECT field, value, reviewer FROM decisions WHERE target_kind = 'claim'"
        ).fetchall()


def test_who_signs_in_decides_under_the_name_that_the_address_belongs_to(
    guarded: Desk, page: Page, provider: Provider
) -> None:
    faults: list[str] = []
    page.on("console", lambda message: message.type == "error" and faults.append(message.text))
    sign_in(guarded, page, "lea@desk.test")
    expect(page.get_by_text("lead, signed in")).to_be_visible()
    expect(page.get_by_label("Reviewer")).to_have_count(0)
    page.get_by_role("link", name="Review", exact=True).click()
    expect(page.get_by_role("button", name="Verified")).to_be_visible()
    settled(page)
    ready_for_keys(page)
    page.keyboard.press("v")
    expect(page.get_by_text("Recorded: verified")).to_be_visible()
    assert decisions(guarded) == [("status", "verified", "Lea")]
    assert not provider.refused
    own = "Executing inline script"  # Streamlit's page holds one that it can do without
    assert not [
        one for one in faults if not one.startswith(own) and ("Polic" in one or "CORS" in one)
    ]
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    expect(page.get_by_role("link", name="Review", exact=True)).to_have_count(0)


def test_an_address_that_nobody_gave_a_role_sees_nothing(guarded: Desk, page: Page) -> None:
    sign_in(guarded, page, "stranger@elsewhere.test")
    told = "You are signed in as stranger@elsewhere.test, but nobody gave you a role."
    expect(page.get_by_text(told)).to_be_visible()
    for path in ("", "review", "compare", "exports", "team"):
        guarded.open(page, path)
        expect(page.get_by_text(told)).to_be_visible()
        expect(page.get_by_role("link", name="Events")).to_have_count(0)
        assert "Taliban" not in page.inner_text("body")


def test_an_address_that_the_provider_did_not_verify_is_nobody_s(guarded: Desk, page: Page) -> None:
    sign_in(guarded, page, "ben@desk.test")
    expect(page.get_by_text("has not verified that address")).to_be_visible()
    expect(page.get_by_role("link", name="Events")).to_have_count(0)


def test_a_reader_reads_and_is_drawn_no_verdict(guarded: Desk, page: Page) -> None:
    sign_in(guarded, page, "RITA@desk.test")
    expect(page.get_by_text("reader, signed in")).to_be_visible()
    guarded.open(page, "review")
    expect(page.get_by_text("Taliban").first).to_be_visible()
    expect(page.get_by_role("button", name="Verified")).to_have_count(0)
    page.keyboard.press("v")
    page.wait_for_timeout(500)
    assert decisions(guarded) == []


def test_a_role_that_is_taken_away_ends_at_the_next_press(guarded: Desk, page: Page) -> None:
    sign_in(guarded, page, "RITA@desk.test")
    guarded.variables["VERIFY_REVIEWER"] = "Lea"
    guarded.verify("people", "remove", "Rita")
    page.get_by_role("link", name="Review", exact=True).click()
    expect(page.get_by_text("but nobody gave you a role")).to_be_visible()


def test_nobody_without_a_cookie_of_this_desk_is_let_in(
    guarded: Desk, browser: Browser, page: Page
) -> None:
    sign_in(guarded, page, "lea@desk.test")
    cookies = page.context.cookies()
    (mine,) = [cookie for cookie in cookies if cookie["name"] == "_streamlit_user"]
    assert mine["httpOnly"]
    assert mine["sameSite"] == "Lax"
    other = browser.new_context()
    forged = mine["value"][:-6] + ("A" * 6)
    other.add_cookies([{"name": "_streamlit_user", "value": forged, "url": guarded.url}])
    intruder = other.new_page()
    intruder.goto(guarded.url)
    expect(intruder.get_by_role("button", name="Sign in")).to_be_visible()
    other.close()


def test_no_secret_stands_in_the_log_whatever_goes_wrong(
    guarded: Desk, page: Page, provider: Provider, tmp_path: Path
) -> None:
    sign_in(guarded, page, "lea@desk.test")
    page.goto(f"{guarded.url}/oauth2callback?code=forged&state=forged")
    page.goto(f"{guarded.url}/oauth2callback?error=denied&error_description=no")
    provider.codes.clear()
    page.context.clear_cookies()
    page.goto(guarded.url)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="lea@desk.test").wait_for()
    provider.codes.clear()  # the exchange will be refused
    page.get_by_role("link", name="lea@desk.test").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    (guarded.data / "verify.db").write_bytes(b"no database any more")
    page.goto(f"{guarded.url}/review")
    page.wait_for_timeout(1500)
    told = guarded.log.read_text()
    assert SECRET not in told
    assert COOKIE_SECRET not in told
    assert SECRET not in page.content()


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+psycopg://desk:pass-nobody-may-log@127.0.0.1:1/desk",
        "postgresql+nodriver://desk:pass-nobody-may-log@127.0.0.1:1/desk",
        "postgresql+psycopg://desk:pass-nobody-may-log@127.0.0.1:port/desk",
    ],
)
@pytest.mark.parametrize("command", [["serve", "--port", "0"], ["audit"], ["doctor"]])
def test_no_command_says_the_password_of_the_store(
    url: str, command: list[str], tmp_path: Path
) -> None:
    desk = Desk(tmp_path, variables={"VERIFY_DATABASE_URL": url})
    done = subprocess.run(
        [sys.executable, "-m", "verify.cli", *command],
        env=desk.environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    told = done.stdout + done.stderr
    assert "store" in told
    assert "pass-nobody-may-log" not in told
