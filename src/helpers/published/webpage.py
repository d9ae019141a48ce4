"""A published web page read: lines end at block elements only, so a number that stands in two spans stays one."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from helpers.basics.errors import DataError
from helpers.basics.notes import is_note
from helpers.published.flow import Flow
from helpers.published.grid import Document, Line
from helpers.published.spread import Spread, TooLarge

EXPECTED = "UTF-8 或 GBK 编码的网页"
DEEPEST = 60  # tables inside one another
_TAGS = (
    "address article aside blockquote body br center dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary ul caption"
)
_BLOCKS = frozenset(_TAGS.split())
_SILENT = frozenset(
    ("script", "style", "template", "noscript", "title", "textarea", "select", "svg")
)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.I)


def read(content: bytes, name: str) -> Document:
    """Return what a web page holds, navigation and footer too: what is none of the text, nobody can tell from here."""
    page = _Page(name)
    try:
        page.feed(_decoded(content, name))
        page.close()
        page.end()
    except TooLarge as error:
        raise DataError(name, str(error), EXPECTED) from error
    return Document(
        lines=tuple(
            Line(text=text, place=f"第 {number} 段")
            for number, text in enumerate(page.flow.lines, 1)
        ),
        grids=page.flow.grids,
    )


def _decoded(content: bytes, name: str) -> str:
    said = _CHARSET.search(content[:4096])
    named = said[1].decode("ascii").lower() if said else "utf-8"
    for encoding in ("utf-8-sig", "gb18030" if named.startswith("gb") else named, "gb18030"):
        try:
            return content.decode(encoding)
        except (UnicodeError, LookupError):  # some names of encodings only raise, such as undefined
            continue
    raise DataError(name, "不是 UTF-8 编码，也不是 GBK", EXPECTED)


class _Page(HTMLParser):
    """The page gone through once; tables inside tables are kept on a pile."""

    def __init__(self, name: str):
        super().__init__(convert_charrefs=True)
        self.flow, self._name = Flow(), name
        self._text: list[str] = []
        self._tables: list[Spread] = []
        self._cells: list[list[str] | None] = []  # the open cell of each open table
        self._silent = 0
        self._raised: int | None = None  # how many pieces of text stood before what is raised

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        if tag in _SILENT:
            self._silent += 1
        elif tag == "table":
            self.end_line()
            self._open()
        elif tag in ("tr", "td", "th") and self._tables:
            self.end_line()
            self._into_table(tag, dict(attrs))
        elif tag in _BLOCKS:
            self.end_line()
        elif tag == "sup":
            self._raised = len(self._text)

    def handle_endtag(self, tag: str) -> None:
        """End an element."""
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "table" and self._tables:
            self.end_line()
            self._close()
        elif tag in ("td", "th") and self._tables:
            self.end_line()
            self._cells[-1] = None
        elif tag in _BLOCKS:
            self.end_line()
        elif tag == "sup" and self._raised is not None:
            before, raised = self._text[: self._raised], self._text[self._raised :]
            if is_note("".join(raised), "".join(before)):
                del self._text[self._raised :]
            self._raised = None

    def handle_data(self, data: str) -> None:
        """Keep a piece of text."""
        if not self._silent:
            self._text.append(data)

    def end_line(self) -> None:
        """End the line that is being read."""
        text = re.sub(r"\s+", " ", "".join(self._text)).strip()
        self._text.clear()
        if text:
            self._write(text)

    def end(self) -> None:
        """End what the page left open."""
        self.end_line()
        while self._tables:
            self._close()

    def _write(self, text: str) -> None:
        cell = self._cells[-1] if self._cells else None
        if cell is None:
            self.flow.line(text)
        else:
            cell.append(text)

    def _open(self) -> None:
        if len(self._tables) == DEEPEST:
            raise DataError(self._name, f"表里套表超过 {DEEPEST} 层", EXPECTED)
        self._tables.append(Spread())
        self._cells.append(None)

    def _close(self) -> None:
        spread = self._tables.pop()
        self._cells.pop()
        if spread.is_frame:
            for text in spread.paragraphs:
                self._write(text)
        else:
            self.flow.table(spread)

    def _into_table(self, tag: str, attributes: dict[str, str | None]) -> None:
        if tag == "tr":
            self._tables[-1].row()
            self._cells[-1] = None
            return
        columns, rows = (_span(attributes.get(key)) for key in ("colspan", "rowspan"))
        self._cells[-1] = self._tables[-1].cell(columns, rows)


def _span(said: str | None) -> int:
    return int(said) if said and said.isascii() and said.isdecimal() and len(said) < 4 else 1
