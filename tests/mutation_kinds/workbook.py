"""Kinds of change in the workbook: a cell, a row, a column, a head, a whole table."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from itertools import pairwise
from random import Random

from helpers.basics import money
from helpers.edition import codes
from mutation_kinds.clean import Clean, Place
from mutation_kinds.judging import CJK, Mutation, Skip, drawn, kind, other_digit


def is_total(place: Place) -> bool:
    return any(w in key for key in place.address[1:3] for w in ("合计", "总计", "小计"))


def filled(clean: Clean) -> list[Place]:
    return [p for p in clean.places if p.value]


def table_of(place: Place) -> str:
    return place.address.table


def reprinted(
    clean: Clean,
    sheet: str,
    edit: Callable[[list[list]], None],
    spot: str,
    *right: str,
    prefixes: tuple[str, ...] = (),
) -> Mutation:
    """Return the change of one sheet."""
    grid = [list(row) for row in clean.sheets[sheet]]
    edit(grid)
    if grid == clean.sheets[sheet]:
        raise Skip
    return Mutation("book", {sheet: grid}, spot, frozenset(right), prefixes)


def reset(clean: Clean, place: Place, new: Decimal) -> Mutation:
    """Return the change of one printed amount, unless rounding explains it."""
    true = clean.this.tables.cell(place.address).amount
    if money.amount(f"{new:.2f}", money.WAN).meets(true):
        raise Skip

    def edit(grid):
        grid[place.r][place.c] = float(new)

    return reprinted(
        clean, place.sheet, edit, f"{place.address}：{place.value}→{new}", str(place.address)
    )


def cell_digit(clean: Clean, chance: Random, of_total: bool) -> Mutation:
    place = drawn(chance, [p for p in filled(clean) if is_total(p) == of_total], table_of)
    return reset(clean, place, Decimal(other_digit(f"{place.value:.2f}", chance)))


kind("表：明细格错一位")(partial(cell_digit, of_total=False))
kind("表：合计格错一位")(partial(cell_digit, of_total=True))


@kind("表：空格填了数")
def blank_filled(clean: Clean, chance: Random) -> Mutation:
    place = drawn(chance, [p for p in clean.places if not p.value], table_of)
    return reset(clean, place, Decimal(chance.randint(1, 99999)) / 100)


@kind("表：数漏填")
def amount_blanked(clean: Clean, chance: Random) -> Mutation:
    return reset(clean, drawn(chance, filled(clean), table_of), Decimal(0))


@kind("表：按元填了数")
def amount_in_yuan(clean: Clean, chance: Random) -> Mutation:
    place = drawn(chance, filled(clean), table_of)
    return reset(clean, place, place.value * 10000)


@kind("表：正负号反")
def sign_turned(clean: Clean, chance: Random) -> Mutation:
    place = drawn(chance, filled(clean), table_of)
    return reset(clean, place, -place.value)


@dataclass(frozen=True)
class Row:
    """One printed row of one side: where its code stands, and its amounts."""

    table: str
    side: int
    sheet: str
    key: str
    r: int
    left: int
    right: int
    amounts: tuple[Decimal, ...]

    @property
    def place(self) -> str:
        return f"{self.table}[{self.key}, "


def rows(clean: Clean) -> list[list[Row]]:
    """Return the rows of every side in order."""
    at = {(p.address.table, p.address.row, p.address.column): p for p in clean.places}
    found = []
    for table in clean.this.tables.published():
        for n, side in enumerate(table.sides):
            listed = []
            for row in side.rows:
                cells = [at[table.form.number, row.key, c.key] for c in side.columns]
                listed.append(
                    Row(
                        table.form.number,
                        n,
                        cells[0].sheet,
                        row.key,
                        cells[0].r,
                        cells[0].c - 2,
                        cells[-1].c,
                        tuple(p.value for p in cells),
                    )
                )
            found.append(listed)
    return found


def row_table(row) -> str:
    return (row if isinstance(row, Row) else row[0]).table


@kind("表：相邻两行的数互换")
def rows_swapped(clean: Clean, chance: Random) -> Mutation:
    a, b = drawn(
        chance,
        [p for side in rows(clean) for p in pairwise(side) if any(p[0].amounts + p[1].amounts)],
        row_table,
    )
    if a.amounts == b.amounts:
        raise Skip

    def edit(grid):
        span = slice(a.left + 2, a.right + 1)
        grid[a.r][span], grid[b.r][span] = grid[b.r][span], grid[a.r][span]

    return reprinted(
        clean,
        a.sheet,
        edit,
        f"{clean.called(a.table)} {a.key}、{b.key}",
        prefixes=(a.place, b.place),
    )


@kind("表：数与科目错行")
def rows_shifted(clean: Clean, chance: Random) -> Mutation:
    offered = [
        side[i : i + n] for side in rows(clean) for n in (3, 4, 5) for i in range(len(side) - n + 1)
    ]
    some = drawn(chance, [s for s in offered if any(s[0].amounts)], row_table)
    if len({r.amounts for r in some}) == 1:
        raise Skip

    def edit(grid):
        span = slice(some[0].left + 2, some[0].right + 1)
        amounts = [grid[r.r][span] for r in some]
        for row, new in zip(some, amounts[-1:] + amounts[:-1]):
            grid[row.r][span] = new

    return reprinted(
        clean,
        some[0].sheet,
        edit,
        f"{clean.called(some[0].table)} {some[0].key}—{some[-1].key}",
        prefixes=tuple(r.place for r in some),
    )


def _taken_out(side: list[Row], row: Row):
    def edit(grid):
        for r in range(row.r, side[-1].r):
            grid[r][row.left : row.right + 1] = grid[r + 1][row.left : row.right + 1]
        grid[side[-1].r][row.left : row.right + 1] = [""] * (row.right + 1 - row.left)

    return edit


def _put_in(side: list[Row], after: Row, new: list):
    """Return what puts a row after another; where labels stand in one column, without a code."""
    span = slice(max(after.left, 0), after.right + 1)

    def edit(grid):
        last = side[-1].r
        if len(grid) <= last + 1 or any(grid[last + 1][span]):
            grid.insert(last + 1, [""] * len(grid[0]))
        for r in range(last + 1, after.r + 1, -1):
            grid[r][span] = grid[r - 1][span]
        grid[after.r + 1][span] = new[span.start - span.stop :]

    return edit


@kind("表：漏一行")
def row_dropped(clean: Clean, chance: Random) -> Mutation:
    side, row = drawn(
        chance, [(s, r) for s in rows(clean) for r in s if any(r.amounts)], lambda p: p[1].table
    )
    return reprinted(
        clean,
        row.sheet,
        _taken_out(side, row),
        f"{clean.called(row.table)} {row.key}",
        f"{clean.called(row.table)}",
        prefixes=(row.place,),
    )


@kind("表：一行印两次")
def row_doubled(clean: Clean, chance: Random) -> Mutation:
    side, row = drawn(chance, [(s, r) for s in rows(clean) for r in s], lambda p: p[1].table)
    new = clean.sheets[row.sheet][row.r][max(row.left, 0) : row.right + 1]
    return reprinted(
        clean,
        row.sheet,
        _put_in(side, row, new),
        f"{clean.called(row.table)} {row.key}",
        f"{clean.called(row.table)}",
        prefixes=(row.place,),
    )


def _new_code(chance: Random, key: str, taken: set[str]) -> str:
    listed = (
        codes.functional()
        if len(key) == 7 or len(key) == 3 and key[0] == "2" or len(key) == 5 and key[0] == "2"
        else codes.economic()
    )
    known = chance.random() < 0.5
    while True:
        code = (
            chance.choice(sorted(c for c in listed if len(c) == len(key)))
            if known
            else f"{key[:-2]}{chance.randint(1, 98):02d}"
        )
        if code not in taken:
            return code


@kind("表：多出一行")
def row_invented(clean: Clean, chance: Random) -> Mutation:
    side, row = drawn(chance, [(s, r) for s in rows(clean) for r in s], lambda p: p[1].table)
    coded = clean.sheets[row.sheet][row.r][row.left] == row.key
    code = _new_code(chance, row.key, {r.key for r in side}) if coded else ""
    name = {**codes.functional(), **codes.economic()}.get(code)
    amounts = [float(Decimal(chance.randint(1, 999999)) / 100) for _ in row.amounts]
    new = [
        code,
        name.name if name else chance.choice(("其他项目", "待分摊支出", "上年调整数")),
        *amounts,
    ]
    return reprinted(
        clean,
        row.sheet,
        _put_in(side, row, new),
        f"{clean.called(row.table)} {row.key} 之后 {code}{new[1]}",
        f"{clean.called(row.table)}",
        prefixes=(f"{row.table}[{code or new[1]}, ",),
    )


@kind("表：科目编码错")
def code_wrong(clean: Clean, chance: Random) -> Mutation:
    coded = [(s, r) for s in rows(clean) for r in s if clean.sheets[r.sheet][r.r][r.left] == r.key]
    side, row = drawn(chance, coded, lambda p: p[1].table)
    code = other_digit(row.key, chance)

    def edit(grid):
        grid[row.r][row.left] = code

    return reprinted(
        clean,
        row.sheet,
        edit,
        f"{clean.called(row.table)} {row.key}→{code}",
        f"{clean.called(row.table)}",
        prefixes=(row.place, f"{row.table}[{code}, "),
    )


@kind("表：科目名称改字")
def label_wrong(clean: Clean, chance: Random) -> Mutation:
    row = drawn(chance, [r for s in rows(clean) for r in s], row_table)
    cells = clean.sheets[row.sheet][row.r]
    column = row.left + (row.left < 0 or bool(re.search(f"[{CJK}]", str(cells[row.left + 1]))))
    label = cells[column]
    name = re.search(r"[^、　]+$", label)
    at = chance.choice(
        [m.start() for m in re.finditer(f"[{CJK}]", label) if m.start() >= name.start()]
    )
    new = label[:at] + chance.choice(("与", "甲", "厅", "")) + label[at + 1 :]

    def edit(grid):
        grid[row.r][column] = new

    return reprinted(
        clean,
        row.sheet,
        edit,
        f"{clean.called(row.table)} {row.key}：{label.strip()}→{new.strip()}",
        prefixes=(row.place, f"{clean.called(row.table)}"),
    )


@kind("表：两栏的数互换")
def columns_swapped(clean: Clean, chance: Random) -> Mutation:
    sides = [s for s in rows(clean) if len(s[0].amounts) > 1]
    side = drawn(chance, sides, row_table)
    columns = [n for n in range(len(side[0].amounts)) if any(r.amounts[n] for r in side)]
    a, b = sorted(chance.sample(columns, 2)) if len(columns) > 1 else (0, 1)
    if [r.amounts[a] for r in side] == [r.amounts[b] for r in side]:
        raise Skip
    x, y = side[0].left + 2 + a, side[0].left + 2 + b

    def edit(grid):
        for row in side:
            grid[row.r][x], grid[row.r][y] = grid[row.r][y], grid[row.r][x]

    names = [
        next(
            p.address.column
            for p in clean.places
            if (p.sheet, p.r, p.c) == (side[0].sheet, side[0].r, c)
        )
        for c in (x, y)
    ]
    right = [f"{side[0].table}[{r.key}, {name}]" for r in side for name in names]
    return reprinted(
        clean, side[0].sheet, edit, f"{clean.called(side[0].table)} {'、'.join(names)}", *right
    )


@kind("表：缺一张表")
def table_removed(clean: Clean, chance: Random) -> Mutation:
    number = chance.choice(sorted(clean.printed))
    return Mutation(
        "book",
        {clean.printed[number].sheet: None},
        f"{clean.called(number)}",
        frozenset({f"{clean.called(number)}"}),
    )


def head_changed(
    clean: Clean, chance: Random, changed: Callable[[str, Clean, Random], str]
) -> Mutation:
    number = chance.choice(sorted(clean.printed))
    sheet, before = clean.printed[number].sheet, []

    def edit(grid):
        for c, text in enumerate(grid[1]):
            new = changed(text, clean, chance)
            if new != text:
                before.append(f"{text}→{new}")
                grid[1][c] = new

    mutation = reprinted(clean, sheet, edit, f"{clean.called(number)}", f"{clean.called(number)}")
    return replace(mutation, spot=f"{clean.called(number)}：{'；'.join(before)}")


kind("表头：万元写成元")(
    partial(
        head_changed, changed=lambda text, clean, chance: text.replace("单位：万元", "单位：元")
    )
)
kind("表头：年份过时")(
    partial(
        head_changed,
        changed=lambda text, clean, chance: text.replace(f"{clean.year}年", f"{clean.year - 1}年"),
    )
)


@kind("表头：部门名称错字")
def head_name(clean: Clean, chance: Random) -> Mutation:
    def changed(text: str, clean: Clean, chance: Random) -> str:
        if not text.startswith("部门："):
            return text
        at = chance.randrange(3, len(text))
        return text[:at] + chance.choice(("", "与", "甲", "厅")) + text[at + 1 :]

    return head_changed(clean, chance, changed)


@kind("表：空表说明漏掉")
def note_dropped(clean: Clean, chance: Random) -> Mutation:
    empty = [n for n in clean.printed if clean.this.disclosure.empty_note(n)]
    if not empty:
        raise LookupError
    number = chance.choice(empty)
    note = clean.this.disclosure.empty_note(number)

    def edit(grid):
        for row in grid:
            if row[0] == note:
                row[0] = ""

    return reprinted(
        clean,
        clean.printed[number].sheet,
        edit,
        f"{clean.called(number)}",
        f"{clean.called(number)}",
    )
