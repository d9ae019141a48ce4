"""A relation between two amounts: nothing where it is true, a hint where rounding explains it, else a contradiction."""

from dataclasses import replace

import pytest

from helpers.basics.model import Address
from helpers.basics.money import amount
from helpers.disclosure.accounts import Accounts
from helpers.disclosure.tables import Tables
from helpers.edition import forms, formula
from helpers.edition.rulebook import Rule
from helpers.review import judgement

RULE = Rule("X1", "甲与乙相符", (), None, "", (), (0, 9999), "依据", "error", "checks.yaml 第 1 行")
TABLES = Tables(forms.load("sichuan-2022"), Accounts(()), 2023)


def judged(left: str, sign: str, right: str, unit: str = "万元", severity: str = "error"):
    relation = formula.relation(f"01[甲, 决算数] {sign} 02[乙, 决算数]")
    return judgement.judged(
        replace(RULE, severity=severity),
        relation,
        amount(left, unit),
        amount(right, unit),
        TABLES,
    )


@pytest.mark.parametrize(
    "left, sign, right",
    [
        ("5", "=", "5"),
        ("5", "≥", "5"),
        ("5", "≤", "5"),
        ("6", "≥", "5"),
        ("5", "≤", "6"),
        ("64.81", "≥", "64.80"),
        ("64.80", "≤", "64.81"),
        ("0", "≥", "-5"),
        ("-5", "≤", "0"),
    ],
)
@pytest.mark.parametrize("unit", ["万元", "元"])
def test_a_relation_that_is_exactly_true_says_nothing(left, sign, right, unit):
    assert [] == judged(left, sign, right, unit)


@pytest.mark.parametrize(
    "left, sign, right",
    [
        ("5", "=", "6"),
        ("6", "=", "5"),
        ("5", "≥", "6"),
        ("6", "≤", "5"),
        ("64.80", "=", "64.82"),
        ("64.80", "≥", "64.82"),
        ("64.82", "≤", "64.80"),
    ],
)
@pytest.mark.parametrize("unit", ["万元", "元"])
@pytest.mark.parametrize("severity", ["error", "warning"])
def test_a_relation_that_rounding_cannot_explain_is_as_grave_as_its_rule(
    left, sign, right, unit, severity
):
    assert [severity] == [f.severity for f in judged(left, sign, right, unit, severity)]


@pytest.mark.parametrize(
    "left, sign, right",
    [
        ("64.80", "=", "64.81"),
        ("64.81", "=", "64.80"),
        ("64.80", "≥", "64.81"),
        ("64.81", "≤", "64.80"),
        ("64.8", "=", "64.805"),
    ],
)
@pytest.mark.parametrize("severity", ["error", "warning"])
def test_a_relation_that_rounding_may_explain_is_a_hint(left, sign, right, severity):
    assert ["hint"] == [f.severity for f in judged(left, sign, right, severity=severity)]


@pytest.mark.parametrize(
    "left, sign, right",
    [
        ("64.801", "=", "64.80"),
        ("64.80", "=", "64.804"),
        ("64.80", "≥", "64.804"),
        ("64.804", "≤", "64.80"),
    ],
)
def test_amounts_that_agree_as_printed_need_no_hint(left, sign, right):
    assert [] == judged(left, sign, right)


@pytest.mark.parametrize(
    "left, sign, right",
    [
        ("648000.00", "=", "648000.01"),
        ("648000.00", "≥", "648000.01"),
        ("648000.01", "≤", "648000.00"),
    ],
)
def test_exact_amounts_one_fen_apart_contradict_though_printed_alike(left, sign, right):
    (finding,) = judged(left, sign, right, "元")
    assert ("error", "0.000001") == (finding.severity, finding.difference)


@pytest.mark.parametrize(
    "sign, right, apart, said",
    [
        ("=", "70.5", "6.5", "应等于"),
        ("≥", "70.5", "6.5", "应不小于"),
        ("≤", "60.5", "3.5", "应不大于"),
    ],
)
def test_a_finding_says_both_sides_and_stands_at_the_left(sign, right, apart, said):
    (finding,) = judged("64", sign, right)
    assert ("X1", "01[甲, 决算数]", right, "64", apart) == (
        finding.rule,
        finding.place,
        finding.expected,
        finding.found,
        finding.difference,
    )
    assert (
        f"公开01表「甲」决算数为 64，{said}公开02表「乙」决算数 {right}，相差 {apart}。"
        == finding.message
    )


def test_a_hint_says_how_much_rounding_allows():
    (finding,) = judged("64.8", "=", "64.805")
    assert finding.message.endswith("相差 0.01，在四舍五入误差 0.0055 之内。")
    assert ("64.81", "64.8", "0.01") == (finding.expected, finding.found, finding.difference)


@pytest.mark.parametrize(
    "names, said",
    [
        ("甲", "公开01表「甲」决算数"),
        ("甲甲乙", "公开01表「甲」决算数、公开01表「乙」决算数"),
        ("甲乙丙", "公开01表「甲」决算数、公开01表「乙」决算数、公开01表「丙」决算数"),
        ("甲乙丙丁", "公开01表「甲」决算数 等 4 个数"),
    ],
)
def test_what_could_not_be_judged_is_missing_and_names_up_to_three_cells(names, said):
    finding = judgement.could_not(RULE, [Address("01", name, "决算数") for name in names], TABLES)
    assert ("missing", "01[甲, 决算数]") == (finding.severity, finding.place)
    assert f"「甲与乙相符」未能核对，缺少{said}。" == finding.message
