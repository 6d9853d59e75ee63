"""Every rule that speaks for or against a pair: its name, the words shown, an example.

A rule finds something in two claims, or nothing. Its weights (`models/relation.json`) turn the
strength of the finding into log-odds, for "supports" and for "conflicts", against neither.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from verify.analysis import clashes, differing, likeness
from verify.analysis.finding import Finding, Pair

IN_ONE_EVENT = 0.75
"""How far a boast counts against another side's boast in one event, whatever the words."""


@dataclass(frozen=True)
class Rule:
    """One line of the table.

    ``words`` is a template over the fields of the finding. ``conflict_kind`` is set for rules that
    say why two claims cannot both be right; a finding that knows it better has a field ``kind``.
    ``incident``: the probability of one incident from which the rule counts in full; it counts for
    nothing at half of that and less, because figures of two attacks may well differ. ``of_event``:
    being put into one event, days not apart, is `IN_ONE_EVENT` at least, because boasts of two
    sides over one fight share few words.
    """

    name: str
    words: str
    example: str
    find: Callable[[Pair], Finding | None]
    conflict_kind: str | None = None
    incident: float | None = None
    of_event: bool = False

    def evidence(self, pair: Pair) -> Finding | None:
        """Apply the rule; None where it finds nothing."""
        found = self.find(pair)
        if found is None or self.incident is None:
            return found
        scale = min(1.0, max(0.0, 2 * pair.incident / self.incident - 1))
        if self.of_event and pair.of_one_event:
            scale = max(scale, IN_ONE_EVENT)
        return Finding(found.strength * scale, found.fields) if scale else None

    def say(self, found: Finding) -> str:
        """Fill the words for people to read."""
        return self.words.format_map(dict(found.fields))


LIKENESS = (
    Rule("same_event", "{likely} one incident (probability {probability})",
         "shelling of Taiz on Monday / Taiz shelled on 30 August", likeness.same_event),
    Rule("similar", "the texts {degree} (similarity {similarity})",
         "the bridge was blown up / the crossing was destroyed", likeness.similar),
    Rule("close", "the texts say nearly the same thing",
         "the mayor has resigned / the mayor stepped down", likeness.close),
    Rule("overlap", "{degree}",
         "the bridge is closed / police say the bridge is closed for a week", likeness.overlap),
    Rule("restated", "one restates the other word for word",
         "nine miners died / nine miners have died", likeness.restated),
    Rule("names", "both name {names}", "Massoud is in Bazarak / in Bazarak, Massoud met elders",
         likeness.names),
    Rule("no_names", "no name in common", "shelling in Taiz / shelling in Hodeidah",
         likeness.no_names),
    Rule("same_place", "same place: {place}", "in Taiz / near Taiz", likeness.same_place),
    Rule("same_day", "same day: {day}", "on Monday / on 30 August", likeness.same_day),
    Rule("published_apart", "published {days} apart", "3 May / 9 May",
         likeness.published_apart),
    Rule("same_document", "one document tells both", "sirens went off / a shopkeeper fled",
         likeness.same_document),
    Rule("same_doer", "same actor: {doer}", "army shelling / shells fired by troops",
         likeness.same_doer),
    Rule("same_means", "same means: {means}", "air raids on the port / jets bombed the port",
         likeness.same_means),
    Rule("other_means", "other means: {a} / {b}", "air raid on a school / shells on a school",
         clashes.other_means),
    Rule("same_figures", "same figures: {a} and {b}", "nine miners died / nine dead miners",
         clashes.same_figures),
    Rule("figures_agree", "same figures: {a} and {b} can both hold",
         "at least 50 dead / 58 dead", clashes.figures_agree),
    Rule("same_numbers", "same numbers in both: {numbers}", "Route 66 / on Route 66",
         clashes.same_numbers),
)  # fmt: skip

CLASHES = (
    Rule("figures_differ", "{a} against {b}", "85 fighters killed / 12 fighters killed",
         clashes.figures_differ, "number", incident=0.8),
    Rule("figures_far", "{a} against {b}: too far apart to be one count",
         "more than 130 dead / at least 1,300 dead", clashes.figures_far, "number", incident=0.5),
    Rule("things_differ", "{a} against {b}", "four ships were sunk / nine ships were sunk",
         clashes.things_differ, "number", incident=0.5),
    Rule("other_numbers", "other numbers: {a} / {b}", "priced at 40 / priced at 65",
         clashes.other_numbers, "number", incident=0.7),
    Rule("denial", "{denier} denies what {stater} states",
         "the post was lost / the front denied losing the post", clashes.denial, "denial",
         incident=0.3),
    Rule("denied_outright", "{denier} denies what {stater} states",
         "the post was lost / denied that the post was lost", clashes.denied_outright, "denial",
         incident=0.3),
    Rule("blame_denied", "{denier} denies what {blamer} charges",
         "the army is behind the attack / the army calls the charge baseless",
         clashes.blame_denied, "denial", incident=0.3),
    Rule("negation", "what one denies, the other states: {words}",
         "the road is open / the road is not open", clashes.negation, "denial", incident=0.5),
    Rule("other_polarity", "one is worded as a denial, the other is not",
         "nobody saw 85 dead / 85 fighters were killed", clashes.other_polarity),
    Rule("doubt", "one states it, the other only reports or doubts it",
         "the singer is dead / is the singer dead?", clashes.doubt),
    Rule("opposite_words", "opposite words: {a} / {b}", "the bill passed / the bill was blocked",
         clashes.opposite_words, "outcome", incident=0.5),
    Rule("both_succeed", "opposed sides, both claim success: {a} against {b}",
         "the resistance killed 85 fighters / the Emirate's men posted victory pictures",
         clashes.both_succeed, "outcome", incident=0.5, of_event=True),
    Rule("other_outcome", "{side} advanced, says one; was beaten, says the other",
         "the front took the pass / the front lost the pass", clashes.other_outcome, "outcome",
         incident=0.5, of_event=True),
    Rule("opposed_sides", "opposed sides speak: {a} and {b}", "the front said / the Emirate said",
         clashes.opposed_sides),
    Rule("other_doer", "another actor blamed: {a} / {b}", "army shells / rebel shells",
         clashes.other_doer, "actor", incident=0.7),
    Rule("other_cause", "another cause: {a} / {b}",
         "the fire was due to a short circuit / the fire was caused by a rocket",
         clashes.other_cause, "cause", incident=0.7),
    Rule("other_victims", "those hit were {a} in one, {b} in the other",
         "12 civilians killed / 12 militants killed", clashes.other_victims, "victim",
         incident=0.5),
    Rule("other_account", "nearly the same words, but for the {kind}: {point}",
         "the army shelled the port / the rebels shelled the port", differing.other_account,
         "other", incident=0.5),
    Rule("elsewhere", "nearly the same words, but for the {kind}: {point}",
         "she was found dead in Taiz / she was found dead in Hodeidah", differing.elsewhere,
         "other", incident=0.5),
    Rule("other_place", "another place: {a} / {b}", "blew up in Taiz / blew up in Hodeidah",
         likeness.other_place, "place", incident=0.7),
    Rule("other_day", "another day: {a} / {b}", "on Monday / on Thursday", likeness.other_day,
         "time", incident=0.7),
)  # fmt: skip

RULES: tuple[Rule, ...] = LIKENESS + CLASHES
