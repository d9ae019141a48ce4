"""What is drawn on a page of a PDF: characters with their base lines, rules, and whether there are pictures."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from helpers.basics.errors import DataError
from helpers.published.grid import UNREAD

MOST_PATHS = 20_000  # drawn on one page
_THIN, _SHORT = 2.5, 4  # points: a box this thin is a rule; a rule is no shorter
_SNAP, _GAP = 2.0, 3.0  # rules this near are one; a gap this small is none
_DEEPEST = 3
_NOTHING = frozenset((9, 10, 13, 32, 160, 0x3000, 0xFFFE, 0x200B, 0xFEFF))
Turn = Callable[[float, float], tuple[float, float]]


class Character(NamedTuple):
    """A visible character: its left and right edge, its base line, and whether a space stands before it."""

    left: float
    right: float
    base: float
    text: str

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


class Rule(NamedTuple):
    """A drawn rule: where it stands, and from where to where it runs."""

    at: float
    start: float
    end: float


@dataclass(frozen=True)
class Page:
    """What is drawn on one page as it is shown. `pictured` is the part of the page that pictures cover."""

    number: int
    width: float
    height: float
    characters: tuple[Character, ...]
    across: tuple[Rule, ...]
    down: tuple[Rule, ...]
    pictured: bool


def page_of(document: pdfium.PdfDocument, number: int, name: str) -> Page:
    """Return what is drawn on a page, by its number from 1."""
    page = document[number - 1]
    turn, (width, height) = _turn(page), page.get_size()
    across, down, pictured = _drawn(page, turn, f"{name} 第 {number} 页")
    return Page(
        number=number,
        width=width,
        height=height,
        characters=tuple(_characters(page, turn)),
        across=tuple(_joined(across)),
        down=tuple(_joined(down)),
        pictured=pictured,
    )


def _turn(page: pdfium.PdfPage) -> Turn:
    """Return how a point of the page's own space stands on the page as it is shown."""
    left, bottom, right, top = page.get_mediabox()
    turns: dict[int, Turn] = {
        0: lambda x, y: (x - left, y - bottom),
        90: lambda x, y: (y - bottom, right - x),
        180: lambda x, y: (right - x, top - y),
        270: lambda x, y: (top - y, x - left),
    }
    return turns[page.get_rotation()]


def _characters(page: pdfium.PdfPage, turn: Turn) -> Iterator[Character]:
    """Yield the visible characters; a watermark or a seal that stands aslant is none of the text.

    The boxes of PDFium put 。、 on other lines in some files, and the font size is no measure where a matrix scales it:
    a character's origin stands on its base line in all.
    """
    text = page.get_textpage()
    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    found: list[tuple[int, Character]] = []
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text.raw, index)
        if code in _NOTHING or raw.FPDFText_IsGenerated(text.raw, index) == 1:
            continue
        raw.FPDFText_GetLooseCharBox(text.raw, index, box)
        raw.FPDFText_GetCharOrigin(text.raw, index, x, y)
        (one, _), (other, _) = turn(box.left, box.bottom), turn(box.right, box.top)
        _, base = turn(x.value, y.value)
        slant = int(raw.FPDFText_GetCharAngle(text.raw, index) * 10)
        left, right = min(one, other), max(one, other)
        found.append((slant, Character(left=left, right=right, base=base, text=_letter(code))))
    upright = Counter(slant for slant, _ in found).most_common(1)
    return (character for slant, character in found if slant == upright[0][0])


def _letter(code: int) -> str:
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else UNREAD


def _drawn(page: pdfium.PdfPage, turn: Turn, place: str) -> tuple[list[Rule], list[Rule], bool]:
    """Return the rules across and down: thin boxes, strokes and edges of boxes; and whether pictures fill the page."""
    across: list[Rule] = []
    down: list[Rule] = []
    covered = 0.0
    kinds = [raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE]
    for count, shape in enumerate(page.get_objects(filter=kinds, max_depth=_DEEPEST)):
        if count > MOST_PATHS:
            raise DataError(place, f"画了超过 {MOST_PATHS} 笔", "由 Word、Excel 导出的 PDF")
        left, bottom, right, top = shape.get_bounds()
        (left, bottom), (right, top) = turn(left, bottom), turn(right, top)
        left, right, bottom, top = (
            min(left, right),
            max(left, right),
            min(bottom, top),
            max(bottom, top),
        )
        if shape.type == raw.FPDF_PAGEOBJ_IMAGE:
            covered += (right - left) * (top - bottom)
        elif top - bottom <= _THIN < right - left:
            across.append(Rule(at=(bottom + top) / 2, start=left, end=right))
        elif right - left <= _THIN < top - bottom:
            down.append(Rule(at=(left + right) / 2, start=bottom, end=top))
        elif right - left > _THIN:
            _strokes(shape, turn, across, down)
    width, height = page.get_size()
    return across, down, covered > width * height / 3


def _strokes(shape, turn: Turn, across: list[Rule], down: list[Rule]) -> None:
    """Put in the upright and level strokes of a path that is drawn and not only filled."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(shape.raw, ctypes.byref(fill), ctypes.byref(stroke))
    if not stroke.value:
        return
    matrix, x, y = shape.get_matrix(), ctypes.c_float(), ctypes.c_float()
    start = last = None
    for index in range(min(raw.FPDFPath_CountSegments(shape.raw), MOST_PATHS)):
        segment = raw.FPDFPath_GetPathSegment(shape.raw, index)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = turn(*matrix.on_point(x.value, y.value))
        if last is None or raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
            start = last = point
            continue
        _stroke(last, point, across, down)
        if raw.FPDFPathSegment_GetClose(segment):
            _stroke(point, start, across, down)
        last = point


def _stroke(one, other, across: list[Rule], down: list[Rule]) -> None:
    (x, y), (to_x, to_y) = one, other
    if abs(y - to_y) < 1:
        across.append(Rule(at=y, start=min(x, to_x), end=max(x, to_x)))
    elif abs(x - to_x) < 1:
        down.append(Rule(at=x, start=min(y, to_y), end=max(y, to_y)))


def _joined(rules: list[Rule]) -> Iterator[Rule]:
    """Yield the rules with the pieces of one put together; what is too short is none."""
    groups: list[list[Rule]] = []
    for rule in sorted(rules):
        if groups and rule.at - groups[-1][-1].at <= _SNAP:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    for group in groups:
        at = (group[0].at + group[-1].at) / 2
        pieces: list[Rule] = []
        for _, start, end in sorted(group, key=lambda rule: rule.start):
            if pieces and start <= pieces[-1].end + _GAP:
                pieces[-1] = pieces[-1]._replace(end=max(end, pieces[-1].end))
            else:
                pieces.append(Rule(at=at, start=start, end=end))
        yield from (piece for piece in pieces if piece.end - piece.start >= _SHORT)
