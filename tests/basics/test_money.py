"""Exact amounts: rounding, printing, intervals and quotients."""

import doctest
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from helpers.basics import money, text
from helpers.basics.money import (
    NOTHING,
    Amount,
    amount,
    as_printed,
    is_number,
    printed,
    quotient,
    rounded,
    signed_total,
    tabular,
    told,
    total,
)
from helpers.edition import formula, slots

cents = st.integers(-(10**9), 10**9)
errors = st.sampled_from(
    [Decimal(0), Decimal("0.005"), Decimal("0.0005"), Decimal("0.05"), Decimal("1.5")]
)
amounts = st.builds(lambda n, e: Amount(Decimal(n).scaleb(-2), e), cents, errors)


@pytest.mark.parametrize("module", [money, text, formula, slots])
def test_the_examples_in_the_docstrings_hold(module):
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert 0 == result.failed


@pytest.mark.parametrize(
    "value, places, expected",
    [
        ("136.65", 1, "136.7"),
        ("136.649999", 1, "136.6"),
        ("2.5", 0, "3"),
        ("3.5", 0, "4"),
        ("-2.5", 0, "-3"),
        ("0.005", 2, "0.01"),
        ("0.0049999999", 2, "0.00"),
        ("-0.005", 2, "-0.01"),
        ("1.005", 2, "1.01"),
        ("99.95", 1, "100.0"),
        ("999999999999.995", 2, "1000000000000.00"),
    ],
)
def test_a_half_is_rounded_away_from_zero(value, places, expected):
    assert Decimal(expected) == rounded(Decimal(value), places)
    assert expected == str(rounded(Decimal(value), places))


@settings(derandomize=True, deadline=None)
@given(st.integers(-(10**12), 10**12), st.integers(0, 4))
def test_rounding_moves_a_value_by_half_a_unit_at_most(n, places):
    value = Decimal(n).scaleb(-6)
    assert abs(rounded(value, places) - value) <= Decimal("0.5").scaleb(-places)


@pytest.mark.parametrize(
    "value, expected",
    [
        ("79.10", "79.1"),
        ("100.0", "100"),
        ("1000", "1000"),
        ("0", "0"),
        ("0.004", "0"),
        ("-0.004", "0"),
        ("-0", "0"),
        ("0.005", "0.01"),
        ("-3.50", "-3.5"),
        ("1014.506", "1014.51"),
        ("1E+3", "1000"),
    ],
)
def test_a_sentence_prints_without_trailing_zeros_exponent_or_negative_zero(value, expected):
    assert expected == printed(Decimal(value))


@pytest.mark.parametrize(
    "value, places, expected",
    [("79.1", 2, "79.10"), ("100", 1, "100.0"), ("7", 0, "7"), ("-0.001", 2, "0.00")],
)
def test_a_sentence_keeps_trailing_zeros_where_the_style_says_so(value, places, expected):
    assert expected == printed(Decimal(value), places, trim=False)


def test_a_whole_number_keeps_its_own_zeros():
    assert "100" == printed(Decimal(100), 0)
    assert "20" == printed(Decimal("20.4"), 0)


@pytest.mark.parametrize(
    "value, expected",
    [
        ("1014.506", "1,014.51"),
        ("0", ""),
        ("0.004", ""),
        ("-0.004", ""),
        ("0.005", "0.01"),
        ("-1234.5", "-1,234.50"),
        ("1234567.8", "1,234,567.80"),
    ],
)
def test_a_table_prints_two_decimals_with_separators_and_zero_blank(value, expected):
    assert expected == tabular(Decimal(value))


@pytest.mark.parametrize(
    "expected, found, said",
    [
        ("508.2049", "508.0151", ("508.2", "508.02", "0.18")),
        ("3", "5", ("3", "5", "2")),
        ("-5", "3", ("-5", "3", "8")),
        ("64.8149", "64.82", ("64.81", "64.82", "0.01")),
        ("64.801", "64.804", ("64.801", "64.804", "0.003")),
        ("64.80001", "64.8", ("64.80001", "64.8", "0.00001")),
        ("64.8", "64.800001", ("64.8", "64.800001", "0.000001")),
        ("0.33333351", "0.333332", ("0.333334", "0.333332", "0.000002")),
        ("64.8", "64.8", ("64.8", "64.8", "0")),
        ("100.0000001", "100", ("100.0000001", "100", "0.0000001")),
    ],
)
def test_two_amounts_are_told_with_two_decimals_or_else_to_the_last_fen(expected, found, said):
    assert said == told(Decimal(expected), Decimal(found))


@pytest.mark.parametrize(
    "text, unit, value, error",
    [
        ("64.8", "万元", "64.8", "0.005"),
        ("64.80", "万元", "64.80", "0.005"),
        ("64", "万元", "64", "0.005"),
        ("64.805", "万元", "64.805", "0.0005"),
        ("0", "万元", "0", "0.005"),
        ("-1.2", "万元", "-1.2", "0.005"),
        ("648000", "元", "64.8", "0"),
        ("0.01", "元", "0.000001", "0"),
        ("3", "辆", "3", "0"),
        ("93.5", "分", "93.5", "0"),
    ],
)
def test_precision_follows_the_unit_and_the_written_decimals(text, unit, value, error):
    assert Amount(Decimal(value), Decimal(error)) == amount(text, unit)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "1,000.00",
        "1,2O0",
        "1O",
        "１２",
        "1e5",
        "nan",
        "inf",
        "NaN",
        "+5",
        "--5",
        ".5",
        "5.",
        "1.2.3",
        "0x10",
        "1_000",
        "٣",
        "1 000",
        "5\n",
        "9" * 19,
    ],
)
def test_what_is_not_a_plain_decimal_number_is_no_amount(text):
    assert not is_number(text)
    with pytest.raises(ValueError):
        amount(text, "元")


@pytest.mark.parametrize("text", ["0", "-0", "007.50", "999999999999999999.99999999", "-12.3"])
def test_a_plain_decimal_number_is_an_amount(text):
    assert is_number(text)


def test_a_sum_of_very_large_amounts_is_exact():
    large = amount("999999999999999999.99", "元")
    assert Decimal("199999999999999.999998") == total([large, large]).value


def test_nothing_is_rounded_however_many_digits_it_has():
    large = amount("999999999999999999.99999999", "万元")
    every = total([large] * 40_000)
    assert Decimal("39999999999999999999999.99960000") == every.value
    assert every.value == signed_total([(1, large)] * 40_000).value
    assert Decimal(0) == (every - every).value == (every + -every).value
    large = as_printed("123456789012345678901234567890.12", "元")
    assert Decimal("12345678901234567890123456.789012") == large.value


@settings(derandomize=True, deadline=None)
@given(st.lists(amounts, max_size=8))
def test_a_sum_adds_values_and_errors(parts):
    added = total(parts)
    assert sum((p.value for p in parts), Decimal(0)) == added.value
    assert sum((p.error for p in parts), Decimal(0)) == added.error


def test_the_sum_of_nothing_is_exactly_zero():
    assert NOTHING == total([])


@settings(derandomize=True, deadline=None)
@given(amounts, amounts)
def test_a_difference_is_as_uncertain_as_a_sum(a, b):
    assert (a + b).error == (a - b).error
    assert a.value == (a - b + b).value
    assert -(a - b).value == (b - a).value


@settings(derandomize=True, deadline=None)
@given(amounts, amounts)
def test_two_amounts_meet_exactly_when_their_intervals_share_a_number(a, b):
    assert (max(a.low, b.low) <= min(a.high, b.high)) == a.meets(b) == b.meets(a)


@pytest.mark.parametrize(
    "a, b, expected",
    [
        ("64.80", "64.81", True),
        ("64.80", "64.82", False),
        ("100", "100.01", True),
        ("0", "0.01", True),
        ("0", "0.02", False),
    ],
)
def test_published_figures_meet_up_to_one_unit_of_the_last_digit(a, b, expected):
    assert expected == amount(a, "万元").meets(amount(b, "万元"))


def test_exact_amounts_meet_only_when_equal():
    assert amount("10000", "元").meets(amount("10000.00", "元"))
    assert not amount("10000", "元").meets(amount("10000.01", "元"))


def inside(interval: Amount, share: Fraction) -> Fraction:
    return Fraction(interval.low) + share * (Fraction(interval.high) - Fraction(interval.low))


shares = st.fractions(0, 1, max_denominator=50)


@settings(derandomize=True, deadline=None)
@given(amounts, amounts, shares, shares)
def test_the_quotient_interval_contains_every_quotient(part, whole, at_part, at_whole):
    """Decimal division keeps 28 digits: the comparison with exact fractions allows for the last of them."""
    assume(not whole.low <= 0 <= whole.high)
    result = quotient(part, whole)
    exact = inside(part, at_part) / inside(whole, at_whole)
    slack = Fraction(1, 10**24) * (1 + abs(exact))
    assert Fraction(result.low) - slack <= exact <= Fraction(result.high) + slack


@settings(derandomize=True, deadline=None)
@given(amounts, amounts)
def test_the_quotient_of_the_values_is_its_middle(part, whole):
    assume(not whole.low <= 0 <= whole.high)
    assert part.value / whole.value == quotient(part, whole).value


@pytest.mark.parametrize("part", ["0", "5"])
def test_nothing_is_divided_by_zero(part):
    assert quotient(amount(part, "万元"), amount("0", "万元")) is None
    assert quotient(amount(part, "元"), amount("0", "元")) is None


def test_a_quotient_over_a_whole_that_may_be_zero_contradicts_nothing():
    wide = quotient(amount("0.04", "万元"), Amount(Decimal("0.004"), Decimal("0.005")))
    assert wide is None or wide.meets(Amount(Decimal(1000)))
