"""Files in: kept under harmless names, built by a process of its own, accounted for afterwards."""

import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.dashboard.screen import Screen
from verify.dashboard import building, importing, pace
from verify.errors import InputError, LeftOut
from verify.summary import Summary


class File:
    def __init__(self, name, content=b"A bridge."):
        self.name, self.content = name, content

    def getbuffer(self):
        return memoryview(self.content)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("report.md", "report.md"),
        ("../../etc/passwd", "passwd"),
        ("C:\\texts\\a.csv", "a.csv"),
        (".hidden", "hidden"),
        ("a\x00b\n<c>.txt", "a_b__c_.txt"),
        ("доклад.txt", "доклад.txt"),
        ("..", "_"),
        ("n" * 300 + ".jsonl", "n" * 114 + ".jsonl"),
    ],
)
def test_names_of_uploads_are_harmless(given, kept):
    assert building.safe_name(given) == kept


def test_uploads_of_one_name_are_both_kept(desk_settings):
    folder = building.keep([File("a.txt", b"one"), File("a.txt", b"two")], desk_settings)
    assert folder.parent == desk_settings.data_dir / "incoming"
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {
        "a.txt": b"one",
        "a-2.txt": b"two",
    }


def test_a_path_that_is_not_there_is_said_before_anything_starts(tmp_path):
    with pytest.raises(InputError, match="nowhere"):
        building.existing(f"{tmp_path}\n{tmp_path / 'nowhere'}")


def test_a_wrong_sides_file_is_said_before_anything_starts(desk_settings):
    with pytest.raises(InputError):
        building.checked_sides(File("sides.toml", b"[[side]"), desk_settings)


def test_a_build_is_a_process_of_its_own_on_the_same_store(desk_settings, tmp_path, monkeypatch):
    seen = {}

    def popen(command, **more):
        seen.update(command=command, **more)
        return SimpleNamespace(pid=4711, poll=lambda: None)

    monkeypatch.setattr("subprocess.Popen", popen)
    build = building.start([tmp_path], desk_settings, sides=Path("s.toml"))
    assert seen["command"] == [
        sys.executable, "-m", "verify.cli", "build", str(tmp_path), "--sides", "s.toml",
    ]  # fmt: skip
    assert seen["start_new_session"] is True
    assert seen["env"]["VERIFY_DATA"] == str(desk_settings.data_dir)
    assert build.log == building.log_of(desk_settings, 4711)
    assert build.log.exists()


@pytest.fixture
def started(monkeypatch):
    """Builds that the page began, none of which runs."""
    calls = []

    def start(*given):
        calls.append(given)
        return building.Build(SimpleNamespace(pid=4711, poll=lambda: 2), Path("no.log"))

    monkeypatch.setattr(building, "start", start)
    return calls


def test_a_named_folder_is_read_in(empty, started, tmp_path):
    page = Screen("import")
    page.test.text_area(key="import_paths_0").set_value(str(tmp_path))
    page.press("import_begin")
    ((paths, _, sides),) = started
    assert (paths, sides) == ([tmp_path], None)
    assert "Started" in page.words


def test_nothing_chosen_starts_nothing(empty, started):
    page = Screen("import")
    page.press("import_begin")
    assert started == []
    assert "choose files or name a path first" in page.words


def test_a_wrong_path_starts_nothing(empty, started):
    page = Screen("import")
    page.test.text_area(key="import_paths_0").set_value("/no/such/place")
    page.press("import_begin")
    assert started == []
    assert "/no/such/place" in page.words


def test_an_uploaded_file_is_kept_and_read_in(empty, started):
    page = Screen("import")
    page.test.file_uploader(key="import_files_0").upload("note.txt", b"A bridge.", "text/plain")
    page.press("import_begin")
    ((paths, _, _),) = started
    assert [path.name for path in paths[0].iterdir()] == ["note.txt"]


def test_a_running_import_is_shown_and_bars_the_next(empty):
    run_id = empty.start_run({"paths": ["texts"]})
    empty.progress(run_id, "extract", 30, 120)
    page = Screen("import")
    assert "Step 2 of 5: Finding claims" in page.words
    assert "30 of 120 documents" in page.words
    assert page.test.button(key="import_begin").disabled


def test_a_run_that_died_is_named_so(empty, monkeypatch):
    run_id = empty.start_run({"paths": ["texts"]})
    empty.progress(run_id, "embed", 1, 9)
    monkeypatch.setattr("verify.store.runs._alive", lambda pid: pid != os.getpid())
    words = Screen("import").words
    assert "its process ended before it was done" in words
    assert "It got as far as “Turning claims into vectors”" in words


def test_the_last_words_of_a_failed_run_are_shown(empty, desk_settings):
    run_id = empty.start_run({"paths": ["texts"]})
    empty.finish_run(run_id, "failed", {"rows_seen": 3, "documents_new": 3, "claims_new": 5})
    log = building.log_of(desk_settings, os.getpid())
    log.parent.mkdir()
    log.write_text("read 1 %\rread 90 %\nMemoryError: <b>none left</b>\n")
    page = Screen("import")
    assert "MemoryError: <b>none left</b>" in page.words
    assert "<b>" not in page.html
    assert "In the store then" not in page.words


def test_a_build_that_never_became_a_run_says_why(empty, started, tmp_path):
    page = Screen("import")
    page.test.text_area(key="import_paths_0").set_value(str(tmp_path))
    page.press("import_begin")
    assert "The run did not begin" in page.words


def test_what_was_left_out_stands_with_its_remedy(empty):
    run_id = empty.start_run({"paths": ["texts"]})
    odd = LeftOut("<b>table</b>.csv", "The cell holds no text", "Fill it.", row=7, column="claim")
    empty.add_left_out(run_id, [odd])
    empty.finish_run(run_id, "done", {"rows_seen": 9, "documents_new": 8, "rows_left_out": 1})
    page = Screen("import")
    assert "9 rows in 0 files: 8 new documents, 0 known already, 1 left out" in page.words
    assert page.test.dataframe[0].value.to_dict("records") == [
        {"Why": "The cell holds no text", "To do": "Fill it.", "File": "<b>table</b>.csv",
         "Row": "7", "Column": "claim"}
    ]  # fmt: skip
    assert "<b>table" not in page.html


def test_earlier_runs_can_be_looked_at(empty):
    first = empty.start_run({"paths": ["old/texts"]})
    empty.finish_run(first, "done", {})
    second = empty.start_run({"paths": ["new"]})
    empty.finish_run(second, "failed", {})
    page = Screen("import")
    (field,) = [box.key for box in page.test.selectbox if box.key.startswith("import_run_")]
    page.choose(field, first)
    assert "old/texts" in page.words


def test_a_source_that_was_removed_is_told_with_who_did_it(empty):
    called = {"paths": [], "removed": "Evening Post", "removed_by": "Ada"}
    run_id = empty.start_run(called)
    told = Summary(run_id, removed="Evening Post", documents_gone=1, claims_gone=2, claims_kept=1)
    empty.finish_run(run_id, "done", told.counts())
    page = Screen("import")
    assert "nothing: Evening Post was removed by Ada" in page.words
    assert "1 document and 2 claims of Evening Post; 1 kept" in page.words


def test_the_rate_is_told_once_enough_was_seen():
    watched = pace.Pace("r1", "embed", 100, since=0.0)
    assert pace.told(watched, 110, 400, now=1.0) == "110 of 400 texts"
    assert pace.told(watched, 200, 400, now=10.0) == (
        "200 of 400 texts  ·  10 a second  ·  about 20 s left in this step"
    )


def test_a_new_stage_is_watched_anew():
    first = pace.watch(None, "r1", "read", 10)
    assert pace.watch(first, "r1", "read", 20) is first
    assert pace.watch(first, "r1", "extract", 0) is not first


def test_how_long_a_run_took():
    run = {"started_at": "2020-05-04T10:00:00Z", "finished_at": "2020-05-04T10:03:10Z"}
    assert importing.took(run) == "3 min"
