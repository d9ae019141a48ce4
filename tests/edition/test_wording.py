"""Sentences declared once: slots, conditions, enumerations, zero bases, missing amounts, and how broken ones are refused."""

import re
from decimal import Decimal

import pytest

from helpers.basics import paths
from helpers.basics.errors import DataError
from helpers.basics.model import Address
from helpers.disclosure import figures, profile
from helpers.disclosure.accounts import Accounts
from helpers.disclosure.statements import Writer
from helpers.disclosure.tables import Tables
from helpers.edition import declared, forms, wording
from helpers.edition.slots import Slot, own_words, template

EDITION = "probe"
HEAD = "item,category,fund,function,nature,economic,project,basis,amount,unit\n"
RULES = "量:\n  收入: 01[本年收入合计, 决算数]\n  支出: 03[合计, 本年支出合计]\n  基本: 03[合计, 基本支出]\n  保有量: 数量[公务用车保有量, 决算数]\n"


# Templates


@pytest.mark.parametrize(
    "text, expected",
    [
        ("没有槽", ("没有槽",)),
        ("", ()),
        ("共{收入}万元", ("共", Slot("数", ("收入",)), "万元")),
        ("{ 收入 }", (Slot("数", ("收入",)),)),
        ("{变动 收入}", (Slot("变动", ("收入", "收入@上年")),)),
        ("{差额 收入/年初预算}", (Slot("差额", ("收入", "收入@年初预算")),)),
        ("{完成 收入}", (Slot("完成", ("收入", "收入@预算")),)),
        ("{完成率 收入/年初预算}", (Slot("完成率", ("收入", "收入@年初预算")),)),
        ("{收入@全年预算}", (Slot("数", ("收入@全年预算",)),)),
        ("{占 收入/支出}", (Slot("占", ("收入", "支出")),)),
        ("{比 收入 / 支出}", (Slot("比", ("收入", "支出")),)),
        ("{年}{上年}{简称}", (Slot("年"), Slot("上年"), Slot("简称"))),
        ("{01[收入总计, 决算数]}", (Slot("数", ("01[收入总计, 决算数]",)),)),
        (
            "{比 13[合计, 决算数/合计]/03[合计, 本年支出合计]}",
            (Slot("比", ("13[合计, 决算数/合计]", "03[合计, 本年支出合计]")),),
        ),
        ("{文字 原因/三公经费}", (Slot("文字", ("原因/三公经费",)),)),
    ],
)
def test_a_template_is_read(text, expected):
    assert expected == template(text, {"收入", "支出"})


@pytest.mark.parametrize(
    "text, expected",
    [
        ("{{", ("{",)),
        ("}}", ("}",)),
        ("甲{{乙}}丙", ("甲{乙}丙",)),
        ("{{收入}}", ("{收入}",)),
        ("{{{收入}}}", ("{", Slot("数", ("收入",)), "}")),
    ],
)
def test_a_doubled_brace_is_a_brace(text, expected):
    assert expected == template(text, {"收入"})


@pytest.mark.parametrize(
    "text, said",
    [
        ("{收人}", "不认识的槽「{收人}」，最接近的是「收入」"),
        ("{增长 收入}", "不认识的槽「{增长 收入}」"),
        ("{变动}", "不认识的槽「{变动}」"),
        ("{变动 收人}", "不认识的槽「{变动 收人}」，最接近的是「收入」"),
        ("{变动 收入/支出}", "没有口径「支出」"),
        ("{变动 收入/上年/预算}", "应有一个量"),
        ("{收入@去年}", "没有口径「去年」"),
        ("{占 收入}", "应有两个量"),
        ("{占 收入/支出/收入}", "应有两个量"),
        ("{占 收入/支初}", "最接近的是「支出」"),
        ("{}", "不认识的槽"),
        ("{额}", "不认识的槽"),
        ("{名}", "不认识的槽"),
        ("{01[收入总计]}", "不是「表[行, 栏]」"),
        ("{变动 01[收入总计, 决算数]@去年}", "没有口径「去年」"),
        ("{收入", "单独的「{」"),
        ("收入}", "单独的「}」"),
        ("{{收入}", "单独的「}」"),
        ("{收{入}", "单独的「{」"),
    ],
)
def test_a_slot_that_means_nothing_is_refused_by_name(text, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        template(text, {"收入", "支出"})


@pytest.mark.parametrize("text", ["{文字 原因/甲}", "{列举 甲}", "{条目 甲}"])
def test_a_departments_own_text_cannot_call_further_texts(text):
    with pytest.raises(ValueError, match="不能用"):
        own_words(text, {"收入"})


# Declarations and what is written from them


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Return a function: sentences, rows and profile lines in, the text of the statement out."""
    rules, chain = paths.RULES, declared.chain("sichuan-2022")
    monkeypatch.setattr(paths, "RULES", tmp_path / "rules")
    folder = tmp_path / "rules" / EDITION
    folder.mkdir(parents=True)
    (folder / "edition.yaml").write_text("沿用: sichuan-2022\n", encoding="utf-8")
    for followed in chain:
        (tmp_path / "rules" / followed).mkdir()
        for name in ("edition.yaml", "tables.yaml"):
            place = tmp_path / "rules" / followed / name
            place.write_bytes((rules / followed / name).read_bytes())
    forms.load.cache_clear()
    wording.load.cache_clear()

    def statement(
        sentences: str, rows: str = "", own: str = "", last_year: str = "", rules_text: str = ""
    ):
        (folder / "statements.yaml").write_text(
            rules_text or f"{RULES}说明:\n- 编号: 一\n  句: {sentences}\n", encoding="utf-8"
        )
        (tmp_path / "profile.yaml").write_text(
            f"department: 虚构局\nshort_name: 虚局\nyear: 2023\nedition: {EDITION}\n{own}",
            encoding="utf-8",
        )
        loaded = []
        for text in (rows, last_year):
            (tmp_path / "figures.csv").write_text(HEAD + text, encoding="utf-8")
            loaded.append(figures.load(tmp_path / "figures.csv", "figures.csv") if text else ())
        tables = Tables(forms.load(EDITION), Accounts(*loaded), 2023)
        writer = Writer(
            tables,
            profile.load(tmp_path / "profile.yaml", "profile.yaml", 2023),
            wording.load(EDITION),
        )
        return writer.statement("一")

    yield statement
    forms.load.cache_clear()
    wording.load.cache_clear()


def told(statement) -> str:
    return "".join(s.text for s in statement.sentences)


def spent(*amounts: str, basis: str = "", unit: str = "万元") -> str:
    """Return rows: 基本支出 first, then 项目支出."""
    return "".join(
        f"支出,,,,{nature},,,{basis},{a},{unit}\n"
        for nature, a in zip(("基本支出", "项目支出"), amounts)
    )


def test_an_amount_is_printed_with_its_cell(write):
    (sentence,) = write('["支出{支出}万元。"]', spent("60", "40.5")).sentences
    (number,) = sentence.numbers
    assert "支出100.5万元。" == sentence.text
    assert ("100.5", "万元", (Address("03", "合计", "本年支出合计"),)) == (
        number.text,
        number.unit,
        number.cells,
    )
    assert (Decimal("100.5"), Decimal("0.01")) == (number.value.value, number.value.error)


def test_a_doubled_brace_prints_a_brace_in_a_sentence_and_in_own_words(write):
    assert "{支出}是100。{年}是2023" == told(
        write(
            '["{{支出}}是{支出}。", "{文字 原因/甲}"]',
            spent("60", "40"),
            "reasons: {甲: '{{年}}是{年}'}\n",
        )
    )


def test_the_names_and_years_of_the_profile_are_printed(write):
    assert "虚构局 虚局 部门 2023 2022" == told(
        write('["{全称} {简称} {类型} {年} {上年}"]', spent("1"))
    )


def test_the_first_known_of_two_places_is_printed_and_named(write):
    rules = '量:\n  甲: 01[本年收入合计, 决算数] = 03[合计, 本年支出合计]\n说明:\n- 编号: 一\n  句: ["{甲}"]\n'
    statement = write("", spent("60", "40"), rules_text=rules)
    assert "100" == told(statement)
    assert Address("03", "合计", "本年支出合计") in statement.sentences[0].numbers[0].cells


def test_a_quantity_may_be_a_signed_sum(write):
    rules = (
        '量:\n  甲: 03[合计, 基本支出] - 03[合计, 项目支出]\n说明:\n- 编号: 一\n  句: ["{甲}"]\n'
    )
    assert "19.5" == told(write("", spent("60", "40.5"), rules_text=rules))


def test_a_missing_amount_prints_a_gap_and_never_zero(write):
    (sentence,) = write('["收入{收入}万元，支出{支出}万元。"]', spent("60", "40")).sentences
    assert "收入【缺】万元，支出100万元。" == sentence.text
    assert (None, "【缺】") == (sentence.numbers[0].value, sentence.numbers[0].text)


def test_a_missing_term_makes_the_sum_missing(write):
    rules = '量:\n  甲: 03[合计, 本年支出合计] + 01[本年收入合计, 决算数]\n说明:\n- 编号: 一\n  句: ["{甲}"]\n'
    assert "【缺】" == told(write("", spent("60", "40"), rules_text=rules))


def test_a_zero_amount_prints_zero(write):
    assert "0" == told(write('["{支出}"]', spent("0", "0")))


@pytest.mark.parametrize(
    "slot",
    [
        "{变动 收入}",
        "{增减 收入}",
        "{差额 收入}",
        "{幅度 收入}",
        "{完成 收入}",
        "{占 收入/支出}",
        "{比 支出/收入}",
    ],
)
def test_no_phrase_about_a_missing_amount_has_a_digit(write, slot):
    printed = told(write(f'["{slot}"]', spent("60", "40"), last_year=spent("1", "2")))
    assert "【缺" in printed
    assert not re.search(r"\d", printed)


# Changes


@pytest.mark.parametrize(
    "now, before, expected",
    [
        ("105.6", "100", "增加5.6万元，增长5.6%"),
        ("79.1", "100", "减少20.9万元，下降20.9%"),
        ("0", "100", "减少100万元，下降100%"),
        ("100", "0", "增加100万元"),
        ("0", "0", "持平"),
        ("100", "100", "持平"),
        ("100", "99.9951", "持平"),
        ("3", "2.99", "增加0.01万元，增长0.3%"),
        ("100.15", "100", "增加0.15万元，增长0.2%"),
        ("300", "100", "增加200万元，增长200%"),
    ],
)
def test_a_change_is_said_with_its_direction_and_a_zero_base_has_no_rate(
    write, now, before, expected
):
    assert expected == told(write('["{变动 支出}"]', spent(now, "0"), last_year=spent(before, "0")))


def test_a_rate_of_exact_money_is_rounded_half_up_once(write):
    """1050500 / 1000000 is 5.05 %: 5.1, where a binary float would say 5.0."""
    assert "增加5.05万元，增长5.1%" == told(
        write(
            '["{变动 支出}"]',
            spent("1050500", "0", unit="元"),
            last_year=spent("1000000", "0", unit="元"),
        )
    )


@pytest.mark.parametrize(
    "slot, expected", [("{增减 支出}", "减少"), ("{差额 支出}", "20.9"), ("{幅度 支出}", "20.9%")]
)
def test_each_part_of_a_change_can_stand_alone(write, slot, expected):
    assert expected == told(write(f'["{slot}"]', spent("79.1", "0"), last_year=spent("100", "0")))


def test_a_rate_over_zero_alone_prints_a_gap(write):
    printed = told(write('["{幅度 支出}"]', spent("79.1", "0"), last_year=spent("0", "0")))
    assert "【缺】" == printed


def carried(now: str, before: str) -> str:
    """Return rows of what is left at the end of both years, which alone may be less than nothing."""
    return f"结转结余,年末结转和结余,,,,,,,{now},万元\n结转结余,年末结转和结余,,,,,,上年决算,{before},万元\n"


@pytest.mark.parametrize(
    "now, before, change, way, size",
    [
        ("5", "-3", "增加8万元", "增加", "8"),
        ("-5", "-3", "减少2万元", "减少", "2"),
        ("0", "-3", "增加3万元", "增加", "3"),
        ("-3", "-3", "持平", "持平", "0"),
        ("5", "0", "增加5万元", "增加", "5"),
        ("-5", "0", "减少5万元", "减少", "5"),
    ],
)
def test_over_nothing_or_less_there_is_no_rate(write, now, before, change, way, size):
    of = "01[年末结转和结余, 决算数]"
    assert f"{change} {way} {size} 【缺】" == told(
        write(f'["{{变动 {of}}} {{增减 {of}}} {{差额 {of}}} {{幅度 {of}}}"]', carried(now, before))
    )


@pytest.mark.parametrize("word", ["占 {0}/{1}", "比 {0}/{1}"])
def test_of_a_whole_that_is_less_than_nothing_there_is_no_share(write, word):
    now, before = "01[年末结转和结余, 决算数]", "01[年末结转和结余, 决算数]@上年"
    assert "【缺】" in told(write(f'["{{{word.format(now, before)}}}"]', carried("5", "-10")))


@pytest.mark.parametrize(
    "now, before, expected",
    [
        ("-1", "4", "减少5万元，下降125% 125%"),
        ("1", "0.5", "增加0.5万元，增长100% 100%"),
    ],
)
def test_over_anything_more_there_is_a_rate(write, now, before, expected):
    of = "01[年末结转和结余, 决算数]"
    assert expected == told(write(f'["{{变动 {of}}} {{幅度 {of}}}"]', carried(now, before)))


def test_without_last_year_a_change_says_what_is_missing(write):
    assert "【缺上年数】" == told(write('["{变动 支出}"]', spent("79.1", "0")))


def test_a_change_of_a_count_is_not_money(write):
    def cars(n):
        return f"数量,公务用车保有量,,,,,,,{n},辆\n"

    printed = told(write('["公务用车{变动 保有量}"]', cars(5), last_year=cars(4)))
    assert printed.startswith("公务用车增加1")
    assert "万元" not in printed


# Shares and completion


@pytest.mark.parametrize(
    "basic, project, expected",
    [
        ("60", "40", "占60%"),
        ("1", "2", "占33.3%"),
        ("2", "1", "占66.7%"),
        ("0", "5", "占0%"),
        ("0", "0", "占0%"),
        ("5", "0", "占100%"),
        ("0.05", "99.95", "占0.1%"),
    ],
)
def test_a_share_is_rounded_half_up_and_a_part_of_zero_is_zero(write, basic, project, expected):
    assert expected == told(write('["{占 基本/支出}"]', spent(basic, project)))


def test_a_share_of_nothing_has_no_percentage(write):
    rows = spent("5", "0") + "收入,,,,,,,,0,万元\n"
    assert "占【缺】" == told(write('["{占 基本/收入}"]', rows))


@pytest.mark.parametrize(
    "final, budget, expected",
    [
        ("100", "100", "完成预算100%"),
        ("95", "100", "完成预算95%"),
        ("103.25", "100", "完成预算103.3%"),
        ("0", "100", "完成预算0%"),
        ("5", "0", "未安排预算"),
        ("0", "0", "未安排预算"),
    ],
)
def test_a_budget_of_zero_has_no_completion_rate(write, final, budget, expected):
    assert expected == told(
        write('["{完成 支出}"]', spent(final, "0") + spent(budget, "0", basis="全年预算"))
    )


def test_without_a_budget_completion_says_what_is_missing(write):
    assert "【缺预算数】" == told(write('["{完成 支出}"]', spent("5", "0")))


@pytest.mark.parametrize(
    "style, expected",
    [
        ("", "60.5 33.1%"),
        ("style: {percent_decimals: 2}", "60.5 33.06%"),
        ("style: {percent_decimals: 0}", "60.5 33%"),
        ("style: {trim_zeros: false}", "60.50 33.1%"),
        ("style: {trim_zeros: false, percent_decimals: 4}", "60.50 33.0579%"),
    ],
)
def test_the_style_sets_decimals_and_zeros(write, style, expected):
    assert expected == told(write('["{支出} {比 基本/支出}"]', spent("20", "40.5"), style + "\n"))


@pytest.mark.parametrize(
    "style, expected", [("", "100%"), ("style: {trim_zeros: false}", "100.0%")]
)
def test_a_whole_percentage_is_trimmed_unless_the_style_says_no(write, style, expected):
    assert expected == told(write('["{比 支出/支出}"]', spent("20", "40.5"), style + "\n"))


def test_a_count_has_no_decimals_whatever_the_style(write):
    def cars(n):
        return f"数量,公务用车保有量,,,,,,,{n},辆\n"

    own = "style: {trim_zeros: false}\n"
    assert "5辆 1" == told(write('["{保有量}辆 {差额 保有量}"]', cars(5), own, cars(4)))


# Conditions and enumerations


@pytest.mark.parametrize(
    "condition, rows, last_year, expected",
    [
        ("支出 增加", spent("3", "0"), spent("2", "0"), "是"),
        ("支出 增加", spent("2", "0"), spent("2", "0"), "否"),
        ("支出 减少", spent("1", "0"), spent("2", "0"), "是"),
        ("支出 持平", spent("2", "0"), spent("2", "0"), "是"),
        ("支出 持平", spent("2", "0"), "", "否"),
        ("支出 有变动", spent("2", "0"), "", "否"),
        ("支出 有变动", spent("2", "0"), spent("1", "0"), "是"),
        ("支出 为零", spent("0", "0"), "", "是"),
        ("支出 为零", spent("1", "0"), "", "否"),
        ("支出 不为零", spent("1", "0"), "", "是"),
        ("收入 为零", spent("1", "0"), "", "否"),
        ("收入 不为零", spent("1", "0"), "", "否"),
        ("收入 未知", spent("1", "0"), "", "是"),
        ("收入 已知", spent("1", "0"), "", "否"),
        ("支出 已知", spent("1", "0"), "", "是"),
        ("支出 超预算", spent("3", "0") + spent("2", "0", basis="全年预算"), "", "是"),
        ("支出 低于预算", spent("3", "0") + spent("2", "0", basis="全年预算"), "", "否"),
        ("支出 低于预算", spent("1", "0") + spent("2", "0", basis="年初预算"), "", "是"),
        ("支出 超预算", spent("1", "0"), "", "否"),
        ("支出 已知 且 收入 未知", spent("1", "0"), "", "是"),
        ("支出 已知 且 收入 已知", spent("1", "0"), "", "否"),
        ("类型 部门", spent("1", "0"), "", "是"),
        ("类型 单位", spent("1", "0"), "", "否"),
        ("有文字 原因/甲", spent("1", "0"), "", "否"),
        ("无文字 原因/甲", spent("1", "0"), "", "是"),
    ],
)
def test_a_condition_holds_only_of_what_is_known(write, condition, rows, last_year, expected):
    assert expected == told(
        write(f"[{{当: {condition}, 写: 是, 否则: 否}}]", rows, last_year=last_year)
    )


LISTING = """\
说明:
- 编号: 一
  列举:
    各款: {格: "08[*, 决算数]", 级: 款, 科目: ['301', '302'], 非零: 是, 项: "{名}", 隔: 、, 缺时: 经济科目/人员经费}
    各类: {格: "06[*, 本年支出合计]", 级: 类, 项: "{序}.{名}{额}万元", 隔: ；}
  句: ["{列举 各款}。", "{列举 各类}。"]
"""


def economic(**amounts: str) -> str:
    return "".join(
        f"支出,,一般公共预算,201,基本支出,{c.removeprefix('e')},,,{a},元\n"
        for c, a in amounts.items()
    )


def test_an_enumeration_names_exactly_the_rows_that_have_money(write):
    rows = economic(e30101="100", e30102="0", e30201="5000000", e31002="70000", e30301="90000")
    (first, second) = write("", rows, rules_text=RULES + LISTING).sentences
    assert "基本工资、办公费。" == first.text
    assert "1.一般公共服务支出516.01万元。" == second.text


def test_an_enumeration_over_missing_rows_prints_the_departments_own_list(write):
    rows = "支出,,一般公共预算,201,基本支出,,,,100,万元\n"
    own = "economic_items: {人员经费: [基本工资, 奖金]}\n"
    assert "基本工资、奖金。" == write("", rows, own, rules_text=RULES + LISTING).sentences[0].text


@pytest.mark.parametrize(
    "rows, own, expected",
    [
        (economic(e30101="100", e30201="200"), "", "是"),
        (economic(e30101="0", e30102="0", e30201="0"), "", "否"),
        (
            "支出,,一般公共预算,201,基本支出,,,,100,万元\n",
            "economic_items: {人员经费: [基本工资]}\n",
            "是",
        ),
        ("支出,,一般公共预算,201,基本支出,,,,100,万元\n", "", "否"),
        (economic(e30101="0", e30201="0"), "economic_items: {人员经费: [基本工资]}\n", "否"),
    ],
)
def test_an_enumeration_is_there_where_rows_have_money_or_the_own_list_stands_in(
    write, rows, own, expected
):
    listing = LISTING[: LISTING.index("  句:")] + "  句: [{当: 各款 有列举, 写: 是, 否则: 否}]\n"
    assert expected == told(write("", rows, own, rules_text=RULES + listing))


# Refusals


BROKEN = {
    # name: (statements.yaml, line, what is said)
    "unknown key of the file": (
        "说朋: []\n" + RULES + "说明: []\n",
        "第 1 行",
        "不认识的键「说朋」，最接近的是「说明」",
    ),
    "no statements": (RULES, "第 1 行", "缺少「说明」"),
    "unknown key of a statement": (
        "说明:\n- 编号: 一\n  百份位: 甲\n  句: []\n",
        "第 3 行",
        "不认识的键「百份位」，最接近的是「百分位」",
    ),
    "no sentences": ("说明:\n- 编号: 一\n", "第 2 行", "缺少「句」"),
    "repeated number": (
        RULES + "说明:\n- 编号: 一\n  句: [甲]\n- 编号: 一\n  句: [乙]\n",
        "第 9 行",
        "编号「一」重复",
    ),
    "repeated quantity": (
        "量:\n  收入: 01[甲, 乙]\n  收入: 01[甲, 丙]\n说明: []\n",
        "第 3 行",
        "键「收入」重复",
    ),
    "unknown quantity": (
        RULES + '说明:\n- 编号: 一\n  句:\n  - "{收人}"\n',
        "第 9 行",
        "不认识的槽「{收人}」，最接近的是「收入」",
    ),
    "unknown slot word": (
        RULES + '说明:\n- 编号: 一\n  句:\n  - "{增长 收入}"\n',
        "第 9 行",
        "不认识的槽「{增长 收入}」",
    ),
    "lonely brace": (
        RULES + '说明:\n- 编号: 一\n  句:\n  - "收入{收入"\n',
        "第 9 行",
        "单独的「{」",
    ),
    "undeclared enumeration": (
        RULES + '说明:\n- 编号: 一\n  句:\n  - "{列举 各类}"\n',
        "第 9 行",
        "没有声明列举「各类」",
    ),
    "bad address of a quantity": (
        "量:\n  收入: 01[本年收入合计]\n说明: []\n",
        "第 2 行",
        "不是「表[行, 栏]」",
    ),
    "a quantity without a table": (
        "量:\n  收入: 本年收入合计\n说明: []\n",
        "第 2 行",
        "表[行, 栏]",
    ),
    "a quantity that is a list": (
        "量:\n  收入: ['01[甲, 乙]']\n说明: []\n",
        "第 2 行",
        "量「收入」不是文字",
    ),
    "bad address in a slot": (
        RULES + '说明:\n- 编号: 一\n  句:\n  - "{01[甲]}"\n',
        "第 9 行",
        "不是「表[行, 栏]」",
    ),
    "bad address of an enumeration": (
        RULES + '说明:\n- 编号: 一\n  列举:\n    各类: {格: 06, 项: 甲}\n  句: ["{列举 各类}"]\n',
        "第 9 行",
        "表[*, 栏]",
    ),
    "unknown key of an enumeration": (
        RULES
        + "说明:\n- 编号: 一\n  列举:\n    各类: {格: '06[*, 合计]', 项: 甲, 间隔: 、}\n  句: []\n",
        "第 9 行",
        "不认识的键「间隔」，最接近的是「隔」",
    ),
    "enumeration without items": (
        RULES + "说明:\n- 编号: 一\n  列举:\n    各类: {格: '06[*, 合计]'}\n  句: []\n",
        "第 9 行",
        "缺少「项」",
    ),
    "unknown level of an enumeration": (
        RULES
        + "说明:\n- 编号: 一\n  列举:\n    各类: {格: '06[*, 本年支出合计]', 级: 章, 项: 甲}\n  句: [\"{列举 各类}\"]\n",
        "第 9 行",
        "章",
    ),
    "list of names is a text": (
        RULES
        + "说明:\n- 编号: 一\n  列举:\n    各类: {格: '06[*, 合计]', 名单: 甲, 项: 乙}\n  句: []\n",
        "第 9 行",
        "「名单」的值类型不对",
    ),
    "unknown predicate": (
        RULES + "说明:\n- 编号: 一\n  句:\n  - {当: 收入 变多, 写: 甲}\n",
        "第 9 行",
        "看不懂条件「收入 变多」",
    ),
    "unknown quantity in a condition": (
        RULES + "说明:\n- 编号: 一\n  句:\n  - {当: 收人 增加, 写: 甲}\n",
        "第 9 行",
        "没有量「收人」，最接近的是「收入」",
    ),
    "condition without text": (
        RULES + "说明:\n- 编号: 一\n  句:\n  - {当: 收入 增加}\n",
        "第 9 行",
        "缺少「写」",
    ),
    "unknown key of a condition": (
        RULES + "说明:\n- 编号: 一\n  句:\n  - {当: 收入 增加, 写: 甲, 不然: 乙}\n",
        "第 9 行",
        "不认识的键「不然」",
    ),
    "a sentence that is a list": (
        RULES + "说明:\n- 编号: 一\n  句:\n  - [甲]\n",
        "第 9 行",
        "不是「键: 值」",
    ),
    "only a comment": ("# 还没有写\n", "", "只有注释，没有内容"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_declaration_is_refused_by_name_and_line(write, case):
    content, line, said = BROKEN[case]
    with pytest.raises(DataError) as caught:
        write("", spent("1", "0"), rules_text=content)
    message = str(caught.value)
    assert message.isprintable()
    assert message.startswith(f"rules/{EDITION}/statements.yaml" + (f" {line}" if line else ""))
    assert said in message


@pytest.mark.parametrize(
    "where", ["99[合计, 决算数]", "01[本年收人合计, 决算数]", "01[本年收入合计, 决算]"]
)
def test_an_address_that_no_form_has_is_refused_by_name_and_line(write, where):
    rules = f'量:\n  收入: {where}\n说明:\n- 编号: 一\n  句: ["{{收入}}"]\n'
    with pytest.raises(DataError, match=f"rules/{EDITION}/statements.yaml 第 2 行"):
        write("", spent("1", "0"), rules_text=rules)


OWN = {
    # name: (lines of profile.yaml, line, what is said)
    "unknown slot": (
        "reasons:\n  乙: 没有槽\n  甲: 因{收人}变化\n",
        7,
        "不认识的槽「{收人}」，最接近的是「收入」",
    ),
    "unknown slot word": ("reasons:\n  甲: 因{增长 收入}\n", 6, "不认识的槽「{增长 收入}」"),
    "lonely brace": ("reasons:\n  甲: 因{收入\n", 6, "单独的「{」"),
    "a text within a text": ("reasons:\n  甲: '{文字 职责}'\n", 6, "不能用「{文字 …}」"),
    "a bad address": ("reasons:\n  甲: '{01[合计]}'\n", 6, "不是「表[行, 栏]」"),
    "an address that no form has": ("reasons:\n  甲: '{01[无此行, 决算数]}'\n", 6, "无此行"),
    "a list with one bad entry": (
        "reasons:\n  甲:\n  - 没有槽\n  - '{收人}'\n",
        8,
        "不认识的槽「{收人}」",
    ),
    "a text of several lines": (
        "reasons:\n  甲: |\n    没有槽\n    因{收人}\n",
        6,
        "不认识的槽「{收人}」",
    ),
}


@pytest.mark.parametrize("case", OWN)
def test_a_text_of_the_profile_is_refused_by_name_and_line(write, case):
    own, line, said = OWN[case]
    with pytest.raises(DataError) as caught:
        write('["{文字 原因/甲}"]', spent("1", "0"), own)
    message = str(caught.value)
    assert message.isprintable()
    assert message.startswith(f"profile.yaml 第 {line} 行 原因/甲：")
    assert said in message


def test_the_declarations_in_use_are_read_without_complaint():
    loaded = wording.load("sichuan-2022")
    assert "一" in loaded.declarations and "总计" in loaded.quantities
