"""What stands beside a recomputed sentence is the sentence as it was published, whole, but for what others say in it."""

from dataclasses import replace

import pytest

from helpers.report import report


@pytest.fixture(scope="module")
def this():
    return report.load("xiqu-government-office", 2023)


@pytest.fixture(scope="module")
def district():
    return report.load("putuo-planning-bureau", 2024)


def published(this, old, new) -> dict[str, str]:
    narrative = this.review.narrative
    assert old in narrative.text
    read = this.review.read(replace(narrative, text=narrative.text.replace(old, new)))
    return {c.sentence.id: c.published.strip() for c in this.review.compared(read).sentences}


def test_words_before_and_behind_the_numbers_are_shown_with_them(this):
    old, new = "万元，主要包括", "万元，经审核，主要包括"
    shown = published(this, old, new)["六-3"]
    assert shown.startswith("人员经费") and shown.endswith("。") and "经审核" in shown


def test_a_sentence_that_others_say_something_in_is_shown_up_to_them(this):
    shown = published(this, "完成预算100%", "完成预算99%")
    assert shown["七.一-1"].endswith("完成预算99%，较上年度增加0.11万元，")


def test_the_names_that_a_list_has_besides_are_shown_with_it(district):
    [listed] = [c for c in district.review.comparison.sentences if c.sentence.id == "六-2"]
    assert listed.published.endswith("退休费、奖励金、其他对个人和家庭的补助支出；")
    assert all(name in listed.published for name in listed.listed[1])


def test_what_leads_to_the_next_sentence_stands_with_the_one_that_should_end_so(this, district):
    shown = {c.sentence.id: c.published for c in district.review.comparison.sentences}
    assert shown["六-1"].endswith("5377.64万元。其中：")
    assert shown["六-2"].startswith("人员经费4896.98万元")
