"""Who speaks keeps the count that is theirs and takes on no day on which they spoke."""

import pytest

from tests.ingest.test_reader import read, said


def speaker(text: str, source: str, cue: str = "said") -> str:
    (one, *_) = read(text, said(text, source, cue, "en men died"))
    return one[0]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("14 residents said ten men died.", "14 residents"),
        ("Two hundred fled, and 3 officials said ten men died.", "3 officials"),
        ("“The bridge is gone.” 3 officials said ten men died.", "3 officials"),
        ("The mill burnt. 40 villagers said ten men died.", "40 villagers"),
        ("Ten men died, 2 medics said.", "2 medics"),
        ("Shells fell but 5 witnesses said ten men died.", "5 witnesses"),
        ("At least 6 local officials said ten men died.", "6 local officials"),
        ("On Monday 14 residents said ten men died.", "14 residents"),
        ("Nine women were killed 14 residents said after ten men died.", "14 residents"),
        ("The guard left the mill 14 residents said after ten men died.", "14 residents"),
        ("Ten men died\n1,200 workers said.", "1,200 workers"),
        ("Meanwhile, 7 senior officers and 3 officials said ten men died.", "3 officials"),
    ],
)
def test_speakers_keep_their_count(text: str, source: str) -> None:
    assert speaker(text, source) == source


@pytest.mark.parametrize(
    ("text", "source", "named"),
    [
        ("Ten men died and fire wounded 50 state media said.", "50 state media", "state media"),
        ("Ten men died as rockets killed 12 activists said.", "12 activists", "activists"),
        ("Ten men died, killing at least 12 activists said.", "12 activists", "activists"),
        ("Ten men died as the blast hurt 31 local officials said.", "31 local officials",
         "local officials"),
        ("Ten men died as gunmen kidnapped about 9 police said.", "9 police", "police"),
        ("Ten men died as the army arrested 40 rebels said.", "40 rebels", "rebels"),
        ("Ten men died as the toll rose to 31 medics said.", "31 medics", "medics"),
        ("Ten men died after the deaths of 31 activists said.", "31 activists", "activists"),
        ("Ten men died as raids have displaced 2,000 residents said.", "2,000 residents",
         "residents"),
        ("Ten men died after mines injured more than 20 local media said.", "20 local media",
         "local media"),
    ],
)  # fmt: skip
def test_a_count_that_ends_a_run_on_statement_is_no_part_of_who_speaks(
    text: str, source: str, named: str
) -> None:
    assert speaker(text, source) == named


@pytest.mark.parametrize(
    ("text", "source", "cue", "named"),
    [
        ("The Pentagon Tuesday said ten men died.", "The Pentagon", "said", "The Pentagon"),
        ("A ministry spokesman Monday told us ten men died.", "A ministry spokesman", "told",
         "A ministry spokesman"),
        ("The Defence Ministry Friday denied ten men died.", "The Defence Ministry Friday",
         "denied", "The Defence Ministry"),
        ("Anna Kovar Thursday said ten men died.", "Anna Kovar", "said", "Anna Kovar"),
        ("Anna Kovar Thursday night said ten men died.", "Anna Kovar Thursday night", "said",
         "Anna Kovar"),
        ("The Kremlin March 3 said ten men died.", "The Kremlin March 3", "said", "The Kremlin"),
        ("The Kremlin 3 March said ten men died.", "The Kremlin 3 March", "said", "The Kremlin"),
        ("The ministry August said ten men died.", "The ministry", "said", "The ministry"),
        ("The guard on Sunday said ten men died.", "The guard on Sunday", "said", "The guard"),
        ("Police late Saturday said ten men died.", "Police late Saturday", "said", "Police"),
        ("The Northern Front, Wednesday, said ten men died.", "The Northern Front, Wednesday",
         "said", "The Northern Front"),
        ("Prime Minister Theresa May said ten men died.", "Prime Minister Theresa", "said",
         "Prime Minister Theresa May"),
        ("The Sunday Brigade said ten men died.", "The Sunday Brigade", "said",
         "The Sunday Brigade"),
        ("A poll released Friday said ten men died.", "A poll released Friday", "said",
         "A poll released Friday"),
        ("Omar Ahmed Friday said ten men died.", "Omar Ahmed Friday", "said", "Omar Ahmed"),
    ],
)  # fmt: skip
def test_the_day_of_saying_is_no_part_of_a_name(
    text: str, source: str, cue: str, named: str
) -> None:
    assert speaker(text, source, cue) == named
