"""What an event and a topic are called: in words that its own documents use."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

from verify.analysis.blocking import farthest, neighbours
from verify.analysis.linkage import average_linkage
from verify.analysis.rarity import content_words, word_matrix

LONGEST: Final = 80
"""Characters of a heading, without the place and day that follow it."""

FEWEST_WORDS: Final = 4
"""A shorter text says too little to be a heading where a longer one is at hand."""

HEADLINE_FIT: Final = 0.3
"""Cosine (tf-idf) of a headline and an event's claims from which on it names the event.

Below it, an article's headline tells of something else than these of its claims.
"""

TOPIC_NEIGHBOURS: Final = 20

_POINTING: Final = re.compile(
    r"(?:it|he|she|they|them|this|these|those|that|there|others?|meanwhile|also|and|but)\b", re.I
)
"""How a sentence opens that only makes sense after another."""
_RUN: Final = re.compile(r"[^\W\d_]+(?:[ '’-]+[^\W\d_]+)*")
_MONTHS: Final = calendar.month_abbr
_EDGES: Final = " \t\n\"'“”‘’«».,;:-–—"
_OPENING: Final = re.compile(
    r"^((?:published|updated|posted)?\s*(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)"
    r"(?:day)?,?\s+)?(?:\d{1,2}\s+)?(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)\w*"
    r"\s+(?:\d{1,2},?\s+)?\d{4}\s+|that\s+|and\s+|but\s+)",
    re.IGNORECASE,
)


def headings(
    claims: pd.DataFrame,
    vectors: NDArray[np.float32],
    events: Sequence[NDArray[np.intp]],
    starts: Sequence[str | None],
    places: Sequence[list[str]],
) -> list[str]:
    """Give each event the headline or the claim that says best what its claims say.

    ``events`` holds the row numbers of each event's claims. A headline of a member's document is
    taken where its words fit the event (``HEADLINE_FIT``) and it fits no other event better; else
    the claim nearest to the middle of the event, rather a short one. Cut to ``LONGEST`` at a word,
    in quotation marks, since somebody says so and the desk does not; followed by the first place,
    unless it is named already, and the first day where known.
    """
    headlines = _headlines(claims, events)
    titles = []
    for number, rows in enumerate(events):
        words = headlines.get(number) or _central_claim(claims, vectors, rows)
        titles.append(_dated(f"“{shorten(words)}”", starts[number], places[number]))
    return titles


def shorten(text: str, longest: int = LONGEST) -> str:
    """Make a text a heading: one line, no leading "that" or date, cut at a word with “…”."""
    line = _OPENING.sub("", " ".join(text.split()).strip(_EDGES)).strip(_EDGES)
    if len(line) > longest:
        line = line[: longest - 1].rsplit(" ", 1)[0].rstrip(_EDGES) + "…"
    return line[:1].upper() + line[1:]


def topics(
    claims: pd.DataFrame,
    vectors: NDArray[np.float32],
    events: Sequence[NDArray[np.intp]],
    similarity: float,
) -> list[str | None]:
    """Give events of one kind a shared label of two or three words; None for an event by itself.

    Events are merged by the mean cosine of their middles until it falls below ``similarity``.
    """
    middles = normalize(np.stack([vectors[rows].mean(axis=0) for rows in events]))
    anytime = np.full((len(events), 2), np.nan)
    near = neighbours(
        middles.astype(np.float32), anytime, count=TOPIC_NEIGHBOURS, window_days=np.inf
    )
    pairs = list(zip(near.a.tolist(), near.b.tolist(), near.similarity.tolist(), strict=True))
    unseen = farthest(near, near.similarity, len(events)).tolist()
    labels = average_linkage(pairs, unseen, threshold=similarity)
    texts = claims["text"].tolist()
    kinds: dict[int, list[str]] = {}
    for rows, label in zip(events, labels, strict=True):
        kinds.setdefault(label, []).append(" ".join(texts[row] for row in rows))
    shared = {label: own for label, own in kinds.items() if len(own) > 1}
    names = dict(zip(shared, _labels([" ".join(own) for own in shared.values()]), strict=True))
    return [names.get(label) for label in labels]


def _labels(texts: list[str]) -> list[str]:
    """Name each text by the two words or phrases that set it apart from the others most."""
    if not texts:
        return []
    common = 0.5 if len(texts) > 3 else 1.0  # words of most topics set none of them apart
    counter = TfidfVectorizer(analyzer=_phrases, sublinear_tf=True, max_df=common)
    try:
        weighed: Any = counter.fit_transform(texts)
    except ValueError:  # no word is left
        return [shorten(text, 30) for text in texts]
    weights, phrases = csr_matrix(weighed), counter.get_feature_names_out()
    return [_label(weights[row], phrases) or shorten(texts[row], 30) for row in range(len(texts))]


def _label(weights: csr_matrix, phrases: NDArray[np.object_]) -> str:
    best = sorted(zip(-weights.data, phrases[weights.indices], strict=True))
    chosen: list[str] = []
    for _, phrase in best:
        if not any(set(phrase.split()) & set(other.split()) for other in chosen):
            chosen.append(phrase)
        if len(chosen) == 2:
            break
    return ", ".join(chosen)


def _phrases(text: str) -> list[str]:
    """Words, and twice each pair of words that stand side by side."""
    found: list[str] = []
    for run in _RUN.findall(text.casefold()):
        tokens = run.split()
        kept = [len(word) > 2 and bool(content_words(word)) for word in tokens]
        found += [word for word, keep in zip(tokens, kept, strict=True) if keep]
        for (one, two), both in zip(pairwise(tokens), pairwise(kept), strict=True):
            if all(both):
                found += [f"{one} {two}"] * 2
    return found


def _headlines(claims: pd.DataFrame, events: Sequence[NDArray[np.intp]]) -> dict[int, str]:
    """For each headline the event that it fits best; for each event its best headline."""
    titles = claims["title"].tolist() if "title" in claims.columns else [None] * len(claims)
    own = {
        (title, number)
        for number, rows in enumerate(events)
        for title in {titles[row] for row in rows}
        if title and len(title.split()) >= FEWEST_WORDS
    }
    if not own:
        return {}
    pairs = sorted(own)
    names = sorted({title for title, _ in pairs})
    place = {title: len(claims) + row for row, title in enumerate(names)}
    words = word_matrix(claims["text"].tolist() + names)
    label = np.empty(len(claims), dtype=np.intp)
    for number, rows in enumerate(events):
        label[rows] = number
    gather = csr_matrix(
        (np.ones(len(claims)), (label, np.arange(len(claims)))), shape=(len(events), len(claims))
    )
    middles = csr_matrix(normalize(gather @ words[: len(claims)]))
    fits = middles[[number for _, number in pairs]].multiply(
        words[[place[title] for title, _ in pairs]]
    )
    scores = np.asarray(fits.sum(axis=1)).ravel()
    return _best_matches(pairs, scores)


def _best_matches(pairs: list[tuple[str, int]], scores: NDArray[np.float64]) -> dict[int, str]:
    chosen: dict[int, str] = {}
    used: set[str] = set()
    for index in np.argsort(-scores, kind="stable"):
        title, number = pairs[index]
        if scores[index] < HEADLINE_FIT:
            break
        if number not in chosen and title not in used:
            chosen[number] = title
            used.add(title)
    return chosen


def _central_claim(
    claims: pd.DataFrame, vectors: NDArray[np.float32], rows: NDArray[np.intp]
) -> str:
    texts = [str(text) for text in claims["text"].iloc[rows]]
    central = vectors[rows] @ vectors[rows].mean(axis=0)
    fit = [score - _awkward(text) for score, text in zip(central.tolist(), texts, strict=True)]
    return texts[int(np.argmax(fit))]


def _awkward(text: str) -> float:
    """How much nearer to the middle a text must be than a short whole sentence, to be preferred."""
    fragment = text[:1].islower() or _POINTING.match(text) is not None
    return 0.1 * (len(text) > LONGEST) + 0.2 * (len(text.split()) < FEWEST_WORDS) + 0.15 * fragment


def _dated(heading: str, start: str | None, places: list[str]) -> str:
    parts = [place for place in places[:1] if place.casefold() not in heading.casefold()]
    day = re.match(r"(\d{4})-(\d\d)-(\d\d)", start or "")
    if day:
        parts.append(f"{int(day[3])} {_MONTHS[int(day[2])]} {day[1]}")
    return f"{heading} ({', '.join(parts)})" if parts else heading
