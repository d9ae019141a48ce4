"""The pieces of one section bound to the nodes of its pattern: the heaviest chain, then what was moved, then attributes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from helpers.edition.idiom import Idiom
from helpers.edition.members import Members
from helpers.edition.nodes import Node
from helpers.edition.patterns import Pattern
from helpers.edition.pieces import AMOUNT, COUNT, DIFFERENCE, RATE, ROW, Piece
from helpers.edition.slots import on_basis
from helpers.edition.ways import OWN
from helpers.published import others, sayings
from helpers.published.attributes import Attributes
from helpers.published.bound import ELSEWHERE, Bound, Spoken
from helpers.published.candidates import Candidates
from helpers.published.likeness import heaviest_chain
from helpers.published.ready import Meant, Ready

_ALMOST = 0.75  # how alike words that stand elsewhere must be
_IN_BRACKETS = 8  # pieces that a bracket may hold
_NEXT = 3  # nodes after one that may follow it directly, the branches between them left out


class Section:
    """The patterns of one stretch of text, its pieces, and what is bound so far."""

    def __init__(
        self,
        patterns: list[Pattern],
        pieces: list[Piece],
        rows: dict[str, Members],
        idiom: Idiom,
        year: int,
        meant: Meant | None = None,
    ):
        self.patterns, self.idiom = patterns, idiom
        self.sayings = sayings.of(tuple(patterns), idiom)
        self.nodes = self.sayings.nodes
        self.ready = Ready(pieces, self.sayings, rows, meant)
        self.pieces = self.ready.pieces
        self._candidates = Candidates(self.sayings, self.ready, idiom)
        self._foreign = others.foreign(self.pieces, self.sayings, idiom, year)
        self._taken: dict[int, Bound] = {}
        self._used: set[int] = set()
        self._first: dict[int, int] = {}  # the first piece of each node

    @property
    def bound(self) -> list[Bound]:
        return [self._taken[place] for place in sorted(self._taken)]

    def at(self, place: int) -> Bound | None:
        return self._taken.get(place)

    def lost(self) -> Iterator[Node]:
        """Yield the nodes with words that no piece was read as."""
        for i, node in enumerate(self.nodes):
            if i not in self._used and node.piece.words.strip("#") and not node.is_loose:
                yield node

    def unbound(self) -> Iterator[int]:
        """Yield the places of pieces that are read as nothing."""
        yield from (p for p in range(len(self.pieces)) if p not in self._taken)

    def take(self, node: Node, place: int) -> None:
        """Read a piece as a node of another section."""
        self._taken[place] = Bound(node, self.pieces[place], ELSEWHERE, 1.0)

    # Binding

    def bind(self) -> None:
        """Read the pieces: labelled ones by the heaviest chain, then what was moved, then attributes."""
        pairs = list(self._candidates.pairs())
        for loose in (False, True):
            some = [
                p
                for p in pairs
                if self.nodes[p.node].is_loose == loose and p.piece not in self._taken
            ]
            for pair in heaviest_chain(some, self._may_follow):
                self._read(pair.node, pair.piece, pair.likeness)
        self._bind_moved()
        self._bind_repeated()
        self._bind_moved_near()
        self._bind_following()
        for place in others.left_out(self._taken, self.pieces, self._foreign, self.patterns):
            del self._taken[place]
        self._bind_attributes()

    def _read(self, i: int, place: int, like: float) -> None:
        node = self.nodes[i]
        key, member, is_named = "", None, True
        if node.listing:
            worded = next((w for w in self.ready.worded[place] if w.listing == node.listing), None)
            member = worded.member if worded and ROW in node.piece.words else None
            context = self.ready.context[place][1]
            named = member or context
            key, is_named = (named.key, named.is_exact) if named else ("", True)
        self._taken[place] = Bound(
            node=node,
            piece=self.pieces[place],
            place=place,
            likeness=like,
            key=key,
            member=member,
            is_of_named_row=is_named,
        )
        self._used.add(i)
        self._first.setdefault(i, place)

    def _may_follow(self, before: int, after: int) -> bool:
        a, b = self.nodes[before], self.nodes[after]
        if a.is_loose and (a.position, a.statement) != (b.position, b.statement):
            return True
        if a.listing and a.listing == b.listing:
            return True
        if a.position == b.position and a.statement == b.statement and (a.listing or b.listing):
            return True
        return before < after

    def _bind_moved(self) -> None:
        """Bind a piece that stands elsewhere in the section, where exactly one node and one piece have the words."""
        places: dict[str, list[int]] = {}
        for place in self.unbound():
            if self.pieces[place].words != "#":
                places.setdefault(self.pieces[place].words, []).append(place)
        nodes: dict[str, list[int]] = {}
        for i, words in self.sayings.all_words:
            if i not in self._used and words in places:
                nodes.setdefault(words, []).append(i)
        for words, some in nodes.items():
            if len(some) == len(places[words]) == 1 and self._candidates.fits(
                some[0], places[words][0], self.ready.worded[places[words][0]][0]
            ):
                self._read(some[0], places[words][0], 1.0)

    def _bind_following(self) -> None:
        """Bind what follows a piece that was moved as it follows in the declaration: 共计支出 after 国内公务接待."""
        for place in list(self.unbound()):
            before = self._taken.get(self._before(place))
            if before is None or self.pieces[place].is_attribute:
                continue
            following = [
                i
                for i in self._candidates.as_follows(place, self.pieces[place])
                if i not in self._used
                and any(n.states_the_same(before.node) for n in self.nodes[max(0, i - _NEXT) : i])
            ]
            if following:
                self._read(min(following), place, 1.0)

    def _before(self, place: int) -> int:
        """Return the place of the piece that a piece goes on from: behind a bracket, of the one before that."""
        if self.pieces[place].before == ")":
            while place > 0 and self.pieces[place].before != "(":
                place -= 1
        depth = 0
        for before in range(place - 1, max(-1, place - _IN_BRACKETS), -1):
            label = self.pieces[before].label
            depth += label.count(")") - label.count("(")
            if depth <= 0 and not label.startswith("(") and self.pieces[before].words:
                return before
        return place - 1

    def _unbound_labelled(self) -> list[int]:
        """Return the places of pieces that state something by their own words and are read as nothing."""
        pieces = self.pieces
        return [p for p in self.unbound() if pieces[p].kind and not pieces[p].is_attribute]

    def _bind_moved_near(self) -> None:
        """Bind what stands elsewhere in almost the words of one node that nothing is read as."""
        for place in self._unbound_labelled():
            near = self._candidates.near(place, self.pieces[place], self._used)
            if len(near) == 1 and near[0][1] >= _ALMOST:
                self._read(near[0][0], place, near[0][1])

    def _bind_repeated(self) -> None:
        """Bind what has the words of nodes that all state the same, and is said once more: of a list, and by itself."""
        for place in self._unbound_labelled():
            exact = list(self._candidates.exact(place, self.pieces[place]))
            stated = {self.nodes[i].measures for i in exact}
            if len(stated) == 1 and any(stated.pop()) and not self._counts_another(exact[0], place):
                self._read(exact[0], place, 1.0)

    def _counts_another(self, i: int, place: int) -> bool:
        """Return whether a count that was read stands behind another piece here: 接待人次 behind 国外来宾, not 国内."""
        first = self._first.get(i)
        if self.pieces[place].kind != COUNT or first is None:
            return False
        here, there = (self._taken.get(self._before(p)) for p in (place, first))
        return there is not None and (here is None or not here.node.states_the_same(there.node))

    def _bind_attributes(self) -> None:
        """Bind each attribute to the labelled number that it follows."""
        attributes, spoken, said = Attributes(self.sayings, self.idiom), Spoken(), ""
        for place, piece in enumerate(self.pieces):
            bound = self._taken.get(place)
            spoken.at(piece.before)
            if self._turns_away(place, spoken.of):
                spoken.turn(None)
            if attributes.is_against_budget(piece):
                spoken.against = attributes.budget(piece)
            elif self.idiom.compares(piece.label):
                spoken.against = ""
            if bound and (bound.measures and bound.measures[0]):
                spoken.turn(bound)
            elif bound and bound.member and not bound.measures:
                amount = attributes.amount_of(bound.node) if bound.key else None
                spoken.turn(replace(bound, node=amount) if amount else None)
            elif bound is None and spoken.of and self._is_part_of_reason(place, spoken.of):
                spoken.turn(None)
            elif bound is None and spoken.of and attributes.may_be(piece):
                budgets = self._budgets_of(spoken.of)
                node = attributes.node(spoken, piece, said, self._used, budgets)
                self._bind_attribute(place, spoken, node)
            elif piece.numbers and not (bound and any(bound.measures)):
                spoken.turn(None)  # what is not known; what follows says something of that
            said = piece.kind

    def _is_part_of_reason(self, place: int, of: Bound) -> bool:
        """Return whether a change is part of the reason for a number: 添置设备，增加2万元; one that compares is not."""
        piece, before = self.pieces[place], self._taken.get(place - 1)
        return (
            piece.kind in (DIFFERENCE, RATE)
            and bool(piece.numbers)
            and not self.idiom.compares(piece.label)
            and not (before and before.piece.kind == DIFFERENCE)
            and of.place != ELSEWHERE
            and self.ready.gives_reason(of.place, place)
        )

    def _bind_attribute(self, place: int, spoken: Spoken, i: int | None) -> None:
        """Read a piece as a node that says something of what is spoken of, unless it speaks of something else."""
        piece = self.pieces[place]
        if i is None and self.idiom.names_nothing(piece.words):
            if spoken.of and spoken.of.is_said_again(piece, self.idiom):
                self._taken[place] = replace(spoken.of, piece=piece, place=place)
                return
            spoken.turn(None)  # an amount of something that is not known
        if i is None or spoken.of is None:
            return
        node = self.nodes[i]
        if node.measures in spoken.told and (piece.dates or self.ready.reasoned[place]):
            spoken.turn(None)  # held against another year, or said in a reason; so is what follows
            return
        self._taken[place] = Bound(
            node=node,
            piece=piece,
            place=place,
            likeness=1.0,
            key=spoken.of.key,
            is_of_named_row=spoken.of.is_of_named_row,
        )
        self._used.add(i)
        spoken.told.add(node.measures)

    def _budgets_of(self, of: Bound) -> set[str]:
        """Return the budgets that are stated of the quantity and the row that a number is of."""
        quantity = on_basis(of.node.measures[0].names[0])[0] if of.node.measures[0] else ""
        stated = (b.node.measures for b in self._taken.values() if b.key == of.key)
        said = (measures[0] for measures in stated if measures)
        named = (on_basis(m.names[0]) for m in said if m and m.kind == AMOUNT)
        return {basis for name, basis in named if name == quantity and basis}

    def _turns_away(self, place: int, of: Bound | None) -> bool:
        """Return whether the row that was named last at a place is another than the one that was spoken of."""
        member = self.ready.context[place][1]
        return bool(of and of.key) and (member is None or of is None or member.key != of.key)

    # The department's own words

    @cached_property
    def _own(self) -> list[bool]:
        whole = all(p.is_own_words for p in self.patterns)
        opening = bool(self.nodes) and self.nodes[0].piece.own and not self.nodes[0].piece.words
        inside = whole or opening
        found = []
        for place in range(len(self.pieces)):
            bound = self._taken.get(place)
            if bound and not bound.node.is_loose and OWN not in bound.node.asserts:
                inside = bound.node.piece.own or self._opens_own(bound.node)
            found.append(inside or self.ready.reasoned[place])
        return found

    def _opens_own(self, node: Node) -> bool:
        """Return whether own words that nothing leads into may follow a node."""
        place = self.sayings.place_of.get(id(node), len(self.nodes))
        following = next((n for n in self.nodes[place + 1 :]), None)
        return following is not None and following.piece.own and not following.piece.words

    def is_own(self, place: int) -> bool:
        """Return whether a piece stands in the department's own words; what states the row of an unknown name does not."""
        listing, member = self.ready.context[place]
        is_of_unknown = bool(listing) and member is None
        return self._own[place] and not (
            is_of_unknown and self.pieces[place].words in self.sayings.of_any_row
        )
