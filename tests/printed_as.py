"""What a department published, made again as files of other kinds: xls and ods by LibreOffice, html and docx by hand, PDF by Chromium."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from html import escape
from pathlib import Path

import papers
from browser import CHROMIUM, browser
from python_calamine import CalamineWorkbook

from helpers.basics.paths import Folder
from helpers.report.sheet import FONT_FILE

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
_CALC = SOFFICE and [
    *Path(SOFFICE).resolve().parent.glob("libsclo.*")
]  # which the writer comes without
_LOOK = (
    "@page { size: A4; margin: 25mm } @page wide { size: 4000mm 300mm; margin: 10mm }"
    "table { page: wide; border-collapse: collapse; break-before: page }"
    "td { border: 1px solid black; font-size: 9pt; white-space: nowrap }"
    f"@font-face {{ font-family: Noto; src: url({FONT_FILE.as_uri()}) }} body {{ font-family: Noto }}"
    "p { text-indent: 2em; text-align: justify }"
)


@dataclass(frozen=True)
class Sheet:
    """A sheet as it is printed: the texts of its cells, and of the merged ones their columns and rows."""

    rows: tuple[tuple[str, ...], ...]
    merged: dict[tuple[int, int], tuple[int, int]]

    @property
    def covered(self) -> set[tuple[int, int]]:
        """The places that a merged cell stands over, but for its first."""
        return {
            (r, c)
            for (top, left), (columns, rows) in self.merged.items()
            for r in range(top, top + rows)
            for c in range(left, left + columns)
            if (r, c) != (top, left)
        }


def sheets(workbook: Path) -> Iterator[Sheet]:
    """Yield the sheets of a workbook of ours."""
    book = CalamineWorkbook.from_path(str(workbook))
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        yield Sheet(
            rows=tuple(
                tuple(_said(value) for value in row)
                for row in sheet.to_python(skip_empty_area=False)
            ),
            merged={
                (top, left): (right - left + 1, bottom - top + 1)
                for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
            },
        )


def _said(value: object) -> str:
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def html(folder: Folder) -> str:
    """Return text and tables as one page."""
    lines = folder.narrative.read_text(encoding="utf-8").splitlines()
    tables = "".join(table(sheet) for sheet in sheets(folder.workbook))
    words = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return f'<meta charset="utf-8"><style>{_LOOK}</style>{words}{tables}'


def table(sheet: Sheet) -> str:
    covered = sheet.covered
    rows = "".join(
        "<tr>"
        + "".join(
            f"<td{_over(sheet, r, c)}>{escape(text)}</td>"
            for c, text in enumerate(row)
            if (r, c) not in covered
        )
        + "</tr>"
        for r, row in enumerate(sheet.rows)
    )
    return f"<table>{rows}</table>"


def _over(sheet: Sheet, row: int, column: int) -> str:
    columns, rows = sheet.merged.get((row, column), (1, 1))
    return f' colspan="{columns}" rowspan="{rows}"' if columns * rows > 1 else ""


def docx(folder: Folder) -> bytes:
    """Return text and tables as one docx."""
    lines = folder.narrative.read_text(encoding="utf-8").splitlines()
    words = "".join(papers.p(escape(line)) for line in lines)
    tables = "".join(_grid(sheet) + papers.p() for sheet in sheets(folder.workbook))
    return papers.docx(words + tables)


def _grid(sheet: Sheet) -> str:
    above = {  # the first column of each row that a merged cell goes on in
        (r, left): columns
        for (top, left), (columns, rows) in sheet.merged.items()
        for r in range(top + 1, top + rows)
    }
    covered = sheet.covered - set(above)
    rows = "".join(
        papers.tr(
            *(
                papers.tc(escape(text), _merged(sheet, above, r, c))
                for c, text in enumerate(row)
                if (r, c) not in covered
            )
        )
        for r, row in enumerate(sheet.rows)
    )
    return f"<w:tbl>{rows}</w:tbl>"


def _merged(sheet: Sheet, above: dict[tuple[int, int], int], row: int, column: int) -> str:
    if (row, column) in above:
        return f'<w:gridSpan w:val="{above[row, column]}"/><w:vMerge/>'
    columns, rows = sheet.merged.get((row, column), (1, 1))
    more = '<w:vMerge w:val="restart"/>' if rows > 1 else ""
    return f'<w:gridSpan w:val="{columns}"/>{more}' if columns * rows > 1 else ""


def turned(file: Path, kind: str, place: Path) -> Path:
    """Return a file turned into another kind by LibreOffice: .xls, .ods, .doc, .wps is a .doc of another name."""
    command = [str(SOFFICE), "--headless", f"-env:UserInstallation={(place / 'office').as_uri()}"]
    command += ["--convert-to", kind, "--outdir", str(place), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return place / f"{file.stem}.{kind}"


def _as_book(kind: str, folder: Folder, place: Path) -> list[Path]:
    return [turned(folder.workbook, kind, place), folder.narrative]


def _as_page(folder: Folder, place: Path) -> list[Path]:
    file = place / "disclosure.html"
    file.write_text(html(folder), encoding="utf-8")
    return [file]


def _as_docx(folder: Folder, place: Path) -> list[Path]:
    file = place / "disclosure.docx"
    file.write_bytes(docx(folder))
    return [file]


def _as_pdf(folder: Folder, place: Path) -> list[Path]:
    (page,) = _as_page(folder, place)
    file = place / "disclosure.pdf"
    with browser() as running:
        shown = running.new_page()
        shown.goto(page.as_uri())
        shown.pdf(path=file, prefer_css_page_size=True)
    page.unlink()
    return [file]


KINDS: dict[str, Callable[[Folder, Path], list[Path]]] = {
    "tables": lambda folder, place: [folder.workbook],
    "xlsx": lambda folder, place: [folder.workbook, folder.narrative],
    "xls": partial(_as_book, "xls"),
    "ods": partial(_as_book, "ods"),
    "html": _as_page,
    "docx": _as_docx,
    "pdf": _as_pdf,
}
LACKING = {
    **dict.fromkeys(("xls", "ods"), "" if _CALC else "no LibreOffice Calc here"),
    "pdf": "" if CHROMIUM else "no Chromium here",
}
