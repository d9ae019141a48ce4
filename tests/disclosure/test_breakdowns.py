"""Whole and partial breakdowns: what follows from what is listed, what is zero, and what is missing."""

from __future__ import annotations

import pytest
from lines import BASIC, GENERAL, GOVERNMENT, OTHER, PROJECT, STATE, figure, wan

from helpers.basics.model import DERIVED, GIVEN, MISSING, Figure, Scope
from helpers.disclosure.rollup import RollUp

FISCAL = "财政拨款"
UNKNOWN = (MISSING, None)


def look(figures, item: str = "支出", **dimensions: str):
    """Return state and amount of a scope; the amount in 万元."""
    value = RollUp(figures).find(Scope(item, **dimensions))
    return value.state, value.amount and value.amount.value


def listed(table: str, written: str, item: str = "支出", **dimensions: str) -> Figure:
    """Return a figure that was copied from a published table."""
    plain = wan(written, item, **dimensions)
    return Figure(
        scope=plain.scope,
        basis=plain.basis,
        amount=plain.amount,
        unit=plain.unit,
        written=written,
        source=plain.source,
        listing=f"tables.xlsx:{table}",
    )


# One fund of several

ONE_FUND = [wan("60", fund=GENERAL, function="201"), wan("40", fund=GENERAL, function="208")]


def test_a_class_over_all_funds_does_not_follow_from_the_rows_of_one_fund():
    figures = [wan("150"), *ONE_FUND]
    assert UNKNOWN == look(figures, function="201")
    assert (GIVEN, 60) == look(figures, fund=GENERAL, function="201")
    assert (DERIVED, 100) == look(figures, fund=GENERAL)


def test_a_class_over_all_funds_does_not_follow_where_another_fund_is_given_without_classes():
    figures = [*ONE_FUND, wan("30", fund=GOVERNMENT)]
    assert (DERIVED, 130) == look(figures)
    assert UNKNOWN == look(figures, function="201")
    assert UNKNOWN == look(figures, fund=FISCAL, function="201")


def test_a_class_over_all_funds_follows_where_every_fund_has_its_classes():
    figures = [*ONE_FUND, wan("30", fund=GOVERNMENT, function="212")]
    assert (DERIVED, 60) == look(figures, function="201")
    assert (DERIVED, 30) == look(figures, function="212")


@pytest.mark.parametrize(
    "total, others",
    [("100", []), ("150", [wan("50", fund=OTHER, function="229")])],
    ids=["they reach the total", "the other fund has its classes"],
)
def test_a_class_over_all_funds_follows_where_the_total_leaves_nothing_else(total, others):
    assert (DERIVED, 60) == look([wan(total), *ONE_FUND, *others], function="201")


def test_a_class_over_all_funds_follows_where_nobody_gives_a_total():
    assert (DERIVED, 60) == look(ONE_FUND, function="201")
    assert (DERIVED, 100) == look(ONE_FUND)


def test_a_class_over_the_fiscal_funds_follows_where_the_others_are_zero():
    others = [wan("0", fund=GOVERNMENT), wan("0", fund=STATE)]
    figures = [wan("150"), *ONE_FUND, *others]
    assert (DERIVED, 60) == look(figures, fund=FISCAL, function="201")
    assert UNKNOWN == look(figures, function="201")


def test_what_is_left_of_a_total_is_not_booked_on_the_fund_without_rows():
    figures = [wan("150"), *ONE_FUND]
    assert [UNKNOWN] * 3 == [look(figures, fund=f) for f in (GOVERNMENT, STATE, OTHER)]


def test_one_nature_of_a_function_is_not_all_of_it_where_the_total_is_not_reached():
    figures = [
        wan("100", fund=GENERAL),
        wan("60", fund=GENERAL, function="201", nature=BASIC),
        wan("30", fund=GENERAL, function="208", nature=BASIC),
    ]
    assert UNKNOWN == look(figures, fund=GENERAL, function="201")
    assert UNKNOWN == look(figures, fund=GENERAL, function="201", nature=PROJECT)
    assert (DERIVED, 90) == look(figures, fund=GENERAL, nature=BASIC)


# Money of which a part may be meant

OF_ONE = wan("100", fund=GENERAL, function="2010301", nature=BASIC)
UNSPLIT = wan("30", fund=GENERAL, function="2010302")


@pytest.mark.parametrize("total", [[], [wan("130", fund=GENERAL)]], ids=["no total", "a total"])
def test_a_nature_does_not_follow_where_a_function_is_given_without_its_natures(total):
    figures = [OF_ONE, UNSPLIT, *total]
    assert [UNKNOWN] * 2 == [look(figures, fund=GENERAL, nature=n) for n in (BASIC, PROJECT)]
    assert UNKNOWN == look(figures, fund=GENERAL, function="201", nature=BASIC)
    assert (DERIVED, 130) == look([OF_ONE, UNSPLIT], fund=GENERAL)


def test_a_nature_follows_where_the_other_function_is_of_another_nature_or_fund():
    of_projects = wan("30", fund=GENERAL, function="2010302", nature=PROJECT)
    of_another = wan("30", fund=GOVERNMENT, function="2120802")
    assert (DERIVED, 100) == look([OF_ONE, of_projects], fund=GENERAL, nature=BASIC)
    assert (DERIVED, 100) == look([OF_ONE, of_another], fund=GENERAL, nature=BASIC)
    assert UNKNOWN == look([OF_ONE, of_another], nature=BASIC)


def test_staff_costs_do_not_follow_where_a_function_is_given_without_economic_classes():
    one = wan("100", fund=GENERAL, function="2010301", nature=BASIC, economic="30101")
    other = wan("30", fund=GENERAL, function="2010350", nature=BASIC)
    staff = {"fund": GENERAL, "nature": BASIC, "economic": "人员经费"}
    assert (DERIVED, 100) == look([one], **staff)
    assert UNKNOWN == look([one, other], **staff)
    assert UNKNOWN == look([one, other, wan("130", fund=GENERAL, nature=BASIC)], **staff)


# Codes with gaps


def test_a_level_between_does_not_follow_from_items_that_do_not_reach_their_class():
    figures = [wan("100", function="201"), wan("60", function="2010301")]
    assert UNKNOWN == look(figures, function="20103")
    assert UNKNOWN == look(figures, function="2010302")
    assert UNKNOWN == look(figures, function="20105")


def test_a_level_between_follows_from_items_that_reach_their_class():
    figures = [
        wan("100", function="201"),
        wan("60", function="2010301"),
        wan("40", function="2010501"),
    ]
    assert (DERIVED, 60) == look(figures, function="20103")
    assert (DERIVED, 0) == look(figures, function="2010302")


def test_a_gap_in_one_class_leaves_the_others_whole():
    figures = [
        wan("140"),
        wan("100", function="201"),
        wan("60", function="2010301"),
        wan("40", function="208"),
        wan("40", function="2080505"),
    ]
    assert UNKNOWN == look(figures, function="20103")
    assert (DERIVED, 40) == look(figures, function="20805")
    assert (DERIVED, 0) == look(figures, function="210")


def test_items_follow_up_to_their_class_where_nobody_gives_one():
    figures = [wan("60", function="2010301"), wan("40", function="2080505")]
    assert [(DERIVED, 60)] * 2 == [look(figures, function=code) for code in ("20103", "201")]


def test_a_class_does_not_follow_from_items_of_a_fund_whose_total_they_do_not_reach():
    figures = [wan("100", fund=GENERAL), wan("60", fund=GENERAL, function="2010301")]
    assert UNKNOWN == look(figures, fund=GENERAL, function="201")


def test_an_economic_group_does_not_follow_from_classes_that_do_not_reach_the_total():
    basic = {"fund": GENERAL, "nature": BASIC}
    figures = [wan("100", **basic), wan("60", economic="30101", **basic)]
    assert UNKNOWN == look(figures, economic="人员经费", **basic)
    assert UNKNOWN == look(figures, economic="301", **basic)


def test_items_above_their_class_derive_nothing_either():
    figures = [wan("50", function="201"), wan("60", function="2010301")]
    assert UNKNOWN == look(figures, function="20103")
    assert (GIVEN, 50) == look(figures, function="201")


# Two views of the same money


def test_functions_and_economic_classes_are_two_views_that_are_never_added():
    views = [
        wan("60", fund=GENERAL, function="201"),
        wan("40", fund=GENERAL, function="208"),
        wan("70", fund=GENERAL, economic="301"),
        wan("30", fund=GENERAL, economic="302"),
    ]
    assert (DERIVED, 100) == look(views, fund=GENERAL)
    assert (DERIVED, 100) == look(views)


def test_a_view_that_is_whole_says_nothing_of_one_that_is_not():
    figures = [
        wan("100", fund=GENERAL),
        wan("60", fund=GENERAL, function="201"),
        wan("40", fund=GENERAL, function="208"),
        wan("70", fund=GENERAL, economic="301"),
    ]
    assert (DERIVED, 0) == look(figures, fund=GENERAL, function="210")
    assert UNKNOWN == look(figures, fund=GENERAL, economic="302")
    assert UNKNOWN == look(figures, fund=GENERAL, function="201", economic="301")


# Closed lists


def test_where_every_member_of_a_closed_list_is_given_the_total_follows():
    figures = [wan("0", fund=GOVERNMENT), wan("0", fund=STATE), wan("7", fund=GENERAL)]
    assert (DERIVED, 7) == look([wan("20"), *figures], fund=FISCAL)


def test_where_a_member_of_a_closed_list_lacks_its_sum_is_missing():
    figures = [wan("20"), wan("7", fund=GENERAL), wan("0", fund=GOVERNMENT)]
    assert UNKNOWN == look(figures, fund=FISCAL)


def test_the_cars_do_not_follow_from_their_purchase_alone():
    figures = [wan("10", "三公经费"), wan("4", "三公经费", category="公务用车购置费")]
    assert UNKNOWN == look(figures, "三公经费", category="公务用车购置及运行维护费")


def test_the_cars_follow_from_a_purchase_of_zero_and_their_running_costs():
    figures = [
        wan("10", "三公经费"),
        wan("0", "三公经费", category="公务用车购置费"),
        wan("4", "三公经费", category="公务用车运行维护费"),
    ]
    assert (DERIVED, 4) == look(figures, "三公经费", category="公务用车购置及运行维护费")
    assert UNKNOWN == look(figures, "三公经费", category="公务接待费")


def test_the_fiscal_income_does_not_follow_from_one_of_its_three_categories():
    figures = [wan("150", "收入"), wan("100", "收入", category=f"{GENERAL}财政拨款收入")]
    assert UNKNOWN == look(figures, "收入", category="财政拨款收入")
    whole = [wan("100", "收入"), figures[1]]
    assert (DERIVED, 100) == look(whole, "收入", category="财政拨款收入")
    assert (DERIVED, 0) == look(whole, "收入", category="事业收入")


# Listings


def test_the_rows_of_one_table_are_whole_whatever_they_add_up_to():
    figures = [
        wan("100", fund=GENERAL),
        listed("06", "60", fund=GENERAL, function="201"),
        listed("06", "30", fund=GENERAL, function="208"),
    ]
    assert (DERIVED, 0) == look(figures, fund=GENERAL, function="210")


def test_rows_of_two_tables_are_no_listing():
    figures = [
        wan("100", fund=GENERAL),
        listed("06", "60", fund=GENERAL, function="201"),
        listed("07", "30", fund=GENERAL, function="208"),
    ]
    assert UNKNOWN == look(figures, fund=GENERAL, function="210")


def test_a_listing_of_one_fund_does_not_list_all_funds():
    figures = [
        wan("100"),
        listed("06", "60", fund=GENERAL, function="201"),
        listed("06", "30", fund=GENERAL, function="208"),
    ]
    assert UNKNOWN == look(figures, function="201")
    assert UNKNOWN == look(figures, fund=OTHER)


def test_a_listing_of_the_fiscal_funds_does_not_make_the_fund_that_no_table_prints_zero():
    figures = [
        wan("100"),
        listed("04", "60", fund=GENERAL, function="201"),
        listed("04", "30", fund=GOVERNMENT, function="212"),
    ]
    assert UNKNOWN == look(figures, fund=OTHER)
    assert (DERIVED, 60) == look(figures, fund=FISCAL, function="201")


# Zero, negative, precision


def test_a_total_of_zero_needs_no_details():
    figures = [wan("0", fund=STATE)]
    assert (DERIVED, 0) == look(figures, fund=STATE, function="223", nature=BASIC)


def test_zeros_alone_do_not_make_a_total():
    figures = [wan("100"), wan("0", nature="经营支出"), wan("0", nature="上缴上级支出")]
    assert UNKNOWN == look(figures, nature=BASIC)
    assert (GIVEN, 0) == look(figures, nature="经营支出")


def test_a_negative_member_completes_a_breakdown():
    closing = {"item": "结转结余", "category": "年末结转和结余"}
    figures = [wan("30", **closing), wan("50", fund=GENERAL, **closing)]
    assert UNKNOWN == look(figures, fund=OTHER, **closing)
    whole = [*figures, wan("-20", fund=OTHER, **closing)]
    assert (DERIVED, 0) == look(whole, fund=STATE, **closing)


def test_a_breakdown_in_yuan_reaches_a_total_in_ten_thousands_within_half_its_last_digit():
    details = [figure("600049", function="201"), figure("400000", function="208")]
    assert (DERIVED, 0) == look([wan("100"), *details], function="210")
    beyond = [figure("600051", function="201"), figure("400000", function="208")]
    assert UNKNOWN == look([wan("100"), *beyond], function="210")


def test_a_total_in_yuan_is_reached_exactly_or_not_at_all():
    details = [figure("600049", function="201"), figure("400000", function="208")]
    assert UNKNOWN == look([figure("1000000"), *details], function="210")


def test_totals_that_a_disclosure_rounds_on_its_own_are_kept_as_given():
    figures = [
        wan("100.01", fund=FISCAL),
        wan("60", fund=GENERAL),
        wan("40", fund=GOVERNMENT),
        wan("0", fund=STATE),
    ]
    assert (GIVEN, figures[0].amount.value) == look(figures, fund=FISCAL)
    assert (DERIVED, 0) == look(figures, fund=STATE, function="223")
