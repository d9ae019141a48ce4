"""Which node an attribute is read as: what a share, a change, a completion says of the labelled number before it."""

from __future__ import annotations

import re

from helpers.basics.model import Measure
from helpers.edition.idiom import Idiom
from helpers.edition.patterns import Node
from helpers.edition.pieces import (
    AMOUNT,
    COMPLETION,
    COUNT,
    DIFFERENCE,
    FLAT,
    PERCENT,
    RATE,
    UNPLANNED,
    Piece,
)
from helpers.edition.slots import on_basis
from helpers.published.candidates import MAY_BE
from helpers.published.likeness import likeness
from helpers.published.sayings import SHORT

_WHOLE = re.compile("^占|的?占?#$")


class Attributes:
    """The attributes that the nodes of a section declare."""

    def __init__(self, nodes: list[Node], idiom: Idiom):
        self.nodes, self.idiom = nodes, idiom

    def amount_of(self, named: Node) -> Node | None:
        """Return the amount of a row that is only named, for what is said of it before that amount."""
        for node in self.nodes:
            said = node.measures[0] if node.measures else None
            if node.listing == named.listing and said and said.kind == AMOUNT:
                return node
        return None

    def node(self, head: Node, piece: Piece, before: str, used: set[int]) -> int | None:
        """Return what an attribute says of a labelled number: its own node, one not `used` yet, any.

        `before` is the kind of the piece before it: a mere percentage behind a difference or a rate is a rate, behind
        anything else what alone it can be.
        """
        measure = head.measures[0]
        if measure is None:
            return None
        kind = RATE if piece.kind == PERCENT and before in (DIFFERENCE, RATE) else piece.kind
        fitting = [
            i for i in range(len(self.nodes)) if self._may_say(i, piece, kind, measure, head)
        ]
        own = [i for i in fitting if self._is_own(i, head)]
        if kind == PERCENT and len({self._kind(i) for i in own or fitting}) != 1:
            return None

        def rank(i: int) -> tuple[bool, bool, bool]:
            return self._kind(i) != kind and kind != PERCENT, i not in own, i in used

        return min(fitting, key=rank, default=None)

    def _is_own(self, i: int, head: Node) -> bool:
        node = self.nodes[i]
        return node.head >= 0 and self.nodes[node.head] is head

    def _kind(self, i: int) -> str:
        said = self.nodes[i].measures[0]
        return said.kind if said else ""

    def _may_say(self, i: int, piece: Piece, kind: str, of: Measure, head: Node) -> bool:
        """Return whether a node says of the same quantity what an attribute of such a kind may say."""
        node = self.nodes[i]
        said = node.measures[0] if node.measures else None
        return (
            said is not None
            and said.kind not in (AMOUNT, COUNT)
            and _is_of(said, of)
            and said.listing == of.listing
            and node.statement == head.statement
            and kind in MAY_BE[said.kind]
            and bool(piece.numbers) == bool(node.piece.numbers)
            and (node.piece.way == piece.way or node.piece.way not in (FLAT, UNPLANNED))
            and self._of_same_whole(piece.words, node.piece.words)
        )

    def _of_same_whole(self, said: str, declared: str) -> bool:
        """Return whether two shares are not plainly of different wholes: 占A的, 占B的."""
        if not (said.startswith("占") and declared.startswith("占")):
            return True
        a, b = (_WHOLE.sub("", words) for words in (said, declared))
        return min(len(a), len(b)) < SHORT or (
            likeness(a, b) >= 0.5 and not self.idiom.differ(a, b)
        )


def _is_of(said: Measure, of: Measure) -> bool:
    """Return whether something is said of a quantity; of its budget nothing but how far it was spent."""
    quantity, basis = on_basis(of.names[0])
    return said.names[0] == of.names[0] or (
        bool(basis) and said.names[0] == quantity and said.kind == COMPLETION
    )
