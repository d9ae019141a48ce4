"""Tables that are in 元 and do not say so: what they state is ten thousand times what the others state of the same money."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from helpers.basics import money
from helpers.intake.claims import Claim, Key

# So many amounts, and such a share of those that others state otherwise; less tells it of a second table.
_FIRST, _FURTHER = (3, Decimal("0.8")), (1, Decimal(1))

Claims = tuple[Claim, ...]


def in_their_unit(claims: Iterable[Claim]) -> tuple[Claims, tuple[str, ...]]:
    """Return the claims with those of such tables in 元, and a line for each such table."""
    read = tuple(claims)
    made, tables = read, set[str]()
    while found := _tables(made, tables, *(_FURTHER if tables else _FIRST)):
        tables |= found
        made = tuple(_in_yuan(claim) if _table(claim) in tables else claim for claim in read)
    told = (f"{table} 表：各数是别的表同一个数的一万倍，按元读" for table in sorted(tables))
    return made, tuple(told)


def _tables(claims: Claims, known: set[str], least: int, share: Decimal) -> set[str]:
    """Return the further tables of whose amounts so many, of those that tell, are ten thousand times what others state.

    An amount tells where another table states another one, or where one states the same of which another
    states ten thousand times something else.
    """
    by_key: dict[Key, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_key[claim.key].append(claim)
    pairs = [
        (one, [c for c in some if money.is_telling(c.amount) and _table(c) != _table(one)])
        for some in by_key.values()
        for one in some
        if one.unit == money.WAN and not one.amount.is_zero and _table(one) not in known
    ]
    sound = {_table(c) for one, others in pairs for c in others if _is_off(one, c)}
    told: dict[str, list[bool]] = defaultdict(list)
    for one, others in pairs:
        is_off = any(_is_off(one, other) for other in others)
        if is_off or any(not _agree(one, c) or _table(c) in sound for c in others):
            told[_table(one)].append(is_off)
    return {
        table
        for table, found in told.items()
        if sum(found) >= least and sum(found) >= share * len(found)
    }


def _is_off(one: Claim, other: Claim) -> bool:
    return money.is_in_yuan(one.amount, other.amount)


def _agree(one: Claim, other: Claim) -> bool:
    return one.amount.meets(other.amount)


def _in_yuan(claim: Claim) -> Claim:
    return replace(claim, unit=money.YUAN) if claim.unit == money.WAN else claim


def _table(claim: Claim) -> str:
    return claim.place.partition("[")[0]
