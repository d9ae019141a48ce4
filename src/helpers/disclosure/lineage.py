"""Where each cell comes from, down to the lines of figures.csv, and which sentences, charts and checks use it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from helpers.basics.model import Address, Cell, Figure
from helpers.disclosure.tables import Sum, Tables

SENTENCE, CHART, CHECK = "说明", "图", "勾稽"


@dataclass(frozen=True)
class Use:
    """Something that looks at cells: a sentence by its id, a chart by its number, a check by its 编号."""

    kind: str
    name: str
    title: str
    cells: tuple[Address, ...]


class Origin(NamedTuple):
    """A cell and what its form adds up to it: every operand is an origin of its own.

    `sums` are the totals that the form declares for it, along its row and its column: of a cell that
    is written in figures.csv they are what it must equal, of any other what it was made of.
    """

    cell: Cell
    sums: tuple[tuple[tuple[int, Origin], ...], ...]

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures that the cell itself was taken from; a cell that was added up has its operands'."""
        return () if self.cell.formula else self.cell.value.figures


class Lineage:
    """The origin and the uses of every cell of one department-year."""

    def __init__(self, tables: Tables, uses: Iterable[Use]):
        self.tables, self.uses = tables, tuple(uses)
        self._origins: dict[Address, Origin] = {}

    def origin(self, address: Address) -> Origin:
        """Return where a cell comes from; an address that no form has raises KeyError."""
        origin = self._origins.get(address)
        if origin is None:
            cell = self.tables.cell(address)
            made_of = [Sum(signs=cell.signs, operands=cell.operands)] if cell.operands else []
            sums = tuple(
                tuple((sign, self.origin(of)) for sign, of in zip(made.signs, made.operands))
                for made in self._totals.get(address) or made_of
            )
            origin = self._origins[address] = Origin(cell, sums)
        return origin

    def used_in(self, address: Address) -> list[Use]:
        """Return what looks at a cell, in the order of the report."""
        return self._users.get(address, [])

    @cached_property
    def _totals(self) -> dict[Address, list[Sum]]:
        found: dict[Address, list[Sum]] = defaultdict(list)
        for table in self.tables.published():
            for cell, made in self.tables.totals(table):
                found[cell.address].append(made)
        return found

    @cached_property
    def _users(self) -> dict[Address, list[Use]]:
        found: dict[Address, list[Use]] = defaultdict(list)
        for use in self.uses:
            for address in dict.fromkeys(use.cells):
                found[address].append(use)
        return found
