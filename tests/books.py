"""Workbooks for tests: sheets of values written as xlsx or ods, and the workbook of the invented department as values."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from decimal import Decimal
from html import escape
from pathlib import Path

import xlsxwriter
from invented import DEPARTMENT, YEAR, write_department
from python_calamine import CalamineWorkbook

from helpers.basics.paths import Folder
from helpers.edition import forms
from helpers.sample import sample

FORMS = [form for form in forms.load("sichuan-2022").values() if form.published]


@dataclass
class Sheet:
    """One sheet to be written: its name, its rows of values, merged cells, whether it is hidden."""

    name: str
    rows: list[list]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: bool = False


def invented(data: Path) -> list[Sheet]:
    """Return the tables of the workbook that the invented department publishes, as sheets of values; its cover is left out."""
    write_department(data)
    folder = Folder(data, DEPARTMENT, YEAR)
    sample.publish(folder)
    return sheets_of(folder.workbook)


def sheets_of(workbook: Path) -> list[Sheet]:
    """Return the tables of a published workbook as sheets of values; its cover is left out."""
    book = CalamineWorkbook.from_path(str(workbook))
    found = []
    for name in book.sheet_names[1:]:
        sheet = book.get_sheet_by_name(name)
        merged = [(*start, *end) for start, end in sheet.merged_cell_ranges or ()]
        found.append(Sheet(name, sheet.to_python(skip_empty_area=False), merged))
    return found


def xlsx(sheets: list[Sheet], path: Path) -> Path:
    """Write sheets as xlsx; a text that begins with = is a formula, with the value after |."""
    book = xlsxwriter.Workbook(str(path))
    for sheet in sheets:
        written = book.add_worksheet(sheet.name)
        if sheet.hidden:
            written.hide()
        for r, row in enumerate(sheet.rows):
            for c, value in enumerate(row):
                _write(written, r, c, value)
        for top, left, bottom, right in sheet.merged:
            written.merge_range(top, left, bottom, right, sheet.rows[top][left])
    if all(not sheet.hidden for sheet in sheets[:1]):
        book.worksheets()[0].activate()
    else:
        book.worksheets()[next(i for i, s in enumerate(sheets) if not s.hidden)].set_first_sheet()
        book.worksheets()[next(i for i, s in enumerate(sheets) if not s.hidden)].activate()
    book.close()
    return path


def _write(written, r: int, c: int, value) -> None:
    if isinstance(value, (int, float, Decimal)):
        written.write_number(r, c, value)
    elif str(value).startswith("="):
        formula, _, known = str(value).partition("|")
        written.write_formula(r, c, formula, value=known)
    elif value != "":
        written.write_string(r, c, str(value))


def ods(sheets: list[Sheet], path: Path) -> Path:
    """Write sheets as ods: cells one by one, and empty rows to the end as an office writes them."""
    office = "urn:oasis:names:tc:opendocument:xmlns"
    tables = "".join(
        f'<table:table table:name="{escape(sheet.name)}">'
        + "".join(
            "<table:table-row>" + "".join(map(_ods_cell, row)) + "</table:table-row>"
            for row in sheet.rows
        )
        + '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
        + "</table:table>"
        for sheet in sheets
    )
    content = (
        f'<office:document-content xmlns:office="{office}:office:1.0" '
        f'xmlns:table="{office}:table:1.0" xmlns:text="{office}:text:1.0">'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        parts.writestr("META-INF/manifest.xml", f'<manifest xmlns="{office}:manifest:1.0"/>')
        parts.writestr("content.xml", content)
    path.write_bytes(packed.getvalue())
    return path


def _ods_cell(value) -> str:
    if isinstance(value, (int, float)):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    said = f"<text:p>{escape(str(value))}</text:p>" if value != "" else ""
    return f'<table:table-cell office:value-type="string">{said}</table:table-cell>'
