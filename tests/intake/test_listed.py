"""What an import does not read is listed: tables of no form, columns that are not there, of which nothing is concluded."""

import json

import printed_as
import pytest
from printed_as import Sheet

from helpers import cli
from helpers.disclosure import disclosure
from helpers.sample import sample

YEAR = 2023


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return sample.create(tmp_path_factory.mktemp("listed"), 1, [YEAR], seed=5, published=True)[0]


@pytest.fixture
def sheets(folder):
    return list(printed_as.sheets(folder.workbook))


def imported(place, sheets, capsys):
    """Import sheets as the tables of a web page without any text; return the account and the tables."""
    page = place / "公开表.html"
    tables = "".join(map(printed_as.table, sheets))
    page.write_text(f"<meta charset=utf-8><h1>部门决算公开表</h1>{tables}", encoding="utf-8")
    options = ["-d", "office", "-y", str(YEAR), "--data", str(place / "data"), "--format", "json"]
    assert 0 == cli.main(["import", str(page), *options])
    (account,) = json.loads(capsys.readouterr().out)
    return account, disclosure.load("office", YEAR, place / "data").tables


def test_tables_alone_are_a_document(tmp_path, sheets, capsys, folder):
    account, ours = imported(tmp_path, sheets, capsys)
    assert {"tables.html": "公开表.html"} == account["files"] and [] == account["unread"]
    theirs = disclosure.load(folder.department, YEAR, folder.data).tables
    address = next(cell.address for cell in theirs.table("03").cells())
    assert round(theirs.cell(address).amount.value, 2) == ours.cell(address).amount.value


def test_a_table_of_no_form_is_listed(tmp_path, sheets, capsys):
    strange = Sheet(rows=(("车辆明细", "原值"), ("轿车", "12.50")), merged={})
    account, _ = imported(tmp_path, [*sheets, strange], capsys)
    assert ["tables.html：认不出「第 15 张表」是哪一张表，没有读"] == account["unread"]


def test_of_columns_that_are_not_there_nothing_is_concluded(tmp_path, sheets, capsys, folder):
    """A page that is too narrow cuts off the columns on its right: what they hold is missing and not zero,
    unless the columns that are there make up the total."""
    place = next(
        n for n, one in enumerate(sheets) if one.rows[0][0].endswith("支出决算明细表") and n > 5
    )
    whole = sheets[place]
    cut = next(c for row in whole.rows for c, text in enumerate(row) if text.startswith("303"))
    merged = {at: span for at, span in whole.merged.items() if at[1] + span[0] <= cut}
    sheets[place] = Sheet(rows=tuple(row[:cut] for row in whole.rows), merged=merged)
    account, tables = imported(tmp_path, sheets, capsys)
    lost, unit = sorted(account["unread"], key=lambda line: "单位" in line)
    assert "没有找到" in lost and "栏" in lost
    assert "没有写金额单位，照别的表按万元读" in unit  # it stood on the right as well
    theirs = disclosure.load(folder.department, YEAR, folder.data).tables
    paid = [
        cell.address
        for cell in theirs.table("07").cells()
        if cell.address.column.startswith("303") and len(cell.address.row) == 7
        if cell.amount and cell.amount.value > 1
    ]
    assert paid and {None} == {tables.cell(address).amount for address in paid}
