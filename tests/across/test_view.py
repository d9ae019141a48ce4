"""What the page that compares shows, for one department and for many, and what it says of what is not there."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from comparing import KINDS, district, invented

from helpers import across
from helpers.across import frames, numbers, store
from helpers.across.league import DOUBTED, MANY
from helpers.across.view import District
from helpers.basics.errors import RequestError
from helpers.edition.indicators import OPENING, SPENDING

VIEWS = (
    "title",
    "here",
    "league",
    "growth",
    "structure",
    "three_public",
    "outliers",
    "carried",
    "rules",
)


@pytest.mark.parametrize("departments", [0, 1, 3, MANY + 1, 300])
@pytest.mark.parametrize("view", VIEWS)
def test_every_view_holds_for_any_number_of_departments(view, departments):
    shown = getattr(district(departments, **({} if departments else {"year": 0})), view)()
    assert shown.html and shown.plain
    assert "<局>" not in shown.html


def test_the_year_that_is_looked_at_is_the_last_of_many_reports_and_a_later_one_is_told():
    every = invented(20).reports
    last = max(year for _, year in every)
    few = {key: one for key, one in every.items() if key[1] < last or key[0] < "d-0003"}
    looked = numbers._last_of_many([year for _, year in few])
    assert last - 1 == looked
    shown = district(20, reports=few, year=looked).title().html
    assert f"看 {looked} 年度（20 份报告）" in shown and f"{last} 年度还只有 3 份" in shown
    assert "还只有" not in district(20).title().html
    assert "还只有" not in district(20, year=looked).title().html, "who asks for a year knows"


def test_why_there_is_no_growth_names_both_years():
    alone = {key: one for key, one in invented(3).reports.items() if key[1] == 2023}
    of = district(3, reports=alone, amounts={}, year=2023)
    assert "没有一个部门 2022、2023 两个年度的支出都有" in of.growth().plain


def test_the_roll_up_ties_exactly():
    shown = district(7).here()
    assert "0.00" == re.findall(r"<td[^>]*>([^<]*)", shown.html)[-1]
    amounts = dict(invented(7).amounts)
    amounts["d-0000", 2023, SPENDING, "201"] += Decimal("0.01")
    shown = district(7, amounts=amounts).here()
    assert "0.01" == re.findall(r"<td[^>]*>([^<]*)", shown.html)[-1]


def test_a_failure_that_never_had_a_report_is_told_from_one_that_keeps_its_last():
    of = district(2).numbers
    kept, lost = (("d-0000", of.year), ("d-0001", of.year))
    failed = {
        kept: replace(of.reports[kept], status="failed", link="d-0000/report.html"),
        lost: replace(of.reports[lost], status="failed", link=""),
    }
    said = district(2, reports={**of.reports, **failed}).here().html
    assert "上一份好的报告 1 份" in said and "从来没有过报告 1 份" in said


def test_a_missing_report_is_told_and_a_missing_amount_is_no_zero():
    of = invented(3)
    reports = {key: r for key, r in of.reports.items() if key != ("d-0001", 2022)}
    amounts = dict(of.amounts) | {("d-0002", 2023, SPENDING, ""): None}
    some = District(replace(of, reports=reports, amounts=amounts))
    assert "第1号&lt;局&gt; 2022" in some.here().html
    assert "（1 个部门缺）" in some.here().html
    assert "缺" in some.league().html


def test_the_league_begins_with_the_largest_and_ends_with_the_median():
    plain = district(5).league()
    assert "第4号<局>" == plain.plain.split(" ")[0]
    assert plain.html.rindex("全部部门的中位数") > plain.html.rindex("第0号")


def test_up_to_forty_departments_have_their_names_beside_them_and_more_do_not():
    few, many = (district(n).structure().html for n in (3, MANY + 1))
    assert all(f'href="d-000{n}/2023/report.html">第{n}号' in few for n in range(3))
    assert ">第1号&lt;局&gt;<" not in many
    assert all(f">{kind}<" in many for kind in KINDS)
    assert "<title>第1号&lt;局&gt;：" in many


def test_of_many_departments_growth_says_how_many_lie_where():
    few, many = (district(n).growth().html for n in (3, 300))
    assert "<circle" in few and "<circle" not in many
    counts = map(int, re.findall(r'class="on\d">(\d+)<', many))
    assert 300 == sum(counts)


def test_every_department_is_a_dot_of_its_kind():
    shown = district(9).three_public().html
    assert 9 == shown.count("<circle")
    assert all(kind in shown for kind in KINDS)


def test_the_numbers_of_a_report_with_errors_are_marked_and_the_mark_is_told():
    shown = district(4)
    lines = dict(re.findall(r"第(\d)号.*?(<td.*)", shown.league().html))
    assert 5 == lines["1"].count("※") and 0 == lines["2"].count("※")
    assert "缺" not in re.findall(r">([^<]*)<sup>", lines["1"])
    assert 1 == shown.league().html.count(DOUBTED)
    clean = {
        k: replace(r, findings=dict.fromkeys(r.findings, 0)) for k, r in invented(4).reports.items()
    }
    assert "※" not in district(4, reports=clean).league().html


def test_growth_is_marked_too_where_the_year_before_has_errors():
    of = invented(1)
    before = replace(
        of.reports["d-0000", 2022], findings={**of.reports["d-0000", 2022].findings, "error": 1}
    )
    shown = district(1, reports={**of.reports, ("d-0000", 2022): before}).league().html
    assert ["+1.0%"] == re.findall(r">([^<]*)<sup>※", shown)


def test_the_map_of_rules_counts_root_causes_and_not_what_each_led_to(tmp_path):
    store.collect(tmp_path)
    with frames.opened(tmp_path) as con:
        rows = [("1", 1), ("1", 2), ("2", 3), ("", 4), ("", 5)]
        for cause, line in rows:
            con.execute(
                "INSERT INTO findings (department, name, year, line, rule, severity, cause) VALUES ('a', 'a', 2023, ?, 'A5', 'error', ?)",
                [line, cause],
            )
        assert [("a", "A5", 4)] == con.sql(numbers.BROKEN).fetchall()


def test_a_year_that_does_not_begin_with_what_was_left_is_listed():
    amounts = dict(invented(3).amounts) | {("d-0001", 2023, OPENING, ""): Decimal(4)}
    shown = district(3, amounts=amounts).carried()
    assert "2 处相等，1 处不等" in shown.plain
    assert "-1.00" in shown.html


def test_a_rule_is_called_by_its_name():
    assert "收入总计等于支出总计" in district(3).rules().html


def test_nothing_collected_is_refused_in_words(tmp_path):
    with pytest.raises(RequestError, match="juesuan collect"):
        across.district(tmp_path)


def test_an_empty_outputs_folder_can_be_looked_at(tmp_path):
    store.collect(tmp_path)
    assert "0 个部门" in across.district(tmp_path).here().plain
