"""What was really published: its text read, cut into clauses, every character's place remembered."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass

from helpers.basics.errors import DataError
from helpers.basics.paths import Folder
from helpers.basics.text import wraps
from helpers.basics.yamltext import text_of
from helpers.published import contents, documents

LARGEST, LONGEST_LINE = 500_000, 50_000
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_END = "。；;!！?？\n"
_BREAK = "，,：:、" + _END
_UNIT = re.compile(r"万元|亿元|元|%|人次|批次|辆|台|个|次|人|分|项|万|年|月|日")


@dataclass(frozen=True, slots=True)
class Found:
    """A number in a text: its digits, the unit that follows, characters `start` to `end`."""

    text: str
    unit: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece between two stops: its words with # for each number, the numbers, its characters."""

    label: str
    numbers: tuple[Found, ...]
    start: int
    end: int


@dataclass(frozen=True)
class Narrative:
    """A published text and where its sections begin. `name` is how messages call the file.

    `places` says of each line where it stands in a file that has no lines: 第 21 页.
    """

    text: str
    name: str
    places: tuple[str, ...] = ()


def read(folder: Folder) -> Narrative | None:
    """Return the published narrative of a department-year, or nothing where none was kept."""
    if not os.path.lexists(folder.narrative):
        return None
    path = folder.narrative
    name = folder.name(path)
    if path.suffix == ".txt":
        return Narrative(_bounded(text_of(path, name, LARGEST), name), name)
    read = contents.without(documents.read(path, name).lines)
    text = "".join(f"{line.text}\n" for line in read)
    return Narrative(_bounded(text, name), name, places=tuple(line.place for line in read))


def _bounded(text: str, name: str) -> str:
    """Refuse a text that no department writes: its reading would take minutes."""
    for number, line in lines(text):
        if len(line) > LONGEST_LINE:
            raise DataError(
                f"{name} 第 {number} 行",
                f"一段有 {len(line)} 个字",
                f"每段最多 {LONGEST_LINE} 个字",
            )
    return text


def lines(text: str) -> list[tuple[int, str]]:
    """Return the lines of a text with their numbers, wrapped ones put together, blank ones left out."""
    joined, found, number = set(wraps(text)), [], 1
    start = 0
    first = 1
    for place, character in enumerate(text + "\n"):
        if character != "\n":
            continue
        number += 1
        if place in joined:
            continue
        piece = text[start:place].replace("\n", "")
        if piece.strip():
            found.append((first, piece))
        start, first = place + 1, number
    return found


def clauses(text: str) -> list[Clause]:
    """Return the clauses of a folded text in order; blank ones are left out.

    >>> [c.label for c in clauses("收入合计5万元，占7.3%。")]
    ['收入合计#万元', '占#%']
    """
    cut, start = [], 0
    for i, character in enumerate(text + "\n"):
        if character in _BREAK:
            if text[start:i].strip():
                cut.append(_clause(text, start, i))
            start = i + 1
    return cut


def _clause(text: str, start: int, end: int) -> Clause:
    piece = text[start:end]
    numbers = []
    for match in _NUMBER.finditer(piece):
        unit = _UNIT.match(piece, match.end())
        numbers.append(
            Found(match[0], unit[0] if unit else "", start + match.start(), start + match.end())
        )
    return Clause(_NUMBER.sub("#", piece), tuple(numbers), start, end)
