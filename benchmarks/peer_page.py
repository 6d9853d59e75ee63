"""The page about other methods, in Markdown: its tables, its words, and what was learned from what.

`benchmarks/peers.py` measures and writes it.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version

from peer_methods import COMMUNITY_FROM, LINK_WITHIN, SEED

MODEL, ALONE = "ours, rules and relation model", "relation model read alone"
RULES, GROUP = "ours (`verify relate`), rules alone", "ours (`verify group`)"
LEARNED = {
    ("events/claimdiff_claims", GROUP): "two thirds of it",
    **{("stance/emergent", method): "all of it" for method in (RULES, MODEL, ALONE)},
    **{("stance/fever_symmetric", method): "rows that share a text" for method in (MODEL, ALONE)},
}
"""What a method has learned from of the data that it is scored on; other methods: nothing."""


@dataclass(frozen=True)
class Line:
    """What one method reached on one data set."""

    task: str
    data: str
    rows: int
    method: str
    figures: dict[str, float]
    seconds: float

    @property
    def ours(self) -> bool:
        """Whether the method is the program itself."""
        return self.method.startswith("ours")

    @property
    def learned(self) -> str:
        """Say how much of the data the method has learned from."""
        return LEARNED.get((self.data, self.method), "")


def page(lines: Sequence[Line]) -> str:
    """Write docs/peers.md."""
    versions = ", ".join(f"{name} {version(name)}" for name in
                         ("bertopic", "sentence-transformers", "scikit-learn"))  # fmt: skip
    return PAGE.format(
        events=_table([line for line in lines if line.task == "events"]),
        relations=_table([line for line in lines if line.task == "relations"]),
        better=_better(lines),
        communities=_listed(COMMUNITY_FROM),
        linkage=_listed(LINK_WITHIN),
        cores=os.cpu_count(),
        date=f"{datetime.now(UTC):%Y-%m-%d}",
        versions=versions,
        seed=SEED,
    )


def _listed(values: Sequence[float]) -> str:
    return ", ".join(f"{value:g}" for value in values)


def _table(lines: Sequence[Line]) -> str:
    names = ["data (rows)", "method", *lines[0].figures, "seconds", "learned from"]
    rows = [
        [
            f"`{line.data}` ({line.rows:,})",
            f"**{line.method}**" if line.ours else line.method,
            *(f"{value:.3f}" for value in line.figures.values()),
            f"{line.seconds:.1f}",
            line.learned,
        ]
        for line in lines
    ]
    rule = ["---"] * len(names)
    return "\n".join("| " + " | ".join(row) + " |" for row in (names, rule, *rows))


def _better(lines: Sequence[Line]) -> str:
    """List the figures at which a peer is above all of ours, but for peers that learned it all."""
    found = []
    for data in dict.fromkeys(line.data for line in lines):
        here = [line for line in lines if line.data == data]
        for figure in here[0].figures:
            ours = max(line.figures[figure] for line in here if line.ours)
            peers = [line for line in here if not line.ours and line.learned != "all of it"]
            best = max(peers, key=lambda line: line.figures[figure])
            if best.figures[figure] > ours:
                found.append(f"- `{data}`, {figure}: {best.method} {best.figures[figure]:.3f}, "
                             f"ours {ours:.3f}.")  # fmt: skip
    return "\n".join(found) or "Nowhere in these tables."


PAGE = """# Beside other methods

Written by `python benchmarks/peers.py --data DIR --out docs/peers.md`; do not edit by hand. All
methods ran on the same rows in one run, on {cores} CPU cores, {date}, with {versions}. Seeds are
fixed ({seed}). Seconds are those of one method on one data set, without the vectors, which are
encoded once for all of them, and without loading models or compiling; other load on the machine
shows in them.

## Events

{events}

Every peer gets the MiniLM vectors that ours uses. BERTopic runs with its defaults but for
`min_topic_size` and the seed; what it leaves over counts as events of one each or as one event,
whichever scores better. Community detection (sentence-transformers; cosine from {communities};
smallest community 1) and average linkage (scikit-learn; mean cosine distance up to {linkage}) are
shown at the threshold that scores best **on the very data**, chosen by B-cubed F1: more than a user
could know beforehand. Ours has one set of values for every file. They are not independent of these
files either: its weights were fitted on ECB+ train and on two thirds of the stories of
`claimdiff_claims`, and its knobs were chosen with an eye on ECB+ dev and the short claims. Ours
also reads dates, places and numbers; the peers see vectors and words alone.

## Relations

{relations}

The thresholds of cosine and of word overlap (Jaccard of the content words) are those with the best
macro-F1 on `desk_pairs`, from which the rules and the model have learned as well. Cosine never
calls a conflict; word overlap calls one where just one of both texts has a negation. "{alone}" is
the packaged cross-encoder, its likeliest class, without rules. Precision and recall are 0 where no
conflict was called.

- `emergent` was learned from by the rules and by the model: **those rows say nothing** about
  unseen rumours. Figures by rumours kept apart stand in the
  [model's card](../verify/analysis/models/README.md).
- `fever_symmetric` has supports and conflicts only, so every method has to choose one of the two;
  cosine and overlap then call conflict what they do not call supports. The
  packaged model learned from FEVER rows that share a text with it.
- `syria_pairs` was never fitted, but the rules were written and one line was set while looking at
  it. It holds few conflicts, so a handful of pairs moves their figures.

## Where peers are better

{better}
""".replace("{alone}", ALONE)
"""The page; the tables and figures are filled in."""
