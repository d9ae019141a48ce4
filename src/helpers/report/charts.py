"""The official charts drawn as inline SVG, every number from a table cell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from helpers.basics import money
from helpers.basics.errors import DataError
from helpers.basics.model import LAST_YEAR, Address, Profile
from helpers.basics.money import Amount
from helpers.disclosure.tables import Tables
from helpers.edition.charts import LENGTH, Chart, Parts
from helpers.edition.formula import Term
from helpers.report.sheet import (
    BEFORE,
    COLUMN,
    HAIR,
    LEFT,
    MIDDLES,
    NOW,
    RIGHT,
    RULE,
    TALLEST,
    Sheet,
    inline,
    printable,
)

GAP = "缺"


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
    sheet, alt, cells = _laid(chart, tables, year, _Words(decimals, trim))
    svg = inline(sheet.svg(), f"{chart.number}-", alt)
    return Drawing(chart.number, chart.title, svg, alt, cells)


def picture(chart: Chart, tables: Tables, profile: Profile) -> Picture:
    """Return a chart of a department as PNG; numbers are printed as its profile says."""
    words = _Words(profile.decimals_of(chart.percent), profile.trim_zeros)
    sheet, alt, _ = _laid(chart, tables, profile.year, words)
    return Picture(chart.number, chart.title, sheet.png(), alt)


def _laid(chart: Chart, tables: Tables, year: int, words: _Words):
    """Return the sheet with a chart on it, its words, and the cells that it shows."""
    sheet = Sheet()
    try:
        alt, cells = (_structure if chart.parts else _change)(chart, tables, year, sheet, words)
    except KeyError as error:
        raise DataError(chart.place, f"取不到格：{error.args[0]}") from None
    alt = printable(f"{chart.number} {chart.title}：{alt}")
    return sheet, alt, tuple(dict.fromkeys(cells))


@dataclass(frozen=True)
class _Words:
    """How numbers are printed: as the text prints them."""

    decimals: int
    trim: bool

    def money(self, amount: Amount | None) -> str:
        return GAP if amount is None else f"{money.printed(amount.value, 2, self.trim)}万元"

    def percent(self, share: Decimal) -> str:
        return f"{money.printed(share * 100, self.decimals, self.trim)}%"


def _known(tables: Tables, sums, cells: list[Address], basis: str = "") -> Amount | None:
    """Return the first sum of which every cell is known, and note every cell looked at."""
    best = None
    for terms in sums:
        addresses = [t.of._replace(basis=basis) if basis else t.of for t in terms]
        amounts = [amount for a in addresses if (amount := tables.cell(a).amount) is not None]
        cells += addresses
        if best is None and len(amounts) == len(addresses):
            best = money.total(a if t.sign > 0 else -a for t, a in zip(terms, amounts))
    return best


# A change: last year's column in grey, this year's in colour, the difference in words


def _change(chart: Chart, tables: Tables, year: int, sheet: Sheet, words: _Words):
    cells: list[Address] = []
    now, before = _known(tables, chart.sums, cells), _known(tables, chart.sums, cells, LAST_YEAR)
    moved = _moved(now, before, words)
    alt = (
        f"{year}年度{chart.name}{words.money(now)}，{year - 1}年度{words.money(before)}，{moved}。"
    )
    if now and before and now.is_zero and before.is_zero:
        sheet.note(chart.empty)
        return f"{chart.empty}。{alt}", cells
    sheet.heading(chart.name)
    sheet.headline(moved)
    highest = max((a.value for a in (now, before) if a), default=money.ZERO)
    base = sheet.height + 32 + (TALLEST if highest > 0 else 0)
    for middle, amount, label, kind in (
        (MIDDLES[0], before, year - 1, BEFORE),
        (MIDDLES[1], now, year, NOW),
    ):
        size = TALLEST * float(amount.value / highest) if amount and amount.value > 0 else 0.0
        sheet.box(kind, middle - COLUMN / 2, base - size, COLUMN, size)
        sheet.say(middle, base - size - 6, words.money(amount), "center")
        sheet.say(middle, base + 15, f"{label}年度", "center")
    sheet.box(RULE, LEFT, base, RIGHT - LEFT, HAIR)
    sheet.height = base + 21
    return alt, cells


def _moved(now: Amount | None, before: Amount | None, words: _Words) -> str:
    if now is None or before is None:
        missing = [word for word, amount in (("本年数", now), ("上年数", before)) if amount is None]
        return f"{'、'.join(missing)}{GAP}，不作比较"
    apart = now - before
    move = money.rounded(apart.value, 2)
    if move == 0:
        return "与上年持平"
    size = words.money(Amount(abs(apart.value)))
    if before.value <= 0:
        return f"比上年{'增加' if move > 0 else '减少'}{size}"
    rate = words.percent(abs(apart.value / before.value))
    return f"比上年增加{size}，增长{rate}" if move > 0 else f"比上年减少{size}，下降{rate}"


# A structure: one labelled bar for each part, as long as its share


def _structure(chart: Chart, tables: Tables, year: int, sheet: Sheet, words: _Words):
    cells: list[Address] = []
    whole = _known(tables, chart.sums, cells)
    parts = [
        (name, _known(tables, ((Term(1, at),),), cells))
        for name, at in (_members(chart.parts, tables) if chart.parts else ())
    ]
    rows = [
        _row(name, amount, whole, words)
        for name, amount in parts
        if amount is None or not amount.is_zero
    ]
    zeros = [name for name, amount in parts if amount is not None and amount.is_zero]
    alt = f"{year}年度{chart.name}{words.money(whole)}，"
    if rows:
        sheet.heading(chart.name, words.money(whole))
        sheet.bars(rows)
        alt += "其中：" + "；".join(
            name + "，占".join(filter(None, texts)) for name, *texts, _ in rows
        )
    else:
        note = _why_empty(chart, whole, bool(parts))
        sheet.note(note)
        alt += note
    if zeros:
        alt += f"。{'、'.join(zeros)}{'均' if len(zeros) > 1 else ''}为{words.money(money.NOTHING)}"
    return f"{alt}。", cells


def _members(parts: Parts, tables: Tables) -> list[tuple[str, Address]]:
    """Return the name and the cell of each part, in the order of the table."""
    pairs: Iterable[tuple[str, str]] = parts.named
    if parts.level:
        rows = (line for side in tables.table(parts.cells.table).sides for line in side.rows)
        pairs = [
            (r.key, r.label)
            for r in rows
            if r.key.isdecimal() and len(r.key) == LENGTH[parts.level]
        ]
    place = "row" if parts.cells.row == "*" else "column"
    return [(name, parts.cells._replace(**{place: key})) for key, name in pairs]


def _row(
    name: str, amount: Amount | None, whole: Amount | None, words: _Words
) -> tuple[str, str, str, Decimal | None]:
    """Return a part as its bar shows it: name, amount, share in words and share as a number."""
    if amount is None or whole is None:
        return name, words.money(amount), GAP if amount else "", None
    share = money.quotient(amount, whole) if whole.value > 0 else None
    return (
        name,
        words.money(amount),
        words.percent(share.value) if share else "",
        share.value if share else None,
    )


def _why_empty(chart: Chart, whole: Amount | None, listed: bool) -> str:
    if whole.is_zero if whole else listed:
        return chart.empty
    return "各组成部分均为零，与合计不符" if listed else f"{GAP}各组成部分的数"
