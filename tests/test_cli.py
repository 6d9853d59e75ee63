import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import WordEncoder
from tests.store.bridge import fill
from verify.cli import main
from verify.settings import Settings
from verify.store.store import Store


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_extract_gives_spans_of_the_document(tmp_path: Path) -> None:
    text = "A monitor said at least 31 people were killed in Amberville on Monday."
    (tmp_path / "in.jsonl").write_text(json.dumps({"doc_id": "d", "text": text}) + "\n")
    assert main(["extract", str(tmp_path / "in.jsonl"), "--out", str(tmp_path / "out")]) == 0
    (claim,) = lines(tmp_path / "out")
    assert claim["doc_id"] == "d"
    assert text[claim["start"] : claim["end"]] == claim["text"]  # type: ignore[misc]
    assert claim["speaker"] == {"text": "A monitor", "start": 0, "end": 9}
    assert claim["quantities"] == [
        {
            "text": "at least 31",
            "start": 15,
            "end": 26,
            "low": 31,
            "high": None,
            "kind": "killed",
            "counted": "people",
            "side": None,
        }
    ]


def test_group_answers_every_row_even_equal_ones(tmp_path: Path, word_encoder: WordEncoder) -> None:
    rows = [{"id": n, "text": "The Amber bridge was shelled on Monday."} for n in range(3)]
    (tmp_path / "in.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
    assert main(["group", str(tmp_path / "in.jsonl"), "--out", str(tmp_path / "out")]) == 0
    assert [row["id"] for row in lines(tmp_path / "out")] == [0, 1, 2]


def test_relate_says_relation_scores_and_reasons(tmp_path: Path, word_encoder: WordEncoder) -> None:
    pair = {
        "id": "p",
        "a": {
            "text": "12 soldiers were killed at the Amber bridge on Monday.",
            "date": "2020-05-04",
        },
        "b": {
            "text": "40 soldiers were killed at the Amber bridge on Monday.",
            "date": "2020-05-04",
        },
    }
    (tmp_path / "in.jsonl").write_text(json.dumps(pair))
    assert main(["relate", str(tmp_path / "in.jsonl"), "--out", str(tmp_path / "out")]) == 0
    (row,) = lines(tmp_path / "out")
    assert row["relation"] == "conflicts"
    assert {"id", "relation", "p_supports", "p_conflicts", "reasons"} <= set(row)


def test_a_row_that_is_not_json_is_listed_and_the_rest_goes_on(
    tmp_path: Path, word_encoder: WordEncoder, capsys: pytest.CaptureFixture[str]
) -> None:
    good = json.dumps({"id": "a", "text": "The Amber bridge was shelled."})
    (tmp_path / "in.jsonl").write_text(f"{good}\n{{broken\n")
    assert main(["group", str(tmp_path / "in.jsonl"), "--out", str(tmp_path / "out")]) == 1
    assert len(lines(tmp_path / "out")) == 1
    assert "in.jsonl, row 2" in capsys.readouterr().out


def test_a_stage_never_writes_over_its_input(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text(json.dumps({"id": "a", "text": "The Amber bridge was shelled."}))
    before = source.read_text()
    for stage in ("extract", "group", "relate"):
        assert main([stage, str(source), "--out", str(source)]) == 2
    assert source.read_text() == before


def test_odd_rows_are_left_out_or_answered_one_by_one(
    tmp_path: Path, word_encoder: WordEncoder
) -> None:
    rows = [
        {"id": 1, "text": "The Amber bridge was shelled.", "date": 20200504},
        {"id": "1", "text": "The Amber bridge was shelled.", "source": ["a", "list"]},
        {"id": "blank", "text": "   "},
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
    assert main(["group", str(tmp_path / "in.jsonl"), "--out", str(tmp_path / "out")]) == 1
    assert [row["id"] for row in lines(tmp_path / "out")] == [1, "1"]


def test_a_slip_in_a_filter_is_told_and_gives_no_empty_table(
    tmp_path: Path, desk_settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    for slip in (["--status", "verifed"], ["--side", "Nrth"], ["--event", "e0"]):
        assert main(["export", "--out", str(tmp_path / "review.csv"), *slip]) == 2
    assert not (tmp_path / "review.csv").exists()


def test_a_missing_file_is_one_line_and_exit_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["extract", str(tmp_path / "none"), "--out", str(tmp_path / "out")]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_build_export_audit(
    tmp_path: Path,
    desk_settings: Settings,
    word_encoder: WordEncoder,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "a.txt").write_text("A mayor said the Amber bridge was shelled on Monday.")
    assert main(["build", str(tmp_path / "a.txt")]) == 0
    assert "1 new documents" in capsys.readouterr().out
    assert main(["export", "--out", str(tmp_path / "review.csv")]) == 0
    assert "the Amber bridge was shelled on Monday" in (tmp_path / "review.csv").read_text()
    capsys.readouterr()
    assert main(["audit"]) == 0
    assert "0 decisions and 1 originals" in capsys.readouterr().out


def test_a_column_under_another_name_is_mapped(
    tmp_path: Path, desk_settings: Settings, word_encoder: WordEncoder
) -> None:
    (tmp_path / "t.csv").write_text("utterance,who\nThe Amber bridge stands.,a mayor\n")
    mapped = ["--map", "claim=utterance", "--map", "speaker=who"]
    assert main(["build", str(tmp_path / "t.csv"), *mapped]) == 0
    assert main(["export", "--out", str(tmp_path / "review.jsonl")]) == 0
    (row,) = lines(tmp_path / "review.jsonl")
    assert (row["claim_text"], row["speaker"]) == ("The Amber bridge stands.", "mayor")


def test_help_loads_neither_torch_nor_streamlit_nor_pandas() -> None:
    asked = "import sys; from verify.cli import parser; parser(); print(*sys.modules)"
    loaded = subprocess.check_output([sys.executable, "-c", asked], text=True).split()
    assert not {"torch", "streamlit", "pandas", "sentence_transformers"} & set(loaded)


def test_the_doctor_names_versions_model_store_and_space(
    desk_settings: Settings, word_encoder: WordEncoder, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["doctor"]) == 0
    told = capsys.readouterr().out
    assert "words loads, 384 dimensions" in told
    assert "0 events, 0 claims, 0 pairs" in told
    assert "free space" in told


def test_the_doctor_goes_on_when_the_model_is_missing(
    desk_settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VERIFY_MODEL", "nowhere/no-such-model")
    assert main(["doctor"]) == 0
    told = capsys.readouterr().out
    assert "nowhere/no-such-model" in told
    assert "free space" in told


def test_the_doctor_ends_with_1_where_the_store_cannot_be_reached(
    desk_settings: Settings,
    word_encoder: WordEncoder,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("VERIFY_DATABASE_URL", "postgresql://me@127.0.0.1:1/desk")
    assert main(["doctor"]) == 1
    told = capsys.readouterr()
    (store,) = (line for line in told.out.splitlines() if line.startswith("store"))
    assert "The store cannot be read" in store
    assert "Look whether the server runs" in store
    assert "free space" in told.out
    assert told.err == "verify: the store cannot be used.\n"


def test_decisions_made_in_a_spreadsheet_come_back(
    tmp_path: Path, desk_settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(Store.open(desk_settings))
    path = tmp_path / "review.csv"
    assert main(["export", "--out", str(path)]) == 0
    path.write_text(path.read_text(encoding="utf-8").replace("unreviewed", "verified", 1))
    capsys.readouterr()
    assert main(["import", str(path), "--dry-run"]) == 0
    out = capsys.readouterr().out
    assert "row 2, c1, status: “unreviewed” to “verified”" in out
    assert "to be recorded: 1 decision; nothing was changed" in out
    assert main(["import", str(path), "--reviewer", "Ines"]) == 0
    assert "recorded: 1 decision" in capsys.readouterr().out
    assert main(["export", "--out", str(path)]) == 0
    assert "verified,Ines," in path.read_text(encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8").replace("unreviewed", "verifed", 1))
    assert main(["import", str(path)]) == 1
    assert "review.csv, row 3, column status" in capsys.readouterr().out
    path.write_text("a,b\n")
    assert main(["import", str(path)]) == 2
    assert "this is no review table" in capsys.readouterr().err


def test_an_audit_of_a_folder_without_a_store_makes_none(tmp_path: Path, monkeypatch, capsys):
    monkeypatch.setenv("VERIFY_DATA", str(tmp_path / "nowhere"))
    assert main(["audit"]) == 2
    assert "There is no store" in capsys.readouterr().err
    assert not (tmp_path / "nowhere").exists()


def test_a_reader_that_stops_early_is_no_fault(desk_settings: Settings):
    Store.open(desk_settings)
    command = f"{sys.executable} -m verify.cli doctor | head -1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1] == "0"
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("port", ["99999", "http"])
def test_a_port_that_is_none_is_refused(port: str, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["serve", "--port", port])
    assert stopped.value.code == 2
    assert "is no port" in capsys.readouterr().err
