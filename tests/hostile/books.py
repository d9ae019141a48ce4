"""Workbooks made by hand, part by part, and old ones record by record."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Iterator

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_RELATIONS = f"{_PACKAGE}/relationships"
_TYPE = "application/vnd.openxmlformats"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TITLE = '<row r="1"><c r="A1" t="inlineStr"><is><t>收入支出决算总表</t></is></c></row>'
BOMB = (
    "<!DOCTYPE x [<!ENTITY a0 'ha'>"
    + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
    + "]>"
)
OUTSIDE = "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"


def sheet(
    rows: str = _TITLE, dimension: str = "", before: str = "", after: str = "", doctype: str = ""
) -> str:
    """Return the XML of one sheet."""
    said = f'<dimension ref="{dimension}"/>' if dimension else ""
    return f'{_HEAD}{doctype}<worksheet xmlns="{_MAIN}">{said}{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def cell(place: str, value: str, kind: str = "") -> str:
    """Return the XML of one cell."""
    typed = f' t="{kind}"' if kind else ""
    return f'<c r="{place}"{typed}><v>{value}</v></c>'


def _override(part: str, kind: str) -> str:
    """Return the line of the list of parts that says what a part is."""
    return f'<Override PartName="/xl/{part}.xml" ContentType="{_TYPE}-officedocument.spreadsheetml.{kind}+xml"/>'


def _related(target: str, more: str = "") -> dict[str, str]:
    """Return the part that says where the first sheet is."""
    said = f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="{target}"{more}/>'
    return {
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELATIONS}">{said}</Relationships>'
    }


def book(
    sheets: dict[str, str] | None = None,
    strings: str = "",
    workbook: str = "",
    more: dict | None = None,
    doctype: str = "",
    state: str = "",
) -> bytes:
    """Return an xlsx file of the fewest parts; what is in `more` is put in as it is, or in its place."""
    sheets = {"01": sheet()} if sheets is None else sheets
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"{state}/>'
        for n, name in enumerate(sheets, 1)
    )
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    if strings:
        related += (
            f'<Relationship Id="rId{len(sheets) + 1}" Type="{_OFFICE}/sharedStrings" '
            'Target="sharedStrings.xml"/>'
        )
    overrides = "".join(
        _override(f"worksheets/sheet{n}", "worksheet") for n in range(1, len(sheets) + 1)
    )
    parts: dict = {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{_TYPE}-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f"{_override('workbook', 'sheet.main')}{overrides}</Types>",
        "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": workbook
        or f'{_HEAD}{doctype}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{_HEAD}<Relationships xmlns="{_RELATIONS}">{related}</Relationships>',
        **{f"xl/worksheets/sheet{n}.xml": content for n, content in enumerate(sheets.values(), 1)},
        **({"xl/sharedStrings.xml": strings} if strings else {}),
        **(more or {}),
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            with archive.open(name, "w", force_zip64=False) as part:
                for piece in [content] if isinstance(content, (str, bytes)) else content:
                    part.write(
                        piece.encode("utf-8", "surrogatepass") if isinstance(piece, str) else piece
                    )
    return made.getvalue()


def swollen(before: str, piece: str, times: int, after: str) -> Iterator[str]:
    """Yield the pieces of a part that is small only while it is packed."""
    many = piece * (1_000_000 // len(piece))
    yield before
    for _ in range(times * len(piece) // len(many)):
        yield many
    yield after


def flagged(raw: bytes) -> bytes:
    """Return a zip whose entries all say that they are encrypted."""
    changed = bytearray(raw)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        for found in re.finditer(re.escape(mark), raw):
            changed[found.start() + at] |= 1
    return bytes(changed)


def archive(names) -> bytes:
    """Return a zip of empty entries."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name in names:
            packed.writestr(name, b"")
    return made.getvalue()


def sized(raw: bytes, size: int) -> bytes:
    """Return a zip whose directory says that every entry unpacks to so many bytes."""
    changed = bytearray(raw)
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        for found in re.finditer(re.escape(mark), raw):
            changed[found.start() + at : found.start() + at + 4] = struct.pack("<I", size)
    return bytes(changed)


def ole(stream: bytes, name: str = "Workbook") -> bytes:
    """Return a compound file, as old office programs wrote them, with one stream."""
    stream += bytes(-len(stream) % 512)
    stream += bytes(max(0, 4096 - len(stream)))
    count = len(stream) // 512
    table = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, count + 2), 0xFFFFFFFE]
    table += [0xFFFFFFFF] * (128 - len(table))

    def entry(called: str, kind: int, child: int, start: int, size: int) -> bytes:
        letters = called.encode("utf-16-le") + b"\0\0"
        return (
            letters.ljust(64, b"\0")
            + struct.pack("<HBBIII", len(letters), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
            + bytes(36)
            + struct.pack("<IQ", start, size)
        )

    head = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        + bytes(6)
        + struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
        + struct.pack("<I", 0)
        + b"\xff" * 432
    )
    entries = (
        entry("Root Entry", 5, 1, 0xFFFFFFFE, 0)
        + entry(name, 2, 0xFFFFFFFF, 2, len(stream))
        + bytes(256)
    )
    return head + struct.pack("<128I", *table) + entries + stream


def record(kind: int, content: bytes = b"", length: int | None = None) -> bytes:
    """Return one record of an old workbook; `length` is what it says of itself."""
    return struct.pack("<HH", kind, len(content) if length is None else length) + content


def old_book(
    *records: bytes, name: str = "01", start: int | None = None, end: bool = True
) -> bytes:
    """Return an xls file with one sheet of these records."""
    opened = struct.pack("<HHHHII", 0x600, 5, 0, 0x7CC, 0, 6)
    said = bytes([len(name), 0]) + name.encode("latin-1")
    globals_ = record(0x809, opened)
    at = len(globals_) + 4 + 6 + len(said) + 4
    globals_ += record(0x85, struct.pack("<IH", at if start is None else start, 0) + said) + record(
        0x0A
    )
    body = (
        record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0x7CC, 0, 6))
        + b"".join(records)
        + (record(0x0A) if end else b"")
    )
    return ole(globals_ + body)


def number(r: int, c: int, value: float = 1.0) -> bytes:
    """Return the record of a cell with a number."""
    return record(0x203, struct.pack("<HHHd", r, c, 0, value))


CORNER, FAR = _TITLE, '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
STRINGS = f'{_HEAD}<sst xmlns="{_MAIN}" count="1" uniqueCount="1"><si><t>'
ROW = '<row><c t="str"><v>1</v></c></row>'
