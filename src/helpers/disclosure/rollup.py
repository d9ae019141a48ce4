"""What the figures say of a scope: given, added up from details, zero, or missing (contract, section 1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import product

from helpers.basics.model import (
    ABSENT,
    DERIVED,
    DIMENSIONS,
    GIVEN,
    Figure,
    Scope,
    Value,
)
from helpers.basics.money import NOTHING, total
from helpers.edition import codes

_PLACE = {dimension: place for place, dimension in enumerate(DIMENSIONS, 1)}
_FINEST_FIRST = tuple((place, dimension) for dimension, place in reversed(_PLACE.items()))
# Of two views of the same money that both add up, the one broken down by the earlier dimension is used.
_VIEWS = ("function", "category", "fund", "nature", "economic", "project")


class RollUp:
    """Look-up of scopes among figures of one basis."""

    def __init__(self, figures: Iterable[Figure]):
        self._words = codes.vocabulary()
        self._own: dict[Scope, Figure] = {}
        self._inside: dict[tuple[str, ...], list[Figure]] = defaultdict(list)  # by scope
        self._found: dict[Scope, Value] = {}
        self._tiles: dict[Scope, tuple[Figure, ...]] = {}
        self._complete: dict[tuple[Scope, str], bool] = {}
        self._established: dict[Scope, bool] = {}
        self._blanks: dict[tuple[str, Scope], Value] = {}
        self._steps: dict[tuple[str, str, str], list[str]] = {}
        for figure in figures:
            scope = figure.scope
            self._own[scope] = figure
            lines = [self._line(d, scope.item, member) for d, member in zip(DIMENSIONS, scope[1:])]
            for members in product((scope.item,), *lines):
                self._inside[members].append(figure)

    def find(self, scope: Scope) -> Value:
        """Return what is known of a scope, with the figures it was made from."""
        known = self._found.get(scope)
        if known is None:
            known = self._found[scope] = self._look(scope)
        return known

    @property
    def figures(self) -> list[Figure]:
        """The figures as they are written."""
        return list(self._own.values())

    def figures_inside(self, scope: Scope) -> list[Figure]:
        """Return every figure of this scope or of a part of it."""
        return self._inside.get(scope, [])

    def views(self, scope: Scope) -> dict[str, tuple[Figure, ...]]:
        """Return the breakdowns of a scope: dimension → finest figures that do not overlap.

        Views that consist of the same figures are listed once.
        """
        finer = [f for f in self.figures_inside(scope) if f.scope != scope]
        views: dict[str, tuple[Figure, ...]] = {}
        for dimension in _VIEWS if finer else ():
            tile = self._tile_along(scope, dimension, finer)
            if tile and set(tile) not in map(set, views.values()):
                views[dimension] = tile
        return views

    def claims_all(
        self, scope: Scope, dimension: str, tile: tuple[Figure, ...], strictly: bool
    ) -> bool:
        """Return whether a breakdown means to cover the whole scope, so that its sum must agree.

        It does not when money inside the scope lies beside all of it: details of one fund are not
        the details of all funds. `strictly` asks further that only this dimension is broken down,
        for bases of which only parts are stated.
        """
        if strictly:
            return all(
                getattr(f.scope, d) == getattr(scope, d)
                for f in tile
                for d in DIMENSIONS
                if d != dimension
            )
        chosen = set(tile)
        return not any(
            f not in chosen
            and not f.amount.is_zero
            and all(self._apart(f.scope, t.scope) for t in tile)
            for f in self.figures_inside(scope)
        )

    def _apart(self, one: Scope, other: Scope) -> bool:
        """Return whether two scopes share no money."""
        return any(
            a
            and b
            and a not in self._line(d, other.item, b)
            and b not in self._line(d, one.item, a)
            for d in DIMENSIONS
            for a, b in ((getattr(one, d), getattr(other, d)),)
        )

    def is_complete(self, scope: Scope, dimension: str) -> bool:
        """Return whether the breakdown along a dimension covers the whole scope."""
        key = (scope, dimension)
        if key not in self._complete:
            self._complete[key] = self._covers(scope, dimension)
        return self._complete[key]

    def _covers(self, scope: Scope, dimension: str) -> bool:
        whole = self.find(scope).amount
        if whole is None:
            return False
        tile = self._tile_along(
            scope, dimension, [f for f in self.figures_inside(scope) if f.scope != scope]
        )
        if not tile:
            return whole.is_zero
        return total(f.amount for f in tile).meets(whole)

    def _line(self, dimension: str, item: str, member: str) -> list[str]:
        key = (dimension, item, member)
        if key not in self._steps:
            self._steps[key] = self._words.line_of(dimension, item, member)
        return self._steps[key]

    def _look(self, scope: Scope) -> Value:
        own, inside = self._own.get(scope), self.figures_inside(scope)
        if own:
            return Value(own.amount, GIVEN, (own,), unit=own.unit)
        if not inside:
            return self._absent(scope)
        tile = self._tile(scope)
        added = total(f.amount for f in tile)
        same = self._whole_that_is_the_same(scope) or self._part_that_is_the_same(scope)
        if same and same.amount is not None and same.amount.value != added.value:
            return Value(same.amount, DERIVED, same.figures, unit=same.unit)
        return Value(added, DERIVED, tile, unit=inside[0].unit)

    def _absent(self, scope: Scope) -> Value:
        """A member without a figure is zero where the breakdown it belongs to is complete."""
        for of in self._wholes(scope):
            blank = self._blanks.get(of)
            if blank is None:
                blank = self._blanks[of] = self._blank(*of)
            if blank.amount is not None:
                return blank
        return ABSENT

    def _blank(self, dimension: str, whole: Scope) -> Value:
        """Return what a member without a figure is in the breakdown of a whole along a dimension."""
        value = self.find(whole)
        if (
            value.amount is not None
            and self._is_established(whole)
            and (value.amount.is_zero or self.is_complete(whole, dimension))
        ):
            return Value(NOTHING, DERIVED, value.figures, unit=value.unit)
        return ABSENT

    def _is_established(self, scope: Scope) -> bool:
        """Return whether a scope is more than the sum of the parts that happen to be written.

        It is when it is given, when it is all there is, or when a complete breakdown leads to it.
        """
        if scope not in self._established:
            wholes = list(self._wholes(scope))
            self._established[scope] = (
                scope in self._own
                or not wholes
                or any(
                    self.find(w).known and self.is_complete(w, d) and self._is_established(w)
                    for d, w in wholes
                )
            )
        return self._established[scope]

    def _whole_that_is_the_same(self, scope: Scope) -> Value | None:
        """A given whole whose other parts are all zero is this same money, not a sum."""
        for dimension, whole in self._wholes(scope):
            if whole not in self._own:
                continue
            member = getattr(scope, dimension)
            others = (
                f
                for f in self.figures_inside(whole)
                if getattr(f.scope, dimension) != getattr(whole, dimension)
                and member not in self._line(dimension, scope.item, getattr(f.scope, dimension))
            )
            if all(f.amount.is_zero for f in others) and self.is_complete(whole, dimension):
                return self.find(whole)
        return None

    def _part_that_is_the_same(self, scope: Scope) -> Value | None:
        """Where only one part has money, the whole is that part, not a sum."""
        finer = self.figures_inside(scope)
        for dimension in self._shared(scope, finer):
            parts = [
                p
                for p in self._parts(scope, dimension, finer)
                if any(not f.amount.is_zero for f in self._inside[p])
            ]
            if len(parts) == 1:
                return self.find(parts[0])
        return None

    def _wholes(self, scope: Scope) -> Iterator[tuple[str, Scope]]:
        """Yield the next coarser scope along each dimension that is broken down, the finest dimension first."""
        for place, dimension in _FINEST_FIRST:
            if scope[place]:
                line = self._line(dimension, scope.item, scope[place])
                if len(line) > 1:
                    yield dimension, scope.part(place, line[1])

    def _shared(self, scope: Scope, finer: list[Figure]) -> list[str]:
        """Return the dimensions along which every one of these figures is finer than the scope."""
        whole = {
            place
            for place, members in enumerate(zip(*(f.scope for f in finer)))
            if scope[place] not in members
        }
        return [d for d in _VIEWS if _PLACE[d] in whole]

    def _parts(self, scope: Scope, dimension: str, finer: list[Figure]) -> list[Scope]:
        """Return the next finer scopes along a dimension, in order of appearance."""
        place = _PLACE[dimension]
        at, next_finer = scope[place], dict[str, None]()
        for member in dict.fromkeys(f.scope[place] for f in finer):
            if member != at:
                line = self._line(dimension, scope.item, member)
                next_finer[line[line.index(at) - 1]] = None
        return [scope.part(place, member) for member in next_finer]

    def _tile(self, scope: Scope) -> tuple[Figure, ...]:
        """Return the finest figures inside a scope that do not overlap."""
        if scope not in self._tiles:
            inside = self.figures_inside(scope)
            own = self._own.get(scope)
            finer = [f for f in inside if f is not own]
            best = self._split(scope, finer) if finer else ()
            if own and not (finer and self._refines(own, best)):
                best = (own,)
            self._tiles[scope] = best
        return self._tiles[scope]

    def _refines(self, own: Figure, finest: tuple[Figure, ...]) -> bool:
        """Details stand for a given figure where they add up to it with a rounding tail of their own."""
        added = total(f.amount for f in finest)
        return added.value != own.amount.value and added.meets(own.amount)

    def _split(self, scope: Scope, finer: list[Figure]) -> tuple[Figure, ...]:
        shared = self._shared(scope, finer)
        if shared:
            return self._tile_along(scope, shared[0], finer)
        views = [v for d in _VIEWS if (v := self._tile_along(scope, d, finer))]
        most = max((total(f.amount for f in v) for v in views), key=lambda a: a.value)
        return next(v for v in views if total(f.amount for f in v).meets(most))

    def _tile_along(self, scope: Scope, dimension: str, finer: list[Figure]) -> tuple[Figure, ...]:
        return tuple(f for part in self._parts(scope, dimension, finer) for f in self._tile(part))
