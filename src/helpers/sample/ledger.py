"""One year of an invented department as the rows of figures.csv, and the sums of them that its words need."""

from __future__ import annotations

from collections import Counter
from functools import cached_property

from helpers.sample import district
from helpers.sample.district import THREE_PUBLIC, Department, Posting
from helpers.sample.kinds import BASIC, GENERAL, OTHER, PROJECT

COLUMNS = (
    "item",
    "category",
    "fund",
    "function",
    "nature",
    "economic",
    "project",
    "basis",
    "amount",
    "unit",
    "note",
)
_BLANK = dict.fromkeys(COLUMNS, "")
_PEOPLE = ("301", "303")


def yuan(fen: int) -> str:
    """Return 分 as 元.

    >>> yuan(105), yuan(-7)
    ('1.05', '-0.07')
    """
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02d}"


def row(item: str, fen: int, **dimensions: str) -> dict[str, str]:
    """Return one row of money."""
    return {**_BLANK, "item": item, "amount": yuan(fen), "unit": "元", **dimensions}


def count(category: str, number: int | str, unit: str) -> dict[str, str]:
    """Return one row of a count."""
    return {**_BLANK, "item": "数量", "category": category, "amount": str(number), "unit": unit}


class Year:
    """One year of an invented department: its money summed, and its rows."""

    def __init__(self, department: Department, year: int):
        self.department, self.year = department, year
        self.postings = district.postings(department, year)
        self.incomes = district.incomes(department, year)
        self.opening, self.closing = (
            _by_function(district.balances(department, y)) for y in (year - 1, year)
        )
        self.used, self.allotted = district.used_and_allotted(department, year)

    def rows(self, before: Year | None = None) -> list[dict[str, str]]:
        """Return every row of figures.csv; a first year also states what the year before was."""
        return [
            *self._spending(),
            *self._budget(),
            *self._income(),
            *self._balances(),
            *self._three_public(),
            *self._projects(),
            *self._bought(),
            *self._counts(),
            *(before.stated() if before else ()),
        ]

    # Sums

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
    def office_costs(self) -> int:
        """Return 机关运行经费: what the offices of civil servants run on."""
        offices = {function for scale, function, _ in self.department.people if scale == "行政"}
        return sum(p.fen for p in self._basic(people=False) if p.function in offices)

    @cached_property
    def functions(self) -> list[str]:
        """Return the functions with expenditure."""
        return sorted({p.function for p in self.postings})

    @cached_property
    def budgets(self) -> dict[str, tuple[int, int]]:
        """Return final amount and budget of the general budget by function: as planned, under, over, or not planned at all."""
        chance, finals = self.department.chance(self.year, "预算"), Counter()
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
    def projects(self) -> dict[str, tuple[bool, int, int]]:
        """Return every named project of the year: whether it comes once, its final amount and its budget."""
        chance, finals = self.department.chance(self.year, "绩效"), Counter()
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

    def _basic(self, people: bool) -> list[Posting]:
        return [
            p
            for p in self.postings
            if (p.fund, p.nature) == (GENERAL, BASIC) and (p.economic[:3] in _PEOPLE) == people
        ]

    # Rows

    def _spending(self):
        finest, named = Counter(), Counter()
        for p in self.postings:
            finest[p.fund, p.function, p.nature, p.economic] += p.fen
            if p.project and self.department.names_projects:
                named[p.fund, p.function, p.project] += p.fen
        for (fund, function, nature, economic), fen in finest.items():
            yield row("支出", fen, fund=fund, function=function, nature=nature, economic=economic)
        for (fund, function, project), fen in named.items():
            yield row("支出", fen, fund=fund, function=function, nature=PROJECT, project=project)

    def _budget(self):
        for function, (_, planned) in self.budgets.items():
            yield row(
                "支出", planned, fund=GENERAL, function=function, basis=self.department.budget
            )

    def _income(self):
        merged = Counter()
        for (_, function, source), fen in self.incomes.items():
            merged[source, function] += fen
        for (source, function), fen in merged.items():
            if fen:
                yield row("收入", fen, category=source, function=function)

    def _balances(self):
        yield row("结转结余", self.used, category="使用非财政拨款结余", fund=OTHER)
        yield row("结转结余", self.allotted, category="结余分配", fund=OTHER)
        for category, carried in (
            ("年初结转和结余", self.opening),
            ("年末结转和结余", self.closing),
        ):
            for (fund, function), fen in (
                carried or {(GENERAL, self.department.office): 0}
            ).items():
                yield row("结转结余", fen, category=category, fund=fund, function=function)

    def _three_public(self):
        chance = self.department.chance(self.year, "三公")
        for category, fen in self.three_public.items():
            foreign = fen // 6 if self._goes_abroad else 0
            parts = {
                "公务用车购置费": {
                    name: fen * bought
                    for name, bought in zip(
                        ("购置轿车", "购置越野车", "购置载客汽车"), self._bought_cars
                    )
                },
                "公务接待费": {"国内公务接待费": fen - foreign, "外事接待费": foreign},
            }.get(category, {category: fen})
            for name, part in parts.items():
                yield row("三公经费", part, category=name)
            spare = fen * chance.choice((0, 0, 15, 40, 110)) // 1000
            yield row("三公经费", fen + spare, category=category, basis=self.department.budget)

    def _projects(self):
        for name, (once, final, planned) in self.projects.items():
            category = "一次性" if once else "常年"
            yield row("绩效项目", final, category=category, project=name)
            yield row("绩效项目", planned, category=category, project=name, basis="全年预算")
        if not self.projects:
            yield row("绩效项目", 0)
            yield row("绩效项目", 0, basis="全年预算")

    def _bought(self):
        yield row("机关运行经费", self.office_costs)
        chance = self.department.chance(self.year, "采购")
        goods = sum(
            p.fen
            for p in self.postings
            if p.economic[:3] in ("310", "309") or p.economic == "30201"
        ) // chance.randint(2, 4)
        works = (
            sum(p.fen for p in self.postings if p.economic in ("31005", "31006", "30905")) * 9 // 10
        )
        services = sum(p.fen for p in self.postings if p.economic in ("30227", "30209")) * 3 // 5
        bought = {"货物": goods, "工程": works, "服务": services}
        for category, fen in bought.items():
            yield row("政府采购", fen, category=category)
        small = sum(bought.values()) * chance.randint(30, 95) // 100
        yield row("政府采购", small, category="授予中小企业")
        yield row("政府采购", small * chance.randint(10, 90) // 100, category="授予小微企业")

    def _counts(self):
        one, chance = self.department, self.department.chance(self.year, "数量")
        abroad, guests = self._goes_abroad, self.three_public["公务接待费"]
        visits = max(1, guests // chance.randint(60_000, 240_000)) if guests else 0
        foreign = min(abroad, guests)
        once = sum(comes_once for comes_once, _, _ in self.projects.values())
        unspent = sum(final * 10 < planned * 9 for _, final, planned in self.projects.values())
        yield count("因公出国（境）团组数", abroad, "个")
        yield count("因公出国（境）人次数", abroad * chance.randint(2, 5), "人次")
        for category, number in zip(
            ("购置轿车数", "购置越野车数", "购置载客汽车数"), self._bought_cars
        ):
            yield count(category, number, "辆")
        for category, number in zip(("保有轿车数", "保有越野车数", "保有载客汽车数"), one.cars):
            yield count(category, number, "辆")
        yield count("国内公务接待批次", visits, "批次")
        yield count("国内公务接待人次", visits * chance.randint(3, 9), "人次")
        yield count("外事接待批次", foreign, "批次")
        yield count("外事接待人次", foreign * chance.randint(3, 9), "人次")
        for category, number in self.cars_by_use.items():
            yield count(category, number, "辆")
        yield count(
            "单价100万元以上设备",
            sum(p.fen > 300_000_000 for p in self.postings if p.economic == "31003"),
            "台",
        )
        yield count("常年项目数", len(self.projects) - once, "个")
        yield count("一次性项目数", once, "个")
        yield count("结余率超10%项目数", unspent, "个")
        yield count("绩效自评得分", f"{chance.randint(88, 98)}.{chance.choice((0, 5))}", "分")

    @property
    def _goes_abroad(self) -> int:
        return int(self.three_public["因公出国（境）费"] > 0)

    @property
    def _bought_cars(self) -> tuple[int, int, int]:
        """Return 轿车, 越野车, 载客汽车 bought this year: one of them, or none."""
        bought = self.three_public["公务用车购置费"] > 0
        return tuple(int(bought and n == self.year % 3) for n in range(3))

    def stated(self):
        """Yield the totals of this year as the next one's file repeats them (上年决算)."""
        for (source,), fen in _summed(
            (source, fen) for (_, _, source), fen in self.incomes.items()
        ).items():
            yield row("收入", fen, category=source, basis="上年决算")
        for (fund, nature), fen in _summed(
            (p.fund, p.nature, p.fen) for p in self.postings
        ).items():
            yield row("支出", fen, fund=fund, nature=nature, basis="上年决算")
        for people, name in ((True, "人员经费"), (False, "公用经费")):
            yield row(
                "支出",
                sum(p.fen for p in self._basic(people)),
                fund=GENERAL,
                nature=BASIC,
                economic=name,
                basis="上年决算",
            )
        yield row("结转结余", self.used, category="使用非财政拨款结余", basis="上年决算")
        yield row("结转结余", self.allotted, category="结余分配", basis="上年决算")
        for category, carried in (
            ("年初结转和结余", self.opening),
            ("年末结转和结余", self.closing),
        ):
            for fund in dict.fromkeys((GENERAL, *(fund for fund, _ in carried))):
                yield row(
                    "结转结余",
                    sum(fen for (of, _), fen in carried.items() if of == fund),
                    category=category,
                    fund=fund,
                    basis="上年决算",
                )
        for category, fen in self.three_public.items():
            yield row("三公经费", fen, category=category, basis="上年决算")
        yield row("机关运行经费", self.office_costs, basis="上年决算")


def _summed(keyed) -> Counter:
    sums = Counter()
    for *key, fen in keyed:
        sums[tuple(key)] += fen
    return sums


def _by_function(carried: dict[tuple[str, str, str], int]) -> Counter:
    return _summed((fund, function, fen) for (fund, function, _), fen in carried.items())
