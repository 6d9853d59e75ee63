"""Rules about what cannot both be right in two claims, and about figures that can."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from verify.analysis import wording
from verify.analysis.counted import Count, Verdict, compare, risen
from verify.analysis.doers import may_be_one
from verify.analysis.finding import Finding, Pair
from verify.analysis.statements import Statement, stem

Compared = tuple[float, Count, Count]

_OPPOSITE_OF: dict[str, set[str]] = {}
for _one, _other in wording.OPPOSITES:
    _OPPOSITE_OF.setdefault(stem(_one), set()).add(stem(_other))
    _OPPOSITE_OF.setdefault(stem(_other), set()).add(stem(_one))


def _compared(pair: Pair, wanted: Iterable[Verdict]) -> Iterator[Compared]:
    """Yield counts of the wanted verdicts; a kind and class that agrees once differs nowhere."""
    found: list[tuple[Verdict, Compared]] = []
    for one in pair.a.counts:
        for other in pair.b.counts:
            compared = compare(one, other)
            if compared is not None:
                verdict, strength = compared
                found.append((_updated(pair, one, other, verdict), (strength, one, other)))
    settled = {
        (one.kind, one.group) for verdict, (_, one, _) in found if verdict in ("same", "agree")
    }
    for verdict, clash in found:
        agrees = verdict in ("same", "agree")
        if verdict in wanted and (agrees or (clash[1].kind, clash[1].group) not in settled):
            yield clash


def _updated(pair: Pair, one: Count, other: Count, verdict: Verdict) -> Verdict:
    """Take a higher count that one source publishes later as an update, not a contradiction."""
    a, b = pair.a, pair.b
    if verdict != "differ" or not a.source or a.source != b.source:
        return verdict
    if a.published is None or b.published is None or a.published == b.published:
        return verdict
    early, late = (one, other) if a.published < b.published else (other, one)
    return "agree" if (late.low or 0) > (early.low or 0) else verdict


def _strongest(compared: Iterable[Compared]) -> Finding | None:
    best = max(compared, key=lambda found: found[0], default=None)
    if best is None:
        return None
    strength, one, other = best
    return Finding(strength, {"a": one.words, "b": other.words})


def same_figures(pair: Pair) -> Finding | None:
    """Find the same bounds for the same thing counted."""
    return _strongest(_compared(pair, ("same",)))


def figures_agree(pair: Pair) -> Finding | None:
    """Other bounds that can hold together: "at least 50" and "58"."""
    return _strongest(_compared(pair, ("agree",)))


def figures_differ(pair: Pair) -> Finding | None:
    """Casualties of the same kind and class whose bounds exclude each other."""
    return _weighed(pair, (c for c in _compared(pair, ("differ",)) if c[1].casualties))


def figures_far(pair: Pair) -> Finding | None:
    """Open lower bounds more than about five times apart."""
    return _weighed(pair, _compared(pair, ("far",)))


def things_differ(pair: Pair) -> Finding | None:
    """Other things counted under one name, in bounds that exclude each other."""
    return _weighed(pair, (c for c in _compared(pair, ("differ",)) if not c[1].casualties))


def _weighed(pair: Pair, compared: Iterable[Compared]) -> Finding | None:
    """Scale by what speaks for two incidents, whose counts may well differ.

    Another day, place, doer or means, some of the other's places, the sum of a period, "another
    17", one source, one speaker on two days, or a count that may be the update of an earlier one.
    """
    best = max(compared, key=lambda one: one[0], default=None)
    if best is None:
        return None
    a, b = pair.a, pair.b
    scale = 1 / (1 + pair.gap)
    if a.total or b.total:
        scale *= 0.4
    if pair.other_places or pair.own_places:
        scale *= 0.1 if pair.stated_elsewhere else 0.3
    if a.located < b.located or b.located < a.located:
        scale *= 0.5
    if a.further != b.further or a.rising or b.rising:
        scale *= 0.3
    if a.source and a.source == b.source:
        scale *= 0.1 if a.doc_id == b.doc_id else 0.5
    if a.doers and b.doers and not may_be_one(a.doers, b.doers):
        scale *= 0.3
    if a.means and b.means and not a.means & b.means:
        scale *= 0.3
    if a.published and b.published and a.published != b.published:
        before, after = best[1:] if a.published < b.published else best[:0:-1]
        scale *= 0.4 if risen(before, after) or a.same_speaker(b) else 1.0
    return Finding(best[0] * scale, {"a": best[1].words, "b": best[2].words})


def same_numbers(pair: Pair) -> Finding | None:
    """Numbers in digits that both texts hold, whatever they count."""
    shared = pair.a.numbers & pair.b.numbers
    return (
        Finding(min(1.0, len(shared) / 2), {"numbers": ", ".join(sorted(shared))})
        if shared
        else None
    )


def other_numbers(pair: Pair) -> Finding | None:
    """Both texts hold numbers in digits, and share none."""
    a, b = pair.a.numbers, pair.b.numbers
    if not a or not b or a & b:
        return None
    return Finding(1.0, {"a": ", ".join(sorted(a)[:3]), "b": ", ".join(sorted(b)[:3])})


def other_polarity(pair: Pair) -> Finding | None:
    """One claim negates or denies something and the other does neither: no corroboration."""
    a, b = (one.negated or one.denies for one in (pair.a, pair.b))
    return Finding(1.0, {}) if a != b else None


def denial(pair: Pair) -> Finding | None:
    """One claim denies or calls false what the other one states.

    The other claim holds no negation or refusal of its own, and words that stand right after the
    denial; three of them are all.
    """
    if pair.a.denies == pair.b.denies:
        return None
    denier, stater = (pair.a, pair.b) if pair.a.denies else (pair.b, pair.a)
    shared = len(denier.denied & stater.stems)
    if stater.refuses or denier.denied_whole or not shared:
        return None
    return Finding(min(1.0, shared / 3), {"denier": denier.voice, "stater": stater.voice})


def denied_outright(pair: Pair) -> Finding | None:
    """One claim is what its speaker denies ("denied that ..."), and the other one states it.

    The strength is the share of the denied words that the other claim has, from one half on.
    """
    a, b = pair.a, pair.b
    if a.denied_whole == b.denied_whole:
        return None
    denier, stater = (a, b) if a.denied_whole else (b, a)
    share = len(denier.denied & stater.stems) / (len(denier.denied) or 1)
    if stater.refuses or stater.denies or share <= 0.5:
        return None
    return Finding(2 * share - 1, {"denier": denier.voice, "stater": stater.voice})


def blame_denied(pair: Pair) -> Finding | None:
    """One claim blames someone, the other one denies or calls the charge baseless.

    Where both are known, those who deny have to be those who are blamed; a denial of something
    that lies in the past answers nothing.
    """
    a, b = pair.a, pair.b
    if a.denies == b.denies:
        return None
    denier, blamer = (a, b) if a.denies else (b, a)
    if not blamer.blames or not a.stems & b.stems or wording.PAST.search(denier.text):
        return None
    if denier.deniers and blamer.doers and not denier.deniers & blamer.doers:
        return None
    return Finding(1.0, {"denier": denier.voice, "blamer": blamer.voice})


def other_means(pair: Pair) -> Finding | None:
    """Tell harm done in other ways: rather two incidents than one told differently."""
    a, b = pair.a.means, pair.b.means
    if not a or not b or a & b:
        return None
    return Finding(1.0, {"a": " and ".join(sorted(a)), "b": " and ".join(sorted(b))})


def negation(pair: Pair) -> Finding | None:
    """Find what one claim says with "no", "not" or "never", and the other one without.

    The strength is the share of the words right after the negation that the other claim has,
    counted from one half on; a single such word counts half.
    """
    a, b = pair.a, pair.b
    if a.negated == b.negated or a.denies or b.denies:
        return None
    negator, stater = (a, b) if a.negated else (b, a)
    shared = sorted(negator.denied & stater.stems)
    if stater.refuses or not shared:
        return None
    share = 2 * len(shared) / len(negator.denied) - 1
    strength = min(share, 0.5) if len(shared) == 1 else share
    return Finding(strength, {"words": ", ".join(shared)}) if strength > 0 else None


def doubt(pair: Pair) -> Finding | None:
    """One claim is hedged ("allegedly", "unconfirmed", a question), the other one is flat."""
    return Finding(1.0, {}) if pair.a.doubts != pair.b.doubts else None


def opposite_words(pair: Pair) -> Finding | None:
    """One claim uses a word whose opposite stands in the other, and in neither text both do.

    Texts that share less than half of their words may use them of different things.
    """
    a, b = pair.a.stems, pair.b.stems
    for word in sorted(a - b):
        for opposite in sorted(_OPPOSITE_OF.get(word, set()) & (b - a)):
            return Finding(1.0 if pair.shared >= 0.5 else 0.3, {"a": word, "b": opposite})
    return None


def other_doer(pair: Pair) -> Finding | None:
    """Each claim puts a party in the doer's place, and no party is in both.

    The harm has to be done the same way; figures that differ or days that lie apart tell of two
    acts, not of two doers of one.
    """
    a, b = pair.a, pair.b
    if not a.doers or not b.doers or a.doers & b.doers or pair.gap > 0.5:
        return None
    if not a.means & b.means or any(True for _ in _compared(pair, ("differ", "far"))):
        return None
    return Finding(1.0, {"a": " and ".join(sorted(a.doers)), "b": " and ".join(sorted(b.doers))})


def other_cause(pair: Pair) -> Finding | None:
    """Each claim names a cause of its own, or one toll is laid to two means."""
    a, b = pair.a, pair.b
    told = not any(one.negated or one.denies or one.refuses for one in (a, b))
    if told and a.causes and b.causes and not (_known(a.causes, b) or _known(b.causes, a)):
        return Finding(1.0, {"a": " ".join(a.causes), "b": " ".join(b.causes)})
    one_toll = pair.gap <= 1 and not pair.other_places and same_figures(pair)
    if one_toll and a.means and b.means and not a.means & b.means:
        return other_means(pair)
    return None


def _known(words: Iterable[str], claim: Statement) -> bool:
    return any(stem(word) in claim.stems for word in words)


def other_victims(pair: Pair) -> Finding | None:
    """One claim counts only civilians hit, the other only fighters, and the figures can agree."""
    a, b = pair.a, pair.b
    if len(a.victims) != 1 or len(b.victims) != 1 or a.victims == b.victims:
        return None
    agree = any(
        one.kind == other.kind and (one.low, one.high) == (other.low, other.high)
        for one in a.counts
        for other in b.counts
    )
    strength = 1.0 if agree else 0.4
    return Finding(strength, {"a": f"{min(a.victims)}s", "b": f"{min(b.victims)}s"})


def both_succeed(pair: Pair) -> Finding | None:
    """Opposed sides, each with a success of its own (or a setback of the other)."""
    gains = [_gaining(pair.a), _gaining(pair.b)]
    if not pair.opposed or None in gains or gains[0] == gains[1]:
        return None
    return Finding(1.0, {"a": str(gains[0]), "b": str(gains[1])})


def _gaining(claim: Statement) -> str | None:
    """Name the side whose advance the claim states: its actor's, else its speaker's."""
    side = claim.for_side
    return side if claim.outcome == "advance" and side not in ("independent", "unknown") else None


def other_outcome(pair: Pair) -> Finding | None:
    """One side's act succeeds in one claim and fails in the other."""
    a, b = pair.a, pair.b
    if {a.outcome, b.outcome} != {"advance", "setback"}:
        return None
    if a.for_side != b.for_side or a.for_side in ("independent", "unknown"):
        return None
    winning, losing = (a, b) if a.outcome == "advance" else (b, a)
    return Finding(1.0, {"side": a.for_side, "winning": winning.voice, "losing": losing.voice})


def opposed_sides(pair: Pair) -> Finding | None:
    """Tell claims from sides that are party to the dispute against each other."""
    return Finding(1.0, {"a": pair.a.side, "b": pair.b.side}) if pair.opposed else None
