"""Sides suggested for speakers that nobody gave one: the program suggests, people decide.

Three kinds of evidence, each said in words with its counts: which side's sources quote the speaker,
what the speaker's name holds of a side's name, and whose claims the speaker's claims agree with.
Where they point to different sides, nothing is suggested and the reason says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

import pandas as pd

from verify.records import INDEPENDENT, UNKNOWN, Schema, frame, rows
from verify.store.store import Store
from verify.store.view_sources import links_of, sides_of_sources, unsided

SUGGESTIONS: Final[Schema] = {
    "speaker": "text",
    "claims": "int",
    "side": "text",  # suggested; None: the evidence is divided
    "strength": "text",  # strong, fair, weak; None where nothing is suggested
    "reason": "text",
    "side_version": "int",  # what a decision names as seen
}
FEWEST_CLAIMS: Final = 3
"""Claims below which a speaker is not looked at: two quotations show no pattern."""
FEWEST_QUOTED: Final = 3
"""Quotations by a side's sources, agreements, or documents, that show a pattern."""
MOSTLY: Final = 0.75
"""Share of the quotations, or of the agreements, from which on they point to one side."""
_COMMON_WORDS: Final = (
    "the a an of for and in on to at by group groups movement army forces force general council "
    "committee party state government ministry media television tv spokesman official officials "
    "news agency people national human rights city new united local source sources report "
    "reports witness witnesses resident residents reporter correspondent"
)
_COMMON: Final = frozenset(_COMMON_WORDS.split())
"""Words that half of all names hold, so that sharing them says nothing."""
Pointer = tuple[str, str, str]
"""Side, kind of evidence, reason in words."""


class Suggested(NamedTuple):
    """What is suggested, and of how many speakers."""

    rows: pd.DataFrame
    """SUGGESTIONS, most claims first."""
    looked_at: int
    """Speakers without a side with enough claims."""


def suggestions(store: Store) -> Suggested:
    """Suggest sides for the speakers of this store without one."""
    declared = store.sides()
    of_source = sides_of_sources(store)
    by_words = {
        row["words"].casefold(): row["side"] for row in rows(declared) if row["kind"] == "source"
    }
    quoted = unsided(store, FEWEST_CLAIMS)
    for source in quoted["source"].dropna().unique():
        if (side := by_words.get(source.casefold())) and source not in of_source:
            of_source[source] = side
    aliases = declared[declared["kind"] == "alias"]
    names = quoted["speaker"].unique().tolist()
    found = suggest(quoted, links_of(store, names), of_source, aliases)
    return Suggested(found, len(names))


def why_none(looked_at: int) -> str:
    """Say in one sentence why no side is suggested, where none is."""
    if not looked_at:
        return (
            f"None is suggested: no speaker without a side has {FEWEST_CLAIMS} claims, and fewer "
            "show no pattern."
        )
    speakers = "1 speaker" if looked_at == 1 else f"{looked_at:,} speakers"
    return (
        f"None is suggested: {speakers} without a side with {FEWEST_CLAIMS} claims or more, but "
        f"no name holds a side's name, and neither {FEWEST_QUOTED} quotations nor "
        f"{FEWEST_QUOTED} agreements point to one side."
    )


def suggest(
    quoted: pd.DataFrame,
    links: pd.DataFrame,
    side_of_source: Mapping[str, str],
    aliases: pd.DataFrame,
) -> pd.DataFrame:
    """Suggest a side for each speaker of ``quoted``.

    ``quoted``: speaker, source, claims, documents, side_version; a row for each source that quotes
    a speaker.
    ``links``: speaker, relation (supports, conflicts), side of the other claim, links.
    ``aliases``: side, words. Returns SUGGESTIONS, speakers with any evidence only, most claims
    first.
    """
    found = []
    linked = dict(list(links.groupby("speaker")))
    for speaker, told in quoted.groupby("speaker"):
        if _words(str(speaker)) <= _COMMON:
            continue  # "local sources" are other people in every document
        pointers = [
            *_quoted_by(told, side_of_source),
            *_named_like(str(speaker), aliases),
            *_agreeing(linked.get(speaker)),
        ]
        if pointers:
            counted = {"claims": told["claims"].sum(), "side_version": told["side_version"].max()}
            found.append({"speaker": speaker, **counted, **_judged(pointers)})
    found.sort(key=lambda row: (-row["claims"], row["speaker"]))
    return frame(found, SUGGESTIONS)


def _judged(pointers: list[Pointer]) -> dict[str, str | None]:
    sides = {side for side, _, _ in pointers}
    reason = "; ".join(words for _, _, words in pointers)
    if len(sides) > 1:
        told = "; ".join(f"{words} ({side})" for side, _, words in pointers)
        return {"side": None, "strength": None, "reason": f"divided: {told}"}
    kinds = {kind for _, kind, _ in pointers}
    strength = "strong" if len(kinds) > 1 else "fair" if kinds == {"name"} else "weak"
    return {"side": sides.pop(), "strength": strength, "reason": reason}


def _quoted_by(told: pd.DataFrame, side_of_source: Mapping[str, str]) -> Iterable[Pointer]:
    """Point to the side whose sources are most of those that quote the speaker."""
    by_side, total = Counter[str](), 0
    by_source, documents = Counter[str](), Counter[str]()
    for source, count, texts in told[["source", "claims", "documents"]].itertuples(index=False):
        total += count
        side = side_of_source.get(source)
        if side and side not in (UNKNOWN, INDEPENDENT):
            by_side[side] += count
            by_source[source] += count
            documents[side] += texts
    for side, count in by_side.most_common(1):
        if documents[side] >= FEWEST_QUOTED and count >= MOSTLY * total:
            names = [name for name, _ in by_source.most_common() if side_of_source[name] == side]
            named = " and ".join(names[:2]) + (" and others" if len(names) > 2 else "")
            others = f", by other sources {_times(total - count)}" if total > count else ""
            only = "" if total > count else ", by no other source"
            yield side, "quoted", f"quoted by {named} {_times(count)}{others}{only}"


def _named_like(speaker: str, aliases: pd.DataFrame) -> Iterable[Pointer]:
    """Point to the sides of which an alias holds the name, or is its acronym or fuller form."""
    words = _words(speaker)
    named = _words(" ".join(word for word in speaker.split() if word[:1].isupper()))
    seen = set()
    for side, alias in zip(aliases["side"], aliases["words"], strict=True):
        if side in seen or alias.casefold() == speaker.casefold():
            continue
        alias_words = _words(alias)
        shared = (words & alias_words & named) - _COMMON
        if _initials(alias) == speaker or _initials(speaker) == alias:
            seen.add(side)
            yield side, "name", f'its name and the alias "{alias}" are one the other\'s initials'
        elif shared and (words <= alias_words or len(shared) > 1):
            seen.add(side)
            yield side, "name", f'its name shares "{" ".join(sorted(shared))}" with "{alias}"'


def _words(name: str) -> frozenset[str]:
    return frozenset(word.strip(".,'’\"()").casefold() for word in name.split()) - {""}


def _initials(name: str) -> str:
    """Give the initials of a name of three words or more, else ""."""
    capital = [word[0] for word in name.replace("-", " ").split() if word[:1].isupper()]
    return "".join(capital) if len(capital) > 2 else ""


def _agreeing(links: pd.DataFrame | None) -> Iterable[Pointer]:
    """Point to the side whose claims the speaker's claims support, where no other side's rival."""
    if links is None:
        return
    agreed, opposed = Counter[str](), Counter[str]()
    for relation, side, count in links[["relation", "side", "links"]].itertuples(index=False):
        (agreed if relation == "supports" else opposed)[side] += count
    for side, count in agreed.most_common(1):
        rival = opposed.pop(side, 0) + agreed.total() - count
        if count < FEWEST_QUOTED or count < MOSTLY * (count + rival):
            return
        against = "".join(
            f", contradicts those of {other} {_times(n)}" for other, n in opposed.most_common(1)
        )
        yield side, "agrees", f"agrees with claims of {side} {_times(count)}{against}"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
