"""Who speaks for whom: the analyst's sides, read from TOML and laid over claims.

An alias is matched as whole words, whatever the case, with a plural or possessive ending
("Taliban's", or "Talibans" where the apostrophe got lost). The longest alias wins, then the first.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from verify.errors import InputError
from verify.records import UNKNOWN, Row

_REMEDY = 'Write [[side]] tables with name = "...", aliases = ["..."] and sources = ["..."].'
_AGAINST = (
    r"(?:anti|non|ex)[- ]|(?:against|opposed to|fighting|battling|opponents? of|critics? of"
    r"|enem(?:y|ies) of|foes? of|rivals? of) (?:the )?"
)
"""What turns an alias into its opposite: such words right before it, and it does not match."""
_CLAUSE = re.compile(r"\b(?:who|whom|whose|which|against|accused)\b")
"""Whatever credits a statement stands before these; what follows them is about someone else."""


@dataclass(frozen=True)
class Side:
    """A party to the dispute: the words that name it and the sources that speak for it."""

    name: str
    aliases: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sides:
    """All sides of one dispute, in the analyst's order."""

    sides: tuple[Side, ...] = ()

    def of_words(self, text: str | None) -> tuple[str, str] | None:
        """Return (side, alias as the analyst wrote it) that ``text`` names, or None."""
        if not text or not self._aliases:
            return None
        if text not in self._known:
            folded = _fold(text)
            clause = _CLAUSE.search(folded)
            head = folded[: clause.start()] if clause else ""
            self._known[text] = self._longest(head) or self._longest(folded)
        return self._known[text]

    def of_source(self, source: str | None) -> tuple[str, str] | None:
        """Return (side, source as the analyst wrote it) that publishes for a side, or None."""
        return self._sources.get(_fold(source)) if source else None

    def named(self, name: str) -> str:
        """Return the analyst's spelling of a side's name; an unknown name as it stands."""
        return self._names.get(_fold(name), name.strip())

    def _longest(self, folded: str) -> tuple[str, str] | None:
        best = max(
            (match for match in self._pattern.finditer(folded) if match["alias"]),
            key=lambda match: (len(match["alias"]), -match.start()),
            default=None,
        )
        return self._aliases[best["alias"]] if best else None

    @cached_property
    def _known(self) -> dict[str, tuple[str, str] | None]:
        return {}

    @cached_property
    def _aliases(self) -> dict[str, tuple[str, str]]:
        return {_fold(alias): (side.name, alias) for side in self.sides for alias in side.aliases}

    @cached_property
    def _sources(self) -> dict[str, tuple[str, str]]:
        return {_fold(name): (side.name, name) for side in self.sides for name in side.sources}

    @cached_property
    def _names(self) -> dict[str, str]:
        return {_fold(side.name): side.name for side in self.sides}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        longest_first = sorted(self._aliases, key=len, reverse=True)
        aliases = "|".join(map(re.escape, longest_first))
        return re.compile(
            rf"(?<!\w)(?:{_AGAINST})(?:{aliases})|(?<!\w)(?P<alias>{aliases})'?s?(?!\w)"
        )


def _fold(text: str) -> str:
    """Make spellings equal that a reader takes for the same word."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'").replace("‘", "'")
    return " ".join(re.sub(r"[‐-―]", "-", folded).split())


NO_SIDES = Sides()


def load_sides(path: Path) -> Sides:
    """Read sides from a TOML file.

    Raises ``InputError`` naming the file and the key: the file is missing or no TOML, a key is
    unknown or of the wrong type, or one alias, source or name is claimed twice.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InputError("The sides file cannot be read", str(path), str(error)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError("The sides file is not valid TOML", str(path), f"{error}.") from error
    for key in content:
        if key != "side":
            raise InputError("Unknown key", f"{path}, key {key}", _REMEDY)
    tables = content.get("side", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise InputError("Sides must be a list of tables", f"{path}, key side", _REMEDY)
    sides = tuple(_side(table, f"{path}, key side[{n}]") for n, table in enumerate(tables, 1))
    _refuse_doubles(sides, path)
    return Sides(sides)


def _side(table: Mapping[str, Any], where: str) -> Side:
    for key in table:
        if key not in ("name", "aliases", "sources"):
            raise InputError("Unknown key", f"{where}.{key}", _REMEDY)
    name = table.get("name")
    if not isinstance(name, str) or not name.strip() or name.strip().casefold() == UNKNOWN:
        raise InputError(
            f"A side needs a name that is text and is not {UNKNOWN!r}", f"{where}.name", _REMEDY
        )
    words = {key: _words(table.get(key, []), f"{where}.{key}") for key in ("aliases", "sources")}
    return Side(name.strip(), **words)


def _words(value: Any, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise InputError("This must be a list of texts", where, _REMEDY)
    if not all(word.strip() for word in value):
        raise InputError("An empty text would match everywhere", where, "Take it out.")
    return tuple(word.strip() for word in value)


def _refuse_doubles(sides: tuple[Side, ...], path: Path) -> None:
    def pairs() -> Iterator[tuple[str, str, str]]:
        for side in sides:
            yield "name", side.name, side.name
            yield from (("aliases", alias, side.name) for alias in side.aliases)
            yield from (("sources", source, side.name) for source in side.sources)

    owners: dict[tuple[str, str], str] = {}
    for key, word, name in pairs():
        owner = owners.setdefault((key, _fold(word)), name)
        if owner != name or (key == "name" and [s.name for s in sides].count(name) > 1):
            raise InputError(
                f"{word!r} is given to two sides, {owner!r} and {name!r}",
                f"{path}, key {key}",
                "Leave it with one of them.",
            )


def label(claims: pd.DataFrame, documents: pd.DataFrame, sides: Sides) -> pd.DataFrame:
    """Say for which side each claim speaks, and why, and which side acts in it.

    Takes CLAIMS and the DOCUMENTS they come from (``doc_id``, ``source``, ``given``); returns a
    copy of the claims with ``side``, ``side_reason`` and ``actor_side`` filled, and in each of the
    ``quantities`` the ``side`` whose alias the words of what is counted carry. The speaker's
    alias decides, in the claim or where the document introduces the speaker ("the spokesman of the
    Northern Army, Omar Haddad"); else the side that a claims table states, else, when nobody is
    credited, the source; else the side is "unknown".
    """
    labelled = claims.copy()
    facts = {
        doc_id: (source, given.get("side") if isinstance(given, dict) else None)
        for doc_id, source, given in zip(
            documents["doc_id"], documents["source"], documents["given"], strict=True
        )
    }
    credits = list(zip(claims["speaker_name"], claims["speaker"], claims["doc_id"], strict=True))
    introduced = {
        (doc_id, name): words
        for name, words, doc_id in reversed(credits)
        if name and words and name != words and sides.of_words(words)
    }
    verdicts = [
        _verdict(
            (name or None, words or None, introduced.get((doc_id, name))),
            *facts.get(doc_id, (None, None)),
            sides,
        )
        for name, words, doc_id in credits
    ]
    actors = [
        sides.of_words(actor) if isinstance(actor, str) else None for actor in claims["actor"]
    ]
    for column, values in (
        ("side", [side for side, _ in verdicts]),
        ("side_reason", [reason for _, reason in verdicts]),
        ("actor_side", [found[0] if found else None for found in actors]),
    ):
        labelled[column] = pd.Series(values, index=claims.index, dtype="object")
    labelled["quantities"] = pd.Series(
        [_with_sides(quantities, sides) for quantities in claims["quantities"]],
        index=claims.index,
        dtype="object",
    )
    return labelled


def _with_sides(quantities: list[Row] | None, sides: Sides) -> list[Row]:
    return [
        {
            **quantity,
            "side": found[0] if (found := sides.of_words(quantity.get("counted"))) else None,
        }
        for quantity in quantities or []
    ]


def _verdict(
    credit: tuple[str | None, str | None, str | None],
    source: str | None,
    stated: str | None,
    sides: Sides,
) -> tuple[str, str]:
    """Judge the name, the words in the claim, and those that introduce the speaker elsewhere."""
    name, words, _ = credit
    for speaker in credit:
        if found := sides.of_words(speaker):
            return found[0], f'speaker "{speaker}" matches alias "{found[1]}"'
        if found := sides.of_source(speaker):
            return found[0], f'speaker "{speaker}" is a source that speaks for {found[0]}'
    if stated:
        return sides.named(stated), "stated in the claims table"
    speaker = name or words
    if speaker:
        return UNKNOWN, f'no alias matches speaker "{speaker}"'
    if found := sides.of_source(source):
        return found[0], f'source "{found[1]}" speaks for {found[0]}'
    return UNKNOWN, f'source "{source}" is given to no side' if source else "no speaker, no source"
