"""`verify evidence`: attach, list and detach on the command line."""

import pytest

from tests.review.scenes import scene
from tests.store.bridge import fill
from verify.cli import main
from verify.review.evidence_kept import of
from verify.store.store import Store

C1 = ("claim", "c1")


@pytest.fixture
def bridge(desk_store: Store) -> Store:
    fill(desk_store)
    return desk_store


def run(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert main(["evidence", *arguments]) == code
    told = capsys.readouterr()
    return told.err if code else told.out


def test_a_picture_is_attached_listed_and_detached(bridge, capsys, tmp_path):
    path = tmp_path / "square.jpg"
    image = scene(1)
    exif = image.getexif()
    exif.get_ifd(0x8769)[0x9003] = "2014:05:03 12:11:10"
    image.save(path, exif=exif)
    said = run(capsys, "add", "c1", str(path), "--note", "from the mayor")
    assert "Attached to claim c1 as decision 1" in said
    image.resize((240, 180)).save(tmp_path / "small.png")
    run(capsys, "add", "claim:c3", str(tmp_path / "small.png"))
    listed = run(capsys, "list", "c1")
    (piece,) = of(bridge, C1)
    assert piece.sha256 in listed
    assert "attached to claim c1 by Tester" in listed
    assert "from the mayor" in listed
    assert "the file says (which may be wrong): taken 2014-05-03 12:11:10" in listed
    assert "A picture that looks the same" in listed
    assert "attached to claim c3 by Tester" in listed
    assert "it stays on record" in run(capsys, "detach", piece.evidence_id, "--note", "a street")
    assert "detached by Tester" in run(capsys, "list", "c1")
    assert main(["audit"]) == 0


def test_a_link_is_attached_to_a_decision(bridge, capsys):
    run(capsys, "add", "e1", "https://wire.test/1")
    run(capsys, "add", "decision:1", "https://wire.test/2")
    assert "https://wire.test/2" in run(capsys, "list", "decision:1")


def test_what_is_refused_is_one_line_and_exit_code_2(bridge, capsys, tmp_path, monkeypatch):
    script = tmp_path / "photo.jpg"
    script.write_text("alert(1)")
    told = run(capsys, "add", "c1", str(script), code=2)
    assert told.count("\n") == 1
    assert "is called .jpg but holds plain text" in told
    assert "There is no claim, pair or event 'c99'" in run(capsys, "list", "c99", code=2)
    assert "There is no such file" in run(capsys, "add", "c1", "gone.jpg", code=2)
    monkeypatch.setenv("VERIFY_EVIDENCE_MB", "1")
    script.write_bytes(b"x" * 1_000_001)
    assert "larger than 1 MB" in run(capsys, "add", "c1", str(script), code=2)


def test_a_limit_that_is_no_size_is_refused(bridge, capsys, monkeypatch):
    for wrong in ("many", "0", "-3", "2001", "²"):
        monkeypatch.setenv("VERIFY_EVIDENCE_MB", wrong)
        assert "is no size (VERIFY_EVIDENCE_MB)" in run(capsys, "list", "c1", code=2)


def test_a_changed_file_is_named_by_verify_audit(bridge, capsys, tmp_path):
    path = tmp_path / "ledger.txt"
    path.write_text("Two ledgers agree.")
    run(capsys, "add", "c1", str(path))
    (piece,) = of(bridge, C1)
    (bridge.originals / piece.sha256).write_text("Two ledgers differ.")
    assert main(["audit"]) == 1
    assert "ledger.txt, evidence of claim c1," in capsys.readouterr().out
