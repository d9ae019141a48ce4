"""Last year's value: its own folder goes before a row of 上年决算, also where a total is only added up; both are compared."""

import pytest

from helpers.disclosure.figures import REQUIRED
from helpers.report import report

CARRIED = ("年初结转和结余", "年末结转和结余", "使用非财政拨款结余", "结余分配")
STATED = "总计,收入总计,,,,,,上年决算,{},万元"


def write(data, year, amount, *more):
    place = data / "departments" / "office" / str(year)
    place.mkdir(parents=True)
    rows = [
        f"支出,,,2010301,基本支出,,,,{amount},万元",
        f"收入,一般公共预算财政拨款收入,,2010301,,,,,{amount},万元",
        *(f"结转结余,{category},,,,,,,0,万元" for category in CARRIED),
    ]
    text = "\n".join([",".join(REQUIRED), *rows, *more]) + "\n"
    (place / "figures.csv").write_text(text, encoding="utf-8")
    (place / "profile.yaml").write_text(
        f"department: 某局\nshort_name: 某局\nyear: {year}\nedition: sichuan-2022\n",
        encoding="utf-8",
    )


@pytest.mark.parametrize(
    ("before", "stated", "change", "found"),
    [
        (90, None, "增加10万元，增长11.1%", []),
        (90, 80, "增加10万元，增长11.1%", [("80", "90", "10")]),
        (90, 90, "增加10万元，增长11.1%", []),
        (None, 80, "增加20万元，增长25%", []),
    ],
)
def test_a_total_of_last_year_is_what_its_folder_adds_up_to(
    tmp_path, before, stated, change, found
):
    if before is not None:
        write(tmp_path, 2022, before)
    write(tmp_path, 2023, 100, *([STATED.format(stated)] if stated is not None else []))
    this = report.load("office", 2023, tmp_path)
    sentences = [s.text for s in this.statements["一"].sentences]
    assert any(f"收、支总计各{change}" in text for text in sentences)
    twice = [(f.found, f.expected, f.difference) for f in this.review.found if f.rule == "H2"]
    assert found == twice
    assert not [f for f in this.review.found if f.rule == "H3" and f.severity == "error"]
