"""How a report came about and what it cannot say, in plain words."""

from __future__ import annotations

from typing import Any, Final

from verify import __version__
from verify.records import Row
from verify.review.event_report.held import Held

METHOD: Final = (
    "The program reads documents and takes claims from them: exact spans of the text, with who is "
    "credited, for which side, and the numbers, places and times in them. A claim is quoted here "
    "as it stands in its document.",
    "It brings claims about one incident together as an event, and suggests which of them support "
    "and which contradict each other, each with a chance and its reasons.",
    "The program suggests; people decide. A status, a confirmed or rejected pair, a grade and a "
    "correction are a reviewer's, and stand here with name, time and note. What says “suggested” "
    "or “unreviewed” is nobody's finding.",
    "A claim that repeats another one nearly word for word adds nothing: both are one origin. "
    "Claims of one source are no independent origins either.",
    "A pair that a reviewer rejected counts nowhere.",
)
LIMITS: Final = (
    "Nothing here says what is true. “Contradict” means that two claims, as stated, can hardly "
    "both be right; “support” that one restates the other or fits it.",
    "A chance is an estimate, learnt on other texts: of 100 pairs to which the program gives 80, "
    "about 80 should be as suggested. Single suggestions are often wrong.",
    "The program misses claims, and it misreads speakers, sides, numbers and times; it reads who "
    "says what in English only. Only the documents listed at the end were read.",
    "A side that did not answer in these documents may have answered elsewhere.",
    "The hash of the newest decision shows that the record is the one this report was made from. "
    "It does not show that a decision is right, or that a name is that person's.",
)
HIDDEN: Final = (
    "This desk hides the program's suggestions about a pair until somebody has decided on it. "
    "Whatever is built on pairs is therefore told from decided ones alone."
)
AS_OF: Final = (
    "What people decided is as it stood then; what is read, grouped and paired is as the program "
    "has it now."
)


def program(held: Held) -> Row:
    """Say which version and which models made what the report tells."""
    return {
        "name": "counterclaim",
        "version": __version__,
        "runs": [
            {"run_id": run["run_id"], "started_at": run["started_at"], **_models(run["settings"])}
            for run in held.runs
        ],
    }


def _models(settings: dict[str, Any]) -> Row:
    """Take what shaped the result from a run's settings; its paths are nobody else's business."""
    relation = settings.get("relation")
    return {
        "model": settings.get("model"),
        "relation_model": settings.get("relation_model"),
        "rules_only": bool(settings.get("rules_only")),
        "relation": relation if isinstance(relation, str) else "tuned" if relation else None,
    }


def apart(pairs: int) -> str:
    """Say how many decided pairs lead out of the event."""
    one = pairs == 1
    return (
        f"{pairs:,} {'pair' if one else 'pairs'} on which somebody decided "
        f"{'leads' if one else 'lead'} to a claim that is in another event now; not told here."
    )
