"""Which row of a grid is which row of a form: by code in one to three columns or beside its name, by label, by name alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache

from helpers.edition import codes
from helpers.edition.forms import Block, Line
from helpers.published.words import bare_code, code_and_name, is_code, names, word

_PART = re.compile(r"\d{1,3}", re.ASCII)
_LEVELS = ("类", "款", "项")
BY_CODE = ("function", "economic")  # the lists of which a form may have a row for each code


def code_columns(rows: list[list[str]]) -> dict[int, int]:
    """Return the columns that stand under 类, 款 and 项: the first → how many they are."""
    found: dict[int, int] = {}
    for row in rows:
        for c, text in enumerate(row):
            if (
                "类" in text
                and word(text) == "类"
                and list(map(word, row[c : c + 2])) == ["类", "款"]
            ):
                found[c] = 3 if list(map(word, row[c : c + 3])) == list(_LEVELS) else 2
    return found


@dataclass
class Stubs:
    """The rows of one side of a form as they are met from the top: a name alone is read after the code above it."""

    block: Block
    columns: dict[int, int]  # under 类, 款, 项
    last: str = ""
    families: tuple[Line, ...] = ()  # the rows that are one for each code
    _seen: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.families = tuple(r for r in self.block.rows if r.by in BY_CODE)
        self._fixed = _fixed_rows(self.block)

    def knows(self, text: str) -> bool:
        """Return whether a text is the label, the code or the name of a row."""
        if not text:
            return False
        name = word(text)
        if name in self._fixed:
            return True
        code = text if is_code(text) else code_and_name(text)[0]
        return self.admits(code) if code else bool(self._candidates(name))

    def admits(self, code: str) -> bool:
        """Return whether a code is of a list that the side shows."""
        return any(
            code in _listed(row.by) and code.startswith(row.only or ("",)) for row in self.families
        )

    def key(self, row: list[str], span: range) -> tuple[str, str]:
        """Return the key of a row and the name that stands beside it, blanks where it is none of the side."""
        code, name = self._code(row, span)
        if code:
            self.last = code
            return code, name
        for text in (row[c] for c in span if row[c]):
            label = word(text)
            if keys := self._fixed.get(label):
                count = self._seen[label] = self._seen.get(label, -1) + 1
                return keys[min(count, len(keys) - 1)], text
            if found := self._by_name(label):
                self.last = found
                return found, text
        return "", ""

    def _code(self, row: list[str], span: range) -> tuple[str, str]:
        """Return the code of a row and what stands after it."""
        for c in span:
            count = self.columns.get(c, 1)
            if count > 1 and (code := self._joined(row[c : c + count])):
                return code, _name(row[c + count : span.stop])
            bare = bare_code(row[c])
            code, name = (bare, "") if is_code(bare) else code_and_name(row[c])
            if code and (self.families or any(code in keys for keys in self._fixed.values())):
                return code, name or _name(row[c + 1 : span.stop])
        return "", ""

    def _joined(self, parts: list[str]) -> str:
        """Return the code whose 类, 款 and 项 stand apart; a blank before a part is that of the row above."""
        if not any(parts) or not all(_PART.fullmatch(part) for part in parts if part):
            return ""
        if is_code(whole := next(part for part in parts if part)) and not any(parts[1:]):
            return whole
        above = [self.last[:3], self.last[3:5], self.last[5:7]]
        deepest = max(i for i, part in enumerate(parts) if part)
        filled = [part or above[i] for i, part in enumerate(parts[: deepest + 1])]
        code = "".join(part.zfill(2 if i else 3) for i, part in enumerate(filled))
        return code if is_code(code) else ""

    def _by_name(self, name: str) -> str:
        """Return the one code of a name that can stand here: under what stands above it, or of that name alone."""
        found = self._candidates(name)
        near = [c for c in found if len(c) > 3 and self.last.startswith(c[:-2])]
        under = [c for c in near if c[:-2] == self.last] or near
        for chosen in (under, [c for c in found if len(c) == 3], found):
            if len(chosen) == 1:
                return chosen[0]
        return ""

    def _candidates(self, name: str) -> list[str]:
        return [
            code
            for row in self.families
            if not row.number
            for code in codes_of(row.by).get(name, ())
            if code.startswith(row.only or ("",))
        ]


@lru_cache(maxsize=500)
def _fixed_rows(block: Block) -> dict[str, list[str]]:
    """Return name → the keys of the rows that are called so, but for those that are one for each code."""
    found: dict[str, list[str]] = {}
    for row in block.rows:
        if not row.by:
            for name in dict.fromkeys((*names(row), word(row.key))):
                found.setdefault(name, []).append(row.key)
        elif row.by == "category":
            item = dict((*block.scope, *row.scope))["item"]
            for category in codes.vocabulary().categories(item):
                found.setdefault(word(category), []).append(category)
    return found


def _name(texts: Iterable[str]) -> str:
    return next((text for text in texts if text), "")


def _listed(by: str) -> codes.CodeList:
    return codes.economic() if by == "economic" else codes.functional()


@cache
def codes_of(by: str) -> dict[str, tuple[str, ...]]:
    """Return name → the codes that have it, by their names of any year."""
    found: dict[str, list[str]] = {}
    for code, entry in _listed(by).items():
        for name in {word(entry.name), word(entry.old_name)} - {""}:
            found.setdefault(name, []).append(code)
    return {name: tuple(named) for name, named in found.items()}
