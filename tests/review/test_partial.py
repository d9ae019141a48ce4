"""What is said of totals and details: partial below is a warning, above or whole an error, a residual nothing."""

from __future__ import annotations

import pytest

from helpers.basics.model import Finding, Profile
from helpers.disclosure import figures
from helpers.disclosure.accounts import Accounts
from helpers.disclosure.figures import REQUIRED
from helpers.disclosure.tables import Tables
from helpers.edition import forms
from helpers.review import checks

EDITION = "sichuan-2022"
DETAILS, LEVELS, TOTALS = "数与明细", "层级合计", "表内合计"
SERIOUS = ("error", "warning")


def filled(tmp_path, rows: str) -> Tables:
    """Return the tables of rows that say 金额 in 万元; a source may follow behind a bar."""
    lines = [",".join((*REQUIRED, "source"))]
    for row in rows.split():
        figure, _, source = row.partition("|")
        lines.append(f'{figure},万元,"{source}"')
    file = tmp_path / "figures.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return Tables(forms.load(EDITION), Accounts(figures.load(file, "x/2023/figures.csv")), 2023)


def said(tmp_path, rows: str, *rules: str) -> list[Finding]:
    """Return the errors and warnings of some rules, or of all."""
    found = checks.find(filled(tmp_path, rows), Profile("某局", "某局", 2023, EDITION))
    return [f for f in found if f.severity in SERIOUS and f.rule in (rules or (f.rule,))]


def judged(tmp_path, rows: str, *rules: str) -> list[tuple[str, str]]:
    return [(f.severity, f.place) for f in said(tmp_path, rows, *rules or (DETAILS, LEVELS))]


# Below, above


def test_details_below_their_total_are_a_warning_that_names_the_lines(tmp_path):
    rows = "支出,,一般公共预算,,,,,,100 支出,,一般公共预算,201,,,,,60 支出,,一般公共预算,208,,,,,30"
    (one,) = said(tmp_path, rows, DETAILS, LEVELS)
    assert ("warning", "figures.csv:2", "10") == (one.severity, one.place, one.difference)
    assert "第 2 行为 100" in one.message
    assert "2 个明细（第 3、4 行）之和为 90" in one.message
    assert "合计与已列明细相差 10，明细若已列全，则合计或明细有误" in one.message


def test_details_above_their_total_are_an_error_that_names_the_lines(tmp_path):
    rows = "支出,,一般公共预算,,,,,,100 支出,,一般公共预算,201,,,,,60 支出,,一般公共预算,208,,,,,41"
    one, of_the_table, *_ = said(tmp_path, rows, DETAILS, LEVELS)
    assert ("error", "figures.csv:2", "1") == (one.severity, one.place, one.difference)
    assert "第 2 行为 100" in one.message and "（第 3、4 行）之和为 101，相差 1。" in one.message
    assert "若已列全" not in one.message
    assert "error" == of_the_table.severity


def test_many_lines_are_named_as_runs(tmp_path):
    codes = ["2010301", "2010302", "2010303", "2010304", "2010305", "2010306", "2010350"]
    rows = ["支出,,一般公共预算,,,,,,100", *(f"支出,,一般公共预算,{c},,,,,1" for c in codes)]
    (one,) = said(tmp_path, " ".join(rows), DETAILS)
    assert "7 个明细（第 3—9 行）" in one.message


def test_details_that_reach_their_total_within_rounding_are_nothing(tmp_path):
    rows = (
        "支出,,一般公共预算,,,,,,100 支出,,一般公共预算,201,,,,,60 支出,,一般公共预算,208,,,,,40.01"
    )
    assert [] == judged(tmp_path, rows)


def test_a_level_that_rows_do_not_reach_is_not_judged_and_no_pass(tmp_path):
    rows = "支出,,一般公共预算,201,,,,,100 支出,,一般公共预算,20103,,,,,60"
    found = checks.find(filled(tmp_path, rows), Profile("某局", "某局", 2023, EDITION))
    unknown = [f.place for f in found if f.rule == LEVELS and f.severity == "missing"]
    assert any(place.startswith("06[") for place in unknown)
    assert [("warning", "figures.csv:2")] == judged(tmp_path, rows)


def test_a_gap_at_the_third_level_is_told_of_the_level_above_it_alone(tmp_path):
    rows = (
        "支出,,一般公共预算,201,,,,,100 支出,,一般公共预算,20103,,,,,100 "
        "支出,,一般公共预算,2010301,,,,,60"
    )
    assert {"figures.csv:2", "figures.csv:3"} >= {place for _, place in judged(tmp_path, rows)}
    assert {"warning"} == {severity for severity, _ in judged(tmp_path, rows)}


# The fund that no table prints


def test_what_is_left_for_other_money_is_no_fault(tmp_path):
    rows = "支出,,,,,,,,150 支出,,一般公共预算,201,,,,,60 支出,,一般公共预算,208,,,,,40"
    assert [] == judged(tmp_path, rows)


def test_what_is_left_where_all_fiscal_funds_are_given_is_no_fault(tmp_path):
    rows = (
        "支出,,,,,,,,150 支出,,一般公共预算,,,,,,100 支出,,政府性基金预算,,,,,,0 "
        "支出,,国有资本经营预算,,,,,,0"
    )
    assert [] == judged(tmp_path, rows)


def test_what_is_left_of_the_fiscal_sum_is_no_fault(tmp_path):
    assert [] == judged(tmp_path, "支出,,,,,,,,150 支出,,财政拨款,,,,,,100")


def test_where_there_is_no_other_income_nothing_can_be_left_for_other_money(tmp_path):
    rows = (
        "支出,,,,,,,,150 支出,,一般公共预算,201,,,,,60 支出,,一般公共预算,208,,,,,40 "
        "收入,一般公共预算财政拨款收入,,,,,,,150 结转结余,使用非财政拨款结余,,,,,,,0 "
        "结转结余,年初结转和结余,,,,,,,0"
    )
    assert [("warning", "figures.csv:2")] == judged(tmp_path, rows, DETAILS)


def test_fiscal_money_above_all_money_is_an_error(tmp_path):
    rows = "支出,,,,,,,,90 支出,,一般公共预算,201,,,,,60 支出,,一般公共预算,208,,,,,40"
    assert ("error", "figures.csv:2") in judged(tmp_path, rows, DETAILS)


def test_details_beside_which_other_money_is_given_are_not_all_there_is(tmp_path):
    rows = (
        "支出,,,,,,,,150 支出,,一般公共预算,201,,,,,60 支出,,一般公共预算,208,,,,,40 "
        "支出,,非财政拨款,,,,,,50"
    )
    assert [] == judged(tmp_path, rows)


def test_every_fund_given_and_the_total_not_reached_is_an_error(tmp_path):
    rows = (
        "支出,,,,,,,,150 支出,,一般公共预算,,,,,,100 支出,,政府性基金预算,,,,,,0 "
        "支出,,国有资本经营预算,,,,,,0 支出,,非财政拨款,,,,,,40"
    )
    assert [("error", "figures.csv:2")] == judged(tmp_path, rows)


# Closed lists and listings


@pytest.mark.parametrize(
    "rows, severity",
    [
        ("支出,,,,基本支出,,,,60 支出,,,,项目支出,,,,30", "warning"),
        (
            "支出,,,,基本支出,,,,60 支出,,,,项目支出,,,,30 支出,,,,上缴上级支出,,,,0 "
            "支出,,,,经营支出,,,,0 支出,,,,对附属单位补助支出,,,,0",
            "error",
        ),
    ],
    ids=["two natures", "all natures, zero included"],
)
def test_a_closed_list_is_whole_when_every_member_is_given(tmp_path, rows, severity):
    assert [(severity, "figures.csv:2")] == judged(tmp_path, f"支出,,,,,,,,100 {rows}")


@pytest.mark.parametrize(
    "rows, severity",
    [
        ("三公经费,公务接待费,,,,,,,3", "warning"),
        (
            "三公经费,公务接待费,,,,,,,3 三公经费,因公出国（境）费,,,,,,,0 "
            "三公经费,公务用车购置费,,,,,,,0 三公经费,公务用车运行维护费,,,,,,,4",
            "error",
        ),
        (
            "三公经费,公务接待费,,,,,,,3 三公经费,因公出国（境）费,,,,,,,0 "
            "三公经费,公务用车购置及运行维护费,,,,,,,4",
            "error",
        ),
    ],
    ids=["one part", "all parts", "all parts, the cars unsplit"],
)
def test_the_three_public_expenses_are_whole_when_every_part_is_given(tmp_path, rows, severity):
    assert [(severity, "figures.csv:2")] == judged(tmp_path, f"三公经费,,,,,,,,10 {rows}", DETAILS)


def test_rows_of_one_table_that_do_not_add_up_are_an_error(tmp_path):
    rows = (
        "支出,,一般公共预算,,,,,,100|tables.xlsx:04[本年支出合计,一般公共预算财政拨款] "
        "支出,,一般公共预算,201,,,,,60|tables.xlsx:06[201,本年支出合计] "
        "支出,,一般公共预算,208,,,,,30|tables.xlsx:06[208,本年支出合计]"
    )
    assert ("error", "figures.csv:2") in judged(tmp_path, rows, DETAILS)
    assert [("error", "06[合计, 本年支出合计]")] == judged(tmp_path, rows, LEVELS)[:1]


def test_a_source_that_names_no_table_makes_no_listing(tmp_path):
    rows = (
        "支出,,一般公共预算,,,,,,100 支出,,一般公共预算,201,,,,,60|第二部分五 "
        "支出,,一般公共预算,208,,,,,30|第二部分五"
    )
    assert [("warning", "figures.csv:2")] == judged(tmp_path, rows)


# Two views, negative, precision


def test_each_view_of_the_same_money_is_held_to_the_total_by_itself(tmp_path):
    rows = (
        "支出,,一般公共预算,,,,,,100 支出,,一般公共预算,201,,,,,100 "
        "支出,,一般公共预算,,,301,,,70 支出,,一般公共预算,,,302,,,20"
    )
    (one,) = said(tmp_path, rows, DETAILS)
    assert ("warning", "figures.csv:2") == (one.severity, one.place)
    assert "按经济科目分的 2 个明细（第 4、5 行）之和为 90" in one.message


def test_details_above_a_total_of_which_one_may_be_negative_are_a_warning(tmp_path):
    rows = (
        "结转结余,年末结转和结余,,,,,,,30 结转结余,年末结转和结余,一般公共预算,,,,,,20 "
        "结转结余,年末结转和结余,非财政拨款,,,,,,15"
    )
    assert [("warning", "figures.csv:2")] == judged(tmp_path, rows, DETAILS)


def test_a_negative_member_counts(tmp_path):
    rows = (
        "结转结余,年末结转和结余,,,,,,,30 结转结余,年末结转和结余,一般公共预算,,,,,,50 "
        "结转结余,年末结转和结余,非财政拨款,,,,,,-20"
    )
    assert [] == judged(tmp_path, rows, DETAILS)


@pytest.mark.parametrize("listed, severities", [("39.991", ["warning"]), ("39.996", [])])
def test_a_total_is_not_reached_only_beyond_its_precision(tmp_path, listed, severities):
    rows = f"支出,,,,,,,,100 支出,,,201,,,,,60.000 支出,,,208,,,,,{listed}"
    assert severities == [severity for severity, _ in judged(tmp_path, rows, DETAILS)]


def test_parts_of_other_bases_are_held_to_their_own_dimension_alone(tmp_path):
    rows = (
        "支出,,一般公共预算,,,,,上年决算,100 支出,,一般公共预算,201,基本支出,,,上年决算,60 "
        "支出,,政府性基金预算,,,,,上年决算,9 支出,,政府性基金预算,212,,,,上年决算,8"
    )
    assert [("warning", "figures.csv:4")] == judged(tmp_path, rows)


# Totals that a disclosure rounds on its own


TOTALS_OF_ALL = (
    "收入,,,,,,,,100 结转结余,使用非财政拨款结余,,,,,,,0 结转结余,年初结转和结余,,,,,,,5 "
    "支出,,,,,,,,100 结转结余,结余分配,,,,,,,0 结转结余,年末结转和结余,,,,,,,5 "
)


def test_a_grand_total_is_printed_as_given(tmp_path):
    tables = filled(tmp_path, f"{TOTALS_OF_ALL} 总计,收入总计,,,,,,,105.01")
    cells = tables.table("01")
    assert "105.01" == str(cells.cell("收入总计", "决算数").amount.value)
    assert "given" == cells.cell("收入总计", "决算数").state
    assert "derived" == cells.cell("支出总计", "决算数").state


@pytest.mark.parametrize("total, severities", [("105.01", []), ("106", ["error"])])
def test_a_grand_total_is_held_to_its_parts(tmp_path, total, severities):
    rows = f"{TOTALS_OF_ALL} 总计,收入总计,,,,,,,{total}"
    assert severities == [f.severity for f in said(tmp_path, rows, TOTALS)]


@pytest.mark.parametrize("total, severities", [("100.01", []), ("100.5", ["error"])])
@pytest.mark.parametrize(
    "whole, parts",
    [
        ("支出,,财政拨款,,,,,,", "支出,,{},,,,,,"),
        ("收入,财政拨款收入,,,,,,,", "收入,{}财政拨款收入,,,,,,,"),
    ],
    ids=["expenditure", "income"],
)
def test_a_fiscal_sum_is_held_to_its_three_parts(tmp_path, whole, parts, total, severities):
    funds = {"一般公共预算": 60, "政府性基金预算": 40, "国有资本经营预算": 0}
    rows = [f"{whole}{total}", *(f"{parts.format(f)}{amount}" for f, amount in funds.items())]
    assert severities == [f.severity for f in said(tmp_path, " ".join(rows), DETAILS)]


def test_the_cars_are_held_to_their_two_parts(tmp_path):
    rows = (
        "三公经费,公务用车购置及运行维护费,,,,,,,10 三公经费,公务用车购置费,,,,,,,0 "
        "三公经费,公务用车运行维护费,,,,,,,9"
    )
    assert [("error", "figures.csv:2")] == judged(tmp_path, rows, DETAILS)
    tables = filled(tmp_path, rows)
    assert "given" == tables.table("13").cell("合计", "决算数/公务用车购置及运行维护费").state


# What is printed


def test_a_member_without_a_row_is_missing_in_a_partial_breakdown_and_zero_in_a_whole_one(tmp_path):
    partial = filled(tmp_path, "支出,,,,,,,,100 支出,,,,基本支出,,,,60").table("03")
    assert "missing" == partial.cell("合计", "项目支出").state
    whole = filled(tmp_path, "支出,,,,,,,,100 支出,,,,基本支出,,,,100").table("03")
    assert whole.cell("合计", "项目支出").amount.is_zero


def test_a_class_of_all_money_is_not_printed_from_one_fund(tmp_path):
    tables = filled(tmp_path, "支出,,,,,,,,100 支出,,一般公共预算,201,,,,,60")
    assert "missing" == tables.table("03").cell("201", "本年支出合计").state
    assert "missing" == tables.table("01").cell("201", "决算数").state
    assert "given" == tables.table("06").cell("201", "本年支出合计").state
