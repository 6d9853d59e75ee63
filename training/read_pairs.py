"""Pairs that were drawn from news and read for this project: which spans, and how they relate.

``read_pairs.csv`` holds no texts, only where they stand in the files of ``--data``: the number of
an article in its file, and the start and end of a span. Of syria_news they are claims, or their
sentences, that a build paired; of the others sentences of two articles on one story. More than half
were drawn because a model took them for a conflict or was torn, so that labels are not as common
here as in life. Language models read each pair once, with what stands around it, by the guide that
``desk_pairs`` was labelled by; of pairs labelled as conflicts about one in three is arguable.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from pairs import Pair, Row, paired, rows, stories, story

FILE = Path(__file__).with_name("read_pairs.csv")
_FOLDERS = {"syria_news": "corpora", "allsides_roundups": "events", "ecbplus": "events"}


def read_rows(folder: Path) -> list[Row]:
    """Return the pairs as rows in the form of ``desk_pairs``, their texts cut out of ``folder``."""
    articles = {name: rows(folder / where / f"{name}.jsonl.gz") for name, where in _FOLDERS.items()}
    with FILE.open(encoding="utf-8", newline="") as lines:
        return [_row(line, articles[line["file"]]) for line in csv.DictReader(lines)]


def read_pairs(folder: Path) -> list[tuple[Pair, set[str]]]:
    """Return the pairs, each with the stories that it is about."""
    known = stories(folder)
    return [
        (paired(row), {story(row[side]["doc_id"], known) for side in "ab"})
        for row in read_rows(folder)
    ]


def _row(line: dict[str, str], articles: list[Row]) -> Row:
    ends: dict[str, Any] = {}
    for side in "ab":
        article = articles[int(line[side])]
        start, end = int(line[f"{side}_start"]), int(line[f"{side}_end"])
        known = {name: article.get(name) or "" for name in ("source", "date", "location", "doc_id")}
        ends[side] = {**known, "text": article["text"][start:end]}
    return {
        **ends,
        "id": "-".join(line[name] for name in ("file", "a", "a_start", "b", "b_start")),
        "label": line["label"],
        "same_event": line["same"] == "y",
        "why": line["why"] or None,
        "meta": {"set": line["file"].partition("_")[0], "made": "read"},
    }
