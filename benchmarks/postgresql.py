"""A PostgreSQL server for tests and benchmarks, made in a temporary folder and gone with it.

It listens on a socket in that folder alone, so that no port is taken and nobody else reaches it.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import psycopg
from sqlalchemy import create_engine, text

REMEDY: Final = (
    "PostgreSQL's server is not installed: apt-get install postgresql, or put initdb on the path."
)
INSTALLED: Final = Path("/usr/lib/postgresql")
"""Where Debian puts each version."""
USER: Final = "tester"
UNPRIVILEGED: Final = ("postgres", "nobody")
"""Who runs the server where this is root, as which PostgreSQL refuses to run."""
QUICK: Final = {"fsync": "off", "full_page_writes": "off"}
"""For tests that kill clients: what is lost then is what was not committed, never a page."""
COMMON: Final = {
    "listen_addresses": "",
    "max_connections": "60",
    "shared_buffers": "64MB",
    "client_min_messages": "warning",
}

ENDS_WITH_US: Final = '"$@" & server=$!; read -r _; kill -QUIT $server; wait $server; rm -rf "$0"'
"""Waits for the end of its input, which comes when whoever started it is gone; then tidies up."""


@dataclass(frozen=True)
class Server:
    """A server that runs, and where it is."""

    folder: Path

    def url(self, database: str, user: str = USER) -> str:
        """Give the address of one of its databases, as VERIFY_DATABASE_URL takes it."""
        return f"postgresql://{user}@/{database}?host={self.folder}"

    def run(self, *statements: str, database: str = "postgres") -> None:
        """Run statements one by one as the server's owner, each in a transaction of its own."""
        address = self.url(database).replace("postgresql:", "postgresql+psycopg:")
        engine = create_engine(address, isolation_level="AUTOCOMMIT")
        try:
            with engine.connect() as connection:
                for statement in statements:
                    connection.execute(text(statement))
        finally:
            engine.dispose()


def binaries() -> Path:
    """Return the folder of initdb and postgres; raises ``FileNotFoundError`` with the remedy."""
    asked = shutil.which("pg_config")
    places = []
    if asked:
        told = subprocess.run([asked, "--bindir"], capture_output=True, text=True, check=False)
        places.append(Path(told.stdout.strip()))
    versions = INSTALLED.glob("*/bin")
    places += sorted(versions, key=lambda folder: int(folder.parent.name), reverse=True)
    on_path = shutil.which("initdb")
    if on_path:
        places.append(Path(on_path).resolve().parent)
    for place in places:
        if (place / "initdb").exists() and (place / "postgres").exists():
            return place
    raise FileNotFoundError(REMEDY)


@contextmanager
def server(*, durable: bool = False) -> Iterator[Server]:
    """Run a server until the block ends; ``durable``: what it commits survives power loss too.

    Its databases sort text by the rules of English, as those of most installations do: what relies
    on the order of bytes shows.
    """
    tools = binaries()
    folder = Path(tempfile.mkdtemp(prefix="verify-pg-", dir="/tmp"))
    try:
        _give_away(folder)
        data = folder / "data"
        made = ["--username", USER, "--auth", "trust", "--encoding", "UTF8", "--no-sync"]
        sorting = ["--locale", "C.UTF-8", "--locale-provider", "icu", "--icu-locale", "en-US"]
        _run([tools / "initdb", "--pgdata", data, *made, *sorting], folder)
        chosen = COMMON | {"unix_socket_directories": str(folder)} | ({} if durable else QUICK)
        options = [f"-c{name}={value}" for name, value in chosen.items()]
        with _running([str(tools / "postgres"), "-D", str(data), *options], folder):
            yield Server(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _running(command: Sequence[str], folder: Path) -> Iterator[None]:
    """Run the server; it ends with the block, and with this process too if that is killed."""
    with (folder / "log").open("wb") as log:
        kept = subprocess.Popen(
            ["sh", "-c", ENDS_WITH_US, str(folder), *command],
            stdin=subprocess.PIPE, stdout=log, stderr=log, cwd=folder, **_identity(),
        )  # fmt: skip
    try:
        _wait(folder, kept)
        yield
    finally:
        assert kept.stdin is not None
        kept.stdin.close()
        kept.wait()


def _wait(folder: Path, server: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers; a machine that trains a model beside it takes its time."""
    for _ in range(1200):
        try:
            psycopg.connect(host=str(folder), user=USER, dbname="postgres").close()
            return
        except psycopg.OperationalError:
            if server.poll() is not None:
                break
            time.sleep(0.05)
    told = (folder / "log").read_text(errors="replace")
    raise RuntimeError(f"The server did not start: {told[-2000:]}")


def _unprivileged() -> pwd.struct_passwd | None:
    if os.geteuid() != 0:
        return None
    known = {user.pw_name: user for user in pwd.getpwall()}
    return next(known[name] for name in UNPRIVILEGED if name in known)


def _give_away(folder: Path) -> None:
    owner = _unprivileged()
    if owner is not None:
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    folder.chmod(0o755)  # clients of other users reach the socket


def _identity() -> dict[str, Any]:
    owner = _unprivileged()
    if owner is None:
        return {}
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


def _run(command: Sequence[str | Path], folder: Path) -> None:
    """Run one of the server's programs; its output is shown only where it fails."""
    done = subprocess.run(
        [str(part) for part in command],
        capture_output=True, text=True, cwd=folder, check=False, **_identity(),
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{Path(command[0]).name} failed: {done.stdout}{done.stderr}")
