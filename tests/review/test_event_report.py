"""The report of an event: what it holds, what it keeps to itself, and that it stays the same."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt
from sqlalchemy import select

from tests.framed import history
from tests.review.reported import HOSTILE, LONG_WORD, NOTE, RIGHT_TO_LEFT, TEXTS, say, told
from tests.store.bridge import DENIAL, NUMBER, SUPPORT
from verify.errors import InputError
from verify.records import Row
from verify.review import asof
from verify.review.by_hand import merge
from verify.review.event_report.forms import FORMS, form_of
from verify.review.event_report.gathered import gathered
from verify.review.evidence import attach_link, detach
from verify.review.moments import moment
from verify.review.policy import DESK, HIDE_SCORES
from verify.review.undoing import undo
from verify.settings import Settings
from verify.store.store import Store
from verify.store.tables import decisions

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "docs" / "schemas" / "event-report.schema.json").read_text()
)


@pytest.fixture
def desk(empty: Store) -> Store:
    told(empty)
    return empty


def forms(report: Row) -> dict[str, str]:
    return {ending: form.write(report).decode() for ending, form in FORMS.items()}


def claims(report: Row) -> dict[str, Row]:
    return {one["claim_id"]: one for one in report["claims"]}


def pairs(report: Row) -> dict[str, Row]:
    return {one["pair_id"]: one for one in report["pairs"]}


def hide(store: Store) -> None:
    say(store, "desk", DESK, "yes", field=HIDE_SCORES)


def labels(value: Any) -> Iterator[str]:
    """Every label that stands anywhere in a report."""
    if isinstance(value, dict):
        for each in value.values():
            yield from labels(each)
    elif isinstance(value, list):
        for each in value:
            yield from labels(each)
    elif isinstance(value, str) and re.fullmatch(r"[CDPE][1-9]\d*", value):
        yield value


def test_the_json_form_keeps_to_its_schema(desk: Store):
    attach_link(desk, ("claim", "c1"), "https://film.test/1", reviewer="Ada", note="the film")
    Draft202012Validator.check_schema(SCHEMA)
    written = json.loads(FORMS["json"].write(gathered(desk, "e1")))
    Draft202012Validator(SCHEMA).validate(written)
    assert list(written) == list(SCHEMA["properties"])


def test_the_schema_refuses_what_a_report_does_not_have(desk: Store):
    written = gathered(desk, "e1")
    schema = Draft202012Validator(SCHEMA)
    assert schema.is_valid(written)
    assert not schema.is_valid({**written, "verdict": "true"})
    assert not schema.is_valid({name: written[name] for name in list(written)[1:]})


def test_made_twice_it_is_the_same_to_the_byte(desk: Store):
    assert forms(gathered(desk, "e1")) == forms(gathered(desk, "e1"))


@pytest.mark.postgresql
def test_both_databases_give_the_same_bytes(postgresql_url: str, tmp_path: Path):
    made = []
    for url in ("", postgresql_url):
        opened = Store.open(Settings(data_dir=tmp_path, database_url=url))
        told(opened)
        made.append(forms(gathered(opened, "e1")))
        opened.engine.dispose()
    assert made[0] == made[1]


def test_every_label_leads_to_something(desk: Store):
    attach_link(desk, ("claim", "c1"), "https://film.test/1", reviewer="Ada")
    report = gathered(desk, "e1")
    there = {one["label"] for name in ("claims", "documents", "pairs", "evidence")
             for one in report[name]}  # fmt: skip
    assert set(labels(report)) == there
    page = FORMS["html"].write(report).decode()
    links = set(re.findall(r'href="#([^"]+)"', page))
    assert links <= set(re.findall(r' id="([^"]+)"', page))
    assert {"C1", "D1", "P1", "E1"} <= links


def test_a_claim_stands_there_with_who_decided_when_and_why(desk: Store):
    report = gathered(desk, "e1")
    one = claims(report)["c1"]
    assert (one["status"], one["reviewer"], one["decided_at"], one["note"]) == (
        "verified", "Ada", "2020-07-01T09:30:00Z", NOTE,
    )  # fmt: skip
    assert (one["side"], one["source"], one["source_grade"]) == ("North", "North Post", "B")
    lines = forms(report)["md"].splitlines()
    at = next(n for n, line in enumerate(lines) if f"- **{one['label']}** " in line)
    assert "General Ode" in lines[at + 1]
    assert "✓ **verified**, decided by Ada on 2020-07-01 09:30 UTC" in lines[at + 2]
    assert "source B, usually reliable" in lines[at + 2]


def test_a_correction_stands_beside_what_was_read(desk: Store):
    report = gathered(desk, "e1")
    (made,) = claims(report)["c2"]["corrected"]
    assert (made["field"], made["value"], made["was"]) == ("event_time", "2020-05-02", "nothing")
    assert "event time is 2020-05-02, was read as nothing, by Ada" in forms(report)["md"]


def test_a_rejected_pair_is_told_and_counts_nowhere(desk: Store):
    report = gathered(desk, "e1")
    assert pairs(report)[NUMBER]["status"] == "rejected"
    assert [(kind["kind"], kind["confirmed"]) for kind in report["contested"]] == [("denial", 1)]
    assert "✕ rejected" in re.sub(r"\*", "", forms(report)["md"])


def test_a_denied_claim_with_no_opposite_is_unanswered(desk: Store):
    found = {one["claim"] for one in gathered(desk, "e1")["unanswered"]}
    by_id = claims(gathered(desk, "e1"))
    assert by_id["c5"]["label"] in found
    assert by_id["c3"]["label"] not in found


def test_hidden_suggestions_are_told_nowhere(desk: Store):
    open_ = gathered(desk, "e1")
    assert claims(open_)["c1"]["supported_by"]
    hide(desk)
    report = gathered(desk, "e1")
    assert (report["suggestions_hidden"], report["pairs_not_told"]) == (True, 1)
    assert set(pairs(report)) == {DENIAL, NUMBER}
    assert SUPPORT not in json.dumps(report)
    assert not claims(report)["c1"]["supported_by"]
    assert not report["agreed"]
    assert "this desk hides suggestions until then" in forms(report)["html"]
    Draft202012Validator(SCHEMA).validate(report)


def test_what_was_suggested_is_hidden_again_when_the_verdict_is_taken_back(desk: Store):
    hide(desk)
    undo(desk, int(history(desk, "pair", DENIAL)["seq"].iloc[0]), "Ada")
    report = gathered(desk, "e1")
    assert set(pairs(report)) == {NUMBER}
    made = [one for one in report["decisions"] if one["on"]["id"] == DENIAL]
    assert len(made) == 2
    assert {one["about"] for one in made} == {None}
    assert all("conflict" not in json.dumps(one) for one in made)
    assert not report["contested"]


def test_the_decisions_are_those_on_this_event_and_who_speaks_in_it(desk: Store):
    say(desk, "claim", "c4", "disputed", "of another event")
    say(desk, "claim", "c2", "Ben", field="assigned_to")
    found = [(one["on"]["kind"], one["field"]) for one in gathered(desk, "e1")["decisions"]]
    assert found == [("claim", "status"), ("pair", "status"), ("pair", "status"),
                     ("source", "reliability"), ("claim", "event_time")]  # fmt: skip


def test_the_newest_hash_of_the_whole_record_is_named(desk: Store):
    def newest(store: Store) -> Any:
        with store.reading() as connection:
            statement = select(decisions.c.hash).order_by(decisions.c.seq.desc()).limit(1)
            return connection.scalar(statement)

    before = gathered(desk, "e1")
    assert before["record"]["newest_decision"]["hash"] == newest(desk)
    say(desk, "claim", "c4", "disputed")
    after = gathered(desk, "e1")
    assert after["record"]["newest_decision"]["hash"] == newest(desk)
    assert before["record"] != after["record"]
    for written in forms(after).values():
        assert newest(desk) in written


def test_a_record_without_decisions_says_so(store: Store):
    report = gathered(store, "e1")
    assert report["record"]["newest_decision"] is None
    assert "Nobody had decided anything" in forms(report)["html"]


def test_documents_have_the_hash_of_their_bytes(desk: Store):
    report = gathered(desk, "e1")
    hashes = {one["doc_id"]: one["original_sha256"] for one in report["documents"]}
    assert hashes["d5"] == "5" * 64
    assert set(hashes) == {"d1", "d2", "d3", "d5", "d6", "d7"}
    assert "5" * 64 in forms(report)["html"]


def test_evidence_is_told_with_what_it_hangs_on_until_it_is_detached(desk: Store):
    seq = history(desk, "claim", "c1")["seq"].iloc[0]
    kept = attach_link(desk, ("claim", "c3"), "https://film.test/1", reviewer="Ada", note="a film")
    attach_link(desk, ("decision", str(seq)), "https://film.test/2", reviewer="Ada")
    report = gathered(desk, "e1")
    assert [one["url"] for one in report["evidence"]] == [
        "https://film.test/1", "https://film.test/2",
    ]  # fmt: skip
    assert [claims(report)[one]["evidence"] for one in ("c3", "c1")] == [["E1"], ["E2"]]
    detach(desk, kept.evidence_id, reviewer="Ada", note="shows a witness")
    report = gathered(desk, "e1")
    assert [one["url"] for one in report["evidence"]] == ["https://film.test/2"]
    assert "https://film.test/1" not in json.dumps(report)
    assert [one["value"] for one in report["decisions"][-3:]] == [
        "attached",
        "attached",
        "detached",
    ]


def test_a_merged_event_is_followed(desk: Store):
    merge(desk, "e2", "e1", 0, "Ada")
    report = gathered(desk, "e2")
    assert (report["event"]["event_id"], report["event"]["merged"]) == ("e1", ["e2"])
    assert "c4" in claims(report)
    assert ("event", "same_as") in {
        (one["on"]["kind"], one["field"]) for one in report["decisions"]
    }
    assert forms(report) == forms(gathered(desk, "e1"))


def test_an_event_that_is_not_there_is_an_error_with_a_remedy(desk: Store):
    with pytest.raises(InputError, match=r"There is no event 'e9'.*Copy its id"):
        gathered(desk, "e9")


def test_what_stood_earlier_can_be_told(desk: Store):
    first = moment(desk, "1")
    with asof.as_of(desk, first.seq) as past:
        report = gathered(past, "e1", as_of=first)
    assert claims(report)["c1"]["status"] == "verified"
    assert pairs(report)[DENIAL]["status"] == "suggested"
    assert report["record"]["as_of"]["seq"] == report["record"]["newest_decision"]["seq"] == 1
    assert "As the record stood after decision 1." in forms(report)["md"]


class Seen(HTMLParser):
    """The elements of a page, its texts, and its addresses."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        named = dict(attrs)
        assert not [name for name in named if name.startswith("on") or name == "style"]
        self.addresses += [str(named[name]) for name in ("href", "src") if name in named]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_texts_stay_texts_on_the_page(desk: Store):
    page = Seen(forms(gathered(desk, "e1"))["html"])
    assert not {"script", "img", "iframe", "link", "object", "form", "b"} & set(page.tags)
    assert page.tags.count("h1") == page.tags.count("style") == 1
    for text in (*TEXTS.values(), NOTE):
        assert text in page.text
    outside = [one for one in page.addresses if not one.startswith("#")]
    assert all(one.startswith("https://") for one in outside)
    assert "javascript:alert('c5')" in page.text


def test_texts_stay_texts_in_markdown(desk: Store):
    written = forms(gathered(desk, "e1"))["md"]
    tokens = MarkdownIt("commonmark").enable("table").parse(written)
    inline = [child for token in tokens for child in token.children or []]
    kinds = {token.type for token in (*tokens, *inline)}
    assert not kinds & {"html_block", "html_inline", "image", "em_open", "code_block", "fence"}
    links = [child.attrs["href"] for child in inline if child.type == "link_open"]
    assert all(str(link).startswith("https://a.test/") for link in links)
    plain = "".join(child.content for child in inline if child.type in ("text", "text_special"))
    for text in (HOSTILE, RIGHT_TO_LEFT, LONG_WORD, NOTE):
        assert text in plain
    cells: list[int] = []
    for token in tokens:
        if token.type in ("table_open", "tr_open"):
            cells.append(0)
        elif token.type in ("th_open", "td_open"):
            cells[-1] += 1
    decided = [
        count for count in cells if count == len(("No.", "When", "Who", "On", "What", "Note"))
    ]
    assert len(decided) >= 1 + len(gathered(desk, "e1")["decisions"])


def test_the_page_forbids_all_but_its_own_style(desk: Store):
    page = forms(gathered(desk, "e1"))["html"]
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy is not None
    assert policy[1].replace("&#39;", "'").startswith("default-src 'none'; style-src 'sha256-")
    assert '<html lang="en">' in page
    assert 'dir="auto"' in page


def test_a_name_of_a_file_says_its_form():
    assert form_of(Path("a.HTML")).words == "HTML"
    with pytest.raises(InputError, match=r"Name a file \.html, \.json, \.md"):
        form_of(Path("a.pdf"))
