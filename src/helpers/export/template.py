"""An office's own docx, looked through before it is opened; what would run or reach outside is not taken over."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE as REL
from docx.opc.part import Part, XmlPart
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import etree

from helpers.basics.errors import DataError
from helpers.basics.filetext import bytes_of
from helpers.basics.paths import LARGEST
from helpers.published import package

# Relationships to what runs or holds a document of another kind, by the last word of their kind.
_FOREIGN = frozenset(
    [
        "vbaProject",
        "wordVbaData",
        "control",
        "activeXControlBinary",
        "oleObject",
        "package",
        "attachedTemplate",
        "aFChunk",
        "subDocument",
        "frame",
        "mailMergeSource",
        "mailMergeHeaderSource",
        "extensibility",
        "attachedToolbars",
        "keyMapCustomizations",
    ]
)
_OF_PACKAGE = (REL.OFFICE_DOCUMENT, REL.CORE_PROPERTIES, REL.EXTENDED_PROPERTIES)
# Fields that compute something of the document itself; any other keeps only what it shows.
_FIELDS = frozenset(
    [
        "PAGE",
        "NUMPAGES",
        "SECTION",
        "SECTIONPAGES",
        "TOC",
        "PAGEREF",
        "REF",
        "STYLEREF",
        "SEQ",
        "DATE",
        "TIME",
        "TITLE",
        "AUTHOR",
        "SUBJECT",
    ]
)
_RELATION = f"{{{'http://schemas.openxmlformats.org/officeDocument/2006/relationships'}}}"
_MARKS = (qn("w:fldChar"), qn("w:instrText"))


@dataclass(frozen=True, kw_only=True)
class Template:
    """An office's own docx: what messages call it, and its content as it was cleaned."""

    name: str
    content: bytes


def read(path: Path) -> Template:
    """Return a template without macros, embedded objects, links outside and fields that fetch; one that is none is refused."""
    content = bytes_of(path, path.name, LARGEST)
    if package.is_old(content):
        raise DataError(path.name, "是老式的或加了密码的文档", package.TEXT.expected)
    package.look_through(content, path.name, package.TEXT)
    try:
        document = Document(io.BytesIO(content))
        _clean(document.part.package)
        written = io.BytesIO()
        document.save(written)
    except (ValueError, KeyError, AttributeError, etree.XMLSyntaxError) as error:
        raise DataError(path.name, "不是能用作模板的 docx 文档", package.TEXT.expected) from error
    return Template(name=path.name, content=written.getvalue())


def _clean(whole) -> None:
    for key, relation in list(whole.rels.items()):
        if relation.reltype not in _OF_PACKAGE:
            del whole.rels[key]
    for part in list(whole.iter_parts()):
        gone = {
            key
            for key, relation in part.rels.items()
            if relation.is_external or relation.reltype.rpartition("/")[2] in _FOREIGN
        }
        for key in gone:
            del part.rels[key]
        if isinstance(part, XmlPart):
            _clean_part(part.element, gone)
        elif part.partname.endswith(".xml"):
            _clean_blob(part, gone)


def _clean_blob(part: Part, gone: set[str]) -> None:
    root = parse_xml(part.blob)
    _clean_part(root, gone)
    part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _clean_part(root, gone: set[str]) -> None:
    for element in list(root.iter(etree.Element)):
        for name, value in list(element.attrib.items()):
            if name.startswith(_RELATION) and value in gone:
                _cut(element, name)
                break
    for element in list(root.iter(qn("w:mailMerge"), qn("w:attachedTemplate"), qn("w:altChunk"))):
        _remove(element)
    for element in list(root.iter(qn("w:fldSimple"))):
        if not _is_of_itself(element.get(qn("w:instr"), "")):
            _unwrap(element)
    _still_fields(root)


def _cut(element, name: str) -> None:
    """Take away what led outside: a link keeps its words, a picture that lay elsewhere goes."""
    if element.tag == qn("w:hyperlink"):
        _unwrap(element)
    elif name.endswith("}link"):
        del element.attrib[name]
    else:
        _remove(element)


def _remove(element) -> None:
    if element.getparent() is not None:
        element.getparent().remove(element)


def _unwrap(element) -> None:
    for child in list(element):
        element.addprevious(child)
    _remove(element)


def _still_fields(root) -> None:
    """Leave of every field that is not of the document itself only what it shows; fields stand in one another."""
    open_fields: list[dict[str, Any]] = []
    for mark in list(root.iter(*_MARKS)):
        kind = mark.get(qn("w:fldCharType"))
        if kind == "begin":
            open_fields.append({"marks": [], "said": ""})
        if not open_fields:
            _remove(mark)
            continue
        open_fields[-1]["marks"].append(mark)
        if mark.tag == qn("w:instrText"):
            open_fields[-1]["said"] += mark.text or ""
        if kind == "end":
            field = open_fields.pop()
            if not _is_of_itself(field["said"]):
                for each in field["marks"]:
                    _remove(each)
    for field in open_fields:
        for each in field["marks"]:
            _remove(each)


def _is_of_itself(instruction: str) -> bool:
    words = instruction.split()
    within = len(words) > 1 and words[0].upper() == "HYPERLINK" and words[1] == "\\l"
    return within or (bool(words) and words[0].upper() in _FIELDS)
