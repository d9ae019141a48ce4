"""A published file of any kind read into lines and grids: looked through where it can be, opened apart where it cannot."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from helpers.basics import apart
from helpers.basics.errors import DataError, shown
from helpers.basics.filetext import bytes_of, text_of
from helpers.basics.paths import LARGEST
from helpers.published import office, package, sheets
from helpers.published.grid import Document, Line

LARGEST_TEXT = 500_000  # bytes of a text file
OLD_TEXT = (".doc", ".wps")
KINDS = (".xlsx", ".xls", ".ods", ".docx", ".pdf", ".html", ".htm", ".txt", *OLD_TEXT)


def read(path: Path, name: str) -> Document:
    """Return what a published file holds. `name` is how messages call it; one that cannot be read is refused by it."""
    suffix = path.suffix.lower()
    if suffix == ".txt":
        return _text(text_of(path, name, LARGEST_TEXT))
    if suffix not in KINDS:
        raise DataError(
            name, f"不认识的文件种类「{shown(suffix)}」", "、".join(k[1:] for k in KINDS)
        )
    return _read(bytes_of(path, name, LARGEST), name, suffix)


def _text(text: str) -> Document:
    return Document(
        lines=tuple(
            Line(text=line, place=f"第 {number} 行")
            for number, line in enumerate(text.split("\n"), 1)
        )
    )


@lru_cache(maxsize=2)  # a document that holds both text and tables is asked for both
def _read(content: bytes, name: str, suffix: str) -> Document:
    if package.is_locked(content):
        raise DataError(name, "加了密码", "没有密码的文件")
    if suffix in OLD_TEXT and not content.startswith(b"PK"):
        content, suffix = office.turned(content, name, suffix), ".docx"
    return _READERS[suffix](content, name)


def _workbook(content: bytes, name: str) -> Document:
    """Return a workbook by what it is: an old one may be called xlsx, and a new one xls."""
    if package.is_old(content):
        return _apart("sheets", content, name, package.WORKBOOK.expected)
    calculated = package.look_through(content, name)
    sheets.refuse_uncalculated(content, name, calculated)
    return sheets.read(content, name)


def _open_workbook(content: bytes, name: str) -> Document:
    package.look_through(content, name, package.OPEN_WORKBOOK)
    return _apart("sheets", content, name, package.OPEN_WORKBOOK.expected)


def _docx(content: bytes, name: str) -> Document:
    package.look_through(content, name, package.TEXT)
    return _apart("word", content, name, package.TEXT.expected)


def _pdf(content: bytes, name: str) -> Document:
    return _apart("pages", content, name, "由 Word、Excel 导出的 PDF")


def _html(content: bytes, name: str) -> Document:
    return _apart("webpage", content, name, "UTF-8 或 GBK 编码的网页")


_READERS = {
    ".xlsx": _workbook,
    ".xls": _workbook,
    ".ods": _open_workbook,
    ".docx": _docx,
    ".doc": _docx,
    ".wps": _docx,
    ".pdf": _pdf,
    ".html": _html,
    ".htm": _html,
}


def _apart(room: str, content: bytes, name: str, expected: str) -> Document:
    return Document.of(apart.call(f"helpers.published.{room}:read", content, name, expected))
