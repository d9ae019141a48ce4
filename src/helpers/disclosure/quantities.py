"""The quantities of a statement: sums of cells by the names that its declaration gives them."""

from __future__ import annotations

from dataclasses import dataclass, field

from helpers.basics import money
from helpers.basics.errors import DataError
from helpers.basics.model import Address
from helpers.disclosure import sums
from helpers.disclosure.phrases import Known
from helpers.disclosure.tables import Tables
from helpers.edition import codes, formula, slots, wording
from helpers.edition.formula import Term


@dataclass(frozen=True)
class Quantities:
    """The declared quantities of one statement over the tables of one department-year."""

    tables: Tables
    declared: dict[str, wording.Quantity]
    _found: dict[tuple[str, Address | None], Known] = field(default_factory=dict)

    def known(self, name: str, row: Address | None = None) -> Known:
        """Return a quantity, on the basis that is named behind it.

        `row` is the cell of the row that an enumeration stands at, which is called 额.
        """
        found = self._found.get((name, row))
        if found is None:
            found = self._found[name, row] = self._known(name, row)
        return found

    def _known(self, name: str, row: Address | None) -> Known:
        quantity, basis = slots.on_basis(name)
        found = sums.stated(self._sums(quantity, row), self.tables, basis)
        if found.amount is None:
            unit = self._usual_unit(found.looked_at[0])
            return Known(amount=None, cells=found.looked_at, unit=unit, basis=basis)
        return Known(
            amount=found.amount,
            cells=tuple(cell.address for cell in found.cells),
            unit=money.kept_in(found.cells[0].value.unit),
            basis=basis,
            agreeing=found.agreeing,
        )

    def _usual_unit(self, cell: Address) -> str:
        """Return the unit in which a cell that is missing would be written."""
        asked = self.tables.asked(cell)
        return codes.vocabulary().unit_in(asked[0], money.WAN) if asked else money.WAN

    def _sums(self, name: str, row: Address | None) -> tuple[tuple[Term, ...], ...]:
        if name == slots.OF_ROW and row is not None:
            return ((Term(1, row),),)
        if "[" in name:
            return ((Term(1, formula.address(name)),),)
        quantity = self.declared[name]
        self._exist(quantity)
        return quantity.sums

    def _exist(self, quantity: wording.Quantity) -> None:
        """Refuse a declared quantity whose cells no form has, by its line in statements.yaml."""
        try:
            for term in (t for terms in quantity.sums for t in terms):
                self.tables.cell(term.of)
        except KeyError as error:
            raise DataError(f"{quantity.file} 第 {quantity.line} 行", error.args[0]) from None
