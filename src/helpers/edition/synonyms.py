"""同义 of statements.yaml: words that a published text may print otherwise and that mean the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from helpers.basics.errors import DataError, shown
from helpers.basics.yamltext import Mapping, Sequence, Word


@dataclass(frozen=True)
class Synonyms:
    """Words that mean the same, as (other, word): a text is read with the words that the edition writes."""

    pairs: tuple[tuple[str, str], ...]

    @cached_property
    def _any(self) -> re.Pattern[str] | None:
        others = sorted((re.escape(other) for other, _ in self.pairs), key=len, reverse=True)
        return re.compile("|".join(others)) if others else None

    @cached_property
    def _words(self) -> dict[str, str]:
        return dict(self.pairs)

    def settled(self, text: str) -> str:
        """Return a text with each other way of saying replaced by the edition's own word.

        >>> Synonyms((("均是", "均为"),)).settled("收支均是")
        '收支均为'
        """
        return self._any.sub(lambda match: self._words[match[0]], text) if self._any else text


def synonyms_of(raw: Mapping, file: str) -> Iterator[tuple[str, str]]:
    """Yield (other, word) of every word that may be printed otherwise; {上年} stands for a number."""
    for word, others in raw.items():
        if not isinstance(others, Sequence) or not all(
            isinstance(other, Word) and other for other in others
        ):
            raise DataError(
                f"{file} 第 {word.line} 行",
                f"「{shown(word)}」的同义不是一个列表",
                "[另一种说法, …]",
            )
        yield from ((other.replace("{上年}", "#"), word.replace("{上年}", "#")) for other in others)
