"""One row of a table to one document: a text, a claim, or a metric's value made a sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from verify.errors import LeftOut
from verify.ingest.columns import holds
from verify.ingest.intake import Intake, Taken, line
from verify.records import QUANTITY_KINDS

_KINDS: Final = {
    "killed": "killed dead death deaths died fatalities fatality",
    "wounded": "wounded injured injuries injury hurt",
    "captured": "captured pow pows prisoner prisoners detained arrested taken",
    "missing": "missing disappeared",
    "displaced": "displaced evacuated refugees",
    "destroyed": "destroyed demolished downed sunk",
    "force_size": "force_size strength troops",
}
_KIND_OF_WORD: Final = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_AT_LEAST: Final = {"more", "more than", "at least", "over", "minimum", ">", ">=", "+"}
_AT_MOST: Final = {"less", "less than", "fewer", "fewer than", "at most", "up to", "<", "<="}
_NUMBER: Final = re.compile(r"\d{1,15}|\d{1,3}(?:[, \u00a0\u202f]\d{3}){1,4}")

NO_TEXT: Final = "Name the column that holds it with --map text=COLUMN or --map claim=COLUMN."


def row_document(intake: Intake, values: Mapping[str, Any], row: int) -> Taken | LeftOut:
    """Make a document of one row's values (our name -> cell).

    A claim or a metric gives kind "row" and ``given``: speaker, side, place, time, counted as
    stated; quantity_low, quantity_high (int, absent = open), quantity_kind (of QUANTITY_KINDS).
    """
    what = holds(values)
    if what is None:
        return intake.fault("There is no text and no claim in this row", NO_TEXT, row, "text")
    place = {"location": values.get("location", values.get("place"))}
    if what == "texts":
        if not isinstance(values["text"], str):
            kind = type(values["text"]).__name__
            remedy = "Write it as a text in quotes."
            return intake.fault(f"The text is not a text but {kind}", remedy, row, "text")
        return intake.document(values["text"], {**values, **place}, row=row)
    given = {
        "speaker": line(values.get("speaker")),
        "side": line(values.get("side")),
        "place": line(values.get("place", values.get("location"))),
        "time": line(values.get("time")),
    }
    if what == "claims":
        numbers, notes = _stated(intake, values, row)
        made = intake.document(values["claim"], {**values, **place}, row=row, given=given | numbers)
    else:
        numbers, notes = _measured(intake, values, row)
        given["time"] = given["time"] or line(values.get("published_at"))
        source = values.get("source", values.get("speaker"))
        fields = {**values, **place, "source": source}
        made = intake.document(_sentence(values), fields, row=row, given=given | numbers)
    return made if isinstance(made, LeftOut) else Taken(made.document, made.notes + tuple(notes))


def _stated(
    intake: Intake, values: Mapping[str, Any], row: int
) -> tuple[dict[str, Any], list[LeftOut]]:
    """Read what the columns of a claims table say of numbers: bounds, or one value for both."""
    notes: list[LeftOut] = []
    numbers: dict[str, Any] = {}
    for name in ("quantity_low", "quantity_high"):
        numbers[name] = _number(intake, values, name, row, notes)
    if "value" in values and not {"quantity_low", "quantity_high"} & set(values):
        value = _number(intake, values, "value", row, notes)
        numbers["quantity_low"], numbers["quantity_high"] = _bounds(value, values)
    counted = line(values.get("counted"))
    stated = line(values.get("quantity_kind"))
    if stated is not None:
        kind = _kind(stated)
        if kind == "other" and stated.casefold() != "other":
            remedy = f"Write one of {', '.join(QUANTITY_KINDS)}."
            notes.append(
                intake.fault(f"The kind {stated[:60]!r} is not known", remedy, row, "quantity_kind")
            )
        numbers["quantity_kind"] = kind
    return numbers | {"counted": counted}, notes


def _measured(
    intake: Intake, values: Mapping[str, Any], row: int
) -> tuple[dict[str, Any], list[LeftOut]]:
    """Read a metric's value. What is counted is named with its subject, as the sentence has it."""
    notes: list[LeftOut] = []
    low, high = _bounds(_number(intake, values, "value", row, notes), values)
    counted = _counted(values)
    numbers = {
        "quantity_low": low,
        "quantity_high": high,
        "quantity_kind": _kind(str(values["metric"])),
        "counted": counted,
    }
    return numbers, notes


def _sentence(values: Mapping[str, Any]) -> str:
    """Say a metric row in words: "General Staff: Northern forces, losses: aircraft: 10"."""
    number = " ".join(filter(None, (line(values.get("qualifier")), line(values["value"]))))
    return ": ".join(filter(None, (line(values.get("speaker")), _counted(values), number)))


def _counted(values: Mapping[str, Any]) -> str:
    metric = (line(values["metric"]) or "").replace("_", " ")
    metric = re.sub(r"^(.*) cum(?:ulative)?$", r"\1, cumulative", metric)
    return ", ".join(filter(None, (line(values.get("subject")), metric)))


def _kind(words: str) -> str:
    if (whole := words.casefold().strip().replace(" ", "_")) in QUANTITY_KINDS:
        return whole
    found = re.findall(r"[a-z]+", words.casefold())
    return next((_KIND_OF_WORD[word] for word in found if word in _KIND_OF_WORD), "other")


def _bounds(value: int | None, values: Mapping[str, Any]) -> tuple[int | None, int | None]:
    qualifier = (line(values.get("qualifier")) or "").casefold()
    return (
        None if qualifier in _AT_MOST else value,
        None if qualifier in _AT_LEAST else value,
    )


def _number(
    intake: Intake, values: Mapping[str, Any], name: str, row: int, notes: list[LeftOut]
) -> int | None:
    """Read a whole number, thousands marked by comma or space or not at all; else note it."""
    text = line(values.get(name))
    if text is None:
        return None
    text = re.sub(r"\.0+$", "", text)
    if _NUMBER.fullmatch(text) is None:
        what = f"The number {text[:60]!r} is not understood"
        notes.append(intake.fault(what, "Write a whole number such as 1200.", row, name))
        return None
    return int(re.sub(r"\D", "", text))
