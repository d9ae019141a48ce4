"""The published text read for what no figure decides: what contradicts itself, and which subjects are explained."""

import re

import pytest

from helpers.basics.model import Profile, Statement
from helpers.disclosure import figures
from helpers.disclosure.accounts import Accounts
from helpers.disclosure.figures import REQUIRED
from helpers.disclosure.tables import Tables
from helpers.edition import forms
from helpers.published.published import Narrative
from helpers.report import report
from helpers.review import proofreading

FACES = ("校-占位", "校-重复", "校-标点", "校-年度", "校-单位", "校-成对", "校-名称")
WHO = Profile("示例县文化局", "文化局", 2023, "sichuan-2022")
SPENT = "支出,,,{},,,,,60,万元"
OFFICE = "一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）行政运行（项）：指行政单位的基本支出。"
PENSION = "社会保障和就业支出（类）行政事业单位养老支出（款）机关事业单位基本养老保险缴费支出（项）：指缴费。"
UNKNOWN = "一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）行政运转（项）：指行政单位的基本支出。"


def read(tmp_path, rule: str, text: str, *lines: str, statements=()):
    """Return place, severity and message of what a rule says of a text beside these figures."""
    file = tmp_path / "figures.csv"
    file.write_text(
        "\n".join([",".join(REQUIRED), *(lines or ["支出,,,,,,,,60,万元"])]) + "\n",
        encoding="utf-8",
    )
    tables = Tables(forms.load("sichuan-2022"), Accounts(figures.load(file, "figures.csv")), 2023)
    found = proofreading.findings(
        Narrative(text, "x/2023/published/narrative.txt"), WHO, tables, list(statements)
    )
    return [(f.place, f.severity, f.message) for f in found if f.rule == rule]


# Words written wrong, and headings


@pytest.mark.parametrize(
    "text, told",
    [
        ("全年未购置公务用车。", 0),
        ("2023年未安排预算。", 0),
        ("年未结转和结余0万元。", 1),
        ("截至年未共有车辆0辆。", 1),
    ],
)
def test_a_word_is_written_wrong_only_where_it_is_that_word(tmp_path, text, told):
    assert told == len(read(tmp_path, "校-错字", text))


def headings_told(heading: str, other: str) -> list[str]:
    """Return what is said of the headings of the real text where those of this form are others."""
    this = report.load("xiqu-government-office", 2023)
    text, count = re.subn(f"(?m){heading}", other, this.review.narrative.text)
    assert count
    narrative = Narrative(text, this.review.narrative.name)
    found = proofreading.findings(
        narrative, this.profile, this.tables, list(this.statements.values())
    )
    return [f.message for f in found if f.rule == "校-标题"]


@pytest.mark.parametrize(
    "before, told", [("一、2023年度", 0), ("一、2023年度部门", 0), ("三、", 1)]
)
def test_a_heading_that_begins_with_the_year_has_its_own_number(before, told):
    found = headings_told("^(?=收入支出决算总体情况说明)", before)
    assert told == sum("「收入支出决算总体情况说明」编号" in message for message in found)


@pytest.mark.parametrize(
    "title, other",
    [
        ("政府性基金预算支出决算情况说明", "政府性基金预算财政拨款收入支出决算情况说明"),
        ("国有资产占有使用情况", "国有资产占用情况说明"),
        ("机关运行经费支出情况", "机关运行经费支出决算情况说明"),
    ],
)
def test_a_heading_may_have_another_title_of_its_section(title, other):
    assert not any(title in message for message in headings_told(f"{title}(?=。?$)", other))


# Statements that contradict each other


@pytest.mark.parametrize(
    "text, lines",
    [
        ("项目经费无结余。\n部分项目未支付完成。\n", ["narrative.txt:2"]),
        ("部分项目未支付完成。\n项目经费无结余。\n", ["narrative.txt:1"]),
        ("项目经费无结余，但未支付完成。\n", ["narrative.txt:1"]),
        ("项目 经费无结余。\n\n“未支付”完成。\n", ["narrative.txt:3"]),
        ("项目经费无结余。\n", []),
        ("部分项目未支付完成。\n", []),
        ("项目经费无结余。\n项目执行存在延迟。\n", []),
        (
            "项目经费无结余。\n未支付完成。\n没有财政结余资金。\n未能及时支付。\n",
            ["narrative.txt:2", "narrative.txt:4"],
        ),
    ],
)
def test_two_statements_contradict_each_other_only_where_both_are_made(tmp_path, text, lines):
    found = read(tmp_path, "校-矛盾", text)
    assert [(line, "warning") for line in lines] == [f[:2] for f in found]
    assert all("说法矛盾" in message for *_, message in found)


# Subjects that are explained


@pytest.mark.parametrize(
    "explained, used, told",
    [
        ([OFFICE], ["2010301"], []),
        ([OFFICE, PENSION], ["2010301", "2080505"], []),
        (
            [OFFICE, PENSION],
            ["2010301"],
            [
                "第 3 行解释的「社会保障和就业支出(类)行政事业单位养老支出(款)机关事业单位基本养老保险缴费支出(项)」在决算表中没有用到。"
            ],
        ),
        (
            [OFFICE],
            ["2010301", "2080505"],
            ["名词解释没有解释决算表用到的机关事业单位基本养老保险缴费支出。"],
        ),
        ([OFFICE], ["20103"], []),
        ([OFFICE], [], []),
        ([], ["2010301"], []),
        (
            [OFFICE],
            ["2010301", "2010302", "2010303", "2010304"],
            ["名词解释没有解释决算表用到的一般行政管理事务、机关服务、专项服务。"],
        ),
        (
            [OFFICE],
            ["2010301", "2010302", "2010303", "2010304", "2010305"],
            ["名词解释没有解释决算表用到的一般行政管理事务、机关服务、专项服务 等 4 个科目。"],
        ),
    ],
)
def test_a_subject_that_is_explained_and_not_used_or_used_and_not_explained_is_a_hint(
    tmp_path, explained, used, told
):
    found = read(tmp_path, "校-名词", "\n".join(["名词解释", *explained]), *map(SPENT.format, used))
    assert told == [message for *_, message in found]
    assert {"hint"} >= {severity for _, severity, _ in found}


def test_a_subject_that_is_in_no_list_is_not_among_those_explained(tmp_path):
    text = f"名词解释\n{UNKNOWN}\n"
    assert [("narrative.txt:2", "warning")] == [
        f[:2] for f in read(tmp_path, "校-科目名", text, SPENT.format("2010301"))
    ]
    assert [] == read(tmp_path, "校-名词", text, SPENT.format("2010301"))


def test_a_subject_is_explained_only_under_the_heading(tmp_path):
    assert [] == read(
        tmp_path, "校-名词", f"{PENSION}\n名词解释\n{OFFICE}\n", SPENT.format("2010301")
    )


# What was to be filled in or struck out


def residue(tmp_path, text: str) -> list[str]:
    return [message for *_, message in read(tmp_path, "校-占位", text)]


@pytest.mark.parametrize("gap", ["XX", "ＸＸ", "××", "XXX", "××××", "X×"])
def test_a_gap_is_told_once_however_it_is_crossed(tmp_path, gap):
    text = f"2023年度收、支总计均为{gap}万元，增长{gap}%。\n"
    assert ["第 1 行留有未填的字样「XX」。"] == residue(tmp_path, text)


def test_gaps_of_two_lines_are_two(tmp_path):
    assert 2 == len(residue(tmp_path, "收入××万元。\n支出XX万元。\n"))


@pytest.mark.parametrize("text", ["采购XXH-100型设备一台。", "收入5万元×2年。"])
def test_a_name_and_a_product_are_no_gap(tmp_path, text):
    assert [] == residue(tmp_path, text)


@pytest.mark.parametrize(
    "note",
    [
        "增长（增长/下降）25.8%",
        "各增加（减少）208万元",
        "各减少(增加)208万元",
        "决算数小于（或与预算数持平）预算数",
        "决算数大于/小于预算数",
        "较上年增加（或持平）",
        "（注：数据来源于财决01-1表）",
        "罗列全部功能分类科目至项级",
    ],
)
def test_a_note_of_the_one_who_drafted_is_told_once(tmp_path, note):
    assert 1 == len(residue(tmp_path, f"2023年度{note}。\n"))


@pytest.mark.parametrize(
    "said",
    [
        "决算数与预算数持平。",
        "比上年增加5万元（减少的是项目支出）。",
        "支出小于预算，收入大于预算。",
        "数据来源为部门决算报表。",
    ],
)
def test_words_that_say_something_are_no_residue(tmp_path, said):
    assert [] == residue(tmp_path, f"{said}\n")


# 其它 for 其他


@pytest.mark.parametrize(
    "text, name",
    [
        (
            "10.卫生健康（类）行政事业单位医疗（款）其它行政事业单位医疗支出（项）：7.47万元。",
            "行政事业单位医疗支出",
        ),
        (
            "名词解释\n1.卫生健康支出（类）行政事业单位医疗（款）其它行政事业单位医疗（项）：指医疗。",
            "行政事业单位医疗",
        ),
        ("主要包括：办公费、其它交通费用等。", "交通费用"),
        ("其它收入0万元，占0%。", "收入"),
        ("其它用车1辆。", "用车"),
    ],
)
def test_a_subject_with_its_other_other_is_a_hint_that_has_its_own_name(tmp_path, text, name):
    ((_, severity, message),) = read(tmp_path, "校-其它", text)
    assert "hint" == severity
    assert f"「其它{name}」，应为「其他{name}」。" in message


@pytest.mark.parametrize("text", ["其它工作按计划完成。", "其他收入0万元。", "无其它事项。"])
def test_other_things_than_subjects_may_be_written_either_way(tmp_path, text):
    assert [] == read(tmp_path, "校-其它", text)


# A fund's expenditure

FUND = "八、政府性基金预算支出决算情况说明\n"
STATE = "九、国有资本经营预算支出决算情况说明\n2023年度国有资本经营预算财政拨款支出0万元。\n"
SPENT_FUND = "2023年度政府性基金预算财政拨款支出74.52万元。"
SECTIONS = [
    Statement("八", "政府性基金预算支出决算情况说明", ()),
    Statement("九", "国有资本经营预算支出决算情况说明", ()),
]


def test_a_fund_that_was_spent_without_a_purpose_or_a_change_is_a_hint(tmp_path):
    assert [
        (
            "narrative.txt:2",
            "hint",
            "第 2 行「2023年度政府性基金预算财政拨款支出74.52万元。」：《政府性基金预算支出决算情况说明》"
            "只写了金额，没有说明用途，也没有说明与上年相比的变动。",
        )
    ] == read(tmp_path, "校-用途", f"{FUND}{SPENT_FUND}\n{STATE}", statements=SECTIONS)


@pytest.mark.parametrize(
    "body",
    [
        "2023年度政府性基金预算财政拨款支出0万元。",
        "2023年度政府性基金预算财政拨款支出0.00万元。",
        "本部门没有政府性基金预算财政拨款支出。",
        f"{SPENT_FUND}主要用于城乡社区项目。",
        f"{SPENT_FUND}\n较上年增加3万元。",
        f"{SPENT_FUND}与2022年度持平。",
    ],
)
def test_a_fund_that_is_explained_or_was_not_spent_needs_no_more(tmp_path, body):
    assert [] == read(tmp_path, "校-用途", f"{FUND}{body}\n{STATE}", statements=SECTIONS)


def test_the_words_of_another_section_explain_nothing(tmp_path):
    text = f"{FUND}{SPENT_FUND}\n{STATE}主要用于国有企业。\n"
    assert 1 == len(read(tmp_path, "校-用途", text, statements=SECTIONS))


# What is no fault


@pytest.mark.parametrize(
    "text",
    [
        "（图1：收入决算结构图）（单位：万元）",
        "（图2：收、支决算总计变动情况图）（单位：万元）（柱状图）",
        "图3 支出决算结构图（单位：万元）",
        "“三公”经费",
        '"三公"经费',
        '“三公"经费',
        "「三公」经费、“三重一大”",
        "＂三公＂经费",
    ],
)
def test_a_caption_and_quotation_marks_of_either_kind_are_no_fault(tmp_path, text):
    assert [] == [f for rule in FACES for f in read(tmp_path, rule, f"{text}\n")]


@pytest.mark.parametrize(
    "text", ["“三公经费", "三公”经费", '“三公"经费"', "「三公经费", '"三公经费']
)
def test_a_quotation_mark_alone_is_told(tmp_path, text):
    assert 1 == len(read(tmp_path, "校-成对", f"{text}\n"))


def test_what_a_line_break_divides_is_read_together(tmp_path):
    """Lines that are filled to one width run on: a word, a bracket, a unit that they break is whole."""
    long = "".join(
        f"第{n}项支出（含项目支出）共计{n}.5万元，用于“三公”经费、公务接待费和会议费等开支，占{n}.5%。"
        for n in range(11, 30)
    )
    wrapped = "\n".join(long[n : n + 23] for n in range(0, len(long), 23))
    assert [] == [f for rule in FACES for f in read(tmp_path, rule, f"{wrapped}\n")]


def test_a_list_of_subjects_that_was_pasted_whole_is_one_finding(tmp_path):
    names = [
        "行政运行",
        "一般行政管理事务",
        "机关服务",
        "专项服务",
        "专项业务及机关事务管理",
        "政务公开审批",
    ]
    lines = [
        f"{n}.一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）{name}（项）：指有关支出。"
        for n, name in enumerate(names, 1)
    ]
    found = read(tmp_path, "校-名词", "\n".join(["名词解释", *lines]), SPENT.format("2010350"))
    unused = [message for *_, message in found if "没有用到" in message]
    assert 1 == len(unused)
    assert "等 6 个科目在决算表中没有用到" in unused[0]


# The real input


def test_the_real_input_has_these_marks_and_no_others():
    """Each stands in the published text: what is marked, and on which line."""
    this = report.load("xiqu-government-office", 2023)
    text = this.review.narrative.text.split("\n")
    marked = {
        f"{f.rule} {f.place.partition(':')[2]} {f.found}"
        for f in proofreading.findings(
            this.review.narrative, this.profile, this.tables, list(this.statements.values())
        )
        if f.rule not in ("校-标题", "校-矛盾", "校-名词", "校-单位数")
    }
    assert {
        "校-重复 36 占本年支出合计的占",
        "校-单位 75 万",
        "校-网址 161 ttp://www.pzhsxq.gov.cn/",
        "校-其它 52 其它行政事业单位医疗支出",
        "校-用途 80 2023年度政府性基金预算财政拨款支出74.52万元。",
        "校-科目名 113 社会保障和就业(类)行政事业单位离退休(款)未归口管理的行政单位离退休(项)",
    } == marked
    assert "其它行政事业单位医疗支出" in text[51]
    assert "八、政府性基金预算支出决算情况说明" in text[78]
    assert ("政府性基金预算财政拨款支出74.52万元。", "") == (text[79][6:], text[80])
