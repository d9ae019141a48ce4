"""Which department-years a command line means: by folder, pattern, Chinese name and years, and by the path of a folder."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from invented import DEPARTMENT, YEAR, write_department

from helpers import cli
from helpers.basics.csvtext import as_meant
from helpers.basics.errors import RequestError
from helpers.disclosure import folders, standing
from helpers.disclosure.selection import may_be, select

NAMES = {
    "education-bureau": "甲县教育局",
    "finance-bureau": "甲县财政局（本级）",
    "health": "卫健委",
}


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    place = tmp_path_factory.mktemp("data")
    for folder, name in NAMES.items():
        for year in (2021, 2022, 2023):
            one = place / "departments" / folder / str(year)
            one.mkdir(parents=True)
            (one / "figures.csv").touch()
            (one / "profile.yaml").write_text(
                f"部门: {name}\nshort_name: '{name[:3]}'\n", encoding="utf-8"
            )
    (place / "departments" / "health" / "2023" / "profile.yaml").write_text("- [", encoding="utf-8")
    return place


def chosen(data, departments, years=()):
    return [(f.department, f.year) for f in select(folders.there(data), departments, list(years))]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (["health"], ["health"]),
        (["*-bureau"], ["education-bureau", "finance-bureau"]),
        (["[eh]*"], ["education-bureau", "health"]),
        (["甲县教育局"], ["education-bureau"]),
        (["甲县财政局(本级)"], ["finance-bureau"]),
        (["甲县财"], ["finance-bureau"]),
        (["卫健委"], ["health"]),
        (["甲县*"], ["education-bureau", "finance-bureau"]),
        (["甲县*", "health"], ["education-bureau", "finance-bureau", "health"]),
        ([], [*NAMES]),
    ],
)
def test_a_department_is_named_by_its_folder_its_name_or_a_pattern_of_either(data, asked, found):
    assert found == [*dict.fromkeys(name for name, _ in chosen(data, asked))]
    assert all(may_be(name, asked) for name in found)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("educaton-bureau", "最接近的是「education-bureau」"),
        ("甲县教育厅", "最接近的是「甲县教育局」"),
        ("x*", "没有部门「x\\*」"),
        ("甲县", "没有部门"),
        ("", "没有部门"),
    ],
)
def test_what_is_nobodys_name_is_refused_with_the_nearest(data, asked, said):
    with pytest.raises(RequestError, match=said):
        chosen(data, [asked])


def test_years_are_one_or_from_one_to_another(data):
    some = chosen(data, ["health"], [range(2022, 2030), range(2021, 2022)])
    assert [2021, 2022, 2023] == [year for _, year in some]
    with pytest.raises(RequestError, match="没有 2025-2026 年度"):
        chosen(data, [], [range(2022, 2024), range(2025, 2027)])


@pytest.mark.parametrize(
    ("options", "status"),
    [
        (["-y", "2022-2023"], 0),
        (["-y", "2023", "-d", "*"], 0),
        (["-y", "2023-2022"], 2),
        (["-y", "2022-"], 2),
        (["-y", "二〇二三"], 2),
        (["-d", "甲县*", "-y", "2030"], 2),
    ],
)
def test_the_command_line_takes_them(tmp_path, options, status, capsys):
    write_department(tmp_path)
    assert status == cli.main(["check", "--data", str(tmp_path), *options])
    assert not status or len(capsys.readouterr().err.splitlines()) == 1


def test_a_path_means_the_department_years_that_stand_there(data, tmp_path):
    root = data / "departments"
    assert [folders.there(data)[5]] == standing.at(
        [str(root / "finance-bureau" / "2023")], tmp_path
    )
    assert [2021, 2022, 2023] == [f.year for f in standing.at([str(root / "health")], tmp_path)]
    for all_of_them in (data, root):
        assert folders.there(data) == standing.at([str(all_of_them)], tmp_path)
    assert [] == list(tmp_path.iterdir())


def test_a_folder_that_lies_elsewhere_is_checked_with_the_year_before_it(tmp_path, capsys):
    write_department(tmp_path / "data")
    there = tmp_path / "data" / "departments" / DEPARTMENT / str(YEAR)
    shutil.copytree(there, tmp_path / "alone" / "departments" / DEPARTMENT / str(YEAR))
    cli.main(["check", "--data", str(tmp_path / "alone")])
    wanted = capsys.readouterr().out.partition("：")[2]
    for name in (str(YEAR), "交来的 一份"):
        place = tmp_path / "交来" / name
        shutil.copytree(there, place)
        for asked in (place, place / ".." / name):
            assert 0 == cli.main(["check", str(asked)])
            assert wanted == capsys.readouterr().out.partition("：")[2]
    year_before = place.parent / str(YEAR - 1)
    shutil.copytree(there, year_before)
    [found] = standing.at([str(place.parent / str(YEAR))], tmp_path)
    assert year_before == found.last_year.path.resolve()


@pytest.mark.parametrize(
    ("places", "called"),
    [
        (["财政局/2023", "教育局/2023"], ["财政局", "教育局"]),
        (["财政局", "education-bureau/2023"], ["财政局", "education-bureau"]),
        (["甲县/财政局/2023", "乙县/财政局/2023"], ["甲县/财政局", "乙县/财政局"]),
        (
            ["a/departments/finance/2023", "b/departments/finance/2023"],
            ["a/departments/finance", "b/departments/finance"],
        ),
        (["a", "b/departments/health/2023"], ["finance", "health"]),
        (["财政局/2023", "财政局/初稿", "财政局/定稿"], ["财政局", "初稿", "定稿"]),
        (["财政局/2023", "财政局", "财政局/../财政局/2023/"], ["财政局"]),
        (["./2023/财政局/2023"], ["财政局"]),
        (["=1+1/2023", "财\n政局/2023"], ["=1+1", "财�政局"]),
    ],
)
def test_department_years_that_lie_anywhere_are_told_apart_in_every_format(
    tmp_path, monkeypatch, places, called, capsys
):
    write_department(tmp_path)
    good = tmp_path / "departments" / DEPARTMENT / str(YEAR)
    (good / "published").mkdir(exist_ok=True)
    (good / "published" / "公开.pdf").touch()
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    for place in places:
        lies = Path("a/departments/finance" if place == "a" else place).resolve()
        is_one = lies.name in (str(YEAR), "初稿", "定稿")
        shutil.copytree(good, lies if is_one else lies / str(YEAR), dirs_exist_ok=True)

    def told(form):
        cli.main(["check", *places, "--format", form])
        return capsys.readouterr().out

    lines = [line for line in told("text").splitlines() if not line.startswith(" ")]
    assert called == [line.partition(f" {YEAR}：")[0] for line in lines]
    every = json.loads(told("json"))
    assert called == [*dict.fromkeys(entry["department"] for entry in every)]
    entries = list(csv.DictReader(io.StringIO(told("csv"))))
    assert called == [*dict.fromkeys(as_meant(entry["department"]) for entry in entries)]


def test_a_folder_that_cannot_be_read_is_told_by_its_department(tmp_path, capsys):
    for name in ("财政局", "教育局"):
        (tmp_path / name / "2023").mkdir(parents=True)
        (tmp_path / name / "2023" / "figures.csv").write_text("x", encoding="utf-8")
    assert cli.FAILED == cli.main(["check", *(str(p) for p in sorted(tmp_path.iterdir()))])
    told = capsys.readouterr().err.splitlines()
    assert ["教育局/2023", "财政局/2023"] == [line.partition("/profile")[0] for line in told]


@pytest.mark.parametrize("place", ["nowhere", ".", "figures.csv"])
def test_a_path_without_a_department_year_is_refused(tmp_path, place, capsys):
    (tmp_path / "figures.csv").touch()
    (tmp_path / "empty").mkdir()
    asked = tmp_path / "empty" if place == "." else tmp_path / place
    assert cli.NOT_UNDERSTOOD == cli.main(["check", str(asked)])
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_folder_that_nowhere_says_its_year_is_refused(tmp_path, capsys):
    (tmp_path / "some").mkdir()
    (tmp_path / "some" / "figures.csv").touch()
    assert cli.NOT_UNDERSTOOD == cli.main(["check", str(tmp_path / "some")])
    assert "是哪一年度的" in capsys.readouterr().err


def test_the_version_is_told(capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(["--version"])
    assert 0 == ended.value.code and capsys.readouterr().out.startswith("juesuan ")
