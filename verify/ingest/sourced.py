"""Who is credited with a statement: from where to where the words that name them reach."""

from __future__ import annotations

import re

from verify.ingest.lexicon import words_of
from verify.ingest.spoken import Attribution, Span

_RELATIVE_END = re.compile(r"\s(?:which|who|whose)\Z")
_GOES_ON = re.compile(r"(?<=\w)\s+(?:with|adding|by now)\b")
"""After "according to the Observatory" the statement goes on here ("with 40 wounded")."""
_GLUED = re.compile(r"(?<!and)(?<!or)\s(?=(?:he|she|it|they)\Z)")
"""Where punctuation is lost, a pronoun has no part in the words before it ("... the city he")."""
_NAME_ON = re.compile(r"(?:\s(?:of|for|the|de|von|bin|ibn|[ae]l-\w+|[A-Z][\w.'’-]*)){1,6}\s?")
"""The rest of a name that was cut before its verb ("President Recep | Tayyip Erdogan said")."""
_BEFORE_FOR = re.compile(r"(?:\b[Tt]he )?(?:\b[A-Z][\w'’-]*\s)+\Z")
_MODIFIED = re.compile(
    rf"(?:\b(?:{'|'.join(map(re.escape, sorted(words_of('modifiers'))))})\s)+\Z", re.IGNORECASE
)
_ARTICLES = words_of("determiners")
_SAYERS = words_of("sayers")


def source_of(text: str, one: Attribution) -> Span | None:
    """Give a source its whole name and no word that is not its own; None where none is left."""
    start, end = one.source or one.cue
    before = end <= one.cue[0]
    lines = text[start:end].split("\n")
    if len(lines) > 1:  # a heading or byline, then the sentence
        start, end = (end - len(lines[-1]), end) if before else (start, start + len(lines[0]))
    if clause := _RELATIVE_END.search(text, start, end):
        end = clause.start()
    if not before and (rest := _GOES_ON.search(text, start, end)):
        end = rest.start()
    if before and (pronoun := _GLUED.search(text, start, end)):
        start = pronoun.end()
    if before and _NAME_ON.fullmatch(text, end, one.cue[0]):
        end = one.cue[0]
    if before and text[start:end] in _SAYERS:
        bare = _MODIFIED.search(text, max(0, start - 60), start)
        start = bare.start() if bare else start  # "well-informed | sources"
    while start < end and not (text[start].isalnum() or text[start] in "\"“‘'«"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:-–—"):
        end -= 1
    if text.startswith(("for ", "of "), start) and (
        name := _BEFORE_FOR.search(text, max(0, start - 80), start)
    ):
        start = name.start()  # "the Observatory" of "the Observatory for Human Rights"
    return (start, end) if start < end and text[start:end].casefold() not in _ARTICLES else None
