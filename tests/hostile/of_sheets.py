"""Sheets that swell, lie about where their cells are, or are none."""

from __future__ import annotations

import random
from collections.abc import Callable

from hostile.books import (
    _HEAD,
    _MAIN,
    _TITLE,
    BOMB,
    CORNER,
    FAR,
    OUTSIDE,
    _related,
    book,
    cell,
    sheet,
)
from hostile.inputs import BIDI


def _sheets() -> dict[str, Callable[[], bytes]]:
    """Return workbooks of one sheet by their names."""
    made = {
        "two-corners": sheet(CORNER + FAR),
        "two-corners-and-dimension": sheet(CORNER + FAR, "A1:XFD1048576"),
        "dimension-alone": sheet(dimension="A1:XFD1048576"),
        "dimension-wrong": sheet(dimension="ZZZZZ99999999999:A0"),
        "dimension-empty": sheet(dimension=" "),
        "far-row": sheet(CORNER + '<row r="1048576">' + cell("A1048576", "1") + "</row>"),
        "far-column": sheet('<row r="1">' + cell("A1", "1") + cell("XFD1", "1") + "</row>"),
        "far-square": sheet(CORNER + '<row r="60000">' + cell("BZZ60000", "1") + "</row>"),
        "row-5000": sheet(CORNER + '<row r="5000">' + cell("XFD5000", "1") + "</row>"),
        "row-zero": sheet('<row r="0">' + cell("A0", "1") + "</row>"),
        "row-beyond": sheet('<row r="4294967297">' + cell("A4294967297", "1") + "</row>"),
        "row-minus": sheet('<row r="-1">' + cell("A-1", "1") + "</row>"),
        "row-of-300-digits": sheet('<row r="1">' + cell("A" + "9" * 300, "1") + "</row>"),
        "column-beyond": sheet('<row r="1">' + cell("ZZZZZ1", "1") + "</row>"),
        "column-of-300": sheet('<row r="1">' + cell("Z" * 300 + "1", "1") + "</row>"),
        "place-empty": sheet('<row r="1">' + cell("", "1") + "</row>"),
        "place-unseen": sheet('<row r="1">' + cell("甲1", "1") + "</row>"),
        "rows-backwards": sheet(
            '<row r="9">' + cell("A9", "1") + '</row><row r="1">' + cell("A1", "2") + "</row>"
        ),
        "same-place-twice": sheet('<row r="1">' + cell("A1", "1") + cell("A1", "2") + "</row>"),
        "number-of-400-digits": sheet(CORNER + '<row r="2">' + cell("A2", "9" * 400) + "</row>"),
        "not-a-number": sheet(
            CORNER
            + '<row r="2">'
            + cell("A2", "NaN")
            + cell("B2", "inf")
            + cell("C2", "-inf")
            + "</row>"
        ),
        "exponents": sheet(
            CORNER
            + '<row r="2">'
            + cell("A2", "1e308")
            + cell("B2", "1e-308")
            + cell("C2", "1e999")
            + "</row>"
        ),
        "date-beyond": sheet(CORNER + '<row r="2">' + cell("A2", "99999999-99-99", "d") + "</row>"),
        "string-beyond": sheet(CORNER + '<row r="2">' + cell("A2", "4294967295", "s") + "</row>"),
        "string-minus": sheet('<row r="1">' + cell("A1", "-1", "s") + "</row>"),
        "kind-unknown": sheet('<row r="1">' + cell("A1", "1", "zz") + "</row>"),
        "error-cell": sheet(
            CORNER + '<row r="2">' + cell("A2", "#REF!", "e") + cell("B2", "#WAT?", "e") + "</row>"
        ),
        "bool-cell": sheet('<row r="1">' + cell("A1", "7", "b") + "</row>"),
        "merged-all": sheet(
            after='<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        ),
        "merged-100000": sheet(
            after="<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 100_000 + "</mergeCells>"
        ),
        "entity-bomb": sheet("<row><c t='str'><v>&a9;</v></c></row>", doctype=BOMB),
        "entity-outside": sheet("<row><c t='str'><v>&a;</v></c></row>", doctype=OUTSIDE),
        "not-closed": f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData><row r="1"><c r="A1">',
        "empty-part": "",
        "deep": f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>' + "<row>" * 100_000,
        "not-xml": "hello",
        "utf-16": sheet().encode("utf-16"),
        "random-part": random.Random(7).randbytes(10_000),
        "unseen": sheet(
            f'<row r="1"><c r="A1" t="inlineStr"><is><t>收入支出决算总表{BIDI}\x9b</t></is></c></row>'
        ),
        "formula": sheet(CORNER + '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c></row>'),
        "markup": sheet(_TITLE.replace("</t>", "&lt;script&gt;alert(1)&lt;/script&gt;</t>")),
        "shared-formulas": sheet(
            '<row r="1">'
            + '<c r="A1"><f t="shared" si="0" ref="A1:XFD1048576">A1</f><v>1</v></c>'
            + "</row>"
        ),
    }
    renamed = {
        "renamed-two-corners": sheet(CORNER + FAR),
        "renamed-far-row": sheet(CORNER + '<row r="1048576">' + cell("BZ1048576", "1") + "</row>"),
        "renamed-formula": sheet(CORNER + '<row r="2"><c r="A2"><f>1+1</f></c></row>'),
    }
    return {name: lambda xml=xml: book({"01": xml}) for name, xml in made.items()} | {
        name: lambda xml=xml: book(more={**_related("tabs/a1.xml"), "xl/tabs/a1.xml": xml})
        for name, xml in renamed.items()
    }


def _titled(rows: int, columns: int) -> str:
    """Return the rows of the first form's title and then so many figures."""
    line = "".join(
        '<c t="str"><v>一般公共预算财政拨款收入</v></c>' if not n % 2 else "<c><v>1.5</v></c>"
        for n in range(columns)
    )
    return _TITLE + f"<row>{line}</row>" * rows
