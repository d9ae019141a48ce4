"""How a relation between two amounts is judged, and said in a sentence that a department understands."""

from __future__ import annotations

from collections.abc import Iterable

from helpers.basics import money
from helpers.basics.model import Address, Finding
from helpers.basics.money import Amount
from helpers.disclosure.tables import Tables
from helpers.edition.formula import ONE, Relation, Term
from helpers.edition.rulebook import Rule

_NAMED = 3  # cells that are named; of more the first, and how many they are


def could_not(rule: Rule, unknown: Iterable[Address], tables: Tables) -> Finding:
    """Return the finding that a rule could not be judged, and which figures it would need."""
    needed = list(dict.fromkeys(unknown))
    named = [tables.named(cell) for cell in needed[:_NAMED]]
    some = "、".join(named) if len(needed) <= _NAMED else f"{named[0]} 等 {len(needed)} 个数"
    return Finding(rule.number, "missing", str(needed[0]), f"「{rule.name}」未能核对，缺少{some}。")


def is_true(left: Amount, sign: str, right: Amount) -> bool:
    """Return whether two intervals allow the relation."""
    if sign == "=":
        return left.meets(right)
    return left.high >= right.low if sign == "≥" else left.low <= right.high


def judged(
    rule: Rule, relation: Relation, left: Amount, right: Amount, tables: Tables
) -> list[Finding]:
    """Return nothing where a relation is exactly true, else what it is: rounding or broken."""
    if (
        left.value == right.value
        or (relation.sign == "≥" and left.value >= right.value)
        or (relation.sign == "≤" and left.value <= right.value)
    ):
        return []
    true = is_true(left, relation.sign, right)
    if true and money.rounded(left.value, 2) == money.rounded(right.value, 2):
        return []
    ours, theirs, apart = money.told(right.value, left.value)
    verb = {"=": "应等于", "≥": "应不小于", "≤": "应不大于"}[relation.sign]
    words = f"{said(relation.left, tables)}为 {theirs}，{verb}{said(relation.right, tables)} {ours}，相差 {apart}"
    place = str(relation.left[0].of)
    if true:
        return [
            Finding(
                rule.number,
                "hint",
                place,
                f"{words}，在四舍五入误差 {money.printed(left.error + right.error, 6)} 之内。",
                ours,
                theirs,
                apart,
            )
        ]
    return [Finding(rule.number, rule.severity, place, f"{words}。", ours, theirs, apart)]


def said(terms: tuple[Term, ...], tables: Tables) -> str:
    """Return a sum in words: its cells, or how many there are."""
    if len(terms) > 4:
        return f"{tables.named(terms[0].of)}等 {len(terms)} 项之和"
    return "".join(
        ("＋" if t.sign > 0 else "－") * (i > 0 or t.sign < 0) + _named(t, tables)
        for i, t in enumerate(terms)
    )


def _named(term: Term, tables: Tables) -> str:
    """Return a cell in words, with what it is multiplied by."""
    by = f" × {tables.named(term.by)}" if term.by else ""
    percent = term.times.scaleb(2).normalize()
    return tables.named(term.of) + by + (f" 的 {percent:f}%" if term.times != ONE else "")
