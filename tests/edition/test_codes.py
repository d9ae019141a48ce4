"""The code lists hold together: every code has its parent, and whatever names a code names one that exists."""

from __future__ import annotations

import csv
import re

import pytest

from helpers.basics import paths
from helpers.basics.yamltext import read
from helpers.disclosure import figures, folders
from helpers.edition import codes, forms

LISTS = {"functional.csv": (3, 5, 7), "economic.csv": (3, 5)}
COLUMNS = {
    "functional.csv": [
        "code",
        "name",
        "level",
        "parent",
        "budget",
        "edition",
        "name_in_2023",
        "confidence",
    ],
    "economic.csv": ["code", "name", "level", "parent"],
}
EDITIONS = sorted(p.name for p in paths.RULES.iterdir() if p.is_dir())


def rows_of(file: str) -> list[dict[str, str]]:
    with (paths.CODES / file).open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def problems(rows: list[dict[str, str]], lengths: tuple[int, ...]) -> list[str]:
    """Return what is wrong with a code list, one sentence a fault."""
    there = [row["code"] for row in rows]
    found = (
        [f"{code} twice" for code in sorted({c for c in there if there.count(c) > 1})]
        if len(set(there)) < len(there)
        else []
    )
    known = set(there)
    for row in rows:
        code, parent = row["code"], row["parent"]
        if not re.fullmatch(r"\d+", code, re.ASCII) or len(code) not in lengths:
            found.append(f"{code} is not a code")
        elif codes.LEVELS[len(code)] != row["level"]:
            found.append(f"{code} is not a {row['level']}")
        elif parent != (code[:-2] if len(code) > 3 else ""):
            found.append(f"{code} under {parent or 'nothing'}")
        elif parent and parent not in known:
            found.append(f"{code} without its parent {parent}")
        if not row["name"] or row["name"] != row["name"].strip():
            found.append(f"{code} without a clean name")
    return found


@pytest.mark.parametrize("file", LISTS)
def test_every_code_is_at_its_level_under_its_parent_once(file):
    assert [] == problems(rows_of(file), LISTS[file])


@pytest.mark.parametrize(
    "change, said",
    [
        ({"code": "2010102"}, "2010102 twice"),
        ({"code": "20101O1"}, "20101O1 is not a code"),
        ({"code": "201010"}, "201010 is not a code"),
        ({"level": "款"}, "2010101 is not a 款"),
        ({"parent": "20102"}, "2010101 under 20102"),
        ({"parent": ""}, "2010101 under nothing"),
        ({"name": ""}, "2010101 without a clean name"),
        ({"name": "行政运行 "}, "2010101 without a clean name"),
    ],
    ids=lambda v: str(v),
)
def test_a_broken_code_list_is_noticed(change, said):
    rows = [row | change if row["code"] == "2010101" else row for row in rows_of("functional.csv")]
    assert said in problems(rows, LISTS["functional.csv"])


def test_a_code_without_its_parent_is_noticed():
    rows = [row for row in rows_of("functional.csv") if row["code"] != "20101"]
    assert "2010101 without its parent 20101" in problems(rows, LISTS["functional.csv"])


@pytest.mark.parametrize("file", LISTS)
def test_a_code_list_has_the_columns_that_the_codebook_explains(file):
    assert COLUMNS[file] == list(rows_of(file)[0])


@pytest.mark.parametrize(
    "column, values",
    [
        ("budget", {"", "政府性基金", "国有资本经营"}),
        ("edition", {"2023/2024", "2023 only", "2024 new/renamed", "2025 new"}),
        ("confidence", {"confirmed", "medium", "low"}),
    ],
)
def test_a_remark_on_a_code_is_one_of_few_words_and_the_codebook_explains_each(column, values):
    assert values == {row[column] for row in rows_of("functional.csv")}
    codebook = (paths.DATA / "README.md").read_text(encoding="utf-8")
    assert all(f"`{value}`" in codebook for value in values if value)


def test_only_a_renamed_code_has_an_older_name():
    assert all(
        row["edition"] == "2024 new/renamed"
        for row in rows_of("functional.csv")
        if row["name_in_2023"]
    )


def test_a_renamed_code_has_the_name_of_the_year():
    assert "市场主体管理" == codes.functional().name("2013804", 2023)
    assert "经营主体管理" == codes.functional().name("2013804", 2024)


def test_an_unlisted_code_is_named_as_such():
    assert "9999999（科目表未列）" == codes.functional().name("9999999")


def test_every_economic_class_belongs_to_exactly_one_group():
    groups = read(paths.CODES / "figures.yaml", "figures.yaml")["经济科目"]
    grouped = [code for group in groups.values() for code in group]
    assert sorted(grouped) == sorted(
        row["code"] for row in rows_of("economic.csv") if row["level"] == "类"
    )


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_code_that_a_form_names_is_listed(edition):
    named = {
        code
        for form in forms.load(edition).values()
        for block in form.blocks
        for line in (*block.rows, *block.columns)
        for code in (
            *line.only,
            *(v for d, v in line.scope if d in ("function", "economic") and v.isdecimal()),
        )
    }
    listed = {*codes.functional(), *codes.economic()}
    assert named
    assert set() == named - listed


def test_every_class_of_form_01_is_listed_and_in_order():
    classes = [
        dict(row.scope)["function"]
        for block in forms.load("sichuan-2022")["01"].blocks
        for row in block.rows
        if "function" in dict(row.scope)
    ]
    assert 26 == len(classes)
    assert classes == sorted(classes)
    assert all("类" == codes.functional()[code].level for code in classes)


@pytest.mark.parametrize(
    "folder", folders.there(paths.DATA), ids=lambda f: f"{f.department}-{f.year}"
)
def test_every_code_of_a_kept_department_is_listed(folder):
    scopes = [f.scope for f in figures.load(folder.figures, folder.name(folder.figures))]
    assert set() == {s.function for s in scopes if s.function} - set(codes.functional())
    assert set() == {s.economic for s in scopes if s.economic.isdecimal()} - set(codes.economic())


def test_every_category_of_the_vocabulary_is_in_the_codebook():
    codebook = (paths.DATA / "README.md").read_text(encoding="utf-8")
    words = codes.vocabulary()
    every = (
        {c for item in words.items for c in words.categories(item)}
        | set(words.items)
        | set(words.natures)
        | set(words.roles)
    )
    assert set() == {word for word in every if word not in codebook}


def test_the_codebook_counts_what_is_stated_and_what_is_inferred():
    """75 lines as printed, 11 with their nature, 10 worked back from a change, 46 inferred: README and file agree."""
    with (paths.DATA / "departments/xiqu-government-office/2023/figures.csv").open(
        encoding="utf-8-sig", newline=""
    ) as rows:
        notes = [row["note"] for row in csv.DictReader(rows)]
    inferred = [n for n in notes if "推定" in n]
    back = [n for n in notes if "推算" in n and "推定" not in n]
    as_printed = [n for n in notes if not n]
    rest = len(notes) - len(inferred) - len(back) - len(as_printed)
    said = (paths.DATA / "README.md").read_text(encoding="utf-8")
    assert f"`figures.csv` 共 {len(notes)} 行：{len(as_printed)} 行照抄原文" in said
    assert (
        f"；{rest} 行金额照抄" in said
        and f"；{len(back)} 行是上年数" in said
        and f"；{len(inferred)} 行是**推定**" in said
    )
