"""Figures laid side by side: the finest of them inside a scope that do not overlap, and what they add up to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import product

from helpers.basics.model import DIMENSIONS, Figure, Scope
from helpers.basics.money import total
from helpers.edition import codes

PLACE = {dimension: place for place, dimension in enumerate(DIMENSIONS, 1)}
_FINEST_FIRST = tuple((place, dimension) for dimension, place in reversed(PLACE.items()))
# Of two views of the same money that both add up, the one broken down by the earlier dimension is used.
VIEWS = ("function", "category", "fund", "nature", "economic", "project")


class Tiling:
    """The figures of one basis by the scopes that they belong to."""

    def __init__(self, figures: Iterable[Figure]):
        self._words = codes.vocabulary()
        self.own: dict[Scope, Figure] = {}
        self._inside: dict[tuple[str, ...], list[Figure]] = defaultdict(list)  # by scope
        self._tiles: dict[Scope, tuple[Figure, ...]] = {}
        self._steps: dict[tuple[str, str, str], list[str]] = {}
        for figure in figures:
            scope = figure.scope
            self.own[scope] = figure
            lines = [self.line(d, scope.item, member) for d, member in zip(DIMENSIONS, scope[1:])]
            for members in product((scope.item,), *lines):
                self._inside[members].append(figure)

    def inside(self, scope: Scope) -> list[Figure]:
        """Return every figure of this scope or of a part of it."""
        return self._inside.get(scope, [])

    def finer(self, scope: Scope) -> list[Figure]:
        """Return every figure of a part of this scope."""
        own = self.own.get(scope)
        return [f for f in self.inside(scope) if f is not own]

    def line(self, dimension: str, item: str, member: str) -> list[str]:
        """Return a member and everything it is part of, from the finest to the whole."""
        key = (dimension, item, member)
        if key not in self._steps:
            self._steps[key] = self._words.line_of(dimension, item, member)
        return self._steps[key]

    def are_apart(self, one: Scope, other: Scope) -> bool:
        """Return whether two scopes share no money."""
        return any(
            a and b and a not in self.line(d, other.item, b) and b not in self.line(d, one.item, a)
            for d in DIMENSIONS
            for a, b in ((getattr(one, d), getattr(other, d)),)
        )

    def wholes(self, scope: Scope) -> Iterator[tuple[str, Scope]]:
        """Yield the next coarser scope along each dimension that is broken down, the finest dimension first."""
        for place, dimension in _FINEST_FIRST:
            if scope[place]:
                line = self.line(dimension, scope.item, scope[place])
                if len(line) > 1:
                    yield dimension, scope.part(place, line[1])

    def parts(self, scope: Scope, dimension: str, finer: list[Figure]) -> list[Scope]:
        """Return the next finer scopes along a dimension that these figures are in, in order of appearance."""
        place = PLACE[dimension]
        at, next_finer = scope[place], dict[str, None]()
        for member in dict.fromkeys(f.scope[place] for f in finer):
            if member != at:
                line = self.line(dimension, scope.item, member)
                next_finer[line[line.index(at) - 1]] = None
        return [scope.part(place, member) for member in next_finer]

    def shared(self, scope: Scope, finer: list[Figure]) -> list[str]:
        """Return the dimensions along which every one of these figures is finer than the scope."""
        whole = {
            place
            for place, members in enumerate(zip(*(f.scope for f in finer)))
            if scope[place] not in members
        }
        return [d for d in VIEWS if PLACE[d] in whole]

    def tile(self, scope: Scope) -> tuple[Figure, ...]:
        """Return the finest figures inside a scope that do not overlap."""
        if scope not in self._tiles:
            own, finer = self.own.get(scope), self.finer(scope)
            best = self._split(scope, finer) if finer else ()
            if own and not (finer and self._refines(own, best)):
                best = (own,)
            self._tiles[scope] = best
        return self._tiles[scope]

    def along(self, scope: Scope, dimension: str) -> tuple[Figure, ...]:
        """Return the finest figures of the parts of a scope along a dimension."""
        return self._along(scope, dimension, self.finer(scope))

    def _along(self, scope: Scope, dimension: str, finer: list[Figure]) -> tuple[Figure, ...]:
        return tuple(f for part in self.parts(scope, dimension, finer) for f in self.tile(part))

    def _refines(self, own: Figure, finest: tuple[Figure, ...]) -> bool:
        """Details stand for a given figure where they add up to it with a rounding tail of their own."""
        added = total(f.amount for f in finest)
        return added.value != own.amount.value and added.meets(own.amount)

    def _split(self, scope: Scope, finer: list[Figure]) -> tuple[Figure, ...]:
        shared = self.shared(scope, finer)
        if shared:
            return self._along(scope, shared[0], finer)
        views = [v for d in VIEWS if (v := self._along(scope, d, finer))]
        most = max((total(f.amount for f in v) for v in views), key=lambda a: a.value)
        return next(v for v in views if total(f.amount for f in v).meets(most))
