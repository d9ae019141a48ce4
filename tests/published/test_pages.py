"""Published PDFs read: two real ones cell by cell, pages made by hand for what they do not show."""

import csv
from pathlib import Path

import pytest
from papers import box, locked_pdf, pdf, text
from work import counted

from helpers.basics import paths
from helpers.basics.errors import DataError
from helpers.basics.wrapping import wraps
from helpers.edition import forms
from helpers.published import documents, drawn, lattice, pages, paragraphs, printed

FOLDER = Path(__file__).parents[1] / "documents" / "shanghai"
BUREAUS = {
    name: paths.DATA
    / "departments"
    / f"putuo-{name}-bureau"
    / "2024"
    / "published"
    / "disclosure.pdf"
    for name in ("finance", "planning")
}
FORMS = [form for form in forms.load("sichuan-2022").values() if form.published]


@pytest.fixture(scope="module", params=BUREAUS)
def bureau(request):
    """Return one bureau's name and its document."""
    path = BUREAUS[request.param]
    return request.param, documents.read(path, path.name)


def truth(name: str) -> list[tuple[int, list[str]]]:
    """Return the rows of the nine tables as they were checked by eye, each with its page; · goes on with a merged cell."""
    rows = []
    for number in range(1, 10):
        with (FOLDER / "truth" / f"{name}_{number}.csv").open(encoding="utf-8", newline="") as file:
            for page, *cells in csv.reader(file):
                rows.append((int(page), ["" if c == "·" else c for c in cells]))
    return rows


def test_every_cell_of_the_nine_tables_is_as_it_was_checked_by_eye(bureau):
    name, document = bureau
    wanted = truth(name)
    by_page: dict[int, list[list[str]]] = {}
    for grid in document.grids:
        page = int(grid.places[0][0].split()[1])
        by_page.setdefault(page, []).extend(map(list, grid.rows))
    read = []
    for page in dict.fromkeys(page for page, _ in wanted):
        read += [(page, row) for row in by_page[page]]
    assert wanted == read[: len(wanted)] and len(wanted) == len(read)


def test_the_truth_has_as_many_cells_as_it_says():
    assert 3014 == sum(len(cells) for name in BUREAUS for _, cells in truth(name))


def test_a_table_over_two_pages_is_read_as_one_form(bureau):
    _, document = bureau
    tables = printed.of(document, FORMS)
    assert {"01", "02", "03", "04", "06", "08", "10", "11", "13"} == set(tables)
    assert {()} == {table.lost for table in tables.values()}
    assert {()} == {table.strangers for table in tables.values()}
    assert {"万元"} == {table.unit for table in tables.values()}
    spent, row = tables["03"], "2210203"
    assert row == spent.order[-1]
    assert "第 10 页" == spent.sheet
    assert spent.cells[row, "本年支出合计"].place.startswith("第 11 页")


def test_lines_that_only_go_on_are_one_paragraph(bureau):
    name, document = bureau
    lines = [line.text for line in document.lines]
    said = {
        "finance": "本年收入合计2946.25万元，其中：财政拨款收入2940.05万元，占99.79%；其他收入6.2万元，占0.21%；",
        "planning": "本年收入合计9746.50万元，其中：财政拨款收入9746.50万元，占100.00%。",
    }[name]
    assert said in lines
    headings = ("二、收入决算情况说明", "三、支出决算情况说明", "第四部分名词解释")
    assert all(heading in lines for heading in headings)
    if name == "planning":
        assert "第三部分上海市普陀区规划和自然资源局2024年度部门决算情况说明" in lines


def test_no_sentence_of_the_narratives_ends_in_the_middle(bureau):
    """A paragraph ends with a stop, or it is a heading: then it is short."""
    _, document = bureau
    start = next(
        i for i, line in enumerate(document.lines) if line.text == "二、收入决算情况说明" and i > 50
    )
    cut = [
        line.text
        for line in document.lines[start:]
        if line.text[-1] not in "。；：" and len(line.text) > 30
    ]
    assert [] == cut


def test_lines_of_a_text_are_joined_by_their_width_as_on_the_page(monkeypatch, bureau):
    """What stands in a text file has no edges: how wide a line is in print has to do."""
    name, document = bureau
    kept = []
    monkeypatch.setattr(paragraphs, "of", lambda lines: kept.extend(lines) or [])
    pages.read(BUREAUS[name].read_bytes(), name)
    printed_lines = [line.text for line in paragraphs._without_furniture(kept)]
    on_the_page = len(printed_lines) - len(document.lines)
    by_width = len(wraps("\n".join(printed_lines) + "\n"))
    assert on_the_page > 100
    assert by_width >= 0.98 * on_the_page


def test_what_stands_in_a_table_is_not_in_the_text(bureau):
    _, document = bureau
    assert not any("2,940.05" in line.text or "2080505" in line.text for line in document.lines)


def test_a_line_knows_its_page(bureau):
    name, document = bureau
    place = next(line.place for line in document.lines if line.text.startswith("本年收入合计"))
    assert {"finance": "第 21 页", "planning": "第 20 页"}[name] == place


# Pages made by hand


def table(rotated: bool = False) -> bytes:
    cells = b"".join(
        text(105 + 100 * c, 605 - 20 * r, words)
        for r, row in enumerate([["A", "B"], ["1.00", "2.00"]])
        for c, words in enumerate(row)
    )
    return (
        b"".join(box(100 + 100 * c, 580 + 20 * r, 100, 20) for c in (0, 1) for r in (0, 1)) + cells
    )


def read(content: bytes):
    return pages.read(content, "tables.pdf")


def test_a_table_is_read_from_its_drawn_rules():
    (grid,) = read(pdf(table())).grids
    assert (("A", "B"), ("1.00", "2.00")) == grid.rows
    assert "第 1 页第 2 行第 1 列" == grid.place(1, 0)


def test_a_turned_page_is_read_as_it_is_shown():
    turned = b"0 1 -1 0 700 0 cm\n" + table()
    (grid,) = read(pdf(turned, rotate=90)).grids
    assert (("A", "B"), ("1.00", "2.00")) == grid.rows


def test_a_merged_cell_has_its_text_in_all_of_its_places():
    head = box(100, 620, 200, 20) + text(150, 625, "HEAD")
    (grid,) = read(pdf(table() + head)).grids
    assert ("HEAD", "") == grid.rows[0]
    assert ("HEAD", "HEAD") == grid.merged[0]


def test_letters_without_a_code_are_told_and_never_passed_over(monkeypatch):
    """Some programs write a font that does not say which letter a glyph is: a number would lose a digit in silence."""
    code_of = drawn.raw.FPDFText_GetUnicode
    monkeypatch.setattr(
        drawn.raw, "FPDFText_GetUnicode", lambda *of: code_of(*of) * (code_of(*of) != ord("1"))
    )
    document = read(pdf(table()))
    assert (("A", "B"), ("\ufffd.00", "2.00")) == document.grids[0].rows
    assert ("第 1 页的 1 个字（字体里没有它们的编码）",) == document.left_out


def test_the_real_documents_have_no_letter_without_a_code(bureau):
    assert () == bureau[1].left_out


def test_a_watermark_that_stands_aslant_is_no_text():
    aslant = b"BT /F 40 Tf 0.7 0.7 -0.7 0.7 150 500 Tm (SEAL) Tj ET\n"
    (grid,) = read(pdf(table() + aslant)).grids
    assert (("A", "B"), ("1.00", "2.00")) == grid.rows


@pytest.mark.parametrize(
    "content, said",
    [
        (
            pdf(text(100, 700, "words"), b"q 600 0 0 800 0 0 cm /Im Do Q"),
            "tables.pdf 第 2 页：是扫描的图片，没有文字",
        ),
        (
            pdf(
                b"".join(text(x, 700 - 20 * y, "12.34") for x in (100, 200, 300) for y in range(5))
            ),
            "tables.pdf 第 1 页：的表没有框线，分不出栏",
        ),
        (locked_pdf(), "tables.pdf：加了密码，应为没有密码的 PDF"),
        (b"%PDF-1.7\nnothing", "tables.pdf：不是能读的 PDF"),
        (pdf(*[b""] * 301), "tables.pdf：有 301 页，超过 300 页"),
        (pdf(b"1 1 m 5 5 l S\n" * 20_002), "第 1 页：画了超过 20000 笔"),
    ],
    ids=["scanned", "without rules", "locked", "broken", "too many pages", "a drawing"],
)
def test_what_cannot_be_read_is_refused_by_its_page(content, said):
    with pytest.raises(DataError) as refused:
        read(content)
    assert str(refused.value).startswith(said) or said in str(refused.value)


def test_page_numbers_and_running_heads_are_left_out():
    def page(number):
        return (
            text(250, 30, f"- {number} -")
            + text(50, 780, "running head")
            + text(50, 400, f"words {'abc'[number - 1] * 3}")
        )

    lines = [line.text for line in read(pdf(*map(page, (1, 2, 3)))).lines]
    assert ["wordsaaa", "wordsbbb", "wordsccc"] == [line.replace(" ", "") for line in lines]


def test_rules_that_are_drawn_again_and_again_are_no_more_work(monkeypatch):
    many = b"".join(f"{i} 0 m {i} 800 l S 0 {i} m 600 {i} l S\n".encode() for i in range(3, 300, 3))
    with counted() as once:
        read(pdf(many))
    with counted() as often:
        read(pdf(many * 8))
    assert often[0] < 1.2 * once[0]
    monkeypatch.setattr(lattice, "MOST_CROSSINGS", 100)
    with pytest.raises(DataError, match="第 1 页"):
        read(pdf(many))
