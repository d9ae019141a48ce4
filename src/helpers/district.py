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

from helpers import paths
from helpers.yamltext import Mapping, Sequence, Word, read, vet

GENERAL, OTHER = "一般公共预算", "非财政拨款"
BASIC, PROJECT = "基本支出", "项目支出"
STEMS = "甲乙丙丁戊己庚辛壬癸"
THREE_PUBLIC = {"30212": "因公出国（境）费", "31013": "公务用车购置费", "30231": "公务用车运行维护费", "30217": "公务接待费"}
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
class Task:
    """A declared project, or a declared use of other money. `size` is in 万元."""

    name: str
    fund: str
    function: str
    nature: str
    economic: tuple[str, ...]
    source: str
    size: tuple[int, int]
    optional: bool
    once: bool
    early: bool


@dataclass(frozen=True)
class Kind:
    """A kind of department as it is declared. Ranges are from-to: people, cars, 万元."""

    name: str
    slug: str
    type: str
    duties: str
    staff: tuple[tuple[str, str, tuple[int, int]], ...]  # 行政 or 事业, function, people
    cars: tuple[int, int]
    guests: tuple[int, int]
    abroad: tuple[int, int]
    tasks: tuple[Task, ...]


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
    pay: dict[str, dict[tuple[str, str], int]] = field(repr=False)  # 元 each person, by 行政 and 事业
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


# The declared kinds


@cache
def kinds() -> tuple[tuple[Kind, ...], Mapping]:
    """Return the declared kinds, and what a person costs in 元 by 行政 and 事业."""
    file = "sample/kinds.yaml"
    raw = vet(read(paths.SAMPLE / "kinds.yaml", file), file, {"每人每年": Mapping, "部门": Sequence}, ("每人每年", "部门"))
    return tuple(_kind(entry, file) for entry in raw["部门"]), raw["每人每年"]


def _kind(raw, file: str) -> Kind:
    words, lists = dict.fromkeys(("名称", "文件夹", "类型", "职责"), Word), dict.fromkeys(("车辆", "接待", "出国", "项目", "其他资金"), Sequence)
    vet(raw, file, {**words, **lists, "行政": Mapping, "事业": Mapping}, ("名称", "文件夹", "职责"))
    staff = tuple((scale, str(f), _range(raw[scale]["人数"])) for scale in ("行政", "事业") if scale in raw for f in raw[scale]["科目"])
    tasks = tuple(_task(entry, file) for entry in (*raw.get("项目", ()), *raw.get("其他资金", ())))
    cars, guests, abroad = (_range(raw.get(k, ("0", "0"))) for k in ("车辆", "接待", "出国"))
    return Kind(str(raw["名称"]), str(raw["文件夹"]), str(raw.get("类型", "部门")), str(raw["职责"]), staff, cars, guests, abroad, tasks)


def _task(raw, file: str) -> Task:
    words = dict.fromkeys(("名称", "资金", "收入", "科目", "性质", "可无", "一次性", "提前"), Word)
    vet(raw, file, {**words, "经济": Sequence, "万元": Sequence}, ("科目", "经济", "万元"))
    fund = OTHER if "收入" in raw else str(raw.get("资金", GENERAL))
    source = str(raw.get("收入", f"{fund}财政拨款收入"))
    name = f"{raw['名称']}（虚构）" if "名称" in raw else ""
    flags = (raw.get(flag) == "是" for flag in ("可无", "一次性", "提前"))
    return Task(name, fund, str(raw["科目"]), str(raw.get("性质", PROJECT)), tuple(map(str, raw["经济"])), source, _range(raw["万元"]), *flags)


def _range(raw) -> tuple[int, int]:
    low, high = raw
    return int(low), int(high)


# One department


@cache
def _no_work() -> tuple[Task, Task]:
    """Return going abroad and renewing cars as tasks of a department's own office."""
    common = {"function": "", "source": f"{GENERAL}财政拨款收入", "optional": False, "once": True, "early": False}
    return (Task("", GENERAL, nature=BASIC, economic=("30212",), size=(0, 0), **common),
            Task("公务用车更新（虚构）", GENERAL, nature=PROJECT, economic=("31013",), size=(13, 24), **common))


def department(seed: int, ordinal: int) -> Department:
    """Return one department; the kinds come in turn, each round in another county."""
    declared, costs = kinds()
    kind, chance = declared[ordinal % len(declared)], Random(f"{seed} {ordinal}")
    grade = chance.randint(0, _THOUSAND)  # one size for people and money: a large department is large in all

    def some(low: int, high: int) -> int:
        """Return a number between two, more often a small one, by the size of the department."""
        return low + (high - low) * grade**2 * chance.randint(800, 1200) // (_THOUSAND**3 * 12 // 10)

    people = tuple((scale, function, heads) for scale, function, between in kind.staff if (heads := some(*between)))
    pay = {scale: _pay(costs[scale], chance) for scale in dict.fromkeys(scale for scale, _, _ in people)}
    kept = chance.choice((0, 25, 60))
    works = tuple(
        Work(task, some(task.size[0] * _WAN, task.size[1] * _WAN), *(_cycle(chance, 2, 4) if task.once else (1, 0)), 0 if task.once else kept)
        for task in kind.tasks if not (task.optional and chance.random() < 0.5)
    )
    fleet = some(*kind.cars)
    sedans, jeeps = fleet // 2, fleet // 4
    travel, renewal = _no_work()
    return Department(
        seed, ordinal, kind, people, pay, works, chance.randint(-8, 45), (sedans, jeeps, fleet - sedans - jeeps),
        chance.randint(0, 2) if fleet else 0, some(kind.guests[0] * _WAN, kind.guests[1] * _WAN), chance.random() < 0.4,
        Work(travel, some(kind.abroad[0] * _WAN, kind.abroad[1] * _WAN), *_cycle(chance, 2, 3)) if kind.abroad[1] else None,
        Work(renewal, chance.randint(13 * _WAN, 24 * _WAN), *_cycle(chance, 3, 6)) if fleet else None,
        chance.choice(BUDGETS), chance.random() < 0.6,
    )


def _pay(costs: Mapping, chance: Random) -> dict[tuple[str, str], int]:
    """Return 元 each person by function ("" is the person's own) and economic code, some of them drawn."""
    pay = {("", code): int(yuan) for code, yuan in costs["必有"].items()}
    pay |= {("", code): int(yuan) for code, yuan in costs["可有"].items() if chance.random() < 0.6}
    for word, often in (("另列", 1), ("可另列", 0.5)):
        for function, parts in costs[word].items():
            pay |= {(str(function), code): int(yuan) for code, yuan in parts.items() if chance.random() < often}
    return pay


def _cycle(chance: Random, shortest: int, longest: int) -> tuple[int, int]:
    every = chance.randint(shortest, longest)
    return every, chance.randrange(every)


def place(ordinal: int) -> str:
    """Return which county a department is in, in words: 甲, 乙, …, 癸, 乙甲.

    >>> place(0), place(len(kinds()[0]) * 10)
    ('甲', '乙甲')
    """
    return "".join(STEMS[int(digit)] for digit in str(ordinal // len(kinds()[0])))


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
            spend(apart or function, economic, one.grown(heads * yuan * 100, year) * chance.randint(960_000, 1_040_000) // _MILLION)
    for _ in range(sum(one.cars)):
        spend(one.office, "30231", one.grown(3 * _WAN, year) * chance.randint(700_000, 1_100_000) // _MILLION)
    spend(one.office, "30217", one.guests if one.steady else one.guests * chance.randint(800_000, 1_000_000) // _MILLION)
    for work in (*one.works, *filter(None, (one.abroad, one.renewal))):
        task = work.task
        found += [Posting(task.fund, task.function or one.office, task.nature, economic, task.name, task.source, fen)
                  for economic, fen in paid(one, work, year).items()]
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
    return tuple(one.grown(other[0].fen, year) * chance.randint(0, 60) // _THOUSAND for _ in range(2)) if other else (0, 0)


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
