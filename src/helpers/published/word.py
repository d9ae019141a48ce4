"""A published docx read from its XML: paragraphs with the numbers that Word counts, insertions, text boxes, tables."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from helpers.basics.errors import DataError
from helpers.basics.notes import is_note
from helpers.published.flow import Flow
from helpers.published.grid import Document, Line
from helpers.published.numbering import Numbering, W
from helpers.published.spread import Spread, TooLarge

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_GONE = {f"{W}{tag}" for tag in ("del", "moveFrom", "rPr", "pPr", "instrText", "delText")} | {
    _FALLBACK
}
_WRITTEN = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_OFF = ("0", "false", "off")


def read(content: bytes, name: str) -> Document:
    """Return what a docx holds that was looked through; what was deleted in it is not there."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            names = set(parts.namelist())
            of = {
                part: ElementTree.fromstring(parts.read(f"word/{part}.xml"))
                for part in ("document", "numbering", "styles", "footnotes", "endnotes")
                if f"word/{part}.xml" in names
            }
        walk = _Walk(Numbering(of.get("numbering"), of.get("styles")))
        for part in ("document", "footnotes", "endnotes"):
            if part in of:
                walk.blocks(of[part])
    except (ElementTree.ParseError, RecursionError) as error:
        raise DataError(name, "不是能读的 docx 文档", "在 Word 里另存的普通 docx") from error
    except TooLarge as error:
        raise DataError(name, str(error), "在 Word 里另存的普通 docx") from error
    return Document(
        lines=tuple(
            Line(text=text, place=f"第 {number} 段")
            for number, text in enumerate(walk.flow.lines, 1)
        ),
        grids=walk.flow.grids,
    )


class _Walk:
    """The document gone through once, in the order in which it is read."""

    def __init__(self, numbering: Numbering):
        self.numbering, self.flow = numbering, Flow()
        self._carried = ""  # the text of a paragraph whose end was deleted

    def blocks(self, element: Element, into: list[str] | None = None) -> None:
        """Read the paragraphs and tables of an element; those of a cell go `into` it."""
        for child in element:
            if child.tag == f"{W}p":
                for text in self._paragraph(child):
                    self._write(text, into)
            elif child.tag == f"{W}tbl":
                self._table(child, into)
            elif child.tag not in _GONE:
                self.blocks(child, into)

    def _write(self, text: str, into: list[str] | None) -> None:
        if into is None:
            self.flow.line(text)
        else:
            into.append(text)

    def _paragraph(self, paragraph: Element) -> Iterator[str]:
        """Yield a paragraph's text with its number, then the paragraphs of its text boxes."""
        boxes: list[Element] = []
        text = _without_notes(_inline(paragraph, boxes))
        if text.strip():
            text = self.numbering.before(paragraph) + text
        mark = paragraph.find(f"{W}pPr/{W}rPr/{W}del")
        if mark is not None:
            self._carried += text
        else:
            yield self._carried + text
            self._carried = ""
        for box in boxes:
            inside: list[str] = []
            self.blocks(box, inside)
            yield from inside

    def _table(self, table: Element, into: list[str] | None) -> None:
        spread = Spread()
        for row in _inside(table, f"{W}tr"):
            if row.find(f"{W}trPr/{W}del") is not None:
                continue
            spread.row()
            before = row.find(f"{W}trPr/{W}gridBefore")
            spread.skip(_count(before) if before is not None else 0)
            for cell in _inside(row, f"{W}tc"):
                span, merge = cell.find(f"{W}tcPr/{W}gridSpan"), cell.find(f"{W}tcPr/{W}vMerge")
                columns = _count(span) if span is not None else 1
                goes_on = merge is not None and merge.get(f"{W}val", "continue") == "continue"
                written = spread.more(columns) if goes_on else spread.cell(columns)
                self.blocks(cell, written)
        if into is None or not spread.is_frame:
            self.flow.table(spread)
        else:
            into.extend(spread.paragraphs)


def _inside(element: Element, tag: str) -> Iterator[Element]:
    """Yield the rows of a table or the cells of a row, also those in content controls and insertions."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag not in _GONE and child.tag not in (f"{W}tbl", f"{W}p", f"{W}tc"):
            yield from _inside(child, tag)


def _count(element: Element) -> int:
    said = element.get(f"{W}val", "")
    return int(said) if said.isdecimal() and len(said) < 4 else 1


def _without_notes(pieces: Iterable[tuple[str, bool]]) -> str:
    """Return a text whose raised pieces lead to notes, without these."""
    text = ""
    for is_raised, some in groupby(pieces, itemgetter(1)):
        said = "".join(piece for piece, _ in some)
        text += "" if is_raised and is_note(said, text) else said
    return text


def _inline(
    element: Element, boxes: list[Element], raised: bool = False
) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of a paragraph's own text, and of each whether it is raised; its text boxes are kept for after it."""
    for child in element:
        if child.tag in _GONE or (child.tag == f"{W}r" and _hidden(child)):
            continue
        if child.tag == f"{W}txbxContent":
            boxes.append(child)
        elif child.tag == f"{W}t":
            yield child.text or "", raised
        elif child.tag in _WRITTEN:
            yield _WRITTEN[child.tag], raised
        elif child.tag != f"{W}p":
            yield from _inline(child, boxes, raised or _is_raised(child))


def _hidden(run: Element) -> bool:
    mark = run.find(f"{W}rPr/{W}vanish")
    return mark is not None and mark.get(f"{W}val", "1") not in _OFF


def _is_raised(run: Element) -> bool:
    mark = run.find(f"{W}rPr/{W}vertAlign")
    return mark is not None and mark.get(f"{W}val") == "superscript"
