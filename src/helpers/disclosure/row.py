"""One row of figures.csv under inspection: it becomes a figure, or is refused column by column."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from helpers.basics import money
from helpers.basics.errors import DataError, Problems, nearest, shown
from helpers.basics.model import DIMENSIONS, Figure, Scope
from helpers.basics.text import narrow
from helpers.edition import codes

_CELL = re.compile(r"([^\[\]]*:[^\[\]]+)\[[^\[\]]*\]")
_LINE = re.compile(r"[^\[\]:]+\.(?:txt|html?|docx?|wps|pdf)(?::\d+| 第 \d+ [页段行])")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
REQUIRED = (
    "item",
    "category",
    "fund",
    "function",
    "nature",
    "economic",
    "project",
    "basis",
    "amount",
    "unit",
)


_WORDS = tuple(column for column in REQUIRED if column not in ("amount", "unit"))
Refused = tuple[str, str, str]  # a column, what is wrong with it, what is expected


@dataclass(frozen=True)
class _Place:
    """What the words of a row say: which money or count is meant, on which basis; and what is wrong with them."""

    scope: Scope
    basis: str
    refused: tuple[Refused, ...]


class _Row:
    """One row under inspection; what is wrong with it is kept column by column."""

    def __init__(self, fields: dict[str, str]):
        self.fields = fields
        self.refused: list[Refused] = []

    def refuse(self, column: str, problem: str, expected: str) -> None:
        """Keep what is wrong with a column."""
        self.refused.append((column, problem, expected))

    def plain(self) -> None:
        """Refuse what nobody sees."""
        for column, written in self.fields.items():
            if _CONTROL.search(written):
                self.refuse(column, f"「{shown(written)}」含有看不见的控制字符", "普通文字")

    def known(self, column: str, words: dict[str, str], what: str) -> str:
        """Return the word that a column has, as the vocabulary writes it; one that is unknown is refused."""
        written = self.fields[column]
        if not written:
            return ""
        word = words.get(narrow(written))
        if word is None:
            self.refuse(
                column,
                f"不认识的{what}「{shown(written)}」{nearest(written, words.values())}",
                "、".join(words.values()) or "空白",
            )
        return word or ""


def figure_of(fields: dict[str, str], name: str, line: int) -> Figure | None:
    """Return the figure of a row; of one without an amount, which is told for the whole file, only what else is wrong."""
    place = _place(*(fields[column] for column in _WORDS))
    row = _Row({"amount": fields["amount"], "unit": fields["unit"]})
    row.plain()
    item, amount = codes.vocabulary().items.get(place.scope.item), None
    if item and fields["amount"] and not row.refused:
        amount = _amount(row, item, place.scope)
    if place.refused or row.refused:
        _refuse((*place.refused, *row.refused), f"{name} 第 {line} 行")
    if amount is None:
        return None
    return Figure(
        scope=place.scope,
        basis=place.basis,
        amount=amount,
        unit=fields["unit"],
        written=fields["amount"],
        source=f"{name}:{line}",
        listing=_listing(fields.get("source", "")),
        is_said=is_said(fields.get("source", "")),
    )


def _refuse(refused: Iterable[Refused], where: str) -> None:
    """Refuse a row by all that is wrong with it."""
    problems = Problems()
    for column, problem, expected in refused:
        with problems.gathered():
            said = codes.vocabulary().columns[column]
            raise DataError(f"{where} {column}（{said}）", problem, expected)
    problems.tell()


@lru_cache(maxsize=20_000)
def _place(*words: str) -> _Place:
    """Return what words say; the same come again in every department's file."""
    row, vocabulary = _Row(dict(zip(_WORDS, words))), codes.vocabulary()
    row.plain()
    if not row.fields["item"]:
        row.refuse("item", "指标为空", "、".join(vocabulary.items))
    name_of_item = row.known("item", vocabulary.folded["item"], "指标")
    if row.refused:
        return _Place(Scope(""), "", tuple(row.refused))
    item = vocabulary.items[name_of_item]
    scope = Scope(
        item=item.name,
        category=row.known(
            "category",
            vocabulary.folded_categories(item.name),
            f"{item.name}类别",
        ),
        fund=row.known("fund", vocabulary.folded["fund"], "资金"),
        function=_function(row),
        nature=row.known("nature", vocabulary.folded["nature"], "支出性质"),
        economic=_economic(row),
        project=row.fields["project"],
    )
    if scope.economic in vocabulary.economic_group_names:
        if scope.nature not in ("", "基本支出"):
            row.refuse(
                "economic", f"「{scope.economic}」只属于基本支出", "编码，或把支出性质改为基本支出"
            )
        scope = scope.within(nature="基本支出")
    for dimension in DIMENSIONS:
        if getattr(scope, dimension) and dimension not in item.dimensions:
            row.refuse(dimension, f"「{item.name}」不按{vocabulary.columns[dimension]}分解", "空白")
    if not item.has_total and not row.fields["category"]:
        row.refuse(
            "category", f"「{item.name}」没有写类别", "、".join(vocabulary.categories(item.name))
        )
    basis = row.known("basis", vocabulary.folded["basis"], "口径") or "决算"
    return _Place(scope, basis, tuple(row.refused))


def _listing(source: str) -> str:
    """Return the table that a source names, the file and the table's number of `文件:表号[行, 栏]`."""
    named = _CELL.fullmatch(source)
    return named[1] if named else ""


def is_said(source: str) -> bool:
    """Return whether a source names a line of a text, 文件:行号, or a page or a paragraph of it."""
    return _LINE.fullmatch(source) is not None


def _amount(row: _Row, item: codes.Item, scope: Scope) -> money.Amount | None:
    written, unit = row.fields["amount"], row.fields["unit"]
    units = codes.vocabulary().units_of(scope.category) if item.counts else money.MONEY_UNITS
    if unit not in units:
        row.refuse("unit", f"单位「{shown(unit)}」不对", "、".join(units))
    if not money.is_number(written):
        row.refuse(
            "amount",
            f"「{shown(written)}」{_why_no_number(written)}",
            "十进制数（不带千分位逗号和单位），如 1014.51",
        )
        return None
    amount = money.amount(written, unit)
    if item.counts and unit != "分" and amount.value != amount.value.to_integral_value():
        row.refuse("amount", f"「{shown(written)}」不是整数", f"整{unit}数")
    if amount.value < 0 and not codes.vocabulary().may_be_negative(scope):
        row.refuse(
            "amount",
            f"「{shown(written)}」为负",
            "零或正数（只有年初、年末结转和结余及结余分配可以为负）",
        )
    return amount


def _why_no_number(written: str) -> str:
    """Return what is wrong with a text that is no number, also where one does not see it."""
    if re.fullmatch(r"-?\d+(\.\d+)?", written, re.ASCII):
        return "位数太多"
    seen = "".join(c for c in narrow(written) if c.isprintable() and not c.isspace())
    return "里有空格、全角字符或看不见的字符" if money.is_number(seen) else "不是数字"


def _function(row: _Row) -> str:
    code = row.fields["function"]
    if code and (
        not re.fullmatch(r"\d{3}(\d{2}){0,2}", code, re.ASCII) or code[:3] not in codes.functional()
    ):
        row.refuse(
            "function",
            f"不认识的功能科目编码「{shown(code)}」",
            "3、5 或 7 位功能分类科目编码，如 2010301",
        )
    return code


def _economic(row: _Row) -> str:
    code, groups = row.fields["economic"], codes.vocabulary().economic_group_names
    if (
        code
        and code not in groups
        and (not re.fullmatch(r"\d{3}(\d{2})?", code, re.ASCII) or code[:3] not in codes.economic())
    ):
        row.refuse(
            "economic",
            f"不认识的经济科目编码「{shown(code)}」",
            "3 或 5 位部门经济分类科目编码，或" + "、".join(groups),
        )
    return code
