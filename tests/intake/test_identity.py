"""Who a department is, as its documents say."""

import pytest

from helpers.edition import patterns
from helpers.intake import identity
from helpers.published import reading
from helpers.published.published import Narrative


@pytest.mark.parametrize(
    "text, name",
    [
        ("上海市某区财政局2024年度部门决算\n目录", "上海市某区财政局"),
        ("示例甲县民政局（虚构）\n2023年度部门决算\n", "示例甲县民政局（虚构）"),
        ("示例甲县民政局（虚构）\n2023 年度部门决算\n", "示例甲县民政局（虚构）"),
        ("2024年度\n示例县教育体育局部门决算\n目录", "示例县教育体育局"),
        ("2024年示例市公安局部门决算公开\n", "示例市公安局"),
        ("示例市某某委员会2024年度部门决算信息公开\n", "示例市某某委员会"),
        ("第二部分\n2023年度部门决算情况说明\n", ""),
        ("2023年度财政拨款收入支出决算情况说明\n", ""),
        ("纳入示例县办公室2023年度部门决算编制范围的有两个单位。\n", ""),
        ("", ""),
    ],
)
def test_the_title_of_a_text_names_the_department(text, name):
    assert name == identity.name_in({}, text)


@pytest.mark.parametrize(
    "words, kind",
    [("2023年度单位决算", "单位"), ("2023年度部门决算", "部门"), ("", "部门")],
)
def test_the_kind_is_what_the_words_say(words, kind):
    assert kind == identity.kind_in(words)


SET_IN_TWO_LINES = "示例市示例区\n文化和旅游局\n2024 年度部门决算\n"
WHOLE = "示例市示例区文化和旅游局"


def test_a_title_that_is_set_in_two_lines_has_only_the_end_of_the_name_that_the_sentences_have():
    assert WHOLE == identity.name_in({}, SET_IN_TWO_LINES, WHOLE)
    assert "文化和旅游局" == identity.name_in({}, SET_IN_TWO_LINES)
    assert "文化和旅游局" == identity.name_in({}, SET_IN_TWO_LINES, "示例市示例区某某局")


@pytest.mark.parametrize("year", ["2024", "２０２４"])
def test_the_year_behind_a_name_is_no_part_of_it(year):
    sentence = f"{WHOLE} {year} 年度无国有资本经营预算财政拨款收入和支出。"
    text = f"九、国有资本经营预算财政拨款收入支出决算情况说明\n{sentence}\n"
    declared = patterns.load("shanghai-2024")
    found = reading.read(declared, Narrative(text, "narrative.txt"), 2024)
    assert WHOLE == identity.fact_in(found, declared, "全称")
