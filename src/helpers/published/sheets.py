"""A published workbook read: each sheet that is shown, as it stands; numbers as their cells hold them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from xml.parsers import expat

from helpers.basics.errors import DataError, shown
from helpers.published.grid import Document, Grid

MOST_ROWS, MOST_COLUMNS, MOST_SHEETS, MOST_MERGED = 5_000, 400, 60, 200_000
_DECIMALS = 6  # what a number has beyond them is noise of its binary form
_LAST = Decimal(1).scaleb(-_DECIMALS)
_VALUES = frozenset(("v", "is"))


def read(content: bytes, name: str) -> Document:
    """Return the sheets of a workbook that was looked through, or that is read apart; hidden ones are left out and told."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        tabs = [tab for tab in book.sheets_metadata if tab.typ == SheetTypeEnum.WorkSheet]
        visible = [tab.name for tab in tabs if tab.visible == SheetVisibleEnum.Visible]
        hidden = [tab.name for tab in tabs if tab.visible != SheetVisibleEnum.Visible]
        sheets = {name: book.get_sheet_by_name(name) for name in visible[:MOST_SHEETS]}
        grids = [_grid(sheet, name) for name, sheet in sheets.items()]
    except (CalamineError, OSError, ValueError) as error:
        raise DataError(
            name, "不是能读的工作簿，或加了密码", "没有密码的 xlsx、xls 或 ods"
        ) from error
    return Document(
        grids=tuple(grids),
        left_out=(
            *(f"隐藏的工作表「{shown(sheet)}」" for sheet in hidden),
            *(f"第 {MOST_SHEETS} 张以后的工作表「{shown(s)}」" for s in visible[MOST_SHEETS:]),
            *(
                f"工作表「{shown(name)}」第 {MOST_ROWS} 行、第 {MOST_COLUMNS} 列以外的部分"
                for name, sheet in sheets.items()
                if _is_cut(sheet)
            ),
        ),
    )


def _is_cut(sheet) -> bool:
    row, column = sheet.end or (0, 0)  # counted from 0
    return row >= MOST_ROWS or column >= MOST_COLUMNS


def _grid(found, sheet: str) -> Grid:
    values = found.to_python(skip_empty_area=False, nrows=MOST_ROWS)
    rows = tuple(tuple(map(_text, row[:MOST_COLUMNS])) for row in values)
    return Grid(
        rows=rows,
        merged=_merged(rows, found.merged_cell_ranges or ()),
        places=tuple((sheet, number) for number in range(1, len(rows) + 1)),
        sheet=sheet,
    )


def _merged(rows: tuple[tuple[str, ...], ...], ranges) -> tuple[tuple[str, ...], ...]:
    """Return the rows with the text of each merged cell in all of its places."""
    filled, left = [list(row) for row in rows], MOST_MERGED
    for (top, start), (bottom, end) in ranges:
        if top >= len(rows) or start >= len(rows[top]) or not rows[top][start]:
            continue
        for row in filled[top : bottom + 1]:
            row[start : end + 1] = [rows[top][start]] * (min(end + 1, len(row)) - start)
            left -= end + 1 - start
            if left < 0:
                return rows
    return tuple(map(tuple, filled))


def _text(value: object) -> str:
    """Return a sheet's value as text; a whole number has no point, and no number an exponent or a tail of noise.

    >>> _text(201.0), _text(138.92670000000001), _text(1e-7), _text(" 货物 ")
    ('201', '138.9267', '0', '货物')
    """
    if isinstance(value, str):
        return value.strip()
    if not isinstance(value, float):
        return str(value).strip()
    if not value:
        return "0"
    if value != value or abs(value) > 1e18:
        return str(value)
    whole, _, decimals = (said := repr(value)).partition(".")
    if len(decimals) <= _DECIMALS and "e" not in said:
        return whole if decimals == "0" else said
    exact = Decimal(said).quantize(_LAST, ROUND_HALF_UP)
    return f"{exact:f}".rstrip("0").removesuffix(".") if exact else "0"


def refuse_uncalculated(content: bytes, name: str, sheets: Mapping[str, str]) -> None:
    """Refuse an xlsx with formulas that were never calculated: they would read as blank, which is zero.

    `sheets` are the parts that have formulas, with the names of their sheets.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        for part, sheet in sheets.items():
            if places := _Formulas(parts.read(part)).uncalculated:
                raise DataError(
                    f"{name} 工作表「{shown(sheet)}」",
                    f"{places[0]} 等 {len(places)} 格是没有算出数的公式",
                    "在 Excel 里打开并保存一次的文件",
                )


class _Formulas:
    """The cells of a sheet whose formula has no value beside it; one that gives an empty text has one."""

    def __init__(self, xml: bytes):
        self.uncalculated: list[str] = []
        self._place, self._formula, self._valued, self._inside = "", False, False, False
        parser = expat.ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler = self._begin, self._end
        parser.CharacterDataHandler = self._written
        parser.Parse(xml, True)

    def _begin(self, element: str, attributes: dict[str, str]) -> None:
        tag = element.rpartition(":")[2]
        if tag == "c":
            self._place, self._formula = attributes.get("r", "?"), False
            self._valued = attributes.get("t") == "str"
        self._formula |= tag == "f"
        self._inside = tag in _VALUES

    def _written(self, text: str) -> None:
        self._valued |= self._inside and bool(text.strip())

    def _end(self, element: str) -> None:
        tag = element.rpartition(":")[2]
        self._inside = False
        if tag == "c" and self._formula and not self._valued:
            self.uncalculated.append(self._place)
