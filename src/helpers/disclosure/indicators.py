"""The numbers that a department-year is compared by, from its cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from helpers.basics import money
from helpers.basics.errors import DataError
from helpers.basics.model import DERIVED, GIVEN, MISSING, Address, Cell
from helpers.basics.money import Amount
from helpers.disclosure.tables import Tables
from helpers.edition.charts import Parts
from helpers.edition.codes import LENGTH
from helpers.edition.formula import Term
from helpers.edition.indicators import Indicator


@dataclass(frozen=True)
class Figured:
    """One number to compare by: `key` and `label` are those of a part, blank for the whole; no amount where missing."""

    indicator: str
    key: str
    label: str
    amount: Amount | None
    unit: str
    state: str


def figured(declared: dict[str, Indicator], tables: Tables) -> Iterator[Figured]:
    """Yield every declared indicator and its parts, those of codes only where the year has their rows."""
    for one in declared.values():
        try:
            yield _made(one.name, "", "", one.sums, tables)
            for key, label, address in _members(one.parts, tables) if one.parts else ():
                yield _made(one.name, key, label, ((Term(1, address),),), tables)
        except KeyError as error:
            raise DataError(one.place, f"取不到格：{error.args[0]}") from None


def _made(
    name: str, key: str, label: str, sums: tuple[tuple[Term, ...], ...], tables: Tables
) -> Figured:
    """Return the first sum of which every cell is known."""
    made = Figured(name, key, label, None, money.WAN, MISSING)
    for terms in sums:
        cells = [tables.cell(term.of) for term in terms]
        amount = money.signed_total((t.sign, c.amount) for t, c in zip(terms, cells))
        if amount is not None and made.amount is None:
            made = Figured(name, key, label, amount, _unit(cells[0]), _state(cells))
    return made


def _unit(cell: Cell) -> str:
    unit = cell.value.unit
    return money.kept_in(unit)


def _state(cells: list[Cell]) -> str:
    return GIVEN if len(cells) == 1 and cells[0].state == GIVEN else DERIVED


def _members(parts: Parts, tables: Tables) -> Iterator[tuple[str, str, Address]]:
    """Yield the key, the name and the cell of each part, in the order of the table."""
    place = "row" if parts.cells.row == "*" else "column"
    named = parts.named
    if parts.level:
        rows = (line for side in tables.table(parts.cells.table).sides for line in side.rows)
        named = tuple(
            (r.key, r.label.rpartition("、")[2])
            for r in rows
            if r.key.isdecimal() and len(r.key) == LENGTH[parts.level]
        )
    for key, label in named:
        yield key, label, parts.cells._replace(**{place: key})
