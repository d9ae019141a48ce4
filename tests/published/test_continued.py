"""Tables that go on over pages: columns that fit, heads repeated, rows that the end of a page tears in two."""

from dataclasses import replace

import pytest
from grids import EDGES, FIRST, FORMS, HEAD, LAST, grid, spent

from helpers.published import printed
from helpers.published.grid import Document

WANTED = {"201": "1,234.50", "20103": "1,234.50", "2010301": "1,234.50"}


def read(*grids):
    first = replace(grids[0], above=("一般公共预算财政拨款支出决算表",))
    return printed.of(Document(grids=(first, *grids[1:])), FORMS)["06"]


def strangers(table):
    return [*table.strangers, *table.repeated, *table.lost]


def test_a_page_goes_on_with_the_table_before_it():
    table = read(grid(1, FIRST), grid(2, [LAST]))
    assert WANTED == spent(table) and [] == strangers(table)
    assert "第 2 页第 1 行第 3 列" == table.cells["2010301", "本年支出合计"].place


def test_a_head_that_is_repeated_is_no_row():
    table = read(grid(1, FIRST), grid(2, [HEAD, LAST]))
    assert WANTED == spent(table) and [] == strangers(table)


def test_a_head_that_is_repeated_under_a_blank_row_is_no_row():
    table = read(grid(1, FIRST), grid(2, [[""] * 5, HEAD, LAST]))
    assert WANTED == spent(table) and [] == strangers(table)


def test_a_page_with_fewer_edges_fits_where_they_are_the_same():
    """The last page holds the total alone, and its code and name are one cell."""
    edges = tuple(edge + 7 for edge in EDGES if edge != 100)
    total = ["合计", "1,234.50", "1,000.00", "234.50"]
    table = read(grid(1, [*FIRST, LAST]), grid(2, [total], edges=edges))
    assert WANTED | {"合计": "1,234.50"} == spent(table)


@pytest.mark.parametrize("edges", [(50.0, 170.0, 350.0, 450.0, 550.0), ()])
def test_a_page_with_other_edges_is_another_table(edges):
    table = read(grid(1, FIRST), grid(2, [["合计", "1.00", "1.00", ""]], edges=edges))
    assert "合计" not in spent(table)


# The upper and the lower piece of the last row
TORN = {
    "the end of an amount": (
        ["2010301", "行政运行", "1,234.", "1,000.00", "234.5"],
        ["", "", "50", "", "0"],
    ),
    "the end of a name": (
        ["2010301", "行政", "1,234.50", "1,000.00", "234.50"],
        ["", "运行", "", "", ""],
    ),
    "the end of a code": (
        ["20103", "行政运行", "1,234.50", "1,000.00", "234.50"],
        ["01", "", "", "", ""],
    ),
    "amounts below their label": (
        ["2010301", "行政运行", "", "", ""],
        ["", "", "1,234.50", "1,000.00", "234.50"],
    ),
}


@pytest.mark.parametrize("torn", TORN)
def test_a_torn_row_is_put_together(torn):
    upper, lower = TORN[torn]
    for below in ([lower], [HEAD, lower], [lower, ["208", "社会保障和就业支出", "2.00", "", ""]]):
        table = read(grid(1, [*FIRST, upper]), grid(2, below))
        found = spent(table)
        assert found.pop("208", "2.00") == "2.00"
        assert WANTED == found and [] == strangers(table)


@pytest.mark.parametrize(
    "lower, told",
    [
        (["", "另一行", "7.00", "", ""], ("另一行", "7.00")),
        (["", "", "7.00", "", ""], ("没有名称", "7.00")),
        (["", "行政运行其他", "", "", ""], ("行政运行其他", "")),
    ],
)
def test_a_row_that_may_be_its_own_is_left_alone_and_told(lower, told):
    rows = [lower, ["208", "社会保障和就业支出", "2.00", "", ""]]
    table = read(grid(1, [*FIRST, LAST]), grid(2, rows))
    assert WANTED | {"208": "2.00"} == spent(table)
    assert [told] == strangers(table)


def test_rows_of_one_page_are_never_put_together():
    table = read(
        grid(1, [*FIRST, ["2010301", "行政运行", "1,234.", "", ""], ["", "", "50", "", ""]])
    )
    assert "1,234." == spent(table)["2010301"]


# Columns that go on over pages, the first of them repeated

COLUMNS = [
    ["科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出"],
    ["科目编码", "科目名称", "上缴上级支出", "经营支出", "对附属单位补助支出"],
]
LABELS = [["合计", ""], ["201", "一般公共服务支出"], ["20103", "政府办公厅（室）及相关机构事务"]]
MORE = [["2010301", "行政运行"], ["2010399", "其他政府办公厅（室）及相关机构事务支出"]]


def amount(label, part, n):
    return f"{(label[0] or label[1])[-2:] if label[0].isdecimal() else 90}{part}.{n}0"


def page(number, part, labels):
    rows = [[*label, *(amount(label, part, n) for n in range(3))] for label in labels]
    return grid(number, [COLUMNS[part], *rows])


PAGES = {
    "one page of rows": [(0, LABELS), (1, LABELS)],
    "first down, then across": [(0, LABELS), (0, MORE), (1, LABELS), (1, MORE)],
    "first across, then down": [(0, LABELS), (1, LABELS), (0, MORE), (1, MORE)],
}


def of_03(*grids):
    first = replace(grids[0], above=("支出决算表",))
    return printed.of(Document(grids=(first, *grids[1:])), FORMS)["03"]


@pytest.mark.parametrize("order", PAGES)
def test_columns_that_go_on_over_pages_are_one_table(order):
    table = of_03(*(page(n, part, some) for n, (part, some) in enumerate(PAGES[order], 1)))
    wanted = {
        (label[0], column): amount(label, part, n)
        for part, labels in PAGES[order]
        for label in labels
        for n, column in enumerate(COLUMNS[part][2:])
    }
    assert wanted == {key: cell.text for key, cell in table.cells.items()}
    assert [] == strangers(table)


def test_columns_of_other_rows_are_no_part_of_a_table_and_told():
    document = Document(
        grids=(replace(page(1, 0, LABELS), above=("支出决算表",)), page(2, 1, MORE))
    )
    table = printed.of(document, FORMS)["03"]
    assert {"合计", "201", "20103"} == {row for row, _ in table.cells}
    assert set(COLUMNS[1][2:]) == set(table.lost)
    assert ["第 2 页"] == printed.unknown(document, FORMS)
