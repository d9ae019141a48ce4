"""One year of an invented department: its money, and the sums of it that its rows and its words need."""

from __future__ import annotations

from collections import Counter
from functools import cached_property

from helpers.sample import flows
from helpers.sample.district import Department
from helpers.sample.flows import Posting
from helpers.sample.kinds import BASIC, GENERAL, OTHER_FISCAL

THREE_PUBLIC = {
    "30212": "因公出国（境）费",
    "31013": "公务用车购置费",
    "30231": "公务用车运行维护费",
    "30217": "公务接待费",
}
_PEOPLE = ("301", "303")


class Year:
    """One year of an invented department: every posting, and what they add up to."""

    def __init__(self, department: Department, year: int):
        self.department, self.year = department, year
        self.postings = flows.postings(department, year)
        self.incomes = flows.incomes(department, year)
        self.opening, self.closing = (
            _by_function(flows.balances(department, y)) for y in (year - 1, year)
        )
        self.used, self.allotted = flows.used_and_allotted(department, year)

    def spent(self, **wanted: str) -> int:
        """Return what was spent where the named fields of a posting are as wanted."""
        return sum(
            p.fen for p in self.postings if all(getattr(p, k) == v for k, v in wanted.items())
        )

    @cached_property
    def three_public(self) -> dict[str, int]:
        """Return 三公经费 by category."""
        return {
            category: self.spent(fund=GENERAL, economic=code)
            for code, category in THREE_PUBLIC.items()
        }

    @cached_property
    def three_public_budget(self) -> dict[str, int]:
        """Return the budget of 三公经费 by category: as spent, or somewhat more."""
        chance = self.department.chance(self.year, "三公")
        return {
            category: fen + fen * chance.choice((0, 0, 15, 40, 110)) // 1000
            for category, fen in self.three_public.items()
        }

    @cached_property
    def office_costs(self) -> int:
        """Return 机关运行经费: what the offices of civil servants run on."""
        offices = {function for scale, function, _ in self.department.people if scale == "行政"}
        return sum(p.fen for p in self.basic(people=False) if p.function in offices)

    @cached_property
    def functions(self) -> list[str]:
        """Return the functions with expenditure."""
        return sorted({p.function for p in self.postings})

    @cached_property
    def budgets(self) -> dict[str, tuple[int, int]]:
        """Return final amount and budget of the general budget by function: as planned, under, over, or not planned at all."""
        chance = self.department.chance(self.year, "预算")
        finals: Counter[str] = Counter()
        for p in self.postings:
            if p.fund == GENERAL:
                finals[p.function] += p.fen
        planned = {}
        for function, final in sorted(finals.items()):
            apart = final * chance.randint(2, 60) // 1000
            planned[function] = final, final + chance.choice((0, 0, apart, apart, -apart))
        small = min(finals, key=finals.__getitem__)
        if len(finals) > 6 and chance.random() < 0.3:
            planned[small] = finals[small], 0
        return planned

    @cached_property
    def fund_budgets(self) -> dict[tuple[str, str], int]:
        """Return the budget of each function of the other funds: as spent, or somewhat more."""
        chance = self.department.chance(self.year, "基金预算")
        finals: Counter[tuple[str, str]] = Counter()
        for p in self.postings:
            if p.fund in OTHER_FISCAL:
                finals[p.fund, p.function] += p.fen
        return {
            key: fen + fen * chance.choice((0, 0, 15, 40)) // 1000
            for key, fen in sorted(finals.items())
        }

    @cached_property
    def projects(self) -> dict[str, tuple[bool, int, int]]:
        """Return every named project of the year: whether it comes once, its final amount and its budget."""
        chance = self.department.chance(self.year, "绩效")
        finals: Counter[str] = Counter()
        for p in self.postings:
            finals[p.project] += p.fen
        once = {work.task.name: work.task.once for work in self.department.works}
        return {
            name: (
                once.get(name, True),
                final,
                final + final * chance.choice((0, 0, 20, 60, 90, 150)) // 1000,
            )
            for name, final in finals.items()
            if name
        }

    @cached_property
    def cars_by_use(self) -> dict[str, int]:
        """Return all cars by what they are for."""
        cars = sum(self.department.cars) + self.department.special
        leaders = min(cars, 1)
        secret, urgent = (cars - leaders) // 4, (cars - leaders) // 3
        return {
            "主要领导干部用车": leaders,
            "机要通信用车": secret,
            "应急保障用车": urgent,
            "其他用车": cars - leaders - secret - urgent,
        }

    def basic(self, people: bool) -> list[Posting]:
        """Return what of 基本支出 was spent on people, or on everything else."""
        return [
            p
            for p in self.postings
            if (p.fund, p.nature) == (GENERAL, BASIC) and (p.economic[:3] in _PEOPLE) == people
        ]

    @property
    def trips_abroad(self) -> int:
        """Return how many groups went abroad: one, or none."""
        return int(self.three_public["因公出国（境）费"] > 0)

    @property
    def bought_cars(self) -> tuple[int, int, int]:
        """Return 轿车, 越野车, 载客汽车 bought this year: one of them, or none."""
        bought = self.three_public["公务用车购置费"] > 0
        sedans, jeeps, coaches = (int(bought and n == self.year % 3) for n in range(3))
        return sedans, jeeps, coaches


def _by_function(carried: dict[tuple[str, str, str], int]) -> Counter[tuple[str, str]]:
    sums: Counter[tuple[str, str]] = Counter()
    for (fund, function, _), fen in carried.items():
        sums[fund, function] += fen
    return sums
