"""Which language a text is in, told from its script and a few closed word lists.

Claims, speakers and facts are read in English. A text in another language is kept whole, sentence
by sentence. The nine languages told apart by name are those of the reports that this desk gets
most; others are told apart by script. Dari and the Persian of Iran share their letters, so that
both are "fa".
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from typing import Final

from verify.errors import LeftOut
from verify.ingest.wordlists import words
from verify.records import Row

READS: Final = frozenset({"en"})
"""The languages in which speakers, sides and facts are read."""
UNKNOWN: Final = "und"
"""ISO 639-2 for a language that cannot be told; surely not English."""
NAMES: Final[Mapping[str, str]] = {
    "ar": "Arabic", "ckb": "Kurdish", "de": "German", "el": "Greek", "es": "Spanish",
    "fa": "Persian (Dari)", "fr": "French", "he": "Hebrew", "hi": "Hindi", "it": "Italian",
    "ja": "Japanese", "ko": "Korean", "ps": "Pashto", "pt": "Portuguese", "ru": "Russian",
    "tg": "Tajik", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "zh": "Chinese",
    "am": "Amharic", UNKNOWN: "a language that was not recognised",
}  # fmt: skip

_LOOKED_AT: Final = 4000
"""Characters from the beginning of a text that decide."""
_LETTERS: Final = {
    "ARABIC": (
        ("ps", "ټډړږښګڼۍېځڅ"), ("ur", "ٹڈڑےں"), ("ckb", "ێۆڵڕ"), ("fa", "پچژگکی"),
    ),
    "CYRILLIC": (("tg", "ҷҳӯӣқғ"), ("uk", "іїєґ"), ("ru", "ыэъё")),
}  # fmt: skip
"""Letters that only this language of its script has; the first that has its share decides."""
_SHARE: Final = 0.01
"""Of the letters of a script, so many must be a language's own; one misspelt name is not enough."""
_DEFAULT: Final = {
    "ARABIC": "ar", "HEBREW": "he", "GREEK": "el", "HANGUL": "ko", "HIRAGANA": "ja",
    "KATAKANA": "ja", "CJK": "zh", "DEVANAGARI": "hi", "ETHIOPIC": "am",
}  # fmt: skip
_ENGLISH: Final = words(
    "the of and to in a that is was for on with as by at from it he said were are has have had not"
    " be this an they who which but or their his after been more than its we you i will"
)
_FOREIGN: Final = {
    "de": words("der die das und ist nicht von den dem mit sich ein eine für auf im wurde wurden"),
    "fr": words("le la les des et est une du dans que qui pour sur pas par au aux ont été"),
    "es": words("el los las y es una del que por con para se en fueron ha han al su"),
    "it": words("il gli e è una della che per con sono di nel dei le non stati ha"),
    "pt": words("o os as e é uma do da que por com para não em foram ao dos na no"),
    "tr": words("ve bir bu için ile olarak da de çok olan daha kadar sonra göre oldu"),
}
_WORD: Final = re.compile(r"[^\W\d_]+")
_FEWEST: Final = 8
"""Words below which a text in Latin letters is not judged."""
_ENOUGH: Final = 20
"""Words from which a text in Latin letters without function words is surely not English."""


def detect(text: str) -> str | None:
    """Tell the language of ``text``: an ISO 639 code, "und" for one surely not English, or None.

    Most letters decide on the script. In Latin letters the share of function words decides; a short
    or wordless text is None and is read as English.
    """
    letters = [char for char in text[:_LOOKED_AT].casefold() if char.isalpha()]
    if not letters:
        return None
    script, _ = Counter(map(_script, letters)).most_common(1)[0]
    if script == "LATIN":
        return _of_words(text[:_LOOKED_AT])
    own = [char for char in letters if _script(char) == script]
    if script == "CJK" and any(_script(char) in ("HIRAGANA", "KATAKANA") for char in letters):
        return "ja"
    for code, marks in _LETTERS.get(script, ()):
        if sum(char in marks for char in own) >= _SHARE * len(own):
            return code
    return _DEFAULT.get(script, UNKNOWN)


def language_of(text: str, stated: str | None) -> str | None:
    """Take what the text shows; where it shows nothing, what the document states."""
    return detect(text) or stated


def is_read(text: str, stated: str | None) -> bool:
    """Whether speakers and facts are read in this text; a page's language tag is often wrong."""
    return (language_of(text, stated) or "en") in READS


def add_unread(found: dict[str, Counter[str]], documents: list[Row]) -> None:
    """Count into ``found`` (language -> file -> documents) what is kept without being read."""
    for row in documents:
        text = row["text"] or ""
        if not is_read(text, row["language"]):
            language = language_of(text, row["language"]) or UNKNOWN
            found.setdefault(language, Counter())[row["file"] or ""] += 1


def notes(found: Mapping[str, Counter[str]]) -> list[LeftOut]:
    """Say in one note a language how many documents were kept without being read."""
    told = []
    for language, files in sorted(found.items()):
        number = files.total()
        name = NAMES.get(language, f"the language {language!r}")
        documents = "document is" if number == 1 else "documents are"
        what = (
            f"{number:,} {documents} in {name}: kept whole, sentence by sentence; speakers, sides"
            " and facts are read in English only"
        )
        remedy = "A multilingual model set with --model groups them with the others."
        told.append(LeftOut(_where(files), what, remedy))
    return told


def _where(files: Counter[str]) -> str:
    first = min(files)
    return first if len(files) == 1 else f"{first} and {len(files) - 1:,} more"


def _script(char: str) -> str:
    if char < "\u0250":
        return "LATIN"
    return unicodedata.name(char, "?").split(" ")[0].split("-")[0]


def _of_words(text: str) -> str | None:
    found = _WORD.findall(text)
    plain = [word for word in found if word.islower()] or [word.casefold() for word in found]
    if len(plain) < _FEWEST:
        return None

    def share(listed: frozenset[str]) -> float:
        return sum(word in listed for word in plain) / len(plain)

    english = share(_ENGLISH)
    best = max(_FOREIGN, key=lambda code: share(_FOREIGN[code]))
    foreign = share(_FOREIGN[best])
    if foreign >= 0.12 and foreign > 2 * english:
        return best
    if english >= 0.12:
        return "en"
    return UNKNOWN if english < 0.02 and len(plain) >= _ENOUGH else None
