"""What was really published: its text read, cut into clauses, every character's place remembered."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from helpers.paths import Folder
from helpers.yamltext import text_of

_PICTURE = re.compile(r"\[image[^\]]*\]")
_DROPPED = frozenset(" \t\u3000\xa0\u200b“”\"‘’'「」『』")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?:\D|$))", re.ASCII)
# A line of over 25 characters that ends without a stop runs on into the next.
_WRAP = re.compile(r"(?<=[^\n。；;!！?？]{25})\n(?=[^\n（(第\d一二三四五六七八九十])|(?<=\d\.)\n(?=\d)")
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
    """A published text and where its sections begin. `name` is how messages call the file."""

    text: str
    name: str


def read(folder: Folder) -> Narrative | None:
    """Return the published narrative of a department-year, or nothing where none was kept."""
    if not folder.narrative.is_file():
        return None
    name = folder.name(folder.narrative)
    return Narrative(text_of(folder.narrative, name), name)


def fold(text: str) -> tuple[str, list[int]]:
    """Return the text without differences of width, spaces and quotes, and each character's place.

    A line break inside a sentence is dropped; a thousands comma between digits too.

    >>> fold("收 入１,０14.5万元")[0]
    '收入1014.5万元'
    """
    blanked = _PICTURE.sub(lambda m: " " * len(m[0]), text)
    folded, places = [], []
    for place, character in enumerate(blanked):
        if character in _DROPPED:
            continue
        for plain in unicodedata.normalize("NFKC", character):
            if not plain.isspace() or plain == "\n":
                folded.append(plain)
                places.append(place)
    joined = "".join(folded)
    dropped = {m.start() for m in _THOUSANDS.finditer(joined)} | {m.start() for m in _WRAP.finditer(joined)}
    kept = [i for i in range(len(joined)) if i not in dropped]
    return "".join(joined[i] for i in kept), [places[i] for i in kept]


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
        numbers.append(Found(match[0], unit[0] if unit else "", start + match.start(), start + match.end()))
    return Clause(_NUMBER.sub("#", piece), tuple(numbers), start, end)
