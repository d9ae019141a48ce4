"""Published against recomputed: numbers judged by their intervals, sentences by their numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from helpers.basics import money
from helpers.basics.money import Amount
from helpers.review.alignment import Alignment, Bound, Left, Reading

SAME, DIFFERS, ABSENT, UNPUBLISHED = "same", "differs", "absent", "unpublished"
ROUNDING, UNKNOWN = "rounding", "unknown"
WORDS, UNIT = "words", "unit"  # why a number is unknown or differs, where it is not the number
# Below this likeness of words a number may belong elsewhere; a difference is told as not judged.
SURE = 0.7
_WAY = re.compile("增加|减少|增长|下降|持平|大于|小于|高于|低于|等于")
_MONEY = ("万元", "万", "亿元", "元")
COMPARED_UNITS = ("%", *_MONEY)


@dataclass(frozen=True, slots=True)
class Judged:
    """A bound number and what its comparison says: same, rounding, differs or unknown."""

    bound: Bound
    verdict: str
    because: str = ""


@dataclass(frozen=True)
class Compared:
    """One sentence with its verdict, its numbers judged and the words that differ."""

    reading: Reading
    verdict: str
    judged: tuple[Judged, ...]
    turned: tuple[tuple[str, str], ...]  # (written, printed) directions that contradict
    more_printed: bool  # numbers stand in the published sentence that the written one does not have

    @property
    def agrees(self) -> bool:
        """Return whether every number was judged and is right; one that could not be judged is no agreement."""
        return self.verdict == SAME and not self.unsure

    @property
    def unsure(self) -> bool:
        return any(j.verdict == UNKNOWN for j in self.judged)


@dataclass(frozen=True)
class Comparison:
    """Every sentence compared, and what was published beyond them."""

    sentences: tuple[Compared, ...]
    left: tuple[Left, ...]
    alignment: Alignment | None

    @cached_property
    def by_sentence(self) -> dict[str, Compared]:
        return {c.reading.sentence.id: c for c in self.sentences}

    def count(self, verdict: str) -> int:
        return sum(c.agrees if verdict == SAME else c.verdict == verdict for c in self.sentences)


def compare(alignment: Alignment | None) -> Comparison:
    """Judge an alignment; without one, nothing was published and nothing is said."""
    if alignment is None:
        return Comparison((), (), None)
    beyond = {left.after.sentence.id for left in alignment.left if left.after and left.goes_on}
    sentences = tuple(_compared(r, r.sentence.id in beyond) for r in alignment.readings)
    return Comparison(sentences, alignment.left, alignment)


def _compared(reading: Reading, more_printed: bool) -> Compared:
    judged = tuple(map(_judged, reading.bound))
    turned = tuple(
        (ours[0], theirs[0])
        for written, printed in reading.changed + reading.alike
        if (ours := _WAY.findall(written.label))
        and (theirs := _WAY.findall(printed.label))
        and ours != theirs
    )
    if not reading.published:
        verdict = ABSENT
    elif (
        any(j.verdict == DIFFERS for j in judged)
        or turned
        or any(any(e.known) for e in reading.lost)
        or reading.uneven
        or more_printed
    ):
        verdict = DIFFERS
    else:
        verdict = SAME
    return Compared(reading, verdict, judged, turned, more_printed)


def _judged(bound: Bound) -> Judged:
    written, printed = bound.written, bound.printed
    if bound.likeness < SURE and written.text != printed.text:
        return Judged(bound, UNKNOWN, WORDS)
    if bound.number is None:
        return _judged_as_written(bound)
    if bound.number.value is None:
        return Judged(bound, UNKNOWN)
    unit = bound.number.unit
    if _unit(unit, written.unit) != _unit(unit, printed.unit):
        return Judged(bound, DIFFERS, UNIT)
    if not _as_printed(printed.text, unit).meets(bound.number.value):
        return Judged(bound, DIFFERS)
    return Judged(bound, SAME if Decimal(printed.text) == Decimal(written.text) else ROUNDING)


def _judged_as_written(bound: Bound) -> Judged:
    """Judge a number that comes from no cell: a year, an ordinal."""
    written, printed = bound.written, bound.printed
    if written.unit in COMPARED_UNITS and printed.unit != written.unit:
        return Judged(bound, DIFFERS, UNIT)
    return Judged(bound, SAME if written.text == printed.text else DIFFERS)


def _unit(unit: str, following: str) -> str:
    """Counters are free to vary (辆, 台); money and percentages are not."""
    return following if unit in COMPARED_UNITS else ""


def _as_printed(text: str, unit: str) -> Amount:
    """Return the interval of a number as printed."""
    if unit in _MONEY:
        return money.amount(text, money.WAN)
    if unit == "%":
        value = Decimal(text)
        return Amount(value, money.HALF.scaleb(-money.decimals(value)))
    return Amount(Decimal(text))
