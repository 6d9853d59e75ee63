"""Which counts are no toll: sentences, and the class that each of their numbers is given."""

import pytest

from tests.analysis.counting import told
from verify import records
from verify.analysis.reconcile import reconcile
from verify.ingest.facts import facts_of

CASES = [
    ("More than 100,000 people have been killed in the conflict so far.", {"longer"}),
    ("More than 290,000 people have been killed since the war erupted in March 2011.", {"longer"}),
    ("The conflict has turned into a war that has killed more than 300,000 people.", {"longer"}),
    ("The death toll from the six-year-old conflict stands at 470,000 people.", {"longer"}),
    ("The strike killed 40 people in the worst attack of the war.", {"person"}),
    ("At least 128 people were killed in the raids since Thursday.", {"person"}),
    ("31 people were killed in fighting near the bridge.", {"person"}),
    ("36 civilians were killed, including 11 children.", {"civilian", "child"}),
    ("31 people were killed, including 20 guests.", {"person", "part"}),
    ("The blow killed 1 of its commanders.", {"part"}),
    ("Those killed included 12 people on a convoy.", {"part"}),
    ("9 children and 14 others were killed.", {"child", "part"}),
    ("16 children and 3 adults were killed.", {"child", "part"}),
    ("In the attack 18 of the 31 lorries were destroyed.", {"thing:lorrie"}),
]
"""In sentences of our own making, each like one that was read in real news."""


def groups(*texts: str) -> set[str]:
    """Each text is a claim of one document; returned are the classes of its casualties."""
    claims = told(
        *(
            {"text": text, "doc_id": "d", "quantities": facts_of(text, 0, len(text)).quantities}
            for text in texts
        )
    )
    return {row["group"] for row in records.rows(reconcile(claims)) if row["kind"] != "other"}


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_what_a_count_is_of(text: str, expected: set[str]) -> None:
    assert groups(text) == expected


def test_counts_of_one_document_that_add_up_to_another_are_its_shares() -> None:
    of_places = ("9 people were killed at the mosque.", "4 civilians were killed at the market.")
    assert groups(*of_places) == {"person", "civilian"}
    assert groups(*of_places, "13 civilians were killed in all.") == {"part", "civilian"}


def test_counts_of_two_documents_are_never_added() -> None:
    claims = told({"n": 9, "source": "A"}, {"n": 4, "source": "B"}, {"n": 13, "source": "C"})
    (row,) = records.rows(reconcile(claims))
    assert (row["low"], row["best"], row["high"]) == (4, 9, 13)
