"""A docx as Word's schema wants it: parts that belong together, elements in their order, names that are one of a kind."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from posixpath import dirname, join, normpath

import pytest
from docx import Document
from docx.oxml.ns import qn
from exported import everything, hostile, parts_of, refuse_what_reaches_out
from lxml import etree

from helpers.disclosure import disclosure
from helpers.export import document, letter
from helpers.published import office
from helpers.review.review import Review

_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_REFERENCE = re.compile("(header|footer)Reference")  # of these any may be first
# The order that ECMA-376 gives the children of what is written here; of others none may be found.
ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs"
    " suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd"
    " snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment"
    " textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid"
    " vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em"
    " lang eastAsianLayout specVanish oMath",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing"
    " tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "sectPr": "reference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType"
    " pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid",
    "tbl": "tblPr tblGrid tr",
    "tr": "tblPrEx trPr tc",
    "tc": "tcPr p",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked"
    " personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "trPr": "cantSplit tblHeader",
}


def faults(content: bytes) -> Iterator[str]:
    """Yield what Word would not take in a docx."""
    parts = parts_of(content)
    trees = {n: etree.fromstring(p) for n, p in parts.items() if n.endswith((".xml", ".rels"))}
    yield from _untyped(parts, trees["[Content_Types].xml"])
    for name in parts:
        yield from _loose(name, parts, trees)
    for name, tree in trees.items():
        yield from (f"{name}: {told}" for told in (*_disordered(tree), *_unmeasured(tree)))
    body = trees["word/document.xml"]
    yield from _repeated("bookmark", [m.get(qn("w:id")) for m in body.iter(qn("w:bookmarkStart"))])
    yield from _repeated("picture", [p.get("id") for p in body.iter(qn("wp:docPr"))])
    yield from _uneven(body)
    yield from _unstyled(body, trees["word/styles.xml"])


def _untyped(parts, types) -> Iterator[str]:
    endings = {d.get("Extension") for d in types.iter(f"{_TYPES}Default")}
    named = {o.get("PartName") for o in types.iter(f"{_TYPES}Override")}
    yield from (f"{n} is typed and not there" for n in named if n.lstrip("/") not in parts)
    for name in parts:
        if name != "[Content_Types].xml" and f"/{name}" not in named:
            if name.rpartition(".")[2] not in endings:
                yield f"{name} has no type"


def _loose(name: str, parts, trees) -> Iterator[str]:
    """Yield the relations of a part that lead nowhere, and the keys in it that are of no relation."""
    place = join(dirname(name), "_rels", f"{name.rpartition('/')[2]}.rels")
    known = {}
    for relation in trees[place].iter(f"{_RELATIONS}Relationship") if place in trees else ():
        target = relation.get("Target")
        known[relation.get("Id")] = target
        there = normpath(target[1:] if target[0] == "/" else join(dirname(name), target))
        if relation.get("TargetMode") == "External" or there not in parts:
            yield f"{name} leads to {target}"
    for element in trees[name].iter(etree.Element) if name in trees else ():
        for key, value in element.attrib.items():
            if key.startswith(_OFFICE) and value not in known:
                yield f"{name}: {element.tag} names {value}"


def _disordered(tree) -> Iterator[str]:
    for element in tree.iter(*map(qn, (f"w:{name}" for name in ORDERS))):
        name = etree.QName(element).localname
        children = [_REFERENCE.sub("reference", etree.QName(child).localname) for child in element]
        order = ORDERS[name].split()
        if strange := set(children) - set(order):
            yield f"{name} holds {sorted(strange)}"
        elif children != sorted(children, key=order.index):
            yield f"{name} holds {children}"


def _unmeasured(tree) -> Iterator[str]:
    """Yield the widths that are no whole number of twips."""
    for element in tree.iter(etree.Element):
        if not (width := element.get(qn("w:w"), "0")).isdecimal():
            yield f"{etree.QName(element).localname} is {width} wide"


def _repeated(kind: str, some: list) -> Iterator[str]:
    if len(some) != len(set(some)):
        yield f"a {kind} has the number of another"


def _uneven(body) -> Iterator[str]:
    """Yield the rows that are not as wide as their table, and cells that do not end with a paragraph."""
    for table in body.iter(qn("w:tbl")):
        wide = len(list(table.iter(qn("w:gridCol"))))
        for row in table.iter(qn("w:tr")):
            spans = [int(s.get(qn("w:val"))) for s in row.iter(qn("w:gridSpan"))]
            if sum(spans) + len(row.findall(qn("w:tc"))) - len(spans) != wide:
                yield f"a row is not {wide} columns wide"
        for cell in table.iter(qn("w:tc")):
            if cell[-1].tag != qn("w:p"):
                yield "a cell ends without a paragraph"


def _unstyled(body, styles) -> Iterator[str]:
    known = {style.get(qn("w:styleId")) for style in styles.iter(qn("w:style"))}
    named = {style.get(qn("w:val")) for style in body.iter(qn("w:pStyle"))}
    yield from (f"no style {name}" for name in named - known)


def of_everything(place) -> bytes:
    return document.docx(everything(place), None, False)


def of_attacks(place) -> bytes:
    return document.docx(hostile(place), None, True)


def of_another_form(place) -> bytes:
    return document.docx(disclosure.load("putuo-finance-bureau", 2024), None, True)


def of_a_letter(place) -> bytes:
    review = Review(disclosure.load("xiqu-government-office", 2023))
    return letter.letter(review, letter.matters(review))


@pytest.mark.parametrize("made", [of_everything, of_attacks, of_another_form, of_a_letter])
def test_what_is_written_is_as_the_schema_wants_it(made: Callable, tmp_path):
    content = made(tmp_path)
    assert [] == list(faults(content))
    refuse_what_reaches_out(content)


@pytest.mark.parametrize(
    "spoil, told",
    [
        (lambda d: d.part.relate_to("gone.xml", "x", is_external=True), "leads to gone.xml"),
        (lambda d: d.tables[0]._tbl.tr_lst[-1].remove(d.tables[0]._tbl.tr_lst[-1][-1]), "wide"),
        (lambda d: d.paragraphs[0]._p.pPr.append(d.paragraphs[0]._p.pPr[0]), "pPr holds"),
        (lambda d: d.paragraphs[0]._p.pPr[0].set(qn("w:val"), "none"), "no style none"),
        (lambda d: next(d.element.iter(qn("wp:docPr"))).set("id", "1002"), "number of another"),
    ],
)
def test_what_the_schema_does_not_want_is_found(spoil, told, tmp_path):
    opened, out = Document(io.BytesIO(of_everything(tmp_path))), io.BytesIO()
    spoil(opened)
    opened.save(out)
    assert any(told in fault for fault in faults(out.getvalue()))


@pytest.mark.skipif(office.program() is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it_and_saves_every_word(tmp_path):
    content = of_everything(tmp_path)
    again = office.turned(content, "disclosure.docx", ".docx")
    assert words(content) == words(again)


def words(content: bytes) -> str:
    """Return the text of a docx in its order, without spaces and without what fields show."""
    body, said, within = Document(io.BytesIO(content)).element.body, [], 0
    for element in body.iter(qn("w:t"), qn("w:fldChar")):
        kind = element.get(qn("w:fldCharType"))
        within += {"begin": 1, "end": -1}.get(kind, 0)
        if not within and element.tag == qn("w:t"):
            said.append(element.text or "")
    return re.sub(r"\s", "", "".join(said))
