"""A published text read by what it says: every number bound to what its words state, or listed.

Nothing here knows a figure: patterns, code lists and the text decide, so a wrong number cannot hide itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from helpers.basics.model import Address, Measure
from helpers.basics.text import fold, page_lines
from helpers.edition import members
from helpers.edition.members import Members
from helpers.edition.nodes import Node
from helpers.edition.patterns import Pattern, Patterns
from helpers.edition.pieces import Mark, Piece
from helpers.published.binding import Section
from helpers.published.bound import Bound
from helpers.published.published import Narrative
from helpers.published.ready import Meant
from helpers.published.sections import regions_of

BOUND, WORDS, DATES, UNREAD = FATES = ("bound", "words", "dates", "unread")
LEADING = 2  # characters before a number that tell what it is
_DIGITS = re.compile(r"\d+(?:\.\d+)?")


def counted(fates: Sequence[str]) -> dict[str, int]:
    """Return how many numbers there are, and of each fate.

    >>> counted([])
    {'all': 0, 'bound': 0, 'words': 0, 'dates': 0, 'unread': 0}
    """
    return {"all": len(fates), **{fate: fates.count(fate) for fate in FATES}}


@dataclass(frozen=True, slots=True)
class Slot:
    """What a number was bound to: its statement, its measure, its kind and the cells that it is made of."""

    statement: str
    measure: Measure
    cells: tuple[Address, ...]

    @property
    def kind(self) -> str:
        return self.measure.kind


@dataclass(frozen=True, slots=True)
class ReadNumber:
    """A number of the text as it was read; `start` and `end` are places in the narrative's own text."""

    text: str
    unit: str
    start: int
    end: int
    fate: str
    slot: Slot | None
    bound: Bound | None
    piece: Piece | None


@dataclass(frozen=True)
class Reading:
    """A published text, read: what is bound, all pieces of its sections, and every number with its fate."""

    narrative: Narrative
    text: str
    places: tuple[int, ...]
    bound: tuple[Bound, ...]
    sections: dict[str, Section]
    numbers: tuple[ReadNumber, ...]

    def original(self, start: int, end: int) -> str:
        """Return the text as published that stands between two places of the folded text."""
        return (
            self.narrative.text[self.places[start] : self.places[end - 1] + 1]
            if end > start
            else ""
        )

    def place(self, start: int) -> str:
        """Return file and line of a place of the folded text."""
        return self.line(self.places[start])

    def line(self, start: int) -> str:
        """Return file and line of a place of the narrative's own text."""
        name = self.narrative.name.rpartition("/")[2]
        return f"{name}:{self.narrative.text.count(chr(10), 0, start) + 1}"

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many numbers there are, and of each fate; the four add up to all."""
        return counted([number.fate for number in self.numbers])

    def unread_in(self, statement: str) -> set[tuple[str, str, str]]:
        """Return the numbers that stand in the section of a statement and are not read: unit, and what leads to it, beside each."""
        section = self.sections.get(statement)
        if section is None or not section.pieces:
            return set()
        start, end = section.pieces[0].start, section.pieces[-1].end - 1
        inside = range(self.places[start], self.places[end] + 1)
        text = self.narrative.text
        return {
            (n.text, n.unit, text[n.start - LEADING : n.start])
            for n in self.numbers
            if n.fate == UNREAD and n.start in inside
        }

    @property
    def unread_sentences(self) -> dict[int, str]:
        """The sentences in which a number is not read, each by the place where it starts."""
        text, found = self.narrative.text, {}
        for number in self.numbers:
            if number.fate == UNREAD:
                start = max(text.rfind(stop, 0, number.start) for stop in "。\n") + 1
                stops = (text.find(stop, number.end) for stop in "。\n")
                found[start] = text[start : min((e for e in stops if e >= 0), default=len(text))]
        return found

    @property
    def own_clauses(self) -> dict[int, str]:
        """The clauses of the department's own words in which a number is, each by the place where it starts."""
        pieces = {n.piece for n in self.numbers if n.fate == WORDS and n.piece}
        return {
            p.start: self.original(p.start, p.end)
            for p in sorted(pieces, key=lambda piece: piece.start)
        }


def read(
    patterns: Patterns,
    narrative: Narrative,
    year: int,
    meant: Meant | None = None,
    before: Reading | None = None,
) -> Reading:
    """Return a narrative read by the patterns of its edition.

    `meant` are rows whose names no list has, and `before` how it was read without them: only the sections that
    name one are read again.
    """
    text, places = fold(narrative.text)
    regions, _ = regions_of(text, list(patterns.by_number.values()))
    shared: dict[tuple[int, int], list[Pattern]] = {}
    for number, pattern in patterns.by_number.items():
        if number in regions:
            shared.setdefault(regions[number], []).append(pattern)
    sections = [
        _already(before, group, meant) or _section(patterns, text, region, group, year, meant)
        for region, group in sorted(shared.items(), key=lambda item: item[0])
    ]
    _bind_moved(sections)
    bound = tuple(b for section in sections for b in section.bound)
    bases = {base.piece.start: base for b in bound if (base := b.base)}
    numbers = list(_numbers(text, places, patterns, sections, bases))
    across = [(n.start, n.end) for n in numbers if n.end - n.start > len(n.text)]
    numbers += [
        n  # a number that is broken by a page line holds it
        for n in _of_page_lines(narrative.text)
        if not any(start < n.start < end for start, end in across)
    ]
    return Reading(
        narrative=narrative,
        text=text,
        places=tuple(places),
        bound=(*bound, *bases.values()),
        sections={p.number: s for s in sections for p in s.patterns},
        numbers=tuple(sorted(numbers, key=lambda n: n.start)),
    )


def _already(before: Reading | None, group: list[Pattern], meant: Meant | None) -> Section | None:
    """Return a section as it was read before, nothing where it names a row of which more is known now."""
    section = before.sections[group[0].number] if before else None
    is_same = section and not any(piece.start in (meant or {}) for piece in section.pieces)
    return section if is_same else None


def _section(
    patterns: Patterns,
    text: str,
    region: tuple[int, int],
    group: list[Pattern],
    year: int,
    meant: Meant | None,
) -> Section:
    section = Section(
        group,
        patterns.cutter.pieces(text, *region),
        _members(group, patterns.edition, year),
        patterns.cutter.idiom,
        year,
        meant,
    )
    section.bind()
    return section


def _members(group: list[Pattern], edition: str, year: int) -> dict[str, Members]:
    return {
        name: members.of(listing, edition, year)
        for pattern in group
        for name, listing in pattern.listings.items()
    }


def _bind_moved(sections: list[Section]) -> None:
    """Bind what stands in another section, where exactly one node and one piece have the words."""
    free: dict[str, list[tuple[Section, Node]]] = {}
    for section in sections:
        for node in section.lost():
            free.setdefault(node.piece.words, []).append((section, node))
    wanted: dict[str, list[tuple[Section, int]]] = {}
    for section in sections:
        for place in section.unbound():
            words = section.pieces[place].words
            if len(words) > 8 and words in free:
                wanted.setdefault(words, []).append((section, place))
    for words, some in wanted.items():
        if len(some) == len(free[words]) == 1:
            (section, place), (_, node) = some[0], free[words][0]
            if not node.listing:
                section.take(node, place)


def _numbers(
    text: str,
    places: list[int],
    patterns: Patterns,
    sections: list[Section],
    bases: dict[int, Bound],
) -> Iterator[ReadNumber]:
    """Yield every number of the text with its fate."""
    asides = sorted((a.start, a.end) for a in patterns.cutter.asides(text))
    said: dict[int, tuple[Bound | None, Measure | None, Piece | None, str]] = {}
    for section in sections:
        for place, piece in enumerate(section.pieces):
            bound = section.at(place)
            fate = WORDS if section.is_own(place) or bound else UNREAD
            for mark in piece.bases:
                base = bases.get(mark.start)
                measure = base.measures[0] if base else None
                said[mark.start] = (base, measure, piece, BOUND if measure else UNREAD)
            for n, mark in enumerate(piece.numbers):
                measure = bound.measure_at(n) if bound else None
                if bound and measure and len(piece.numbers) > 1 == len(bound.measures):
                    statement, several = bound.node.statement, len(piece.numbers)
                    measure = patterns.apart(statement, measure, n, several)
                said[mark.start] = (bound, measure, piece, BOUND if measure else fate)
    aside = 0
    for match in _DIGITS.finditer(text):
        while aside < len(asides) and asides[aside][1] <= match.start():
            aside += 1
        is_aside = aside < len(asides) and asides[aside][0] <= match.start()
        nothing = (None, None, None, DATES if is_aside else UNREAD)
        bound, measure, where, fate = said.get(match.start(), nothing)
        slot = _slot(patterns, bound, measure) if bound and measure else None
        yield ReadNumber(
            text=match[0],
            unit=_unit(where, match.start()),
            start=places[match.start()],
            end=places[match.end() - 1] + 1,
            fate=fate,
            slot=slot,
            bound=bound,
            piece=where,
        )


def _of_page_lines(text: str) -> Iterator[ReadNumber]:
    """Yield the numbers of page numbers and running heads."""
    for start, end in page_lines(text):
        for match in re.compile(r"\d+").finditer(text, start, end):
            yield ReadNumber(
                text=match[0],
                unit="",
                start=match.start(),
                end=match.end(),
                fate=DATES,
                slot=None,
                bound=None,
                piece=None,
            )


def _slot(patterns: Patterns, bound: Bound, measure: Measure) -> Slot:
    statement = bound.node.statement
    return Slot(statement, measure, patterns.cells(statement, measure))


def _unit(piece: Piece | None, start: int) -> str:
    marks: tuple[Mark, ...] = (*piece.numbers, *piece.bases) if piece else ()
    return next((mark.unit for mark in marks if mark.start == start), "")
