"""Who is meant: pronouns, short names and definite nouns resolved inside one document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from verify.ingest.apposition import apposed, following, is_role, preceding
from verify.ingest.lexicon import words_of
from verify.ingest.wordlists import words as words_from
from verify.ingest.words import verbs

Span = tuple[int, int]

_ARTICLE = re.compile(r"^(?:the|a|an|one|another)\s+", re.IGNORECASE)
_TAIL = re.compile(r"\s*(?:,(?!\d{3})|\(|\bwho\b|\bwhich\b|—|–).*", re.DOTALL)
_NAME = re.compile(
    r"(?:[A-Z]\.|[A-Z][\w'’-]*)(?:\s+(?:(?:of|for|and|the|al|bin|bint|ibn|de|van|von)\s+){0,2}(?:[ae]l-)?[A-Z][\w'’-]*)*"
)
_SEVERAL = re.compile(r"\s+and\s+(?:the|an?)\s+")
_SELVES = words_from("i we you")
_TITLES = words_of("titles") | words_of("ranks")
_LEADING = _TITLES | words_of("times") | words_of("starters")
_BODIES = words_of("bodies")
_ROLES = words_of("roles")
_TEXTS = words_from(
    "statement report bulletin communique communiqué announcement post message letter video"
)


@dataclass(frozen=True, slots=True)
class _Named:
    """Someone named so far: ``kind`` is person, body or many."""

    name: str
    kind: str
    words: frozenset[str]


def resolve(text: str, sources: Sequence[Span | None]) -> list[str | None]:
    """Name the speaker behind each source span, in the order of the text.

    Returns for each span the fullest name that the document gives ("he", "Massoud" and "the
    commander" all become "Ahmad Massoud"), without a leading article and without an apposition. A
    role with a name beside it is that person ("the governor, Olena Marchuk").
    Who cannot be resolved keeps the words as written; None stays None.
    """
    names = _full_names(text)
    seen: list[_Named] = []
    found: dict[Span, str] = {}
    for span in sorted({span for span in sources if span}):
        found[span] = _resolved(text, span, seen, names)
    return [found[span] if span else None for span in sources]


def _resolved(text: str, span: Span, seen: list[_Named], names: dict[str, list[str]]) -> str:
    words = " ".join(text[slice(*span)].split())
    folded = words.lower()
    if folded in _SELVES:
        return words
    if folded in ("who", "which", "that"):
        named = _antecedent(text, span[0], seen, names)
        return named if named and _is_sound(named) else words
    if folded in ("he", "she", "it", "they", "his", "her", "its", "their"):
        return _last(seen, _KIND_OF.get(folded, "person")) or words
    words = _with_apposition(text, span, words)
    core = bare_name(words)
    named = _definite(words, core, seen) or _fuller(core, seen, names) or core
    if not _is_sound(named):
        return words
    if named and not folded.startswith(("his ", "her ", "their ", "its ")):
        _note(seen, named, words)
    return named or words


_VERBAL = ("gerund", "past", "participle", "past/participle")
"""Forms that end no name; "report", "claims" and "states" are nouns as often as verbs."""
_KIND_OF = {"it": "body", "its": "body", "they": "many", "their": "many"}


def bare_name(words: str) -> str:
    """Take article, apposition and quotation marks off a noun phrase, or name who is apposed."""
    if name := apposed(words.strip('"“”‘’ ')):
        return name
    return _TAIL.sub("", _ARTICLE.sub("", words.strip('"“”‘’ '))).strip(" ,;:") or words


def _with_apposition(text: str, span: Span, words: str) -> str:
    """Add the name that stands right beside a role but outside the span that was read."""
    if "," in words:
        return words
    if before := preceding(text, span[0], words):
        return f"{before}, {words}"
    after = following(text, span[1]) if is_role(words) else None
    return words + after if after and apposed(words + after) else words


def _is_sound(name: str) -> bool:
    """Say whether words can be a name: one party, no count before it, no verb at its end."""
    if name[:1].isdigit() or " or " in name:
        return False
    verb = verbs().get(name.split()[-1]) if name.strip() else None
    return verb is None or verb.form not in _VERBAL


def _note(seen: list[_Named], name: str, words: str) -> None:
    several = _SEVERAL.split(name)
    if len(several) > 1:  # "the Observatory" is one of them when it speaks again, "they" are both
        for one in several:
            _note(seen, one, one)
    tokens = frozenset(token.strip(".,").lower() for token in words.split()) | frozenset(
        name.lower().split()
    )
    seen.append(_Named(name, _kind(name), tokens))


def _kind(name: str) -> str:
    tokens = name.split()
    head = tokens[-1].lower().strip(".,")
    head = next((t.lower() for t in tokens if t.lower() in ("of", "for")), "") and _head(tokens)
    head = head or tokens[-1].lower().strip(".,")
    if any(token.lower() in _ROLES for token in tokens) and tokens[-1][:1].isupper():
        return "person"
    if head in _BODIES or (len(tokens) == 1 and name.isupper()):
        return "body"
    if head in _ROLES:
        return "person"
    if tokens[-1][:1].islower() and head.endswith("s"):
        return "many"
    return "person" if tokens[-1][:1].isupper() else "body"


def _head(tokens: Sequence[str]) -> str:
    for before, token in pairwise(tokens):
        if token.lower() in ("of", "for"):
            return before.lower()
    return tokens[-1].lower()


def _last(seen: Sequence[_Named], kind: str) -> str | None:
    """Find who a pronoun stands for; "they" reach no further back than the last speaker."""
    for one in reversed(seen[-1:] if kind == "many" else seen):
        if one.kind == kind or (kind == "many" and one.kind == "body"):
            return one.name
    return None


def _antecedent(text: str, at: int, seen: list[_Named], names: dict[str, list[str]]) -> str | None:
    """Read "the commander who said": the name or noun right before the relative pronoun."""
    before = text[max(0, at - 100) : at].rstrip(" ,")
    apposed = re.search(r"([A-Z][\w'’-]*(?: [A-Z][\w'’-]*)+), (?:the|a|an) [^,.]*$", before)
    if apposed:
        return _fuller(apposed[1], seen, names) or apposed[1]
    match = re.search(r"((?:[A-Z][\w'’.-]*\s+)*[\w'’-]+)$", before)
    if not match:
        return None
    core = bare_name(match[1])
    return _fuller(core, seen, names) or core


def _alone(seen: Sequence[_Named]) -> list[_Named]:
    """Leave out those who spoke together, the last speaker first."""
    return [one for one in reversed(seen) if not _SEVERAL.search(one.name)]


def _definite(words: str, core: str, seen: Sequence[_Named]) -> str | None:
    """Resolve "the spokesman", "the group", "the statement" to the last speaker it fits."""
    if not words.lower().startswith(("the ", "that ", "this ")) or core != core.lower():
        return None
    head = _head(core.split())
    exact = head in _BODIES and head not in _ROLES
    for one in _alone(seen):
        fits = head == _head(one.name.lower().split()) if exact else head in one.words
        if fits and one.name.lower() != core.lower():
            return one.name
    if head in _TEXTS or head in ("group", "agency", "monitor", "organisation", "organization"):
        return _last(seen, "body")
    return None


def _full_names(text: str) -> dict[str, list[str]]:
    """List the names of two words or more by the word that ends them and by their acronym."""
    names: dict[str, list[str]] = {}
    for match in _NAME.finditer(text):
        parts = match[0].split()
        while parts and parts[0].lower().strip(".") in _LEADING:
            parts = parts[1:]
        if not 2 <= len(parts) <= 8:
            continue
        name = " ".join(parts)
        names.setdefault(parts[-1].lower(), []).append(name)
        if (head := _head(parts)) != parts[-1].lower():
            names.setdefault(head, []).append(name)
        capitals = "".join(part[0] for part in parts if part[0].isupper())
        if len(capitals) > 2:
            names.setdefault(capitals.lower(), []).append(name)
    return names


def _fuller(core: str, seen: Sequence[_Named], names: dict[str, list[str]]) -> str | None:
    """Find the full name of "Massoud", "Mr. Saleh", "Observatory" or "SOHR"."""
    parts = core.split()
    while len(parts) > 1 and parts[0].lower().strip(".") in _TITLES:
        parts = parts[1:]
    if not parts or not parts[-1][:1].isupper() or len(parts) > 2:
        return None
    wanted = {part.lower() for part in parts}
    for one in _alone(seen):
        tokens = one.name.lower().split()
        if wanted <= set(tokens) and (one.kind == "body" or tokens[-1] == parts[-1].lower()):
            return one.name
    if len(parts) > 1:
        return None
    known = names.get(parts[0].lower(), [])

    def worth(name: str) -> tuple[bool, int, int]:
        """Rank names: with a purpose ("... for ..."), then the commonest, then the first."""
        purpose = " of " in name or " for " in name
        return purpose, known.count(name), -known.index(name)

    return max(set(known), key=worth, default=None)
