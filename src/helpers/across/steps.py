"""Where a cell comes from, one step at a time: the cells that it adds up, or the lines of figures.csv."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.across.words import amount
from helpers.basics.model import GIVEN, Address, Cell
from helpers.disclosure.tables import Tables

_STATES = {"given": "figures.csv 写明的", "derived": "加出来的", "missing": "缺"}


@dataclass(frozen=True)
class Step:
    """One cell in words, the cells that it is made of (each with its sign), and the lines where there are none."""

    said: str
    parts: tuple[tuple[str, Address], ...]
    lines: tuple[str, ...]


def step(tables: Tables, address: Address) -> Step:
    """Return where a cell comes from. KeyError: no form has it."""
    cell = tables.cell(address)
    value = amount(cell.amount.value if cell.amount else None)
    parts = tuple(
        (f"{'+' if sign > 0 else '−'} {tables.named(part)}  {_value(tables, part)}", part)
        for sign, part in _parts(tables, cell)
        if (found := tables.cell(part).amount) is None or not found.is_zero
    )
    figures = cell.value.figures if not parts else ()
    lines = tuple(f"{f.source}  {f.scope.label}（{f.basis}） {f.written} {f.unit}" for f in figures)
    return Step(f"{tables.named(address)} = {value}，{_STATES[cell.state]}", parts, lines)


def _parts(tables: Tables, cell: Cell) -> list[tuple[int, Address]]:
    """Return the cells that one adds up, as its form says or as the levels of codes do; none of one that is written."""
    if cell.state == GIVEN:
        return []
    if cell.operands:
        return [*zip(cell.signs, cell.operands)]
    table = tables.table(cell.address.table)
    for total, made in tables.totals(table):
        if total.address == cell.address:
            return [*zip(made.signs, made.operands)]
    rows = [row for side in table.sides for row in side.rows]
    above = next((row for row in rows if row.key == cell.address.row), None)
    if above is None or not (above.is_whole or above.key.isdecimal()):
        return []
    codes = [row.key for row in rows if row.key.isdecimal()]
    below = _below("" if above.is_whole else above.key, codes)
    return [(1, cell.address._replace(row=key)) for key in below]


def _below(above: str, codes: list[str]) -> list[str]:
    """Return the codes one level below a code; below none, the highest ones.

    >>> _below("201", ["201", "20101", "2010101", "202"]), _below("", ["201", "20101"])
    (['20101'], ['201'])
    """
    inside = [code for code in codes if code.startswith(above) and code != above]
    shortest = min(map(len, inside), default=0)
    return [code for code in inside if len(code) == shortest]


def _value(tables: Tables, address: Address) -> str:
    found = tables.cell(address).amount
    return amount(found.value if found else None)
