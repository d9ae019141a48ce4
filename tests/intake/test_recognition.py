"""Which edition a workbook alone is of: told by how its heads are set where two editions read the same cells."""

import shutil

import pytest
from books import sheets_of, xlsx
from docx import Document

from helpers import cli
from helpers.basics.paths import Folder
from helpers.disclosure import profile
from helpers.sample import sample

YEAR = 2023
OWN = "07"  # the one table whose head two editions set in another order
OF_BOTH = (
    "收入支出决算总体情况说明",
    "收入决算情况说明",
    "支出决算情况说明",
    "财政拨款收入支出决算总体情况说明",
    "一般公共预算财政拨款支出决算情况说明",
    "一般公共预算财政拨款基本支出决算情况说明",
    "财政拨款“三公”经费支出决算情况说明",
    "其他重要事项的情况说明",
)


def published(place, edition):
    (folder,) = sample.create(
        place, 1, range(YEAR, YEAR + 1), seed=5, published=True, edition=edition
    )
    return folder.workbook


def imported(data, book, *options):
    where = ["-d", "office", "-y", str(YEAR), "--data", str(data)]
    return cli.main(["import", str(book), *options, *where])


def edition_of(data):
    folder = Folder(data, "office", YEAR)
    return profile.load(folder.profile, "profile.yaml", YEAR).edition


@pytest.mark.parametrize(
    ("about", "tables"), [("", ""), ("年度: 2025-2023\n", None), ("表称: '{表}'\n", None)]
)
def test_an_edition_that_is_still_being_written_is_no_matter_of_a_document(
    tmp_path, rules, about, tables
):
    (rules / "draft").mkdir()
    written = f"名称: 草\n沿用: sichuan-2022\n{about}"
    (rules / "draft" / "edition.yaml").write_text(written, encoding="utf-8")
    if tables is not None:
        (rules / "draft" / "tables.yaml").write_text(tables, encoding="utf-8")
    assert 0 == imported(tmp_path / "data", published(tmp_path, "sichuan-2022"))
    assert "sichuan-2022" == edition_of(tmp_path / "data")


@pytest.mark.parametrize("broken", ["tables", "charts", "statements"])
def test_nor_is_it_of_a_district_nor_where_the_edition_is_named(tmp_path, rules, broken):
    (rules / "draft").mkdir()
    (rules / "draft" / "edition.yaml").write_text(
        "名称: 草\n沿用: sichuan-2022\n", encoding="utf-8"
    )
    (rules / "draft" / f"{broken}.yaml").write_text("表: [\n", encoding="utf-8")
    book = published(tmp_path, "sichuan-2022")
    for name in ("one", "two"):
        (tmp_path / "district" / name).mkdir(parents=True)
        shutil.copy(book, tmp_path / "district" / name / "2023.xlsx")
    data = tmp_path / "data"
    assert 0 == cli.main(["import", str(tmp_path / "district"), "--data", str(data), "-y", "2023"])
    assert 2 == len(list(data.glob("departments/*/2023/figures.csv")))
    text = tmp_path / "text.docx"
    made = Document()
    made.add_paragraph("2023年度收入总计9.99万元。")
    made.save(text)
    named = ["-d", "x", "-y", "2023", "--edition", "sichuan-2022"]
    assert 0 == cli.main(["import", str(book), str(text), "--data", str(data), *named])


@pytest.mark.parametrize("edition", ["national-2023", "shanghai-2024", "sichuan-2022"])
def test_a_workbook_alone_is_known_by_its_tables_and_the_order_of_their_heads(tmp_path, edition):
    assert 0 == imported(tmp_path / "data", published(tmp_path, edition))
    assert edition == edition_of(tmp_path / "data")


def test_two_editions_that_fit_alike_are_both_named_and_none_is_taken(tmp_path, capsys):
    sheets = sheets_of(published(tmp_path, "shanghai-2024"))
    book = xlsx([one for one in sheets if one.name[:2] != OWN], tmp_path / "b.xlsx")
    assert 3 == imported(tmp_path / "data", book)
    said = capsys.readouterr().err
    assert "national-2023、shanghai-2024 都合，分不出是哪个" in said and "--edition" in said
    assert 0 == imported(tmp_path / "data", book, "--edition", "shanghai-2024")
    assert "shanghai-2024" == edition_of(tmp_path / "data")


def test_of_a_family_the_edition_that_reads_more_is_taken_where_headings_are_of_both(tmp_path):
    """The headings are rather Shanghai's, the tables the ministry's, whose rows the form of Shanghai does not have."""
    book, text = published(tmp_path, "national-2023"), tmp_path / "text.docx"
    made = Document()
    for heading in ("主要职能", "部门决算单位构成", *OF_BOTH):
        made.add_paragraph(heading)
    made.add_paragraph("2023年度收入总计9.99万元。")
    made.save(text)
    assert 0 == imported(tmp_path / "data", book, str(text))
    assert "national-2023" == edition_of(tmp_path / "data")
