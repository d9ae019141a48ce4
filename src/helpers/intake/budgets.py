"""Budgets that were concluded from rounded percentages, moved within what these leave open so that they add up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from helpers.basics import money
from helpers.basics.model import Scope
from helpers.disclosure.rollup import RollUp
from helpers.intake.claims import Claim, Key, Standing, depth, figure

_WIDE, _FINE = Decimal("0.05"), 4  # a budget that is told more narrowly has more decimals
_WITHIN = Decimal("0.9")  # of what a percentage leaves open: at its very edge rounding would decide


def added_up(standing: Mapping[Key, Standing]) -> dict[Key, Standing]:
    """Return what stands, with the parts of a concluded total moved so that their sum is what its percentage tells.

    Where that cannot be, because the total holds money of which no part is told, all stays as it was concluded.
    """
    found = dict(standing)
    open_items: dict[tuple[str, str], dict[Scope, Claim]] = defaultdict(dict)
    for (scope, basis), one in standing.items():
        if one.claim.slack:
            open_items[scope.item, basis] = {}
    for (scope, basis), one in standing.items():
        if (scope.item, basis) in open_items:
            open_items[scope.item, basis][scope] = one.claim
    for claims in open_items.values():
        for claim in _moved(claims):
            found[claim.key] = replace(found[claim.key], claim=claim)
    return found


def _moved(claims: dict[Scope, Claim]) -> Iterator[Claim]:
    """Yield the parts of concluded totals that are moved."""
    for scope in sorted((s for s, c in claims.items() if c.slack), key=depth):
        finer = RollUp(figure(c) for s, c in claims.items() if depth(s) > depth(scope))
        value = finer.find(scope)
        if value.amount is None:
            continue
        whole, added = claims[scope], value.amount.value
        room = whole.slack * _WITHIN
        lacking = max(min(added, whole.amount.value + room), whole.amount.value - room) - added
        parts = [claims[f.scope] for f in value.figures if claims[f.scope].slack]
        open_in_all = sum((part.slack for part in parts), money.ZERO) * _WITHIN
        if lacking and abs(lacking) <= open_in_all:
            yield from _shared(lacking, parts)


def _shared(lacking: Decimal, parts: list[Claim]) -> Iterator[Claim]:
    """Yield the parts, each moved by its share of what is lacking, by how far it may be moved."""
    rest, left = lacking, sum((part.slack for part in parts), money.ZERO)
    for part in sorted(parts, key=lambda p: p.slack, reverse=True):
        places = 2 if part.slack > _WIDE else _FINE
        share = money.rounded(rest * part.slack / left, places)
        rest, left = rest - share, left - part.slack
        if share:
            moved = money.rounded(part.amount.value + share, max(places, _decimals(part)))
            yield replace(part, written=f"{moved:f}")


def _decimals(part: Claim) -> int:
    return money.decimals(part.amount.value)
