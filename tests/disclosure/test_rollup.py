"""What figures say of a scope: given, derived, zero or missing (contract, section 1)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lines import BASIC, GENERAL, GOVERNMENT, OTHER, PROJECT, STATE, figure, wan

from helpers.basics.model import BUDGET, DERIVED, FINAL, GIVEN, LAST_YEAR, MISSING, Figure, Scope
from helpers.disclosure.accounts import Accounts
from helpers.disclosure.rollup import RollUp


def look(figures, item: str = "支出", **dimensions: str):
    """Return state and amount of a scope; the amount in 元, or nothing."""
    value = RollUp(figures).find(Scope(item, **dimensions))
    return value.state, value.amount and value.amount.value.scaleb(4)


# Given


def test_a_given_figure_is_itself():
    assert (GIVEN, 100) == look([figure("100", function="201")], function="201")


def test_a_given_zero_is_given():
    assert (GIVEN, 0) == look([figure("0", function="201")], function="201")


def test_a_given_total_is_kept_though_its_details_say_otherwise():
    figures = [
        figure("100", function="201"),
        figure("70", function="20103"),
        figure("40", function="20105"),
    ]
    assert (GIVEN, 100) == look(figures, function="201")


def test_a_given_detail_is_kept_though_its_total_says_otherwise():
    assert (GIVEN, 70) == look(
        [figure("50", function="201"), figure("70", function="20103")], function="20103"
    )


def test_a_given_value_names_its_own_figure_alone():
    total, part = figure("100", function="201"), figure("100", function="20103", line=3)
    assert (total,) == RollUp([total, part]).find(total.scope).figures


# Derived


def test_what_is_given_only_in_detail_is_added_up():
    figures = [
        figure("60", function="2010301"),
        figure("40", function="2010302"),
        figure("7", function="2080505"),
    ]
    assert (DERIVED, 100) == look(figures, function="20103")
    assert (DERIVED, 100) == look(figures, function="201")
    assert (DERIVED, 107) == look(figures)


def test_a_derived_value_names_every_figure_it_was_made_from():
    figures = [
        figure(n, function=f, line=i)
        for i, (n, f) in enumerate([("60", "2010301"), ("40", "2010302"), ("7", "2080505")], 2)
    ]
    assert set(figures) == set(RollUp(figures).find(Scope("支出")).figures)


def test_depths_may_be_mixed():
    """款 without 项 beside 项 without 款, and beside 款 with its 项."""
    figures = [
        figure("100", function="20103"),
        figure("30", function="2010501"),
        figure("20", function="2010502"),
        figure("9", function="20106"),
        figure("5", function="2010601"),
        figure("4", function="2010602"),
    ]
    assert (DERIVED, 159) == look(figures, function="201")


def test_a_total_whose_details_are_incomplete_counts_whole_in_the_sum_above_it():
    figures = [
        figure("100", function="20103"),
        figure("60", function="2010301"),
        figure("7", function="20105"),
    ]
    assert (DERIVED, 107) == look(figures, function="201")


def test_details_are_not_added_to_their_own_total():
    figures = [
        figure("100", function="201"),
        figure("60", function="20103"),
        figure("40", function="20105"),
        figure("5", function="208"),
    ]
    assert (DERIVED, 105) == look(figures)


def test_views_of_the_same_money_are_never_added():
    views = [
        figure("60", function="201"),
        figure("40", function="208"),
        figure("90", nature=BASIC),
        figure("10", nature=PROJECT),
        figure("30", economic="301"),
        figure("70", economic="302"),
        figure("100", fund=GENERAL),
    ]
    assert (DERIVED, 100) == look(views)


def test_views_are_never_added_below_a_shared_dimension_either():
    views = [
        figure("60", fund=GENERAL, function="201"),
        figure("40", fund=GENERAL, function="208"),
        figure("90", fund=GENERAL, nature=BASIC),
        figure("10", fund=GENERAL, nature=PROJECT),
        figure("7", fund=GOVERNMENT, function="212", nature=PROJECT),
    ]
    assert (DERIVED, 100) == look(views, fund=GENERAL)
    assert (DERIVED, 107) == look(views)


def test_projects_by_name_and_by_economic_class_are_two_views():
    views = [
        figure("60", function="2010302", nature=PROJECT, project="甲"),
        figure("40", function="2010302", nature=PROJECT, project="乙"),
        figure("25", function="2010302", nature=PROJECT, economic="30201"),
        figure("75", function="2010302", nature=PROJECT, economic="30227"),
    ]
    assert (DERIVED, 100) == look(views, nature=PROJECT)
    assert (DERIVED, 60) == look(views, project="甲")
    assert (DERIVED, 100) == look(views, economic="302")


def test_a_partial_view_does_not_shorten_a_complete_one():
    figures = [
        figure("60", function="201"),
        figure("40", function="208"),
        figure("30", economic="301"),
    ]
    assert (DERIVED, 100) == look(figures)


def test_money_of_another_item_is_never_counted():
    figures = [
        figure("60", function="201"),
        figure("60", "收入", category="事业收入", function="201"),
    ]
    assert (DERIVED, 60) == look(figures)
    assert (DERIVED, 60) == look(figures, "收入")


def test_the_fiscal_funds_are_three_of_the_four():
    figures = [
        figure("1", fund=GENERAL),
        figure("20", fund=GOVERNMENT),
        figure("300", fund=STATE),
        figure("4000", fund=OTHER),
    ]
    assert (DERIVED, 321) == look(figures, fund="财政拨款")
    assert (DERIVED, 4321) == look(figures)


def test_the_fiscal_income_is_three_of_the_eight_categories():
    figures = [
        figure("1", "收入", category=f"{f}财政拨款收入") for f in (GENERAL, GOVERNMENT, STATE)
    ] + [figure("40", "收入", category="事业收入")]
    assert (DERIVED, 3) == look(figures, "收入", category="财政拨款收入")
    assert (DERIVED, 43) == look(figures, "收入")


def test_the_cars_are_purchase_and_running_costs():
    figures = [
        figure("5", "三公经费", category="购置轿车"),
        figure("7", "三公经费", category="购置越野车"),
        figure("30", "三公经费", category="公务用车运行维护费"),
        figure("100", "三公经费", category="国内公务接待费"),
    ]
    assert (DERIVED, 12) == look(figures, "三公经费", category="公务用车购置费")
    assert (DERIVED, 42) == look(figures, "三公经费", category="公务用车购置及运行维护费")
    assert (DERIVED, 142) == look(figures, "三公经费")


def test_staff_costs_are_two_economic_classes_and_office_costs_the_others():
    figures = [
        figure(n, nature=BASIC, economic=e)
        for n, e in (("1", "30101"), ("20", "30302"), ("300", "30201"), ("4000", "31002"))
    ]
    assert (DERIVED, 21) == look(figures, nature=BASIC, economic="人员经费")
    assert (DERIVED, 4300) == look(figures, nature=BASIC, economic="公用经费")


def test_procurement_from_small_firms_is_not_a_part_of_the_total():
    figures = [
        figure("60", "政府采购", category="货物"),
        figure("40", "政府采购", category="服务"),
        figure("80", "政府采购", category="授予中小企业"),
        figure("50", "政府采购", category="授予小微企业"),
    ]
    assert (DERIVED, 100) == look(figures, "政府采购")


def test_balances_of_different_kinds_are_never_added():
    figures = [
        figure("5", "结转结余", category="年初结转和结余"),
        figure("7", "结转结余", category="年末结转和结余"),
    ]
    assert (MISSING, None) == look(figures, "结转结余")


def test_a_negative_balance_of_one_fund_is_subtracted():
    figures = [
        figure("50", "结转结余", category="年末结转和结余", fund=GENERAL),
        figure("-20", "结转结余", category="年末结转和结余", fund=OTHER),
    ]
    assert (DERIVED, 30) == look(figures, "结转结余", category="年末结转和结余")


def test_counts_add_up_to_their_total():
    figures = [
        figure(n, "数量", unit="辆", category=c)
        for n, c in (("2", "保有轿车数"), ("1", "保有越野车数"))
    ]
    value = RollUp(figures).find(Scope("数量", category="公务用车保有量"))
    assert (DERIVED, 3, "辆") == (value.state, value.amount.value, value.unit)


# Zero and missing


def test_nothing_is_known_of_nothing():
    assert (MISSING, None) == look([])
    assert (MISSING, None) == look([figure("1")], "收入")


def test_a_total_alone_says_nothing_of_its_parts():
    assert (MISSING, None) == look([figure("100", function="201")], function="20103")
    assert (MISSING, None) == look([figure("100")], nature=BASIC)


def test_in_a_complete_breakdown_a_member_without_a_row_is_zero():
    figures = [figure("100"), figure("60", nature=BASIC), figure("40", nature=PROJECT)]
    assert (DERIVED, 0) == look(figures, nature="经营支出")


def test_in_an_incomplete_breakdown_a_member_without_a_row_is_missing():
    figures = [figure("100"), figure("60", nature=BASIC)]
    assert (MISSING, None) == look(figures, nature=PROJECT)


def test_a_breakdown_whose_total_is_derived_from_it_is_complete():
    figures = [figure("60", function="201"), figure("40", function="208")]
    assert (DERIVED, 0) == look(figures, function="205")


def test_a_total_of_zero_has_parts_of_zero():
    assert (DERIVED, 0) == look(
        [figure("0", fund=STATE)], fund=STATE, function="2230107", nature=PROJECT
    )


def test_a_part_inside_a_part_that_is_zero_is_zero():
    figures = [figure("100", function="201"), figure("100", function="20103")]
    assert (DERIVED, 0) == look(figures, function="2010501")


def test_a_part_of_a_given_part_without_detail_is_missing_though_the_part_is_complete_above():
    figures = [figure("100"), figure("60", function="201"), figure("40", function="208")]
    assert (MISSING, None) == look(figures, function="20103")


def test_one_complete_view_does_not_complete_another():
    figures = [
        figure("60", function="201"),
        figure("40", function="208"),
        figure("30", nature=BASIC),
    ]
    assert (MISSING, None) == look(figures, nature=PROJECT)


@pytest.mark.parametrize(
    "asked",
    [
        {"function": "20103"},
        {"function": "2010301"},
        {"nature": BASIC},
        {"economic": "301"},
        {"project": "甲"},
    ],
)
def test_a_missing_part_is_never_zero(asked):
    assert (MISSING, None) == look(
        [figure("100", function="201"), figure("50", function="208")],
        **{"function": "201", **asked},
    )


# A group in between (财政拨款, 公务用车购置及运行维护费, an economic class) that is itself only partly known proves nothing


def test_one_fund_of_a_larger_total_does_not_make_the_other_funds_zero():
    figures = [figure("100"), figure("40", fund=GOVERNMENT)]
    assert (MISSING, None) == look(figures, fund=GENERAL)


def test_one_source_of_a_larger_income_does_not_make_the_others_zero():
    figures = [figure("100", "收入"), figure("40", "收入", category="政府性基金预算财政拨款收入")]
    assert (MISSING, None) == look(figures, "收入", category="一般公共预算财政拨款收入")


def test_the_purchase_of_cars_does_not_make_their_running_costs_zero():
    figures = [figure("10", "三公经费"), figure("4", "三公经费", category="公务用车购置费")]
    assert (MISSING, None) == look(figures, "三公经费", category="公务用车运行维护费")


def test_one_economic_class_of_a_larger_total_does_not_make_its_neighbours_zero():
    figures = [figure("100", fund=GENERAL), figure("60", fund=GENERAL, economic="30101")]
    assert (MISSING, None) == look(figures, fund=GENERAL, economic="30102")


def test_one_item_of_a_larger_function_does_not_make_its_neighbours_zero():
    figures = [figure("100", function="201"), figure("60", function="2010301")]
    assert (MISSING, None) == look(figures, function="2010302")


def test_economic_detail_of_one_fund_says_nothing_of_another_fund():
    figures = [
        figure("100", fund=GENERAL),
        figure("5", fund=GOVERNMENT, function="2120802", nature=PROJECT, economic="30201"),
    ]
    assert (MISSING, None) == look(figures, fund=GENERAL, economic="30201")


def test_economic_detail_of_projects_says_nothing_of_basic_expenditure():
    figures = [figure("100", nature=BASIC), figure("5", nature=PROJECT, economic="30201")]
    assert (MISSING, None) == look(figures, nature=BASIC, economic="30201")


def test_detail_of_one_function_says_nothing_of_another():
    figures = [figure("100", function="2010301"), figure("5", function="2080505", nature=BASIC)]
    assert (MISSING, None) == look(figures, function="2010301", nature=BASIC)


def test_a_partly_known_group_still_is_zero_where_everything_above_it_is_covered():
    figures = [figure("40"), figure("40", fund=GOVERNMENT)]
    assert (DERIVED, 0) == look(figures, fund=GENERAL)


# Precision


def value_of(figures, **dimensions):
    return RollUp(figures).find(Scope("支出", **dimensions))


def test_a_derived_sum_is_as_uncertain_as_its_parts_together():
    found = value_of(
        [wan("64.8", function="201"), wan("10.27", function="208"), wan("1.234", function="210")]
    )
    assert (Decimal("76.304"), Decimal("0.0105")) == (found.amount.value, found.amount.error)


def test_a_given_total_keeps_its_own_precision():
    found = value_of([wan("75.07"), wan("64.8", function="201"), wan("10.27", function="208")])
    assert (Decimal("75.07"), Decimal("0.005")) == (found.amount.value, found.amount.error)


def test_yuan_is_exact_beside_ten_thousands():
    found = value_of([figure("648000.01", function="201"), wan("10.27", function="208")])
    assert (Decimal("75.070001"), Decimal("0.005")) == (found.amount.value, found.amount.error)


def test_a_breakdown_that_adds_up_within_rounding_is_complete():
    figures = [
        wan("100"),
        wan("33.33", function="201"),
        wan("33.33", function="208"),
        wan("33.33", function="210"),
    ]
    assert (DERIVED, 0) == look(figures, function="221")


def test_a_breakdown_beyond_rounding_is_incomplete():
    """Three parts and a total in two decimals can differ by 0.02, not by 0.03."""
    figures = [
        wan("100"),
        wan("33.33", function="201"),
        wan("33.33", function="208"),
        wan("33.31", function="210"),
    ]
    assert (MISSING, None) == look(figures, function="221")


def test_an_exact_breakdown_that_lacks_one_fen_is_incomplete():
    figures = [figure("100"), figure("60", function="201"), figure("39.99", function="208")]
    assert (MISSING, None) == look(figures, function="221")


def test_details_that_tie_within_rounding_stand_in_for_their_total_in_the_sum_above():
    figures = [
        wan("100", function="20103"),
        wan("33.33", function="2010301"),
        wan("66.66", function="2010302"),
        wan("1", function="20105"),
    ]
    found = value_of(figures, function="201")
    assert Decimal("0.015") >= abs(found.amount.value - 101)
    assert found.amount.low <= Decimal(101) <= found.amount.high


# Bases


def accounts_value(accounts: Accounts, basis: str, **dimensions):
    value = accounts.on(basis).find(Scope("支出", **dimensions))
    return value.state, value.amount and value.amount.value.scaleb(4)


def test_the_bases_never_mix():
    accounts = Accounts(
        (figure("1"), figure("20", basis="年初预算"), figure("300", basis="上年决算"))
    )
    assert [(GIVEN, 1), (GIVEN, 20), (GIVEN, 300)] == [
        accounts_value(accounts, b) for b in (FINAL, BUDGET, LAST_YEAR)
    ]


def test_the_budget_is_the_adjusted_one_where_there_is_one():
    accounts = Accounts((figure("10", basis="年初预算"), figure("12", basis="全年预算")))
    assert (GIVEN, 12) == accounts_value(accounts, BUDGET)


def test_the_budget_is_the_initial_one_where_there_is_no_other():
    accounts = Accounts((figure("1"), figure("10", basis="年初预算")))
    assert (GIVEN, 10) == accounts_value(accounts, BUDGET)


def test_without_a_budget_it_is_missing():
    assert (MISSING, None) == accounts_value(Accounts((figure("1"),)), BUDGET)


def test_an_initial_budget_is_not_lost_because_another_line_was_adjusted():
    accounts = Accounts(
        (
            figure("60", basis="年初预算", function="201"),
            figure("40", basis="年初预算", function="208"),
            figure("65", basis="全年预算", function="201"),
        )
    )
    assert (GIVEN, 65) == accounts_value(accounts, BUDGET, function="201")
    assert (GIVEN, 40) == accounts_value(accounts, BUDGET, function="208")


def test_last_year_is_taken_from_its_own_folder_first():
    accounts = Accounts(
        (figure("1"), figure("10", basis="上年决算")),
        (figure("11"), figure("99", basis="全年预算"), figure("98", basis="上年决算")),
    )
    assert (GIVEN, 11) == accounts_value(accounts, LAST_YEAR)


def test_last_year_is_added_up_in_its_own_folder_too():
    accounts = Accounts(
        (figure("10", basis="上年决算"),),
        (figure("4", function="201"), figure("7", function="208")),
    )
    assert (DERIVED, 11) == accounts_value(accounts, LAST_YEAR)


def test_without_the_folder_last_year_is_what_this_years_rows_say():
    assert (GIVEN, 10) == accounts_value(Accounts((figure("10", basis="上年决算"),)), LAST_YEAR)


def test_what_last_years_folder_does_not_know_this_years_rows_may():
    accounts = Accounts((figure("10", basis="上年决算"),), (figure("7", "三公经费"),))
    assert (GIVEN, 10) == accounts_value(accounts, LAST_YEAR)


def test_both_statements_of_last_year_can_be_compared():
    accounts = Accounts((figure("10", basis="上年决算"),), (figure("11"),))
    assert [11, 10] == [
        p.find(Scope("支出")).amount.value.scaleb(4)
        for p in (accounts.before, accounts.stated_before)
    ]


def test_last_year_is_missing_where_nobody_says_it():
    assert (MISSING, None) == accounts_value(Accounts((figure("1"),)), LAST_YEAR)


# Properties

FUNCTIONS = ("2010301", "2010302", "2010501", "2080505", "2120802")
ECONOMICS = ("30101", "30103", "30201", "31002")
POSTING = st.tuples(
    st.sampled_from((GENERAL, GOVERNMENT, OTHER)),
    st.sampled_from(FUNCTIONS),
    st.sampled_from((BASIC, PROJECT)),
    st.sampled_from(ECONOMICS),
    st.integers(1, 10**9),
)
KEYS = ("fund", "function", "nature", "economic")
QUESTIONS = [
    dict(zip(KEYS, asked))
    for asked in product(
        ("", "财政拨款", GENERAL, STATE, OTHER),
        ("", "201", "20103", "2010301", "229"),
        ("", BASIC, "经营支出"),
        ("", "人员经费", "301", "30101"),
    )
]


def belongs(posting, asked: dict[str, str]) -> bool:
    fund, function, nature, economic, _ = posting
    return (
        (asked["fund"] in ("", fund) or asked["fund"] == "财政拨款" and fund != OTHER)
        and function.startswith(asked["function"])
        and asked["nature"] in ("", nature)
        and (
            economic.startswith(asked["economic"])
            or asked["economic"] == "人员经费"
            and economic[:3] in ("301", "303")
        )
    )


def fen(postings, asked) -> Decimal:
    return Decimal(sum(p[-1] for p in postings if belongs(p, asked)))


def details(postings) -> list[Figure]:
    sums: dict[tuple, int] = {}
    for *place, amount_in_fen in postings:
        sums[tuple(place)] = sums.get(tuple(place), 0) + amount_in_fen
    return [
        figure(str(Decimal(n).scaleb(-2)), **dict(zip(KEYS, place))) for place, n in sums.items()
    ]


def totals(postings, scopes) -> list[Figure]:
    return [figure(str(fen(postings, asked).scaleb(-2)), **asked) for asked in scopes]


def answers(figures) -> list:
    rollup = RollUp(figures)
    return [
        (v.amount and v.amount.value.scaleb(6), v.amount and v.amount.error)
        for v in (rollup.find(Scope("支出", **q)) for q in QUESTIONS)
    ]


WRITABLE = [
    q
    for q in QUESTIONS
    if q["fund"] != "财政拨款"
    and (q["economic"] != "人员经费" or q["nature"] == BASIC)
    and q["function"] != "2010301"
]


@settings(max_examples=20, deadline=None, derandomize=True)
@given(st.lists(POSTING, min_size=1, max_size=8))
def test_every_total_of_a_complete_breakdown_is_the_sum_by_another_route(postings):
    assert [(fen(postings, q), Decimal(0)) for q in QUESTIONS] == answers(details(postings))


@settings(max_examples=20, deadline=None, derandomize=True)
@given(
    st.lists(POSTING, min_size=1, max_size=8),
    st.lists(st.sampled_from(WRITABLE), unique_by=str, max_size=12),
)
@example(
    [(GENERAL, "2010301", BASIC, "30101", 100), (OTHER, "2010301", BASIC, "30101", 7)],
    [{"fund": "", "function": "", "nature": "", "economic": ""}],
)
def test_writing_or_dropping_true_totals_changes_no_value(postings, scopes):
    assert answers(details(postings)) == answers(details(postings) + totals(postings, scopes))


@settings(max_examples=20, deadline=None, derandomize=True)
@given(st.lists(POSTING, min_size=2, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_value(postings, chance):
    rows = details(postings)
    shuffled = rows[:]
    chance.shuffle(shuffled)
    assert answers(rows) == answers(shuffled)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.lists(POSTING, min_size=1, max_size=8), st.data())
def test_beside_a_true_total_no_missing_detail_is_called_zero(postings, data):
    """Some true rows are left out and the grand total is kept: sums may be too small, but a zero must be one."""
    rows = details(postings)
    kept = data.draw(st.lists(st.sampled_from(rows), unique=True))
    everything = dict.fromkeys(KEYS, "")
    rollup = RollUp(totals(postings, [everything]) + kept)
    assert fen(postings, everything) == rollup.find(Scope("支出")).amount.value.scaleb(6)
    for asked in QUESTIONS:
        found = rollup.find(Scope("支出", **asked)).amount
        assert found is None or found.value.scaleb(6) <= fen(postings, asked)
        if found is not None and found.is_zero:
            assert 0 == fen(postings, asked), asked


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.lists(POSTING, min_size=1, max_size=8), st.data())
def test_beside_a_true_total_what_is_known_over_all_funds_is_true(postings, data):
    rows = details(postings)
    kept = data.draw(st.lists(st.sampled_from(rows), unique=True))
    rollup = RollUp(totals(postings, [dict.fromkeys(KEYS, "")]) + kept)
    for asked in (q for q in QUESTIONS if not q["fund"]):
        found = rollup.find(Scope("支出", **asked)).amount
        assert found is None or found.value.scaleb(6) == fen(postings, asked), asked


MEMBERS = {
    "economic": ("", "301", "30101", "30102", "302", "30201", "303", "310", "31002", "人员经费"),
    "function": ("", "201", "20103", "2010301", "20805", "229"),
    "nature": ("", BASIC, PROJECT, "经营支出"),
    "fund": ("", "财政拨款", GENERAL, STATE, OTHER),
}


@settings(max_examples=20, deadline=None, derandomize=True)
@given(
    st.lists(POSTING, min_size=1, max_size=8),
    st.lists(st.sampled_from(WRITABLE), unique_by=str, max_size=6),
    st.data(),
)
def test_members_asked_together_are_what_each_is_alone(postings, scopes, data):
    """Some details are left out, some totals are given and are those of all details."""
    rows = data.draw(st.lists(st.sampled_from(details(postings)), unique=True))
    figures = totals(postings, scopes) + rows
    for dimension, members in MEMBERS.items():
        for asked in QUESTIONS[::11]:
            whole = Scope("支出", **{**asked, dimension: ""})
            together = RollUp(figures).find_members(whole, dimension, members)
            alone = RollUp(figures)
            assert together == {m: alone.find(whole.within(**{dimension: m})) for m in members}


# What a text happens to say


def said(written: str, item: str = "支出", **dimensions: str) -> Figure:
    return replace(wan(written, item, **dimensions), is_said=True)


@pytest.mark.parametrize("asked", [{}, {"fund": STATE}, {"fund": OTHER}])
def test_of_what_a_text_says_of_one_fund_nothing_follows_for_the_others(asked):
    assert (MISSING, None) == look([said("5", fund=GENERAL)], **asked)
    assert look([wan("5", fund=GENERAL)], **asked)[0] == DERIVED


def test_what_a_text_says_and_its_total_make_the_others_zero():
    figures = [said("5"), said("5", fund=GENERAL)]
    assert (DERIVED, 0) == look(figures, fund=STATE)


def test_what_a_text_says_of_every_member_is_added_up():
    figures = [said("5", fund="财政拨款"), said("2", fund=OTHER)]
    assert (DERIVED, 70_000) == look(figures)
