"""How an amount may have come to be written: another unit, a point out of place, digits changed over, one wrong or left out."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

POINT, UNIT, SIGN, ONE_DIGIT = "十倍", "万倍", "正负", "一位"


def slip(written: str, meant: Decimal, within: Decimal) -> str:
    """Return the slip that makes `written` of what was meant, give or take `within`, or nothing.

    Where next to nothing was meant, every small amount would be ten thousand times it: that is no slip.

    >>> slip("2609258.92", Decimal("260.925892"), Decimal("0.005"))
    '万倍'
    >>> slip("1243.00", Decimal("1234"), Decimal("0.005")), slip("1234", Decimal("9999"), Decimal(0))
    ('颠倒', '')
    >>> slip("90.00", Decimal("0.00"), Decimal("0.005"))
    ''
    """
    if abs(meant) <= within:
        return ""
    return next(
        (name for name, other in _meant(written) if abs(other - meant) <= within),
        "",
    )


def _meant(written: str) -> Iterator[tuple[str, Decimal]]:
    """Yield what may have been meant by a number, each with the name of the slip, the likeliest first."""
    value = Decimal(written)
    yield from ((UNIT, value.scaleb(by)) for by in (-4, 4))
    yield from ((POINT, value.scaleb(by)) for by in (-1, 1, -2, 2))
    yield SIGN, -value
    digits = [n for n, c in enumerate(written) if c.isdigit()]
    for a, b in pairwise(digits):
        between = written[a + 1 : b]
        yield "颠倒", Decimal(f"{written[:a]}{written[b]}{between}{written[a]}{written[b + 1 :]}")
    for n in digits:
        yield from (
            (ONE_DIGIT, Decimal(f"{written[:n]}{d}{written[n + 1 :]}")) for d in "0123456789"
        )
    for n in (*digits, len(written)):
        yield from (("少位", Decimal(f"{written[:n]}{d}{written[n:]}")) for d in "0123456789")
    for n in digits if len(digits) > 1 else ():
        yield "多位", Decimal(written[:n] + written[n + 1 :] or "0")
