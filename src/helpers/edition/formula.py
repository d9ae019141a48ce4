"""The small language of the rules: `表[行, 栏]`, `1..8`, `+ -`, `= ≥ ≤`. Parsed, never evaluated as code.

A term without brackets names a row or column of the same table, by 行次, code or name.
`*` in place of a row means: each row alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from helpers.basics.model import BASES, FINAL, Address

_RELATION = re.compile(r"[=≥≤]")
_SIGNED = re.compile(r"([+\-]?)((?:[^+\-\[\]]|\[[^\]]*\])+)")
_ADDRESS = re.compile(
    r"\s*([^\[\]@\s][^\[\]@]*)\[\s*([^,\[\]\s][^,\[\]]*),\s*([^,\[\]\s][^,\[\]]*)\](?:@(.+))?"
)
_RANGE = re.compile(r"(\d+)\.\.(\d+)", re.ASCII)


@dataclass(frozen=True)
class Term:
    """One operand: `sign` is 1 or -1, `of` an address or the names of rows or columns nearby."""

    sign: int
    of: Address | tuple[str, ...]


@dataclass(frozen=True)
class Relation:
    """left = right, left ≥ right or left ≤ right."""

    left: tuple[Term, ...]
    sign: str
    right: tuple[Term, ...]


def address(text: str) -> Address:
    """Parse `总表[收入总计, 决算数]` or `明细[合计, 本年支出合计]@上年`.

    >>> str(address("明细[合计,本年支出合计]@预算"))
    '明细[合计, 本年支出合计]@预算'
    """
    match = _ADDRESS.fullmatch(text.strip())
    if not match or (match[4] or FINAL).strip() not in BASES:
        raise ValueError(f"「{text.strip()}」不是「表[行, 栏]」")
    return Address(
        match[1].strip(), match[2].strip(), match[3].strip(), (match[4] or FINAL).strip()
    )


def signed_sum(text: str) -> tuple[Term, ...]:
    """Parse a sum of addresses, names and ranges.

    >>> [t.of for t in signed_sum("27 + 28..30")]
    [('27',), ('28', '29', '30')]
    """
    terms, end = [], 0
    for match in _SIGNED.finditer(text):
        word = match[2].strip()
        if match.start() != end or not word or (terms and not match[1]):
            break
        sign, end = -1 if match[1] == "-" else 1, match.end()
        span = _RANGE.fullmatch(word)
        if span:
            if int(span[1]) > int(span[2]):
                raise ValueError(f"「{word}」的次序倒了")
            terms.append(Term(sign, tuple(map(str, range(int(span[1]), int(span[2]) + 1)))))
        else:
            terms.append(Term(sign, address(word) if "[" in word else (word,)))
    if not terms or text[end:].strip():
        raise ValueError(f"「{text.strip()}」不是用 + 和 - 连起来的格")
    return tuple(terms)


def relation(text: str) -> Relation:
    """Parse `左边 = 右边` (or ≥, ≤)."""
    sides = _RELATION.split(text)
    if len(sides) != 2:
        raise ValueError(f"「{text.strip()}」应恰有一个 =、≥ 或 ≤")
    return Relation(signed_sum(sides[0]), _RELATION.search(text)[0], signed_sum(sides[1]))
