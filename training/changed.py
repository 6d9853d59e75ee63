"""Pairs made by rule: a real sentence against itself with one thing changed.

A change of the number, the doer, the polarity, the outcome or the day makes a conflict; the same
number in other words, a bound that holds, another name of the same side, another order of clauses
does not. Both kinds change about as many words, so that change alone says nothing. What each rule
cannot do to a sentence it leaves: it returns None.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

import wordings
from pairs import Pair

Change = Callable[[str, random.Random], str | None]

_NUMBER = re.compile(
    r"\b(?P<bound>at least |more than |over |nearly |about |around |some |up to |almost )?"
    rf"(?P<n>\d{{1,3}}(?:,\d{{3}})+|\d{{1,4}}|{'|'.join(wordings.NUMBERS[2:])})"
    r"(?= (?:[\w'-]+ ){0,3}?(?:people|persons|civilians|fighters|soldiers|militants|rebels|children"
    r"|women|members|others|killed|dead|deaths|wounded|injured|died|troops|terrorists|policemen"
    r"|officers|jihadists|bodies|victims|bombers|trucks|lorries|strikes|airstrikes|raids|rockets"
    r"|shells|bombs|villages|families|citizens|workers|medics|teachers|tanks|vehicles|points)\b)"
    r"|(?<=killed )(?P<m>\d{1,4})\b|(?<=kills )(?P<k>\d{1,4})\b",
    re.IGNORECASE,
)  # fmt: skip
_MONTH = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.? $"
)
_LOWER = ("at least ", "more than ", "over ")


def _value(text: str) -> int:
    text = text.lower().replace(",", "")
    return int(text) if text.isdigit() else wordings.NUMBERS.index(text)


def _written(value: int, rng: random.Random) -> str:
    return wordings.NUMBERS[value] if 1 < value < 21 and rng.random() < 0.5 else str(value)


def _counts(text: str) -> list[tuple[re.Match[str], int, str]]:
    found = []
    for match in _NUMBER.finditer(text):
        value = _value(match["n"] or match["m"] or match["k"])
        dated = _MONTH.search(text[: match.start()])
        if value > 1 and not 1900 < value < 2100 and not dated:
            found.append((match, value, (match["bound"] or "").lower()))
    return found


def _with(text: str, match: re.Match[str], new: str) -> str:
    new = new[0].upper() + new[1:] if match[0][0].isupper() else new
    return text[: match.start()] + new + text[match.end() :]


def far(value: int, rng: random.Random) -> int:
    """Choose a number clearly other than ``value``."""
    factor = rng.choice((0.2, 0.3, 0.4, 0.5, 0.6, 1.5, 1.7, 2.0, 2.5, 3.0, 5.0))
    other = round(value * factor)
    return other if other > 1 and abs(other - value) > 1 else value + rng.randint(2, 9)


def other_number(text: str, rng: random.Random) -> str | None:
    """Change a count so that both cannot be right."""
    counts = _counts(text)
    if not counts:
        return None
    match, value, bound = rng.choice(counts)
    if not bound:
        if rng.random() < 0.3:
            return _with(text, match, f"at least {round(value * rng.uniform(1.6, 4)) + 1}")
        return _with(text, match, _written(far(value, rng), rng))
    if bound in _LOWER:
        if rng.random() < 0.3:
            return _with(text, match, f"{bound}{value * rng.randint(7, 12)}")
        below = round(value * rng.uniform(0.2, 0.6))
        return _with(text, match, _written(below, rng)) if below > 0 else None
    factor = rng.choice((0.25, 0.4, 2.5, 4.0))
    return _with(text, match, f"{bound}{max(1, round(value * factor))}") if value > 5 else None


def same_number(text: str, rng: random.Random) -> str | None:
    """Put a count in other words, or as a bound that holds."""
    counts = _counts(text)
    if not counts:
        return None
    match, value, bound = rng.choice(counts)
    choices = []
    if not bound:
        choices = [f"at least {max(2, round(value * rng.uniform(0.75, 1)))}", f"exactly {value}"]
        choices += [f"more than {value - rng.choice((1, 2))}"] if value > 4 else []
        choices += [f"about {value}", f"nearly {value + 1}"] if value > 8 else []
        choices += ["dozens of"] if 30 <= value < 100 and match["n"] else []
        choices += [wordings.NUMBERS[value] if value < 21 else f"around {value}"] * 2
        choices += [str(value)] if not match[0].isdigit() else []
    elif bound in _LOWER:
        above = value + 1 + round(value * rng.uniform(0, 0.5))
        choices = [_written(above, rng), f"at least {above}", f"at least {value}", str(above)]
    elif value > 5:
        choices = [f"about {value}", f"around {value}", f"some {value}", str(value)]
    choices = [one for one in choices if one.lower() != match[0].lower()]
    return _with(text, match, rng.choice(choices)) if choices else None


def _doers(text: str) -> list[tuple[int, int, int]]:
    found = []
    for side, names in enumerate(wordings.SIDES):
        for name in names:
            for match in re.finditer(rf"\b{re.escape(name)}\b(?![-'])", text):
                before, after = text[: match.start()], text[match.end() :]
                speaks = re.match(r" (?:\w+ )?(?:said|says|told|claimed|source|spokes)", after)
                speaks = speaks or re.search(r"(?:according to|said)(?: the)? $|-$", before)
                if not speaks:
                    found.append((match.start(), match.end(), side))
    return [one for one in found if not any(
        two[0] <= one[0] and one[1] <= two[1] and two != one for two in found
    )]  # fmt: skip


def other_doer(text: str, rng: random.Random) -> str | None:
    """Put another side in the place of one, or let two sides change places."""
    found = sorted(_doers(text))
    if not found:
        return None
    sides = {side for *_, side in found}
    if len(sides) == 2 and len(found) == 2 and rng.random() < 0.6:
        (a, b, _), (c, d, _) = found
        return text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:]
    start, end, _ = found[0] if rng.random() < 0.7 else rng.choice(found)
    other = rng.choice([at for at in range(len(wordings.SIDES)) if at not in sides])
    name = rng.choice(wordings.SIDES[other])
    if text[:start].lower().endswith("the "):
        name = name.removeprefix("the ")
    return text[:start] + name + text[end:]


def same_doer(text: str, rng: random.Random) -> str | None:
    """Call a side by another of its names."""
    found = _doers(text)
    if not found:
        return None
    start, end, side = rng.choice(found)
    others = [name for name in wordings.SIDES[side] if name != text[start:end]]
    if not others:
        return None
    name = rng.choice(others)
    if text[:start].lower().endswith("the "):
        name = name.removeprefix("the ")
    return text[:start] + name + text[end:]


def renamed(text: str, rng: random.Random) -> str:
    """Give a side the name of any other, so that no name by itself says anything."""
    found = _doers(text)
    if not found:
        return text
    start, end, _ = rng.choice(found)
    name = rng.choice(rng.choice(wordings.SIDES))
    if text[:start].lower().endswith("the "):
        name = name.removeprefix("the ")
    return text[:start] + (name if start else name[0].upper() + name[1:]) + text[end:]


def _inner(text: str) -> str:
    first = text.split(" ", 1)[0]
    plain = first.lower() in {"the", "a", "an", "at", "in", "on", "it", "they", "air", "more", "he"}
    return (text[0].lower() + text[1:] if plain else text).rstrip(".")


def _told(frames: Sequence[str], text: str, rng: random.Random) -> str | None:
    if re.match(r"(?:If|Should|When|While|Although|But|And|No|Asked|Why|What|How)\b|[\"']", text):
        return None
    return rng.choice(frames).format(who=rng.choice(wordings.SPEAKERS), claim=_inner(text)) + "."


def denied(text: str, rng: random.Random) -> str | None:
    """Deny the sentence, by a speaker or by a negation in its main clause."""
    if rng.random() < 0.5:
        return _told(wordings.DENIALS, text, rng)
    for pattern, new in rng.sample(wordings.NEGATED, len(wordings.NEGATED)):
        changed = re.sub(pattern, new, text, count=1)
        if changed != text and " not not" not in changed and not re.search(
            r"\b(?:who|which|that|not|when|while|if)\b", text[: re.search(pattern, text).start()]
        ):  # fmt: skip
            return changed
    return None


def agreed(text: str, rng: random.Random) -> str | None:
    """Restate the sentence in a frame that often holds a negation that does not touch it."""
    return _told(wordings.AGREED, text, rng)


def reversed_outcome(text: str, rng: random.Random) -> str | None:
    """Turn one word into its opposite."""
    fitting = [pair for pair in wordings.OPPOSITES if re.search(rf"\b{pair[0]}\b", text)]
    if not fitting:
        return None
    old, new = rng.choice(fitting)
    return re.sub(rf"\b{old}\b", new, text, count=1)


def other_day(text: str, rng: random.Random) -> str | None:
    """Change the day of the week."""
    match = re.search(rf"\b(?:{'|'.join(wordings.DAYS)})\b", text)
    if not match:
        return None
    day = rng.choice([one for one in wordings.DAYS if one != match[0]])
    return text[: match.start()] + day + text[match.end() :]


def other_event(text: str, rng: random.Random) -> str | None:
    """Change the place and, where there is one, the number: another incident of the same kind."""
    match = re.search(rf"\b(?:{'|'.join(wordings.PLACES)})\b", text)
    if not match:
        return None
    place = rng.choice([one for one in wordings.PLACES if one != match[0]])
    moved = text.replace(match[0], place)
    return other_number(moved, rng) or (moved if rng.random() < 0.3 else None)


def reworded(text: str, rng: random.Random) -> str | None:
    """Change the order of clauses, take words of the same meaning, drop when it happened."""
    changed = text
    attributed = re.match(r"^(?P<who>[^,]{4,60}?) said (?:that )?(?P<what>[^\"]{30,})$", changed)
    trailing = re.match(
        r"^(?P<what>[^\"]{30,}),? (?P<who>(?:the|an?|local) [\w ]{3,40}) said\.$", changed
    )
    if attributed and rng.random() < 0.6:
        what = attributed["what"].rstrip(".")
        changed = f"{what[0].upper() + what[1:]}, {_inner(attributed['who'])} said."
    elif trailing and rng.random() < 0.4:
        changed = f"According to {_inner(trailing['who'])}, {_inner(trailing['what'])}."
    if rng.random() < 0.4:
        changed = re.sub(rf" on (?:{'|'.join(wordings.DAYS)})\b(?! or| and)", "", changed, count=1)
    if rng.random() < 0.4:
        changed = re.sub(r",? (?:the source added|he added|it added|she added)\b", "", changed)
    for old, new in rng.sample(wordings.SYNONYMS, len(wordings.SYNONYMS)):
        if rng.random() < 0.7:
            changed = re.sub(rf"\b{old}\b", new, changed, count=1)
    return changed if changed != text else None


RULES: tuple[tuple[Change, int, float, int], ...] = (
    (other_number, 1, 1.0, 10),
    (same_number, 0, 1.0, 10),
    (other_doer, 1, 1.0, 8),
    (same_doer, 0, 1.0, 6),
    (denied, 1, 1.0, 7),
    (agreed, 0, 1.0, 6),
    (reversed_outcome, 1, 1.0, 4),
    (other_day, 1, 1.0, 1),
    (other_event, 2, 0.0, 6),
    (reworded, 0, 1.0, 7),
)
"""Rule, label of the pair, whether both tell of one incident, share among the pairs made."""


def made(sentences: Sequence[str], count: int, rng: random.Random) -> list[Pair]:
    """Make ``count`` pairs; in half of them the wording is changed as well."""
    shares = [share for *_, share in RULES]
    found: list[Pair] = []
    while len(found) < count:
        text = rng.choice(sentences)
        text = renamed(text, rng) if rng.random() < 0.5 else text
        change, label, together, _ = rng.choices(RULES, shares)[0]
        changed = change(text, rng)
        if changed is None:
            continue
        if rng.random() < 0.5:
            changed = reworded(changed, rng) or changed
        found.append(Pair(text, changed, label, together))
    return found


def altered(pairs: Sequence[Pair], rng: random.Random) -> list[Pair]:
    """Make conflicts of found pairs that support: the other side with a shared fact changed."""
    found = []
    for pair in pairs:
        a = {value for _, value, bound in _counts(pair.a) if not bound}
        b = [one for one in _counts(pair.b) if not one[2] and one[1] in a]
        if b:
            match, value, _ = b[0]
            new = _written(far(value, rng), rng)
            found.append(Pair(pair.a, _with(pair.b, match, new), 1, 1.0))
        elif {side for *_, side in _doers(pair.a)} & {side for *_, side in _doers(pair.b)}:
            changed = other_doer(pair.b, rng)
            if changed and len(_doers(pair.b)) == 1:
                found.append(Pair(pair.a, changed, 1, 1.0))
    return found
