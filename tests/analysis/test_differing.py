"""Claims that say nearly the same but for one point; causes; who denies which charge."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from tests.analysis.pairing import claim, frame, killed, related, words
from verify import records
from verify.analysis.causes import causes_of
from verify.analysis.cross_encoder import Readings
from verify.analysis.finding import Finding
from verify.analysis.naming import named_point
from verify.analysis.relate import RelateSettings, load_weights, relate
from verify.analysis.rules import RULES
from verify.records import WITHHELD


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("army jets bombed the hospital in Tarnau", "coalition jets bombed the hospital in Tarnau",
         "actor"),
        ("the rebels captured the airfield of Tarnau", "the rebels lost the airfield of Tarnau",
         "outcome"),
        ("the fire at the Tarnau depot was caused by lightning",
         "the fire at the Tarnau depot was caused by a welder", "cause"),
    ],
)  # fmt: skip
def test_one_point_apart_names_its_kind(one: str, other: str, kind: str) -> None:
    pair = related(claim("c1", one), claim("c2", other))
    assert str(words(pair, "other_account")).startswith(
        f"nearly the same words, but for the {kind}"
    )


def test_the_point_decides_only_where_the_rest_is_alike() -> None:
    one = claim("c1", "army jets bombed the hospital in Tarnau")
    other = claim("c2", "in the east coalition jets hit oil wells, trucks and a refinery at dusk")
    assert words(related(one, other), "other_account") is None


def test_another_place_in_the_same_words() -> None:
    text = "the engineer Jan Teller was found dead"
    one = claim("c1", f"{text} in Orsk", place="Orsk")
    other = claim("c2", f"{text} in Tarnau", place="Tarnau")
    assert words(related(one, other), "elsewhere") == (
        "nearly the same words, but for the place: Orsk / Tarnau"
    )


@pytest.mark.parametrize(
    ("text", "causes"),
    [
        ("the fire was caused by a short circuit, officials said", ("short", "circuit")),
        ("a gas leak triggered the blast", ("gas", "leak")),
        ("the blast was triggered by a gas leak and hurt nine", ("gas", "leak")),
        ("the bridge is closed", ()),
    ],
)
def test_a_cause_is_what_stands_beside_its_word(text: str, causes: tuple[str, ...]) -> None:
    assert causes_of(text) == causes


def test_a_cause_that_the_other_text_has_too_is_no_other_cause() -> None:
    one = claim("c1", "the depot burned because of a rocket")
    other = claim("c2", "the rocket that hit the depot led to a fire")
    assert words(related(one, other), "other_cause") is None


def test_one_toll_laid_to_two_means() -> None:
    one = claim("c1", "an air strike killed nine miners", quantities=killed(9, "miners"))
    other = claim("c2", "nine miners were killed by shelling", quantities=killed(9, "miners"))
    assert words(related(one, other), "other_cause") == "another cause: air strikes / shelling"


CHARGE = claim("c1", "state media accused rebels of using chlorine in Tarnau")


def test_a_denial_answers_a_charge_only_from_who_is_charged() -> None:
    rebels = claim("c2", "the rebels denied using chlorine in Tarnau")
    army = claim("c3", "the army denied using chlorine in Tarnau")
    assert words(related(CHARGE, rebels), "blame_denied")
    assert words(related(CHARGE, army), "blame_denied") is None


def test_a_denial_of_the_past_answers_no_charge_of_today() -> None:
    past = claim("c2", "in the past the rebels denied having used chlorine around Tarnau")
    assert words(related(CHARGE, past), "blame_denied") is None


def test_to_have_had_nothing_to_do_with_it_is_a_denial() -> None:
    denied = claim("c2", "the rebels had nothing to do with the chlorine in Tarnau")
    assert words(related(CHARGE, denied), "blame_denied")


def test_a_place_that_only_the_document_gives_is_no_other_place() -> None:
    text = "the engineer Jan Teller was found dead"
    one = claim("c1", text, place="Orsk")
    other = claim("c2", f"{text} in Tarnau", place="Tarnau")
    assert words(related(one, other), "elsewhere") is None


@pytest.mark.parametrize(
    "text",
    [
        "another 9 people were killed by shells in Orsk",
        "the toll of the shells in Orsk has risen to 9 people killed",
    ],
)
def test_a_further_count_and_an_update_weigh_less(text: str) -> None:
    one = claim("c1", "31 people were killed by shells in Orsk", quantities=killed(31))

    def weight(text: str) -> float:
        pair = related(one, claim("c2", text, quantities=killed(9)))
        return sum(r["conflicts"] for r in pair["reasons"] if r["name"] == "figures_differ")

    assert 0 < weight(text) < weight("9 people were killed by shells in Orsk") / 2


class Saying:
    """Reads every pair alike; remembers how many it was asked for."""

    name = "saying"

    def __init__(self, supports: float, conflicts: float) -> None:
        self.odds, self.asked = (supports, conflicts), 0

    def read(self, a, b, progress=None):
        self.asked += len(a)
        return Readings(*(np.full(len(a), odds) for odds in self.odds), None)


def read_by(
    reader: Saying,
    *claims: dict[str, Any],
    similarity: float = 0.6,
    same_event: float = 0.9,
    settings: RelateSettings | None = None,
) -> dict[str, Any]:
    pairs = pd.DataFrame(
        {"a": ["c1"], "b": ["c2"], "event_id": ["e"],
         "similarity": [similarity], "same_event": [same_event]}
    )  # fmt: skip
    return records.rows(relate(pairs, frame(*claims), settings, reader))[0]


def two_of_the_road(**known: Any) -> list[dict[str, Any]]:
    return [
        claim(name, f"the road to Tarnau was opened at dawn, {who} said", **known)
        for name, who in (("c1", "drivers"), ("c2", "traders"))
    ]


DATED = {"published_at": "2023-05-09"}


def test_where_dates_are_known_a_conflict_needs_a_rule_that_names_the_point() -> None:
    told = [
        claim("c1", "the dam above Tarnau held through the night", **DATED),
        claim("c2", "water stood in every street of the lower town", **DATED),
    ]
    reader = Saying(-3.0, 3.0)
    known = {"similarity": 0.3, "same_event": 0.55, "settings": RelateSettings(conflicts=-5.0)}
    pair = read_by(reader, *told, **known)
    assert pair["p_conflicts"] > pair["p_supports"]
    assert pair["relation"] == "related"
    assert pair["conflict_kind"] is None
    assert str(words(pair, WITHHELD)).startswith("not shown as a conflict: no rule names the point")
    undated = [{**one, "published_at": None} for one in told]
    assert read_by(reader, *undated, **known)["relation"] == "conflicts"


def test_no_support_is_shown_where_the_model_sees_rather_a_conflict() -> None:
    leaning, close = Saying(0.0, 1.0), 0.9
    kept = read_by(leaning, *two_of_the_road(**DATED))
    assert kept["relation"] == "related"
    assert str(words(kept, WITHHELD)).startswith("not shown as a support: the trained model")
    assert read_by(leaning, *two_of_the_road(**DATED), similarity=close)["relation"] == "supports"
    assert read_by(Saying(1.0, 0.0), *two_of_the_road(**DATED))["relation"] == "supports"


@pytest.mark.parametrize(
    "known",
    [
        {"doc_id": "one"},
        {"text": "the raids"},
    ],
)
def test_what_says_nothing_to_a_reader_of_texts_is_not_read(known: dict[str, Any]) -> None:
    reader = Saying(5.0, 0.0)
    read_by(reader, *two_of_the_road())
    assert reader.asked == 1
    read_by(reader, *({**one, **known} for one in two_of_the_road()))
    assert reader.asked == 1


def test_running_totals_of_two_days_are_not_read() -> None:
    reader = Saying(0.0, 5.0)
    told = [
        claim(name, "more than 9,000 people have been killed since the war began", published_at=day)
        for name, day in (("c1", "2023-05-09"), ("c2", "2023-08-09"))
    ]
    read_by(reader, *told)
    assert reader.asked == 0


def test_two_likely_incidents_are_said_to_be_why_a_support_is_not_shown() -> None:
    pair = read_by(Saying(5.0, 0.0), *two_of_the_road(**DATED), similarity=0.9, same_event=0.4)
    assert pair["relation"] == "unrelated"
    assert words(pair, WITHHELD) == (
        "not shown as a support: these are likelier two incidents than one"
    )


def test_a_relation_that_is_shown_is_not_withheld() -> None:
    pair = read_by(Saying(5.0, 0.0), *two_of_the_road(**DATED))
    assert pair["relation"] == "supports"
    assert words(pair, WITHHELD) is None


@pytest.mark.parametrize(
    ("which", "more"), [("weights", {"opposite_words"}), ("weights_read", set())]
)
def test_which_rules_can_name_a_conflict_by_themselves(which: str, more: set[str]) -> None:
    weights = load_weights(which)
    able = {
        rule.name
        for rule in RULES
        if named_point([(rule, Finding(1.0, {}))], weights).kind is not None
    }
    assert able == {
        "figures_differ", "figures_far", "things_differ", "denial", "denied_outright",
        "blame_denied", "negation", "both_succeed", "other_outcome", "other_victims",
        "other_account", "elsewhere",
    } | more  # fmt: skip


def test_two_texts_that_deny_a_cause_name_no_other_cause() -> None:
    one = claim("c1", "the fire was not caused by lightning", negated=True)
    other = claim("c2", "the fire was caused by a welder")
    assert words(related(one, other), "other_cause") is None


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [
        ("US jets bombed the port", "US-led coalition jets bombed the port", False),
        ("coalition jets bombed the port", "US-led coalition jets bombed the port", False),
        ("US jets bombed the port", "coalition jets bombed the port", True),
    ],
)
def test_a_coalition_that_one_country_leads_goes_by_both_names(
    one: str, other: str, clash: bool
) -> None:
    found = words(related(claim("c1", one), claim("c2", other)), "other_doer")
    assert (found is not None) == clash


def test_a_denied_claim_is_read_as_the_denial_that_it_is() -> None:
    heard: list[str] = []

    class Listening:
        name = "listening"

        def read(self, a, b, progress=None):
            heard.extend([*a, *b])
            return Readings(np.zeros(len(a)), np.zeros(len(a)), None)

    text = "nine miners were killed in the pit at Tarnau"
    one = claim("c1", text, speaker="The owner", cue="denied", denied=True)
    other = claim("c2", text, speaker="The union", cue="said")
    pairs = pd.DataFrame(
        {"a": ["c1"], "b": ["c2"], "event_id": ["e"], "similarity": [0.9], "same_event": [0.9]}
    )
    relate(pairs, frame(one, other), reader=Listening())
    assert heard == [f"The owner denied that {text}", text]
