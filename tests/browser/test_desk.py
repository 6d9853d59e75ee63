"""The desk as its users meet it: files in, keys, links, the table out; and what must not happen."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SEEDS, Desk, claims_of, settled
from tests.browser.keys import ready_for_keys, tab_to

pytestmark = [pytest.mark.browser, pytest.mark.model]

PAGES = ("", "compare", "review", "claim", "sources", "sources?part=speakers", "imports", "exports")
SCRIPT = "<script>window.ran = 1</script><img src=x onerror='window.ran = 1'> The dam broke."
PICTURE = "![seen](https://elsewhere.example/pixel.png) The dam was blown up on Monday."
FORMULA = '=HYPERLINK("https://elsewhere.example","open")'


def download(page: Page) -> list[dict[str, str]]:
    """Press the Export page's button and read the file back."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name=re.compile("^Download|download Download")).click()
    text = Path(waiting.value.path()).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def read_in(desk: Desk, page: Page, *files: Path) -> None:
    """Choose files on the Import page and watch them being read."""
    desk.open(page, "imports")
    with page.expect_response(re.compile("upload_file")):
        page.locator("input[type=file]").first.set_input_files(files)
    expect(page.get_by_text(files[0].name)).to_be_visible()
    page.wait_for_timeout(500)  # the page says that it has the files a moment after the server does
    page.get_by_role("button", name="Read in").click()
    expect(page.get_by_role("link", name="See the events")).to_be_visible(timeout=90_000)
    settled(page)


def test_a_file_is_read_in_reviewed_by_keys_and_handed_over(
    empty_desk: Desk, page: Page, tmp_path: Path
) -> None:
    report = tmp_path / "bridge.md"
    report.write_text(
        "---\nsource: Bridge Gazette\npublished_at: 2020-05-04\n---\n"
        "The mayor said 12 soldiers were killed at the Amber bridge on Monday.\n\n"
        "A spokesman of the council said 40 soldiers were killed at the Amber bridge on Monday.\n"
    )
    read_in(empty_desk, page, report)
    expect(page.get_by_text("1 new document")).to_be_visible()

    page.get_by_role("link", name="See the events").click()
    expect(page.get_by_text("Amber bridge").first).to_be_visible()

    page.get_by_role("link", name="Review").click()
    expect(page.get_by_text("0 of 2 claims reviewed")).to_be_visible()
    note = page.get_by_placeholder("Note, kept with the verdict")
    note.fill("two witnesses")
    note.press("Tab")  # leaves the note; letters are verdicts again
    ready_for_keys(page)
    page.keyboard.press("d")
    expect(page.get_by_text("Recorded: disputed with your note")).to_be_visible()
    expect(page.get_by_text("1 of 2 claims reviewed")).to_be_visible()
    ready_for_keys(page)
    page.keyboard.press("v")
    expect(page.get_by_text("2 of 2 claims reviewed")).to_be_visible()
    settled(page)
    page.keyboard.press("z")
    expect(page.get_by_text("Taken back: verified")).to_be_visible()

    page.get_by_role("link", name="Export").click()
    settled(page)
    rows = {row["status"]: row for row in download(page)}
    assert set(rows) == {"disputed", "unreviewed"}
    assert rows["disputed"]["note"] == "two witnesses"
    assert rows["disputed"]["reviewer"] == "Tester"
    assert rows["disputed"]["decided_at"].endswith("Z")


def test_the_sides_of_an_event_are_compared_and_a_link_is_confirmed(desk: Desk, page: Page) -> None:
    desk.open(page)
    page.get_by_role("link", name=re.compile("Taliban fighters were killed")).first.click()
    board = page.get_by_role("group", name="Claims by side")
    expect(board).to_be_visible()
    expect(board.locator("section", has_text="Resistance").first).to_be_visible()
    expect(board.locator("section", has_text="Taliban").first).to_be_visible()
    expect(
        board.locator(".card", has_text="victory pictures of their fighters").first
    ).to_be_visible()
    settled(page)
    board.locator("button.link.conflicts").first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("Why", exact=True)).to_be_visible()
    page.wait_for_timeout(600)
    dialog.get_by_role("button", name=re.compile("Confirm")).click()
    expect(page.get_by_text("Recorded: confirmed")).to_be_visible()
    rows = json.loads(f"[{desk_decisions(desk)}]")
    assert [(row["target_kind"], row["value"]) for row in rows] == [("pair", "confirmed")]


def test_an_event_its_pairs_and_its_claims_open_by_the_keyboard_alone(
    desk: Desk, page: Page
) -> None:
    desk.open(page)
    expect(
        page.get_by_role("link", name=re.compile("Taliban fighters were killed"))
    ).to_be_visible()
    tab_to(page, "^A .*Taliban fighters were killed")
    page.keyboard.press("Enter")
    expect(page.get_by_role("group", name="Claims by side")).to_be_visible()
    settled(page)
    tab_to(page, "^BUTTON conflicts, suggested")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.wait_for_timeout(600)
    page.keyboard.press("x")
    expect(page.get_by_text("Recorded: rejected")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    settled(page)
    tab_to(page, "^DIV .*Opens the claim")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="In its document")).to_be_visible()


def test_a_speakers_name_is_corrected_by_the_keyboard_and_outlives_a_rebuild(
    desk: Desk, page: Page
) -> None:
    desk.open(page)
    tab_to(page, "^A .*Taliban fighters were killed")
    page.keyboard.press("Enter")
    expect(page.get_by_role("group", name="Claims by side")).to_be_visible()
    settled(page)
    tab_to(page, "^DIV .*Opens the claim")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="In its document")).to_be_visible()
    settled(page)
    tab_to(page, "^INPUT .*Correct a reading")
    page.keyboard.type("speaker's name")
    expect(page.get_by_role("option", name="Speaker's name")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Correct reading")).to_be_visible()
    tab_to(page, "^INPUT Correct reading")
    page.keyboard.press("Control+a")
    page.keyboard.type("Ahmad Massoud")
    tab_to(page, "Save the correction")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Recorded: speaker's name Ahmad Massoud")).to_be_visible()
    desk.verify("build", str(SEEDS))
    page.reload()
    settled(page)
    expect(page.get_by_text(re.compile("speaker's name corrected by Tester"))).to_be_visible()
    desk.verify("audit")


def test_names_of_one_speaker_are_confirmed_by_the_keyboard_alone(
    empty_desk: Desk, page: Page, tmp_path: Path
) -> None:
    full = "The Syrian Observatory for Human Rights (SOHR)"
    for name, speaker in {"one": full, "two": "SOHR"}.items():
        told = f"{speaker} said 12 soldiers were killed at the dam on Monday.\n"
        (tmp_path / f"{name}.md").write_text(f"---\nsource: Gazette {name}\n---\n{told}")
    empty_desk.verify("build", str(tmp_path / "one.md"), str(tmp_path / "two.md"))
    empty_desk.open(page, "sources?part=speakers")
    tab_to(page, "^INPUT .*Look for them in all claims")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Same speaker")).to_be_visible()
    settled(page)
    tab_to(page, "^BUTTON Same speaker")
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile("^Confirmed by Tester.* introduced as"))).to_be_visible()
    (made,) = json.loads(f"[{desk_decisions(empty_desk)}]")
    assert (made["target_kind"], made["field"]) == ("speaker", "same_as")
    settled(page)
    tab_to(page, r"^BUTTON undo\s+Take back")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Same speaker")).to_be_visible()
    empty_desk.verify("audit")


def desk_decisions(desk: Desk) -> str:
    """Read the decision log with a reader of its own: the database file."""
    import sqlite3

    with sqlite3.connect(desk.data / "verify.db") as log:
        log.row_factory = sqlite3.Row
        found = log.execute("SELECT * FROM decisions ORDER BY seq").fetchall()
    return ",".join(json.dumps(dict(row)) for row in found)


def test_a_decision_survives_kill_9_right_after_its_acknowledgement(desk: Desk, page: Page) -> None:
    desk.open(page, "review")
    ready_for_keys(page)
    page.keyboard.press("u")
    expect(page.get_by_text("Recorded: unverifiable")).to_be_visible()
    desk.kill()
    desk.verify("audit")
    out = desk.data / "review.csv"
    desk.verify("export", "--out", str(out), "--status", "unverifiable")
    with out.open(encoding="utf-8-sig", newline="") as table:
        (row,) = csv.DictReader(table)
    assert row["reviewer"] == "Tester"
    desk.start()
    desk.open(page, "review")
    expect(page.get_by_text(re.compile(r"^1 of \d+ claims reviewed"))).to_be_visible()


def test_what_a_text_holds_is_shown_as_text_and_never_run_or_fetched(
    empty_desk: Desk, page: Page, tmp_path: Path
) -> None:
    table = tmp_path / "odd.csv"
    with table.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(["claim", "speaker", "source", "date"])
        for text in (SCRIPT, PICTURE, FORMULA):
            writer.writerow([text, FORMULA, "**Bold** <b>Post</b>", "2020-05-04"])
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    read_in(empty_desk, page, table)
    claims = json.loads(export_lines(empty_desk))
    for address in ("", "review", "sources", "sources?part=speakers", "exports", "compare"):
        empty_desk.open(page, address)
        page.wait_for_timeout(300)
    for claim in claims:
        empty_desk.open(page, f"claim?claim={claim['claim_id']}")
        expect(page.get_by_text(claim["claim_text"]).first).to_be_visible()
        empty_desk.open(page, f"compare?event={claim['event_id']}")
        expect(page.get_by_role("group", name="Claims by side")).to_contain_text(
            claim["claim_text"]
        )
    handle = page.evaluate_handle("window.ran === undefined")
    assert handle.json_value() is True
    assert [url for url in asked if "elsewhere.example" in url] == []
    empty_desk.open(page, "exports")
    cells = [value for row in download(page) for value in row.values()]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []
    assert f"'{FORMULA}" in cells


def export_lines(desk: Desk) -> str:
    out = desk.data / "all.jsonl"
    desk.verify("export", "--out", str(out))
    return f"[{','.join(out.read_text(encoding='utf-8').splitlines())}]"


@pytest.mark.parametrize("address", PAGES)
def test_an_empty_desk_says_what_to_do(empty_desk: Desk, page: Page, address: str) -> None:
    empty_desk.open(page, address)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    main = page.get_by_test_id("stMain")
    expect(main).to_contain_text(re.compile("import|read in|build|choose|open one", re.IGNORECASE))


def test_the_dashboard_never_loads_torch(desk: Desk, page: Page) -> None:
    for address in PAGES:
        desk.open(page, address)
    assert desk.process is not None
    maps = Path(f"/proc/{desk.process.pid}/maps")
    assert maps.exists(), "this test reads the process's maps, which only Linux shows"
    assert "libtorch" not in maps.read_text()


def test_a_missing_page_parameter_is_said_in_words(desk: Desk, page: Page) -> None:
    desk.open(page, "claim?claim=c0")
    expect(page.get_by_test_id("stMain")).to_contain_text(re.compile("no such claim", re.I))


def test_events_hand_their_filters_to_the_export(desk: Desk, page: Page) -> None:
    desk.open(page, "?side=Taliban&conflicts_only=true")
    page.get_by_role("link", name="Export these claims").click()
    expect(page.get_by_role("heading", name="Export", exact=True)).to_be_visible()
    settled(page)
    expect(page.get_by_text(re.compile(r"^\d+ claims$")).first).not_to_have_text("85 claims")
    told = download(page)
    assert {row["side"] for row in told} == {"Taliban"}
    assert all(row["conflicting_claim_ids"] for row in told)
    page.reload()
    settled(page)
    assert {row["side"] for row in download(page)} == {"Taliban"}


def test_a_claim_like_the_one_to_review_is_opened_by_the_keyboard(desk: Desk, page: Page) -> None:
    desk.open(page, "review")
    like = page.locator(".likes a").first
    claim_id = like.get_attribute("href").removeprefix("claim?claim=")
    assert claim_id in {claim["claim_id"] for claim in claims_of(desk)}
    told = like.inner_text()
    tab_to(page, f"^A {re.escape(told)}")
    page.keyboard.press("Enter")
    expect(page.locator(".stMain h1")).to_have_text(told)
    assert page.url.endswith(f"/claim?claim={claim_id}")


def test_a_claim_opened_from_a_claim_stays_when_a_button_is_pressed(desk: Desk, page: Page) -> None:
    (first, *_) = claims_of(desk)
    desk.open(page, f"claim?claim={first['claim_id']}")
    before = page.locator(".stMain h1").inner_text()
    page.locator(".likes a").first.click()
    expect(page.locator(".stMain h1")).not_to_have_text(before)
    other = page.locator(".stMain h1").inner_text()
    assert first["claim_id"] not in page.url
    page.wait_for_timeout(600)  # the desk wants a claim to have been on screen
    page.get_by_role("button", name=re.compile("Verified")).click()
    expect(page.get_by_text("Recorded: verified")).to_be_visible()
    expect(page.locator(".stMain h1")).to_have_text(other)
