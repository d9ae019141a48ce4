"""Exact amounts that know how exactly they are known. Nothing here is a binary float."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

ZERO = Decimal(0)
HALF = Decimal("0.5")
WAN, YUAN = "万元", "元"
MONEY_UNITS = (WAN, YUAN)
_EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)  # whatever somebody printed
_add, _subtract = _EXACT.add, _EXACT.subtract
_WRITTEN = re.compile(r"-?\d{1,18}(\.\d{1,8})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in 万元 (or a count) that lies in `value ± error`.

    >>> Amount(Decimal("64.8"), Decimal("0.005")).meets(Amount(Decimal("64.81"), Decimal("0.005")))
    True
    """

    value: Decimal
    error: Decimal = ZERO

    def __add__(self, other: Amount) -> Amount:
        return Amount(_add(self.value, other.value), _add(self.error, other.error))

    def __sub__(self, other: Amount) -> Amount:
        return Amount(_subtract(self.value, other.value), _add(self.error, other.error))

    def __neg__(self) -> Amount:
        return Amount(_EXACT.minus(self.value), self.error)

    @property
    def low(self) -> Decimal:
        """The least that the amount can be."""
        return self.value - self.error

    @property
    def high(self) -> Decimal:
        """The most that the amount can be."""
        return self.value + self.error

    def meets(self, other: Amount) -> bool:
        """Return whether both can be the same number: whether their intervals meet."""
        return abs(self.value - other.value) <= self.error + other.error

    @property
    def is_zero(self) -> bool:
        """Whether it is written as zero."""
        return self.value == 0


NOTHING = Amount(ZERO)


def is_in_yuan(one: Amount, other: Amount) -> bool:
    """Return whether one amount is another in 元, taken for 万元: ten thousand times it, as exactly as it is printed.

    >>> is_in_yuan(Amount(Decimal("23149495")), Amount(Decimal("2314.95"), Decimal("0.005")))
    True
    >>> is_in_yuan(Amount(Decimal("2961.68")), Amount(Decimal("0.3"), Decimal("0.005")))
    False
    """
    apart = abs(one.value - other.value.scaleb(4))
    return is_telling(other) and apart <= _printed_error(other).scaleb(4)


def is_telling(amount: Amount) -> bool:
    """Return whether an amount is printed to a thousandth of itself: many others are nearly so many times a smaller one."""
    return abs(amount.value) >= _printed_error(amount).scaleb(3)


def _printed_error(amount: Amount) -> Decimal:
    return max(amount.error, HALF.scaleb(-2))


def total(amounts: Iterable[Amount]) -> Amount:
    """Return the sum; its error is the sum of the errors."""
    value = error = ZERO
    for one in amounts:
        value = _add(value, one.value)
        error = _add(error, one.error)
    return Amount(value, error)


def signed_total(signed: Iterable[tuple[int, Amount | None]]) -> Amount | None:
    """Return the sum of amounts with their signs, or nothing where one of them is missing."""
    value = error = ZERO
    for sign, one in signed:
        if one is None:
            return None
        value = _add(value, one.value) if sign > 0 else _subtract(value, one.value)
        error = _add(error, one.error)
    return Amount(value, error)


def is_number(text: str) -> bool:
    """Return whether a text is a plain decimal number of a size that money can have."""
    return _WRITTEN.fullmatch(text) is not None


def amount(text: str, unit: str) -> Amount:
    """Return the amount written as `text` in `unit`.

    万元 is known to its written decimals, and to two where fewer are written; 元 and counts
    are exact. 元 comes back in 万元.

    >>> amount("64.8", "万元")
    Amount(value=Decimal('64.8'), error=Decimal('0.005'))
    >>> amount("648000.01", "元")
    Amount(value=Decimal('64.800001'), error=Decimal('0'))
    """
    if not is_number(text):
        raise ValueError(text)
    return as_printed(text, unit)


def as_printed(text: str, unit: str) -> Amount:
    """Return the amount that a text printed in `unit` says, as `amount` does, of whatever size and decimals.

    >>> as_printed("166.59000000000002", "万元").meets(amount("166.59", "万元"))
    True
    """
    value = Decimal(text)
    if unit == YUAN:
        return Amount(value.scaleb(-4, _EXACT))
    if unit == WAN:
        return Amount(value, HALF.scaleb(-max(2, decimals(value))))
    return Amount(value)


def kept_in(unit: str) -> str:
    """Return the unit in which an amount written in one is kept: money of either unit, and of none, in 万元.

    >>> kept_in("元"), kept_in(""), kept_in("人次")
    ('万元', '万元', '人次')
    """
    return WAN if unit in ("", *MONEY_UNITS) else unit


def decimals(value: Decimal) -> int:
    """Return how many decimals a number is written to.

    >>> decimals(Decimal("1014.510")), decimals(Decimal("7"))
    (3, 0)
    """
    _, _, exponent = value.as_tuple()
    if not isinstance(exponent, int):
        raise ValueError(f"{value} has no decimals")
    return -exponent


def rounded(value: Decimal, places: int) -> Decimal:
    """Round half up, away from zero.

    >>> rounded(Decimal("136.65"), 1)
    Decimal('136.7')
    """
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _EXACT)


@lru_cache(maxsize=5_000)  # most of what is printed is zero, and the rest is printed again
def printed(value: Decimal, places: int = 2, trim: bool = True) -> str:
    """Return a number as a sentence prints it.

    >>> printed(Decimal("79.10")), printed(Decimal("0.004")), printed(Decimal("79.10"), trim=False)
    ('79.1', '0', '79.10')
    """
    value = rounded(value, places)
    text = f"{abs(value) if value == 0 else value:f}"
    return text.rstrip("0").rstrip(".") if trim and "." in text else text


def told(expected: Decimal, found: Decimal) -> tuple[str, str, str]:
    """Return two amounts and their difference as a message tells them: as many decimals as the difference needs.

    >>> told(Decimal("508.200012"), Decimal("508.02"))
    ('508.2', '508.02', '0.18')
    """
    places = next((n for n in (2, 6) if rounded(expected, n) != rounded(found, n)), 12)
    apart = _EXACT.subtract(rounded(expected, places), rounded(found, places))
    return printed(expected, places), printed(found, places), printed(abs(apart), places)


@lru_cache(maxsize=5_000)
def tabular(value: Decimal) -> str:
    """Return a number as a table prints it: two decimals, thousands separated, zero blank.

    >>> tabular(Decimal("1014.506")), tabular(Decimal(0))
    ('1,014.51', '')
    """
    two = rounded(value, 2)
    return "" if two == 0 else f"{two:,f}"


def product(one: Amount, other: Amount) -> Amount:
    """Return one × other as an interval, which has every product that the two intervals allow.

    >>> product(Amount(Decimal("2"), Decimal("0.5")), Amount(Decimal("3")))
    Amount(value=Decimal('6'), error=Decimal('1.5'))
    """
    middle = one.value * other.value
    corners = [a * b for a in (one.low, one.high) for b in (other.low, other.high)]
    return Amount(middle, max(abs(c - middle) for c in corners))


def quotient(part: Amount, whole: Amount) -> Amount | None:
    """Return part / whole as an interval, or nothing where the whole may be zero.

    The midpoint is the quotient of the two values; the error covers every quotient that
    the two intervals allow.
    """
    if whole.value == 0:
        return None
    middle = part.value / whole.value
    if whole.low <= 0 <= whole.high:
        return Amount(middle, Decimal(10) ** 9)
    corners = [p / w for p in (part.low, part.high) for w in (whole.low, whole.high)]
    return Amount(middle, max(abs(c - middle) for c in corners))
