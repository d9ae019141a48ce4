"""In which unit a table says that its amounts are: beside its title, in a cell by itself, in its head or under it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

_UNIT = r"([千百亿万]?元)(?![一-龥])"
_SAID = re.compile(rf"单\s*位\s*[:为]?\s*(?:人民币)?\s*{_UNIT}")
_ALONE = re.compile(r"[(\[]?(?:人民币)?([千百亿万]?元)[)\]]?")
_OF_HEAD = re.compile(r"\((?:单位:?)?(?:人民币)?([千百亿万]?元)\)$")
Row = Iterable[str]


def said(rows: Iterable[Row]) -> tuple[str, ...]:
    """Return the units that the rows round a table's body state, each once, that which is said most plainly first.

    >>> said([["部门：某局", "金额单位：", "万元"]]), said([["决算数（元）"]]), said([["编制单位：元氏县财政局"]])
    (('万元',), ('元',), ())
    """
    some = [[unicodedata.normalize("NFKC", text).strip() for text in row if text] for row in rows]
    found = (*_after_its_name(some), *_alone(some), *_at_the_end(some))
    return tuple(dict.fromkeys(found))


def without(label: str) -> str:
    """Return a label without the unit that it ends with: 决算数(元)."""
    return _OF_HEAD.sub("", label)


def _after_its_name(rows: list[list[str]]) -> Iterator[str]:
    return (match[1] for row in rows for match in _SAID.finditer(" ".join(row)))


def _alone(rows: list[list[str]]) -> Iterator[str]:
    return (match[1] for row in rows for text in row if (match := _ALONE.fullmatch(text)))


def _at_the_end(rows: list[list[str]]) -> Iterator[str]:
    return (match[1] for row in rows for text in row if (match := _OF_HEAD.search(text)))
