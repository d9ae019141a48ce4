"""The disclosure as a Word document: what stands in it, how its tables look, what stays harmless."""

from __future__ import annotations

import io
import re

import pytest
from docx import Document
from docx.oxml.ns import qn
from exported import HOSTILE, everything, hostile, refuse_what_reaches_out

from helpers.basics import money
from helpers.disclosure import disclosure
from helpers.edition.outline import CHART
from helpers.export import document, word
from helpers.published import printed


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    return everything(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def content(sample) -> bytes:
    return document.docx(sample, None, False)


@pytest.fixture(scope="module")
def opened(content):
    return Document(io.BytesIO(content))


@pytest.fixture(scope="module")
def real():
    return disclosure.load("xiqu-government-office", 2023)


def texts(opened) -> list[str]:
    return [p.text for p in opened.paragraphs]


def rows_of(opened, title: str) -> list[list[str]]:
    """Return the cells of the table that is told by this title to who cannot see it."""
    (found,) = (
        table
        for table in opened.tables
        if table._tbl.find(f".//{qn('w:tblCaption')}").get(qn("w:val")) == title
    )
    return [[cell.text for cell in row.cells] for row in found.rows]


def test_the_cover_says_whose_it_is_and_of_which_year(sample, opened):
    assert [sample.profile.department, f"{sample.profile.year}年度部门决算"] == texts(opened)[:2]


def test_every_part_and_section_stands_in_the_order_of_the_outline(sample, opened):
    wanted = []
    for part in sample.edition.outline.parts:
        wanted.append(part.heading(sample.profile))
        wanted += [section.heading for section in part.sections if section.title]
    headings = [p.text for p in opened.paragraphs if p.style.name in word.HEADINGS[:2]]
    assert wanted == headings


def test_every_sentence_stands_in_the_document(sample, opened):
    whole = "".join(texts(opened))
    for statement in sample.statements.values():
        assert [] == [s.text for s in statement.sentences if s.text not in whole]


def test_every_heading_has_a_line_in_the_contents_that_leads_to_it(opened):
    body = opened.element.body
    marks = {m.get(qn("w:name")) for m in body.iter(qn("w:bookmarkStart"))}
    said = [i.text.strip() for i in body.iter(qn("w:instrText"))]
    assert marks == {text.split()[1] for text in said if text.startswith("PAGEREF")}
    assert len(marks) == len([p for p in opened.paragraphs if p.style.name in word.HEADINGS[:2]])


def test_both_sides_of_a_table_stand_on_the_lines_that_belong_together(opened):
    numbers = {
        (row[1], row[4]) for row in rows_of(opened, "收入支出决算总表") if row[1].isdecimal()
    }
    assert {("27", "58"), ("31", "62")} <= numbers
    numbers = {
        (row[1], row[4])
        for row in rows_of(opened, "财政拨款收入支出决算总表")
        if row[1].isdecimal()
    }
    assert {("27", "59"), ("32", "64")} <= numbers


def test_each_piece_of_a_wide_table_has_codes_names_and_a_head_with_codes(sample, opened):
    title = "一般公共预算财政拨款支出决算明细表"
    pieces = [
        table
        for table in opened.tables
        if table._tbl.find(f".//{qn('w:tblCaption')}").get(qn("w:val")).startswith(title)
    ]
    assert len(pieces) > 1
    for piece in pieces:
        head = [cell.text for cell in piece.rows[0].cells]
        assert ["科目编码", "科目名称"] == head[:2]
        assert all(re.match(r"合计|\d{3,5} ", words) for words in head[2:])


def test_a_wide_table_lies_and_the_pages_after_it_stand(opened):
    sizes = [(s.page_width > s.page_height) for s in opened.sections]
    assert True in sizes and False in sizes
    assert all(one != other for one, other in zip(sizes, sizes[1:]))


def test_an_empty_table_has_its_sentence(real):
    whole = texts(Document(io.BytesIO(document.docx(real, None, True))))
    empty = [t.form.number for t in real.tables.published() if t.is_empty]
    assert empty
    assert [] == [n for n in empty if real.empty_note(n) not in whole]


def test_every_chart_is_a_picture_with_words_for_who_cannot_see_it(sample, opened):
    told = [p.get("descr") for p in opened.element.body.iter(qn("wp:docPr"))]
    charts = [item.number for _, _, item in sample.edition.outline.items(CHART)]
    assert charts == [words.partition(" ")[0] for words in told]


def test_every_page_of_a_draft_says_so(sample):
    made = Document(io.BytesIO(document.docx(sample, None, True)))
    first = made.sections[0]
    assert document.DRAFT in first.header.paragraphs[0].text
    assert document.DRAFT in first.first_page_header.paragraphs[0].text
    assert all(
        section.header.is_linked_to_previous or document.DRAFT in section.header.paragraphs[0].text
        for section in made.sections
    )


def test_what_is_ready_says_nowhere_that_it_is_a_draft(content, opened):
    assert all(not s.header.paragraphs or not s.header.paragraphs[0].text for s in opened.sections)


def test_nothing_of_the_review_stands_in_it(real):
    whole = "".join(texts(Document(io.BytesIO(document.docx(real, None, True)))))
    assert [] == [word for word in ("疑点", "勾稽", "figures.csv", "核对结论") if word in whole]


def test_nothing_runs_and_nothing_leads_outside(content):
    refuse_what_reaches_out(content)


def test_hostile_text_stays_text(tmp_path):
    content = document.docx(hostile(tmp_path), None, True)
    refuse_what_reaches_out(content)
    made = Document(io.BytesIO(content))
    assert word.plain_attribute(HOSTILE) == made.paragraphs[0].text
    assert any(len(p.text) > 10_000 for p in made.paragraphs)
    assert not any("\u202e" in text for text in texts(made))


def test_the_same_disclosure_gives_the_same_bytes(sample, content):
    assert content == document.docx(sample, None, False)


def test_every_known_cell_comes_back_as_it_was_printed(sample, content, tmp_path):
    file = tmp_path / "disclosure.docx"
    file.write_bytes(content)
    read = printed.read(file, file.name, [t.form for t in sample.tables.published()])
    for table in sample.tables.published():
        found = read[table.form.number].cells
        for cell in table.cells():
            if cell.amount is not None and not cell.amount.is_zero:
                back = found[cell.address.row, cell.address.column]
                assert money.tabular(cell.amount.value) == back.text.strip(), cell.address
