"""Claims as W3C Web Annotations of their documents: one AnnotationCollection in JSON-LD.

Positions count Unicode code points from 0, the end not included, as the Web Annotation Data Model
asks (sections 4.2.4 and 4.2.5); so do the offsets of the store.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any, BinaryIO, Final

from sqlalchemy import Connection, case, func, select

from verify import __version__
from verify.records import Row, content_id
from verify.review.interop.published import Published, filled, urn, web_address, write_json
from verify.store.connect import fetch
from verify.store.counts import chunks
from verify.store.tables import claims, documents, runs
from verify.store.view_rows import claim_rows

CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
AROUND: Final = 32
"""Characters quoted before and behind a claim, so that it is found where its words stand twice."""
_PROGRAM: Final = {"type": "Software", "name": f"Counterclaim {__version__}"}
_FLAGS: Final = ("negated", "denied", "hedged")


def write(connection: Connection, ids: Sequence[str], out: BinaryIO, published: Published) -> None:
    """Write the annotations of these claims, in their order."""
    name = content_id("a", *ids)
    head = {
        "@context": CONTEXT,
        "id": urn(name),
        "type": "AnnotationCollection",
        "label": "Claims and what was decided on them",
        "total": len(ids),
    }
    if not ids:
        write_json(head, out)
        out.write(b"\n")
        return
    page = {"id": urn(f"{name} 1"), "type": "AnnotationPage", "startIndex": 0, "items": []}
    start, end = _around({**head, "first": page, "last": page["id"]})
    out.write(start)
    before = b"\n"
    for some in chunks(ids, 1000):
        placed = _placed(connection, some)
        for claim in claim_rows(connection, some):
            out.write(before)
            write_json(annotation(claim, placed[claim["claim_id"]], published), out)
            before = b",\n"
    out.write(b"\n" + end + b"\n")


def _around(whole: dict[str, Any]) -> tuple[bytes, bytes]:
    """Cut the document where its items belong, so that they are written one by one."""
    told = BytesIO()
    write_json(whole, told)
    start, items, end = told.getvalue().partition(b'"items":[')
    return start + items, end


def _placed(connection: Connection, ids: Sequence[str]) -> dict[str, Row]:
    """Read where each claim stands: before, quoted, behind, and what its document is called by."""
    start, end, text = claims.c.start, claims.c.end, documents.c.text
    long = start > AROUND
    statement = (
        select(
            claims.c.claim_id,
            func.substr(
                text, case((long, start - AROUND + 1), else_=1), case((long, AROUND), else_=start)
            ).label("before"),
            func.substr(text, start + 1, end - start).label("quoted"),
            func.substr(text, end + 1, AROUND).label("behind"),
            documents.c.doc_id,
            documents.c.original_sha256,
            documents.c.row,
            runs.c.started_at,
        )
        .join(documents)
        .outerjoin(runs, runs.c.run_id == claims.c.run_id)
        .where(claims.c.claim_id.in_(ids))
    )
    return {row["claim_id"]: row for row in fetch(connection, statement)}


def annotation(claim: Row, placed: Row, published: Published) -> dict[str, Any]:
    """Shape one claim (CLAIM_VIEW) and where it stands as an annotation of its document."""
    address = published.claim_address(claim["claim_id"])
    decided = claim["status"] != "unreviewed"
    return filled(
        id=f"{address}#annotation" if address else urn(claim["claim_id"]),
        type="Annotation",
        motivation="assessing" if decided else "identifying",
        creator={"type": "Person", "name": claim["reviewer"]} if decided else _PROGRAM,
        created=claim["decided_at"] if decided else placed["started_at"],
        generator=_PROGRAM,
        body=_bodies(claim),
        target={"source": _source(claim, placed), "selector": _selectors(claim, placed)},
    )


def _bodies(claim: Row) -> list[dict[str, Any]]:
    """Say what is known of the claim; the purpose tells which body is what."""
    kinds = sorted({quantity["kind"] for quantity in claim["quantities"]})
    tags = [claim["checkable"], claim["place"], *kinds, *(f for f in _FLAGS if claim[f])]
    said = [
        ("assessing", claim["status"]),
        ("identifying", claim["credited"] or claim["source"]),
        ("classifying", claim["side"]),
        ("commenting", claim["note"]),
        *(("tagging", tag) for tag in dict.fromkeys(tags)),
    ]
    return [
        {"type": "TextualBody", "purpose": purpose, "format": "text/plain", "value": value}
        for purpose, value in said
        if value
    ]


def _source(claim: Row, placed: Row) -> str:
    """Name the document: by its address, else by the bytes of its file, and its row in a table."""
    address = web_address(claim["url"])
    if address is not None:
        return address
    if placed["original_sha256"] is None:
        return urn(placed["doc_id"])
    row = "" if placed["row"] is None else f"#row={placed['row']}"
    return f"urn:sha256:{placed['original_sha256']}{row}"


def _selectors(claim: Row, placed: Row) -> list[dict[str, Any]]:
    quote: dict[str, Any] = {"type": "TextQuoteSelector", "exact": claim["text"]}
    if placed["quoted"] != claim["text"]:  # the words alone, where their place does not hold them
        return [quote]
    quote |= {"prefix": placed["before"] or "", "suffix": placed["behind"] or ""}
    start, end = claim["start"], claim["end"]
    return [quote, {"type": "TextPositionSelector", "start": start, "end": end}]
