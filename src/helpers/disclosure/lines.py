"""The rows and columns that a form really has in one year: those it declares, and its families' members."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from helpers.basics.model import FINAL, Figure
from helpers.disclosure.accounts import Accounts
from helpers.edition import codes
from helpers.edition.forms import Block, Line
from helpers.edition.scopes import scope_of


class Lines:
    """The lines of every block over one department-year's accounts; a family has a line for each code or category."""

    def __init__(self, accounts: Accounts, year: int):
        self.accounts, self.year = accounts, year
        self._found: dict[tuple[int, bool, str], Line | None] = {}

    def find(self, block: Block, is_row: bool, key: str) -> Line | None:
        """Return the row or the column of a block with a key, also one without figures, or nothing."""
        asked = (id(block), is_row, key)
        if asked not in self._found:
            self._found[asked] = self._find(block, block.rows if is_row else block.columns, key)
        return self._found[asked]

    def _find(self, block: Block, lines: tuple[Line, ...], key: str) -> Line | None:
        for line in lines:
            if line.key == key and not line.by:
                return line
            if line.by and self._belongs(block, line, key):
                return _member(line, key, self._label(line, key))
        return None

    def _belongs(self, block: Block, line: Line, key: str) -> bool:
        if line.by == "category":
            return key in self._categories(block)
        if not key.isdecimal() or (line.only and key[:3] not in line.only):
            return False
        codes_of = codes.functional() if line.by == "function" else codes.economic()
        return key in codes_of or (
            key[:3] in codes_of and len(key) in ((3, 5, 7) if line.by == "function" else (3, 5))
        )

    def _categories(self, block: Block) -> list[str]:
        item = codes.vocabulary().items[dict(block.scope)["item"]]
        return [*item.parents, *item.alone]

    def _label(self, line: Line, key: str) -> str:
        if line.by == "category":
            return key
        return (
            codes.functional().name(key, self.year)
            if line.by == "function"
            else codes.economic().name(key, self.year)
        )

    def expanded(self, block: Block, lines: tuple[Line, ...]) -> Iterator[Line]:
        """Yield the rows or the columns of a block, the members of a family in its place."""
        for line in lines:
            if not line.by:
                yield line
            for key in self._members(block, line) if line.by else ():
                yield _member(line, key, self._label(line, key))

    def _members(self, block: Block, line: Line) -> list[str]:
        if line.by == "category":
            item = codes.vocabulary().items[dict(block.scope)["item"]]
            return [c for c in self._categories(block) if c not in item.optional]
        found = (
            {getattr(f.scope, line.by) for f in self._figures(block)}
            - {""}
            - set(codes.vocabulary().economic_group_names)
        )
        if line.every:
            every = codes.economic() if line.by == "economic" else codes.functional()
            found |= set(every) - set(line.unlisted)
        found |= {code[:n] for code in found for n in (3, 5) if len(code) > n}
        return sorted(c for c in found if not line.only or c[:3] in line.only)

    def _figures(self, block: Block) -> Iterator[Figure]:
        """Return the final-account figures that any column of a block can show."""
        plain_rows = [r for r in block.rows if not r.by] or [Line("", "")]
        for column in (c for c in block.columns if not c.by):
            scope = scope_of(block.scope, plain_rows[0].scope, column.scope)
            if scope is not None:
                yield from self.accounts.on(FINAL).figures_inside(scope)


@lru_cache(maxsize=20_000)
def _member(line: Line, key: str, label: str) -> Line:
    depth = {3: 0, 5: 1, 7: 2}.get(len(key), 0) if key.isdecimal() else 0
    return replace(
        line,
        key=key,
        label=label,
        scope=(*line.scope, (line.by, key)),
        by="",
        only=(),
        level=depth,
        number="",
    )
