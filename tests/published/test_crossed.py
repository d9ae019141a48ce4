"""The three expenses as a list: each in a row of its own, budget and final amount beside each other."""

import pytest
from grids import grid

from helpers.edition import edition
from helpers.published import printed
from helpers.published.grid import Document

FORMS = edition.load("national-2023").forms
LIST = [
    ["项目", "预算数", "决算数"],
    ["合计", "8.60", "7.25"],
    ["1.因公出国（境）费", "", ""],
    ["2.公务用车购置及运行维护费", "6.00", "5.35"],
    ["其中：（1）购置费", "", ""],
    ["（2）运行维护费", "6.00", "5.35"],
    ["3.公务接待费", "2.60", "1.90"],
]
GROUPED = [
    ["项目", "项目", "预算数", "决算数"],
    ["合计", "合计", "8.60", "7.25"],
    ["因公出国（境）费", "因公出国（境）费", "", ""],
    ["公务用车购置及运行维护费", "公务用车购置及运行维护费", "6.00", "5.35"],
    ["公务用车", "购置费", "", ""],
    ["公务用车", "运行维护费", "6.00", "5.35"],
    ["公务接待费", "公务接待费", "2.60", "1.90"],
]
ACROSS = [[*column] for column in zip(*LIST)]


def read(rows, title="财政拨款“三公”经费支出决算表"):
    document = Document(grids=(grid(2, rows, above=(title, "单位：万元"), edges=()),))
    return printed.of(document, FORMS.values())


@pytest.mark.parametrize("rows", [LIST, GROUPED, ACROSS])
def test_a_list_is_the_form_of_one_row(rows):
    table = read(rows)["07"]
    assert () == table.lost and 12 == len(table.cells)
    assert {
        "预算数/合计": "8.60",
        "预算数/公务用车购置及运行维护费": "6.00",
        "预算数/公务用车运行维护费": "6.00",
        "预算数/公务接待费": "2.60",
        "决算数/合计": "7.25",
        "决算数/公务用车购置及运行维护费": "5.35",
        "决算数/公务用车运行维护费": "5.35",
        "决算数/公务接待费": "1.90",
    } == {column: cell.text for (_, column), cell in table.cells.items() if cell.text}


def test_a_column_of_whole_numbers_alone_is_read():
    whole = [
        LIST[0],
        *([name, budget.partition(".")[0], final] for name, budget, final in LIST[1:]),
    ]
    table = read(whole)["07"]
    assert () == table.lost and 12 == len(table.cells)
    assert "8" == table.cells["合计", "预算数/合计"].text
    assert "2" == table.cells["合计", "预算数/公务接待费"].text


def test_a_column_that_counts_the_rows_is_none_of_amounts():
    head, *rows = LIST
    numbered = [[head[0], "行次", *head[1:]]]
    numbered += [[name, str(n), *amounts] for n, (name, *amounts) in enumerate(rows, 1)]
    assert {c: cell.text for c, cell in read(LIST)["07"].cells.items()} == {
        c: cell.text for c, cell in read(numbered)["07"].cells.items()
    }


def test_a_cell_of_a_list_knows_where_it_stands():
    table = read(LIST)["07"]
    assert "第 2 页第 7 行第 3 列" == table.cells["合计", "决算数/公务接待费"].place
    assert ("万元",) == table.units


def test_a_column_that_no_list_head_names_is_lost_and_not_guessed():
    rows = [["项目", "年初安排", "决算数"], *LIST[1:]]
    table = read(rows)["07"]
    assert 6 == len(table.lost) and all(column.startswith("预算数/") for column in table.lost)


def test_amounts_of_another_basis_are_not_those_of_a_table_without_it():
    assert {} == read(ACROSS, "财政拨款“三公”经费、会议费和培训费支出决算表")["07"].cells
