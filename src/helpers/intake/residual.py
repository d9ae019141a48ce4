"""What no table prints: the one part of a whole whose other parts are all known, such as 非财政拨款."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from dataclasses import replace
from itertools import product

from helpers.basics import money
from helpers.basics.model import DIMENSIONS, Scope
from helpers.disclosure.rollup import RollUp
from helpers.edition import codes
from helpers.intake.claims import Claim, Key, Standing, figure

_CLOSED = ("fund", "category")  # the dimensions of which every member is listed


def residuals(standing: Mapping[Key, Standing], unknown: Set[Key] = frozenset()) -> Iterator[Claim]:
    """Yield, at the finest scopes only, the parts that no claim names and that are what the other parts leave.

    At a total the interval of so many rounded numbers would be wider than what is printed. Of what is printed
    but `unknown` nothing is left to say.
    """
    parts: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for (scope, basis), one in standing.items():
        parts[scope.item, basis].append(one.claim)
    for claims in parts.values():
        item, by_scope = claims[0].key[0].item, {claim.key[0]: claim for claim in claims}
        known = RollUp(map(figure, claims))
        for dimension in codes.vocabulary().items[item].dimensions:
            if dimension in _CLOSED:
                for claim in _Part(by_scope, known, dimension, item).residuals():
                    if claim.key not in unknown:
                        yield claim


class _Part:
    """The claims of one item on one basis along one dimension of which every member is listed."""

    def __init__(self, claims: dict[Scope, Claim], known: RollUp, dimension: str, item: str):
        self._claims, self._known, self._dimension = claims, known, dimension
        self._parts = _closed_lists(dimension, item)
        self._named: dict[tuple[bool, ...], set[str]] = defaultdict(set)
        for scope in claims:
            line = codes.vocabulary().line_of(dimension, item, getattr(scope, dimension))
            self._named[self._shape(scope)] |= set(line)

    def residuals(self) -> Iterator[Claim]:
        """Yield what is left for the one part of a whole that no claim of the same shape names."""
        for whole, parts in self._parts.items():
            for scope in _finest([s for s in self._claims if self._member(s) == whole]):
                silent = [p for p in parts if self._is_silent(scope, p)]
                if len(silent) == 1 and len(parts) > 1:
                    yield from self._left(scope, silent[0], [p for p in parts if p not in silent])

    def _is_silent(self, scope: Scope, part: str) -> bool:
        """Return whether no claim of a scope's shape names a part, and nothing says that it is zero."""
        if part in self._named[self._shape(scope)]:
            return False
        amount = self._known.find(scope.within(**{self._dimension: part})).amount
        return amount is None or not amount.is_zero

    def _member(self, scope: Scope) -> str:
        return getattr(scope, self._dimension)

    def _shape(self, scope: Scope) -> tuple[bool, ...]:
        return tuple(bool(getattr(scope, d)) for d in DIMENSIONS if d != self._dimension)

    def _left(self, scope: Scope, silent: str, others: list[str]) -> Iterator[Claim]:
        """Yield what the other parts leave of a whole, where that is more than their rounding."""
        amounts = [self._amount(scope, part) for part in others]
        others_in_all = money.signed_total((1, amount) for amount in amounts)
        if others_in_all is None:
            return
        claim = self._claims[scope]
        left = claim.amount - others_in_all
        if left.meets(money.NOTHING) or left.value < 0:
            return
        yield replace(
            claim,
            key=(scope.within(**{self._dimension: silent}), claim.key[1]),
            written=f"{left.value:f}",
            unit=money.WAN if claim.unit in money.MONEY_UNITS else claim.unit,
            inferred=f"表里没有这一项，是「{scope.label}」减去其余各项",
            residual=True,
        )

    def _amount(self, scope: Scope, member: str) -> money.Amount | None:
        """Return what is claimed of a part, or of all of its own parts."""
        of = scope.within(**{self._dimension: member})
        if of in self._claims or member not in self._parts:
            return self._known.find(of).amount
        return money.signed_total((1, self._amount(scope, p)) for p in self._parts[member])


def _closed_lists(dimension: str, item: str) -> dict[str, list[str]]:
    """Return every whole of a dimension with its parts."""
    vocabulary = codes.vocabulary()
    parents = vocabulary.fund_parents if dimension == "fund" else vocabulary.items[item].parents
    lists: dict[str, list[str]] = defaultdict(list)
    for member, parent in parents.items():
        lists[parent].append(member)
    return lists


def _finest(scopes: list[Scope]) -> list[Scope]:
    """Return the scopes that no other of them is part of."""
    line_of = codes.vocabulary().line_of
    above: set[Scope] = set()
    for scope in scopes:
        lines = [line_of(d, scope.item, member) for d, member in zip(DIMENSIONS, scope[1:])]
        above |= {Scope(scope.item, *members) for members in product(*lines)} - {scope}
    return [scope for scope in scopes if scope not in above]
