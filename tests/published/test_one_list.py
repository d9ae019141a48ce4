"""The basic expenditure as one list: the codes of staff and of running costs in the order of the codes, or in any."""

import pytest
from grids import grid

from helpers.edition import edition
from helpers.published import printed
from helpers.published.grid import Document

FORMS = edition.load("national-2023").forms
HEAD = ["科目编码", "科目名称", "决算数"]
ROWS = {
    "301": ["301", "工资福利支出", "41.50"],
    "30101": ["30101", "基本工资", "41.50"],
    "302": ["302", "商品和服务支出", "7.20"],
    "30201": ["30201", "办公费", "7.20"],
    "303": ["303", "对个人和家庭的补助", "3.10"],
    "30302": ["30302", "退休费", "3.10"],
    "310": ["310", "资本性支出", "0.90"],
    "31002": ["31002", "办公设备购置", "0.90"],
}
TOTALS = [["", "人员经费合计", "44.60"], ["", "公用经费合计", "8.10"]]


def read(rows):
    page = grid(1, rows, above=("一般公共预算财政拨款基本支出决算表",), edges=())
    return printed.of(Document(grids=(page,)), FORMS.values())["06"]


BY_CODE, FROM_RUNNING_COSTS = sorted(ROWS), "302 30201 301 30101 310 31002 303 30302".split()


@pytest.mark.parametrize(
    "order, first",
    [
        (BY_CODE, 0),
        (BY_CODE, 1),
        (FROM_RUNNING_COSTS, 0),
        (FROM_RUNNING_COSTS, 1),
        (BY_CODE[::-1], 0),
    ],
)
def test_codes_of_both_sides_are_read_in_any_order(order, first):
    """With and without the column of codes: the names tell as well."""
    rows = [row[first:] for row in (HEAD, *(ROWS[code] for code in order), *TOTALS)]
    table = read(rows)
    assert {code: row[2] for code, row in ROWS.items()}.items() <= {
        row: cell.text for (row, _), cell in table.cells.items()
    }.items()
    assert "44.60" == table.cells["人员经费合计", "决算数"].text
    assert () == table.strangers == table.repeated


def test_a_row_that_neither_side_knows_is_told_once():
    odd = ["", "科室奖励", "0.40"]
    table = read([HEAD, *(ROWS[code] for code in "301 302".split()), odd, ROWS["303"], ROWS["310"]])
    assert (("科室奖励", "0.40"),) == table.strangers
