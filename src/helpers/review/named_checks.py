"""What an equation cannot say: checks by name, each called by rules in checks.yaml with its parameters."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from helpers.basics import money
from helpers.basics.model import ABSENT, FINAL, LAST_YEAR, Finding, Profile, Scope, Value
from helpers.disclosure.tables import Tables
from helpers.edition import codes
from helpers.edition.formula import address
from helpers.edition.rulebook import Rule
from helpers.review import completeness, judgement, plausibility, totals


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
        yield judgement.could_not(rule, unknown, tables)


def amount_needs_count(rule: Rule, tables: Tables, profile: Profile) -> Iterator[Finding]:
    """Money without its count."""
    yield from amount_and_count(rule, tables, profile, both_ways=False)


def same_in_both_years(rule: Rule, tables: Tables, profile: Profile) -> Iterator[Finding]:
    """Two names of one fact that agree this year and not last year."""
    one, other = (address(dict(rule.parameters)[k][0]) for k in ("甲", "乙"))
    cells = [tables.cell(a._replace(basis=b)) for b in (FINAL, LAST_YEAR) for a in (one, other)]
    known = [c.amount for c in cells if c.amount is not None]
    if len(known) < len(cells):
        yield judgement.could_not(rule, [c.address for c in cells if c.amount is None], tables)
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
        if not before.known and accounts.before.figures:
            before = _added_up(tables, figure.scope)
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


def _added_up(tables: Tables, scope: Scope) -> Value:
    """Return what a total was last year that nobody wrote, by the form whose parts last year's folder has."""
    before = (
        tables.cell(cell.address._replace(basis=LAST_YEAR)).value
        for number in tables.forms
        for cell in tables.cells(number)
        if tables.scope(cell.address) == scope
    )
    found = (v for v in before if v.known and not tables.accounts.rests_on_stated(v))
    return next(found, ABSENT)


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


# The parameters that a function cannot do without.
NEEDS = {
    "科目归属": ("表",),
    "科目在表": ("表",),
    "列到末级": ("表",),
    "同进同出": ("甲", "乙"),
}
FUNCTIONS: dict[str, Callable[[Rule, Tables, Profile], Iterator[Finding]]] = {
    "列有各行": completeness.rows_are_listed,
    "须有文字": completeness.texts_needed,
    "文字用到": completeness.texts_used,
    "文字所指": completeness.columns_of_texts,
    "疑为万元": plausibility.likely_in_wan,
    "表内合计": totals.table_totals,
    "层级合计": totals.level_totals,
    "数与明细": totals.figures_and_details,
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
