"""The lines and tables of a document in the order in which they are read, so that a table knows what stands round it."""

from __future__ import annotations

from dataclasses import replace

from helpers.published.grid import Grid
from helpers.published.spread import Spread

_ABOVE, _BELOW = 6, 3  # lines that a table is called by, and lines that may say something of it


class Flow:
    """What was read so far. A line break inside a line parts it; a frame round a text gives its text."""

    def __init__(self) -> None:
        self._read: list[str | Grid] = []
        self._tables = 0

    def line(self, text: str) -> None:
        """Put in one paragraph."""
        self._read += [piece for piece in text.split("\n") if piece.strip()]

    def table(self, spread: Spread) -> None:
        """Put in a table that ends."""
        if spread.is_frame:
            for text in spread.paragraphs:
                self.line(text)
        else:
            self._tables += 1
            self.grid(spread.grid(f"第 {self._tables} 张表"))

    def grid(self, grid: Grid) -> None:
        """Put in a table that is laid out already."""
        self._read.append(grid)

    @property
    def lines(self) -> list[str]:
        """The paragraphs, in order."""
        return [piece for piece in self._read if isinstance(piece, str)]

    @property
    def grids(self) -> tuple[Grid, ...]:
        """The tables, each with the lines before and after it up to the next table."""
        found: list[Grid] = []
        between: list[str] = []
        for piece in self._read:
            if isinstance(piece, str):
                between.append(piece)
                continue
            found[-1:] = [replace(grid, below=tuple(between[:_BELOW])) for grid in found[-1:]]
            found.append(replace(piece, above=tuple(between[-_ABOVE:])))
            between = []
        found[-1:] = [replace(grid, below=tuple(between[:_BELOW])) for grid in found[-1:]]
        return tuple(found)
