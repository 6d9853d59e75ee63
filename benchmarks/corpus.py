"""Make a large corpus about a war that never was, with known events, sides and conflicts.

    python benchmarks/corpus.py --out FOLDER [--claims 10000] [--articles 0.0] [--a-day 40]

Writes into FOLDER: ``claims-NNN.jsonl``, a claims table of 50,000 rows a file (claim, speaker,
source, date, place); ``articles.jsonl``, for the share ``--articles`` of the claims, texts of
eight sentences each; ``sides.toml``; and ``gold/events.jsonl`` with ``{id, event_id}``, the id of
each row of the tables and the event that it tells of. The grammar is ``corpus.toml``.

So many events ``--a-day``, of one to thirty claims each, in order of time; each event has a truth,
and the side that suffered it tells another number, or denies it, in a third of the events. What a
corpus of 20,000 claims holds, one of 1,000,000 begins with: only its war lasts longer.
"""

from __future__ import annotations

import argparse
import json
import random
import tomllib
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

GRAMMAR: Final = tomllib.loads(Path(__file__).with_name("corpus.toml").read_text("utf-8"))
BEGINS: Final = date(2021, 3, 1)
EVENTS_A_DAY: Final = 40
ROWS_A_FILE: Final = 50_000
SENTENCES: Final = 8
SOURCES: Final = {
    "North": [f"Accord Voice {n}" for n in range(1, 9)],
    "South": [f"League Herald {n}" for n in range(1, 9)],
    "independent": [f"Gazette {n}" for n in range(1, 31)],
}
SHARES: Final = {"North": 3, "South": 3, "independent": 4}
SIZES: Final = (1, 1, 1, 2, 2, 3, 4, 5, 7, 10, 16, 30)
"""Claims of an event, one of these at random: 6.8 in the mean."""

Row = dict[str, Any]


@dataclass(frozen=True)
class Incident:
    """What happened, and what each side makes of it."""

    name: str
    kind: Row
    day: date
    place: str
    spot: str
    unit: str
    doer: str
    truth: int
    disputed: bool

    @property
    def other(self) -> str:
        """The side that suffered it."""
        return "South" if self.doer == "North" else "North"


def incidents(seed: int, a_day: int) -> Iterator[Incident]:
    """Go through the war day by day, without an end."""
    chance = random.Random(seed)
    number = 0
    while True:
        kind = chance.choice(GRAMMAR["kind"])
        low, high = kind.get("range", (0, 0))
        yield Incident(
            f"i{number:07d}", kind, BEGINS + timedelta(days=number // a_day),
            chance.choice(GRAMMAR["first"]) + chance.choice(GRAMMAR["second"]),
            chance.choice(GRAMMAR["spots"]), chance.choice(GRAMMAR["units"]),
            chance.choice(("North", "South")), round(low * (high / max(low, 1)) ** chance.random()),
            chance.random() < 1 / 3,
        )  # fmt: skip
        number += 1


def told(seed: int, count: int, a_day: int = EVENTS_A_DAY) -> Iterator[tuple[Incident, Row]]:
    """Give ``count`` claims of one incident after the other: id, claim, speaker, source, date..."""
    chance = random.Random(f"told {seed}")
    number = 0
    for incident in incidents(seed, a_day):
        for _ in range(chance.choice(SIZES)):
            if number == count:
                return
            yield incident, _claim(incident, number, chance)
            number += 1


def _claim(incident: Incident, number: int, chance: random.Random) -> Row:
    side = chance.choices(list(SHARES), list(SHARES.values()))[0]
    against = incident.disputed and side == incident.other
    denies = against and (not incident.truth or chance.random() < 0.5)
    frame = chance.choice(incident.kind["deny" if denies else "tell"])
    count = _count(incident, against, chance)
    text = frame.format(
        force=GRAMMAR["sides"][incident.doer]["force"],
        enemy=GRAMMAR["sides"][incident.other]["force"],
        unit=incident.unit, spot=incident.spot, place=incident.place, n=count,
        day=f"{incident.day:%A}",
    )  # fmt: skip
    if chance.random() < 0.5:
        first = text[0] if text.startswith(incident.place) else text[0].lower()
        text = chance.choice(GRAMMAR["openings"]) + first + text[1:]
    if chance.random() < 0.5:
        text = text[:-1] + chance.choice(GRAMMAR["closings"]) + "."
    return {
        "id": f"c{number:07d}",
        "claim": text[0].upper() + text[1:],
        "speaker": chance.choice(GRAMMAR["sides"][side]["speakers"]),
        "source": chance.choice(SOURCES[side]),
        "date": (incident.day + timedelta(days=chance.choice((0, 0, 1, 1, 2)))).isoformat(),
        "place": incident.place,
    }


def _count(incident: Incident, against: bool, chance: random.Random) -> str:
    if against:
        return f"{max(1, incident.truth // chance.choice((2, 3, 5))):,}"
    bound = chance.choice(("", "", "", "", "at least ", "about "))
    return f"{bound}{incident.truth:,}"


def write(
    folder: Path, count: int, articles: float = 0.0, a_day: int = EVENTS_A_DAY, seed: int = 7
) -> None:
    """Write the corpus into ``folder``, which is made."""
    (folder / "gold").mkdir(parents=True, exist_ok=True)
    (folder / "sides.toml").write_text(_sides(), encoding="utf-8")
    chance = random.Random(f"articles {seed}")
    rows, page = 0, list[Row]()
    with ExitStack() as files:
        gold = files.enter_context((folder / "gold/events.jsonl").open("w", encoding="utf-8"))
        texts = files.enter_context((folder / "articles.jsonl").open("w", encoding="utf-8"))
        table = gold
        for incident, row in told(seed, count, a_day):
            if chance.random() < articles:
                page.append(row)
                if len(page) == SENTENCES:
                    texts.write(json.dumps(_article(page)) + "\n")
                    page = []
                continue
            if rows % ROWS_A_FILE == 0:
                table = (folder / f"claims-{rows // ROWS_A_FILE:03d}.jsonl").open(
                    "w", encoding="utf-8"
                )
            assert table is not None
            table.write(json.dumps(row) + "\n")
            gold.write(json.dumps({"id": row["id"], "event_id": incident.name}) + "\n")
            rows += 1
    if not articles:
        (folder / "articles.jsonl").unlink()


def _article(page: list[Row]) -> Row:
    """One text of what several people said, published by the first one's source."""
    said = [f"{row['claim'][:-1]}, {row['speaker']} said." for row in page]
    first = page[0]
    return {"id": f"a{first['id']}", "title": f"Day of reports from {first['place']} and elsewhere",
            "source": first["source"], "date": max(row["date"] for row in page),
            "text": " ".join(said)}  # fmt: skip


def _sides() -> str:
    parts = []
    for name, side in GRAMMAR["sides"].items():
        parts.append(
            f"[[side]]\nname = {json.dumps(name)}\naliases = {json.dumps(side['aliases'])}\n"
            f"sources = {json.dumps(SOURCES[name])}\n"
        )
    return "\n".join(parts)


def main() -> None:
    """Write a corpus."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--claims", type=int, default=10_000)
    options.add_argument("--articles", type=float, default=0.0)
    options.add_argument("--a-day", type=int, default=EVENTS_A_DAY)
    chosen = options.parse_args()
    write(chosen.out, chosen.claims, chosen.articles, chosen.a_day)


if __name__ == "__main__":
    main()
