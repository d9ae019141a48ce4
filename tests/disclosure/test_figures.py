"""figures.csv: what is accepted as it is, and how everything else is refused by file, line and column."""

import re

import pytest

from helpers.basics.csvtext import csv_text
from helpers.basics.errors import DataError, DataErrors
from helpers.basics.model import Scope
from helpers.disclosure import figures
from helpers.disclosure.figures import REQUIRED
from helpers.edition import codes

NAME = "sample-culture-bureau/2023/figures.csv"
HEAD = ",".join(REQUIRED)
GOOD = "支出,,一般公共预算,2010301,基本支出,,,,100.5,万元"
CHINESE_HEAD = "指标,类别,资金,功能科目,支出性质,经济科目,项目,口径,金额,单位"


def load(tmp_path, content: str | bytes):
    path = tmp_path / "figures.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return figures.load(path, NAME)


def lines(*rows: str) -> str:
    return "\n".join([HEAD, *rows]) + "\n"


def row(**fields: str) -> str:
    """Return a good row with some fields written otherwise."""
    good = dict(zip(REQUIRED, GOOD.split(",")))
    assert not set(fields) - set(good)
    return ",".join({**good, **fields}.values())


def income(**fields: str) -> str:
    return row(**{"item": "收入", "fund": "", "function": "", "nature": "", **fields})


def count(**fields: str) -> str:
    return income(
        **{"item": "数量", "category": "公务用车保有量", "amount": "3", "unit": "辆", **fields}
    )


def refusal(tmp_path, content: str | bytes) -> str:
    """Return the message of the refusal: printable lines, each of which begins with the file's name."""
    with pytest.raises(DataError) as caught:
        load(tmp_path, content)
    message = str(caught.value)
    assert all(line.isprintable() and line.startswith(NAME) for line in message.splitlines())
    return message


# What is accepted

ROW = Scope("支出", fund="一般公共预算", function="2010301", nature="基本支出")


@pytest.mark.parametrize(
    "content",
    [
        f"{HEAD}\n{GOOD}\n",
        f"{HEAD}\n{GOOD}",
        f"\ufeff{HEAD}\n{GOOD}\n",
        f"{HEAD}\r\n{GOOD}\r\n",
        f"{HEAD}\n\n,,,,,,,,,\n{GOOD}\n\n",
        f"{CHINESE_HEAD}\n{GOOD}\n",
        f"\ufeff{CHINESE_HEAD}\r\n{GOOD}\r\n",
        "item,类别,fund,功能科目,nature,经济科目,project,口径,amount,单位\n" + GOOD + "\n",
        "unit,amount,basis,project,economic,nature,function,fund,category,item\n"
        + ",".join(reversed(GOOD.split(",")))
        + "\n",
        f"note,{HEAD},source\n随便写,{GOOD},第三页\n",
        f"备注,{CHINESE_HEAD},来源\n随便写,{GOOD},第三页\n",
        " item , category,fund,function,nature,economic,project,basis,amount,unit\n"
        + GOOD.replace(",", " , ")
        + "\n",
        f'{HEAD}\n"支出","","一般公共预算","2010301","基本支出","","","","100.5","万元"\n',
    ],
    ids=[
        "plain",
        "no newline at the end",
        "BOM",
        "CRLF",
        "blank lines",
        "Chinese head",
        "Chinese head, BOM, CRLF",
        "mixed head",
        "columns reversed",
        "note and source",
        "备注 and 来源",
        "spaces around",
        "everything quoted",
    ],
)
def test_one_figure_is_read_the_same_however_the_file_is_written(tmp_path, content):
    (figure,) = load(tmp_path, content)
    assert (ROW, "决算", "100.5", "万元") == (
        figure.scope,
        figure.basis,
        figure.written,
        figure.unit,
    )


def test_a_figure_knows_its_file_and_line(tmp_path):
    loaded = load(
        tmp_path,
        lines(
            GOOD,
            "",
            row(function="2010302"),
            row(function="2010303", project='"一个\n项目"'),
            row(function="2010304"),
        ),
    )
    assert [f"{NAME}:{n}" for n in (2, 4, 5, 7)] == [f.source for f in loaded]


@pytest.mark.parametrize(
    "source, listing, is_said",
    [
        ("tables.xlsx:03[208, 基本支出]", "tables.xlsx:03", False),
        ("narrative.txt:54", "", True),
        ("disclosure.pdf 第 25 页", "", True),
        ("disclosure.docx 第 12 段", "", True),
        ("tables.xlsx:4", "", False),
        ("第二部分一", "", False),
        ("", "", False),
    ],
)
def test_a_source_is_a_table_or_a_line_of_a_text_or_words(tmp_path, source, listing, is_said):
    (figure,) = load(tmp_path, f'{HEAD},source\n{GOOD},"{source}"\n')
    assert (listing, is_said) == (figure.listing, figure.is_said)


def test_codes_keep_every_digit_and_a_project_is_only_a_name(tmp_path):
    (figure,) = load(tmp_path, lines(row(project="007")))
    assert ("2010301", "007") == (figure.scope.function, figure.scope.project)


def test_names_are_known_in_either_width(tmp_path):
    (figure,) = load(tmp_path, lines(income(item="三公经费", category="因公出国(境)费")))
    assert "因公出国（境）费" == figure.scope.category


@pytest.mark.parametrize(
    "basis, expected",
    [
        ("", "决算"),
        ("决算", "决算"),
        ("年初预算", "年初预算"),
        ("全年预算", "全年预算"),
        ("上年决算", "上年决算"),
    ],
)
def test_a_blank_basis_means_the_final_account(tmp_path, basis, expected):
    (figure,) = load(tmp_path, lines(row(basis=basis)))
    assert expected == figure.basis


def test_the_same_scope_on_another_basis_is_another_figure(tmp_path):
    assert 3 == len(load(tmp_path, lines(GOOD, row(basis="全年预算"), row(basis="上年决算"))))


@pytest.mark.parametrize("group", ["人员经费", "公用经费"])
def test_staff_and_office_costs_are_basic_expenditure(tmp_path, group):
    (figure,) = load(tmp_path, lines(row(nature="", economic=group)))
    assert "基本支出" == figure.scope.nature


@pytest.mark.parametrize("category", ["年初结转和结余", "结余分配", "年末结转和结余"])
def test_a_balance_may_be_negative(tmp_path, category):
    (figure,) = load(tmp_path, lines(income(item="结转结余", category=category, amount="-3")))
    assert -3 == figure.amount.value


@pytest.mark.parametrize(
    "written",
    [
        row(fund="财政拨款"),
        income(category="财政拨款收入"),
        income(item="三公经费", category="公务用车购置及运行维护费"),
        income(item="总计", category="收入总计"),
        income(item="总计", category="支出总计"),
    ],
)
def test_a_sum_that_a_disclosure_rounds_on_its_own_may_be_written(tmp_path, written):
    assert "100.5" == load(tmp_path, lines(written))[0].written


CONTRACT_CATEGORIES = {
    "收入": "财政拨款收入 一般公共预算财政拨款收入 政府性基金预算财政拨款收入 国有资本经营预算财政拨款收入 上级补助收入 事业收入 经营收入 附属单位上缴收入 其他收入",
    "结转结余": "使用非财政拨款结余 年初结转和结余 结余分配 年末结转和结余",
    "总计": "收入总计 支出总计",
    "三公经费": "因公出国（境）费 公务用车购置及运行维护费 公务用车购置费 公务用车运行维护费 公务接待费 国内公务接待费 外事接待费 购置轿车 购置越野车 购置载客汽车",
    "政府采购": "货物 工程 服务 授予中小企业 授予小微企业",
    "绩效项目": "常年 一次性",
    "数量": "因公出国（境）团组数 因公出国（境）人次数 购置轿车数 购置越野车数 购置载客汽车数 公务用车保有量 保有轿车数 保有越野车数 保有载客汽车数 "
    "国内公务接待批次 国内公务接待人次 外事接待批次 外事接待人次 车辆总数 主要领导干部用车 机要通信用车 应急保障用车 其他用车 单价100万元以上设备 "
    "绩效项目数 常年项目数 一次性项目数 结余率超10%项目数 绩效自评得分 年末在职人数 年末退休人数",
    "支出": "",
    "机关运行经费": "",
}


CATEGORIES_OF_OTHER_FORMS = {
    "政府采购": "面向中小企业预留 面向小微企业预留 预留项目中小企业中标 预留项目小微企业中标 其他项目中小企业中标",
    "绩效项目": "编报绩效目标 绩效跟踪评价 绩效自评",
    "数量": "国（境）外公务接待批次 国（境）外公务接待人次 部级领导干部用车 执法执勤用车 特种专业技术用车 离退休干部用车 "
    "编报绩效目标项目数 绩效跟踪评价项目数 绩效自评项目数 绩效评级为优项目数 绩效评级为良项目数 绩效评级为合格项目数 绩效评级为不合格项目数 "
    "绩效自评发现问题数 已完成整改问题数 正在整改问题数",
}


@pytest.mark.parametrize("item", CONTRACT_CATEGORIES)
def test_the_categories_are_those_of_the_contract_and_of_the_forms(item):
    known = f"{CONTRACT_CATEGORIES[item]} {CATEGORIES_OF_OTHER_FORMS.get(item, '')}".split()
    assert sorted(known) == sorted(codes.vocabulary().categories(item))


def test_the_items_are_those_of_the_contract():
    assert set(CONTRACT_CATEGORIES) == set(codes.vocabulary().items)


@pytest.mark.parametrize(
    "unit, category",
    [
        ("辆", "公务用车保有量"),
        ("人", "年末在职人数"),
        ("人次", "国内公务接待人次"),
        ("次", "因公出国（境）团组数"),
        ("个", "绩效项目数"),
        ("批次", "国内公务接待批次"),
        ("台", "单价100万元以上设备"),
        ("分", "绩效自评得分"),
    ],
)
def test_every_counting_unit_of_the_contract_is_known(tmp_path, unit, category):
    (figure,) = load(tmp_path, lines(count(unit=unit, category=category)))
    assert unit == figure.unit


@pytest.mark.parametrize("category", codes.vocabulary().categories("数量"))
def test_a_count_is_taken_in_each_of_its_own_units_and_in_no_other(tmp_path, category):
    own = codes.vocabulary().units_of(category)
    assert own[0] == codes.vocabulary().unit_of(category)
    for unit in codes.vocabulary().count_units:
        content = lines(count(category=category, unit=unit))
        if unit in own:
            assert unit == load(tmp_path, content)[0].unit
        else:
            assert f"单位「{unit}」不对，应为{'、'.join(own)}" in refusal(tmp_path, content)


def test_blank_columns_behind_the_last_mean_nothing(tmp_path):
    [plain] = load(tmp_path, lines(GOOD))
    [wide] = load(tmp_path, f"{HEAD},,,\n{GOOD},, ,\n,,,,,,,,,,,,\n")
    assert repr(plain) == repr(wide)


# What is refused: where, what is wrong, what is expected

BAD_FIELDS = [
    # column, the row, what the message says is wrong, what it says is expected
    *[
        ("amount", row(amount=a), f"「{a}」不是数字", "十进制数")
        for a in ("12O0", "1e5", "nan", "inf", "12元", "+5", ".5", "--1")
    ],
    *[
        ("amount", row(amount=a), "里有空格、全角字符或看不见的字符", "十进制数")
        for a in ("１２", "1 000", "1\t000", "12\u200b.5")
    ],
    ("amount", row(amount="9" * 30), "位数太多", "十进制数"),
    ("amount", row(amount='"1,2O0"'), "「1,2O0」不是数字", "不带千分位"),
    ("amount", row(amount='"1,000.00"'), "「1,000.00」不是数字", "不带千分位"),
    ("amount", row(amount=""), "为空", "十进制数"),
    ("amount", row(amount="  "), "为空", "十进制数"),
    ("amount", row(amount="-1"), "「-1」为负", "零或正数"),
    (
        "amount",
        income(item="结转结余", category="使用非财政拨款结余", amount="-0.01"),
        "为负",
        "零或正数",
    ),
    ("amount", count(amount="-1"), "为负", "零或正数"),
    ("amount", count(amount="1.5"), "「1.5」不是整数", "整辆数"),
    ("item", row(item="支初"), "不认识的指标「支初」，最接近的是「支出」", "收入、支出"),
    ("item", row(item=""), "指标为空", "收入、支出"),
    ("category", income(category="事业收人"), "最接近的是「事业收入」", "上级补助收入"),
    ("category", count(category="购置公务用车数"), "不认识的数量类别", "购置轿车数"),
    ("category", income(item="总计"), "没有写类别", "收入总计"),
    ("category", income(item="结转结余"), "没有写类别", "年初结转和结余"),
    ("category", count(category=""), "没有写类别", "公务用车保有量"),
    ("category", row(category="货物"), "不认识的支出类别「货物」", ""),
    (
        "fund",
        row(fund="一般公共予算"),
        "不认识的资金「一般公共予算」，最接近的是「一般公共预算」",
        "政府性基金预算",
    ),
    ("fund", income(fund="一般公共预算"), "「收入」不按资金分解", "空白"),
    ("nature", row(nature="基本支岀"), "最接近的是「基本支出」", "项目支出"),
    ("nature", income(nature="基本支出"), "「收入」不按支出性质分解", "空白"),
    ("basis", row(basis="调整预算"), "不认识的口径「调整预算」", "全年预算"),
    ("basis", row(basis="上年"), "不认识的口径「上年」", "上年决算"),
    ("unit", row(unit="亿元"), "单位「亿元」不对", "万元、元"),
    ("unit", row(unit=""), "单位「」不对", "万元、元"),
    ("unit", row(unit="辆"), "单位「辆」不对", "万元、元"),
    ("unit", count(unit="万元"), "单位「万元」不对", "辆、台"),
    ("unit", count(unit="人"), "单位「人」不对", "辆、台"),
    ("unit", count(category="年末在职人数", unit="人次"), "单位「人次」不对", "人"),
    ("unit", count(category="绩效项目数", unit="分"), "单位「分」不对", "个"),
    *[
        ("function", row(function=c), "不认识的功能科目编码", "3、5 或 7 位")
        for c in ("2", "2010", "201030", "20103011", "２０１", "201-03", "2O1", "999", "类201")
    ],
    *[
        ("economic", row(economic=c), "不认识的经济科目编码", "3 或 5 位")
        for c in ("30", "3010", "3010101", "３０１", "500", "3O1", "人员费")
    ],
    ("economic", row(nature="项目支出", economic="人员经费"), "只属于基本支出", "编码"),
    ("economic", income(economic="301"), "「收入」不按经济科目分解", "空白"),
    ("project", income(project="某项目"), "「收入」不按项目分解", "空白"),
    (
        "function",
        income(item="政府采购", category="货物", function="201"),
        "「政府采购」不按功能科目分解",
        "空白",
    ),
]
CHINESE = dict(zip(REQUIRED, CHINESE_HEAD.split(",")))


@pytest.mark.parametrize(
    "column, bad, wrong, expected", BAD_FIELDS, ids=[f"{c} {r}" for c, r, _, _ in BAD_FIELDS]
)
def test_a_field_is_refused_with_its_line_and_column(tmp_path, column, bad, wrong, expected):
    message = refusal(tmp_path, lines(row(function="2010399"), "", bad))
    assert message.startswith(f"{NAME} 第 4 行 {column}（{CHINESE[column]}）：")
    assert wrong in message
    assert expected in message.partition("应为")[2]


BAD_FILES = {
    "missing column": (
        HEAD.replace(",nature", "") + "\n" + GOOD,
        "第 1 行",
        "缺少列「nature」（支出性质）",
        "十列",
    ),
    "missing Chinese column": (
        CHINESE_HEAD.replace(",金额", "") + "\n" + GOOD,
        "第 1 行",
        "缺少列「amount」（金额）",
        "十列",
    ),
    "unknown column": (
        f"{HEAD},amuont\n{GOOD},1",
        "第 1 行第 11 列",
        "不认识的列名「amuont」，最接近的是「amount」",
        "item",
    ),
    "blank column": (f"{HEAD},\n{GOOD},x", "第 1 行第 11 列", "不认识的列名「」", "item"),
    "repeated column": (
        f"{HEAD},unit\n{GOOD},万元",
        "第 1 行第 11 列",
        "列「unit」重复",
        "每列一次",
    ),
    "repeated column in the other language": (
        f"{HEAD},单位\n{GOOD},万元",
        "第 1 行第 11 列",
        "列「单位」重复",
        "每列一次",
    ),
    "no head": (f"{GOOD}\n{GOOD}", "第 1 行第 1 列", "不认识的列名「支出」", "item"),
    "eight unknown columns": (
        f"{HEAD},{','.join('甲乙丙丁戊己庚辛')}\n{GOOD}{',x' * 8}",
        "第 1 行第 11 列",
        "第 1 行：另有 5 列不对：第 14 列不认识的列名「丁」；第 15 列不认识的列名「戊」",
        "item",
    ),
    "columns without end": (f"{HEAD}{',x' * 991}\n{GOOD}", "第 1 行", "有 1001 栏", "1000 栏"),
    "a row without end": (lines(GOOD, GOOD + "," * 991), "第 3 行", "有 1001 栏", "1000 栏"),
    "more codes than any list has": (
        lines(*(row(function=f"201{n:04d}") for n in range(1, 2002))),
        "function（功能科目）",
        "有 2001 个不同的科目",
        "2000 个",
    ),
    **{
        f"separated by {sep!r}": (
            lines(GOOD).replace(",", sep),
            "第 1 行",
            f"用{called}分隔",
            "英文逗号分隔的 CSV",
        )
        for sep, called in {";": "分号", "\t": "制表符", "，": "中文逗号"}.items()
    },
    "too few fields": (lines(GOOD, "支出,,100,万元"), "第 3 行", "有 4 栏", "10 栏"),
    "too many fields": (
        lines(GOOD, row(function="2010302", amount="1,000.00")),
        "第 3 行",
        "有 11 栏",
        "10 栏",
    ),
    "unbalanced quote": (lines(GOOD, row(project='"某项目')), "第 3 行", "引号不配对", "CSV"),
    "text after a quote": (lines(GOOD, row(project='"某"项目')), "第 3 行", "引号不配对", "CSV"),
    "GBK": (f"{HEAD}\n{GOOD}\n".encode("gbk"), "第 2 行", "不是 UTF-8 编码（可能是 GBK）", "UTF-8"),
    "UTF-16": (f"{HEAD}\n{GOOD}\n".encode("utf-16"), "第 1 行", "不是 UTF-8 编码", "UTF-8"),
    "repeated figure": (
        lines(GOOD, row(function="201"), row(amount="7")),
        "第 4 行 item（指标）",
        "与第 2 行重复",
        "每个数只写一行",
    ),
    "repeated figure, blank basis and 决算": (
        lines(GOOD, row(basis="决算")),
        "第 3 行 item（指标）",
        "与第 2 行重复",
        "每个数只写一行",
    ),
    "repeated figure, blank nature of 人员经费": (
        lines(row(economic="人员经费"), row(economic="人员经费", nature="")),
        "第 3 行 item（指标）",
        "与第 2 行重复",
        "每个数只写一行",
    ),
    "NUL in a number": (
        lines(GOOD, row(function="2010302", amount="1\0")),
        "第 3 行 amount（金额）",
        "「1�」含有看不见的控制字符",
        "普通文字",
    ),
    "NUL in a name": (
        lines(GOOD, row(function="2010302", project="某\0项目")),
        "第 3 行 project（项目）",
        "「某�项目」含有看不见的控制字符",
        "普通文字",
    ),
}


@pytest.mark.parametrize("case", BAD_FILES)
def test_a_file_is_refused_with_its_line(tmp_path, case):
    content, place, wrong, expected = BAD_FILES[case]
    message = refusal(tmp_path, content)
    assert message.startswith(f"{NAME} {place}")
    assert wrong in message
    assert expected in message


NOTED = f"{HEAD},note"


@pytest.mark.parametrize(
    "content, written, plain",
    [
        (lines(row(amount="1,000")), "1,000", "1000"),
        (lines(row(amount="-1,234,567.05")), "-1,234,567.05", "-1234567.05"),
        (f"{NOTED}\n{row(amount='1,000')}\n", "1,000", "1000"),
        (f"{NOTED}\n{row(amount='1,000')},\n", "1,000", "1000"),
        (f"{NOTED}\n{row(amount='1,234,000.50')},随便\n", "1,234,000.50", "1234000.50"),
        (f"{HEAD}\n{count(amount='1,000')}\n", "1,000", "1000"),
        (f"unit,{HEAD.removesuffix(',unit')}\n万元,支出,,,201,,,,,1,000\n", "1,000", "1000"),
    ],
    ids=[
        "one field more",
        "two fields more",
        "as many as the head, without a note",
        "a blank note behind",
        "a note behind",
        "a count",
        "the unit in front",
    ],
)
def test_an_unquoted_thousands_separator_is_told_as_what_it_is(tmp_path, content, written, plain):
    message = refusal(tmp_path, content)
    assert message.startswith(f"{NAME} 第 2 行 amount（金额）：写了千分位 {written}，")
    assert f"应为{plain}" in message
    assert "单位" not in message.partition("amount")[2]


def test_what_else_is_wrong_with_a_row_is_told_beside_its_thousands_separator(tmp_path):
    first, second = refusal(tmp_path, lines(row(amount="1,000", unit="元", function="999"))).split(
        "\n"
    )
    assert "写了千分位 1,000" in first and "不认识的功能科目编码「999」" in second


@pytest.mark.parametrize("more", ["12,34", "1000,000", "100,2010"])
def test_fields_that_make_no_number_in_thousands_are_only_too_many(tmp_path, more):
    assert (
        "有 11 栏" in (told := refusal(tmp_path, lines(row(amount=more)))) and "千分位" not in told
    )


@pytest.mark.parametrize(
    "content, wrong",
    [
        (b"", "文件是空的"),
        (b"\n \n\n", "文件是空的"),
        (b"\xef\xbb\xbf", "文件是空的"),
        (f"{HEAD}\n".encode(), "只有表头，没有数"),
        (f"{HEAD}\n\n,,,,,,,,,\n".encode(), "只有表头，没有数"),
    ],
)
def test_a_file_without_figures_is_refused(tmp_path, content, wrong):
    assert wrong in refusal(tmp_path, content)


def test_a_file_of_25_megabytes_is_refused_before_it_is_parsed(tmp_path):
    message = refusal(tmp_path, HEAD.encode() + b"\n" + b"," * 25_000_000)
    assert "文件超过 5 MB" in message and "应为更小的文件" in message


def test_a_field_of_a_megabyte_is_refused_with_its_line(tmp_path):
    message = refusal(tmp_path, lines(GOOD, row(function="2010302", project="长" * 1_000_000)))
    assert message.startswith(f"{NAME} 第 3 行")
    assert len(message) < 500


def test_an_absent_file_is_refused_by_name(tmp_path):
    with pytest.raises(DataError, match=re.escape(f"{NAME}：没有这个文件")):
        figures.load(tmp_path / "figures.csv", NAME)


def test_a_folder_in_place_of_the_file_is_refused_by_name(tmp_path):
    (tmp_path / "figures.csv").mkdir()
    with pytest.raises(DataError, match=re.escape(f"{NAME}：")):
        figures.load(tmp_path / "figures.csv", NAME)


@pytest.mark.parametrize(
    "bad",
    [
        row(amount='"1\n2"'),
        row(item='"支\n初"'),
        row(function='"20\t1"'),
        row(unit="亿" * 200),
        row(fund='"一\u2028般"'),
    ],
    ids=[
        "newline in a number",
        "newline in a word",
        "tab in a code",
        "a very long unit",
        "line separator",
    ],
)
def test_strange_input_is_quoted_in_one_short_line(tmp_path, bad):
    assert len(refusal(tmp_path, lines(bad))) < 300


def test_a_repeated_figure_with_a_name_of_two_lines_is_still_refused_in_one(tmp_path):
    twice = row(nature="项目支出", project='"某\n项目"')
    assert "重复" in refusal(tmp_path, lines(twice, twice))


def test_the_line_is_counted_in_the_file_not_in_the_rows(tmp_path):
    message = refusal(
        tmp_path, lines(row(project='"某\n\n项目"'), row(function="2010302", amount="x"))
    )
    assert message.startswith(f"{NAME} 第 5 行 amount")


def test_the_column_is_named_whatever_its_place_and_language(tmp_path):
    head, bad = CHINESE_HEAD.split(","), row(amount="一百").split(",")
    message = refusal(tmp_path, ",".join(reversed(head)) + "\n" + ",".join(reversed(bad)) + "\n")
    assert message.startswith(f"{NAME} 第 2 行 amount（金额）")


def test_everything_that_is_wrong_with_the_head_is_told_and_with_the_rows_too(tmp_path):
    file = tmp_path / "figures.csv"
    rows = [",".join((*figures.REQUIRED, "foo", "bar", "amount")), "支出,,,2010301,,,,,x,万元,,,"]
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    with pytest.raises(DataErrors) as refused:
        figures.load(file, "figures.csv")
    told = [str(one) for one in refused.value.problems]
    assert ["foo", "bar", "重复", "「x」"] == [
        next(w for w in ("foo", "bar", "重复", "「x」") if w in line) for line in told
    ]
    file.write_text("item,category,fund\n支出,,\n", encoding="utf-8")
    with pytest.raises(
        DataError, match="缺少列「function」（功能科目）、「nature」.*「unit」（单位）"
    ):
        figures.load(file, "figures.csv")


def told(tmp_path, *rows: str) -> list[tuple[str, str]]:
    """Return the column and the problem of everything that is refused of the first row."""
    message = refusal(tmp_path, lines(*rows))
    found = (re.match(r".* 第 2 行 (\w+)（.*?）：(.*)", line) for line in message.splitlines())
    return [(one[1], one[2]) for one in found if one]


def test_each_bad_cell_of_a_row_is_told_in_the_order_of_the_columns(tmp_path):
    found = told(tmp_path, "收人,,,,,,,预标,NaN,亿元")
    assert ["item", "basis", "amount", "unit"] == [column for column, _ in found]
    for (_, problem), word in zip(found, ("「收人」", "「预标」", "「NaN」", "「亿元」")):
        assert word in problem


def test_bad_codes_and_words_are_told_where_the_item_is_unknown_too(tmp_path):
    found = told(tmp_path, "支初,甲类,乙金,9x9,丙性质,5O1,某项目,,1,万元")
    assert ["item", "fund", "function", "nature", "economic"] == [column for column, _ in found]


@pytest.mark.parametrize(
    "bad, columns",
    [
        (row(item="支初", category="事业收人"), ["item"]),
        (row(item="", amount="-1"), ["item"]),
        (row(item="数两", amount="1.5", unit="辆"), ["item"]),
        (row(item="支初", unit="辆"), ["item"]),
        (income(item="结转结余", category="年初结转", amount="-1"), ["category"]),
        (count(category="车辆", amount="2", unit="人"), ["category"]),
        (count(amount="1.5", unit="万元"), ["unit"]),
        (income(fund="一般公共予算"), ["fund"]),
        (income(item="政府采购", category="货物", function="2"), ["function"]),
        (row(nature="基本支岀", economic="人员经费"), ["nature"]),
        (row(amount='"1\0"', unit="亿元"), ["amount", "unit"]),
        (row(item='"支\0出"', fund="一般公共予算"), ["item", "fund"]),
        (row(amount="", unit="亿元"), ["amount", "unit"]),
        (row(amount="", unit=""), ["amount"]),
    ],
)
def test_what_follows_from_another_error_is_not_told(tmp_path, bad, columns):
    assert columns == [column for column, _ in told(tmp_path, bad)]


def test_twenty_problems_are_told_and_how_many_more_there_are(tmp_path):
    message = refusal(tmp_path, lines(*["收人,,,,,,,预标,NaN,亿元"] * 6)).splitlines()
    assert 21 == len(message) and "另有 4 处" in message[-1]


# A project that a spreadsheet would run


@pytest.mark.parametrize("first", [*"=+-@\t", "'", "'+", "''="])
def test_a_project_is_read_back_as_it_was_written(tmp_path, first):
    named = f"{first}智慧政务（二期）"
    fields = dict(zip(REQUIRED, GOOD.split(","))) | {"nature": "项目支出", "project": named}
    written = csv_text(REQUIRED, [fields.values()])
    assert [named.strip()] == [figure.scope.project for figure in load(tmp_path, written)]


@pytest.mark.parametrize("first", "=+-@")
def test_a_project_with_and_without_an_apostrophe_before_a_formula_is_one(tmp_path, first):
    rows = [row(nature="项目支出", project=f"{mark}{first}甲") for mark in ("", "'")]
    for one in rows:
        assert [f"{first}甲"] == [f.scope.project for f in load(tmp_path, lines(one))]
    assert "与第 2 行重复" in refusal(tmp_path, lines(*rows))
