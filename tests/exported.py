"""What the tests of exported documents share: the invented department, and one whose every text is an attack."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import invented
from docx import Document
from docx.oxml.ns import qn

from helpers.disclosure import disclosure
from helpers.disclosure.disclosure import Disclosure

HOSTILE = (
    "=1+1<script>alert(1)</script></style><w:p>&amp;]]>INCLUDETEXT x\u202e12.34\u2069【表 99】"
)
LONG = "长" * 10_000
_ALLOWED = re.compile(r"\s*(PAGE|PAGEREF _Toc\d{9} \\h)\s*")


def everything(data: Path) -> Disclosure:
    """Return the invented department that has all kinds of money."""
    invented.write_department(data)
    return disclosure.load(invented.DEPARTMENT, invented.YEAR, data)


def hostile(data: Path) -> Disclosure:
    """Return the same with attacks for texts: names, duties, reasons, glossary."""
    folder = everything(data).folder
    text = folder.profile.read_text(encoding="utf-8")
    quoted = "'" + HOSTILE.replace("'", "''") + "'"
    for word in (invented.NAME, invented.SHORT_NAME):
        text = text.replace(f": {word}", f": {quoted}")
    text = text.replace("虚构部门，仅供测试。", quoted[:-1] + LONG + "'").replace(
        "虚构部门，无下属单位。", "'=cmd|''/C calc''!A1'"
    )
    folder.profile.write_text(text, encoding="utf-8")
    return disclosure.load(folder.department, folder.year, folder.data)


def parts_of(content: bytes) -> dict[str, bytes]:
    """Return the parts of a package by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def refuse_what_reaches_out(content: bytes) -> None:
    """Fail where a docx runs something, holds something foreign, or leads outside."""
    parts = parts_of(content)
    assert [] == [n for n in parts if re.search("vba|activeX|embeddings|oleObject|attached", n)]
    assert [] == [n for n, part in parts.items() if b"External" in part and n.endswith(".rels")]
    document = Document(io.BytesIO(content))
    said = [i.text for i in document.element.iter(qn("w:instrText"))]
    assert [] == [text for text in said if not _ALLOWED.fullmatch(text)]
