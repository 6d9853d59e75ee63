"""Claims that say nearly the same but for one point; causes; who denies which charge."""

from __future__ import annotations

import pytest

from tests.analysis.pairing import claim, killed, related, words
from verify.analysis.causes import causes_of


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
