"""The filled forms: every cell from figures or from its table's own totals, never from a guess."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from helpers.basics.errors import nearest
from helpers.basics.model import (
    ABSENT,
    DERIVED,
    FINAL,
    LAST_YEAR,
    Address,
    Cell,
    Scope,
    Value,
)
from helpers.basics.money import signed_total
from helpers.disclosure.accounts import Accounts
from helpers.disclosure.lines import Lines
from helpers.disclosure.tiling import PLACE
from helpers.edition import codes
from helpers.edition.forms import Block, Form, Line, Side
from helpers.edition.scopes import scope_of

_MANY = 8  # columns of one dimension that are looked up together


@dataclass(frozen=True)
class Table:
    """One form of one department-year. `.data` is an ordinary DataFrame of Decimal, None where missing."""

    form: Form
    sides: tuple[Side, ...]
    tables: Tables

    def cell(self, row: str, column: str) -> Cell:
        """Return one cell by the keys of its row and column."""
        return self.grid[row, column]

    def cells(self) -> tuple[Cell, ...]:
        """Return every cell, side by side, row by row."""
        return self.tables.cells(self.form.number)

    @cached_property
    def grid(self) -> dict[tuple[str, str], Cell]:
        """Every cell by the keys of its row and column."""
        return self.tables.grid(self.form.number)

    @cached_property
    def with_money(self) -> frozenset[str]:
        """The keys of the columns in which a cell is known and not zero."""
        amounts = ((column, cell.amount) for (_, column), cell in self.grid.items())
        return frozenset(column for column, amount in amounts if amount and not amount.is_zero)

    @property
    def is_empty(self) -> bool:
        """Return whether every cell is known and zero: a table that is published without data."""
        return all(c.amount is not None and c.amount.is_zero for c in self.cells())

    @property
    def lacks_rows(self) -> bool:
        """Return whether a table of codes has money in its total but no row of a code."""
        coded = any(row.by and not row.every for block in self.form.blocks for row in block.rows)
        return (
            coded
            and not any(row.key.isdecimal() for side in self.sides for row in side.rows)
            and not self.is_empty
        )

    def coded(self, level: str) -> list[Line]:
        """Return the rows whose key is a code of a level: 类, 款 or 项."""
        length = codes.LENGTH[level]
        rows = (row for side in self.sides for row in side.rows)
        return [row for row in rows if row.key.isdecimal() and len(row.key) == length]

    @property
    def data(self):
        """The table as an ordinary DataFrame."""
        import pandas as pd

        columns = list(dict.fromkeys(c.key for s in self.sides for c in s.columns))
        rows: dict[str, dict[str, Decimal | None]] = {
            row.key: {} for s in self.sides for row in s.rows
        }
        for cell in self.cells():
            rows[cell.address.row][cell.address.column] = cell.amount.value if cell.amount else None
        return pd.DataFrame.from_dict(rows, orient="index", columns=columns, dtype=object)


class Sum(NamedTuple):
    """The cells that a total adds up, each with its sign."""

    signs: tuple[int, ...]
    operands: tuple[Address, ...]


class Tables:
    """All forms of an edition over one department-year's accounts; a cell is filled when asked for."""

    def __init__(self, forms: dict[str, Form], accounts: Accounts, year: int):
        self.forms, self.accounts, self.year = forms, accounts, year
        self._cells: dict[Address, Cell] = {}
        self._sides: dict[str, tuple[Side, ...]] = {}
        self._filled: dict[str, tuple[Cell, ...]] = {}
        self._grids: dict[str, dict[tuple[str, str], Cell]] = {}
        self._lines = Lines(accounts, year)

    def table(self, number: str) -> Table:
        """Return one filled form by its number."""
        form = self.forms[number]
        if number not in self._sides:
            self._sides[number] = tuple(
                Side(
                    title=b.title,
                    rows=tuple(self._lines.expanded(b, b.rows)),
                    columns=tuple(self._lines.expanded(b, b.columns)),
                    block=b,
                )
                for b in form.blocks
            )
        return Table(form, self._sides[number], self)

    def cells(self, number: str) -> tuple[Cell, ...]:
        """Return every cell of one filled form, side by side, row by row."""
        if number not in self._filled:
            self._filled[number] = tuple(self._filled_one_by_one(number))
        return self._filled[number]

    def _filled_one_by_one(self, number: str) -> Iterator[Cell]:
        for side in self.table(number).sides:
            block, listed = side.block, _listed(side.columns)
            keys = [column.key for column in side.columns]
            for row in side.rows:
                values = self._along(block, row, listed)
                for column, address in zip(side.columns, Address.row_of(number, row.key, keys)):
                    cell = self._cells.get(address)
                    value = values.get(column.key)
                    if (
                        cell is None
                        and value
                        and (value.known or not (row.equals or column.equals))
                    ):
                        cell = self._cells[address] = Cell.showing(address, value)
                    yield cell or self._fill(address, block, row, column)

    def _along(
        self, block: Block, row: Line, listed: dict[str, dict[str, str]]
    ) -> dict[str, Value]:
        """Return what is known of a row in long lists of columns, by the column's key."""
        scope = scope_of(block.scope, row.scope)
        if not listed or scope is None or row.basis != FINAL:
            return {}
        found: dict[str, Value] = {}
        for dimension, members in listed.items():
            values = self.accounts.written[FINAL].find_members(scope, dimension, members.values())
            found |= {key: values[member] for key, member in members.items()}
        return found

    def grid(self, number: str) -> dict[tuple[str, str], Cell]:
        """Return every cell of one filled form by the keys of its row and column."""
        if number not in self._grids:
            self._grids[number] = {cell.address[1:3]: cell for cell in self.cells(number)}
        return self._grids[number]

    def published(self) -> list[Table]:
        """Return the filled forms that are published, in order."""
        return [self.table(n) for n, form in self.forms.items() if form.published]

    def cell(self, address: Address) -> Cell:
        """Return the cell at an address; an address that no form has raises KeyError."""
        return self._cells.get(address) or self._fill(address, *self._place(address))

    def called(self, number: str) -> str:
        """Return what a table is called in words, as its edition calls it."""
        form = self.forms.get(number)
        return form.called if form else number

    def named(self, address: Address) -> str:
        """Return a cell in words that a department understands."""
        basis = "" if address.basis == FINAL else f"（{address.basis}数）"
        row, column = (codes.subject(key, self.year) for key in (address.row, address.column))
        column = f"「{column}」" if column != address.column else column
        return f"{self.called(address.table)}「{row}」{column}{basis}"

    def totals(self, table: Table) -> Iterator[tuple[Cell, Sum]]:
        """Yield (cell, what its form says it adds up to) for every total row and column of a table."""
        cells = table.grid
        for side in table.sides:
            for row in side.rows:
                for column in side.columns if row.equals else (c for c in side.columns if c.equals):
                    cell = cells[row.key, column.key]
                    for line in (row, column):
                        if line.equals:
                            yield cell, _sum(cell.address, line, side.block, line is row)

    def scope(self, address: Address) -> Scope | None:
        """Return the money that a cell shows, or nothing for a cell that only adds up others."""
        block, row, column = self._place(address)
        return block.asked(row, column)[0]

    def asked(self, address: Address) -> tuple[Scope, str] | None:
        """Return which money on which declared basis a cell shows, or nothing for a cell that only adds up others."""
        block, row, column = self._place(address)
        scope, basis = block.asked(row, column)
        return None if scope is None else (scope, basis)

    def _fill(self, address: Address, block: Block, row: Line, column: Line) -> Cell:
        made = self._cells[address] = self._made(address, block, row, column)
        return made

    def _made(self, address: Address, block: Block, row: Line, column: Line) -> Cell:
        value = self._look_up(block, row, column, address.basis)
        is_stated = address.basis == LAST_YEAR and self.accounts.rests_on_stated(value)
        if value.known and not is_stated:
            return Cell.showing(address, value)
        for line in (row, column):
            if line.equals:
                made = self._added(address, _sum(address, line, block, line is row), line is row)
                if made.value.known and not (
                    is_stated and self.accounts.rests_on_stated(made.value)
                ):
                    return made
        return Cell.showing(address, value) if value.known else Cell(address, ABSENT)

    def _look_up(self, block: Block, row: Line, column: Line, basis: str) -> Value:
        scope, declared = block.asked(row, column)
        if scope is None or (declared != FINAL and basis == LAST_YEAR):
            return ABSENT
        return self.accounts.on(basis if basis != FINAL else declared).find(scope)

    def _added(self, address: Address, made: Sum, along_rows: bool) -> Cell:
        cells = [self.cell(o) for o in made.operands]
        amount = signed_total(zip(made.signs, (c.amount for c in cells)))
        if amount is None:
            return Cell(address, ABSENT, operands=made.operands, signs=made.signs)
        figures = tuple(dict.fromkeys(f for c in cells for f in c.value.figures))
        text = " ".join(
            f"{'+' if s > 0 else '−'} {o.row if along_rows else o.column}"
            for s, o in zip(made.signs, made.operands)
        )
        return Cell(
            address,
            Value(amount, DERIVED, figures, unit=cells[0].value.unit),
            formula=text.removeprefix("+ "),
            operands=made.operands,
            signs=made.signs,
        )

    def _place(self, address: Address) -> tuple[Block, Line, Line]:
        form = self.forms.get(address.table)
        if form is None:
            raise KeyError(f"没有表「{address.table}」{nearest(address.table, self.forms)}")
        for block in form.blocks:
            row = self._lines.find(block, True, address.row)
            column = self._lines.find(block, False, address.column)
            if row and column:
                return block, row, column
        raise KeyError(self._lacking(form, address))

    def _lacking(self, form: Form, address: Address) -> str:
        """Return in words which line of a form an address names and the form has not."""
        beside = [b for b in form.blocks if self._lines.find(b, True, address.row)]
        what, word = ("栏", address.column) if beside else ("行", address.row)
        lines = [line for block in form.blocks for line in block.rows]
        columns = [line for block in beside for line in block.columns]
        keys = [line.key for line in (columns if beside else lines)]
        return f"表 {address.table} 没有{what}「{word}」{nearest(word, keys)}"


def _listed(columns: Iterable[Line]) -> dict[str, dict[str, str]]:
    """Return column → member of the dimensions along which many columns stand and narrow nothing else."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for column in columns:
        if len(column.scope) == 1 and column.basis == FINAL:
            (dimension, member), *_ = column.scope
            if dimension in PLACE:
                found[dimension][column.key] = member
    return {dimension: some for dimension, some in found.items() if len(some) > _MANY}


def _sum(address: Address, line: Line, block: Block, along_rows: bool) -> Sum:
    """Return the cells that a total row or column adds up at a cell."""
    keys = block.row_keys if along_rows else block.column_keys
    signed = [(term.sign, keys.get(name, name)) for term in line.equals for name in term.names]
    table, row, column, basis = address
    return Sum(
        signs=tuple(sign for sign, _ in signed),
        operands=tuple(
            Address(table, key, column, basis) if along_rows else Address(table, row, key, basis)
            for _, key in signed
        ),
    )
