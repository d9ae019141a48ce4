"""A text with slots, as statements.yaml, tables.yaml and the profile write it. Nothing is evaluated.

A slot is `{名}` (an amount), `{词 名}`, `{词 名/名}` or, of words that hold a quantity against itself on another
basis, `{词 名/口径}`; `名@口径` is a quantity on another basis; `{{` prints a brace.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from helpers.basics.errors import nearest, shown
from helpers.basics.model import BUDGET, LAST_YEAR
from helpers.edition import formula

AMOUNT = "数"
# Slot words that hold a quantity against itself, usually on this basis, and those that hold it against another.
AGAINST = {
    "变动": LAST_YEAR,
    "增减": LAST_YEAR,
    "差额": LAST_YEAR,
    "幅度": LAST_YEAR,
    "完成": BUDGET,
    "完成率": BUDGET,
}
TWO = ("占", "比")
OF_ROW = "额"  # the quantity of the row that an enumeration stands at
PLAIN = ("年", "上年", "全称", "简称", "类型", "地区")
IN_ROW = ("名", "类", "款", "项", "序")
OWN_TEXTS = ("文字", "条目")
_TEXTS = (*OWN_TEXTS, "列举")
_PIECE = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]|[^{}]+")


@dataclass(frozen=True)
class Slot:
    """One slot of a sentence: what it prints and of which quantities or text, what it is held against second."""

    word: str
    names: tuple[str, ...] = ()


Template = tuple[str | Slot, ...]


def template(text: str, known: Collection[str] | None = None, in_row: bool = False) -> Template:
    """Parse a text with slots. `known` are the quantity names allowed; addresses always are.

    `in_row` allows the names of the row that an enumeration stands at.

    >>> template("共{总计}万元")
    ('共', Slot(word='数', names=('总计',)), '万元')
    """
    parts: list[str | Slot] = []
    for match in _PIECE.finditer(text):
        piece = match[0]
        if match[1] is not None:
            parts.append(_slot(match[1].strip(), known, in_row))
        elif piece in "{}":
            raise ValueError(f"单独的「{piece}」（要印出括号请写两个）")
        else:
            literal = piece[0] if piece in ("{{", "}}") else piece
            if parts and isinstance(parts[-1], str):
                parts[-1] += literal
            else:
                parts.append(literal)
    return tuple(parts)


def own_words(text: str, known: Collection[str]) -> Template:
    """Parse a department's own text: amounts and phrases, but no further texts or enumerations."""
    parts = template(text, known)
    for part in parts:
        if isinstance(part, Slot) and part.word in _TEXTS:
            raise ValueError(f"自己的文字里不能用「{{{part.word} …}}」")
    return parts


def _slot(inside: str, known: Collection[str] | None, in_row: bool) -> Slot:
    if inside in PLAIN or (in_row and inside in IN_ROW):
        return Slot(inside)
    word, _, rest = inside.partition(" ")
    rest = rest.strip()
    if word in _TEXTS and rest:
        return Slot(word, (rest,))
    if word in AGAINST and rest:
        names = _against(word, rest, inside)
    elif word in TWO and rest:
        names = _split(rest)
        if len(names) != 2:
            raise ValueError(f"槽「{{{shown(inside)}}}」应有两个量，写作 甲/乙")
    else:
        word, names = AMOUNT, (inside,)
    for name in names:
        quantity, basis = on_basis(name)
        if "[" in quantity:
            formula.address(quantity)
        elif known is not None and quantity not in known:
            raise ValueError(
                f"不认识的槽「{{{shown(inside)}}}」{nearest(quantity, [*known, *PLAIN])}"
            )
        if basis and not formula.is_basis(basis):
            raise ValueError(f"槽「{{{shown(inside)}}}」里没有口径「{shown(basis)}」")
    return Slot(word, names)


@lru_cache(maxsize=5_000)
def on_basis(name: str) -> tuple[str, str]:
    """Return a quantity and the basis that is named behind it, blank where it stands as it is declared.

    >>> on_basis("总计@上年"), on_basis("总计")
    (('总计', '上年'), ('总计', ''))
    """
    quantity, _, basis = name.rpartition("@") if "@" in name else (name, "", "")
    return quantity.strip(), basis.strip()


def is_of_row(names: Collection[str]) -> bool:
    """Return whether one of the quantities is that of an enumeration's row."""
    return any(on_basis(name)[0] == OF_ROW for name in names)


def _against(word: str, rest: str, inside: str) -> tuple[str, ...]:
    """Return a quantity and what it is held against: itself on the basis that is named, else on the usual one."""
    name, *more = _split(rest)
    if len(more) > 1:
        raise ValueError(f"槽「{{{shown(inside)}}}」应有一个量，可以再写口径，写作 量/口径")
    return name, f"{name}@{more[0] if more else AGAINST[word]}"


def _split(names: str) -> tuple[str, ...]:
    return tuple(n.strip() for n in re.split(r"/(?![^\[]*\])", names))
