"""What was published goes in, and its figures rebuild every printed cell."""

import csv
import fcntl
import json
import os
import re
import shutil
from decimal import Decimal
from functools import cache

import books
import papers
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from helpers import cli
from helpers.basics import money
from helpers.basics.model import SERIOUS
from helpers.basics.paths import DATA, Folder
from helpers.basics.text import fold
from helpers.batch import imports
from helpers.disclosure import disclosure
from helpers.intake import importing
from helpers.report import report
from helpers.sample import sample

YEAR, COUNT = 2023, 12


@pytest.fixture(scope="module")
def district(tmp_path_factory):
    """Twelve invented departments with what they published, and the same imported from their workbooks."""
    data = tmp_path_factory.mktemp("district")
    made = sample.create(data, COUNT, range(YEAR, YEAR + 1), seed=5, published=True)
    back = data / "back"
    assert 0 == cli.main(["import", str(data / "departments"), "--data", str(back), "--quiet"])
    return [(folder, Folder(back, folder.department, folder.year)) for folder in made]


@cache
def rows_by_line(folder):
    """The rows of a file without line breaks in its fields, by their lines."""
    with folder.figures.open(encoding="utf-8", newline="") as file:
        return dict(enumerate(csv.DictReader(file), 2))


@cache
def loaded(folder):
    return disclosure.load(folder.department, folder.year, folder.data)


def test_every_printed_cell_is_rebuilt(district):
    """≥ 99.9 in 100 equal, none off by more than 0.01."""
    cells = equal = 0
    for published, imported in district:
        theirs, ours = loaded(published).tables, loaded(imported).tables
        for table in theirs.published():
            for cell in table.cells():
                found = ours.cell(cell.address).amount
                assert found is not None, (published.department, cell.address)
                difference = money.rounded(cell.amount.value, 2) - money.rounded(found.value, 2)
                assert abs(difference) <= Decimal("0.01"), (published.department, cell.address)
                cells, equal = cells + 1, equal + (difference == 0)
    assert cells > 40_000
    assert equal >= cells * Decimal("0.999")


def test_what_was_imported_has_no_error_that_the_documents_do_not_have(district, capsys):
    back = str(district[0][1].data)
    assert 0 == cli.main(["check", "--data", back, "--fail-on", "error", "--format", "json"])
    assert [] == [f for f in json.loads(capsys.readouterr().out) if f["severity"] == "error"]


def test_every_sentence_is_printed_as_it_was_published(district):
    """Own words and all; a percentage of amounts that are rounded in print may end in another digit."""

    def said(folder):
        text = "\n".join(s.text for st in loaded(folder).statements.values() for s in st.sentences)
        return fold(text)[0].split("\n")

    for published, imported in district:
        theirs, ours = said(published), said(imported)
        assert len(theirs) == len(ours)
        differing = [pair for pair in zip(theirs, ours) if pair[0] != pair[1]]
        assert len(differing) <= len(theirs) // 10
        for pair in differing:
            one, other = (re.sub(r"\d+(\.\d+)?%", "%", sentence) for sentence in pair)
            assert one == other


def test_every_row_says_in_which_cell_it_stands(district):
    for _, imported in district:
        with imported.figures.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert rows and all(
            re.match(r"tables.xlsx:..\[|narrative.txt:\d", r["source"]) for r in rows
        )


def test_what_no_table_prints_is_what_the_others_leave(district):
    notes = [
        row["note"]
        for _, imported in district
        for row in csv.DictReader(imported.figures.read_text(encoding="utf-8").splitlines())
        if row["fund"] == "非财政拨款"
    ]
    assert notes and all(note.startswith("余数：") for note in notes)


def test_the_profile_has_the_name_that_the_tables_state(district):
    for published, imported in district:
        assert loaded(published).profile.department == loaded(imported).profile.department


def test_what_only_the_text_says_becomes_a_figure_and_none_is_wrong(district):
    """Counts and amounts that the text prints, and last year's from the changes that it prints."""
    seen = set()
    for published, imported in district:
        truth = loaded(published).tables.accounts
        places = {"决算": truth.on("决算"), "上年决算": truth.on("上年")}
        for figure in loaded(imported).figures:
            row = rows_by_line(imported)[int(figure.line)]
            if row["source"].startswith("narrative.txt:") and figure.basis in places:
                seen.add((figure.scope.item, figure.basis))
                true = places[figure.basis].find(figure.scope).amount
                assert true is None or abs(true.value - figure.amount.value) <= Decimal("0.02")
    assert {("数量", "决算"), ("政府采购", "决算"), ("支出", "上年决算")} <= seen


def test_a_budget_concluded_from_a_completion_says_so(district):
    for _, imported in district:
        rows = [r for r in rows_by_line(imported).values() if r["basis"] == "全年预算"]
        told = [r for r in rows if r["source"].startswith("narrative.txt:")]
        assert told and all(
            r["note"].startswith("推定：由决算数") or not r["function"] for r in told
        )


# One department


@pytest.fixture
def book(district):
    return str(district[0][0].workbook)


def imported(data, *options):
    return cli.main(
        ["import", *map(str, options), "-d", "office", "-y", "2023", "--data", str(data)]
    )


def test_the_account_says_what_was_made(tmp_path, book, capsys):
    assert 0 == imported(tmp_path, book, "--format", "json")
    (account,) = json.loads(capsys.readouterr().out)
    assert ("office", 2023, "sichuan-2022") == tuple(
        account[key] for key in ("department", "year", "edition")
    )
    assert {"tables.xlsx": "tables.xlsx"} == account["files"]
    assert ([], [], [], []) == tuple(
        account[key] for key in ("unread", "disputes", "inferred", "unbuilt")
    )


def test_what_is_there_is_never_replaced_unasked(tmp_path, book, capsys):
    assert 0 == imported(tmp_path, book)
    folder = Folder(tmp_path, "office", 2023)
    folder.figures.write_text("mine", encoding="utf-8")
    assert 2 == imported(tmp_path, book)
    assert "mine" == folder.figures.read_text(encoding="utf-8")
    assert "--force" in capsys.readouterr().err


def test_a_forced_import_replaces_figures_and_keeps_what_others_wrote(tmp_path, book, capsys):
    assert 0 == imported(tmp_path, book)
    folder = Folder(tmp_path, "office", 2023)
    folder.figures.write_text("mine", encoding="utf-8")
    folder.corrections.write_text("mine", encoding="utf-8")
    folder.profile.write_text(
        folder.profile.read_text(encoding="utf-8") + "duties: 我们的话\n", encoding="utf-8"
    )
    assert 0 == imported(tmp_path, book, "--force")
    assert "mine" not in folder.figures.read_text(encoding="utf-8")
    assert "mine" == folder.corrections.read_text(encoding="utf-8")
    assert "我们的话" in folder.profile.read_text(encoding="utf-8")
    assert "保留了原来的 profile.yaml、corrections.yaml" in capsys.readouterr().out


@pytest.mark.parametrize(
    "wrong", ["dutiez: 我们的话\n", "kind: 部门\nkind: 单位\n", "year: 2024\n"]
)
def test_a_forced_import_loses_no_profile_that_cannot_be_read(tmp_path, book, capsys, wrong):
    assert 0 == imported(tmp_path, book)
    folder = Folder(tmp_path, "office", 2023)
    mine = folder.profile.read_text(encoding="utf-8") + wrong
    folder.profile.write_text(mine, encoding="utf-8")
    assert 3 == imported(tmp_path, book, "--force")
    assert mine == folder.profile.read_text(encoding="utf-8")
    assert "profile.yaml 第" in capsys.readouterr().err


def test_a_forced_import_says_that_a_profile_of_another_edition_went(tmp_path, book, capsys):
    assert 0 == imported(tmp_path, book)
    folder = Folder(tmp_path, "office", 2023)
    other = folder.profile.read_text(encoding="utf-8").replace("sichuan-2022", "national-2023")
    folder.profile.write_text(other, encoding="utf-8")
    assert 0 == imported(tmp_path, book, "--force")
    assert "替换　原来的 figures.csv、profile.yaml 和 published/" in capsys.readouterr().out


def test_nobody_decides_about_a_folder_while_it_is_replaced(tmp_path, book, monkeypatch):
    put, held = imports.Shelf.put, []

    def looked_at(shelf, folder, made):
        at = os.open(tmp_path / "departments", os.O_RDONLY)
        with pytest.raises(BlockingIOError):
            fcntl.flock(at, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.close(at)
        held.append(folder)
        return put(shelf, folder, made)

    monkeypatch.setattr(imports.Shelf, "put", looked_at)
    assert 0 == imported(tmp_path, book)
    assert 1 == len(held)


@pytest.mark.parametrize("content", ["no workbook", ""])
def test_a_broken_file_leaves_nothing_behind(tmp_path, content, capsys):
    broken = tmp_path / "broken.xlsx"
    broken.write_text(content, encoding="utf-8")
    assert 3 == imported(tmp_path / "data", broken)
    assert [] == [p for p in (tmp_path / "data").rglob("*") if p.is_file()]
    assert "broken.xlsx" in capsys.readouterr().err


def test_an_unknown_form_is_said_and_never_guessed(tmp_path, capsys):
    strange = tmp_path / "strange.xlsx"
    with xlsxwriter.Workbook(str(strange)) as made:
        made.add_worksheet("收入决算表").write_row(0, 0, ["收入决算表"])
    assert 3 == imported(tmp_path / "data", strange)
    said = capsys.readouterr().err
    assert "认不出是哪个版本的样式：" in said and "sichuan-2022（表 1/13" in said


@pytest.mark.parametrize("kind", ["xlsx", "docx", "html", "txt"])
def test_a_document_of_another_kind_is_told_what_is_wanted(tmp_path, kind, capsys):
    strange = tmp_path / f"notice.{kind}"
    if kind == "xlsx":
        with xlsxwriter.Workbook(str(strange)) as made:
            made.add_worksheet("流水").write_row(0, 0, ["日期", 12.5])
    elif kind == "docx":
        strange.write_bytes(papers.docx(papers.p("请于周五前交来，经费3万元。")))
    else:
        strange.write_text("<p>请于周五前交来，经费3万元。</p>", encoding="utf-8")
    assert 3 == imported(tmp_path / "data", strange)
    said = capsys.readouterr().err
    assert f"notice.{kind}：里面没有一张部门决算的表，也没有一个标题" in said
    assert "照 docs/new-form.md 加一个版本" in said


def changed(book, place, amounts=(), dropped=()):
    """Copy a workbook with some cells, by (sheet, row, column), replaced, and without some sheets."""
    amounts, original = dict(amounts), CalamineWorkbook.from_path(book)
    with xlsxwriter.Workbook(str(place)) as copy:
        for name in original.sheet_names:
            if name[:2] in dropped:
                continue
            sheet = copy.add_worksheet(name)
            grid = original.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for r, row in enumerate(grid):
                for c, value in enumerate(row):
                    sheet.write(r, c, amounts.get((name[:2], r, c), value))
    return place


def test_a_workbook_in_yuan_gives_the_same_cells(tmp_path, district, book):
    published, _ = district[0]
    amounts = {}
    original = CalamineWorkbook.from_path(book)
    for name in original.sheet_names:
        grid = original.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for r, row in enumerate(grid):
            for c, value in enumerate(row):
                if r > 2 and isinstance(value, (int, float)):
                    amounts[name[:2], r, c] = str(Decimal(str(value)) * 10_000)
                elif "单位：万元" in str(value):
                    amounts[name[:2], r, c] = value.replace("万元", "元")
    assert 0 == imported(tmp_path, changed(book, tmp_path / "b.xlsx", amounts))
    ours = loaded(Folder(tmp_path, "office", YEAR)).tables
    theirs = loaded(published).tables
    for table in theirs.published():
        for cell in table.cells():
            found = ours.cell(cell.address).amount
            assert money.rounded(cell.amount.value, 2) == money.rounded(found.value, 2)


def test_a_table_that_says_no_unit_is_told(tmp_path, book, capsys):
    sheet = next(n for n in CalamineWorkbook.from_path(book).sheet_names if n.startswith("06"))
    head = CalamineWorkbook.from_path(book).get_sheet_by_name(sheet).to_python()[1]
    amounts = {("06", 1, len(head) - 1): ""}
    assert 0 == imported(tmp_path, changed(book, tmp_path / "b.xlsx", amounts), "--format", "json")
    (account,) = json.loads(capsys.readouterr().out)
    assert ["tables.xlsx：「06」这 1 张表没有写金额单位，照别的表按万元读"] == account["unread"]


def test_some_tables_fewer_are_said_and_no_hindrance(tmp_path, book, capsys):
    assert 0 == imported(tmp_path, changed(book, tmp_path / "b.xlsx", dropped=("11", "12")))
    assert "缺表　11、12" in capsys.readouterr().out


def test_a_form_with_four_tables_fewer_may_be_another(tmp_path, book, capsys):
    dropped = ("09", "10", "11", "12")
    assert 3 == imported(tmp_path, changed(book, tmp_path / "b.xlsx", dropped=dropped))
    assert "--edition" in capsys.readouterr().err
    options = (changed(book, tmp_path / "b.xlsx", dropped=dropped), "--edition", "sichuan-2022")
    assert 0 == imported(tmp_path, *options)


def test_a_document_that_contradicts_itself_keeps_both_values(tmp_path, book, capsys):
    """The first amount of table 06 is stated by 03, 05, 07 and others too."""
    spoilt = changed(book, tmp_path / "b.xlsx", amounts={("06", 4, 2): 1.23})
    assert 0 == imported(tmp_path, spoilt, "--format", "json")
    (account,) = json.loads(capsys.readouterr().out)
    (dispute,) = account["disputes"]
    assert [["1.23", "tables.xlsx:06[合计, 本年支出合计]"]] == dispute["others"]
    assert "tables.xlsx:07[合计, 合计]" in dispute["places"]
    check = ["check", "--data", str(tmp_path), "--format", "json"]
    assert 0 == cli.main(check)
    found = json.loads(capsys.readouterr().out)
    assert ["06[合计, 本年支出合计]"] == [f["place"] for f in found if f["severity"] == "error"]


def test_a_file_that_brings_down_its_reader_harms_no_other(tmp_path, book, monkeypatch, capsys):
    def deadly(request, into, make=importing.make):
        return os.abort() if request.folder.department == "bad" else make(request, into)

    monkeypatch.setattr(importing, "make", deadly)
    place = tmp_path / "district"
    place.mkdir()
    for name in ("bad 2023.xlsx", "good 2023.xlsx"):
        shutil.copyfile(book, place / name)
    assert 3 == cli.main(["import", str(place), "--data", str(tmp_path / "data")])
    assert ["good"] == [p.name for p in (tmp_path / "data" / "departments").iterdir()]
    assert "bad/2023：进程被信号 SIGABRT 终止" in capsys.readouterr().err


@pytest.mark.parametrize(
    "options, said",
    [
        (["missing.xlsx", "-d", "office", "-y", "2023"], "没有 missing.xlsx"),
        ([__file__], "要写明部门和年度"),
        ([__file__, "-d", "Office", "-y", "2023"], "部门文件夹名「Office」不对"),
        ([__file__, "-d", "office", "-y", "2023", "--edition", "sichuan"], "sichuan-2022"),
    ],
)
def test_a_request_that_cannot_be_understood_is_refused(tmp_path, options, said, capsys):
    assert 2 == cli.main(["import", *options, "--data", str(tmp_path)])
    assert said in capsys.readouterr().err


def test_one_failure_of_a_district_harms_no_other_and_is_tried_again(tmp_path, book, capsys):
    place = tmp_path / "district"
    place.mkdir()
    content = open(book, "rb").read()
    (place / "good 2023.xlsx").write_bytes(content)
    (place / "示例县财政局2023年度部门决算.xlsx").write_bytes(b"broken")
    (place / "no-year.xlsx").write_bytes(content)
    data = str(tmp_path / "data")
    assert 3 == cli.main(["import", str(place), "--data", data])
    assert "no-year" in capsys.readouterr().err
    (place / "示例县财政局2023年度部门决算.xlsx").write_bytes(content)
    assert 0 == cli.main(["import", str(place), "--data", data])
    assert "导入 1 份，已有而没有改动 1 份，失败 0 份" in capsys.readouterr().out


# What cannot be read is never taken for zero, and never for another's


def test_a_table_of_which_much_is_no_number_is_refused_with_the_first(tmp_path, book, capsys):
    amounts = {("06", r, 2): f"约{r}" for r in range(4, 14)}
    assert 3 == imported(tmp_path, changed(book, tmp_path / "b.xlsx", amounts))
    assert (
        "tables.xlsx 06 表：有 10 格读不出，如 tables.xlsx:06[合计, 本年支出合计]：「约4」不是数"
        in (capsys.readouterr().err)
    )


def test_a_cell_that_cannot_be_read_is_told_and_nothing_is_concluded_for_it(tmp_path, book, capsys):
    """The one amount of 01 that no other table states."""
    sheet = CalamineWorkbook.from_path(book).get_sheet_by_name(
        next(n for n in CalamineWorkbook.from_path(book).sheet_names if n.startswith("01"))
    )
    grid = sheet.to_python(skip_empty_area=False)
    (place,) = [
        (r, c) for r, row in enumerate(grid) for c, v in enumerate(row) if "其他收入" in str(v)
    ]
    amounts = {("01", place[0], place[1] + 2): "约3"}
    assert 0 == imported(tmp_path, changed(book, tmp_path / "b.xlsx", amounts), "--format", "json")
    (account,) = json.loads(capsys.readouterr().out)
    assert ["tables.xlsx:01[其他收入, 决算数]：「约3」不是数"] == account["unread"]
    with Folder(tmp_path, "office", YEAR).figures.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [] == [row for row in rows if "余数" in row["note"] and row["category"] == "其他收入"]


def copied(book, place, before=(), pieces=None):
    """Copy a workbook with further sheets before it, (name, rows), and one sheet in pieces, (number, rows, head)."""
    original = CalamineWorkbook.from_path(book)
    with xlsxwriter.Workbook(str(place)) as copy:
        sheets = [
            (n, original.get_sheet_by_name(n).to_python(skip_empty_area=False))
            for n in original.sheet_names
        ]
        for name, rows in (*before, *sheets):
            parts = [(name, rows)]
            if pieces and name[:2] == pieces[0]:
                cut, head = pieces[1:]
                parts = [(name, rows[:cut]), ("续", rows[:head] + rows[cut:])]
            for called, some in parts:
                made = copy.add_worksheet(called)
                for r, row in enumerate(some):
                    made.write_row(r, 0, row)
    return place


def equal_cells(published, imported_folder):
    theirs, ours = loaded(published).tables, loaded(imported_folder).tables
    return all(
        money.rounded(cell.amount.value, 2)
        == money.rounded(ours.cell(cell.address).amount.value, 2)
        for table in theirs.published()
        for cell in table.cells()
    )


def test_a_table_that_goes_on_in_another_sheet_is_read_whole(tmp_path, district, book):
    assert 0 == imported(tmp_path, copied(book, tmp_path / "b.xlsx", pieces=("03", 9, 4)))
    assert equal_cells(district[0][0], Folder(tmp_path, "office", YEAR))


def test_a_workbook_of_two_departments_is_refused_by_their_names(tmp_path, book, capsys):
    original = CalamineWorkbook.from_path(book)
    name = next(n for n in original.sheet_names if n.startswith("03"))
    rows = original.get_sheet_by_name(name).to_python(skip_empty_area=False)
    rows[1][0] = "部门：另一局"
    assert 3 == imported(tmp_path, copied(book, tmp_path / "b.xlsx", before=[("乙", rows)]))
    assert "里面有几个部门的表：另一局、" in capsys.readouterr().err


def test_an_older_copy_that_says_its_year_is_passed_over_and_told(tmp_path, district, book, capsys):
    original = CalamineWorkbook.from_path(book)
    name = next(n for n in original.sheet_names if n.startswith("03"))
    rows = original.get_sheet_by_name(name).to_python(skip_empty_area=False)
    old = [[v * 2 if isinstance(v, float) else v for v in row] for row in rows]
    old[0][0] = f"2022年度{old[0][0] or '支出决算表'}"
    assert 0 == imported(tmp_path, copied(book, tmp_path / "b.xlsx", before=[("上年", old)]))
    assert equal_cells(district[0][0], Folder(tmp_path, "office", YEAR))
    assert "tables.xlsx:03：上年 又有一份，没有读" in capsys.readouterr().out


@pytest.mark.parametrize("asked_for", [2024, 2022])
def test_a_document_of_another_year_is_refused(tmp_path, district, capsys, asked_for):
    """Of the year before, too, which it compares with in every section."""
    text = str(district[0][0].narrative)
    asked = ["import", text, "-d", "office", "-y", str(asked_for), "--data", str(tmp_path)]
    assert 3 == cli.main(asked)
    assert f"写的是 2023 年度，应为{asked_for} 年度的文件" in capsys.readouterr().err


@pytest.mark.parametrize("line", ["（二）与2022年度决算对比情况", "2022年决算数"])
def test_a_heading_that_compares_is_no_title(tmp_path, district, line):
    text = district[0][0].narrative.read_text(encoding="utf-8")
    untitled = text.replace("2023年度部门决算", "部门决算").replace("2023年度单位决算", "单位决算")
    (tmp_path / "n.txt").write_text(f"{line}\n{untitled}", encoding="utf-8")
    assert 0 == imported(tmp_path, tmp_path / "n.txt")


@pytest.mark.parametrize("name", ["finance", "planning"])
def test_a_published_document_of_the_next_year_is_refused(tmp_path, capsys, name):
    document = next((DATA / "departments" / f"putuo-{name}-bureau").glob("*/published/*.pdf"))
    asked = ["import", str(document), "-d", "office", "-y", "2023", "--data", str(tmp_path)]
    assert 3 == cli.main(asked)
    assert "写的是 2024 年度，应为2023 年度的文件" in capsys.readouterr().err


def test_of_two_editions_that_read_a_text_alike_the_one_of_the_year_is_taken(tmp_path, district):
    assert 0 == imported(tmp_path, district[0][0].narrative)
    folder = Folder(tmp_path, "office", YEAR)
    assert "edition: sichuan-2022" in folder.profile.read_text(encoding="utf-8")


def in_yuan(folder, numbers, path):
    """Return a workbook some of whose tables are in 元 and do not say so."""
    sheets = books.sheets_of(folder.workbook)
    for sheet in (sheet for sheet in sheets if sheet.name[:2] in numbers):
        sheet.rows = [
            [
                round(v * 10_000, 2) if isinstance(v, float) and c > 1 else v
                for c, v in enumerate(row)
            ]
            for row in sheet.rows
        ]
    return books.xlsx(sheets, path)


@pytest.mark.parametrize("numbers", ["3", "3456", "234568"])
def test_tables_that_are_in_yuan_and_do_not_say_so_are_read_so_and_told(tmp_path, capsys, numbers):
    """The other tables of the document, and its text, are in 万元."""
    numbers = tuple(f"{int(number):02d}" for number in numbers)
    [folder] = sample.create(tmp_path / "data", 1, range(YEAR, YEAR + 1), seed=3, published=True)
    book = str(in_yuan(folder, numbers, tmp_path / "tables.xlsx"))
    asked = ["import", book, str(folder.narrative), "-d", "office", "-y", str(YEAR)]
    assert cli.BUILT == cli.main([*asked, "--data", str(tmp_path / "in")])
    told = re.findall(r":(\d\d) 表：各数是别的表同一个数的一万倍，按元读", capsys.readouterr().out)
    assert list(numbers) == told
    this = report.load("office", YEAR, tmp_path / "in")
    mixed = [c for c in this.review.causes if "表疑将元与万元写混" in c.sentence]
    assert 1 == len(mixed)
    if len(numbers) == 1:
        assert mixed == [c for c in this.review.causes if c.severity in SERIOUS]


def test_one_row_that_is_in_yuan_is_no_whole_table(tmp_path, capsys):
    [folder] = sample.create(tmp_path / "data", 1, range(YEAR, YEAR + 1), seed=3, published=True)
    sheets = books.sheets_of(folder.workbook)
    [sheet] = [sheet for sheet in sheets if sheet.name.startswith("05")]
    row = next(row for row in sheet.rows if sum(isinstance(v, float) for v in row[2:]) > 1)
    row[2:] = [round(v * 10_000, 2) if isinstance(v, float) else v for v in row[2:]]
    book = str(books.xlsx(sheets, tmp_path / "tables.xlsx"))
    asked = ["import", book, str(folder.narrative), "-d", "office", "-y", str(YEAR)]
    assert cli.BUILT == cli.main([*asked, "--data", str(tmp_path / "in")])
    assert "按元读" not in capsys.readouterr().out


def test_what_is_kept_of_a_real_document_is_what_is_imported_from_it(tmp_path):
    kept = Folder(DATA, "putuo-finance-bureau", 2024)
    pdf = str(kept.path / "published" / "disclosure.pdf")
    asked = ["import", pdf, "-d", kept.department, "-y", "2024", "--data", str(tmp_path), "--quiet"]
    assert cli.BUILT == cli.main(asked)
    made = Folder(tmp_path, kept.department, 2024)
    for file in ("figures", "profile"):
        assert getattr(kept, file).read_text("utf-8") == getattr(made, file).read_text("utf-8")


@pytest.mark.parametrize("tail, told", [("0000000000002", "四舍五入"), ("9" * 40, "文-数")])
def test_a_number_with_more_digits_than_money_has_is_read_and_told(tmp_path, tail, told, capsys):
    [folder] = sample.create(tmp_path, 1, range(YEAR, YEAR + 1), seed=5, published=True)
    text = folder.narrative.read_text(encoding="utf-8")
    total = re.search(r"收、支总计均为(\d+\.\d\d)万元", text)[1]
    longer = f"{total}{tail}" if tail[0] == "0" else f"{tail}.5"
    folder.narrative.write_text(text.replace(total, longer, 1), encoding="utf-8")
    cli.main(["check", "--data", str(tmp_path)])
    said = capsys.readouterr()
    assert "出错" not in said.err and any(
        longer in line and told in line for line in said.out.splitlines()
    )
    back = tmp_path / "back"
    command = ["import", str(tmp_path / "departments"), "--data", str(back), "--quiet"]
    assert 0 == cli.main(command) and "出错" not in capsys.readouterr().err
    assert f",{total}," in Folder(back, folder.department, YEAR).figures.read_text(encoding="utf-8")


def test_a_folder_without_what_can_be_imported_says_what_is_wanted(tmp_path, capsys):
    for department in ([], ["-d", "office", "-y", "2024"]):
        (tmp_path / "2024").mkdir(exist_ok=True)
        (tmp_path / "2024" / "note.md").write_text("甲", encoding="utf-8")
        asked = ["import", str(tmp_path / "2024"), *department, "--data", str(tmp_path / "data")]
        assert cli.NOT_UNDERSTOOD == cli.main(asked)
        told = capsys.readouterr().err
        assert "2024 里没有可以导入的文件，应为 xlsx、" in told and "名字写部门和年度" in told


def test_what_is_not_named_by_its_year_is_told_where_nothing_else_is_there(tmp_path, capsys):
    (tmp_path / "foo.xlsx").write_bytes(b"")
    assert cli.NOT_UNDERSTOOD == cli.main(["import", str(tmp_path), "--data", str(tmp_path / "d")])
    assert "foo：名字里没有年度，用 -y 写明" in capsys.readouterr().err
