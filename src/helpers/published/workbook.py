"""A published workbook read back by the forms that write it: tables by name, rows and columns by their labels."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from helpers.basics import apart
from helpers.basics.errors import DataError
from helpers.basics.paths import LARGEST
from helpers.basics.text import plain
from helpers.basics.yamltext import bytes_of
from helpers.edition.forms import Form, Layout, Side
from helpers.published import package

MOST_ROWS, MOST_COLUMNS, MOST_SHEETS = 5_000, 400, 60
_NUMERIC = re.compile(r"-?[\d,]+(\.\d+)?")
_CODE = re.compile(r"\d{3}(\d\d){0,2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Printed:
    """One printed cell: its text as found, and the row and column of the sheet it stands in, from 0."""

    text: str
    row: int
    column: int


@dataclass(frozen=True)
class PrintedTable:
    """One form as published: cells by row and column key, row names, and the words around the table.

    `strangers` are rows whose label the form does not know, each with the first number in it.
    """

    number: str
    sheet: str
    cells: dict[tuple[str, str], Printed]
    names: dict[str, str]
    order: tuple[str, ...]
    repeated: tuple[str, ...]
    words: tuple[str, ...]
    strangers: tuple[tuple[str, str], ...]


def read(path: Path, name: str, layouts: list[Layout]) -> dict[str, PrintedTable]:
    """Return the published forms found in a workbook, by number. A sheet that is no form is left out."""
    content = bytes_of(path, name, LARGEST)
    if package.is_old(content):
        sheets = apart.call("helpers.published.workbook:sheets_of", content, name, package.EXPECTED)
    else:
        package.look_through(content, name)
        sheets = sheets_of(content, name)
    found: dict[str, PrintedTable] = {}
    for sheet, grid in sheets:
        table = _form_of(sheet, grid, layouts)
        if table and table.form.number not in found:
            found[table.form.number] = _read(table, sheet, grid)
    return found


def sheets_of(content: bytes, name: str) -> list[tuple[str, list[list[str]]]]:
    """Return the name and the texts of each sheet of a workbook that was looked through, or that is read apart."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        read = [
            (sheet, book.get_sheet_by_name(sheet).to_python(skip_empty_area=False, nrows=MOST_ROWS))
            for sheet in book.sheet_names[:MOST_SHEETS]
        ]
    except (CalamineError, OSError, ValueError) as error:
        raise DataError(name, "不是能读的工作簿", "xlsx 或 xls") from error
    return [
        (sheet, [[_text(v) for v in row[:MOST_COLUMNS]] for row in rows]) for sheet, rows in read
    ]


def _text(value: object) -> str:
    """Return a sheet's value as text; a whole number has no point, and no number an exponent."""
    if isinstance(value, float):
        return (
            f"{value:.0f}"
            if value.is_integer() and abs(value) < 1e15
            else format(value, ".10f").rstrip("0")
        )
    return str(value).strip()


def _form_of(sheet: str, grid: list[list[str]], layouts: list[Layout]) -> Layout | None:
    """Return the form that a sheet is, by the longest form name among its first words."""
    heads = [plain(t).replace("决算明细表", "决算表") for row in grid[:4] for t in row[:3] if t] + [
        plain(re.sub(r"^\d+\s*", "", sheet))
    ]
    exact = [plain(t) for row in grid[:4] for t in row[:3] if t]

    def is_it(form: Form) -> bool:
        wanted = plain(form.name)
        return any(wanted in e for e in exact)

    named = [t for t in layouts if is_it(t.form)] or [
        t
        for t in layouts
        if any(plain(t.form.name).replace("决算明细表", "决算表") in h for h in heads)
    ]
    return max(named, key=lambda t: len(t.form.name), default=None)


def _read(table: Layout, sheet: str, grid: list[list[str]]) -> PrintedTable:
    coded = [
        any(row.by in ("function", "economic") and not row.number for row in block.rows)
        for block in table.form.blocks
    ]
    places = [_label_column(side, grid, by_code) for side, by_code in zip(table.sides, coded)]
    cells: dict[tuple[str, str], Printed] = {}
    names: dict[str, str] = {}
    repeated: list[str] = []
    strangers: list[tuple[str, str]] = []
    first = len(grid)
    for side, place, by_code in zip(table.sides, places, coded):
        if place is None or not (rows := _rows(side, grid, place, by_code)):
            continue
        end = min((p for p in places if p is not None and p > place), default=max(map(len, grid)))
        first = min(first, *rows)
        columns = _columns(side, grid, min(rows), place, end)
        strangers += _strangers(grid, rows, place, columns, by_code)
        for r, key in rows.items():
            if key in names:
                repeated.append(key)
                continue
            names[key] = (
                _at(grid, r, place + 1) if _at(grid, r, place) == key else _at(grid, r, place)
            )
            for c, column in columns.items():
                cells[key, column] = Printed(_at(grid, r, c), r, c)
    around = [t for row in grid[:first] for t in row if t] + [
        row[0] for row in grid[first:] if row and len(row[0]) > 12
    ]
    return PrintedTable(
        table.form.number,
        sheet,
        cells,
        names,
        tuple(names),
        tuple(repeated),
        tuple(around),
        tuple(strangers),
    )


def _at(grid: list[list[str]], r: int, c: int) -> str:
    return grid[r][c] if c < len(grid[r]) else ""


def _labels(side: Side) -> dict[str, list[str]]:
    """Return every way a row of a side may be written → its keys, in order where a label stands twice."""
    labels: dict[str, list[str]] = {}
    for row in side.rows:
        for text in {plain(row.key), plain(row.label)}:
            labels.setdefault(text, []).append(row.key)
    return labels


def _label_column(side: Side, grid: list[list[str]], by_code: bool) -> int | None:
    """Return the column in which most of a side's row labels or codes stand."""
    labels = _labels(side)
    hits: dict[int, int] = {}
    for row in grid:
        for c, text in enumerate(row):
            if by_code and _CODE.fullmatch(text) and (text in labels or len(side.rows) < 2):
                hits[c] = hits.get(c, 0) + 2
            # 总计 is written on both sides, so it does not tell them apart.
            elif text and plain(text) in labels and "总计" not in plain(text):
                hits[c] = hits.get(c, 0) + 1
    return max(hits, key=lambda c: (hits[c], -c), default=None)


def _rows(side: Side, grid: list[list[str]], place: int, by_code: bool) -> dict[int, str]:
    """Return sheet row → row key; a code that the side does not have is a row of its own."""
    labels, seen, found = _labels(side), dict[str, int](), dict[int, str]()
    for r in range(len(grid)):
        text = _at(grid, r, place)
        label = plain(text) if text else ""
        if by_code and not text:
            label = plain(_at(grid, r, place + 1))
            label = label if any(not k.isdecimal() for k in labels.get(label, ())) else ""
        if by_code and _CODE.fullmatch(text):
            found[r] = text
        elif label in labels:
            keys = labels[label]
            found[r] = keys[min(seen.get(label, 0), len(keys) - 1)]
            seen[label] = seen.get(label, 0) + 1
    return found


def _strangers(
    grid: list[list[str]],
    rows: dict[int, str],
    place: int,
    columns: dict[int, str],
    by_code: bool,
) -> Iterator[tuple[str, str]]:
    """Yield rows whose label is not known: the label and the first number.

    Between known rows a label is enough; before the first and after the last it has a number beside it.
    """
    for r in range(max(0, min(rows) - 2), min(len(grid), max(rows) + 4)):
        label = _at(grid, r, place) or (_at(grid, r, place + 1) if by_code else "")
        amount = next((t for c in columns if (t := _at(grid, r, c)) and _NUMERIC.fullmatch(t)), "")
        if (
            r not in rows
            and re.search("[一-龥]", label)
            and plain(label) != "栏次"
            and (amount or min(rows) < r < max(rows))
        ):
            yield label, amount


def _columns(side: Side, grid: list[list[str]], start: int, place: int, end: int) -> dict[int, str]:
    """Return sheet column → column key, by the words above the first row."""
    head = grid[max(0, start - 5) : start]
    own = {
        c: [plain(row[c]) for row in head if c < len(row) and row[c]] for c in range(place + 1, end)
    }
    carried: dict[int, set[str]] = {c: set() for c in own}
    for row in head:
        last = ""
        for c in own:
            last = plain(row[c]) if c < len(row) and row[c] else last
            carried[c].add(last)
    wanted = {
        c.key: (plain(c.label.rpartition("/")[2]), plain(c.label.rpartition("/")[0]), c.key)
        for c in side.columns
    }
    found: dict[int, str] = {}
    for key, (leaf, group, code) in wanted.items():
        for c in own:
            if (
                c not in found
                and any(
                    leaf == t or code == t or (t.startswith(code) and code.isdecimal())
                    for t in own[c]
                )
                and (not group or group in carried[c])
            ):
                found[c] = key
                break
    if len(found) < len(wanted):
        free = [
            c
            for c in own
            if not any(t in ("行次", "科目名称", "科目编码", "项目", "编码/行次") for t in own[c])
            and any(c < len(row) and _NUMERIC.fullmatch(row[c]) for row in grid[start:])
        ]
        if len(free) == len(wanted):
            return dict(zip(free, wanted))
    return found
