"""Pairs of claims to learn from, drawn from the labelled files, each with what its set can teach.

Every set says "supports", "conflicts" or "neither" in its own way; what is kept of each stands
with the function that reads it.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from verify.analysis.embed import Encoder
from verify.ingest.sentences import sentence_spans

LABELS = ("supports", "conflicts", "neither")
"""Classes in the order of the model's logits; ``related`` and ``unrelated`` are "neither"."""
Row = dict[str, Any]

_CODES = {"supports": 0, "conflicts": 1}
_WORD = re.compile(r"[^\W_]{4,}")
UNSAID = -1
"""Instead of a label: nobody said how the pair relates."""
NEAR, COPY, DAYS = 0.5, 0.85, 10
"""Cosine from which on two sentences sound alike, from which they may be one, and days apart."""
_TOTAL = re.compile(r"\b(?:since|civil war|began|so far|years?|months?|war)\b", re.IGNORECASE)
_BOILERPLATE = re.compile(r"Cookie|Subscribe|Watch Live|Newsletter|Read Also|Click|Follow|FOLLOW")


@dataclass(frozen=True)
class Pair:
    """Two texts, the code of their label in LABELS and whether both tell of one incident."""

    a: str
    b: str
    label: int
    together: float = -1.0
    """1 or 0; -1 where nobody said."""
    key: str = ""
    """What is kept whole when pairs are split: a claim, a story."""


def rows(path: Path) -> list[Row]:
    """Read a compressed JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def part(key: str, parts: int) -> int:
    """Deal a key to one of ``parts`` parts, the same on every machine."""
    return int(hashlib.md5(key.encode(), usedforsecurity=False).hexdigest(), 16) % parts


def paired(row: Row, key: str = "") -> Pair:
    """Turn a labelled row into a pair."""
    same = row.get("same_event")
    together = -1.0 if same is None else float(same)
    return Pair(
        row["a"]["text"], row["b"]["text"], _CODES.get(row["label"], 2), together, key or row["id"]
    )


def shared(a: str, b: str) -> float:
    """Share of the longer words of the shorter text that the other text has as well."""
    first, second = ({word.lower() for word in _WORD.findall(text)} for text in (a, b))
    return len(first & second) / max(1, min(len(first), len(second)))


def crossed(pairs: list[Pair], count: int, rng: random.Random) -> list[Pair]:
    """Pair claims with the evidence of other claims that share a word with them: neither.

    Without these the claim alone tells much of the label.
    """
    by_word = defaultdict(list)
    for at, pair in enumerate(pairs):
        for word in set(_WORD.findall(pair.b)):
            by_word[word].append(at)
    found: list[Pair] = []
    while len(found) < count:
        at = rng.randrange(len(pairs))
        words = [word for word in set(_WORD.findall(pairs[at].b)) if len(by_word[word]) < 60]
        others = by_word[rng.choice(sorted(words))] if words else range(len(pairs))
        other = pairs[rng.choice(list(others))]
        if shared(other.b, pairs[at].b) < 0.6 and shared(other.a, pairs[at].a) < 0.6:
            found.append(Pair(other.a, pairs[at].b, 2, 0.0))
    return found


def stories(folder: Path) -> dict[str, str]:
    """Say for each document of the war corpus which event of that corpus it tells of."""
    articles = rows(folder / "corpora/syria_news.jsonl.gz")
    return {row["doc_id"]: row["id"].partition(":")[2].partition("_")[0] for row in articles}


def story(document: str, known: dict[str, str]) -> str:
    """Name the story of a document by its id, which is made differently in each source."""
    if document in known:
        return f"syria {known[document]}"
    kept = re.match(r"(?:train|dev|test)_\d+|\d+(?=_)", document)
    return kept[0] if kept else document


def found(folder: Path) -> list[tuple[Pair, set[str]]]:
    """Read ``desk_pairs``, each with the stories that it is about."""
    known = stories(folder)
    return [
        (paired(row), {story(row[side]["doc_id"], known) for side in "ab"})
        for row in rows(folder / "stance/desk_pairs.jsonl.gz")
    ]


def written(folder: Path, rng: random.Random) -> list[tuple[Pair, set[str]]]:
    """Read ``written_pairs``, each written claim also paired so that it is neither.

    By its wording alone a written claim gives its label away. So each one stands also beside the
    related claim of its own story and beside a real sentence of another story that shares a word.
    """
    known = stories(folder)
    read = rows(folder / "stance/written_pairs.jsonl.gz")
    by_ref: dict[str, dict[str, Pair]] = defaultdict(dict)
    for row in read:
        by_ref[row["meta"]["ref"]][row["id"].lstrip("w0123456789")] = paired(row)
    claims: list[tuple[str, Pair]] = []
    pairs: list[tuple[Pair, set[str]]] = []
    for ref, named in sorted(by_ref.items()):
        about = {story(ref.split(":")[1], known)}
        pairs += [(pair, about) for pair in named.values()]
        real = ({named["s"].a, named["s"].b} & {named["c"].a, named["c"].b}).pop()
        new = {
            kind: (pair.b if pair.a == real else pair.a)
            for kind, pair in named.items()
            if kind != "sc"
        }
        pairs += [(Pair(new["s"], new["r"], 2), about), (Pair(new["c"], new["r"], 2), about)]
        claims += [(ref, Pair(real, text, 2)) for text in new.values()]
    for pair in crossed([pair for _, pair in claims], 2 * len(by_ref), rng):
        pairs.append((pair, set()))
    return pairs


def sentences(folder: Path) -> list[tuple[str, str]]:
    """Return (document, sentence) of the war corpus; sentences in ``syria_pairs`` stay out.

    Nothing is learned from the pairs that the model is judged on, and nothing of their texts.
    """
    judged = {
        row[side]["text"] for row in rows(folder / "stance/syria_pairs.jsonl.gz") for side in "ab"
    }
    found = [
        (row["doc_id"], row["text"][start:end])
        for row in rows(folder / "corpora/syria_news.jsonl.gz")
        for start, end in sentence_spans(row["text"])
        if 50 < end - start < 260
    ]
    return [
        (document, text)
        for document, text in found
        if text not in judged and not _BOILERPLATE.search(text) and text.count(" ") > 7
    ]


def apart(told: Sequence[tuple[str, str]], count: int, rng: random.Random) -> list[Pair]:
    """Pair sentences that neither support nor contradict each other.

    Half are from one article, the others from articles on different events that share words.
    """
    by_document = defaultdict(list)
    for document, text in told:
        by_document[document].append(text)
    several = sorted(key for key, texts in by_document.items() if len(texts) > 3)
    pairs: list[Pair] = []
    while len(pairs) < count // 2:
        a, b = rng.sample(by_document[rng.choice(several)], 2)
        if shared(a, b) < 0.4:
            pairs.append(Pair(a, b, 2))
    return pairs + crossed([Pair(text, text, 2) for _, text in told], count - len(pairs), rng)


def alike(folder: Path, encoder: Encoder, count: int, rng: random.Random) -> list[Pair]:
    """Pair sentences of the war corpus that sound alike and tell of two events: neither.

    Their articles are on different events and lie more than `DAYS` days apart; what sums up the
    war or comes near a copy is left out, because it may tell of one thing after all.
    """
    articles = {row["doc_id"]: row for row in rows(folder / "corpora/syria_news.jsonl.gz")}
    told = [(doc, text) for doc, text in sentences(folder) if not _TOTAL.search(text)]
    vectors = encoder.encode([text for _, text in told])
    days = np.array([_day(articles[doc].get("date")) for doc, _ in told])
    found: list[Pair] = []
    for at in rng.sample(range(len(told)), len(told)):
        near = vectors @ vectors[at]
        fits = (near > NEAR) & (near < COPY) & (np.abs(days - days[at]) > DAYS)
        places = [
            int(place)
            for place in np.argsort(-np.where(fits, near, 0.0))[:3]
            if fits[place] and shared(told[at][1], told[place][1]) < 0.7
        ]
        if places:
            found.append(Pair(told[at][1], told[rng.choice(places)][1], 2, 0.0))
        if len(found) == count:
            break
    return found


def _day(date: str | None) -> float:
    return float(np.datetime64(date, "D").astype(int)) if date else np.nan


def incidents(folder: Path, count: int, rng: random.Random) -> list[Pair]:
    """Pair sentences of ECB+ (train) on one incident, or on two of one kind; no relation known."""
    clusters, topics = defaultdict(set), defaultdict(set)
    for row in rows(folder / "events/ecbplus_mentions.jsonl.gz"):
        if row["split"] == "train":
            clusters[row["cluster"]].add(row["text"])
            kind = row["topic"].removesuffix("plus").removesuffix("ecb")
            topics[kind, row["topic"]].add(row["text"])
    kinds = defaultdict(list)
    for (kind, _), texts in sorted(topics.items()):
        kinds[kind].append(sorted(texts))
    several = sorted(key for key, texts in clusters.items() if len(texts) > 1)
    both = sorted(kind for kind, events in kinds.items() if len(events) == 2)
    found = []
    for _ in range(count // 2):
        a, b = rng.sample(sorted(clusters[rng.choice(several)]), 2)
        found.append(Pair(a, b, UNSAID, 1.0))
        one, other = kinds[rng.choice(both)]
        found.append(Pair(rng.choice(one), rng.choice(other), UNSAID, 0.0))
    return found


def rumours(folder: Path) -> list[Pair]:
    """Read ``emergent``: a headline against a rumour; the rumour is the key of its pairs."""
    return [paired(row, row["b"]["text"]) for row in rows(folder / "stance/emergent.jsonl.gz")]


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _taken(pairs: Iterable[Pair], count: int, rng: random.Random) -> list[Pair]:
    pairs = list(pairs)
    return rng.sample(pairs, min(count, len(pairs)))


def general(stance: Path, rng: random.Random) -> list[Pair]:
    """Draw the general sets: crowd-written entailment, edits of sentences, claims with evidence.

    Entailment is directed and our support is not; either way round, one text bears the other out.
    ``sanli_wiki`` calls sentences about different things contradictions, so only those that share
    words stay. Of FEVER, all that ``fever_symmetric`` has too is left out, because that is judged.
    The train part of ``conjnli`` is made by rule, and a third of it is enough.
    """

    def read(name: str, keep: Callable[[Row], bool]) -> list[Pair]:
        return [paired(row) for row in rows(stance / f"{name}.jsonl.gz") if keep(row)]

    def training(row: Row) -> bool:
        return bool(row["split"] == "train")

    lingnli, cad = read("lingnli", training), read("cad_nli", training)
    wiki = [
        pair
        for pair in read("sanli_wiki", lambda row: part(row["id"], 12) > 0)
        if pair.label != 1 or shared(pair.a, pair.b) >= 0.3
    ]
    symmetric = rows(stance / "fever_symmetric.jsonl.gz")
    kept = {_plain(row[side]["text"]) for row in symmetric for side in "ab"}
    fever = [
        pair for pair in read("fever_dev", training) if not kept & {_plain(pair.a), _plain(pair.b)}
    ]
    covid = read("covidfact", training)
    return [
        *_taken(lingnli, 44_000, rng),
        *cad,
        *wiki,
        *_taken(read("conjnli", training), 5_000, rng),
        *_taken(fever, 8_000, rng),
        *_taken(covid, 1_500, rng),
        *crossed(fever, 3_000, rng),
        *crossed(lingnli, 2_000, rng),
        *crossed(cad, 1_000, rng),
        *crossed(wiki, 1_000, rng),
    ]
