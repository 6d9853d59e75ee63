"""Fact checks as schema.org ClaimReview, in JSON-LD: one document, one review a decided claim.

A rating has words and no number: schema.org and its readers take numbers as steps from false to
true, and "unverifiable" or "disputed" is no such step.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, BinaryIO, Final

from sqlalchemy import Connection, select

from verify.ingest.lexicon import words_of
from verify.records import Row
from verify.review.interop.published import Published, filled, urn, web_address, write_json
from verify.store.counts import chunks
from verify.store.tables import aliases
from verify.store.view_rows import claim_rows

CONTEXT: Final = "https://schema.org"


def write(connection: Connection, ids: Sequence[str], out: BinaryIO, published: Published) -> None:
    """Write the reviews of these claims, all of which somebody decided on."""
    sides = set(connection.scalars(select(aliases.c.side)))
    out.write(b'{"@context":"%s","@graph":[' % CONTEXT.encode())
    before = b"\n"
    for some in chunks(ids, 1000):
        for claim in claim_rows(connection, some):
            out.write(before)
            write_json(review(claim, published, sides), out)
            before = b",\n"
    out.write(b"\n]}\n")


def review(claim: Row, published: Published, sides: set[str]) -> dict[str, Any]:
    """Shape one decided claim (CLAIM_VIEW) as a ClaimReview."""
    address = published.claim_address(claim["claim_id"])
    return filled(
        **{"@type": "ClaimReview", "@id": address or urn(claim["claim_id"])},
        identifier=claim["claim_id"],
        url=address,
        claimReviewed=claimed(claim),
        datePublished=claim["decided_at"],
        author=_publisher(claim, published),
        reviewRating={"@type": "Rating", "alternateName": claim["status"]},
        itemReviewed=_item(claim, sides),
    )


def claimed(claim: Row) -> str:
    """Say what is claimed: the claim's own words, or who denies them and how.

    The words of a denial are what its speaker says is not so; alone they would say the opposite.
    """
    if not claim["denied"]:
        return str(claim["text"])
    who = claim["speaker"] or claim["source"] or "the source"
    return f"{who} {claim['cue'] or 'denied'}: “{claim['text']}”"


def _publisher(claim: Row, published: Published) -> dict[str, Any]:
    if not published.publisher:
        return filled(**{"@type": "Person"}, name=claim["reviewer"])
    return filled(**{"@type": "Organization"}, name=published.publisher, url=published.public_url)


def _item(claim: Row, sides: set[str]) -> dict[str, Any]:
    publisher = filled(**{"@type": "Organization"}, name=claim["source"])
    appeared = filled(
        name=claim["document_title"],
        url=web_address(claim["url"]),
        datePublished=claim["published_at"],
        inLanguage=claim["language"],
        publisher=publisher if claim["source"] else None,
    )
    return filled(
        **{"@type": "Claim"},
        text=claimed(claim),
        author=_speaker(claim, sides),
        appearance={"@type": "CreativeWork", **appeared} if appeared else None,
    )


def _speaker(claim: Row, sides: set[str]) -> dict[str, Any] | None:
    """Name who claims it; a body where its name says so, or where the source speaks itself."""
    if not claim["credited"]:
        named = claim["source"]
        return {"@type": "Organization", "name": named} if named else None
    name = str(claim["credited"])
    words = {word.strip(".,'’").casefold() for word in name.split()}
    named_so = words & words_of("bodies") and not words & words_of("roles")
    body = name in sides or name == claim["source"] or named_so
    return {"@type": "Organization" if body else "Person", "name": name}
