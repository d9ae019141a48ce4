"""The amounts of a chart: which cells it shows, whether they are known, and how they are written."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from helpers.basics import money
from helpers.basics.model import Address
from helpers.basics.money import Amount
from helpers.disclosure import sums
from helpers.disclosure.tables import Tables
from helpers.edition.charts import Chart
from helpers.edition.formula import Term
from helpers.report.lanes import Bar

GAP = "缺"


@dataclass(frozen=True)
class Words:
    """How numbers are printed: as the text prints them."""

    decimals: int
    trim: bool

    def money(self, amount: Amount | None) -> str:
        return GAP if amount is None else f"{self.number(amount)}{money.WAN}"

    def number(self, amount: Amount | None) -> str:
        """Return an amount without its unit, which the picture says once."""
        return GAP if amount is None else money.printed(amount.value, 2, self.trim)

    def signed(self, amount: Amount) -> str:
        return f"{'+' if amount.value > 0 else '-'}{self.number(Amount(abs(amount.value)))}"

    def percent(self, share: Decimal) -> str:
        """Return a share in per cent; one that is there is never told as none."""
        if share > 0 and not money.rounded(share * 100, self.decimals):
            return f"不到{money.printed(Decimal(1).scaleb(-self.decimals), self.decimals)}%"
        return f"{money.printed(share * 100, self.decimals, self.trim)}%"


def known(tables: Tables, declared, cells: list[Address], basis: str = "") -> Amount | None:
    """Return the first sum of which every cell is known, and note every cell looked at."""
    found = sums.stated(declared, tables, basis)
    cells += found.looked_at
    return found.amount


def parts(
    chart: Chart, tables: Tables, cells: list[Address]
) -> list[tuple[str, Amount | None, Address]]:
    """Return the name, the amount and the cell of each part."""
    return [
        (name, known(tables, ((Term(1, at),),), cells), at)
        for _, name, at in (sums.parts(chart.parts, tables) if chart.parts else ())
    ]


def bar(
    name: str, amount: Amount | None, whole: Amount | None, before: Decimal | None, words: Words
) -> Bar:
    """Return a part as its bar shows it: name, amount, share in words and as a number."""
    if amount is None or whole is None:
        return Bar(
            name=name, amount=words.number(amount), percent=GAP if amount else "", before=before
        )
    part = money.quotient(amount, whole) if whole.value > 0 else None
    share = part.value if part else None
    percent = "" if share is None else words.percent(share)
    return Bar(name=name, amount=words.number(amount), percent=percent, share=share, before=before)


def said(bar: Bar, before: Amount | None, words: Words) -> str:
    """Return a part in words: its amount, its share, and last year's amount."""
    unit = "" if bar.amount == GAP else money.WAN
    said = f"{bar.name}{bar.amount}{unit}" + (f"，占{bar.percent}" if bar.percent else "")
    return f"{said}（上年{words.money(before)}）" if before else said


def none_of(zeros: list[str], words: Words) -> str:
    """Return the words for the parts that are zero and not in the picture."""
    if not zeros:
        return ""
    return f"。{'、'.join(zeros)}{'均' if len(zeros) > 1 else ''}为{words.money(money.NOTHING)}"


def why_empty(chart: Chart, whole: Amount | None, listed: bool) -> str:
    """Return why a picture has no part to show."""
    if whole.is_zero if whole else listed:
        return chart.empty
    return "各组成部分均为零，与合计不符" if listed else f"{GAP}各组成部分的数"
