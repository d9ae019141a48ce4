"""Which node an attribute is read as: what a share, a change, a completion says of the labelled number before it."""

from __future__ import annotations

import re
from collections.abc import Collection

from helpers.basics.model import BUDGET, Measure
from helpers.edition import codes
from helpers.edition.idiom import DATE, Idiom
from helpers.edition.nodes import Node
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
from helpers.published.bound import Spoken
from helpers.published.candidates import MAY_BE
from helpers.published.likeness import likeness
from helpers.published.sayings import SHORT, Sayings

_OF_WHOLE = re.compile("占(?!(?:年初|年度|全年|调整)?预算数?的?#)|比重")
_OF_PLAN = re.compile("完成|执行率|进度|控制率")
_BUDGET = re.compile("(?:完成)?(?:年初|全年|年度|调整)?预算(?:数|额|总额|安排|安排数)?#的?")
_AGAINST_BUDGET = re.compile(
    "(?:支出)?(?:决算数?)?[与比较同]?(?:年初|全年|年度|调整)?预算数?[增减平]?"
)
_WITH_BUDGET = re.compile(f"(?:与|比|较|同|和)(?:{DATE})?(?:年初|全年|年度|调整)?预算")
_OF_BUDGET = "的#"  # behind a budget: 完成预算#的#
_WHOLE = re.compile("^占|的?占?#$")


class Attributes:
    """The attributes that the nodes of a section declare."""

    def __init__(self, sayings: Sayings, idiom: Idiom):
        self.nodes, self._heads, self.idiom = sayings.nodes, sayings.heads, idiom
        self._said_of: dict[int, list[int]] = {}  # by the identity of a labelled node

    def amount_of(self, named: Node) -> Node | None:
        """Return the amount of a row that is only named, for what is said of it before that amount."""
        for node in self.nodes:
            said = node.measures[0] if node.measures else None
            if node.listing == named.listing and said and said.kind == AMOUNT:
                return node
        return None

    def may_be(self, piece: Piece) -> bool:
        """Return whether a piece says something of the number before it, also its budget, or an amount by no name."""
        return (
            piece.is_attribute
            or piece.words == _OF_BUDGET
            or (piece.kind == AMOUNT and self._is_nameless(piece.words))
            or (piece.kind in (DIFFERENCE, RATE) and self.is_against_budget(piece))
        )

    def is_against_budget(self, piece: Piece) -> bool:
        """Return whether what follows is held against a budget: 与年初预算相比, 比年初预算数3万元."""
        if piece.numbers:
            return _WITH_BUDGET.match(piece.label) is not None
        return _AGAINST_BUDGET.fullmatch(piece.words) is not None

    def _is_nameless(self, words: str) -> bool:
        return self.idiom.names_nothing(words) or _BUDGET.fullmatch(words) is not None

    def budget(self, piece: Piece) -> str:
        """Return which budget a piece names."""
        return self._basis(piece.words)

    def node(
        self, spoken: Spoken, piece: Piece, before: str, used: set[int], budgets: Collection[str]
    ) -> int | None:
        """Return what an attribute says of a labelled number: its own node, one not `used` yet, any.

        Of what was completed of a budget that is named, and is one of the `budgets` that are stated beside, it is that.

        `before` is the kind of the piece before it: a mere percentage behind a difference or a rate is a rate, behind
        anything else what alone it can be.
        """
        head = spoken.of.node if spoken.of else None
        measure = head.measures[0] if head else None
        if head is None or measure is None:
            return None
        if piece.kind == AMOUNT:
            return self._amount(head, measure, piece.words)
        kind = RATE if piece.kind == PERCENT and before in (DIFFERENCE, RATE) else piece.kind
        kind = COMPLETION if piece.words == _OF_BUDGET else kind
        fitting = [
            i
            for i in self._about(head, measure)
            if self._may_say(i, piece, kind) and self._is_against(i, spoken.against)
        ]
        own = [i for i in fitting if self._heads[i] is head]
        if kind == PERCENT and len({self._kind(i) for i in own or fitting}) != 1:
            return None
        basis = self._basis(piece.words)
        is_stated = basis in budgets

        def rank(i: int) -> tuple[bool, ...]:
            is_other = kind == COMPLETION and self._basis(self.nodes[i].piece.words) != basis
            is_wrong = self._kind(i) != kind and kind != PERCENT
            is_held_elsewhere = spoken.against not in ("", self._held(i))
            is_misread = is_held_elsewhere or (is_stated and is_other)
            return is_wrong, is_misread, i not in own, is_other, i in used

        return min(fitting, key=rank, default=None)

    def _is_against(self, i: int, budget: str) -> bool:
        """Return whether a node says of no change against what, or of one against a budget where one is named."""
        is_change = self._kind(i) in (DIFFERENCE, RATE)
        return not is_change or bool(budget) == (self._held(i) in self._budgets)

    def _held(self, i: int) -> str:
        """Return the basis that what a node says is held against."""
        said = self.nodes[i].measures[0]
        return on_basis(said.names[-1])[1] if said else ""

    @property
    def _budgets(self) -> Collection[str]:
        return {BUDGET, *codes.vocabulary().bases(BUDGET)}

    def _amount(self, head: Node, of: Measure, words: str) -> int | None:
        """Return the amount of a quantity whose budget is named before it, or the budget of one."""
        quantity, of_budget = on_basis(of.names[0])
        if bool(of_budget) != self.idiom.names_nothing(words):
            return None
        wanted = self._basis(words)
        found: dict[str, int] = {}
        for i, node in enumerate(self.nodes):
            said = node.measures[0] if node.measures else None
            is_near = not of.listing or node.statement == head.statement
            if said and (said.kind, said.listing) == (AMOUNT, of.listing) and is_near:
                named, basis = on_basis(said.names[0])
                if named == quantity:
                    found.setdefault(basis, i)
        if of_budget:
            return found.get("")
        return found.get(wanted)

    def _basis(self, words: str) -> str:
        """Return which budget some words name."""
        budgets = codes.vocabulary().bases(BUDGET)
        return next((budget for budget in budgets if budget in words), BUDGET)

    def _kind(self, i: int) -> str:
        said = self.nodes[i].measures[0]
        return said.kind if said else ""

    def _about(self, head: Node, of: Measure) -> list[int]:
        """Return the nodes that say something of the quantity that a labelled node states."""
        if id(head) not in self._said_of:
            self._said_of[id(head)] = [
                i
                for i, node in enumerate(self.nodes)
                if node.measures
                and node.statement == head.statement
                and (said := node.measures[0])
                and said.kind not in (AMOUNT, COUNT)
                and said.listing == of.listing
                and _is_of(said, of)
            ]
        return self._said_of[id(head)]

    def _may_say(self, i: int, piece: Piece, kind: str) -> bool:
        """Return whether a node says what an attribute of such a kind may say."""
        node = self.nodes[i]
        return (
            kind in MAY_BE[self._kind(i)]
            and bool(piece.numbers) == bool(node.piece.numbers)
            and (node.piece.way == piece.way or node.piece.way not in (FLAT, UNPLANNED))
            and _says_alike(piece.words, node.piece.words)
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


def _says_alike(said: str, declared: str) -> bool:
    """Return whether two percentages are not plainly a share and a completion."""
    return not any(
        one.search(said) and other.search(declared) and not one.search(declared)
        for one, other in ((_OF_WHOLE, _OF_PLAN), (_OF_PLAN, _OF_WHOLE))
    )


def _is_of(said: Measure, of: Measure) -> bool:
    """Return whether something is said of a quantity; of its budget nothing but how far it was spent."""
    quantity, basis = on_basis(of.names[0])
    return said.names[0] == of.names[0] or (
        bool(basis) and said.names[0] == quantity and said.kind == COMPLETION
    )
