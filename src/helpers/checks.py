"""Relations between the cells of the tables, judged by intervals: pass, explained by rounding, or a finding."""

from __future__ import annotations

from helpers import money
from helpers.model import Address, Cell, Finding, Profile
from helpers.money import Amount, total
from helpers.rollup import Accounts, RollUp
from helpers.tables import Tables


def find(tables: Tables, profile: Profile) -> list[Finding]:
    """Return the findings of every check on one department-year."""
    return [*_totals_of_figures(tables.accounts), *_totals_of_tables(tables), *_missing(tables)]


def _totals_of_figures(accounts: Accounts):
    """A given total is checked against each of its breakdowns."""
    for basis in accounts.written:
        rollup: RollUp = accounts.written[basis]
        for figure in rollup.figures:
            for dimension, tile in rollup.views(figure.scope).items():
                parts = total(f.amount for f in tile)
                place = f"figures.csv:{figure.source.rpartition(':')[2]}"
                name = f"{figure.scope.label}（{basis}）"
                yield from judge("数-合计", place, f"{name}与其分项之和", figure.amount, parts)


def _totals_of_tables(tables: Tables):
    """A total row or column is checked against what its form says it adds up."""
    for table in tables.published():
        for cell, made in tables.totals(table):
            if cell.amount and made.amount:
                place = str(cell.address)
                yield from judge(f"表{table.form.number}-合计", place, f"公开{table.form.number}表「{cell.address.row}」{cell.address.column}与 {made.formula}", cell.amount, made.amount)


def _missing(tables: Tables):
    for table in tables.published():
        gaps = [c for c in table.cells() if c.amount is None]
        if gaps:
            some = "、".join(dict.fromkeys(f"[{c.address.row}, {c.address.column}]" for c in gaps[:3]))
            yield Finding("表-缺数", "missing", f"公开{table.form.number}表",
                          f"公开{table.form.number}表缺 {len(gaps)} 格的数（如 {some}），与之有关的核对未能进行。")


def judge(rule: str, place: str, what: str, left: Amount, right: Amount):
    """Yield a finding where two amounts that should be equal are not, or only within rounding."""
    if left.value == right.value:
        return
    expected, found = money.printed(right.value, 6), money.printed(left.value, 6)
    apart = money.printed(abs(left.value - right.value), 6)
    if left.meets(right):
        if money.rounded(left.value, 2) != money.rounded(right.value, 2):
            yield Finding(rule, "hint", place, f"{what}相差 {apart}，可由四舍五入解释。", expected, found, apart)
    else:
        yield Finding(rule, "error", place, f"{what}不符：{found} 与 {expected}，相差 {apart}。", expected, found, apart)
