"""One department of the invented district that has everything at once, for tests that need a second department.

`juesuan sample` makes its figures; here it is only found, and given words that a test can repeat: all four kinds of money, going abroad every other year, guests
that cost the same each year, cars that cost less than the year before, and a function without a budget.
"""

from __future__ import annotations

from itertools import count
from pathlib import Path

from helpers.basics.paths import Folder
from helpers.sample import district, kinds, ledger, sample
from helpers.sample.district import Department
from helpers.sample.kinds import GENERAL, OTHER
from helpers.sample.year import Year

SEED, YEAR = 1, 2023
GOVERNMENT, STATE = "政府性基金预算", "国有资本经营预算"
CARS = "公务用车运行维护费"
NAME, SHORT_NAME = "示例县文化和教育局（虚构）", "示例文教局（虚构）"
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


def _has_everything(one: Department) -> bool:
    if not (
        one.abroad and one.abroad.every == 2 and one.abroad.runs(YEAR) and one.steady and one.guests
    ):
        return False
    now, before = Year(one, YEAR), Year(one, YEAR - 1)
    funds = {frozenset(p.fund for p in year.postings) for year in (now, before)}
    plans = {
        (planned > final) - (planned < final) if planned else None
        for final, planned in now.budgets.values()
    }
    return (
        funds == {frozenset((GENERAL, GOVERNMENT, STATE, OTHER))}
        and plans == {-1, 0, 1, None}
        and now.three_public[CARS] < before.three_public[CARS]
    )


def _found() -> Department:
    declared = kinds.kinds()
    culture = next(n for n, kind in enumerate(declared) if kind.slug == "culture")
    return next(
        one
        for one in (district.department(SEED, n) for n in count(culture, len(declared)))
        if _has_everything(one)
    )


THE_ONE = _found()
DEPARTMENT = sample.name_of(THE_ONE)


def write_department(data: Path, year: int = YEAR) -> list[dict[str, str]]:
    """Write the department's `year` and the year before into a data folder; return the rows of `year`."""
    sample.write(THE_ONE, data, range(year - 1, year + 1))
    for one in (year - 1, year):
        text = _PROFILE.format(name=NAME, short=SHORT_NAME, year=one)
        Folder(data, DEPARTMENT, one).profile.write_text(text, encoding="utf-8")
    return rows_of(year)


def rows_of(year: int) -> list[dict[str, str]]:
    """Return the rows of figures.csv of one year, its last year in a folder of its own."""
    return ledger.rows(Year(THE_ONE, year))
