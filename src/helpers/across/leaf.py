"""One table of one department as the desk shows it: all its columns, or one of them with the years before beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from helpers.across.words import amount
from helpers.basics.model import Address
from helpers.disclosure.tables import Table, Tables
from helpers.report.elements import tag, text

ALL = "全部栏"
_STYLE = """<style>.leaf { overflow: auto; max-height: 40rem; } .leaf td, .leaf th { padding: 2px 10px; }
.leaf td { text-align: right; font-variant-numeric: tabular-nums; } .leaf tbody th { text-align: left; }</style>"""


def columns(table: Table) -> list[str]:
    """Return the columns of a table, those of both its sides once."""
    return list(dict.fromkeys(c.key for side in table.sides for c in side.columns))


def rows(table: Table, years: Mapping[int, Tables], column: str, zeros: bool) -> dict[str, str]:
    """Return the keys and names of the rows that are shown; one that has nothing in any of them is folded away."""
    return {
        row.key: _called(row.key, row.label)
        for side in table.sides
        for row in side.rows
        if zeros or any(value is None or value for _, value in _line(table, years, row.key, column))
    }


def _called(key: str, label: str) -> str:
    return f"{key} {label}" if key.isdecimal() and key not in label else label


def leaf(table: Table, years: Mapping[int, Tables], column: str, zeros: bool) -> str:
    """Return a table as HTML; `years` are the tables of each year, the last of which is looked at."""
    shown = rows(table, years, column, zeros)
    heads = [head for head, _ in _line(table, years, next(iter(shown), ""), column)]
    head = "".join(tag("th", text(h)) for h in heads)
    lines = "".join(
        tag(
            "tr",
            tag("th", text(name)) + _cells(table, years, key, column),
        )
        for key, name in shown.items()
    )
    hidden = sum(len(side.rows) for side in table.sides) - len(shown)
    note = f"{hidden} 行全是零，收起了。" if hidden else ""
    name = f"{table.form.called} {table.form.name}（万元）"
    return (
        f"{_STYLE}<div class='leaf'><table><caption>{text(name)}</caption><thead><tr><th></th>{head}</tr></thead><tbody>{lines}</tbody></table></div>"
        + tag("p", note)
    )


def _cells(table: Table, years: Mapping[int, Tables], row: str, column: str) -> str:
    return "".join(tag("td", amount(value)) for _, value in _line(table, years, row, column))


def _line(
    table: Table, years: Mapping[int, Tables], row: str, column: str
) -> Iterator[tuple[str, Decimal | None]]:
    """Yield what each column of the leaf is headed by, and what it has in a row."""
    if column == ALL:
        for key in columns(table):
            yield key, known(table.tables, Address(table.form.number, row, key))
        return
    values = [known(tables, Address(table.form.number, row, column)) for tables in years.values()]
    yield from zip(map(str, years), values)
    if len(values) > 1:
        now, before = values[-1], values[-2]
        yield "比上年", None if now is None or before is None else now - before


def known(tables: Tables, address: Address) -> Decimal | None:
    """Return what stands in a cell, or nothing where it is missing or the year's form has none."""
    try:
        found = tables.cell(address).amount
    except KeyError:
        return None
    return found.value if found else None
