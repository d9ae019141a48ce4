"""Figures as a line of figures.csv would give them, for tests."""

from __future__ import annotations

from helpers.basics.model import Figure, Scope
from helpers.basics.money import amount

GENERAL, GOVERNMENT, STATE, OTHER = (
    "一般公共预算",
    "政府性基金预算",
    "国有资本经营预算",
    "非财政拨款",
)
BASIC, PROJECT = "基本支出", "项目支出"


def figure(
    written: str,
    item: str = "支出",
    basis: str = "决算",
    unit: str = "元",
    line: int = 2,
    **dimensions: str,
) -> Figure:
    return Figure(
        Scope(item, **dimensions),
        basis,
        amount(written, unit),
        unit,
        written,
        f"figures.csv:{line}",
    )


def wan(written: str, item: str = "支出", **dimensions: str) -> Figure:
    return figure(written, item, unit="万元", **dimensions)
