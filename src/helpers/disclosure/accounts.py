"""The figures of one department-year on their bases: 决算, 上年, 预算 and each budget by its name."""

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
    """One department-year on its bases: 决算, 上年, each budget, and 预算, which is the first of them that is written."""

    def __init__(self, figures: tuple[Figure, ...], last_year: tuple[Figure, ...] = ()):
        self.figures = figures
        words = codes.vocabulary()
        self.before = RollUp(f for f in last_year if words.roles[f.basis] == FINAL)
        self.written = {b: RollUp(f for f in figures if f.basis == b) for b in words.roles}
        final, stated_before = (self.written[words.bases(role)[0]] for role in (FINAL, LAST_YEAR))
        self.stated_before = stated_before
        self.budgets = tuple(self.written[b] for b in words.bases(BUDGET))
        self._bases: dict[str, RollUp | Either] = {
            **self.written,
            FINAL: final,
            BUDGET: Either(*self.budgets),
            LAST_YEAR: Either(self.before, stated_before),
        }

    def rests_on_stated(self, value: Value) -> bool:
        """Return whether last year's value rests on rows of 上年决算: what its own folder gives goes before them."""
        return any(f.basis in codes.vocabulary().bases(LAST_YEAR) for f in value.figures)

    def on(self, basis: str) -> RollUp | Either:
        """Return the look-up of a basis: what it serves as, or its own name."""
        return self._bases[basis]
