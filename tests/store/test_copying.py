"""A store copied whole, in each direction between the two databases."""

import hashlib
import io
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Table, insert, select, text

from tests.store.bridge import DENIAL, claim, document, fill
from verify.cli import main
from verify.errors import InputError, LeftOut, StoreError
from verify.records import CLAIMS, DOCUMENTS, frame
from verify.review.audit import audit
from verify.review.decisions import decide
from verify.review.evidence import attach_file
from verify.review.undoing import undo
from verify.settings import Settings
from verify.store import copying, views
from verify.store.filters import Filters
from verify.store.schema import metadata
from verify.store.store import Store

pytestmark = pytest.mark.postgresql
ODD = "“Ärger” \N{GRINNING FACE} 'x' \\ %s :y \t\n \u0645"


@pytest.fixture(params=["to PostgreSQL", "to SQLite", "to a folder"])
def both(request: pytest.FixtureRequest, tmp_path: Path, postgresql_url: str) -> tuple[Any, Any]:
    """Settings of a store and of the one that it is copied into."""
    here = Settings(data_dir=tmp_path / "here")
    server = Settings(data_dir=tmp_path / "server", database_url=postgresql_url)
    there = Settings(data_dir=tmp_path / "there")
    pairs = {"to PostgreSQL": (here, server), "to SQLite": (server, there)}
    return pairs.get(request.param, (here, there))


def filled(settings: Settings) -> Store:
    """Make a store with something in every table."""
    store = Store.open(settings)
    fill(store)
    original = settings.data_dir / "wire.txt"
    original.write_text("The dam held.")
    sha256 = hashlib.sha256(b"The dam held.").hexdigest()
    store.keep_original(original, sha256)
    told = document("d8", ODD, original_sha256=sha256, file="wire.txt", given={"a": [1, None]})
    store.add_documents(frame([told], DOCUMENTS), "r1")
    store.add_claims(frame([claim("c8", "d8", ODD, speaker=ODD)], CLAIMS), "r1")
    store.add_vectors(["h1", "h2"], "small", [[0.6, 0.8], [1.0, 0.0]])
    store.set_sources(frame([{"source": "Hill Radio", "kind": None}], dict.fromkeys(
        ("source", "kind", "side", "reliability"), "text")))  # fmt: skip
    alias = {"side": "North", "kind": "alias", "words": "General Ode"}
    store.set_sides(frame([alias], dict.fromkeys(alias, "text")))
    run = store.start_run({"model": "small"})
    store.add_left_out(run, [LeftOut("a.csv", "No text", "Fill it in.", row=7)])
    store.finish_run(run, "done", {"bytes": 3_000_000_000})
    store.progress(run, "read", 3_000_000_000, 4_000_000_000)
    decide(store, "claim", "c1", "verified", reviewer="Ada", note=ODD, seen_version=0)
    made = decide(store, "pair", DENIAL, "rejected", reviewer="Ben", seen_version=0)
    undo(store, made.seq, "Ben")
    decide(store, "claim", "c2", "Observers", field="side", reviewer="Ada", seen_version=0)
    letter = io.BytesIO(b"A letter.")
    attach_file(store, ("claim", "c1"), letter, name="letter.txt", reviewer="Ada", note=ODD)
    with store.writing() as connection:
        for table in metadata.sorted_tables:
            if connection.execute(select(table).limit(1)).first() is None:
                connection.execute(insert(table).values(made_up(connection, table)))
    return store


def made_up(connection: Connection, table: Table) -> dict[str, Any]:
    """A row for a table that this test does not know yet."""
    row: dict[str, Any] = {}
    for column in table.columns:
        kind = column.type.python_type
        row[column.name] = b"\x00\xff" if kind is bytes else {} if kind is dict else kind(1)
        for key in column.foreign_keys:
            row[column.name] = connection.scalar(select(key.column).limit(1))
    return row


def everything(store: Store) -> dict[str, list[dict[str, Any]]]:
    with store.reading() as connection:
        return {
            table.name: [
                row._asdict()
                for row in connection.execute(select(table).order_by(*table.primary_key.columns))
            ]
            for table in metadata.sorted_tables
        }


def copied(old: Settings, new: Settings) -> Store:
    source, target = copying.source(old), copying.target(new)
    steps: list[int] = []
    told = copying.copy(source, target, steps.append)
    assert sum(steps) == copying.extent(source) == sum(told.rows.values())
    return target


def test_every_row_of_every_table_comes_over_as_it_is(both: tuple[Settings, Settings]) -> None:
    store = filled(both[0])
    before = everything(store)
    assert [name for name, rows in before.items() if not rows] == []
    assert everything(copied(*both)) == before
    assert everything(store) == before


def test_the_log_of_the_copy_is_whole_with_the_same_hashes(both: tuple[Settings, Settings]) -> None:
    filled(both[0])
    copy = copied(*both)
    assert audit(copy) == []
    made = decide(copy, "claim", "c3", "disputed", reviewer="Ada", seen_version=0)
    assert made.seq == 6
    assert audit(copy) == []


def test_claims_and_runs_that_come_later_are_numbered_on(both: tuple[Settings, Settings]) -> None:
    filled(both[0])
    copy = copied(*both)
    copy.add_claims(frame([claim("c9", "d8", "Later.")], CLAIMS), "r2")
    with copy.reading() as connection:
        told = connection.execute(text("SELECT n FROM claims ORDER BY n")).scalars().all()
    assert told == [1, 2, 3, 4, 5, 6]
    copy.add_left_out(copy.start_run({}), [LeftOut("b.csv", "No text", "Fill it in.")])


def test_the_copy_is_searched_as_the_store_is(both: tuple[Settings, Settings]) -> None:
    filled(both[0])
    found, _ = views.claims(copied(*both), Filters(search="soldiers bri"))
    assert list(found["claim_id"]) == ["c1"]


def test_a_store_that_holds_anything_is_not_copied_into(both: tuple[Settings, Settings]) -> None:
    filled(both[0])
    Store.open(both[1]).start_run({})
    with pytest.raises(InputError, match="not empty"):
        copied(*both)
    assert views.claims(Store.open(both[1]))[1] == 0


def test_what_stops_in_the_middle_leaves_nothing(both: tuple[Settings, Settings]) -> None:
    filled(both[0])
    source, target = copying.source(both[0]), copying.target(both[1])

    def breaks(step: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copying.copy(source, target, breaks)
    assert not any(everything(target).values())


def test_a_store_of_another_schema_is_left_alone(both: tuple[Settings, Settings]) -> None:
    store = filled(both[0])
    with store.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    with pytest.raises(StoreError, match=r"has schema 0001.*verify doctor"):
        copied(*both)


def test_a_table_that_would_be_left_behind_is_said(both: tuple[Settings, Settings]) -> None:
    store = filled(both[0])
    with store.writing() as connection:
        connection.execute(text("CREATE TABLE notes (words TEXT)"))
    with pytest.raises(StoreError, match="none of ours: notes"):
        copied(*both)
    with store.writing() as connection:
        connection.execute(text("DROP TABLE notes"))


def test_a_place_without_a_store_is_said_and_none_is_made(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="There is no store"):
        copying.source(Settings(data_dir=tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_the_command_says_what_it_copied_and_names_what_is_missing(
    tmp_path: Path,
    postgresql_url: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store = filled(Settings(data_dir=tmp_path / "here"))
    monkeypatch.setenv("VERIFY_DATA", str(tmp_path / "server"))
    assert main(["copy", str(tmp_path / "here"), postgresql_url]) == 0
    told = capsys.readouterr().out.split("\n")
    assert ["decisions", "5"] in [line.split() for line in told]
    assert len(list((tmp_path / "server" / "originals").iterdir())) == 2
    for kept in store.originals.iterdir():
        kept.unlink()
    assert main(["copy", str(tmp_path / "here"), str(tmp_path / "there")]) == 1
    assert "not copied: The file is gone" in capsys.readouterr().out
