"""Write pairs that test one thing each: a number, an actor, a denial.

    python benchmarks/diagnostics.py --out FILE

The sentences come from ``frames.toml`` and tell of places and forces that do not exist. Half of
the pairs of each kind conflict; the others support, and differ as much in their words: a bound
that holds, the same number as a word, the same actor in another sentence, a restatement with a
negation that leaves the claim as it is. What is wrong with a relation shows here apart from
everything else, so a good figure is needed and proves little: found pairs decide.
"""

from __future__ import annotations

import argparse
import json
import random
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

FRAMES = Path(__file__).with_name("frames.toml")
SEED = 4
Couple = tuple[str, str, str]
"""Two texts and their label."""
Frame = dict[str, Any]
Slots = dict[str, str]

WORDS = {4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten", 11: "eleven",
         12: "twelve"}  # fmt: skip
ROUNDS = 2
"""How often a frame is filled, each time with another place and day."""


def main() -> None:
    """Read the arguments and write the pairs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    rows = list(pairs())
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    asked.out.write_text("".join(lines), encoding="utf-8")
    for kind in KINDS:
        labels = [row["label"] for row in rows if row["meta"]["kind"] == kind]
        print(f"{kind}: {len(labels)} pairs, {labels.count('conflicts')} conflict")


def pairs() -> Iterator[dict[str, Any]]:
    """Yield labelled pairs in the format of relations, the same ones on every machine."""
    rng = random.Random(SEED)
    table = tomllib.loads(FRAMES.read_text(encoding="utf-8"))
    for kind, couples in KINDS.items():
        for number, frame in enumerate(table[kind]):
            for turn in range(ROUNDS):
                slots = {"place": rng.choice(table["places"]), "day": rng.choice(table["days"])}
                made = couples(frame, slots, table["actors"], rng)
                for at, (a, b, label) in enumerate(made):
                    first, second = (a, b) if rng.random() < 0.5 else (b, a)
                    yield {
                        "id": f"{kind}:{number}:{turn}:{at}",
                        "a": {"text": first},
                        "b": {"text": second},
                        "label": label,
                        "why": kind if label == "conflicts" else None,
                        "meta": {"kind": kind, "frame": number},
                    }


def _filled(frame: str, **slots: str) -> str:
    text = frame.format(**slots)
    return text[0].upper() + text[1:]


def _numbers(frame: Frame, slots: Slots, actors: list[str], rng: random.Random) -> list[Couple]:
    """Pair counts that cannot both be right and counts that can, in the same and other words."""
    small, large = rng.randint(4, 12), rng.randint(21, 90)
    far = rng.choice([small + rng.randint(6, 9), small * 3])
    below, lower = round(large * rng.uniform(0.3, 0.5)), large - rng.randint(1, large // 6)
    couples = (
        (str(small), str(far), "conflicts"),
        (WORDS[small], str(far), "conflicts"),
        (str(large), str(below), "conflicts"),
        (f"at least {large}", str(below), "conflicts"),
        (f"more than {large}", f"at least {large * 9}", "conflicts"),
        (str(large), str(large), "supports"),
        (WORDS[small], str(small), "supports"),
        (f"at least {lower}", str(large), "supports"),
        (f"more than {lower}", f"at least {large}", "supports"),
        (f"about {10 * round(large / 10)}", str(10 * round(large / 10) + 1), "supports"),
    )
    return [
        (
            _filled(frame["a"], n=one, **slots),
            _filled(frame[rng.choice("ab") if one != two else "b"], n=two, **slots),
            label,
        )
        for one, two, label in couples
    ]


def _actors(frame: Frame, slots: Slots, actors: list[str], rng: random.Random) -> list[Couple]:
    """Lay one deed at two doors, in the same and in other words, and at one door."""
    one, two, three = rng.sample(actors, 3)
    return [
        (_filled(frame["a"], x=one, **slots), _filled(frame["a"], x=two, **slots), "conflicts"),
        (_filled(frame["a"], x=one, **slots), _filled(frame["b"], x=three, **slots), "conflicts"),
        (_filled(frame["b"], x=two, **slots), _filled(frame["b"], x=three, **slots), "conflicts"),
        *(
            (_filled(frame["a"], x=name, **slots), _filled(frame["b"], x=name, **slots), "supports")
            for name in (one, two, three)
        ),
    ]


def _denials(frame: Frame, slots: Slots, actors: list[str], rng: random.Random) -> list[Couple]:
    """Pair a claim with its denials and with restatements that hold a negation."""
    texts = [frame["a"], *frame["same"], *frame["against"]]
    claim, same, again, against, denied = (_filled(text, **slots) for text in texts)
    return [
        (claim, against, "conflicts"),
        (claim, denied, "conflicts"),
        (same, rng.choice((against, denied)), "conflicts"),
        (claim, same, "supports"),
        (claim, again, "supports"),
        (same, again, "supports"),
    ]


KINDS: dict[str, Callable[[Frame, Slots, list[str], random.Random], list[Couple]]] = {
    "number": _numbers,
    "actor": _actors,
    "denial": _denials,
}


if __name__ == "__main__":
    main()
