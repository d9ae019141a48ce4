"""What is bound: a piece and the node that it is read as, and the number that a text speaks of while it goes on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal

from helpers.basics.model import LAST_YEAR, Measure
from helpers.edition.idiom import Idiom
from helpers.edition.members import Member
from helpers.edition.nodes import Node
from helpers.edition.pieces import AMOUNT, DIFFERENCE, RATE, Piece
from helpers.edition.slots import on_basis

_ON_LAST_YEAR = (AMOUNT, DIFFERENCE, RATE)
ELSEWHERE = -1  # the place of a piece that stands in another section than its node


@dataclass(frozen=True, slots=True)
class Bound:
    """A piece and the node that it is read as; `key` is the row of an enumeration that it speaks of.

    `likeness` is 1 where its words are those of the node or synonyms of them; `member` is how the row is named in
    the piece itself; `is_of_named_row` that it is named there or before as it is called.
    """

    node: Node
    piece: Piece
    place: int
    likeness: float
    key: str = ""
    member: Member | None = None
    is_of_named_row: bool = True

    @property
    def is_sure(self) -> bool:
        return self.likeness >= 1 and self.is_of_named_row

    @property
    def names_its_row(self) -> bool:
        """Whether it says nothing but a row's name and number, and names it as it is called."""
        return self.member is not None and self.member.is_exact and self.likeness >= 1

    @property
    def is_zero(self) -> bool:
        """Whether it has numbers, and all of them are zero: 增加0万元."""
        numbers = self.piece.numbers
        return bool(numbers) and not any(Decimal(mark.text) for mark in numbers)

    @property
    def measures(self) -> tuple[Measure | None, ...]:
        """What each number of the piece states."""
        return tuple(
            m._replace(key=self.key) if m is not None and m.listing else m
            for m in self.node.measures
        )

    @property
    def base(self) -> Bound | None:
        """What the last year's amount is read as that stands beside a change, or beside what it came to."""
        said = self.node.measures[0] if self.node.measures else None
        if len(self.piece.bases) != 1 or said is None or said.kind not in _ON_LAST_YEAR:
            return None
        [mark] = self.piece.bases
        quantity, _ = on_basis(said.names[0])
        amount = said._replace(kind=AMOUNT, names=(f"{quantity}@{LAST_YEAR}",))
        label = f"上年#{mark.unit}"
        piece = replace(
            self.piece,
            label=label,
            kind=AMOUNT,
            way="",
            numbers=(mark,),
            bases=(),
            start=mark.start,
        )
        return replace(self, node=replace(self.node, measures=(amount,)), piece=piece, member=None)

    def is_said_again(self, piece: Piece, idiom: Idiom) -> bool:
        """Return whether a piece has its very number: 支出5万元，由上年的3万元增加到5万元; not 收入5万元，支出5万元."""
        is_same = _written(piece) == _written(self.piece)
        return is_same and not idiom.differ(piece.words, self.piece.words)

    def measure_at(self, n: int) -> Measure | None:
        """Return what the n-th number states; several numbers of one slot state the same."""
        measures = self.measures
        if not measures or not self.piece.numbers:
            return None
        return measures[n] if n < len(measures) else measures[0] if len(measures) == 1 else None


def _written(piece: Piece) -> list[tuple[str, str]]:
    return [(mark.text, mark.unit) for mark in piece.numbers]


@dataclass
class Spoken:
    """The labelled number that a text speaks of while it goes on, and what it said of it.

    `against` is the budget that it is held against, blank where it is the last year.
    """

    of: Bound | None = None
    told: set[tuple[Measure | None, ...]] = field(default_factory=set)
    against: str = ""
    outside: tuple[Bound | None, set[tuple[Measure | None, ...]]] | None = None

    def turn(self, to: Bound | None) -> None:
        """Speak of another number."""
        self.of, self.told, self.against = to, set(), ""

    def at(self, stop: str) -> None:
        """Go into a bracket, or out of one and on with what was spoken of before it."""
        if stop == "(":
            self.outside = self.of, self.told
        elif stop == ")" and self.outside:
            (self.of, self.told), self.outside = self.outside, None
