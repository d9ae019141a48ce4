"""Line breaks that only wrap: known by the margin that lines are filled to, never where a paragraph ends."""

import time

import pytest

from helpers.basics.text import fold, page_lines
from helpers.basics.wrapping import runs_on, wraps

FULL = "一般公共预算财政拨款支出年初预算为若干万元，支出决算为若干万元，决算数小于预算数的主要"  # 43 characters


def joined(*lines: str) -> list[str]:
    text = "\n".join(lines) + "\n"
    wrapped = set(wraps(text))
    return "".join("" if i in wrapped else c for i, c in enumerate(text)).splitlines()


@pytest.mark.parametrize(
    "line, following",
    [
        ("支出307.82", "万元。"),
        ("支出1511.89万", "元。"),
        ("占99.", "79%"),
        ("占99", ".79%"),
        ("增长100.00", "%"),
    ],
)
def test_a_number_and_its_unit_belong_together_however_short_the_line(line, following):
    assert runs_on(line, following, 1000)
    assert [line + following] == joined(line, following)


@pytest.mark.parametrize(
    "line, following, room, said",
    [
        ("年初预算为", "161.62万元", 7, True),  # the number would not have found room
        ("年初预算为", "161.62万元", 12, False),
        ("报告详见", "第四部分附件。", 2, True),
        ("报告详见", "第四部分 附件", 2, False),
        ("主要", "原因", 2, True),
        ("主要", "原因", 8, False),
        (
            "行政单位离退休",
            "（项）。主要用于",
            6,
            True,
        ),  # no bracket ends a line, no stop begins one
        ("行政单位离退休", "（项）。主要用于", 12, False),
        ("支付完毕。", "决算数", 0, False),
        ("其中：", "1、社会保障", 0, False),
        ("方面：", "（一）收入", 0, False),
        ("概况", "第二部分 决算表", 0, False),
        ("", "原因", 0, False),
        ("主要", "", 0, False),
    ],
)
def test_a_line_runs_on_where_the_next_word_would_not_have_found_room(line, following, room, said):
    assert said == runs_on(line, following, room)


def test_digits_are_half_as_wide_as_characters():
    lines = []
    for n in range(12):
        digits = "1234567890"[: n % 5 * 2]
        lines += [FULL[: 43 - len(digits) // 2] + digits, f"原因{n}。"]
    assert [a + b for a, b in zip(lines[::2], lines[1::2])] == joined(*lines)


def test_lines_of_a_text_that_has_no_margin_are_left_apart():
    lines = [FULL[: 20 + n % 17] for n in range(40)]
    assert lines == joined(*lines)


def test_long_paragraphs_are_left_apart():
    lines = [FULL * 3 + "。" for _ in range(40)] + [FULL] * 3
    assert lines == joined(*lines)


CAPTION = "图1 收、支决算总计变动情况图"


@pytest.mark.parametrize(
    "before, after",
    [("决算为若干万元。收、支总计各增加3.", "23万元，增长1.9%。"), (FULL, "原因是据实结算。")],
)
def test_a_caption_in_the_midst_of_a_sentence_is_no_part_of_it(before, after):
    lines = [FULL[:43], "原因。"] * 12
    text = "\n".join([*lines, before, CAPTION, after]) + "\n"
    assert fold(before + after)[0] in fold(text)[0]


@pytest.mark.parametrize("before", ["支出决算为若干万元。", "二、收入决算情况说明"])
def test_a_caption_between_paragraphs_is_a_line_of_its_own(before):
    text = f"{before}\n{CAPTION}\n本年收入合计若干万元。\n"
    assert fold(f"{before}\n{CAPTION}")[0] in fold(text)[0]


@pytest.mark.parametrize("number", ["第 3 页 共 9 页", "第3页，共9页", "3/9", "第 3 页", "- 3 -"])
def test_a_page_number_in_the_midst_of_a_sentence_is_no_part_of_it(number):
    text = "\n".join([*[FULL[:43], "原因。"] * 12, FULL[:43], number, "原因是据实结算。"]) + "\n"
    assert fold(FULL[:43] + "原因是据实结算。")[0] in fold(text)[0]


def test_a_digit_alone_on_a_line_is_no_page_number_where_pages_are_numbered_otherwise():
    full = FULL[:41] + "30.2"
    lines = [*[FULL[:43], "原因。"] * 12, FULL[:43], "- 1 -", "原因。", full, "1", "万元。"]
    assert "30.21万元。" in fold("\n".join(lines))[0]


@pytest.mark.parametrize(
    "written",
    [
        "甲" + "\n " * 40_000 + "乙",
        "甲" + "\n" * 40_000 + "乙",
        "\n　" * 40_000,
        "甲\n1\n" * 20_000,
    ],
)
def test_blank_lines_without_number_are_looked_through_once(written):
    begun = time.process_time()
    page_lines(written)
    assert time.process_time() - begun < 2


@pytest.mark.parametrize("between", ["\n\n", "\n\t\n\t", "\n \n"])
def test_blank_lines_behind_every_line_part_no_sentence(between):
    lines = [line for n in range(12) for line in (FULL[:43], f"原因{n}。")]
    assert fold("\n".join(lines))[0].split("\n") == [
        line for line in fold(between.join(lines))[0].split("\n") if line
    ]


def test_blank_lines_between_paragraphs_leave_them_apart():
    lines = [FULL[: 20 + n % 17] for n in range(40)]
    assert [fold(line)[0] for line in lines] == fold("\n\n".join(lines))[0].split("\n")


def test_a_line_that_somebody_broke_goes_on_to_the_margin_of_the_line_that_it_was():
    number, rest = FULL[:30] + "188.77", "万元，比20"
    lines = [*[FULL[:43], "原因。"] * 12, number, rest + FULL[:5], "下降4%。"]
    assert number + rest + FULL[:5] + "下降4%。" == joined(*lines)[-1]


def set_in(width: int, text: str) -> list[str]:
    """Return a text set in lines of so many characters."""
    return [text[n : n + width] for n in range(0, len(text), width)]


ITEM = "社会保障和就业支出（类）抚恤（款）死亡抚恤（项），主要用于支付机关事业单位的抚恤金，按照实际发生的人数和规定的标准据实支付完毕。"
PLAIN = FULL + "原因是人员变动和政策性增资，以及年中追加了项目经费，按照工程进度据实结算。"


def test_what_is_set_in_larger_type_has_a_margin_of_its_own():
    items = [f"{n}.{ITEM}" for n in range(1, 9)]
    wide = [f"（{n}）{PLAIN}" for n in "一二三四五六七八"]
    lines = [line for item in wide for line in set_in(29, item)]
    lines += [line for item in items for line in set_in(26, item)]
    assert [*wide, *items] == joined(*lines)


def test_a_heading_stands_alone_also_where_some_lines_are_squeezed():
    """Half-width brackets let a line hold a word more: what other lines are filled to is no margin for a heading."""
    wide = [line for n in "一二三四五六" for line in set_in(29, f"（{n}）{PLAIN}")]
    squeezed = [FULL[:31], FULL[31:] + "原因。"]
    heading = "九、国有资本经营预算财政拨款收入和支出决算的情况说明"
    paragraph = "某某市某某区某某局二零二五年度无国有资本经营预算财政拨款收入和支出。"
    assert [heading, paragraph] == joined(*wide, *squeezed, heading, paragraph)[-2:]


def test_spaces_that_were_set_about_numbers_take_half_of_their_width():
    """Counted whole they would make lines with numbers wider than the margin, and the others too short to run on."""
    wide = [line for n in "一二三四五六" for line in set_in(29, f"（{n}）{PLAIN}")]
    numbers = "预算为 256.44 万元，决算为 252.74 万元，完成 98.56% 数额"
    item = [f"1.{ITEM[:24]}", numbers, numbers, numbers, ITEM[:26], "据实支付完毕。"]
    assert "".join(item) == joined(*wide, *item)[-1]


@pytest.mark.parametrize(
    "line, following, said",
    [
        ("某某区人民政府某某街道办事处 2025", "年度部门决算", True),
        ("截至 2025", "年末", True),
        ("二、收入决算 2", "年初预算为五万元", False),
    ],
)
def test_a_year_and_its_number_belong_together(line, following, said):
    assert said == runs_on(line, following, 1000)
