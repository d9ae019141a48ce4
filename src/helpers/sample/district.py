"""An invented district: departments of declared kinds, with what does not change with the year. Nothing here is real."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from random import Random

from helpers.basics.yamltext import Mapping
from helpers.sample.kinds import BASIC, GENERAL, PROJECT, Kind, Task, costs, kinds

STEMS = "甲乙丙丁戊己庚辛壬癸"
BUDGETS = ("全年预算", "全年预算", "年初预算")
WAN = 1_000_000  # 分 in 万元
THOUSAND = 1000


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
        up, down, years = THOUSAND + self.trend, THOUSAND, year - 2020
        return fen * up**years // down**years if years >= 0 else fen * down**-years // up**-years


@cache
def _office_tasks() -> tuple[Task, Task]:
    """Return going abroad and renewing cars as tasks of a department's own office."""
    travel = Task(
        name="",
        fund=GENERAL,
        function="",
        nature=BASIC,
        economic=("30212",),
        source=f"{GENERAL}财政拨款收入",
        size=(0, 0),
        optional=False,
        once=True,
        early=False,
    )
    renewal = replace(
        travel, name="公务用车更新（虚构）", nature=PROJECT, economic=("31013",), size=(13, 24)
    )
    return travel, renewal


def department(seed: int, ordinal: int) -> Department:
    """Return one department; the kinds come in turn, each round in another county."""
    kind, chance = kinds()[ordinal % len(kinds())], Random(f"{seed} {ordinal}")
    grade = chance.randint(
        0, THOUSAND
    )  # one size for people and money: a large department is large in all

    def some(low: int, high: int) -> int:
        """Return a number between two, more often a small one, by the size of the department."""
        return low + (high - low) * grade**2 * chance.randint(800, 1200) // (THOUSAND**3 * 12 // 10)

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

    def work(task: Task, fen: int, cycle: tuple[int, int], kept: int = 0) -> Work:
        every, phase = cycle
        return Work(task=task, fen=fen, every=every, phase=phase, kept=kept)

    works = tuple(
        work(
            task,
            some(task.size[0] * WAN, task.size[1] * WAN),
            _cycle(chance, 2, 4) if task.once else (1, 0),
            kept=0 if task.once else kept,
        )
        for task in kind.tasks
        if not (task.optional and chance.random() < 0.5)
    )
    fleet = some(*kind.cars)
    sedans, jeeps = fleet // 2, fleet // 4
    travel, renewal = _office_tasks()
    return Department(
        seed=seed,
        ordinal=ordinal,
        kind=kind,
        people=people,
        pay=pay,
        works=works,
        trend=chance.randint(-8, 45),
        cars=(sedans, jeeps, fleet - sedans - jeeps),
        special=chance.randint(0, 2) if fleet else 0,
        guests=_printed(some(kind.guests[0] * WAN, kind.guests[1] * WAN)),
        steady=chance.random() < 0.4,
        abroad=work(travel, some(kind.abroad[0] * WAN, kind.abroad[1] * WAN), _cycle(chance, 2, 3))
        if kind.abroad[1]
        else None,
        renewal=work(renewal, chance.randint(13 * WAN, 24 * WAN), _cycle(chance, 3, 6))
        if fleet
        else None,
        budget=chance.choice(BUDGETS),
        names_projects=chance.random() < 0.6,
    )


def _printed(fen: int) -> int:
    """Return an amount, or nothing where that is all that 万元 would print of it."""
    return fen if fen >= WAN // 20 else 0


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
