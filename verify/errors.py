"""What can go wrong, said in one line: what, where, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass


class VerifyError(Exception):
    """A fault that a person can mend.

    ``what`` happened, ``where`` (file, row, column), and the ``remedy``; printed as one line.
    """

    def __init__(self, what: str, where: str = "", remedy: str = "") -> None:
        self.what, self.where, self.remedy = what, where, remedy
        place = f" ({where})" if where else ""
        super().__init__(f"{what}{place}." + (f" {remedy}" if remedy else ""))


class InputError(VerifyError):
    """The call or its input is wrong; nothing was done (exit code 2)."""


class ModelError(VerifyError):
    """A model that was named cannot be loaded."""


class StoreError(VerifyError):
    """The store cannot be opened, or holds something that this version does not know."""


class StaleDecision(VerifyError):
    """Someone decided meanwhile: the version that the caller saw is not the newest one.

    ``current`` is the standing value as a dict, so that it can be shown beside the refused one.
    """

    def __init__(self, where: str, current: dict[str, object]) -> None:
        self.current = current
        super().__init__(
            f"{current.get('reviewer') or 'Another reviewer'} set this to "
            f"{current.get('value')!r} meanwhile",
            where,
            "Look at it again and decide anew.",
        )


class NotAllowed(VerifyError):
    """The person's role does not include this; nothing was done."""


@dataclass(frozen=True)
class LeftOut:
    """One piece of input that was not taken in, and why.

    ``row`` counts from 1 as a spreadsheet shows it (the header is row 1); None is the whole file.
    """

    file: str
    what: str
    remedy: str
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        """Say what, where and the remedy in one line."""
        where = self.file
        if self.row is not None:
            where += f", row {self.row}"
        if self.column is not None:
            where += f", column {self.column}"
        return f"{self.what} ({where}). {self.remedy}"
