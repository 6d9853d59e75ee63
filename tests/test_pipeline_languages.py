"""A build keeps texts that it does not read, and says so once a language."""

from pathlib import Path

from tests.conftest import WordEncoder
from tests.ingest.test_languages import TEXTS
from verify import pipeline
from verify.settings import Settings
from verify.store.store import Store


def test_the_build_says_once_a_language_what_it_kept_unread(
    tmp_path: Path, desk_store: Store, desk_settings: Settings, word_encoder: WordEncoder
) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    for number, code in enumerate(["fa", "fa", "ps"]):
        (folder / f"{number}.txt").write_text(f"{number}. {TEXTS[code]}", encoding="utf-8")
    (folder / "north.txt").write_text("The council said 12 soldiers were killed at the bridge.")
    summary = pipeline.build([folder], desk_store, desk_settings)
    assert [note.what.split(":")[0] for note in summary.notes] == [
        "2 documents are in Persian (Dari)",
        "1 document is in Pashto",
    ]
    assert summary.claims_new == 10
    again = pipeline.build([folder], desk_store, desk_settings)
    assert again.notes == []
