"""Which relation a pair is shown as, given its sums, and why it is not shown as another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from verify.analysis.finding import Finding, Pair
from verify.analysis.rules import Rule

if TYPE_CHECKING:
    from verify.analysis.relate import RelateSettings

TWO_INCIDENTS: Final = "these are likelier two incidents than one"
CLEARLY: Final = 1.7
"""Log-odds from which on a rule names the kind of a conflict: it makes one five times as likely.

Another doer, cause or outcome alone stays below: of 20 such conflicts between war reports people
found none right."""


class Point(NamedTuple):
    """The point on which two claims cannot both be right, as the rules name it."""

    kind: str | None
    """None where no rule speaks clearly for a conflict."""
    boast: bool
    """Whether the rule is about boasts of one event, whatever their words."""


NO_POINT: Final = Point(None, boast=False)


def named_point(
    told: Sequence[tuple[Rule, Finding]], weights: Mapping[str, tuple[float, float]]
) -> Point:
    """Take the rule that speaks most for a conflict, if it does so by CLEARLY or more."""
    found = [
        (
            weights[rule.name][1] * finding.strength,
            Point(finding.fields.get("kind", rule.conflict_kind), rule.of_event),
        )
        for rule, finding in told
        if rule.conflict_kind
    ]
    weight, point = max(found, key=lambda one: one[0], default=(0.0, NO_POINT))
    return point if weight >= CLEARLY else NO_POINT


def named(
    sums: tuple[float, float],
    pair: Pair,
    point: Point,
    settings: RelateSettings,
    *,
    leaning: bool,
) -> tuple[str, str]:
    """Name the relation; and say why, where the sums alone would have named another one.

    Only claims about one incident support or contradict each other. Where dates are known, a
    conflict needs a rule that names the point: of 30 conflicts between war reports that the model
    alone saw, people found two. Where no date is known, nothing but the texts can say that it is
    one incident, and they have been weighed already.

    ``sums``: log-odds of supports and conflicts. ``leaning``: whether the model sees rather a
    conflict than a support (`verify.analysis.reading.doubted`).
    """
    supports, conflicts = sums
    together = pair.incident >= settings.same_event
    comparable = together or pair.undated
    rest = "related" if together else "unrelated"
    if conflicts > max(supports, settings.conflicts):
        if not (comparable or (point.boast and pair.of_one_event)):
            return rest, f"not shown as a conflict: {TWO_INCIDENTS}"
        if not (point.kind or pair.undated):
            return (
                rest,
                "not shown as a conflict: no rule names the point that cannot be right twice",
            )
        return "conflicts", ""
    if supports > settings.supports and supports >= conflicts:
        if not comparable:
            return rest, f"not shown as a support: {TWO_INCIDENTS}"
        if leaning:
            return rest, "not shown as a support: the trained model sees rather a conflict"
        return "supports", ""
    return rest, ""
