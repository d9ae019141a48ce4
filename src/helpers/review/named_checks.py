"""What an equation cannot say: checks by name, each called by rules in checks.yaml with its parameters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from helpers.basics import money
from helpers.basics.model import FINAL, LAST_YEAR, Figure, Finding, Profile
from helpers.basics.money import signed_total, total
from helpers.disclosure.tables import TOTAL, Tables
from helpers.edition import codes
from helpers.edition.formula import Relation, Term, address
from helpers.edition.rulebook import Rule
from helpers.review import completeness, judgement, plausibility


def table_totals(rule: Rule, tables: Tables, profile: Profile) -> Iterator[Finding]:
    """Total rows and columns equal what their form says they add up (行次、栏次)."""
    for table in tables.published():
        unknown = []
        for cell, made in tables.totals(table):
            if cell.formula:
                continue
            relation = Relation(
                (Term(1, cell.address),),
                "=",
                tuple(Term(s, a) for s, a in zip(made.signs, made.operands)),
            )
            if cell.amount is not None and made.amount is not None:
                yield from judgement.judged(rule, relation, cell.amount, made.amount, tables)
            elif cell.amount is not None or cell.value.state == "missing":
                unknown += [
                    a for a in (cell.address, *made.operands) if tables.cell(a).amount is None
                ]
        if unknown:
            yield judgement.could_not(rule, unknown)


def level_totals(rule: Rule, tables: Tables, profile: Profile) -> Iterator[Finding]:
    """合计 = Σ类, 类 = Σ款, 款 = Σ项, in every column of a coded table."""
    for table in tables.published():
        unknown = []
        cells = {(c.address.row, c.address.column): c for c in table.cells()}
        for side in (s for s in table.sides if not any(r.number for r in s.rows)):
            for parent, parts in _levels([r.key for r in side.rows]):
                for column in side.columns:
                    whole, *members = (cells[key, column.key] for key in (parent, *parts))
                    gaps = [c.address for c in (whole, *members) if c.amount is None]
                    added = signed_total((1, c.amount) for c in members)
                    unknown += gaps
                    if whole.amount and added and added.value != whole.amount.value:
                        relation = Relation(
                            (Term(1, whole.address),),
                            "=",
                            tuple(Term(1, c.address) for c in members),
                        )
                        yield from judgement.judged(rule, relation, whole.amount, added, tables)
        if unknown:
            yield judgement.could_not(rule, unknown)


def _levels(rows: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield every row that has parts among the rows, with the parts."""
    coded = [k for k in rows if k.isdecimal()]
    for parent in rows:
        parts = (
            [k for k in coded if len(k) == 3]
            if parent == TOTAL
            else [k for k in coded if k[:-2] == parent and len(k) > 3]
        )
        if parts:
            yield parent, parts


def figures_and_details(rule: Rule, tables: Tables, profile: Profile) -> Iterator[Finding]:
    """A given total contradicts a breakdown of it. Rounding is told where the tables show both."""
    for basis, rollup in tables.accounts.written.items():
        for figure in rollup.figures:
            for dimension, tile in rollup.views(figure.scope).items():
                if not rollup.claims_all(figure.scope, dimension, tile, strictly=basis != FINAL):
                    continue
                parts = total(f.amount for f in tile)
                if not figure.amount.meets(parts):
                    ours, theirs, apart = money.told(parts.value, figure.amount.value)
                    yield Finding(
                        rule.number,
                        rule.severity,
                        f"figures.csv:{figure.line}",
                        f"{figure.scope.label}（{basis}）为 {theirs}，按{codes.vocabulary().columns[dimension]}分的 "
                        f"{len(tile)} 个明细{_lines(tile)}之和为 {ours}，相差 {apart}。",
                        ours,
                        theirs,
                        apart,
                    )


def _lines(figures: Iterable[Figure]) -> str:
    """Return where figures stand, or nothing where they are too many to be looked at one by one."""
    lines = sorted({figure.line for figure in figures}, key=int)
    return f"（第 {'、'.join(lines)} 行）" if len(lines) <= 6 else ""


def belongs_to_fund(rule: Rule, tables: Tables, profile: Profile) -> Iterator[Finding]:
    """A table has no codes of another budget's money."""
    wanted = dict(rule.parameters)
    number = wanted["表"][0]
    for side in tables.table(number).sides:
        for row in side.rows:
            code = codes.functional().get(row.key)
            if code is None or len(row.key) != codes.FINEST:
                continue
            allowed = wanted.get("只许", (code.budget,))
            if code.budget in wanted.get("不得", ()) or code.budget not in allowed:
                yield Finding(
                    rule.number,
                    rule.severity,
                    f"{number}[{row.key}, {side.columns[0].key}]",
                    f"{tables.called(number)}列有{code.budget or '一般公共预算'}科目 {row.key} {row.label}，应列在相应的表中，请核对资金或科目编码。",
                    "",
                    row.key,
                )


def amount_and_count(
    rule: Rule, tables: Tables, profile: Profile, both_ways: bool = True
) -> Iterator[Finding]:
    """Money without its count, or a count without its money."""
    unknown = []
    for of, counted in rule.parameters:
        sum_of = tables.cell(address(of))
        for count in map(address, counted):
            number = tables.cell(count)
            if sum_of.amount is None or number.amount is None:
                unknown += [c.address for c in (sum_of, number) if c.amount is None]
            elif sum_of.amount.value > 0 and number.amount.is_zero:
                yield Finding(
                    rule.number,
                    rule.severity,
                    str(count),
                    f"{tables.named(sum_of.address)}为 {money.printed(sum_of.amount.value)}，{count.row}却为 0。",
                    "大于 0",
                    "0",
                )
            elif both_ways and sum_of.amount.high <= 0 and number.amount.value > 0:
                yield Finding(
                    rule.number,
                    rule.severity,
                    str(count),
                    f"{count.row}为 {money.printed(number.amount.value)}，{tables.named(sum_of.address)}却为 0。",
                    "0",
                    money.printed(number.amount.value),
                )
    if unknown:
        yield judgement.could_not(rule, unknown)


def amount_needs_count(rule: Rule, tables: Tables, profile: Profile) -> Iterator[Finding]:
    """Money without its count."""
    yield from amount_and_count(rule, tables, profile, both_ways=False)


def same_in_both_years(rule: Rule, tables: Tables, profile: Profile) -> Iterator[Finding]:
    """Two names of one fact that agree this year and not last year."""
    one, other = (address(dict(rule.parameters)[k][0]) for k in ("甲", "乙"))
    cells = [tables.cell(a._replace(basis=b)) for b in (FINAL, LAST_YEAR) for a in (one, other)]
    known = [c.amount for c in cells if c.amount is not None]
    if len(known) < len(cells):
        yield judgement.could_not(rule, [c.address for c in cells if c.amount is None])
        return
    now, also, before, too = known
    if now.value == also.value and not before.meets(too):
        a, b, c = (money.printed(x.value, 6) for x in (now, before, too))
        yield Finding(
            rule.number,
            rule.severity,
            str(one),
            f"{tables.named(one)}与{tables.named(other)}本年同为 {a}，上年却分别为 {b} 和 {c}，增减额因而不同。",
            c,
            b,
            money.printed(abs(before.value - too.value), 6),
        )


def last_year_twice(rule: Rule, tables: Tables, profile: Profile) -> Iterator[Finding]:
    """A 上年决算 row contradicts the folder of the year before."""
    accounts = tables.accounts
    for figure in accounts.stated_before.figures:
        before = accounts.before.find(figure.scope)
        if before.amount is not None and not before.amount.meets(figure.amount):
            ours, theirs, apart = money.told(before.amount.value, figure.amount.value)
            yield Finding(
                rule.number,
                rule.severity,
                f"figures.csv:{figure.line}",
                f"{figure.scope.label}所写上年决算 {theirs}，上年文件夹里为 {ours}。",
                ours,
                theirs,
                apart,
            )


def in_the_list(rule: Rule, tables: Tables, profile: Profile) -> Iterator[Finding]:
    """A code that the list does not have."""
    for number in dict(rule.parameters)["表"]:
        for side in tables.table(number).sides:
            for row in side.rows:
                if (
                    row.key.isdecimal()
                    and row.key not in codes.functional()
                    and row.key not in codes.economic()
                ):
                    yield Finding(
                        rule.number,
                        rule.severity,
                        f"{number}[{row.key}, {side.columns[0].key}]",
                        f"{tables.called(number)}的科目编码 {row.key} 不在科目表内，请核对编码与名称。",
                        "",
                        row.key,
                    )


FUNCTIONS: dict[str, Callable[[Rule, Tables, Profile], Iterator[Finding]]] = {
    "列有各行": completeness.rows_are_listed,
    "须有文字": completeness.texts_needed,
    "文字用到": completeness.texts_used,
    "疑为万元": plausibility.likely_in_wan,
    "表内合计": table_totals,
    "层级合计": level_totals,
    "数与明细": figures_and_details,
    "科目归属": belongs_to_fund,
    "金额与数量": amount_and_count,
    "有则须有": amount_needs_count,
    "同进同出": same_in_both_years,
    "上年数": last_year_twice,
    "须有原因": completeness.reason_needed,
    "列到末级": completeness.to_the_last_level,
    "科目在表": in_the_list,
    "科目收支": plausibility.codes_answered,
    "倍数可疑": plausibility.amounts_in_size,
}
