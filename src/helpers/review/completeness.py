"""What a disclosure lacks: rows, the last level of a classification, reasons and texts."""

from __future__ import annotations

from collections.abc import Iterator

from helpers.basics import money
from helpers.basics.errors import nearest
from helpers.basics.model import LAST_YEAR, Finding, Profile
from helpers.disclosure.tables import Tables
from helpers.edition import codes, edition
from helpers.edition.formula import address
from helpers.edition.rulebook import Rule
from helpers.review import judgement

# Texts that stand in the profile for their own sake.
DEPARTMENT_TEXTS = frozenset(("人员",))


def reason_needed(rule: Rule, tables: Tables, profile: Profile) -> Iterator[Finding]:
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
        yield judgement.could_not(rule, unknown, tables)


def to_the_last_level(rule: Rule, tables: Tables, profile: Profile) -> Iterator[Finding]:
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


def rows_are_listed(rule: Rule, tables: Tables, profile: Profile) -> Iterator[Finding]:
    """A table with money shows its total alone, for lack of figures by the classification of its rows."""
    for table in tables.published():
        if table.lacks_rows:
            form = table.form
            yield Finding(
                rule.number,
                "missing",
                f"{form.called}",
                f"{form.title}只有合计，缺少按科目分列的数，各行未能核对。",
            )


def texts_needed(rule: Rule, tables: Tables, profile: Profile) -> Iterator[Finding]:
    """A part of the disclosure for which the department wrote nothing."""
    for key, (part,) in rule.parameters:
        if not any(k == key or k.startswith(f"{key}/") for k in profile.texts):
            yield Finding(
                rule.number,
                rule.severity,
                f"profile.yaml:{key}",
                f"{part}没有内容，profile.yaml 的「{key}」没有填。",
            )


def columns_of_texts(rule: Rule, tables: Tables, profile: Profile) -> Iterator[Finding]:
    """The text of a row names columns, of those that add up, in all of which the row has nothing."""
    wanted = dict(rule.parameters)
    (prefix,), (number,) = wanted["文字"], wanted["表"]
    for key, paragraphs in profile.texts.items():
        row = key.removeprefix(f"{prefix}/")
        sides = [s for s in tables.table(number).sides if row in {r.key for r in s.rows}]
        if row == key or not sides:
            continue
        words = "".join(paragraphs)
        parts = [c for c in sides[0].columns if not (c.equals or c.is_whole)]
        columns = [c for c in parts if c.label in words]
        cells = [tables.table(number).cell(row, c.key) for c in columns]
        if cells and all(c.amount is not None and c.amount.is_zero for c in cells):
            names = "、".join(c.label for c in columns)
            yield Finding(
                rule.number,
                rule.severity,
                str(cells[0].address),
                f"{prefix}写「{words}」，{tables.called(number)}这一行的{names}却没有数。",
                found=names,
            )


def texts_used(rule: Rule, tables: Tables, profile: Profile) -> Iterator[Finding]:
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
