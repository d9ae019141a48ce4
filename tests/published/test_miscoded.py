"""Rows under the code of another: known by the name beside it, where another table or the row above says the same."""

from dataclasses import replace

import pytest
from grids import FIRST, FORMS, LAST, grid, spent

from helpers.published import printed
from helpers.published.grid import Document

TITLES = {"03": "支出决算表", "06": "一般公共预算财政拨款支出决算表"}
RIGHT = [*FIRST, LAST, ["2010350", "事业运行", "10.00", "10.00", "0.00"]]


def read(**tables):
    grids = (
        replace(grid(n, rows), above=(TITLES[number[1:]],))
        for n, (number, rows) in enumerate(tables.items(), 1)
    )
    return printed.of(Document(grids=tuple(grids)), FORMS)


def with_code(code, name="事业运行"):
    return [*RIGHT[:-1], [code, name, *RIGHT[-1][2:]]]


@pytest.mark.parametrize("code", ["2010399", "2010305", "2010301"])
def test_a_row_is_what_its_name_says_where_another_table_has_it_under_its_code(code):
    found = read(_03=RIGHT, _06=with_code(code))["06"]
    assert {"2010350": code} == found.miscoded and () == found.repeated
    assert "10.00" == spent(found)["2010350"] and [*spent(found)] == [*found.order]
    assert "1,234.50" == spent(found)["2010301"]


@pytest.mark.parametrize(
    "rows",
    [
        with_code(
            "2010350", "行政单位离退休"
        ),  # the other table has the code too: the name is wrong
        with_code("2010399", "其他政府办公厅（室）及相关机构事务支出"),
        with_code("2010399", "别的什么支出"),
    ],
)
def test_a_code_that_is_right_or_whose_name_is_nobodys_stays(rows):
    found = read(_03=RIGHT, _06=rows)["06"]
    assert {} == found.miscoded and rows[-1][0] in spent(found)


def test_nothing_is_moved_where_no_other_table_says_so():
    found = read(_06=with_code("2010399"))["06"]
    assert {} == found.miscoded and "2010399" in spent(found)


def test_a_code_that_stands_twice_with_one_name_is_repeated():
    found = read(_06=[*RIGHT, RIGHT[-1]])["06"]
    assert ("2010350",) == found.repeated and {} == found.miscoded


SAID = "一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）{0}（项）"


def of_both(text, code="2010399", name="事业运行"):
    grids = (
        replace(grid(n, with_code(code, name)), above=(TITLES[number],))
        for n, number in enumerate(("03", "06"), 1)
    )
    return printed.of(Document(grids=tuple(grids)), FORMS, text=text)


def test_where_all_tables_have_one_wrong_code_the_text_tells_that_the_name_is_meant():
    found = of_both(SAID.format("事业运行"))
    assert [{"2010350": "2010399"}] * 2 == [table.miscoded for table in found.values()]


@pytest.mark.parametrize(
    "text",
    [
        "",
        SAID.format("行政运行"),
        SAID.format("事业运行") + SAID.format("其他政府办公厅（室）及相关机构事务支出"),
    ],
)
def test_without_a_text_that_names_the_row_so_alone_code_and_name_stay(text):
    assert [{}, {}] == [table.miscoded for table in of_both(text).values()]
