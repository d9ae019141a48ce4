"""Tables, sentences, findings and the comparison as HTML: what a reviewer's browser is given."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from html import unescape

import invented
import pytest
from pages import HOSTILE, REAL, Element, the_real_report

from helpers.basics import money, paths
from helpers.basics.model import SEVERITIES, SEVERITY, Address, Finding, Measure, Number, Sentence
from helpers.report import columns, elements, findings, grid, markup, report, site
from helpers.report import compared as compared_html
from helpers.report.marks import Apart
from helpers.report.sides import Held
from helpers.review import corrections
from helpers.review.causes import Cause

NUMBERS = [f"{n:02d}" for n in range(1, 14)]
TWO_SIDED = ("01", "04", "08")


@pytest.fixture(scope="module")
def real():
    return the_real_report()


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    data = tmp_path_factory.mktemp("data")
    invented.write_department(data)
    return report.load(invented.DEPARTMENT, 2023, data)


def widths(table: str) -> list[int]:
    """Return how many columns each line of a table covers, counting cells that reach down from above."""
    found, reaching = [], {}
    for line in Element(table).lines:
        at = 0
        for _, given, _ in line:
            while reaching.get(at, 0):
                at += 1
            for column in range(at, at + int(given.get("colspan", 1))):
                reaching[column] = int(given.get("rowspan", 1))
            at += int(given.get("colspan", 1))
        found.append(sum(rows > 0 for rows in reaching.values()))
        reaching = {column: rows - 1 for column, rows in reaching.items()}
    return found


# Text from data


def test_text_from_data_never_becomes_markup():
    assert HOSTILE == unescape(elements.text(HOSTILE))
    assert not re.search(r"[<>\"']", elements.text(HOSTILE))


def test_an_attribute_from_data_stays_one_attribute():
    made = Element(elements.tag("a", "", href=HOSTILE, title='" onmouseover="x'))
    assert [("a", {"href": HOSTILE, "title": '" onmouseover="x'})] == made.elements


@pytest.mark.parametrize("mark", [chr(c) for c in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))])
def test_a_mark_that_turns_the_reading_direction_is_shown_and_does_not_turn(mark):
    assert "a\N{REPLACEMENT CHARACTER}12.34" == elements.text(f"a{mark}12.34")


@pytest.mark.parametrize("name", ["一 二", 'a"b', "<b>", "100%", "a'b&c"])
def test_an_anchor_is_one_plain_word(name):
    assert not re.search(r"[\s\"'<>&%]", elements.anchor("c", "01", name))


# Sentences


def a_sentence(
    text: str, *numbers: str, cells=(Address("01", "收入总计", "决算数"),), value="1"
) -> Sentence:
    amount = money.amount(value, "万元") if value else None
    at = [(n, text.index(n)) for n in numbers]
    return Sentence(
        "一-1",
        "一",
        text,
        tuple(
            Number(n, amount, "万元", cells, i, i + len(n), Measure("amount", ())) for n, i in at
        ),
    )


def test_a_number_links_to_its_cell_and_the_words_around_it_stay():
    html = markup.sentence(
        a_sentence(f"{HOSTILE}收入1014.51万元，增长25.8%。", "1014.51", "25.8"),
        lambda n: ("#c-01", "01"),
    )
    made = Element(html)
    assert [{"href": "#c-01"}] * 2 == made.named("a")
    assert f"{HOSTILE}收入1014.51万元，增长25.8%。" == made.text
    assert ["span", "a", "a"] == [name for name, _ in made.elements]


def test_only_a_number_made_of_several_places_says_them():
    written = a_sentence("占92.7%", "92.7")
    assert ["06[合计]　03[合计]"] == [
        a.get("title")
        for a in Element(markup.sentence(written, lambda n: ("#c", "06[合计]　03[合计]"))).named(
            "a"
        )
    ]
    assert [None] == [
        a.get("title")
        for a in Element(markup.sentence(written, lambda n: ("#c", "06[合计]"))).named("a")
    ]


def test_a_missing_number_looks_missing_and_one_without_a_place_does_not_link():
    assert {"class": "gap"} == Element(
        markup.sentence(a_sentence("缺万元", "缺", value=""), lambda n: ("", ""))
    ).named("span")[-1]
    assert [] == Element(markup.sentence(a_sentence("5万元", "5"), lambda n: ("", ""))).named("a")


def test_every_number_of_the_real_statements_is_shown_as_it_was_written(real):
    for written in real.statements.values():
        shown = Element(markup.statement(written, real.sources.places.number, ordinal="")).text
        assert "".join(s.text for s in written.sentences) == shown


# Findings


def alone(found: list[Finding]) -> list[Cause]:
    """Return each finding as a cause of its own, the worst first."""
    worst = sorted(found, key=lambda f: SEVERITIES.index(f.severity))
    return [
        Cause(
            number=str(n),
            kind="",
            name="",
            sentence=f.message,
            severity=f.severity,
            place=f.place,
            difference="",
            members=(replace(f, cause=str(n)),),
        )
        for n, f in enumerate(worst, 1)
    ]


def test_findings_stand_worst_first_and_each_is_there_once():
    found = [
        Finding(f"规则{n}", severity, "01[收入总计, 决算数]", f"第{n}个")
        for n, severity in enumerate(("hint", "missing", "error", "warning"))
    ]
    made = Element(findings.findings(alone(found), lambda place: "#c-01"))
    said = [made.text.index(f"第{n}个") for n in (2, 3, 0, 1)]
    assert sorted(said) == said
    assert 4 == len(made.named("li")) == len(made.named("a"))
    assert all(made.text.count(f"第{n}个") == 1 for n in range(4))


def test_hints_are_folded_apart_from_what_must_be_answered():
    of = {
        s: findings.findings(alone([Finding("规则", s, "", "话")]), lambda place: "")
        for s in SEVERITY
    }
    assert ["hint"] == [severity for severity, html in of.items() if "<details" in html]
    assert all(f'class="findings {severity}"' in html for severity, html in of.items())


def test_a_hostile_finding_is_text():
    made = Element(
        findings.findings(
            alone([Finding(HOSTILE, "error", HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE)]),
            lambda place: "",
        )
    )
    assert 6 == made.text.count(HOSTILE)
    assert {"div", "section", "h3", "span", "ol", "li", "p", "b"} == {
        name for name, _ in made.elements
    }


def test_no_finding_is_said_in_words():
    assert "没有疑点。" == Element(findings.findings([], lambda place: "")).text


# The forms


@pytest.mark.parametrize("number", NUMBERS)
def test_a_form_has_its_number_its_name_its_unit_and_its_note(real, number):
    filled = real.tables.table(number)
    said = Element(real.table(number).html).text
    assert all(
        words in said
        for words in (f"公开{number}表", filled.form.name, "金额单位：万元", filled.form.note)
    )


@pytest.mark.parametrize("number", NUMBERS)
def test_every_table_has_a_caption_and_every_head_a_scope(real, sample, number):
    for this in (real, sample):
        made = Element(this.table(number).html)
        assert (
            len(made.named("table")) == len(made.named("caption")) == len(made.named("thead")) >= 1
        )
        assert [] == [
            th for th in made.named("th") if th.get("scope") not in ("col", "row", "colgroup")
        ]
        assert all(
            frame["tabindex"] == "0" and frame["aria-label"]
            for frame in made.named("div")
            if frame.get("role") == "region"
        )


@pytest.mark.parametrize("number", NUMBERS)
def test_every_line_of_a_table_is_as_wide_as_its_head(real, sample, number):
    for this in (real, sample):
        for table in re.findall(r"<table.*?</table>", this.table(number).html, re.S):
            assert 1 == len(set(widths(table)))


@pytest.mark.parametrize("number", NUMBERS)
def test_every_cell_that_is_shown_has_an_id_of_its_own(real, sample, number):
    for this in (real, sample):
        filled, ids = this.tables.table(number), Element(this.table(number).html).ids()
        assert len(set(ids)) == len(ids)
        if number != "07":
            assert {markup.cell_anchor(c.address) for c in filled.cells()} | {f"t-{number}"} == set(
                ids
            )


@pytest.mark.parametrize("number", TWO_SIDED)
def test_the_totals_of_two_sides_stand_on_the_same_line(real, sample, number):
    for this in (real, sample):
        ends = [
            [row.label for row in side.rows if row.heading]
            for side in this.tables.table(number).sides
        ]
        lines = [
            [said for name, _, said in line if name == "th"]
            for line in Element(this.table(number).html).lines
        ]
        for pair in zip(*ends):
            assert list(pair) in lines
        assert [side[-1] for side in ends] == lines[-1]


def test_a_missing_cell_is_never_blank_and_a_zero_never_says_missing(real):
    made = {
        given["id"]: said
        for line in Element(real.table("08").html).lines
        for _, given, said in line
        if "id" in given
    }
    for cell in real.tables.table("08").cells():
        assert ("缺" == made[markup.cell_anchor(cell.address)]) == (cell.state == "missing")


def test_a_table_that_is_mostly_missing_says_so_before_it_begins(real):
    missing = sum(cell.state == "missing" for cell in real.tables.table("08").cells())
    before, _, after = real.table("08").html.partition("<table")
    assert f"印「缺」的 {missing} 格没有数，也推不出来，不是零。" in before
    assert "印「缺」" not in after


def test_a_wide_form_goes_on_in_further_tables_and_loses_no_money(sample):
    filled, html = sample.tables.table("07"), sample.table("07").html
    assert len(re.findall("<table", html)) > 1
    assert all(
        width <= columns.MOST_COLUMNS + 3  # code, name, and a total that leads
        for table in re.findall(r"<table.*?</table>", html, re.S)
        for width in widths(table)
    )
    with_money = {
        markup.cell_anchor(c.address) for c in filled.cells() if c.amount and not c.amount.is_zero
    }
    ids = Element(html).ids()
    assert with_money <= set(ids)
    assert len(set(ids)) == len(ids)
    assert "（续一）" in html


def keys_of(pieces) -> list[list[str]]:
    return [[column.key for side in piece for column in side.columns] for piece in pieces]


def test_a_class_of_codes_stays_in_one_piece_where_it_fits(sample):
    filled = sample.tables.table("07")
    pieces = keys_of(columns.pieces(filled))
    shown = columns.with_money(filled, filled.sides[0])
    assert [c.key for c in shown.columns] == [key for piece in pieces for key in piece]
    for code in {key[:3] for piece in pieces for key in piece if key.isdecimal()}:
        members = [key for piece in pieces for key in piece if key.startswith(code)]
        if len(members) <= columns.MOST_COLUMNS:
            assert 1 == sum(any(key in piece for key in members) for piece in pieces)


@pytest.mark.parametrize("most", range(2, columns.MOST_COLUMNS + 1))
def test_a_total_is_no_piece_by_itself(sample, most):
    first, *_ = keys_of(columns.pieces(sample.tables.table("07"), most))
    assert "合计" == first[0] and len(first) > 1


@pytest.mark.parametrize("width, fits", [(20, True), (40, False)])
def test_a_piece_is_cut_by_how_wide_its_numbers_are(sample, width, fits):
    filled = sample.tables.table("07")
    ordinary, widths = keys_of(columns.pieces(filled)), dict.fromkeys(filled.with_money, width)
    pieces = columns.pieces(filled, widths=widths)
    assert fits == (ordinary == keys_of(pieces))
    assert sum(ordinary, []) == sum(keys_of(pieces), [])
    assert all(columns.across(side.columns, widths) <= columns.LYING for (side,) in pieces)


def test_what_stands_under_one_head_stays_in_one_piece(sample):
    filled = sample.tables.table("13")
    widths = dict.fromkeys((c.key for c in filled.sides[0].columns), 40)
    heads = [
        {key.partition("/")[0] for key in p} for p in keys_of(columns.pieces(filled, widths=widths))
    ]
    assert [{"预算数"}, {"决算数"}] == heads


def test_a_published_cell_that_fewer_relations_bear_out_is_struck_out_beside_the_right_one(real):
    place, rounded = "01[收入总计, 决算数]", "01[本年收入合计, 决算数]"
    apart = Apart(theirs="1,104.51", finding=7, severity="error", held=Held(recomputed=1))
    beside = grid.Beside(apart={place: apart}, rounded={rounded: "1014.5"}, verdict="1 格不一致")
    html = markup.table(real.tables.table("01"), "", beside=beside)
    assert '<ins class="ours">1,014.51</ins><a class="theirs" href="#d-7">' in html
    assert "公开 <del>1,104.51</del>" in html
    assert '<span class="rounding" title="公开 1014.5">1,014.51</span>' in html
    assert "1 格不一致" in Element(html).text


def test_a_cell_leads_back_to_the_first_sentence_about_it(real):
    html = real.table("01").html
    assert 'id="c-01-收入总计-决算数"><a href="#s-一-1">1,014.51</a>' in html


def test_a_hostile_published_number_is_text(real):
    place = "01[收入总计, 决算数]"
    apart = Apart(theirs=HOSTILE, finding=1, severity="error", held=Held())
    beside = grid.Beside(apart={place: apart}, flags={place: ""})
    made = Element(markup.table(real.tables.table("01"), "", beside=beside))
    assert HOSTILE in made.text and [] == made.named("script")


def test_the_verdict_counts_and_leads_to_the_findings(real):
    made = Element(real.verdict().html)
    assert {"#v-error", "#v-warning", "#v-hint", "#v-missing"} == {
        a["href"] for a in made.named("a")
    }
    assert ["说明（句）", "110", "0", "4", "0"] == [said for _, _, said in made.lines[1]]
    assert ["公开的表（张）", "没有公开的表可比"] == [said for _, _, said in made.lines[2]]


def test_a_verdict_without_a_finding_says_what_was_not_compared(tmp_path, monkeypatch):
    invented.write_department(tmp_path)
    this = report.load(invented.DEPARTMENT, 2023, tmp_path)
    monkeypatch.setattr(type(this.review), "counts", dict.fromkeys(SEVERITY, 0))
    said = this.verdict().plain
    assert said.startswith("核对的全部一致；没有公开文本可比；没有公开的表可比：")


def test_where_figures_come_from_is_told_in_chinese(real):
    assert not re.search("given|derived|missing", real.provenance().plain)


def test_the_findings_of_a_rule_stand_under_its_name_and_its_basis():
    found = [Finding(rule, "error", "", f"话{n}") for n, rule in enumerate(("A5", "B3", "A5"))]
    made = Element(
        findings.findings(
            alone(found), lambda place: "", lambda rule: (f"{rule}的名", f"{rule}的据")
        )
    )
    assert (
        made.text.index("A5的名依据：A5的据")
        < made.text.index("话0")
        < made.text.index("话2")
        < made.text.index("B3的名")
        < made.text.index("话1")
    )
    assert ["1", "3", "2"] == [item["value"] for item in made.named("li")]


def a_cause(*members: Finding, decision: str = "") -> Cause:
    some = tuple(replace(f, cause="1", decision=decision) for f in members)
    return Cause(
        number="1",
        kind="",
        name="一行的数",
        sentence="疑因一行",
        severity="error",
        place="figures.csv:2",
        difference="9",
        members=some,
    )


def test_a_cause_stands_first_and_its_members_are_folded_under_it():
    members = [Finding("文-数", "error", f"一-{n}", f"话{n}") for n in range(3)]
    html = findings.findings([a_cause(*members)], lambda place: "")
    before, _, folded = html.partition("<details>")
    assert "疑因一行" in before and "1 件，3 项" in before and "话" not in before
    assert [f"d-{n}" for n in (1, 2, 3)] == re.findall('id="(d-[^"]+)"', folded)
    assert all(f"话{n}" in folded for n in range(3))


def test_the_heading_counts_the_errors_of_the_verdict_and_what_they_led_to_beside_them():
    members = [
        Finding("文-数", severity, "一-1", "话")
        for severity in ("error", "hint", "error", "warning")
    ]
    html = findings.findings([a_cause(*members)], lambda place: "")
    assert "1 件，2 项，另牵连 2 项" in html


def test_what_was_decided_is_told_and_what_was_not_taken_up_is_folded_away():
    one = Finding("文-数", "error", "一-1", "话")
    told = findings.findings([a_cause(one, decision=corrections.TRUE)], lambda place: "")
    assert "已处理：属实" in told and 'class="findings error"' in told
    folded = findings.findings([a_cause(one, decision=corrections.REJECTED)], lambda place: "")
    assert '<details class="findings rejected"' in folded and 'class="findings error"' not in folded


def test_a_line_of_the_published_text_is_shown_where_a_finding_points_to_it(real):
    html = real.compare().html
    assert 'value="36" id="n-36"' in html
    assert "占本年支出合计的占" in Element(html).text


def test_a_hostile_note_is_text(real):
    made = Element(markup.table(real.tables.table("10"), HOSTILE))
    assert HOSTILE in made.text
    assert [] == made.named("script") + made.named("b")[1:]


def test_the_figures_have_the_ids_that_numbers_link_to(real):
    made = Element(markup.figures(real.figures))
    assert [f"f-{f.line}" for f in real.figures] == made.ids()
    assert all(f.written in made.text for f in real.figures)


def test_a_page_lists_so_many_figures_and_says_how_many_more_there_are(real, monkeypatch):
    monkeypatch.setattr(markup, "MOST_LISTED", 7)
    made = Element(markup.figures(real.figures))
    assert [*(f"f-{f.line}" for f in real.figures[:7]), "f-rest"] == made.ids()
    assert f"其余 {len(real.figures) - 7} 个见文件" in made.text


def test_a_link_to_a_figure_that_is_not_listed_leads_to_what_stands_for_it(real, monkeypatch):
    monkeypatch.setattr(markup, "MOST_LISTED", 7)
    links = "".join(f'<a href="#{markup.figure_anchor(f)}">' for f in real.figures)
    led = site.linked(links + markup.figures(real.figures))
    ids = set(Element(led).ids())
    assert {"f-rest"} < ids
    assert {a["href"].removeprefix("#") for a in Element(led).named("a")} == ids


# Published against recomputed


@pytest.fixture(scope="module")
def retold(tmp_path_factory):
    """Return the report of the real department with other words and numbers published."""

    def load(*changes: tuple[str, str]):
        data = tmp_path_factory.mktemp("data")
        folder = shutil.copytree(
            paths.DATA / "departments" / REAL[0], data / "departments" / REAL[0]
        ) / str(REAL[1])
        file = folder / "published" / "narrative.txt"
        text = file.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        file.write_text(text, encoding="utf-8")
        return report.load(*REAL, data)

    return load


WRONG = ("收、支总计均为1014.51万元", "收、支总计均为1104.51万元")


def test_nothing_is_struck_out_before_it_is_known_which_side_is_wrong(retold):
    this = retold(WRONG)
    html = compared_html.comparison(this.review.comparison, {}, lambda judged: Held())
    assert "<mark>1104.51</mark>" in html and "<del>1104.51" not in html


@pytest.mark.parametrize(
    "held, shown",
    [
        (Held(published=1, recomputed=2), "<del>1104.51</del><ins>应为1014.51</ins>"),
        (Held(published=2, recomputed=1), "<ins>1104.51</ins><del>算得1014.51</del>"),
    ],
)
def test_the_side_with_which_less_holds_is_struck_out(retold, held, shown):
    this = retold(WRONG)
    html = compared_html.comparison(this.review.comparison, {}, lambda judged: held)
    assert 1 == html.count(shown)


def test_every_number_of_a_sentence_that_differs_is_marked(retold):
    this = retold(
        ("收、支总计各增加208.26万元，增长25.8%", "收、支总计各增加209.26万元，增长26.8%")
    )
    html = compared_html.comparison(this.review.comparison, {})
    assert "<mark>209.26</mark>" in html and "<mark>26.8</mark>" in html


def test_a_rate_that_was_printed_and_does_not_exist_is_struck_through_after_its_sentence(real):
    shown = compared_html.comparison(real.review.comparison, {}).partition("<details>")[0]
    assert shown.count("<del>增长100%</del>") == 3


def test_agreement_is_one_folded_line_of_links_and_repeats_no_sentence(real):
    html = compared_html.comparison(real.review.comparison, {})
    agreed = [c for c in real.review.comparison.sentences if c.verdict == "same" and not c.changed]
    folded = html[html.index("<details>") :]
    assert f"逐数一致的 {len(agreed)} 句" in folded
    assert all(f'href="#{markup.anchor("s", c.sentence.id)}"' in folded for c in agreed)
    assert [] == [
        c for c in agreed if len(c.sentence.text) > 20 and elements.text(c.sentence.text) in folded
    ]


def test_other_words_are_marked_on_both_sides_and_nothing_is_lost(real):
    for compared in real.review.comparison.sentences:
        theirs, ours = compared_html._beside(compared)
        assert compared.sentence.text == Element(ours).text
        if "<ins>" not in theirs:
            assert compared.published == Element(theirs).text


def test_what_was_published_is_text(retold):
    html = retold(("收、支总计均为1014.51万元", f"收、支总计均为9.99万元{HOSTILE}")).compare().html
    assert [] == Element(html).named("script")


def test_numbers_in_own_words_are_listed_with_their_clause_and_are_no_agreement(retold):
    this = retold()
    plain = this.review.comparison
    agreeing = tuple(c for c in plain.sentences if c.agrees and not c.changed)
    html = compared_html.comparison(replace(plain, sentences=agreeing), {})
    assert plain.reading.counts["words"] > 0
    listed = html.partition("部门自己的话里的数，没有核对")[2].partition("</ul>")[0]
    clauses = listed.split("<li>")[1:]
    own = [n for n in plain.reading.numbers if n.fate == "words"]
    written = {plain.reading.narrative.text[n.start : n.end] for n in own}
    assert written and all(any(number in one for one in clauses) for number in written)
    assert "核对过的数逐个一致" in html and "逐句一致" not in html


def test_of_a_long_line_the_sentence_with_the_fault_is_quoted_whole():
    fault = f"其中{'各项' * 100}增加了123.45万元。"
    line = f"{'预算' * 100}。{fault}"
    assert f"……{fault}" == compared_html.quoted(line, ["123.45"])
    assert f"{'预算' * 100}。……" == compared_html.quoted(line, ["不在其中"])
