"""A published file of any kind read into lines and grids: looked through where it can be, opened apart where it cannot."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from helpers.basics import apart
from helpers.basics.errors import DataError, shown
from helpers.basics.filetext import bytes_of, text_of
from helpers.basics.paths import LARGEST
from helpers.published import office, package, sheets
from helpers.published.grid import Document, Line

LARGEST_TEXT = 500_000  # bytes of a text file
OLD_TEXT = (".doc", ".wps")
KINDS = (".xlsx", ".xls", ".ods", ".docx", ".pdf", ".html", ".htm", ".txt", *OLD_TEXT)


class _Apart(NamedTuple):
    """What reads a kind of file in a process of its own, what that should be, and of which kind a package is."""

    room: str
    expected: str
    kind: package.Kind | None = None


_WEBPAGE = _Apart("webpage", "UTF-8 或 GBK 编码的网页")
_APART = {
    ".ods": _Apart("sheets", package.OPEN_WORKBOOK.expected, package.OPEN_WORKBOOK),
    ".docx": _Apart("word", package.TEXT.expected, package.TEXT),
    ".pdf": _Apart("pages", "由 Word、Excel 导出的 PDF"),
    ".html": _WEBPAGE,
    ".htm": _WEBPAGE,
}


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
        content = office.turned(content, name, suffix)
    way = _APART.get(".docx" if suffix in OLD_TEXT else suffix)
    if way is None:
        return _workbook(content, name)
    if way.kind:
        package.look_through(content, name, way.kind)
    return _apart(way.room, content, name, way.expected)


def get_ready(files: Iterable[Path]) -> None:
    """Load what some files are read apart with, once for all copies of this process."""
    for suffix in {file.suffix.lower() for file in files} & _APART.keys():
        import_module(_module(_APART[suffix].room))


def _workbook(content: bytes, name: str) -> Document:
    """Return a workbook by what it is: an old one may be called xlsx, and a new one xls."""
    if package.is_old(content):
        return _apart("sheets", content, name, package.WORKBOOK.expected)
    calculated = package.look_through(content, name)
    sheets.refuse_uncalculated(content, name, calculated)
    return sheets.read(content, name)


def _apart(room: str, content: bytes, name: str, expected: str) -> Document:
    return Document.of(apart.call(f"{_module(room)}:read", content, name, expected))


def _module(room: str) -> str:
    return f"helpers.published.{room}"
