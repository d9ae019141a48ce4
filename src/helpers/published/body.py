"""The body of a printed table: its sides, its rows and its columns, and every cell where they meet."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from functools import cached_property

from helpers.basics.model import FINAL
from helpers.edition.forms import Form, Line
from helpers.published import heads, miscoded, torn
from helpers.published.grid import Grid, Printed
from helpers.published.stubs import Stubs, code_columns
from helpers.published.words import NUMERIC, folded, is_amount, is_code, names, whole, word

_NAMELESS = "没有名称"
_WORDS = re.compile("[一-龥]")
_NEAR = (2, 4)  # rows before the first and after the last known one in which a number is a row's


@dataclass
class Body:
    """What was read of a table: `start` is the first row under its head; `miscoded` is row → the code that it has there."""

    start: int
    cells: dict[tuple[str, str], Printed] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    repeated: list[str] = field(default_factory=list)
    strangers: list[tuple[str, str]] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    turned: list[str] = field(default_factory=list)
    miscoded: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Side:
    """One side of a form on a grid: where its rows are, and the columns that it may have."""

    stubs: Stubs
    columns: range
    rows: range


def read(form: Form, grid: Grid) -> Body:
    """Return what a grid says as a form. What is not understood is told, never guessed."""
    return _Reading(form, grid).body


class _Reading:
    """A grid while it is read by a form."""

    def __init__(self, form: Form, grid: Grid):
        width = grid.width
        self.own = [[*map(folded, row), *[""] * (width - len(row))] for row in grid.rows]
        self.merged = [[*row, *[""] * (width - len(row))] for row in grid.merged]
        self.grid, self.width, self.form = grid, width, form
        self.heads = heads.words_of(form)
        under = code_columns(self.own)
        self.stubs = [Stubs(block, under) for block in form.blocks]
        self.own = torn.mended(self.own, [where for where, _ in grid.places], self._knows)
        self.body = Body(start=self._start())
        for side in self._sides():
            self._read(side)
        if not self.body.cells:
            self._empty()

    def _start(self) -> int:
        """Return the first row with an amount, a code, or a label that is no word of the head."""
        return next((r for r, row in enumerate(self.own) if self._is_body(row)), len(self.own))

    def _is_body(self, row: list[str]) -> bool:
        if any(map(is_amount, row)):
            return True
        for text in filter(None, row):
            name = word(text)
            if name in self.heads:
                continue
            if self._knows(text):
                return True
        return self._is_bare_total(row)

    def _knows(self, text: str) -> bool:
        """Return whether a text is the label, the code or the name of a row of any side."""
        return any(stubs.knows(text) for stubs in self.stubs)

    def _is_bare_total(self, row: list[str]) -> bool:
        """Return whether a row is a total with nothing beside it but whole numbers, and these do not count columns."""
        first, *rest = [text for text in row if text] or [""]
        return (
            word(first) in self.heads
            and self._knows(first)
            and all(map(NUMERIC.fullmatch, rest))
            and rest[:2] not in (["1"], ["1", "2"])
        )

    # Sides

    def _sides(self) -> list[_Side]:
        """Return the sides: beside each other by the columns of their labels, or one under the other."""
        height = range(self.body.start, len(self.own))
        if len(self.stubs) == 1:
            return [_Side(stubs=self.stubs[0], columns=range(self.width), rows=height)]
        begins = [self._label_column(stubs) for stubs in self.stubs]
        if len(set(begins)) < len(begins):
            return self._stacked(height)
        edges = [*sorted(self._first_column(begin, begins) for begin in begins), self.width]
        starts = {b: self._first_column(b, begins) for b in begins}
        return [
            _Side(
                stubs=stubs,
                columns=range(starts[b], edges[edges.index(starts[b]) + 1]),
                rows=height,
            )
            for stubs, b in zip(self.stubs, begins)
        ]

    def _label_column(self, stubs: Stubs) -> int:
        """Return the column in which most labels or codes of a side stand; 总计 is of both."""
        hits: dict[int, int] = {}
        for row in self.own[self.body.start :]:
            for c, text in enumerate(row):
                if text and "总计" not in text and stubs.knows(text):
                    hits[c] = hits.get(c, 0) + (2 if is_code(text) else 1)
        return max(hits, key=lambda c: (hits[c], -c), default=0)

    def _first_column(self, begin: int, begins: list[int]) -> int:
        """Return where a side begins whose labels stand in a column: codes may stand before their names."""
        if begin == min(begins):
            return 0
        column = begin
        while column - 1 > 0 and column - 1 not in begins and self._holds_codes(column - 1):
            column -= 1
        return column

    def _holds_codes(self, column: int) -> bool:
        """Return whether numbers that may be codes stand in a column, and no column of the form is called over it."""
        named = {n for block in self.form.blocks for c in heads.columns_of(block) for n in names(c)}
        if named & {word(row[column]) for row in self.merged[: self.body.start]}:
            return False
        bare = [whole(row[column]) for row in self.own[self.body.start :] if row[column]]
        return bool(bare) and all(NUMERIC.fullmatch(t) and not is_amount(t) for t in bare)

    def _stacked(self, height: range) -> list[_Side]:
        """Return sides that stand one under the other, each from its first row of its own; codes may be of any in one list."""
        of_codes = all(stubs.families for stubs in self.stubs)
        own = [[r for r in height if self._has_row_of(stubs, r)] for stubs in self.stubs]
        tops = [rows[0] if rows else height.stop for rows in own]
        sides = []
        for stubs, rows, top in zip(self.stubs, own, tops):
            after = min((other for other in tops if other > top), default=height.stop)
            start = height.start if top == min(tops) else top
            stop = height.stop if of_codes and rows and rows[-1] >= after else after
            sides.append(_Side(stubs=stubs, columns=range(self.width), rows=range(start, stop)))
        return sides

    def _has_row_of(self, stubs: Stubs, r: int) -> bool:
        return any(self._is_of(stubs, text) for text in self.own[r])

    def _is_of(self, stubs: Stubs, text: str) -> bool:
        """Return whether a text is a row of one side and of no other."""
        return stubs.knows(text) and not any(o.knows(text) for o in self.stubs if o is not stubs)

    # Rows and columns

    def _read(self, side: _Side) -> None:
        wanted = heads.columns_of(side.stubs.block)
        columns = self._columns(side, wanted)
        self._one_left(wanted, columns, side)
        self.body.lost += [column.key for column in wanted if column.key not in columns.values()]
        self.body.turned += heads.turned(wanted, self.merged, self.body.start)
        span = range(side.columns.start, min(columns, default=side.columns.stop))
        known: list[int] = []
        for r in side.rows:
            key, name = side.stubs.key(self.own[r], span)
            if not key and self._is_only_row(side, r, span, columns):
                key = side.stubs.block.rows[0].key
            if not key or self._is_head(r, key, columns) or self._is_of_another(side, key):
                continue
            known.append(r)
            if key in self.body.names:
                if not (moved := self._moved(key, name)):
                    self.body.repeated.append(key)
                    continue
                self.body.miscoded[moved] = key
                key = moved
            self.body.names[key] = name or key
            row, cells, grid, of_head = self.own[r], self.body.cells, self.grid, self._of_head
            for c, column in columns.items():
                text = "" if row[c] in of_head else row[c]
                cells[key, column] = Printed(text, r, c, grid)
        self._strangers(side, known, span, columns)

    def _moved(self, code: str, name: str) -> str:
        """Return which row beside that of a code it is under which it stands once more, by its name."""
        wanted = [c for c in miscoded.meant(code, name) if c not in self.body.names]
        beside = [meant for meant in wanted if meant[:-2] == code[:-2]]
        return beside[0] if len(beside) == 1 else ""

    def _columns(self, side: _Side, wanted: tuple[Line, ...]) -> dict[int, str]:
        """Return the columns by the head above the side, else by that of the table."""
        own = heads.placed(wanted, self.merged, side.rows.start, side.columns)
        return own or heads.placed(wanted, self.merged, self.body.start, side.columns)

    def _one_left(self, wanted: tuple[Line, ...], columns: dict[int, str], side: _Side) -> None:
        """Place the last column of the form where one column with numbers is left; of a list the only one is the total."""
        lost = [column.key for column in wanted if column.key not in columns.values()]
        if not columns and side.stubs.families:
            lost = [c.key for c in wanted if c.basis == FINAL and not c.scope] or lost
        free = [
            c
            for c in side.columns
            if c not in columns and c > min(columns, default=-1)
            if any(self._is_amount(side, self.own[r][c]) for r in side.rows)
        ]
        if len(lost) == len(free) == 1:
            columns[free[0]] = lost[0]

    def _is_amount(self, side: _Side, text: str) -> bool:
        """Return whether a text is an amount and no code of a row."""
        return is_amount(text) and not side.stubs.knows(text)

    def _is_only_row(self, side: _Side, r: int, span: range, columns: dict[int, str]) -> bool:
        """Return whether a row is that of a form of one row, which needs no label; another label is another row's."""
        rows = side.stubs.block.rows
        return (
            len(rows) == 1
            and not rows[0].by
            and not any(self.own[r][c] for c in span)
            and rows[0].key not in self.body.names
            and any(is_amount(self.own[r][c]) for c in columns)
        )

    def _is_head(self, r: int, key: str, columns: dict[int, str]) -> bool:
        """Return whether a row is a head that a page repeats: a total whose values are words of the head."""
        return (
            not is_code(key)
            and any(self.own[r][c] in self._of_head for c in columns)
            and not any(is_amount(self.own[r][c]) for c in columns)
        )

    def _is_of_another(self, side: _Side, key: str) -> bool:
        """Return whether a code is of another side's list."""
        others = [stubs for stubs in self.stubs if stubs is not side.stubs]
        return is_code(key) and not side.stubs.admits(key) and any(o.admits(key) for o in others)

    @cached_property
    def _of_head(self) -> set[str]:
        """The texts of the grid that are words of the form's head."""
        texts = set(itertools.chain.from_iterable(self.own)) - {""}
        return {text for text in texts if word(text) in self.heads}

    def _strangers(
        self, side: _Side, known: list[int], span: range, columns: dict[int, str]
    ) -> None:
        """Keep the rows whose label is not known or not there, each with its first number.

        Between known rows a label is enough; before the first and after the last it has a number beside it.
        """
        if not known:
            return
        before, after = _NEAR
        for r in range(
            max(side.rows.start, known[0] - before), min(side.rows.stop, known[-1] + after)
        ):
            label = next((self.own[r][c] for c in span if _WORDS.search(self.own[r][c])), "")
            amount = next((t for c in columns if NUMERIC.fullmatch(t := self.own[r][c])), "")
            label = label or (_NAMELESS if is_amount(amount) else "")
            of_other = any(self._has_row_of(o, r) for o in self.stubs if o is not side.stubs)
            if r in known or not label or word(label) in self.heads or of_other:
                continue
            if amount or known[0] < r < known[-1]:
                self.body.strangers.append((label, amount))

    def _empty(self) -> None:
        """Take a form without any number as all blank."""
        if any(is_amount(text) for row in self.own for text in row):
            return
        for stubs in self.stubs:
            total = next((row.key for row in stubs.block.rows if not row.by), "")
            if any(_is_misspelt(word(text), total) for row in self.own for text in row) or any(
                _is_cut(word(row[0]), total) for row in self.own if any(row[1:])
            ):
                continue
            wanted = heads.columns_of(stubs.block)
            columns = heads.placed(wanted, self.merged, len(self.own), range(self.width))
            if total and columns:
                self.body.names[total] = total
                for c, column in columns.items():
                    self.body.cells[total, column] = Printed("", len(self.own) - 1, c, self.grid)


def _is_misspelt(text: str, label: str) -> bool:
    """Return whether a text is a label but for one character."""
    return len(text) == len(label) > 1 and sum(a != b for a, b in zip(text, label)) == 1


def _is_cut(text: str, label: str) -> bool:
    """Return whether a text is a label but for one character that it lacks."""
    return bool(text) and any(text == label[:n] + label[n + 1 :] for n in range(len(label)))
