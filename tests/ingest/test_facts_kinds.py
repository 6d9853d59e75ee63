import pytest

from verify.ingest.facts import facts_of


def told(text):
    facts = facts_of(text, 0, len(text))
    return [(q["low"], q["kind"], q["counted"]) for q in facts.quantities]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The guards killed 85 river raiders.", [(85, "killed", "river raiders")]),
        ("85 river raiders were killed.", [(85, "killed", "river raiders")]),
        ("The blast left 12 dead and 30 wounded.", [(12, "killed", None), (30, "wounded", None)]),
        ("The death toll from the flood rose to 31.", [(31, "killed", None)]),
        ("The shelling claimed the lives of nine traders.", [(9, "killed", "traders")]),
        (
            "Seven killed 20 others hurt in a raid.",
            [(7, "killed", None), (20, "wounded", "others")],
        ),
        ("Guards captured 14 raiders.", [(14, "captured", "raiders")]),
        ("Six sailors are missing.", [(6, "missing", "sailors")]),
        ("The fire displaced 400 families.", [(400, "displaced", "families")]),
        ("Guards destroyed three boats.", [(3, "destroyed", "boats")]),
        ("The council deployed 900 soldiers.", [(900, "force_size", "soldiers")]),
        ("A bomb killed a nurse and two guards.", [(2, "killed", "guards")]),
        ("Gunners shot down four drones.", [(4, "destroyed", "drones")]),
        ("The council freed six hostages.", [(6, "other", "hostages")]),
        (
            "22 traders - nine of them women - died.",
            [(22, "killed", "traders"), (9, "killed", "women")],
        ),
        ("Raiders executed 15 detainees.", [(15, "killed", "detainees")]),
        (
            "A shell killed four women two residents said.",
            [(4, "killed", "women"), (2, "other", "residents")],
        ),
        ("Forty shells fell on the market.", [(40, "other", "shells")]),
        ("The attack killed and wounded 17 traders.", [(17, "other", "traders")]),
    ],
)
def test_the_governing_word_gives_the_kind(text, expected):
    assert told(text) == expected


def test_a_count_inside_a_count_inherits_its_kind():
    text = "The raid killed 48 villagers, among them 10 children and two nurses."
    assert [kind for _, kind, _ in told(text)] == ["killed"] * 3


def test_some_of_them_inherit_too():
    text = "Nine people were wounded, four of them children."
    assert told(text)[1] == (4, "wounded", "children")


def test_the_killers_are_not_the_killed():
    assert told("Two raiders killed 12 traders.") == [
        (2, "other", "raiders"),
        (12, "killed", "traders"),
    ]


def test_a_thing_is_not_killed():
    assert told("Six people were killed in nearly 40 air raids.")[1][1] == "other"


def test_a_verb_outside_the_claim_still_governs_its_number():
    text = "The guards killed at least 12 raiders, he said."
    start = text.index("at least")
    facts = facts_of(text, start, start + 19, sentence=(0, len(text)))
    assert [(q["low"], q["kind"]) for q in facts.quantities] == [(12, "killed")]
