"""The numbers that a department-year is compared by, from its cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from helpers.basics import money
from helpers.basics.errors import DataError
from helpers.basics.model import DERIVED, GIVEN, MISSING
from helpers.basics.money import Amount
from helpers.disclosure import sums
from helpers.disclosure.tables import Tables
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
            if one.parts is None:
                continue
            for key, label, address in sums.parts(one.parts, tables):
                plain = label.rpartition("、")[2] if one.parts.level else label
                yield _made(one.name, key, plain, ((Term(1, address),),), tables)
        except KeyError as error:
            raise DataError(one.place, f"取不到格：{error.args[0]}") from None


def _made(
    name: str, key: str, label: str, declared: tuple[tuple[Term, ...], ...], tables: Tables
) -> Figured:
    amount, cells, _ = sums.stated(declared, tables)
    if amount is None:
        return Figured(name, key, label, None, money.WAN, MISSING)
    is_given = len(cells) == 1 and cells[0].state == GIVEN
    unit = money.kept_in(cells[0].value.unit)
    return Figured(name, key, label, amount, unit, GIVEN if is_given else DERIVED)
