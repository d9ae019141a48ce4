"""A published PDF read: its tables from their rules, its text from what stands outside them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from statistics import median

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from helpers.basics.errors import DataError
from helpers.published import drawn, lattice, paragraphs
from helpers.published.drawn import Character, Page
from helpers.published.flow import Flow
from helpers.published.grid import UNREAD, Document, Grid
from helpers.published.lattice import Lattice
from helpers.published.paragraphs import Printed

MOST_PAGES = 300
EXPECTED = "由 Word、Excel 导出的 PDF"
_AMOUNT = re.compile(r"-?\d[\d,，]*\.\d{1,2}")
_COLUMNS, _ROWS = 3, 4  # so many amounts beside each other, so often: a table
_APART = 2  # characters' widths that part two texts on one line


def read(content: bytes, name: str) -> Document:
    """Return what a PDF holds; pages that are pictures and tables without rules are refused by their number."""
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        if raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD or "assword" in str(error):
            raise DataError(name, "加了密码", "没有密码的 PDF") from error
        raise DataError(name, "不是能读的 PDF", EXPECTED) from error
    count = len(document)
    if count > MOST_PAGES:
        raise DataError(name, f"有 {count} 页，超过 {MOST_PAGES} 页", EXPECTED)
    pages = [drawn.page_of(document, number, name) for number in range(1, count + 1)]
    _refuse_pictures(pages, name)
    written: list[Printed] = []
    flow = Flow()
    for page in pages:
        for piece in _pieces(page, name):
            if isinstance(piece, Printed):
                written.append(piece)
                flow.line(piece.text)
            else:
                flow.grid(piece)
    return Document(
        lines=tuple(paragraphs.of(written)), grids=flow.grids, left_out=tuple(_unread(pages))
    )


def _unread(pages: list[Page]) -> Iterator[str]:
    """Yield in words how many letters of a page have no code: they stand in the text as one that is no letter."""
    for page in pages:
        count = sum(character.text == UNREAD for character in page.characters)
        if count:
            yield f"第 {page.number} 页的 {count} 个字（字体里没有它们的编码）"


def _refuse_pictures(pages: list[Page], name: str) -> None:
    pictures = [page.number for page in pages if not page.characters and page.pictured]
    if pictures:
        said = "、".join(map(str, pictures[:8])) + ("等" if len(pictures) > 8 else "")
        raise DataError(
            f"{name} 第 {said} 页", "是扫描的图片，没有文字", f"{EXPECTED}，或原来的 docx、xlsx"
        )


def _pieces(page: Page, name: str) -> list[Printed | Grid]:
    """Return the lines and the tables of a page from its top."""
    place = f"{name} 第 {page.number} 页"
    if len(page.across) * len(page.down) > lattice.MOST_CROSSINGS:
        raise DataError(place, "画的线太多，分不出表格", EXPECTED)
    tables = lattice.of(page)
    inside: list[list[Character]] = [[] for _ in tables]
    outside: list[Character] = []
    for character in page.characters:
        held = next((i for i, table in enumerate(tables) if table.holds(character)), None)
        (outside if held is None else inside[held]).append(character)
    lines = lattice.lines_of(outside)
    _refuse_unruled(lines, place)
    placed: list[tuple[float, Printed | Grid]] = [
        (line[0].base, _printed(line, page)) for line in lines
    ]
    placed += [
        (table.rows[0], _grid(table, found, page.number)) for table, found in zip(tables, inside)
    ]
    return [piece for _, piece in sorted(placed, key=lambda piece: -piece[0])]


def _refuse_unruled(lines: list[list[Character]], place: str) -> None:
    """Refuse a page with a table that has no rules: which column a number belongs to would be a guess."""
    wide = [line for line in lines if len(_amounts_apart(line)) >= _COLUMNS]
    if len(wide) >= _ROWS:
        raise DataError(place, "的表没有框线，分不出栏", "有框线的表，或把表另放一个 tables.xlsx")


def _amounts_apart(line: list[Character]) -> list[str]:
    return [word for word in _words(line) if _AMOUNT.fullmatch(word)]


def _words(line: list[Character]) -> list[str]:
    """Return the texts of a line that stand apart."""
    words, size = [line[0].text], _size(line)
    for one, other in itertools.pairwise(line):
        if other.left - one.right > _APART * size:
            words.append("")
        words[-1] += other.text
    return words


def _size(line: list[Character]) -> int | float:
    """Return the width of a Chinese character of a line, or twice that of another."""
    wide = [c.right - c.left for c in line if c.text > "\u2e80"]
    return max(median(wide) if wide else 2 * median(c.right - c.left for c in line), 1)


def _printed(line: list[Character], page: Page) -> Printed:
    return Printed(
        text=" ".join(_words(line)),
        page=page.number,
        left=line[0].left,
        right=line[-1].right,
        height=line[0].base / page.height,
        size=_size(line),
        middle=page.width / 2,
    )


def _grid(table: Lattice, found: list[Character], page: int) -> Grid:
    own, merged = table.filled(found)
    return Grid(
        rows=tuple(map(tuple, own)),
        merged=tuple(map(tuple, merged)),
        places=tuple((f"第 {page} 页", row) for row in range(1, len(own) + 1)),
        edges=table.columns,
    )
