"""What was really published: its text read, cut into clauses, every character's place remembered."""

from __future__ import annotations

import os
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from helpers.basics.errors import DataError
from helpers.basics.paths import Folder
from helpers.basics.yamltext import text_of

LARGEST, LONGEST_LINE = 500_000, 50_000
_PICTURE = re.compile(r"\[image[^\]\n]{0,500}\]")
_DROPPED = frozenset(" \t\u3000\xa0\u200b“”\"‘’'「」『』")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?:\D|$))", re.ASCII)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_ENOUGH_LINES, _NARROWEST = 10, 20
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
    """A published text and where its sections begin. `name` is how messages call the file."""

    text: str
    name: str


def read(folder: Folder) -> Narrative | None:
    """Return the published narrative of a department-year, or nothing where none was kept."""
    if not os.path.lexists(folder.narrative):
        return None
    name = folder.name(folder.narrative)
    return Narrative(_bounded(text_of(folder.narrative, name, LARGEST), name), name)


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


def fold(text: str) -> tuple[str, list[int]]:
    """Return the text without differences of width, spaces and quotes, and each character's place.

    A line break that only wraps is dropped; a thousands comma between digits too.

    >>> fold("收 入１,０14.5万元")[0]
    '收入1014.5万元'
    """
    blanked = list(_PICTURE.sub(lambda m: " " * len(m[0]), text))
    for place in wraps(text):
        blanked[place] = " "
    pieces = [_plain(character) for character in blanked]
    places = [place for place, piece in enumerate(pieces) for _ in piece]
    joined = "".join(pieces)
    commas = {m.start() for m in _THOUSANDS.finditer(joined)}
    if commas:
        joined = "".join(c for i, c in enumerate(joined) if i not in commas)
        places = [p for i, p in enumerate(places) if i not in commas]
    return joined, places


@lru_cache(maxsize=20_000)
def _plain(character: str) -> str:
    """Return a character without its width; nothing for spaces and quotes."""
    if character in _DROPPED:
        return ""
    return "".join(
        c for c in unicodedata.normalize("NFKC", character) if c == "\n" or not c.isspace()
    )


def wraps(text: str) -> list[int]:
    """Return the line breaks that only wrap: lines filled to one width run on into the next."""
    ends = [m.start() for m in re.finditer("\n", text)]
    if len(ends) < _ENOUGH_LINES:
        return []
    lengths = [end - start - 1 for start, end in zip([-1, *ends], ends)]
    width, count = (
        Counter(n for n in lengths if n >= _NARROWEST).most_common(1)[0]
        if max(lengths) >= _NARROWEST
        else (0, 0)
    )
    longer = sum(n > width for n in lengths)
    if count < _ENOUGH_LINES or longer > count:
        return []
    return [
        end
        for n, end in zip(lengths, ends)
        if n in (width - 1, width) and end + 1 < len(text) and text[end - 1] != "。"
    ]


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
