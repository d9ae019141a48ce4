"""Which nodes a piece may be read as: those with its words, else the one that is clearly nearest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from helpers.edition.idiom import Idiom
from helpers.edition.pieces import (
    AMOUNT,
    BARE,
    COMPLETION,
    COUNT,
    DIFFERENCE,
    FLAT,
    MOVE,
    PERCENT,
    RATE,
    ROW,
    SHARE,
    UNPLANNED,
    Piece,
)
from helpers.published.likeness import Pair, likeness
from helpers.published.ready import Ready, Worded
from helpers.published.sayings import OF_BUDGET, SHORT, Sayings, words_before

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

_REMARKED = re.compile(r"#(?:\([^()#]*\))?")


class Candidates:
    """The nodes of a section by their words, held against its pieces."""

    def __init__(self, sayings: Sayings, ready: Ready, idiom: Idiom):
        self.sayings, self.nodes, self.ready, self.idiom = sayings, sayings.nodes, ready, idiom
        self.pieces = ready.pieces

    def pairs(self) -> Iterator[Pair]:
        """Yield the labelled pieces with the nodes that each may be."""
        exact: dict[int, list[tuple[int, float]]] = {}
        met: set[int] = set()
        labelled = [(place, p) for place, p in enumerate(self.pieces) if not p.is_attribute]
        for place, piece in labelled:
            for i in self.exact(place, piece):
                if i not in self.sayings.only_behind:
                    exact.setdefault(place, []).append((i, 1.0))
                    met.add(i)
        for place, piece in labelled:
            pairs = exact.get(place) or self.near(place, piece, met)
            for i, like in pairs:
                yield Pair(i, place, like, self._weight(i, place, like))

    def exact(self, place: int, piece: Piece) -> Iterator[int]:
        """Yield the nodes with the words of a piece."""
        for worded in self.ready.worded[place]:
            if worded.words == "#" and piece.kind == COUNT:
                continue  # of whom or what is said by the piece before it alone
            for i in self.sayings.by_words.get(worded.words, ()):
                if self.fits(i, place, worded):
                    yield i
        for i, words in self.sayings.after_own:
            stands_last = piece.words.endswith(words) and piece.words != words
            if stands_last and self.fits(i, place, self.ready.worded[place][0]):
                yield i
        for i, end, form in self.sayings.named:
            is_so = piece.words.endswith(end) and form.fullmatch(piece.words)
            if is_so and self.fits(i, place, self.ready.worded[place][0]):
                yield i

    def as_follows(self, place: int, piece: Piece) -> Iterator[int]:
        """Yield the nodes that a piece may be behind another: with its words, with a mere remark after its number."""
        yield from self.exact(place, piece)
        if piece.words == "#" and piece.kind == COUNT:
            worded = self.ready.worded[place][0]
            for i, node in enumerate(self.nodes):
                if _REMARKED.fullmatch(node.piece.words) and self.fits(i, place, worded):
                    yield i

    def near(self, place: int, piece: Piece, met: set[int]) -> list[tuple[int, float]]:
        """Return the nodes whose words are near those of a piece, if they are clearly nearer than any that says otherwise."""
        scored: dict[int, float] = {}
        is_of_budget = OF_BUDGET.search(piece.words) is not None
        for worded in self.ready.worded[place]:
            bare = worded.words.replace("#", "")
            if len(bare) < SHORT:
                continue
            for i, words, is_named in self.sayings.labelled:
                if is_of_budget != self.sayings.is_of_budget[i] or self.nodes[i].is_loose:
                    continue
                if self.fits(i, place, worded):
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
        if not self._named[place] <= self.sayings.names[node.statement]:
            return False
        if bool(mine.numbers) != bool(piece.numbers) or (mine.way == UNPLANNED) != (
            piece.way == UNPLANNED
        ):
            return False
        if mine.kind == COUNT and not _may_count(piece, mine):
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
        return (
            not worded.listing
            and not self._is_of_row(place, piece)
            and self._is_of_the_same(i, place, piece)
        )

    def _is_of_the_same(self, i: int, place: int, piece: Piece) -> bool:
        """Return whether an amount by no name stands behind the words that it is declared behind."""
        if piece.kind != AMOUNT or not self.idiom.names_nothing(piece.words):
            return True
        declared, said = self.sayings.before[i], self._lead_of_piece[place]
        return likeness(declared, said) >= LIKE and not self.idiom.differ(declared, said)

    def _is_of_row(self, place: int, piece: Piece) -> bool:
        """Return whether a piece says, after the name of a row, what is said of that row."""
        return piece.words in self.sayings.of_rows.get(self.ready.context[place][0], ())

    def _weight(self, i: int, place: int, like: float) -> float:
        node, words = self.nodes[i], self.nodes[i].piece.words
        lead = likeness(self.sayings.before[i], self._lead_of_piece[place])
        in_words = [mark.text for mark in node.piece.numbers]  # 单价100万元以上; else a slot's mark
        same = bool(in_words) and in_words == [mark.text for mark in self.pieces[place].numbers]
        return (0.75 * like + 0.25 * lead + 0.1 * same) * (1 + len(words) + 2 * words.count("#"))

    @cached_property
    def _named(self) -> list[frozenset[str]]:
        return [self.idiom.named(piece.words) for piece in self.pieces]

    @cached_property
    def _lead_of_piece(self) -> list[str]:
        return words_before([piece.words for piece in self.pieces])


def _may_count(piece: Piece, declared: Piece) -> bool:
    """Return whether both count people or neither does; a number without unit and words counts nothing."""
    if piece.kind == COUNT:
        return piece.counts_people == declared.counts_people
    return declared.words != "#"
