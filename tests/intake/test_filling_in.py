"""What is still to fill in: a year that begins as the last one ended, a workbook to fill in, and what todo says."""

import csv
import shlex
import shutil

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from helpers import cli
from helpers.basics.errors import DataError, RequestError
from helpers.basics.paths import Folder
from helpers.disclosure import disclosure, figures
from helpers.intake.todo import todo
from helpers.sample import blank, paper, sample


@pytest.fixture(scope="module")
def district(tmp_path_factory):
    data = tmp_path_factory.mktemp("district")
    sample.create(data, 1, range(2023, 2024), seed=1)
    return data


DEPARTMENT = "sample-0001-government-office"


def rows_of(folder):
    with folder.figures.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def carried(district):
    folder = Folder(district, DEPARTMENT, 2024)
    if not folder.path.exists():
        blank.create(district, DEPARTMENT, 2024, since=2023)
    return folder


def test_a_year_begins_with_the_rows_of_the_last_one_and_no_amount(district, carried):
    last = [r for r in rows_of(carried.last_year) if r["basis"] != "上年决算"]
    new = rows_of(carried)
    assert [(r["item"], r["category"], r["function"]) for r in last] == [
        (r["item"], r["category"], r["function"]) for r in new
    ]
    assert {""} == {r["amount"] for r in new}
    assert f"2023 年 {last[0]['amount']} {last[0]['unit']}" == new[0]["note"]


def test_a_year_begins_with_the_words_of_the_last_one(carried):
    words = carried.profile.read_text(encoding="utf-8")
    assert "year: 2024\n" in words
    assert words.replace("2024", "2023") == carried.last_year.profile.read_text(encoding="utf-8")


def test_a_year_begins_with_the_projects_of_the_last_one_and_none_runs(district, tmp_path):
    shutil.copytree(
        district / "departments" / DEPARTMENT / "2023",
        tmp_path / "departments" / DEPARTMENT / "2023",
    )
    called = ["+智慧政务（二期）", "-甲", "=1+1", "@乙"]
    rows = [f"绩效项目,常年,,,,,{name},,1,万元\n" for name in called]
    earlier = Folder(tmp_path, DEPARTMENT, 2023).figures
    earlier.write_text(",".join(figures.REQUIRED) + "\n" + "".join(rows), encoding="utf-8")
    for year in (2024, 2025):
        made = blank.create(tmp_path, DEPARTMENT, year, since=year - 1) / "figures.csv"
        text = made.read_text(encoding="utf-8-sig")
        assert all(f",'{name}," in text for name in called)
        made.write_text(text.replace(",,万元,", ",1,万元,"), encoding="utf-8")
        assert called == [f.scope.project for f in figures.load(made, "figures.csv")]


def test_what_to_carry_over_must_be_there(district):
    with pytest.raises(RequestError, match="没有 office/2023"):
        blank.create(district, "office", 2024, since=2023)
    assert not Folder(district, "office", 2024).path.exists()


def test_todo_names_every_open_row_and_where_it_will_be_printed(carried):
    found = todo(carried)
    assert len(rows_of(carried)) == len(found.rows)
    assert any("加进 07[" in line for line in found.rows)
    assert () == found.cells


def test_todo_names_the_line(carried, tmp_path):
    text = carried.figures.read_text(encoding="utf-8-sig")
    folder = Folder(tmp_path, DEPARTMENT, 2024)
    folder.path.mkdir(parents=True)
    folder.profile.write_bytes(carried.profile.read_bytes())
    lines = text.splitlines()
    filled = [line.replace(",元,", ",5,元,", 1).replace(",,5,", ",5,", 1) for line in lines[:4]]
    folder.figures.write_text("\n".join([*filled, lines[4]]) + "\n", encoding="utf-8")
    assert ["第 5 行"] == [line[12:17] for line in todo(folder).rows]


EXCEL_LEAVES = ",,,,,,,,,,,\n" * 2


def as_excel_saves(text):
    """Return the text of a figures.csv with blank columns and blank rows behind all that is written."""
    return "".join(f"{line},,\n" for line in text.splitlines()) + EXCEL_LEAVES


@pytest.mark.parametrize(
    "rewritten",
    [
        as_excel_saves,
        lambda text: text + EXCEL_LEAVES,
        lambda text: text.replace(",amount,", ", amount,", 1),
        lambda text: text.replace(",amount,", ", 金额 ,", 1),
        lambda text: "\n\n".join(text.splitlines()),
    ],
    ids=["columns and rows", "rows", "head", "Chinese head", "lines between"],
)
def test_todo_reads_what_a_check_reads(district, tmp_path, rewritten):
    shutil.copytree(district / "departments", tmp_path / "departments")
    folder = Folder(tmp_path, DEPARTMENT, 2023)
    whole = folder.figures.read_text(encoding="utf-8")
    folder.figures.write_text(rewritten(whole), encoding="utf-8")
    assert figures.load(folder.figures, "figures.csv")
    assert () == todo(folder).rows
    first = whole.splitlines()[1]
    fields = first.split(",")
    fields[8] = " "
    folder.figures.write_text(
        rewritten(whole.replace(first, ",".join(fields), 1)), encoding="utf-8"
    )
    with pytest.raises(DataError, match="金额为空"):
        figures.load(folder.figures, "figures.csv")
    assert 1 == len(todo(folder).rows)


def test_todo_writes_no_file_of_its_own(carried, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(carried.path / "nowhere"))
    assert todo(carried).rows


def test_todo_refuses_what_is_no_csv(tmp_path):
    blank.create(tmp_path, "office", 2024)
    folder = Folder(tmp_path, "office", 2024)
    with folder.figures.open("a", encoding="utf-8") as file:
        file.write("长" * 200_000 + "\n")
    with pytest.raises(DataError, match="行：引号不配对或单格过长"):
        todo(folder)


def test_todo_of_a_new_folder_says_that_the_names_are_wanted(tmp_path):
    blank.create(tmp_path, "office", 2024)
    words = todo(Folder(tmp_path, "office", 2024)).words
    assert any("缺少「department」" in line for line in words)


def test_todo_does_not_mind_a_year_before_that_is_half_filled_in(tmp_path):
    for year in (2023, 2024):
        blank.create(tmp_path, "office", year)
    assert todo(Folder(tmp_path, "office", 2024)).rows


def test_nothing_is_left_to_do_where_everything_is_filled_in(district):
    assert () == todo(Folder(district, DEPARTMENT, 2023)).rows


def test_todo_names_what_only_a_statement_prints(district, tmp_path):
    shutil.copytree(district / "departments", tmp_path / "departments")
    folder = Folder(tmp_path, DEPARTMENT, 2023)
    lines = folder.figures.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("数量,国内公务接待批次")]
    assert len(kept) < len(lines)
    folder.figures.write_text("".join(kept), encoding="utf-8")
    [told] = todo(folder).lines
    assert told.startswith("说明 ") and "国内公务接待批次" in told and told.endswith("也推不出")


def test_the_command_tells_it(district, carried, capsys):
    assert 0 == cli.main(["todo", "--data", str(district), "-y", "2024"])
    assert "还要填" in capsys.readouterr().out


# A workbook to fill in


MISSING = "缺"


def filled(form, place, amounts):
    """Copy a workbook with some of what is missing in it written: (sheet, row label, column) → text."""
    book = CalamineWorkbook.from_path(str(form))
    with xlsxwriter.Workbook(str(place)) as copy:
        for name in book.sheet_names:
            sheet = copy.add_worksheet(name)
            for r, row in enumerate(book.get_sheet_by_name(name).to_python(skip_empty_area=False)):
                labels = [str(cell).strip("　") for cell in row[:2]]  # a code and a name, or a name
                for c, value in enumerate(row):
                    new = [
                        amounts[key] for label in labels if (key := (name[:2], label, c)) in amounts
                    ]
                    sheet.write(r, c, new[0] if new and value == MISSING else value)
    return place


def test_a_workbook_that_was_filled_in_imports_like_any_other(tmp_path, capsys):
    form = paper.create(tmp_path, "office", 2024, to=str(tmp_path / "form.xlsx"))
    amounts = {("06", "行政运行", 3): 5.25, ("13", "合计", 12): 0, ("数量", "保有轿车数", 2): 3}
    done = filled(form, tmp_path / "done.xlsx", amounts)
    options = ["-d", "office", "-y", "2024", "--data", str(tmp_path)]
    assert 0 == cli.main(["import", str(done), *options])
    rows = {
        (r["item"], r["category"], r["function"], r["nature"]): (r["amount"], r["unit"])
        for r in rows_of(Folder(tmp_path, "office", 2024))
    }
    assert {
        ("支出", "", "2010301", "基本支出"): ("5.25", "万元"),
        ("三公经费", "公务接待费", "", ""): ("0.00", "万元"),
        ("数量", "保有轿车数", "", ""): ("3", "辆"),
    } == rows


def test_a_workbook_has_the_rows_of_the_year_before(district, tmp_path):
    form = paper.create(district, DEPARTMENT, 2024, to=str(tmp_path / "form.xlsx"))
    (sheet,) = [n for n in CalamineWorkbook.from_path(str(form)).sheet_names if n[:2] == "06"]
    grid = CalamineWorkbook.from_path(str(form)).get_sheet_by_name(sheet).to_python()
    table = disclosure.load(DEPARTMENT, 2023, district).tables.table("06")
    wanted = [row.key for row in table.sides[0].rows if row.key.isdecimal()]
    assert wanted == [row[0] for row in grid if str(row[0]).isdecimal()]


def test_a_workbook_never_replaces_a_file(tmp_path):
    (tmp_path / "form.xlsx").write_text("mine", encoding="utf-8")
    with pytest.raises(RequestError, match="已经有了"):
        paper.create(tmp_path, "office", 2024, to=str(tmp_path / "form.xlsx"))


@pytest.mark.parametrize("to", ["form.csv", "nowhere/form.xlsx"])
def test_a_workbook_is_an_xlsx_in_a_folder_that_is_there(tmp_path, to):
    with pytest.raises(RequestError, match="--xlsx 不能是"):
        paper.create(tmp_path, "office", 2024, to=str(tmp_path / to))


def test_a_workbook_that_cannot_be_written_is_refused_in_one_line(tmp_path, capsys):
    there = "/proc/form.xlsx"  # where root may not write either
    asked = ["new", "office", "2024", "--data", str(tmp_path), "--xlsx", there]
    assert cli.FAILED == cli.main(asked)
    assert [there] == [
        line.split(" 读写不了：")[0] for line in capsys.readouterr().err.splitlines()
    ]


def test_the_command_that_imports_it_can_be_copied(tmp_path, capsys):
    there = str(tmp_path / "my form.xlsx")
    assert cli.BUILT == cli.main(
        ["new", "office", "2024", "--data", str(tmp_path), "--xlsx", there]
    )
    assert there in shlex.split(capsys.readouterr().out.partition("填好后运行 ")[2])


def test_todo_names_the_statements_that_lack_last_year(district, tmp_path):
    shutil.copytree(district / "departments", tmp_path / "departments")
    folder = Folder(tmp_path, DEPARTMENT, 2023)
    lines = folder.figures.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if ",上年决算," not in line]
    folder.figures.write_text("".join(kept), encoding="utf-8")
    assert any("印作【缺上年数】：补上年的文件夹" in line for line in todo(folder).lines)
