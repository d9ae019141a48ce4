"""What the figures say of a scope: given, added up from details, zero, or missing (contract, section 1).

Nothing is added up from a partial breakdown. Whether one is partial is asked upwards: of what is
given above a scope and of whether its details reach it; and downwards: of every member of a closed
list. The ways up ask only what is written (`_stated`), so that the two never wait for each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain

from helpers.basics.model import ABSENT, DERIVED, GIVEN, Figure, Scope, Value
from helpers.basics.money import NOTHING, total
from helpers.disclosure.breakdowns import Breakdown, Listings
from helpers.disclosure.tiling import PLACE, VIEWS, Tiling, line, wholes
from helpers.edition import codes


class RollUp:
    """Look-up of scopes among figures of one basis."""

    def __init__(self, figures: Iterable[Figure]):
        self._lay(Tiling(figures))

    def _lay(self, tiling: Tiling) -> None:
        self._words = codes.vocabulary()
        self._tiling = tiling
        self._listings = Listings(self._tiling)
        self._is_exact = not any(f.amount.error for f in self._tiling.own.values())
        self._found: dict[Scope, Value] = {}
        self._said: dict[Scope, Value] = {}
        self._whole: dict[tuple[Scope, str], bool] = {}
        self._established: dict[Scope, bool] = {}
        self._blanks: dict[str, dict[Scope, Value]] = {dimension: {} for dimension in PLACE}

    def supposing(self, others: Mapping[Figure, Figure]) -> RollUp:
        """Return the look-up if some figures were others: this one where it has none of them."""
        mine = {f: other for f, other in others.items() if self._tiling.own.get(f.scope) is f}
        if not mine:
            return self
        supposed = RollUp.__new__(RollUp)
        supposed._lay(self._tiling.supposing(mine))
        return supposed

    @property
    def figures(self) -> list[Figure]:
        """The figures as they are written."""
        return list(self._tiling.own.values())

    @cached_property
    def opposed(self) -> list[tuple[Figure, Breakdown]]:
        """Every given total with each breakdown that stands against it."""
        return [
            (figure, breakdown)
            for figure in self._tiling.own.values()
            for breakdown in self.breakdowns(figure.scope)
            if breakdown.stands_against(figure)
        ]

    def figures_inside(self, scope: Scope) -> list[Figure]:
        """Return every figure of this scope or of a part of it."""
        return self._tiling.inside(scope)

    def find(self, scope: Scope) -> Value:
        """Return what is known of a scope, with the figures it was made from."""
        known = self._found.get(scope)
        if known is None:
            known = self._found[scope] = self._known(scope)
        return known

    def find_members(
        self, whole: Scope, dimension: str, members: Iterable[str]
    ) -> dict[str, Value]:
        """Return what is known of each of some members of a dimension inside a scope, as `find` does, all at once.

        Most members of a long list have no figure: those of one group that no figure of the item has are the same blank.
        """
        place, found, blanks = PLACE[dimension], dict[str, Value](), dict[str, Value]()
        held = self._tiling.held(whole.item, dimension)
        for member in members:
            upwards = line(dimension, whole.item, member)
            if member in held or len(upwards) == 1:
                found[member] = self.find(whole.part(place, member))
                continue
            group = upwards[1]
            if group not in blanks:
                blanks[group] = self.find(whole.part(place, member))
            found[member] = blanks[group]
        return found

    def _known(self, scope: Scope) -> Value:
        if not self.figures_inside(scope):
            return self._absent(scope)
        value = self._stated(scope)
        return value if value.state == GIVEN or self._follows(scope) else ABSENT

    def breakdowns(self, scope: Scope) -> list[Breakdown]:
        """Return the breakdowns of a scope; those that consist of the same figures are listed once."""
        finer = self._tiling.finer(scope)
        found: dict[frozenset[Figure], Breakdown] = {}
        for dimension in VIEWS if finer else ():
            tile = self._tiling.along(scope, dimension)
            if tile and frozenset(tile) not in found:
                found[frozenset(tile)] = Breakdown(
                    scope=scope,
                    dimension=dimension,
                    figures=tile,
                    total=total(f.amount for f in tile),
                    is_whole=self._lists_all(scope, dimension),
                    leaves_rest=self._has_money_beside(scope, tile)
                    or self._may_leave_unprinted(scope, tile),
                )
        return list(found.values())

    def is_whole(self, scope: Scope, dimension: str) -> bool:
        """Return whether the breakdown along a dimension covers the whole scope."""
        key = (scope, dimension)
        if key not in self._whole:
            self._whole[key] = self._covers(scope, dimension)
        return self._whole[key]

    def _covers(self, scope: Scope, dimension: str) -> bool:
        whole = self._stated(scope).amount
        if whole is None:
            return False
        tile = self._tiling.along(scope, dimension)
        if not tile:
            return whole.is_zero
        return total(f.amount for f in tile).meets(whole) or self._listings.name_all(
            scope, dimension
        )

    def _lists_all(self, scope: Scope, dimension: str) -> bool:
        """Return whether a breakdown says of every member what it has, whatever that adds up to."""
        return self._gives_all(scope, dimension) or self._listings.name_all(scope, dimension)

    def _gives_all(self, scope: Scope, dimension: str) -> bool:
        """Return whether every member of a closed list is given, itself or in all its own parts."""
        place = PLACE[dimension]
        members = self._words.parts(dimension, scope.item, scope[place])
        parts = [scope.part(place, member) for member in members]
        return bool(parts) and all(
            part in self._tiling.own or self._gives_all(part, dimension) for part in parts
        )

    def _has_money_beside(self, scope: Scope, tile: tuple[Figure, ...]) -> bool:
        """Return whether money inside a scope lies beside all of a breakdown, which is then not all of it."""
        beside = self._tiling.beside(scope, tile)
        return any(not figure.amount.is_zero for figure in beside)

    def _may_leave_unprinted(self, scope: Scope, tile: tuple[Figure, ...]) -> bool:
        """Return whether what a breakdown does not list may be of the fund that no table prints."""
        funds = {f.scope.fund for f in tile}
        return (
            not scope.fund
            and "" not in funds
            and any(
                fund not in funds and not all(self._is_nothing(source) for source in sources)
                for fund, sources in self._words.unprinted.items()
            )
        )

    def _is_nothing(self, scope: Scope) -> bool:
        amount = self.find(scope).amount
        return amount is not None and amount.is_zero

    def _stated(self, scope: Scope) -> Value:
        """Return what is written of a scope, also where it is not known to be all of it."""
        said = self._said.get(scope)
        if said is None:
            said = self._said[scope] = self._look(scope)
        return said

    def _look(self, scope: Scope) -> Value:
        own, inside = self._tiling.own.get(scope), self.figures_inside(scope)
        if own:
            return Value(own.amount, GIVEN, (own,), unit=own.unit)
        if not inside:
            return self._absent(scope)
        tile = self._tiling.tile(scope)
        added = total(f.amount for f in tile)
        same = None if self._is_exact else self._the_same(scope)
        if same and same.amount is not None and same.amount.value != added.value:
            return Value(same.amount, DERIVED, same.figures, unit=same.unit)
        return Value(added, DERIVED, tile, unit=inside[0].unit)

    def _follows(self, scope: Scope) -> bool:
        """Return whether a scope that is not given follows from the figures inside it."""
        return self._is_established(scope) or any(self._follows_along(scope, d) for d in VIEWS)

    def _follows_along(self, scope: Scope, dimension: str) -> bool:
        """Return whether every part along a dimension is known, and no other is known to be lacking."""
        place = PLACE[dimension]
        others: Iterator[Scope] = iter(())
        parts = self._tiling.parts(scope, dimension, self.figures_inside(scope))
        if not parts:
            return False
        if not self._listings.name_all(scope, dimension):
            if dimension not in self._words.closed:
                if not self._is_unopposed(scope, dimension):
                    return False
                others = self._tiling.parts_of_others(scope, dimension)
            else:
                members = self._words.parts(dimension, scope.item, scope[place])
                parts = [scope.part(place, member) for member in members]
        return all(self.find(part).known for part in chain(parts, others))

    def _is_unopposed(self, scope: Scope, dimension: str) -> bool:
        """Return whether nobody gives a total, coarser along a dimension, that its details do not reach."""
        place = PLACE[dimension]
        while scope[place]:
            scope = scope.part(place, line(dimension, scope.item, scope[place])[1])
            if not self.is_whole(scope, dimension):
                return False
            if scope in self._tiling.own:
                return True
        return True

    def _absent(self, scope: Scope) -> Value:
        """A member without a figure is zero where the breakdown it belongs to is whole."""
        blanks = (self._blank_of(*of) for of in wholes(scope))
        return next((blank for blank in blanks if blank.amount is not None), ABSENT)

    def _blank_of(self, dimension: str, whole: Scope) -> Value:
        blanks = self._blanks[dimension]
        blank = blanks.get(whole)
        if blank is None:
            blank = blanks[whole] = self._blank(dimension, whole)
        return blank

    def _blank(self, dimension: str, whole: Scope) -> Value:
        """Return what a member without a figure is in the breakdown of a whole along a dimension."""
        value = self._stated(whole)
        if value.amount is None or not self.figures_inside(whole):
            return value
        if self._is_established(whole) and (
            value.amount.is_zero or self.is_whole(whole, dimension)
        ):
            return Value(NOTHING, DERIVED, value.figures, unit=value.unit)
        return ABSENT

    def _is_established(self, scope: Scope) -> bool:
        """Return whether a scope is more than the sum of the parts that happen to be written.

        It is when it is given, when it is all there is and none of it is what a text happens to say, when
        every member of a closed list is given, or when a whole breakdown leads to it.
        """
        if scope not in self._established:
            self._established[scope] = scope in self._tiling.own or self._is_led_to(scope)
        return self._established[scope]

    def _is_led_to(self, scope: Scope) -> bool:
        of = wholes(scope)
        return (
            not (of or any(f.is_said for f in self.figures_inside(scope)))
            or any(
                self._stated(w).known and self._is_established(w) and self.is_whole(w, d)
                for d, w in of
            )
            or any(self._gives_all(scope, d) for d in self._words.closed)
        )

    def _the_same(self, scope: Scope) -> Value | None:
        """Return the same money as somebody rounded it, which exact figures need not be asked for."""
        return self._whole_that_is_the_same(scope) or self._part_that_is_the_same(scope)

    def _whole_that_is_the_same(self, scope: Scope) -> Value | None:
        """A given whole whose other parts are all zero is this same money, not a sum."""
        for dimension, whole in wholes(scope):
            if whole not in self._tiling.own:
                continue
            member = getattr(scope, dimension)
            others = (
                f
                for f in self.figures_inside(whole)
                if getattr(f.scope, dimension) != getattr(whole, dimension)
                and member not in line(dimension, scope.item, getattr(f.scope, dimension))
            )
            if all(f.amount.is_zero for f in others) and self.is_whole(whole, dimension):
                return self._stated(whole)
        return None

    def _part_that_is_the_same(self, scope: Scope) -> Value | None:
        """Where only one part has money, the whole is that part, not a sum."""
        finer = self.figures_inside(scope)
        for dimension in self._tiling.shared(scope, finer):
            parts = [
                p
                for p in self._tiling.parts(scope, dimension, finer)
                if any(not f.amount.is_zero for f in self.figures_inside(p))
            ]
            if len(parts) == 1:
                return self._stated(parts[0])
        return None
