"""Rules about how far two claims speak of the same thing in the same way."""

from __future__ import annotations

import math

from verify.analysis.finding import Finding, Pair

CLOSE = 0.7
"""Cosine similarity (all-MiniLM-L6-v2) from which two sentences mostly say the same thing."""
MOSTLY = 0.5
"""Share of the shorter claim's words that the other claim uses too, above which it restates it."""


def same_event(pair: Pair) -> Finding:
    """How likely both claims are about one incident."""
    likely = "likely" if pair.incident >= 0.5 else "not likely"
    return Finding(pair.incident, {"likely": likely, "probability": f"{pair.incident:.2f}"})


def similar(pair: Pair) -> Finding:
    """Meaning, by the embedding: cosine similarity, 0 where it is negative."""
    similarity = max(0.0, pair.similarity)
    degree = "mean much the same" if similarity >= CLOSE else "are on the same subject"
    if similarity < 0.5:
        degree = "are little alike"
    return Finding(similarity, {"degree": degree, "similarity": f"{similarity:.2f}"})


def close(pair: Pair) -> Finding | None:
    """Scale what similarity exceeds `CLOSE` by to 0..1."""
    above = pair.similarity - CLOSE
    return Finding(above / (1 - CLOSE), {}) if above > 0 else None


def overlap(pair: Pair) -> Finding:
    """Share of the shorter claim's content words that the longer one has too."""
    shared = pair.shared
    degree = "almost the same words" if shared >= 0.8 else "many words in common"
    if shared < MOSTLY:
        degree = "few words in common" if shared >= 0.2 else "texts overlap little"
    return Finding(shared, {"degree": degree})


def restated(pair: Pair) -> Finding | None:
    """Both texts, not only the shorter one, consist of shared words: Jaccard above one half."""
    a, b = pair.a.stems, pair.b.stems
    jaccard = len(a & b) / (len(a | b) or 1)
    return Finding((jaccard - 0.5) / 0.5, {}) if jaccard > 0.5 else None


def names(pair: Pair) -> Finding | None:
    """Names that both claims give; each further one counts for less (log2 of one more)."""
    shared = sorted(pair.a.names & pair.b.names)
    if not shared:
        return None
    shown = ", ".join(name.title() for name in shared[:4])
    return Finding(min(2.0, math.log2(1 + len(shared))) / 2, {"names": shown})


def no_names(pair: Pair) -> Finding | None:
    """Both claims name someone or some place, and none of these names is shared."""
    a, b = pair.a.names, pair.b.names
    return Finding(1.0, {}) if a and b and not a & b else None


def same_place(pair: Pair) -> Finding | None:
    """Both claims give a place, and the words for it meet."""
    shared = pair.a.place_words & pair.b.place_words
    return Finding(1.0, {"place": str(pair.a.place)}) if shared else None


def other_place(pair: Pair) -> Finding | None:
    """Both claims give a place; neither names the other's place anywhere in its text."""
    fields = {"a": str(pair.a.place), "b": str(pair.b.place)}
    return Finding(1.0, fields) if pair.other_places else None


def same_day(pair: Pair) -> Finding | None:
    """Both claims are about one day."""
    days = pair.days_apart
    return Finding(1.0, {"day": f"{pair.a.day:%d %B %Y}"}) if days == 0 else None


def other_day(pair: Pair) -> Finding | None:
    """Tell days that lie apart; one day counts a third, a week or more all."""
    days = pair.days_apart
    if not days or pair.a.day is None or pair.b.day is None:
        return None
    strength = min(1.0, math.log(1 + days) / math.log(8))
    return Finding(strength, {"a": f"{pair.a.day:%d %B %Y}", "b": f"{pair.b.day:%d %B %Y}"})


def published_apart(pair: Pair) -> Finding | None:
    """Days between the publications; a week or more counts as all."""
    days = pair.published_apart
    return (
        Finding(
            min(1.0, math.log(1 + days) / math.log(8)),
            {"days": "1 day" if days == 1 else f"{days} days"},
        )
        if days
        else None
    )


def same_doer(pair: Pair) -> Finding | None:
    """Both claims put the same party in the doer's place."""
    shared = sorted(pair.a.doers & pair.b.doers)
    return Finding(1.0, {"doer": " and ".join(shared)}) if shared else None


def same_document(pair: Pair) -> Finding | None:
    """Both stand in one document, where neighbours share a subject without restating each other."""
    return Finding(1.0, {}) if pair.a.doc_id == pair.b.doc_id else None


def same_means(pair: Pair) -> Finding | None:
    """Both claims tell of harm done the same way."""
    shared = sorted(pair.a.means & pair.b.means)
    return Finding(1.0, {"means": " and ".join(shared)}) if shared else None
