"""What of a department-year is still to be filled in, and where it will be printed."""

from __future__ import annotations

import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from helpers.basics.errors import DataError, Refusal
from helpers.basics.model import DIMENSIONS, FINAL, Address, Figure, Profile, Scope, Statement
from helpers.basics.paths import Folder
from helpers.disclosure import figures, profile, statements
from helpers.disclosure.accounts import Accounts
from helpers.disclosure.tables import Tables
from helpers.edition import codes, declared, edition
from helpers.intake.claims import depth

_WORDS = ("duties", "organisation", "glossary")  # that every disclosure prints
_GAP = re.compile("【(缺上年数|缺预算数)】")
_FILL = {
    "缺上年数": "补上年的文件夹，或补口径为上年决算的行",
    "缺预算数": "补口径为年初预算或全年预算的行",
}
MOST_PLACES = 4  # that one line names


@dataclass(frozen=True)
class Todo:
    """What is to be filled in: rows without an amount, cells that no row reaches, words of the profile; each a line."""

    rows: tuple[str, ...]
    cells: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        return (*self.rows, *self.words, *self.cells)


def todo(folder: Folder) -> Todo:
    """Return what is still to be filled in of a department-year; a file that is otherwise broken is refused."""
    half = _Half(folder)
    return Todo(rows=tuple(half.rows()), cells=tuple(half.missing()), words=tuple(half.problems()))


class _Half:
    """A department-year that is half filled in: its figures with an amount, and those without."""

    def __init__(self, folder: Folder):
        self._folder = folder
        now = figures.half_filled(folder.figures, folder.name(folder.figures))
        self._open = now.open
        self._profile, self._wrong = _profile_of(folder)
        self._edition = self._profile.edition if self._profile else declared.default()
        before = folder.last_year.figures
        last: tuple[Figure, ...] = ()
        with suppress(Refusal):  # what is wrong with last year's file is no matter of this year
            last = figures.load(before, folder.name(before)) if os.path.lexists(before) else ()
        forms = edition.load(self._edition).forms
        self._whole = Tables(forms, Accounts(now.every, last), folder.year)

    def rows(self) -> Iterator[str]:
        """Yield the rows without an amount, each with where it will be printed."""
        for figure in self._open:
            basis = "" if figure.basis == FINAL else f"（{figure.basis}）"
            yield f"figures.csv 第 {figure.line} 行　{figure.scope.label}{basis}：{self._printed(figure)}"

    def _printed(self, figure: Figure) -> str:
        """Return where a figure is printed, or into which cell it is added."""
        role = codes.vocabulary().roles[figure.basis]
        for scope in _wholes(figure.scope):
            cells = self._cells.get((scope, figure.basis)) or self._cells.get((scope, role))
            if cells:
                sections = dict.fromkeys(s for cell in cells for s in self._sections.get(cell, ()))
                places = [str(c) for c in cells if self._whole.forms[c.table].published]
                places += [f"说明 {section}" for section in sections]
                places = places or [*map(str, cells)]
                more = f" 等 {len(places)} 处" if len(places) > MOST_PLACES else ""
                way = "印在" if scope == figure.scope else "加进"
                return f"{way} {'、'.join(places[:MOST_PLACES])}{more}"
        return "只作比较，不直接印出"

    @cached_property
    def _cells(self) -> dict[tuple[Scope, str], list[Address]]:
        """The cells of every scope and basis."""
        found: dict[tuple[Scope, str], list[Address]] = defaultdict(list)
        for number in self._whole.forms:
            for cell in self._whole.cells(number):
                if asked := self._whole.asked(cell.address):
                    found[asked].append(cell.address)
        return found

    @cached_property
    def _statements(self) -> tuple[Statement, ...]:
        """The statements as they would be printed; none while the profile is broken."""
        if self._profile is None:
            return ()
        words, name = edition.load(self._edition).wording, self._folder.name(self._folder.profile)
        return tuple(statements.Writer(self._whole, self._profile, words, name).all())

    @cached_property
    def _sections(self) -> dict[Address, list[str]]:
        """The statements that print a cell, by the number of their section."""
        found: dict[Address, list[str]] = defaultdict(list)
        for statement in self._statements:
            for sentence in statement.sentences:
                for number in sentence.numbers:
                    for cell in number.cells:
                        found[cell._replace(basis=FINAL)].append(statement.number)
        return found

    def missing(self) -> Iterator[str]:
        """Yield the cells that no row reaches, table by table, then those that only a statement prints.

        While rows are open nobody can tell which they are.
        """
        if self._open:
            return
        for table in self._whole.published():
            gone = [cell.address for cell in table.cells() if cell.amount is None]
            if gone:
                yield f"{table.form.called}　{len(gone)} 格没有数，也推不出，如 {gone[0]}"
        for cell, sections in self._sections.items():
            is_published = self._whole.forms[cell.table].published
            if not is_published and self._whole.cell(cell).amount is None:
                told = "、".join(dict.fromkeys(sections))
                yield f"说明 {told}　没有{self._whole.named(cell)}，也推不出"
        for statement in self._statements:
            gaps = Counter(g for s in statement.sentences for g in _GAP.findall(s.text))
            for gap, times in gaps.items():
                yield f"说明 {statement.number}　有 {times} 处印作【{gap}】：{_FILL[gap]}"

    def problems(self) -> Iterator[str]:
        """Yield what the profile still lacks: what it is refused for, and the words that it may have."""
        yield from self._wrong
        texts = self._profile.texts if self._profile else {}
        for key in _WORDS if self._profile else ():
            chinese, _ = profile.KEYS[key]
            if not texts.get(chinese):
                yield f"{self._folder.profile.name}　{key}（{chinese}）没有填"


def _wholes(scope: Scope) -> list[Scope]:
    """Return a scope and all that it is part of, the nearest first."""
    line_of = codes.vocabulary().line_of
    lines = [line_of(d, scope.item, member) for d, member in zip(DIMENSIONS, scope[1:])]
    found = [Scope(scope.item, *members) for members in product(*lines)]
    return sorted(found, key=depth, reverse=True)


def _profile_of(folder: Folder) -> tuple[Profile | None, list[str]]:
    try:
        return profile.load(folder.profile, folder.name(folder.profile), folder.year), []
    except DataError as error:
        return None, str(error).splitlines()
