"""Count which reprints are folded into one origin, and which independent reports are by mistake.

    python benchmarks/repeats.py --data DIR             compare with the floors; exit 1 below one
    python benchmarks/repeats.py --data DIR --raise     write figures that rose into the floors
    python benchmarks/repeats.py --data DIR --misses    print the pairs that came out wrong

``reprints.json`` beside this file names passages of the corpus, judged by reading: 40 pairs that
two outlets printed from one text, an editor's cuts allowed, and 40 on one incident, near in words,
that were written apart. The claims are read from the whole documents as ``verify build`` reads
them. A reprint is folded when the longest claim of its one passage has the origin of a claim in the
other; an independent pair is folded by mistake when any two claims of its passages have.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import pandas as pd

from verify import records
from verify.analysis.agencies import bylines
from verify.analysis.repeats import repeats
from verify.ingest.extract import extract
from verify.ingest.tagger import packaged

HERE = Path(__file__).parent
LIST, FLOORS = HERE / "reprints.json", HERE / "floors.json"
TASK = "repeats/syria_news"
LEAST_INSIDE = 0.5
"""Part of a claim that must lie in a passage for the claim to be the passage's."""

Passage = tuple[str, int, int]


def main() -> int:
    """Print n of 40 folded of either kind; fail below a floor."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--raise", dest="raises", action="store_true")
    options.add_argument("--misses", action="store_true")
    chosen = options.parse_args()
    judged = json.loads(LIST.read_text())
    corpus = chosen.data / "data" / f"{judged['corpus']}.jsonl.gz"
    if hashlib.sha256(corpus.read_bytes()).hexdigest() != judged["corpus_sha256"]:
        raise SystemExit(f"{corpus} is not the file that reprints.json was judged on")
    documents = involved(corpus, judged)
    claims = origins(documents)
    figures: dict[str, float] = {}
    for kind, wrong in (("reprint", False), ("independent", True)):
        pairs = [tuple(tuple(passage) for passage in pair) for pair in judged[kind]]
        found = [folded(claims, *pair, anything=wrong) for pair in pairs]
        said = "wrongly folded" if wrong else "folded"
        print(f"{kind + 's':<14}{said:<16}{sum(found)}/{len(found)}")
        share = sum(found) / len(found)
        figures["reprints_folded" if not wrong else "independents_apart"] = (
            1 - share if wrong else share
        )
        if chosen.misses:
            show(documents, [pair for pair, is_ in zip(pairs, found, strict=True) if is_ == wrong])
    return held(figures, judged["corpus_sha256"], chosen.raises)


def involved(corpus: Path, judged: dict[str, Any]) -> pd.DataFrame:
    """DOCUMENTS that hold a passage."""
    named = {end[0] for kind in ("reprint", "independent") for pair in judged[kind] for end in pair}
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row["id"] in named]
    return records.frame(
        (
            {
                "doc_id": row["id"],
                "kind": "text",
                "source": row["source"],
                "title": row["title"],
                "published_at": row["date"],
                "text": row["text"],
            }
            for row in rows
        ),
        records.DOCUMENTS,
    )


def origins(documents: pd.DataFrame) -> pd.DataFrame:
    """CLAIMS of the documents with ``origin``: what a claim repeats, else itself."""
    claims = extract(documents, tagger=packaged())
    known = documents.set_index("doc_id")
    for name in ("source", "published_at"):
        claims[name] = claims["doc_id"].map(known[name])
    found = repeats(claims, None, bylines(documents)).set_index("claim_id")["origin_id"]
    return claims.assign(origin=claims["claim_id"].map(found).fillna(claims["claim_id"]))


def folded(claims: pd.DataFrame, a: Passage, b: Passage, *, anything: bool) -> bool:
    """Whether the passages have one origin; ``anything``: whether any two of their claims have."""
    first, second = (inside(claims, passage) for passage in (a, b))
    if not anything:
        first = first.loc[[(first["end"] - first["start"]).idxmax()]] if len(first) else first
    return bool(set(first["origin"]) & set(second["origin"]))


def inside(claims: pd.DataFrame, passage: Passage) -> pd.DataFrame:
    """Return the claims of which most lies in the passage."""
    doc_id, start, end = passage
    own = claims[claims["doc_id"] == doc_id]
    shared = own["end"].clip(upper=end) - own["start"].clip(lower=start)
    return own[shared > LEAST_INSIDE * (own["end"] - own["start"])]


def show(documents: pd.DataFrame, pairs: list[Any]) -> None:
    """Print passages, for reading what went wrong."""
    texts = documents.set_index("doc_id")["text"]
    for pair in pairs:
        print("\n".join(f"  {doc_id}: {texts[doc_id][start:end]}" for doc_id, start, end in pair))
        print()


def held(figures: dict[str, float], gold: str, raises: bool) -> int:
    """Compare with the floors, or raise them; 1 where a figure fell."""
    floors = json.loads(FLOORS.read_text())
    floor = floors.get(TASK, {})
    floor = floor if floor.get("gold_sha256") == gold else {}
    if raises:
        raised = {name: round(max(value, floor.get(name, 0)), 4) for name, value in figures.items()}
        floors[TASK] = {"gold_sha256": gold, **raised}
        FLOORS.write_text(json.dumps(floors, indent=2) + "\n")
        return 0
    fallen = [name for name, value in figures.items() if value < floor.get(name, 0.0) - 0.0005]
    print("\n".join(f"{name} is below its floor {floor[name]}" for name in fallen), end="")
    return 1 if fallen or not floor else 0


if __name__ == "__main__":
    sys.exit(main())
