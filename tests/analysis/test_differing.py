"""Claims that say nearly the same but for one point; causes; who denies which charge."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tests.analysis.pairing import claim, frame, killed, related, words
from verify.analysis.causes import causes_of
from verify.analysis.cross_encoder import Readings
from verify.analysis.relate import relate


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


def test_where_dates_are_known_a_conflict_needs_a_rule_that_names_the_point() -> None:
    class Sure:
        name = "sure"

        def read(self, a, b, progress=None):
            count = len(a)
            return Readings(np.full(count, -2.0), np.full(count, 9.0), None)

    def relation(**dated: str) -> str:
        rows = [
            claim(name, f"the road to Tarnau was opened at dawn, {who} said", **dated)
            for name, who in (("c1", "drivers"), ("c2", "traders"))
        ]
        pairs = pd.DataFrame(
            {"a": ["c1"], "b": ["c2"], "event_id": ["e"], "similarity": [0.6], "same_event": [0.9]}
        )
        return str(relate(pairs, frame(*rows), reader=Sure())["relation"][0])

    assert relation() == "conflicts"
    assert relation(published_at="2023-05-09") != "conflicts"


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
