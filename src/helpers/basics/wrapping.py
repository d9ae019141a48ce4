"""Lines that only wrap: filled to a margin, they run on into the next."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import Counter
from functools import lru_cache
from statistics import median_high

_ENOUGH_LINES, _NARROWEST = 10, 20
# Digits' widths: a filled line may end so far from the margin; a lost indent; what larger type holds less.
_ALMOST, _INDENT, _SLACK, _OTHER_TYPE = 3, 4, 1, 8
# Where characters meet digits a quarter of a character is set, which comes out of a file as a space.
_SET_APART = re.compile(
    r"(?<=[\dA-Za-z%])[ ](?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])[ ](?=[\dA-Za-z])"
)
_FIRST_WORD = re.compile(
    r"[（(“‘《〈【\[「『]*(?:[\dA-Za-z０-９.,%％]+|.)[，。、；：！？,;:!?）)”’》〉】\]」』%％]*"
)
_NUMBER_ENDS = re.compile(r"\d\.?$|\d万$|\d亿$")
_POINT_ENDS = re.compile(r"\d\.$")
ITEM_BEGINS = re.compile(
    r"\s*(?:[（(][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、|\d{1,2}[、.．](?!\d)"
    r"|第[一二三四五六七八九十]+(?:部分(?![^\n]*[。；，])|章|条))"
)
_HEADING = re.compile(r"\s*[（(]?[一二三四五六七八九十]{1,3}[)）、][^，。；：]*")
_UNIT_BEGINS = re.compile(r"\.\d|年(?=[度末底，,\d])|万元|亿元|万(?=元)|元(?![旦月])|[%％]")


def wraps(text: str) -> list[int]:
    """Return the line breaks that only wrap: lines filled to one margin run on into the next."""
    ends = [m.start() for m in re.finditer("\n", text)]
    lines = text.split("\n")
    halves = [line.strip("\t\r") for line in lines]
    margins = _margins(lines)
    even = _evenly(lines)
    found, first, carried = [], True, 0
    for number, end in enumerate(ends):
        line, following, margin = halves[number], halves[number + 1], margins[number]
        width = carried + _set_width(line)
        room = margin - width - _INDENT * first if margin else sys.maxsize
        first = not (number in even or runs_on(line, following, room))
        if not first:
            found.append(end)
        by_hand = margin and not first and room > _INDENT
        carried = width if by_hand else 0  # a line that somebody broke goes on to its margin
    return found


def runs_on(line: str, following: str, room: int) -> bool:
    """Return whether a line goes on in the next: its first word would not have found room before the margin.

    `room` is what is left before the margin, in digits' widths. A number and its unit always belong together.

    >>> runs_on("年初预算为", "161.62万元。", 6), runs_on("支出307.82", "万元", 40), runs_on("一、收入", "本年", 40)
    (True, True, False)
    """
    if not line or not following.strip():
        return False
    if _NUMBER_ENDS.search(line) and _UNIT_BEGINS.match(following):
        return True
    if _POINT_ENDS.search(line) and following[0].isdecimal():
        return True
    if line.endswith("。") or ITEM_BEGINS.match(following):
        return False
    word = _FIRST_WORD.match(following.lstrip(" \u3000"))
    return word is not None and display_width(word[0]) + _SLACK >= room


@lru_cache(maxsize=20_000)
def display_width(text: str) -> int:
    """Return how wide a text is in print, in digits' widths: a Chinese character takes two.

    >>> display_width("占7.3%"), display_width("“三公”")
    (6, 8)
    """
    return sum(1 + (unicodedata.east_asian_width(c) in "WFA") for c in text)


def _set_width(line: str) -> int:
    """Return how wide a line was set, in digits' widths."""
    together, times = _SET_APART.subn("", line)
    return display_width(together) + times // 2


def _margins(lines: list[str]) -> list[int]:
    """Return of each line the width that those about it are filled to, 0 where a text is filled to none.

    What stands in other type, from one item to the next, is filled to a width of its own.
    """
    widths = [_set_width(line) for line in lines]
    usual = _margin(widths)
    widest = max((width for width in widths if width <= usual + _OTHER_TYPE), default=0)
    begins = [0, *(n for n, line in enumerate(lines) if n and ITEM_BEGINS.match(line))]
    found: list[int] = []
    for start, end in zip(begins, [*begins[1:], len(lines)]):
        long = [width for width in widths[start:end] if width >= 2 * _NARROWEST]
        own = median_high(long) if len(long) > 2 else usual
        is_filled = usual and abs(own - usual) <= _OTHER_TYPE
        found += [own if is_filled else usual] * (end - start)
        if usual and _HEADING.fullmatch(lines[start]):  # it hardly ever runs on
            found[start] = widest
    return found


def _margin(widths: list[int]) -> int:
    """Return the width that lines are filled to, 0 where there is none: within a character, as digits are half."""
    counted = Counter(n for n in widths if n >= 2 * _NARROWEST)
    margin, filled = 0, 0
    for width in sorted(counted, reverse=True):
        near = sum(counted[width - less] for less in range(_ALMOST + 1))
        if near > filled:
            margin, filled = width, near
    longer = sum(count for width, count in counted.items() if width > margin + _OTHER_TYPE)
    return margin if filled >= _ENOUGH_LINES and longer * 4 <= filled else 0


def _evenly(lines: list[str]) -> set[int]:
    """Return the lines that were cut at one count of characters, digits counted as characters."""
    lengths = [len(line) for line in lines[:-1]]
    counted = Counter(n for n in lengths if n >= _NARROWEST)
    if not counted:
        return set()
    width, count = counted.most_common(1)[0]
    if count < _ENOUGH_LINES or sum(n > width for n in lengths) > count:
        return set()
    return {
        number
        for number, n in enumerate(lengths)
        if n in (width - 1, width)
        and not lines[number].endswith("。")
        and (number + 2 < len(lines) or lines[number + 1])
    }
