"""Bound numbers judged: same, rounding, different or not to be judged, and what is found of each."""

import re
import shutil
from decimal import Decimal

import pytest
from invented import DEPARTMENT, write_department

from helpers.basics.model import Address, Measure, Number
from helpers.basics.money import Amount
from helpers.edition import patterns
from helpers.edition.pieces import Mark
from helpers.published.bound import Bound
from helpers.published.published import Narrative
from helpers.report import compared as compared_html
from helpers.report import files, report
from helpers.review import differences, tally, verdicts
from helpers.review.verdicts import DIFFERS, NEAR, ROUNDING, SAME, UNIT, UNKNOWN
from helpers.sample import sample

CELL = Address("03", "合计", "本年支出合计")
MEASURE = Measure("amount", ("本年支出",))
MISSING = object()


def judged(written, printed, *, value=None, unit="万元", printed_unit="万元", likeness=1.0):
    """Return the verdict on a number printed in the place of a written one, and why."""
    node = patterns.load("sichuan-2022").by_number["三"].nodes[0]
    amount = None if value is MISSING else Amount(Decimal(written), Decimal("0.005"))
    number = Number(written, amount, unit, (CELL,), 0, len(written), MEASURE)
    bound = Bound(node, node.piece, 0, likeness)
    one = verdicts.judge(
        number, Mark(written, unit, 0, 0), Mark(printed, printed_unit, 0, 0), bound
    )
    return one.verdict, one.because


@pytest.mark.parametrize(
    "printed, likeness, verdict",
    [
        ("5", 1.0, (SAME, "")),
        ("5.00", 1.0, (SAME, "")),
        ("5", 0.7, (SAME, "")),
        ("9", 1.0, (DIFFERS, "")),
        ("9", 0.7, (DIFFERS, NEAR)),
        ("5.01", 1.0, (ROUNDING, "")),
        ("5.004321", 1.0, (SAME, "")),
        ("5.0000000000000004", 1.0, (ROUNDING, "")),
        ("5.006", 1.0, (DIFFERS, "")),
        ("1234567890123456789.5", 1.0, (DIFFERS, "")),
    ],
)
def test_another_number_is_judged_by_its_interval_and_among_near_words_said_to_be_so(
    printed, likeness, verdict
):
    assert verdict == judged("5", printed, likeness=likeness)


@pytest.mark.parametrize("printed", ["5", "9"])
def test_a_number_without_a_figure_is_missing_whatever_is_printed(printed):
    assert (UNKNOWN, "") == judged("5", printed, value=MISSING)


@pytest.mark.parametrize(
    "printed, unit, verdict",
    [
        ("5", "万", (DIFFERS, UNIT)),
        ("5", "元", (DIFFERS, UNIT)),
        ("50000", "元", (SAME, "")),
        ("0.0005", "亿元", (SAME, "")),
        ("0.001", "亿元", (SAME, "")),
        ("0.0009", "亿元", (DIFFERS, "")),
        ("90000", "元", (DIFFERS, "")),
        ("5", "亿元", (DIFFERS, UNIT)),
        ("5", "", (DIFFERS, UNIT)),
    ],
)
def test_the_unit_of_money_belongs_to_the_number(printed, unit, verdict):
    assert verdict == judged("5", printed, printed_unit=unit)


@pytest.fixture(scope="module")
def invented(tmp_path_factory):
    data = tmp_path_factory.mktemp("data")
    write_department(data)
    this = report.load(DEPARTMENT, 2023, data)
    return this, files.narrative_txt(this.disclosure)


def compared(invented, change):
    """Return the comparison of the invented department with its own text, changed."""
    this, text = invented
    return this.review.compared(this.review.read(Narrative(change(text), "narrative.txt")))


def total_of(this):
    return this.statements["三"].sentences[0].numbers[0].text


def told(invented, change):
    return [
        (f.rule, f.severity)
        for f in differences.findings(compared(invented, change), invented[0].disclosure)
    ]


def test_a_number_among_near_words_is_doubtful_and_says_what_it_was_bound_to(invented):
    this, text = invented
    was = f"本年支出合计{total_of(this)}万元"
    assert was in text
    (finding,) = [
        f
        for f in differences.findings(
            compared(invented, lambda t: t.replace(was, "本年各项支出合计1.23万元")),
            this.disclosure,
        )
        if f.severity == "warning"
    ]
    assert "文-疑数" == finding.rule
    assert "本年各项支出合计1.23万元" in finding.message
    assert "本年支出合计" in finding.message


def test_a_sentence_with_a_number_that_differs_does_not_agree(invented):
    this, _ = invented
    was = f"本年支出合计{total_of(this)}万元"
    clean = compared(invented, lambda t: t)
    wrong = compared(invented, lambda t: t.replace(was, "本年支出合计1.23万元"))
    assert clean.count(SAME) - 1 == wrong.count(SAME)
    for one in (clean, wrong):
        counts = tally.of_sentences(one)
        assert one.count(SAME) == counts["一致"] + counts["尾差"]
    assert f"逐数一致的 {wrong.count(SAME)} 句" in compared_html.comparison(wrong, {})


@pytest.mark.parametrize("minus", ["-", "－"])
def test_a_number_below_nothing_is_not_the_same(invented, minus):
    below = told(invented, lambda t: t.replace("本年支出合计", f"本年支出合计{minus}"))
    assert ("文-数", "error") in below
    assert ("文-数", "error") not in told(invented, lambda t: t.replace("支出合计", "支出合计约"))


@pytest.mark.parametrize(
    ("was", "written"),
    [
        (
            "(小微企业合同金额152.67万元，)占政府采购支出总额的43.3%",
            r"\1占授予中小企业合同金额的51%",
        ),
        ("一般公共预算财政拨款收入[^；]*；[^；]*；[^；]*；", "财政拨款收入1886.39万元，占98.3%；"),
    ],
    ids=["a share of another whole", "rows of a list as one"],
)
def test_what_is_told_of_another_whole_or_together_is_not_missing(invented, was, written):
    def change(text):
        changed, count = re.subn(was, written, text, count=1)
        assert count
        return changed

    clean = told(invented, lambda text: text)
    more = [one for one in told(invented, change) if one not in clean]
    assert [] == [one for one in more if one[1] in ("error", "warning")]


@pytest.mark.parametrize(
    ("was", "written"),
    [
        ("2023年度，(?=[^。]*机关运行经费支出46.37)", "2022年度"),
        ("2023年度，(?=[^。]*政府采购支出总额)", "2022年度"),
        ("(?<=一、收入支出决算总体情况说明\n)", "2022年度本年收入1918.55万元。"),
    ],
)
def test_a_year_before_an_amount_of_this_one_is_told(invented, was, written):
    def change(text):
        changed, count = re.subn(was, written, text, count=1)
        assert count
        return changed

    assert ("文-年份序号", "warning") in told(invented, change)


def lists(this, change) -> list[str]:
    """Return the names that a text which lists them otherwise is told to lack."""
    found = differences.findings(compared(this, change), this[0].disclosure)
    return [f.expected for f in found if f.rule == "文-列举缺"]


def test_names_that_stand_with_their_amounts_are_listed(invented):
    def with_amounts(text):
        listed = re.search("主要包括：([^。]*)等。", text)
        names = "、".join(f"{name}1.1万元" for name in listed[1].split("、"))
        return text.replace(listed[1], names, 1)

    assert with_amounts(invented[1]) != invented[1]
    assert lists(invented, with_amounts) == []


def test_a_list_that_is_not_there_at_all_is_one_matter(invented):
    def without(text):
        return re.sub("，主要包括：[^。]*等。", "。", text, count=1)

    assert "等 " in lists(invented, without)[0]
    assert len(lists(invented, without)) == 1


def test_a_sentence_that_is_gone_is_told_where_an_amount_of_it_is_known_and_else_not(tmp_path):
    """Without last year's figures every change is a gap: what is all gap was not to be looked for."""
    [folder] = sample.create(tmp_path, 1, range(2023, 2024), 3, published=True)
    shutil.rmtree(folder.last_year.path, ignore_errors=True)
    lines = folder.figures.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if "上年决算" not in line]
    folder.figures.write_text("".join(kept), encoding="utf-8")
    text = folder.narrative.read_text(encoding="utf-8")
    (gone,) = re.findall(r"[^。\n]*机关运行经费支出[\d.]+万元[^。]*。", text)
    folder.narrative.write_text(text.replace(gone, ""), encoding="utf-8")
    found = report.load(folder.department, 2023, tmp_path).found
    lacking = [f.message for f in found if f.rule == "文-缺句"]
    assert 1 == len(lacking) and "机关运行经费支出" in lacking[0]
