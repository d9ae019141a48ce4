"""What befalls a whole text or table at once, and which kinds of change are planted as roots."""

from __future__ import annotations

import re
from random import Random

from helpers.basics import money
from helpers.disclosure import disclosure
from helpers.report import files
from mutation_kinds.clean import Clean
from mutation_kinds.figures import refigured
from mutation_kinds.judging import KINDS, Mutation, Skip, drawn

TOTALS = 10
ROOTS = dict(
    KINDS
)  # what is planted here befalls too much at once to be one change of the benchmark


def root(name: str):
    """Enter a function into the table of roots."""

    def enter(function):
        ROOTS[name] = function
        return function

    return enter


def _lines(clean: Clean) -> list[int]:
    return [
        n
        for n, row in enumerate(clean.figure_rows[:-TOTALS])
        if row["item"] in ("支出", "收入") and not row["basis"] and len(row["amount"]) > 5
    ]


@root("根：一行多写一位小数点前移")
def ten_times(clean: Clean, chance: Random) -> Mutation:
    at = drawn(chance, _lines(clean), lambda n: clean.figure_rows[n]["function"])
    amount = money.Decimal(clean.figure_rows[at]["amount"])
    return refigured(clean, at, str(amount * 10))


@root("根：一行两位颠倒")
def turned(clean: Clean, chance: Random) -> Mutation:
    at = drawn(chance, _lines(clean), lambda n: clean.figure_rows[n]["function"])
    amount = clean.figure_rows[at]["amount"]
    places = [n for n in range(len(amount.partition(".")[0]) - 1) if amount[n] != amount[n + 1]]
    if not places or len(amount) < 8:
        raise Skip
    n = chance.choice(places[:2])
    return refigured(clean, at, amount[:n] + amount[n + 1] + amount[n] + amount[n + 2 :])


@root("根：全文年度过时")
def years_gone(clean: Clean, chance: Random) -> Mutation:
    said = re.sub(
        rf"{clean.year}(?=年)|{clean.year - 1}(?=年)",
        lambda m: str(int(m[0]) - 1),
        clean.text,
    )
    lines = frozenset(f"narrative.txt:{n}" for n in range(1, clean.text.count("\n") + 2))
    ids = frozenset(s.id for _, s in clean.sentences)
    return Mutation("text", said, "全文", lines | ids)


@root("根：公开的是上年的文本")
def last_text(clean: Clean, chance: Random) -> Mutation:
    before = disclosure.load(clean.this.folder.department, clean.year - 1, clean.data)
    said = files.narrative_txt(before)
    lines = frozenset(f"narrative.txt:{n}" for n in range(1, said.count("\n") + 2))
    return Mutation("text", said, "全文", lines | frozenset(s.id for _, s in clean.sentences))


@root("根：一张表以元填写")
def in_yuan(clean: Clean, chance: Random) -> Mutation:
    offered = [
        number
        for number, table in clean.printed.items()
        if sum(bool(p.value) for p in clean.places if p.address.table == number) >= 6
    ]
    number = chance.choice(offered)
    sheet = clean.printed[number].sheet
    grid = [list(row) for row in clean.sheets[sheet]]
    for place in clean.places:
        if place.address.table == number and place.value:
            grid[place.r][place.c] = str(place.value * 10_000)
    return Mutation("book", {sheet: grid}, f"公开{number}表", frozenset({f"公开{number}表"}))


OF_FIGURES = (
    "数：明细错一位，公开文本未改",
    "根：一行多写一位小数点前移",
    "根：一行两位颠倒",
    "数：差一万倍",
    "数：少写一位",
    "数：合计与明细不符",
)
OF_TEXTS = (
    "句：金额错一位",
    "句：小数点移位",
    "句：增减方向写反",
    "句：两数互换",
    "句：万元写成元",
    "句：整句漏掉",
    "根：全文年度过时",
    "根：公开的是上年的文本",
)
OF_TABLES = (
    "表：合计格错一位",
    "表：缺一张表",
    "表：两栏的数互换",
    "表头：万元写成元",
    "根：一张表以元填写",
)
