"""Breakdowns of one total: what is listed, whether that is all, and how it stands to the total."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from helpers.basics.model import DIMENSIONS, FINAL, Figure, Scope
from helpers.basics.money import Amount
from helpers.disclosure.tiling import PLACE, Tiling
from helpers.edition import codes


@dataclass(frozen=True, kw_only=True)
class Breakdown:
    """Figures inside a scope that do not overlap. `is_whole`: they list every member of the dimension.

    `leaves_rest`: other money inside the scope lies beside all of them, or may be what no table prints.
    """

    scope: Scope
    dimension: str
    figures: tuple[Figure, ...]
    total: Amount
    is_whole: bool
    leaves_rest: bool

    @property
    def is_strict(self) -> bool:
        """Whether the figures differ from the scope in this dimension and in no other."""
        place = PLACE[self.dimension]
        return all(f.scope.part(place, self.scope[place]) == self.scope for f in self.figures)

    def stands_against(self, given: Figure) -> bool:
        """Return whether a given total of the scope is not what is listed, and has to be explained.

        Of the bases other than 决算 only parts are stated, and each is held to its own dimension alone.
        """
        if given.basis != FINAL and not self.is_strict:
            return False
        return self.contradicts(given.amount) or self.falls_short(given.amount)

    def contradicts(self, given: Amount) -> bool:
        """Return whether a given total cannot be, whatever else there is that was not listed."""
        if self.total.meets(given):
            return False
        above = self.total.value > given.value
        return self.is_whole or (above and not codes.vocabulary().may_be_negative(self.scope))

    def falls_short(self, given: Amount) -> bool:
        """Return whether a given total is not reached, though nothing says what is lacking."""
        return not self.contradicts(given) and not self.total.meets(given) and not self.leaves_rest


class Listings:
    """The published tables that figures were copied from: such a listing has all its rows."""

    def __init__(self, tiling: Tiling):
        self._tiling = tiling
        self._members: dict[str, tuple[set[str], ...]] = defaultdict(
            lambda: tuple(set() for _ in DIMENSIONS)
        )
        for figure in tiling.own.values():
            if figure.listing:
                for members, member in zip(self._members[figure.listing], figure.scope[1:]):
                    members.update({member} - {""})

    def name_all(self, scope: Scope, dimension: str) -> bool:
        """Return whether the details of a scope along a dimension come from one listing of all of them.

        A listing that shows one member of a dimension is one of that member alone.
        """
        if not self._members:
            return False
        tile = self._tiling.along(scope, dimension)
        listings = {f.listing for f in tile}
        if len(listings) != 1 or "" in listings:
            return False
        return all(
            self._ranges_over(listings.copy().pop(), scope, place)
            for place in PLACE.values()
            if any(f.scope[place] != scope[place] for f in tile)
        )

    def _ranges_over(self, listing: str, scope: Scope, place: int) -> bool:
        words, members = codes.vocabulary(), self._members[listing][place - 1]
        parts = words.parts(DIMENSIONS[place - 1], scope.item, scope[place])
        return len(members) > 1 and not (set(parts) & words.unprinted.keys()) - members
