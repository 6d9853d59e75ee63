"""Why a claim counts as checkable: a fact asserted, or a forecast, opinion, wish or question.

A rough grammar over closed word lists (``cues/``): what the main verb is decides, what the claim
names gives the reason. Judged by hand on news text; `checkable_of` says where it errs.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from verify.ingest.acts import act_of
from verify.ingest.kind_words import CASUALTIES, KIND_OF
from verify.ingest.lexicon import entries_of, words_of
from verify.ingest.wordlists import words as words_from
from verify.ingest.words import Word, words_in
from verify.records import Row

_FINITE = words_of("finite")
_AMBIGUOUS = words_from(
    "shells attacks claims raids strikes lives uses controls targets captures advances bombs wounds"
    " retreats breaks sets holds runs stands lies reports shell attack claim raid strike bomb cost"
    " target advance retreat cut hit shot"
)
"""Verbs of news that are nouns as often."""
_ASKING = frozenset({"how", "why", "where", "when"})
_NOT = frozenset({"not", "n't"})
_SUBJECT_AND_VERB = 2
"""Words of which a pronoun's clause must have more to say anything: "it added" says nothing."""
_DENYING = ("deny", "deni", "reject", "refut")
_BELIEVING = frozenset(
    {"think", "thinks", "thought", "believe", "believes", "believed", "feel", "feels", "felt"}
)
"""Cues that make what follows a view, whatever it says."""
_UNSEEN = words_from(
    "doubt need way hope reason question choice alternative excuse justification solution future"
    " point room turning going other wrong better worse"
)
"""What nobody can look for: "there is no doubt"."""
_NEAR = 8
"""Words from the main verb on in which a judgement is the claim's own."""
_AFTER_PARTICIPLE = frozenset({"by", "in", "on", "at", "from", "with", "to", "near"})


def checkable_of(claim: Row) -> tuple[str, str]:
    """Say what kind of statement a claim is, and in words what in it says so.

    Takes a row of CLAIMS with its facts and cue set. Returns one of fact, forecast, opinion, wish,
    question or fragment, and the reason ('states a number: "at least 31"', 'says "should"'). A
    statement of what is or was is a fact where it names a number, place, day, party or act, even
    if it judges on the way. Irony, and verbs that the lists do not hold, are beyond it.
    """
    text = claim["text"]
    words = [word for word in words_in(text, 0, len(text)) if word.tag not in "Q'"]
    if text.rstrip("\"”’'» ").endswith("?"):
        return "question", "asks something"
    if words and words[0].folded == "whether":
        return "question", 'says "whether"'
    asking = _ASKING if words and words[0].capital else _ASKING | {"what", "who"}
    if len(words) > 1 and words[0].folded in asking and words[1].tag == "A":
        return "question", f'asks "{words[0].folded}"'
    main = _main_verb(words)
    if order := _order(words, main):
        return "wish", f'is an appeal: "{order}"'
    if main is None:
        return _without_verb(claim, words)
    said = text[words[0].start : words[-1].end]
    spoken = _from(words, main)
    if (begun := _begins(spoken, "wishes")) and not _told_of_others(claim, words, main, begun):
        return "wish", f'says "{begun}"'
    if (begun := _begins(spoken, "forecasts")) and not _of_the_past(words, main, spoken):
        return "forecast", f'says "{begun}"'
    if _BELIEVING.intersection((claim.get("cue") or "").casefold().split()):
        return "opinion", f'its speaker "{claim["cue"]}" it'
    if view := _view(said):
        return "opinion", f'says "{view}"'
    return _stated(claim, words, main)


def _main_verb(words: Sequence[Word]) -> int | None:
    """Find the word with which the main verb begins, else any finite verb; None: there is none.

    The verb next after "who", "that", "when" or the like belongs to that clause.
    """
    owed, others = 0, []
    for at, word in enumerate(words):
        if word.tag in "WS" or (word.folded == "that" and at):
            owed = 1
        elif _is_finite(words, at) and not _is_noun(words, at):
            others.append(at)
            if not owed and not _is_participle(words, at):
                return at
            if word.tag != "A" or not _verb_follows(words, at):
                owed = 0
    if others:
        return others[0]
    plain = (at for at in range(1, len(words)) if _is_plain_verb(words, at))
    return next(plain, None)


def _is_noun(words: Sequence[Word], at: int) -> bool:
    """Say whether a word that may be a verb is the noun before one: "shells hit the market"."""
    following = next((n for n in range(at + 1, len(words)) if words[n].tag != "B"), None)
    noun = words[at].folded in _AMBIGUOUS and following is not None
    return noun and following is not None and _is_finite(words, following)


def _is_plain_verb(words: Sequence[Word], at: int) -> bool:
    """Say whether a word is a verb of the present, after a noun or a pronoun: "rebels control"."""
    known = words_of("present")
    word, before = words[at], words[at - 1]
    if before.tag not in "LXRBO" or words[0].tag == "P" or words[0].folded in ("to", "as"):
        return False
    return not known.isdisjoint(
        {word.folded, word.folded.removesuffix("s"), word.folded.removesuffix("es")}
    )


def _is_finite(words: Sequence[Word], at: int) -> bool:
    word = words[at]
    if at and words[at - 1].folded in ("to", "the", "a", "an"):
        return False
    if word.folded == "may" and word.capital and at:
        return False  # the month
    if word.folded in ("be", "been", "being", "having", "n't", "not", "never"):
        return False
    return word.tag in "AV" or word.folded in _FINITE or word.folded in ("'ll", "'re", "'ve")


def _is_participle(words: Sequence[Word], at: int) -> bool:
    """Say whether a form in -ed goes with the noun before it: "forces backed by X will ..."."""
    if words[at].tag != "V" or at + 1 >= len(words) or not at:
        return False
    follows = words[at + 1].folded in _AFTER_PARTICIPLE
    return follows and any(_is_finite(words, later) for later in range(at + 2, len(words)))


def _verb_follows(words: Sequence[Word], at: int) -> bool:
    return any(word.tag in "AV" for word in words[at + 1 : at + 3])


def _from(words: Sequence[Word], at: int) -> list[str]:
    """Give the words from the main verb on, without adverbs and "not"."""
    return [
        word.folded
        for word in words[at : at + 8]
        if word.folded.endswith("likely") or (word.tag != "B" and word.folded not in _NOT)
    ]


@cache
def _phrases(name: str) -> tuple[tuple[str, ...], ...]:
    found = [tuple(line.split()) for line in entries_of(name)]
    return tuple(sorted(found, key=len, reverse=True))


def _begins(spoken: list[str], name: str) -> str | None:
    for phrase in _phrases(name):
        if tuple(spoken[: len(phrase)]) == phrase:
            return " ".join(phrase)
    return None


def _told_of_others(claim: Row, words: Sequence[Word], main: int, begun: str) -> bool:
    """Say whether a past wish is reported as an act: "the council called on both sides"."""
    return begun.split()[0].endswith("ed") and bool(_named(claim, words[:main]))


def _of_the_past(words: Sequence[Word], main: int, spoken: list[str]) -> bool:
    """Say whether a modal tells of the past: "may have killed", "could not be confirmed"."""
    denied = any(word.folded in _NOT for word in words[main + 1 : main + 2])
    past = spoken[0] in ("may", "might", "could") and spoken[1:2] == ["have"]
    seen = spoken[:2] == ["could", "be"] and spoken[2:3] in (["seen"], ["heard"], ["found"])
    return past or seen or (spoken[0] == "could" and denied)


def _order(words: Sequence[Word], main: int | None) -> str | None:
    if not words or words[0].folded not in words_of("orders") or not words[0].capital:
        return None
    return words[0].folded if main != 0 or words[0].folded == "let" else None


def _view(said: str) -> str | None:
    padded = f" {' '.join(said.casefold().replace('’', chr(39)).split())} "
    return next((view for view in entries_of("views") if f" {view} " in padded), None)


def _without_verb(claim: Row, words: Sequence[Word]) -> tuple[str, str]:
    if by_cue := _by_cue(claim, words):
        return by_cue, f'its speaker "{claim["cue"]}" it'
    kinds = {quantity["kind"] for quantity in claim.get("quantities") or []}
    if kinds & CASUALTIES or (kinds and any(word.folded in KIND_OF for word in words)):
        return "fact", _reason(claim, words, None)
    return "fragment", "has no verb"


def _by_cue(claim: Row, words: Sequence[Word]) -> str | None:
    """Say what kind of statement the cue makes of content that has no verb: "urged a truce"."""
    cue = (claim.get("cue") or "").casefold().split()
    if not cue or len(words) < 2:
        return None
    if any(word.startswith("call") for word in cue):  # "called for" asks, "called it a crime" names
        asks = cue[-1] in ("for", "on", "upon") or words[0].folded in ("for", "on", "upon")
        return "wish" if asks else "opinion"
    listed = (("asking", "wish"), ("promising", "forecast"), ("judging", "opinion"))
    for name, kind in listed:
        if words_of(name).intersection(cue):
            return kind
    denies = claim.get("denied") or any(word.startswith(_DENYING) for word in cue)
    return "fact" if denies else None


def _stated(claim: Row, words: Sequence[Word], main: int) -> tuple[str, str]:
    counted = [word for word in words if word.tag in "LXVNABRDPO"]
    if len(counted) <= _SUBJECT_AND_VERB and not claim.get("quantities"):
        return "fragment", "is only a subject and a verb"
    near = words[main : main + _NEAR]
    judged = next((word.folded for word in near if word.folded in words_of("judgements")), None)
    told = _reason(claim, words, main)
    if judged and (not told or _is_copula(words, main)) and not claim.get("quantities"):
        return "opinion", f'judges: "{judged}"'
    cue = (claim.get("cue") or "").split()
    if cue and not told and cue[0].casefold() in words_of("judging"):
        return "opinion", f'its speaker "{claim["cue"]}" it'
    if told:
        return "fact", told
    if _says_there_is_none(words, main):
        return "fact", "says what is not there"
    vague = words[0].tag == "R" or words[0].folded in (
        "this",
        "that",
        "these",
        "there",
        "my",
        "our",
    )
    if vague and words[main].folded in ("is", "are", "can", "'re"):
        return "opinion", "says how something is, and names no number, place, day, party or act"
    if words[main].tag == "A":
        return "fact", f'says what something "{words[main].folded}"'
    return "fact", f'tells of something done: "{words[main].folded}"'


def _says_there_is_none(words: Sequence[Word], main: int) -> bool:
    """Say whether words say that something is not there, which can be seen: "there is nothing"."""
    folded = [word.folded for word in words[main + 1 : main + 3]]
    seen = folded[:1] in (["nothing"], ["nobody"], ["none"]) or folded[:1] == ["no"]
    return words[0].folded == "there" and seen and _UNSEEN.isdisjoint(folded)


def _is_copula(words: Sequence[Word], main: int) -> bool:
    plain = words[main].folded in ("is", "are", "was", "were", "am", "'re")
    return plain and not any(word.tag == "V" for word in words[main + 1 : main + 3])


def _reason(claim: Row, words: Sequence[Word], main: int | None) -> str:
    """Say what can be looked up: numbers first, then place and day, then who and what; "": none."""
    found = []
    if claim.get("quantities"):
        found.append(f'states a number: "{claim["quantities"][0]["text"]}"')
    inside = {
        what: claim[name]
        for name, what in (("place", "a place"), ("time", "a time"))
        if claim.get(name) and _inside(claim, name)
    }
    if inside:
        quoted = ", ".join(f'"{value}"' for value in inside.values())
        found.append(f"names {' and '.join(inside)}: {quoted}")
    if act := act_of(words, main):
        found.append(act)
    elif main is not None and (name := _named(claim, words[:main])):
        found.append(f'says something of a party: "{name}"')
    return "; ".join(found)


def _inside(claim: Row, name: str) -> bool:
    start, first = claim.get(f"{name}_start"), claim.get("start") or 0
    return start is not None and first <= start < first + len(claim["text"])


def _named(claim: Row, words: Sequence[Word]) -> str | None:
    """Return a name among the words before the verb; the first word's capital says nothing."""
    names = [word for word in words[1:] if word.tag == "X"]
    if not names:
        return claim.get("actor")
    first = last = names[0]
    for one, after in pairwise(names):
        if after.start - one.end > 1:
            break
        last = after
    return str(claim["text"][first.start : last.end])
