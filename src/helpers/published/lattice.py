"""Tables of a page: rules that touch are one table, between them are its cells, in them its characters."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from dataclasses import dataclass

from helpers.published.drawn import Character, Page, Rule

MOST_CROSSINGS = 1_000_000  # rules across times rules down: a page with more is a drawing
_SNAP, _TOUCH, _LINE, _RISE = (
    2.0,
    3.0,
    3.0,
    2.0,
)  # points; a character is looked up a little above its base line


@dataclass(frozen=True)
class Lattice:
    """One table of a page: the edges of its columns and rows (from the top), the cell that each place belongs to."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    owner: dict[tuple[int, int], tuple[int, int]]

    def holds(self, character: Character) -> bool:
        """Return whether a character stands inside the table."""
        inside = self.columns[0] < character.middle < self.columns[-1]
        return inside and self.rows[-1] < character.base + _RISE < self.rows[0]

    def filled(self, characters: list[Character]) -> tuple[list[list[str]], list[list[str]]]:
        """Return the rows of the table: each cell's own text, and the text of the merged cell it belongs to."""
        rising = self.rows[::-1]
        height, width = len(self.rows) - 1, len(self.columns) - 1
        inside: dict[tuple[int, int], list[Character]] = {}
        for character in characters:
            column = bisect_right(self.columns, character.middle) - 1
            row = height - bisect_right(rising, character.base + _RISE)
            inside.setdefault(self.owner[row, column], []).append(character)
        texts = {place: _text(found) for place, found in inside.items()}
        merged = [[texts.get(self.owner[r, c], "") for c in range(width)] for r in range(height)]
        own = [
            [text if self.owner[r, c] == (r, c) else "" for c, text in enumerate(row)]
            for r, row in enumerate(merged)
        ]
        return own, merged


def of(page: Page) -> list[Lattice]:
    """Return the tables of a page from its top."""
    found = []
    for across, down in _touching(page.across, page.down):
        columns = _distinct([rule.at for rule in down])
        rows = _distinct([rule.at for rule in across])[::-1]
        if len(columns) > 1 and len(rows) > 1:
            found.append(
                Lattice(
                    columns=tuple(columns),
                    rows=tuple(rows),
                    owner=_owners(columns, rows, across, down),
                )
            )
    return sorted(found, key=lambda lattice: -lattice.rows[0])


def _owners(
    columns: list[float], rows: list[float], across: list[Rule], down: list[Rule]
) -> dict[tuple[int, int], tuple[int, int]]:
    """Return for each place of a table the first place of its cell: a cell goes on where no rule parts it."""
    height, width = len(rows) - 1, len(columns) - 1
    middles = [(one + other) / 2 for one, other in itertools.pairwise(rows)]
    centres = [(one + other) / 2 for one, other in itertools.pairwise(columns)]
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for r in range(height):
        for c in range(width):
            if (r, c) in owner:
                continue
            right = c
            while (
                right + 1 < width
                and (r, right + 1) not in owner
                and not _parts(down, columns[right + 1], middles[r])
            ):
                right += 1
            low = r
            while low + 1 < height and not _parts(across, rows[low + 1], centres[c]):
                low += 1
            for i in range(r, low + 1):
                for j in range(c, right + 1):
                    owner.setdefault((i, j), (r, c))
    return owner


def _parts(rules: list[Rule], at: float, along: float) -> bool:
    return any(
        abs(rule.at - at) <= _SNAP and rule.start - 1 <= along <= rule.end + 1 for rule in rules
    )


def _distinct(places: list[float]) -> list[float]:
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > _SNAP * 1.5:
            found.append(place)
    return found


def _touching(
    across: tuple[Rule, ...], down: tuple[Rule, ...]
) -> list[tuple[list[Rule], list[Rule]]]:
    """Return groups of rules that touch, each of two rules at least in either direction."""
    above = list(range(len(across) + len(down)))

    def top(i: int) -> int:
        while above[i] != i:
            above[i] = above[above[i]]
            i = above[i]
        return i

    for i, level in enumerate(across):
        for j, upright in enumerate(down, len(across)):
            if (
                level.start - _TOUCH <= upright.at <= level.end + _TOUCH
                and upright.start - _TOUCH <= level.at <= upright.end + _TOUCH
            ):
                above[top(i)] = top(j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, rule in enumerate((*across, *down)):
        groups.setdefault(top(i), ([], []))[i >= len(across)].append(rule)
    return [group for group in groups.values() if len(group[0]) > 1 and len(group[1]) > 1]


def lines_of(characters: list[Character]) -> list[list[Character]]:
    """Return characters as lines from the top, each from left to right."""
    lines: list[list[Character]] = []
    for character in sorted(characters, key=lambda c: -c.base):
        if lines and abs(lines[-1][0].base - character.base) < _LINE:
            lines[-1].append(character)
        else:
            lines.append([character])
    return [sorted(line, key=lambda c: c.left) for line in lines]


def _text(characters: list[Character]) -> str:
    return "".join(c.text for line in lines_of(characters) for c in line)
