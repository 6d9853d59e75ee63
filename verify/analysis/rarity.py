"""How rare words are: in how many texts each stands, counted once and kept while texts come in.

Were it counted anew with every article, each pair of a corpus would weigh a little otherwise after
it, and all would have to be related again for a change that nobody asked for.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, cast

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import (
    ENGLISH_STOP_WORDS,
    CountVectorizer,
    TfidfTransformer,
)

Words = Callable[[str], list[str]]

_WORD: Final = re.compile(r"\w[\w'’-]+")
_NAME: Final = re.compile(r"\b[A-Z][\w'’-]+|\b\d[\d,.]*\d\b|\b\d\b")
_STOP_WORDS: Final = frozenset(str(word) for word in cast(Any, ENGLISH_STOP_WORDS))


@dataclass(frozen=True)
class Rarity:
    """Of so many ``texts``, how many hold each word and each name."""

    texts: int
    words: Mapping[str, int]
    names: Mapping[str, int]

    @classmethod
    def of(cls, texts: Sequence[str]) -> Rarity:
        """Count the texts that hold each word."""
        return cls(len(texts), _held(texts, content_words), _held(texts, names_in))

    @classmethod
    def read(cls, told: Mapping[str, Any] | None) -> Rarity | None:
        """Read what `told` wrote; None of None."""
        return None if told is None else cls(**told)

    def told(self) -> dict[str, Any]:
        """Write it in what JSON can hold."""
        return asdict(self)


def content_words(text: str) -> list[str]:
    """Words of two letters or more in lower case, without the function words of English."""
    return _without_function_words(_WORD.findall(text))


def names_in(text: str) -> list[str]:
    """Capitalised words and figures, in lower case."""
    return _without_function_words(_NAME.findall(text))


def word_matrix(texts: Sequence[str], rarity: Rarity | None = None) -> csr_matrix:
    """Weigh the content words of each text by their rarity (sublinear tf-idf, unit rows).

    ``rarity``: as counted before, a word that it lacks in no text; None: as ``texts`` have it.
    """
    return _weighed(texts, content_words, (rarity.texts, rarity.words) if rarity else None)


def name_matrix(texts: Sequence[str], rarity: Rarity | None = None) -> csr_matrix:
    """Weigh the names and figures of each text, as `word_matrix` does its words."""
    return _weighed(texts, names_in, (rarity.texts, rarity.names) if rarity else None)


def _weighed(
    texts: Sequence[str], words: Words, counted_before: tuple[int, Mapping[str, int]] | None
) -> csr_matrix:
    counter = CountVectorizer(analyzer=words)
    try:
        counted: Any = counter.fit_transform(texts)
    except ValueError:  # not one word in all the texts
        return csr_matrix((len(texts), 1))
    weigher = TfidfTransformer(sublinear_tf=True).fit(counted)
    if counted_before is not None:
        size, known = counted_before
        held = np.array([known.get(word, 0) for word in counter.get_feature_names_out()])
        weigher.idf_ = np.log((1 + size) / (1 + held)) + 1  # as fit does it
    weighed: Any = weigher.transform(counted)
    return csr_matrix(weighed)


def _held(texts: Sequence[str], words: Words) -> dict[str, int]:
    held = Counter[str]()
    for text in texts:
        held.update(set(words(text)))
    return dict(held)


def _without_function_words(found: Sequence[str]) -> list[str]:
    words = (word.casefold() for word in found)
    return [word for word in words if word not in _STOP_WORDS]
