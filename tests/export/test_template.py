"""An office's own docx: what is kept of it, what its marks become, what is refused, what is left out."""

from __future__ import annotations

import io
import zipfile
from copy import deepcopy

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE as REL
from docx.oxml.ns import qn
from exported import everything, refuse_what_reaches_out

from helpers.basics.errors import DataError
from helpers.edition.outline import CHART, STATEMENT, TABLE
from helpers.export import document, marks, template, word


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    return everything(tmp_path_factory.mktemp("data"))


def office(sample, *left_out: str) -> Document:
    """Return an office's document: a cover with a style of its own, a header, every mark but those left out."""
    made = Document()
    made.sections[0].header.paragraphs[0].text = "机关文件 【部门】"
    made.add_paragraph("【部门】【年度】年度决算", style="Title")
    for kind in (STATEMENT, CHART, TABLE):
        for _, _, item in sample.edition.outline.items(kind):
            if marks.written(item) not in left_out:
                made.add_paragraph(marks.written(item), style="Quote")
    return made


def saved(made: Document) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def filled(sample, made: Document, tmp_path) -> bytes:
    file = tmp_path / "模板.docx"
    file.write_bytes(saved(made))
    return document.docx(sample, template.read(file), False)


def test_cover_header_and_styles_of_an_office_stay(sample, tmp_path):
    made = Document(io.BytesIO(filled(sample, office(sample), tmp_path)))
    name, year = sample.profile.department, sample.profile.year
    assert ("Title", f"{name}{year}年度决算") == (
        made.paragraphs[0].style.name,
        made.paragraphs[0].text,
    )
    assert f"机关文件 {name}" == made.sections[-1].header.paragraphs[0].text


def test_a_statement_takes_the_look_of_its_mark(sample, tmp_path):
    made = Document(io.BytesIO(filled(sample, office(sample), tmp_path)))
    wanted = sample.statements["一"].sentences[0].text
    (found,) = (p for p in made.paragraphs if p.text.startswith(wanted))
    assert "Quote" == found.style.name
    assert not any("【" in p.text for p in made.paragraphs)


def test_a_mark_that_word_split_is_still_one(sample, tmp_path):
    made = office(sample, "【说明 一】")
    split = made.add_paragraph()
    for piece in ("【说", "明 ", "一】"):
        split.add_run(piece)
    assert filled(sample, made, tmp_path)


@pytest.mark.parametrize(
    "spoil, told",
    [
        (lambda made: made.add_paragraph("【表 99】"), "模板.docx：没有「【表99】」可以放"),
        (lambda made: made.add_paragraph("【说明 一】"), "模板.docx：「【说明 一】」写了两次"),
    ],
)
def test_a_mark_that_is_unknown_or_twice_there_is_one_sentence(sample, tmp_path, spoil, told):
    made = office(sample)
    spoil(made)
    with pytest.raises(DataError, match=told) as refused:
        filled(sample, made, tmp_path)
    assert "\n" not in str(refused.value)


def test_marks_that_are_missing_are_one_sentence(sample, tmp_path):
    with pytest.raises(DataError, match="模板.docx：没有写【表 01】、【表 05】，应为"):
        filled(sample, office(sample, "【表 01】", "【表 05】"), tmp_path)


def test_what_leads_outside_runs_or_fetches_is_left_out(sample, tmp_path):
    made = office(sample)
    part = made.part
    key = part.relate_to("https://example.invalid/x.dotm", REL.HYPERLINK, is_external=True)
    link = part.relate_to("https://example.invalid", REL.HYPERLINK, is_external=True)
    fetched = word.field_xml('INCLUDETEXT "https://example.invalid/x"', "显示过的")
    paragraph = (
        f'<w:p><w:hyperlink r:id="{link}">{word.run_xml("网站")}</w:hyperlink>{fetched}</w:p>'
    )
    simple = (
        '<w:p><w:fldSimple w:instr="DDEAUTO c x y"><w:r><w:t>旧的</w:t></w:r></w:fldSimple></w:p>'
    )
    sheet = f'<w:p><w:r><w:object><w:control r:id="{key}"/></w:object></w:r></w:p>'
    for element in word.parse_all(paragraph + simple + sheet):
        made.element.body.insert(0, element)
    content = filled(sample, made, tmp_path)
    refuse_what_reaches_out(content)
    whole = "".join(p.text for p in Document(io.BytesIO(content)).paragraphs)
    assert all(words in whole for words in ("网站", "显示过的", "旧的"))
    assert not list(Document(io.BytesIO(content)).element.iter(qn("w:control")))


@pytest.mark.parametrize(
    "content, told",
    [
        (b"", "不是能读的 docx 文档"),
        (bytes.fromhex("d0cf11e0a1b11ae1"), "老式的或加了密码的"),
        (b"PK\x03\x04spoiled", "不是能读的 docx 文档"),
    ],
)
def test_what_is_no_docx_is_refused_in_one_sentence(tmp_path, content, told):
    file = tmp_path / "模板.docx"
    file.write_bytes(content)
    with pytest.raises(DataError, match=told):
        template.read(file)


def test_a_template_that_would_swell_is_refused(tmp_path):
    file = tmp_path / "模板.docx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"<a>" + b" " * (70 << 20) + b"</a>")
    with pytest.raises(DataError, match="展开后"):
        template.read(file)


def test_a_macro_is_not_taken_over(sample, tmp_path):
    content = saved(office(sample))
    file, spoiled = tmp_path / "模板.docx", io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(spoiled, "w") as package:
        for name in given.namelist():
            part = given.read(name)
            if name == "word/_rels/document.xml.rels":
                kind = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
                part = part.replace(
                    b"</Relationships>",
                    f'<Relationship Id="rIdM" Type="{kind}" Target="vbaProject.bin"/></Relationships>'.encode(),
                )
            if name == "[Content_Types].xml":
                part = part.replace(
                    b"</Types>",
                    b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>',
                )
            package.writestr(name, part)
        package.writestr("word/vbaProject.bin", b"macro")
    file.write_bytes(spoiled.getvalue())
    refuse_what_reaches_out(document.docx(sample, template.read(file), False))


def test_the_words_are_filled_into_every_kind_of_header_and_footer(sample, tmp_path):
    made = office(sample)
    section = made.sections[0]
    section.different_first_page_header_footer = True
    made.settings.odd_and_even_pages_header_footer = True
    kinds = ("first_page_header", "even_page_header", "footer", "first_page_footer")
    for kind in (*kinds, "even_page_footer"):
        getattr(section, kind).paragraphs[0].text = "【部门】【年度】"
    first = Document(io.BytesIO(filled(sample, made, tmp_path))).sections[0]
    who = sample.profile
    for kind in (*kinds, "even_page_footer"):
        assert f"{who.department}{who.year}" == getattr(first, kind).paragraphs[0].text, kind


def test_a_section_that_ends_with_a_mark_ends_once_behind_what_stands_in_its_place(
    sample, tmp_path
):
    made = office(sample)
    for kind, narrow in ((STATEMENT, 1200), (CHART, 1300), (TABLE, 1400)):
        item = next(item for _, _, item in sample.edition.outline.items(kind))
        (marked,) = (p for p in made.paragraphs if p.text == marks.written(item))
        section = deepcopy(made.element.body[-1])
        section.find(qn("w:pgMar")).set(qn("w:left"), str(narrow))
        marked._p.get_or_add_pPr().append(section)
    body = Document(io.BytesIO(filled(sample, made, tmp_path))).element.body
    margins = [
        one.find(qn("w:pgMar")).get(qn("w:left"))
        for one in body.iter(qn("w:sectPr"))
        if one.find(qn("w:pgSz")).get(qn("w:orient")) != "landscape"
    ]
    own = [m for m in margins if m in ("1200", "1300", "1400")]
    assert ["1200", "1300", "1400"] == list(dict.fromkeys(own)) and 1 == own.count("1200")
    statement = next(item for _, _, item in sample.edition.outline.items(STATEMENT)).number
    last = sample.statements[statement].paragraphs[-1][-1].text
    texts = ["".join(t.text or "" for t in e.iter(qn("w:t"))) for e in body]
    ends = next(n for n, e in enumerate(body) if e.find(f".//{qn('w:sectPr')}") is not None)
    assert texts[ends - 1].endswith(last)
