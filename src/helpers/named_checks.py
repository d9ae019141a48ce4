"""What an equation cannot say: checks by name, each called by rules in checks.yaml with its parameters."""

from __future__ import annotations

from helpers import codes, judgement, money
from helpers.formula import Relation, Term, address
from helpers.model import FINAL, LAST_YEAR, Finding, Profile
from helpers.money import total
from helpers.rulebook import Rule
from helpers.tables import Tables


def table_totals(rule: Rule, tables: Tables, profile: Profile):
    """Total rows and columns equal what their form says they add up (行次、栏次)."""
    for table in tables.published():
        unknown = []
        for cell, made in tables.totals(table):
            if cell.formula:
                continue
            relation = Relation((Term(1, cell.address),), "=", tuple(Term(s, a) for s, a in zip(made.signs, made.operands)))
            if cell.amount is not None and made.amount is not None:
                yield from judgement.judged(rule, relation, cell.amount, made.amount)
            elif cell.amount is not None or cell.value.state == "missing":
                unknown += [a for a in (cell.address, *made.operands) if tables.cell(a).amount is None]
        if unknown:
            yield judgement.could_not(rule, unknown)


def level_totals(rule: Rule, tables: Tables, profile: Profile):
    """合计 = Σ类, 类 = Σ款, 款 = Σ项, in every column of a coded table."""
    for table in tables.published():
        unknown = []
        for side in table.sides:
            rows = [r.key for r in side.rows]
            coded = [k for k in rows if k.isdecimal()]
            for parent in rows:
                parts = [k for k in coded if len(k) == 3] if parent == "合计" else [k for k in coded if k[:-2] == parent and len(k) > 3]
                if not parts or any(r.number for r in side.rows):
                    continue
                for column in side.columns:
                    whole = table.cell(parent, column.key)
                    cells = [table.cell(k, column.key) for k in parts]
                    gaps = [c.address for c in (whole, *cells) if c.amount is None]
                    if gaps:
                        unknown += gaps
                        continue
                    relation = Relation((Term(1, whole.address),), "=", tuple(Term(1, c.address) for c in cells))
                    yield from judgement.judged(rule, relation, whole.amount, total(c.amount for c in cells))
        if unknown:
            yield judgement.could_not(rule, unknown)


def figures_and_details(rule: Rule, tables: Tables, profile: Profile):
    """A given total contradicts a breakdown of it. Rounding is told where the tables show both."""
    for basis, rollup in tables.accounts.written.items():
        for figure in rollup.figures:
            for dimension, tile in rollup.views(figure.scope).items():
                if not rollup.claims_all(figure.scope, dimension, tile, strictly=basis != FINAL):
                    continue
                parts = total(f.amount for f in tile)
                if not figure.amount.meets(parts):
                    apart = money.printed(abs(figure.amount.value - parts.value), 6)
                    ours, theirs = money.printed(parts.value, 6), money.printed(figure.amount.value, 6)
                    name = f"{figure.scope.label}（{basis}）"
                    yield Finding(rule.number, rule.severity, f"figures.csv:{figure.source.rpartition(':')[2]}",
                                  f"{name}为 {theirs}，其 {len(tile)} 个明细之和为 {ours}，相差 {apart}。", ours, theirs, apart)


def belongs_to_fund(rule: Rule, tables: Tables, profile: Profile):
    """A table has no codes of another budget's money."""
    wanted = dict(rule.parameters)
    for side in tables.table(wanted["表"][0]).sides:
        for row in side.rows:
            code = codes.functional().get(row.key)
            if code and code.budget in wanted["不得"]:
                yield Finding(rule.number, rule.severity, f"{wanted['表'][0]}[{row.key}, {side.columns[0].key}]",
                              f"公开{wanted['表'][0]}表列有{code.budget}科目 {row.key} {row.label}，应列在相应的表中。", "", row.key)


def amount_and_count(rule: Rule, tables: Tables, profile: Profile, both_ways: bool = True):
    """Money without its count, or a count without its money."""
    for of, counted in rule.parameters:
        sum_of = tables.cell(address(of))
        for count in map(address, counted):
            number = tables.cell(count)
            if sum_of.amount is None or number.amount is None:
                yield judgement.could_not(rule, [c.address for c in (sum_of, number) if c.amount is None])
            elif sum_of.amount.value > 0 and number.amount.is_zero:
                yield Finding(rule.number, rule.severity, str(count), f"{judgement.named(sum_of.address)}为 {money.printed(sum_of.amount.value)}，{count.row}却为 0。", "大于 0", "0")
            elif both_ways and sum_of.amount.high <= 0 and number.amount.value > 0:
                yield Finding(rule.number, rule.severity, str(count), f"{count.row}为 {money.printed(number.amount.value)}，{judgement.named(sum_of.address)}却为 0。", "0", money.printed(number.amount.value))


def amount_needs_count(rule: Rule, tables: Tables, profile: Profile):
    """Money without its count."""
    yield from amount_and_count(rule, tables, profile, both_ways=False)


def same_in_both_years(rule: Rule, tables: Tables, profile: Profile):
    """Two names of one fact that agree this year and not last year."""
    one, other = (address(dict(rule.parameters)[k][0]) for k in ("甲", "乙"))
    cells = [tables.cell(a._replace(basis=b)) for b in (FINAL, LAST_YEAR) for a in (one, other)]
    if any(c.amount is None for c in cells):
        yield judgement.could_not(rule, [c.address for c in cells if c.amount is None])
        return
    now, also, before, too = (c.amount for c in cells)
    if now.value == also.value and not before.meets(too):
        a, b, c = (money.printed(x.value, 6) for x in (now, before, too))
        yield Finding(rule.number, rule.severity, str(one),
                      f"{judgement.named(one)}与{judgement.named(other)}本年同为 {a}，上年却分别为 {b} 和 {c}，增减额因而不同。", c, b, money.printed(abs(before.value - too.value), 6))


def last_year_twice(rule: Rule, tables: Tables, profile: Profile):
    """A 上年决算 row contradicts the folder of the year before."""
    accounts = tables.accounts
    for figure in accounts.stated_before.figures:
        before = accounts.before.find(figure.scope)
        if before.amount is not None and not before.amount.meets(figure.amount):
            ours, theirs = money.printed(before.amount.value, 6), money.printed(figure.amount.value, 6)
            yield Finding(rule.number, rule.severity, f"figures.csv:{figure.source.rpartition(':')[2]}",
                          f"{figure.scope.label}所写上年决算 {theirs}，上年文件夹里为 {ours}。", ours, theirs,
                          money.printed(abs(before.amount.value - figure.amount.value), 6))


def reason_needed(rule: Rule, tables: Tables, profile: Profile):
    """An increase or decrease without the department's reason."""
    for of, keys in rule.parameters:
        place = address(of)
        now, before = tables.cell(place).amount, tables.cell(place._replace(basis=LAST_YEAR)).amount
        if now is None or before is None:
            yield judgement.could_not(rule, [place._replace(basis=LAST_YEAR)])
        elif money.rounded(now.value - before.value, 2) and not any(profile.texts.get(k) for k in keys):
            way = "增加" if now.value > before.value else "减少"
            yield Finding(rule.number, rule.severity, str(place),
                          f"{judgement.named(place)}比上年{way} {money.printed(abs(now.value - before.value))} 万元，没有说明原因（profile.yaml 的「{keys[0]}」）。")


def to_the_last_level(rule: Rule, tables: Tables, profile: Profile):
    """A row with money stops above the last level of the classification."""
    wanted = dict(rule.parameters)
    for number in wanted["表"]:
        for side in tables.table(number).sides:
            keys = [r.key for r in side.rows if r.key.isdecimal()]
            for row in side.rows:
                short = row.key.isdecimal() and len(row.key) < int(wanted["位数"][0])
                if short and not any(k != row.key and k.startswith(row.key) for k in keys):
                    cell = tables.table(number).cell(row.key, side.columns[0].key)
                    if cell.amount is not None and not cell.amount.is_zero:
                        yield Finding(rule.number, rule.severity, str(cell.address), f"公开{number}表 {row.key} {row.label}没有列到{codes.LEVELS[7]}。")


def in_the_list(rule: Rule, tables: Tables, profile: Profile):
    """A code that the list does not have."""
    for number in dict(rule.parameters)["表"]:
        for side in tables.table(number).sides:
            for row in side.rows:
                if row.key.isdecimal() and row.key not in codes.functional() and row.key not in codes.economic():
                    yield Finding(rule.number, rule.severity, f"{number}[{row.key}, {side.columns[0].key}]", f"公开{number}表的科目编码 {row.key} 不在科目表内，请核对编码与名称。", "", row.key)


FUNCTIONS = {
    "表内合计": table_totals, "层级合计": level_totals, "数与明细": figures_and_details, "科目归属": belongs_to_fund,
    "金额与数量": amount_and_count, "有则须有": amount_needs_count, "同进同出": same_in_both_years, "上年数": last_year_twice,
    "须有原因": reason_needed, "列到末级": to_the_last_level, "科目在表": in_the_list,
}
