"""A folder of documents read as a district: names tell department and year."""

import pytest

from helpers.basics.errors import DataError, RequestError
from helpers.intake import sources
from helpers.intake.district import district


def laid(place, *names):
    for name in names:
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(b"")


def found(place, **more):
    return {
        (r.folder.department, r.folder.year): sorted(f.name for f in r.files)
        for r in district(place, place / "data", **more).requests
    }


@pytest.mark.parametrize(
    "names",
    [
        ("finance/2023/tables.xlsx", "finance/2023/narrative.txt"),
        ("finance/2023/published/tables.xlsx", "finance/2023/published/narrative.txt"),
        ("finance 2023/tables.xlsx", "finance 2023/narrative.txt"),
        ("Finance_2023年度/tables.xlsx", "Finance_2023年度/narrative.txt"),
    ],
)
def test_a_folder_with_documents_is_a_department_year(tmp_path, names):
    laid(tmp_path, *names)
    assert {("finance", 2023): ["narrative.txt", "tables.xlsx"]} == found(tmp_path)


def test_loose_files_of_one_name_are_a_department_year(tmp_path):
    laid(tmp_path, "finance-2023.xlsx", "finance-2023.txt", "health-2023.xls", "notes.md")
    laid(tmp_path, "~$nance-2023.xlsx", "~WRD2023.docx", ".~lock.health-2023.xls#", ".a-2023.xls")
    assert {
        ("finance", 2023): ["finance-2023.txt", "finance-2023.xlsx"],
        ("health", 2023): ["health-2023.xls"],
    } == found(tmp_path)


def test_a_chinese_name_gives_a_folder_that_is_always_the_same(tmp_path):
    laid(tmp_path, "示例县财政局2023年度部门决算.xlsx", "示例县财政局/2022/tables.xlsx")
    (one,) = {department for department, _ in found(tmp_path)}
    assert one.startswith("d-")


def test_a_name_without_a_year_is_told_unless_the_year_is_given(tmp_path):
    laid(tmp_path, "finance.xlsx")
    assert ("finance：名字里没有年度，用 -y 写明",) == district(tmp_path, tmp_path).passed_over
    assert {("finance", 2023): ["finance.xlsx"]} == found(tmp_path, year=2023)


def test_of_two_for_one_department_year_the_second_is_told(tmp_path):
    laid(tmp_path, "finance 2023.xlsx", "finance-2023.xlsx")
    assert 1 == len(found(tmp_path))
    assert "已经有一份了" in district(tmp_path, tmp_path).passed_over[0]


# What each file is taken for


def test_files_are_kept_under_the_names_of_the_contract(tmp_path):
    laid(tmp_path, "公开表.XLSX", "说明.txt")
    names = [
        s.kept_as for s in sources.assigned([tmp_path / "公开表.XLSX", tmp_path / "说明.txt"]).files
    ]
    assert ["narrative.txt", "tables.xlsx"] == sorted(names)


@pytest.mark.parametrize(
    "names, said", [(("a.xlsx", "b.xls"), "b.xls 和 a.xlsx 都有表"), (("a.rar",), "这种文件读不了")]
)
def test_what_cannot_be_taken_is_refused(tmp_path, names, said):
    with pytest.raises(RequestError, match=said):
        sources.assigned([tmp_path / name for name in names])


WORDS = "一、收入支出决算总体情况说明\n2023年度收、支总计均为1.5万元。\n"


def written(place, **files):
    """Lay web pages: of t a table, of w words, of b both; what else is written stands in a text file."""
    table = "<p>收入决算表</p><table><tr><td>项目</td><td>合计</td></tr><tr><td>合计</td><td>1.50</td></tr></table>"
    said = {"t": table, "w": f"<p>{WORDS}</p>", "b": f"<p>{WORDS}</p>{table}", "n": "<p>封面</p>"}
    for name, what in files.items():
        (place / f"{name}.html").write_text(f"<meta charset=utf-8>{said[what]}", encoding="utf-8")
    return sorted(place.iterdir())


def test_two_files_of_one_kind_are_told_apart_by_what_stands_in_them(tmp_path):
    files = written(tmp_path, a="w", b="t")
    taken = {s.path.name: s.kept_as for s in sources.assigned(files).files}
    assert {"a.html": "narrative.html", "b.html": "tables.html"} == taken


@pytest.mark.parametrize(
    "files, said",
    [
        ({"a": "w", "b": "w"}, "b.html 和 a.html 都有说明"),
        ({"a": "t", "b": "t"}, "b.html 和 a.html 都有表"),
        ({"a": "b", "b": "b"}, "b.html 和 a.html 都有"),
    ],
)
def test_two_files_that_hold_the_same_are_refused_by_name(tmp_path, files, said):
    with pytest.raises(RequestError, match=said):
        sources.assigned(written(tmp_path, **files))


def test_a_file_that_holds_nothing_is_refused_where_it_is_one_of_several(tmp_path):
    with pytest.raises(DataError, match="a.html：既没有认得出的表，也没有说明"):
        sources.assigned(written(tmp_path, a="n", b="b"))


def test_what_stands_in_two_files_is_taken_from_the_one_that_is_nothing_else_and_told(tmp_path):
    handed = sources.assigned(written(tmp_path, a="b", b="t"))
    assert ["a.html：没有读里面的表，取的是 b.html 的"] == handed.left_out
    assert {"narrative", "tables"} == {s.holds for s in handed.files}
