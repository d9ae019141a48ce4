"""A row of figures.csv whose amount has thousands separators without quotes: a CSV takes them for borders of fields."""

from __future__ import annotations

import re
from dataclasses import dataclass

from helpers.basics import money
from helpers.edition import codes

_GROUP = re.compile(r"\s*\d{3}(?:\.\d+)?\s*", re.ASCII)
_GROUPED = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)


@dataclass(frozen=True)
class Torn:
    """The amount as it was meant to be written, and the row with it in one field."""

    written: str
    mended: list[str]

    @property
    def plain(self) -> str:
        """The amount without separators."""
        return self.written.replace(",", "")


def torn(header: list[str], row: list[str]) -> Torn | None:
    """Return what was meant by a row whose amount is torn: then the unit stands as many fields further on.

    >>> torn(["amount", "unit", "note"], ["1", "000.5", "万元"])
    Torn(written='1,000.5', mended=['1000.5', '万元', ''])
    >>> torn(["amount", "unit", "note"], ["1", "万元", "000"])
    """
    amount, unit = header.index("amount"), header.index("unit")
    for end in range(amount + 2, len(row) + 1):
        if not _GROUP.fullmatch(row[end - 1]):
            return None
        written = ",".join(field.strip() for field in row[amount:end])
        mended = [*row[:amount], written.replace(",", ""), *row[end:]]
        mended += [""] * (len(header) - len(mended))
        is_whole = unit > amount or len(row) > len(header) == len(mended)
        if _GROUPED.fullmatch(written) and is_whole and mended[unit].strip() in _units():
            return Torn(written=written, mended=mended)
    return None


def _units() -> tuple[str, ...]:
    return (*money.MONEY_UNITS, *codes.vocabulary().count_units)
