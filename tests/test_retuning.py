"""`verify tune` and `verify drift` from the command line, on claims of the seeds."""

import csv
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.conftest import WordEncoder
from verify import records, retuning
from verify.analysis.cross_encoder import PACKAGED
from verify.analysis.tuned import load
from verify.cli import main
from verify.review.decisions import decide_many
from verify.review.scaling import drawn
from verify.review.tune import Tuning
from verify.settings import Settings
from verify.store import views
from verify.store.filters import Filters
from verify.store.store import Store
from verify.store.tables import vectors

SEEDS = Path(__file__).parents[1] / "seeds" / "panjshir"
RAISED = 'conflicts = 30.0\ndecisions = 40\ntuned_by = "Ada"\n'


@pytest.fixture
def desk(desk_settings: Settings, word_encoder: WordEncoder) -> Store:
    """The seeds, with two conflicts confirmed and two rejected."""
    assert main(["build", str(SEEDS)]) == 0
    store = Store.open(desk_settings)
    found, _ = views.pairs(store, Filters(relation="conflicts"), limit=4)
    values = ("confirmed", "confirmed", "rejected", "rejected")
    wishes = [("pair", one, value, 0) for one, value in zip(found["pair_id"], values, strict=True)]
    assert len(decide_many(store, wishes, "Ada").done) == 4
    return store


def conflicts(store: Store) -> int:
    return views.pairs(store, Filters(relation="conflicts"), limit=0)[1]


def test_few_decisions_are_told_and_nothing_is_suggested_or_applied(
    desk: Store, desk_settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["tune"]) == 0
    told = capsys.readouterr().out
    assert "In use: as shipped" in told
    assert "4 decisions in" in told
    assert "4 of 50 decisions" in told
    assert "Nothing was changed." in told
    assert main(["tune", "--apply"]) == 2
    assert "There is nothing to apply" in capsys.readouterr().err
    assert not desk_settings.relation_file.exists()


def test_an_applied_file_changes_the_next_build_and_reset_restores_it(
    desk: Store, desk_settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    before = conflicts(desk)
    desk_settings.relation_file.write_text(RAISED)
    assert main(["build", str(SEEDS)]) == 0
    assert conflicts(desk) < before
    newest = records.rows(views.runs(desk, limit=1))[0]
    assert newest["settings"]["relation"]["conflicts"] == 30.0
    capsys.readouterr()
    assert main(["doctor"]) == 0
    assert "conflicts from 30" in capsys.readouterr().out
    assert main(["tune", "--reset"]) == 0
    assert not desk_settings.relation_file.exists()
    assert main(["build", str(SEEDS)]) == 0
    assert conflicts(desk) == before
    assert records.rows(views.runs(desk, limit=1))[0]["settings"]["relation"] == "as shipped"


def test_decisions_still_count_after_a_build_took_their_pairs_out_of_sight(
    desk: Store, desk_settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    with desk.writing() as connection:  # as if they had been made before the next build
        connection.exec_driver_sql("UPDATE standing SET decided_at = '2020-01-01T00:00:00Z'")
    desk_settings.relation_file.write_text(RAISED)
    assert main(["build", str(SEEDS)]) == 0
    capsys.readouterr()
    assert main(["tune"]) == 0
    assert "conflicts  4 decisions" in capsys.readouterr().out


def test_drift_counts_and_lists_what_another_line_would_change_and_changes_nothing(
    desk: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = records.rows(views.pairs(desk, limit=None)[0])
    capsys.readouterr()
    out = tmp_path / "drift.csv"
    assert main(["drift", "--conflicts", "30", "--out", str(out)]) == 0
    told = capsys.readouterr().out
    assert "4 reviewed pairs: 2 confirmed, 2 rejected" in told
    assert "2  confirmed pairs that would no longer be called supporting or conflicting" in told
    assert "2  rejected pairs that would be gone" in told
    with out.open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.DictReader(file))
    assert len(table) == 4
    assert {row["relation_before"] for row in table} == {"conflicts"}
    assert "conflicts" not in {row["relation_after"] for row in table}
    assert records.rows(views.pairs(desk, limit=None)[0]) == before


def test_drift_without_options_finds_nothing_where_nothing_was_set_anew(
    desk: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["drift"]) == 0
    told = capsys.readouterr().out
    assert "4  scores that would change by 0 to 0.01" in told
    assert "0  confirmed pairs" in told
    assert "anyway" not in told


def test_drift_reads_another_file_and_another_model_and_keeps_no_vector_of_it(
    desk: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "other.toml").write_text(RAISED)
    assert main(["drift", "--relation", str(tmp_path / "other.toml")]) == 0
    assert "2  rejected pairs that would be gone" in capsys.readouterr().out
    assert main(["drift", "--model", "another"]) == 0
    with desk.reading() as connection:
        assert set(connection.scalars(select(vectors.c.model))) == {Settings.model}


def test_without_decisions_both_commands_say_what_to_do(
    desk_settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in ("tune", "drift"):
        assert main([command]) == 2
        assert "Decide on pairs on the Review page first" in capsys.readouterr().err


def test_a_broken_file_stops_a_build_before_any_work_and_the_doctor_names_it(
    desk_settings: Settings, word_encoder: WordEncoder, capsys: pytest.CaptureFixture[str]
) -> None:
    desk_settings.data_dir.mkdir()
    desk_settings.relation_file.write_text("conflicts = much")
    for command in (["build", str(SEEDS)], ["tune"], ["drift"]):
        assert main(command) == 2
        (line,) = capsys.readouterr().err.splitlines()
        assert "relation.toml" in line
        assert "verify tune --reset" in line
    assert main(["doctor"]) == 0
    assert "relation.toml" in capsys.readouterr().out


def test_what_drift_cannot_ask_about_is_an_error(
    desk_settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["drift", "--relation", str(tmp_path / "none.toml")]) == 2
    assert main(["drift", "--conflicts", "nan"]) == 2
    assert "Give log-odds" in capsys.readouterr().err


def test_what_is_suggested_is_written_with_who_applied_it_and_from_how_many_decisions(
    desk_settings: Settings,
) -> None:
    desk_settings.data_dir.mkdir()
    suggested = drawn((1.0, 0.9), (0.0, -0.6), 64)
    retuning.keep(Tuning((), suggested, 0), desk_settings)
    found = load(desk_settings.relation_file)
    assert found is not None
    assert found.settings == suggested
    assert (found.settings.decisions, found.tuned_by) == (64, "Tester")


@pytest.fixture
def reading_desk(desk: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The desk, built anew with the packaged relation model, as its installation names it."""
    monkeypatch.setenv("VERIFY_RELATION_MODEL", PACKAGED)
    assert main(["build", str(SEEDS)]) == 0
    return desk


def test_drift_relates_with_the_model_that_builds_use(
    reading_desk: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["drift"]) == 0
    told = capsys.readouterr().out
    assert "4  scores that would change by 0 to 0.01" in told
    assert "anyway" not in told


def test_drift_says_what_another_relation_model_would_change(
    reading_desk: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "drift.csv"
    assert main(["drift", "--relation-model", "none", "--out", str(out)]) == 0
    with out.open(encoding="utf-8-sig", newline="") as lines:
        table = list(csv.DictReader(lines))
    assert any(row["p_conflicts_before"] != row["p_conflicts_after"] for row in table)


def test_a_missing_relation_model_stops_a_build_before_any_work(
    desk: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    before = len(views.runs(desk))
    assert main(["build", str(SEEDS), "--relation-model", "no-such-folder/model"]) == 2
    assert "The relation model cannot be loaded" in capsys.readouterr().err
    assert len(views.runs(desk)) == before
