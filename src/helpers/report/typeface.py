"""The report's typeface: Noto Sans SC with only the characters that a page shows, carried inside the page."""

from __future__ import annotations

import base64
import io
from array import array
from functools import cache

from helpers.report.sheet import FONT_FILE

FAMILY = "Report Sans"
EM = 151  # units of a letter's height; the source has 1000. At 64 pixels no eye tells them apart, and a quarter is saved
_NOTDEF = ".notdef"
# Of a point's flags. The source marks some points of ▼▽◆◇ with another that browsers allow on a glyph's first point
# alone: with one such glyph they would refuse the whole typeface.
_ON_CURVE = 1


def face(text: str) -> str:
    """Return the CSS that carries the typeface with the characters of a text."""
    data = base64.b64encode(subset(frozenset(text))).decode()
    return (
        f'@font-face{{font-family:"{FAMILY}";src:url(data:font/woff;base64,{data}) format("woff")}}'
    )


def subset(characters: frozenset[str]) -> bytes:
    """Return a WOFF font with these characters; one that the source lacks is left to the reader's own fonts.

    The source is opened, and an outline is scaled, once in a process: a second report costs a third of the
    first, where fontTools' own subsetter reads all of the source's 30,898 outlines for each.
    """
    from fontTools.fontBuilder import FontBuilder
    from fontTools.ttLib import newTable

    source = _source()
    head, across, os2 = source["head"], source["hhea"], source["OS/2"]
    known = source.getBestCmap()
    chosen = {ord(c): known[ord(c)] for c in sorted(characters) if ord(c) in known}
    names = [_NOTDEF, *dict.fromkeys(chosen.values())]
    made = FontBuilder(EM, isTTF=True)
    made.font.recalcBBoxes = made.font.recalcTimestamp = False
    made.setupGlyphOrder(names)
    made.setupCharacterMap(chosen)
    made.font["loca"], made.font["glyf"] = newTable("loca"), newTable("glyf")
    made.font["glyf"].glyphs, made.font["glyf"].glyphOrder = {n: _outline(n) for n in names}, names
    widths = {n: _wide(n) for n in names}
    made.setupHorizontalMetrics(widths)
    made.setupHorizontalHeader(
        ascent=_scaled(across.ascent),
        descent=_scaled(across.descent),
        advanceWidthMax=max(width for width, _ in widths.values()),
    )
    made.setupOS2(
        **{
            side: _scaled(getattr(os2, side))
            for side in ("sTypoAscender", "sTypoDescender", "usWinAscent", "usWinDescent")
        }
    )
    made.setupPost(keepGlyphNames=False)
    made.setupNameTable({"familyName": FAMILY, "styleName": "Regular"})
    made.setupMaxp()
    made.font["maxp"].maxPoints, made.font["maxp"].maxContours = (
        source["maxp"].maxPoints,
        source["maxp"].maxContours,
    )
    made.updateHead(
        created=head.created,
        modified=head.created,
        **{side: _scaled(getattr(head, side)) for side in ("xMin", "yMin", "xMax", "yMax")},
    )
    made.font.flavor, out = "woff", io.BytesIO()
    made.font.save(out, reorderTables=None)  # in another order everything would be packed twice
    return out.getvalue()


@cache
def _source():
    from fontTools.ttLib import TTFont

    # From memory: processes that were forked read an open file at a place that they share.
    source = TTFont(io.BytesIO(FONT_FILE.read_bytes()), lazy=True)
    numbered = map(str, range(1, source["maxp"].numGlyphs))
    source.setGlyphOrder([_NOTDEF, *numbered])  # else it makes 30,898 names, of which none is kept
    return source


def _scaled(units: int) -> int:
    whole = _source()["head"].unitsPerEm
    return (2 * units * EM + whole) // (2 * whole)


@cache
def _wide(name: str) -> tuple[int, ...]:
    return tuple(map(_scaled, _source()["hmtx"][name]))


def outlines(characters: frozenset[str]) -> dict[str, bytes]:
    """Return the outlines of some characters by their glyphs, as another process may make them: `know` takes them."""
    known = _source().getBestCmap()
    names = {_NOTDEF, *(known[ord(c)] for c in characters if ord(c) in known)}
    return {name: _scaled_outline(name) for name in names}


def know(made: dict[str, bytes]) -> None:
    """Take outlines that were made elsewhere, and read the tables of the source, which every process needs."""
    _outlines.update(made)
    for table in ("cmap", "glyf", "hmtx", "OS/2"):
        _source()[table]


_outlines: dict[str, bytes] = {}  # by the glyph


def _outline(name: str):
    """Return a glyph on the coarser grid, ready to be written."""
    from fontTools.ttLib.tables._g_l_y_f import Glyph

    if name not in _outlines:
        _outlines[name] = _scaled_outline(name)
    return Glyph(_outlines[name])


def _scaled_outline(name: str) -> bytes:
    from fontTools.ttLib.tables._g_l_y_f import Glyph
    from fontTools.ttLib.tables.ttProgram import Program

    table, glyph = _source()["glyf"], Glyph()
    places, glyph.endPtsOfContours, glyph.flags = table[name].getCoordinates(table)
    glyph.flags[1:] = array("B", (flag & _ON_CURVE for flag in glyph.flags[1:]))
    glyph.numberOfContours = len(glyph.endPtsOfContours)
    if not glyph.numberOfContours:
        return b""
    glyph.coordinates = places.copy()
    glyph.coordinates.scale((EM / _source()["head"].unitsPerEm,) * 2)
    glyph.program = Program()
    glyph.program.fromBytecode(b"")
    return glyph.compile(table)
