"""A contrast: last year, the budget and this year of each part as dots on one scale of amounts."""

from __future__ import annotations

from decimal import Decimal

from helpers.basics import money
from helpers.basics.model import LAST_YEAR, Address
from helpers.basics.money import Amount
from helpers.disclosure.tables import Tables
from helpers.edition.charts import Chart
from helpers.edition.formula import Term
from helpers.report import lanes, quoted
from helpers.report.lanes import Dots
from helpers.report.quoted import Words
from helpers.report.sheet import Sheet

_WAS, _PLANNED, _IS = "○", "◇", "●"
_KEY = f"{_WAS} 上年 {_PLANNED} 预算 {_IS} 决算"


def contrast(
    chart: Chart, tables: Tables, year: int, sheet: Sheet, words: Words
) -> tuple[str, list[Address]]:
    """Lay a chart out on a sheet; return it in words, and the cells that it shows."""
    cells: list[Address] = []
    whole = quoted.known(tables, chart.sums, cells)
    parts = quoted.parts(chart, tables, cells)
    rows = []
    for name, amount, at in parts:
        before, planned = (
            quoted.known(tables, ((Term(1, of),),), []) for of in _compared_with(chart, at)
        )
        if amount is None or any(a and not a.is_zero for a in (amount, before, planned)):
            rows.append((name, (before, planned, amount)))
    zeros = [name for name, _, _ in parts if name not in dict(rows)]
    alt = f"{year}年度{chart.name}{words.money(whole)}，"
    if rows:
        sheet.heading(chart.name, words.money(whole))
        highest = max((a.value for _, some in rows for a in some if a), default=money.ZERO)
        lanes.dots(sheet, _KEY, [_dots(name, some, highest, words) for name, some in rows])
        bars = [quoted.bar(name, some[-1], whole, None, words) for name, some in rows]
        alt += "其中：" + "；".join(quoted.said(bar, None, words) for bar in bars)
        alt += "。" + "；".join(_before(name, *some, words) for name, some in rows)
    else:
        note = quoted.why_empty(chart, whole, bool(parts))
        sheet.note(note)
        alt += note
    return f"{alt}{quoted.none_of(zeros, words)}。", cells


def _compared_with(chart: Chart, at: Address) -> tuple[Address, Address]:
    """Return the cells of last year and of the budget of a part."""
    declared = chart.parts
    assert declared is not None
    key = at.column.removeprefix(declared.cells.column.partition("*")[0])
    budget = declared.planned
    return at._replace(basis=LAST_YEAR), at._replace(column=budget.replace("*", key))


def _dots(name: str, amounts: tuple[Amount | None, ...], highest: Decimal, words: Words) -> Dots:
    told = " ".join(f"{sign} {words.number(a)}" for sign, a in zip((_WAS, _PLANNED, _IS), amounts))
    return Dots(
        name=name,
        amounts=told,
        dots=tuple(
            (sign, max(a.value, money.ZERO) / highest)
            for sign, a in zip((_WAS, _PLANNED, _IS), amounts)
            if a is not None and highest > 0
        ),
    )


def _before(
    name: str, before: Amount | None, planned: Amount | None, _: Amount | None, words: Words
) -> str:
    return f"{name}上年{words.money(before)}，预算{words.money(planned)}"
