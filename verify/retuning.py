"""The commands that learn from reviewers: what `verify tune` and `verify drift` do, in order."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from verify.analysis import tuned as tuned_file
from verify.analysis.relate import RelateSettings
from verify.analysis.tuned import FURTHEST, Tuned
from verify.errors import InputError
from verify.progress import Progress
from verify.relating import Relating
from verify.review import drift, tune
from verify.review.reviewed import Vectors, proposed_again, reviewed
from verify.settings import Settings
from verify.store.store import Store
from verify.vectors import vectors


@dataclass(frozen=True)
class Tune:
    """What `verify tune` was asked to do beside its report."""

    apply: bool = False
    reset: bool = False


@dataclass(frozen=True)
class Asked:
    """The settings that `verify drift` was asked about; None: those in use."""

    supports: float | None = None
    conflicts: float | None = None
    relation: Path | None = None
    model: str | None = None
    relation_model: str | None = None
    out: Path | None = None


def tuning(settings: Settings, asked: Tune, progress: Progress) -> Iterator[str]:
    """Do what `verify tune` was asked to; give the lines of its report.

    Raises ``InputError`` where nobody has decided on a pair, the file in use is broken, or there
    is nothing to apply.
    """
    path = settings.relation_file
    if asked.reset:
        yield f"{path} removed" if tuned_file.remove(path) else "Nothing was tuned"
        yield "The next build relates as shipped."
        return
    used = tuned_file.load(path)
    yield f"In use: {used.told() if used else 'as shipped'}"
    found = learn(Store.open(settings), settings, progress)
    yield tune.told(found)
    yield ""
    if asked.apply:
        yield f"Written to {path}: {keep(found, settings).told()}"
        yield "The next build uses it; verify tune --reset takes it back."
    elif found.settings:
        yield "Nothing was changed. verify tune --apply lets the next build use what is suggested."
    else:
        yield "Nothing was changed."


def learn(store: Store, settings: Settings, progress: Progress) -> tune.Tuning:
    """Learn from what people decided on this store. Raises ``InputError`` where nobody has."""
    pairs, claims = reviewed(store), store.claims()
    relating = Relating.of(settings)
    again = proposed_again(pairs, claims, _vectors(store, settings, progress))
    known = pairs.assign(similarity=again["similarity"], same_event=again["same_event"])
    return tune.tune(known, lambda rows, relation: relating.under(relation)(rows, claims))


def keep(found: tune.Tuning, settings: Settings) -> Tuned:
    """Write what was suggested for the builds from now on.

    Raises ``InputError`` where nothing was suggested.
    """
    if found.settings is None:
        what = "There is nothing to apply: no other values are suggested"
        raise InputError(what, str(settings.relation_file), "Decide on more pairs first.")
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    tuned = Tuned(found.settings, now, settings.reviewer)
    tuned_file.save(tuned, settings.relation_file)
    return tuned


def drifting(settings: Settings, asked: Asked, progress: Progress) -> Iterator[str]:
    """Relate the reviewed pairs anew as asked; give the lines of `verify drift`'s report.

    The store stays as it is; ``asked.out`` is written where it is named. Raises ``InputError``
    where nobody has decided on a pair or what is asked about is missing or wrong.
    """
    relation = asked_for(settings, asked)
    store = Store.open(settings)
    pairs, claims = reviewed(store), store.claims()

    def again(of: Settings, under: RelateSettings) -> pd.DataFrame:
        proposed = proposed_again(pairs, claims, _vectors(store, of, progress))
        return Relating.of(of).under(under)(proposed, claims)

    other = dataclasses.replace(
        settings,
        model=asked.model or settings.model,
        relation_model=asked.relation_model or settings.relation_model,
    )
    after = again(other, relation)
    found = drift.drift(pairs, after, again(settings, _in_use(settings)))
    yield found.told()
    if asked.out:
        drift.write(found, asked.out)
        yield f"{len(found.table):,} pairs written to {asked.out}"


def asked_for(settings: Settings, asked: Asked) -> RelateSettings:
    """Put together the settings asked about: those of a file or in use, with the lines asked for.

    Raises ``InputError`` where the file is missing or broken, or a line is no log-odds.
    """
    if asked.relation is None:
        relation = _in_use(settings)
    elif (tuned := tuned_file.load(asked.relation)) is None:
        raise InputError("No such file", str(asked.relation), "Check the path.")
    else:
        relation = tuned.settings
    return dataclasses.replace(
        relation,
        supports=_line("supports", asked.supports, relation.supports),
        conflicts=_line("conflicts", asked.conflicts, relation.conflicts),
    )


def _line(name: str, asked: float | None, used: float) -> float:
    if asked is None:
        return used
    if not abs(asked) <= FURTHEST:  # what is not a number is not within it either
        what = f"--{name} {asked} is not a number within {FURTHEST:g} of 0"
        raise InputError(what, "", "Give log-odds, for instance 0.7.")
    return asked


def _in_use(settings: Settings) -> RelateSettings:
    tuned = tuned_file.load(settings.relation_file)
    return tuned.settings if tuned else RelateSettings()


def _vectors(store: Store, settings: Settings, progress: Progress) -> Vectors:
    return lambda texts: vectors(texts, store, settings, progress, keep=False)[0]
