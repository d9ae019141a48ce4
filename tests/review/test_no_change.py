"""A change that is published as none, 增加0万元: no number is wrong, so it is no error; that it is no growth, is."""

from dataclasses import replace

import pytest

from helpers.disclosure import disclosure
from helpers.review import differences
from helpers.review.review import Review
from helpers.sample import sample

STAYED = "因公出国（境）支出决算与2022年度持平。"  # both years have none of it
GREW, OF_NOTHING = "文-方向", "文-零基数"


def found(sentence: str) -> dict[str, str]:
    """Return the severity of each rule that speaks of the sentence, with another in its place."""
    review = Review(disclosure.load("xiqu-government-office", 2023))
    narrative = review.narrative
    assert STAYED in narrative.text
    read = review.read(replace(narrative, text=narrative.text.replace(STAYED, sentence)))
    told = differences.findings(review.compared(read), review.disclosure)
    return {f.rule: f.severity for f in told if f.place == "七.二-5"}


@pytest.mark.parametrize(
    "sentence, rules",
    [
        (STAYED, {}),
        ("因公出国（境）支出决算比2022年度增加0万元。", {GREW: "hint"}),
        ("因公出国（境）支出决算比2022年度减少0.00万元。", {GREW: "hint"}),
        ("因公出国（境）支出决算比2022年度增加0万元，增长0%。", {GREW: "hint", OF_NOTHING: "hint"}),
        ("因公出国（境）支出决算比2022年度增加0.01万元。", {GREW: "error"}),
        (
            "因公出国（境）支出决算比2022年度增加0.01万元，增长100%。",
            {GREW: "error", OF_NOTHING: "error"},
        ),
        (
            "因公出国（境）支出决算比2022年度增加0万元，增长100%。",
            {GREW: "hint", OF_NOTHING: "error"},
        ),
    ],
)
def test_a_change_of_nothing_is_a_matter_of_words(sentence, rules):
    assert rules == found(sentence)


def test_a_rate_of_nothing_is_right_where_there_was_something(tmp_path):
    """An invented department whose 公务接待费 is the same in both years, and some."""
    folder = sample.create(tmp_path, 2, range(2022, 2024), seed=1)[-1]
    sample.publish(folder)
    review = Review(disclosure.load(folder.department, folder.year, folder.data))
    stayed = "公务接待费支出决算与2022年度持平"
    assert stayed in review.narrative.text
    told = review.narrative.text.replace(stayed, "公务接待费支出决算比上年增加0万元，增长0%")
    read = review.read(replace(review.narrative, text=told))
    rules = [
        (f.rule, f.severity) for f in differences.findings(review.compared(read), review.disclosure)
    ]
    assert [(GREW, "hint")] == rules
