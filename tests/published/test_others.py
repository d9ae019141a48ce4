"""What a text says of another year, of a part of the department or of each of its people is not the department-year's own."""

import pytest
from passages import NATIONAL, UNREAD, WORDS, read

from helpers.basics.text import fold
from helpers.edition import patterns

SAID = {
    "the last year in a sentence of its own": (
        "一",
        "2023年度收、支总计均为218.1万元。2022年度收、支总计均为225.3万元。与2022年度相比，收、支总计各减少7.2万元，下降3.2%。",
        {
            "218.1": "amount 总计",
            "225.3": UNREAD,
            "7.2": "difference 总计/总计@上年",
            "3.2": "rate 总计/总计@上年",
        },
    ),
    "both numbers of such a sentence": (
        "三",
        "2023年度本年支出合计190万元，其中：基本支出100万元，占52.6%；项目支出90万元，占47.4%。上年基本支出80.5万元，项目支出70.3万元。",
        {
            "190": "amount 本年支出",
            "100": "amount 额 基本支出",
            "52.6": "share 额/本年支出 基本支出",
            "90": "amount 额 项目支出",
            "47.4": "share 额/本年支出 项目支出",
            "80.5": UNREAD,
            "70.3": UNREAD,
        },
    ),
    "the guests of the last year": (
        "七.二",
        "国内公务接待8批次，66人次（不包括陪同人员），共计支出0.77万元。上年国内公务接待9批次，67人次，共计支出0.88万元。",
        {
            "8": "count 国内批次",
            "66": "count 国内人次",
            "0.77": "amount 国内接待",
            "9": UNREAD,
            "67": UNREAD,
            "0.88": UNREAD,
        },
    ),
    "a part of the department": (
        "六",
        "2023年度一般公共预算财政拨款基本支出75万元，其中：人员经费60万元，主要包括：基本工资等。公用经费15万元，主要包括：办公费等。"
        "局机关人员经费50万元，公用经费10万元。",
        {
            "75": "amount 一般公共基本",
            "60": "amount 人员经费",
            "15": "amount 公用经费",
            "50": UNREAD,
            "10": UNREAD,
        },
    ),
    "a head": (
        "十.一",
        "2023年度，机关运行经费支出25.2万元。2022年度机关运行经费支出24.1万元。人均机关运行经费1.9万元。",
        {"25.2": "amount 机关运行", "24.1": UNREAD, "1.9": UNREAD},
    ),
    "cars that come and go": (
        "十.三",
        "共有车辆3辆，本年报废车辆1辆，新增车辆2辆。上年末共有车辆9辆。",
        {"3": "count 车辆", "1": UNREAD, "2": UNREAD, "9": UNREAD},
    ),
    "people after a group that is not known": (
        "七.二",
        "组织因公出国（境）团组1个、4人次。港澳台接待2批次、5人次。",
        {"1": "count 团组", "4": "count 出国人次", "2": UNREAD, "5": UNREAD},
    ),
    "what was completed of an item without a known name": (
        "五.三",
        "2023年度一般公共预算支出决算数为90万元，完成预算97%。其中：\n1.行政运行支出情况：支出决算为50万元，完成预算95.6%。",
        {
            "90": "amount 一般公共支出",
            "97": "completion 一般公共支出/一般公共支出@预算",
            "50": UNREAD,
            "95.6": UNREAD,
        },
    ),
    "names first, then their numbers": (
        "十.二",
        "2023年度政府采购支出总额60万元，其中政府采购货物、工程、服务支出分别为10万元、20万元、30万元。",
        {"60": "amount 采购", "10": UNREAD, "20": UNREAD, "30": UNREAD},
    ),
    "another threshold": (
        "十.三",
        "单价50万元以上通用设备1台（套），单价100万元以上设备（不含车辆）2台（套）。",
        {"50": UNREAD, "1": UNREAD, "100": WORDS, "2": "count 大型设备"},
    ),
    "what it was before it moved": (
        "一",
        "收、支总计由上年的225.3万元减少到218.1万元。",
        {"225.3": "amount 总计@上年", "218.1": "amount 总计"},
    ),
}


@pytest.mark.parametrize("said", SAID)
def test_what_is_of_others_is_read_as_nothing(said):
    section, sentence, expected = SAID[said]
    assert read(NATIONAL, section, sentence) == expected


def test_a_year_that_is_wrong_is_still_told():
    """A sentence that alone states an amount is of this year, whatever year it names."""
    assert read(NATIONAL, "十.一", "2022年度，机关运行经费支出25.2万元。") == {
        "25.2": "amount 机关运行"
    }


@pytest.mark.parametrize(
    "sentence, numbers, bases",
    [
        ("比上年5万元减少3万元", ["3"], ["5"]),
        ("比2022年度（5万元）减少3万元", ["3"], ["5"]),
        ("上年为5万元，同比减少3万元", ["3"], ["5"]),
        ("支出由上年的5万元减少到2万元", ["2"], ["5"]),
        ("支出比上年5万元，减少3万元", ["3"], ["5"]),
        ("支出比上年（增长5%）", ["5"], []),
        ("由上年的5万元减少3万元", ["3"], ["5"]),
        ("上年5万元减少3万元", ["3"], ["5"]),
        ("由上年的5万元，减少到2万元", ["2"], ["5"]),
        ("支出合计12万元，上年度9万元，增值税3万元", ["12", "9", "3"], []),
        ("支出2万元（比上年（5万元）减少3万元）", ["2", "3"], ["5"]),
        ("2023年度支出2万元，减少3万元", ["2", "3"], []),
        ("上年支出5万元，上年结转3万元", ["5", "3"], []),
        ("比上年5个项目，多数减少", ["5"], []),
    ],
)
def test_only_what_a_change_is_held_against_is_set_aside(sentence, numbers, bases):
    pieces = patterns.load(NATIONAL).cutter.pieces(fold(sentence)[0])
    assert numbers == [mark.text for piece in pieces for mark in piece.numbers]
    assert bases == [mark.text for piece in pieces for mark in piece.bases]


@pytest.mark.parametrize(
    "sentence, labels",
    [
        ("从业人员经费由上年的5万元减少到2万元", ["从业人员经费#万元"]),
        ("由于人员减少公务接待费支出由上年的5万元减少到2万元", ["由于人员减少公务接待费支出#万元"]),
        ("由上年的5万元减少3万元", ["减少#万元"]),
        ("上年为5万元，同比减少3万元", ["同比减少#万元"]),
        ("支出2万元（比上年（5万元）减少3万元）", ["支出#万元", "比上年减少#万元"]),
    ],
)
def test_what_leads_to_a_base_is_set_aside_with_it_and_no_name(sentence, labels):
    pieces = patterns.load(NATIONAL).cutter.pieces(fold(sentence)[0])
    assert labels == [piece.label for piece in pieces]
