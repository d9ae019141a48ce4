"""A change: last year's bar in grey, this year's in colour, the difference in words, and what it is made of."""

from __future__ import annotations

from decimal import Decimal

from helpers.basics import money
from helpers.basics.model import LAST_YEAR, Address
from helpers.basics.money import Amount
from helpers.disclosure import sums
from helpers.disclosure.tables import Tables
from helpers.edition.charts import Chart
from helpers.edition.formula import Term
from helpers.report import lanes, quoted
from helpers.report.lanes import Bar, Step
from helpers.report.quoted import GAP, Words
from helpers.report.sheet import BEFORE, NOW, Sheet


def change(
    chart: Chart, tables: Tables, year: int, sheet: Sheet, words: Words
) -> tuple[str, list[Address]]:
    """Lay a chart out on a sheet; return it in words, and the cells that it shows."""
    cells: list[Address] = []
    now, before = (
        quoted.known(tables, chart.sums, cells),
        quoted.known(tables, chart.sums, cells, LAST_YEAR),
    )
    moved = _moved(now, before, words)
    alt = (
        f"{year}年度{chart.name}{words.money(now)}，{year - 1}年度{words.money(before)}，{moved}。"
    )
    if now and before and now.is_zero and before.is_zero:
        sheet.note(chart.empty)
        return f"{chart.empty}。{alt}", cells
    sheet.heading(chart.name if money.WAN in moved else f"{chart.name}（{money.WAN}）")
    sheet.headline(moved)
    highest = max((a.value for a in (now, before) if a), default=money.ZERO)
    lanes.bars(
        sheet,
        [
            Bar(name=f"{of}年度", amount=words.number(a), share=_part_of(a, highest), kind=kind)
            for of, a, kind in ((year - 1, before, BEFORE), (year, now, NOW))
        ],
        track=False,
    )
    parts = _moves(chart, tables, now, before, cells) if now and before else []
    if len(parts) > 1:
        longest = max(abs(move.value) for _, move, _ in parts)
        lanes.steps(
            sheet,
            "比上年增减",
            [
                Step(name=name, amount=words.signed(move), share=move.value / longest)
                for name, move, _ in parts
            ],
        )
        alt = f"{alt[:-1]}；其中：{'；'.join(_told(*part, words) for part in parts)}。"
    return alt, cells


def _part_of(amount: Amount | None, whole: Decimal) -> Decimal | None:
    return amount.value / whole if amount and amount.value > 0 and whole > 0 else None


def _moves(
    chart: Chart, tables: Tables, now: Amount, before: Amount, cells: list[Address]
) -> list[tuple[str, Amount, tuple[Amount, Amount] | None]]:
    """Return each part that moved, how much and between which amounts, and what is left of the whole change.

    Nothing where a part is not known in both years.
    """
    parts = [
        (
            name,
            [quoted.known(tables, ((Term(1, at),),), [], basis) for basis in ("", LAST_YEAR)],
            at,
        )
        for _, name, at in (sums.parts(chart.parts, tables) if chart.parts else ())
    ]
    known = [(name, (now, was), at) for name, (now, was), at in parts if now and was]
    if len(known) < len(parts):
        return []
    found: list[tuple[str, Amount, tuple[Amount, Amount] | None]] = []
    for name, (is_now, was), at in known:
        if money.rounded((is_now - was).value, 2):
            found.append((name, is_now - was, (was, is_now)))
            cells += [at, at._replace(basis=LAST_YEAR)]
    rest = now - before
    for _, move, _ in found:
        rest = rest - move
    return found if rest.meets(money.NOTHING) or not found else [*found, ("其余", rest, None)]


def _told(name: str, move: Amount, between: tuple[Amount, Amount] | None, words: Words) -> str:
    way = "增加" if move.value > 0 else "减少"
    said = f"{name}{way}{words.money(Amount(abs(move.value)))}"
    if between is None:
        return said
    return f"{said}（由{words.money(between[0])}到{words.money(between[1])}）"


def _moved(now: Amount | None, before: Amount | None, words: Words) -> str:
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
