"""What a database refuses is one line with a remedy, and no password is ever printed."""

import os
import threading
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from benchmarks import postgresql
from tests.store.bridge import fill
from verify.cli import main
from verify.doctor import _store
from verify.errors import InputError, StoreError
from verify.review.decisions import decide
from verify.settings import Settings
from verify.store import connect, views
from verify.store.filters import Filters
from verify.store.refusals import shown
from verify.store.store import Store

SECRET = "open-sesame"


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql//me:{SECRET}@host/db",
        f"postgresql://me:{SECRET}@host:port/db",
        f"nosuch://me:{SECRET}@host/db",
        f"mysql://me:{SECRET}@host/db",
        f"postgresql+nosuch://me:{SECRET}@host/db",
        f"postgresql://me:{SECRET}@127.0.0.1:1/db",
        f"postgresql://127.0.0.1:1/db?user=me&password={SECRET}",
        f"postgresql://me@127.0.0.1:1/db?sslpassword={SECRET}&nosuch={SECRET}",
        SECRET,
    ],
)
def test_an_address_that_does_not_work_is_one_line_without_its_password(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("VERIFY_DATA", str(tmp_path))
    monkeypatch.setenv("VERIFY_DATABASE_URL", address)
    assert main(["audit"]) == 2
    told = capfd.readouterr()
    assert SECRET not in told.out + told.err
    assert len(told.err.splitlines()) == 1
    assert "VERIFY_DATABASE_URL" in told.err or "postgresql://USER@HOST/DATABASE" in told.err


def test_an_address_is_shown_without_any_password():
    url = make_url(f"postgresql://me:{SECRET}@host/db?sslpassword={SECRET}&sslmode=require")
    assert shown(url) == "postgresql://me:***@host/db?sslmode=require"
    assert SECRET not in repr(Settings(database_url=str(url)))


def test_an_address_without_a_driver_is_psycopgs():
    for name in ("postgresql", "postgres", "postgresql+psycopg"):
        assert connect.address(f"{name}://me@host/db").drivername == "postgresql+psycopg"


@pytest.mark.postgresql
def test_a_database_that_is_not_there_is_said_with_what_to_do(tmp_path: Path, postgresql_url: str):
    absent = make_url(postgresql_url).set(database="absent").render_as_string()
    settings = Settings(data_dir=tmp_path, database_url=absent)
    with pytest.raises(StoreError, match=r"does not exist.*Look whether the server runs"):
        Store.open(settings)
    assert "absent" in _store(settings).value


def test_a_write_waits_for_another_one_and_then_says_so(
    store: Store, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(connect, "BUSY_MS", 200)
    other = connect.connect(store.engine.url.render_as_string(hide_password=False))
    with (
        store.writing(),
        pytest.raises(StoreError, match=r"cannot be written.*Nothing was changed; try again"),
        connect.writing(other) as connection,
    ):
        connection.execute(text("UPDATE claims SET status = 'disputed'"))
    other.dispose()
    assert views.claims(store, Filters(status="disputed"))[1] == 0


def test_what_is_read_is_one_state_whatever_is_written_meanwhile(store: Store):
    with store.reading() as connection:
        count = text("SELECT count(*) FROM decisions")
        before = connection.scalar(count)
        decide(store, "claim", "c1", "verified", reviewer="Ada", seen_version=0)
        assert connection.scalar(count) == before == 0


@pytest.mark.postgresql
def test_a_statement_that_the_server_stops_is_an_error_with_a_remedy(
    tmp_path: Path, postgresql_url: str
):
    limited = f"{postgresql_url}&options=-cstatement_timeout%3D50"
    store = Store(connect.connect(limited), tmp_path)
    for opened in (store.reading, store.writing):
        with (
            pytest.raises(StoreError, match="statement_timeout be longer"),
            opened() as connection,
        ):
            connection.execute(text("SELECT pg_sleep(2)"))


@pytest.mark.postgresql
def test_a_right_that_is_missing_is_an_error_with_a_remedy(tmp_path: Path, postgresql_url: str):
    store = Store.open(Settings(data_dir=tmp_path, database_url=postgresql_url))
    guest = f"guest_{os.getpid()}"  # roles are the whole server's
    with store.writing() as connection:
        connection.execute(text(f"CREATE ROLE {guest}"))
        connection.execute(text(f"GRANT USAGE ON SCHEMA public TO {guest}"))
    asked = f"DO $$ BEGIN SET LOCAL ROLE {guest}; DELETE FROM vectors; END $$"
    with pytest.raises(StoreError, match="give this user the right"), store.writing() as connection:
        connection.execute(text(asked))
    with store.writing() as connection:
        connection.execute(text(f"DROP OWNED BY {guest}"))
        connection.execute(text(f"DROP ROLE {guest}"))


@pytest.mark.postgresql
def test_a_connection_that_breaks_is_an_error_once_and_then_made_anew(
    tmp_path: Path, postgresql_url: str
):
    store = Store.open(Settings(data_dir=tmp_path, database_url=postgresql_url))
    fill(store)
    end = text("SELECT pg_terminate_backend(pg_backend_pid())")
    with pytest.raises(StoreError, match="cannot be read"), store.reading() as connection:
        connection.execute(end)
    assert views.claims(store)[1] == 4


def test_a_server_that_is_gone_when_a_build_begins_is_an_error_with_a_remedy():
    gone = connect.connect(f"postgresql://me:{SECRET}@127.0.0.1:1/db")
    told = r"^Nothing was built.*Look whether the server runs"
    with pytest.raises(StoreError, match=told) as raised, connect.building(gone):
        pytest.fail("it was built")
    assert SECRET not in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.postgresql
def test_one_build_at_a_time_works_on_a_server(tmp_path: Path, postgresql_url: str):
    one, other = (connect.connect(postgresql_url) for _ in range(2))
    with (
        connect.building(one),
        pytest.raises(InputError, match="Another build is at work"),
        connect.building(other),
    ):
        pass
    with connect.building(other):
        pass


@pytest.mark.postgresql
def test_a_build_that_ends_badly_lets_the_next_one_work(tmp_path: Path, postgresql_url: str):
    engine = connect.connect(postgresql_url)
    with pytest.raises(KeyboardInterrupt), connect.building(engine):
        raise KeyboardInterrupt
    with connect.building(engine):
        pass


def test_text_that_no_database_holds_finds_nothing_and_is_no_error(store: Store):
    assert views.claims(store, Filters(side="No\0rth", search="a\0b"))[1] == 0
    with pytest.raises(InputError, match="There is no claim"):
        decide(store, "claim", "c\0", "verified", reviewer="Ada", seen_version=0)


def test_two_threads_may_read_and_decide_through_one_store(store: Store):
    made = []

    def work(claim: str) -> None:
        made.append(decide(store, "claim", claim, "verified", reviewer="Ada", seen_version=0).seq)

    threads = [threading.Thread(target=work, args=(f"c{n}",)) for n in (1, 2, 3, 4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(made) == [1, 2, 3, 4]


def test_without_the_servers_programs_the_tests_say_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(postgresql, "INSTALLED", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(FileNotFoundError, match="apt-get install postgresql"):
        postgresql.binaries()
