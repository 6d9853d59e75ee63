from __future__ import annotations

import math

import pandas as pd
import pytest

from tests.analysis.pairing import claim, count, frame, killed, related, words
from verify.analysis.relate import RelateSettings, load_weights, relate, softmax
from verify.analysis.rules import RULES

KILLED_85 = claim(
    "c1",
    "the resistance killed 85 Taliban fighters",
    speaker="A supporter of the Northern Alliance",
    side="Resistance",
    actor="the resistance",
    actor_side="Resistance",
    outcome="advance",
    quantities=killed(85, "Taliban fighters"),
    event_time="2021-08-30",
    place="Panjshir",
)
VICTORY_PICTURES = claim(
    "c2",
    "victory pictures of their fighters",
    speaker="Taliban supporters",
    cue="posted",
    side="Taliban",
    outcome="advance",
    event_time="2021-08-30",
    place="Panjshir",
)


def test_a_killing_claimed_by_one_side_conflicts_with_the_other_sides_victory_pictures():
    pair = related(KILLED_85, VICTORY_PICTURES, similarity=0.3, same_event=0.05)
    assert pair["relation"] == "conflicts"
    assert pair["conflict_kind"] == "outcome"
    assert words(pair, "both_succeed") == (
        "opposed sides, both claim success: Resistance against Taliban"
    )


def test_boasts_of_two_sides_in_two_events_do_not_conflict():
    pair = related(KILLED_85, VICTORY_PICTURES, similarity=0.3, same_event=0.05, event_id=None)
    assert pair["relation"] == "unrelated"


def test_boasts_of_two_sides_weeks_apart_do_not_conflict():
    later = {**VICTORY_PICTURES, "event_time": "2021-09-20"}
    pair = related(KILLED_85, later, similarity=0.3, same_event=0.05)
    assert pair["relation"] == "unrelated"


def test_boasts_of_one_side_do_not_conflict():
    again = {**VICTORY_PICTURES, "side": "Resistance"}
    assert related(KILLED_85, again)["relation"] != "conflicts"


def test_neutral_publishers_are_no_side():
    neutral = {**VICTORY_PICTURES, "side": "independent"}
    assert words(related(KILLED_85, neutral), "both_succeed") is None


def test_the_same_statement_in_other_words_supports():
    a = claim("c1", "The mill in Oldham burned down on Friday night", event_time="2021-08-27")
    b = claim("c2", "Fire destroyed the Oldham mill on Friday night", event_time="2021-08-27")
    assert related(a, b, similarity=0.85, same_event=0.95)["relation"] == "supports"


def test_exact_counts_of_one_incident_that_differ_conflict():
    a = claim("c1", "Rockets on the market killed 85 traders", quantities=killed(85, "traders"))
    b = claim("c2", "Rockets on the market killed 12 traders", quantities=killed(12, "traders"))
    pair = related(a, b, similarity=0.8)
    assert (pair["relation"], pair["conflict_kind"]) == ("conflicts", "number")
    assert words(pair, "figures_differ") == "85 traders killed against 12 traders killed"


def test_the_same_counts_in_two_incidents_apart_are_no_conflict():
    a = claim("c1", "Rockets on the market killed 85 traders", quantities=killed(85, "traders"))
    b = claim("c2", "A mine near the dam killed 12 traders", quantities=killed(12, "traders"))
    assert related(a, b, similarity=0.5, same_event=0.1)["relation"] == "unrelated"


def test_a_denial_conflicts_with_what_it_denies():
    a = claim("c1", "the front lost the bridge at Karsa", speaker="An officer")
    b = claim("c2", "the front lost the bridge at Karsa", speaker="The front", cue="denied",
              negated=True)  # fmt: skip
    pair = related(a, b, similarity=0.9)
    assert (pair["relation"], pair["conflict_kind"]) == ("conflicts", "denial")
    assert words(pair, "denied_outright") == "The front denies what An officer states"


def test_a_figure_that_is_denied_does_not_count_as_the_same_figure():
    a = claim("c1", "85 fighters were killed", quantities=killed(85, "fighters"))
    b = claim("c2", "85 fighters were killed", quantities=killed(85, "fighters"),
              speaker="The spokesman", cue="denied", negated=True)  # fmt: skip
    pair = related(a, b, similarity=0.9)
    assert words(pair, "same_figures") is None
    assert pair["relation"] == "conflicts"


def test_no_reading_depends_on_which_claim_comes_first():
    pairs = pd.DataFrame(
        {"a": ["c1", "c2"], "b": ["c2", "c1"], "event_id": "e", "similarity": 0.4,
         "same_event": 0.6}
    )  # fmt: skip
    one, other = relate(pairs, frame(KILLED_85, VICTORY_PICTURES)).to_dict("records")
    assert one == other


def test_the_reasons_add_up_to_the_probabilities():
    pair = related(KILLED_85, VICTORY_PICTURES)
    supports = sum(reason["supports"] for reason in pair["reasons"])
    conflicts = sum(reason["conflicts"] for reason in pair["reasons"])
    whole = math.exp(supports) + math.exp(conflicts) + 1
    assert pair["p_supports"] == pytest.approx(math.exp(supports) / whole)
    assert pair["p_conflicts"] == pytest.approx(math.exp(conflicts) / whole)


def test_the_first_reason_is_the_base_rate():
    assert related(KILLED_85, VICTORY_PICTURES)["reasons"][0]["name"] == "base"


def test_neither_is_called_related_only_where_one_incident_is_likely():
    a = claim("c1", "The mayor opened the new bridge")
    b = claim(
        "c2", "Traffic crossed the river slowly", quantities=count("9", 9, 9, "other", "lanes")
    )
    assert related(a, b, similarity=0.3, same_event=0.5)["relation"] == "related"
    assert related(a, b, similarity=0.3, same_event=0.2)["relation"] == "unrelated"


def test_same_event_is_reckoned_where_the_pairs_do_not_bring_it():
    pairs = pd.DataFrame({"a": ["c1"], "b": ["c2"], "event_id": [None], "similarity": [0.4]})
    found = relate(pairs, frame(KILLED_85, VICTORY_PICTURES))
    assert found["same_event"].between(0, 1).all()


def test_no_pairs_give_an_empty_table_with_all_columns():
    pairs = pd.DataFrame({"a": [], "b": [], "event_id": [], "similarity": []})
    found = relate(pairs, frame(KILLED_85))
    assert len(found) == 0
    assert "conflict_kind" in found


def test_an_unknown_claim_is_named():
    pairs = pd.DataFrame(
        {"a": ["c1"], "b": ["c9"], "event_id": "e", "similarity": 0.4, "same_event": 0.5}
    )
    with pytest.raises(KeyError, match="c9"):
        relate(pairs, frame(KILLED_85))


def test_every_rule_has_weights_and_every_weight_a_rule():
    assert set(load_weights()) == {"base", *(rule.name for rule in RULES)}


def test_no_conflict_rule_speaks_against_conflict():
    clashing = [rule.name for rule in RULES if rule.conflict_kind]
    assert all(load_weights()[name][1] >= 0 for name in clashing)


def test_large_scores_do_not_overflow():
    assert softmax(0.0, 4000.0) == (0.0, 1.0)


def test_weights_can_be_replaced():
    weights = {**load_weights(), "both_succeed": (0.0, 0.0)}
    pairs = pd.DataFrame(
        {"a": ["c1"], "b": ["c2"], "event_id": "e", "similarity": 0.4, "same_event": 0.5}
    )
    settings = RelateSettings(weights=weights)
    found = relate(pairs, frame(KILLED_85, VICTORY_PICTURES), settings)
    assert found["relation"][0] != "conflicts"
