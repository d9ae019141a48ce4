"""What a published file is turned into, whatever its kind: tables as grids and text as lines, each knowing its place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

UNREAD = "\ufffd"  # stands for a letter whose font does not say which it is
Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of a text, or one line of a text file. `place` is where it stands: 第 21 页."""

    text: str
    place: str


@dataclass(frozen=True)
class Grid:
    """One table as it is laid out: what stands in each cell, and in the merged cell that each belongs to.

    `places` are where each row stands: its sheet or page, and its number there from 1; `sheet` is the name on the tab,
    which a table on a page has not, `left` how many of the sheet's columns stand before it; `above` and `below` are the
    lines round it; `edges` are those of its columns on a page, in points.
    """

    rows: Rows
    merged: Rows
    places: tuple[tuple[str, int], ...]
    sheet: str = ""
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    edges: tuple[float, ...] = ()
    left: int = 0

    def place(self, row: int, column: int) -> str:
        """Return where a cell stands: 03!C7, or 第 8 页第 7 行第 3 列."""
        where, number = self.places[row]
        if self.sheet:
            return f"{where}!{letters(self.left + column)}{number}"
        return f"{where}第 {number} 行第 {column + 1} 列"

    @property
    def width(self) -> int:
        return max(map(len, self.rows), default=0)

    def plain(self) -> dict:
        """Return the grid as JSON can hold it."""
        return {
            "rows": self.rows,
            "merged": self.merged,
            "places": self.places,
            "sheet": self.sheet,
            "above": self.above,
            "below": self.below,
            "edges": self.edges,
            "left": self.left,
        }

    @classmethod
    def of(cls, plain: dict) -> Grid:
        """Return the grid that JSON held."""
        return cls(
            rows=tuple(map(tuple, plain["rows"])),
            merged=tuple(map(tuple, plain["merged"])),
            places=tuple((where, number) for where, number in plain["places"]),
            sheet=plain["sheet"],
            above=tuple(plain["above"]),
            below=tuple(plain["below"]),
            edges=tuple(plain["edges"]),
            left=plain["left"],
        )


class Printed(NamedTuple):
    """One cell that was read of a grid: its text as found, its row and column there from 0."""

    text: str
    row: int
    column: int
    grid: Grid | None = None

    @property
    def place(self) -> str:
        """Where it stands, in words."""
        return self.grid.place(self.row, self.column) if self.grid else ""


@dataclass(frozen=True)
class Document:
    """A published file read. `left_out` says in words what was not: hidden sheets, for instance."""

    lines: tuple[Line, ...] = ()
    grids: tuple[Grid, ...] = ()
    left_out: tuple[str, ...] = ()

    def plain(self) -> dict:
        """Return the document as JSON can hold it."""
        return {
            "lines": [(line.text, line.place) for line in self.lines],
            "grids": [grid.plain() for grid in self.grids],
            "left_out": self.left_out,
        }

    @classmethod
    def of(cls, plain: dict) -> Document:
        """Return the document that JSON held."""
        return cls(
            lines=tuple(Line(text=text, place=place) for text, place in plain["lines"]),
            grids=tuple(map(Grid.of, plain["grids"])),
            left_out=tuple(plain["left_out"]),
        )


@lru_cache(maxsize=1_000)
def letters(column: int) -> str:
    """Return the letters of a column of a sheet, counted from 0.

    >>> letters(0), letters(27)
    ('A', 'AB')
    """
    found, number = "", column + 1
    while number:
        number, last = divmod(number - 1, 26)
        found = chr(65 + last) + found
    return found
