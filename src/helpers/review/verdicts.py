"""A published number in the place of a written one, judged by the intervals of both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from helpers.basics import money
from helpers.basics.model import Number
from helpers.basics.money import Amount
from helpers.edition.pieces import Mark
from helpers.published.binding import Bound
from helpers.review.claims import Expected

SAME, DIFFERS, ROUNDING, UNKNOWN = "same", "differs", "rounding", "unknown"
UNIT, NEAR = "unit", "near"  # why a number differs, where it is not only the number
_MONEY = ("万元", "万", "亿元", "元")
COMPARED_UNITS = ("%", *_MONEY)


@dataclass(frozen=True, slots=True)
class Judged:
    """A published number in the place of a written one, and what its comparison says: same, rounding, differs or unknown."""

    number: Number | None
    written: Mark
    printed: Mark
    bound: Bound
    verdict: str
    because: str = ""


def judged_numbers(expected: Expected, bound: Bound) -> Iterator[Judged]:
    """Yield the numbers of a published piece judged against those of the written one that claims it."""
    printed = bound.piece.numbers
    written = expected.piece.numbers
    if not printed or not written:
        return
    if len(written) == 1 and len(printed) > 1:
        for mark in printed:
            yield judge(expected.numbers[0], written[0], mark, bound)
    elif len(written) == len(printed):
        for number, ours, theirs in zip(expected.numbers, written, printed):
            yield judge(number, ours, theirs, bound)


def judge(number: Number | None, written: Mark, printed: Mark, bound: Bound) -> Judged:
    """Judge a published number against the written one in whose place it stands."""

    def judged(verdict: str, because: str = "") -> Judged:
        return Judged(number, written, printed, bound, verdict, because)

    if number is None:
        if written.unit in COMPARED_UNITS and printed.unit != written.unit:
            return judged(DIFFERS, UNIT)
        return judged(SAME if Decimal(written.text) == Decimal(printed.text) else DIFFERS)
    if number.value is None:
        return judged(UNKNOWN)
    in_yuan = printed.unit == "元" and written.unit in _MONEY
    same_unit = number.unit not in COMPARED_UNITS or printed.unit == written.unit
    if not same_unit and not (in_yuan and _as_printed(printed.text, "元").meets(number.value)):
        return judged(DIFFERS, UNIT)
    unit = "元" if in_yuan else number.unit
    if not _as_printed(printed.text, unit).meets(number.value):
        return judged(DIFFERS, "" if bound.is_sure else NEAR)
    same = unit == "元" or Decimal(printed.text) == Decimal(number.text)
    return judged(SAME if same else ROUNDING)


def _as_printed(text: str, unit: str) -> Amount:
    """Return the interval of a number as printed."""
    if unit in _MONEY:
        return money.amount(text, "元" if unit == "元" else money.WAN)
    if unit == "%":
        value = Decimal(text)
        return Amount(value, money.HALF.scaleb(-money.decimals(value)))
    return Amount(Decimal(text))
