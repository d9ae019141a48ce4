"""The official tables as a workbook, one sheet each, in their official look."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from helpers.basics import money
from helpers.disclosure.disclosure import Disclosure
from helpers.disclosure.tables import Table
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


def tables_xlsx(disclosure: Disclosure, path: Path) -> None:
    """Write the thirteen tables, one sheet each, in their official look. Text never becomes a formula."""
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
    book.set_properties(
        {"title": disclosure.name, "created": datetime(disclosure.folder.year, 12, 31)}
    )
    look = {name: book.add_format(_FONT | extra) for name, extra in _LOOK.items()}
    for table in disclosure.tables.published():
        _sheet(book, disclosure, table, look)
    book.close()


def _sheet(book, disclosure: Disclosure, table: Table, look) -> None:
    form = table.form
    sheet = book.add_worksheet(f"{form.number} {form.name}".replace("“", "").replace("”", "")[:31])
    width = sum(len(s.columns) + 2 for s in table.sides)
    sheet.merge_range(0, 0, 0, width - 1, form.name, look["title"])
    sheet.write_string(1, 0, f"部门：{disclosure.profile.department}", look["plain"])
    sheet.write_string(1, width - 1, f"{form.called}　单位：万元", look["right"])
    left = last = 0
    for side in table.sides:
        last = max(last, _write_side(sheet, table, side, left, look))
        left += len(side.columns) + 2
    notes = [f"注：{form.note}"] if form.note else []
    notes += [note] if (note := disclosure.empty_note(form.number)) else []
    for n, note in enumerate(notes, 1):
        sheet.write_string(last + n, 0, note, look["plain"])
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    if width > 6:
        sheet.set_landscape()
    sheet.repeat_rows(0, 3)
    sheet.freeze_panes(4, 2 if len(table.sides) == 1 else 0)


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
