"""The published text read for what no figure decides: what contradicts itself, and which subjects are explained."""

import pytest

from helpers.basics.model import Profile
from helpers.disclosure import figures
from helpers.disclosure.accounts import Accounts
from helpers.disclosure.figures import REQUIRED
from helpers.disclosure.tables import Tables
from helpers.edition import forms
from helpers.published.published import Narrative
from helpers.review import proofreading

WHO = Profile("示例县文化局", "文化局", 2023, "sichuan-2022")
SPENT = "支出,,,{},,,,,60,万元"
OFFICE = "一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）行政运行（项）：指行政单位的基本支出。"
PENSION = "社会保障和就业支出（类）行政事业单位养老支出（款）机关事业单位基本养老保险缴费支出（项）：指缴费。"
UNKNOWN = "一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）行政运转（项）：指行政单位的基本支出。"


def read(tmp_path, rule: str, text: str, *lines: str):
    """Return place, severity and message of what a rule says of a text beside these figures."""
    file = tmp_path / "figures.csv"
    file.write_text(
        "\n".join([",".join(REQUIRED), *(lines or ["支出,,,,,,,,60,万元"])]) + "\n",
        encoding="utf-8",
    )
    tables = Tables(forms.load("sichuan-2022"), Accounts(figures.load(file, "figures.csv")), 2023)
    found = proofreading.findings(
        Narrative(text, "x/2023/published/narrative.txt"), WHO, tables, []
    )
    return [(f.place, f.severity, f.message) for f in found if f.rule == rule]


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
