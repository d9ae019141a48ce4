"""A node: one piece of a declared sentence, without any value, as a published piece may be read."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.basics.model import Measure
from helpers.edition import pieces
from helpers.edition.pieces import Piece
from helpers.edition.ways import Asserts


@dataclass(frozen=True, slots=True)
class Node:
    """One piece of a declared sentence.

    `measures` has what each of its numbers states, nothing for one that stands in the words themselves.
    `position` is the place of its sentence, not above 0 for one that may also be read; `head` the labelled
    node that an attribute belongs to, counted from the first of the sentence; `asserts` what the branch says of the figures; `after_own` that the
    department's own words stand before it; `own_slot` which own words follow it, with the word of their slot.
    """

    statement: str
    position: int
    listing: str
    piece: Piece
    measures: tuple[Measure | None, ...]
    asserts: Asserts
    head: int = -1
    after_own: bool = False
    own_slot: tuple[str, str] = ("", "")

    @property
    def says(self) -> tuple:
        """What tells it from the other nodes of its sentence."""
        p = self.piece
        return (
            p.words,
            p.kind,
            p.way == pieces.FLAT,
            self.measures,
            p.own,
            self.listing,
            self.head,
        )

    def states_the_same(self, other: Node) -> bool:
        """Return whether it is another node, or another way of wording one."""
        return self is other or (
            self.statement == other.statement
            and self.measures == other.measures
            and any(self.measures)
        )

    @property
    def is_loose(self) -> bool:
        """Whether it may stand anywhere in its section."""
        return self.position <= 0
