"""The official tables as a workbook, one sheet each, in their official look."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from helpers.basics import money
from helpers.disclosure.disclosure import Disclosure
from helpers.disclosure.tables import Table
from helpers.edition import codes
from helpers.edition.forms import Side

_FONT: dict[str, object] = {"font_name": "宋体", "font_size": 10}
_LOOK: dict[str, dict[str, object]] = {
    "title": {"bold": True, "font_size": 16, "align": "center"},
    "plain": {},
    "right": {"align": "right"},
    "head": {
        "bold": True,
        "align": "center",
        "valign": "vcenter",
        "border": 1,
        "text_wrap": True,
    },
    "words": {"border": 1},
    "money": {"border": 1, "num_format": "#,##0.00;-#,##0.00;", "align": "right"},
    "gap": {"border": 1, "align": "right", "font_color": "#6A5494"},
}


@dataclass(frozen=True)
class _Heading:
    """Whose tables they are, of which year, and the note that stands under a table by its number."""

    title: str
    department: str
    year: int
    note_under: Callable[[str], str]


def tables_xlsx(disclosure: Disclosure, path: Path) -> None:
    """Write the thirteen tables, one sheet each, in their official look. Text never becomes a formula."""
    heading = _Heading(
        title=disclosure.name,
        department=disclosure.profile.department,
        year=disclosure.folder.year,
        note_under=disclosure.empty_note,
    )
    with _book(path, heading) as book:
        look = {name: book.add_format(_FONT | extra) for name, extra in _LOOK.items()}
        for table in disclosure.tables.published():
            _sheet(book, heading, table, look)


def form_xlsx(tables: Iterable[Table], department: str, year: int, path: Path) -> None:
    """Write tables to fill in: 缺 where nothing is filled in, spare rows below, codes to choose from."""
    heading = _Heading(
        title=f"{department} {year} 年度待填表",
        department=department,
        year=year,
        note_under=lambda number: "把「缺」改成数；留着「缺」就是没有，空白和 0 都是零",
    )
    with _book(path, heading) as book:
        look = {name: book.add_format(_FONT | extra) for name, extra in _LOOK.items()}
        every = list(tables)
        lists = {by: f"={_LISTS}!${c}$1:${c}${len(of)}" for c, by, of in _code_lists()}
        for table in every:
            sheet, last = _sheet(book, heading, table, look)
            by = _family_of(table)
            if by:
                _spare_rows(sheet, table, last + _NOTES, look, lists[by])
        _write_lists(book.add_worksheet(_LISTS))


_LISTS, _SPARE, _NOTES = "科目", 12, 3


def _code_lists() -> list[tuple[str, str, codes.CodeList]]:
    return [("A", "function", codes.functional()), ("C", "economic", codes.economic())]


def _write_lists(sheet) -> None:
    """Write every code with its name beside it."""
    for column, _, of in _code_lists():
        for r, code in enumerate(of):
            sheet.write_string(r, ord(column) - ord("A"), code)
            sheet.write_string(r, ord(column) - ord("A") + 1, of.name(code))
    sheet.set_column(1, 1, 40)
    sheet.set_column(3, 3, 40)


def _family_of(table: Table) -> str:
    """Return of which codes a table may have further rows, or nothing."""
    rows = [row for block in table.form.blocks for row in block.rows]
    return next((r.by for r in rows if r.by in ("function", "economic") and not r.every), "")


def _spare_rows(sheet, table: Table, first: int, look, source: str) -> None:
    columns = table.sides[0].columns
    for r in range(first, first + _SPARE):
        sheet.write_blank(r, 0, None, look["words"])
        sheet.write_blank(r, 1, None, look["words"])
        for n in range(2, len(columns) + 2):
            sheet.write_blank(r, n, None, look["money"])
    options = {"validate": "list", "source": source, "error_type": "warning"}
    told = {"input_title": "科目编码", "input_message": "从表里选，名称见「科目」一页"}
    sheet.data_validation(first, 0, first + _SPARE - 1, 0, options | told)


@contextmanager
def _book(path: Path, heading: _Heading) -> Iterator:
    import xlsxwriter

    book = xlsxwriter.Workbook(
        str(path),
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties({"title": heading.title, "created": datetime(heading.year, 12, 31)})
    yield book
    book.close()


def _sheet(book, heading: _Heading, table: Table, look):
    """Write one table on a sheet of its own; return the sheet and the last row of the table."""
    form = table.form
    sheet = book.add_worksheet(f"{form.number} {form.name}".replace("“", "").replace("”", "")[:31])
    width = sum(len(s.columns) + 2 for s in table.sides)
    sheet.merge_range(0, 0, 0, width - 1, form.name, look["title"])
    sheet.write_string(1, 0, f"部门：{heading.department}", look["plain"])
    sheet.write_string(1, width - 1, f"{form.called}　单位：万元", look["right"])
    left = last = 0
    for side in table.sides:
        last = max(last, _write_side(sheet, table, side, left, look))
        left += len(side.columns) + 2
    notes = [f"注：{form.note}"] if form.note else []
    notes += [note] if (note := heading.note_under(form.number)) else []
    for n, note in enumerate(notes, 1):
        sheet.write_string(last + n, 0, note, look["plain"])
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    if width > 6:
        sheet.set_landscape()
    sheet.repeat_rows(0, 3)
    sheet.freeze_panes(4, 2 if len(table.sides) == 1 else 0)
    return sheet, last


def _write_side(sheet, table: Table, side: Side, left: int, look) -> int:
    """Write one side from its left column on and return its last row."""
    for offset, head in enumerate(("编码/行次", "项目")):
        sheet.merge_range(2, left + offset, 3, left + offset, head, look["head"])
    sheet.set_column(left, left, 9)
    sheet.set_column(left + 1, left + 1, 30)
    sheet.set_column(left + 2, left + 1 + len(side.columns), 13)
    for n, column in enumerate(side.columns, left + 2):
        group, _, leaf = column.label.rpartition("/")
        sheet.write_string(2, n, group or leaf, look["head"])
        sheet.write_string(3, n, leaf if group else column.number, look["head"])
    for r, row in enumerate(side.rows, 4):
        sheet.write_string(
            r,
            left,
            row.key if row.key.isdecimal() and not row.number else row.number,
            look["words"],
        )
        sheet.write_string(r, left + 1, "　" * row.level + row.label, look["words"])
        for n, column in enumerate(side.columns, left + 2):
            amount = table.cell(row.key, column.key).amount
            if amount is None:
                sheet.write_string(r, n, "缺", look["gap"])
            else:
                sheet.write_number(r, n, money.rounded(amount.value, 2), look["money"])
    return 3 + len(side.rows)
