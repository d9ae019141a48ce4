"""One department-year under one liberty: what its numbers are bound to, what is told falsely, what planted is found."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields
from decimal import Decimal
from random import Random

from mutation_kinds.clean import Spot
from mutation_kinds.judging import SERIOUS, other_digit
from mutation_kinds.narrative import explained

from helpers.basics.model import Finding, Number
from helpers.disclosure.disclosure import Disclosure
from helpers.published.published import Narrative
from helpers.published.reading import Reading, ReadNumber
from helpers.report import files
from helpers.review import differences, proofreading
from helpers.review.review import Review
from liberties.liberty import Liberty
from liberties.truth import Slot, Truth, numbers_in, unique, written

PATIENCE = 20


@dataclass
class Tally:
    """What came of one liberty in some texts; `unclean` are the texts in which something is told falsely."""

    texts: int = 0
    right: int = 0
    wrong: int = 0
    unbound: int = 0
    false: int = 0
    unclean: int = 0
    planted: int = 0
    found: int = 0
    misses: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Add what came of it elsewhere."""
        for one in fields(self):
            setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))

    @property
    def bound(self) -> float:
        """How many of 100 numbers are bound rightly."""
        return _of_hundred(self.right, self.right + self.wrong + self.unbound)

    @property
    def detected(self) -> float:
        """How many of 100 planted digits are found."""
        return _of_hundred(self.found, self.planted)


def _of_hundred(some: int, every: int) -> float:
    return 100 * some / every if every else 100.0


@dataclass(frozen=True)
class Subject:
    """A clean department-year with its text, and the text of unique values."""

    name: str
    this: Disclosure
    review: Review
    text: str
    truth: Truth
    numbers: tuple[tuple[Slot, Number], ...]


def subject(this: Disclosure) -> Subject:
    """Return a department-year made ready for liberties."""
    name = f"{this.folder.department}/{this.folder.year}"
    truth = unique(this, Random(f"unique {name}"))
    return Subject(
        name=name,
        this=this,
        review=Review(this),
        text=files.narrative_txt(this),
        truth=truth,
        numbers=tuple(written(this)),
    )


def attempt(one: Subject, liberty: Liberty) -> Tally:
    """Take one liberty with a department-year, with unique values and with its own; plant one digit."""
    tally, seed = Tally(), f"{liberty.name} {one.name}"
    free = liberty.rewrite(one.text, Random(seed))
    if free == one.text:
        return tally
    tally.texts = 1
    bind(one, liberty.rewrite(one.truth.text, Random(seed)), tally, bool(liberty.told))
    reading = read(one, free)
    before = serious(one, reading)
    if not liberty.told:
        tally.false, tally.unclean = len(before), int(bool(before))
        tally.misses += [f"{one.name} false {f.rule} {f.place} {f.message}" for f in before]
    spots = _spots(one, free, reading)
    if spots:
        _plant(one, free, Counter(map(_key, before)), spots, Random(f"planted {seed}"), tally)
    return tally


def read(one: Subject, text: str) -> Reading:
    """Return a text that was published in the place of its own, as it is read."""
    return one.review.read(Narrative(text, "narrative.txt"))


def serious(one: Subject, reading: Reading) -> list[Finding]:
    """Return the errors and warnings of a text, by the functions that a report calls."""
    this = one.this
    found = differences.findings(one.review.compared(reading), this)
    found += proofreading.findings(
        reading.narrative, this.profile, this.tables, list(this.statements.values())
    )
    return [f for f in found if f.severity in SERIOUS]


def _key(finding: Finding) -> tuple[str, str, str]:
    return finding.rule, finding.place, finding.message


# Binding


def bind(one: Subject, free: str, tally: Tally, may_lack: bool = False) -> None:
    """Count what every declared number of the free text is bound to; what is none must not be bound.

    Numbers that the text does not have any more are not looked for where it `may_lack` some.
    """
    rightly: set[Decimal] = set()
    wrongly: set[Decimal] = set()
    for number in read(one, free).numbers:
        if number.fate != "bound":
            continue
        value, slot = Decimal(number.text), number.slot
        read_slot = slot.statement, slot.kind, frozenset(slot.cells)
        wanted = one.truth.zeros if not value else {one.truth.slots.get(value)} - {None}
        if any(w.is_that(*read_slot) for w in wanted):
            rightly.add(value)
        else:
            wrongly.add(value)
            tally.misses.append(f"{one.name} wrong {_around(free, number)} → {read_slot}")
    there = set(numbers_in(free)) if may_lack else set(one.truth.slots)
    unbound = (set(one.truth.slots) & there) - rightly - wrongly
    tally.right += len(rightly & set(one.truth.slots))
    tally.wrong += len(wrongly)
    tally.unbound += len(unbound)
    tally.misses += [f"{one.name} unbound {v} {_named(one.truth.slots[v])}" for v in unbound]


def _named(slot: Slot) -> str:
    return f"{slot.statement} {slot.kind} {' '.join(sorted(map(str, slot.cells)))}"


def _around(text: str, number: ReadNumber) -> str:
    piece = text[max(0, number.start - 16) : number.start], text[number.end : number.end + 6]
    return f"{piece[0]}【{number.text}】{piece[1]}".replace("\n", "⏎")


# Planting


def _plant(
    one: Subject, free: str, before: Counter, spots: list[Spot], chance: Random, tally: Tally
) -> None:
    """Change one digit of a bound number and look whether more is told than before."""
    spot = chance.choice(spots)
    said = _wrong(spot, chance)
    if said is None:
        return
    planted = read(one, free[: spot.start] + said + free[spot.end :])
    found = Counter(map(_key, serious(one, planted))) - before
    tally.planted, tally.found = 1, int(bool(found))
    if not found:
        around = free[max(0, spot.start - 16) : spot.start], free[spot.end : spot.end + 6]
        told = f"{around[0]}【{spot.text}→{said}】{around[1]}".replace("\n", "⏎")
        tally.misses.append(f"{one.name} not found {told}")


def _spots(one: Subject, free: str, reading: Reading) -> list[Spot]:
    """Return where bound numbers stand in the free text whose digits are plain."""
    found = []
    for number in reading.numbers:
        text = free[number.start : number.end]
        if number.fate == "bound" and text == number.text and text.isascii():
            slot = number.slot
            key = slot.statement, slot.kind, frozenset(slot.cells)
            ours = next((n for s, n in one.numbers if s.is_that(*key)), None)
            if ours is not None and ours.value is not None:
                found.append(Spot(number.start, number.end, text, slot.statement, None, ours))
    return found


def _wrong(spot: Spot, chance: Random) -> str | None:
    """Return the number with another digit that rounding does not explain."""
    for _ in range(PATIENCE):
        said = other_digit(spot.text, chance)
        if not explained(spot, said):
            return said
    return None
