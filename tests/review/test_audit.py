import hashlib
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.store.bridge import document
from verify.records import DOCUMENTS, frame
from verify.review.audit import audit
from verify.review.decisions import decide
from verify.review.undoing import undo
from verify.store.store import Store


@pytest.fixture
def decided(store: Store) -> Store:
    """Three decisions, the second of which is taken back by a fourth."""
    decide(store, "claim", "c1", "verified", reviewer="Ada", seen_version=0)
    second = decide(store, "claim", "c2", "disputed", reviewer="Ben", seen_version=0)
    decide(store, "claim", "c3", "unverifiable", reviewer="Ada", seen_version=0)
    undo(store, second.seq, "Ben")
    return store


def tamper(store: Store, *statements: str) -> None:
    """Change the store as someone would who has the file and drops the triggers."""
    with store.writing() as connection:
        if connection.dialect.name == "sqlite":
            found = connection.execute(
                text("SELECT name FROM sqlite_master WHERE type='trigger' AND tbl_name='decisions'")
            )
            for (name,) in found.all():
                connection.execute(text(f"DROP TRIGGER {name}"))
            connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        else:
            connection.execute(text("ALTER TABLE decisions DISABLE TRIGGER ALL"))
        for statement in statements:
            connection.execute(text(statement))


def test_a_log_that_nobody_touched_holds(decided: Store):
    assert audit(decided) == []


def test_a_status_changed_past_the_log_is_named(decided: Store):
    tamper(decided, "UPDATE claims SET status = 'verified' WHERE claim_id = 'c3'")
    assert audit(decided) == ["What is shown of claim c3 is not what was decided."]


def test_a_side_changed_past_the_log_is_named(decided: Store):
    tamper(decided, "UPDATE claims SET side = 'another' WHERE claim_id = 'c1'")
    assert audit(decided) == ["What is shown of claim c1 is not what was decided."]


def test_a_changed_decision_is_named(decided: Store):
    tamper(decided, "UPDATE decisions SET value = 'verified' WHERE seq = 2")
    assert audit(decided) == [
        "The log is broken at decision 2 (claim c2): its content was changed after it was made."
    ]


def test_a_decision_that_was_hashed_anew_breaks_the_next_one(decided: Store):
    tamper(decided, f"UPDATE decisions SET hash = '{'a' * 64}' WHERE seq = 2")
    assert "decision 2" in audit(decided)[0]


def test_a_removed_decision_is_missed(decided: Store):
    tamper(decided, "DELETE FROM standing WHERE seq = 3", "DELETE FROM decisions WHERE seq = 3")
    assert audit(decided) == [
        "Decision 3 is missing from the log; the next one is decision 4 (claim c2)."
    ]


def test_a_log_cut_at_its_end_lacks_what_stands(decided: Store):
    tamper(
        decided,
        "UPDATE standing SET seq = 1 WHERE seq = 4",
        "DELETE FROM decisions WHERE seq = 4",
    )
    assert audit(decided) == ["What stands as status of claim c2 is not what the log says."]


def test_a_changed_standing_value_is_named(decided: Store):
    tamper(decided, "UPDATE standing SET value = 'verified' WHERE target_id = 'c3'")
    assert audit(decided) == ["What stands as status of claim c3 is not what the log says."]


def keep(store: Store, folder: Path) -> str:
    original = folder / "wire.txt"
    original.write_text("The dam held.")
    sha256 = hashlib.sha256(b"The dam held.").hexdigest()
    store.keep_original(original, sha256)
    told = document("d8", "The dam held.", original_sha256=sha256, file="wire.txt")
    store.add_documents(frame([told], DOCUMENTS), "r1")
    return sha256


def test_originals_that_are_as_they_came_hold(store: Store, tmp_path: Path):
    keep(store, tmp_path)
    assert audit(store) == []


def test_an_original_with_other_bytes_is_named(store: Store, tmp_path: Path):
    sha256 = keep(store, tmp_path)
    (store.originals / sha256).write_text("The dam fell.")
    assert audit(store) == [f"The original wire.txt ({sha256}) has other bytes than it came with."]


def test_an_original_that_is_gone_is_named(store: Store, tmp_path: Path):
    sha256 = keep(store, tmp_path)
    (store.originals / sha256).unlink()
    assert f"The original wire.txt ({sha256}) cannot be read" in audit(store)[0]


def test_an_original_that_only_a_document_names_is_missed_too(store: Store):
    told = document("d8", "The dam held.", original_sha256="ab" * 32, file="wire.txt")
    store.add_documents(frame([told], DOCUMENTS), "r1")
    assert "wire.txt" in audit(store)[0]
