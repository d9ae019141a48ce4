"""An official table laid out for print: its heads with their spans, its rows with both sides beside each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from helpers.basics import money
from helpers.basics.text import ordinal
from helpers.disclosure.tables import Side, Table
from helpers.edition.forms import Line
from helpers.report import columns
from helpers.report.columns import Head

HEAD, CODE, NAME, SEQ, MONEY, GAP = "head", "code", "name", "seq", "money", "gap"
UNIT = "金额单位：万元"
MISSING = "缺"


@dataclass(frozen=True, kw_only=True)
class Slot:
    """What stands in one place of a laid table: its text, what it is, over how many columns and rows it reaches.

    `amount` is in 万元, of money alone; a zero is printed blank.
    """

    text: str = ""
    look: str = NAME
    across: int = 1
    down: int = 1
    level: int = 0
    is_total: bool = False
    amount: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Laid:
    """One table as it is printed. `columns` says what each column holds: CODE, NAME, SEQ or MONEY."""

    title: str
    columns: tuple[str, ...]
    head: tuple[tuple[Slot, ...], ...]
    body: tuple[tuple[Slot, ...], ...]

    @property
    def rows(self) -> tuple[tuple[Slot, ...], ...]:
        """Return the rows of the head, then those of the body."""
        return self.head + self.body


def whole(filled: Table) -> Laid:
    """Return a form with all its columns, however many."""
    return _laid(filled, filled.sides, "")


def pieces(filled: Table, most: int = columns.MOST_COLUMNS) -> list[Laid]:
    """Return a form as the tables that fit a page: the columns that have money, at most so many in one."""
    cut = columns.pieces(filled, most)
    return [_laid(filled, sides, f"（续{ordinal(n)}）" if n else "") for n, sides in enumerate(cut)]


def placed(rows: Sequence[Sequence[Slot]]) -> Iterator[list[tuple[int, Slot]]]:
    """Yield of each row its slots with the column that each begins in, beside those that reach down from above.

    >>> [[left for left, _ in row] for row in placed([[Slot(down=2), Slot()], [Slot()]])]
    [[0, 1], [1]]
    """
    taken: set[tuple[int, int]] = set()
    for r, row in enumerate(rows):
        found, left = [], 0
        for slot in row:
            while (r, left) in taken:
                left += 1
            found.append((left, slot))
            for below in range(r + 1, r + slot.down):
                taken |= {(below, left + a) for a in range(slot.across)}
            left += slot.across
        yield found


def notes(filled: Table, empty: str) -> list[str]:
    """Return what stands under a form: its note, and the sentence of an empty one."""
    return [note for note in (f"注：{filled.form.note}" if filled.form.note else "", empty) if note]


def _laid(filled: Table, sides: tuple[Side, ...], goes_on: str) -> Laid:
    plan = _Plan(filled, sides)
    head = plan.two_sided_head() if len(sides) > 1 else plan.one_sided_head()
    return Laid(
        title=filled.form.name + goes_on,
        columns=plan.columns,
        head=tuple(tuple(row) for row in head),
        body=tuple(tuple(row) for row in plan.body()),
    )


class _Plan:
    """The rows of one table while they are laid."""

    def __init__(self, filled: Table, sides: Sequence[Side]):
        self.filled, self.sides = filled, sides
        self.coded = any(line.by for block in filled.form.blocks for line in block.rows)
        self.numbered = any(row.number for side in sides for row in side.rows)
        self.lead: tuple[tuple[str, str], ...]
        if self.coded:
            self.lead = (("科目编码", CODE), ("科目名称", NAME))
        elif self.numbered:
            self.lead = (("项目", NAME), ("行次", SEQ))
        else:
            self.lead = (("项目", NAME),)

    @property
    def columns(self) -> tuple[str, ...]:
        """Return what each column holds, side by side."""
        lead = tuple(kind for _, kind in self.lead)
        return tuple(
            kind for side in self.sides for kind in (*lead, *(MONEY for _ in side.columns))
        )

    def one_sided_head(self) -> Iterator[list[Slot]]:
        """Yield as many lines of heads as the columns have levels of names, then the columns' numbers."""
        shown = self.sides[0].columns
        lines = columns.heads(shown)
        lead = [Slot(text=name, look=HEAD, down=len(lines)) for name, _ in self.lead]
        for n, line in enumerate(lines):
            yield [*(lead if n == 0 else ()), *map(_head, line)]
        if any(column.number for column in shown):
            yield [Slot(text="栏次", look=HEAD, across=len(self.lead)), *_numbers(shown)]

    def two_sided_head(self) -> Iterator[list[Slot]]:
        """Yield the titles of the sides, as many lines of heads as their columns have, then the columns' numbers."""
        width = len(self.lead)
        if any(side.title for side in self.sides):
            yield [Slot(text=s.title, look=HEAD, across=width + len(s.columns)) for s in self.sides]
        heads = [columns.heads(side.columns) for side in self.sides]
        deep = max(map(len, heads))
        for n in range(deep):
            lead = [Slot(text=name, look=HEAD, down=deep) for name, _ in self.lead] * (n == 0)
            yield [slot for lines in heads for slot in (*lead, *_deepened(lines, n, deep))]
        if any(column.number for side in self.sides for column in side.columns):
            yield [
                slot
                for side in self.sides
                for slot in (
                    Slot(text="栏次", look=HEAD),
                    *(Slot(look=HEAD) for _ in self.lead[1:]),
                    *_numbers(side.columns),
                )
            ]

    def body(self) -> Iterator[list[Slot]]:
        """Yield the rows; of two sides, those that belong together stand on one line."""
        if len(self.sides) == 1:
            lines: list[tuple] = [(row,) for row in self.sides[0].rows]
        else:
            lines = columns.paired([list(side.rows) for side in self.sides])
        for line in lines:
            yield [slot for side, row in zip(self.sides, line) for slot in self.half(side, row)]

    def half(self, side: Side, row: Line | None) -> Iterator[Slot]:
        """Yield one side's part of a line; blank where the side has no row there."""
        if row is None:
            yield from (Slot(look=kind) for _, kind in self.lead)
            yield from (Slot(look=MONEY) for _ in side.columns)
            return
        named = Slot(text=row.label, level=row.level, is_total=row.heading)
        if not self.coded:
            yield named
            yield from (Slot(text=row.number, look=SEQ) for _ in self.lead[1:])
        elif columns.is_code(row.key):
            yield Slot(text=row.key, look=CODE, is_total=row.heading)
            yield named
        else:
            yield Slot(text=row.label, look=HEAD, across=2, is_total=row.heading)
        for column in side.columns:
            amount = self.filled.grid[row.key, column.key].amount
            yield _money(amount.value if amount else None, row.heading)


@lru_cache(maxsize=5_000)
def _money(value: Decimal | None, is_total: bool) -> Slot:
    if value is None:
        return Slot(text=MISSING, look=GAP, is_total=is_total)
    amount = money.rounded(value, 2)
    return Slot(text=money.tabular(amount), look=MONEY, amount=amount, is_total=is_total)


def _numbers(shown: Sequence[Line]) -> list[Slot]:
    return [Slot(text=column.number, look=HEAD) for column in shown]


def _head(head: Head, more: int = 0) -> Slot:
    """Return a head's place in the table, `more` lines deeper than it is; a subject's are its code and its name."""
    of = head.column
    code = f"{of.key} " if of and columns.is_code(of.key) else ""
    return Slot(text=code + head.words, look=HEAD, across=head.across, down=head.down + more)


def _deepened(lines: list[list[Head]], n: int, deep: int) -> list[Slot]:
    """Return the n-th line of the heads of a side, whose last line reaches down to that of the other side."""
    more = deep - len(lines)
    return [
        _head(head, more if head.column else 0) for head in (lines[n] if n < len(lines) else ())
    ]
