"""Paragraphs of pages: lines as they were printed, put together where a line only goes on, without what repeats on every page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from helpers.basics.wrapping import runs_on
from helpers.published.grid import Line

_ENOUGH, _LONG = 4, 12  # lines that show a margin, and their characters
_EDGE = 0.1  # of a page, at its top and its bottom: where running heads and page numbers stand
_ENDLESS = 1 << 20
_PAGE_NUMBER = re.compile(r"[-—–－·第共页/\s]*\d{1,3}[-—–－·第共页/\s\d]*")
_LEADERS = re.compile(r"(?:\.{4,}|…{2,}|·{4,}|_{4,})[\dIVXivx]*$")


@dataclass(frozen=True, slots=True)
class Printed:
    """One line as it stands on a page: its edges, its height from the bottom in parts of the page, a character's width."""

    text: str
    page: int
    left: float
    right: float
    height: float
    size: float
    middle: float


@dataclass(frozen=True, slots=True)
class _Margins:
    left: float
    right: float


def of(lines: list[Printed]) -> list[Line]:
    """Return the paragraphs of a text that was printed, each with the page on which it begins."""
    kept = _without_furniture(lines)
    margins = _margins(kept)
    found: list[Line] = []
    before: Printed | None = None
    for line in kept:
        if before and _goes_on(before, line, margins):
            found[-1] = Line(text=found[-1].text + line.text, place=found[-1].place)
        else:
            found.append(Line(text=line.text, place=f"第 {line.page} 页"))
        before = line
    return found


def _goes_on(line: Printed, following: Printed, margins: dict[int, _Margins]) -> bool:
    here, there = margins.get(line.page), margins.get(following.page)
    room = _ENDLESS
    if here is None or there is None or not _alike(line, following):
        return runs_on(line.text, following.text, _ENDLESS)
    if _centred(line, following) or not _begins(following, there):
        room = max(int((here.right - line.right) / line.size * 2), 1)
    return runs_on(line.text, following.text, room)


def _alike(line: Printed, following: Printed) -> bool:
    """Return whether two lines are set in one size, the first no heading at the right: 单位：万元."""
    return abs(line.size - following.size) < 0.1 * line.size and line.left < line.middle


def _begins(line: Printed, margins: _Margins) -> bool:
    """Return whether a line is set in: a paragraph begins with it, or it is a heading."""
    return line.left > margins.left + 1.2 * line.size


def _centred(line: Printed, following: Printed) -> bool:
    return line.page == following.page and all(
        abs((one.left + one.right) / 2 - one.middle) < one.size for one in (line, following)
    )


def _margins(lines: list[Printed]) -> dict[int, _Margins]:
    """Return the margins of each page, those of its fellows of one width where it has too few lines to tell."""
    by_page: dict[int, list[Printed]] = {}
    by_width: dict[int, list[Printed]] = {}
    for line in lines:
        by_page.setdefault(line.page, []).append(line)
        by_width.setdefault(int(line.middle), []).append(line)
    alike = {width: _margins_of(found) for width, found in by_width.items()}
    return {
        page: found
        for page, written in by_page.items()
        if (found := _margins_of(written) or alike[int(written[0].middle)])
    }


def _margins_of(lines: list[Printed]) -> _Margins | None:
    long = [line for line in lines if len(line.text) >= _LONG]
    right = max(_usual(line.right for line in long if line.right > line.middle), default=None)
    left = min(_usual(line.left for line in long), default=None)
    return None if right is None or left is None else _Margins(left=left, right=right)


def _usual(edges: Iterable[float]) -> list[int]:
    """Return the edges at which several lines stand, within half a character."""
    counted = Counter(int(edge / 3) for edge in edges)
    return [place * 3 + 3 for place in counted if counted[place] + counted[place + 1] >= _ENOUGH]


def _without_furniture(lines: list[Printed]) -> list[Printed]:
    """Return the lines without page numbers, lines of a contents page, and what stands at the edge of most pages."""
    pages = len({line.page for line in lines})
    at_edge = [line for line in lines if not _EDGE < line.height < 1 - _EDGE]
    repeated = Counter(text for _, text in {(line.page, _bare(line.text)) for line in at_edge})
    furniture = {id(line) for line in at_edge if _PAGE_NUMBER.fullmatch(line.text)}
    if pages > 2:
        furniture |= {id(line) for line in at_edge if repeated[_bare(line.text)] * 2 > pages}
    return [line for line in lines if id(line) not in furniture and not _LEADERS.search(line.text)]


def _bare(text: str) -> str:
    return re.sub(r"\d+", "", text)
