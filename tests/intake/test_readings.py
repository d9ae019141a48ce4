"""Readings of a narrative: amounts, and what follows from changes and completions."""

import pytest

from helpers.basics.model import Address, Scope
from helpers.disclosure.accounts import Accounts
from helpers.disclosure.tables import Tables
from helpers.edition import forms
from helpers.intake import importing
from helpers.intake.claims import Claim, settled
from helpers.intake.readings import Reading, of_readings

MEALS = Scope("三公经费", category="公务接待费")
CELL = Address("13", "合计", "决算数/公务接待费")


def reading(
    written, kind="amount", basis="决算", address=CELL, unit="万元", place="narrative.txt:9"
):
    return Reading(address=address, basis=basis, kind=kind, written=written, unit=unit, place=place)


def blank():
    return Tables(forms.load("sichuan-2022"), Accounts(()), 2023)


def told(*readings):
    return {
        claim.key: (claim.written, bool(claim.inferred))
        for claim in of_readings(blank(), readings, {}).claims
    }


def test_an_amount_is_a_claim_with_its_place():
    (claim,) = of_readings(blank(), [reading("5.2")], {}).claims
    assert ((MEALS, "决算"), "5.2", "narrative.txt:9", "") == (
        claim.key,
        claim.written,
        claim.place,
        claim.inferred,
    )


@pytest.mark.parametrize("change, before", [("1.2", "4.00"), ("-1.2", "6.40"), ("0", "5.20")])
def test_last_year_follows_from_the_change_and_its_direction(change, before):
    found = told(reading("5.2"), reading(change, "difference", "上年决算"))
    assert (before, True) == found[MEALS, "上年决算"]


@pytest.mark.parametrize(
    ("change", "before"), [("1.21", "3.10"), ("1.2062", "3.1060"), ("1.206153", "3.106000")]
)
def test_last_year_is_no_more_exact_than_the_change(change, before):
    """A rate beside it that was made from the very amounts would else be told as wrong."""
    found = told(reading("4.312153"), reading(change, "difference", "上年决算"))
    assert (before, True) == found[MEALS, "上年决算"]


@pytest.mark.parametrize(("times", "before"), [(1, "5.70"), (2, "5.15")])
def test_last_year_follows_from_the_amount_that_stands_and_not_from_one_that_is_outvoted(
    times, before
):
    table = Claim(key=(MEALS, "决算"), written="5.75", unit="万元", place="13", detail=1)
    change = reading("0.05", "difference", "上年决算")
    found = of_readings(blank(), [*[reading("5.2")] * times, change], settled([table])).claims
    assert [before] == [claim.written for claim in found if claim.inferred]


@pytest.mark.parametrize(
    ("change", "rate", "before"),
    [
        ("1.2", "30", "4.00"),
        ("-1.2", "-30", "4.00"),
        ("-1.2", "-18.75", "6.40"),
        ("1.2", "-30", "4.00"),
        ("1.2", "44", "4.00"),
        ("0.3", "6.1", "4.90"),
        ("0.29", "5", "4.91"),
    ],
)
def test_a_change_that_goes_the_other_way_than_it_says_is_known_by_its_rate(change, rate, before):
    found = told(
        reading("5.2"),
        reading(change, "difference", "上年决算"),
        reading(rate, "rate", "上年决算"),
    )
    assert (before, True) == found[MEALS, "上年决算"]


def test_a_rate_tells_only_what_no_difference_tells():
    rate, change = (
        reading("30", "rate", "上年决算"),
        reading("1.2", "difference", "上年决算"),
    )
    assert ("4.00", True) == told(reading("5.2"), rate)[MEALS, "上年决算"]
    assert ("4.00", True) == told(reading("5.2"), rate, change)[MEALS, "上年决算"]


def test_last_year_printed_stands_before_what_follows_from_a_rate():
    found = told(
        reading("5.2"), reading("4.01", basis="上年决算"), reading("30", "rate", "上年决算")
    )
    assert ("4.01", False) == found[MEALS, "上年决算"]


def test_a_budget_from_a_completion_is_inferred():
    found = told(reading("5.2"), reading("65", "completion", "年初预算"))
    assert ("8.00", True) == found[MEALS, "年初预算"]


@pytest.mark.parametrize("kind", ["difference", "rate", "completion"])
def test_nothing_follows_without_this_years_amount(kind):
    assert {} == told(reading("65", kind, "上年决算"))


def test_nothing_follows_from_a_percentage_of_nothing():
    assert {(MEALS, "决算"): ("0", False)} == told(
        reading("0"), reading("100", "completion", "年初预算")
    )


def test_a_share_adds_nothing():
    assert {} == told(reading("30", "share"))


def test_a_count_has_the_unit_of_its_text():
    cars = Address("数量", "公务用车保有量", "决算数")
    (claim,) = of_readings(blank(), [reading("3", "count", address=cars, unit="辆")], {}).claims
    assert (Scope("数量", category="公务用车保有量"), "3", "辆") == (
        claim.key[0],
        claim.written,
        claim.unit,
    )


@pytest.mark.parametrize(
    "category, told, written",
    [
        ("公务用车保有量", "人", "辆"),
        ("因公出国（境）团组数", "次", "次"),
        ("绩效项目数", "次", "个"),
    ],
)
def test_a_count_in_a_unit_that_is_not_its_own_is_written_in_its_own(category, told, written):
    cell = Address("数量", category, "决算数")
    (claim,) = of_readings(blank(), [reading("3", "count", address=cell, unit=told)], {}).claims
    assert ("3", written) == (claim.written, claim.unit)


def test_a_reading_of_a_cell_that_no_form_has_is_listed():
    read = of_readings(blank(), [reading("5", address=Address("99", "甲", "乙"))], {})
    assert ((), ("narrative.txt:9：99[甲, 乙] 不是一个能记的数",)) == (read.claims, read.unread)


def test_what_is_inferred_says_so_in_the_note_of_its_row():
    _, standing = importing.understood(
        blank(), {}, [reading("5.2"), reading("65", "completion", "年初预算")]
    )
    text = importing.figures_csv((one.claim for one in standing.values()), standing)
    assert "推定：由决算数 5.2 和完成 65% 推出" in text
