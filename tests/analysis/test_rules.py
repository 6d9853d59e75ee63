from __future__ import annotations

from typing import Any

import pytest

from tests.analysis.pairing import claim, count, killed, related, words
from verify.analysis.rules import RULES
from verify.records import RELATIONS


def say(name: str, a: dict[str, Any], b: dict[str, Any], **known: Any) -> str | None:
    """What the rule of that name says of two claims, or None."""
    return words(related(a, b, **known), name)


def strength(name: str, a: dict[str, Any], b: dict[str, Any], **known: Any) -> float:
    """How far the rule moves the score for conflicts; 0 where it finds nothing."""
    reasons = related(a, b, **known)["reasons"]
    return sum(reason["conflicts"] for reason in reasons if reason["name"] == name)


def counting(claim_id: str, quantity: Any, text: str = "people died in the blast", **more: Any):
    return claim(claim_id, text, quantities=quantity, **more)


AT_LEAST_50 = count("at least 50", 50, None, "killed", "people")


@pytest.mark.parametrize(
    ("one", "other", "rule"),
    [
        (AT_LEAST_50, killed(58), "figures_agree"),
        (AT_LEAST_50, killed(31), "figures_differ"),
        (killed(31), killed(31), "same_figures"),
        (count("about 100", 100, 100, "killed", None), killed(104), "figures_agree"),
        (count("more than 130", 131, None, "killed", None),
         count("at least 1,300", 1300, None, "killed", None), "figures_far"),
        (count("dozens", 24, None, "killed", None),
         count("at least 210", 210, None, "killed", None), "figures_agree"),
        (count("up to 20", None, 20, "killed", None), killed(45), "figures_differ"),
    ],
)  # fmt: skip
def test_bounds_decide_whether_counts_agree(one, other, rule):
    told = {
        name
        for name in ("same_figures", "figures_agree", "figures_differ", "figures_far")
        if say(name, counting("c1", one), counting("c2", other))
    }
    assert told == {rule}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (killed(9), count("40", 40, 40, "wounded", "people")),  # another kind
        (killed(31, "people"), killed(8, "children")),  # a part of the whole
        (killed(20, "Alpha fighters"), killed(35, "Beta fighters")),  # of two armies
        (killed(9, "soldiers"), killed(40, "civilians")),  # other people
    ],
)
def test_counts_of_other_things_are_not_compared(one, other):
    assert say("figures_differ", counting("c1", one), counting("c2", other)) is None


def test_a_part_larger_than_its_whole_differs():
    a, b = counting("c1", killed(12, "people")), counting("c2", killed(40, "children"))
    assert say("figures_differ", a, b) == "12 people killed against 40 children killed"


def test_at_least_reaches_the_wounded_of_the_same_toll():
    toll = [*count("at least 20", 20, None, "killed", "people"),
            *count("55", 55, 55, "wounded", None)]  # fmt: skip
    toll[1]["start"] = 30
    b = counting("c2", count("70", 70, 70, "wounded", None))
    assert say("figures_agree", counting("c1", toll), b)


def test_a_later_higher_count_of_the_same_source_is_an_update():
    a = counting("c1", killed(12), source="River Post", published_at="2021-05-01")
    b = counting("c2", killed(20), source="River Post", published_at="2021-05-02")
    assert say("figures_differ", a, b) is None
    assert say("figures_agree", a, b)


def test_a_later_higher_count_of_another_source_is_none():
    a = counting("c1", killed(12), source="River Post", published_at="2021-05-01")
    b = counting("c2", killed(20), source="Hill Radio", published_at="2021-05-02")
    assert say("figures_differ", a, b)


def test_counts_of_another_day_weigh_less():
    a = counting("c1", killed(12), event_time="2021-05-01")
    same, other = (
        counting("c2", killed(40), event_time=day) for day in ("2021-05-01", "2021-05-03")
    )
    assert 0 < strength("figures_differ", a, other) < strength("figures_differ", a, same)


def test_counts_of_deeds_by_other_means_weigh_less():
    a = counting("c1", killed(12), "an air strike hit the school")
    same = counting("c2", killed(40), "warplanes hit the school")
    other = counting("c2", killed(40), "mortar shells hit the school")
    assert 0 < strength("figures_differ", a, other) < strength("figures_differ", a, same)


def test_counts_tell_little_where_one_incident_is_unlikely():
    a, b = counting("c1", killed(12)), counting("c2", killed(40))
    assert strength("figures_differ", a, b, same_event=0.3) == 0
    assert strength("figures_differ", a, b, same_event=0.8) > 3


def test_what_one_negates_the_other_states():
    a = claim("c1", "The road to Karsa is open")
    b = claim("c2", "The road to Karsa is not open", negated=True)
    assert say("negation", a, b) == "what one denies, the other states: open"


def test_a_refusal_is_no_contradiction_of_a_negation():
    a = claim("c1", "The council declined to open the road")
    b = claim("c2", "The council will not open the road", negated=True)
    assert say("negation", a, b) is None


def test_a_charge_and_its_denial():
    a = claim("c1", "The army is behind the raid on Karsa", speaker="The rebels")
    b = claim("c2", "The army called the charge baseless", speaker="The army")
    assert say("blame_denied", a, b) == "The army denies what The rebels charges"


@pytest.mark.parametrize(
    "denial",
    [
        "Reports that the bridge at Torva was destroyed are an invention.",
        "The story of a bridge destroyed at Torva is a complete fiction, officials said",
        "Claims that the Torva bridge was destroyed were false",
    ],
)
def test_what_a_denial_is_said_of_stands_before_it(denial: str):
    stated = claim("c1", "The bridge at Torva was destroyed on Monday.")
    assert say("denial", stated, claim("c2", denial)) is not None


def test_an_invention_of_an_engineer_is_no_denial():
    a = claim("c1", "The folding bridge at Torva was destroyed")
    b = claim("c2", "The folding bridge at Torva is an invention by a local engineer")
    assert say("denial", a, b) is None


def test_a_court_that_denies_a_request_denies_no_statement():
    a = claim("c1", "The court threw out the request of the miners")
    b = claim("c2", "The judge denied the request of the miners")
    assert say("denial", a, b) is None


def test_another_doer_is_blamed():
    a = claim("c1", "Shells fired by rebels hit the bakery")
    b = claim("c2", "Army shelling hit the bakery")
    assert say("other_doer", a, b) == "another actor blamed: rebels / government forces"


def test_the_doer_may_come_from_the_facts():
    a = claim("c1", "The bakery was shelled", actor="government troops")
    b = claim("c2", "Rebel rockets hit the bakery")
    assert say("other_doer", a, b) == "another actor blamed: government forces / rebels"


def test_civilians_in_one_and_fighters_in_the_other():
    a, b = counting("c1", killed(12, "farmers")), counting("c2", killed(12, "militants"))
    assert say("other_victims", a, b) == "those hit were civilians in one, fighters in the other"
    assert related(a, b)["conflict_kind"] == "victim"


def test_one_sides_advance_is_its_defeat_elsewhere():
    a = claim("c1", "The front took the pass", side="Front", outcome="advance", speaker="The front")
    b = claim("c2", "The front fled from the pass", side="Crown", actor_side="Front",
              outcome="setback", speaker="The palace")  # fmt: skip
    assert say("other_outcome", a, b) == "Front advanced, says one; was beaten, says the other"


def test_opposite_words():
    a, b = claim("c1", "The singer is alive"), claim("c2", "The singer is dead")
    assert say("opposite_words", a, b) == "opposite words: aliv / dead"


def test_shared_names_are_shown():
    a, b = claim("c1", "Troops entered Karsa"), claim("c2", "Shops in Karsa stayed shut")
    assert say("names", a, b) == "both name Karsa"


def test_every_rule_of_the_table_is_described():
    names = [rule.name for rule in RULES]
    assert len(set(names)) == len(names)
    assert all(" / " in rule.example and rule.words for rule in RULES)


def test_a_rule_names_no_relation_in_its_words():
    assert not [rule.name for rule in RULES if rule.words in RELATIONS]


def test_one_source_seldom_contradicts_itself():
    a = counting("c1", killed(12), source="River Post")
    same, other = (counting("c2", killed(40), source=s) for s in ("River Post", "Hill Radio"))
    assert 0 < strength("figures_differ", a, same) < strength("figures_differ", a, other)


def test_neighbours_in_one_document_do_not_corroborate_by_nearness():
    a = claim("c1", "Sirens went off in Karsa", doc_id="d1")
    b = claim("c2", "A shopkeeper in Karsa fled", doc_id="d1", speaker="A neighbour")
    assert say("same_document", a, b) == "one document tells both"
    assert related(a, b, similarity=0.4, same_event=0.8)["relation"] == "related"


def test_a_part_of_a_count_does_not_contradict_the_count():
    a = claim("c1", "Three bombers struck", quantities=count("Three", 3, 3, "other", "bombers"))
    two = count("Two", 2, 2, "other", "bombers")
    b = claim("c2", "Two of the bombers died", quantities=[{**two[0], "end": 3}])
    assert say("things_differ", a, b) is None
