"""A claims table built into PostgreSQL by the command line, decided on, exported and audited."""

import csv
from pathlib import Path

import pytest

from tests.conftest import WordEncoder
from verify.cli import main
from verify.review.decisions import decide
from verify.settings import from_environment
from verify.store import views
from verify.store.filters import Filters
from verify.store.store import Store

pytestmark = pytest.mark.postgresql
TABLE = """claim,speaker,source,date
"At least 40 soldiers were killed at the Amber bridge on Monday.",General Ode,North Post,2020-05-04
"12 soldiers were killed at the Amber bridge on Monday.",a spokesman,South Star,2020-05-04
"The Amber bridge near Łódź was shelled on Monday.",Ministry of Łódź,Hill Radio,2020-05-05
"Water rose at the dam near Milltown.",,Agency,2020-06-01
"""
SIDES = """[[side]]
name = "North"
aliases = ["General Ode"]
[[side]]
name = "South"
sources = ["South Star"]
"""


def test_a_table_goes_through_the_desk_of_a_team(
    tmp_path: Path,
    postgresql_url: str,
    word_encoder: WordEncoder,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    given = tmp_path / "given"
    given.mkdir()
    (given / "claims.csv").write_text(TABLE, encoding="utf-8")
    (given / "sides.toml").write_text(SIDES, encoding="utf-8")
    monkeypatch.setenv("VERIFY_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("VERIFY_DATABASE_URL", postgresql_url)
    monkeypatch.setenv("VERIFY_RELATION_MODEL", "none")
    for _ in range(2):  # the second time nothing is new
        assert main(["build", "--rules-only", str(given)]) == 0
    assert not (tmp_path / "data" / "verify.db").exists()

    store = Store.open(from_environment())
    (found, count) = views.claims(store, Filters(search="łódź shel"))
    assert (count, views.claims(store)[1]) == (1, 4)
    pairs, _ = views.pairs(store, Filters(relation="conflicts"))
    assert list(pairs["conflict_kind"]) == ["number"]
    seen = str(found["claim_id"][0])
    decide(store, "claim", seen, "verified", reviewer="Ada", note="seen", seen_version=0)
    decide(store, "pair", pairs["pair_id"][0], "confirmed", reviewer="Ben", seen_version=0)
    store.engine.dispose()

    assert main(["export", "--out", str(tmp_path / "review.csv"), "--status", "verified"]) == 0
    with (tmp_path / "review.csv").open(encoding="utf-8-sig", newline="") as table:
        (row,) = csv.DictReader(table)
    assert (row["speaker"], row["note"], row["claim_id"]) == ("Ministry of Łódź", "seen", seen)
    capsys.readouterr()
    assert main(["audit"]) == 0
    assert "2 decisions and 1 originals" in capsys.readouterr().out
