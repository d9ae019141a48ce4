"""What stands out is named, what is usual is not: on a small invented district in which one of each kind is planted."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

import outliers as planting
import pytest
from district import numbers

from helpers.across import outliers, peers
from helpers.basics.errors import DataError
from helpers.edition import outliers as declared
from helpers.sample import sample

DEPARTMENTS, SEED = 18, 3


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    data = tmp_path_factory.mktemp("data")
    folders = sample.create(data, DEPARTMENTS, planting.YEARS, SEED)
    before = numbers(folders)
    done = planting.planted(data, folders, Random(SEED), each=1)
    return before, numbers(folders), done


def test_of_thirteen_planted_kinds_at_least_twelve_are_named_and_few_others(planted):
    _, after, done = planted
    hits, others = planting.judged(after, done)
    assert len(planting.KINDS) == len(done)
    assert sum(hits.values()) >= len(done) - 1
    assert len(others) <= 2


def test_where_nothing_is_planted_hardly_anything_is_named(planted):
    before, _, _ = planted
    assert len(outliers.found(before)) <= 2


def test_a_department_that_is_named_is_named_with_its_year_and_leads_to_its_report(planted):
    _, after, _ = planted
    shown = outliers.shown(after)
    for one in outliers.found(after):
        assert one.said.startswith(f"{after.name(one.department)}{one.year}年")
        assert f'href="{one.department}/{one.year}/report.html"' in shown.html


def test_a_sentence_has_no_slot_left_open(planted):
    _, after, _ = planted
    assert [] == [o.said for o in outliers.found(after) if "{" in o.said or "缺" in o.said]


def test_a_sentence_names_the_departments_that_were_compared_and_no_years_that_were_not(planted):
    _, after, _ = planted
    kinds = {after.name(d): after.sector(d) for d in after.departments}
    few = {kind for kind, some in after.sectors.items() if len(some) < peers.FEWEST}
    said = [o for o in outliers.found(after) if "的中位数是" in o.said]
    assert said
    for one in said:
        kind = kinds[after.name(one.department)]
        group = "全部部门" if kind in few else f"同类部门（{kind}）"
        assert f"{group}的中位数是" in one.said or f"{group}有" in one.said


def test_with_too_few_other_years_the_sentence_says_so(planted):
    before, _, _ = planted
    department, year = before.departments[0], 2022
    years = {key: value for key, value in before.amounts.items() if key[1] in (2021, year)}
    years[department, year, "支出", ""] = years[department, 2021, "支出", ""] * 20
    reports = {key: r for key, r in before.reports.items() if key[1] in (2021, year)}
    two = replace(before, amounts=years, reports=reports, year=year)
    said = [o.said for o in outliers.found(two) if o.department == department]
    [grown] = [one for one in said if "年支出" in one]
    assert "增长 1,900.0%；没有两个别的年度可比，" in grown and "缺" not in grown


def test_a_department_that_does_so_in_another_year_too_is_not_named(planted):
    before, _, _ = planted
    department = before.departments[0]
    twice = dict(before.amounts)
    for year in (2020, 2022):
        twice[department, year, "在职人数", ""] *= 10
    once = twice | {
        (department, 2020, "在职人数", ""): before.amounts[department, 2020, "在职人数", ""]
    }

    def named(amounts):
        found = outliers.found(replace(before, amounts=amounts))
        return {(o.department, o.year) for o in found}

    assert (department, 2022) in named(once)
    assert (department, 2022) not in named(twice)


def test_what_is_missing_does_not_stand_out(planted):
    before, _, _ = planted
    nothing = dict.fromkeys(before.amounts)
    assert [] == outliers.found(replace(before, amounts=nothing))


def test_one_department_of_one_year_has_nothing_to_be_compared_with(planted):
    before, _, _ = planted
    key = next(iter(before.reports))
    alone = replace(
        before,
        reports={key: before.reports[key]},
        amounts={k: v for k, v in before.amounts.items() if k[:2] == key},
        year=key[1],
    )
    assert [] == outliers.found(alone)


@pytest.mark.parametrize(
    "written, told",
    [
        ("{编号: 甲, 名称: 甲, 方法: 没有, 数: [支出], 话: 甲}", "没有方法"),
        ("{编号: 甲, 名称: 甲, 方法: 增减, 数: [支出, 收入], 话: 甲}", "1 个"),
        ("{编号: 甲, 名称: 甲, 方法: 增减, 数: [没有的], 话: 甲}", "没有比较数"),
        ('{编号: 甲, 名称: 甲, 方法: 增减, 数: [支出], 话: "{没有}"}', "没有槽"),
        ("{编号: 甲, 名称: 甲, 方法: 增减, 数: [支出], 倍: 几, 话: 甲}", "一个数"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_by_its_line(rules, written, told):
    (rules / "sichuan-2022" / "outliers.yaml").write_text(f"- {written}\n", encoding="utf-8")
    with pytest.raises(DataError, match=told) as refused:
        declared.load("sichuan-2022")
    assert "outliers.yaml 第 1 行" in str(refused.value)


def test_a_rule_has_its_numbers():
    (rule,) = (r for r in declared.load("sichuan-2022") if r.number == "支出增减")
    assert (Decimal(6), Decimal("1.5"), Decimal(100)) == (rule.times, rule.apart, rule.least)


def test_a_clause_of_which_nothing_is_known_is_left_out_of_the_sentence():
    (rule,) = (r for r in declared.load("sichuan-2022") if r.number == "年末结转比重")
    known = {"部门": "甲局", "年": "2023", "数": "9.00", "比": "90.0%"}
    begun = "甲局2023年年末结转和结余9.00万元，相当于本年支出的90.0%"
    alone = "没有两个别的年度可比"
    compared = rule.sentence(**known, 同类="0.8%", 群="全部部门")
    assert f"{begun}；{alone}，全部部门的中位数是0.8%。" == compared
    assert f"{begun}；{alone}。" == rule.sentence(**known)
