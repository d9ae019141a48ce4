"""A Word table written as one piece of XML: heads repeated on every page, rows unbroken, widths fixed."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import quoteattr

from helpers.export import fitting
from helpers.export.word import DIGITS, HEADING_FONT, SONG, run_xml
from helpers.report.laid import CODE, GAP, HEAD, MONEY, SEQ, Slot

_BORDER = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_ALIGNED = {HEAD: "center", SEQ: "center", CODE: "left", MONEY: "right", GAP: "right"}


def table_xml(
    head: Sequence[Sequence[Slot]],
    body: Sequence[Sequence[Slot]],
    widths: Sequence[int],
    style: str,
    half_points: int = 18,
    caption: str = "",
) -> str:
    """Return a table of slots with columns of `widths` twips; `style` is the id of its paragraphs' style.

    The rows of the head are repeated where it goes on to another page. `caption` is told to who cannot see it.
    """
    rows = [*head, *body]
    writer = _Writer(widths, style, half_points)
    last = len(rows) - 1
    written = "".join(
        writer.row(row, n < len(head), n < len(head) or n == last) for n, row in enumerate(rows)
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    told = f"<w:tblCaption w:val={quoteattr(caption)}/>" if caption else ""
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f"<w:tblBorders>{_BORDER}</w:tblBorders>"
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="{fitting.MARGIN}" w:type="dxa"/>'
        f'<w:right w:w="{fitting.MARGIN}" w:type="dxa"/></w:tblCellMar>{told}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{written}</w:tbl>"
    )


class _Writer:
    """The rows of one table, with what the rows above them still reach down into."""

    def __init__(self, widths: Sequence[int], style: str, half_points: int):
        self.widths, self.style, self.half_points = widths, style, half_points
        self.reaching: dict[
            int, tuple[int, int]
        ] = {}  # left column → (width in columns, rows left)

    def row(self, slots: Sequence[Slot], is_head: bool, keeps: bool) -> str:
        """Return a row; one that keeps stands on the page of what follows it: a head, the row before the notes."""
        marks = "<w:cantSplit/>" + ("<w:tblHeader/>" if is_head else "")
        cells, left = [], 0
        waiting = list(slots)
        while left < len(self.widths):
            if left in self.reaching:
                across, rest = self.reaching.pop(left)
                cells.append(self.cell(Slot(look=HEAD, across=across), left, "<w:vMerge/>", keeps))
                if rest > 1:
                    self.reaching[left] = across, rest - 1
            else:
                slot = waiting.pop(0)
                across = slot.across
                merged = '<w:vMerge w:val="restart"/>' if slot.down > 1 else ""
                cells.append(self.cell(slot, left, merged, keeps))
                if slot.down > 1:
                    self.reaching[left] = across, slot.down - 1
            left += across
        return f"<w:tr><w:trPr>{marks}</w:trPr>{''.join(cells)}</w:tr>"

    def cell(self, slot: Slot, left: int, merged: str, keeps: bool) -> str:
        width = sum(self.widths[left : left + slot.across])
        span = f'<w:gridSpan w:val="{slot.across}"/>' if slot.across > 1 else ""
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merged}<w:vAlign w:val="center"/></w:tcPr>'
            f"{self.paragraph(slot, keeps)}</w:tc>"
        )

    def paragraph(self, slot: Slot, keeps: bool) -> str:
        font = HEADING_FONT if slot.look == HEAD or slot.is_total else SONG
        look = (
            f'<w:rFonts w:ascii="{DIGITS}" w:hAnsi="{DIGITS}" w:eastAsia="{font}"/>'
            f'<w:sz w:val="{self.half_points}"/><w:szCs w:val="{self.half_points}"/>'
        )
        align = _ALIGNED.get(slot.look, "left")
        keep = "<w:keepNext/>" if keeps else ""
        indent = f'<w:ind w:left="{slot.level * self.half_points * 10}"/>' if slot.level else ""
        return (
            f"<w:p><w:pPr><w:pStyle w:val={quoteattr(self.style)}/>{keep}"
            f'<w:spacing w:before="10" w:after="10" w:line="{fitting.line(self.half_points)}" w:lineRule="exact"/>{indent}<w:jc w:val="{align}"/>'
            f"<w:rPr>{look}</w:rPr></w:pPr>{run_xml(slot.text, look)}</w:p>"
        )
