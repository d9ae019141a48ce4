"""The disclosure as PDF by LibreOffice or Chromium, where one is there."""

from __future__ import annotations

import io
import re
import shutil
import subprocess

import pytest
from docx import Document
from exported import everything, hostile

from helpers.basics import money
from helpers.basics.errors import Refusal
from helpers.export import document, printing, word
from helpers.published import office, printed
from helpers.report import laid
from helpers.report.sheet import FONT_FILE

needs_office = pytest.mark.skipif(office.program() is None, reason="LibreOffice is not installed")
needs_browser = pytest.mark.skipif(printing.browser() is None, reason="Chromium is not installed")
needs_poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not installed")

A_PAGE = 42  # rows of a table, its heads among them


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    return everything(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def by_office(sample) -> bytes:
    return printing.pdf(sample, None, False)


@pytest.fixture
def without_office(monkeypatch):
    monkeypatch.setattr(office, "program", lambda: None)


def pages_of(content: bytes) -> list[str]:
    """Return the words of each page without spaces."""
    done = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True
    )
    return [re.sub(r"\s", "", page) for page in done.stdout.decode().split("\f")]


@needs_office
@needs_poppler
def test_the_contents_say_on_which_page_each_heading_is(sample, by_office):
    pages = pages_of(by_office)
    made = Document(io.BytesIO(document.docx(sample, None, False)))
    headings = [
        re.sub(r"\s", "", p.text) for p in made.paragraphs if p.style.name in word.HEADINGS[:2]
    ]
    contents = "".join(page for page in pages[1:4] if "....." in page)
    for heading in headings:
        (number,) = set(re.findall(rf"{re.escape(heading)}\.{{3,}}(\d+)", contents))
        assert heading in pages[int(number) - 1]


@needs_office
@needs_poppler
def test_a_table_of_a_pages_rows_stands_on_one_page_with_its_note(sample, by_office):
    pages, told = pages_of(by_office), []
    for table in sample.tables.published():
        for piece in laid.pieces(table, document.MOST_MONEY):
            title = re.compile(f"(^|、){re.escape(piece.title)}部门：")
            (first,) = (n for n, page in enumerate(pages) if title.search(page))
            told.append((len(piece.rows), first))
        note = re.sub(r"\s", "", f"注：{table.form.note}")
        (ended,) = (n for n, page in enumerate(pages) if note in page)
        assert ended - first == (len(piece.rows) > A_PAGE), (piece.title, len(piece.rows))
    assert {True, False} == {rows > A_PAGE for rows, _ in told}
    assert len(told) == len({first for _, first in told})


@needs_office
def test_every_amount_of_the_pdf_comes_back_as_it_was_printed(sample, by_office, tmp_path):
    file = tmp_path / "disclosure.pdf"
    file.write_bytes(by_office)
    read = printed.read(file, file.name, [t.form for t in sample.tables.published()])
    for table in sample.tables.published():
        for cell in table.cells():
            if cell.amount is not None and not cell.amount.is_zero:
                back = read[table.form.number].cells[cell.address.row, cell.address.column]
                assert money.tabular(cell.amount.value) == back.text.strip(), cell.address


@needs_office
@needs_poppler
def test_every_page_of_a_draft_is_marked(sample):
    content = office.printed(document.docx(sample, None, True), "x", FONT_FILE.parent)
    assert [] == [n for n, page in enumerate(pages_of(content)[:-1], 1) if "草稿" not in page]


@needs_office
def test_the_same_disclosure_gives_the_same_bytes(sample, by_office):
    assert by_office == printing.pdf(sample, None, False)


def refuse_what_acts(content: bytes) -> None:
    """Fail where a PDF does more than show pages: a link may lead to a page of its own, nowhere else."""
    assert content.startswith(b"%PDF")
    acts = rb"/(JavaScript|JS|Launch|URI|GoToR|SubmitForm|ImportData|EmbeddedFile|OpenAction /S)\b"
    assert [] == re.findall(acts, content)


@needs_office
@needs_poppler
def test_hostile_text_is_printed_as_text(tmp_path):
    content = printing.pdf(hostile(tmp_path), None, True)
    refuse_what_acts(content)
    pages = pages_of(content)
    assert "=1+1<script>alert(1)</script>" in pages[0] and "12.34" in pages[0]
    assert len("长" * 10_000) <= sum(page.count("长") for page in pages)


@needs_browser
@needs_poppler
def test_hostile_text_is_printed_as_text_without_libreoffice(tmp_path, without_office):
    content = printing.pdf(hostile(tmp_path), None, True)
    refuse_what_acts(content)
    whole = "".join(pages_of(content))
    assert "=1+1<script>alert(1)</script>" in whole
    assert len("长" * 10_000) <= whole.count("长")


@needs_browser
@needs_poppler
def test_without_libreoffice_the_page_is_printed_and_each_of_its_pages_marked(
    sample, without_office
):
    content = printing.pdf(sample, None, True)
    pages = pages_of(content)[:-1]
    assert len(pages) > 10
    assert [] == [n for n, page in enumerate(pages, 1) if "草" not in page or "稿" not in page]
    assert content == printing.pdf(sample, None, True)


@needs_browser
@needs_poppler
def test_the_browser_waits_for_the_pages_own_typeface(sample, without_office, tmp_path):
    lists = shutil.which("fc-list")
    if lists and subprocess.run([lists, ":lang=zh"], capture_output=True).stdout:
        pytest.skip("this machine has a Chinese typeface, which is taken first")
    for n in range(3):
        (tmp_path / f"{n}.pdf").write_bytes(printing.pdf(sample, None, True))
        listed = subprocess.run(
            ["pdffonts", tmp_path / f"{n}.pdf"], capture_output=True, text=True, check=True
        )
        assert "OTS-derived-font" in listed.stdout, "without it there is a box for every character"


def test_without_any_printer_it_says_what_to_install(without_office, monkeypatch):
    monkeypatch.setattr(printing, "browser", lambda: None)
    with pytest.raises(Refusal, match=r"装了 LibreOffice 或 Chromium 才能导出 pdf"):
        printing.need_printer(False)


def test_a_template_is_printed_by_libreoffice_alone(without_office):
    with pytest.raises(Refusal, match=r"装了 LibreOffice 才能导出 pdf"):
        printing.need_printer(True)
