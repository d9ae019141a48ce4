"""Published tables against recomputed ones: cell by cell, row by row, table by table."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from helpers.basics import money
from helpers.basics.model import Address, Cell, Finding, Profile
from helpers.basics.money import Amount
from helpers.basics.text import narrow, plain
from helpers.disclosure.tables import Table, Tables
from helpers.edition import codes, edition
from helpers.edition.kinds import Kinds
from helpers.published.printed import PrintedTable
from helpers.published.words import digits

GAP = "缺"
MANY = 3  # rows without money beyond which they are a list that was pasted whole, and one matter


def findings(printed: dict[str, PrintedTable], tables: Tables, profile: Profile) -> list[Finding]:
    """Return every difference between the published workbook and the recomputed tables."""
    kinds = edition.load(profile.edition).kinds
    found: list[Finding] = []
    there = [table.form for table in tables.published() if table.form.number in printed]
    units = {unit for form in there for unit in printed[form.number].units[:1]}
    in_yuan = len(there) > 1 and units == {money.YUAN}
    if in_yuan:
        place = there[0].called
        found.append(kinds.finding("表-单位/各张", place, expected=money.WAN, found=money.YUAN))
    for table in tables.published():
        beside = printed.get(table.form.number)
        if beside is None:
            called, name = table.form.called, table.form.name
            found.append(kinds.finding("表-缺表", called, expected=name, 表=called, 表名=name))
        else:
            found += _Pair(beside, table, profile, kinds, in_yuan).findings()
    return found


@dataclass(frozen=True)
class _Pair:
    """A published table beside the recomputed one."""

    beside: PrintedTable
    table: Table
    profile: Profile
    kinds: Kinds
    in_yuan: bool  # as all tables are, which is said once

    def findings(self) -> Iterator[Finding]:
        """Yield what differs in the heading, in the rows and in the cells."""
        yield from self._heading()
        if not self.beside.cells:
            yield self._say("表-无行/栏" if self._is_headless else "表-无行/行")
        for look in (self._rows, self._order, self._names, self._numbers, self._lacking):
            yield from look()

    def _say(
        self,
        looked_for: str,
        place: Address | str = "",
        *,
        expected: str = "",
        found: str = "",
        difference: str = "",
        **slots: object,
    ) -> Finding:
        """Return a finding at a cell, or at the whole table."""
        called = self.table.form.called
        return self.kinds.finding(
            looked_for,
            str(place) or called,
            expected=expected,
            found=found,
            difference=difference,
            表=called,
            **slots,
        )

    def _heading(self) -> Iterator[Finding]:
        words, who = [narrow(w) for w in self.beside.words], self.profile
        if self.beside.unit != money.WAN and not self.in_yuan:
            yield self._say("表-单位/一张", expected=money.WAN, found=self.beside.unit)
        years = {y for w in words for y in re.findall(r"(20\d\d)年", w)} - {str(who.year)}
        if years:
            yield self._say("表-年度", expected=str(who.year), found="、".join(sorted(years)))
        name = self.beside.department
        if name and narrow(name) != narrow(who.department):
            yield self._say("表-部门", expected=who.department, found=narrow(name))
        is_empty = self.table.is_empty and self.table.form.empty
        if is_empty and not any("无数据" in w or "没有" in w for w in words):
            yield self._say("表-空表说明")

    def _rows(self) -> Iterator[Finding]:
        """Yield a table and rows that stand twice, and rows that the form does not know."""
        if self.beside.again:
            yield self._say("表-又一张", found="、".join(self.beside.again))
        if slid := self.beside.slid:
            row, owner = next((row, owner) for row, owner in slid.items() if owner)
            yield self._say(
                "表-错行",
                Address(self.table.form.number, row, self.table.sides[0].columns[0].key),
                首行=self._subject(next(iter(slid))),
                行数=len(slid),
                行=self._subject(row),
                另行=self._subject(owner),
            )
        for key in dict.fromkeys(self.beside.repeated):
            yield self._say("表-重复行", found=key)
        for label, amount in self.beside.strangers:
            slots = {"行": label[:20], "数": amount}
            if amount.strip("0.,"):
                yield self._say("表-多行/不认识", found=label, **slots)
            elif plain(label) not in _subjects():
                yield self._say("表-多行/不认识而无数", found=label, **slots)

    @cached_property
    def _coded(self) -> list[str]:
        return [key for key in self.beside.order if key.isdecimal()]

    def _order(self) -> Iterator[Finding]:
        """Yield the first code out of order; numbered rows stand as their form numbers them."""
        sides, coded = self.table.sides, self._coded
        numbered = any(row.number for side in sides for row in side.rows)
        if not numbered and len(sides) == 1 and coded != sorted(coded):
            out = next(b for a, b in itertools.pairwise(coded) if b < a)
            yield self._say("表-行序", found=out)

    def _names(self) -> Iterator[Finding]:
        """Yield rows under the code of another, and codes whose name is neither that of the year nor today's."""
        first = next((c.key for side in self.table.sides for c in side.columns), "")
        for key, written in self.beside.miscoded.items():
            place = Address(self.table.form.number, key, first)
            yield self._say("表-编码", place, expected=key, found=written, 行=self._subject(key))
        for key in self._coded:
            written, listed = self.beside.names.get(key, ""), _name(key, self.profile.year)
            good = ("", key, plain(listed), plain(_name(key, 9999)))
            is_listed = key in codes.functional() or key in codes.economic()
            if is_listed and plain(written) not in good:
                place = Address(self.table.form.number, key, first)
                yield self._say("表-科目名", place, expected=listed, found=written, 编码=key)

    @cached_property
    def _apart(self) -> list[tuple[str, str, str, Cell | None, Amount | None]]:
        """What is published and not the same here: its row and column, its text, the cell, the amount that it is."""
        ours, unit = self.table.grid, self.beside.unit
        found = []
        for place, printed in self.beside.cells.items():
            cell, amount = ours.get(place), _amount(printed.text, unit)
            given = cell.value.amount if cell else None
            if amount is None or given is None or given.value != amount.value:
                found.append((*place, printed.text, cell, amount))
        return found

    def _numbers(self) -> Iterator[Finding]:
        """Yield published numbers that are none or not the recomputed ones."""
        for row, column, text, cell, amount in self._apart:
            if amount is None:
                yield from self._no_number(row, column, text)
            elif cell is not None and cell.amount is not None:
                yield from self._differs(cell.address, cell.amount, amount)

    def _no_number(self, row: str, column: str, text: str) -> Iterator[Finding]:
        if text != GAP:
            place = Address(self.table.form.number, row, column)
            named = {"行": self._subject(row), "栏": self._subject(column)}
            yield self._say("表-非数", place, found=text[:20], **named)

    def _differs(self, address: Address, ours: Amount, theirs: Amount) -> Iterator[Finding]:
        if money.rounded(ours.value, 2) == money.rounded(theirs.value, 2):
            return
        expected, found, difference = money.told(ours.value, theirs.value)
        yield self._say(
            "表-尾差" if ours.meets(theirs) else "表-数",
            address,
            expected=expected,
            found=found,
            difference=difference,
            行=self._subject(address.row),
            栏=self._subject(address.column),
        )

    def _subject(self, key: str) -> str:
        return codes.subject(key, self.profile.year)

    def _lacking(self) -> Iterator[Finding]:
        """Yield what has money here and is not there, and what is there and not known here.

        Of a table of which no column was found no row is lacking: it was not read.
        """
        if self._is_headless:
            return
        ours, theirs = self.table.grid, self.beside.cells
        rows = {row for row, _ in theirs}
        for place, cell in ours.items():
            row, column = place
            if place in theirs or cell.amount is None or row in self.beside.slid:
                continue
            if column in self.beside.without:
                continue
            if not money.rounded(cell.amount.value, 2) or self._is_unsplit(row, column):
                continue
            yield self._say(
                "表-缺栏" if row in rows else "表-缺行",
                cell.address,
                expected=money.printed(cell.amount.value),
                行=self._subject(row),
                栏=self._subject(column),
            )
        yield from self._unknown_rows()
        yield from self._not_judged()

    @property
    def _is_headless(self) -> bool:
        return bool(self.beside.lost) and not self.beside.cells

    def _is_unsplit(self, row: str, column: str) -> bool:
        """Return whether a column is part of a group that may be given as one, and was."""
        theirs = self.beside.cells
        return any(
            column in parts
            and (row, group) in theirs
            and not any((row, p) in theirs for p in parts)
            for group, parts in self._groups.items()
        )

    @cached_property
    def _groups(self) -> dict[str, list[str]]:
        """The columns that show a sum which may be given as it is (公务用车购置及运行维护费), with their parts."""
        sums, groups = codes.vocabulary().sums, dict[str, list[str]]()
        for block in self.table.form.blocks:
            keys = {name: c.key for c in block.columns for name in (c.number, c.key) if name}
            for column in block.columns:
                if column.equals and dict(column.scope).get("category") in sums:
                    groups[column.key] = [keys[n] for term in column.equals for n in term.names]
        return groups

    def _unknown_rows(self) -> Iterator[Finding]:
        """Yield rows of codes that no figure has, each with its first number that is not zero."""
        extra: dict[str, str] = {}
        for row, _, text, cell, amount in self._apart:
            if amount is not None and cell is None:
                extra[row] = extra.get(row, "") or ("" if amount.is_zero else text)
        for row, text in extra.items():
            if text:
                yield self._say("表-多行/没有科目", found=text, 行=self._subject(row), 数=text)
        blank = [row for row, text in extra.items() if not text]
        if len(blank) > MANY:
            some = "、".join(map(self._subject, blank[:MANY]))
            yield self._say("表-多行/许多没有科目而无数", 行=some, 个数=len(blank))
        else:
            for row in blank:
                yield self._say("表-多行/没有科目而无数", 行=self._subject(row))

    def _not_judged(self) -> Iterator[Finding]:
        """Yield how many published numbers have no figure here, at the first of them."""
        unknown = [
            cell.address
            for _, _, _, cell, amount in self._apart
            if cell is not None
            and cell.amount is None
            and amount is not None
            and not amount.is_zero
        ]
        if unknown:
            yield self._say("表-无从核对", unknown[0], 格数=len(unknown))


def _name(code: str, year: int) -> str:
    is_economic = code in codes.economic() and code not in codes.functional()
    if is_economic and len(code) in (3, 5):
        return codes.economic().name(code)
    return codes.functional().name(code, year)


@lru_cache(maxsize=1)
def _subjects() -> frozenset[str]:
    """Return what the classes of the code list are called: a form may list one that another leaves out."""
    return frozenset(plain(entry.name) for entry in codes.functional().values())


@lru_cache(maxsize=5_000)
def _amount(printed: str, unit: str) -> Amount | None:
    """Return a printed amount in 万元, whatever its table is in; a blank is zero, words are none."""
    known = unit if unit == money.YUAN else money.WAN
    text = digits(printed, known)
    if text is None or not money.is_number(text):
        return None
    return money.NOTHING if text == "0" else money.amount(text, known)
