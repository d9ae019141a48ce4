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

    def sound(self, column: str) -> str:
        """Return what a column says, nothing of one that is refused."""
        return "" if _has(self.refused, column) else self.fields[column]

    def known(self, column: str, words: dict[str, str], what: str) -> str:
        """Return the word that a column has, as the vocabulary writes it; one that is unknown is refused."""
        written = self.sound(column)
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


def _has(refused: Iterable[Refused], column: str) -> bool:
    return any(one == column for one, *_ in refused)


def figure_of(fields: dict[str, str], name: str, line: int) -> Figure | None:
    """Return the figure of a row; of one without an amount, which is told for the whole file, only what else is wrong."""
    place = _place(*(fields[column] for column in _WORDS))
    row = _Row({"amount": fields["amount"], "unit": fields["unit"]})
    row.plain()
    amount = _amount(row, place)
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
    for column, problem, expected in sorted(refused, key=lambda one: REQUIRED.index(one[0])):
        with problems.gathered():
            said = codes.vocabulary().columns[column]
            raise DataError(f"{where} {column}（{said}）", problem, expected)
    problems.tell()


@lru_cache(maxsize=20_000)
def _place(*words: str) -> _Place:
    """Return what words say; the same come again in every department's file."""
    row, vocabulary = _Row(dict(zip(_WORDS, words))), codes.vocabulary()
    row.plain()
    item = _item(row)
    if item:
        _refuse_undivided(row, item)
    scope = Scope(
        item=item.name if item else "",
        category=_category(row, item) if item else "",
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
    basis = row.known("basis", vocabulary.folded["basis"], "口径") or "决算"
    return _Place(scope, basis, tuple(row.refused))


def _item(row: _Row) -> codes.Item | None:
    """Return the item of a row; one that is blank or unknown is refused."""
    vocabulary = codes.vocabulary()
    if not row.fields["item"]:
        row.refuse("item", "指标为空", "、".join(vocabulary.items))
    return vocabulary.items.get(row.known("item", vocabulary.folded["item"], "指标"))


def _refuse_undivided(row: _Row, item: codes.Item) -> None:
    """Refuse what an item is not broken down by; a category that it has not is told as unknown."""
    for dimension in DIMENSIONS:
        if dimension not in ("category", *item.dimensions) and row.sound(dimension):
            said = codes.vocabulary().columns[dimension]
            row.refuse(dimension, f"「{item.name}」不按{said}分解", "空白")


def _category(row: _Row, item: codes.Item) -> str:
    vocabulary = codes.vocabulary()
    if not item.has_total and not row.fields["category"]:
        row.refuse(
            "category", f"「{item.name}」没有写类别", "、".join(vocabulary.categories(item.name))
        )
    return row.known("category", vocabulary.folded_categories(item.name), f"{item.name}类别")


def _listing(source: str) -> str:
    """Return the table that a source names, the file and the table's number of `文件:表号[行, 栏]`."""
    named = _CELL.fullmatch(source)
    return named[1] if named else ""


def is_said(source: str) -> bool:
    """Return whether a source names a line of a text, 文件:行号, or a page or a paragraph of it."""
    return _LINE.fullmatch(source) is not None


def _amount(row: _Row, place: _Place) -> money.Amount | None:
    """Return the amount of a row, or nothing where it has none; what hangs on a refused word is not judged."""
    item = codes.vocabulary().items.get(place.scope.item)
    written, unit = row.sound("amount"), row.fields["unit"]
    if written and not money.is_number(written):
        row.refuse(
            "amount",
            f"「{shown(written)}」{_why_no_number(written)}",
            "十进制数（不带千分位逗号和单位），如 1014.51",
        )
    if row.fields["amount"] or unit:
        _judge_unit(row, item, place.scope.category)
    if not row.sound("amount"):
        return None
    amount = money.amount(written, unit)
    if item:
        _judge_size(row, item, place, amount)
    return amount


def _judge_unit(row: _Row, item: codes.Item | None, category: str) -> None:
    """Refuse a unit that the item is not written in; where that is not known, one that no item is."""
    if _has(row.refused, "unit"):
        return
    of_counts, unit = codes.vocabulary().units_of(category), row.fields["unit"]
    if item is None:
        units = (*money.MONEY_UNITS, *of_counts)
    else:
        units = of_counts if item.counts else money.MONEY_UNITS
    if unit not in units:
        row.refuse("unit", f"单位「{shown(unit)}」不对", "、".join(units))


def _judge_size(row: _Row, item: codes.Item, place: _Place, amount: money.Amount) -> None:
    """Refuse a part of what comes only whole, and less than nothing where the form has no place for it."""
    written, unit = row.fields["amount"], row.sound("unit")
    is_part = amount.value != amount.value.to_integral_value()
    if item.counts and is_part and unit and unit != "分":
        row.refuse("amount", f"「{shown(written)}」不是整数", f"整{unit}数")
    may_be_negative = codes.vocabulary().may_be_negative(place.scope)
    if amount.value < 0 and not may_be_negative and not _has(place.refused, "category"):
        row.refuse(
            "amount",
            f"「{shown(written)}」为负",
            "零或正数（只有年初、年末结转和结余及结余分配可以为负）",
        )


def _why_no_number(written: str) -> str:
    """Return what is wrong with a text that is no number, also where one does not see it."""
    if re.fullmatch(r"-?\d+(\.\d+)?", written, re.ASCII):
        return "位数太多"
    seen = "".join(c for c in narrow(written) if c.isprintable() and not c.isspace())
    return "里有空格、全角字符或看不见的字符" if money.is_number(seen) else "不是数字"


def _function(row: _Row) -> str:
    code = row.sound("function")
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
    code, groups = row.sound("economic"), codes.vocabulary().economic_group_names
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
