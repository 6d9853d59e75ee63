"""The stages of a build as plain functions, parcel to parcel, for whatever machine runs them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final

import numpy as np
import pandas as pd

from verify import records
from verify.analysis import embed, tuned
from verify.analysis.agencies import bylines
from verify.analysis.candidates import candidates
from verify.analysis.group import describe, incidents
from verify.analysis.rarity import Rarity
from verify.analysis.repeats import repeats
from verify.analysis.tuned import Tuned
from verify.ingest.extract import extract
from verify.ingest.tagger import packaged
from verify.parcels import Parcel
from verify.relating import Relating
from verify.review.siding import sides_of
from verify.settings import Settings

EXTRACT, ENCODE, GROUP, RELATE = "extract", "encode", "group", "relate"
RELATE_CHUNK: Final = 5000
"""Pairs related between two steps of the progress bar."""
Advance = Callable[[int], None]


def read_claims(parcel: Parcel) -> Parcel:
    """Read ``documents`` (DOCUMENTS) for ``claims`` (CLAIMS), by the ``sides`` as stored."""
    tagger = None if parcel.told["rules_only"] else packaged()
    sides = sides_of(parcel.frames["sides"])
    return Parcel({"claims": extract(parcel.frames["documents"], sides, tagger)})


def encode_texts(parcel: Parcel) -> Parcel:
    """Encode ``texts`` of a list to ``vectors`` (n, dimension), float16."""
    encoder = embed.load_encoder(parcel.told["model"], allow_hub=parcel.told["allow_hub"])
    vectors = encoder.encode(parcel.told["texts"]).astype(np.float16)
    return Parcel(arrays={"vectors": vectors})


def group_claims(parcel: Parcel) -> Parcel:
    """Group ``claims``, with ``vectors`` and their ``documents``, in the order of their ids.

    Told is the ``rarity`` of words (`Rarity.told`); None: as these claims have it.
    Returns ``labels``, the number of each one's event, and ``origins``, the place of the claim that
    it repeats; -1: of none.
    """
    claims = parcel.frames["claims"]
    vectors, rarity = parcel.arrays["vectors"], Rarity.read(parcel.told["rarity"])
    labels = incidents(claims, vectors.astype(np.float32), rarity=rarity)
    # The nearest by vector would add one repeat in fifty for four times the seconds.
    repeated = repeats(claims, None, bylines(parcel.frames["documents"]))
    place = pd.Series(np.arange(len(labels)), index=labels.index)
    origins = np.full(len(labels), -1, dtype=np.int64)
    origins[place[repeated["claim_id"]]] = place[repeated["origin_id"]]
    return Parcel(arrays={"labels": labels.to_numpy(), "origins": origins})


def relate_claims(
    parcel: Parcel, relating: Relating, advance: Advance = lambda step: None
) -> Parcel:
    """Describe the events of ``claims`` and relate what is in them.

    ``said`` and ``membership`` (MEMBERSHIP): as grouping put them and as people corrected it. Told
    are the ``events`` to relate (None: all) and the ``rarity`` of words (`Rarity.told`; None: as
    the claims have it). Returns ``grouped`` and ``events`` (EVENTS) of both, and ``pairs`` (PAIRS)
    of the events asked for that are not unrelated; told are ``possible`` and ``compared``, event ->
    number of pairs. ``advance`` is told of claims that are done, as the share of their pairs that
    is.
    """
    claims, vectors = parcel.frames["claims"], parcel.arrays["vectors"].astype(np.float32)
    said, membership = parcel.frames["said"], parcel.frames["membership"]
    grouped = describe(claims, vectors, said)
    events = grouped if membership.equals(said) else describe(claims, vectors, membership)
    asked = parcel.told["events"]
    if asked is not None:
        membership = membership[membership["event_id"].isin(asked)]
        kept = claims["claim_id"].isin(membership["claim_id"]).to_numpy()
        advance(int((~kept).sum()))
        claims, vectors = claims[kept].reset_index(drop=True), vectors[kept]
    proposed = candidates(claims, membership, vectors, rarity=Rarity.read(parcel.told["rarity"]))
    pairs = related(proposed, claims, relating, advance)
    compared = proposed["event_id"].value_counts().to_dict()
    told = {"possible": proposed.attrs["possible"], "compared": compared}
    return Parcel({"grouped": grouped, "events": events, "pairs": pairs}, told=told)


def related(
    proposed: pd.DataFrame, claims: pd.DataFrame, relating: Relating, advance: Advance
) -> pd.DataFrame:
    """Relate proposed pairs (`candidates`); return those that are not unrelated (PAIRS).

    Event after event, so that each claim is taken apart once and not for every chunk it is in.
    """
    by_event = proposed.sort_values("event_id", kind="stable")
    parts, told = [], 0
    for start in range(0, len(by_event), RELATE_CHUNK):
        chunk = by_event.iloc[start : start + RELATE_CHUNK]
        found = relating(chunk, claims).set_axis(chunk.index)
        parts.append(found[found["relation"] != "unrelated"])
        done = len(claims) * (start + len(chunk)) // len(by_event)
        advance(done - told)
        told = done
    advance(len(claims) - told)
    if not parts:
        return records.frame([], records.PAIRS)
    return pd.concat(parts).sort_index().reset_index(drop=True)


def relation_told(settings: Settings, relating: Relating) -> dict[str, Any]:
    """Say in JSON what a worker needs to relate elsewhere as ``relating`` does here."""
    return {
        "relation_model": settings.relation_model,
        "allow_hub": settings.allow_hub,
        "tuned": Tuned(relating.settings).values(),
    }


def _relate_elsewhere(parcel: Parcel) -> Parcel:
    told = parcel.told
    reader = _reading(told["relation_model"], told["allow_hub"])
    return relate_claims(parcel, Relating(tuned.of(told["tuned"]).settings, reader))


@cache
def _reading(model: str, allow_hub: bool) -> Any:
    return Relating.of(Settings(relation_model=model, allow_hub=allow_hub)).reader


ELSEWHERE: Final[Mapping[str, Callable[[Parcel], Parcel]]] = {
    EXTRACT: read_claims,
    ENCODE: encode_texts,
    GROUP: group_claims,
    RELATE: _relate_elsewhere,
}
"""What a worker on another machine does, by the name of the stage."""
