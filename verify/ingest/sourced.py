"""Who is credited with a statement: from where to where the words that name them reach."""

from __future__ import annotations

import re

from verify.ingest.lexicon import words_of
from verify.ingest.spoken import Attribution, Span

_RELATIVE_END = re.compile(r"\s(?:which|who|whose)\Z")
_GOES_ON = re.compile(r"(?<=\w)\s+(?:with|adding|by now|as well)\b")
"""After "according to the Observatory" the statement goes on here ("with 40 wounded")."""
_GLUED = re.compile(r"(?<!and)(?<!or)\s(?=(?:he|she|it|they)\Z)")
"""Where punctuation is lost, a pronoun has no part in the words before it ("... the city he")."""
_COUNTED = re.compile(rf"[\d,.]+\s(?=(?:\w+\s)?(?:{'|'.join(sorted(words_of('sayers')))})\Z)")
"""A count that ends what is said ("... and wounded | 50 state media reported")."""
_TOLD_OF = re.compile(r"\b(?:an?|the)\s(?:[\w-]+\s){1,2}(?:that|which|who)\s\w+\s\Z")
"""What is told of a source before its last word ("an organisation that monitors the | war")."""
_ANTECEDENT = re.compile(r"\b(?:an?|the)\s(?:[\w-]+\s){1,2}\Z")
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
    lines = text[start:end].split("\n")
    if clause := _RELATIVE_END.search(text, start, end):
        end = clause.start()
    if end <= one.cue[0]:
        start = end - len(lines[-1]) if len(lines) > 1 else start  # a heading, then the sentence
        start, end = _before_its_cue(text, (start, end), one.cue)
    else:
        end = start + len(lines[0]) if len(lines) > 1 else end
        end = min(
            match.start() if match else end
            for match in (_GOES_ON.search(text, start, end), _GLUED.search(text, start, end))
        )
    while start < end and not (text[start].isalnum() or text[start] in "\"“‘'«"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:-–—"):
        end -= 1
    return (start, end) if start < end and text[start:end].casefold() not in _ARTICLES else None


def _before_its_cue(text: str, source: Span, cue: Span) -> Span:
    """Move the edges of a source that stands before its verb, where punctuation is lost."""
    start, end = source
    if pronoun := _GLUED.search(text, start, end):
        start = pronoun.end()
    if number := _COUNTED.match(text, start, end):
        start = number.end()
    if _NAME_ON.fullmatch(text, end, cue[0]):
        end = cue[0]
    words = text[start:end]
    more = None
    if words in _SAYERS:
        more = _MODIFIED.search(text, max(0, start - 60), start)  # "well-informed | sources"
    elif words.startswith(("for ", "of ")):
        more = _BEFORE_FOR.search(text, max(0, start - 80), start)  # "Observatory | for Human ..."
    else:
        told = _TOLD_OF if not words.startswith(("that ", "which ", "who ")) else _ANTECEDENT
        more = told.search(text, max(0, start - 80), start)
    return (more.start() if more else start), end
