"""The rules carried out: in which years and for which rows; what cannot be compared is missing and never a pass."""

import pytest

from helpers.basics import paths
from helpers.basics.errors import DataError
from helpers.basics.model import Profile
from helpers.disclosure import figures
from helpers.disclosure.accounts import Accounts
from helpers.disclosure.figures import REQUIRED
from helpers.disclosure.tables import Tables
from helpers.edition import forms, formula, rulebook
from helpers.edition.rulebook import Rule
from helpers.review import checks, tally


@pytest.fixture
def tables(tmp_path):
    """Return a function that fills the forms from lines of figures.csv."""

    def filled(*lines: str) -> Tables:
        file = tmp_path / "figures.csv"
        file.write_text("\n".join([",".join(REQUIRED), *lines]) + "\n", encoding="utf-8")
        return Tables(forms.load("sichuan-2022"), Accounts(figures.load(file, "figures.csv")), 2023)

    return filled


@pytest.fixture
def edition(tmp_path, monkeypatch):
    """Return a function that declares an edition of one rule and returns a profile of it in a year."""
    rulebook.load.cache_clear()
    (tmp_path / "probe").mkdir()

    def declared(rule: str, year: int) -> Profile:
        monkeypatch.setattr(paths, "RULES", tmp_path)
        text = f"- {{编号: X, 名称: 甲, 依据: 乙, 严重程度: 错误, {rule}}}\n"
        (tmp_path / "probe" / "checks.yaml").write_text(text, encoding="utf-8")
        return Profile("某局", "某局", year, "probe")

    yield declared
    rulebook.load.cache_clear()


def spending(amount: str, function: str = "", nature: str = "", fund: str = "一般公共预算") -> str:
    return f"支出,,{fund},{function},{nature},,,,{amount},万元"


BASIC_AND_PROJECTS = (spending("60", nature="基本支出"), spending("40", nature="项目支出"))
BROKEN = "03[合计, 基本支出] = 03[合计, 项目支出]"


# The years of a rule


@pytest.mark.parametrize(
    "years, year, holds",
    [
        ("2022-2024", 2021, False),
        ("2022-2024", 2022, True),
        ("2022-2024", 2023, True),
        ("2022-2024", 2024, True),
        ("2022-2024", 2025, False),
        ("2023-2023", 2022, False),
        ("2023-2023", 2023, True),
        ("2023-2023", 2024, False),
        ("2022-", 2021, False),
        ("2022-", 2022, True),
        ("2022-", 2099, True),
        ("-2024", 2001, True),
        ("-2024", 2024, True),
        ("-2024", 2025, False),
    ],
)
@pytest.mark.parametrize(
    "says",
    [f"等式: '{BROKEN}'", "函数: 须有文字, 参数: {职责: 第一部分职责}"],
    ids=["equation", "function"],
)
def test_a_rule_holds_in_its_first_year_and_in_its_last_and_not_beyond(
    tables, edition, says, years, year, holds
):
    filled = tables(*BASIC_AND_PROJECTS)
    someone = edition(f"{says}, 适用年度: {years}", year)
    assert (["error"] if holds else []) == [f.severity for f in checks.find(filled, someone)]
    assert holds == ("X" in [r.number for r in tally.rules(someone)])


def test_a_rule_of_other_years_does_not_stop_those_after_it(tables, edition):
    filled = tables(*BASIC_AND_PROJECTS)
    of_once = f"等式: '{BROKEN}', 适用年度: -2020}}\n- {{编号: Y, 名称: 丙, 依据: 乙, 严重程度: 警告, 等式: '{BROKEN}'"
    assert [("Y", "warning")] == [
        (f.rule, f.severity) for f in checks.find(filled, edition(of_once, 2023))
    ]


# The rows of a rule


def rule_of(relations, only_if=None) -> Rule:
    written = tuple(map(formula.relation, relations))
    return Rule(
        "X", "甲", written, only_if, "", (), (0, 9999), "乙", "error", "checks.yaml 第 1 行"
    )


def found(filled: Tables, *relations: str):
    """Return severity, place and message of what a rule with these relations finds."""
    return [(f.severity, f.place, f.message) for f in checks.check(rule_of(relations), filled)]


CLASSES = "06[*类, 本年支出合计] = 03[*类, 本年支出合计]"


@pytest.mark.parametrize(
    "relation, place",
    [
        (CLASSES, "06[各类, 本年支出合计]"),
        ("06[*款, 本年支出合计] = 03[*款, 本年支出合计]", "06[各款, 本年支出合计]"),
        ("06[*项, 本年支出合计] = 03[*项, 本年支出合计]", "06[各项, 本年支出合计]"),
        ("03[合计, 本年支出合计] ≥ 06[*类, 本年支出合计]", "06[各类, 本年支出合计]"),
    ],
)
@pytest.mark.parametrize("known", ["100", ""], ids=["a total alone", "nothing"])
def test_a_rule_for_every_row_of_a_table_without_rows_is_missing_and_no_pass(
    tables, relation, place, known
):
    filled = tables(spending(known) if known else "收入,,,,,,,,5,万元")
    named = filled.named(formula.address(place))
    assert [("missing", place, f"「甲」未能核对，缺少{named}。")] == found(filled, relation)


def test_a_rule_for_every_row_of_a_table_without_money_has_nothing_to_compare(tables):
    assert [] == found(tables(spending("0")), CLASSES)


def test_a_rule_for_every_row_is_carried_out_for_each(tables):
    alike = tables(spending("60", "201"), spending("40", "208"))
    assert [] == found(alike, CLASSES)
    apart = tables(
        spending("60", "201"), spending("40", "208"), spending("9", "208", fund="政府性基金预算")
    )
    assert [("error", "06[208, 本年支出合计]")] == [f[:2] for f in found(apart, CLASSES)]


def test_of_several_relations_each_is_judged_or_missing(tables):
    filled = tables(spending("100"), spending("60", nature="基本支出"))
    unknown, apart = (
        "01[事业收入, 决算数] = 01[经营收入, 决算数]",
        "06[合计, 本年支出合计] = 06[合计, 基本支出]",
    )
    (broken, missing) = found(filled, unknown, CLASSES, apart)
    assert ("error", "06[合计, 本年支出合计]") == broken[:2]
    assert ("missing", "01[事业收入, 决算数]") == missing[:2]
    assert (
        "缺少公开01表「事业收入」决算数、公开01表「经营收入」决算数、公开06表「各类」本年支出合计。"
        in missing[2]
    )


def test_every_relation_that_is_missing_names_the_cells_that_it_needs(tables):
    filled = tables(spending("100"))
    (missing,) = found(
        filled,
        "01[事业收入, 决算数] = 06[合计, 本年支出合计]",
        "06[合计, 本年支出合计] = 01[经营收入, 决算数]",
    )
    words = "缺少公开01表「事业收入」决算数、公开01表「经营收入」决算数"
    assert ("missing", f"「甲」未能核对，{words}。") == (
        missing[0],
        missing[2],
    )


def test_one_row_that_cannot_be_compared_does_not_hide_the_others(tables):
    filled = tables(spending("60", "201"), spending("40", "208"), spending("9", "201", "基本支出"))
    both = found(filled, "06[*类, 本年支出合计] = 06[*类, 基本支出]")
    assert {("missing", "06[208, 基本支出]"), ("error", "06[201, 本年支出合计]")} == {
        f[:2] for f in both
    }


# The condition of a rule


@pytest.mark.parametrize(
    "rows, severities",
    [
        ((spending("60", nature="基本支出"), spending("40", nature="项目支出")), ["error"]),
        ((spending("40", nature="基本支出"), spending("60", nature="项目支出")), []),
        ((spending("100"), spending("60", nature="基本支出")), []),
    ],
)
def test_a_rule_with_a_condition_is_carried_out_only_where_that_is_known_to_be_true(
    tables, rows, severities
):
    rule = rule_of([BROKEN], only_if=formula.relation("03[合计, 基本支出] ≥ 03[合计, 项目支出]"))
    assert severities == [f.severity for f in checks.check(rule, tables(*rows))]


# A share, a product


@pytest.mark.parametrize(
    "equation, said",
    [
        ("03[合计, 基本支出] = 60% × 03[合计, 本年支出合计]", ""),
        ("03[合计, 基本支出] = 03[合计, 本年支出合计] × 0.6", ""),
        ("03[合计, 基本支出] ≤ 150% × 03[合计, 项目支出]", ""),
        ("03[合计, 基本支出] ≥ 70% × 03[合计, 本年支出合计]", "的 70% 70，相差 10"),
        ("03[合计, 基本支出] × 03[合计, 项目支出] ≤ 20 × 03[合计, 本年支出合计]", "相差 400"),
    ],
)
def test_a_share_or_a_product_is_compared_by_what_it_comes_to(tables, edition, equation, said):
    filled = tables(*BASIC_AND_PROJECTS)
    found = checks.find(filled, edition(f'等式: "{equation}"', 2023))
    assert [said in f.message for f in found] == ([True] if said else [])


def test_a_share_is_only_as_exact_as_what_it_is_of(tables, edition):
    exact = "支出,,一般公共预算,,项目支出,,,,333333.3,元"
    filled = tables(spending("33.33", nature="基本支出"), exact)
    found = checks.find(
        filled, edition('等式: "03[合计, 基本支出] = 99.99% × 03[合计, 项目支出]"', 2023)
    )
    assert [] == [f.message for f in found if f.severity == "error"]


@pytest.mark.parametrize(
    "equation",
    [
        "03[合计, 基本支出] = 60% × 70% × 03[合计, 项目支出]",
        "03[合计, 基本支出] = 60%",
        "03[合计, 基本支出] = × 03[合计, 项目支出]",
        "03[合计, 基本支出] = 06%% × 03[合计, 项目支出]",
        "03[合计, 基本支出] × 03[合计, 项目支出] × 03[合计, 经营支出] = 03[合计, 项目支出]",
    ],
)
def test_a_product_that_cannot_be_read_is_refused_by_its_line(tables, edition, equation):
    with pytest.raises(DataError, match="rules/probe/checks.yaml 第 1 行"):
        checks.find(tables(*BASIC_AND_PROJECTS), edition(f'等式: "{equation}"', 2023))


# What a text says of its row


@pytest.mark.parametrize(
    "words, told",
    [
        ("宣传等基本支出", ["05[2010602, 基本支出]"]),
        ("宣传等项目支出", []),
        ("人员的基本支出和项目支出", []),
        ("宣传等支出", []),
    ],
)
def test_a_purpose_that_names_a_column_in_which_its_row_has_nothing_is_told(tmp_path, words, told):
    file = tmp_path / "figures.csv"
    rows = (spending("10", "2010602", "项目支出"), spending("0", "2010602", "基本支出"))
    file.write_text("\n".join([",".join(REQUIRED), *rows]) + "\n", encoding="utf-8")
    accounts = Accounts(figures.load(file, "figures.csv"))
    tables = Tables(forms.load("shanghai-2024"), accounts, 2024)
    profile = Profile("某局", "某局", 2024, "shanghai-2024", texts={"用途/2010602": (words,)})
    assert told == [f.place for f in checks.find(tables, profile) if f.rule == "P12"]
