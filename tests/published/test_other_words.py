"""The three real documents as an office elsewhere would have worded them: every number is read, nothing new is found."""

import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest

from helpers.report import report
from helpers.review import differences

MONEY = r"(?<![\d.])(\d+(?:\.\d+)?)万元(?!（含|以上)"


def put(*pairs):
    """Return what puts the second of each pair in the place of the first."""

    def rewritten(text):
        for pattern, words in pairs:
            text = re.sub(pattern, words, text)
        return text

    return rewritten


def in_unit(tens, unit, least=0):
    """Return what writes amounts of a size in another unit."""

    def amount(match):
        value = Decimal(match[1])
        return f"{value.scaleb(tens):f}{unit}" if value >= least else match[0]

    return lambda text: re.sub(MONEY, amount, text)


def backwards(text):
    """Return a text with the items of 三公 in the opposite order."""
    places = [re.search(rf"(?m)^ ?{n}[.、](?=因公|公务)", text) for n in (1, 2, 3)]
    if None in places:
        return text
    one, two, three = (match.start() for match in places)
    end = re.search(r"(?m)^八、", text).start()
    return text[:one] + text[three:end] + text[two:three] + text[one:two] + text[end:]


def numeral(n):
    """Return a number below a hundred as Chinese writes it."""
    tens, ones = divmod(n, 10)
    digits = " 一二三四五六七八九"
    return (digits[tens] if tens > 1 else "") + "十" * (tens > 0) + digits[ones].strip()


CHANGED = re.compile(
    r"([\d.]+)万元([^\d\n]*?)(与20\d\d年度相比|比20\d\d年度)([^\d\n]*?)(增加|减少)([\d.]+)万元"
)


def beside_last_year(words):
    """Return what tells a change beside the amount of the last year."""

    def told(match):
        now, _, compared, whose, way, change = match.groups()
        before = Decimal(now) - Decimal(change) * (1 if way == "增加" else -1)
        more = "多" if way == "增加" else "少"
        said = words.format_map({**locals(), "compared": compared, "whose": whose})
        return f"{now}万元{match[2]}{said}{change}万元"

    return lambda text: CHANGED.sub(told, text)


ITEM = r"(?m)^(\d+)[、.](.*?)（类）(.*?)（款）(.*?)（项）"
CHANGE = r"(增加|减少)([\d.]+)万元，(增长|下降)([\d.]+%?)"
WAYS = {
    "元": in_unit(4, "元"),
    "亿元": in_unit(-4, "亿元", least=1000),
    "千分位": lambda t: re.sub(r"\d{4,}(?=\.\d+万元)", lambda m: f"{int(m[0]):,}", t),
    "全角数字": lambda t: re.sub(
        r"[\d.]+(?=万元|%)",
        lambda m: m[0].translate(str.maketrans("0123456789.", "０１２３４５６７８９．")),
        t,
    ),
    "与上年相同": put((r"与20\d\d年度(相比，[^，。]*)?持平", "与上年相同")),
    "同上年持平": put((r"与20\d\d年度(?=持平)", "同上年")),
    "注号": put((MONEY, r"\1①万元")),
    "方括号的注": put((MONEY, r"\1万元[1]")),
    "（注1）": put((MONEY, r"\1万元（注1）")),
    "量后面的注": put((r"(\d)(辆|人次|批次)", r"\1\2①")),
    "上标的注": put((MONEY, r"\1²万元")),
    "较上年": put((r"(与20\d\d年度相比|比20\d\d年度)", "较上年")),
    "变动在括号里": put((CHANGE, r"\1\2万元（\3\4）")),
    "变动率只写百分数": put((r"(增加|减少)([\d.]+)万元，(增长|下降)([\d.]+%)", r"\1\2万元（\4）")),
    "负数": put((r"减少([\d.]+)万元，下降([\d.]+%)", r"增加-\1万元，增长-\2")),
    "收入总计、支出总计各写，变动一起写": put(
        (
            r"(收入支出|收、支)总计(均为)?([\d.]+)万元。与20\d\d年度相比，(?:收、支总计各)?(增加|减少)",
            r"收入总计\3万元、支出总计\3万元，分别比上年\4",
        )
    ),
    "比上年多": beside_last_year("{whose}比上年{more}"),
    "比上年数": beside_last_year("{whose}比上年{before}万元{way}"),
    "比上年的数": beside_last_year("{whose}比上年的{before}万元{way}"),
    "比上年决算数": beside_last_year("{whose}比上年决算数{before}万元{way}"),
    "上年数在括号里": beside_last_year("{whose}比上年（{before}万元）{way}"),
    "上年为": beside_last_year("上年为{before}万元，同比{way}"),
    "由上年增加到": beside_last_year("由上年的{before}万元{way}到{now}万元，{way}"),
    "决算数较上年": put((r"(与20\d\d年度相比|比20\d\d年度)，?", "决算数较上年")),
    "一般公共预算拨款": put(("一般公共预算财政拨款收入", "一般公共预算拨款收入")),
    "批次人次相连": put((r"批次，(?=\d+人次)", "批次")),
    "全年支出": put((r"支出决算为(?=[\d.]+万元)", "全年支出")),
    "占采购总额": put((r"占政府采购支出总额的", "占采购总额的")),
    "只写货物、工程、服务": put((r"政府采购(货物|工程|服务)支出(?=[\d.]+万元)", r"\1")),
    "年末公务用车保有量": put((r"截至20\d\d年12月31日，单位共有公务用车", "年末公务用车保有量为")),
    "增减带正负号": put(
        (r"增加([\d.]+)万元，增长([\d.]+%)", r"增减\1万元，增减率\2"),
        (r"减少([\d.]+)万元，下降([\d.]+%)", r"增减额-\1万元，增减率-\2"),
    ),
    "多支出、少支出": put((r"减少(?=[\d.]+万元)", "少支出"), (r"增加(?=[\d.]+万元)", "多支出")),
    "变动在括号里，带了字": put((CHANGE, r"\1了\2万元（\3了\4）")),
    "增幅、降幅": put(
        (CHANGE, r"\1\2万元，\3幅为\4"), ("(增|下)(?:长|降)幅", r"\1幅"), ("下幅", "降幅")
    ),
    "同比": put((r"(与20\d\d年度相比|比20\d\d年度)，?", "同比")),
    "人民币": put((MONEY, r"人民币\1万元")),
    "约": put((MONEY, r"约\1万元")),
    "占比为": put((r"，占([\d.]+%)", r"，占比为\1")),
    "占在括号里": put((r"，占([\d.]+%)", r"（占\1）")),
    "占比只写百分数": put((r"，占([\d.]+%)", r"（\1）")),
    "预算完成率": put((r"，完成(年初)?预算的?([\d.]+%)", r"，预算完成率为\2")),
    "为年初预算的": put((r"，完成(年初)?预算的?([\d.]+%)", r"，为年初预算的\2")),
    "完成率只写百分数": put((r"，完成(年初)?预算的?([\d.]+%)", r"（\2）")),
    "标题不写说明": put((r"决算(总体)?情况说明", r"决算\1情况")),
    "标题都写说明": put((r"决算(结构|具体|总体)情况(?!说明)", r"决算\1情况说明")),
    "收入总计、支出总计": put((r"(收入支出|收、支)总计(均为)?(?=\d)", "收入总计、支出总计均为")),
    "类—款—项": put((ITEM, r"\1.\2（类）—\3（款）—\4（项）")),
    "类-款-项而不写级": put((ITEM, r"\1.\2-\3-\4")),
    "一是、二是，只写款、项": lambda t: re.sub(
        ITEM, lambda m: f"{numeral(int(m[1]))}是{m[3]}（款）{m[4]}（项）", t
    ),
    "只写项": put((ITEM, r"\1.\4（项）")),
    "实际支出": put((r"年初预算为([\d.]+)万元，支出决算为", r"年初预算安排\1万元，实际支出")),
    "收入总计与支出总计各写": lambda t: re.sub(
        r"(收入支出|收、支)总计(均为)?([\d.]+)万元", r"收入总计\3万元，支出总计\3万元", t, count=1
    ),
    "三公年初预算并列": put(
        (
            r"(“三公”经费财政拨款支出)(决算为)([\d.]+)万元，完成预算",
            r"\1年初预算为\3万元，支出\2\3万元，完成年初预算的",
        )
    ),
    "先决算后预算": put(
        (
            r"(?<=。)年初预算为([\d.]+)万元，支出决算为([\d.]+)万元",
            r"支出决算为\2万元，年初预算为\1万元",
        )
    ),
    "日常公用经费": put(
        (r"人员经费([\d.]+)万元，主要包括：", r"（一）人员经费支出\1万元，包括："),
        (r"公用经费([\d.]+)万元，主要包括：", r"（二）日常公用经费\1万元，包括："),
    ),
    "采购换说法": put(
        (r"(货物|工程|服务)采购金额", r"政府采购\1支出"),
        (r"政府采购(货物|工程|服务)支出(?=0)", r"\1采购支出"),
    ),
    "年初预算并列": put(
        (
            r"(（项）[:：] ?)支出决算为([\d.]+)万元，完成预算",
            r"\1年初预算为\2万元，支出决算为\2万元，完成预算",
        )
    ),
    "全年预算并列": put(
        (r"(（项）[:：] ?)支出决算为([\d.]+)万元", r"\1全年预算\2万元，支出决算\2万元")
    ),
    "分别增长": put((r"各增加([\d.]+)万元，增长([\d.]+%)", r"各增加\1、\1万元，分别增长\2、\2")),
    "年底": put((r"截至(\d+)年12月31日", r"截至\1年12月底")),
    "主要是": put(("主要(变动)?原因是", "主要是")),
    "不含陪同人员": put(("不包括陪同人员", "不含陪同人员")),
    "三公倒着写": backwards,
    "逗号": put(("；", "，")),
    "句号": put((r"；(?=\D)", "。")),
}
DOCUMENTS = (
    "putuo-finance-bureau/2024",
    "putuo-planning-bureau/2024",
    "xiqu-government-office/2023",
)


@pytest.fixture(scope="module", params=DOCUMENTS)
def this(request):
    name, _, year = request.param.partition("/")
    return report.load(name, int(year))


def told(this, text):
    """Return the errors and warnings on the sentences of a text, and how many of its numbers are not read."""
    read = this.review.read(replace(this.review.narrative, text=text))
    found = differences.findings(this.review.compared(read), this.disclosure)
    serious = Counter((f.rule, f.place) for f in found if f.severity in ("error", "warning"))
    return serious, read.counts["unread"]


@pytest.mark.parametrize("way", WAYS)
def test_a_document_in_other_words_is_read_whole_and_nothing_new_is_found(this, way):
    text = this.review.narrative.text
    as_published, _ = told(this, text)
    serious, unread = told(this, WAYS[way](text))
    assert not serious - as_published
    assert 0 == unread


def test_a_zero_left_out_of_the_shares_is_not_looked_for_where_it_stands_by_itself():
    this = report.load("putuo-planning-bureau", 2024)
    text = this.review.narrative.text
    zero = "因公出国（境）费支出决算0.00万元，占0.00%；"
    assert zero in text
    serious, unread = told(this, text.replace(zero, "", 1))
    as_published, _ = told(this, text)
    assert not serious - as_published
    assert 0 == unread


def test_a_further_row_is_no_sentence_printed_twice():
    this = report.load("xiqu-government-office", 2023)
    text = this.review.narrative.text
    first = re.search(ITEM, text).start()
    row = "1.一般公共服务（类）人大事务（款）代表工作（项）：支出决算为12.34万元，完成预算100%。\n"
    serious, _ = told(this, text[:first] + row + text[first:])
    as_published, _ = told(this, text)
    more = {rule for rule, _ in serious - as_published}
    assert "文-数" in more
    assert "文-重复句" not in more


@pytest.mark.parametrize("led", ["主要包括：", "主要包括"])
def test_a_name_too_many_is_told_with_and_without_a_colon(led):
    this = report.load("xiqu-government-office", 2023)
    text = this.review.narrative.text.replace("主要包括：", f"{led}咖啡费、", 1)
    read = this.review.read(replace(this.review.narrative, text=text))
    found = differences.findings(this.review.compared(read), this.disclosure)
    assert 1 == sum(f.rule == "文-列举多" and "「咖啡费」" in f.message for f in found)


def test_each_way_rewrites_some_document():
    texts = [report.load(*_named(d)).review.narrative.text for d in DOCUMENTS]
    assert [] == [name for name, way in WAYS.items() if all(way(t) == t for t in texts)]


def _named(document):
    name, _, year = document.partition("/")
    return name, int(year)


def test_an_item_without_a_known_name_lends_no_number_to_the_one_before(this):
    """Where its amounts are no row's, they are listed as not read, with a warning that the row lacks."""
    text = this.review.narrative.text
    items = list(re.finditer(ITEM, text))
    item, following = items[4], items[5].start()
    amounts = re.sub(r"[\d.]+(?=万元)", "77.77", text[item.end() : following])
    strange = f"{text[: item.start()]}5、某某资金专项。{amounts}{text[following:]}"
    serious, unread = told(this, strange)
    as_published, _ = told(this, text)
    assert unread >= 1
    assert {"文-缺数", "文-缺句"} >= {rule for rule, _ in serious - as_published}


@pytest.mark.parametrize("changed, expected", [(None, 1), ("0.88", 0), ("之后", 0)])
def test_a_name_that_no_list_has_is_that_of_the_only_row_with_its_amounts_between_its_neighbours(
    changed, expected
):
    """Another amount, or another place among the items, and nothing is inferred."""
    this = report.load("putuo-planning-bureau", 2024)
    text = this.review.narrative.text
    item, following = re.search(r"(?m)^5、社会[^6]+?(?=^6、)", text), re.search(r"(?m)^7、", text)
    if changed == "0.88":
        text = text[: item.start()] + item[0].replace(changed, "0.77") + text[item.end() :]
    elif changed:
        between = text[item.end() : following.start()]
        text = text[: item.start()] + between + item[0] + text[following.start() :]
    read = this.review.read(replace(this.review.narrative, text=text))
    found = differences.findings(this.review.compared(read), this.disclosure)
    inferred = [f for f in found if f.rule == "文-名称" and "推定" in f.message]
    assert expected == len(inferred)
    assert [] == [f for f in inferred if "其他行政事业单位养老支出" not in f.expected]


@pytest.mark.parametrize("amount, is_lacking", [("208.26", False), ("280.26", True)])
def test_a_sentence_whose_very_numbers_stand_there_unread_does_not_lack(amount, is_lacking):
    this = report.load("xiqu-government-office", 2023)
    text = this.review.narrative.text
    put_otherwise = f"两年相抵，尚余{amount}万元之数，折合25.8%。"
    reworded = re.sub(r"与2022年度相比，收、支总计各增加[^。]*。", put_otherwise, text, count=1)
    assert reworded != text
    serious, unread = told(this, reworded)
    as_published, _ = told(this, text)
    assert unread
    assert is_lacking == (("文-缺句", "一-2") in serious - as_published)


@pytest.mark.parametrize("before, is_wrong", [("806.25", False), ("860.25", True)])
def test_the_last_year_s_amount_beside_a_change_is_checked_too(before, is_wrong):
    this = report.load("xiqu-government-office", 2023)
    text = this.review.narrative.text
    told_beside = text.replace(
        "与2022年度相比，收、支总计各增加", f"收、支总计各比上年{before}万元增加", 1
    )
    assert told_beside != text
    serious, unread = told(this, told_beside)
    as_published, _ = told(this, text)
    assert 0 == unread
    assert is_wrong == ("文-数" in {rule for rule, _ in serious - as_published})
