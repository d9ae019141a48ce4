"""A structure: one labelled bar for each part, the larger first, as long as its share; last year's share is a tick."""

from __future__ import annotations

from decimal import Decimal

from helpers.basics import money
from helpers.basics.model import LAST_YEAR, Address
from helpers.basics.money import Amount
from helpers.disclosure.tables import Tables
from helpers.edition.charts import Chart
from helpers.edition.formula import Term
from helpers.report import lanes, quoted
from helpers.report.quoted import Words
from helpers.report.sheet import LEFT, LINE, Sheet

_REST = ("其他", "其余")  # what begins so stands last


def structure(
    chart: Chart, tables: Tables, year: int, sheet: Sheet, words: Words
) -> tuple[str, list[Address]]:
    """Lay a chart out on a sheet; return it in words, and the cells that it shows."""
    cells: list[Address] = []
    whole = quoted.known(tables, chart.sums, cells)
    parts = quoted.parts(chart, tables, cells)
    was, shares = _shares_before(chart, tables, parts, cells)
    rows = [
        (quoted.bar(name, amount, whole, shares.get(at), words), was.get(at))
        for name, amount, at in sorted(parts, key=_larger_first)
        if amount is None or not amount.is_zero
    ]
    zeros = [name for name, amount, _ in parts if amount is not None and amount.is_zero]
    alt = f"{year}年度{chart.name}{words.money(whole)}，"
    if rows:
        sheet.heading(chart.name, words.money(whole))
        lanes.bars(sheet, [bar for bar, _ in rows])
        alt += "其中：" + "；".join(quoted.said(bar, before, words) for bar, before in rows)
        if shares:
            sheet.height += LINE
            sheet.say(LEFT, sheet.height, "竖线：上年所占的比重")
            sheet.height += 4
    else:
        note = quoted.why_empty(chart, whole, bool(parts))
        sheet.note(note)
        alt += note
    return f"{alt}{quoted.none_of(zeros, words)}。", cells


def _larger_first(part: tuple[str, Amount | None, Address]) -> tuple[bool, bool, Decimal]:
    name, amount, _ = part
    return name.startswith(_REST), amount is None, -amount.value if amount else money.ZERO


def _shares_before(
    chart: Chart,
    tables: Tables,
    parts: list[tuple[str, Amount | None, Address]],
    cells: list[Address],
) -> tuple[dict[Address, Amount], dict[Address, Decimal]]:
    """Return last year's amount and share of each part that is shown, where its whole is known."""
    whole = quoted.known(tables, chart.sums, [], LAST_YEAR)
    if whole is None or whole.value <= 0:
        return {}, {}
    was: dict[Address, Amount] = {}
    for _, amount, at in parts:
        before = quoted.known(tables, ((Term(1, at),),), [], LAST_YEAR)
        if before is not None and before.value >= 0 and not (amount and amount.is_zero):
            was[at] = before
            cells.append(at._replace(basis=LAST_YEAR))
    return was, {at: before.value / whole.value for at, before in was.items()}
