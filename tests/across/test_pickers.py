"""The pickers without a browser: each choice changes what is shown, and a cell is followed down step by step."""

from __future__ import annotations

import pytest

from helpers import across
from helpers.across import leaf
from helpers.basics.errors import RequestError
from helpers.sample import sample


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    data = tmp_path_factory.mktemp("data")
    sample.create(data, 2, range(2021, 2024), 1)
    return data


@pytest.fixture
def desk(data):
    return across.desk("sample-0001-government-office", 2023, data)


def test_another_department_shows_its_own_table(desk):
    before = desk.leaf.value
    desk.department.value = "sample-0002-finance"
    assert before != desk.leaf.value
    assert desk.this.name in desk.leaf.value
    assert "sample-0002-finance" == desk.this.folder.department


def test_a_department_is_picked_by_its_name(desk):
    (label, _), *_ = desk.department.options
    assert desk.this.profile.department in label


def test_what_was_chosen_stays_where_the_other_department_has_it_too(desk):
    desk.year.value, desk.form.value = 2022, desk.form.options[2][1]
    kept = desk.form.value
    desk.department.value = "sample-0002-finance"
    assert (2022, kept) == (desk.year.value, desk.form.value)


def test_one_column_has_the_years_before_beside_it(desk):
    assert "2022" not in desk.leaf.value.replace(desk.this.name, "")
    desk.column.value = desk.column.options[1]
    assert all(f"<th>{head}" in desk.leaf.value for head in ("2021", "2022", "2023", "比上年"))


def test_rows_of_zeros_are_folded_until_they_are_asked_for(desk):
    short = desk.leaf.value.count("<tr>")
    assert "行全是零" in desk.leaf.value
    desk.zeros.value = True
    assert short < desk.leaf.value.count("<tr>")
    assert "行全是零" not in desk.leaf.value


def test_a_cell_is_followed_down_to_its_lines_and_back(desk):
    desk.row.value = "收入总计"
    first = desk.said.value
    while desk.parts.children:
        desk.parts.children[0].click()
    assert "sample-0001-government-office/2023/figures.csv:" in desk.said.value
    while not desk.back.disabled:
        desk.back.click()
    assert first == desk.said.value


def test_a_total_is_the_sum_of_the_highest_codes(desk):
    desk.form.value = next(
        number
        for _, number in desk.form.options
        if desk.this.table(number).table.sides[0].rows[1].key.isdecimal()
    )
    desk.column.value = desk.column.options[2]  # the first adds up the others
    desk.row.value = "合计"
    rows = [button.description.partition("「")[2][:4] for button in desk.parts.children]
    assert rows
    assert [] == [row for row in rows if not row[:3].isdecimal() or row[3:].isdecimal()]


def test_the_chosen_table_is_a_dataframe(desk):
    assert "收入总计" in desk.table.data.index
    assert leaf.ALL == desk.column.value


def test_a_report_that_is_picked_again_is_that_of_its_files_now(tmp_path):
    [*_, folder] = sample.create(tmp_path, 2, range(2023, 2024), seed=1)
    at = across.desk(folder.department, data=tmp_path)
    before = at.this
    at.department.value = next(d for _, d in at.department.options if d != folder.department)
    at.department.value = folder.department
    assert at.this is before
    written = folder.figures.read_text(encoding="utf-8").splitlines()
    folder.figures.write_text("\n".join(written[:-1]) + "\n", encoding="utf-8")
    at.department.value = next(d for _, d in at.department.options if d != folder.department)
    at.department.value = folder.department
    assert len(before.figures) - 1 == len(at.this.figures)


def test_a_folder_without_departments_is_refused(tmp_path):
    (tmp_path / "departments").mkdir()
    with pytest.raises(RequestError):
        across.desk(data=tmp_path)


@pytest.mark.parametrize(
    "department, year, told",
    [
        ("sample-0001-goverment-office", 2023, "最接近的是「sample-0001-government-office」"),
        ("sample-0001-government-office", 2030, "没有 2030 年度，有：2021、2022、2023"),
    ],
)
def test_what_is_not_there_is_refused_and_no_other_shown(data, department, year, told):
    with pytest.raises(RequestError, match=told):
        across.desk(department, year, data)
