"""Kinds of change in the figures and in the profile, the published text and tables left as they were."""

from __future__ import annotations

from decimal import Decimal
from itertools import zip_longest
from random import Random

import yaml

from helpers.basics import money
from helpers.basics.model import FINAL, LAST_YEAR, Number
from helpers.edition import codes, formula
from helpers.report import report
from helpers.sample.kinds import OTHER
from mutation_kinds.clean import GIVEN, Clean, Spot, csv_text
from mutation_kinds.judging import Mutation, Skip, drawn, kind, other_digit, reloaded
from mutation_kinds.narrative import explained


def refigured(clean: Clean, at: int, amount: str, *right: str) -> Mutation:
    """Return the change of one amount of figures.csv."""
    changed = [dict(r) for r in clean.figure_rows]
    before, changed[at]["amount"] = changed[at]["amount"], amount
    if Decimal(before) == Decimal(amount):
        raise Skip
    label = " · ".join(
        v for k, v in changed[at].items() if v and k not in ("amount", "unit", "note")
    )
    return Mutation(
        "figures",
        {"figures.csv": csv_text(changed)},
        f"figures.csv:{at + 2} {label}：{before}→{amount}",
        frozenset({f"figures.csv:{at + 2}", *right}),
    )


def _own(clean: Clean, at: int) -> set[str]:
    """Return the cells and sentences that a figure goes into, and the written totals that it is a detail of."""
    source = f":{at + 2}"
    mine = {f for f in clean.this.figures if f.source.endswith(source)}
    written = clean.this.tables.accounts.written[FINAL]
    totals = {
        f"figures.csv:{f.line}"
        for f in written.figures
        if any(mine & set(b.figures) for b in written.breakdowns(f.scope))
    }
    cells = {
        str(c.address)
        for t in clean.this.tables.published()
        for c in t.cells()
        if mine & set(c.value.figures)
    }
    said = {
        s.id
        for st in clean.statements
        for s in st.sentences
        for n in s.numbers
        for a in n.cells
        if mine & set(clean.this.tables.cell(a).value.figures)
    }
    return cells | said | totals


@kind("数：合计与明细不符")
def total_off(clean: Clean, chance: Random) -> Mutation:
    given = [
        i
        for i, r in enumerate(clean.figure_rows)
        if i >= len(clean.figure_rows) - 2 * GIVEN and not r["basis"]
    ]
    at = chance.choice(given)
    return refigured(clean, at, other_digit(clean.figure_rows[at]["amount"], chance))


@kind("数：上年决算与上年文件夹不符")
def before_off(clean: Clean, chance: Random) -> Mutation:
    at = chance.choice([i for i, r in enumerate(clean.figure_rows) if r["basis"] == "上年决算"])
    return refigured(clean, at, other_digit(clean.figure_rows[at]["amount"], chance))


@kind("数：有金额无数量")
def count_gone(clean: Clean, chance: Random) -> Mutation:
    counts = {
        "因公出国（境）团组数",
        "因公出国（境）人次数",
        "国内公务接待批次",
        "国内公务接待人次",
        "外事接待批次",
        "外事接待人次",
    }
    offered = [
        i
        for i, r in enumerate(clean.figure_rows)
        if r["category"] in counts and not r["basis"] and Decimal(r["amount"])
    ]
    at = chance.choice(offered)
    return refigured(clean, at, "0", f"数量[{clean.figure_rows[at]['category']}, 决算数]")


@kind("数：明细错一位，公开文本未改")
def figure_off(clean: Clean, chance: Random) -> Mutation:
    details = [i for i, r in enumerate(clean.figure_rows[: -2 * GIVEN]) if not r["basis"]]
    at = drawn(chance, details, lambda i: clean.figure_rows[i]["item"])
    row, places = clean.figure_rows[at], _own(clean, at)
    new = other_digit(row["amount"], chance)
    mutation = refigured(clean, at, new, *places)
    if as_published(clean, reloaded(clean, mutation.content)):
        raise Skip
    return mutation


def as_published(clean: Clean, this: report.Report) -> bool:
    """Return whether rounding explains every published number by the figures of another report."""
    now = {c.address: c.amount for t in this.tables.published() for c in t.cells()}
    for place in clean.places:
        true = now.get(place.address)
        if true is None or not money.amount(f"{place.value:.2f}", money.WAN).meets(true):
            return False
    told, tells = (
        [s for st in r.statements.values() for s in st.sentences] for r in (clean.this, this)
    )
    pairs = [(a, b) for s, t in zip(told, tells) for a, b in zip_longest(s.numbers, t.numbers)]
    return len(told) == len(tells) and all(a and b and _tells(a, b) for a, b in pairs)


def _tells(published: Number, now: Number) -> bool:
    """Return whether a published number may stand for another; where that one is now a gap, it may not."""
    return (
        published.text == now.text
        or now.value is not None
        and explained(Spot(0, 0, now.text, "", None, now), published.text)
    )


REASONED = {
    "收支总计": "01[收入总计, 决算数]",
    "财政拨款": "04[收入总计, 决算数]",
    "一般公共预算": "06[合计, 本年支出合计]",
    "三公经费": "13[合计, 决算数/合计]",
    "公务用车": "13[合计, 决算数/公务用车购置及运行维护费]",
    "公务接待费": "13[合计, 决算数/公务接待费]",
    "因公出国": "13[合计, 决算数/因公出国（境）费]",
    "机关运行经费": "机关运行经费[合计, 决算数]",
}


@kind("文：增减原因没有写")
def reason_missing(clean: Clean, chance: Random) -> Mutation:
    profile = yaml.safe_load(clean.this.folder.profile.read_text(encoding="utf-8"))
    gone = chance.choice(sorted(REASONED.keys() & profile["reasons"].keys()))
    now, before = (
        clean.this.tables.cell(formula.address(REASONED[gone])._replace(basis=b)).amount.value
        for b in (FINAL, LAST_YEAR)
    )
    if money.rounded(now - before, 2) == 0:
        raise Skip
    del profile["reasons"][gone]
    return Mutation(
        "figures",
        {"profile.yaml": yaml.safe_dump(profile, allow_unicode=True)},
        f"原因/{gone}",
        frozenset({REASONED[gone]}),
    )


def _written_once(clean: Clean) -> list[int]:
    """Return the lines of fiscal income and expenditure by code, but for codes that write projects a second time."""
    rows = clean.figure_rows[: -2 * GIVEN]
    twice = {r["function"] for r in rows if r["item"] == "支出" and r["project"]}
    return [
        i
        for i, r in enumerate(rows)
        if not r["basis"]
        and r["function"]
        and r["function"] not in twice
        and (
            r["item"] == "支出"
            and r["fund"] != OTHER
            or r["item"] == "收入"
            and "财政拨款" in r["category"]
        )
    ]


@kind("数：支出写成邻近的科目")
def code_off(clean: Clean, chance: Random) -> Mutation:
    changed = [dict(r) for r in clean.figure_rows]
    at = drawn(
        chance,
        (i for i in _written_once(clean) if changed[i]["item"] == "支出"),
        lambda i: changed[i]["function"],
    )
    code, used = changed[at]["function"], {r["function"] for r in changed}
    near = sorted(
        c for c in codes.functional() if len(c) == 7 and c not in used and c[:5] == code[:5]
    )
    if not near:
        raise Skip
    changed[at]["function"] = chance.choice(near)
    return Mutation(
        "figures",
        {"figures.csv": csv_text(changed)},
        f"figures.csv:{at + 2} {code}→{changed[at]['function']}",
        frozenset({f"figures.csv:{at + 2}"}),
    )


@kind("数：差一万倍")
def unit_off(clean: Clean, chance: Random) -> Mutation:
    at = drawn(chance, _written_once(clean), lambda i: clean.figure_rows[i]["function"])
    amount = Decimal(clean.figure_rows[at]["amount"])
    new = money.rounded(amount.scaleb(chance.choice((-4, 4))), 2)
    if new < 1:
        raise Skip
    return refigured(clean, at, str(new))


@kind("数：少写一位")
def digit_gone(clean: Clean, chance: Random) -> Mutation:
    at = drawn(chance, _written_once(clean), lambda i: clean.figure_rows[i]["function"])
    amount = clean.figure_rows[at]["amount"]
    gone = chance.randrange(1, max(2, amount.index(".")))
    new = amount[:gone] + amount[gone + 1 :]
    round_number = len((Decimal(amount) - Decimal(new)).normalize().as_tuple().digits) == 1
    if round_number or Decimal(new) < 100:
        raise Skip
    return refigured(clean, at, new)
