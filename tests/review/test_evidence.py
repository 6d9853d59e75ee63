"""Links and files attached to claims, pairs, events and decisions; what audit finds of them."""

import hashlib
import io
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from sqlalchemy import insert

from tests.framed import history
from tests.review.scenes import scene
from tests.review.test_audit import tamper
from tests.store.bridge import CLAIMS_TOLD, DENIAL, fill
from verify.errors import InputError, StaleDecision
from verify.records import CLAIMS, frame
from verify.review import evidence_kept, evidence_same
from verify.review.audit import audit
from verify.review.decisions import decide
from verify.review.evidence import attach_file, attach_link, detach
from verify.review.evidence_kept import Evidence, of
from verify.review.undoing import undo
from verify.settings import Settings
from verify.store.evidence_table import evidence
from verify.store.store import Store

C1, C3 = ("claim", "c1"), ("claim", "c3")


def jpeg(image: Image.Image, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", **options)
    return out.getvalue()


def attach(store: Store, content: bytes, name: str, bearer=C1, **more: str) -> Evidence:
    given = {"reviewer": "Ada", **more}
    return attach_file(store, bearer, io.BytesIO(content), name=name, **given)


def test_a_file_is_kept_as_it_came_and_its_hash_is_in_the_chain(store: Store):
    content = jpeg(scene(1))
    piece = attach(store, content, "square.jpg", note="from the mayor")
    sha256 = hashlib.sha256(content).hexdigest()
    assert (store.originals / sha256).read_bytes() == content
    assert (piece.kind, piece.name, piece.size) == ("picture", "square.jpg", len(content))
    assert (piece.width, piece.height) == (480, 360)
    (decision,) = history(store, "evidence", piece.evidence_id).to_dict("records")
    assert sha256 in decision["value"]
    assert (decision["reviewer"], decision["note"]) == ("Ada", "from the mayor")
    assert of(store, C1) == [piece]
    assert audit(store) == []


def test_a_link_is_kept_as_text_and_is_in_the_chain(store: Store):
    address = "https://wire.test/2020?a=1;b=2#end"
    piece = attach_link(store, ("pair", DENIAL), f" {address} ", reviewer="Ada")
    assert (piece.kind, piece.url) == ("link", address)
    assert address in history(store, "evidence", piece.evidence_id)["value"][0]
    assert of(store, ("pair", DENIAL)) == [piece]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "wire.test/1", "https://",
        "https://a b.test", "https://a.test/\u202egpj", "https://[", "https://a.test/" + "x" * 2000,
    ],
)  # fmt: skip
def test_what_is_no_address_of_a_page_is_refused(store: Store, address: str):
    with pytest.raises(InputError, match="no address of a page"):
        attach_link(store, C1, address, reviewer="Ada")


def test_an_address_with_a_password_is_refused_since_the_record_stays(store: Store):
    with pytest.raises(InputError, match="name or password"):
        attach_link(store, C1, "https://ada:secret@a.test/1", reviewer="Ada")


@pytest.mark.parametrize("bearer", [("event", "e1"), ("pair", DENIAL), ("decision", "1"), C1])
def test_evidence_hangs_on_claims_pairs_events_and_decisions(store: Store, bearer):
    decide(store, "claim", "c1", "verified", reviewer="Ada", seen_version=0)
    attach(store, b"Two ledgers agree.", "ledger.txt", bearer)
    assert [piece.called for piece in of(store, bearer)] == ["ledger.txt"]


@pytest.mark.parametrize(
    "bearer",
    [("claim", "c99"), ("event", "x"), ("decision", "7"), ("decision", "one"), ("source", "a")],
)
def test_nothing_hangs_on_what_is_not_there(store: Store, bearer):
    with pytest.raises(InputError, match=r"There is no|Nothing is attached to a source"):
        attach(store, b"words", "a.txt", bearer)
    assert list(store.originals.iterdir()) == []


def test_what_hangs_on_a_decision_is_evidence_of_its_claim_too(store: Store):
    made = decide(store, "claim", "c1", "verified", reviewer="Ada", seen_version=0)
    attach(store, b"Two ledgers agree.", "ledger.txt", ("decision", str(made.seq)))
    assert [piece.called for piece in of(store, C1)] == ["ledger.txt"]


def test_detached_evidence_is_hidden_with_its_reason_and_its_file_stays(store: Store):
    piece = attach(store, b"Two ledgers agree.", "ledger.txt")
    detach(store, piece.evidence_id, reviewer="Ben", note="of another village")
    (hidden,) = of(store, C1)
    assert hidden.value is None
    assert (hidden.reviewer, hidden.reason) == ("Ben", "of another village")
    assert evidence_kept.original(store, hidden) == b"Two ledgers agree."
    assert audit(store) == []


def test_detaching_needs_a_reason_and_something_that_is_attached(store: Store):
    piece = attach(store, b"words", "a.txt")
    with pytest.raises(InputError, match="needs a reason"):
        detach(store, piece.evidence_id, reviewer="Ben", note=" ")
    detach(store, piece.evidence_id, reviewer="Ben", note="wrong")
    with pytest.raises(InputError, match="Detached already by Ben"):
        detach(store, piece.evidence_id, reviewer="Ben", note="wrong")
    with pytest.raises(InputError, match="There is no evidence 'v0'"):
        detach(store, "v0", reviewer="Ben", note="wrong")


def test_who_detaches_what_somebody_detached_meanwhile_is_told(store: Store):
    piece = attach(store, b"words", "a.txt")
    detach(store, piece.evidence_id, reviewer="Ben", note="wrong", seen_version=1)
    with pytest.raises(StaleDecision):
        detach(store, piece.evidence_id, reviewer="Cem", note="too", seen_version=1)


def test_undo_attaches_again_what_was_detached(store: Store):
    piece = attach(store, b"words", "a.txt")
    made = detach(store, piece.evidence_id, reviewer="Ben", note="wrong")
    undo(store, made.seq, "Ben")
    assert of(store, C1)[0].value is not None
    assert audit(store) == []


def test_the_same_file_hangs_only_once_on_one_claim(store: Store):
    attach(store, b"words", "a.txt")
    with pytest.raises(InputError, match="attached there already, by Ada"):
        attach(store, b"words", "b.txt", reviewer="Ben")
    assert len(of(store, C1)) == 1
    attach(store, b"words", "b.txt", C3, reviewer="Ben")
    assert audit(store) == []


def test_what_was_detached_can_be_attached_anew_as_evidence_of_its_own(store: Store):
    piece = attach(store, b"words", "a.txt")
    detach(store, piece.evidence_id, reviewer="Ben", note="wrong")
    again = attach(store, b"words", "a.txt", reviewer="Ben")
    assert again.evidence_id != piece.evidence_id
    assert [one.value is None for one in of(store, C1)] == [True, False]


def test_without_a_name_nothing_is_attached(store: Store):
    with pytest.raises(InputError, match="needs a reviewer"):
        attach(store, b"words", "a.txt", reviewer=" ")
    assert of(store, C1) == []
    assert audit(store) == []  # the file that was kept already is no fault


def test_odd_signs_in_notes_and_names_keep_the_row_and_the_log_agreed(store: Store):
    attach(store, b"words", "a\0b\ud800/\u202etxt.exe.txt", note=" two\0 \ud800 ", reviewer=" Ada ")
    assert audit(store) == []
    assert of(store, C1)[0].name == "_txt.exe.txt"


def test_a_claim_with_evidence_outlives_a_reading_that_no_longer_finds_it(store: Store):
    attach(store, b"words", "a.txt", ("claim", "c4"))
    left = [row for row in CLAIMS_TOLD if row["claim_id"] == "c1"]
    store.forget_readings()
    store.add_claims(frame(left, CLAIMS), "r2", read=["d1", "d2", "d4"])
    kept = set(store.claims()["claim_id"])
    assert "c4" in kept
    assert "c2" not in kept


# What audit finds


def test_a_changed_file_is_found_by_audit_in_one_line(store: Store):
    piece = attach(store, b"Two ledgers agree.", "ledger.txt")
    (store.originals / piece.sha256).write_bytes(b"Two ledgers differ.")
    (fault,) = audit(store)
    assert fault == (
        f"The original ledger.txt, evidence of claim c1, ({piece.sha256}) "
        "has other bytes than it came with."
    )


def test_the_missing_file_of_detached_evidence_is_found_too(store: Store):
    piece = attach(store, b"Two ledgers agree.", "ledger.txt")
    detach(store, piece.evidence_id, reviewer="Ben", note="wrong")
    (store.originals / piece.sha256).unlink()
    (fault,) = audit(store)
    assert "ledger.txt, evidence of claim c1," in fault
    assert "cannot be read" in fault


def test_a_file_exchanged_together_with_its_row_is_found(store: Store):
    piece = attach(store, b"Two ledgers agree.", "ledger.txt")
    other = hashlib.sha256(b"Two ledgers differ.").hexdigest()
    (store.originals / piece.sha256).unlink()
    (store.originals / other).write_bytes(b"Two ledgers differ.")
    change = f"SET sha256 = '{other}' WHERE sha256 = '{piece.sha256}'"
    tamper(store, f"UPDATE evidence {change}", f"UPDATE originals {change}")
    (fault,) = audit(store)
    assert fault == (
        f"The evidence ledger.txt of claim c1 ({piece.evidence_id}) is not what the log says."
    )


@pytest.mark.parametrize(
    "change",
    [
        "SET note = 'another'", "SET added_by = 'Ben'", "SET added_at = '2001-01-01T00:00:00Z'",
        "SET name = 'other.txt'", "SET target_id = 'c3'", "SET url = 'https://a.test'",
        "SET perceptual_hash = '0000000000000000'", "SET size = 3",
    ],
)  # fmt: skip
def test_a_row_changed_past_the_log_is_found(store: Store, change: str):
    attach(store, b"Two ledgers agree.", "ledger.txt", note="as told")
    tamper(store, f"UPDATE evidence {change}")
    assert [fault for fault in audit(store) if "is not what the log says" in fault]


def test_a_removed_row_and_an_added_one_are_found(store: Store):
    piece = attach(store, b"Two ledgers agree.", "ledger.txt")
    tamper(store, "DELETE FROM evidence")
    assert audit(store) == [
        f"Decision 1 attaches evidence {piece.evidence_id}, but its row is gone."
    ]
    slipped = {
        "evidence_id": "v1", "target_kind": "claim", "target_id": "c1", "kind": "link",
        "url": "https://a.test", "note": "", "added_by": "Ada", "says": {},
        "added_at": "2020-01-01T00:00:00Z",
    }  # fmt: skip
    with store.writing() as connection:
        connection.execute(insert(evidence).values(slipped))
    assert "The evidence https://a.test of claim c1 (v1) is not what the log says." in audit(store)


def test_a_decision_that_says_other_than_the_row_is_refused(store: Store):
    piece = attach(store, b"words", "a.txt")
    detach(store, piece.evidence_id, reviewer="Ben", note="wrong")
    with pytest.raises(InputError, match="other evidence"):
        decide(
            store, "evidence", piece.evidence_id, "{}",
            reviewer="Ben", field="attached", seen_version=2,
        )  # fmt: skip


KILLED = (
    "import io, os, signal, sys; from pathlib import Path\n"
    "from verify.review import evidence\n"
    "from verify.settings import Settings\n"
    "from verify.store.store import Store\n"
    "store = Store.open(Settings(data_dir=Path(sys.argv[1]), database_url=sys.argv[2]))\n"
    "if sys.argv[3] == 'between':\n"
    "    evidence.decide = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)\n"
    "source = io.BytesIO(b'Two ledgers agree.')\n"
    "made = evidence.attach_file(store, ('claim', 'c1'), source, name='a.txt', reviewer='Ada')\n"
    "print(made.evidence_id, flush=True)\n"
    "sys.stdin.read()\n"
)


def start(settings: Settings, when: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", KILLED, str(settings.data_dir), settings.database_url, when]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=Path.cwd())


def test_a_process_killed_between_file_and_decision_leaves_no_fault(settings: Settings):
    store = Store.open(settings)
    fill(store)
    assert start(settings, "between").wait() == -signal.SIGKILL
    assert of(store, C1) == []
    assert (store.originals / hashlib.sha256(b"Two ledgers agree.").hexdigest()).exists()
    assert audit(store) == []
    attach(store, b"Two ledgers agree.", "a.txt")
    assert audit(store) == []


def test_what_was_acknowledged_outlives_the_process(settings: Settings):
    store = Store.open(settings)
    fill(store)
    process = start(settings, "after")
    assert process.stdout is not None
    evidence_id = process.stdout.readline().strip()
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    (piece,) = of(store, C1)
    assert piece.evidence_id == evidence_id
    assert evidence_kept.original(store, piece) == b"Two ledgers agree."
    assert audit(store) == []


# The same picture elsewhere


def test_the_same_picture_saved_anew_and_resized_is_found_under_the_other_claim(store: Store):
    first = attach(store, jpeg(scene(4), quality=95), "camera.jpg")
    smaller = scene(4).resize((240, 180))
    later = attach(store, jpeg(smaller, quality=50), "messenger.jpg", C3, reviewer="Ben")
    attach(store, jpeg(scene(5)), "other.jpg", C3)
    (same,) = evidence_same.same_picture(store, later)
    assert same.other == first
    assert not same.is_file_of(later)
    assert [one.other for one in evidence_same.same_picture(store, first)] == [later]


def test_the_same_file_is_found_whatever_its_kind(store: Store):
    first = attach(store, b"Two ledgers agree.", "a.txt")
    later = attach(store, b"Two ledgers agree.", "b.txt", C3)
    (same,) = evidence_same.same_picture(store, later)
    assert (same.other, same.bits, same.is_file_of(later)) == (first, 0, True)


def test_the_same_picture_of_the_same_claim_or_detached_is_not_listed(store: Store):
    first = attach(store, jpeg(scene(4), quality=95), "a.jpg")
    attach(store, jpeg(scene(4), quality=60), "b.jpg")
    assert evidence_same.same_picture(store, first) == []
    elsewhere = attach(store, jpeg(scene(4), quality=50), "c.jpg", C3)
    assert len(evidence_same.same_picture(store, first)) == 1
    detach(store, elsewhere.evidence_id, reviewer="Ada", note="wrong")
    assert evidence_same.same_picture(store, first) == []


def test_plain_pictures_are_not_alike(store: Store):
    grey = Image.new("RGB", (300, 200), (90, 90, 90))
    first = attach(store, jpeg(grey), "grey.jpg")
    assert first.perceptual_hash is None
    attach(store, jpeg(Image.new("RGB", (200, 200), (20, 90, 200))), "blue.jpg", C3)
    assert evidence_same.same_picture(store, first) == []


def add_hashes(store: Store, count: int) -> None:
    """Add pictures of which only the hash is of interest."""
    chance = np.random.default_rng(7)
    hashes = [f"{number:016x}" for number in chance.integers(0, 2**63, count, dtype=np.uint64)]
    row = dict.fromkeys(column.name for column in evidence.c) | {
        "target_kind": "claim", "target_id": "c3", "kind": "picture", "note": "",
        "added_by": "Ada", "added_at": "", "says": {},
    }  # fmt: skip
    table = [
        row | {"evidence_id": f"v{number}", "perceptual_hash": one}
        for number, one in enumerate(hashes)
    ]
    with store.writing() as connection:
        connection.execute(insert(evidence), table)


def test_one_picture_is_found_among_a_hundred_thousand(store: Store):
    piece = attach(store, jpeg(scene(4)), "a.jpg")
    add_hashes(store, 100_000)
    later = attach(store, jpeg(scene(4), quality=40), "b.jpg", C3)
    assert [one.other for one in evidence_same.same_picture(store, piece)] == [later]


# Thumbnails


def test_a_thumbnail_is_small_the_right_way_up_and_says_nothing_of_the_file(store: Store):
    image = scene(1).resize((1600, 1200))
    exif = image.getexif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "Camera Works"
    piece = attach(store, jpeg(image, exif=exif), "turned.jpg")
    assert (piece.width, piece.height) == (1200, 1600)
    made = evidence_kept.thumbnail(store, piece)
    small = Image.open(io.BytesIO(made))
    assert small.size == (360, 480)
    assert (small.format, dict(small.getexif())) == ("JPEG", {})
    assert b"Camera" not in made


def test_a_thumbnail_that_is_missing_is_made_again(store: Store):
    piece = attach(store, jpeg(scene(1)), "a.jpg")
    first = evidence_kept.thumbnail(store, piece)
    (store.originals.parent / "thumbnails" / piece.sha256).unlink()
    assert evidence_kept.thumbnail(store, piece) == first


def test_no_thumbnail_is_made_of_a_file_that_was_exchanged(store: Store):
    piece = attach(store, jpeg(scene(1)), "a.jpg")
    (store.originals.parent / "thumbnails" / piece.sha256).unlink()
    (store.originals / piece.sha256).write_bytes(jpeg(scene(2)))
    assert evidence_kept.thumbnail(store, piece) is None
    with pytest.raises(InputError, match="other bytes"):
        evidence_kept.original(store, piece)


# What a file says of itself


def test_time_place_and_camera_are_read_as_what_the_file_says(store: Store):
    image = scene(1)
    exif = image.getexif()
    exif[0x010F], exif[0x0110] = "Camera Works", "Camera Works\0 9\x07"
    inner, gps = exif.get_ifd(0x8769), exif.get_ifd(0x8825)
    inner[0x9003], inner[0x9011] = "2014:05:03 12:11:10", "+03:00"
    gps[1], gps[2], gps[3], gps[4] = "S", (36.0, 12.0, 30.0), "E", (37.0, 9.0, 0.0)
    piece = attach(store, jpeg(image, exif=exif), "a.jpg")
    assert piece.says == {
        "taken_at": "2014-05-03T12:11:10", "zone": "+03:00", "camera": "Camera Works 9",
        "latitude": -36.208333, "longitude": 37.15,
    }  # fmt: skip
    assert of(store, C1) == [piece]


def test_entries_that_make_no_sense_are_left_out(store: Store):
    image = scene(1)
    exif = image.getexif()
    inner, gps = exif.get_ifd(0x8769), exif.get_ifd(0x8825)
    inner[0x9003] = "0000:00:00 00:00:00"
    gps[1], gps[2], gps[3], gps[4] = "N", (136.0, 0.0, 0.0), "E", (37.0, 9.0)
    assert attach(store, jpeg(image, exif=exif), "a.jpg").says == {}


def test_a_detaching_taken_back_does_not_make_two_of_one(store: Store):
    first = attach_link(store, C1, "https://a.test/1", reviewer="Ada")
    made = detach(store, first.evidence_id, reviewer="Ada", note="twice")
    attach_link(store, C1, "https://a.test/1", reviewer="Ben")
    with pytest.raises(InputError, match="attached there already, by Ben"):
        undo(store, made.seq, "Ada")


@pytest.mark.parametrize("number", ["01", "+1", " 1", "99"])
def test_a_decision_is_named_by_its_number_alone(store: Store, number: str):
    decide(store, "claim", "c1", "verified", reviewer="Ada", seen_version=0)
    with pytest.raises(InputError, match="no decision"):
        attach_link(store, ("decision", number), "https://a.test/1", reviewer="Ada")
