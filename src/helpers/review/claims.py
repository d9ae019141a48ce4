"""Which published piece stands in the place of which written one: what states the same, wherever it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from helpers.basics.model import Address, Measure, Number, Sentence, Statement
from helpers.basics.text import fold
from helpers.edition.patterns import Patterns
from helpers.edition.pieces import COMPLETION, FLAT, ROW, SHARE, UNPLANNED, Piece
from helpers.published.bound import Bound
from helpers.published.reading import Reading


@dataclass(frozen=True, slots=True)
class Expected:
    """A piece of a written sentence; `numbers` are its numbers, nothing for one that comes from no cell."""

    piece: Piece
    sentence: Sentence
    numbers: tuple[Number | None, ...]
    measure: Measure | None
    is_zero: bool  # nothing but zero is said; within a sentence that is otherwise there it may be left out

    @property
    def is_zero_of_a_list(self) -> bool:
        """Whether it is a row of an enumeration of which nothing but zero is said."""
        return all(n and n.measure.listing and n.value and n.value.is_zero for n in self.numbers)


class Said:
    """What was read, by what it states: the same whatever the figures give."""

    def __init__(self, reading: Reading, patterns: Patterns):
        self.reading, self.patterns = reading, patterns
        self.by_measure: dict[tuple[str, Measure], list[Bound]] = {}
        self.by_cell: dict[_Told, list[Bound]] = {}
        self.by_words: dict[tuple[str, int, str], list[Bound]] = {}
        self._cut: dict[tuple[str, str], list[tuple[Piece, tuple[int, ...]]]] = {}
        for bound in reading.bound:
            node = bound.node
            for measure in dict.fromkeys(m for m in bound.measures if m):
                self.by_measure.setdefault((node.statement, measure), []).append(bound)
                cells = patterns.cells(node.statement, measure)
                if len({cell[:3] for cell in cells}) == 1:
                    told = _told(node.statement, bound.piece.kind, cells[0][:3], cells)
                    self.by_cell.setdefault(told, []).append(bound)
            if not any(bound.measures):
                for words in {node.piece.words, bound.piece.words, ROW + bound.key}:
                    key = (node.statement, node.position, words)
                    self.by_words.setdefault(key, []).append(bound)

    def cut(self, statement: str, text: str) -> list[tuple[Piece, tuple[int, ...]]]:
        """Return the pieces of a written text, cut as the published ones, each with where its numbers stand in the text."""
        key = statement, text
        if key not in self._cut:
            folded, places = fold(text)
            section = self.reading.sections.get(statement)
            cut = self.patterns.cutter.pieces(folded)
            self._cut[key] = [
                (piece, tuple(places[mark.start] for mark in piece.numbers))
                for piece in (section.ready.split(cut) if section else cut)
            ]
        return self._cut[key]


@dataclass
class Claims:
    """Who claims what of all that was said: `of` has what each written piece claims, by its sentence and place in it."""

    said: Said
    of: dict[tuple[str, int], Bound] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)
    agreeing: dict[_Place, list[_Place]] = field(default_factory=dict)  # must be the same as a cell

    def expected(self, statement: str, sentence: Sentence) -> list[Expected]:
        """Return the pieces of a written sentence, with the numbers that stand in each."""
        at = {n.start: n for n in sentence.numbers}
        found = []
        for piece, starts in self.said.cut(statement, sentence.text):
            numbers = tuple(map(at.get, starts))
            measure = next((n.measure for n in numbers if n), None)
            is_zero = all(n and n.value and n.value.is_zero for n in numbers)
            found.append(Expected(piece, sentence, numbers, measure, is_zero))
        return found

    def make(self, expected: list[tuple[Statement, Sentence, list[Expected]]]) -> None:
        """Let every written piece claim what states the same, first in the same sentence of the pattern, then anywhere.

        A zero that may be left out, as it stands among others, claims after what may not. What no sentence of its own
        statement claims is left to those of the statements in the same section.
        """
        for number in (n for _, _, some in expected for one in some for n in one.numbers if n):
            if number.agreeing:
                alike = [cell[:3] for cell in number.agreeing]
                self.agreeing.update((cell[:3], alike) for cell in number.cells)
        for same_sentence, with_zeros in ((True, False), (True, True), (False, True)):
            for statement, sentence, some in expected:
                for n, one, measure in self._unserved(statement, sentence, some):
                    if with_zeros or not one.is_zero or _says_only_zero(some):
                        offered = self._offered(statement.number, sentence, one, measure)
                        self._claim(sentence, n, one, offered, same_sentence)
        for statement, sentence, some in expected:
            for n, one, measure in self._unserved(statement, sentence, some):
                if measure:
                    beside = self._beside(statement.number)
                    offered = [b for of in beside for b in self._stating(of, one, measure)]
                    self._claim(sentence, n, one, offered)

    def _unserved(
        self, statement: Statement, sentence: Sentence, some: list[Expected]
    ) -> Iterator[tuple[int, Expected, Measure | None]]:
        """Yield each piece of a sentence that has claimed nothing yet, with its place and what it states."""
        last: Measure | None = None
        for n, one in enumerate(some):
            if (sentence.id, n) not in self.of:
                yield n, one, one.measure or self._mere_direction(statement, sentence, one, last)
            last = one.measure or last

    def _claim(
        self,
        sentence: Sentence,
        n: int,
        one: Expected,
        offered: list[Bound],
        same_sentence: bool = False,
    ) -> None:
        """Let a written piece have what is offered and free: the first in its own words, else the first of all.

        With `same_sentence` only what stands at its place.
        """
        position = position_of(sentence)
        free = [
            bound
            for bound in offered
            if id(bound) not in self.taken
            and (bound.node.position == position or not same_sentence)
        ]
        in_its_words = (bound for bound in free if bound.piece.words == one.piece.words)
        if bound := next(in_its_words, next(iter(free), None)):
            self.taken.add(id(bound))
            self.of[sentence.id, n] = bound

    def _offered(
        self, statement: str, sentence: Sentence, one: Expected, measure: Measure | None
    ) -> list[Bound]:
        """Return what was read in a statement's section that states the same as a piece, or stands in its words."""
        if measure:
            return self._stating(statement, one, measure)
        position = position_of(sentence)
        words = self._form_of(statement, position, one.piece.words)
        section = self.said.reading.sections.get(statement)
        row = section.ready.row_named(words) if section and words and not one.numbers else ""
        return self.said.by_words.get((statement, position, ROW + row if row else words), [])

    def _stating(self, statement: str, one: Expected, measure: Measure) -> list[Bound]:
        return self.said.by_measure.get((statement, measure), []) or self._of_cells(statement, one)

    def _of_cells(self, statement: str, one: Expected) -> list[Bound]:
        """Return what states the same kind of one of the cells that must agree: 收入总计 apart from 支出总计."""
        number = next((n for n in one.numbers if n), None)
        if number is None or len({cell[:3] for cell in number.cells}) > 1:
            return []
        place = number.cells[0][:3]
        ways = [
            _told(statement, one.piece.kind, alike, number.cells)
            for alike in (place, *self.agreeing.get(place, ()))
        ]
        return [bound for way in ways for bound in self.said.by_cell.get(way, [])]

    def _beside(self, statement: str) -> list[str]:
        """Return the statements that were published in one section with a statement: 七.一 with 七.二, where no heading parts them."""
        section = self.said.reading.sections.get(statement)
        return [
            other
            for other, its in self.said.reading.sections.items()
            if its is section and other != statement
        ]

    def _form_of(self, statement: str, position: int, words: str) -> str:
        """Return the words of the node in which a name stands that some words are, else those words."""
        for form, declared in self.said.patterns.by_number[statement].named.get(position, ()):
            if form.fullmatch(words):
                return declared
        return words

    def _mere_direction(
        self, statement: Statement, sentence: Sentence, one: Expected, last: Measure | None
    ) -> Measure | None:
        """Return what a written piece without number states: that something stayed, that nothing was planned."""
        if one.piece.numbers or one.piece.way not in (FLAT, UNPLANNED):
            return None
        found = self._mere(statement.number, position_of(sentence), one.piece)
        same = [m for m in found if last and m.names[0] == last.names[0]]
        measure = next(iter(same or found), None)
        return measure._replace(key=last.key) if measure and measure.listing and last else measure

    def _mere(self, statement: str, position: int, piece: Piece) -> list[Measure]:
        """Return what the nodes of a sentence state that have the direction of a piece and no number; where some have its words, only those."""
        nodes = self.said.patterns.by_number[statement].nodes
        worded = [node for node in nodes if node.piece.words == piece.words]
        return [
            node.measures[0]
            for node in worded or nodes
            if node.position == position
            and node.piece.kind == piece.kind
            and node.piece.way == piece.way
            and not node.piece.numbers
            and node.measures
            and node.measures[0] is not None
        ]

    def is_of_another_whole(self, statement: str, one: Expected) -> bool:
        """Return whether it was published what part the same quantity is of another budget or total, or in another section."""
        mine = one.measure
        if mine is None or mine.kind not in (COMPLETION, SHARE):
            return False
        return any(
            (of == statement or not mine.listing)
            and (other.kind, other.names[0], other.key) == (mine.kind, mine.names[0], mine.key)
            for of, other in self.said.by_measure
        )

    def pieces(self, statement: str) -> list[Piece]:
        """Return the published pieces of the section in which a statement stands."""
        section = self.said.reading.sections.get(statement)
        return section.pieces if section else []

    def unclaimed(self) -> Iterator[tuple[Bound, str]]:
        """Yield what was read of numbers and directions and no written piece claims, after which sentence."""
        sentence_of = {id(bound): name for (name, _), bound in self.of.items()}
        last: dict[str, str] = {}
        for bound in self.said.reading.bound:
            statement = bound.node.statement
            if id(bound) in self.taken:
                last[statement] = sentence_of[id(bound)]
            elif any(bound.measures):
                yield bound, last.get(statement, "")


# In which statement, as which kind, of which cell on whatever basis, and on which bases something is told.
_Place = tuple[str, str, str]
_Told = tuple[str, str, _Place, frozenset[str]]


def _told(statement: str, kind: str, place: _Place, cells: Iterable[Address]) -> _Told:
    return statement, kind, place, frozenset(cell.basis for cell in cells)


def _says_only_zero(some: list[Expected]) -> bool:
    return all(one.is_zero for one in some)


def position_of(sentence: Sentence) -> int:
    """Return the place of a sentence in its declaration, which its id tells."""
    return int(sentence.id.rpartition("-")[2].partition(".")[0])
