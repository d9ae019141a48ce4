"""The basics of a Word document: official fonts and styles, paragraphs, pictures, page numbers, bytes that do not vary.

What is written is made as XML at once: python-docx's own paragraphs and cells cost ten times as much.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

from helpers.report.elements import TURNING

TITLE_FONT, HEADING_FONT = "方正小标宋简体", "黑体"
KAI, FANGSONG, SONG, DIGITS = "楷体_GB2312", "仿宋_GB2312", "宋体", "Times New Roman"
BODY, HEADINGS = "Normal", ("Heading 1", "Heading 2", "Heading 3")
COVER, CONTENTS, CAPTION, NOTE, PICTURE = "决算封面", "决算目录", "决算题", "决算注", "决算图"
MARGINS = (37, 35, 28, 26)  # millimetres: top, bottom, left, right of an official document
_LARGE = '<w:sz w:val="28"/><w:szCs w:val="28"/>'
_EPOCH = (1980, 1, 1, 0, 0, 0)
_NAMESPACES = nsdecls("w", "r", "wp", "a", "pic")


@dataclass(frozen=True, kw_only=True)
class Style:
    """How a kind of paragraph looks: sizes and spaces in points, `indent` in characters."""

    font: str
    size: float
    bold: bool = False
    align: str = "both"
    indent: int = 0
    line: int = 0
    space: int = 0
    keeps_next: bool = False


STYLES = {
    BODY: Style(font=FANGSONG, size=16, indent=2, line=28),
    HEADINGS[0]: Style(font=TITLE_FONT, size=22, align="center", space=14, keeps_next=True),
    HEADINGS[1]: Style(
        font=HEADING_FONT, size=16, align="left", indent=2, line=28, keeps_next=True
    ),
    HEADINGS[2]: Style(font=KAI, size=16, align="left", indent=2, line=28, keeps_next=True),
    COVER: Style(font=TITLE_FONT, size=32, align="center", space=24),
    CONTENTS: Style(font=FANGSONG, size=14, align="left", line=24),
    CAPTION: Style(font=TITLE_FONT, size=16, align="center", space=4, keeps_next=True),
    NOTE: Style(font=SONG, size=9, align="left", space=2),
    PICTURE: Style(font=HEADING_FONT, size=12, align="center", space=4),
}


def blank() -> WordDocument:
    """Return an empty A4 document with the official styles, and the page's number in its footer."""
    document = Document()
    _set_styles(document, STYLES)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    top, bottom, left, right = MARGINS
    section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
    section.left_margin, section.right_margin = Mm(left), Mm(right)
    number = run_xml("— ", _LARGE) + field_xml("PAGE", "1", _LARGE) + run_xml(" —", _LARGE)
    first = section.footer.paragraphs[0]._p
    first.getparent().replace(first, parse(paragraph_xml(number, styles(document)[NOTE], "center")))
    return document


def styles(document: WordDocument) -> dict[str, str]:
    """Return the id of each official style by its name; those that a document has not are given to it."""
    known = {style.name: style.style_id for style in document.styles}
    lacking = [name for name in STYLES if name not in known]
    if not lacking:
        return known
    _set_styles(document, lacking)
    return {style.name: style.style_id for style in document.styles}


def _set_styles(document: WordDocument, names: Iterable[str]) -> None:
    known = {style.name: style for style in document.styles}
    for name in names:
        look = STYLES[name]
        style = known.get(name) or document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        if name not in (BODY, *HEADINGS):
            style.base_style = None
        for part in ("rPr", "pPr"):
            old = style.element.find(qn(f"w:{part}"))
            if old is not None:
                style.element.remove(old)
        style.element.append(parse(f"<w:pPr>{_paragraph_look(name, look)}</w:pPr>"))
        style.element.append(parse(f"<w:rPr>{_run_look(look)}</w:rPr>"))


def _paragraph_look(name: str, look: Style) -> str:
    line = f' w:line="{look.line * 20}" w:lineRule="exact"' if look.line else ""
    level = f'<w:outlineLvl w:val="{HEADINGS.index(name)}"/>' if name in HEADINGS else ""
    return (
        ("<w:keepNext/><w:keepLines/>" if look.keeps_next else "")
        + f'<w:spacing w:before="{look.space * 20}" w:after="{look.space * 20}"{line}/>'
        + f'<w:ind w:firstLineChars="{look.indent * 100}" w:firstLine="{int(look.indent * look.size * 20)}"/>'
        + f'<w:jc w:val="{look.align}"/>{level}'
    )


def _run_look(look: Style) -> str:
    return (
        f'<w:rFonts w:ascii="{DIGITS}" w:hAnsi="{DIGITS}" w:cs="{DIGITS}" w:eastAsia="{look.font}"/>'
        + ("<w:b/>" if look.bold else '<w:b w:val="0"/>')
        + f'<w:color w:val="000000"/><w:sz w:val="{int(look.size * 2)}"/>'
        + f'<w:szCs w:val="{int(look.size * 2)}"/><w:lang w:eastAsia="zh-CN"/>'
    )


# Pieces of XML: every text from data is escaped, and none can be a field or turn the reading direction


def plain(text: str) -> str:
    """Return a text that XML can carry, on one line, escaped.

    >>> plain("<b>\\x07a & \\u202e12")
    '&lt;b&gt; a &amp; \N{REPLACEMENT CHARACTER}12'
    """
    return escape("".join(c if _is_character(c) else " " for c in text).translate(TURNING))


def _is_character(c: str) -> bool:
    return (
        (" " <= c <= "\ud7ff" and not "\x7f" <= c <= "\x9f")
        or "\ue000" <= c <= "\ufffd"
        or c > "\uffff"
    )


def run_xml(text: str, look: str = "") -> str:
    """Return a run with a text; `look` is the inside of its w:rPr."""
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{plain(text)}</w:t></w:r>' if text else ""


def field_xml(instruction: str, shown: str, look: str = "", is_stale: bool = False) -> str:
    """Return a field that Word computes, with what it shows until then. The instruction is never a text from data."""
    stale = ' w:dirty="true"' if is_stale else ""
    of = f"<w:rPr>{look}</w:rPr>" if look else ""
    return (
        f'<w:r>{of}<w:fldChar w:fldCharType="begin"{stale}/></w:r>'
        f'<w:r>{of}<w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        f'<w:r>{of}<w:fldChar w:fldCharType="separate"/></w:r>{run_xml(shown, look)}'
        f'<w:r>{of}<w:fldChar w:fldCharType="end"/></w:r>'
    )


def paragraph_xml(content: str, style: str, align: str = "", properties: str = "") -> str:
    """Return a paragraph of runs in a style by its id; `properties` stand before its alignment."""
    alignment = f'<w:jc w:val="{align}"/>' if align else ""
    return (
        f"<w:p><w:pPr><w:pStyle w:val={quoteattr(style)}/>{properties}{alignment}</w:pPr>"
        f"{content}</w:p>"
    )


def parse(xml: str):
    """Return the element of a piece of XML; Word's prefixes need no declaration."""
    return parse_all(xml)[0]


def parse_all(xml: str) -> list:
    """Return the elements of several pieces of XML that stand one after the other."""
    return list(parse_xml(f"<w:body {_NAMESPACES}>{xml}</w:body>"))


def picture(document: WordDocument, png: bytes, alt: str, width_mm: int, number: int) -> str:
    """Return a run with a picture kept in the document, with the words for who cannot see it."""
    relation, image = document.part.get_or_add_image(io.BytesIO(png))
    wide = width_mm * 36_000
    high = wide * image.px_height // image.px_width
    words = quoteattr(plain_attribute(alt))
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{wide}" cy="{high}"/>'
        f'<wp:docPr id="{number}" name="图 {number}" descr={words}/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="图 {number}" descr={words}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def plain_attribute(text: str) -> str:
    """Return a text that XML can carry in an attribute, not yet escaped."""
    return "".join(c if _is_character(c) else " " for c in text).translate(TURNING)


def saved(document: WordDocument, title: str) -> bytes:
    """Return the file of a document; the same content gives the same bytes."""
    core = document.core_properties
    core.title, core.author, core.last_modified_by, core.comments = (
        plain_attribute(title)[:255],
        "",
        "",
        "",
    )
    written, packed = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as parts, zipfile.ZipFile(packed, "w") as kept:
        for name in parts.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(entry, parts.read(name))
    return packed.getvalue()
