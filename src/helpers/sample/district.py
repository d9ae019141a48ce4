"""An invented district: departments of declared kinds, and every 分 of their money in any year. Nothing here is real.

A year's money depends on the seed, the department and the year alone, so any run of years is the same years.
Per fund, function and source, and so everywhere, 年初 + 收入 = 支出 + 年末 (for 非财政拨款 with 使用非财政拨款结余
on the left and 结余分配 on the right), and what a year opens with is what the year before left.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from random import Random
from typing import NamedTuple

from helpers.basics.yamltext import Mapping
from helpers.sample.kinds import BASIC, GENERAL, OTHER, PROJECT, Kind, Task, costs, kinds

STEMS = "甲乙丙丁戊己庚辛壬癸"
THREE_PUBLIC = {
    "30212": "因公出国（境）费",
    "31013": "公务用车购置费",
    "30231": "公务用车运行维护费",
    "30217": "公务接待费",
}
BUDGETS = ("全年预算", "全年预算", "年初预算")
_WAN = 1_000_000  # 分 in 万元
_THOUSAND, _MILLION = 1000, 1_000_000


class Posting(NamedTuple):
    """What was paid in a year for one thing: the finest there is. `source` is the category of income it is paid from."""

    fund: str
    function: str
    nature: str
    economic: str
    project: str
    source: str
    fen: int


@dataclass(frozen=True)
class Work:
    """A task that a department has: how much in 分, and in which years."""

    task: Task
    fen: int
    every: int = 1
    phase: int = 0
    kept: int = 0  # the most that is carried over, of a thousand

    def runs(self, year: int) -> bool:
        """Return whether the task is paid for in a year."""
        return (year + self.phase) % self.every == 0


@dataclass(frozen=True)
class Department:
    """One department of a district: what does not change with the year."""

    seed: int
    ordinal: int
    kind: Kind
    people: tuple[tuple[str, str, int], ...]  # 行政 or 事业, function, people
    pay: dict[str, dict[tuple[str, str], int]] = field(
        repr=False
    )  # 元 each person, by 行政 and 事业
    works: tuple[Work, ...]
    trend: int  # growth of a year, of a thousand
    cars: tuple[int, int, int]  # 轿车, 越野车, 载客汽车
    special: int  # cars that are not 公务用车
    guests: int
    steady: bool  # whether guests cost the same every year
    abroad: Work | None
    renewal: Work | None
    budget: str
    names_projects: bool

    def chance(self, year: int, about: str) -> Random:
        """Return the chance of one matter in one year."""
        return Random(f"{self.seed} {self.ordinal} {year} {about}")

    @property
    def office(self) -> str:
        """The function that pays for what the whole department has, such as its cars."""
        return self.people[0][1]

    def grown(self, fen: int, year: int) -> int:
        """Return an amount of 2020 as it is in another year."""
        up, down, years = _THOUSAND + self.trend, _THOUSAND, year - 2020
        return fen * up**years // down**years if years >= 0 else fen * down**-years // up**-years


# One department


@cache
def _office_tasks() -> tuple[Task, Task]:
    """Return going abroad and renewing cars as tasks of a department's own office."""
    common = {
        "function": "",
        "source": f"{GENERAL}财政拨款收入",
        "optional": False,
        "once": True,
        "early": False,
    }
    return (
        Task("", GENERAL, nature=BASIC, economic=("30212",), size=(0, 0), **common),
        Task(
            "公务用车更新（虚构）",
            GENERAL,
            nature=PROJECT,
            economic=("31013",),
            size=(13, 24),
            **common,
        ),
    )


def department(seed: int, ordinal: int) -> Department:
    """Return one department; the kinds come in turn, each round in another county."""
    kind, chance = kinds()[ordinal % len(kinds())], Random(f"{seed} {ordinal}")
    grade = chance.randint(
        0, _THOUSAND
    )  # one size for people and money: a large department is large in all

    def some(low: int, high: int) -> int:
        """Return a number between two, more often a small one, by the size of the department."""
        return low + (high - low) * grade**2 * chance.randint(800, 1200) // (
            _THOUSAND**3 * 12 // 10
        )

    people = tuple(
        (scale, function, heads)
        for n, (scale, function, between) in enumerate(kind.staff)
        if (heads := some(*between) or int(n == 0))
    )
    pay = {
        scale: _pay(costs()[scale], chance)
        for scale in dict.fromkeys(scale for scale, _, _ in people)
    }
    kept = chance.choice((0, 25, 60))
    works = tuple(
        Work(
            task,
            some(task.size[0] * _WAN, task.size[1] * _WAN),
            *(_cycle(chance, 2, 4) if task.once else (1, 0)),
            0 if task.once else kept,
        )
        for task in kind.tasks
        if not (task.optional and chance.random() < 0.5)
    )
    fleet = some(*kind.cars)
    sedans, jeeps = fleet // 2, fleet // 4
    travel, renewal = _office_tasks()
    return Department(
        seed,
        ordinal,
        kind,
        people,
        pay,
        works,
        chance.randint(-8, 45),
        (sedans, jeeps, fleet - sedans - jeeps),
        chance.randint(0, 2) if fleet else 0,
        some(kind.guests[0] * _WAN, kind.guests[1] * _WAN),
        chance.random() < 0.4,
        Work(travel, some(kind.abroad[0] * _WAN, kind.abroad[1] * _WAN), *_cycle(chance, 2, 3))
        if kind.abroad[1]
        else None,
        Work(renewal, chance.randint(13 * _WAN, 24 * _WAN), *_cycle(chance, 3, 6))
        if fleet
        else None,
        chance.choice(BUDGETS),
        chance.random() < 0.6,
    )


def _pay(declared: Mapping, chance: Random) -> dict[tuple[str, str], int]:
    """Return 元 each person by function ("" is the person's own) and economic code, some of them drawn."""
    pay = {("", code): int(yuan) for code, yuan in declared["必有"].items()}
    pay |= {
        ("", code): int(yuan) for code, yuan in declared["可有"].items() if chance.random() < 0.6
    }
    for word, often in (("另列", 1), ("可另列", 0.5)):
        for function, parts in declared[word].items():
            pay |= {
                (str(function), code): int(yuan)
                for code, yuan in parts.items()
                if chance.random() < often
            }
    return pay


def _cycle(chance: Random, shortest: int, longest: int) -> tuple[int, int]:
    every = chance.randint(shortest, longest)
    return every, chance.randrange(every)


def place(ordinal: int) -> str:
    """Return which county a department is in, in words: 甲, 乙, …, 癸, 乙甲.

    >>> place(0), place(len(kinds()) * 10)
    ('甲', '乙甲')
    """
    return "".join(STEMS[int(digit)] for digit in str(ordinal // len(kinds())))


# Its money in a year


def paid(one: Department, work: Work, year: int) -> dict[str, int]:
    """Return what a task costs in a year, in 分 by economic class."""
    if not work.runs(year):
        return {}
    chance = one.chance(year, f"{work.task.name} {work.task.function} {work.task.source}")
    whole = one.grown(work.fen, year) * chance.randint(820_000, 1_180_000) // _MILLION
    weights = [chance.randint(_THOUSAND, 9 * _THOUSAND) for _ in work.task.economic]
    parts = [whole * weight // sum(weights) for weight in weights[1:]]
    return dict(zip(work.task.economic, [whole - sum(parts), *parts]))


def postings(one: Department, year: int) -> list[Posting]:
    """Return all expenditure of a year, each 分 once."""
    chance, found = one.chance(year, "支出"), []
    from_budget = f"{GENERAL}财政拨款收入"

    def spend(function: str, economic: str, fen: int) -> None:
        if fen:
            found.append(Posting(GENERAL, function, BASIC, economic, "", from_budget, fen))

    for scale, function, heads in one.people:
        heads = max(1, heads * chance.randint(970, 1030) // _THOUSAND)
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
            one.grown(3 * _WAN, year) * chance.randint(700_000, 1_100_000) // _MILLION,
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
                task.fund,
                task.function or one.office,
                task.nature,
                economic,
                task.name,
                task.source,
                fen,
            )
            for economic, fen in paid(one, work, year).items()
        ]
    return found


def balances(one: Department, year: int) -> dict[tuple[str, str, str], int]:
    """Return what is carried over at the end of a year, in 分 by fund, function and source."""
    chance, left = one.chance(year, "结转"), defaultdict(int)
    for work in one.works:
        task, kept = work.task, chance.randint(0, work.kept)
        fen = one.grown(work.fen, year) * kept // _THOUSAND
        if task.early:
            fen += sum(paid(one, work, year + 1).values())
        if work.kept or task.early:
            left[task.fund, task.function, task.source] += fen
    return dict(left)


def used_and_allotted(one: Department, year: int) -> tuple[int, int]:
    """Return 使用非财政拨款结余 and 结余分配 of a year in 分."""
    other = [work for work in one.works if work.task.fund == OTHER]
    chance = one.chance(year, "结余")
    return (
        tuple(one.grown(other[0].fen, year) * chance.randint(0, 60) // _THOUSAND for _ in range(2))
        if other
        else (0, 0)
    )


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
