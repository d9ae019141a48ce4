"""The report's tables and texts as files: cells.csv, statements.json, findings.csv, tables.xlsx."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path

from helpers import money, paths
from helpers.csvtext import csv_text
from helpers.report import Report
from helpers.tables import Side, Table


FINDING = ("rule", "severity", "place", "message", "expected", "found", "difference")


def cells_csv(report: Report) -> str:
    """Return `table,row,column,value,state`: every cell, 万元 with two decimals, blank where missing."""
    rows = (
        (c.address.table, c.address.row, c.address.column, _two(c.amount), c.state)
        for table in report.tables.published() for c in table.cells()
    )
    return csv_text(("table", "row", "column", "value", "state"), rows)


def _two(amount) -> str:
    return "" if amount is None else money.printed(amount.value, 2, trim=False)


def findings_csv(report: Report) -> str:
    """Return `rule,severity,place,message,expected,found,difference`, worst first."""
    rows = ((f.rule, f.severity, f.place, f.message, f.expected, f.found, f.difference) for f in report.found)
    return csv_text(FINDING, rows)


def statements_json(report: Report) -> str:
    """Return every sentence in reading order with its numbers and the cells they come from."""
    compared = report.comparison.by_sentence
    entries = []
    for statement in report.statements.values():
        for sentence in statement.sentences:
            beside = compared.get(sentence.id)
            entries.append({
                "id": sentence.id,
                "section": sentence.section,
                "text": sentence.text,
                "numbers": [
                    {
                        "text": n.text,
                        "value": None if n.value is None else n.text,
                        "unit": n.unit,
                        "cells": report.cells_of(n),
                    }
                    for n in sentence.numbers
                ],
                "published": beside.reading.published if beside else "",
                "verdict": beside.verdict if beside else "unpublished",
            })
    return json.dumps(entries, ensure_ascii=False, indent=1) + "\n"


def narrative_txt(report: Report) -> str:
    """Return the disclosure's text with the headings of the notebook, as a department would publish it."""
    import nbformat

    lines: list[str] = [f"{report.profile.department}", f"{report.folder.year}年度{report.profile.kind}决算", ""]
    for cell in nbformat.read(paths.NOTEBOOK, as_version=4).cells:
        if cell.cell_type == "markdown":
            lines += [m[1].replace("决算情况说明", f"{report.folder.year}年度{report.profile.kind}决算情况说明") if m[1].startswith("第") else m[1]
                      for m in re.finditer(r"^#{2,}\s+((?:第.部分|[一二三四五六七八九十]+、).*)$", cell.source, re.M)]
        elif shown := re.fullmatch(r'this\.statement\("(.+)"\)', cell.source.strip()):
            statement = report.statements[shown[1]]
            part, _, number = statement.number.partition(".")
            lines += [f"（{number}）{statement.title}"] if number and len(part) == 1 else []
            lines += ["".join(s.text for s in paragraph) for paragraph in statement.paragraphs]
    return "\n".join(lines) + "\n"


def tables_xlsx(report: Report, path: Path) -> None:
    """Write the thirteen tables, one sheet each, in their official look. Text never becomes a formula."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    book.set_properties({"title": report.name, "created": datetime(report.folder.year, 12, 31)})
    look = {
        name: book.add_format({"font_name": "宋体", "font_size": 10, **extra})
        for name, extra in {
            "title": {"bold": True, "font_size": 16, "align": "center"},
            "plain": {},
            "right": {"align": "right"},
            "head": {"bold": True, "align": "center", "valign": "vcenter", "border": 1, "text_wrap": True},
            "words": {"border": 1},
            "money": {"border": 1, "num_format": "#,##0.00;-#,##0.00;", "align": "right"},
            "gap": {"border": 1, "align": "right", "font_color": "#6A5494"},
        }.items()
    }
    for table in report.tables.published():
        _sheet(book, report, table, look)
    book.close()


def _sheet(book, report: Report, table: Table, look) -> None:
    form = table.form
    sheet = book.add_worksheet(f"{form.number} {form.name}".replace("“", "").replace("”", "")[:31])
    width = sum(len(s.columns) + 2 for s in table.sides)
    sheet.merge_range(0, 0, 0, width - 1, form.name, look["title"])
    sheet.write_string(1, 0, f"部门：{report.profile.department}", look["plain"])
    sheet.write_string(1, width - 1, f"公开{form.number}表　单位：万元", look["right"])
    left = last = 0
    for side in table.sides:
        last = max(last, _write_side(sheet, table, side, left, look))
        left += len(side.columns) + 2
    notes = [f"注：{form.note}"] if form.note else []
    notes += [note] if (note := report.empty_note(form.number)) else []
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
        sheet.write_string(r, left, row.key if row.key.isdecimal() and not row.number else row.number, look["words"])
        sheet.write_string(r, left + 1, "　" * row.level + row.label, look["words"])
        for n, column in enumerate(side.columns, left + 2):
            amount = table.cell(row.key, column.key).amount
            if amount is None:
                sheet.write_string(r, n, "缺", look["gap"])
            else:
                sheet.write_number(r, n, money.rounded(amount.value, 2), look["money"])
    return 3 + len(side.rows)
