"""The figures of one department-year on their bases: 决算, 上年, 预算 and each budget by its name."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy

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
        """Return the figures of this scope or of a part of it, in the first place that has any."""
        written = (place.figures_inside(scope) for place in self._places)
        return next(filter(None, written), [])


class Accounts:
    """One department-year on its bases: 决算, 上年, each budget, and 预算, which is the first of them that is written."""

    def __init__(self, figures: tuple[Figure, ...], last_year: tuple[Figure, ...] = ()):
        words = codes.vocabulary()
        self._fill(
            figures,
            last_year,
            RollUp(f for f in last_year if words.roles[f.basis] == FINAL),
            {b: RollUp(f for f in figures if f.basis == b) for b in words.roles},
        )

    def _fill(
        self,
        figures: tuple[Figure, ...],
        last_year: tuple[Figure, ...],
        before: RollUp,
        written: dict[str, RollUp],
    ) -> None:
        words = codes.vocabulary()
        self.figures, self.last_year = figures, last_year
        self.before, self.written = before, written
        final, self.stated_before = (written[words.bases(role)[0]] for role in (FINAL, LAST_YEAR))
        self.budgets = tuple(written[b] for b in words.bases(BUDGET))
        self._bases: dict[str, RollUp | Either] = {
            **written,
            FINAL: final,
            BUDGET: Either(*self.budgets),
            LAST_YEAR: Either(before, self.stated_before),
        }

    def supposing(self, others: Mapping[Figure, Figure]) -> Accounts:
        """Return the accounts if some figures were others; of a basis that has none of them nothing is looked up anew."""
        supposed = copy(self)
        supposed._fill(
            tuple(others.get(f, f) for f in self.figures),
            tuple(others.get(f, f) for f in self.last_year),
            self.before.supposing(others),
            {basis: rollup.supposing(others) for basis, rollup in self.written.items()},
        )
        return supposed

    def rests_on_stated(self, value: Value) -> bool:
        """Return whether last year's value rests on rows of 上年决算: what its own folder gives goes before them."""
        return any(f.basis in codes.vocabulary().bases(LAST_YEAR) for f in value.figures)

    def on(self, basis: str) -> RollUp | Either:
        """Return the look-up of a basis: what it serves as, or its own name."""
        return self._bases[basis]
