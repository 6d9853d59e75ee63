"""What `verify export` does: the table as it stands, signed off, or as it stood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from verify.errors import InputError
from verify.review import asof, interop, signed, signing
from verify.review.export import FORMATS, export
from verify.review.interop import DECIDED_ONLY, Published
from verify.review.known import check_known
from verify.review.moments import moment
from verify.settings import Settings
from verify.store import views
from verify.store.filters import EVERYTHING, Filters
from verify.store.store import Store

OVER_TODAY: Final = "what is read, grouped and paired is today's"


@dataclass(frozen=True)
class Asked:
    """What the command line was asked for."""

    out: Path
    format: str | None
    filters: Filters
    sign_off: bool = False
    note: str = ""
    as_of: str | None = None
    publisher: str | None = None


def exporting(settings: Settings, asked: Asked) -> Iterator[str]:
    """Write the file; give the lines that say what it holds.

    Raises ``InputError`` for a call that asks for two things at once or for what is not there, and
    ``StoreError`` for a sign-off that cannot be built again.
    """
    if asked.sign_off and asked.as_of:
        raise InputError("What stood earlier cannot be signed off", "export", "Leave one away.")
    if asked.note and not asked.sign_off:
        raise InputError("A note goes with a sign-off", "--note", "Add --sign-off.")
    store = Store.open(settings)
    if asked.as_of and signed.is_sign_off(asked.as_of):
        yield _again(store, asked, asked.as_of)
    elif asked.as_of:
        when = moment(store, asked.as_of)
        with asof.as_of(store, when.seq) as past:
            yield from _written(past, settings, asked)
        yield f"{when.told()}; {OVER_TODAY}."
    elif asked.sign_off:
        check_known(store, asked.filters)
        made = signing.sign_off(
            store, asked.filters, asked.out, _format(asked), reviewer=settings.reviewer,
            note=asked.note,
        )  # fmt: skip
        yield f"{made.content.rows:,} claims written to {asked.out}"
        yield f"Signed off by {made.reviewer} as {made.id}, decision {made.seq}"
        yield f"SHA-256 {made.content.sha256}"
    else:
        yield from _written(store, settings, asked)


def _again(store: Store, asked: Asked, sign_off: str) -> str:
    found = signed.sign_off_of(store, sign_off)
    if asked.filters != EVERYTHING:
        raise InputError("A sign-off has filters of its own", "export", "Leave them away.")
    if asked.format not in (None, found.content.format):
        what = f"It was signed off as {found.content.format}"
        raise InputError(what, f"--format {asked.format}", "Leave the format away.")
    ending = asked.out.suffix.lstrip(".").lower()
    if ending in FORMATS and ending != found.content.format:
        what = f"It was signed off as {found.content.format}"
        raise InputError(what, str(asked.out), f"Name a .{found.content.format} file.")
    asof.rebuild(store, found, asked.out)
    withdrawn = f"; withdrawn since by {found.withdrawn_by}" if found.withdrawn_by else ""
    return (
        f"{found.content.rows:,} claims written to {asked.out}, byte for byte as {found.reviewer} "
        f"signed them off at {found.decided_at}{withdrawn}. SHA-256 {found.content.sha256}"
    )


def _written(store: Store, settings: Settings, asked: Asked) -> Iterator[str]:
    check_known(store, asked.filters)
    form = _format(asked)
    published = Published.of(settings, asked.publisher)
    written = export(store, asked.filters, asked.out, form, published=published)
    yield f"{written:,} claims written to {asked.out}"
    if form in DECIDED_ONLY:
        others = views.count(store, "claims", asked.filters) - written
        if others:
            yield f"{others:,} claims that nobody has decided on are not in it"
        if not settings.public_url:
            yield "No public address is set (VERIFY_PUBLIC_URL), so that the reviews have no url"


def _format(asked: Asked) -> str:
    form = asked.format or asked.out.suffix.lstrip(".").lower()
    if form not in (*FORMATS, *interop.FORMATS):
        known = ", ".join((*FORMATS, *interop.FORMATS))
        remedy = f"Give --format, one of {known}."
        raise InputError(f"Unknown format {form!r}", str(asked.out), remedy)
    return form
