"""What is denied, by whom, and which figure with it."""

import pytest

from tests.ingest.test_extract import claims
from verify.analysis.compare import denied
from verify.disavowed import disavows, is_disavowed
from verify.ingest.denial import is_denied

CALLED_UNTRUE = [
    "The mill lost nine men, and the figure of 31 dead is invented, the miller said.",
    "The front said the reports of 31 dead were a hoax.",
    "The miller said that the number of 31 killed had been fabricated.",
    "The guild said the toll of 31 dead was exaggerated.",
    "Claims of 31 dead are pure fiction, the miller told reporters.",
    "The miller said it was a lie that 31 men had died.",
    "The front accused the guild of inventing the death of 31 millers.",
    "The video of 31 burnt carts is a fake, the guild said.",
    "The miller said there was no truth in the claim of 31 dead.",
    "The figure of 31 dead, which the guild spread, is a fairy tale, the miller said.",
]


def figures(text: str) -> dict[str, bool]:
    return {q["text"]: denied(c, q) for c in claims(text) for q in c["quantities"]}


@pytest.mark.parametrize("text", CALLED_UNTRUE)
def test_a_figure_called_untrue_is_denied(text: str):
    assert figures(text)["31"]
    assert any(claim["negated"] for claim in claims(text))


@pytest.mark.parametrize(
    "text",
    [
        "The guild called the claim of 31 dead a lie.",
        "The guild called reports of 31 deaths propaganda.",
        "The guild rejected the figure of 31 dead.",
        "The guild rejected as false the figure of 31 dead.",
        "The guild denied that 31 men had died.",
    ],
)
def test_a_speaker_s_denial_is_no_double_negative(text: str):
    (claim,) = claims(text)
    assert (claim["denied"], claim["negated"]) == (True, False)
    assert figures(text)["31"]
    (row,) = claims(text, kind="row")
    assert (row["denied"], row["negated"]) == (True, False)


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("The claim of 31 dead is a lie, four men died, the miller said.", "four"),
        ("The miller said the claim of 31 dead was false and that four had died.", "four"),
        ("Four men died, reports of 31 are a lie, the miller said.", "Four"),
        ("The miller said 31 men were held for spreading false rumours.", "31"),
        ("The figure of 31 dead is not exaggerated, the miller said.", "31"),
        ("The lamp was invented by 31 millers.", "31"),
        ("The bodies of 31 men lie in the mill.", "31"),
        ("The miller sold 31 inflated boats.", "31"),
    ],
)
def test_a_figure_beside_what_is_called_untrue_is_stated(text: str, figure: str):
    assert not figures(text)[figure]


@pytest.mark.parametrize(
    "text", ["There is nothing military here.", "These are lies.", "Nothing was lost."]
)
def test_nothing_and_lies_negate(text: str):
    assert all(claim["negated"] for claim in claims(f"{text[:-1]}, the miller said."))


@pytest.mark.parametrize(
    "text",
    [
        "The mill lies near the bridge, the miller said.",
        "The lamp was invented in 1901, the miller said.",
        "It was nothing but rubble, the miller said.",
        "The guild wrote a work of fiction, the miller said.",
    ],
)
def test_words_of_another_meaning_negate_nothing(text: str):
    assert not any(claim["negated"] for claim in claims(text))


@pytest.mark.parametrize(
    ("text", "hedged"),
    [
        ("The miller allegedly told reporters that 31 men had died.", True),
        ("The miller is believed to have said that 31 men had died.", True),
        ("The guild reportedly denied that 31 men had died.", True),
        ("The miller told reporters that 31 men had died.", False),
        ("The guild claimed that 31 men had died.", False),
    ],
)
def test_reserve_in_the_cue_is_reserve(text: str, hedged: bool):
    assert claims(text)[0]["hedged"] is hedged


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen at a fake checkpoint killed 31 people on Monday.",
        "31 people were killed when a rescue operation went wrong.",
        "31 people were killed in an attack that was staged from the hills.",
        "31 were wounded as protests were staged in the capital.",
        "Men in fake uniforms killed 31 people.",
        "31 soldiers were killed near the valley where the border lies.",
        "31 millers were jailed for spreading fake news.",
        "31 men were charged with publishing false reports.",
        "The court jailed 31 men over fabricated charges.",
        "31 prisoners were executed on false charges.",
        "The number of wounded rose to 31 after a false report of calm.",
        "31 men were killed because the information was wrong.",
        "31 died when the reports of a truce turned out to be wrong.",
        "31 people died after reports of a safe road proved false.",
        "31 died because the alarm was false.",
        "31 soldiers fell as the map was wrong.",
        "31 officers were dismissed for inflated body counts.",
        "State news said 31 soldiers were killed.",
        "News of the death of 31 miners reached the town late.",
        "Rebels staged an ambush that killed 31 soldiers.",
        "False alarms sounded for hours before rockets killed 31 people.",
        "The drone hit the wrong convoy, killing 31 civilians.",
        "The mill lies in ruins after raids killed 31 people.",
        "The guild confirmed reports that 31 people were killed.",
        "The video shows 31 bodies that lie in the street.",
        "A fake ambulance exploded, killing 31.",
    ],
)
def test_what_is_false_beside_a_toll_does_not_call_the_toll_false(text: str) -> None:
    assert not is_disavowed(text)
    assert not disavows(text, text.index("31"), text.index("31") + 2)


@pytest.mark.parametrize(
    "text",
    [
        "Claims of 31 dead are not true.",
        "Photos of 31 bodies were staged, the guild said.",
        "The alleged killing of 31 millers was staged.",
        "The massacre of 31 villagers never happened.",
        "The toll of 31 dead is false news.",
        "The guild spread false reports of 31 dead.",
        "Those reports of 31 deaths are in fact pure invention.",
        "The rumour that 31 soldiers deserted is a myth.",
        "The number of 31 given by rebels is greatly exaggerated.",
        "Reports that 31 soldiers were killed turned out to be false.",
        "It is false that 31 people were killed.",
        "He said the rebels had invented the figure of 31.",
    ],
)
def test_what_is_said_of_a_toll_calls_it_false(text: str) -> None:
    assert is_disavowed(text)
    assert disavows(text, text.index("31"), text.index("31") + 2)


@pytest.mark.parametrize(
    ("cue", "content"),
    [
        ("call", "the claim of 31 dead a lie"),
        ("call", "it a lie"),
        ("label", "the report that 31 men had died fake"),
        ("brand", "the figure of 31 “pure fiction”"),
        ("dub", "the massacre of 31 staged"),
        ("deem", "the number of 31 inflated"),
        ("describe", "the claim of 31 dead as a lie"),
        ("describe", "the report of 31 dead as wrong"),
        ("denounce", "the toll of 31 as a gross exaggeration"),
        ("condemn", "claims that it killed 31 people as baseless"),
    ],
)
def test_calling_denies_where_untrue_words_end_what_is_said(cue: str, content: str) -> None:
    assert is_denied(cue, content)


@pytest.mark.parametrize(
    ("cue", "content"),
    [
        ("describe", "how 31 people were killed at a fake checkpoint"),
        ("describe", "how 31 people were killed by false information"),
        ("describe", "31 people killed as a result of fake news"),
        ("describe", "31 recruits as victims of disinformation"),
        ("describe", "how a rescue of 31 miners went wrong"),
        ("describe", "the killing of 31 men as no lie"),
        ("call", "31 men who told a lie"),
        ("call", "the guild to stop the lies"),
        ("call", "the raid that killed 31 wrong"),
        ("call", "31 soldiers in fake uniforms terrorists"),
        ("condemn", "the killing of 31 people over fake news"),
        ("condemn", "the raid that killed 31 as wrong"),
    ],
)
def test_calling_denies_nothing_where_untrue_words_tell_of_something_else(
    cue: str, content: str
) -> None:
    assert not is_denied(cue, content)
