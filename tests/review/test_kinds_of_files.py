"""What was published is compared alike, whatever kind of file it was published in."""

import shutil
from html import escape

import pytest
from books import Sheet, ods
from invented import DEPARTMENT, YEAR, write_department
from papers import docx, p, tr
from python_calamine import CalamineWorkbook

from helpers.basics.paths import Folder
from helpers.report import report
from helpers.sample import sample


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """The invented department with what it published: one sentence changed, one amount changed."""
    place = tmp_path_factory.mktemp("data")
    write_department(place)
    folder = Folder(place, DEPARTMENT, YEAR)
    sample.publish(folder)
    text = folder.narrative.read_text(encoding="utf-8")
    start = text.index("本年支出合计")
    changed = text[:start] + text[start:].replace("万元", "7万元", 1)
    folder.narrative.write_text(changed, encoding="utf-8")
    sheets = sheets_of(folder)
    sheets[2].rows[5][2] += 1
    ods(sheets, folder.narrative.with_name("tables.ods"))
    folder.narrative.with_name("tables.xlsx").unlink()
    return place


def sheets_of(folder: Folder) -> list[Sheet]:
    book = CalamineWorkbook.from_path(str(folder.workbook))
    return [
        Sheet(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False))
        for name in book.sheet_names
    ]


def as_html(text: str, sheets: list[Sheet]) -> str:
    tables = "".join(
        "<table>"
        + "".join(
            "<tr>" + "".join(f"<td>{escape(shown(v))}</td>" for v in row) + "</tr>"
            for row in sheet.rows
        )
        + "</table>"
        for sheet in sheets
    )
    return "".join(f"<p>{escape(line)}</p>" for line in text.splitlines()) + tables


def as_docx(text: str, sheets: list[Sheet]) -> bytes:
    tables = "".join(
        "<w:tbl>" + "".join(tr(*(escape(shown(v)) for v in row)) for row in sheet.rows) + "</w:tbl>"
        for sheet in sheets
    )
    return docx("".join(p(escape(line)) for line in text.splitlines()) + tables)


def shown(value) -> str:
    return f"{value:,.2f}" if isinstance(value, float) else str(value)


def serious(data) -> list[tuple[str, str, str]]:
    found = report.load(DEPARTMENT, YEAR, data).found
    return [(f.rule, f.place, f.message) for f in found if f.severity in ("error", "warning")]


@pytest.mark.parametrize("kind", ["html", "docx"])
def test_a_document_that_holds_both_is_compared_like_text_and_workbook(data, tmp_path, kind):
    shutil.copytree(data / "departments", tmp_path / "departments")
    folder = Folder(tmp_path, DEPARTMENT, YEAR)
    text, sheets = folder.narrative.read_text(encoding="utf-8"), sheets_of(folder)
    content = as_docx(text, sheets) if kind == "docx" else as_html(text, sheets).encode()
    folder.narrative.with_name(f"disclosure.{kind}").write_bytes(content)
    folder.workbook.unlink()
    folder.narrative.unlink()
    assert f"disclosure.{kind}" == folder.narrative.name == folder.workbook.name
    found = serious(data)
    assert {"文", "表"} <= {rule[0] for rule, _, _ in found}
    assert found == serious(tmp_path)


def test_hidden_sheets_and_files_of_other_names_are_told(data, tmp_path):
    shutil.copytree(data / "departments", tmp_path / "departments")
    folder = Folder(tmp_path, DEPARTMENT, YEAR)
    from books import xlsx

    sheets = sheets_of(folder)
    sheets.append(Sheet("旧表", [["旧", 1.0]], hidden=True))
    folder.workbook.unlink()
    xlsx(sheets, folder.narrative.with_name("tables.xlsx"))
    folder.narrative.with_name("公开.pdf").write_bytes(b"x")
    folder.narrative.with_name("~$rrative.docx").write_bytes(b"x")
    told = [f for f in report.load(DEPARTMENT, YEAR, tmp_path).found if f.rule == "公开-未读"]
    assert ["missing", "missing"] == [f.severity for f in told]
    assert any("published/tables.xlsx 里隐藏的工作表「旧表」没有读" in f.message for f in told)
    assert any("published/公开.pdf 没有读" in f.message for f in told)
