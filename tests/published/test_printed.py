"""Published tables read whatever liberty a workbook takes: every amount where it belongs, or refused with its reason."""

import re
from copy import deepcopy
from decimal import Decimal

import pytest
import xlsxwriter
from books import FORMS, Sheet, invented, ods, xlsx

from helpers.basics.errors import DataError
from helpers.published import documents, printed
from helpers.published import sheets as sheets_room

NAME = "office/2023/published/tables.xlsx"
HEAD_ROWS = 3  # title, department, the first row of heads


@pytest.fixture(scope="module")
def sheets(tmp_path_factory):
    return invented(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def whole(sheets, tmp_path_factory):
    return amounts(read(sheets, tmp_path_factory.mktemp("whole")))


def read(changed, place, write=xlsx, file="tables.xlsx"):
    return printed.read(write(changed, place / file), NAME, FORMS)


def amounts(tables) -> dict[tuple[str, str, str], Decimal]:
    """Return every amount that is not zero, in 万元 to two decimals."""
    found = {}
    for number, table in tables.items():
        for (row, column), cell in table.cells.items():
            text = cell.text.replace(",", "").replace("，", "").removesuffix("万元")
            if re.fullmatch(r"-?\d+(\.\d+)?", text) and Decimal(text):
                value = Decimal(text) / (10_000 if table.unit == "元" else 1)
                found[number, row, column] = value.quantize(Decimal("0.01"))
    return found


def number_of(sheet: Sheet) -> str:
    return sheet.name[:2]


def is_amount(value) -> bool:
    return isinstance(value, float)


def coded(sheet: Sheet) -> bool:
    return number_of(sheet) in ("02", "03", "05", "06", "07", "09", "10", "11", "12")


def each_value(change, only=lambda sheet: True):
    """Return the liberty that changes every amount beside a label."""

    def liberty(sheets):
        for sheet in filter(only, sheets):
            for row in sheet.rows[HEAD_ROWS:]:
                row[:] = [
                    change(v) if isinstance(v, float) and c > _labels(sheet) else v
                    for c, v in enumerate(row)
                ]
        return sheets

    return liberty


def _labels(sheet: Sheet) -> int:
    return 1 if coded(sheet) else 0


def inserted(sheet: Sheet, at: int, rows: list[list]) -> None:
    """Put rows into a sheet; what is merged below goes down with its cells."""
    sheet.rows[at:at] = rows
    sheet.merged = [
        (top + len(rows), left, bottom + len(rows), right)
        if top >= at
        else (top, left, bottom, right)
        for top, left, bottom, right in sheet.merged
    ]


# The liberties


def reversed_sheets(sheets):
    return sheets[::-1]


def sheets_of_other_names(sheets):
    for number, sheet in enumerate(sheets):
        sheet.name = f"Sheet{number}"
    return sheets


def three_title_rows_more_and_no_merged_cells(sheets):
    for sheet in sheets:
        sheet.rows[:0] = [["附件"], [], ["示例县部门决算公开表"]]
        sheet.merged = []
    return sheets


def the_total_last(sheets):
    for sheet in filter(coded, sheets):
        total = next((i for i, row in enumerate(sheet.rows) if "合计" in row[:2] and i > 2), None)
        last = max(
            i
            for i, row in enumerate(sheet.rows)
            if re.fullmatch(r"\d{3,7}", str(row[0])) or i == total
        )
        sheet.rows.insert(last, sheet.rows.pop(total))
    return sheets


def columns_of_values_reversed(sheets):
    for sheet in sheets:
        if number_of(sheet) in ("02", "03", "06", "12"):
            for row in sheet.rows[2:]:
                row[2:] = row[2:][::-1]
            sheet.merged = []
    return sheets


def codes_as_numbers(sheets):
    for sheet in sheets:
        for row in sheet.rows:
            row[:] = [
                int(v) if isinstance(v, str) and re.fullmatch(r"\d{3,7}", v) else v for v in row
            ]
    return sheets


def codes_in_three_columns(sheets):
    for sheet in filter(coded, sheets):
        sheet.merged = []
        for row in sheet.rows[2:]:
            code = str(row[0])
            if re.fullmatch(r"\d{3,7}", code):
                row[:1] = [code[:3], code[3:5], code[5:7]]
            else:
                row[:1] = [row[0], "", ""]
        head = next(i for i, row in enumerate(sheet.rows) if "编码" in str(row[0]) or "栏次" in row)
        sheet.rows.insert(head + 1, ["类", "款", "项"])
    return sheets


def code_and_name_in_one_cell(sheets):
    for sheet in filter(coded, sheets):
        sheet.merged = []
        for row in sheet.rows[2:]:
            if re.fullmatch(r"\d{3,7}", str(row[0])):
                row[:2] = [f"{row[0]} {row[1]}"]
            else:
                row[:2] = [row[1] or row[0]]
    return sheets


def names_without_codes(sheets):
    for sheet in filter(coded, sheets):
        sheet.merged = []
        for row in sheet.rows[2:]:
            row[:2] = [row[1] or row[0]]
    return sheets


def the_name_on_the_tab_only(sheets):
    for sheet in sheets:
        sheet.rows[0][0] = "公开表"
    return sheets


def no_column_of_numbers(sheets):
    for sheet in sheets:
        for c in reversed(range(max(map(len, sheet.rows)))):
            if any(len(row) > c and row[c] == "行次" for row in sheet.rows):
                for row in sheet.rows[2:]:
                    del row[c : c + 1]
                sheet.merged = []
    return sheets


def an_index_of_the_tables_first(sheets):
    names = [[sheet.rows[0][0]] for sheet in sheets]
    return [Sheet("目录", [["目录"], *names]), *sheets]


def an_empty_column_first(sheets):
    for sheet in sheets:
        sheet.rows, sheet.merged = [["", *row] for row in sheet.rows], []
    return sheets


def heads_repeated_in_the_middle(sheets):
    for sheet in filter(coded, sheets):
        if len(sheet.rows) > 12:
            total = next(i for i, row in enumerate(sheet.rows) if row[0] in ("合计", "栏次"))
            inserted(sheet, 9, [list(row) for row in sheet.rows[2:total]])
    return sheets


def empty_rows_between(sheets):
    for sheet in sheets:
        inserted(sheet, 6, [[], []])
        inserted(sheet, 9, [[]])
    return sheets


def the_number_on_the_tab_only(sheets):
    for sheet in the_name_on_the_tab_only(sheets):
        sheet.name = f"公开{number_of(sheet)}表"
    return sheets


def other_names_that_the_edition_declares(sheets):
    others = {
        "公务用车运行维护费": "公务用车运行费",
        "公务用车购置及运行维护费": "公务用车购置及运行费",
        "本年支出合计": "合计",
        "本年收入合计": "合计",
        "使用非财政拨款结余": "使用非财政拨款结余（含专用结余）",
    }
    for sheet in sheets:
        of_cars = number_of(sheet) == "13"
        own = {k: v for k, v in others.items() if of_cars == ("公务" in k)}
        if not coded(sheet):
            own = {k: v for k, v in own.items() if "本年" not in k}
        for row in sheet.rows:
            row[:] = [own.get(v, v) if isinstance(v, str) else v for v in row]
    return sheets


def totals_without_decimals(sheets):
    """A sheet holds 402.00 as 402; with three digits or fewer it looks like the number of a column."""
    for sheet in filter(coded, sheets):
        for row in sheet.rows[HEAD_ROWS:]:
            if row[:1] == ["合计"]:
                row[:] = [402.0 if is_amount(v) else v for v in row]
    return sheets


def recoded(change, only=lambda sheet: True):
    """Return the liberty that writes every code otherwise."""

    def liberty(sheets):
        for sheet in filter(only, sheets):
            for row in sheet.rows[HEAD_ROWS:]:
                row[:] = [
                    change(v) if isinstance(v, str) and re.fullmatch(r"\d{3,7}", v) else v
                    for v in row
                ]
        return sheets

    return liberty


def parted_by(mark):
    return lambda code: mark.join(filter(None, (code[:3], code[3:5], code[5:7])))


def code_and_name(form):
    """Return the liberty that writes a code and its name into one cell."""

    def liberty(sheets):
        for sheet in filter(coded, sheets):
            sheet.merged = []
            for row in sheet.rows[2:]:
                one = re.fullmatch(r"\d{3,7}", str(row[0]))
                row[:2] = [form.format(*row[:2]) if one else row[1] or row[0]]
        return sheets

    return liberty


def titled(change):
    def liberty(sheets):
        for sheet in sheets_of_other_names(sheets):
            sheet.rows[0][0] = change(sheet.rows[0][0])
        return sheets

    return liberty


def heads_otherwise(change):
    """Return the liberty that writes what stands in the head otherwise."""

    def liberty(sheets):
        for sheet in sheets:
            first = next(r for r, row in enumerate(sheet.rows) if any(map(is_amount, row)))
            for row in sheet.rows[2:first]:
                row[:] = [change(v) if isinstance(v, str) else v for v in row]
        return sheets

    return liberty


def merged_heads_filled_in(sheets):
    for sheet in sheets:
        for top, left, bottom, right in sheet.merged:
            for row in sheet.rows[top : bottom + 1]:
                row[left : right + 1] = [sheet.rows[top][left]] * (right + 1 - left)
        sheet.merged = []
    return sheets


def a_blank_column_after_each(sheets):
    for sheet in sheets:
        sheet.rows, sheet.merged = [[x for v in row for x in (v, "")] for row in sheet.rows], []
    return sheets


def a_first_column_of_row_numbers(sheets):
    for sheet in filter(coded, sheets):
        sheet.rows, sheet.merged = [[str(n), *row] for n, row in enumerate(sheet.rows)], []
        sheet.rows[0], sheet.rows[2][0] = sheet.rows[0][1:], "行次"
    return sheets


def sides_the_other_way_round(sheets):
    for sheet in sheets:
        if number_of(sheet) in ("01", "04", "08"):
            width = max(map(len, sheet.rows))
            second = next(c for c, v in enumerate(sheet.rows[2]) if v in ("支出", "公用经费"))
            rows = [[*row, *[""] * (width - len(row))] for row in sheet.rows[2:]]
            sheet.rows[2:] = [row[second:] + row[:second] for row in rows]
            sheet.merged = []
    return sheets


def all_tables_on_one_sheet(sheets):
    rows, merged = [], []
    for sheet in sheets:
        down = len(rows)
        merged += [
            (top + down, left, bottom + down, right) for top, left, bottom, right in sheet.merged
        ]
        rows += [*sheet.rows, [], []]
    return [Sheet("公开表", rows, merged)]


def two_tables_beside_each_other(sheets):
    one, other = sheets[1:3]
    width = max(map(len, one.rows)) + 1
    height = max(len(one.rows), len(other.rows))
    left, right = ([*s.rows, *[[] for _ in range(height - len(s.rows))]] for s in (one, other))
    rows = [[*a, *[""] * (width - len(a)), *b] for a, b in zip(left, right)]
    merged = [(top, start + width, bottom, end + width) for top, start, bottom, end in other.merged]
    return [sheets[0], Sheet("收支", rows, [*one.merged, *merged]), *sheets[3:]]


def a_table_that_goes_on_in_a_sheet_without_head(sheets):
    found = []
    for sheet in sheets:
        cut = 12 if coded(sheet) and len(sheet.rows) > 14 else len(sheet.rows)
        found.append(Sheet(sheet.name, sheet.rows[:cut], [m for m in sheet.merged if m[2] < cut]))
        if cut < len(sheet.rows):
            found.append(Sheet(f"{sheet.name[:20]}续", sheet.rows[cut:]))
    return found


def columns_that_go_on_in_another_sheet(sheets):
    found = []
    for sheet in sheets:
        if number_of(sheet) not in ("02", "03", "07"):
            found.append(sheet)
            continue
        cut = 2 + max(map(len, sheet.rows)) // 2
        found.append(Sheet(sheet.name[:20], [row[:cut] for row in sheet.rows]))
        found.append(Sheet(f"{sheet.name[:20]}续", [row[:2] + row[cut:] for row in sheet.rows]))
        found[-1].rows[0][0] = sheet.rows[0][0]
    return found


def notes_under_the_tables(sheets):
    for sheet in sheets:
        sheet.rows += [
            [],
            ["注：本表合计 1,234.50 万元，含上年 0.00 万元。"],
            ["填表人：甲", "", "审核人：乙"],
        ]
    return sheets


def a_column_that_the_form_does_not_have(sheets):
    for sheet in filter(coded, sheets):
        for r, row in enumerate(sheet.rows):
            row += ["上年决算数" if r == 2 else 123.45 if any(map(is_amount, row)) else ""]
    return sheets


LIBERTIES = {
    "codes as text with a point": recoded("{}.0".format, coded),
    "codes filled up with zeros": recoded(lambda code: code.ljust(7, "0"), coded),
    "codes after an apostrophe": recoded("'{}".format, coded),
    "codes parted by blanks": recoded(parted_by(" "), coded),
    "codes parted by dashes": recoded(parted_by("-"), coded),
    "codes set in": recoded("\u3000\u3000{}".format, coded),
    "code in brackets before the name": code_and_name("[{0}]{1}"),
    "code in brackets after the name": code_and_name("{1}（{0}）"),
    "titles in two lines": titled(lambda title: f"{title[:4]}\n{title[4:]}"),
    "titles with blanks": titled(" ".join),
    "titles of what was approved": titled(lambda title: title.replace("决算", "决算批复")),
    "titles with year and department": titled("2023年度示例县财政局{}（公开）".format),
    "heads in two lines": heads_otherwise(lambda v: f"{v[:3]}\n{v[3:]}"),
    "heads with the unit": heads_otherwise(lambda v: f"{v}（万元）" if v.endswith("数") else v),
    "merged heads filled in": merged_heads_filled_in,
    "a blank column after each": a_blank_column_after_each,
    "a first column of row numbers": a_first_column_of_row_numbers,
    "sides the other way round": sides_the_other_way_round,
    "all tables on one sheet": all_tables_on_one_sheet,
    "two tables beside each other": two_tables_beside_each_other,
    "a table that goes on in a sheet without head": a_table_that_goes_on_in_a_sheet_without_head,
    "notes under the tables": notes_under_the_tables,
    "a column that the form does not have": a_column_that_the_form_does_not_have,
    "amounts with their unit": each_value(lambda v: f"{v:.2f}万元"),
    "amounts with a currency": each_value(lambda v: f"¥{v:,.2f}"),
    "the number on the tab only": the_number_on_the_tab_only,
    "other names that the edition declares": other_names_that_the_edition_declares,
    "an index of the tables first": an_index_of_the_tables_first,
    "an empty column first": an_empty_column_first,
    "heads repeated in the middle": heads_repeated_in_the_middle,
    "empty rows between": empty_rows_between,
    "full-width digits": each_value(
        lambda v: f"{v:,.2f}".translate(str.maketrans("0123456789,.", "０１２３４５６７８９，．"))
    ),
    "amounts with spaces": each_value(lambda v: f" {v:,.2f}".replace(",", " ")),
    "amounts of one decimal or none": each_value(lambda v: f"{v:g}" if v < 1e5 else v),
    "sheets in another order": reversed_sheets,
    "sheets of other names": sheets_of_other_names,
    "three title rows more and no merged cells": three_title_rows_more_and_no_merged_cells,
    "the total last": the_total_last,
    "columns of values reversed": columns_of_values_reversed,
    "codes as numbers": codes_as_numbers,
    "codes in three columns": codes_in_three_columns,
    "code and name in one cell": code_and_name_in_one_cell,
    "names without codes": names_without_codes,
    "the name on the tab only": the_name_on_the_tab_only,
    "no column of row numbers": no_column_of_numbers,
    "amounts as text": each_value(lambda v: f"{v:.2f}"),
    "amounts as text with separators": each_value(lambda v: f"{v:,.2f}"),
    "zero as blank": each_value(lambda v: v or ""),
    "zero as a dash": each_value(lambda v: v or "—"),
    "a tail of noise": each_value(lambda v: v + 1e-9),
    "formulas with their values": each_value(lambda v: f"={v}+0|{v}"),
}


@pytest.mark.parametrize("liberty", LIBERTIES)
def test_every_amount_is_read_where_it_belongs(sheets, whole, tmp_path, liberty):
    tables = read(LIBERTIES[liberty](deepcopy(sheets)), tmp_path)
    assert set(whole) == set(amounts(tables))
    assert whole == amounts(tables)
    told = [(t.number, t.strangers, t.repeated, t.lost, t.again) for t in tables.values()]
    assert [one for one in told if any(one[1:])] == []


def test_a_total_of_three_digits_is_a_row(sheets, whole, tmp_path):
    found = amounts(read(totals_without_decimals(deepcopy(sheets)), tmp_path))
    totals = {key for key in whole if key[1] == "合计" and key[0] in ("02", "03", "05", "06", "12")}
    assert totals and {Decimal("402.00")} == {found[key] for key in totals}
    assert {k: v for k, v in whole.items() if k[1] != "合计"}.items() <= found.items()


def test_there_is_much_to_read(whole):
    assert len(whole) > 500
    assert {form.number for form in FORMS} == {number for number, _, _ in whole}


def html(sheets: list[Sheet], place):
    """Write sheets as the tables of a web page."""
    said = "".join(
        "<table>"
        + "".join("<tr>" + "".join(f"<td>{v}</td>" for v in row) + "</tr>" for row in sheet.rows)
        + "</table>"
        for sheet in sheets
    )
    place.write_text(f"<meta charset=utf-8>{said}", encoding="utf-8")
    return place


def test_a_table_in_pieces_of_ten_columns_is_one(sheets, whole, tmp_path):
    wide = deepcopy(sheets[6])
    width = max(map(len, wide.rows))
    pieces = [
        Sheet("", [row[:2] + (row[c : c + 10] if len(row) > 2 else []) for row in wide.rows])
        for c in range(2, width, 10)
    ]
    tables = read(pieces, tmp_path, html, "tables.html")
    assert {k: v for k, v in whole.items() if k[0] == "07"} == amounts(tables)
    # 311 and 312, 399 and 39999 have a name in common; in the last pieces nothing beside it tells which.
    assert {"31299", "39999"} >= set(tables["07"].lost)


def test_columns_in_another_sheet_are_of_the_same_table(sheets, whole, tmp_path):
    tables = read(columns_that_go_on_in_another_sheet(deepcopy(sheets)), tmp_path)
    assert whole.items() >= amounts(tables).items()
    missing = {column for number, _, column in set(whole) - set(amounts(tables)) if number == "07"}
    assert missing <= set(tables["07"].lost)  # names that several codes have, told
    assert () == tables["02"].lost == tables["03"].lost


def test_a_cell_of_a_table_beside_another_knows_its_column(sheets, tmp_path):
    changed = two_tables_beside_each_other(deepcopy(sheets))
    cell = read(changed, tmp_path)["03"].cells["合计", "本年支出合计"]
    where, column = cell.place.split("!")
    shown = changed[1].rows[int(column[1:]) - 1][ord(column[0]) - 65]
    assert ("收支", pytest.approx(float(cell.text))) == (where, shown)


@pytest.mark.parametrize(
    "head",
    [
        "编制单位：某某局（虚构）　　　金额单位：万元",
        "公开01表　部门：某某局（虚构）　单位：万元",
        "部门：某某局（虚构）　公开01表　单位：万元",
    ],
)
def test_whose_a_table_is_may_stand_in_one_cell_with_the_unit_of_its_amounts(
    sheets, tmp_path, head
):
    changed = deepcopy(sheets)
    for sheet in changed:
        sheet.rows[1] = [head]
    assert {"某某局（虚构）"} == {t.department for t in read(changed, tmp_path).values()}


def test_a_copy_that_names_another_department_is_told(sheets, whole, tmp_path):
    more = deepcopy(sheets)
    for sheet in more:
        sheet.name, sheet.rows[1][0] = f"乙{sheet.name[:20]}", "部门：另一局（虚构）"
    tables = read([*deepcopy(sheets), *more], tmp_path)
    assert whole == amounts(tables)
    assert {("另一局（虚构）",)} == {table.of_others for table in tables.values()}


def test_a_web_page_is_read_like_a_workbook(sheets, whole, tmp_path):
    assert whole == amounts(read(sheets, tmp_path, html, "tables.html"))


def test_an_ods_is_read_like_an_xlsx(sheets, whole, tmp_path):
    assert whole == amounts(read(sheets, tmp_path, ods, "tables.ods"))


# Where a table says that its amounts are in 元
UNITS = {
    "beside the title": lambda sheet: sheet.rows[1].__setitem__(-1, "单位：元"),
    "with a blank in it": lambda sheet: sheet.rows[1].__setitem__(-1, "单 位：人民币元"),
    "in a row of its own": lambda sheet: inserted(sheet, 0, [["", "金额单位：元"]]),
    "in two cells": lambda sheet: sheet.rows[1].extend(["金额单位：", "元"]),
    "in brackets": lambda sheet: sheet.rows[1].append("（元）"),
    "in the title": lambda sheet: sheet.rows[0].__setitem__(0, f"{sheet.rows[0][0]}（单位：元）"),
    "in the head": lambda sheet: heads_otherwise(lambda v: v and f"{v}（元）")([sheet]),
    "under the table": lambda sheet: sheet.rows.append(["单位：元"]),
}


@pytest.mark.parametrize("where", UNITS)
def test_amounts_in_yuan_are_read_as_the_sheet_says(sheets, whole, tmp_path, where):
    changed = each_value(lambda v: float(round(v * 10_000)))(deepcopy(sheets))
    for sheet in changed:
        sheet.rows[1][-1] = ""
        UNITS[where](sheet)
    tables = read(changed, tmp_path)
    assert {("元",)} == {table.units for table in tables.values()}
    assert whole == amounts(tables)


@pytest.mark.parametrize("label, has_its_row", [("合计", True), ("合", False), ("合汁", False)])
def test_the_only_row_of_a_table_of_zeros_is_there_under_its_name(
    sheets, tmp_path, label, has_its_row
):
    sheet = each_value(lambda v: 0.0)(deepcopy(sheets))[12]
    [row] = [row for row in sheet.rows if row[0] == "合计"]
    row[0] = label
    assert has_its_row == bool(read([sheet], tmp_path)["13"].cells)


def test_amounts_without_decimals_are_no_codes(sheets, tmp_path):
    """Beside each other on two sides whole amounts of three digits look like the codes of the right one."""
    changed = each_value(lambda v: str(round(v)))(deepcopy(sheets))
    tables = read(changed, tmp_path)
    assert [] == [number for number, table in tables.items() if table.lost]
    assert len({row for row, _ in tables["01"].cells}) > 30


def test_what_is_beyond_what_is_read_of_a_workbook_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(sheets_room, "MOST_SHEETS", 2)
    monkeypatch.setattr(sheets_room, "MOST_ROWS", 3)
    monkeypatch.setattr(sheets_room, "MOST_COLUMNS", 4)
    path = tmp_path / "tables.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name, row, column in (("甲", 2, 3), ("乙", 3, 0), ("丙", 0, 0)):
            book.add_worksheet(name).write_string(row, column, "数")
    read = documents.read(path, NAME)
    assert ("第 2 张以后的工作表「丙」", "工作表「乙」第 3 行、第 4 列以外的部分") == read.left_out
    assert ["甲", "乙"] == [grid.sheet for grid in read.grids]


def test_a_hidden_old_copy_is_left_out_and_told(sheets, whole, tmp_path):
    copy = deepcopy(sheets[2])
    copy.name, copy.hidden = "03 旧", True
    each_value(lambda v: v + 1)([copy])
    path = xlsx([copy, *deepcopy(sheets)], tmp_path / "tables.xlsx")
    assert whole == amounts(printed.read(path, NAME, FORMS))
    assert ("隐藏的工作表「03 旧」",) == documents.read(path, NAME).left_out


def test_a_second_copy_that_is_shown_is_told(sheets, whole, tmp_path):
    copy = deepcopy(sheets[2])
    copy.name = "03 (2)"
    tables = read([*deepcopy(sheets), copy], tmp_path)
    assert whole == amounts(tables)
    assert ("03 (2)",) == tables["03"].again


def test_formulas_that_were_never_calculated_are_refused(sheets, tmp_path):
    changed = deepcopy(sheets)
    changed[0].rows[5][2] = "=1+1|"
    said = f"工作表「{re.escape(changed[0].name)}」：C6 等 1 格是没有算出数的公式，应为在 Excel 里打开并保存一次的文件"
    with pytest.raises(DataError, match=said):
        read(changed, tmp_path)


def test_a_cell_knows_where_it_stands(sheets, tmp_path):
    (table,) = read(sheets[5:6], tmp_path).values()
    cell = table.cells["合计", "本年支出合计"]
    assert sheets[5].rows[cell.row][cell.column] == pytest.approx(float(cell.text))
    assert f"{sheets[5].name}!{chr(65 + cell.column)}{cell.row + 1}" == cell.place
