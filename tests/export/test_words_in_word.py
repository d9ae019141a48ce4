"""The basics of Word documents: fonts, styles, text that stays text, bytes that do not vary."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document
from docx.oxml.ns import qn

from helpers.export import word
from helpers.export.wordtable import table_xml
from helpers.report.laid import HEAD, MONEY, Slot


def written(*pieces: str) -> Document:
    """Return a document with these pieces of XML, saved and opened again."""
    made = word.blank()
    for element in word.parse_all("".join(pieces)):
        made.element.body.insert(len(made.element.body) - 1, element)
    return Document(io.BytesIO(word.saved(made, "题")))


@pytest.mark.parametrize(
    "text",
    [
        "<w:br/>&amp;",
        "{ INCLUDETEXT x }",
        "=1+1",
        "a\x00\x0b\x1b\ud800b",
        "甲\u202e12\u2069",
        "]]>",
    ],
)
def test_a_text_stays_a_text(text):
    made = written(word.paragraph_xml(word.run_xml(text), "Normal"))
    assert word.plain_attribute(text) == made.paragraphs[0].text
    assert [] == list(made.element.body.iter(qn("w:instrText")))


def test_every_style_names_an_official_font_and_times_for_digits():
    made = word.blank()
    for name, look in word.STYLES.items():
        fonts = made.styles[name].element.find(qn("w:rPr")).find(qn("w:rFonts"))
        assert (look.font, word.DIGITS) == (fonts.get(qn("w:eastAsia")), fonts.get(qn("w:ascii")))


def test_a_document_keeps_its_own_style_by_an_official_name():
    theirs = word.blank()
    theirs.styles[word.NOTE].font.size = 99 * 12_700  # EMU of a point
    word.styles(theirs)
    assert 99 == theirs.styles[word.NOTE].font.size.pt


def test_a_document_is_given_the_styles_that_it_lacks():
    assert set(word.STYLES) <= set(word.styles(Document()))


def test_heads_are_repeated_and_no_row_is_broken():
    head = [
        [Slot(text="名", look=HEAD, down=2), Slot(text="数", look=HEAD, across=2)],
        [Slot(text="甲", look=HEAD), Slot(text="乙", look=HEAD)],
    ]
    body = [[Slot(text="行"), Slot(text="1.00", look=MONEY), Slot(look=MONEY)]]
    made = written(table_xml(head, body, [1000, 1000, 1000], "Normal", caption="表"))
    rows = list(made.tables[0]._tbl.iter(qn("w:tr")))
    assert [True, True, False] == [r.find(f".//{qn('w:tblHeader')}") is not None for r in rows]
    assert all(r.find(f".//{qn('w:cantSplit')}") is not None for r in rows)
    cells = [[c.text for c in row.cells] for row in made.tables[0].rows]
    assert [["名", "数", "数"], ["名", "甲", "乙"], ["行", "1.00", ""]] == cells


def test_the_same_content_gives_the_same_bytes():
    one, other = (word.saved(word.blank(), "题") for _ in range(2))
    assert one == other
    with zipfile.ZipFile(io.BytesIO(one)) as parts:
        assert {(1980, 1, 1, 0, 0, 0)} == {entry.date_time for entry in parts.infolist()}
