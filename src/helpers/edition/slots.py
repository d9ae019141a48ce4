"""A text with slots, as statements.yaml, tables.yaml and the profile write it. Nothing is evaluated.

A slot is `{名}` (an amount), `{词 名}` or `{词 名/名}`; `{{` prints a brace.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from helpers.basics.errors import nearest, shown
from helpers.edition import formula

AMOUNT = "数"
# Slot words that take one quantity, and those that take two as `甲/乙`.
ONE, TWO = ("变动", "增减", "差额", "幅度", "完成"), ("占", "比")
PLAIN = ("年", "上年", "全称", "简称", "类型", "地区")
IN_ROW = ("名", "类", "款", "项", "序")
_TEXTS = ("文字", "列举", "条目")
_PIECE = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]|[^{}]+")


@dataclass(frozen=True)
class Slot:
    """One slot of a sentence: what it prints and of which quantities or text."""

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
    if word in ONE + TWO and rest:
        names = tuple(n.strip() for n in re.split(r"/(?![^\[]*\])", rest))
        if len(names) != (1 if word in ONE else 2):
            raise ValueError(
                f"槽「{{{shown(inside)}}}」应有{'一个量' if word in ONE else '两个量，写作 甲/乙'}"
            )
    else:
        word, names = AMOUNT, (inside,)
    for name in names:
        if "[" in name:
            formula.address(name)
        elif known is not None and name not in known:
            raise ValueError(f"不认识的槽「{{{shown(inside)}}}」{nearest(name, [*known, *PLAIN])}")
    return Slot(word, names)
