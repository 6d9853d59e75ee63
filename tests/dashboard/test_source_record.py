"""The record of a source or speaker on Sources & sides, and in short on Claim."""

import re
import time

from tests.dashboard.screen import Screen
from tests.store.bridge import DENIAL, claim, document
from verify.records import CLAIMS, DOCUMENTS, frame
from verify.review.decisions import decide
from verify.store.store import Store


def review(store: Store, verdicts: list[str], speaker: str | None = None) -> None:
    """Let Hill Radio have said as many claims more, and decide on them."""
    names = [f"t{n}" for n in range(len(verdicts))]
    told = [document(name, f"Shell {name} fell.", source="Hill Radio") for name in names]
    claims = [claim(name, name, f"Shell {name} fell.", speaker=speaker) for name in names]
    store.add_documents(frame(told, DOCUMENTS), "r1")
    store.add_claims(frame(claims, CLAIMS), "r1")
    for name, value in zip(names, verdicts, strict=True):
        decide(store, "claim", name, value, reviewer="Ines", seen_version=0)


NINE = ["verified"] * 7 + ["disputed"] * 2


def alternatives(page: Screen) -> str:
    """Return the texts that stand for the charts."""
    return "\n".join(chart.proto.alt for chart in page.test.get("vega_lite_chart"))


def test_the_record_of_a_chosen_source_is_drawn_with_its_intervals(store):
    review(store, NINE)
    page = Screen("sources")
    assert "Record of" not in page.words
    page.choose("chosen_source", "Hill Radio")
    assert "Record of Hill Radio" in page.words
    assert "9 of 10: 7 verified, 2 disputed" in page.words
    assert "✓ Verified, 7 of 9 reviewed: 45–94\u00a0%" in alternatives(page)
    assert "! Disputed, 2 of 9 reviewed: 6–55\u00a0%" in alternatives(page)
    assert (
        "With 9 reviewed claims the share verified could be anywhere from 45 to 94\u00a0%"
        in page.words
    )
    assert "no random sample" in page.words


def test_below_five_reviewed_claims_there_are_only_counts(store):
    review(store, ["verified"] * 3 + ["disputed"])
    page = Screen("sources")
    page.choose("chosen_source", "Hill Radio")
    assert "4 of 5: 3 verified, 1 disputed" in page.words
    assert "No share is told of fewer than 5 claims" in page.words
    assert not alternatives(page)
    cells = page.test.dataframe[0].value.set_index("Source")["Share verified"]
    assert (cells["Hill Radio"], cells["North Post"]) == ("too few", "–")


def test_no_percentage_stands_without_its_counts_in_the_table(store):
    review(store, NINE)
    table = Screen("sources").test.dataframe[0].value.set_index("Source")
    assert table.loc["Hill Radio", "Share verified"] == "45–94\u00a0% (7 of 9)"
    assert table.loc["Hill Radio", "Contradicted"] == "1 of 10"
    text = table.to_csv()
    assert len(re.findall("%", text)) == len(re.findall(r"% \(\d+ of \d+\)", text)) == 1


def test_sources_are_in_order_of_claims_or_name_and_nothing_else(store):
    review(store, NINE)
    page = Screen("sources")
    assert page.test.dataframe[0].value["Source"].iloc[0] == "Hill Radio"
    page.test.button_group(key="sources_order").set_value("name")
    page.run()
    names = ["Agency", "Hill Radio", "North Post", "South Star"]
    assert page.test.dataframe[0].value["Source"].tolist() == names


def test_headings_go_down_by_one_where_a_record_is_open(store):
    review(store, NINE, speaker="Colonel Ray")
    page = Screen("sources")
    page.choose("chosen_source", "Hill Radio")
    assert page.heading_levels == [1, 2]
    page = Screen("sources", part="speakers")
    page.choose("chosen_speaker", "Colonel Ray")
    before, after = page.heading_levels[:-1], page.heading_levels[1:]
    assert all(level <= above + 1 for above, level in zip(before, after, strict=True))
    assert 3 in page.heading_levels


def test_a_speaker_has_a_record_too(store):
    review(store, NINE, speaker="Colonel Ray")
    page = Screen("sources", part="speakers")
    page.choose("chosen_speaker", "Colonel Ray")
    assert "Record of Colonel Ray" in page.words
    assert "7 of 9 reviewed: 45–94\u00a0%" in alternatives(page)


def test_a_claim_shows_the_record_of_its_source_and_speaker_in_a_line_each(store):
    review(store, NINE, speaker="Colonel Ray")
    words = Screen("claim", claim="t0").words
    assert "Hill Radio: 10 claims; verified 7 of 9 reviewed: 45–94\u00a0%" in words
    assert "Colonel Ray: 9 claims; verified 7 of 9 reviewed: 45–94\u00a0%" in words
    assert "Speaker's record" not in Screen("claim", claim="c2").words


def test_where_suggestions_are_hidden_the_record_counts_confirmed_links_alone(store):
    decide(store, "desk", "desk", "yes", reviewer="Tester", field="hide_scores", seen_version=0)
    page = Screen("sources")
    page.choose("chosen_source", "South Star")
    assert "only links that a reviewer confirmed are counted" in page.words
    assert page.test.dataframe[0].value.set_index("Source").loc["South Star", "Contradicted"] == (
        "0 of 1"
    )
    decide(store, "pair", DENIAL, "confirmed", reviewer="Ines", seen_version=0)
    counted(page)
    assert page.test.dataframe[0].value.set_index("Source").loc["South Star", "Contradicted"] == (
        "1 of 1"
    )


def counted(page: Screen) -> None:
    """Draw the page anew until it says no more that the record is being counted beside it."""
    for _ in range(100):
        page.run()
        if "being counted" not in page.words:
            return
        time.sleep(0.05)
    raise AssertionError("the record was never counted")


def test_a_reader_sees_the_record_of_what_was_clicked_in_the_table(store):
    for name, role in (("Lea", "lead"), ("Tester", "reader")):
        decide(store, "person", name, role, reviewer="Lea", field="role", seen_version=0)
    page = Screen("sources")
    page.remember(chosen_source="Hill Radio")
    page.run()
    assert "Record of Hill Radio" in page.words
    assert not page.has("source_save")


def test_an_odd_name_in_a_record_is_no_markup(store):
    odd = "<b>Post</b>"
    store.add_documents(frame([document("o1", "It fell.", source=odd)], DOCUMENTS), "r1")
    page = Screen("sources")
    page.choose("chosen_source", odd)
    assert f"Record of {odd}" in page.words
    assert odd not in page.html
