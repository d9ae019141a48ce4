"""The numbers of a narrative that are bound to cells, as readings; what is not read is listed with its line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from helpers.basics import money
from helpers.basics.model import BUDGET, FINAL, Address, Measure
from helpers.edition import codes, patterns
from helpers.edition.idiom import DOWN, FLAT, UNPLANNED, UP
from helpers.edition.patterns import Patterns
from helpers.edition.pieces import AMOUNT, COMPLETION, COUNT, DIFFERENCE, RATE, SHARE
from helpers.intake.claims import written_basis
from helpers.intake.readings import Reading
from helpers.published import published, reading
from helpers.published.bound import Bound
from helpers.published.words import without_noise

_SIGNS = {UP: "", DOWN: "-"}


@dataclass(frozen=True)
class Read:
    """What was read of a narrative: its readings, how many numbers there are of each fate, and what was not read.

    `found` is the narrative as it was read, nothing where there is none.
    """

    found: reading.Reading | None = None
    readings: tuple[Reading, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    unread: tuple[str, ...] = ()


def read(narrative: published.Narrative, edition: str, year: int) -> Read:
    """Return what a narrative says of the figures, by the sentences of an edition."""
    if not narrative.text:
        return Read()
    declared = patterns.load(edition)
    found = reading.read(declared, narrative, year)
    return Read(
        found=found,
        readings=(*_numbers(found), *_without_numbers(found, declared)),
        counts=found.counts,
        unread=tuple(
            f"{_place(found, start)}：没有读出「{words.strip()}」"
            for start, words in found.unread_sentences.items()
        ),
    )


def _place(found: reading.Reading, start: int) -> str:
    """Return where a place of the narrative's text stands: its file and line, or its page where it has no lines."""
    file, _, line = found.line(start).rpartition(":")
    page = found.narrative.page(int(line))
    return f"{file} {page}" if page else f"{file}:{line}"


def _numbers(found: reading.Reading) -> Iterator[Reading]:
    """Yield the numbers that are bound by their words, each as what it is said to be."""
    for number in found.numbers:
        if number.slot is None or number.bound is None or number.bound.likeness < 1:
            continue
        kind, cells, place = number.slot.kind, number.slot.cells, _place(found, number.start)
        written = without_noise(number.text, number.unit)
        if not _is_unit(kind, number.unit) or not money.is_number(written):
            continue
        label = number.bound.piece.label
        said = partial(
            _reading,
            statement=number.bound.node.statement,
            is_named=number.bound.is_of_named_row,
        )
        if kind in (AMOUNT, COUNT) and len(cells) == 1:
            yield said(cells[0], kind, written, number.unit, place, label)
        elif kind in (DIFFERENCE, RATE) and len(cells) == 2:
            sign = _SIGNS.get(number.bound.piece.way)
            if sign is not None:
                told = f"{sign}{written}"
                yield said(cells[1], kind, told, number.unit, place)
        elif kind == SHARE and cells:
            yield said(cells[0], kind, written, number.unit, place)
        elif kind == COMPLETION and len(cells) == 2:
            yield said(cells[1], kind, written, number.unit, place, label)


def _without_numbers(found: reading.Reading, declared: Patterns) -> Iterator[Reading]:
    """Yield what is said in words alone: that something stayed as it was, that nothing was planned."""
    for bound in found.bound:
        piece = bound.piece
        if piece.numbers or not bound.is_sure or piece.way not in (FLAT, UNPLANNED):
            continue
        for measure in _measures(bound):
            cells = declared.cells(bound.node.statement, measure)
            kind = DIFFERENCE if piece.way == FLAT else AMOUNT
            if len(cells) == 2:
                yield _reading(
                    cells[1],
                    kind,
                    "0",
                    money.WAN,
                    _place(found, found.places[piece.start]),
                    piece.label,
                    statement=bound.node.statement,
                )


def _measures(bound: Bound) -> list[Measure]:
    return [measure for measure in bound.measures if measure]


def _is_unit(kind: str, unit: str) -> bool:
    if kind in (RATE, SHARE, COMPLETION):
        return unit == "%"
    return unit in (codes.vocabulary().count_units if kind == COUNT else money.MONEY_UNITS)


def _reading(
    cell: Address,
    kind: str,
    written: str,
    unit: str,
    place: str,
    label: str = "",
    is_named: bool = True,
    statement: str = "",
) -> Reading:
    """Return the reading of a cell; of the budgets the words may say which it is, else it is the usual one."""
    budgets = codes.vocabulary().bases(BUDGET)
    named = next((b for b in budgets if cell.basis == BUDGET and b in label), cell.basis)
    return Reading(
        address=cell._replace(basis=FINAL),
        basis=written_basis(named),
        kind=kind,
        written=written,
        unit=unit,
        place=place,
        is_named=is_named,
        statement=statement,
    )
