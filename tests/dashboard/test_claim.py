"""One claim at an address of its own: its words, its source, what is against it, who decided."""

import pytest

from tests.dashboard.screen import Screen
from verify.dashboard import verdicts
from verify.records import CLAIMS, DOCUMENTS, frame
from verify.review import decisions
from verify.store import views


@pytest.fixture(autouse=True)
def keys_count_at_once(monkeypatch):
    monkeypatch.setattr(verdicts, "DWELL_S", 0)


def test_the_claim_is_the_title_and_what_was_read_stands_beside_it(store):
    page = Screen("claim", claim="c1")
    assert "<h1" in page.html
    assert "Forty soldiers fell at the bridge." in page.words
    assert "“the general”, understood as General Ode" in page.words
    assert "North (speaker “General Ode”)" in page.words
    assert "“40” read as killed: 40 soldiers" in page.words
    assert "3 May 2020" in page.words


def test_what_supports_and_what_conflicts_is_listed_with_its_status(store):
    page = Screen("claim", claim="c1")
    assert "≠ conflicts: one denies what the other says" in page.words
    assert "Nobody was hurt at the bridge." in page.words
    assert "= supports" in page.words
    assert "○ suggested by the program" in page.words


def test_each_score_says_what_it_means(store):
    page = Screen("claim", claim="c1")
    assert "95 of 100" in page.words
    assert "cannot both be right" in page.words.lower()


def test_the_address_is_shown_as_text_not_as_a_link(store):
    page = Screen("claim", claim="c4")
    assert "https://a.test/4" in [code.value for code in page.test.code]
    assert "href" not in page.html


def test_a_verdict_stays_on_the_page_and_enters_the_history(store):
    page = Screen("claim", claim="c1")
    page.write("claim_note_c1", "two ledgers agree")
    page.press("claim_verified_c1")
    assert "✓ verified by Tester" in page.words
    assert "two ledgers agree" in page.words
    assert "decision 1" in page.words


def test_undo_is_a_decision_too(store):
    page = Screen("claim", claim="c1")
    page.press("claim_verified_c1")
    page.press("claim_undo")
    assert views.claim(store, "c1")["status"] == "unreviewed"
    assert "takes back decision 1" in page.words


def test_both_grades_are_kept_apart_from_the_status(store):
    page = Screen("claim", claim="c1")
    page.choose("claim_source_grade_c1_0", "B")
    page.choose("claim_information_grade_c1_0", "3")
    claim = views.claim(store, "c1")
    assert (claim["source_grade"], claim["information_grade"]) == ("B", "3")
    assert claim["status"] == "unreviewed"


def test_a_grade_is_taken_back_by_choosing_nothing(store):
    page = Screen("claim", claim="c1")
    page.choose("claim_information_grade_c1_0", "3")
    page.choose("claim_information_grade_c1_1", None)
    assert views.claim(store, "c1")["information_grade"] is None


def test_a_stale_grade_is_refused_and_shown(store):
    page = Screen("claim", claim="c1")
    decisions.decide(store, "claim", "c1", "5", reviewer="Ines", field="information_grade",
                     seen_version=0)  # fmt: skip
    page.choose("claim_information_grade_c1_0", "1")
    assert views.claim(store, "c1")["information_grade"] == "5"
    assert "Not recorded: Ines set this to 5" in page.words


ODD = "<script>steal()</script> **bold** ![x](http://evil.test/x.png) <img src=x onerror=a()> $x$"


def test_odd_text_is_shown_as_it_stands(store):
    document = {"doc_id": "d9", "kind": "text", "text": ODD, "source": ODD, "title": ODD,
                "url": f"javascript:{ODD}", "published_at": ODD}  # fmt: skip
    claim = {
        "claim_id": "c9",
        "doc_id": "d9",
        "start": 0,
        "end": len(ODD),
        "text": ODD,
        "speaker": ODD,
        "speaker_name": ODD,
        "side": ODD,
        "side_reason": ODD,
        "place": ODD,
    }
    store.add_documents(frame([document], DOCUMENTS), "r1")
    store.add_claims(frame([claim], CLAIMS), "r1")
    page = Screen("claim", claim="c9")
    assert ODD in page.words
    assert "<script" not in page.html
    assert "<img" not in page.html
    assert not page.test.markdown


def test_a_claim_that_is_not_there_says_so(store):
    assert "There is no such claim" in Screen("claim", claim="c99").words
    assert "There is no such claim" in Screen("claim").words


def test_headings_do_not_skip_levels(store):
    levels = Screen("claim", claim="c1").heading_levels
    assert levels[0] == 1
    assert set(levels) <= {1, 2}
