"""Evidence on the Claim page: attached, listed, found elsewhere, detached, downloaded."""

import io
import re
from html import escape

import pytest

from tests.dashboard.screen import Screen
from tests.review.scenes import scene
from verify.dashboard import verdicts
from verify.review import decisions, evidence_kept
from verify.review.evidence import attach_file, attach_link, detach

C1, C3 = ("claim", "c1"), ("claim", "c3")


@pytest.fixture(autouse=True)
def keys_count_at_once(monkeypatch):
    monkeypatch.setattr(verdicts, "DWELL_S", 0)


def jpeg(number: int, quality: int = 90, taken: str = "") -> io.BytesIO:
    out, image = io.BytesIO(), scene(number)
    exif = image.getexif()
    if taken:
        exif.get_ifd(0x8769)[0x9003] = taken
    image.save(out, "JPEG", quality=quality, exif=exif)
    return io.BytesIO(out.getvalue())


def test_a_claim_without_evidence_says_so_and_review_counts_nothing(store):
    assert "Nothing is attached to this claim." in Screen("claim", claim="c1").words
    assert "of evidence" not in Screen("review").words


def test_a_link_is_attached_with_a_note_and_is_no_link_to_press(store):
    page = Screen("claim", claim="c1")
    page.write("evidence_url_c1_0", "https://wire.test/1")
    page.write("evidence_note_c1_0", "the first <b>report</b>")
    page.press("evidence_add_c1_0")
    assert "✓ Attached: https://wire.test/1, as decision 1." in page.words
    assert "“the first <b>report</b>”" in page.words
    assert "attached by Tester" in page.words
    assert "href" not in page.html
    assert "<b>" not in page.html
    (piece,) = evidence_kept.of(store, C1)
    assert (piece.url, piece.note) == ("https://wire.test/1", "the first <b>report</b>")


def test_what_is_refused_is_said_and_what_was_written_stays(store):
    page = Screen("claim", claim="c1")
    page.press("evidence_add_c1_0")
    assert "✕ Nothing attached: choose a file, or write a link." in page.words
    page.write("evidence_url_c1_0", "javascript:alert(1)")
    page.press("evidence_add_c1_0")
    assert "Nothing attached. That is no address of a page" in page.words
    assert page.test.text_input(key="evidence_url_c1_0").value == "javascript:alert(1)"


def test_evidence_hangs_on_a_decision_where_that_is_chosen(store):
    decisions.decide(store, "claim", "c1", "verified", reviewer="Ada", seen_version=0)
    page = Screen("claim", claim="c1")
    page.write("evidence_url_c1_0", "https://wire.test/1")
    page.fill("evidence_to_c1_0", ("decision", "1"))
    page.press("evidence_add_c1_0")
    assert "attached to decision 1 by Tester" in page.words


def test_a_picture_is_shown_with_its_hash_and_what_its_file_says(store):
    given = {"name": 'a "square".jpg', "reviewer": "Ada", "note": "from <the> mayor"}
    piece = attach_file(store, C1, jpeg(1, taken="2014:05:03 12:11:10"), **given)
    page = Screen("claim", claim="c1")
    assert "picture, 480 × 360 pixels" in page.words
    assert "The file says (it may be wrong): taken 2014-05-03 12:11:10" in page.words
    assert 'src="data:image/jpeg;base64,' in page.html
    assert escape('Thumbnail of a "square".jpg: from <the> mayor') in page.html
    assert piece.sha256 in [code.value for code in page.test.code]
    (button,) = page.test.get("download_button")
    assert button.proto.label == "Download"


def test_the_same_picture_under_another_claim_is_told_with_who_and_when(store):
    attach_file(store, C1, jpeg(4, taken="2014:05:03 12:11:10"), name="a.jpg", reviewer="Ada")
    attach_file(store, C3, jpeg(4, quality=50), name="b.jpg", reviewer="Ben")
    page = Screen("claim", claim="c3")
    told = r"A picture that looks the same \(6[0-4] of 64 features agree\) stands under the claim"
    assert re.search(told, page.words)
    assert "“Forty soldiers fell at the bridge.”" in page.words
    assert "by Ada; its file says taken 2014-05-03 12:11:10" in page.words


def test_evidence_is_detached_with_a_reason_and_taken_back(store):
    piece = attach_link(store, C1, "https://wire.test/1", reviewer="Ada")
    page = Screen("claim", claim="c1")
    page.press(f"evidence_detach_{piece.evidence_id}")
    assert "Detaching needs a reason" in page.words
    page.write(f"evidence_why_{piece.evidence_id}", "another village")
    page.press(f"evidence_detach_{piece.evidence_id}")
    assert "✓ Detached: https://wire.test/1, as decision 2." in page.words
    assert "Nothing is attached to this claim." in page.words
    assert "detached by Tester" in page.words
    assert "another village" in page.words
    page.press("claim_undo")
    assert "Taken back: https://wire.test/1 is attached again." in page.words
    assert evidence_kept.of(store, C1)[0].value is not None


def test_what_somebody_detached_meanwhile_is_told(store):
    piece = attach_link(store, C1, "https://wire.test/1", reviewer="Ada")
    page = Screen("claim", claim="c1")
    detach(store, piece.evidence_id, reviewer="Ben", note="wrong")
    page.write(f"evidence_why_{piece.evidence_id}", "too")
    page.press(f"evidence_detach_{piece.evidence_id}")
    assert "Not recorded: Ben set this to detached meanwhile" in page.words


def test_a_file_that_is_gone_is_said_to_be_gone(store):
    piece = attach_file(store, C1, io.BytesIO(b"words"), name="a.txt", reviewer="Ada")
    (store.originals / piece.sha256).unlink()
    page = Screen("claim", claim="c1")
    assert "The file is gone from the store. Run verify audit." in page.words
    assert not page.test.get("download_button")


def test_review_counts_the_evidence_of_a_claim(store):
    for claim in ("c1", "c2", "c3", "c4"):
        for number in (1, 2):
            url = f"https://wire.test/{number}"
            attach_link(store, ("claim", claim), url, reviewer="Ada")
    assert "2 pieces of evidence" in Screen("review").words
