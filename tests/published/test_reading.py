"""The published text read back, however it was laid out: the same findings, nothing bound to the wrong place."""

import re
from collections import Counter
from dataclasses import replace

import pytest
from invented import DEPARTMENT, write_department

from helpers.basics.text import fold
from helpers.edition import patterns
from helpers.published import reading, sections
from helpers.published.published import Narrative
from helpers.report import files, report
from helpers.review import differences, proofreading

PATTERNS = patterns.load("sichuan-2022")


def wrapped(width):
    return lambda text: "\n".join(
        "\n".join(line[i : i + width] for i in range(0, len(line), width))
        for line in text.split("\n")
    )


def sections_in_another_order(text):
    start = re.search(r"(?m)^八、.*$", text).start()
    end = re.search(r"(?m)^(十、)?其他重要事项.*$", text).start()
    before = re.search(r"(?m)^七、.*$", text).start()
    return text[:before] + text[start:end] + text[before:start] + text[end:]


LAYOUTS = {
    "as it is": lambda t: t,
    "wrapped every thirty characters, numbers too": wrapped(30),
    "wrapped every forty characters": wrapped(40),
    "full-width stops": lambda t: t.replace("，", ","),
    "full-width digits": lambda t: t.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    "thousands separated": lambda t: re.sub(
        r"(?<![\d.])\d{4,}(?=\.\d)", lambda m: f"{int(m[0]):,}", t
    ),
    "spaces around numbers": lambda t: re.sub(r"(\d+\.\d+)", r" \1 ", t),
    "quotes of another kind": lambda t: t.replace("“", '"').replace("”", '"'),
    "windows line ends": lambda t: t.replace("\n", "\r\n"),
    "synonyms": lambda t: t.replace("均为", "均是").replace("主要变动原因是", "主要原因为"),
    "年 for 年度": lambda t: t.replace("年度相比", "年相比").replace("比2022年度", "比2022年"),
    "占比 for 占": lambda t: re.sub(r"，占(?=\d)", "，占比", t),
    "a comma for a semicolon": lambda t: t.replace("；", "，"),
    "较上年 for 与年度相比": lambda t: t.replace("与2022年度相比", "较上年"),
    "counters replaced": lambda t: t.replace("辆", "台").replace("批次", "次"),
    "sections in another order": sections_in_another_order,
}


@pytest.fixture(scope="module")
def documents(tmp_path_factory):
    data = tmp_path_factory.mktemp("data")
    write_department(data)
    real, invented = (
        report.load("xiqu-government-office", 2023),
        report.load(DEPARTMENT, 2023, data),
    )
    return {
        "real": (real, real.review.narrative.text),
        "invented": (invented, files.narrative_txt(invented.disclosure)),
    }


def serious(this, text):
    narrative = Narrative(text, "x/2023/published/narrative.txt")
    compared = this.review.compared(this.review.read(narrative))
    found = differences.findings(compared, this.disclosure)
    return Counter((f.rule, f.place) for f in found if f.severity in ("error", "warning"))


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("document", ["real", "invented"])
def test_another_layout_of_the_same_text_gives_the_same_errors_and_warnings(
    documents, document, layout
):
    this, text = documents[document]
    assert serious(this, text) == serious(this, LAYOUTS[layout](text))


def test_the_text_a_department_would_publish_from_these_figures_has_nothing_wrong(documents):
    this, text = documents["invented"]
    assert Counter() == serious(this, text)
    narrative = Narrative(text, "x/2023/published/narrative.txt")
    assert [] == [
        f
        for f in proofreading.findings(
            narrative, this.profile, this.tables, list(this.statements.values())
        )
        if f.severity != "hint"
    ]


@pytest.mark.parametrize("units, told", [(("示例县第二小学",), []), ((), ["校-名称"])])
def test_a_unit_with_almost_the_departments_name_is_not_a_slip_of_it(documents, units, told):
    this, _ = documents["invented"]
    school = replace(this.profile, department="示例县第一小学", texts={"二级单位": units})
    narrative = Narrative("示例县第一小学\n\n1.示例县第二小学\n", "narrative.txt")
    assert told == [
        f.rule
        for f in proofreading.findings(narrative, school, this.tables, [])
        if f.severity != "hint"
    ]


@pytest.mark.parametrize(
    "line, told",
    [
        ("示例县人力资源和社会保障局的主要职责是：负责人事。", []),
        ("示例县人力资源和社会保章局（虚构）", ["校-名称"]),
        ("示例县人力资源和社会保障局（虚拟）", ["校-名称"]),
    ],
)
def test_the_name_without_its_note_in_brackets_is_no_slip(documents, line, told):
    this, _ = documents["invented"]
    office = replace(this.profile, department="示例县人力资源和社会保障局（虚构）", texts={})
    narrative = Narrative(f"2023年度部门决算\n{line}\n", "narrative.txt")
    assert told == [
        f.rule
        for f in proofreading.findings(narrative, office, this.tables, [])
        if f.severity != "hint"
    ]


@pytest.mark.parametrize(
    "text, told",
    [
        ("本局负责种树养花。本局负责种树养花。", 1),
        ("一是本局负责种树养花。另办他事。本局负责种树养花。另办他事。", 1),
        ("本局负责种树养花。另办他事。本局负责种树养花。", 0),
        ("无。无。", 0),
        ("1.示例县监测站（虚构）1.示例县监测站（虚构）", 1),
        ("——————————————————————", 0),
    ],
)
def test_one_or_more_sentences_written_twice_are_told(documents, text, told):
    this, _ = documents["invented"]
    narrative = Narrative(f"{this.profile.department}\n{text}\n", "narrative.txt")
    assert told == sum(
        f.rule == "校-重复" for f in proofreading.findings(narrative, this.profile, this.tables, [])
    )


def test_every_number_that_comes_from_a_cell_is_bound_to_itself(documents):
    this, text = documents["invented"]
    compared = this.review.compared(this.review.read(Narrative(text, "x")))
    judged = [j for c in compared.sentences for j in c.judged if j.number]
    assert sum(len(s.numbers) for st in this.statements.values() for s in st.sentences) == len(
        judged
    )
    assert all(j.number.text == j.printed.text and j.bound.likeness == 1 for j in judged)


@pytest.mark.parametrize("document", ["real", "invented"])
def test_every_number_of_a_text_has_one_fate(documents, document):
    _, text = documents[document]
    read = reading.read(PATTERNS, Narrative(text, "x"), 2023)
    counts = read.counts
    assert counts["all"] == sum(counts[fate] for fate in reading.FATES)
    assert counts["all"] == len(re.findall(r"\d+(?:\.\d+)?", fold(text)[0]))
    for number in read.numbers:
        assert number.text == fold(text[number.start : number.end])[0]


def test_the_real_text_is_read_without_any_figure(documents):
    """Every bound number is what the figures give, but for four rates of nothing that its author wrote."""
    this, text = documents["real"]
    read = reading.read(PATTERNS, Narrative(text, "x"), 2023)
    money = [n for n in read.numbers if n.unit in ("万元", "%")]
    assert len([n for n in money if n.slot]) >= 0.95 * len(money)
    assert [] == [n.text for n in read.numbers if n.fate == reading.UNREAD]
    given = {
        n: this.disclosure.measured(n.slot.statement).number(n.slot.measure)
        for n in read.numbers
        if n.slot
    }
    assert [
        ("七.一", "rate", "100"),
        ("七.二", "completion", "0"),
        ("七.二", "rate", "100"),
        ("七.二", "rate", "100"),
    ] == [
        (n.slot.statement, n.slot.kind, n.text)
        for n, number in given.items()
        if number is None or number.text != n.text
    ]


def test_a_number_is_bound_by_its_place_so_a_wrong_one_cannot_hide(documents):
    this, text = documents["invented"]
    sentence = next(s for s in this.statements["二"].sentences)
    first, second = (n.text for n in sentence.numbers[1:5:2])
    swapped = (
        sentence.text.replace(first, "甲", 1).replace(second, first, 1).replace("甲", second, 1)
    )
    assert 2 <= sum(
        n
        for (rule, place), n in serious(this, text.replace(sentence.text, swapped)).items()
        if (rule, place) == ("文-数", sentence.id)
    )


def test_a_sentence_left_out_is_absent_and_not_read_as_zero(documents):
    this, text = documents["invented"]
    sentence = this.statements["八"].sentences[0]
    assert Counter({("文-缺句", sentence.id): 1}) == serious(this, text.replace(sentence.text, ""))


def test_a_wrapped_line_keeps_its_number():
    text = "\n".join(["一二三四五六七八九十" * 2] * 12 + ["完。"]) + "\n下一段。"
    assert [1, 14] == [n for n, _ in Narrative(text, "公开.txt").lines]


def test_places_lead_back_to_the_original():
    text = "收入 １，２３４．５ 万元"
    folded, places = fold(text)
    assert ("收入1234.5万元", "１") == (folded, text[places[2]])


def test_a_section_may_have_another_title_unless_it_is_to_be_as_it_is_called():
    text, title = "正文\n（三）国有资产占用情况\n共有车辆2辆。\n", "国有资产占有使用情况"
    assert sections.last_heading(text, title) == (text.index("\n共"), text.index("（三"))
    assert sections.last_heading(text, title, as_called=True) is None
