"""Findings: complete, at the right place, and never crying wolf."""

from dataclasses import replace
from decimal import Decimal

import pytest
from invented import DEPARTMENT, write_department

from helpers.basics import paths
from helpers.basics.errors import DataError
from helpers.basics.model import Profile, Value
from helpers.basics.money import Amount
from helpers.basics.yamltext import read
from helpers.disclosure import figures
from helpers.disclosure.accounts import Accounts
from helpers.disclosure.figures import REQUIRED
from helpers.disclosure.tables import Tables
from helpers.edition import forms, formula, rulebook
from helpers.report import report
from helpers.review import checks, corrections, named_checks

EDITION = "sichuan-2022"
RULES = rulebook.load(EDITION, frozenset(named_checks.FUNCTIONS))
SEVERITY = {"错误": "error", "警告": "warning", "提示": "hint", "缺数": "missing"}
CASES = [
    case
    for file in sorted((paths.ROOT / "tests" / "cases").glob("*.yaml"))
    for case in read(file, file.name)
]


def tables_of(tmp_path, rows: str) -> Tables:
    file = tmp_path / "figures.csv"
    file.write_text(",".join(REQUIRED) + "\n" + rows, encoding="utf-8")
    return Tables(forms.load(EDITION), Accounts(figures.load(file, "x/2023/figures.csv")), 2023)


@pytest.mark.parametrize("case", CASES, ids=[str(c["名称"]) for c in CASES])
def test_a_case_that_a_finance_person_wrote(case, tmp_path):
    tables = tables_of(tmp_path, case["数"])
    found = {
        f.severity
        for f in checks.find(tables, Profile("某局", "某局", 2023, EDITION))
        if f.rule == case["规则"]
    }
    assert (set() if case["应"] == "无" else {SEVERITY[case["应"]]}) == found


def test_every_case_names_a_rule_that_exists():
    assert {str(c["规则"]) for c in CASES} <= {r.number for r in RULES}


# The real input: each contradiction, with the sentence it concerns

REAL = {
    # the sentence of the published text: (severity, rule, place)
    "较上年度增加0.11万元，增长100%。": ("error", "文-零基数", "七.一-1"),
    "公务用车购置及运行维护费支出决算比2022年度增加0.04万元，增长100%。": (
        "error",
        "文-零基数",
        "七.二-10",
    ),
    "公务接待费支出决算比2022年度增加0.07万元，增长100%。": ("error", "文-零基数", "七.二-21"),
    "1.因公出国（境）经费支出0万元，完成预算0%。": ("error", "文-零预算", "七.二-3"),
    "占本年支出合计的占92.7%": ("warning", "校-重复", "narrative.txt:36"),
    "在西区河石坝社区用工作餐支出0.07万。": ("warning", "校-单位", "narrative.txt:75"),
    "ttp://www.pzhsxq.gov.cn/": ("warning", "校-网址", "narrative.txt:161"),
    "区政府办公室机关运行经费支出79.1万元，比2022年度增加4.94万元": (
        "warning",
        "N12b",
        "机关运行经费[合计, 决算数]",
    ),
    "项目经费无结余": ("warning", "校-矛盾", "narrative.txt:163"),
    "年末没有财政结余资金": ("warning", "校-矛盾", "narrative.txt:169"),
    "部分项目执行存在延迟": ("warning", "校-矛盾", "narrative.txt:143"),
    "区政府办公室下属二级预算单位0个，内设股室7个": ("warning", "校-单位数", "narrative.txt:7"),
    "（一）机构组成。区政府办公室下属二级预算单位0个": (
        "warning",
        "校-单位数",
        "narrative.txt:129",
    ),
    "行政事业单位离退休（款）未归口管理的行政单位离退休（项）": (
        "warning",
        "校-科目名",
        "narrative.txt:113",
    ),
}


@pytest.fixture(scope="module")
def real():
    return report.load("xiqu-government-office", 2023)


def test_the_real_input_has_these_errors_and_warnings_and_no_others(real):
    found = sorted(
        (f.severity, f.rule, f.place) for f in real.found if f.severity in ("error", "warning")
    )
    assert sorted(REAL.values()) == found


@pytest.mark.parametrize("sentence", REAL)
def test_the_sentence_of_a_finding_stands_in_the_published_text(real, sentence):
    assert sentence in real.review.narrative.text


def test_every_rounding_tail_of_the_real_input_says_how_it_is_explained(real):
    tails = [f for f in real.found if f.severity == "hint" and f.difference]
    assert {"0.01"} == {f.difference for f in tails}
    assert all("四舍五入" in f.message for f in tails)
    # 人员 + 公用 against 基本, 一般公共 + 基金 against the total, 款 against 社会保障: each is found.
    assert {"08[人员经费合计, 决算数]", "04[本年支出合计, 合计]", "06[208, 本年支出合计]"} <= {
        f.place for f in tails
    }


def test_what_the_real_input_cannot_answer_is_said_with_the_figure_it_needs(real):
    gaps = [f for f in real.found if f.severity == "missing"]
    assert gaps and all("缺少" in f.message for f in gaps)
    assert {"08[301, 决算数]", "07[合计, 301]", "公开05表"} <= {f.place for f in gaps}


def test_every_number_of_the_declared_sections_is_bound(real):
    assert 0 == real.review.reading.counts["unread"]
    assert {"all": 320, "unread": 0} == {
        k: real.review.reading.counts[k] for k in ("all", "unread")
    }
    bound = sum(bool(j.number) for c in real.review.comparison.sentences for j in c.judged)
    assert bound == sum(len(s.numbers) for st in real.statements.values() for s in st.sentences)


# Every check is able to fail


class Broken(Tables):
    """Tables in which one cell states another amount."""

    def __init__(self, tables: Tables, address, amount: Amount):
        super().__init__(tables.forms, tables.accounts, tables.year)
        self._broken, self._amount = address, amount

    def cell(self, address):
        cell = super().cell(address)
        return (
            cell._replace(value=Value(self._amount, "given")) if address == self._broken else cell
        )


@pytest.fixture(scope="module")
def clean(tmp_path_factory):
    data = tmp_path_factory.mktemp("clean")
    write_department(data)
    return report.load(DEPARTMENT, 2023, data)


RELATIONS = [(r, n) for r in RULES if not r.only_if for n in range(len(r.relations))]


@pytest.mark.parametrize("rule, n", RELATIONS, ids=[f"{r.number}.{n + 1}" for r, n in RELATIONS])
def test_a_relation_holds_in_a_clean_department_and_fails_when_one_cell_is_broken(clean, rule, n):
    alone = replace(rule, relations=(rule.relations[n],))
    assert [] == [f for f in checks.check(alone, clean.tables) if f.severity != "missing"]
    rows = checks.expanded(rule.relations[n], clean.tables)
    assert rows, "nothing to compare in the clean department"
    relation = next(
        (
            r
            for r in rows
            if checks.value(r.left, clean.tables)[0] and checks.value(r.right, clean.tables)[0]
        ),
        None,
    )
    assert relation, "cannot be judged in the clean department"
    far = Decimal(10) ** 9 * (-1 if relation.sign == "≥" else 1)
    broken = Broken(clean.tables, relation.left[0].of, Amount(far))
    found = checks.check(alone, broken)
    assert [(rule.severity, str(relation.left[0].of))] == [
        (f.severity, f.place) for f in found if f.severity != "missing"
    ][:1]


def test_a_relation_with_a_missing_cell_is_not_a_pass(clean):
    rule = next(r for r in RULES if r.number == "B3")
    broken = Broken(clean.tables, rule.relations[0].left[0].of, None)
    assert ["missing"] == [f.severity for f in checks.check(rule, broken)]


FUNCTIONS = {
    # rule: (rows that break it, severity)
    "N21": (
        "收入,一般公共预算财政拨款收入,,2010604,,,,,10,万元\n支出,,一般公共预算,2010605,项目支出,,,,10,万元\n"
        "结转结余,年初结转和结余,,,,,,,0,万元\n",
        "warning",
    ),
    "N22": (
        "三公经费,公务接待费,,,,,,,46.89,万元\n三公经费,公务接待费,,,,,,全年预算,468.9,万元\n",
        "warning",
    ),
    "表内合计": (
        "收入,,,,,,,,100,万元\n收入,一般公共预算财政拨款收入,,,,,,,60,万元\n收入,政府性基金预算财政拨款收入,,,,,,,41,万元\n"
        + "".join(
            f"收入,{c},,,,,,,0,万元\n"
            for c in (
                "国有资本经营预算财政拨款收入",
                "上级补助收入",
                "事业收入",
                "经营收入",
                "附属单位上缴收入",
                "其他收入",
            )
        ),
        "error",
    ),
    "F8": (
        "支出,,,,,,,,10,万元\n支出,,,,项目支出,,,,9,万元\n支出,,一般公共预算,,,,,,10,万元\n支出,,一般公共预算,,基本支出,,,,5,万元\n"
        "支出,,一般公共预算,,项目支出,,,,5,万元\n支出,,政府性基金预算,,,,,,0,万元\n支出,,国有资本经营预算,,,,,,0,万元\n",
        "error",
    ),
    "层级合计": (
        "支出,,一般公共预算,201,,,,,100,万元\n支出,,一般公共预算,20103,,,,,60,万元\n"
        "支出,,一般公共预算,20105,,,,,41,万元\n",
        "error",
    ),
    "数与明细": (
        "收入,,,,,,,,100,万元\n收入,事业收入,,,,,,,60,万元\n收入,其他收入,,,,,,,41,万元\n",
        "error",
    ),
    "E7": ("支出,,一般公共预算,2120802,项目支出,,,,10,万元\n", "warning"),
    "G4": ("三公经费,国内公务接待费,,,,,,,2,万元\n数量,国内公务接待批次,,,,,,,0,批次\n", "warning"),
    "G4b": (
        "三公经费,公务用车运行维护费,,,,,,,2,万元\n数量,公务用车保有量,,,,,,,0,辆\n",
        "warning",
    ),
    "N12b": (
        "机关运行经费,,,,,,,,9,万元\n支出,,一般公共预算,,基本支出,公用经费,,,9,万元\n"
        "机关运行经费,,,,,,,上年决算,8,万元\n支出,,一般公共预算,,基本支出,公用经费,,上年决算,7,万元\n",
        "warning",
    ),
    "P7": ("机关运行经费,,,,,,,,9,万元\n机关运行经费,,,,,,,上年决算,8,万元\n", "warning"),
    "单位": ("收入,,,,,,,,512.35,元\n", "warning"),
    "E7b": ("支出,,政府性基金预算,2010601,项目支出,,,,10,万元\n", "warning"),
    "E7c": ("支出,,国有资本经营预算,2010601,项目支出,,,,10,万元\n", "warning"),
    "P9b": ("收入,,,,,,,,10,万元\n收入,其他收入,,,,,,,10,万元\n", "missing"),
    "P3": ("收入,,,,,,,,10,万元\n", "warning"),
    "P9": ("支出,,一般公共预算,20103,基本支出,,,,10,万元\n", "warning"),
    "B10": ("支出,,一般公共预算,2010377,基本支出,,,,10,万元\n", "hint"),
}


@pytest.mark.parametrize("number", FUNCTIONS)
def test_a_named_check_is_able_to_fail(tmp_path, number):
    rows, severity = FUNCTIONS[number]
    found = checks.find(tables_of(tmp_path, rows), Profile("某局", "某局", 2023, EDITION))
    assert severity in [f.severity for f in found if f.rule == number]


INCOME = "收入,,,,,,,,{0},万元\n收入,其他收入,,{1},,,,,{0},万元\n"


@pytest.mark.parametrize(
    "rows, number, lacks",
    [
        (INCOME.format(10, ""), "02", True),
        (INCOME.format(10, "201"), "02", False),
        (INCOME.format(0, ""), "02", False),
        ("数量,公务用车保有量,,,,,,,3,辆\n", "02", True),
        ("支出,,一般公共预算,,,,,,10,万元\n", "06", True),
        ("支出,,一般公共预算,,,,,,10,万元\n", "07", True),
        ("支出,,一般公共预算,,基本支出,,,,10,万元\n", "08", False),
        (INCOME.format(10, ""), "01", False),
        ("三公经费,公务接待费,,,,,,,3,万元\n", "13", False),
        ("三公经费,公务接待费,,,,,,,3,万元\n", "三公经费", False),
    ],
)
def test_a_table_of_codes_that_shows_a_total_alone_or_nothing_known_is_not_judged(
    tmp_path, rows, number, lacks
):
    tables = tables_of(tmp_path, rows)
    found = checks.find(tables, Profile("某局", "某局", 2023, EDITION))
    places = [f.place for f in found if (f.rule, f.severity) == ("P9b", "missing")]
    assert lacks == (f"公开{number}表" in places) == tables.table(number).lacks_rows


def test_a_last_year_row_that_contradicts_last_years_folder_is_found(tmp_path):
    now, before = (tmp_path / n for n in ("now.csv", "before.csv"))
    head = ",".join(REQUIRED) + "\n"
    now.write_text(head + "收入,,,,,,,,100,万元\n收入,,,,,,,上年决算,91,万元\n", encoding="utf-8")
    before.write_text(head + "收入,,,,,,,,90,万元\n", encoding="utf-8")
    accounts = Accounts(
        figures.load(now, "x/2023/figures.csv"), figures.load(before, "x/2022/figures.csv")
    )
    found = checks.find(
        Tables(forms.load(EDITION), accounts, 2023), Profile("某局", "某局", 2023, EDITION)
    )
    assert [("error", "figures.csv:3")] == [(f.severity, f.place) for f in found if f.rule == "H2"]


def test_every_rule_is_covered_by_a_relation_or_a_breaking_example():
    assert {r.number for r in RULES if r.function or r.only_if} == {*FUNCTIONS, "H2", "文字"}


def test_a_text_that_no_sentence_prints_is_found_with_the_nearest_key(tmp_path):
    someone = Profile(
        "某局", "某局", 2023, EDITION, texts={"原因/三公": ("压减",)}, lines={"原因/三公": (7,)}
    )
    found = [
        f
        for f in checks.find(tables_of(tmp_path, "收入,,,,,,,,10,万元\n"), someone)
        if f.rule == "文字"
    ]
    assert [("warning", "profile.yaml:7")] == [(f.severity, f.place) for f in found]
    assert "最接近的是「原因/三公经费」" in found[0].message


def test_an_equation_over_a_cell_that_no_form_has_is_refused_by_its_line(tmp_path):
    rule = replace(
        RULES[-1],
        number="X1",
        place="rules/probe/checks.yaml 第 9 行",
        relations=(formula.relation("03[合计, 项目开支] = 03[合计, 基本支出]"),),
    )
    with pytest.raises(
        DataError, match="rules/probe/checks.yaml 第 9 行 X1：表 03 没有栏「项目开支」"
    ):
        checks.check(rule, tables_of(tmp_path, "收入,,,,,,,,10,万元\n"))


# Rules and corrections are vetted


@pytest.mark.parametrize(
    "written, said",
    [
        ("- {编号: X, 名称: 甲, 依据: 乙, 严重程度: 错误}", "应写「等式」或「函数」之一"),
        ("- {编号: X, 名称: 甲, 依据: 乙, 严重程度: 严重, 函数: 表内合计}", "严重程度「严重」不对"),
        (
            "- {编号: X, 名称: 甲, 依据: 乙, 严重程度: 错误, 函数: 表内合记}",
            "最接近的是「表内合计」",
        ),
        ("- {编号: X, 名称: 甲, 严重程度: 错误, 函数: 表内合计}", "缺少「依据」"),
        (
            "- {编号: X, 名称: 甲, 依据: 乙, 严重程度: 错误, 等式: '01[甲, 乙]'}",
            "应恰有一个 =、≥ 或 ≤",
        ),
        (
            "- {编号: X, 名称: 甲, 依据: 乙, 严重程度: 错误, 等式: '甲 = 乙'}",
            "都要写成「表[行, 栏]」",
        ),
        (
            "- {编号: X, 名称: 甲, 依据: 乙, 严重程度: 错误, 函数: 表内合计, 适用年度: 去年}",
            "适用年度「去年」看不懂",
        ),
    ],
)
def test_a_broken_rule_is_refused_by_name_and_line(tmp_path, monkeypatch, written, said):
    (tmp_path / "probe").mkdir()
    (tmp_path / "probe" / "checks.yaml").write_text(written, encoding="utf-8")
    monkeypatch.setattr(paths, "RULES", tmp_path)
    with pytest.raises(DataError, match="rules/probe/checks.yaml 第 1 行") as refused:
        rulebook.load("probe", frozenset(named_checks.FUNCTIONS))
    assert said in str(refused.value)


KNOWN = """\
- 匹配: {规则: 校-网址, 位置: narrative.txt:161}
  问题: 网址少了 h
  原因: 已在网站更正
  决定: 不再更正文本
  决定人: 财务股
- 匹配: {规则: 文-数}
  原因: 甲
  决定: 乙
  决定人: 丙
"""


def test_a_known_fault_is_shown_as_acknowledged_and_one_that_is_gone_is_a_finding(real, tmp_path):
    file = tmp_path / "corrections.yaml"
    file.write_text(KNOWN, encoding="utf-8")
    known = corrections.load(file, "x/2023/corrections.yaml")
    found = corrections.acknowledge(list(real.found), known, real.disclosure.edition.kinds)
    address = next(f for f in found if f.rule == "校-网址")
    assert ("hint", True) == (
        address.severity,
        address.message.startswith("已确认（财务股：不再更正文本"),
    )
    assert [("更正-无对应", "warning", "corrections.yaml:6")] == [
        (f.rule, f.severity, f.place) for f in found if f.rule == "更正-无对应"
    ]


def test_a_correction_must_say_why_and_who(tmp_path):
    file = tmp_path / "corrections.yaml"
    file.write_text("- 匹配: {规则: 校-网址}\n  原因: 甲\n  决定: 乙\n", encoding="utf-8")
    with pytest.raises(DataError, match="第 1 行：缺少「决定人」"):
        corrections.load(file, "x/2023/corrections.yaml")
