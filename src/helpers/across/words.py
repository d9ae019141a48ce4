"""How numbers are written on the page that compares: 万元 with two decimals, shares with one, 缺 where missing."""

from __future__ import annotations

from decimal import Decimal

from helpers.basics import money
from helpers.report.elements import tag, text

GAP = "缺"


def amount(value: Decimal | None, places: int = 2) -> str:
    """Return an amount.

    >>> amount(Decimal("1014.505")), amount(None)
    ('1,014.51', '缺')
    """
    return GAP if value is None else f"{money.rounded(value, places):,f}"


def percent(share: Decimal | None, places: int = 1, signed: bool = False) -> str:
    """Return a share as a percentage.

    >>> percent(Decimal("0.0525")), percent(Decimal("0.05"), signed=True)
    ('5.3%', '+5.0%')
    """
    if share is None:
        return GAP
    rounded = money.rounded(share * 100, places)
    return f"{'+' if signed and rounded > 0 else ''}{rounded:,f}%"


def number(written: str, **attributes: str) -> str:
    """Return a table's cell with a number."""
    gap = " gap" if written == GAP else ""
    return tag("td", written, class_=f"n{gap}", **attributes)


def link(words: str, href: str) -> str:
    """Return words that lead to a report, where there is one."""
    return tag("a", text(words), href=href) if href else text(words)
