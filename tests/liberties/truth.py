"""A text of which every number tells where it belongs: each declared one is replaced by a value that no other has."""

from __future__ import annotations

import copy
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from helpers.basics.model import LAST_YEAR, Address, Number, Sentence, Statement
from helpers.basics.money import MONEY_UNITS
from helpers.disclosure.disclosure import Disclosure
from helpers.report import files

AMOUNT, DIFFERENCE, RATE = "amount", "difference", "rate"
SHARE, COMPLETION, COUNT = "share", "completion", "count"
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_YEARS, _PERCENT_PLACES, _PLACES, _TRIES = range(1900, 2101), 3, 6, 400


@dataclass(frozen=True)
class Slot:
    """Where a number belongs: its statement, its kind, its cells and those that must agree with them."""

    statement: str
    kind: str
    cells: frozenset[Address]
    agreeing: frozenset[Address] = frozenset()

    def is_that(self, statement: str, kind: str, cells: frozenset[Address]) -> bool:
        """Return whether a read slot is this one; of cells that must agree, any may be named."""
        if (statement, kind) != (self.statement, self.kind):
            return False
        return cells == self.cells or bool(
            self.agreeing and cells and cells <= self.cells | self.agreeing
        )


@dataclass(frozen=True)
class Truth:
    """A text and where each of its declared numbers belongs; zeros have no value of their own."""

    text: str
    slots: dict[Decimal, Slot]
    zeros: frozenset[Slot]


def numbers_in(text: str) -> list[Decimal]:
    """Return the numbers of a text, whatever their width, spaces, thousands and line breaks."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    return [Decimal(n) for n in _DIGITS.findall(re.sub(r"(?<=\d),(?=\d{3}(?:\D|$))", "", plain))]


def slot_of(sentence: Sentence, number: Number) -> Slot:
    """Return where a written number belongs."""
    return Slot(
        sentence.section.partition(" ")[0],
        kind_of(sentence.text, number),
        frozenset(number.cells),
        frozenset(number.agreeing),
    )


def kind_of(text: str, number: Number) -> str:
    """Return what kind of number it is, by its unit, its cells and the words that the writer puts before it."""
    before = text[: number.start]
    compared = [c for c in number.cells if c.basis == LAST_YEAR]
    changes = bool(compared) and any(c._replace(basis=LAST_YEAR) in compared for c in now(number))
    if number.unit == "%":
        return RATE if changes else COMPLETION if before.endswith("完成预算") else SHARE
    if changes:
        return DIFFERENCE
    return AMOUNT if number.unit in MONEY_UNITS else COUNT


def now(number: Number) -> list[Address]:
    """Return the cells of a number that are not last year's."""
    return [c for c in number.cells if c.basis != LAST_YEAR]


def written(disclosure: Disclosure) -> Iterator[tuple[Slot, Number]]:
    """Yield where each written number belongs, with the number."""
    for statement in disclosure.statements.values():
        for sentence in statement.sentences:
            for number in sentence.numbers:
                yield slot_of(sentence, number), number


def unique(disclosure: Disclosure, chance: Random) -> Truth:
    """Return the text with a value of its own for every declared number that is not zero."""
    taken = set(numbers_in(files.narrative_txt(disclosure)))
    slots: dict[Decimal, Slot] = {}
    zeros = set()
    statements = {}
    for key, statement in disclosure.statements.items():
        sentences = []
        for sentence in statement.sentences:
            pieces, at = [], 0
            for number in sentence.numbers:
                said = number.text
                if number.value is not None and not Decimal(said):
                    zeros.add(slot_of(sentence, number))
                elif number.value is not None:
                    said = _another(said, number.unit, taken, chance)
                    slots[Decimal(said)] = slot_of(sentence, number)
                pieces += [sentence.text[at : number.start], said]
                at = number.end
            sentences.append(replace(sentence, text="".join(pieces) + sentence.text[at:]))
        statements[key] = Statement(statement.number, statement.title, tuple(sentences))
    other = copy.copy(disclosure)
    other.__dict__["statements"] = statements
    return Truth(files.narrative_txt(other), slots, frozenset(zeros))


def _another(said: str, unit: str, taken: set[Decimal], chance: Random) -> str:
    """Return a value of the same shape that nothing in the text has, a longer one where all are taken."""
    whole, _, part = said.lstrip("-").partition(".")
    longest = _PERCENT_PLACES if unit == "%" else _PLACES
    for places in range(min(len(whole), longest), longest + 1):
        for _ in range(_TRIES):
            value = str(chance.randint(10 ** (places - 1) if places > 1 else 1, 10**places - 1))
            if part:
                value += "." + "".join(chance.choices("0123456789", k=len(part) - 1))
                value += chance.choice("123456789")
            if Decimal(value) not in taken and (part or int(value) not in _YEARS):
                taken.add(Decimal(value))
                return value
    raise LookupError(f"no value left like {said}")
