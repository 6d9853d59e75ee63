import pytest

from verify.ingest.places import find_place


def place(text):
    found = find_place(text, 0, len(text))
    if found is None:
        return None
    assert text[found.start : found.end] == found.text
    return found.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A shell hit the village of Karm Zaitun in Homs province.", "Karm Zaitun"),
        ("Fighting went on in Parwan province.", "Parwan province"),
        ("Fighting went on in Jabul Siraj.", "Jabul Siraj"),
        ("Clashes stayed on the outskirts of Panjshir.", "outskirts of Panjshir"),
        ("A camp in northern Syria was hit.", "northern Syria"),
        ("Mortars fell near Freedom Square in Damascus.", "Freedom Square"),
        ("Jets struck Aleppos al-Bayda neighborhood.", "al-Bayda neighborhood"),
        ("Trucks crossed France, then stopped in Nantes.", "Nantes"),
        ("Guns were heard in the capital.", "the capital"),
    ],
)
def test_the_most_specific_place_with_evidence_wins(text, expected):
    assert place(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Mobile service works at times.",
        "Most of them are Nice people.",
        "They met on Monday in March.",
        "A source at Homs Police Command spoke.",
        "He said it in Arabic.",
        "Taliban fighters were seen.",
    ],
)
def test_a_name_without_evidence_is_no_place(text):
    assert place(text) is None
