"""Published tables against recomputed ones: cell by cell, row by row, table by table."""

from __future__ import annotations

import itertools
import re

from helpers.basics import money
from helpers.basics.model import Address, Finding, Profile
from helpers.basics.money import Amount
from helpers.disclosure.tables import Table, Tables
from helpers.edition import codes
from helpers.published.workbook import Printed, PrintedTable, plain

_BLANK = ("", "-", "—", "－", "/", "0")
GAP = "缺"


def findings(printed: dict[str, PrintedTable], tables: Tables, profile: Profile) -> list[Finding]:
    """Return every difference between the published workbook and the recomputed tables."""
    found: list[Finding] = []
    for table in tables.published():
        number, name, called = table.form.number, table.form.name, table.form.called
        beside = printed.get(number)
        if beside is None:
            found.append(
                Finding(
                    "表-缺表",
                    "error",
                    called,
                    f"公布的表中没有{called}《{name}》，空表也应保留并说明。",
                    name,
                )
            )
            continue
        found += _heading(beside, table, profile)
        if not beside.cells:
            found.append(
                Finding("表-无行", "warning", called, f"{called}没有认得出的行，应有「合计」等行。")
            )
        found += _rows(beside, table, profile.year)
        found += _cells(beside, table)
    return found


def _heading(beside: PrintedTable, table: Table, profile: Profile) -> list[Finding]:
    place, found = table.form.called, []
    words = [codes.fold(w) for w in beside.words]
    unit = next((m[1] for w in words if (m := re.search(r"单位:([一-龥]{0,3}元)", w))), money.WAN)
    if unit != money.WAN:
        found.append(
            Finding(
                "表-单位", "error", place, f"{place}写明单位为{unit}，应为万元。", money.WAN, unit
            )
        )
    years = sorted({y for w in words for y in re.findall(r"(20\d\d)年", w)} - {str(profile.year)})
    if years:
        found.append(
            Finding(
                "表-年度",
                "error",
                place,
                f"{place}写有 {'、'.join(years)} 年，应为 {profile.year} 年。",
                str(profile.year),
                "、".join(years),
            )
        )
    named = next(
        (
            m[1]
            for w in words
            if (m := re.fullmatch(r"(?:部门|单位|编制单位|公开部门|部门名称|单位名称):(.+)", w))
            and not m[1].endswith("元")
        ),
        "",
    )
    if named and named != codes.fold(profile.department):
        found.append(
            Finding(
                "表-部门",
                "warning",
                place,
                f"{place}部门写作「{named}」，应为「{profile.department}」。",
                profile.department,
                named,
            )
        )
    if table.is_empty and table.form.empty and not any("无数据" in w or "没有" in w for w in words):
        found.append(
            Finding("表-空表说明", "warning", place, f"{place}没有数据，也没有说明。", "空表说明")
        )
    return found


def _rows(beside: PrintedTable, table: Table, year: int) -> list[Finding]:
    number, called, found = table.form.number, table.form.called, []
    coded = [k for k in beside.order if k.isdecimal()]
    numbered = any(r.number for side in table.sides for r in side.rows)
    for key in dict.fromkeys(beside.repeated):
        found.append(
            Finding("表-重复行", "error", called, f"{called}的 {key} 出现不止一次。", "一次", key)
        )
    for label, amount in beside.strangers:
        severity = "error" if amount.strip("0.,") else "warning"
        found.append(
            Finding(
                "表-多行",
                severity,
                called,
                f"{called}有不认识的一行「{label[:20]}」{amount}。",
                "",
                label,
            )
        )
    if not numbered and len(table.sides) == 1 and coded != sorted(coded):
        out = next(b for a, b in itertools.pairwise(coded) if b < a)
        found.append(
            Finding(
                "表-行序",
                "warning",
                called,
                f"{called}的科目没有按编码排列，{out} 的位置不对。",
                "",
                out,
            )
        )
    for key in coded:
        written, listed = plain(beside.names.get(key, "")), plain(_name(key, year))
        if (
            written
            and (key in codes.functional() or key in codes.economic())
            and written not in (listed, plain(_name(key, 9999)), key)
        ):
            first = next(c.key for side in table.sides for c in side.columns)
            found.append(
                Finding(
                    "表-科目名",
                    "warning",
                    f"{number}[{key}, {first}]",
                    f"{called} {key} 的名称写作「{beside.names[key]}」，科目表为「{_name(key, year)}」。",
                    _name(key, year),
                    beside.names[key],
                )
            )
    return found


def _name(code: str, year: int) -> str:
    return (
        codes.economic().name(code)
        if code in codes.economic() and len(code) in (3, 5) and code not in codes.functional()
        else codes.functional().name(code, year)
    )


def _cells(beside: PrintedTable, table: Table) -> list[Finding]:
    number, called, found, unknown = table.form.number, table.form.called, [], []
    ours = {(c.address.row, c.address.column): c for c in table.cells()}
    rows, extra = {row for row, _ in beside.cells}, {}
    for (row, column), printed in beside.cells.items():
        cell = ours.get((row, column))
        amount = _amount(printed)
        if amount is None:
            if printed.text != GAP:
                found.append(
                    Finding(
                        "表-非数",
                        "error",
                        f"{number}[{row}, {column}]",
                        f"{called}「{row}」{column}写的「{printed.text[:20]}」不是数字。",
                        "数字",
                        printed.text[:20],
                    )
                )
        elif cell is None:
            extra[row] = extra.get(row, "") or ("" if amount.is_zero else printed.text)
        elif cell.amount is None:
            if not amount.is_zero:
                unknown.append(cell.address)
        else:
            found += _differs(called, cell.address, cell.amount, amount)
    for (row, column), cell in ours.items():
        if row not in rows and cell.amount is not None and money.rounded(cell.amount.value, 2):
            found.append(
                Finding(
                    "表-缺行",
                    "error",
                    str(cell.address),
                    f"{called}没有「{row}」一行，应有{column} {money.printed(cell.amount.value)}。",
                    money.printed(cell.amount.value),
                    "",
                )
            )
        elif (
            row in rows
            and (row, column) not in beside.cells
            and cell.amount is not None
            and money.rounded(cell.amount.value, 2)
        ):
            found.append(
                Finding(
                    "表-缺栏",
                    "error",
                    str(cell.address),
                    f"{called}没有「{column}」一栏的数，应为 {money.printed(cell.amount.value)}。",
                    money.printed(cell.amount.value),
                    "",
                )
            )
    for row, text in extra.items():
        found.append(
            Finding(
                "表-多行",
                "error" if text else "warning",
                called,
                f"{called}列有「{row}」一行{text}，figures.csv 中没有这一科目。",
                "",
                text,
            )
        )
    if unknown:
        found.append(
            Finding(
                "表-无从核对",
                "missing",
                str(unknown[0]),
                f"{called}有 {len(unknown)} 格公布了数，figures.csv 中没有，不能核对。",
            )
        )
    return found


def _differs(called: str, address: Address, ours: Amount, theirs: Amount) -> list[Finding]:
    if ours.value == theirs.value or money.rounded(ours.value, 2) == money.rounded(theirs.value, 2):
        return []
    was, now = money.printed(theirs.value, 6), money.printed(ours.value, 6)
    apart = money.printed(abs(ours.value - theirs.value), 6)
    said = f"{called}「{address.row}」{address.column}公布 {was}，重新计算为 {now}，相差 {apart}"
    if ours.meets(theirs):
        return [
            Finding("表-尾差", "hint", str(address), f"{said}，可由四舍五入解释。", now, was, apart)
        ]
    return [Finding("表-数", "error", str(address), f"{said}。", now, was, apart)]


def _amount(printed: Printed) -> Amount | None:
    """Return a printed amount in 万元; a blank is zero, words are none."""
    if printed.text in _BLANK:
        return money.NOTHING
    text = printed.text.replace(",", "").replace("，", "")
    return money.amount(text, money.WAN) if money.is_number(text) else None
