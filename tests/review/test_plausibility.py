"""Codes whose money nothing answers and amounts of a wrong size: found by line, silent if well."""

from __future__ import annotations

import pytest

from helpers.basics.model import Finding, Profile
from helpers.disclosure import figures
from helpers.disclosure.accounts import Accounts
from helpers.disclosure.figures import REQUIRED
from helpers.disclosure.tables import Tables
from helpers.edition import forms
from helpers.review import checks

EDITION, CODES, SIZES = "sichuan-2022", "N21", "N22"
GENERAL = "一般公共预算"
IN = "一般公共预算财政拨款收入"


def found(tmp_path, number: str, rows: list[str], before: list[str] = ()) -> list[Finding]:
    """Return what one rule says of the rows of figures.csv, and of the year before."""
    loaded = []
    for year, some in ((2023, rows), (2022, before)):
        file = tmp_path / f"{year}.csv"
        file.write_text("\n".join((",".join(REQUIRED), *some, "")), encoding="utf-8")
        loaded.append(figures.load(file, f"x/{year}/figures.csv") if some else ())
    tables = Tables(forms.load(EDITION), Accounts(*loaded), 2023)
    said = checks.find(tables, Profile("某局", "某局", 2023, EDITION))
    return [finding for finding in said if finding.rule == number]


def places(some: list[Finding]) -> list[str]:
    return [finding.place for finding in some]


def income(code: str, amount, category: str = IN, unit: str = "万元") -> str:
    return f"收入,{category},,{code},,,,,{amount},{unit}"


def spent(code: str, amount, fund: str = GENERAL, basis: str = "", unit: str = "万元") -> str:
    return f"支出,,{fund},{code},,,,{basis},{amount},{unit}"


def carried(when: str, code: str, amount, fund: str = GENERAL) -> str:
    return f"结转结余,{when}结转和结余,{fund},{code},,,,,{amount},万元"


ZERO = [
    carried("年初", "", 0, ""),
    carried("年末", "", 0, ""),
    "结转结余,使用非财政拨款结余,,,,,,,0,万元",
    "结转结余,结余分配,,,,,,,0,万元",
]
WELL = [
    *ZERO,
    income("2010601", 468.9),
    income("2010604", 12.5),
    spent("2010601", 468.9),
    spent("2010604", 12.5),
    spent("2010601", 470, basis="全年预算"),
    spent("2010604", 12.5, basis="全年预算"),
]


def changed(rows: list[str], old: str, *new: str) -> list[str]:
    assert rows.count(old) == 1
    at = rows.index(old)
    return [*rows[:at], *new, *rows[at + 1 :]]


# A code whose money nothing answers


def test_a_row_moved_to_another_code_is_found_at_both_ends(tmp_path):
    moved = found(tmp_path, CODES, changed(WELL, spent("2010604", 12.5), spent("2010605", 12.5)))
    assert ["figures.csv:9", "figures.csv:7"] == places(moved)
    assert {"warning"} == {finding.severity for finding in moved}
    assert (
        "功能科目 2010605「财政国库业务」（一般公共预算）有支出 12.5 万元（第 9 行），没有收入、年初结转和结余、全年预算，请核对科目编码。"
        "功能科目 2010604「预算改革业务」（一般公共预算）有收入 12.5 万元（第 7 行）、全年预算 12.5 万元（第 11 行），"
        "却没有支出，也没有结转到年末：这两个科目可能写混了。"
    ) == moved[0].message
    assert "没有支出，也没有结转到年末" in moved[1].message and "2010605" in moved[1].message


@pytest.mark.parametrize(
    "gone, place, lacking",
    [
        (income("2010604", 12.5), None, ""),  # the budget stands behind it
        (spent("2010604", 12.5), "figures.csv:7", "支出，也没有结转到年末"),
        (spent("2010604", 12.5, basis="全年预算"), None, ""),  # the income stands behind it
    ],
)
def test_what_is_left_out_is_found_where_nothing_stands_for_it(tmp_path, gone, place, lacking):
    some = found(tmp_path, CODES, changed(WELL, gone))
    assert ([place] if place else []) == places(some)
    assert all(f"没有{lacking}，" in finding.message for finding in some)


def test_income_and_budget_gone_together_are_found(tmp_path):
    gone = income("2010604", 12.5), spent("2010604", 12.5, basis="全年预算")
    rows = [r for r in WELL if r not in gone]
    assert ["figures.csv:8"] == places(found(tmp_path, CODES, rows))


def test_a_budget_alone_without_expenditure_is_found(tmp_path):
    some = found(tmp_path, CODES, [*WELL, spent("2010607", 30, basis="全年预算")])
    assert ["figures.csv:12"] == places(some)
    assert (
        "全年预算 30 万元（第 12 行），没有支出，请核对科目编码；没有执行的请说明。"
        in some[0].message
    )


def test_money_under_another_fund_is_told_as_the_fund(tmp_path):
    rows = [
        *WELL,
        income("2120802", 80, "政府性基金预算财政拨款收入"),
        spent("2120802", 80),
        spent("2120803", 5, "政府性基金预算"),
        income("2120803", 5, "政府性基金预算财政拨款收入"),
    ]
    some = found(tmp_path, CODES, rows)
    assert ["figures.csv:13", "figures.csv:12"] == places(some)
    assert all("资金可能写错了" in finding.message for finding in some)


def test_where_no_fund_is_said_all_money_of_a_code_is_compared(tmp_path):
    rows = [
        *ZERO,
        income("2010601", 5),
        income("2010604", 7),
        spent("2010601", 5, ""),
        spent("2010605", 7, ""),
    ]
    some = found(tmp_path, CODES, rows)
    assert ["figures.csv:9", "figures.csv:7"] == places(some)
    assert "（一般公共预算）" not in some[0].message
    well = changed(rows, spent("2010605", 7, ""), spent("2010604", 7, ""))
    assert [] == found(tmp_path, CODES, well)


def test_a_budget_that_speaks_alone_accuses_only_when_it_is_of_the_whole_year(tmp_path):
    for basis, expected in (("全年预算", ["figures.csv:7"]), ("年初预算", [])):
        rows = [*ZERO, spent("2010601", 5), spent("2010605", 7), spent("2010601", 5, basis=basis)]
        assert expected == places(found(tmp_path, CODES, rows))


def test_a_carry_over_smaller_than_the_expenditure_does_not_stand_behind_it(tmp_path):
    rows = changed(WELL, spent("2010604", 12.5), spent("2010605", 12.5))
    for opening, expected in ((12, 2), (13, 1)):
        some = changed(rows, carried("年初", "", 0, ""), carried("年初", "", opening, ""))
        assert expected == len(found(tmp_path, CODES, some))


@pytest.mark.parametrize(
    "rows",
    [
        WELL,
        [r for r in WELL if not r.startswith("收入")],
        [r for r in WELL if "全年预算" not in r],
        [*ZERO, "收入,,,,,,,,480,万元", spent("2010601", 480)],
        [*ZERO, income("201", 481.4), spent("2010601", 468.9), spent("2010605", 12.5)],
        [*ZERO, income("20106", 481.4), spent("2010601", 468.9), spent("2010605", 12.5)],
        [*ZERO, income("2010601", 468.9), income("2010605", 12.5), spent("201", 481.4)],
        [*ZERO, income("2010601", 468.9), income("2010605", 12.5), spent("20106", 481.4)],
        [
            *ZERO,
            income("201", 481.4),
            income("2010601", 468.9),
            spent("2010601", 468.9),
            spent("2010605", 12.5),
        ],
        [*WELL, spent("2010605", 0), income("2010607", 0), spent("2010608", 0, basis="全年预算")],
        [
            *changed(
                WELL,
                spent("2010604", 12.5, basis="全年预算"),
                spent("2010604", 0, basis="全年预算"),
            )
        ],
        [*WELL, spent("2010605", 3), carried("年初", "2010605", 3)],
        [*WELL, income("2010607", 6), carried("年末", "2010607", 6)],
        [*WELL[4:], spent("2010605", 3), carried("年初", "", 3, "")],
        [*WELL, spent("2010607", 30, basis="年初预算")],
        [*WELL, income("2010605", 9, "事业收入"), spent("2010605", 9, "非财政拨款")],
        [*WELL[4:], "收入,事业收入,,,,,,,9,万元", spent("2010605", 9, "非财政拨款")],
        [
            *WELL[4:],
            income("2010605", 9, "事业收入"),
            spent("2010605", 9, "非财政拨款"),
            spent("2010606", 2, "非财政拨款"),
            "结转结余,使用非财政拨款结余,,,,,,,2,万元",
        ],
        [*WELL, "收入,,,2010605,,,,,4,万元", spent("2010605", 4)],
    ],
    ids=(
        "all is well",
        "no income by code",
        "no budget",
        "no code on one side",
        "income by 类",
        "income by 款",
        "expenditure by 类",
        "expenditure by 款",
        "income by 类 of which a part by 项",
        "zero amounts",
        "income without a budget",
        "paid from last year",
        "left for next year",
        "last year's money without codes",
        "planned at first and no more",
        "other money",
        "other money without codes",
        "own savings without codes",
        "income without a source",
    ),
)
def test_what_is_well_or_not_said_is_not_accused(tmp_path, rows):
    assert [] == found(tmp_path, CODES, rows)


# Amounts of a wrong size


@pytest.mark.parametrize(
    "amount, unit, said",
    [
        ("468.9", "元", "可能把万元数填成了元"),
        ("4689000", "万元", "可能把元数填成了万元"),
        ("46.89", "万元", "小数点可能点错了位置"),
        ("4689", "万元", "小数点可能点错了位置"),
    ],
)
def test_an_amount_of_a_wrong_size_beside_its_budget_is_found(tmp_path, amount, unit, said):
    rows = [
        "三公经费,公务接待费,,,,,,全年预算,468.9,万元",
        f"三公经费,公务接待费,,,,,,,{amount},{unit}",
    ]
    some = found(tmp_path, SIZES, rows)
    assert ["figures.csv:3"] == places(some)
    assert said in some[0].message


@pytest.mark.parametrize(
    "amount, said",
    [
        ("5234.07", "可能少写了一位"),
        ("523941.07", "可能多写了一位"),
        ("5234.107", "小数点可能点错了位置"),
        ("523410.7", "小数点可能点错了位置"),
        ("5.23", "可能把万元数填成了元"),
        ("523410700", "相差约一万倍"),
    ],
)
def test_an_amount_that_would_balance_its_code_in_another_size_is_found(tmp_path, amount, said):
    rows = [*ZERO, income("2010601", "52341.07", unit="元"), spent("2010601", amount, unit="元")]
    before = [spent("2010601", "51987.2", unit="元")]
    some = found(tmp_path, SIZES, rows, before)
    assert ["figures.csv:7"] == places(some)
    assert (
        said in some[0].message and "要使 2010601 的收支相符，应为 52341.07 元" in some[0].message
    )
    assert 1 == len(found(tmp_path, SIZES, rows))  # nothing says which of the two


@pytest.mark.parametrize(
    "amount, said",
    [
        ("5234.07", "可能少写了一位"),
        ("523941.07", "可能多写了一位"),
        ("523410.7", "小数点可能点错了位置"),
        ("5.23", "可能把万元数填成了元"),
    ],
)
def test_a_detail_that_would_make_its_total_right_in_another_size_is_found(tmp_path, amount, said):
    rows = [
        "政府采购,,,,,,,,90000.55,元",
        "政府采购,货物,,,,,,,37659.48,元",
        f"政府采购,服务,,,,,,,{amount},元",
    ]
    some = found(tmp_path, SIZES, rows)
    assert ["figures.csv:4"] == places(some)
    assert said in some[0].message and "52341.07 元" in some[0].message
    assert ("52341.07", amount) == (some[0].expected, some[0].found)


def test_of_many_details_that_may_lack_a_digit_last_year_tells_which(tmp_path):
    amounts = {
        "货物": "15707.09",
        "工程": "17142.55",
        "服务": "16181.77",
    }  # each lacks a 7, or none
    rows = ["政府采购,,,,,,,,209031.41,元"]
    rows += [f"政府采购,{kind},,,,,,,{amount},元" for kind, amount in amounts.items()]
    before = [f"政府采购,{kind},,,,,,,{n},元" for kind, n in zip(amounts, (174022, 17311, 16004))]
    [told] = found(tmp_path, SIZES, rows, before)
    assert ("figures.csv:3", "175707.09") == (told.place, told.expected)
    assert "可能少写了一位" in told.message and "不然就是另一边（第 4、5 行）错了" in told.message
    assert [] == found(tmp_path, SIZES, rows)


def row(category: str, amount, unit="元", basis="") -> str:
    return f"三公经费,{category},,,,,,{basis},{amount},{unit}"


def test_an_amount_ten_thousand_times_last_years_needs_more_than_that(tmp_path):
    before = [row("公务接待费", "48211.36")]
    assert [] == found(tmp_path, SIZES, [row("公务接待费", "5.1")], before)
    assert ["figures.csv:2"] == places(
        found(tmp_path, SIZES, [row("公务接待费", "4.821136")], before)
    )
    planned = [row("公务接待费", "5.1"), row("公务接待费", "52000", basis="全年预算")]
    assert "figures.csv:2" in places(found(tmp_path, SIZES, planned, before))
    others = [f"政府采购,{c},,,,,,,{n},元" for n, c in enumerate(("货物", "工程", "服务"), 1)]
    many = [f"绩效项目,常年,,,,,项目{n},,{n}00.5,元" for n in range(1, 12)]
    odd = found(tmp_path, SIZES, [*others, *many, row("公务接待费", "51000", "万元")], before)
    assert ["figures.csv:16"] == places(odd)
    assert "可能把元数填成了万元" in odd[0].message and "上年决算为 4.821136 万元" in odd[0].message


@pytest.mark.parametrize(
    "now, said",
    [
        ("4821.136", "小数点"),
        ("4700.36", ""),
        ("4821.36", "可能少写了一位"),
        ("4211.36", ""),
        ("482171.36", "可能多写了一位"),
    ],
)
def test_an_amount_like_last_years_but_for_a_digit_is_found(tmp_path, now, said):
    before = [row("公务接待费", "48211.36")]
    some = found(tmp_path, SIZES, [row("公务接待费", now)], before)
    assert bool(said) == bool(some) and all(said in finding.message for finding in some)


def test_the_stated_figure_of_last_year_serves_where_there_is_no_folder(tmp_path):
    rows = [row("公务接待费", "48211.36", basis="上年决算"), row("公务接待费", "4821.136")]
    assert ["figures.csv:3"] == places(found(tmp_path, SIZES, rows))


def test_a_year_in_another_unit_is_told_once(tmp_path):
    before = [f"绩效项目,常年,,,,,项目{n},,{n}1234.56,元" for n in range(1, 9)]
    now = [f"绩效项目,常年,,,,,项目{n},,{n}.37,元" for n in range(1, 9)]
    some = found(tmp_path, SIZES, now, before)
    assert ["figures.csv:2"] == places(some)
    assert "有 8 个数都与上年相差约一万倍" in some[0].message


@pytest.mark.parametrize(
    "now, before",
    [
        ("500000", "50000"),
        ("125000", "12500"),
        ("112.35", "12.35"),
        ("122.35", "12.35"),
        ("3000000", "300"),
        ("48211.36", "48211.36"),
        ("0", "48211.36"),
        ("48211.36", "0"),
        ("482000.91", "48211.36"),
    ],
    ids=(
        "ten times, round",
        "ten times, three digits",
        "a hundred more",
        "a hundred and ten more",
        "ten thousand times",
        "the same",
        "nothing now",
        "nothing before",
        "about ten times",
    ),
)
def test_real_growth_is_not_accused(tmp_path, now, before):
    assert [] == found(tmp_path, SIZES, [row("公务接待费", now)], [row("公务接待费", before)])
    both = [row("公务接待费", now), row("公务接待费", before, basis="年初预算")]
    assert [] == found(tmp_path, SIZES, both)


def test_counts_are_not_money(tmp_path):
    rows = ["数量,国内公务接待人次,,,,,,,12345,人次"]
    assert [] == found(tmp_path, SIZES, rows, ["数量,国内公务接待人次,,,,,,,1234,人次"])


@pytest.mark.parametrize("number", [CODES, SIZES])
def test_little_said_is_nothing_accused(tmp_path, number):
    assert [] == found(tmp_path, number, ["收入,,,,,,,,10,万元"])
    assert [] == found(tmp_path, number, WELL)
