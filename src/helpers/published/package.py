"""A zip package of XML parts looked through before any library opens it: a kilobyte of it can ask for all the memory there is."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from xml.parsers import expat

from helpers.basics.errors import DataError, shown
from helpers.published.tabs import Tabs

MOST_PARTS, MOST_OF_A_PART, MOST_IN_ALL = 2_000, 64 << 20, 200 << 20  # bytes inflated
LONGEST_TEXT = 32_767  # characters that a cell may have
MOST_TIMES, ORDINARY = (
    200,
    8 << 20,
)  # a part inflates so many times at most, where it is more than ordinary
MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 20_000, 1_000, 2_000_000
_PIECE = 1 << 18
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ROW = re.compile(r"[1-9]\d{0,6}", re.ASCII)
_COLUMN = re.compile("[A-Z]{1,3}")


@dataclass(frozen=True)
class Kind:
    """A kind of package: the part that makes it one, what it is called, and what should be laid there."""

    part: str
    called: str
    broken: str
    expected: str


WORKBOOK = Kind(
    part="xl/workbook.xml",
    called="xlsx 工作簿",
    broken="工作簿",
    expected="在 Excel 里另存的普通 xlsx",
)
OPEN_WORKBOOK = Kind(
    part="content.xml", called="ods 工作簿", broken="工作簿", expected="另存的普通 ods"
)
TEXT = Kind(
    part="word/document.xml",
    called="docx 文档",
    broken=" docx 文档",
    expected="在 Word 里另存的普通 docx",
)


def is_old(content: bytes) -> bool:
    """Return whether a file is of the old kind (xls, doc) or encrypted: both look alike from outside."""
    return content.startswith(_OLE)


def is_locked(content: bytes) -> bool:
    """Return whether a file is one of today's kinds that asks for a password."""
    return is_old(content) and "EncryptedPackage".encode("utf-16-le") in content


def look_through(content: bytes, name: str, kind: Kind = WORKBOOK) -> dict[str, str]:
    """Refuse a package that is none of its kind, or that would swell; return its sheets that have formulas.

    They are parts with the names of their sheets. `name` is how messages call the file.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return _look(parts, name, kind)
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
        expat.ExpatError,
        ValueError,
    ) as error:
        raise DataError(name, f"不是能读的{kind.broken}", kind.expected) from error


def _look(parts: zipfile.ZipFile, name: str, kind: Kind) -> dict[str, str]:
    entries, written = parts.infolist(), parts.namelist()
    if len(entries) > MOST_PARTS:
        raise DataError(name, f"里面有 {len(entries)} 个部件，超过 {MOST_PARTS}", kind.expected)
    if kind.part not in written:
        raise DataError(name, f"不是 {kind.called}", kind.expected)
    if len({one.lower() for one in written}) < len(written):
        raise DataError(name, "里面有两个同名的部件", kind.expected)
    inflated, cells, calculated, tabs = 0, 0, dict[str, str](), Tabs()
    for entry in sorted(entries, key=lambda entry: tabs.listener(entry.filename) is None):
        _named_well(entry, name, kind)
        part = _Part(entry, name, kind, tabs)
        for piece in _pieces(parts, entry):
            inflated += len(piece)
            if inflated > MOST_IN_ALL:
                raise DataError(name, f"展开后超过 {MOST_IN_ALL >> 20} MB", kind.expected)
            part.read(piece)
        part.end()
        cells += part.area
        if cells > MOST_CELLS:
            raise DataError(name, f"超过 {MOST_CELLS} 格", kind.expected)
        if part.has_formulas:
            calculated[entry.filename] = part.sheet or ""
    if kind is WORKBOOK:
        _refuse_lacking(tabs, written, name)
    return calculated


def _refuse_lacking(tabs: Tabs, parts: list[str], name: str) -> None:
    if not tabs:
        raise DataError(name, "里面没有工作表", WORKBOOK.expected)
    if lacking := tabs.lacking(parts):
        raise DataError(name, f"工作表「{shown(lacking[0])}」不在文件里", WORKBOOK.expected)


def _named_well(entry: zipfile.ZipInfo, name: str, kind: Kind) -> None:
    written = entry.filename
    if ".." in written or written.startswith("/") or "\\" in written:
        raise DataError(name, f"里面的部件名「{shown(written)}」不妥", kind.expected)
    if entry.flag_bits & 1:
        raise DataError(name, "加了密", "没有密码的文件")


def _pieces(parts: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    with parts.open(entry) as part:
        while piece := part.read(_PIECE):
            yield piece


class _Part:
    """One part while it is read: its size, and of a sheet how far its cells reach, whether some are calculated."""

    def __init__(self, entry: zipfile.ZipInfo, name: str, kind: Kind, tabs: Tabs):
        self.entry, self.name, self.size = entry, name, 0
        listener = tabs.listener(entry.filename)
        self.sheet = tabs.name(entry.filename) if kind is WORKBOOK and not listener else None
        self.expected = kind.expected
        self.rows, self.row, self.widest, self.cells = 0, "0", 0, 0
        self.letters: set[str] = set()
        self.has_formulas = False
        self.parser, self.text = None, 0
        if self.sheet is not None or entry.filename.lower().endswith((".xml", ".rels")):
            self.parser = expat.ParserCreate()
            self.parser.StartDoctypeDeclHandler = self._doctype
            if self.sheet is not None:
                self.parser.StartElementHandler = self._begin
            elif kind is WORKBOOK and "sharedstrings" in entry.filename.lower():
                self.parser.StartElementHandler = self._string
                self.parser.CharacterDataHandler = self._written
            elif kind is WORKBOOK:
                self.parser.StartElementHandler = listener

    @property
    def columns(self) -> int:
        return max(self.widest, self.cells, *map(_number, self.letters))

    @property
    def area(self) -> int:
        return self.rows * self.columns

    def read(self, piece: bytes) -> None:
        self.size += len(piece)
        swollen = self.size > ORDINARY and self.size > MOST_TIMES * max(1, self.entry.compress_size)
        if self.size > MOST_OF_A_PART or swollen:
            self._refuse(f"展开后有 {self.size >> 20} MB")
        if self.parser:
            self.parser.Parse(piece, False)
            self._reaches()

    def end(self) -> None:
        if self.parser:
            self.parser.Parse(b"", True)
            self._reaches()

    def _refuse(self, problem: str) -> None:
        part = shown(self.entry.filename)
        part = f" {part}" if self.sheet is None else f"工作表「{shown(self.sheet)}」"
        raise DataError(f"{self.name} 里的{part}", problem, self.expected)

    def _doctype(self, *_) -> None:
        self._refuse("有文档类型声明（DTD）")

    def _string(self, element: str, _attributes: dict[str, str]) -> None:
        if element.rpartition(":")[2] == "si":
            self.text = 0

    def _written(self, text: str) -> None:
        """Refuse a text that no cell can have: each cell that shares it would hold it anew."""
        self.text += len(text)
        if self.text > LONGEST_TEXT:
            self._refuse(f"一格有超过 {LONGEST_TEXT} 个字")

    def _begin(self, element: str, attributes: dict[str, str]) -> None:
        tag = element.rpartition(":")[2] if ":" in element else element
        if tag == "c":
            self.cells += 1
            place = attributes.get("r")
            if place and (letters := place.removesuffix(self.row)) not in self.letters:
                self._column(letters, place)
        elif tag == "row":
            self.widest = max(self.widest, self.cells)
            self._row(attributes.get("r") or str(int(self.row) + 1))
        elif tag == "f":
            self.has_formulas = True

    def _row(self, number: str) -> None:
        if not _ROW.fullmatch(number):
            self._refuse(f"行号「{shown(number)}」不对")
        self.row, self.rows, self.cells = number, max(self.rows, int(number)), 0

    def _column(self, letters: str, place: str) -> None:
        """Keep the letters of a cell's column: they are few, and counted at the end of a piece."""
        if not _COLUMN.fullmatch(letters):
            self._refuse(f"格的位置「{shown(place)}」不对")
        self.letters.add(letters)

    def _reaches(self) -> None:
        if self.rows > MOST_ROWS or self.columns > MOST_COLUMNS:
            self._refuse(
                f"有 {self.rows} 行 {self.columns} 列，超过 {MOST_ROWS} 行 {MOST_COLUMNS} 列"
            )


def _number(letters: str) -> int:
    """Return the number of a column by its letters.

    >>> _number("A"), _number("XFD")
    (1, 16384)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
