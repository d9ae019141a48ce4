"""Claims: numbers as they are printed, what stands where they disagree, and the fewest rows that rebuild them."""

from dataclasses import replace

import pytest

from helpers.basics.errors import DataError
from helpers.basics.model import Address, Scope
from helpers.disclosure.accounts import Accounts
from helpers.disclosure.tables import Tables
from helpers.edition import forms
from helpers.intake import claims, inverse, residual
from helpers.intake.claims import Claim
from helpers.published.grid import Printed
from helpers.published.printed import PrintedTable

SPENT = Scope("支出", function="208")


def table(number, cells, units=("万元",)):
    return PrintedTable(
        number=number,
        sheet=number,
        cells={key: Printed(text, 0, 0) for key, text in cells.items()},
        names={},
        order=(),
        repeated=(),
        words=(),
        strangers=(),
        units=units,
    )


def blank():
    return Tables(forms.load("sichuan-2022"), Accounts(()), 2023)


def claimed(*tables):
    return claims.of_tables(blank(), {one.number: one for one in tables}, "tables.xlsx")


def claim(written, scope=SPENT, place="", detail=0, unit="万元", inferred=""):
    return Claim(
        key=(scope, "决算"),
        written=written,
        unit=unit,
        place=place,
        detail=detail,
        inferred=inferred,
    )


def rows(*some):
    return {c.key[0]: c.written for c in inverse.rows_of(claims.settled(some)).rows}


@pytest.mark.parametrize(
    "text, unit, written",
    [
        ("1,014.50", "万元", "1014.50"),
        ("１，０１４．５０", "万元", "1014.50"),
        ("1014.5", "万元", "1014.50"),
        ("", "万元", "0.00"),
        ("—", "万元", "0.00"),
        ("138.92670000100", "万元", "138.9267"),
        ("-3.5", "万元", "-3.50"),
        ("(3.50)", "万元", "-3.50"),
        ("648000.01", "元", "648000.01"),
        ("648000.010000003", "元", "648000.01"),
        ("3", "辆", "3"),
        ("1'508.11", "万元", "1508.11"),
        ("￥12.3", "万元", "12.30"),
        ("12.3万元", "万元", "12.30"),
        ("12.3元", "万元", None),
        ("约5", "万元", None),
        ("5%", "万元", None),
        ("612,99", "万元", None),
        ("--", "万元", "0.00"),
        ("无", "万元", "0.00"),
    ],
)
def test_a_number_is_read_as_it_is_held(text, unit, written):
    assert written == claims.number(text, unit)


def test_a_cell_claims_the_money_that_its_form_says():
    (one,) = claimed(table("03", {("208", "本年支出合计"): "326.72"})).claims
    assert ((SPENT, "决算"), "326.72", "tables.xlsx:03[208, 本年支出合计]") == (
        one.key,
        one.written,
        one.place,
    )


def test_a_cell_that_says_missing_claims_nothing():
    assert () == claimed(table("03", {("208", "本年支出合计"): "缺"})).claims


def test_what_is_no_number_is_listed_with_its_place():
    read = claimed(table("03", {("208", "本年支出合计"): "约5"}))
    assert ((), ("tables.xlsx:03[208, 本年支出合计]：「约5」不是数",)) == (read.claims, read.unread)


def test_a_negative_expenditure_is_listed_and_not_written():
    read = claimed(table("03", {("208", "本年支出合计"): "-5"}))
    assert ((), ("tables.xlsx:03[208, 本年支出合计]：-5.00 为负",)) == (read.claims, read.unread)


@pytest.mark.parametrize(
    "of_03, of_06, units",
    [
        (("元",), ("万元",), ["元", "万元"]),
        (("元",), (), ["元", "元"]),
        ((), (), ["万元", "万元"]),
    ],
)
def test_a_table_that_says_no_unit_has_that_of_the_others(of_03, of_06, units):
    printed = {"03": table("03", {}, of_03), "06": table("06", {}, of_06)}
    assert units == [*claims.units_of(printed, "tables.xlsx").values()]


def test_a_table_without_unit_beside_others_of_two_is_refused():
    printed = {n: table(n, {}, u) for n, u in (("02", ("元",)), ("03", ("万元",)), ("06", ()))}
    with pytest.raises(DataError, match="tables.xlsx 06 表：没有写金额单位"):
        claims.units_of(printed, "tables.xlsx")


def test_amounts_beyond_a_department_without_any_unit_are_refused():
    printed = {"03": table("03", {("208", "本年支出合计"): "61588000.00"}, ())}
    with pytest.raises(DataError, match="没有写金额单位，按万元读有一格达 61588000 万元"):
        claims.units_of(printed, "tables.xlsx")


def test_a_unit_that_figures_do_not_have_is_refused():
    with pytest.raises(DataError, match="单位是千元"):
        claims.units_of({"03": table("03", {}, ("千元",))}, "tables.xlsx")


def test_amounts_in_yuan_and_in_ten_thousands_agree_to_what_both_print():
    some = (claim("3267158.00", unit="元"), claim("326.72"))
    one = claims.settled(some)[SPENT, "决算"]
    assert ("3267158.00", "元", ()) == (one.claim.written, one.claim.unit, one.others)


def test_a_budget_is_that_of_the_whole_year():
    (one,) = claimed(table("13", {("合计", "预算数/公务接待费"): "5"})).claims
    assert (Scope("三公经费", category="公务接待费"), "全年预算") == one.key


# What stands


def test_what_most_cells_say_stands_and_the_others_are_kept():
    some = (claim("326.71", place="01"), claim("326.72", place="03"), claim("326.72", place="06"))
    one = claims.settled(some)[SPENT, "决算"]
    assert ("326.72", ("03", "06"), ["01"]) == (
        one.claim.written,
        one.places,
        [other.place for other in one.others],
    )


def test_on_a_tie_the_more_detailed_table_stands():
    some = (claim("326.71", place="01", detail=1), claim("326.72", place="03", detail=3))
    assert "326.72" == claims.settled(some)[SPENT, "决算"].claim.written


def test_the_more_exact_of_two_that_agree_stands():
    one = claims.settled((claim("326.72"), claim("326.7158")))[SPENT, "决算"]
    assert ("326.7158", ()) == (one.claim.written, one.others)


def test_on_a_tie_an_amount_that_is_the_other_in_yuan_does_not_stand():
    key = (SPENT, "决算")
    table = claims.Claim(key=key, written="23149495.00", unit="万元", place="05", detail=2)
    text = claims.Claim(key=key, written="2314.95", unit="万元", place="narrative.txt:9")
    assert text == claims.settled([table, text])[key].claim


def test_a_statement_that_says_it_twice_has_one_voice():
    key = (SPENT, "决算")
    table = claims.Claim(key=key, written="105.00", unit="万元", place="08", detail=2)
    text = [
        claims.Claim(
            key=key, written="135.00", unit="万元", place=f"narrative.txt:{n}", statement="八"
        )
        for n in (227, 228)
    ]
    assert table == claims.settled([*text, table])[key].claim
    elsewhere = replace(text[0], place="narrative.txt:9", statement="四")
    assert "135.00" == claims.settled([*text, elsewhere, table])[key].claim.written


def test_what_is_inferred_never_outvotes_what_is_printed():
    some = (claim("5"), claim("6", inferred="甲"), claim("6", inferred="乙"))
    assert "5" == claims.settled(some)[SPENT, "决算"].claim.written


# The fewest rows


def spent(function, **more):
    return Scope("支出", function=function, **more)


def test_a_total_that_follows_is_not_written():
    assert {spent("20805"): "5.00", spent("20899"): "6.00"} == rows(
        claim("11.00", SPENT), claim("5.00", spent("20805")), claim("6.00", spent("20899"))
    )


def test_a_total_that_is_off_by_its_rounding_is_written():
    assert {SPENT: "11.01", spent("20805"): "5.00", spent("20899"): "6.00"} == rows(
        claim("11.01", SPENT), claim("5.00", spent("20805")), claim("6.00", spent("20899"))
    )


def test_a_zero_that_a_whole_breakdown_implies_is_not_written():
    assert {SPENT: "5.00"} == rows(claim("5.00", SPENT)) and {spent("20805"): "5.00"} == rows(
        claim("5.00", SPENT), claim("5.00", spent("20805")), claim("0.00", spent("20899"))
    )


def test_a_zero_that_would_be_missing_is_written():
    meals = Scope("三公经费", category="公务接待费")
    assert {meals: "0.00"} == rows(claim("0.00", meals))


def test_every_claim_is_rebuilt():
    some = (claim("11.00", SPENT), claim("5.00", spent("20805")), claim("7.00", spent("20899")))
    assert () == inverse.rows_of(claims.settled(some)).unbuilt


# What no table prints


def left(*some):
    return {c.key[0]: (c.written, c.residual) for c in residual.residuals(claims.settled(some))}


FUNDS = ("一般公共预算", "政府性基金预算", "国有资本经营预算")


def test_money_that_is_of_no_printed_fund_is_the_residual():
    funds = [claim(a, SPENT.within(fund=f)) for f, a in zip(FUNDS, ("6.00", "1.00", "0.00"))]
    assert {SPENT.within(fund="非财政拨款"): ("4.00", True)} == left(claim("11.00"), *funds)


def test_a_residual_within_rounding_is_none():
    funds = [claim(a, SPENT.within(fund=f)) for f, a in zip(FUNDS, ("10.99", "0.00", "0.00"))]
    assert {} == left(claim("11.00"), *funds)


def test_there_is_no_residual_where_a_fund_is_not_known():
    assert {} == left(claim("11.00"), claim("6.00", SPENT.within(fund=FUNDS[0])))


def test_a_part_is_always_deeper_than_its_whole():
    parts = (SPENT, spent("20805"), spent("2080505"), spent("2080505", fund=FUNDS[0]))
    depths = [claims.depth(scope) for scope in parts]
    assert depths == sorted(set(depths))


def test_an_address_that_the_form_does_not_have_is_listed():
    read = claimed(table("03", {("甲", "本年支出合计"): "5"}))
    assert read.claims == () and "样式里没有这一格" in read.unread[0]


def with_other_rows(text):
    """Return what a table of Shanghai claims that has rows of the ministry's form."""
    others = {(code, "决算数"): text for code in "307 30701 30702 312 31201 399 39907".split()}
    printed = table("06", {("301", "决算数"): "1.00"} | others)
    of_shanghai = Tables(forms.load("shanghai-2024"), Accounts(()), 2024)
    return claims.of_tables(of_shanghai, {"06": printed}, "tables.xlsx")


@pytest.mark.parametrize("text", ["", "—", "0.00"])
def test_rows_that_the_form_does_not_have_say_nothing_where_no_amount_is_in_them(text):
    read = with_other_rows(text)
    assert () == read.unread and ["1.00"] == [one.written for one in read.claims]


def test_many_amounts_in_rows_of_another_form_are_refused_and_not_as_no_numbers():
    with pytest.raises(DataError, match="这个版本的样式里有的行和栏"):
        with_other_rows("2.00")


def test_a_form_knows_what_its_cells_show():
    asked = blank().asked(Address("01", "收入总计", "决算数"))
    assert (Scope("总计", category="收入总计"), "决算") == asked
