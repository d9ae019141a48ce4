"""What of printed tables was not read, or only as far as it can be guessed, in words: copies, columns, rows, units."""

from __future__ import annotations

from collections.abc import Iterator

from helpers.basics import money
from helpers.published.printed import PrintedTable

_SOME = 3  # columns, or tables, that a line names
Printed = dict[str, tuple[str, PrintedTable]]


def told(printed: Printed) -> Iterator[str]:
    """Yield what was not read of tables, each with its file and its number."""
    some = [(f"{file}:{number}", table) for number, (file, table) in printed.items()]
    yield from _without_unit(printed)
    for place, table in some:
        yield from (f"{place}：{again} 又有一份，没有读" for again in table.again)
    for place, table in some:
        if table.lost:
            yield f"{place}：没有找到{_quoted(table.lost)}{len(table.lost)} 栏"
    for place, table in some:
        for key in dict.fromkeys(table.repeated):
            yield f"{place}：「{key}」这一行不止一次，只读了第一次的"
    for place, table in some:
        for label, amount in table.strangers:
            if amount.strip("0.,"):
                yield f"{place}：样式里没有「{label}」这一行（{amount}）"


def _without_unit(printed: Printed) -> Iterator[str]:
    """Yield the tables with amounts that do not say their unit, and those that say several, by what they are taken for."""
    with_amounts = {n: (f, t) for n, (f, t) in printed.items() if any(map(_text, t.cells.values()))}
    for file in dict.fromkeys(file for file, _ in with_amounts.values()):
        tables = {n: table for n, (f, table) in with_amounts.items() if f == file}
        silent = tuple(number for number, table in tables.items() if not table.units)
        if silent:
            others = next((table.unit for table in tables.values() if table.units), "")
            taken = f"照别的表按{others}读" if others else f"按{money.WAN}读"
            yield f"{file}：{_quoted(silent)}{len(silent)} 张表没有写金额单位，{taken}"
    for number, (file, table) in with_amounts.items():
        if len(table.units) > 1:
            yield f"{file}:{number}：单位又写{'又写'.join(table.units)}，按{table.unit}读"


def _text(cell) -> str:
    return cell.text.strip("0.,-—")


def _quoted(names: tuple[str, ...]) -> str:
    some = "".join(f"「{name}」" for name in names[:_SOME])
    return f"{some}等 " if len(names) > _SOME else f"{some}这 "
