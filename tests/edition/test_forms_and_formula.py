"""The language of the rules and the forms declared in it: what they say, and how a broken declaration is refused."""

import re

import pytest

from helpers.basics import paths
from helpers.basics.errors import DataError
from helpers.basics.model import Address
from helpers.basics.text import ordinal
from helpers.disclosure.accounts import Accounts
from helpers.disclosure.figures import load as load_figures
from helpers.disclosure.tables import Tables
from helpers.edition import forms
from helpers.edition.formula import (
    Nearby,
    Term,
    WrongKind,
    address,
    relation,
    signed_sum,
    sum_of_names,
)

EDITION = "probe"


# The language


@pytest.mark.parametrize(
    "text, expected",
    [
        ("01[收入总计, 决算数]", Address("01", "收入总计", "决算数")),
        (" 01 [ 收入总计 ,决算数 ] ", Address("01", "收入总计", "决算数")),
        ("06[合计, 本年支出合计]@上年", Address("06", "合计", "本年支出合计", "上年")),
        ("06[合计, 本年支出合计]@ 预算", Address("06", "合计", "本年支出合计", "预算")),
        (
            "13[合计, 决算数/因公出国（境）费]@决算",
            Address("13", "合计", "决算数/因公出国（境）费"),
        ),
        ("06[*, 项目支出]", Address("06", "*", "项目支出")),
        ("数量[单价100万元以上设备, 决算数]", Address("数量", "单价100万元以上设备", "决算数")),
    ],
)
def test_an_address_is_read(text, expected):
    assert expected == address(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "01",
        "01[收入总计]",
        "01[收入总计, 决算数, 三]",
        "[收入总计, 决算数]",
        "01[收入总计, 决算数",
        "01收入总计, 决算数]",
        "01[收入总计, 决算数]@去年",
        "01[收入总计, 决算数]上年",
        "01[[收入总计, 决算数]]",
        "01[, 决算数]",
        "01[收入总计, ]",
        "01[ , 决算数]",
        "01[收入总计,  ]",
        " [收入总计, 决算数]",
        "01[收入总计，决算数]",
    ],
)
def test_what_is_not_an_address_is_refused(text):
    with pytest.raises(ValueError, match="不是「表"):
        address(text)


def test_an_address_prints_as_it_is_written():
    for text in ("01[收入总计, 决算数]", "06[合计, 本年支出合计]@上年"):
        assert text == str(address(text))


@pytest.mark.parametrize(
    "text, expected",
    [
        ("27", (Nearby(1, ("27",)),)),
        ("27 + 28 - 29", (Nearby(1, ("27",)), Nearby(1, ("28",)), Nearby(-1, ("29",)))),
        ("- 3+4", (Nearby(-1, ("3",)), Nearby(1, ("4",)))),
        ("1..3", (Nearby(1, ("1", "2", "3")),)),
        ("9 - 2..3", (Nearby(1, ("9",)), Nearby(-1, ("2", "3")))),
        ("7..7", (Nearby(1, ("7",)),)),
        ("301 + 303", (Nearby(1, ("301",)), Nearby(1, ("303",)))),
    ],
)
def test_a_sum_of_names_is_read_with_its_signs(text, expected):
    assert expected == sum_of_names(text)


def test_a_sum_of_cells_is_read_with_its_signs():
    expected = (Term(1, Address("01", "甲+乙", "丙-丁")), Term(-1, Address("02", "戊", "己")))
    assert expected == signed_sum("01[甲+乙, 丙-丁] - 02[戊, 己]")


@pytest.mark.parametrize("text", ["1 + 01[甲, 乙]", "01[甲, 乙] - 合计"])
@pytest.mark.parametrize("read", [signed_sum, sum_of_names])
def test_a_sum_is_of_cells_or_of_names_and_never_of_both(read, text):
    with pytest.raises(WrongKind):
        read(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "+",
        "1 +",
        "1 + + 2",
        "1 - - 2",
        "01[甲, 乙",
        "01[甲, 乙] 02[丙, 丁]",
        "01[甲 + 02[乙, 丙]",
        "1 + 01[甲]",
        "]",
        "[甲, 乙]",
    ],
)
@pytest.mark.parametrize("read", [signed_sum, sum_of_names])
def test_what_is_not_a_sum_is_refused(read, text):
    with pytest.raises(ValueError):
        read(text)


def test_a_range_that_runs_backwards_is_refused_and_never_a_sum_of_nothing():
    with pytest.raises(ValueError):
        sum_of_names("8..1")


@pytest.mark.parametrize("sign", "=≥≤")
def test_a_relation_has_two_sides_and_a_sign(sign):
    read = relation(f"01[甲, 乙] {sign} 02[丙, 丁] + 03[戊, 己]")
    assert (1, sign, 2) == (len(read.left), read.sign, len(read.right))


@pytest.mark.parametrize(
    "text", ["01[甲, 乙]", "01[甲, 乙] = ", "= 01[甲, 乙]", "1 = 2 = 3", "1 = 2 ≥ 3", "1 == 2"]
)
def test_what_is_not_a_relation_is_refused(text):
    with pytest.raises(ValueError):
        relation(text)


@pytest.mark.parametrize("text", ["__import__('os').getcwd()", "1; 2", "lambda: 0"])
def test_a_formula_is_text_and_never_run(text):
    assert (Nearby(1, (text,)),) == sum_of_names(text)


# The forms of the edition in use


def test_the_edition_has_the_thirteen_public_forms_in_order():
    loaded = forms.load("sichuan-2022")
    assert [f"{n:02d}" for n in range(1, 14)] == [n for n, form in loaded.items() if form.published]


def test_every_empty_public_form_has_a_note_and_those_that_may_be_empty_a_sentence():
    loaded = forms.load("sichuan-2022")
    assert all(form.note for form in loaded.values() if form.published)
    assert all(loaded[n].empty for n in ("09", "10", "11", "12", "13"))


@pytest.mark.parametrize("number", [f"{n:02d}" for n in range(1, 14)])
def test_no_two_rows_or_columns_of_a_side_share_a_key_or_a_number(number):
    for block in forms.load("sichuan-2022")[number].blocks:
        for lines in (block.rows, block.columns):
            keys = [line.key for line in lines if not line.by]
            numbers = [line.number for line in lines if line.number]
            assert sorted(set(keys)) == sorted(keys)
            assert sorted(set(numbers)) == sorted(numbers)


def test_no_row_of_a_form_stands_on_both_sides():
    for form in forms.load("sichuan-2022").values():
        keys = [line.key for block in form.blocks for line in block.rows if not line.by]
        assert sorted(set(keys)) == sorted(keys)


@pytest.mark.parametrize(
    "n, expected",
    [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (26, "二十六"), (99, "九十九")],
)
def test_ordinals_are_chinese(n, expected):
    assert expected == ordinal(n)


# Forms declared for a test

GOOD = """\
- 表号: '01'
  名称: 试验表
  块:
  - 数: {指标: 支出}
    栏:
    - {次: 1, 名: 合计, 等于: 2 + 3}
    - {次: 2, 名: 基本支出, 数: {支出性质: 基本支出}}
    - {次: 3, 名: 项目支出, 数: {支出性质: 项目支出}}
    行:
    - {名: 合计}
    - {按: 功能科目}
"""


@pytest.fixture
def declared(tmp_path, monkeypatch):
    """Return a function that declares tables.yaml in an edition of its own and loads it."""
    monkeypatch.setattr(paths, "RULES", tmp_path)
    forms.load.cache_clear()

    def load(text: str):
        (tmp_path / EDITION).mkdir(exist_ok=True)
        (tmp_path / EDITION / "tables.yaml").write_text(text, encoding="utf-8")
        return forms.load(EDITION)

    yield load
    forms.load.cache_clear()


def test_a_declared_form_is_filled_from_figures(declared, tmp_path):
    path = tmp_path / "figures.csv"
    path.write_text(
        "item,category,fund,function,nature,economic,project,basis,amount,unit\n"
        "支出,,,201,基本支出,,,,60,万元\n支出,,,208,项目支出,,,,40,万元\n",
        encoding="utf-8",
    )
    tables = Tables(declared(GOOD), Accounts(load_figures(path, "figures.csv")), 2023)
    assert {
        ("合计", "合计"): 100,
        ("合计", "基本支出"): 60,
        ("合计", "项目支出"): 40,
        ("201", "合计"): 60,
        ("201", "基本支出"): 60,
        ("201", "项目支出"): 0,
        ("208", "合计"): 40,
        ("208", "基本支出"): 0,
        ("208", "项目支出"): 40,
    } == {(c.address.row, c.address.column): c.amount.value for c in tables.table("01").cells()}


def test_a_cell_that_only_its_form_adds_up_says_how(declared, tmp_path):
    path = tmp_path / "figures.csv"
    path.write_text(
        "item,category,fund,function,nature,economic,project,basis,amount,unit\n"
        "结转结余,年初结转和结余,,,,,,,5,万元\n收入,,,,,,,,7,万元\n",
        encoding="utf-8",
    )
    text = (
        "- 表号: '01'\n  名称: 试验表\n  块:\n  - 栏: [{名: 决算数}]\n    行:\n    - {次: 1, 名: 甲, 数: {指标: 收入}}\n"
        "    - {次: 2, 名: 乙, 数: {指标: 结转结余, 类别: 年初结转和结余}}\n    - {名: 总计, 等于: 1 + 2}\n    - {名: 差额, 等于: 2 - 1}\n"
        "    - {次: 5, 名: 丙, 数: {指标: 三公经费}}\n    - {名: 缺, 等于: 1 + 5}\n"
    )
    tables = Tables(declared(text), Accounts(load_figures(path, "figures.csv")), 2023)
    total, less, gap = (tables.table("01").cell(row, "决算数") for row in ("总计", "差额", "缺"))
    assert (12, "derived", "甲 + 乙") == (total.amount.value, total.state, total.formula)
    assert (-2, "乙 − 甲") == (less.amount.value, less.formula)
    assert (None, "missing") == (gap.amount, gap.state)  # a missing part never makes a sum smaller
    assert (Address("01", "甲", "决算数"), Address("01", "乙", "决算数")) == total.operands


BY_BASIS = """\
- 表号: '01'
  名称: 试验表
  块:
  - 数: {指标: 支出}
    栏: [{名: 预算数, 口径: 预算}, {名: 决算数}]
    行: [{名: 合计}, {名: 预算行, 口径: 预算}]
"""


@pytest.mark.parametrize(
    "row, column, basis, expected",
    [
        ("合计", "决算数", "决算", 100),
        ("合计", "决算数", "预算", 20),
        ("合计", "决算数", "上年", 3),
        ("合计", "预算数", "决算", 20),
        ("合计", "预算数", "预算", 20),
        ("合计", "预算数", "上年", None),
        ("预算行", "决算数", "决算", 20),
        ("预算行", "决算数", "上年", None),
    ],
)
def test_last_years_budget_is_missing_and_not_its_final_account(
    declared, tmp_path, row, column, basis, expected
):
    path = tmp_path / "figures.csv"
    path.write_text(
        "item,category,fund,function,nature,economic,project,basis,amount,unit\n"
        "支出,,,,,,,,100,万元\n支出,,,,,,,全年预算,20,万元\n支出,,,,,,,上年决算,3,万元\n",
        encoding="utf-8",
    )
    tables = Tables(declared(BY_BASIS), Accounts(load_figures(path, "figures.csv")), 2023)
    cell = tables.cell(Address("01", row, column, basis))
    assert (expected, expected is None) == (
        cell.amount and cell.amount.value,
        cell.state == "missing",
    )


def test_an_address_outside_the_forms_is_a_key_error_that_names_it(declared):
    tables = Tables(declared(GOOD), Accounts(()), 2023)
    for where, said in (
        (Address("99", "合计", "合计"), "99"),
        (Address("01", "无此行", "合计"), "无此行"),
        (Address("01", "合计", "无此栏"), "无此栏"),
    ):
        with pytest.raises(KeyError, match=said):
            tables.cell(where)


def broken(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new, 1)


BROKEN = {
    # name: (content, line or "", what is said)
    "unknown key of a form": (
        broken("名称:", "名秤: 甲\n  名称:"),
        "第 2 行",
        "不认识的键「名秤」，最接近的是「名称」",
    ),
    "unknown key of a block": (
        broken("  - 数:", "  - 标題: 甲\n    数:"),
        "第 4 行",
        "不认识的键「标題」，最接近的是「标题」",
    ),
    "a column of another printing that is none of the table": (
        broken("  块:", "  另式: [{名称: 别名, 栏: {项目: 项目支出}}]\n  块:"),
        "第 3 行",
        "表里没有「项目」这一栏，最接近的是「项目支出」",
    ),
    "unknown key of a row": (
        broken("{名: 合计}", "{名: 合计, 标题列: 是}"),
        "第 10 行",
        "不认识的键「标题列」，最接近的是「标题行」",
    ),
    "repeated key": (broken("{名: 合计}", "{名: 合计, 名: 总计}"), "第 10 行", "键「名」重复"),
    "no number": (broken("- 表号: '01'\n  名称", "- 名称"), "第 1 行", "缺少「表号」"),
    "no rows": (GOOD[: GOOD.index("    行:")], "第 4 行", "缺少「行」"),
    "row without a name": (broken("{名: 合计}", "{次: 1}"), "第 10 行", "缺少「名」"),
    "unfolded by nonsense": (
        broken("{按: 功能科目}", "{按: 科室}"),
        "第 11 行",
        "不能按「科室」展开",
    ),
    "unknown basis": (
        broken("{名: 合计}", "{名: 合计, 口径: 去年}"),
        "第 10 行",
        "不认识的口径「去年」",
    ),
    "unknown dimension": (
        broken("{支出性质: 基本支出}", "{性质: 基本支出}"),
        "第 7 行",
        "不认识的「性质」",
    ),
    "a sum that is none": (broken("等于: 2 + 3", "等于: 2 + + 3"), "第 6 行", "「2 + + 3」"),
    "a sum over another table": (
        broken("等于: 2 + 3", "等于: '02[合计, 甲]'"),
        "第 6 行",
        "只能写本表的行或栏",
    ),
    "a bad address in a sum": (
        broken("等于: 2 + 3", "等于: '02[合计'"),
        "第 6 行",
        "「02[合计」不是用 + 和 - 连起来的格",
    ),
    "a sum over an unknown column": (
        broken("等于: 2 + 3", "等于: 2 + 4"),
        "第 6 行",
        "没有「4」这一行或栏",
    ),
    "repeated number": (GOOD + GOOD, "第 12 行", "表号「01」重复"),
    "rows are a text": (
        broken("    行:\n    - {名: 合计}\n    - {按: 功能科目}\n", "    行: 合计\n"),
        "第 9 行",
        "「行」的值类型不对",
    ),
    "a row is a text": (broken("- {名: 合计}", "- 合计"), "第 10 行", "不是「键: 值」"),
    "a level in words": (broken("{名: 合计}", "{名: 合计, 层: 一}"), "第 10 行", "「一」"),
    "the file is a mapping": ("表号: '01'\n", "第 1 行", "不是一个列表"),
    "only a comment": ("# 还没有写\n", "", "只有注释，没有内容"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_form_is_refused_by_name_and_line(declared, case):
    content, line, said = BROKEN[case]
    with pytest.raises(DataError) as caught:
        declared(content)
    message = str(caught.value)
    assert message.isprintable()
    assert re.match(
        re.escape(f"rules/{EDITION}/tables.yaml" + (f" {line}" if line else "")), message
    )
    assert said in message


def test_a_number_in_words_beside_a_list_of_codes_is_refused(declared):
    with pytest.raises(DataError, match="第 11 行"):
        declared(broken("{按: 功能科目}", "{按: 功能科目, 次: 一, 科目: ['201']}"))


def test_an_unknown_member_of_a_dimension_is_refused_and_not_an_empty_row(declared):
    with pytest.raises(DataError, match="第 7 行.*基本支岀"):
        declared(broken("{支出性质: 基本支出}", "{支出性质: 基本支岀}"))


def test_an_absent_edition_is_refused_by_name(declared, tmp_path):
    with pytest.raises(DataError, match="rules/other/tables.yaml：没有这个文件"):
        forms.load("other")
