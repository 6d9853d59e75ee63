"""Every relation and every kind of conflict that the labelling guide names, on texts of our own.

Each pair goes through the stage as a user calls it: the texts are read, embedded and related with
the values that ship.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from verify.cli import main

Said = dict[str, str]


def said(text: str, source: str, date: str = "2023-05-09") -> Said:
    return {"text": text, "source": source, "date": date}


GUIDE: dict[str, tuple[str, Said, Said]] = {
    "number, exact": (
        "conflicts",
        said("Nine fishermen were killed when shells hit the harbour of Orsk on Monday.", "Coast"),
        said("Shells that hit the harbour of Orsk on Monday killed 31 fishermen.", "Inland"),
    ),
    "number, bound": (
        "conflicts",
        said("At least 40 people were killed in the bombing of Tarnau market on Monday.", "Coast"),
        said("12 people were killed in the bombing of Tarnau market on Monday.", "Inland"),
    ),
    "number, far bounds": (
        "conflicts",
        said("More than 130 people were killed in Monday's gas attack on Tarnau.", "Coast"),
        said("At least 1,300 people were killed in Monday's gas attack on Tarnau.", "Inland"),
    ),
    "actor": (
        "conflicts",
        said("Government jets bombed the hospital in Tarnau on Monday.", "Coast"),
        said("The hospital in Tarnau was bombed on Monday by coalition jets.", "Inland"),
    ),
    "denial": (
        "conflicts",
        said("The army used chlorine in Tarnau on Monday.", "Coast"),
        said("The army did not use chlorine in Tarnau on Monday.", "Inland"),
    ),
    "denial, of a charge": (
        "conflicts",
        said("Activists accused the army of using chlorine in Tarnau on Monday.", "Coast"),
        said("The army denied using chlorine in Tarnau on Monday.", "Inland"),
    ),
    "outcome": (
        "conflicts",
        said("The rebels captured the airfield of Tarnau on Monday.", "Coast"),
        said("The rebels lost the airfield of Tarnau on Monday.", "Inland"),
    ),
    "victim": (
        "conflicts",
        said("Monday's air strike on Tarnau killed 14 civilians.", "Coast"),
        said("Monday's air strike on Tarnau killed 14 militants.", "Inland"),
    ),
    "cause": (
        "conflicts",
        said("The fire at the Tarnau depot on Monday was caused by a short circuit.", "Coast"),
        said("Monday's fire at the Tarnau depot was caused by a rocket.", "Inland"),
    ),
    "time": (
        "conflicts",
        said("The mayor of Tarnau was shot dead outside the town hall on 2 May 2023.", "Coast"),
        said("The mayor of Tarnau was shot dead outside the town hall on 7 May 2023.", "Inland"),
    ),
    "place": (
        "conflicts",
        said("The kidnapped engineer Jan Teller was found dead in Orsk on Monday.", "Coast"),
        said("The kidnapped engineer Jan Teller was found dead in Tarnau on Monday.", "Inland"),
    ),
    "restated": (
        "supports",
        said("Shells hit the harbour of Orsk on Monday and killed nine fishermen.", "Coast"),
        said("Nine fishermen died on Monday as shells fell on the harbour of Orsk.", "Inland"),
    ),
    "bounds that can hold": (
        "supports",
        said("At least 50 people were killed in the bombing of Tarnau market on Monday.", "Coast"),
        said("The bombing of Tarnau market on Monday killed 58 people.", "Inland"),
    ),
    "later update": (
        "supports",
        said("Monday's bombing of Tarnau market killed 50 people.", "Coast", "2023-05-09"),
        said("The toll of Monday's bombing of Tarnau market has risen to 58 people killed.",
             "Coast", "2023-05-10"),
    ),
    "same actor blamed": (
        "supports",
        said("Government jets bombed the hospital in Tarnau on Monday, doctors said.", "Coast"),
        said("Doctors blamed government jets for Monday's bombing of Tarnau hospital.", "Inland"),
    ),
    "another aspect": (
        "related",
        said("Shells hit the harbour of Orsk on Monday and killed nine fishermen.", "Coast"),
        said("The harbour of Orsk was closed to ships after Monday's shells.", "Inland"),
    ),
    "another event": (
        "unrelated",
        said("Shells hit the harbour of Orsk on Monday and killed nine fishermen.", "Coast"),
        said("A court in Lindau sentenced three bankers on Friday for fraud.", "Inland"),
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def related(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("guide")
    asked, answered = folder / "in.jsonl", folder / "out.jsonl"
    rows = ({"id": name, "a": a, "b": b} for name, (_, a, b) in GUIDE.items())
    asked.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert main(["relate", str(asked), "--out", str(answered)]) == 0
    lines = answered.read_text(encoding="utf-8").splitlines()
    return {row["id"]: row for row in map(json.loads, lines)}


@pytest.mark.parametrize("name", GUIDE)
def test_a_pair_of_the_guide_is_related_as_the_guide_says(
    related: dict[str, dict[str, Any]], name: str
) -> None:
    wanted, *_ = GUIDE[name]
    found = related[name]
    assert found["relation"] == wanted, found["reasons"]
    if wanted == "conflicts":
        assert found["conflict_kind"] == name.partition(",")[0], found["reasons"]
