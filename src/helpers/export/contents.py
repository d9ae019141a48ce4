"""The list of contents of a Word document: a line for each heading, its page a field that Word and LibreOffice compute."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from docx.oxml.ns import qn

from helpers.export import word
from helpers.export.word import field_xml, parse, run_xml

_LEVELS = 2
_UNTIL_COMPUTED = "…"


def headings(body, styles: Mapping[str, str]) -> Iterator[tuple[int, Any]]:
    """Yield the level and the paragraph of each heading of the first levels."""
    level_of = {styles[name]: n for n, name in enumerate(word.HEADINGS[:_LEVELS]) if name in styles}
    for paragraph in body.iter(qn("w:p")):
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        if style is not None and style.get(qn("w:val")) in level_of:
            yield level_of[style.get(qn("w:val"))], paragraph


def write(place, body, styles: Mapping[str, str], width: int) -> None:
    """Put the list in the place of a paragraph; `width` is how wide the text is, in twips."""
    first = 1 + max(
        (int(mark.get(qn("w:id"), "0")) for mark in body.iter(qn("w:bookmarkStart"))), default=0
    )
    for number, (level, paragraph) in enumerate(list(headings(body, styles)), first):
        text = "".join(t.text or "" for t in paragraph.iter(qn("w:t")))
        if text.strip():
            name = f"_Toc{number:09d}"
            _bookmark(paragraph, name, number)
            place.addprevious(parse(_line(text, level, name, styles[word.CONTENTS], width)))
    place.getparent().remove(place)


def _bookmark(paragraph, name: str, number: int) -> None:
    begin, end = word.parse_all(
        f'<w:bookmarkStart w:id="{number}" w:name="{name}"/><w:bookmarkEnd w:id="{number}"/>'
    )
    paragraph.insert(1 if paragraph.find(qn("w:pPr")) is not None else 0, begin)
    paragraph.append(end)


def _line(text: str, level: int, bookmark: str, style: str, width: int) -> str:
    look = (
        f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{width}"/></w:tabs>'
        f'<w:ind w:left="{level * 420}"/>'
    )
    page = field_xml(f"PAGEREF {bookmark} \\h", _UNTIL_COMPUTED, is_stale=True)
    content = f'<w:hyperlink w:anchor="{bookmark}" w:history="1">{run_xml(text)}<w:r><w:tab/></w:r>{page}</w:hyperlink>'
    return word.paragraph_xml(content, style, "left", look)
