"""Which nodes a piece may be read as: those with its words, else the one that is clearly nearest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from helpers.basics.model import Measure
from helpers.edition.idiom import Idiom
from helpers.edition.patterns import Node
from helpers.edition.pieces import (
    AMOUNT,
    BARE,
    COMPLETION,
    COUNT,
    DIFFERENCE,
    FLAT,
    MOVE,
    NAME,
    PERCENT,
    RATE,
    ROW,
    SHARE,
    UNPLANNED,
    Piece,
)
from helpers.edition.slots import OF_ROW
from helpers.published.likeness import Pair, likeness
from helpers.published.ready import SHORT, Ready, Worded

LIKE, MARGIN = 0.55, 0.1  # how alike near words must be, and how much more than the next
MAY_BE = {
    AMOUNT: {AMOUNT, BARE},
    COUNT: {COUNT, BARE},
    DIFFERENCE: {DIFFERENCE, MOVE},
    RATE: {RATE, MOVE},
    SHARE: {SHARE, COMPLETION, PERCENT, BARE},
    COMPLETION: {COMPLETION, PERCENT, SHARE, BARE},
    PERCENT: {PERCENT, BARE, SHARE, COMPLETION},
    "": {""},
}

_SPENT = ("支出#", "支出决算#")


class Candidates:
    """The nodes of a section by their words, held against its pieces."""

    def __init__(self, nodes: list[Node], ready: Ready, idiom: Idiom):
        self.nodes, self.ready, self.idiom = nodes, ready, idiom
        self.pieces = ready.pieces

    def pairs(self) -> Iterator[Pair]:
        """Yield the labelled pieces with the nodes that each may be."""
        exact: dict[int, list[tuple[int, float]]] = {}
        met: set[int] = set()
        labelled = [(place, p) for place, p in enumerate(self.pieces) if not p.is_attribute]
        for place, piece in labelled:
            for i in self.exact(place, piece):
                exact.setdefault(place, []).append((i, 1.0))
                met.add(i)
        for place, piece in labelled:
            pairs = exact.get(place) or self.near(place, piece, met)
            for i, like in pairs:
                yield Pair(i, place, like, self._weight(i, place, like))

    def exact(self, place: int, piece: Piece) -> Iterator[int]:
        """Yield the nodes with the words of a piece."""
        for worded in self.ready.worded[place]:
            for i in self._by_words.get(worded.words, ()):
                if self.fits(i, place, worded):
                    yield i
        for i, words in self._after_own:
            stands_last = piece.words.endswith(words) and piece.words != words
            if stands_last and self.fits(i, place, self.ready.worded[place][0]):
                yield i
        for i, form in self._named:
            if self.fits(i, place, self.ready.worded[place][0]) and form.fullmatch(piece.words):
                yield i

    def near(self, place: int, piece: Piece, met: set[int]) -> list[tuple[int, float]]:
        """Return the nodes whose words are near those of a piece, if they are clearly nearer than any that says otherwise."""
        scored: dict[int, float] = {}
        for worded in self.ready.worded[place]:
            bare = worded.words.replace("#", "")
            if len(bare) < SHORT:
                continue
            for i, words, is_named in self._labelled:
                if not self.nodes[i].is_loose and self.fits(i, place, worded):
                    like = likeness(bare[-len(words) - 1 :] if is_named else bare, words)
                    if like >= LIKE and like > scored.get(i, 0.0):
                        scored[i] = like
        if not scored:
            return []
        top = max(scored, key=scored.__getitem__)
        said = self.nodes[top].measures
        rival = max((s for i, s in scored.items() if self.nodes[i].measures != said), default=0.0)
        if scored[top] - rival < MARGIN:
            return []
        return [
            (i, min(s, 0.99))
            for i, s in scored.items()
            if self.nodes[i].measures == said
            and i not in met
            and not self.idiom.differ(piece.words, self.nodes[i].piece.words)
        ]

    def fits(self, i: int, place: int, worded: Worded) -> bool:
        """Return whether a piece can be what a node says, whatever their words."""
        node, piece = self.nodes[i], self.pieces[place]
        mine = node.piece
        if bool(mine.numbers) != bool(piece.numbers) or (mine.way == UNPLANNED) != (
            piece.way == UNPLANNED
        ):
            return False
        if piece.kind not in MAY_BE.get(mine.kind, {mine.kind}) or (mine.way == FLAT) != (
            piece.way == FLAT and not piece.numbers
        ):
            return False
        if ROW in mine.words:
            return worded.listing == node.listing
        if node.listing and node.measures and any(m and m.listing for m in node.measures):
            listing, member = self.ready.context[place]
            return listing == node.listing and member is not None
        return not worded.listing and not self._is_of_row(place, piece)

    def _is_of_row(self, place: int, piece: Piece) -> bool:
        """Return whether a piece says, after the name of a row, what is said of that row."""
        return piece.words in self._words_of_rows.get(self.ready.context[place][0], ())

    @cached_property
    def _words_of_rows(self) -> dict[str, set[str]]:
        """The words in which the rows of each enumeration state something, their names set aside."""
        found: dict[str, set[str]] = {}
        for node in self.nodes:
            if any(m and m.listing for m in node.measures) and ROW not in node.piece.words:
                found.setdefault(node.listing, set()).add(node.piece.words)
        return found

    @cached_property
    def _by_words(self) -> dict[str, list[int]]:
        """Nodes that a piece may be by itself, by their words."""
        found: dict[str, list[int]] = {}
        for i, words in self.all_words:
            if NAME not in words:
                found.setdefault(words, []).append(i)
        return found

    @cached_property
    def all_words(self) -> list[tuple[int, str]]:
        """Every node with each wording by which a piece is it."""
        return [
            (i, words)
            for i, node in enumerate(self.nodes)
            for words in self._ways_to_say(node)
            if words
        ]

    def _ways_to_say(self, node: Node) -> Iterator[str]:
        """Yield the words of a labelled node; of an attribute, its words after those of what it belongs to."""
        if not node.piece.is_attribute:
            yield from _with_and_without_final(node.piece.words)
            said = node.measures[0] if node.measures else None
            if said and _is_mere(said) and ROW not in node.piece.words:
                yield from ("#", *(f"{called}#" for called in self.idiom.mere))
        elif node.head >= 0:
            head = self.nodes[node.head].piece.words.replace("#", "")
            yield head + node.piece.words
            yield re.sub("(支出)?(决算)?为?$", "", head) + node.piece.words

    @cached_property
    def _labelled(self) -> list[tuple[int, str, bool]]:
        """The words of each node without numbers and names, and whether a name stands before them."""
        return [
            (i, w.replace("#", "").replace(NAME, ""), w.startswith(NAME)) for i, w in self.all_words
        ]

    @cached_property
    def _named(self) -> list[tuple[int, re.Pattern[str]]]:
        """Nodes in which a name stands, as what their words must be."""
        return [
            (i, re.compile(re.escape(words).replace(NAME, ".{0,30}?")))
            for i, words in self.all_words
            if NAME in words
        ]

    @cached_property
    def _after_own(self) -> list[tuple[int, str]]:
        """Nodes before which the department's own words may stand in the same piece."""
        return [
            (i, words)
            for i, words in self.all_words
            if self.nodes[i].after_own and len(words) > SHORT
        ]

    def _weight(self, i: int, place: int, like: float) -> float:
        words = self.nodes[i].piece.words
        lead = likeness(self._lead_of_node[i], self._lead_of_piece[place])
        return (0.75 * like + 0.25 * lead) * (1 + len(words) + 2 * words.count("#"))

    @cached_property
    def _lead_of_node(self) -> list[str]:
        return _leads([node.piece.words for node in self.nodes])

    @cached_property
    def _lead_of_piece(self) -> list[str]:
        return _leads([piece.words for piece in self.pieces])


def _is_mere(said: Measure) -> bool:
    """Return whether a number is the amount of an enumeration's row itself, on no other basis."""
    return bool(said.listing) and said.kind == AMOUNT and said.names == (OF_ROW,)


def _with_and_without_final(words: str) -> Iterator[str]:
    """Yield the words of a number, and of spending also those that say 决算 of it or not."""
    yield words
    if words.endswith(_SPENT):
        yield words.replace("决算#", "#") if words.endswith(_SPENT[1]) else f"{words[:-1]}决算#"


def _leads(words: list[str]) -> list[str]:
    """Return for each of some words the last longer ones before them."""
    found, last = [], ""
    for each in words:
        found.append(last)
        bare = each.replace("#", "")
        last = bare if len(bare) > SHORT else last
    return found
