"""What an edition's sentences can say, compiled from their declarations: nodes without any value.

A node is one piece of a declared sentence: its words, its numbers' measures, the branch it stands in.
The writer prints these sentences with values; the reader binds published pieces to these nodes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache

from helpers.basics.model import Address, Measure, Profile
from helpers.edition import clauses, formula, pieces, slots, wording
from helpers.edition.clauses import Clause
from helpers.edition.cutter import Cutter
from helpers.edition.idiom import Idiom
from helpers.edition.nodes import Node
from helpers.edition.pieces import Piece
from helpers.edition.ways import OWN_SLOTS, Asserts, Said, Ways
from helpers.edition.wording import Declaration, Listing, Wording


@dataclass(frozen=True, eq=False)
class Pattern:
    """One 说明: its heading and that of its section, its nodes in order, its enumerations.

    The same as no other, so that it is known again.
    """

    number: str
    title: str
    section: str
    nodes: tuple[Node, ...]
    listings: dict[str, Listing]
    declaration: Declaration

    @cached_property
    def sentences(self) -> dict[int, list[Node]]:
        """The nodes of each sentence, by its position."""
        found: dict[int, list[Node]] = {}
        for node in self.nodes:
            found.setdefault(node.position, []).append(node)
        return found

    @cached_property
    def named(self) -> dict[int, list[tuple[re.Pattern[str], str]]]:
        """The nodes in which a name stands, by their sentence: what their words must be, and these words."""
        found: dict[int, list[tuple[re.Pattern[str], str]]] = {}
        for node in self.nodes:
            words = node.piece.words
            if pieces.NAME in words:
                form = re.compile(re.escape(words).replace(pieces.NAME, pieces.A_NAME))
                found.setdefault(node.position, []).append((form, words))
        return found

    def stated(self, measure: Measure) -> set[Address]:
        """Return every cell that is by itself what a measure states first."""
        quantity, basis = slots.on_basis(measure.names[0])
        known = self.declaration.quantities.get(quantity)
        cells = (
            [terms[0].of for terms in known.sums if len(terms) == 1]
            if known
            else _declared_cells(self, quantity, measure)
        )
        return {cell._replace(basis=basis) if basis else cell for cell in cells}

    @property
    def is_own_words(self) -> bool:
        """Whether it has nothing but the department's own words."""
        return all(node.piece.own or node.is_loose for node in self.nodes)


@dataclass(frozen=True)
class Patterns:
    """All patterns of an edition, and how its text is cut."""

    edition: str
    by_number: dict[str, Pattern]
    cutter: Cutter

    def apart(self, statement: str, measure: Measure, place: int, of: int) -> Measure:
        """Return what one of several numbers of a slot states: where as many cells must agree, each its own cell."""
        quantities = self.by_number[statement].declaration.quantities
        names = []
        for name in measure.names:
            quantity, basis = slots.on_basis(name)
            sums = quantities[quantity].sums if quantity in quantities else ()
            if len(sums) != of or any(len(terms) != 1 for terms in sums):
                return measure
            cell = sums[place][0].of
            names.append(str(cell._replace(basis=basis) if basis else cell))
        return measure._replace(names=tuple(names))

    def cells(self, statement: str, measure: Measure) -> tuple[Address, ...]:
        """Return the cells that a measure is made of, as the writer names them."""
        return _cells_of(self.by_number[statement], measure)


@lru_cache(maxsize=20_000)
def _cells_of(pattern: Pattern, measure: Measure) -> tuple[Address, ...]:
    addresses = (a for name in measure.names for a in _cells(pattern, name, measure))
    return tuple(dict.fromkeys(addresses))


def _cells(pattern: Pattern, name: str, measure: Measure) -> Iterator[Address]:
    """Yield the cells of a quantity, on the basis that is named behind it."""
    quantity, basis = slots.on_basis(name)
    for cell in _declared_cells(pattern, quantity, measure):
        yield cell._replace(basis=basis) if basis else cell


def _declared_cells(pattern: Pattern, quantity: str, measure: Measure) -> Iterator[Address]:
    if quantity == slots.OF_ROW and measure.listing:
        cells = pattern.listings[measure.listing].cells
        yield (
            cells._replace(row=measure.key)
            if cells.row == "*"
            else cells._replace(column=measure.key)
        )
    elif "[" in quantity:
        yield formula.address(quantity)
    else:
        yield from (term.of for term in pattern.declaration.quantities[quantity].sums[0])


def load(edition: str, profile: Profile | None = None) -> Patterns:
    """Return the patterns of an edition, and where a profile is given those of its own words besides."""
    common = common_of(edition)
    if profile is None or not profile.texts:
        return common
    return Patterns(
        edition,
        {
            number: _pattern(pattern.declaration, common.cutter, profile, pattern)
            for number, pattern in common.by_number.items()
        },
        common.cutter,
    )


@cache
def common_of(edition: str) -> Patterns:
    """Return the patterns of an edition without anyone's own words."""
    words: Wording = wording.load(edition)
    cutter = _cutter(words.idiom)
    return Patterns(
        edition,
        {n: _pattern(d, cutter) for n, d in words.declarations.items()},
        cutter,
    )


@cache
def _cutter(idiom: Idiom) -> Cutter:
    """Return what cuts the texts of every edition of an idiom: what it has cut for one it knows for the next."""
    return Cutter(idiom)


def _pattern(
    declaration: Declaration,
    cutter: Cutter,
    profile: Profile | None = None,
    common: Pattern | None = None,
) -> Pattern:
    compiler = _Compiler(declaration, cutter, profile)
    if common and not compiler.has_own:
        return common
    return Pattern(
        number=declaration.number,
        title=declaration.title,
        section=declaration.section,
        nodes=tuple(compiler.nodes(common)),
        listings=declaration.listings,
        declaration=declaration,
    )


class _Compiler:
    """Compiles one declaration: each of its sentences in every way, cut into nodes."""

    def __init__(self, declaration: Declaration, cutter: Cutter, profile: Profile | None):
        self.declaration, self.cutter = declaration, cutter
        self.ways = Ways(declaration, profile)

    @property
    def has_own(self) -> bool:
        """Whether the profile has own words for any sentence."""
        declared = self.declaration
        return any(map(self.ways.has_own, (*declared.sentences, *declared.also_read)))

    def nodes(self, common: Pattern | None = None) -> Iterator[Node]:
        """Yield the nodes of all sentences in order, those that may also be read last.

        A sentence without any own words of the profile is taken from the `common` pattern.
        """
        also = enumerate(self.declaration.also_read)
        every = [
            *enumerate(self.declaration.sentences, 1),
            *((-place, clause) for place, clause in also),
        ]
        for position, clause in every:
            if common and not self.ways.has_own(clause):
                yield from common.sentences.get(position, ())
            else:
                yield from self._sentence(clause, position)

    def _sentence(self, clause: Clause, position: int) -> list[Node]:
        nodes: list[Node] = []
        for said, listing in self.ways.of(clause):
            self._cut(said, listing, position, nodes)
        return nodes

    def _cut(
        self,
        said: Said,
        listing: str,
        position: int,
        nodes: list[Node],
    ) -> None:
        head, own, last, known = -1, False, -1, [node.says for node in nodes]
        for piece in _pieces(self.cutter, said.text):
            asserts = said.asserts(piece.start, piece.end)
            node = Node(
                statement=self.declaration.number,
                position=position,
                listing=listing,
                piece=piece,
                measures=self._measures_of(piece, asserts, listing),
                asserts=asserts,
                head=head if piece.is_attribute else -1,
                after_own=own,
                own_slot=_own_slot(said, piece),
            )
            says = node.says
            place = next((i for i in range(last + 1, len(known)) if known[i] == says), -1)
            if place < 0:
                place = len(nodes)
                nodes.append(node)
            else:
                kept = tuple(a for a in nodes[place].asserts if a in asserts)
                nodes[place] = replace(nodes[place], asserts=kept)
                last = place
            if piece.kind and not piece.is_attribute:
                head = place
            own = piece.own

    def _measures_of(
        self, piece: Piece, asserts: Asserts, listing: str
    ) -> tuple[Measure | None, ...]:
        """Return what each number of a piece states; a piece of mere direction states the quantity of its branch."""
        if piece.numbers or piece.kind not in (pieces.DIFFERENCE, pieces.COMPLETION):
            return tuple(self._measure(mark.text, piece.kind) for mark in piece.numbers)
        question = clauses.EQUAL if piece.kind == pieces.DIFFERENCE else clauses.ZERO
        for subject, predicate in asserts:
            asked, basis = clauses.predicates().get(predicate, ("", ""))
            if asked == question and basis:
                names = (subject, f"{subject}@{basis}")
                return (Measure(piece.kind, names, listing if slots.is_of_row(names) else ""),)
        return ()

    def _measure(self, mark: str, kind: str) -> Measure | None:
        measure = self.ways.measure(mark)
        counts = measure and measure.kind == pieces.AMOUNT and kind == pieces.COUNT
        return measure._replace(kind=pieces.COUNT) if measure and counts else measure


@lru_cache(maxsize=5_000)
def _pieces(cutter: Cutter, said: str) -> list[Piece]:
    """Return the pieces of a declared text, which many departments share."""
    return cutter.pieces(said)


def _own_slot(said: Said, piece: Piece) -> tuple[str, str]:
    """Return the key of the own words that stand at the end of a piece, and the word of their slot."""
    found = said.asserts(piece.end, piece.end + 1) if piece.own else ()
    return next(((key, word) for key, word in found if key and word in OWN_SLOTS), ("", ""))
