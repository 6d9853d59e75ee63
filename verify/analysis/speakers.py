"""Which credited names may be one speaker across documents, each proposal with its evidence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import combinations
from typing import Final

import pandas as pd
from rapidfuzz import fuzz

from verify import records
from verify.titled import can_be_one, courtesy, is_title, parted

ALIASES: Final[records.Schema] = {
    "name": "text",  # the rarer name
    "same_as": "text",  # the name that more claims credit
    "claims": "int",  # that credit ``name``
    "reason": "text",  # the evidence, in words with counts
}
ALIKE: Final = 80.0
"""Likeness (0 to 100, rapidfuzz ``ratio``) of two words from which on they are spellings of one;
below it "Hassan" meets "Hussein"."""
LONGEST: Final = 7
"""Words of a full name with its titles; longer ones are read wrongly."""
SHORTEST: Final = 8
"""Letters of a name below which one letter more or less makes another name."""

_INTRODUCED: Final = re.compile(
    r"((?:[A-Z][\w’'-]*\s+(?:(?:for|of|and|the|in|on)\s+)*){1,7}[A-Z][\w’'-]*)\s*\(([A-Z]{2,8})\)"
)
_ARTICLE: Final = re.compile(r"\b(?:al|el|ad|ash|as|an)[-\s]|^the\s", re.IGNORECASE)
_SMALL: Final = frozenset({"for", "of", "and", "the", "in", "on"})


def same_speakers(claims: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Propose which credited names are one speaker (ALIASES), most claims first.

    Takes CLAIMS and DOCUMENTS. Evidence: an acronym that a text introduces after its full name
    ("Syrian Observatory for Human Rights (SOHR)"); names that differ in an article or a letter
    ("al-Assad", "Assad"); names that differ in a title or in capitals ("Col. Brandt", "COLONEL
    BRANDT"); and a name of several words whose last one is credited alone or after a title in
    another document, where no other full name that two claims credit ends in it. A name is proposed
    for one other name at most.
    """
    credited = claims["speaker_name"].where(claims["speaker_name"].notna(), claims["speaker"])
    names = Counter(credited.dropna())
    found: dict[str, tuple[str, str]] = {}
    called: dict[str, set[str]] = {}
    contested = _contested(names)
    ways = (_introduced(names, documents), _spelled(names), _surnames(names), _titles(names))
    for proposals in ways:
        for one, other, reason in proposals:
            name, same_as = sorted((one, other), key=_weight(names))
            if name not in found and not _mixes(name, same_as, contested, called):
                found[name] = (same_as, reason)
                both = called.setdefault(name, {name}) | called.setdefault(same_as, {same_as})
                called.update(dict.fromkeys(both, both))
    rows: list[records.Row] = [
        {"name": name, "same_as": same_as, "claims": names[name], "reason": reason}
        for name, (same_as, reason) in found.items()
        if found.get(same_as, ("", ""))[0] != name
    ]
    rows.sort(key=lambda row: (-names[row["name"]], row["name"]))
    return records.frame(rows, ALIASES)


Proposal = tuple[str, str, str]


def _introduced(names: Counter[str], documents: pd.DataFrame) -> Iterable[Proposal]:
    """Yield acronym and full name where both are credited somewhere and a text joins them."""
    texts: Counter[tuple[str, str]] = Counter()
    for text in documents["text"].dropna():
        texts.update({pair for match in _INTRODUCED.finditer(text) if (pair := _joined(match))})
    folded = {_plain(name): name for name in sorted(names, key=names.__getitem__)}
    for (full, acronym), count in texts.most_common():
        one, other = folded.get(acronym.casefold()), folded.get(_plain(full))
        if one and other and one != other:
            where = "one document" if count == 1 else f"{count} documents"
            yield one, other, f'introduced as "{full} ({acronym})" in {where}'


def _joined(match: re.Match[str]) -> tuple[str, str] | None:
    """Return the full name's words that the acronym stands for, or None where it does not."""
    words, acronym = match[1].split(), match[2]
    for first in range(len(words)):
        big = [word for word in words[first:] if word.casefold() not in _SMALL]
        if "".join(word[0] for word in big) == acronym and words[first] in big:
            return " ".join(words[first:]), acronym
    return None


def _spelled(names: Counter[str]) -> Iterable[Proposal]:
    """Yield names that are one but for an article, a hyphen or a letter."""
    plain = {name: _plain(name) for name in names if name[:1].isupper() or "-" in name}
    by_key: dict[str, list[str]] = {}
    for name, key in plain.items():
        by_key.setdefault(key, []).append(name)
    for alike in by_key.values():
        most = max(alike, key=lambda name: (names[name], name))
        yield from ((one, most, f'written "{one}" and "{most}"') for one in alike if one != most)
    blocks: dict[tuple[int, str], list[str]] = {}
    for key in by_key:
        if len(key) >= SHORTEST and not any(letter.isdigit() for letter in key):
            blocks.setdefault((key.count(" "), key[:2]), []).append(key)
    for block in blocks.values():
        for one, other in combinations(sorted(block), 2):
            if _is_spelling(one, other):
                a, b = by_key[one][0], by_key[other][0]
                yield a, b, f'spelled "{a}" and "{b}"'


def _is_spelling(one: str, other: str) -> bool:
    """Say whether two plain names of as many words differ in the spelling of one or two words."""
    differing = [(a, b) for a, b in zip(one.split(), other.split(), strict=True) if a != b]
    return len(differing) <= 2 and all(
        fuzz.ratio(a, b) >= ALIKE
        and {a, b} != {"minister", "ministry"}
        and (can_be_one((a,), (b,)) or not (is_title(a) and is_title(b)))
        for a, b in differing
    )


def _contested(names: Counter[str]) -> frozenset[str]:
    """Return names such as "Mr. Brandt" where a text has a "Mrs. Brandt" or "Ms. Ann Brandt" too.

    Of "Brandt" or "Viktor Brandt" nobody can say which of the two that is.
    """
    called: dict[str, set[str]] = {}
    for name in names:
        titles, rest = parted(name)
        if polite := courtesy(titles):
            for key in {_plain(rest), _plain(rest.split()[-1])}:
                called.setdefault(key, set()).add(polite)
    return frozenset(
        name
        for name in names
        if courtesy(parted(name)[0]) and len(called[_plain(parted(name)[1])]) > 1
    )


def _mixes(one: str, other: str, contested: frozenset[str], called: dict[str, set[str]]) -> bool:
    """Say whether joining two names would bring "Mr." and "Mrs." together."""
    mine, theirs = courtesy(parted(one)[0]), courtesy(parted(other)[0])
    if mine != theirs and (one in contested or other in contested):
        return True
    everyone = called.get(one, {one}) | called.get(other, {other})
    return len({polite for name in everyone if (polite := courtesy(parted(name)[0]))}) > 1


def _weight(names: Counter[str]) -> Callable[[str], tuple[int, int, str]]:
    """Order names: the one that more claims credit stands, of equal ones the shorter."""
    return lambda name: (names[name], -len(name), name)


def _titles(names: Counter[str]) -> Iterable[Proposal]:
    """Yield names that are one but for a title or for capitals: "Col. Brandt", "COLONEL BRANDT"."""
    by_key: dict[str, list[str]] = {}
    for name in names:
        rest = parted(name)[1]
        acronym = rest.isupper() and not name.isupper()  # "Secretary NATO"
        if len(rest) > 3 and rest[:1].isupper() and not acronym:
            by_key.setdefault(_plain(rest), []).append(name)
    for alike in by_key.values():
        most = max(alike, key=_weight(names))
        for one in alike:
            if one != most and can_be_one(parted(one)[0], parted(most)[0]):
                yield one, most, f'"{one}" and "{most}" differ in a title or in capitals'


def _surnames(names: Counter[str]) -> Iterable[Proposal]:
    """Yield names that are a surname, bare or titled, and the only full name that ends in it."""
    full: dict[str, dict[str, set[str]]] = {}
    for name in names:
        if words := _full(name):
            full.setdefault(_plain(words[-1]), {}).setdefault(_plain(" ".join(words)), set()).add(
                name
            )
    short: dict[str, list[str]] = {}
    for name in names:
        titles, rest = parted(name)
        if " " in rest or len(rest) <= 3 or not rest[:1].isupper() or is_title(rest):
            continue
        known = full.get(_plain(rest), {})
        longer = [same for same in known.values() if titles or sum(names[n] for n in same) > 1]
        if len(longer) != 1:
            continue
        other = max(longer[0], key=_weight(names))
        acronym = rest.isupper() and other.split()[-1].isupper() and not other.isupper()
        if not acronym and can_be_one(titles, parted(other)[0]):
            short.setdefault(other, []).append(name)
    for other, forms in short.items():
        most = max((*forms, other), key=_weight(names))
        for name in (*forms, other):
            surname = parted(name if name != other else forms[0])[1]
            if name != most:
                reason = f'"{other}" is the only full name credited that ends in "{surname}"'
                yield name, most, reason


def _full(name: str) -> list[str] | None:
    """Return the words of a full name without titles, or None where it is none."""
    words = parted(name)[1].split()
    capital = all(word[:1].isupper() or word.startswith("al-") for word in words)
    whole = len(words) > 1 and len(name.split()) <= LONGEST
    return words if whole and capital and words[-2][-1:].casefold() != "s" else None


def _plain(name: str) -> str:
    return " ".join(_ARTICLE.sub("", name).replace("-", " ").casefold().split())
