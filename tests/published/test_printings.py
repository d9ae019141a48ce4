"""Tables that are published under another name than the form's, or with fewer columns."""

import pytest
from grids import grid

from helpers.edition import edition
from helpers.published import printed
from helpers.published.grid import Document

NATIONAL = edition.load("national-2023").forms
OF_STATE_CAPITAL = "国有资本经营预算财政拨款支出决算表"
SPENT = [
    ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
    ["", "合计", "31.20", "", "31.20"],
    ["223", "国有资本经营预算支出", "31.20", "", "31.20"],
]


def read(title, rows, forms=NATIONAL):
    return printed.of(Document(grids=(grid(1, rows, above=(title,)),)), forms.values())


def told(table):
    return {place: cell.text for place, cell in table.cells.items() if cell.text}


def test_a_table_of_spending_alone_is_the_form_without_the_columns_of_income():
    table = read(OF_STATE_CAPITAL, SPENT)["09"]
    assert (
        "31.20" == told(table)["223", "本年支出/小计"] == told(table)["合计", "本年支出/项目支出"]
    )
    assert () == table.lost
    assert {"年初结转和结余", "本年收入", "年末结转和结余"} == table.without


def test_the_form_that_has_a_name_itself_is_meant_by_it():
    """In Sichuan the name is that of a table of its own, beside the one of income and spending."""
    assert ["12"] == list(read(OF_STATE_CAPITAL, SPENT, edition.load("sichuan-2022").forms))


def test_under_the_name_of_the_whole_form_its_other_columns_are_lacking():
    table = read("国有资本经营预算财政拨款收入支出决算表", SPENT)["09"]
    assert "31.20" == told(table)["223", "本年支出/小计"]
    assert ("年初结转和结余", "本年收入", "年末结转和结余") == table.lost
    assert frozenset() == table.without


def test_spending_that_is_not_split_is_its_total():
    rows = [["科目名称", "年初结转和结余", "本年收入", "本年支出", "年末结转和结余"]]
    rows += [["合计", "1.00", "31.20", "30.20", "2.00"]]
    table = read("国有资本经营预算财政拨款收入支出决算表", rows)["09"]
    assert "30.20" == told(table)["合计", "本年支出/小计"]
    assert ("本年支出/基本支出", "本年支出/项目支出") == table.lost


def test_tables_below_each_other_on_a_sheet_are_parted_by_any_of_their_names():
    funds = [
        ["政府性基金预算财政拨款收入支出决算表", "", "", "", ""],
        ["科目名称", "本年收入", "本年支出小计", "基本支出", "项目支出"],
        ["合计", "60.00", "60.00", "", "60.00"],
    ]
    capital = [[OF_STATE_CAPITAL, "", "", "", ""], *SPENT]
    sheet = grid(1, [*funds, *capital], sheet="公开表", edges=())
    tables = printed.of(Document(grids=(sheet,)), NATIONAL.values())
    assert "60.00" == tables["08"].cells["合计", "本年支出/小计"].text
    assert "31.20" == tables["09"].cells["合计", "本年支出/小计"].text
    assert () == tables["08"].repeated


@pytest.mark.parametrize("edition_of", ["national-2023", "shanghai-2024", "sichuan-2022"])
def test_the_three_expenses_of_the_general_budget_are_the_table_of_the_three_expenses(edition_of):
    forms = edition.load(edition_of).forms
    name = next(f.name for f in forms.values() if f.name == "财政拨款“三公”经费支出决算表")
    found = read("一般公共预算财政拨款“三公”经费支出决算表", [["合计", "1.00"]], forms)
    assert [name] == [forms[number].name for number in found]


def test_the_three_expenses_may_stand_beside_meetings_and_training():
    rows = [
        [
            "“三公”经费",
            "“三公”经费",
            "“三公”经费",
            "“三公”经费",
            "“三公”经费",
            "“三公”经费",
            "会议费",
        ],
        ["合计", "因公出国（境）费", *["公务用车购置及运行维护费"] * 3, "公务接待费", "会议费"],
        [
            "合计",
            "因公出国（境）费",
            "小计",
            "公务用车购置费",
            "公务用车运行维护费",
            "公务接待费",
            "会议费",
        ],
        ["9.50", "", "7.30", "", "7.30", "2.20", "1.10"],
    ]
    table = read("财政拨款“三公”经费、会议费和培训费支出决算表", rows)["07"]
    assert {"决算数/合计": "9.50", "决算数/公务接待费": "2.20"}.items() <= {
        column: text for (_, column), text in told(table).items()
    }.items()
    assert "7.30" == table.cells["合计", "决算数/公务用车购置及运行维护费"].text
    assert () == table.lost and "预算数/合计" in table.without


@pytest.mark.parametrize("codes", [("223",), ("2230105",), ("223", "22301", "2230105")])
@pytest.mark.parametrize(
    "title, number, column",
    [
        ("支出决算表", "03", "本年支出合计"),
        ("一般公共预算财政拨款支出决算表", "05", "本年支出合计"),
        ("国有资本经营预算财政拨款收入支出决算表", "09", "本年支出/小计"),
    ],
)
def test_of_a_list_with_one_column_of_amounts_it_is_the_total(title, number, column, codes):
    rows = [["科目编码", "科目名称", "金额"], ["", "合计", "31.20"]]
    table = read(title, [*rows, *([code, "甲", "31.20"] for code in codes)])[number]
    assert dict.fromkeys([("合计", column), *((c, column) for c in codes)], "31.20") == told(table)
    assert column not in table.lost and table.lost
