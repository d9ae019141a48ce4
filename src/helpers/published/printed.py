"""Published tables read back by the forms that write them, from a workbook, a PDF, a document or a web page alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from helpers.basics import money
from helpers.edition.forms import Form
from helpers.published import (
    body,
    continued,
    crossed,
    documents,
    miscoded,
    printings,
    slid,
    titles,
    units,
)
from helpers.published.grid import Document, Grid, Printed
from helpers.published.words import digits, folded, is_amount

_NAMED = re.compile(
    r"(?:公开\d+表)?(?:部门|单位|编制单位|公开部门|部门名称|单位名称)[:：](.+?)(?:公开\d+表)?(?:(?:金额|货币)?单位[:：].+)?"
)
_NOTE = re.compile("^(注|说明|备注)|无数据|没有数据|空表")
_SHORT, _LONG = 40, 12  # characters of a line above a table, and of a note under it


@dataclass(frozen=True)
class PrintedTable:
    """One form as published: cells by row and column key, row names, and the words around the table.

    `strangers` are rows whose label the form does not know, each with the first number in it; `lost` are columns of the
    form that are not found, `without` those that a table of its name does not have, `turned` those whose head is set the
    other way round; `units` is what the table says that its amounts are in; `again` is where it is printed once more,
    `of_others` which other departments those name. `miscoded` are rows that stand there under the code of another;
    `slid` are those that have the numbers of another row, among whose cells they are.
    """

    number: str
    sheet: str
    cells: dict[tuple[str, str], Printed]
    names: dict[str, str]
    order: tuple[str, ...]
    repeated: tuple[str, ...]
    words: tuple[str, ...]
    strangers: tuple[tuple[str, str], ...]
    lost: tuple[str, ...] = ()
    without: frozenset[str] = frozenset()
    turned: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    of_others: tuple[str, ...] = ()
    miscoded: dict[str, str] = field(default_factory=dict)
    slid: dict[str, str] = field(default_factory=dict)

    @property
    def department(self) -> str:
        """The department that it names in its head, blank where it names none."""
        words = (re.sub(r"\s", "", word) for word in self.words)
        names = (match[1] for word in words if (match := _NAMED.fullmatch(word)))
        return next((name for name in names if not name.endswith("元")), "")

    @property
    def unit(self) -> str:
        """What its amounts are in, as far as it says so."""
        return self.units[0] if self.units else money.WAN


def read(
    path: Path, name: str, forms: Iterable[Form], year: int = 0, text: str = ""
) -> dict[str, PrintedTable]:
    """Return the published forms found in a file, by number. A table that is no form is left out."""
    return of(documents.read(path, name), forms, year, text)


def of(
    document: Document, forms: Iterable[Form], year: int = 0, text: str = ""
) -> dict[str, PrintedTable]:
    """Return the forms found in a document, by number; a table that goes on over pages or in pieces is one.

    Of two that are printed, the one whose title says another year than the disclosure's comes last. `text` is what was
    published beside them, which may tell whether a code is wrong or the name beside it.
    """
    known, found = printings.every(forms), dict[str, PrintedTable]()
    whole = {form.number: form for form in reversed(known)}
    joined = continued.joined(document.grids, known).of_forms
    if year:
        joined.sort(key=lambda one: titles.is_of_another_year(one[1], one[0], year))
    for form, grid in joined:
        table = _table(form, grid, printings.without(form, whole[form.number]))
        first = found.get(form.number)
        first = first if first and first.cells else None
        found[form.number] = table if first is None else _with(first, table, grid)
    moved = miscoded.moved({number: table.names for number, table in found.items()}, text)
    found = {number: _recoded(table, moved.get(number, {})) for number, table in found.items()}
    rows = slid.slid({number: _amounts(table) for number, table in found.items()})
    return {number: _realigned(table, rows.get(number, {})) for number, table in found.items()}


def _recoded(table: PrintedTable, moved: dict[str, str]) -> PrintedTable:
    """Return a table with its rows under the codes that are meant, which are given by those that it has."""
    if not moved:
        return table
    return replace(
        table,
        cells={(moved.get(r, r), column): cell for (r, column), cell in table.cells.items()},
        names={moved.get(row, row): name for row, name in table.names.items()},
        order=tuple(moved.get(row, row) for row in table.order),
        miscoded=table.miscoded | {meant: code for code, meant in moved.items()},
    )


def _amounts(table: PrintedTable) -> dict[str, dict[str, Decimal]]:
    """Return the numbers of the rows of a table, as they are printed."""
    found: dict[str, dict[str, Decimal]] = {}
    for (row, column), cell in table.cells.items():
        text = digits(cell.text, table.unit)
        if text is not None:
            found.setdefault(row, {})[column] = Decimal(text)
    return found


def _realigned(table: PrintedTable, rows: dict[str, str]) -> PrintedTable:
    """Return a table with the numbers of the rows that slid in the rows whose they are; what is nobody's is left out."""
    if not rows:
        return table
    cells = {place: cell for place, cell in table.cells.items() if place[0] not in rows}
    taken = {row for row, _ in cells}
    moved = {
        (rows[row], column): cell
        for (row, column), cell in table.cells.items()
        if rows.get(row, "") not in {"", *taken}
    }
    return replace(table, cells=cells | moved, slid=rows)


def unknown(document: Document, forms: Iterable[Form]) -> list[str]:
    """Return where tables with amounts stand that are no form: their sheet, page or number."""
    found = continued.joined(document.grids, printings.every(forms)).unknown
    return [
        grid.sheet or grid.places[0][0]
        for grid in found
        if any("." in text and is_amount(folded(text)) for row in grid.rows for text in row)
    ]


def _with(first: PrintedTable, other: PrintedTable, grid: Grid) -> PrintedTable:
    """Return a table with further rows or columns of it; one that is printed once more is told and not read."""
    if other.department and first.department and other.department != first.department:
        return replace(
            first,
            again=(*first.again, grid.places[0][0]),
            of_others=(*first.of_others, other.department),
        )
    more = {column for _, column in other.cells} - {column for _, column in first.cells}
    if not more and _goes_on(first, other):
        return _with_rows(first, other)
    if not more or (grid.sheet and not _has_its_rows(first, other)):
        return replace(first, again=(*first.again, grid.places[0][0]))
    return replace(
        first,
        cells=first.cells
        | {place: cell for place, cell in other.cells.items() if place[1] in more},
        names=other.names | first.names,
        order=tuple(dict.fromkeys((*first.order, *other.order))),
        strangers=tuple(dict.fromkeys((*first.strangers, *other.strangers))),
        lost=tuple(column for column in first.lost if column not in more),
    )


def _goes_on(first: PrintedTable, other: PrintedTable) -> bool:
    """Return whether a table has rows that the first has not, and none that it says otherwise: 续表."""
    rows = {row for row, _ in first.cells}
    return any(row not in rows for row, _ in other.cells) and all(
        first.cells[place].text == cell.text
        for place, cell in other.cells.items()
        if place in first.cells
    )


def _has_its_rows(first: PrintedTable, other: PrintedTable) -> bool:
    """Return whether a table has the rows of the first and says nothing of them otherwise: further columns."""
    rows = {row for row, _ in first.cells}
    return all(
        place[0] in rows and first.cells.get(place, cell).text == cell.text
        for place, cell in other.cells.items()
    )


def _with_rows(first: PrintedTable, other: PrintedTable) -> PrintedTable:
    return replace(
        first,
        cells=other.cells | first.cells,
        names=first.names | other.names,
        order=tuple(dict.fromkeys((*first.order, *other.order))),
        repeated=(*first.repeated, *other.repeated),
        miscoded=first.miscoded | other.miscoded,
        strangers=tuple(dict.fromkeys((*first.strangers, *other.strangers))),
        lost=tuple(column for column in first.lost if column in other.lost),
    )


def _table(form: Form, grid: Grid, without: frozenset[str]) -> PrintedTable:
    upright = body.read(form, grid)
    found = upright if upright.cells else crossed.read(form, grid) or upright
    words = _words(grid, upright.start)
    return PrintedTable(
        number=form.number,
        sheet=grid.sheet or grid.places[0][0],
        cells=found.cells,
        names=found.names,
        order=tuple(found.names),
        repeated=tuple(found.repeated),
        words=words,
        strangers=tuple(dict.fromkeys(found.strangers)),
        lost=tuple(found.lost),
        without=without,
        turned=tuple(found.turned),
        miscoded=found.miscoded,
        units=units.said(_round(grid, upright)),
    )


def _round(grid: Grid, found: body.Body) -> Iterator[Iterable[str]]:
    """Yield the rows that stand round the body of a table: the lines above it from the nearest, its head, what is below."""
    last = max((cell.row for cell in found.cells.values()), default=found.start - 1)
    yield from ([line] for line in reversed(grid.above))
    yield from grid.rows[: found.start]
    yield from grid.rows[last + 1 :]


def _words(grid: Grid, start: int) -> tuple[str, ...]:
    above = [line for line in grid.above if len(line) <= _SHORT and "。" not in line]
    head = [text for row in grid.rows[:start] for text in row if text]
    notes = [row[0] for row in grid.rows[start:] if row and len(row[0]) > _LONG]
    return (*above, *head, *notes, *(line for line in grid.below if _NOTE.search(line)))
