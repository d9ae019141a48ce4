"""Tables called by other numbers: what an edition declares over tables, as one that follows it and numbers them otherwise has it."""

from __future__ import annotations

import re
from collections.abc import Mapping as Numbers
from typing import Any

from helpers.basics.yamltext import Mapping, Sequence, Word

_NUMBERS_ALONE = ("表号", "表", "后于", "依据")  # keys under which a number stands without its cell
_NUMBER = r"(?<![0-9A-Za-z附])({})(?![0-9])"


def renumbered(content: Any, numbers: Numbers[str, str]) -> Any:
    """Return the content of a file with the tables in it called by other numbers, old → new.

    >>> str(renumbered(Word("甲[合计, 本年支出] ≤ 乙[合计, 本年支出]"), {"甲": "丙"}))
    '丙[合计, 本年支出] ≤ 乙[合计, 本年支出]'
    """
    return _Renumbering(numbers).of(content)


class _Renumbering:
    def __init__(self, numbers: Numbers[str, str]):
        old = "|".join(map(re.escape, sorted(numbers, key=len, reverse=True)))
        self._numbers = numbers
        self._of_cell = re.compile(_NUMBER.format(old) + r"(?=\[)")
        self._alone = re.compile(_NUMBER.format(old))

    def of(self, content: Any, alone: bool = False) -> Any:
        """Return a piece of content with other numbers; `alone` says that they stand without their cell."""
        made: Any
        if isinstance(content, Word):
            return self._word(content, alone)
        if isinstance(content, Mapping):
            made = Mapping(
                (self._word(key, False), self.of(value, key in _NUMBERS_ALONE))
                for key, value in content.items()
            )
            made.file = content.file
        else:
            made = Sequence(self.of(item, alone) for item in content)
        made.line = content.line
        return made

    def _word(self, word: Word, alone: bool) -> Word:
        pattern = self._alone if alone else self._of_cell
        return Word.at(pattern.sub(lambda found: self._numbers[found[0]], word), word.line)
