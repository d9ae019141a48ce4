"""Totals held to what they are made of: in a table, level by level, and among the figures themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from helpers.basics import money
from helpers.basics.model import FINAL, GIVEN, Address, Cell, Figure, Finding, Profile
from helpers.basics.money import NOTHING, Amount, signed_total, total
from helpers.disclosure.breakdowns import Breakdown
from helpers.disclosure.rollup import RollUp
from helpers.disclosure.tables import Tables
from helpers.edition import codes
from helpers.edition.forms import Line
from helpers.edition.formula import Relation, Term
from helpers.edition.rulebook import Rule
from helpers.review import judgement

BY_CODE = ("function", "economic")


def table_totals(rule: Rule, tables: Tables, profile: Profile) -> Iterator[Finding]:
    """Total rows and columns equal what their form says they add up (行次、栏次)."""
    for table in tables.published():
        unknown = []
        for cell, made in tables.totals(table):
            if cell.formula:
                continue
            parts = [tables.cell(of).amount for of in made.operands]
            added = signed_total(zip(made.signs, parts))
            if cell.amount is None or added is None:
                unknown += [
                    of
                    for of, amount in zip((cell.address, *made.operands), (cell.amount, *parts))
                    if amount is None
                ]
            elif added.value != cell.amount.value:
                terms = tuple(map(Term, made.signs, made.operands))
                relation = Relation((Term(1, cell.address),), "=", terms)
                yield from judgement.judged(rule, relation, cell.amount, added, tables)
        if unknown:
            yield judgement.could_not(rule, unknown, tables)


def level_totals(rule: Rule, tables: Tables, profile: Profile) -> Iterator[Finding]:
    """The whole = Σ类, 类 = Σ款, 款 = Σ项, in every column of a coded table."""
    for table in tables.published():
        unknown: list[Address] = []
        cells = table.grid
        for side in (s for s in table.sides if not any(r.number for r in s.rows)):
            columns = [column.key for column in side.columns]
            amounts = {r.key: [cells[r.key, c].value.amount for c in columns] for r in side.rows}
            for parent, parts in _levels(side.rows):
                rows = [amounts[key] for key in (parent, *parts)]
                for column, given, *details in zip(columns, *rows):
                    if given is NOTHING and details.count(NOTHING) == len(details):
                        continue  # as most cells of a long list
                    whole, *members = [cells[key, column] for key in (parent, *parts)]
                    known = [amount for amount in details if amount is not None]
                    if given is None or len(known) < len(details):
                        unknown += [c.address for c in (whole, *members) if c.amount is None]
                    elif sum([amount.value for amount in known]) != given.value:
                        yield from _level(rule, tables, whole, members, total(known), unknown)
        if unknown:
            yield judgement.could_not(rule, unknown, tables)


def _level(
    rule: Rule,
    tables: Tables,
    whole: Cell,
    members: list[Cell],
    added: Amount,
    unknown: list[Address],
) -> Iterator[Finding]:
    """Yield what is wrong with one total of one level; where rows may be lacking it is unknown."""
    given, severity = whole.amount, rule.severity
    if given is None:
        return
    if not added.meets(given) and _may_lack_rows(tables, whole, added):
        if whole.state == GIVEN or _is_told(tables, whole):
            level = codes.LEVELS[len(members[0].address.row)]
            unknown.append(whole.address._replace(row=f"{whole.address.row}的各{level}"))
            return
        severity = "warning"
    relation = Relation((Term(1, whole.address),), "=", tuple(Term(1, c.address) for c in members))
    yield from judgement.judged(replace(rule, severity=severity), relation, given, added, tables)


def _is_told(tables: Tables, whole: Cell) -> bool:
    """Return whether 数与明细 says of the figures of a total that their details do not reach them."""
    rollup = tables.accounts.written[FINAL]
    return any(b.stands_against(f) for f in whole.value.figures for b in rollup.breakdowns(f.scope))


def _may_lack_rows(tables: Tables, whole: Cell, added: Amount) -> bool:
    """Return whether there may be more rows than those that do not add up to a total."""
    scope, accounts = tables.scope(whole.address), tables.accounts
    if scope is None or whole.amount is None:
        return False
    details = accounts.written[FINAL].breakdowns(scope)
    within = added.value < whole.amount.value or codes.vocabulary().may_be_negative(scope)
    return within and not any(b.is_whole and b.dimension in BY_CODE for b in details)


def _levels(rows: tuple[Line, ...]) -> Iterator[tuple[str, list[str]]]:
    """Yield every row that has parts among the rows, with the parts."""
    parts: dict[str, list[str]] = {}
    for key in (row.key for row in rows if row.key.isdecimal()):
        parts.setdefault(key[:-2] if len(key) > 3 else "", []).append(key)
    for parent in rows:
        of = "" if parent.is_whole else parent.key
        if of in parts:
            yield parent.key, parts[of]


def figures_and_details(rule: Rule, tables: Tables, profile: Profile) -> Iterator[Finding]:
    """A given total contradicts a breakdown of it, or is more than the details that are listed; or two breakdowns differ.

    Rounding is told where the tables show both.
    """
    for rollup in tables.accounts.written.values():
        for figure, breakdown in rollup.opposed:
            yield _apart(rule, figure, breakdown)
        for one, other in _rivals(rollup):
            yield _not_the_same(rule, one, other)


def _apart(rule: Rule, figure: Figure, breakdown: Breakdown) -> Finding:
    ours, theirs, apart = money.told(breakdown.total.value, figure.amount.value)
    partial = not breakdown.contradicts(figure.amount)
    by = codes.vocabulary().columns[breakdown.dimension]
    ending = (
        f"合计与已列明细相差 {apart}，明细若已列全，则合计或明细有误"
        if partial
        else f"相差 {apart}"
    )
    return Finding(
        rule.number,
        "warning" if partial else rule.severity,
        f"figures.csv:{figure.line}",
        f"{figure.scope.label}（{figure.basis}）第 {figure.line} 行为 {theirs}，"
        f"按{by}分的 {len(breakdown.figures)} 个明细（第 {_lines(breakdown.figures)} 行）"
        f"之和为 {ours}，{ending}。",
        ours,
        theirs,
        apart,
    )


def _rivals(rollup: RollUp) -> Iterator[tuple[Breakdown, Breakdown]]:
    """Yield every two breakdowns, by project and by subject, of money that nobody gives, which differ."""
    given = dict.fromkeys(figure.scope for figure in rollup.figures)
    wholes = dict.fromkeys(s.within(project="", economic="") for s in given if s.project)
    for scope in [whole for whole in wholes if whole not in given]:
        by = {breakdown.dimension: breakdown for breakdown in rollup.breakdowns(scope)}
        one, other = by.get("project"), by.get("economic")
        are_apart = one and other and not {*one.figures} & {*other.figures}
        if one and other and are_apart and not one.total.meets(other.total):
            yield one, other


def _not_the_same(rule: Rule, one: Breakdown, other: Breakdown) -> Finding:
    ours, theirs, apart = money.told(other.total.value, one.total.value)
    by = codes.vocabulary().columns
    said = "，".join(
        f"按{by[b.dimension]}分的 {len(b.figures)} 个明细（第 {_lines(b.figures)} 行）之和为 {amount}"
        for b, amount in ((one, theirs), (other, ours))
    )
    first = min(one.figures, key=lambda figure: int(figure.line))
    return Finding(
        rule.number,
        "warning",
        f"figures.csv:{first.line}",
        f"{one.scope.label}（{first.basis}）{said}，相差 {apart}，明细若都已列全，则有一处有误。",
        ours,
        theirs,
        apart,
    )


def _lines(figures: Iterable[Figure]) -> str:
    """Return the lines that figures stand in: `3、5—12`."""
    runs: list[list[int]] = []
    for line in sorted({int(figure.line) for figure in figures}):
        if runs and runs[-1][-1] == line - 1:
            runs[-1].append(line)
        else:
            runs.append([line])
    return "、".join(
        f"{run[0]}—{run[-1]}" if len(run) > 2 else "、".join(map(str, run)) for run in runs
    )
