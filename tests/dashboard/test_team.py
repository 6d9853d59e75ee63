"""The Team page and what roles, second looks and holds make of the other screens."""

import itertools

import pytest

from tests.dashboard.screen import Screen
from tests.framed import history
from tests.store.bridge import DENIAL, NUMBER, SUPPORT
from verify.dashboard import addresses, live, verdicts
from verify.review import holds, people
from verify.review.decisions import decide
from verify.review.evidence import attach_link
from verify.review.seconds import waiting
from verify.store import views
from verify.store.filters import Filters
from verify.store.store import Store

ROLES = (("Lea", "lead"), ("Tester", "reviewer"), ("Ben", "reviewer"), ("Rita", "reader"))
FIRST_NOTE = "ledger seen at the mill"


@pytest.fixture(autouse=True)
def keys_count_at_once(monkeypatch):
    monkeypatch.setattr(verdicts, "DWELL_S", 0)


@pytest.fixture
def team(store: Store) -> Store:
    for name, role in ROLES:
        decide(store, "person", name, role, field="role", reviewer="Lea", seen_version=0)
    return store


def rule(store: Store, second: str = "everything", hide: str = "no") -> None:
    for field, value in (("second_review", second), ("hide_scores", hide)):
        decide(store, "desk", "desk", value, field=field, reviewer="Lea", seen_version=0)


def as_(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("VERIFY_REVIEWER", name)


def test_the_first_lead_is_brought_in_and_the_name_becomes_a_choice(store: Store):
    page = Screen("team")
    assert "Nobody has a role yet" in page.words
    page.write("person_name", "Tester")
    page.press("person_save")
    assert people.people(store) == {"Tester": ("lead", None)}
    assert "Tester is a lead now" in page.words
    assert page.test.selectbox(key="reviewer").value == "Tester"
    assert "lead, not signed in" in page.words


def test_a_lead_changes_and_removes_people(team: Store, monkeypatch):
    as_(monkeypatch, "Lea")
    page = Screen("team")
    page.choose("person_chosen", "Ben")
    page.write("address_Ben_1_0", "ben@desk.test")
    page.fill("role_Ben_1_0", "reader")
    page.press("person_change")
    assert people.people(team)["Ben"] == ("reader", "ben@desk.test")
    page.press("person_remove")
    assert "Ben" not in people.people(team)
    assert people.signed_in(team, "ben@desk.test") is None


@pytest.mark.parametrize("name", ["Tester", "Rita"])
def test_who_does_not_lead_is_drawn_no_control_of_a_lead(team: Store, monkeypatch, name):
    as_(monkeypatch, name)
    page = Screen("team")
    assert "Nothing is looked at twice" in page.words
    drawn = {button.key for button in page.test.button}
    assert not drawn & {"person_save", "person_change", "dividing_show", "rules_save"}


SHOWING = {"claim": {"claim": "c1"}, "compare": {"event": "e1"}}


@pytest.mark.parametrize(
    ("screen", "query"),
    [*((name, SHOWING.get(name, {})) for name in addresses.SCREENS),
     ("sources", {"part": "speakers"})],
)  # fmt: skip
def test_a_reader_is_drawn_nothing_that_decides(team: Store, monkeypatch, screen, query):
    as_(monkeypatch, "Rita")
    page = Screen(screen, **query)
    deciding = ("verified", "confirmed", "undo", "save", "merge", "split", "move", "begin", "set",
                "give", "judged", "same_", "_side_", "take_back", "show")  # fmt: skip
    drawn = [str(button.key) for button in page.test.button]
    assert not [key for key in drawn if any(word in key for word in deciding)], drawn
    assert all(field.disabled for field in page.test.selectbox if "grade" in str(field.key))


def test_pairs_and_tables_are_read_by_a_reader(team: Store, monkeypatch):
    as_(monkeypatch, "Rita")
    for mode in ("pairs", "table"):
        page = Screen("review", mode=mode)
        keys = [str(button.key) for button in page.test.button]
        assert not [key for key in keys if "confirmed" in key or key == "bulk_set"], keys


def test_work_is_divided_after_its_numbers_were_shown_and_taken_back(team: Store, monkeypatch):
    as_(monkeypatch, "Lea")
    page = Screen("team")
    page.test.multiselect(key="dividing_names").set_value(["Ben", "Tester"])
    page.press("dividing_show")
    assert "2 claims" in page.words
    assert views.claims(team, Filters(assigned_to="Ben"), limit=0)[1] == 0
    page.press("dividing_give")
    assert views.claims(team, Filters(assigned_to="Ben"), limit=0)[1] == 2
    assert "Given: 4 claims" in page.words
    page.press("dividing_back")
    assert views.claims(team, Filters(assigned_to="Ben"), limit=0)[1] == 0


def test_a_division_among_nobody_says_so(team: Store, monkeypatch):
    as_(monkeypatch, "Lea")
    page = Screen("team")
    page.press("dividing_show")
    assert "Choose who is to have the work" in page.words


def test_rules_are_set_by_a_lead_and_told_to_others(team: Store, monkeypatch):
    as_(monkeypatch, "Lea")
    page = Screen("team")
    page.choose("rule_0_0", "sample")
    page.press("rules_save")
    as_(monkeypatch, "Tester")
    assert "A sample is looked at twice: 20 of 100" in Screen("team").words


def test_a_disagreement_is_listed_with_both_verdicts_and_settled_by_a_lead(
    team: Store, monkeypatch
):
    as_(monkeypatch, "Lea")
    decide(team, "pair", DENIAL, "confirmed", reviewer="Ben", note="both dated", seen_version=0)
    decide(team, "pair", DENIAL, "rejected", field="second", reviewer="Tester", seen_version=0)
    page = Screen("team")
    assert "Ben said confirmed: both dated" in page.words
    assert "Tester said rejected" in page.words
    page.press(f"open_{DENIAL}")
    page.press(f"team_rejected_{DENIAL}")
    assert "None." in Screen("team").words


def test_agreement_of_few_is_counts_and_no_share(team: Store):
    decide(team, "claim", "c1", "verified", reviewer="Ben", seen_version=0)
    decide(team, "claim", "c1", "verified", field="second", reviewer="Tester", seen_version=0)
    page = Screen("team")
    assert "too few to tell (n = 1)" in page.words
    told = page.words.split("How far two reviewers agree")[1].split(".stMain")[0]
    assert "%" not in told
    assert "agreement beyond what chance alone would give" in page.words


def test_a_second_look_shows_nothing_of_the_first_verdict(team: Store):
    rule(team)
    decide(team, "claim", "c3", "disputed", reviewer="Ben", note=FIRST_NOTE, seen_version=0)
    decide(team, "pair", DENIAL, "confirmed", reviewer="Ben", note=FIRST_NOTE, seen_version=0)
    page = Screen("review", mode="seconds")
    assert "Nobody was hurt at the bridge." in page.words
    assert "1 claim waiting for your second look" in page.words
    for telling in ("disputed", "Ben", FIRST_NOTE, "confirmed"):
        assert telling not in page.words, telling
    labels = {str(button.key): button.label for button in page.test.button}
    verdict_types = {
        key: button.proto.type for button in page.test.button if "_c3" in (key := str(button.key))
    }
    assert len(set(verdict_types.values())) == 1, labels
    page.press("second_claim_verified_c3")
    assert "You disagree: Ben said disputed, you said verified" in page.words
    assert FIRST_NOTE in page.words
    assert waiting(team, "claim", "Tester") == 0
    made = history(team, "claim", "c3").iloc[-1]
    assert (made["field"], made["value"], made["reviewer"]) == ("second", "verified", "Tester")


def test_the_claim_page_tells_nothing_of_a_first_verdict_to_who_gives_the_second(
    team: Store, monkeypatch
):
    rule(team)
    first = decide(team, "claim", "c3", "disputed", reviewer="Ben", note=FIRST_NOTE, seen_version=0)
    decide(team, "claim", "c3", "5", field="information_grade", reviewer="Ben", seen_version=0)
    decide(team, "pair", DENIAL, "confirmed", reviewer="Ben", note=FIRST_NOTE, seen_version=0)
    link = "https://archive.test/7"
    attach_link(team, ("decision", str(first.seq)), link, reviewer="Ben", note=FIRST_NOTE)
    page = Screen("claim", claim="c3")
    assert "Nobody was hurt at the bridge." in page.words
    assert "waits for your second verdict" in page.words
    boxes = [box for box in page.test.selectbox if box.key != "reviewer"]
    choices = [str(option) for box in boxes for option in box.options]
    for telling in ("disputed", "Ben", FIRST_NOTE, "✓ confirmed", "improbable", link):
        assert telling not in "\n".join([page.words, *choices]), telling
    types = {one.proto.type for one in page.test.button if str(one.key).endswith("_c3")}
    assert types == {"secondary"}
    page.write("claim_note_c3", "asked the clinic")
    page.press("claim_verified_c3")
    assert "You disagree: Ben said disputed, you said verified" in page.words
    assert FIRST_NOTE in page.words
    made = history(team, "claim", "c3").iloc[-1]
    assert (made["field"], made["value"], made["note"]) == (
        "second",
        "verified",
        "asked the clinic",
    )
    assert views.claim(team, "c3")["status"] == "disputed"


@pytest.mark.parametrize("name", ["Ben", "Rita"])
def test_the_claim_page_hides_nothing_from_who_gives_no_second_verdict(
    team: Store, monkeypatch, name: str
):
    rule(team)
    decide(team, "claim", "c3", "disputed", reviewer="Ben", note=FIRST_NOTE, seen_version=0)
    as_(monkeypatch, name)
    assert FIRST_NOTE in Screen("claim", claim="c3").words


def test_the_rules_say_what_hiding_does_not_reach(team: Store, monkeypatch):
    told = "exports and the decision log hold all"
    assert told not in Screen("team").words
    rule(team, "none", "yes")
    assert told in Screen("team").words
    as_(monkeypatch, "Lea")
    assert told in Screen("team").words


def test_work_is_given_in_the_table_only_to_who_may_do_it(team: Store, monkeypatch):
    as_(monkeypatch, "Lea")
    page = Screen("review", mode="table")
    page.choose("bulk_field", "assigned_to")
    assert page.test.selectbox(key="bulk_to_assigned_to").options == [
        "nobody", "Ben", "Lea", "Tester",
    ]  # fmt: skip


def test_a_second_look_at_a_pair_says_that_both_agree(team: Store):
    rule(team)
    decide(team, "pair", DENIAL, "confirmed", reviewer="Ben", note=FIRST_NOTE, seen_version=0)
    page = Screen("review", mode="seconds")
    page.pick("second_kind", "pair")
    assert FIRST_NOTE not in page.words
    assert "Ben" not in page.words
    page.press(f"second_pair_confirmed_{DENIAL}")
    assert "You and Ben agree" in page.words


def test_no_second_look_at_one_s_own_verdict(team: Store):
    rule(team)
    decide(team, "claim", "c3", "disputed", reviewer="Tester", seen_version=0)
    assert "No claim waits for a second verdict of yours" in Screen("review", mode="seconds").words


def test_a_second_look_is_offered_only_where_the_desk_asks_for_it(team: Store):
    assert "seconds" not in Screen("review").test.button_group(key="mode").options
    rule(team)
    assert Screen("review", mode="seconds").test.query_params["mode"] == "seconds"


TELLING = ("conflict", "support", "of 100", "Mostly", "denial", "contradict")


def test_hidden_scores_come_up_with_the_verdict_on_a_pair(team: Store):
    rule(team, "none", "yes")
    page = Screen("review", mode="pairs")
    body = page.words.split("pairs reviewed")[-1]
    for telling in TELLING:
        assert telling not in body.replace("Only in conflict", ""), telling
    page.press(f"pair_queue_judged_supports_{NUMBER}")
    assert "The program suggested: ≠ conflicts" in page.words
    made = history(team, "pair", NUMBER).iloc[-1]
    assert (made["value"], made["note"]) == ("rejected", "Judged unseen: say the same.")
    page.press(f"pair_queue_judged_conflicts_{DENIAL}")
    assert history(team, "pair", DENIAL).iloc[-1]["value"] == "confirmed"


@pytest.mark.parametrize(
    ("judged", "relation", "value"),
    [
        ("conflicts", "conflicts", "confirmed"),
        ("supports", "conflicts", "rejected"),
        ("neither", "related", "confirmed"),
        ("neither", "supports", "rejected"),
    ],
)
def test_a_judgement_confirms_what_was_suggested_or_rejects_it(judged, relation, value):
    from verify.dashboard.blind import value_of

    assert value_of(judged, relation) == value


@pytest.mark.parametrize(("screen", "query"), [("review", {}), ("claim", {"claim": "c3"})])
def test_hidden_scores_are_hidden_beside_a_claim_until_its_pair_is_decided(
    team: Store, screen, query
):
    rule(team, "none", "yes")
    page = Screen(screen, **query)
    assert "Forty soldiers fell at the bridge." in page.words
    said = page.words.replace("Only in conflict", "").replace("Only with conflicts", "")
    for telling in ("≠", "of 100", "Mostly", "conflict"):
        assert telling not in said, telling
    if screen == "claim":
        page.press("claim_disputed_c3")
        assert "≠ conflicts" not in page.words  # of its pairs nobody has said anything yet
        decide(team, "pair", NUMBER, "confirmed", reviewer="Lea", seen_version=0)
        page.run()
        assert page.words.count("≠ conflicts") == 1


def test_what_is_on_screen_is_held_and_others_see_it(team: Store, monkeypatch):
    page = Screen("review")
    held = {target: hold.holder for target, hold in holds.now_held(team).items()}
    assert list(held.values()) == ["Tester"]
    as_(monkeypatch, "Ben")
    (target,) = held
    other = Screen("claim", claim=target[1])
    assert "Tester has this claim on screen too" in other.words
    as_(monkeypatch, "Rita")
    assert "At work now: Tester" in Screen("claim", claim="c4").words
    assert "nothing" in Screen("team").words
    assert page.has("claim_queue_undo")


def test_a_fresh_hold_is_not_written_again(team: Store, monkeypatch):
    taken = []
    take = holds.take
    monkeypatch.setattr(live.holds, "take", lambda *args: taken.append(args) or take(*args))
    page = Screen("review")
    page.run()
    page.run()
    assert len(taken) == 1
    page.press("claim_queue_verified_c3")
    assert len(taken) == 2  # one write beside the verdict, for the next claim


def test_what_others_decide_is_told_beside_what_is_on_screen(team: Store):
    page = Screen("claim", claim="c1")
    decide(team, "claim", "c1", "verified", reviewer="Ben", seen_version=0)
    (told,) = [
        live._line(team, row, "Tester", many=False)
        for row in live.news.since(team, 4, {"claim": ["c1"], "pair": [SUPPORT]})
    ]
    assert told == "Ben marked this verified just now"
    assert not live.news.since(team, 5, {"claim": ["c1"]})
    assert not live.news.since(team, 4, {"claim": ["c2"]})
    assert page.has("claim_verified_c1")


def test_a_late_verdict_stands_beside_the_one_that_stands(team: Store):
    page = Screen("review")
    page.write("claim_queue_note_c3", "heard it myself")
    decide(team, "claim", "c3", "disputed", reviewer="Ben", note="two witnesses", seen_version=0)
    page.press("claim_queue_verified_c3")
    for said in ("What I wanted to record", "heard it myself", "What stands now", "two witnesses"):
        assert said in page.words
    page.press("claim_queue_clash_theirs")
    assert views.claim(team, "c3")["reviewer"] == "Ben"
    assert "What stands now" not in page.words
    assert page.has("claim_queue_verified_c1")


def test_a_late_verdict_on_a_pair_stands_beside_the_one_that_stands(team: Store):
    page = Screen("review", mode="pairs")
    shown = next(one.key for one in page.test.button if "pair_queue_confirmed_" in str(one.key))
    pair_id = shown.removeprefix("pair_queue_confirmed_")
    decide(team, "pair", pair_id, "rejected", reviewer="Ben", seen_version=0)
    page.press(shown)
    assert "What stands now" in page.words
    page.press("pair_queue_clash_theirs")
    assert "Left as it is: rejected." in page.words
    assert not page.has(shown)


def test_what_was_decided_in_this_window_is_not_told_as_news(team: Store):
    page = Screen("claim", claim="c3")
    page.press("claim_verified_c3")
    (newest,) = live.news.since(team, 4, {"claim": ["c3"]})
    assert newest["seq"] in page.test.session_state["decided_here"]
    decide(team, "claim", "c3", "disputed", reviewer="Tester", seen_version=1)
    (other, _) = live.news.since(team, 4, {"claim": ["c3"]})
    assert other["seq"] not in page.test.session_state["decided_here"]


def test_a_late_verdict_is_set_all_the_same_over_the_newer_one(team: Store):
    page = Screen("claim", claim="c3")
    decide(team, "claim", "c3", "disputed", reviewer="Ben", seen_version=0)
    page.write("claim_note_c3", "heard it myself")
    page.press("claim_verified_c3")
    page.press("claim_clash_mine")
    claim = views.claim(team, "c3")
    assert (claim["status"], claim["reviewer"], claim["note"]) == (
        "verified",
        "Tester",
        "heard it myself",
    )
    assert page.test.text_input(key="claim_note_c3").value == ""


def test_words_of_likelihood_go_into_the_note_with_their_range(team: Store):
    page = Screen("review")
    page.write("claim_queue_note_c3", "Both files agree,")
    page.choose("likelihood_claim_queue_note_c3", "very likely")
    note = page.test.text_input(key="claim_queue_note_c3")
    assert note.value == "Both files agree, very likely (80 to 95 %)"
    page.choose("likelihood_claim_queue_note_c3", "unlikely")
    assert page.test.text_input(key="claim_queue_note_c3").value == (
        "Both files agree, unlikely (20 to 45 %)"
    )


@pytest.mark.parametrize("name", ["Lea", "Tester", "Rita"])
def test_headings_of_the_team_page_do_not_skip_levels(team: Store, monkeypatch, name):
    as_(monkeypatch, name)
    levels = Screen("team").heading_levels
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
