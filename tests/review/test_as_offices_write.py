"""Ways in which offices really write, each put into a published text: told for what it is, and nothing besides."""

from __future__ import annotations

import shutil

import pytest

from helpers.basics.model import SERIOUS, SEVERITIES
from helpers.basics.paths import DATA
from helpers.report import report
from helpers.sample import sample

NAME, YEAR = "putuo-planning-bureau", 2024


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """What is found in the text of a bureau in which some words are others, as (rule, expected, found)."""
    original = report.load(NAME, YEAR)
    text = original.review.narrative.text

    def found(*changed: tuple[str, str], severities: tuple[str, ...]):
        place = tmp_path_factory.mktemp("data")
        folder = place / "departments" / NAME / str(YEAR)
        shutil.copytree(DATA / "departments" / NAME / str(YEAR), folder)
        (folder / "published" / "disclosure.pdf").unlink()
        written = text
        for old, new in changed:
            assert 1 == written.count(old), old
            written = written.replace(old, new)
        (folder / "published" / "narrative.txt").write_text(written, encoding="utf-8")
        return [
            (f.rule, f.expected, f.found)
            for f in report.load(NAME, YEAR, place).found
            if f.severity in severities
        ]

    unchanged = found(severities=SEVERITIES)

    def more(*changed, severities=SERIOUS):
        told = found(*changed, severities=severities)
        return sorted(one for one in set(told) if told.count(one) > unchanged.count(one))

    return more


def test_two_names_of_a_list_may_be_joined_by_and(found):
    assert [] == found(("办公费、手续费", "办公费和手续费"))
    assert [] == found(("福利费、其他", "福利费及购置费、其他"))
    assert ("文-列举缺", "手续费", "") in found(("办公费、手续费", "办公费和杂费"))


def test_of_a_subject_that_is_named_in_full_the_name_that_is_wrong_is_told(found):
    item = "养老支出（款）机关事业单位职业年金缴费支出（项）"
    changed = (item, item.replace("养老支出", "离退休"))
    assert [("文-名称", "行政事业单位养老支出", "行政事业单位离退休")] == found(changed)


def test_the_wrong_one_is_told_of_names_that_share_a_word(tmp_path):
    *_, school = sample.create(tmp_path, 3, range(2023, 2024), seed=0, published=True)
    text = school.narrative.read_text(encoding="utf-8")
    wrong = text.replace("普通教育（款）小学教育（项）", "普通教育（款）小学教学（项）", 1)
    assert wrong != text
    school.narrative.write_text(wrong, encoding="utf-8")
    told = report.load(school.department, 2023, tmp_path).found
    assert [("小学教育", "小学教学")] == [
        (f.expected, f.found) for f in told if f.rule == "文-名称"
    ]


def test_why_what_was_spent_is_what_was_planned_may_be_said(found):
    equal = "年初预算为28.11万元，支出决算为28.11万元，完成年初预算的100.00%。决算数{0}"
    said = equal.format("等于预算数的主要原因：按计划完成。")
    assert [] == found((equal.format("同预算数持平。"), said))


def test_words_of_which_one_was_to_be_struck_out_are_told(found):
    first = "决算数{0}预算数的主要原因：城乡社区"
    told = found((first.format("小于"), first.format("大小于")))
    assert ("校-占位", "", "大小于") in told


@pytest.mark.parametrize(
    ("budget", "rule"), [("226.25", "文-数"), ("9.99", "文-疑数")], ids=["known", "unknown"]
)
def test_an_item_whose_name_is_wrong_is_known_by_another_amount_of_its_own(found, budget, rule):
    name = "养老支出（款）机关事业单位职业年金缴费支出（项）"
    told = found(
        (name, name.replace("养老支出", "离退休")),
        ("年初预算为226.25万元", f"年初预算为{budget}万元"),
        ("支出决算为225.12万元", "支出决算为213.45万元"),
    )
    assert (rule, "225.12万元", "213.45万元") in told


def test_another_item_of_such_a_name_is_not_known_by_it(found):
    name = "养老支出（款）机关事业单位职业年金缴费支出（项）"
    wrong = name.replace("养老支出", "离退休")
    last = "完成年初预算的100.00%。决算数同预算数持平。\n6、"
    again = f"社会保障和就业支出（类）行政事业单位{wrong}。支出决算为213.45万元。\n6、"
    told = found((name, wrong), (last, last.replace("6、", again)))
    assert ("文-疑数", "225.12万元", "213.45万元") in told


def test_a_year_that_lacks_a_digit_is_told_once(found):
    heading = "第三部分上海市普陀区规划和自然资源局{0}年度部门决算情况说明"
    told = found((heading.format(2024), heading.format(202)))
    assert [("校-年度", "2024", "202")] == [one for one in told if one[0] == "校-年度"]


@pytest.mark.parametrize(
    ("was", "written"),
    [("占2.43%；", "占2.43；"), ("（类）236.63万元，占", "（类）236.63万，占")],
)
def test_a_unit_that_is_not_whole_is_told_once(found, was, written):
    assert ["文-单位"] == [one[0] for one in found((was, written)) if "单位" in one[0]]


def test_the_same_words_elsewhere_are_told_by_themselves(found):
    bare = "卫生健康支出（类）236.63万，"
    told = found(
        ("卫生健康支出（类）236.63万元，", bare), ("一、主要职能\n", f"一、主要职能\n{bare}")
    )
    assert ["文-单位", "校-单位"] == [one[0] for one in told if "单位" in one[0]]


def test_a_number_that_neither_the_text_nor_the_figures_have_is_told_as_that(tmp_path):
    folder = tmp_path / "departments" / NAME / str(YEAR)
    shutil.copytree(DATA / "departments" / NAME / str(YEAR), folder)
    figures = (folder / "figures.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in figures if "国内公务接待批次" not in line]
    assert len(kept) < len(figures)
    (folder / "figures.csv").write_text("".join(kept), encoding="utf-8")
    this = report.load(NAME, YEAR, tmp_path)
    text = this.review.narrative.text
    (folder / "published" / "disclosure.pdf").unlink()
    (folder / "published" / "narrative.txt").write_text(
        text.replace("列明公务接待2批次、26人次", "列明公务接待26人次"), encoding="utf-8"
    )
    told = [f.message for f in report.load(NAME, YEAR, tmp_path).found if "批次」" in f.message]
    assert told and all("【缺】" not in message for message in told)
    assert any("数据里也没有这个数" in message for message in told)


def test_an_amount_behind_the_name_of_an_item_takes_no_place_of_the_one_that_the_form_has(found):
    name = "养老支出（款）机关事业单位职业年金缴费支出（项）。"
    behind = name.replace("。", "225.12万元，")
    assert [] == found((name, behind), severities=SEVERITIES)
