"""What the figures give of a measure: the number that a statement prints of it, its direction, whether it exists."""

from __future__ import annotations

from helpers.basics import money
from helpers.basics.model import BUDGET, LAST_YEAR, Measure, Number, Profile
from helpers.disclosure import enumeration
from helpers.disclosure.enumeration import NOWHERE, Row
from helpers.disclosure.phrases import Draft, Known, Phrases
from helpers.disclosure.quantities import Quantities
from helpers.disclosure.tables import Tables
from helpers.edition import pieces, slots
from helpers.edition.idiom import DOWN, FLAT, UP
from helpers.edition.slots import Slot
from helpers.edition.wording import Declaration

_BASIS = {
    "完成": BUDGET,
    "变动": LAST_YEAR,
    "增减": LAST_YEAR,
    "差额": LAST_YEAR,
    "幅度": LAST_YEAR,
}


_WORD = {
    pieces.DIFFERENCE: "差额",
    pieces.RATE: "幅度",
    pieces.SHARE: "比",
    pieces.COMPLETION: "完成",
}


class Measured:
    """The quantities of one statement, computed."""

    def __init__(self, declaration: Declaration, tables: Tables, profile: Profile):
        self.declaration, self.tables = declaration, tables
        self.quantities = Quantities(tables, declaration.quantities)
        three_public = declaration.percent == "三公"
        places = profile.three_public_percent_decimals if three_public else profile.percent_decimals
        self.phrases = Phrases(places, profile.trim_zeros)

    def known(self, slot: Slot, row: Row) -> list[Known]:
        """Return what a slot prints: its quantities, and the last year or budget that the first is compared with."""
        known = [self.quantities.known(name, row.cell) for name in slot.names]
        basis = _BASIS.get(slot.word)
        if basis:
            known.append(self.quantities.known(slot.names[0], row.cell, basis))
        return known

    def holds(self, subject: str, predicate: str, row: Row) -> bool:
        """Return whether what a condition says of a quantity is so; of one that is not known nothing is."""
        now = self.quantities.known(subject, row.cell).amount
        if predicate in ("已知", "未知"):
            return (now is not None) == (predicate == "已知")
        if predicate in ("为零", "不为零"):
            return now is not None and (money.rounded(now.value, 2) == 0) == (predicate == "为零")
        basis = BUDGET if predicate.endswith("预算") else LAST_YEAR
        other = self.quantities.known(subject, row.cell, basis).amount
        if now is None or other is None:
            return False
        move = money.rounded(now.value - other.value, 2)
        return {
            "增加": move > 0,
            "减少": move < 0,
            "持平": move == 0,
            "有变动": move != 0,
            "超预算": move > 0,
            "低于预算": move < 0,
        }[predicate]

    def contradicts(self, subject: str, predicate: str, row: Row) -> bool:
        """Return whether what is said of a quantity and its budget is known not to be so."""
        both = self.known(Slot("完成", (subject,)), row)
        return all(k.amount for k in both) and not self.holds(subject, predicate, row)

    def row(self, measure: Measure) -> Row | None:
        """Return the row of an enumeration that a measure speaks of, or nothing where no table has it."""
        if not measure.listing:
            return NOWHERE
        listing = self.declaration.listings[measure.listing]
        cell = enumeration.cell_of(listing, measure.key)
        try:
            self.tables.cell(cell)
        except KeyError:
            return None
        return Row(key=measure.key, listing=measure.listing, cell=cell)

    def number(self, measure: Measure) -> Number | None:
        """Return the number that the statement would print, or nothing where no table has its row."""
        row = self.row(measure)
        if row is None:
            return None
        draft = Draft(0, about=measure)
        slot = Slot(_WORD.get(measure.kind, slots.AMOUNT), measure.names)
        self.phrases.say(draft, slot.word, *self.known(slot, row))
        return draft.numbers[0] if draft.numbers else None

    def way(self, measure: Measure) -> str:
        """Return 增, 减 or 平 of a difference or a rate, or nothing where it is not known."""
        if measure.kind not in (pieces.DIFFERENCE, pieces.RATE):
            return ""
        row = self.row(measure)
        if row is None:
            return ""
        now, before = self.known(Slot("差额", measure.names[:1]), row)
        if now.amount is None or before.amount is None:
            return ""
        move = money.rounded(now.amount.value - before.amount.value, 2)
        return UP if move > 0 else DOWN if move < 0 else FLAT

    def is_on_nothing(self, measure: Measure) -> bool:
        """Return whether what a rate or a completion is of is known to be zero."""
        row = self.row(measure)
        if row is None:
            return False
        word = _WORD[measure.kind]
        base = self.known(Slot(word, measure.names), row)[-1].amount
        return base is not None and base.is_zero
