"""The small language of the rules: `表[行, 栏]`, `1..8`, `+ -`, `= ≥ ≤`. Parsed, never evaluated as code.

A sum is one of cells, or one of rows or columns of the same table, by 行次, code or name.
`*` in place of a row means: each row alike. In a relation a cell may be taken times a number, a percentage or
another cell: `30% × 表[行, 栏]`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from helpers.basics.model import FINAL, Address
from helpers.edition import codes

ONE = Decimal(1)
_RELATION = re.compile(r"[=≥≤]")
_TYPED = {">=": "≥", "<=": "≤", "==": "=", "“": "'", "”": "'"}  # what a keyboard gives for it
_SIGNED = re.compile(r"([+\-]?)((?:[^+\-\[\]]|\[[^\]]*\])+)")
_ADDRESS = re.compile(
    r"\s*([^\[\]@\s][^\[\]@]*)\[\s*([^,\[\]\s][^,\[\]]*),\s*([^,\[\]\s][^,\[\]]*)\](?:@(.+))?"
)
_NUMBER = re.compile(r"(\d{1,9}(?:\.\d{1,6})?)\s*(%?)", re.ASCII)
_RANGE = re.compile(r"(\d+)\.\.(\d+)", re.ASCII)


@dataclass(frozen=True)
class Term:
    """One cell of a sum: `sign` is 1 or -1; it counts `times` over, and is multiplied `by` another cell."""

    sign: int
    of: Address
    times: Decimal = ONE
    by: Address | None = None

    @property
    def is_plain(self) -> bool:
        return self.times == ONE and self.by is None


@dataclass(frozen=True)
class Nearby:
    """Rows or columns of the same table in a sum: `sign` is 1 or -1, a range has many `names`."""

    sign: int
    names: tuple[str, ...]


class WrongKind(ValueError):
    """A sum of names where cells are asked for, or of cells where names are."""


@dataclass(frozen=True)
class Relation:
    """left = right, left ≥ right or left ≤ right."""

    left: tuple[Term, ...]
    sign: str
    right: tuple[Term, ...]


def is_basis(name: str) -> bool:
    """Return whether a name may follow @: 上年, 预算, or one of the budgets by its own name."""
    roles = codes.vocabulary().roles
    return name in roles or name in roles.values()


def address(text: str) -> Address:
    """Parse `总表[收入总计, 决算数]` or `明细[合计, 本年支出合计]@上年`.

    >>> str(address("明细[合计,本年支出合计]@预算"))
    '明细[合计, 本年支出合计]@预算'
    """
    match = _ADDRESS.fullmatch(text.strip())
    basis = (match[4] or FINAL).strip() if match else ""
    if not match or not is_basis(basis):
        raise ValueError(f"「{text.strip()}」不是「表[行, 栏]」")
    return Address(
        table=match[1].strip(),
        row=match[2].strip(),
        column=match[3].strip(),
        basis=basis,
    )


def signed_sum(text: str) -> tuple[Term, ...]:
    """Parse a sum of cells.

    >>> [(t.sign, str(t.of)) for t in signed_sum("表[甲, 乙] - 表[丙, 丁]")]
    [(1, '表[甲, 乙]'), (-1, '表[丙, 丁]')]
    """
    return _cells(_parsed(text))


def sum_of_names(text: str) -> tuple[Nearby, ...]:
    """Parse a sum of rows or columns nearby, by names and ranges.

    >>> [t.names for t in sum_of_names("27 + 28..30")]
    [('27',), ('28', '29', '30')]
    """
    terms = _parsed(text)
    names = tuple(term for term in terms if isinstance(term, Nearby))
    if len(names) < len(terms):
        raise WrongKind(f"「{text.strip()}」不全是本表的行或栏")
    return names


def equal_sums(text: str) -> tuple[tuple[Term, ...], ...]:
    """Parse `甲 = 乙`: one sum of cells, or several that state the same."""
    sums = tuple(map(_cells, [_parsed(side) for side in text.split("=")]))
    if not all(term.is_plain for terms in sums for term in terms):
        raise ValueError(f"「{text.strip()}」里有 ×，只有勾稽的等式能写")
    return sums


def relation(text: str) -> Relation:
    """Parse `左边 = 右边` (or ≥, ≤)."""
    for typed, meant in _TYPED.items():
        if typed in text:
            raise ValueError(f"「{typed}」应写作「{meant}」")
    sides, signs = _RELATION.split(text), _RELATION.findall(text)
    if len(signs) != 1:
        raise ValueError(f"「{text.strip()}」应恰有一个 =、≥ 或 ≤")
    left, right = map(_cells, [_parsed(side) for side in sides])
    return Relation(left, signs[0], right)


def _cells(terms: tuple[Term | Nearby, ...]) -> tuple[Term, ...]:
    for term in terms:
        if isinstance(term, Nearby):
            raise WrongKind(f"「{'、'.join(term.names)}」不是「表[行, 栏]」")
    return tuple(term for term in terms if isinstance(term, Term))


def _parsed(text: str) -> tuple[Term | Nearby, ...]:
    terms: list[Term | Nearby] = []
    end = 0
    for match in _SIGNED.finditer(text):
        word = match[2].strip()
        if match.start() != end or not word or (terms and not match[1]):
            break
        sign, end = -1 if match[1] == "-" else 1, match.end()
        terms.append(_product(sign, word) if "[" in word else Nearby(sign, _names(word)))
    if not terms or text[end:].strip():
        raise ValueError(f"「{text.strip()}」不是用 + 和 - 连起来的格")
    return tuple(terms)


def _product(sign: int, word: str) -> Term:
    """Parse one cell, or a product of cells and one number or percentage, written with ×.

    >>> str(_product(1, "30% × 表[行, 栏]").times)
    '0.30'
    """
    parts = [part.strip() for part in re.split(r"×(?![^\[]*\])", word)]
    numbers = [match for part in parts if (match := _NUMBER.fullmatch(part))]
    cells = [address(part) for part in parts if not _NUMBER.fullmatch(part)]
    if len(numbers) > 1 or not 1 <= len(cells) <= 2:
        raise ValueError(f"「{word}」不是一格，或一个数、百分数、另一格乘一格")
    times = Decimal(numbers[0][1]) if numbers else ONE
    if numbers and numbers[0][2]:
        times = times.scaleb(-2)
    return Term(sign, cells[0], times, cells[1] if len(cells) > 1 else None)


def _names(word: str) -> tuple[str, ...]:
    span = _RANGE.fullmatch(word)
    if not span:
        return (word,)
    first, last = int(span[1]), int(span[2])
    if first > last:
        raise ValueError(f"「{word}」的次序倒了")
    return tuple(map(str, range(first, last + 1)))
