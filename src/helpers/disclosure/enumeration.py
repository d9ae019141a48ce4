"""The rows that an enumeration of a statement goes through."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.basics import money
from helpers.basics.model import Address
from helpers.disclosure.tables import Tables
from helpers.edition.wording import Listing


@dataclass(frozen=True)
class Row:
    """Where an enumeration stands: the row's names and its amount; outside of any, nowhere."""

    key: str = ""
    name: str = ""
    order: int = 0
    listing: str = ""
    cell: Address | None = None


NOWHERE = Row()


def rows(listing: Listing, tables: Tables, own: tuple[str, ...]) -> list[Row] | None:
    """Return the rows of an enumeration; nothing where an amount is missing and the department's own list stands in."""
    places = [
        (key, name, listing.cells.starred(key))
        for key, name in listing.fixed or _coded(listing, tables)
    ]
    if listing.nonzero:
        amounts = {cell: tables.cell(cell).amount for _, _, cell in places}
        if own and None in amounts.values():
            return None
        places = [
            place
            for place in places
            if (amount := amounts[place[2]]) and money.rounded(amount.value, 2)
        ]
    return [
        Row(key=key, name=name, order=order, listing=listing.name, cell=cell)
        for order, (key, name, cell) in enumerate(places, 1)
    ]


def _coded(listing: Listing, tables: Tables) -> list[tuple[str, str]]:
    return [
        (line.key, line.label)
        for line in tables.table(listing.cells.table).coded(listing.level)
        if not listing.classes or line.key[:3] in listing.classes
    ]
