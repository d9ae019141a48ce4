"""Which columns of a form the page shows, in how many tables, and in which order its cells stand there."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from helpers.basics.model import Address
from helpers.disclosure.tables import Side, Table
from helpers.edition.forms import Line

MOST_COLUMNS = (
    14  # of money that fit an A4 page across; a wider form goes on in further tables, as in print
)
# Half digits, as report.css prints a table: what a line of a page holds that lies and of one that stands, what the
# names of the rows take of it, the least that a head takes, and the space and rule beside every column.
LYING, STANDING, _NAMES, _HEAD, _SPACE = 388, 228, 52, 10, 4


def pieces(
    filled: Table, most: int = MOST_COLUMNS, widths: Mapping[str, int] | None = None
) -> list[tuple[Side, ...]]:
    """Return the tables that a form is shown as: both its sides in one, or its one side cut to `most` columns.

    Where `widths` are known, by the keys of the columns, a table is no wider than a page that lies.
    """
    if len(filled.sides) > 1:
        return [filled.sides]
    return [(piece,) for piece in _pieces(with_money(filled, filled.sides[0]), most, widths or {})]


def width(texts: Iterable[str]) -> int:
    """Return how wide a column of these texts is printed, in half digits.

    >>> width(["1,014.51", "公开 1,014.51"]), width(["1"])
    (27, 14)
    """
    return max([_HEAD, *(sum(map(_half_digits, text)) for text in texts)]) + _SPACE


def across(shown: Iterable[Line], widths: Mapping[str, int]) -> int:
    """Return how wide a table of these columns is printed, with the names of its rows, in half digits."""
    return _NAMES + sum(widths.get(column.key, 0) for column in shown)


def order(filled: Table) -> Iterator[Address]:
    """Yield the addresses of the cells in the order of the pieces that a form has by the number of its columns."""
    for sides in pieces(filled):
        lines = (
            paired([list(s.rows) for s in sides])
            if len(sides) > 1
            else [(row,) for row in sides[0].rows]
        )
        for line in lines:
            for side, row in zip(sides, line):
                yield from (filled.grid[row.key, c.key].address for c in side.columns if row)


def with_money(filled: Table, side: Side) -> Side:
    """A form with over twenty columns shows those that have money; the workbook has them all."""
    if len(side.columns) <= 20:
        return side
    shown = (c for c in side.columns if not is_code(c.key) or c.key in filled.with_money)
    return replace(side, columns=tuple(shown))


def left_out(filled: Table, whole: Side, shown: Side) -> str:
    """Return the words that say how many columns are not shown, and how many of them are missing."""
    hidden = [c for c in whole.columns if c not in shown.columns]
    missing = sum(any(filled.cell(r.key, c.key).amount is None for r in whole.rows) for c in hidden)
    said = f"本表共 {len(whole.columns)} 栏，这里列出有数的 {len(shown.columns)} 栏，完整的表见 tables.xlsx。"
    return said + (
        f"没有列出的栏中 {missing} 栏缺少按经济科目分类的数，不是零。" if missing else ""
    )


def _pieces(side: Side, most: int, widths: Mapping[str, int]) -> list[Side]:
    """Cut a side into tables that fit a page; a class of codes, or what is under one head, stays together where it fits.

    Totals that lead are no table by themselves: a class that just fits has them beside it, one that does not begins
    beside them.
    """

    def fits(some: list[Line], room: int = most) -> bool:
        return len(some) <= room and across(some, widths) <= LYING

    pieces: list[list[Line]] = [[]]
    for _, columns in groupby(side.columns, key=_group):
        together, last = list(columns), pieces[-1]
        leads = is_code(together[0].key) and not any(is_code(c.key) for c in last)
        if fits(together) and fits(last + together, most + len(last) * leads):
            last += together
            continue
        if fits(together) and not leads:
            pieces.append([])
        for column in together:
            if pieces[-1] and not fits([*pieces[-1], column]):
                pieces.append([])
            pieces[-1].append(column)
    return [replace(side, columns=tuple(columns)) for columns in pieces]


def _group(column: Line) -> str:
    return column.key[:3] if is_code(column.key) else column.label.partition("/")[0]


def _half_digits(char: str) -> int:
    if unicodedata.east_asian_width(char) in "WF":
        return 4
    return 1 if char in " ,." else 2


@dataclass(frozen=True, kw_only=True)
class Head:
    """One head over a column, or over a group of them, which has none: `first` is its place, `across` and `down` its size."""

    words: str
    first: int
    across: int
    down: int
    column: Line | None


def heads(shown: tuple[Line, ...]) -> list[list[Head]]:
    """Return the heads of columns, line by line; a name with / stands under the groups that it names."""
    names = [(c.label,) if is_code(c.key) else tuple(c.label.split("/")) for c in shown]
    depth = max(map(len, names), default=1)
    return [list(_line(shown, names, level, depth)) for level in range(depth)]


def _line(
    shown: tuple[Line, ...], names: list[tuple[str, ...]], level: int, depth: int
) -> Iterator[Head]:
    for group, some in groupby(enumerate(names), key=lambda each: each[1][: level + 1]):
        places = [place for place, name in some]
        if len(group) <= level:
            continue
        for place in places:
            if len(names[place]) == level + 1:
                yield Head(
                    words=group[level],
                    first=place,
                    across=1,
                    down=depth - level,
                    column=shown[place],
                )
            elif place == places[0]:
                yield Head(words=group[level], first=place, across=len(places), down=1, column=None)


def is_code(key: str) -> bool:
    """Return whether a key of a row or column is the code of a subject."""
    return key.isdecimal()


def paired(sides: list[list[Line]]) -> list[tuple]:
    """Lay two sides beside each other; the totals at their ends stand on the same lines.

    >>> one, other, heading = Line("one", "one"), Line("other", "other"), Line("sum", "sum", heading=True)
    >>> [[row and row.key for row in line] for line in paired([[one, other], [one]])]
    [['one', 'one'], ['other', None]]
    """
    starts = [next((i for i, r in enumerate(s) if r.heading), len(s)) for s in sides]
    top = max(starts)
    end = max(len(s) - start for s, start in zip(sides, starts))
    laid = []
    for rows, start in zip(sides, starts):
        above, tail = rows[:start] + [None] * (top - start), rows[start:]
        below = tail[:-1] + [None] * (end - len(tail)) + tail[-1:]
        laid.append(above + below)
    return list(zip(*laid))
