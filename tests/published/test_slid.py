"""Rows that have the numbers of other rows: known by a table with the same columns whose rows add up."""

from dataclasses import replace

import pytest
from grids import FORMS, HEAD, grid

from helpers.published import printed
from helpers.published.grid import Document

TITLES = {"03": "支出决算表", "06": "一般公共预算财政拨款支出决算表"}
CODES = {
    "201": "一般公共服务支出",
    "20103": "政府办公厅（室）及相关机构事务",
    "2010301": "行政运行",
    "2010302": "一般行政管理事务",
    "2010350": "事业运行",
    "205": "教育支出",
    "20508": "进修及培训",
    "2050803": "培训支出",
    "208": "社会保障和就业支出",
    "20805": "行政事业单位养老支出",
    "2080501": "行政单位离退休",
    "2080505": "机关事业单位基本养老保险缴费支出",
    "221": "住房保障支出",
    "22102": "住房改革支出",
    "2210201": "住房公积金",
}
SPENT = [
    ("100.00", "80.00", "20.00"),
    ("100.00", "80.00", "20.00"),
    ("60.00", "60.00", "0.00"),
    ("20.00", "0.00", "20.00"),
    ("20.00", "20.00", "0.00"),
    ("5.00", "0.00", "5.00"),
    ("5.00", "0.00", "5.00"),
    ("5.00", "0.00", "5.00"),
    ("30.00", "30.00", "0.00"),
    ("30.00", "30.00", "0.00"),
    ("9.00", "9.00", "0.00"),
    ("21.00", "21.00", "0.00"),
    ("12.00", "12.00", "0.00"),
    ("12.00", "12.00", "0.00"),
    ("12.00", "12.00", "0.00"),
]
SUM = ["合计", "", "147.00", "122.00", "25.00"]


def table(number, numbers, total=SUM):
    rows = [[code, name, *of] for (code, name), of in zip(CODES.items(), numbers)]
    return replace(grid(int(number), [HEAD, *rows, total]), above=(TITLES[number],))


def read(of_general, total=SUM):
    grids = (table("03", SPENT), table("06", of_general, total))
    return printed.of(Document(grids=grids), FORMS)["06"]


def numbers_of(one):
    columns = HEAD[2:]
    return {
        code: tuple(
            one.cells[code, column].text for column in columns if (code, column) in one.cells
        )
        for code in CODES
    }


SLID = [*SPENT[:5], *SPENT[8:], ("147.00", "122.00", "25.00"), *SPENT[:2]]  # 教育 was left out


def test_numbers_that_slid_are_those_of_the_rows_whose_they_are():
    found = read(SLID, ["合计", "", *SPENT[2]])
    assert "208" == found.slid["205"] and "20805" == found.slid["20508"]
    assert "2080501" == found.slid["2050803"] and "2210201" == found.slid["2080505"]
    told = numbers_of(found)
    assert SPENT[8:] == [told[code] for code in [*CODES][8:]]
    assert SPENT[:5] == [told[code] for code in [*CODES][:5]]
    assert [()] * 3 == [told[code] for code in ("205", "20508", "2050803")]


@pytest.mark.parametrize(
    "numbers",
    [
        SPENT,
        [*SPENT[:2], SPENT[3], SPENT[2], *SPENT[4:]],  # two that were exchanged
        [("1.00", "1.00", "0.00")] * len(SPENT),  # wrong, and nobody's
    ],
    ids=["right", "two exchanged", "nobody's"],
)
def test_rows_that_are_right_or_few_or_have_nobody_s_numbers_stay(numbers):
    found = read(numbers)
    assert {} == found.slid and numbers == [*numbers_of(found).values()]


def test_the_table_whose_rows_add_up_stays():
    grids = (table("03", SLID, ["合计", "", *SPENT[2]]), table("06", SPENT))
    found = printed.of(Document(grids=grids), FORMS)
    assert {} == found["06"].slid and "208" == found["03"].slid["205"]


def test_a_table_alone_stays():
    found = printed.of(Document(grids=(table("06", SLID),)), FORMS)["06"]
    assert {} == found.slid
