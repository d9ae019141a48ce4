"""Published tables beside recomputed ones, each made by hand: what differs, what is missing, and the order of rows."""

import pytest

from helpers.basics import paths
from helpers.basics.model import Profile
from helpers.disclosure import figures
from helpers.disclosure.accounts import Accounts
from helpers.disclosure.figures import REQUIRED
from helpers.disclosure.tables import Tables
from helpers.edition import forms
from helpers.published.grid import Printed
from helpers.published.printed import PrintedTable
from helpers.review import reconciliation

WHO = Profile("某局", "某局", 2023, "sichuan-2022")
HEADS = ("本年支出合计", "基本支出", "项目支出")
TOTAL_ALONE = "支出,,一般公共预算,,,,,,100,万元"
WHOLE = ("支出,,一般公共预算,201,基本支出,,,,60,万元", "支出,,一般公共预算,208,项目支出,,,,40,万元")


def compared(tmp_path, form, lines, rows: dict[str, tuple[str, ...]], columns=HEADS, **more):
    """Return the findings on one published form: printed rows, each with its texts under the columns."""
    file = tmp_path / "figures.csv"
    file.write_text("\n".join([",".join(REQUIRED), *lines]) + "\n", encoding="utf-8")
    tables = Tables({form.number: form}, Accounts(figures.load(file, "figures.csv")), 2023)
    cells = {
        (row, column): Printed(text, 0, 0)
        for row, texts in rows.items()
        for column, text in zip(columns, texts)
    }
    printed = PrintedTable(form.number, form.name, cells, {}, tuple(rows), (), (), (), **more)
    return reconciliation.findings({form.number: printed}, tables, WHO)


def test_rows_that_slid_are_one_matter_and_none_is_lacking(tmp_path):
    table = Tables(forms.load("sichuan-2022"), Accounts(()), 2023).table("06")
    slid = {"205": "208", "20508": "20805", "2050803": ""}
    beside = PrintedTable("06", "", {}, {}, (*slid,), (), (), (), slid=slid)
    found = [
        f for f in reconciliation.findings({"06": beside}, table.tables, WHO) if f.rule == "表-错行"
    ]
    assert [("error", "06[205, 本年支出合计]")] == [(f.severity, f.place) for f in found]
    assert (
        "从「205 教育支出」一行起有 3 行的数与科目错开：如「205 教育支出」一行写的是「208 社会保障和就业支出」的数。"
        in found[0].message
    )


def told(found) -> list[tuple[str, str, str]]:
    return [(f.rule, f.severity, f.place) for f in found]


@pytest.fixture
def form():
    return forms.load("sichuan-2022")["06"]


# A group that may be given as one

CARS = (
    "三公经费,公务用车购置费,,,,,,,2,万元",
    "三公经费,公务用车运行维护费,,,,,,,3,万元",
    "三公经费,因公出国（境）费,,,,,,,0,万元",
    "三公经费,公务接待费,,,,,,,1,万元",
)
PUBLIC = ("合计", "因公出国（境）费", "公务用车购置及运行维护费", "公务接待费")


def of_public(tmp_path, columns, texts):
    columns = tuple(f"决算数/{column}" for column in columns)
    form = forms.load("sichuan-2022")["13"]
    return compared(tmp_path, form, CARS, {"合计": texts}, columns)


def test_the_cars_may_be_published_as_one(tmp_path):
    assert [] == of_public(tmp_path, PUBLIC, ("6", "0", "5", "1"))


def test_one_of_the_two_parts_alone_is_not_enough(tmp_path):
    found = of_public(tmp_path, (*PUBLIC, "公务用车购置费"), ("6", "0", "5", "1", "2"))
    assert [("表-缺栏", "error", "13[合计, 决算数/公务用车运行维护费]")] == told(found)


def test_a_total_alone_lacks_its_parts(tmp_path):
    found = of_public(tmp_path, ("合计",), ("6",))
    assert {"表-缺栏"} == {rule for rule, *_ in told(found)}


# A list that was pasted whole


def test_rows_without_money_that_no_figure_has_are_one_matter_where_they_are_many(tmp_path, form):
    rows = {"合计": ("100", "60", "40"), "201": ("60", "60", ""), "208": ("40", "", "40")}
    blank = dict.fromkeys(("210", "211", "212", "213", "214"), ("", "", ""))
    (found,) = compared(tmp_path, form, WHOLE, {**rows, **blank})
    assert "warning" == found.severity
    assert (
        "列有「210 卫生健康支出、211 节能环保支出、212 城乡社区支出」等 5 行没有数的科目"
        in found.message
    )
    few = dict.fromkeys(("210", "211", "212"), ("", "", ""))
    assert 3 == len(compared(tmp_path, form, WHOLE, {**rows, **few}))


# Cells


def test_a_table_published_as_it_is_recomputed_has_nothing_wrong(tmp_path, form):
    rows = {"合计": ("100", "60", "40"), "201": ("60", "60", ""), "208": ("40.00", "-", "40")}
    assert [] == compared(tmp_path, form, WHOLE, rows)


@pytest.mark.parametrize(
    "printed, said",
    [
        (("100", "60", "40"), "有 2 格公布了数"),
        (("100", "60", ""), "有 1 格公布了数"),
        (("100", "", "0.01"), "有 1 格公布了数"),
    ],
)
def test_a_published_number_without_a_figure_is_missing_and_neither_wrong_nor_right(
    tmp_path, form, printed, said
):
    (finding,) = compared(tmp_path, form, [TOTAL_ALONE], {"合计": printed})
    place = f"06[合计, {HEADS[1] if printed[1] else HEADS[2]}]"
    assert ("表-无从核对", "missing", place) == (finding.rule, finding.severity, finding.place)
    assert f"公开06表{said}，figures.csv 中没有，不能核对。" == finding.message


@pytest.mark.parametrize("printed", ["", "0", "0.00", "-", "—", "缺"])
def test_where_neither_side_has_a_number_there_is_nothing_to_say(tmp_path, form, printed):
    assert [] == compared(tmp_path, form, [TOTAL_ALONE], {"合计": ("100", printed, printed)})


@pytest.mark.parametrize(
    "printed, expected",
    [
        ("100.02", [("表-数", "error")]),
        ("100.01", [("表-尾差", "hint")]),
        ("100", []),
        ("", [("表-数", "error")]),
        ("一百", [("表-非数", "error")]),
        ("缺", []),
    ],
)
def test_a_published_number_is_held_against_its_figure(tmp_path, form, printed, expected):
    found = compared(tmp_path, form, [TOTAL_ALONE], {"合计": (printed, "", "")})
    assert [(*one, "06[合计, 本年支出合计]") for one in expected] == told(found)


def test_a_row_or_a_column_is_missed_only_where_there_is_money_to_show(tmp_path, form):
    assert [
        ("表-缺行", "error", "06[208, 本年支出合计]"),
        ("表-缺行", "error", "06[208, 项目支出]"),
    ] == told(
        compared(tmp_path, form, WHOLE, {"合计": ("100", "60", "40"), "201": ("60", "60", "")})
    )
    lost = compared(
        tmp_path, form, WHOLE, {"合计": ("100", "60"), "201": ("60", "60"), "208": ("40", "")}
    )
    assert [
        ("表-缺栏", "error", "06[合计, 项目支出]"),
        ("表-缺栏", "error", "06[208, 项目支出]"),
    ] == told(lost)
    assert [] == compared(tmp_path, form, [TOTAL_ALONE], {"合计": ("100",)})


def test_a_column_that_a_table_of_its_name_does_not_have_is_not_missed(tmp_path, form):
    rows = {"合计": ("100", "60"), "201": ("60", "60"), "208": ("40", "")}
    assert [] == compared(tmp_path, form, WHOLE, rows, without=frozenset({"项目支出"}))


def test_of_a_table_without_a_known_column_no_row_is_missed(tmp_path, form):
    (found,) = compared(tmp_path, form, WHOLE, {}, lost=HEADS)
    assert ("表-无行", "warning") == (
        found.rule,
        found.severity,
    ) and "没有认得出的栏" in found.message
    rules = [rule for rule, *_ in told(compared(tmp_path, form, WHOLE, {}))]
    assert "表-无行" == rules[0] and "表-缺行" in rules


def of_units(*units):
    loaded = forms.load("sichuan-2022")
    names = dict(zip(("02", "03", "06"), units))
    published = {
        number: PrintedTable(number, "", {}, {}, (), (), (), (), units=(unit,))
        for number, unit in names.items()
    }
    tables = Tables({number: loaded[number] for number in names}, Accounts(()), 2023)
    found = reconciliation.findings(published, tables, WHO)
    return [one for one in told(found) if one[0] == "表-单位"]


def test_all_tables_in_yuan_are_one_warning_and_some_of_them_each_an_error():
    assert [("表-单位", "warning", "公开02表")] == of_units("元", "元", "元")
    assert [("表-单位", "error", "公开03表")] == of_units("万元", "元", "万元")
    assert [("表-单位", "error", "公开02表")] == of_units("元")


# The order of rows


def out_of_order(found) -> list[str]:
    return [f.found for f in found if (f.rule, f.severity) == ("表-行序", "warning")]


@pytest.mark.parametrize(
    "rows, out",
    [
        (("合计", "201", "20103", "208"), []),
        (("201", "208", "合计"), []),
        (("合计",), []),
        (("合计", "201"), []),
        (("合计", "208", "201"), ["201"]),
        (("合计", "201", "208", "20103"), ["20103"]),
        (("合计", "20103", "201", "208"), ["201"]),
        (("合计", "208", "210", "201", "203"), ["201"]),
    ],
)
def test_rows_of_codes_stand_in_the_order_of_codes(tmp_path, form, rows, out):
    assert out == out_of_order(compared(tmp_path, form, WHOLE, dict.fromkeys(rows, ())))


def test_each_side_of_a_form_has_an_order_of_its_own(tmp_path):
    form = forms.load("sichuan-2022")["08"]
    rows = ("301", "30101", "303", "30302", "人员经费合计", "302", "30201", "310", "公用经费合计")
    assert [] == out_of_order(compared(tmp_path, form, [TOTAL_ALONE], dict.fromkeys(rows, ())))


def test_numbered_rows_stand_as_their_form_numbers_them(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "RULES", tmp_path)
    (tmp_path / "probe").mkdir()
    (tmp_path / "probe" / "tables.yaml").write_text(
        "- 表号: '01'\n  名称: 试验表\n  块:\n  - 数: {指标: 支出}\n    栏: [{名: 合计}]\n"
        "    行: [{按: 功能科目, 次: 1, 科目: ['208', '201']}]\n",
        encoding="utf-8",
    )
    forms.load.cache_clear()
    numbered = forms.load("probe")["01"]
    forms.load.cache_clear()
    assert [] == out_of_order(
        compared(tmp_path, numbered, WHOLE, {"208": ("40",), "201": ("60",)}, ("合计",))
    )
