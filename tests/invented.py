"""An invented department, exact to the 分, for any test that needs a second one. Nothing here is real.

`write_department` writes two consecutive years into a data folder and returns the rows of the later one.
Per fund and function, and so everywhere, 年初 + 收入 = 支出 + 年末 (for 非财政拨款 with 使用非财政拨款结余
on the left and 结余分配 on the right). 支出 is written once for each function, economic class, nature and fund;
the projects of the general budget are written a second time by name: a second view of the same money.
"""

from __future__ import annotations

import csv
from pathlib import Path
from random import Random
from typing import NamedTuple

DEPARTMENT = "sample-culture-bureau"
NAME, SHORT_NAME = "示例县文化和教育局（虚构）", "示例文教局（虚构）"
COLUMNS = ("item", "category", "fund", "function", "nature", "economic", "project", "basis", "amount", "unit")
GENERAL, GOVERNMENT, STATE, OTHER = "一般公共预算", "政府性基金预算", "国有资本经营预算", "非财政拨款"
BASIC, PROJECT = "基本支出", "项目支出"

_STAFF = {
    "2050101": "30101 30102 30103 30112 30201 30205 30206 30207 30211 30228 30229 30239 30299 30302",
    "2050202": "30101 30102 30107 30112 30201 30213 30309",
    "2070101": "30101 30102 30103 30201 30207 30211",
    "2070104": "30101 30107 30202 30209",
    "2080505": "30108", "2080506": "30109", "2101101": "30110", "2101103": "30111", "2210201": "30113",
}
_PROJECTS = (
    (GENERAL, "2050202", "校舍维修（虚构）", "30213 31006"),
    (GENERAL, "2050202", "课后服务（虚构）", "30226 30299"),
    (GENERAL, "2050203", "课后服务（虚构）", "30226"),
    (GENERAL, "2070109", "群众文化活动（虚构）", "30214 30227 30299"),
    (GOVERNMENT, "2070904", "旅游步道（虚构）", "31005 30227"),
    (GOVERNMENT, "2296003", "全民健身器材（虚构）", "31003 30201"),
    (STATE, "2230107", "文化企业改革（虚构）", "31204"),
    (OTHER, "2050202", "校本课程（虚构）", "30226 30201"),
)
_OTHER_MONEY = (
    ("2050202", BASIC, "30107 30201"), ("2050202", "经营支出", "30218"),
    ("2050202", "对附属单位补助支出", "39999"), ("2059999", "上缴上级支出", "39999"),
)
_ONE_OFF = ("校舍维修（虚构）", "公务用车更新（虚构）", "文化企业改革（虚构）")
_THREE_PUBLIC = {"30212": "因公出国（境）费", "31013": "公务用车购置费", "30231": "公务用车运行维护费", "30217": "公务接待费"}
_PROFILE = """\
department: {name}
short_name: {short}
year: {year}
edition: sichuan-2022
region: 示例省示例县（虚构）
kind: 部门
duties: 虚构部门，仅供测试。
organisation: 虚构部门，无下属单位。
reasons:
  收支总计: 人员经费{{人员经费}}万元，比{{上年}}年{{变动 人员经费}}
  机关运行经费: 虚构原因
assets_use: 虚构用途
glossary:
- '基本支出：为保障机构正常运转而发生的支出。'
"""


class Posting(NamedTuple):
    """One payment total: the finest there is."""

    fund: str
    function: str
    nature: str
    economic: str
    project: str
    fen: int


def write_department(data: Path, department: str = DEPARTMENT, year: int = 2023, seed: int = 1) -> list[dict[str, str]]:
    """Write figures.csv and profile.yaml for `year` and the year before; return the rows of `year`."""
    for one in (year - 1, year):
        folder = data / "departments" / department / str(one)
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "figures.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS)
            writer.writeheader()
            writer.writerows(rows_of(one, seed))
        (folder / "profile.yaml").write_text(_PROFILE.format(name=NAME, short=SHORT_NAME, year=one), encoding="utf-8")
    return rows_of(year, seed)


def rows_of(year: int, seed: int = 1) -> list[dict[str, str]]:
    """Return every row of figures.csv of one year."""
    spent = postings(year, seed)
    return [
        *_spending_rows(spent, year, seed), *_income_rows(spent, year, seed),
        *_balance_rows(year, seed), *_three_public_rows(spent), *_other_rows(spent, year, seed),
    ]


def yuan(fen: int) -> str:
    """Return 分 as 元.

    >>> yuan(105), yuan(-7)
    ('1.05', '-0.07')
    """
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02d}"


def row(item: str, amount: int | str, unit: str = "元", **dimensions: str) -> dict[str, str]:
    """Return one row of figures.csv; a whole number of money is 分."""
    written = yuan(amount) if unit == "元" and isinstance(amount, int) else str(amount)
    return {**dict.fromkeys(COLUMNS, ""), "item": item, "amount": written, "unit": unit, **dimensions}


def postings(year: int, seed: int = 1) -> list[Posting]:
    """Return all expenditure of one year, each 分 once."""
    chance = Random(f"支出 {seed} {year}")

    def some() -> int:
        return chance.randint(6_000_000, 900_000_000)

    spent = [Posting(GENERAL, f, BASIC, e, "", some()) for f, listed in _STAFF.items() for e in listed.split()]
    spent += [Posting(fund, f, PROJECT, e, name, some()) for fund, f, name, listed in _PROJECTS for e in listed.split()]
    spent += [Posting(OTHER, f, nature, e, "", some()) for f, nature, listed in _OTHER_MONEY for e in listed.split()]
    abroad = 3_712_345 if year % 2 else 0
    spent += [
        Posting(GENERAL, "2050101", BASIC, "30212", "", abroad),  # every other year: a base of zero
        Posting(GENERAL, "2050101", BASIC, "30217", "", 1_860_050),  # the same each year: 持平
        Posting(GENERAL, "2050101", BASIC, "30231", "", 8_600_000 - 512_345 * (year - 2015)),  # falls each year
        Posting(GENERAL, "2070101", BASIC, "30231", "", 7_300_000),
        Posting(GENERAL, "2050101", PROJECT, "31013", "公务用车更新（虚构）", chance.randint(15_000_000, 18_000_000)),
    ]
    return spent


def balances(year: int, seed: int = 1) -> dict[tuple[str, str], int]:
    """Return what is carried over at the end of a year, by fund and function."""
    chance = Random(f"结转 {seed} {year}")
    places = dict.fromkeys((fund, function) for fund, function, _, _ in _PROJECTS if fund != STATE)
    return {place: chance.randint(0, 2_000_000) for place in places}


def _spending_rows(spent: list[Posting], year: int, seed: int):
    chance = Random(f"预算 {seed} {year}")
    rows, named = [], {}
    for p in spent:
        project = "" if p.fund == GENERAL else p.project
        named[p[:4], project] = named.get((p[:4], project), 0) + p.fen
    for ((fund, function, nature, economic), project), fen in named.items():
        rows.append(row("支出", fen, fund=fund, function=function, nature=nature, economic=economic, project=project))
    for fund, function, project in dict.fromkeys((p.fund, p.function, p.project) for p in spent if p.fund == GENERAL and p.project):
        fen = sum(p.fen for p in spent if (p.fund, p.function, p.project) == (fund, function, project))
        rows.append(row("支出", fen, fund=fund, function=function, nature=PROJECT, project=project))
    functions = sorted({p.function for p in spent if p.fund == GENERAL})
    for position, function in enumerate(functions):
        final = sum(p.fen for p in spent if p.fund == GENERAL and p.function == function)
        more = chance.randint(100_000, 3_000_000)
        budget = (final, final + more, final - more)[position % 3] if function != functions[-1] else 0
        rows.append(row("支出", budget, fund=GENERAL, function=function, basis="全年预算"))
    return rows


def _income_rows(spent: list[Posting], year: int, seed: int):
    chance = Random(f"收入 {seed} {year}")
    opening, closing = balances(year - 1, seed), balances(year, seed)
    used, allotted = _used_and_allotted(year, seed)
    for fund, function in dict.fromkeys((p.fund, p.function) for p in spent):
        income = sum(p.fen for p in spent if (p.fund, p.function) == (fund, function))
        income += closing.get((fund, function), 0) - opening.get((fund, function), 0)
        if fund != OTHER:
            yield row("收入", income, category=f"{fund}财政拨款收入", function=function)
        elif function == "2059999":
            yield row("收入", income, category="上级补助收入", function=function)
        else:
            income += allotted - used
            fees, trade = chance.randint(1, income // 2), chance.randint(1, income // 4)
            yield row("收入", fees, category="事业收入", function=function)
            yield row("收入", trade, category="经营收入", function=function)
            yield row("收入", income - fees - trade, category="其他收入", function=function)


def _used_and_allotted(year: int, seed: int) -> tuple[int, int]:
    chance = Random(f"结余 {seed} {year}")
    return chance.randint(100_000, 900_000), chance.randint(100_000, 900_000)


def _balance_rows(year: int, seed: int):
    used, allotted = _used_and_allotted(year, seed)
    yield row("结转结余", used, category="使用非财政拨款结余", fund=OTHER)
    yield row("结转结余", allotted, category="结余分配", fund=OTHER)
    for category, one in (("年初结转和结余", year - 1), ("年末结转和结余", year)):
        for (fund, function), fen in balances(one, seed).items():
            yield row("结转结余", fen, category=category, fund=fund, function=function)


def _three_public_rows(spent: list[Posting]):
    for code, category in _THREE_PUBLIC.items():
        fen = sum(p.fen for p in spent if p.economic == code and p.fund != OTHER)
        parts = {
            "公务用车购置费": (("购置轿车", fen // 3), ("购置越野车", 0), ("购置载客汽车", fen - fen // 3)),
            "公务接待费": (("国内公务接待费", fen - fen // 5), ("外事接待费", fen // 5)),
        }.get(category, ((category, fen),))
        for name, part in parts:
            yield row("三公经费", part, category=name)
        spare = {"公务用车运行维护费": 250_000, "公务接待费": 139_950}.get(category, 0)
        yield row("三公经费", fen + spare, category=category, basis="全年预算")


def _other_rows(spent: list[Posting], year: int, seed: int):
    chance = Random(f"其他 {seed} {year}")
    office = sum(p.fen for p in spent if (p.fund, p.nature) == (GENERAL, BASIC) and p.function in ("2050101", "2070101")
                 and p.economic[:3] not in ("301", "303"))
    yield row("机关运行经费", office)
    bought = [chance.randint(10_000_000, 90_000_000) for _ in range(3)]
    for category, fen in zip(("货物", "工程", "服务"), bought):
        yield row("政府采购", fen, category=category)
    yield row("政府采购", sum(bought) * 3 // 5, category="授予中小企业")
    yield row("政府采购", sum(bought) // 5, category="授予小微企业")
    projects = sorted({p.project for p in spent} - {""})
    for name in projects:
        fen, kind = sum(p.fen for p in spent if p.project == name), "一次性" if name in _ONE_OFF else "常年"
        yield row("绩效项目", fen, category=kind, project=name)
        yield row("绩效项目", fen + chance.randint(0, 500_000), category=kind, project=name, basis="全年预算")
    abroad = year % 2
    one_off = sum(name in _ONE_OFF for name in projects)
    counts = {
        "因公出国（境）团组数": (abroad, "个"), "因公出国（境）人次数": (3 * abroad, "人次"),
        "购置轿车数": (1, "辆"), "购置越野车数": (0, "辆"), "购置载客汽车数": (1, "辆"),
        "保有轿车数": (2, "辆"), "保有越野车数": (1, "辆"), "保有载客汽车数": (2, "辆"),
        "国内公务接待批次": (12, "批次"), "国内公务接待人次": (96, "人次"),
        "外事接待批次": (1, "批次"), "外事接待人次": (5, "人次"),
        "主要领导干部用车": (0, "辆"), "机要通信用车": (1, "辆"), "应急保障用车": (2, "辆"), "其他用车": (3, "辆"),
        "单价100万元以上设备": (1, "台"), "常年项目数": (len(projects) - one_off, "个"), "一次性项目数": (one_off, "个"),
        "结余率超10%项目数": (0, "个"), "绩效自评得分": ("93.5", "分"),
    }
    for category, (count, unit) in counts.items():
        yield row("数量", count, unit, category=category)
