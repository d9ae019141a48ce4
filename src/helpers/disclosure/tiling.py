"""Figures laid side by side: the finest of them inside a scope that do not overlap, and what they add up to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from functools import cache, cached_property, lru_cache
from itertools import chain, groupby, product
from operator import itemgetter

from helpers.basics.model import DIMENSIONS, Figure, Scope
from helpers.basics.money import total
from helpers.edition import codes

PLACE = {dimension: place for place, dimension in enumerate(DIMENSIONS, 1)}
_LAST, _FUNCTION = PLACE["project"], PLACE["function"]
_FINEST_FIRST = tuple((place, dimension) for dimension, place in reversed(PLACE.items()))
_Unsplit = tuple[tuple[str, ...], dict[str, None]]  # a scope without its project, and its projects
# Of two views of the same money that both add up, the one broken down by the earlier dimension is used.
VIEWS = ("function", "category", "fund", "nature", "economic", "project")


@cache
def line(dimension: str, item: str, member: str) -> tuple[str, ...]:
    """Return a member and everything it is part of, from the finest to the whole."""
    return tuple(codes.vocabulary().line_of(dimension, item, member))


@lru_cache(maxsize=50_000)
def wholes(scope: Scope) -> tuple[tuple[str, Scope], ...]:
    """Return the next coarser scope along each dimension that is broken down, the finest dimension first."""
    return tuple(
        (dimension, scope.part(place, upwards[1]))
        for place, dimension in _FINEST_FIRST
        if scope[place] and len(upwards := line(dimension, scope.item, scope[place])) > 1
    )


def _without_project(scope: Scope) -> tuple[str, ...]:
    return (*scope[:_LAST], "")


def _runs(figures: Iterable[Figure]) -> Iterator[tuple[tuple[str, ...], list[Figure]]]:
    """Yield figures that follow each other and differ in nothing but the project, with what they are all part of."""
    for whole, run in groupby(figures, lambda figure: _without_project(figure.scope)):
        yield whole, list(run)


def _above(scope: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield a scope and all that it is part of."""
    item, *members = scope
    lines = [line(dimension, item, member) for dimension, member in zip(DIMENSIONS, members)]
    return product((item,), *lines)


def _are_apart(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Return whether two scopes of one item share no money."""
    return any(
        a and b and a not in line(d, other[0], b) and b not in line(d, one[0], a)
        for d, a, b in zip(DIMENSIONS, one[1:], other[1:])
    )


class Tiling:
    """The figures of one basis by the scopes that they belong to, in their order.

    Projects are the department's own, by the thousand: figures are laid by every other dimension, and by their projects
    inside a scope only where someone asks.
    """

    def __init__(self, figures: Iterable[Figure]):
        self.own: dict[Scope, Figure] = {figure.scope: figure for figure in figures}
        self._inside: dict[tuple[str, ...], list[Figure]] = defaultdict(list)  # by scope
        self._projects: dict[tuple[str, ...], dict[str, list[Figure]]] = {}
        self._tiles: dict[Scope, tuple[Figure, ...]] = {}
        self._views: dict[tuple[Scope, str], tuple[Figure, ...]] = {}
        self._overlaps: dict[tuple[str, ...], list[_Unsplit]] = {}
        self._held: dict[tuple[str, str], frozenset[str]] = {}
        for whole, some in _runs(self.own.values()):
            for members in _above(whole):
                self._inside[members] += some

    def supposing(self, others: Mapping[Figure, Figure]) -> Tiling:
        """Return the tiling if some figures were others of the same scope; what has none of them inside stays laid."""
        touched = {above for figure in others for above in _above(figure.scope)}
        supposed = copy(self)
        supposed.own = {scope: others.get(figure, figure) for scope, figure in self.own.items()}
        supposed._inside = self._inside | {
            above: [others.get(figure, figure) for figure in self._inside[above]]
            for above in touched & self._inside.keys()
        }
        supposed._projects = {s: some for s, some in self._projects.items() if s not in touched}
        supposed._tiles = {s: tile for s, tile in self._tiles.items() if s not in touched}
        supposed._views = {k: view for k, view in self._views.items() if k[0] not in touched}
        return supposed

    def inside(self, scope: Scope) -> list[Figure]:
        """Return every figure of this scope or of a part of it."""
        if scope.project:
            return self._by_project(_without_project(scope)).get(scope.project, [])
        return self._inside.get(scope, [])

    def held(self, item: str, dimension: str) -> frozenset[str]:
        """Return every member of a dimension that a figure of an item has, itself or in a part of it."""
        key = (item, dimension)
        if key not in self._held:
            place = PLACE[dimension]
            members = {figure.scope[place] for figure in self.inside(Scope(item))}
            lines = (line(dimension, item, member) for member in members)
            self._held[key] = frozenset(chain.from_iterable(lines))
        return self._held[key]

    def _by_project(self, whole: tuple[str, ...]) -> dict[str, list[Figure]]:
        found = self._projects.get(whole)
        if found is None:
            found = self._projects[whole] = defaultdict(list)
            for figure in self._inside.get(whole, ()):
                found[figure.scope.project].append(figure)
        return found

    def finer(self, scope: Scope) -> list[Figure]:
        """Return every figure of a part of this scope."""
        own = self.own.get(scope)
        return [f for f in self.inside(scope) if f is not own]

    def beside(self, scope: Scope, tile: Iterable[Figure]) -> Iterator[Figure]:
        """Yield every figure inside a scope that shares no money with any of these.

        Two projects share none: a figure of one is held only against those of its own and of no project.
        """
        by_project: dict[str, list[Scope]] = defaultdict(list)
        for figure in tile:
            by_project[figure.scope.project].append(figure.scope)
        every = list(chain.from_iterable(by_project.values()))
        for figure in self.inside(scope):
            own = figure.scope.project
            near = chain(by_project.get(own, ()), by_project.get("", ())) if own else every
            if all(_are_apart(figure.scope, other) for other in near):
                yield figure

    def parts(self, scope: Scope, dimension: str, finer: list[Figure]) -> list[Scope]:
        """Return the next finer scopes along a dimension that these figures are in, in order of appearance."""
        place = PLACE[dimension]
        at, next_finer = scope[place], dict[str, None]()
        for member in dict.fromkeys([f.scope[place] for f in finer]):
            if member != at:
                upwards = line(dimension, scope.item, member)
                next_finer[upwards[upwards.index(at) - 1]] = None
        return [scope.part(place, member) for member in next_finer]

    def parts_of_others(self, scope: Scope, dimension: str) -> Iterator[Scope]:
        """Yield the finer scopes along a dimension that may have some of the money of a figure that is not inside.

        Of what a function costs as a whole some may be basic expenditure, though no figure says how much.
        """
        place = PLACE[dimension]
        at = scope[place]
        for without, projects in self._overlapping(_without_project(scope)):
            if not scope.project or scope.project in projects:
                for member in projects if dimension == "project" else (without[place],):
                    if member != at and at in line(dimension, scope.item, member):
                        yield scope.part(place, member)

    def _overlapping(self, whole: tuple[str, ...]) -> list[_Unsplit]:
        """Return what is not split further, may share money with a scope without project, and is not inside it."""
        if whole not in self._overlaps:
            item, function = whole[0], whole[_FUNCTION]
            coarser = line("function", item, function)[1:]
            near = [self._unsplit_within.get((item, function), ())]
            near += [self._unsplit_at.get((item, member), ()) for member in coarser]
            self._overlaps[whole] = [
                unsplit
                for unsplit in chain.from_iterable(near)
                if not _are_apart(unsplit[0], whole) and whole not in _above(unsplit[0])
            ]
        return self._overlaps[whole]

    @cached_property
    def _unsplit_at(self) -> dict[tuple[str, str], list[_Unsplit]]:
        """The scopes that figures have and no other is a part of, with their projects, by their item and function."""
        projects: dict[tuple[str, ...], dict[str, None]] = defaultdict(dict)
        for scope in self.own:
            projects[_without_project(scope)][scope.project] = None
        found: dict[tuple[str, str], list[_Unsplit]] = defaultdict(list)
        for without, some in projects.items():
            if all(_without_project(f.scope) == without for f in self._inside[without]):
                found[without[0], without[_FUNCTION]].append((without, some))
        return found

    @cached_property
    def _unsplit_within(self) -> dict[tuple[str, str], list[_Unsplit]]:
        """The same by their item and everything that their function is part of, it itself too."""
        found: dict[tuple[str, str], list[_Unsplit]] = defaultdict(list)
        for (item, function), some in self._unsplit_at.items():
            for member in line("function", item, function):
                found[item, member] += some
        return found

    def shared(self, scope: Scope, finer: list[Figure]) -> Iterator[str]:
        """Yield the dimensions along which every one of these figures is finer than the scope."""
        scopes = [f.scope for f in finer]
        for dimension in VIEWS:
            place = PLACE[dimension]
            if scope[place] not in map(itemgetter(place), scopes):
                yield dimension

    def tile(self, scope: Scope) -> tuple[Figure, ...]:
        """Return the finest figures inside a scope that do not overlap."""
        if scope not in self._tiles:
            inside = self.inside(scope)
            self._tiles[scope] = tuple(inside) if len(inside) < 2 else self._best(scope)
        return self._tiles[scope]

    def _best(self, scope: Scope) -> tuple[Figure, ...]:
        own, finer = self.own.get(scope), self.finer(scope)
        best = self._split(scope, finer)
        return (own,) if own and not self._refines(own, best) else best

    def along(self, scope: Scope, dimension: str) -> tuple[Figure, ...]:
        """Return the finest figures of the parts of a scope along a dimension."""
        key = (scope, dimension)
        if key not in self._views:
            parts = self.parts(scope, dimension, self.inside(scope))
            self._views[key] = tuple(chain.from_iterable(map(self.tile, parts)))
        return self._views[key]

    def _refines(self, own: Figure, finest: tuple[Figure, ...]) -> bool:
        """Details stand for a given figure where they add up to it with a rounding tail of their own."""
        added = total(f.amount for f in finest)
        return added.value != own.amount.value and added.meets(own.amount)

    def _split(self, scope: Scope, finer: list[Figure]) -> tuple[Figure, ...]:
        if along := next(self.shared(scope, finer), ""):
            return self.along(scope, along)
        views = [v for d in VIEWS if (v := self.along(scope, d))]
        most = max((total(f.amount for f in v) for v in views), key=lambda a: a.value)
        return next(v for v in views if total(f.amount for f in v).meets(most))
