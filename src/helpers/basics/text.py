"""Text without what means nothing: width, spaces, quotes, ordinals, line breaks that only wrap."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

_PICTURE = re.compile(r"\[image[^\]\n]{0,500}\]")
_DROPPED = frozenset(" \t\u3000\xa0\u200b“”\"‘’'「」『』")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?:\D|$))", re.ASCII)
_ENOUGH_LINES, _NARROWEST = 10, 20
_ORDINAL = re.compile(r"^(其中:|[(（]?[一二三四五六七八九十]+[)）]?[、.]|\d+[、.])")


@lru_cache(maxsize=20_000)
def narrow(text: str) -> str:
    """Return a name without differences of width or space, for looking up only."""
    return unicodedata.normalize("NFKC", text).replace(" ", "")


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """Return a label without width, spaces, quotes and ordinal.

    >>> plain("一、“三公” 经费"), plain("其中：公务接待费")
    ('三公经费', '公务接待费')
    """
    return _ORDINAL.sub("", re.sub("[“”\"'‘’]", "", narrow(text)))


def fold(text: str) -> tuple[str, list[int]]:
    """Return the text without differences of width, spaces and quotes, and each character's place.

    A line break that only wraps is dropped; a thousands comma between digits too.

    >>> fold("收 入１,０14.5万元")[0]
    '收入1014.5万元'
    """
    blanked = list(_PICTURE.sub(lambda m: " " * len(m[0]), text))
    for place in wraps(text):
        blanked[place] = " "
    pieces = [_bare(character) for character in blanked]
    places = [place for place, piece in enumerate(pieces) for _ in piece]
    joined = "".join(pieces)
    commas = {m.start() for m in _THOUSANDS.finditer(joined)}
    if commas:
        joined = "".join(c for i, c in enumerate(joined) if i not in commas)
        places = [p for i, p in enumerate(places) if i not in commas]
    return joined, places


@lru_cache(maxsize=20_000)
def _bare(character: str) -> str:
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
