"""One year of an invented department as the rows of figures.csv."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from helpers.disclosure.row import REQUIRED
from helpers.edition import codes, declared
from helpers.sample.asked import Asked, of
from helpers.sample.kinds import BASIC, GENERAL, OTHER, PROJECT
from helpers.sample.year import Year

Row = dict[str, str]
COLUMNS = (*REQUIRED, "note")
_BLANK = dict.fromkeys(COLUMNS, "")
_GOODS = ("货物", "工程", "服务")
RETIRED = 35  # of a hundred at work


def yuan(fen: int) -> str:
    """Return 分 as 元.

    >>> yuan(105), yuan(-7)
    ('1.05', '-0.07')
    """
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02d}"


def row(item: str, fen: int, **dimensions: str) -> Row:
    """Return one row of money."""
    return {**_BLANK, "item": item, "amount": yuan(fen), "unit": "元", **dimensions}


def count(category: str, number: int | str, unit: str) -> Row:
    """Return one row of a count."""
    return {**_BLANK, "item": "数量", "category": category, "amount": str(number), "unit": unit}


def rows(now: Year, before: Year | None = None, asked: Asked | None = None) -> list[Row]:
    """Return every row of figures.csv that an edition asks for; a first year also states what the year before was."""
    asked = asked or of(declared.default())
    return [
        *_spending(now),
        *_budget(now, asked),
        *_income(now),
        *_balances(now),
        *_three_public(now, asked),
        *_projects(now),
        *_bought(now),
        *_counts(now),
        *_only_some_forms_have(now, asked),
        *(_stated(before, asked) if before else ()),
    ]


def _spending(now: Year) -> Iterator[Row]:
    finest: Counter[tuple[str, str, str, str]] = Counter()
    named: Counter[tuple[str, str, str]] = Counter()
    for p in now.postings:
        finest[p.fund, p.function, p.nature, p.economic] += p.fen
        if p.project and now.department.names_projects:
            named[p.fund, p.function, p.project] += p.fen
    for (fund, function, nature, economic), fen in finest.items():
        yield row("支出", fen, fund=fund, function=function, nature=nature, economic=economic)
    for (fund, function, project), fen in named.items():
        yield row("支出", fen, fund=fund, function=function, nature=PROJECT, project=project)


def _budget(now: Year, asked: Asked) -> Iterator[Row]:
    basis = asked.budget or now.department.budget
    for function, (_, planned) in now.budgets.items():
        yield row("支出", planned, fund=GENERAL, function=function, basis=basis)
    for (fund, function), planned in now.fund_budgets.items() if asked.budget else ():
        yield row("支出", planned, fund=fund, function=function, basis=basis)


def _income(now: Year) -> Iterator[Row]:
    merged: Counter[tuple[str, str]] = Counter()
    for (_, function, source), fen in now.incomes.items():
        merged[source, function] += fen
    for (source, function), fen in merged.items():
        if fen:
            yield row("收入", fen, category=source, function=function)


def _balances(now: Year) -> Iterator[Row]:
    yield row("结转结余", now.used, category="使用非财政拨款结余", fund=OTHER)
    yield row("结转结余", now.allotted, category="结余分配", fund=OTHER)
    for category, carried in (
        ("年初结转和结余", now.opening),
        ("年末结转和结余", now.closing),
    ):
        for (fund, function), fen in (carried or {(GENERAL, now.department.office): 0}).items():
            yield row("结转结余", fen, category=category, fund=fund, function=function)


def _three_public(now: Year, asked: Asked) -> Iterator[Row]:
    """Yield 三公经费, all of the general budget where an edition splits it by fund."""
    first, *others = asked.funds or ("",)
    for category, fen in now.three_public.items():
        foreign = fen // 6 if now.trips_abroad else 0
        parts = {
            "公务用车购置费": {
                name: fen * bought
                for name, bought in zip(("购置轿车", "购置越野车", "购置载客汽车"), now.bought_cars)
            },
            "公务接待费": {"国内公务接待费": fen - foreign, "外事接待费": foreign},
        }.get(category, {category: fen})
        for name, part in parts.items():
            yield row("三公经费", part, category=name, fund=first)
        basis = asked.budget or now.department.budget
        planned = now.three_public_budget[category]
        yield row("三公经费", planned, category=category, fund=first, basis=basis)
        for fund in others:
            for name in parts:
                yield row("三公经费", 0, category=name, fund=fund)
            yield row("三公经费", 0, category=category, fund=fund, basis=basis)


def _projects(now: Year) -> Iterator[Row]:
    for name, (once, final, planned) in now.projects.items():
        category = "一次性" if once else "常年"
        yield row("绩效项目", final, category=category, project=name)
        yield row("绩效项目", planned, category=category, project=name, basis="全年预算")
    if not now.projects:
        yield row("绩效项目", 0)
        yield row("绩效项目", 0, basis="全年预算")


def _bought(now: Year) -> Iterator[Row]:
    yield row("机关运行经费", now.office_costs)
    chance = now.department.chance(now.year, "采购")
    goods = sum(
        p.fen for p in now.postings if p.economic[:3] in ("310", "309") or p.economic == "30201"
    ) // chance.randint(2, 4)
    works = sum(p.fen for p in now.postings if p.economic in ("31005", "31006", "30905")) * 9 // 10
    services = sum(p.fen for p in now.postings if p.economic in ("30227", "30209")) * 3 // 5
    bought = {"货物": goods, "工程": works, "服务": services}
    for category, fen in bought.items():
        yield row("政府采购", fen, category=category)
    small = sum(bought.values()) * chance.randint(30, 95) // 100
    yield row("政府采购", small, category="授予中小企业")
    yield row("政府采购", small * chance.randint(10, 90) // 100, category="授予小微企业")


def _counts(now: Year) -> Iterator[Row]:
    one, chance = now.department, now.department.chance(now.year, "数量")
    abroad, guests = now.trips_abroad, now.three_public["公务接待费"]
    visits = max(1, guests // chance.randint(60_000, 240_000)) if guests else 0
    foreign = min(abroad, guests)
    once = sum(comes_once for comes_once, _, _ in now.projects.values())
    unspent = sum(final * 10 < planned * 9 for _, final, planned in now.projects.values())
    yield count("因公出国（境）团组数", abroad, "个")
    yield count("因公出国（境）人次数", abroad * chance.randint(2, 5), "人次")
    for category, number in zip(("购置轿车数", "购置越野车数", "购置载客汽车数"), now.bought_cars):
        yield count(category, number, "辆")
    for category, number in zip(("保有轿车数", "保有越野车数", "保有载客汽车数"), one.cars):
        yield count(category, number, "辆")
    yield count("国内公务接待批次", visits, "批次")
    yield count("国内公务接待人次", visits * chance.randint(3, 9), "人次")
    yield count("外事接待批次", foreign, "批次")
    yield count("外事接待人次", foreign * chance.randint(3, 9), "人次")
    for category, number in now.cars_by_use.items():
        yield count(category, number, "辆")
    yield count(
        "单价100万元以上设备",
        sum(p.fen > 300_000_000 for p in now.postings if p.economic == "31003"),
        "台",
    )
    yield count("常年项目数", len(now.projects) - once, "个")
    yield count("一次性项目数", once, "个")
    yield count("结余率超10%项目数", unspent, "个")
    yield count("绩效自评得分", f"{chance.randint(88, 98)}.{chance.choice((0, 5))}", "分")
    heads = sum(heads for _, _, heads in one.people)
    yield count("年末在职人数", heads, "人")
    yield count("年末退休人数", heads * RETIRED // 100, "人")


def _only_some_forms_have(now: Year, asked: Asked) -> Iterator[Row]:
    """Yield the amounts and counts that an edition asks for and others do not."""
    chance = now.department.chance(now.year, "另")
    done, planned = len(now.projects), sum(budget for _, _, budget in now.projects.values())
    bought = sum(int(r["amount"].replace(".", "")) for r in _bought(now) if r["category"] in _GOODS)
    reserved = bought * chance.randint(20, 60) // 100
    small = reserved * chance.randint(10, 90) // 100
    money = {
        ("政府采购", "面向中小企业预留"): reserved,
        ("政府采购", "面向小微企业预留"): small,
        ("政府采购", "预留项目中小企业中标"): reserved,
        ("政府采购", "预留项目小微企业中标"): small,
        ("政府采购", "其他项目中小企业中标"): (bought - reserved) * chance.randint(0, 40) // 100,
        **{("绩效项目", c): planned for c in ("编报绩效目标", "绩效跟踪评价", "绩效自评")},
    }
    good, found = done * chance.randint(70, 100) // 100, chance.randint(0, 3)
    counts = {
        **dict.fromkeys(("编报绩效目标项目数", "绩效跟踪评价项目数", "绩效自评项目数"), done),
        "绩效评级为优项目数": good,
        "绩效评级为良项目数": done - good,
        "绩效评级为合格项目数": 0,
        "绩效评级为不合格项目数": 0,
        "绩效自评发现问题数": found,
        "已完成整改问题数": found,
        "正在整改问题数": 0,
        **dict.fromkeys(
            ("部级领导干部用车", "执法执勤用车", "特种专业技术用车", "离退休干部用车"), 0
        ),
    }
    for (item, category), fen in money.items():
        if (item, category) in asked.categories:
            yield row(item, fen, category=category)
    for category, number in counts.items():
        if ("数量", category) in asked.categories:
            yield count(category, number, codes.vocabulary().unit_of(category))


def _stated(now: Year, asked: Asked) -> Iterator[Row]:
    """Yield the totals of a year as the next one's file repeats them (上年决算)."""
    by_source: Counter[str] = Counter()
    for (_, _, source), fen in now.incomes.items():
        by_source[source] += fen
    by_nature: Counter[tuple[str, str]] = Counter()
    for p in now.postings:
        by_nature[p.fund, p.nature] += p.fen
    for source, fen in by_source.items():
        yield row("收入", fen, category=source, basis="上年决算")
    for (fund, nature), fen in by_nature.items():
        yield row("支出", fen, fund=fund, nature=nature, basis="上年决算")
    for people, name in ((True, "人员经费"), (False, "公用经费")):
        yield row(
            "支出",
            sum(p.fen for p in now.basic(people)),
            fund=GENERAL,
            nature=BASIC,
            economic=name,
            basis="上年决算",
        )
    yield row("结转结余", now.used, category="使用非财政拨款结余", basis="上年决算")
    yield row("结转结余", now.allotted, category="结余分配", basis="上年决算")
    for category, carried in (
        ("年初结转和结余", now.opening),
        ("年末结转和结余", now.closing),
    ):
        for fund in dict.fromkeys((GENERAL, *(fund for fund, _ in carried))):
            yield row(
                "结转结余",
                sum(fen for (of, _), fen in carried.items() if of == fund),
                category=category,
                fund=fund,
                basis="上年决算",
            )
    first, *others = asked.funds or ("",)
    for category, fen in now.three_public.items():
        yield row("三公经费", fen, category=category, fund=first, basis="上年决算")
        for fund in others:
            yield row("三公经费", 0, category=category, fund=fund, basis="上年决算")
    yield row("机关运行经费", now.office_costs, basis="上年决算")
