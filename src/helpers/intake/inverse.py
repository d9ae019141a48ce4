"""Claims turned into rows: the fewest figures that rebuild every claim through the project's own roll-up.

What is not zero is taken from the finest to the coarsest, a coarser one only where the finer ones do not
give it; zeros from the coarsest down, only where they would otherwise be missing; then repaired until
nothing changes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from helpers.basics.model import Figure, Scope
from helpers.disclosure.rollup import RollUp
from helpers.edition import codes
from helpers.intake.claims import Claim, Key, Standing, depth, figure

_ROUNDS = 12  # of repair; two were the most that any document has needed


@dataclass(frozen=True)
class Inverse:
    """The rows of figures.csv, and the claims that no row can bring to agree with the roll-up."""

    rows: tuple[Claim, ...]
    unbuilt: tuple[Claim, ...]


def rows_of(standing: Mapping[Key, Standing]) -> Inverse:
    """Return the fewest rows that rebuild all that stands."""
    kept: dict[Key, Claim] = {}
    unbuilt: list[Claim] = []
    parts: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for (scope, basis), one in standing.items():
        parts[scope.item, basis].append(one.claim)
    for claims in parts.values():  # money of two items, or of two bases, never meets in a roll-up
        part = _Part(claims)
        kept |= part.fewest()
        unbuilt += part.unbuilt()
    return Inverse(rows=tuple(sorted(kept.values(), key=_order)), unbuilt=tuple(unbuilt))


def _order(claim: Claim) -> tuple:
    scope, basis = claim.key
    vocabulary = codes.vocabulary()
    return ([*vocabulary.roles].index(basis), [*vocabulary.items].index(scope.item), scope[1:])


class _Part:
    """The claims of one item on one basis, and the rows kept so far."""

    def __init__(self, claims: Iterable[Claim]):
        self._claims = {claim.key[0]: claim for claim in claims}
        self._figures = {scope: figure(claim) for scope, claim in self._claims.items()}
        self._kept: dict[Scope, Figure] = {}
        self._known = RollUp(())

    def fewest(self) -> dict[Key, Claim]:
        some = [s for s, f in self._figures.items() if not f.amount.is_zero]
        zeros = [s for s, f in self._figures.items() if f.amount.is_zero]
        self._keep_by_level(some, finest_first=True)
        self._keep_by_level(zeros, finest_first=False)
        for _ in range(_ROUNDS):
            if not (wrong := self._wrong(self._figures)):
                break
            self._keep(_finest(wrong))
        return {self._claims[scope].key: self._claims[scope] for scope in self._kept}

    def unbuilt(self) -> list[Claim]:
        """Return the claims that the kept rows do not rebuild."""
        return [self._claims[scope] for scope in self._wrong(self._figures)]

    def _keep_by_level(self, scopes: list[Scope], finest_first: bool) -> None:
        levels: dict[int, list[Scope]] = defaultdict(list)
        for scope in scopes:
            levels[depth(scope)].append(scope)
        for level in sorted(levels, reverse=finest_first):
            self._keep(self._wrong(levels[level]))

    def _keep(self, scopes: Iterable[Scope]) -> None:
        new = {scope: self._figures[scope] for scope in scopes}
        if new:
            self._kept |= new
            self._known = RollUp(self._kept.values())

    def _wrong(self, scopes: Iterable[Scope]) -> list[Scope]:
        """Return the scopes of which the kept rows say something else, or nothing."""
        return [s for s in scopes if not self._is_told(s)]

    def _is_told(self, scope: Scope) -> bool:
        """Return whether the kept rows give a claim: to the cent, or within what a percentage leaves open."""
        value, wanted = self._known.find(scope).amount, self._figures[scope].amount.value
        return value is not None and abs(value.value - wanted) <= self._claims[scope].slack


def _finest(scopes: list[Scope]) -> list[Scope]:
    deepest = max(map(depth, scopes))
    return [scope for scope in scopes if depth(scope) == deepest]
