"""Declared sums of cells, and the parts that a declaration names with a `*`, over the tables of a department-year."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from helpers.basics import money
from helpers.basics.model import Address, Cell
from helpers.basics.money import Amount
from helpers.disclosure.tables import Tables
from helpers.edition.charts import Parts
from helpers.edition.formula import Term


class Stated(NamedTuple):
    """What the first sum of which every cell is known comes to, and its cells; `looked_at` are those of all sums."""

    amount: Amount | None
    cells: tuple[Cell, ...]
    looked_at: tuple[Address, ...]

    @property
    def agreeing(self) -> tuple[Address, ...]:
        """The cells that must state the same."""
        own = {cell.address for cell in self.cells}
        return tuple(address for address in self.looked_at if address not in own)


def stated(sums: Iterable[tuple[Term, ...]], tables: Tables, basis: str = "") -> Stated:
    """Return the first sum that is known. `basis` is that of every cell, blank for the one that each names.

    KeyError: a cell of any of the sums is in no form.
    """
    amount, made, looked_at = None, tuple[Cell, ...](), list[Address]()
    for terms in sums:
        addresses = [t.of._replace(basis=basis) if basis else t.of for t in terms]
        cells = tuple(tables.cell(address) for address in addresses)
        looked_at += addresses
        added = money.signed_total((t.sign, c.amount) for t, c in zip(terms, cells))
        if amount is None and added is not None:
            amount, made = added, cells
    return Stated(amount, made, tuple(looked_at))


def parts(declared: Parts, tables: Tables) -> list[tuple[str, str, Address]]:
    """Return the key, the label and the cell of each part, in the order of the table."""
    named: Iterable[tuple[str, str]] = declared.named
    if declared.level:
        rows = tables.table(declared.cells.table).coded(declared.level)
        named = ((row.key, row.label) for row in rows)
    return [(key, label, declared.cells.starred(key)) for key, label in named]
