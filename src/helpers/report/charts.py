"""The official charts drawn as inline SVG, every number from a table cell."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.basics.errors import DataError
from helpers.basics.model import Address, Profile
from helpers.disclosure.tables import Tables
from helpers.edition.charts import CHANGE, CONTRAST, STRUCTURE, Chart
from helpers.report.change import change
from helpers.report.contrast import contrast
from helpers.report.inline import inline
from helpers.report.quoted import Words
from helpers.report.sheet import Sheet, printable
from helpers.report.structure import structure

_DRAWN = {CHANGE: change, STRUCTURE: structure, CONTRAST: contrast}


@dataclass(frozen=True)
class Drawing:
    """A chart of one department-year: the picture, its words, and the cells that it shows."""

    number: str
    title: str
    svg: str
    alt: str
    cells: tuple[Address, ...]


@dataclass(frozen=True)
class Picture:
    """A chart of one department-year for a document: a PNG and its words."""

    number: str
    title: str
    png: bytes
    alt: str


def draw(chart: Chart, tables: Tables, year: int, decimals: int = 1, trim: bool = True) -> Drawing:
    """Return a chart drawn from table cells; percentages have `decimals` places, as in the text."""
    sheet, alt, cells = _laid(chart, tables, year, Words(decimals, trim))
    svg = inline(sheet.svg(), alt)
    return Drawing(chart.number, chart.title, svg, alt, cells)


def picture(chart: Chart, tables: Tables, profile: Profile) -> Picture:
    """Return a chart of a department as PNG; numbers are printed as its profile says."""
    words = Words(profile.decimals_of(chart.percent), profile.trim_zeros)
    sheet, alt, _ = _laid(chart, tables, profile.year, words)
    return Picture(chart.number, chart.title, sheet.png(), alt)


def _laid(
    chart: Chart, tables: Tables, year: int, words: Words
) -> tuple[Sheet, str, tuple[Address, ...]]:
    """Return the sheet with a chart on it, its words, and the cells that it shows."""
    sheet = Sheet()
    try:
        alt, cells = _DRAWN[chart.form](chart, tables, year, sheet, words)
    except KeyError as error:
        raise DataError(chart.place, f"取不到格：{error.args[0]}") from None
    alt = printable(f"{chart.number} {chart.title}：{alt}")
    return sheet, alt, tuple(dict.fromkeys(cells))
