"""A published number in the place of a written one, judged by the intervals of both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from helpers.basics import money
from helpers.basics.model import Number
from helpers.basics.money import Amount
from helpers.edition.pieces import Mark
from helpers.published.bound import Bound
from helpers.published.words import without_noise
from helpers.review.claims import Expected

SAME, DIFFERS, ROUNDING, UNKNOWN = "same", "differs", "rounding", "unknown"
UNIT, NEAR = "unit", "near"  # why a number differs, where it is not only the number
_TENS = {"万元": 0, "亿元": 4, "元": -4}  # powers of ten that an amount of each unit has in 万元
_AS_TABLES, _AS_MONEY = (
    2,
    6,
)  # decimals of an amount in 万元: as tables print it, and as exact as money is
COMPARED_UNITS = ("%", "万", *_TENS)


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

    value = number.value if number else None
    if number is not None and value is None:
        return judged(UNKNOWN)
    because = _wrong_unit(number, written, printed)
    if because:
        return judged(DIFFERS, because)
    if number is None or value is None:
        return judged(SAME if in_wan(written) == in_wan(printed) else DIFFERS)
    ours, theirs = Decimal(number.text), in_wan(printed)
    if theirs == ours:
        return judged(SAME)
    if not as_printed(printed, number.unit).meets(value):
        return judged(DIFFERS, "" if bound.is_sure else NEAR)
    is_in_another_unit = printed.unit in _TENS and printed.unit != number.unit
    is_finer = number.unit in _TENS and _is_finer(theirs, ours)
    return judged(SAME if is_finer or is_in_another_unit else ROUNDING)


def _is_finer(amount: Decimal, other: Decimal) -> bool:
    """Return whether an amount in 万元 is another, whose last zeros may be left out, printed to more decimals: to 分 at most."""
    places = max(money.decimals(other), _AS_TABLES)
    return money.decimals(amount) <= _AS_MONEY and money.rounded(amount, places) == other


def _wrong_unit(number: Number | None, written: Mark, printed: Mark) -> str:
    """Return why a unit is wrong: it is of another kind, or the number is right only in the unit that was to be written."""
    compared = written.unit in COMPARED_UNITS if number is None else number.unit in COMPARED_UNITS
    if not compared or printed.unit == written.unit:
        return ""
    if not {printed.unit, written.unit} <= _TENS.keys():
        return UNIT
    if number is None:
        return UNIT if Decimal(printed.text) == Decimal(written.text) != 0 else ""
    if number.value is None or as_printed(printed, number.unit).meets(number.value):
        return ""
    return UNIT if _amount(printed.text, written.unit).meets(number.value) else ""


def in_wan(mark: Mark) -> Decimal:
    """Return a number as printed, of an amount in another unit what it is in 万元.

    >>> in_wan(Mark("1.2", "亿元", 0, 3)), in_wan(Mark("35", "%", 0, 2))
    (Decimal('1.2E+4'), Decimal('35'))
    """
    return Decimal(mark.text).scaleb(_TENS.get(mark.unit, 0))


def as_printed(printed: Mark, unit: str) -> Amount:
    """Return the interval of a number as printed, in the unit of an amount that it has or in that of its kind."""
    return _amount(printed.text, printed.unit if printed.unit in _TENS else unit)


def _amount(text: str, unit: str) -> Amount:
    """Return the interval of a number that is written in a unit."""
    text = without_noise(text, unit)
    if unit in money.MONEY_UNITS or unit == "万":
        return money.as_printed(text, money.YUAN if unit == money.YUAN else money.WAN)
    value = Decimal(text)
    if unit in _TENS:
        tens = _TENS[unit]
        return Amount(value.scaleb(tens), money.HALF.scaleb(tens - money.decimals(value)))
    return Amount(value, money.HALF.scaleb(-money.decimals(value)) if unit == "%" else money.ZERO)
