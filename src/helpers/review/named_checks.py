"""What an equation cannot say: checks by name, each called by rules in checks.yaml with its parameters."""

from __future__ import annotations

from helpers.basics import money
from helpers.basics.errors import nearest
from helpers.basics.model import FINAL, LAST_YEAR, Finding, Profile, Scope
from helpers.basics.money import total
from helpers.disclosure.tables import TOTAL, Tables
from helpers.edition import codes, edition
from helpers.edition.formula import Relation, Term, address
from helpers.edition.rulebook import Rule
from helpers.review import judgement, plausibility


def table_totals(rule: Rule, tables: Tables, profile: Profile):
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


def level_totals(rule: Rule, tables: Tables, profile: Profile):
    """合计 = Σ类, 类 = Σ款, 款 = Σ项, in every column of a coded table."""
    for table in tables.published():
        unknown = []
        cells = {(c.address.row, c.address.column): c for c in table.cells()}
        for side in (s for s in table.sides if not any(r.number for r in s.rows)):
            for parent, parts in _levels([r.key for r in side.rows]):
                for column in side.columns:
                    whole, *members = (cells[key, column.key] for key in (parent, *parts))
                    gaps = [c.address for c in (whole, *members) if c.amount is None]
                    added = None if gaps else total(c.amount for c in members)
                    unknown += gaps
                    if added and added.value != whole.amount.value:
                        relation = Relation(
                            (Term(1, whole.address),),
                            "=",
                            tuple(Term(1, c.address) for c in members),
                        )
                        yield from judgement.judged(rule, relation, whole.amount, added, tables)
        if unknown:
            yield judgement.could_not(rule, unknown)


def _levels(rows: list[str]):
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


def figures_and_details(rule: Rule, tables: Tables, profile: Profile):
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


def _lines(figures) -> str:
    """Return where figures stand, or nothing where they are too many to be looked at one by one."""
    lines = sorted({figure.line for figure in figures}, key=int)
    return f"（第 {'、'.join(lines)} 行）" if len(lines) <= 6 else ""


def belongs_to_fund(rule: Rule, tables: Tables, profile: Profile):
    """A table has no codes of another budget's money."""
    wanted = dict(rule.parameters)
    for side in tables.table(wanted["表"][0]).sides:
        for row in side.rows:
            code = codes.functional().get(row.key)
            belongs = code is None or (
                code.budget not in wanted.get("不得", ())
                and code.budget in wanted.get("只许", (code.budget,))
            )
            if len(row.key) == 7 and not belongs:
                yield Finding(
                    rule.number,
                    rule.severity,
                    f"{wanted['表'][0]}[{row.key}, {side.columns[0].key}]",
                    f"{tables.called(wanted['表'][0])}列有{code.budget or '一般公共预算'}科目 {row.key} {row.label}，应列在相应的表中，请核对资金或科目编码。",
                    "",
                    row.key,
                )


def amount_and_count(rule: Rule, tables: Tables, profile: Profile, both_ways: bool = True):
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
        yield Finding(
            rule.number,
            rule.severity,
            str(one),
            f"{tables.named(one)}与{tables.named(other)}本年同为 {a}，上年却分别为 {b} 和 {c}，增减额因而不同。",
            c,
            b,
            money.printed(abs(before.value - too.value), 6),
        )


def last_year_twice(rule: Rule, tables: Tables, profile: Profile):
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


def reason_needed(rule: Rule, tables: Tables, profile: Profile):
    """An increase or decrease without the department's reason."""
    unknown = []
    for of, keys in rule.parameters:
        place = address(of)
        now, before = tables.cell(place).amount, tables.cell(place._replace(basis=LAST_YEAR)).amount
        if now is None or before is None:
            unknown.append(place._replace(basis=LAST_YEAR))
        elif money.rounded(now.value - before.value, 2) and not any(
            profile.texts.get(k) for k in keys
        ):
            way = "增加" if now.value > before.value else "减少"
            yield Finding(
                rule.number,
                rule.severity,
                str(place),
                f"{tables.named(place)}比上年{way} {money.printed(abs(now.value - before.value))} 万元，没有说明原因（profile.yaml 的「{keys[0]}」）。",
            )
    if unknown:
        yield judgement.could_not(rule, unknown)


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
                        yield Finding(
                            rule.number,
                            rule.severity,
                            str(cell.address),
                            f"{tables.called(number)} {row.key} {row.label}没有列到{codes.LEVELS[7]}。",
                        )


def in_the_list(rule: Rule, tables: Tables, profile: Profile):
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


def rows_are_listed(rule: Rule, tables: Tables, profile: Profile):
    """A table with money shows its total alone, for lack of figures by the classification of its rows."""
    for table in tables.published():
        if table.lacks_rows:
            form = table.form
            yield Finding(
                rule.number,
                "missing",
                f"{form.called}",
                f"{form.called}《{form.name}》只有合计，缺少按科目分列的数，各行未能核对。",
            )


def texts_needed(rule: Rule, tables: Tables, profile: Profile):
    """A part of the disclosure for which the department wrote nothing."""
    for key, (part,) in rule.parameters:
        if not any(k == key or k.startswith(f"{key}/") for k in profile.texts):
            yield Finding(
                rule.number,
                rule.severity,
                f"profile.yaml:{key}",
                f"{part}没有内容，profile.yaml 的「{key}」没有填。",
            )


def texts_used(rule: Rule, tables: Tables, profile: Profile):
    """A text that no sentence prints, most likely because its key is mistyped."""
    words = edition.load(profile.edition).wording
    used = words.text_keys
    codes_shown = {
        key.replace("*", row.key)
        for key, number in words.row_texts
        if number in tables.forms
        for side in tables.table(number).sides
        for row in side.rows
    }
    for key in profile.texts:
        if key not in used and key not in codes_shown and key not in DEPARTMENT_TEXTS:
            yield Finding(
                rule.number,
                rule.severity,
                f"profile.yaml:{profile.lines[key][0]}",
                f"profile.yaml 第 {profile.lines[key][0]} 行的「{key}」没有说明用到{nearest(key, used)}。",
                "",
                key,
            )


def likely_in_wan(rule: Rule, tables: Tables, profile: Profile):
    """Totals of a few hundred 元: 万元 amounts were most likely written under the unit 元."""
    for figure in tables.accounts.figures:
        if (
            figure.scope.item in ("收入", "支出")
            and figure.unit == money.YUAN
            and 0 < figure.amount.value < 1
        ):
            whole = tables.accounts.on(FINAL).find(Scope(figure.scope.item))
            if whole.amount is not None and 0 < whole.amount.value < 1:
                yield Finding(
                    rule.number,
                    rule.severity,
                    f"figures.csv:{figure.line}",
                    f"{figure.scope.item}合计只有 {money.printed(whole.amount.value.scaleb(4))} 元，是否把万元数填成了元？请核对 figures.csv 的 unit（单位）栏。",
                    money.WAN,
                    money.YUAN,
                )
                return


# Texts that stand in the profile for their own sake.
DEPARTMENT_TEXTS = frozenset(("人员",))

FUNCTIONS = {
    "列有各行": rows_are_listed,
    "须有文字": texts_needed,
    "文字用到": texts_used,
    "疑为万元": likely_in_wan,
    "表内合计": table_totals,
    "层级合计": level_totals,
    "数与明细": figures_and_details,
    "科目归属": belongs_to_fund,
    "金额与数量": amount_and_count,
    "有则须有": amount_needs_count,
    "同进同出": same_in_both_years,
    "上年数": last_year_twice,
    "须有原因": reason_needed,
    "列到末级": to_the_last_level,
    "科目在表": in_the_list,
    "科目收支": plausibility.codes_answered,
    "倍数可疑": plausibility.amounts_in_size,
}
