"""What the figures give of a measure: the number that a statement prints of it, its direction, whether it exists."""

from __future__ import annotations

from helpers.basics import money
from helpers.basics.model import Measure, Number, Profile
from helpers.disclosure.enumeration import NOWHERE, Row
from helpers.disclosure.phrases import Draft, Known, Phrases
from helpers.disclosure.quantities import Quantities
from helpers.disclosure.tables import Tables
from helpers.edition import clauses, pieces, slots
from helpers.edition.idiom import DOWN, FLAT, UP
from helpers.edition.slots import Slot
from helpers.edition.wording import Declaration

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
        self.phrases = Phrases(profile.decimals_of(declaration.percent), profile.trim_zeros)

    def known(self, slot: Slot, row: Row) -> list[Known]:
        """Return what a slot prints: its quantity, and what that is held against."""
        return [self.quantities.known(name, row.cell) for name in slot.names]

    def holds(self, subject: str, predicate: str, row: Row) -> bool:
        """Return whether what a condition says of a quantity is so; of one that is not known nothing is."""
        question, basis = clauses.predicates()[predicate]
        now = self.quantities.known(subject, row.cell).amount
        other = self.quantities.known(f"{subject}@{basis}", row.cell).amount if basis else now
        if question in (clauses.KNOWN, clauses.UNKNOWN):
            return (now is not None) == (question == clauses.KNOWN)
        if question in (clauses.ZERO, clauses.NOT_ZERO):
            is_zero = other is not None and money.rounded(other.value, 2) == 0
            return other is not None and is_zero == (question == clauses.ZERO)
        if now is None or other is None:
            return False
        move = money.rounded(now.value - other.value, 2)
        return {
            clauses.MORE: move > 0,
            clauses.LESS: move < 0,
            clauses.EQUAL: move == 0,
            clauses.MOVED: move != 0,
        }[question]

    def contradicts(self, subject: str, predicate: str, row: Row) -> bool:
        """Return whether what is said of a quantity is known not to be so."""
        _, basis = clauses.predicates()[predicate]
        names = (subject, f"{subject}@{basis}") if basis else (subject,)
        both = [self.quantities.known(name, row.cell) for name in names]
        return all(k.amount for k in both) and not self.holds(subject, predicate, row)

    def row(self, measure: Measure) -> Row | None:
        """Return the row of an enumeration that a measure speaks of, or nothing where no table has it."""
        if not measure.listing:
            return NOWHERE
        listing = self.declaration.listings[measure.listing]
        cell = listing.cells.starred(measure.key)
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
        now, before = self.known(Slot("差额", measure.names), row)
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
