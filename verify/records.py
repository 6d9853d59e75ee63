"""The nouns as frame schemas: which columns each stage takes and returns.

Text columns are ``object`` columns that hold ``str`` or ``None``, never NaN, so that a missing
value is falsy. Spans are Python string offsets: ``document.text[start:end]`` is the span's text.
Times are ISO 8601 text: ``2021-08-30`` when only the day is known, else UTC with seconds.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, Literal

import numpy as np
import pandas as pd

Row = dict[str, Any]
Schema = Mapping[str, str]
"""Column name -> kind: text, int, float, flag, list or dict (JSON values)."""

Relation = Literal["supports", "conflicts", "related", "unrelated"]
QuantityKind = Literal[
    "killed", "wounded", "captured", "missing", "displaced", "destroyed", "force_size", "other"
]
RELATIONS: Final = ("supports", "conflicts", "related", "unrelated")
QUANTITY_KINDS: Final = (
    "killed", "wounded", "captured", "missing", "displaced", "destroyed", "force_size", "other",
)  # fmt: skip
CLAIM_STATUSES: Final = ("unreviewed", "verified", "disputed", "unverifiable")
PAIR_VERDICTS: Final = ("confirmed", "rejected")
PAIR_STATUSES: Final = ("suggested", *PAIR_VERDICTS)
SOURCE_GRADES: Final = ("A", "B", "C", "D", "E", "F")
"""Admiralty code, reliability of the source: A completely reliable ... F cannot be judged."""
INFORMATION_GRADES: Final = ("1", "2", "3", "4", "5", "6")
"""Admiralty code, credibility of the information: 1 confirmed ... 6 cannot be judged."""
INDEPENDENT: Final = "independent"
UNKNOWN: Final = "unknown"
TORN: Final = 3.0
"""A suggested support must be so many times likelier than a conflict of the same two claims to tell
of agreement. Of ten points that opposed sides were suggested to agree on, read by hand (the seeds
and 32 articles on two events in Syria), three were right; the three below this ratio were wrong."""
AGREES: Final = 0.75
"""Chance from which a suggested support of opposed sides is told as agreement. Below it, all four
of the seeds, read by hand, were wrong: alike in words, but saying other things."""
WITHHELD: Final = "withheld"
"""Name of the reason of a pair that says why another relation is not shown."""
REREAD: Final = "reread"
"""Name of the reason of a confirmed pair that says what the program would call it by now."""
WEIGHTLESS: Final = (WITHHELD, REREAD)
"""Reasons that weigh nothing: they stand below the others."""

DOCUMENTS: Final[Schema] = {
    "doc_id": "text",  # content hash, see `document_id`
    "given_id": "text",  # the id that the input gave, or the file's name
    "kind": "text",  # "text": to be read for claims; "row": one row of a claims table, is one claim
    "source": "text",  # who published
    "title": "text",
    "url": "text",
    "published_at": "text",
    "language": "text",  # ISO 639-1 where known
    "location": "text",
    "text": "text",
    "original_sha256": "text",  # of the file's bytes as they came
    "file": "text",
    "row": "int",
    "given": "dict",  # what a claims table states itself: speaker, side, place, time, quantity, ...
}

CLAIMS: Final[Schema] = {
    "claim_id": "text",  # content hash, see `claim_id`
    "doc_id": "text",
    "start": "int",
    "end": "int",
    "text": "text",  # exactly document.text[start:end]
    "sentence_start": "int",  # the passage around it, in the same document
    "sentence_end": "int",
    "speaker": "text",  # the words that credit someone; None: the source speaks
    "speaker_start": "int",
    "speaker_end": "int",
    "speaker_name": "text",  # resolved inside the document ("he" -> "Ahmad Massoud")
    "via": "text",  # who passes on what the speaker said ("Reuters said the army had claimed ...")
    "via_start": "int",
    "via_end": "int",
    "cue": "text",
    "cue_start": "int",
    "cue_end": "int",
    "side": "text",  # as the analyst names it, "independent" or "unknown"
    "side_reason": "text",  # in words: which alias decided
    "quantities": "list",  # of {text, start, end, low, high, kind, counted}; null bound = open
    "place": "text",
    "place_start": "int",
    "place_end": "int",
    "time": "text",  # the words ("on Monday")
    "time_start": "int",
    "time_end": "int",
    "event_time": "text",  # made absolute: ISO date (2021-08-30, 2021-08 or 2021)
    "time_precision": "text",  # how exact event_time is: hour, day, week, month, year
    "negated": "flag",  # the content itself says that something is not so ("no", "did not")
    "denied": "flag",  # the speaker says that the content is not so ("denied", "rejected")
    "hedged": "flag",  # "allegedly", "unconfirmed", "reportedly"
    "actor": "text",  # who did the main act, as written
    "actor_side": "text",  # the side whose alias the actor carries
    "outcome": "text",  # "advance" or "setback" for the actor (else for the speaker), or None
    "checkable": "text",  # fact, forecast, opinion, wish, question or fragment
    "checkable_reason": "text",  # in words: what in the claim says so
}

EVENTS: Final[Schema] = {
    "event_id": "text",
    "title": "text",
    "topic": "text",  # a short label shared by events of one kind
    "starts": "text",
    "ends": "text",
    "places": "list",
    "claims": "int",
}

MEMBERSHIP: Final[Schema] = {"claim_id": "text", "event_id": "text"}

PAIRS: Final[Schema] = {
    "pair_id": "text",
    "event_id": "text",
    "a": "text",  # claim_id, a < b
    "b": "text",
    "relation": "text",
    "same_event": "float",  # probability that both are about one incident
    "p_supports": "float",
    "p_conflicts": "float",
    "conflict_kind": "text",  # number, actor, denial, outcome, victim, cause, time, place or None
    "reasons": "list",  # of {name, words, supports, conflicts}: log-odds that sum to the scores
}

DECISIONS: Final[Schema] = {
    "seq": "int",
    "target_kind": "text",  # claim, pair, event, source, speaker, person, desk, export, evidence
    "target_id": "text",
    "field": "text",  # status, second, assigned_to, information_grade, source_grade, side, ...
    "value": "text",
    "note": "text",
    "reviewer": "text",
    "decided_at": "text",
    "version": "int",  # of this target and field, counts from 1
    "undoes": "int",  # seq of the decision that this one takes back
    "about": "text",  # of a pair confirmed or rejected: the relation that was shown; else None
    "batch": "int",  # seq of the first of many that were made at once; else None
    "previous_hash": "text",
    "hash": "text",
}

_TYPED: Final[Mapping[str, Callable[[list[Any]], Any]]] = {
    "int": lambda values: pd.array(values, dtype="Int64"),
    "float": lambda values: np.array(
        [np.nan if value is None else value for value in values], dtype=np.float64
    ),
    "flag": lambda values: np.array([bool(value) for value in values], dtype=bool),
}
"""What makes a column of the values of one kind; of the others they stay the objects they are."""


def frame(rows: Iterable[Mapping[str, Any]], schema: Schema) -> pd.DataFrame:
    """Build a frame with exactly the columns of ``schema``; a value that is absent is None.

    Raises ``KeyError`` naming a column that the schema does not know.
    """
    rows = list(rows)
    _check_known(rows, schema)
    # one block of objects and one frame of the rest: a Series for each column takes twice as long
    texts = [name for name, kind in schema.items() if kind not in _TYPED]
    block = np.empty((len(rows), len(texts)), dtype=object)
    for at, name in enumerate(texts):
        values = (row.get(name) for row in rows)
        if schema[name] == "list":
            values = ([] if value is None else value for value in values)
        block[:, at] = np.fromiter(values, dtype=object, count=len(rows))
    index = pd.RangeIndex(len(rows))
    typed = {
        name: _TYPED[kind]([row.get(name) for row in rows])
        for name, kind in schema.items()
        if kind in _TYPED
    }
    objects = pd.DataFrame(block, index=index, columns=texts, dtype=object, copy=False)
    others = pd.DataFrame(typed, index=index, copy=False)
    return pd.concat([objects, others], axis=1)[list(schema)]


def shaped(rows: Iterable[Mapping[str, Any]], schema: Schema) -> list[Row]:
    """Give rows exactly the columns of ``schema``, as plain values.

    What `rows` makes of their `frame`, without the frame, which takes longer than it took to find
    a row. Raises ``KeyError`` as `frame` does.
    """
    found = list(rows)
    _check_known(found, schema)
    as_it_is = [(name, _PLAIN.get(kind)) for name, kind in schema.items()]
    return [
        {name: row.get(name) if make is None else make(row.get(name)) for name, make in as_it_is}
        for row in found
    ]


_PLAIN: Final[Mapping[str, Callable[[Any], Any]]] = {
    "float": lambda value: None if value is None or value != value else float(value),
    "flag": bool,
    "list": lambda value: [] if value is None else value,
}
"""What makes a plain value of one kind; of the others it stays what it is."""


def _check_known(rows: Sequence[Mapping[str, Any]], schema: Schema) -> None:
    extra = {name for row in rows if not row.keys() <= schema.keys() for name in row} - set(schema)
    if extra:
        raise KeyError(f"columns not in the schema: {sorted(extra)}")


def rows(table: pd.DataFrame) -> list[Row]:
    """Turn a frame into dicts of plain Python values, missing values as None."""
    columns = [
        [value if type(value) in _AS_IT_IS else _plain(value) for value in column.tolist()]
        for _, column in table.items()
    ]
    names = list(table.columns)  # an index is slow to walk, and is walked once a row
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


_AS_IT_IS: Final = frozenset((str, list, dict, int, bool, type(None)))
"""Types of nearly all values, which need no second look (measured: a thousand claims in 11 ms)."""


def _plain(value: Any) -> Any:
    if isinstance(value, (list, dict, str)) or value is None:
        return value
    if value is pd.NA or value is pd.NaT or value != value:
        return None
    return value.item() if hasattr(value, "item") else value


def text_hash(text: str) -> str:
    """SHA-256 of exactly this text, in hex: what a stored vector is found by."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def content_id(prefix: str, *parts: object) -> str:
    """Name a thing by what it is: prefix and 16 hex digits of SHA-256 over the parts as JSON."""
    canonical = json.dumps(parts, ensure_ascii=False, separators=(",", ":"), default=str)
    return prefix + hashlib.sha256(canonical.encode()).hexdigest()[:16]


def document_id(source: str | None, title: str | None, published_at: str | None, text: str) -> str:
    """Id of a document: the same text from the same source is the same document."""
    return content_id("d", source, title, published_at, text)


def claim_id(doc_id: str, start: int, end: int, speaker_start: int | None) -> str:
    """Id of a claim: its span in its document, and whose mouth it comes from."""
    return content_id("c", doc_id, start, end, speaker_start)


def pair_id(a: str, b: str) -> str:
    """Id of a pair, whichever way round the two claims are given."""
    return content_id("p", *sorted((a, b)))
