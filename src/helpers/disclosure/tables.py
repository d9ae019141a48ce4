"""The filled forms: every cell from figures or from its table's own totals, never from a guess."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from helpers.basics.model import (
    ABSENT,
    BUDGET,
    DERIVED,
    FINAL,
    LAST_YEAR,
    Address,
    Cell,
    Scope,
    Value,
)
from helpers.basics.money import total
from helpers.disclosure.rollup import Accounts
from helpers.edition import codes
from helpers.edition.forms import Block, Form, Layout, Line, Side

TOTAL = "合计"


@dataclass(frozen=True)
class Table:
    """One form of one department-year. `.data` is an ordinary DataFrame of Decimal, None where missing."""

    form: Form
    sides: tuple[Side, ...]
    tables: Tables

    def cell(self, row: str, column: str) -> Cell:
        return self.tables.cell(Address(self.form.number, row, column))

    def cells(self) -> tuple[Cell, ...]:
        """Return every cell, side by side, row by row."""
        return self.tables.cells(self.form.number)

    @property
    def layout(self) -> Layout:
        return Layout(self.form, self.sides)

    @property
    def is_empty(self) -> bool:
        """Return whether every cell is known and zero: a table that is published without data."""
        return all(c.value.known and c.amount.is_zero for c in self.cells())

    @property
    def lacks_rows(self) -> bool:
        """Return whether a table of codes has money in its total but no row of a code."""
        coded = any(row.by and not row.every for block in self.form.blocks for row in block.rows)
        return (
            coded
            and not any(row.key.isdecimal() for side in self.sides for row in side.rows)
            and not self.is_empty
        )

    @property
    def data(self):
        import pandas as pd

        columns = list(dict.fromkeys(c.key for s in self.sides for c in s.columns))
        rows = {row.key: {} for s in self.sides for row in s.rows}
        for cell in self.cells():
            rows[cell.address.row][cell.address.column] = cell.amount.value if cell.amount else None
        return pd.DataFrame.from_dict(rows, orient="index", columns=columns, dtype=object)


class Tables:
    """All forms of an edition over one department-year's accounts; a cell is filled when asked for."""

    def __init__(self, forms: dict[str, Form], accounts: Accounts, year: int):
        self.forms, self.accounts, self.year = forms, accounts, year
        self._cells: dict[Address, Cell] = {}
        self._sides: dict[str, tuple[Side, ...]] = {}
        self._filled: dict[str, tuple[Cell, ...]] = {}
        self._known: dict[tuple[int, bool, str], Line | None] = {}

    def table(self, number: str) -> Table:
        """Return one filled form by its number."""
        form = self.forms[number]
        if number not in self._sides:
            self._sides[number] = tuple(
                Side(
                    b.title,
                    tuple(self._expanded(b, b.rows)),
                    tuple(self._expanded(b, b.columns)),
                    b,
                )
                for b in form.blocks
            )
        return Table(form, self._sides[number], self)

    def cells(self, number: str) -> tuple[Cell, ...]:
        """Return every cell of one filled form, side by side, row by row."""
        if number not in self._filled:
            self._filled[number] = tuple(
                self._fill(Address(number, row.key, column.key), side.block, row, column)
                for side in self.table(number).sides
                for row in side.rows
                for column in side.columns
            )
        return self._filled[number]

    def published(self) -> list[Table]:
        return [self.table(n) for n, form in self.forms.items() if form.published]

    def cell(self, address: Address) -> Cell:
        """Return the cell at an address; an address that no form has raises KeyError."""
        return self._cells.get(address) or self._fill(address, *self._lines(address))

    def called(self, number: str) -> str:
        """Return what a table is called in words, as its edition calls it."""
        form = self.forms.get(number)
        return form.called if form else number

    def named(self, address: Address) -> str:
        """Return a cell in words that a department understands."""
        basis = "" if address.basis == FINAL else f"（{address.basis}数）"
        return f"{self.called(address.table)}「{address.row}」{address.column}{basis}"

    def totals(self, table: Table):
        """Yield (cell, what its form says it adds up to) for every total row and column of a table."""
        cells = {(c.address.row, c.address.column): c for c in table.cells()}
        for side in table.sides:
            for row in side.rows:
                for column in side.columns if row.equals else (c for c in side.columns if c.equals):
                    cell = cells[row.key, column.key]
                    for line, others, along_rows in (
                        (row, side.block.rows, True),
                        (column, side.block.columns, False),
                    ):
                        if line.equals:
                            yield cell, self._sum(cell.address, line, others, along_rows)

    def scope(self, address: Address) -> Scope | None:
        """Return the money that a cell shows, or nothing for a cell that only adds up others."""
        block, row, column = self._lines(address)
        return _scope(block.scope, row.scope, column.scope)

    def _fill(self, address: Address, block: Block, row: Line, column: Line) -> Cell:
        if address not in self._cells:
            self._cells[address] = self._made(address, block, row, column)
        return self._cells[address]

    def _made(self, address: Address, block: Block, row: Line, column: Line) -> Cell:
        value = self._look_up(block, row, column, address.basis)
        if value.known:
            return Cell(address, value)
        for line, others, along_rows in ((row, block.rows, True), (column, block.columns, False)):
            if line.equals:
                made = self._sum(address, line, others, along_rows)
                if made.value.known:
                    return made
        return Cell(address, ABSENT)

    def _look_up(self, block: Block, row: Line, column: Line, basis: str) -> Value:
        scope = _scope(block.scope, row.scope, column.scope)
        declared = BUDGET if BUDGET in (row.basis, column.basis) else FINAL
        if scope is None or (declared, basis) == (BUDGET, LAST_YEAR):
            return ABSENT
        return self.accounts.on(basis if basis != FINAL else declared).find(scope)

    def _sum(self, address: Address, line: Line, others, along_rows: bool) -> Cell:
        operands, signs = [], []
        for term in line.equals:
            for name in term.of:
                key = self._key(address.table, others, name)
                operands.append(
                    address._replace(row=key) if along_rows else address._replace(column=key)
                )
                signs.append(term.sign)
        cells = [self.cell(o) for o in operands]
        if not all(c.value.known for c in cells):
            return Cell(address, ABSENT, "", tuple(operands), tuple(signs))
        amount = total(c.amount if sign > 0 else -c.amount for c, sign in zip(cells, signs))
        figures = tuple(dict.fromkeys(f for c in cells for f in c.value.figures))
        text = " ".join(
            f"{'+' if s > 0 else '−'} {o.row if along_rows else o.column}"
            for s, o in zip(signs, operands)
        )
        return Cell(
            address,
            Value(amount, DERIVED, figures, cells[0].value.unit),
            text.removeprefix("+ "),
            tuple(operands),
            tuple(signs),
        )

    def _key(self, table: str, lines: tuple[Line, ...], name: str) -> str:
        return next((line.key for line in lines if name in (line.key, line.number)), name)

    def _lines(self, address: Address) -> tuple[Block, Line, Line]:
        form = self.forms.get(address.table)
        if form is None:
            raise KeyError(f"没有表「{address.table}」")
        row_known = False
        for block in form.blocks:
            row = self._line(block, True, address.row)
            column = self._line(block, False, address.column)
            if row and column:
                return block, row, column
            row_known = row_known or row is not None
        raise KeyError(
            f"表 {address.table} 没有{'栏' if row_known else '行'}「{address.column if row_known else address.row}」"
        )

    def _line(self, block: Block, is_row: bool, key: str) -> Line | None:
        known = (id(block), is_row, key)
        if known not in self._known:
            self._known[known] = self._find_line(
                block, block.rows if is_row else block.columns, key
            )
        return self._known[known]

    def _find_line(self, block: Block, lines: tuple[Line, ...], key: str) -> Line | None:
        for line in lines:
            if line.key == key and not line.by:
                return line
            if line.by and self._belongs(block, line, key):
                return _member(line, key, self._label(line, key))
        return None

    def _belongs(self, block: Block, line: Line, key: str) -> bool:
        if line.by == "category":
            return key in self._categories(block)
        if not key.isdecimal() or (line.only and key[:3] not in line.only):
            return False
        codes_of = codes.functional() if line.by == "function" else codes.economic()
        return key in codes_of or (
            key[:3] in codes_of and len(key) in ((3, 5, 7) if line.by == "function" else (3, 5))
        )

    def _categories(self, block: Block) -> list[str]:
        item = codes.vocabulary().items[dict(block.scope)["item"]]
        return [*item.parents, *item.alone]

    def _label(self, line: Line, key: str) -> str:
        if line.by == "category":
            return key
        return (
            codes.functional().name(key, self.year)
            if line.by == "function"
            else codes.economic().name(key, self.year)
        )

    def _expanded(self, block: Block, lines: tuple[Line, ...]):
        for line in lines:
            if not line.by:
                yield line
            for key in self._members(block, line) if line.by else ():
                yield _member(line, key, self._label(line, key))

    def _members(self, block: Block, line: Line) -> list[str]:
        if line.by == "category":
            return self._categories(block)
        found = (
            {getattr(f.scope, line.by) for f in self._figures(block)}
            - {""}
            - set(codes.vocabulary().economic_group_names)
        )
        if line.every:
            found |= set(codes.economic() if line.by == "economic" else codes.functional())
        found |= {code[:n] for code in found for n in (3, 5) if len(code) > n}
        return sorted(c for c in found if not line.only or c[:3] in line.only)

    def _figures(self, block: Block):
        """Return the final-account figures that any column of a block can show."""
        plain_rows = [r for r in block.rows if not r.by] or [Line("", "")]
        for column in (c for c in block.columns if not c.by):
            scope = _scope(block.scope, plain_rows[0].scope, column.scope)
            yield from self.accounts.on(FINAL).figures_inside(scope)


@lru_cache(maxsize=50_000)
def _scope(*declared: tuple[tuple[str, str], ...]) -> Scope | None:
    """Return the scope that a block, a row and a column declare together; the later word stands."""
    dimensions = dict(pair for pairs in declared for pair in pairs)
    return Scope(**dimensions) if dimensions.get("item") else None


@lru_cache(maxsize=20_000)
def _member(line: Line, key: str, label: str) -> Line:
    depth = {3: 0, 5: 1, 7: 2}.get(len(key), 0) if key.isdecimal() else 0
    return replace(
        line,
        key=key,
        label=label,
        scope=(*line.scope, (line.by, key)),
        by="",
        only=(),
        level=depth,
        number="",
    )
