"""The page of all causes, without a browser: what its data says, and what cannot be read."""

from __future__ import annotations

import json
import re
from dataclasses import asdict

import pytest
from desks import cause, row

from helpers.across import matters, overview
from helpers.across.matter import matter

HOSTILE = '</script><script>alert("1")</script>&\N{RIGHT-TO-LEFT OVERRIDE}倒'


def told(page: str) -> dict:
    return json.loads(
        re.search(r'<script type="application/json" id="rows">(.*?)</script>', page, re.S)[1]
    )


def stands(page: str) -> dict[tuple[int, str], str]:
    data = told(page)
    return {(line[1], line[6]): data["stands"][line[10]] for line in data["rows"]}


def test_a_row_is_one_cause_and_holds_what_it_led_to():
    page = matters.page([row(1, 2023, cause(5, 2023), cause(6, 2023))])
    lines = told(page)["rows"]
    assert {"5-0", "6-0"} == {line[6] for line in lines}
    assert [3, 1] == [len(line[11]) for line in sorted(lines, key=lambda one: one[6])]


def test_the_worst_stand_first_and_of_these_the_largest_difference():
    causes = [cause(n, 2023) for n in range(24)]
    lines = told(matters.page([row(1, 2023, *causes)]))["rows"]
    order = [(line[3], -abs(float(line[7] or 0))) for line in lines]
    assert sorted(order) == order


def test_a_cause_is_new_lasting_or_gone_by_the_years_beside_it():
    page = matters.page(
        [
            row(1, 2021, cause(1, 2021)),
            row(1, 2022, cause(1, 2022), cause(2, 2022)),
            row(1, 2023, cause(1, 2023), cause(3, 2023)),
            row(2, 2023, cause(1, 2023)),
        ]
    )
    assert "延续" == stands(page)[2022, "1-0"]
    assert "已改" == stands(page)[2022, "2-0"]
    assert "新增" == stands(page)[2023, "3-0"]
    assert {"无上年", "延续"} == {stands(page)[2021, "1-0"], "延续"}


def test_a_report_that_failed_has_no_causes_there():
    assert [] == told(matters.page([row(1, 2023, cause(1, 2023), status="failed")]))["rows"]


def test_what_a_cause_says_is_never_markup():
    page = matters.page([row(1, 2023, cause(1, 2023, sentence=HOSTILE, section=HOSTILE))])
    assert 2 == page.count("</script>") and "\N{RIGHT-TO-LEFT OVERRIDE}" not in page
    assert HOSTILE[:-2] == told(page)["rows"][0][8][: len(HOSTILE) - 2]


def test_a_cause_in_the_figures_is_told_by_its_line_and_not_by_a_table_that_it_reached():
    page = matters.page([row(1, 2023, cause(1, 2023, place="figures.csv:6"), cause(2, 2023))])
    assert ["figures.csv 第 6 行", "公开03表"] == told(page)["sections"]
    assert "<td>figures.csv 第 6 行" in page


def test_without_causes_the_page_says_so():
    assert "没有疑点" in matters.page([row(1, 2023)])


def recorded(**more) -> dict:
    one = cause(1, 2023)
    names = ("rule", "severity", "place", "message", "expected", "found", "difference", "decision")
    members = [dict(zip(names, member)) for member in one.members]
    return {**asdict(one), "members": members, **more}


def test_a_cause_of_run_json_is_read_as_it_was_written():
    assert cause(1, 2023) == matter(recorded())


@pytest.mark.parametrize(
    "wrong",
    [
        {"sentence": 1},
        {"severity": "terrible"},
        {"members": [1]},
        {"members": 3},
        {"members": [{"rule": None}]},
    ],
)
def test_a_cause_that_is_none_makes_its_report_one_that_cannot_be_read(tmp_path, wrong):
    place = tmp_path / "invented-0001" / "2023"
    place.mkdir(parents=True)
    run = {"status": "ok", "findings": {}, "causes": [recorded(**wrong)]}
    (place / "run.json").write_text(json.dumps(run), encoding="utf-8")
    [read] = overview.rows(tmp_path)
    assert not read.good and "读不懂" in read.reason


def test_the_index_counts_causes_and_those_that_were_decided(tmp_path):
    decided = cause(2, 2023, decision="属实")
    overview.write(tmp_path, [row(1, 2023, cause(1, 2023), decided, edition="sichuan-2022")])
    head, line = (tmp_path / "index.csv").read_text(encoding="utf-8").splitlines()
    assert head.endswith(",seconds,report,edition,causes,decided,reason")
    assert line.endswith(",sichuan-2022,2,1,")
