"""A table of a document while it is read: cells laid out one by one, each over the columns and rows that it says."""

from __future__ import annotations

from helpers.published.grid import Grid

MOST_COLUMNS, MOST_ROWS, MOST_CELLS = 400, 5_000, 100_000


class TooLarge(Exception):
    """A table has more cells than any that is published."""

    def __str__(self) -> str:
        return f"一张表超过 {MOST_CELLS} 格"


class Spread:
    """The cells of a table by their place; a merged one stands in all of its places."""

    def __init__(self) -> None:
        self._cells: list[list[str]] = []  # each cell's paragraphs
        self._owner: dict[tuple[int, int], int] = {}
        self._first: dict[tuple[int, int], int] = {}
        self._row, self._column = -1, 0

    def row(self) -> None:
        """Begin a row."""
        self._row, self._column = min(self._row + 1, MOST_ROWS - 1), 0

    def skip(self, columns: int) -> None:
        """Leave out columns before the first cell of a row."""
        self._column += columns

    def cell(self, columns: int = 1, rows: int = 1) -> list[str]:
        """Begin a cell; return where its paragraphs go."""
        self._row = max(self._row, 0)
        while (self._row, self._column) in self._owner:
            self._column += 1
        written: list[str] = []
        self._put(written, columns, rows)
        return written

    def more(self, columns: int) -> list[str]:
        """Begin the continuation of the cell above; return where its paragraphs go."""
        above = self._owner.get((self._row - 1, self._column))
        if above is None:
            return self.cell(columns)
        for column in range(self._column, min(self._column + columns, MOST_COLUMNS)):
            self._owner[self._row, column] = above
        self._column += columns
        return []

    def _put(self, written: list[str], columns: int, rows: int) -> None:
        number = len(self._cells)
        if max(number, len(self._owner)) > MOST_CELLS:
            raise TooLarge
        self._cells.append(written)
        first, last = self._column, min(self._column + max(columns, 1), MOST_COLUMNS)
        for row in range(self._row, min(self._row + max(rows, 1), MOST_ROWS)):
            for column in range(first, last):
                self._owner.setdefault((row, column), number)
        self._first[self._row, first] = number
        self._column = max(last, first + 1)

    @property
    def is_frame(self) -> bool:
        """Whether it has no two cells beside each other: a frame round a text, no table."""
        by_row: dict[int, set[int]] = {}
        for (row, _), number in self._owner.items():
            by_row.setdefault(row, set()).add(number)
        return all(len(cells) < 2 for cells in by_row.values())

    @property
    def paragraphs(self) -> list[str]:
        """What stands in its cells, in order."""
        return [text for cell in self._cells for text in cell]

    def grid(self, where: str) -> Grid:
        """Return the table, named by its place in the document: 第 3 张表."""
        height = 1 + max((row for row, _ in self._owner), default=-1)
        width = 1 + max((column for _, column in self._owner), default=-1)
        texts = ["".join(cell).strip() for cell in self._cells]
        return Grid(
            rows=tuple(
                tuple(
                    texts[self._first[r, c]] if (r, c) in self._first else "" for c in range(width)
                )
                for r in range(height)
            ),
            merged=tuple(
                tuple(
                    texts[self._owner[r, c]] if (r, c) in self._owner else "" for c in range(width)
                )
                for r in range(height)
            ),
            places=tuple((where, number) for number in range(1, height + 1)),
        )
