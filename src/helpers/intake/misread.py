"""Tables that are in 元 and do not say so: what they state is ten thousand times what the others state of the same money."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from helpers.basics import money
from helpers.intake.claims import Claim, Key

_LEAST, _OF_ALL = 3, Decimal("0.8")  # so many amounts, and of those that others state too


def in_their_unit(claims: Iterable[Claim]) -> tuple[tuple[Claim, ...], tuple[str, ...]]:
    """Return the claims with those of such tables in 元, and a line for each such table."""
    claims = tuple(claims)
    by_key: dict[Key, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_key[claim.key].append(claim)
    told: dict[str, list[bool]] = defaultdict(list)
    for some in by_key.values():
        for one in some:
            others = [other for other in some if _table(other) != _table(one)]
            if one.unit == money.WAN and one.amount.value and others:
                told[_table(one)].append(
                    any(money.is_in_yuan(one.amount, other.amount) for other in others)
                )
    misread = {
        table
        for table, found in told.items()
        if sum(found) >= _LEAST and sum(found) >= _OF_ALL * len(found)
    }
    return (
        tuple(
            replace(c, unit=money.YUAN) if _table(c) in misread and c.unit == money.WAN else c
            for c in claims
        ),
        tuple(f"{table} 表：各数是别的表同一个数的一万倍，按元读" for table in sorted(misread)),
    )


def _table(claim: Claim) -> str:
    return claim.place.partition("[")[0]
