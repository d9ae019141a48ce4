"""How disclosures are printed whatever their form: the words of heads, of totals and of titles (data/codes/printed.yaml)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from helpers.basics import paths
from helpers.basics.yamltext import Keys, Sequence, read, vet

_FILE = "printed.yaml"
_KEYS: Keys = {
    "表头": Sequence,
    "合计的写法": Sequence,
    "表名里不算的词": Sequence,
    "标题的写法": Sequence,
}


@dataclass(frozen=True)
class Usage:
    """`heads` are words of a head that name no column; `totals` all mean `total`; `dropped` say nothing in a title.

    `sections` are the titles of a section, those of one together.
    """

    heads: frozenset[str]
    totals: tuple[str, ...]
    dropped: tuple[str, ...]
    sections: tuple[tuple[str, ...], ...]

    @property
    def total(self) -> str:
        return self.totals[0]


@cache
def load() -> Usage:
    """Return the words that printed tables have in common."""
    raw = vet(read(paths.CODES / _FILE, _FILE), _FILE, _KEYS, tuple(_KEYS))
    return Usage(
        heads=frozenset(map(str, raw["表头"])),
        totals=tuple(map(str, raw["合计的写法"])),
        dropped=tuple(map(str, raw["表名里不算的词"])),
        sections=tuple(tuple(map(str, titles)) for titles in raw["标题的写法"]),
    )
