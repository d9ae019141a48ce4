"""Who a department is, as its documents say."""

import pytest

from helpers.intake import identity


@pytest.mark.parametrize(
    "text, name",
    [
        ("上海市某区财政局2024年度部门决算\n目录", "上海市某区财政局"),
        ("示例甲县民政局（虚构）\n2023年度部门决算\n", "示例甲县民政局（虚构）"),
        ("第二部分\n2023年度部门决算情况说明\n", ""),
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
