"""Hostile tables.xlsx and tables.xls."""

from __future__ import annotations

import random
import struct
from collections.abc import Iterator
from pathlib import Path

from hostile.books import (
    _HEAD,
    _MAIN,
    _OFFICE,
    _TITLE,
    BOMB,
    ROW,
    STRINGS,
    _related,
    archive,
    book,
    cell,
    flagged,
    number,
    old_book,
    ole,
    record,
    sheet,
    sized,
    swollen,
)
from hostile.inputs import BIDI, BOOK, EITHER, OLD_BOOK, REFUSED, Input, Spoil
from hostile.of_sheets import _sheets, _titled
from hostile.spoiling import NO_FILES, added, gone, no_files, put


def workbooks() -> Iterator[Input]:
    """Yield the inputs with a hostile published workbook."""
    whole: dict = {
        **_sheets(),
        "empty": b"",
        "not-a-zip": b"hello",
        "random": lambda: random.Random(8).randbytes(100_000),
        "an-empty-zip": archive([]),
        "evil-names": archive(["../evil", "/etc/evil", "a\\..\\b"]),
        "10000-entries": lambda: archive(f"xl/worksheets/sheet{n}.xml" for n in range(10_000)),
        "evil-target": lambda: book(more={"../../evil": b"x"}),
        "encrypted": lambda: flagged(book()),
        "said-sizes": lambda: sized(book(), 0xFFFFFFF0),
        "said-nothing": lambda: sized(book(), 0),
        "a-document": lambda: archive(["word/document.xml", "[Content_Types].xml"]),
        "an-old-one": lambda: old_book(number(0, 0)),
        "no-workbook-part": lambda: book(more={"xl/workbook.xml": b""}),
        "no-sheets": lambda: book({}),
        "entity-bomb-in-strings": lambda: book(
            {"01": sheet('<row r="1">' + cell("A1", "0", "s") + "</row>")},
            strings=STRINGS.replace("<sst", BOMB + "<sst") + "&a9;</t></si></sst>",
        ),
        "entity-bomb-in-workbook": lambda: book({"&a9;": sheet()}, doctype=BOMB),
        "hidden": lambda: book(state=' state="veryHidden"'),
        "markup-name": lambda: book({"&lt;script&gt;": sheet()}),
        "unseen-name": lambda: book(
            {f"01{BIDI}&#x9b;31m": sheet("<row><c t='str'><v>1</v></c></row>")}
        ),
        "long-name": lambda: book({"01" + "长" * 100_000: sheet()}),
        "3000-sheets": lambda: book({f"s{n}": sheet() for n in range(3000)}),
        "same-sheet-names": lambda: book(
            workbook=_HEAD
            + f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
            + '<sheet name="01" sheetId="1" r:id="rId1"/>' * 70
            + "</sheets></workbook>"
        ),
        "relation-outside": lambda: book(
            more=_related("file:///etc/passwd", ' TargetMode="External"')
        ),
        "relation-up": lambda: book(more=_related("../../../../etc/passwd")),
        "external-links": lambda: book(
            more={"xl/externalLinks/externalLink1.xml": f'<externalLink xmlns="{_MAIN}"/>'}
        ),
        "a-million-rows": lambda: book(
            {
                "01": swollen(
                    sheet().partition("</sheetData>")[0], ROW, 1_000_000, "</sheetData></worksheet>"
                )
            }
        ),
        "ten-million-rows": lambda: book(
            {
                "01": swollen(
                    sheet().partition("</sheetData>")[0],
                    ROW,
                    10_000_000,
                    "</sheetData></worksheet>",
                )
            }
        ),
        "spaces-of-a-gigabyte": lambda: book(
            {
                "01": swollen(
                    sheet().partition("</sheetData>")[0],
                    " ",
                    1_000_000_000,
                    "</sheetData></worksheet>",
                )
            }
        ),
        "comment-of-400-mb": lambda: book(
            {"01": swollen(f"{_HEAD}<!--", "a", 400_000_000, "-->" + sheet().removeprefix(_HEAD))}
        ),
        "a-string-of-400-mb": lambda: book(
            {"01": sheet('<row r="1">' + cell("A1", "0", "s") + "</row>")},
            strings=" ",
            more={"xl/sharedStrings.xml": swollen(STRINGS, "a", 400_000_000, "</t></si></sst>")},
        ),
        "a-string-of-900-mb": lambda: book(
            {"01": sheet('<row r="1">' + cell("A1", "0", "s") * 9 + "</row>")},
            strings=" ",
            more={"xl/sharedStrings.xml": swollen(STRINGS, "a", 900_000_000, "</t></si></sst>")},
        ),
        "a-string-of-4-mb-400-times": lambda: book(
            {
                "01": sheet(
                    "".join(f'<row r="{n}">{cell(f"A{n}", "0", "s")}</row>' for n in range(1, 400))
                )
            },
            strings=" ",
            more={"xl/sharedStrings.xml": swollen(STRINGS, "a", 4_000_000, "</t></si></sst>")},
        ),
        "ten-million-strings": lambda: book(
            strings=" ",
            more={
                "xl/sharedStrings.xml": swollen(
                    STRINGS + "a</t></si>", "<si><t>a</t></si>", 10_000_000, "</sst>"
                )
            },
        ),
        "inline-of-200-mb": lambda: book(
            {
                "01": swollen(
                    sheet("").partition("</sheetData>")[0] + '<row><c t="str"><v>',
                    "a",
                    200_000_000,
                    "</v></c></row></sheetData></worksheet>",
                )
            }
        ),
        "5000-rows-of-400": lambda: book({"01": sheet(_titled(4990, 400))}),
        "60-sheets-of-5000-rows": lambda: book(
            {f"s{n}": sheet(_titled(4990, 10)) for n in range(60)}
        ),
        "labels-of-60000": lambda: book(
            {
                "01": sheet(
                    _TITLE
                    + "".join(
                        f'<row><c t="str"><v>{"长" * 60_000}</v></c><c><v>1</v></c></row>'
                        for _ in range(100)
                    )
                )
            }
        ),
    }
    for name, content in whole.items():
        yield Input(f"book-{name}", put(BOOK, content), EITHER, BOOK)
    yield Input(
        "book-truncated",
        lambda place: (place / BOOK).write_bytes((place / BOOK).read_bytes()[:20_000]) and None,
        REFUSED,
        BOOK,
    )
    yield Input(
        "book-bits-flipped",
        lambda place: (place / BOOK).write_bytes(_flipped((place / BOOK).read_bytes())) and None,
        EITHER,
        BOOK,
    )
    yield Input(
        "book-garbage-before",
        lambda place: (
            (place / BOOK).write_bytes(bytes(5000) + (place / BOOK).read_bytes()) and None
        ),
        EITHER,
        BOOK,
    )
    yield Input("book-garbage-after", added(BOOK, bytes(100_000)), EITHER, BOOK)
    yield Input("book-of-25-mb", added(BOOK, lambda: bytes(25_000_000)), REFUSED, BOOK)
    yield from no_files("book", BOOK, [n for n in NO_FILES if n != "is-gone"])
    old: dict = {
        "random": lambda: random.Random(9).randbytes(50_000),
        "empty": b"",
        "header-alone": ole(b"")[:512],
        "header-and-garbage": lambda: ole(b"")[:512] + random.Random(10).randbytes(5000),
        "stream-of-garbage": lambda: ole(random.Random(11).randbytes(20_000)),
        "another-stream": ole(b"hello", "WordDocument"),
        "truncated": old_book(number(0, 0))[:1500],
        "good": old_book(number(0, 0)),
        "length-beyond": old_book(record(0x203, b"\0" * 14, 0xFFFF)),
        "length-zero": old_book(record(0x203, b"", 0)),
        "no-end": old_book(number(0, 0), end=False),
        "dimensions-all": old_book(
            record(0x200, struct.pack("<IIHHH", 0, 65536, 0, 256, 0)), number(65535, 255)
        ),
        "dimensions-beyond": old_book(
            record(0x200, struct.pack("<IIHHH", 0, 0xFFFFFFFF, 0, 0xFFFF, 0)), number(0, 0)
        ),
        "corners": old_book(number(0, 0), number(65535, 65535)),
        "dimensions-short": old_book(record(0x200, b"\0")),
        "sheet-beyond": old_book(number(0, 0), start=0xFFFFFFF0),
        "sheet-is-itself": old_book(number(0, 0), start=0),
        "not-a-number": old_book(number(0, 0, float("nan")), number(0, 1, float("inf"))),
        "strings-beyond": old_book(record(0xFC, struct.pack("<II", 0xFFFFFFFF, 0xFFFFFFFF))),
        "string-index-beyond": old_book(record(0xFD, struct.pack("<HHHI", 0, 0, 0, 0xFFFFFFFF))),
        "formula-garbage": old_book(record(0x06, random.Random(12).randbytes(40))),
        "many-numbers": old_book(
            record(0xBD, struct.pack("<HH", 0, 0) + bytes(6) * 300 + struct.pack("<H", 0xFFFF))
        ),
        "unseen-name": old_book(number(0, 0), name="\x1b[31m"),
        "a-new-one": lambda: book(),
        "chain-loops": lambda: _looping(old_book(number(0, 0))),
        "sectors-of-2-to-the-60": lambda: ole(b"")[:30] + struct.pack("<H", 60) + ole(b"")[32:],
        "code-page-unknown": old_book(record(0x42, struct.pack("<H", 0x7777)), number(0, 0)),
        "encrypted": old_book(record(0x2F, b"\1\0\1\0" + bytes(48)), number(0, 0)),
    }
    for name, content in old.items():
        yield Input(f"old-book-{name}", _only_old(content), EITHER, OLD_BOOK)
    for name in (
        "is-a-folder",
        "is-a-pipe",
        "is-sparse",
        "is-dev-zero",
        "is-dev-urandom",
        "is-its-own-link",
    ):
        yield Input(
            f"old-book-{name}",
            lambda place, s=NO_FILES[name](OLD_BOOK): (gone(BOOK)(place), s(place)) and None,
            REFUSED,
            OLD_BOOK,
        )


def _only_old(content) -> Spoil:
    def spoil(place: Path) -> None:
        gone(BOOK)(place)
        put(OLD_BOOK, content)(place)

    return spoil


def _flipped(raw: bytes) -> bytes:
    chance, changed = random.Random(13), bytearray(raw)
    for _ in range(200):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _looping(raw: bytes) -> bytes:
    """Return a compound file whose chain of sectors has no end."""
    return raw[: 512 + 8] + struct.pack("<I", 2) + raw[512 + 12 :]
