"""The figures of one department-year on their bases: 决算, 预算 and 上年."""

from __future__ import annotations

from helpers.basics.model import ABSENT, BUDGET, FINAL, LAST_YEAR, MISSING, Figure, Scope, Value
from helpers.disclosure.rollup import RollUp
from helpers.edition import codes


class Either:
    """Look in one place, and where nothing is written of it there, in another."""

    def __init__(self, *places: RollUp):
        self._places = places

    def find(self, scope: Scope) -> Value:
        """Return what is known of a scope in the first place that knows of it."""
        written = (place.find(scope) for place in self._places if place.figures_inside(scope))
        inferred = (place.find(scope) for place in self._places)
        return next(
            (v for values in (written, inferred) for v in values if v.state != MISSING), ABSENT
        )

    def figures_inside(self, scope: Scope) -> list[Figure]:
        """Return every figure of this scope or of a part of it."""
        return [f for place in self._places for f in place.figures_inside(scope)]


class Accounts:
    """One department-year on its three bases: 决算, 预算 (全年预算, else 年初预算), 上年."""

    def __init__(self, figures: tuple[Figure, ...], last_year: tuple[Figure, ...] = ()):
        self.figures = figures
        self.before = RollUp(f for f in last_year if f.basis == "决算")
        by_basis = {b: RollUp(f for f in figures if f.basis == b) for b in codes.vocabulary().bases}
        self.written = by_basis
        self.stated_before = by_basis["上年决算"]
        self._bases: dict[str, RollUp | Either] = {
            FINAL: by_basis["决算"],
            BUDGET: Either(by_basis["全年预算"], by_basis["年初预算"]),
            LAST_YEAR: Either(self.before, self.stated_before),
        }

    def on(self, basis: str) -> RollUp | Either:
        """Return the look-up of a basis: 决算, 预算 or 上年."""
        return self._bases[basis]
