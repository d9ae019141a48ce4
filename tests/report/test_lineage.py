"""Where a cell comes from, what uses it, and how much agrees; the links of numbers and findings."""

from __future__ import annotations

import json
import re
from decimal import Decimal

import pytest
from pages import Element, the_real_report

from helpers.basics.errors import RequestError
from helpers.basics.model import DERIVED, GIVEN, Finding
from helpers.basics.money import total
from helpers.disclosure.figures import REQUIRED
from helpers.edition import formula
from helpers.report import columns, grid, panel, report
from helpers.review import tally
from helpers.sample import sample


@pytest.fixture(scope="module")
def real():
    return the_real_report()


def origin(real, address: str):
    return real.sources.lineage.origin(formula.address(address))


# Down to the figures


def test_a_given_cell_comes_from_its_line(real):
    made = origin(real, "01[本年收入合计, 决算数]")
    assert GIVEN == made.cell.state
    assert ["figures.csv:2"] == [real.sources.places.figure(f) for f in made.figures]


def test_a_given_total_still_says_what_its_form_adds_up(real):
    (terms,) = origin(real, "01[本年收入合计, 决算数]").sums
    assert [1] * 8 == [sign for sign, _ in terms]
    assert Decimal("1014.50") == sum(part.cell.amount.value for _, part in terms)


def test_a_cell_that_was_added_up_has_operands_and_no_figures_of_its_own(real):
    made = origin(real, "01[支出总计, 决算数]")
    assert DERIVED == made.cell.state and () == made.figures
    assert ["本年支出合计", "结余分配", "年末结转和结余"] == [
        part.cell.address.row for _, part in made.sums[0]
    ]


def test_every_known_cell_of_every_table_ends_in_figures(real):
    def leaves(made):
        return list(made.figures) or [
            f for terms in made.sums for _, part in terms for f in leaves(part)
        ]

    for table in real.tables.published():
        for cell in table.cells():
            assert bool(leaves(real.sources.lineage.origin(cell.address))) == (
                cell.amount is not None
            )


def test_the_figures_of_a_cell_with_money_add_up_to_it(real):
    for table in real.tables.published():
        for cell in table.cells():
            made = real.sources.lineage.origin(cell.address)
            if made.figures and not cell.amount.is_zero:
                assert total(f.amount for f in made.figures).meets(cell.amount)


# Who uses it


def test_a_cell_knows_its_sentences_charts_and_checks(real):
    uses = real.sources.lineage.used_in(formula.address("01[收入总计, 决算数]"))
    assert {("说明", "一-1"), ("图", "图1"), ("勾稽", "A5")} <= {(u.kind, u.name) for u in uses}


def test_every_number_of_a_sentence_is_a_use_of_its_cells(real):
    for statement in real.statements.values():
        for sentence in statement.sentences:
            for address in {a for n in sentence.numbers for a in n.cells}:
                assert sentence.id in [u.name for u in real.sources.lineage.used_in(address)]


# As a tree


def test_a_trace_reads_down_to_the_lines_and_lists_the_uses(real):
    plain = real.trace("01[收入总计, 决算数]").plain.splitlines()
    assert "公开01表「收入总计」决算数 1014.51万元（加出）" == plain[0]
    assert "    ＋ 公开01表「本年收入合计」决算数 1014.51万元（写明）" in plain
    assert "      figures.csv:2　收入　决算 1014.51万元" in plain
    assert "  勾稽 A5　收入总计等于支出总计" in plain[plain.index("用在") :]


def test_a_zero_that_nobody_wrote_says_why_the_lines_of_others_stand_under_it(real):
    plain = real.trace("06[2080501, 项目支出]").plain.splitlines()
    assert "  没有这一项的行；下面的行已是全部，所以是零" == plain[1] and "基本支出" in plain[2]
    assert "没有这一项的行" not in real.trace("06[2080501, 基本支出]").plain
    assert "没有这一项的行" not in real.trace("02[合计, 事业收入]").plain


def test_a_trace_shows_the_same_as_a_page_piece(real):
    shown = real.trace("01[收入总计, 决算数]")
    made = Element(shown.html)
    assert {"div", "ul", "li", "details", "summary", "p"} == {name for name, _ in made.elements}
    assert re.sub(r"\s", "", shown.plain) == re.sub(r"\s", "", made.text)


def test_a_cell_of_another_basis_and_of_no_published_table_is_traced_too(real):
    assert "（上年数）" in real.trace("01[收入总计, 决算数]@上年").plain
    assert "机关运行经费" in real.trace("机关运行经费[合计, 决算数]").plain


@pytest.mark.parametrize(
    "address", ["01", "99[合计, 决算数]", "01[没有, 决算数]", "01[收入总计, 没有]"]
)
def test_an_address_that_does_not_exist_is_refused_in_words(real, address):
    with pytest.raises(RequestError, match="格写作「表"):
        real.trace(address)


def test_a_table_that_does_not_exist_is_refused_with_those_that_do(real):
    with pytest.raises(RequestError, match="没有表「99」.*，有：.*01、02"):
        real.table("99")


@pytest.mark.parametrize("ask, what", [("statement", "说明"), ("chart", "图"), ("drawing", "图")])
def test_what_has_no_such_number_is_refused_with_those_that_there_are(real, ask, what):
    with pytest.raises(RequestError, match=f"没有{what}「九十九」.*，有："):
        getattr(real, ask)("九十九")


# For the page


def test_the_data_is_inert_and_small_and_names_every_cell(real):
    block = panel.data(real.sources.lineage, real.sources.places)
    assert len(block.encode()) < 14_000
    assert 1 == block.count("<script") == block.count("</script")
    tables = json.loads(block[block.index(">") + 1 : block.rindex("<")])["tables"]
    assert [len(list(columns.order(t))) for t in real.tables.published()] == [
        len(cells.split(",")) for _, _, cells in tables
    ]


def test_the_lines_of_a_cell_stand_in_their_order_so_that_thousands_are_drawn_together(tmp_path):
    """Two subjects by turns, each in a hundred projects: every cell that adds up all of them is one run of lines."""
    [folder] = sample.create(tmp_path, 1, range(2023, 2024), seed=1)
    rows = [
        f"支出,,一般公共预算,{code},项目支出,,项目{n},,1,万元"
        for n in range(100)
        for code in ("2010302", "2130599")
    ]
    folder.figures.write_text("\n".join([",".join(REQUIRED), *rows]) + "\n", encoding="utf-8")
    this = report.load(folder.department, 2023, tmp_path)
    block = panel.data(this.sources.lineage, this.sources.places)
    assert '"+2-201' in block or ",+2-201" in block


def test_the_order_of_the_cells_is_that_of_the_page(real):
    for table in real.tables.published():
        ids = [i for i in Element(real.table(table.form.number).html).ids() if i.startswith("c-")]
        assert [grid.cell_anchor(a) for a in columns.order(table)] == ids


# Places


@pytest.mark.parametrize(
    "place, target",
    [
        ("七.一-1", "#s-七.一-1"),
        ("公开05表", "#t-05"),
        ("figures.csv:2", "#f-2"),
        ("narrative.txt:36", "#n-36"),
        ("profile.yaml:原因", "#i-profile.yaml"),
        ("profile.yaml:12", "#i-profile.yaml"),
        ("corrections.yaml:3", "#i-corrections.yaml"),
        ("a/2023/published/narrative.txt", "#compared"),
        ("05[各类, 合计]", "#t-05"),
        ("01[收入总计, 决算数]", "#c-01-收入总计-决算数"),
        ("01[收入总计, 决算数]@上年", "#c-01-收入总计-决算数"),
        ("数量[没有的, 决算数]", "#i-figures.csv"),
        ("../2022/figures.csv:3", "#i-figures.csv"),
        ("没有这个地方", ""),
        ("", ""),
    ],
)
def test_the_place_of_a_finding_is_a_link(real, place, target):
    assert target == real.sources.places.finding(place)


def test_a_place_of_a_document_with_pages_is_called_by_its_page(real):
    this = report.load("putuo-planning-bureau", 2024)
    listed = this.findings().html
    assert "disclosure.pdf 第 25 页" in listed and "disclosure.pdf:" not in listed
    for place in ("figures.csv:2", "narrative.txt:36", "narrative.txt", "七.一-1"):
        assert place == real.sources.called(place)


def test_a_cell_of_no_published_table_leads_to_its_line(real):
    assert re.fullmatch(r"#f-\d+", real.sources.places.finding("机关运行经费[合计, 决算数]"))


# How much agrees


def test_the_counts_of_the_real_department(real):
    assert {"一致": 110, "尾差": 0, "不一致": 4, "缺": 0} == tally.of_sentences(
        real.review.comparison
    )
    counted = tally.of_checks(tally.rules(real.profile), real.tables, real.review.of_figures)
    assert 1 == counted["不一致"] and counted["缺"] > 5 and counted["一致"] > 40


def test_a_table_counts_by_the_worst_that_was_found_in_it(real):
    found = [
        Finding("表-缺表", "error", "公开01表", ""),
        Finding("表-尾差", "hint", "02[合计, 本年收入合计]", ""),
        Finding("表-尾差", "hint", "03[合计, 基本支出]", ""),
        Finding("表-数", "error", "03[合计, 项目支出]", ""),
    ]
    assert {"一致": 10, "尾差": 1, "不一致": 1, "缺": 1} == tally.of_tables(real.tables, found)


def test_a_rule_that_could_not_be_judged_is_no_agreement(real):
    rule = next(r for r in tally.rules(real.profile) if r.relations and not r.only_if)
    for severity, outcome in (
        ("error", "不一致"),
        ("warning", "不一致"),
        ("missing", "缺"),
        ("hint", "尾差"),
    ):
        assert {outcome} == {
            k
            for k, n in tally.of_checks(
                [rule], real.tables, [Finding(rule.number, severity, "", "")]
            ).items()
            if n
        }
