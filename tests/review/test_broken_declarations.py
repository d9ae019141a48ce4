"""Whatever is mistyped in an edition is told in one line: the file, its line, what is wrong, what is meant or expected."""

import pytest

from helpers.basics import paths
from helpers.edition import declared
from helpers.review import vetting

BASE = declared.default()
EDITION = f"名称: 另一版\n沿用: {BASE}\n"
FORM = "- {{表号: '14', 名称: 试, 公开: 否, 块: [{{数: {{指标: 支出}}, 行: [{rows}], 栏: [{{名: 决算数}}]}}]}}\n"
LISTING = "说明:\n- {{编号: 二, 列举: {{各项: {{{cells}, 项: '{{名}}{{额}}万元'}}}}, 句: ['{{列举 各项}}']}}\n"
SENTENCE = "说明:\n- {{编号: 二, 句: ['{}']}}\n"
CHECK = "- {编号: Z1, 名称: 试, 等式: '01[收入总计, 决算数] = 01[支出总计, 决算数]', 依据: 试, 严重程度: 错误}\n"
FUNCTION = "- {{编号: Z1, 名称: 试, 函数: {}, 依据: 试, 严重程度: 错误}}\n"
CHART = "- {{编号: 图2, 标题: 试, 形式: 结构, 量: {{总计: '{}'}}, 部分: {{{}}}, 无数: 无}}\n"
KIND = "- {{编号: {}, 名称: 甲, 严重程度: {}, 依据: 乙, 句: '{}'}}\n"
OUTLIER = "- {{编号: L1, 名称: 试, 方法: {}, 数: [{}], 话: '{}'}}\n"


def outline(before: str, after: str) -> str:
    """Return the outline with a mistake."""
    text = (paths.RULES / BASE / "outline.yaml").read_text(encoding="utf-8")
    assert before in text
    return text.replace(before, after, 1)


def row(name: str) -> str:
    return FORM.format(rows=name)


# name: file, its content, line, what is said
BROKEN = {
    "unknown key of an edition": ("edition", EDITION + "沿袭: 甲\n", 3, "最接近的是「沿用」"),
    "no mapping": ("edition", "名称: 另一版\n沿用 甲\n", 3, "YAML 写法有误"),
    "an unknown table left out": (
        "edition",
        EDITION + "去掉: {表: ['99']}\n",
        3,
        "要去掉的表「99」",
    ),
    "an unknown chart left out": (
        "edition",
        EDITION + "去掉: {图: [图77]}\n",
        3,
        "最接近的是「图7」",
    ),
    "an unknown table renamed": (
        "edition",
        EDITION + "改号: {'99': '98'}\n",
        3,
        "「改号」的表「99」",
    ),
    "two tables of one number": ("edition", EDITION + "改号: {'01': '02'}\n", 3, "有两张表「02」"),
    "a number that is a list": ("edition", EDITION + "改号: {'01': ['02']}\n", 3, "不是文字"),
    "neither yes nor no": ("edition", EDITION + "默认: 也许\n", 3, "应为是 或 否"),
    "an unknown style": ("edition", EDITION + "格式: {百分比小数: 1}\n", 3, "是「百分比小数位」"),
    "a style that is no number": ("edition", EDITION + "格式: {百分比小数位: 一}\n", 3, "「一」"),
    "a year in words": ("edition", EDITION + "年度: 二〇二四\n", 3, "应为2023 或 2022-2024"),
    "an unknown slot of a name": ("edition", EDITION + "表称: 表{号}\n", 3, "最接近的是「表号」"),
    "a row of an unknown category": (
        "tables",
        row("{名: 甲, 数: {类别: 财政拔款收入}}"),
        1,
        "最接近的是「财政拨款收入」",
    ),
    "a row of an unknown code": ("tables", row("{按: 功能科目, 科目: ['999']}"), 1, "「999」"),
    "a row of some codes": ("tables", row("{按: 经济科目, 全部: 对}"), 1, "「全部」写了「对」"),
    "two rows of one number": (
        "tables",
        row("{名: 甲, 次: 1}, {名: 乙, 次: 1}"),
        1,
        "「1」写了两次",
    ),
    "no rows": ("tables", row(""), 1, "是空的"),
    "a form that is half published": ("tables", row("{名: 甲}").replace("否", "不"), 1, "「不」"),
    "behind what is not there": (
        "tables",
        row("{名: 甲}").replace("块", "后于: '88', 块"),
        1,
        "「后于」的「88」没有",
    ),
    "an unknown table in a listing": (
        "statements",
        LISTING.format(cells="格: '99[*, 决算数]', 名单: [甲]"),
        2,
        "没有表「99」",
    ),
    "an unknown column in a listing": (
        "statements",
        LISTING.format(cells="格: '01[*, 决算教]', 级: 类"),
        2,
        "最接近的是「决算数」",
    ),
    "an unknown row in a listing": (
        "statements",
        LISTING.format(cells="格: '01[*, 决算数]', 名单: [事业收人]"),
        2,
        "最接近的是「事业收入」",
    ),
    "a listing of nobody knows what": (
        "statements",
        LISTING.format(cells="格: '01[*, 决算数]'"),
        2,
        "怎样展开没有说清",
    ),
    "an unknown cell in a sentence": (
        "statements",
        SENTENCE.format("收入{01[本年收人合计, 决算数]}万元。"),
        2,
        "最接近的是「本年收入合计」",
    ),
    "an unknown table of a quantity": (
        "statements",
        "量:\n  收: '99[甲, 乙]'\n说明: []\n",
        2,
        "没有表「99」",
    ),
    "a slot that no profile fills": (
        "statements",
        SENTENCE.format("甲{文字 原困/财政拨款}。"),
        2,
        "最接近的是「原因」",
    ),
    "a heading beside its sentences": (
        "statements",
        "说明:\n- 编号: 二\n  标题: 甲\n  句: [甲。]\n",
        3,
        "不认识的键「标题」",
    ),
    "synonyms that are no list": ("statements", "同义: {均为: 共为}\n说明: []\n", 1, "「均为」"),
    "a check of an unknown row": (
        "checks",
        CHECK.replace("支出总计", "支岀总计"),
        1,
        "最接近的是「支出总计」",
    ),
    "a check of an unknown column": ("checks", CHECK.replace("数]'", "教]'"), 1, "是「决算数」"),
    "a check without a basis": ("checks", CHECK.replace("依据: 试, ", ""), 1, "缺少「依据」"),
    "a check of no severity": ("checks", CHECK.replace("错误", "严重"), 1, "应为错误、警告、提示"),
    "a check of no year": (
        "checks",
        CHECK.replace("依据", "适用年度: 今年, 依据"),
        1,
        "适用年度「今年」看不懂",
    ),
    "an unknown function": ("checks", FUNCTION.format("科目归宿"), 1, "最接近的是「科目归属」"),
    "a function without its table": ("checks", FUNCTION.format("科目归属"), 1, "缺少「表」"),
    "a function of an unknown table": (
        "checks",
        FUNCTION.format("科目归属, 参数: {表: '99'}"),
        1,
        "没有表「99」",
    ),
    "a function of an unknown cell": (
        "checks",
        FUNCTION.format("有则须有, 参数: {'01[收入总計, 决算数]': '01[支出总计, 决算数]'}"),
        1,
        "最接近的是「收入总计」",
    ),
    "a chart of an unknown cell": (
        "charts",
        CHART.format("01[收入总記, 决算数]", "格: '01[*, 决算数]', 名单: [事业收入]"),
        1,
        "最接近的是「收入总计」",
    ),
    "a chart of an unknown part": (
        "charts",
        CHART.format("01[收入总计, 决算数]", "格: '01[*, 决算数]', 名单: [事业收人]"),
        1,
        "最接近的是「事业收入」",
    ),
    "charts that are no list": ("charts", "编号: 图2\n", 1, "不是一个列表"),
    "a statement in two places": (
        "outline",
        outline("{说明: 二}", "{说明: 一}"),
        0,
        "「一」放了两次",
    ),
    "an unknown statement in a place": (
        "outline",
        outline("{说明: 二}", "{说明: 贰}"),
        0,
        "「贰」",
    ),
    "a section without a heading": (
        "outline",
        outline("标题: 收入决算情况说明, ", ""),
        0,
        "缺少「标题」",
    ),
    "a part of nothing": ("outline", "- {标题: 第一部分}\n", 1, "应写「节」或「内容」之一"),
    "an unknown finding": ("findings", KIND.format("校-占为", "警告", "丙"), 1, "是「校-占位」"),
    "a finding of no severity": ("findings", KIND.format("校-占位", "告警", "丙"), 1, "「告警」"),
    "an unknown slot of a finding": (
        "findings",
        KIND.format("校-占位", "警告", "{位子}"),
        1,
        "最接近的是「位置」",
    ),
    "a cause without words": ("causes", "- {编号: 因-同数, 名称: 甲}\n", 1, "缺少「句」"),
    "an unknown slot of a cause": (
        "causes",
        "- {编号: 因-同数, 名称: 甲, 句: '{相羞}'}\n",
        1,
        "最接近的是「相差」",
    ),
    "an unknown list of words": ("proofreading", "占位: [XX]\n重叠: [甲]\n", 2, "是「重复」"),
    "terms of an unknown table": (
        "proofreading",
        "占位: [XX]\n名词: {说明: 名词解释, 表: '99'}\n",
        2,
        "没有表「99」",
    ),
    "purposes of an unknown statement": ("proofreading", "用途:\n- 贰\n", 2, "没有说明「贰」"),
    "an indicator of an unknown column": (
        "indicators",
        "- {名称: 收入, 量: '01[本年收入合计, 决算]'}\n",
        1,
        "最接近的是「决算数」",
    ),
    "an unknown way to stand out": (
        "outliers",
        OUTLIER.format("增長", "支出", "甲"),
        1,
        "「增减」",
    ),
    "an unknown indicator": ("outliers", OUTLIER.format("增减", "支岀", "甲"), 1, "「支出」"),
    "an unknown slot of an outlier": (
        "outliers",
        OUTLIER.format("增减", "支出", "{部们}"),
        1,
        "最接近的是「部门」",
    ),
}


def line_of(text: str, number: int) -> int:
    """Return the line of a mistake: as it is given, of an outline the first that is not the real one's."""
    if number:
        return number
    real = (paths.RULES / BASE / "outline.yaml").read_text(encoding="utf-8").splitlines()
    return next(n for n, (a, b) in enumerate(zip(real, text.splitlines()), 1) if a != b)


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_declaration_is_told_in_one_line(rules, case):
    name, text, number, said = BROKEN[case]
    (rules / "other").mkdir()
    (rules / "other" / "edition.yaml").write_text(EDITION, encoding="utf-8")
    (rules / "other" / f"{name}.yaml").write_text(text, encoding="utf-8")
    (line,) = vetting.problems("other")
    assert line.startswith(f"rules/other/{name}.yaml 第 {line_of(text, number)} 行")
    assert said in line and line.isprintable()
