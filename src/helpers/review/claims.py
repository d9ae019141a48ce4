"""Which published piece stands in the place of which written one: what states the same, wherever it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from helpers.basics.model import Measure, Number, Sentence, Statement
from helpers.basics.text import fold
from helpers.edition.patterns import Node, Patterns
from helpers.edition.pieces import FLAT, ROW, UNPLANNED, Piece
from helpers.published.binding import Bound
from helpers.published.reading import Reading


@dataclass(frozen=True, slots=True)
class Expected:
    """A piece of a written sentence; `numbers` are its numbers, nothing for one that comes from no cell."""

    piece: Piece
    sentence: Sentence
    numbers: tuple[Number | None, ...]

    @property
    def measure(self) -> Measure | None:
        return next((n.measure for n in self.numbers if n), None)

    @property
    def is_zero_of_a_list(self) -> bool:
        """Whether it is a row of an enumeration of which nothing but zero is said."""
        return all(n and n.measure.listing and n.value and n.value.is_zero for n in self.numbers)


@dataclass
class Claims:
    """What was read, by what it states; `of` has what each written piece claims, by its sentence and place in it."""

    reading: Reading
    patterns: Patterns
    of: dict[tuple[str, int], Bound] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.by_measure: dict[tuple[str, Measure], list[Bound]] = {}
        self.by_words: dict[tuple[str, int, str], list[Bound]] = {}
        for bound in self.reading.bound:
            node = bound.node
            for measure in dict.fromkeys(m for m in bound.measures if m):
                self.by_measure.setdefault((node.statement, measure), []).append(bound)
            if not any(bound.measures):
                for words in {node.piece.words, bound.piece.words, ROW + bound.key}:
                    key = (node.statement, node.position, words)
                    self.by_words.setdefault(key, []).append(bound)

    def expected(self, statement: str, sentence: Sentence) -> list[Expected]:
        """Return the pieces of a written sentence, cut as the published ones, with the numbers that stand in each."""
        folded, places = fold(sentence.text)
        at = {n.start: n for n in sentence.numbers}
        section = self.reading.sections.get(statement)
        cut = self.patterns.cutter.pieces(folded)
        return [
            Expected(p, sentence, tuple(at.get(places[m.start]) for m in p.numbers))
            for p in (section.ready.split(cut) if section else cut)
        ]

    def make(self, expected: list[tuple[Statement, Sentence, list[Expected]]]) -> None:
        """Let every written piece claim what states the same, first in the same sentence of the pattern, then anywhere."""
        for same_sentence in (True, False):
            for statement, sentence, some in expected:
                last: Measure | None = None
                for n, one in enumerate(some):
                    measure = one.measure or self._mere_direction(statement, sentence, one, last)
                    last = one.measure or last
                    if (sentence.id, n) not in self.of:
                        self._claim(statement.number, sentence, n, one, measure, same_sentence)

    def _claim(
        self,
        statement: str,
        sentence: Sentence,
        n: int,
        one: Expected,
        measure: Measure | None,
        same_sentence: bool,
    ) -> None:
        position = position_of(sentence)
        if measure:
            offered = self.by_measure.get((statement, measure), [])
        else:
            words = one.piece.words
            section = self.reading.sections.get(statement)
            row = section.ready.row_named(words) if section and words and not one.numbers else ""
            offered = self.by_words.get((statement, position, ROW + row if row else words), [])
        for bound in offered:
            is_same = bound.node.position == position
            if id(bound) not in self.taken and (is_same or not same_sentence):
                self.taken.add(id(bound))
                self.of[sentence.id, n] = bound
                return

    def _mere_direction(
        self, statement: Statement, sentence: Sentence, one: Expected, last: Measure | None
    ) -> Measure | None:
        """Return what a written piece without number states: that something stayed, that nothing was planned."""
        if one.piece.numbers or one.piece.way not in (FLAT, UNPLANNED):
            return None
        node = self._node(statement.number, position_of(sentence), one.piece)
        if node is None or not node.measures or node.measures[0] is None:
            return None
        measure = node.measures[0]
        return measure._replace(key=last.key) if measure.listing and last else measure

    def _node(self, statement: str, position: int, piece: Piece) -> Node | None:
        return next(
            (
                node
                for node in self.patterns.by_number[statement].nodes
                if node.position == position
                and node.piece.kind == piece.kind
                and node.piece.way == piece.way
                and not node.piece.numbers
            ),
            None,
        )

    def pieces(self, statement: str) -> list[Piece]:
        """Return the published pieces of the section in which a statement stands."""
        section = self.reading.sections.get(statement)
        return section.pieces if section else []

    def unclaimed(self) -> Iterator[tuple[Bound, str]]:
        """Yield what was read of numbers and directions and no written piece claims, after which sentence."""
        sentence_of = {id(bound): name for (name, _), bound in self.of.items()}
        last: dict[str, str] = {}
        for bound in self.reading.bound:
            statement = bound.node.statement
            if id(bound) in self.taken:
                last[statement] = sentence_of[id(bound)]
            elif any(bound.measures):
                yield bound, last.get(statement, "")


def position_of(sentence: Sentence) -> int:
    """Return the place of a sentence in its declaration, which its id tells."""
    return int(sentence.id.rpartition("-")[2].partition(".")[0])
