"""Every 分 that an invented department receives, spends and carries over in a year.

A year's money depends on the seed, the department and the year alone, so any run of years is the same years.
Per fund, function and source, and so everywhere, 年初 + 收入 = 支出 + 年末 (for 非财政拨款 with 使用非财政拨款结余
on the left and 结余分配 on the right), and what a year opens with is what the year before left.
"""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from helpers.sample.district import THOUSAND, WAN, Department, Work
from helpers.sample.kinds import BASIC, GENERAL, OTHER

_MILLION = 1_000_000


class Posting(NamedTuple):
    """What was paid in a year for one thing: the finest there is. `source` is the category of income it is paid from."""

    fund: str
    function: str
    nature: str
    economic: str
    project: str
    source: str
    fen: int


def paid(one: Department, work: Work, year: int) -> dict[str, int]:
    """Return what a task costs in a year, in 分 by economic class."""
    if not work.runs(year):
        return {}
    chance = one.chance(year, f"{work.task.name} {work.task.function} {work.task.source}")
    whole = one.grown(work.fen, year) * chance.randint(820_000, 1_180_000) // _MILLION
    weights = [chance.randint(THOUSAND, 9 * THOUSAND) for _ in work.task.economic]
    parts = [whole * weight // sum(weights) for weight in weights[1:]]
    return dict(zip(work.task.economic, [whole - sum(parts), *parts]))


def postings(one: Department, year: int) -> list[Posting]:
    """Return all expenditure of a year, each 分 once."""
    chance = one.chance(year, "支出")
    found: list[Posting] = []
    from_budget = f"{GENERAL}财政拨款收入"

    def spend(function: str, economic: str, fen: int) -> None:
        if fen:
            found.append(
                Posting(
                    fund=GENERAL,
                    function=function,
                    nature=BASIC,
                    economic=economic,
                    project="",
                    source=from_budget,
                    fen=fen,
                )
            )

    for scale, function, heads in one.people:
        heads = max(1, heads * chance.randint(970, 1030) // THOUSAND)
        for (apart, economic), yuan in one.pay[scale].items():
            spend(
                apart or function,
                economic,
                one.grown(heads * yuan * 100, year)
                * chance.randint(960_000, 1_040_000)
                // _MILLION,
            )
    for _ in range(sum(one.cars)):
        spend(
            one.office,
            "30231",
            one.grown(3 * WAN, year) * chance.randint(700_000, 1_100_000) // _MILLION,
        )
    spend(
        one.office,
        "30217",
        one.guests if one.steady else one.guests * chance.randint(800_000, 1_000_000) // _MILLION,
    )
    for work in (*one.works, *filter(None, (one.abroad, one.renewal))):
        task = work.task
        found += [
            Posting(
                fund=task.fund,
                function=task.function or one.office,
                nature=task.nature,
                economic=economic,
                project=task.name,
                source=task.source,
                fen=fen,
            )
            for economic, fen in paid(one, work, year).items()
        ]
    return found


def balances(one: Department, year: int) -> dict[tuple[str, str, str], int]:
    """Return what is carried over at the end of a year, in 分 by fund, function and source."""
    chance = one.chance(year, "结转")
    left: dict[tuple[str, str, str], int] = defaultdict(int)
    for work in one.works:
        task, kept = work.task, chance.randint(0, work.kept)
        fen = one.grown(work.fen, year) * kept // THOUSAND
        if task.early:
            fen += sum(paid(one, work, year + 1).values())
        if work.kept or task.early:
            left[task.fund, task.function, task.source] += fen
    return dict(left)


def used_and_allotted(one: Department, year: int) -> tuple[int, int]:
    """Return 使用非财政拨款结余 and 结余分配 of a year in 分."""
    other = [work for work in one.works if work.task.fund == OTHER]
    if not other:
        return 0, 0
    chance, whole = one.chance(year, "结余"), one.grown(other[0].fen, year)
    used = whole * chance.randint(0, 60) // THOUSAND
    allotted = whole * chance.randint(0, 60) // THOUSAND
    return used, allotted


def incomes(one: Department, year: int) -> dict[tuple[str, str, str], int]:
    """Return the income of a year, in 分 by fund, function and source."""
    opening, closing = balances(one, year - 1), balances(one, year)
    used, allotted = used_and_allotted(one, year)
    income: dict[tuple[str, str, str], int] = defaultdict(int)
    for posting in postings(one, year):
        income[posting.fund, posting.function, posting.source] += posting.fen
    for sign, carried in ((1, closing), (-1, opening)):
        for stream, fen in carried.items():
            income[stream] += sign * fen
    first = next((stream for stream in income if stream[0] == OTHER), None)
    if first:
        income[first] += allotted - used
    return dict(income)
