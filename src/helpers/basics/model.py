"""The nouns, all frozen: scope, figure, value, address, cell, number, statement, finding."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from helpers.basics.money import Amount

GIVEN, DERIVED, MISSING = "given", "derived", "missing"
FINAL, BUDGET, LAST_YEAR = "决算", "预算", "上年"  # what a basis of figures.csv serves as


class Scope(NamedTuple):
    """Which money (or count) is meant. A blank dimension means: not broken down by it."""

    item: str
    category: str = ""
    fund: str = ""
    function: str = ""
    nature: str = ""
    economic: str = ""
    project: str = ""

    def within(self, **dimensions: str) -> Scope:
        """Return the scope with other members in the named dimensions."""
        return self._replace(**dimensions)

    def part(self, place: int, member: str) -> Scope:
        """Return the scope with another member in one place; a lean `within` for look-ups by the thousand."""
        return tuple.__new__(Scope, (*self[:place], member, *self[place + 1 :]))

    @property
    def label(self) -> str:
        """What is written of the scope, as a message names it."""
        return " · ".join(part for part in self if part)


DIMENSIONS = Scope._fields[1:]


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """One row of figures.csv, the same as no other row. `source` is the file and line it came from.

    `listing` is the published table that it was copied from, as its column 来源 names it; `is_said` of one that
    was taken from a line of a text, which need not say what else there is.
    """

    scope: Scope
    basis: str
    amount: Amount
    unit: str
    written: str
    source: str
    listing: str = ""
    is_said: bool = False

    @property
    def line(self) -> str:
        """The line of its file."""
        return self.source.rpartition(":")[2]


class Value(NamedTuple):
    """What is known of a scope: given as it is, derived from figures, or missing."""

    amount: Amount | None
    state: str
    figures: tuple[Figure, ...] = ()
    unit: str = ""

    @property
    def known(self) -> bool:
        """Whether there is an amount."""
        return self.amount is not None


ABSENT = Value(None, MISSING)


class Address(NamedTuple):
    """A cell: 表[行, 栏], on another basis with @上年, @预算 or that of one budget alone."""

    table: str
    row: str
    column: str
    basis: str = FINAL

    @staticmethod
    def row_of(table: str, row: str, columns: Iterable[str]) -> list[Address]:
        """Return the cells of a row, by the keys of its columns: a lean way to thousands of them."""
        return [tuple.__new__(Address, (table, row, column, FINAL)) for column in columns]

    def starred(self, key: str) -> Address:
        """Return the cell that a declaration with a `*` means by a key."""
        row, column = (place.replace("*", key) for place in (self.row, self.column))
        return self._replace(row=row, column=column)

    def __str__(self) -> str:
        basis = "" if self.basis == FINAL else f"@{self.basis}"
        return f"{self.table}[{self.row}, {self.column}]{basis}"


class Cell(NamedTuple):
    """One cell of one table. `formula` and `operands` say how a derived cell was made."""

    address: Address
    value: Value
    formula: str = ""
    operands: tuple[Address, ...] = ()
    signs: tuple[int, ...] = ()

    @property
    def amount(self) -> Amount | None:
        return self.value.amount

    @classmethod
    def showing(cls, address: Address, value: Value) -> Cell:
        """Return a cell that shows a value as it is."""
        return tuple.__new__(cls, (address, value, "", (), ()))

    @property
    def state(self) -> str:
        """Whether it is given, derived or missing."""
        return self.value.state


class Measure(NamedTuple):
    """What a number states: its kind (amount, count, difference, rate, share, completion) and of which quantities.

    In an enumeration the quantity 额 is that of the row with `key`.
    """

    kind: str
    names: tuple[str, ...]
    listing: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a sentence: characters `start` to `end` of its text, made from `cells`, which states `measure`.

    `agreeing` are further cells that must state the same.
    """

    text: str
    value: Amount | None
    unit: str
    cells: tuple[Address, ...]
    start: int
    end: int
    measure: Measure
    agreeing: tuple[Address, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One printed sentence. `id` is the declaration's 编号 and the sentence's place in it.

    `names` are the names of table rows in it; `lists_names` says that it enumerates nothing but names.
    """

    id: str
    section: str
    text: str
    numbers: tuple[Number, ...] = ()
    paragraph: int = 0
    names: tuple[str, ...] = ()
    lists_names: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """One 说明: its heading and its sentences in order."""

    number: str
    title: str
    sentences: tuple[Sentence, ...]

    @property
    def paragraphs(self) -> list[list[Sentence]]:
        groups: dict[int, list[Sentence]] = {}
        for sentence in self.sentences:
            groups.setdefault(sentence.paragraph, []).append(sentence)
        return list(groups.values())


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a reviewer has to know. `place` is a cell, a sentence or a figure.

    `section` is the printed section or table that it stands in, `cause` the number of its root cause,
    `decision` what was decided of it; all three are blank until the whole review is known.
    """

    rule: str
    severity: str
    place: str
    message: str
    expected: str = ""
    found: str = ""
    difference: str = ""
    section: str = ""
    cause: str = ""
    decision: str = ""

    @property
    def amount(self) -> str:
        """What a decision about it holds to: the difference, else what was found."""
        return self.difference or self.found


SEVERITY = {"error": "错误", "warning": "警告", "hint": "提示", "missing": "未能核对"}
SEVERITIES = tuple(SEVERITY)
SERIOUS = ("error", "warning")


@dataclass(frozen=True, slots=True)
class Profile:
    """Who the department is, and the words that only it can write."""

    department: str
    short_name: str
    year: int
    edition: str
    region: str = ""
    kind: str = "部门"
    sector: str = ""
    percent_decimals: int = 1
    other_percent_decimals: dict[str, int] = field(default_factory=dict)
    trim_zeros: bool = True
    texts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    lines: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def decimals_of(self, percent: str) -> int:
        """Return the decimals of percentages in a style that an edition names (百分位), blank for the usual one."""
        return self.other_percent_decimals.get(percent, self.percent_decimals)
