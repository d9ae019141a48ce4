"""Other ways in which a table is published (另式): under a name of its own, and with some of its columns only."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from helpers.basics.errors import DataError, nearest, shown
from helpers.basics.yamltext import Mapping, Word, vet

_PRINTING = {"名称": Word, "栏": Mapping}


@dataclass(frozen=True)
class Printing:
    """A table under another name: by their keys the columns that it has there, and what they are called."""

    name: str
    columns: tuple[tuple[str, str], ...]


def of(raw: Mapping, columns: Collection[str], file: str) -> tuple[Printing, ...]:
    """Return the other ways in which a table is published; a column that it does not have is refused."""
    found = []
    for entry in raw.get("另式", ()):
        for key in vet(entry, file, _PRINTING, _PRINTING)["栏"]:
            if key not in columns:
                at, near = f"{file} 第 {key.line} 行", nearest(key, columns)
                raise DataError(at, f"表里没有「{shown(key)}」这一栏{near}", "、".join(columns))
        called = tuple((str(key), str(label)) for key, label in entry["栏"].items())
        found.append(Printing(name=str(entry["名称"]), columns=called))
    return tuple(found)
