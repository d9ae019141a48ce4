"""Text without what means nothing: width, spaces, quotes, ordinals, the furniture of pages."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from helpers.basics import notes
from helpers.basics.wrapping import ITEM_BEGINS, wraps

_PICTURE = re.compile(r"\[image[^\]\n]{0,500}\]")
_DROPPED = frozenset(" \t\u3000\xa0\u200b“”\"‘’'「」『』")
# A line that is only a number, or the title again, after a line that goes on: furniture of a page. What is found is every
# end of a line with the blank lines behind it, so that none is looked through twice, and the furniture where it follows.
_LINE_END = r"\n(?:[ \t\f\u3000]*+\n)*+"
_GOES_ON = r"(?:\n(?=\n))*+(?=\n[^\n])"
_OF_SO_MANY = r"[ ,，、/]*共[ ]*\d{1,3}[ ]*页"
_PAGE_NUMBER = re.compile(
    rf"{_LINE_END}[ \t\u3000]*+(?:"
    rf"([-—–][ ]*\d{{1,3}}[ ]*[-—–]|第[ ]*\d{{1,3}}[ ]*页(?:{_OF_SO_MANY})?|\d{{1,3}}(?:[ ]*/[ ]*\d{{1,3}})?)"
    rf"[ \t\u3000\f]*+{_GOES_ON})?"
)
_ENDED, _SPACED = "。；：:\n", re.compile(r"[ \t\f\u3000](?=\n)")
_BLANK_LINE = re.compile(r"\n[ \t\f\u3000]*(?=\n)")
_RUNNING_HEAD = re.compile(
    rf"{_LINE_END}(?:([^\n。；，]{{4,40}}年度(?:部门|单位)?决算(?:公开)?[ \t\f]*){_GOES_ON})?"
)
_CAPTION = re.compile(r"\n[ \t\u3000]*图[ ]?\d{1,2}[^\n。；，]{2,40}(?=\n[^\n])")
# An amount of no unit, also where the rate beside it has run into it: 88802.370.1%.
_BARE_AMOUNT = re.compile(r"(?<![\d.])\d+\.\d+(?:\.\d+(?=[%％])|(?![\d.]|[ ]*[万亿元%％]))")
_ENOUGH_HEADS, _ENOUGH_LABELS, _LONGEST_CHART = 3, 2, 2_000
_THOUSANDS = re.compile(r"(?<![\d.])(?<!\d,)\d{1,3}(?:,\d{3})+(?!\d)", re.ASCII)
_ENOUGH_LINES = 10
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

    A line break that only wraps is dropped; a thousands comma between digits too, but none behind decimals.

    >>> fold("收 入１,０14.5万元")[0], fold("各是120.5,121.5万元")[0], fold("合计，1,014.5")[0]
    ('收入1014.5万元', '各是120.5,121.5万元', '合计,1014.5')
    """
    text, kept = without_page_lines(text)
    dropped = {place for m in _PICTURE.finditer(text) for place in range(*m.span())}
    dropped |= {place for m in notes.IN_TEXT.finditer(text) for place in range(*m.span())}
    dropped |= set(wraps(text) if "\n" in text else ())
    joined, places = text.translate(_BARE), list(kept)
    if dropped or not _BARE.odd.isdisjoint(text):
        pieces, places, at = list[str](), list[int](), 0
        for place in sorted(dropped.union(i for i, c in enumerate(text) if c in _BARE.odd)):
            bare = "" if place in dropped else _BARE[ord(text[place])]
            pieces += (text[at:place].translate(_BARE), bare)
            places += kept[at:place]
            places += [kept[place]] * len(bare)
            at = place + 1
        joined = "".join((*pieces, text[at:].translate(_BARE)))
        places += kept[at:]
    numbers = _THOUSANDS.finditer(joined) if "," in joined else ()
    commas = {i for m in numbers for i in range(m.start(), m.end()) if joined[i] == ","}
    if commas:
        joined = "".join(c for i, c in enumerate(joined) if i not in commas)
        places = [p for i, p in enumerate(places) if i not in commas]
    return joined, places


@lru_cache(maxsize=20_000)
def folded_text(text: str) -> str:
    """Return a text as `fold` does, without the places: for titles, names and lines, which are asked for again."""
    return fold(text)[0]


def page_lines(text: str) -> list[tuple[int, int]]:
    """Return where page numbers, running heads and captions stand inside the paragraphs of a text, and its blank lines
    where there is one behind every line."""
    if "\n" not in text:
        return []
    found = _page_numbers(text)
    marked = [span for number, span in found if not number.isdecimal()]
    numbers = marked or [span for _, span in found]  # pages are numbered in one way
    numbers += [m.span() for m in _CAPTION.finditer(text) if _goes_on(text, m.start())]
    numbers += _between_lines(text)
    numbers += [span for m in _CAPTION.finditer(text) if (span := _labels(text, m.start()))]
    found = [(m[1].strip(), m.span()) for m in _RUNNING_HEAD.finditer(text) if m[1]]
    heads = Counter(head for head, _ in found)
    return numbers + [span for head, span in found if heads[head] >= _ENOUGH_HEADS]


def _page_numbers(text: str) -> list[tuple[str, tuple[int, int]]]:
    """Return the lines that are only a number after a line that goes on, and where they stand with the blank ones before."""
    found, at = [], 0
    while m := _PAGE_NUMBER.search(text, at):
        at = m.end()
        if m[1] and (start := _where_it_goes_on(text, m)):
            found.append((m[1], (start, at)))
        elif m[1]:
            at = m.end(1)  # the blank lines behind it are looked at again, for a number behind them
    return found


def _where_it_goes_on(text: str, number: re.Match) -> int | None:
    """Return the first place before a page number behind a line that goes on: none has ended that ends in spaces."""
    start = number.start()
    if text[start - 1 : start] not in _ENDED:
        return start
    spaced = _SPACED.search(text, start, number.start(1))
    return spaced.end() if spaced else None


def _between_lines(text: str) -> list[tuple[int, int]]:
    """Return the blank lines of a text that has one behind almost every line: they say nothing of its paragraphs."""
    blank = [m.span() for m in _BLANK_LINE.finditer(text)]
    written = text.count("\n") + 1 - len(blank)
    return blank if written >= _ENOUGH_LINES and len(blank) >= 0.9 * (written - 1) else []


def _labels(text: str, end: int) -> tuple[int, int] | None:
    """Return where the words of a chart stand above its caption: lines of no sentence, with amounts of no unit."""
    start, first = end, max(0, end - _LONGEST_CHART)
    while start > first:
        begin = text.rfind("\n", 0, start) + 1
        line = text[begin:start].rstrip()
        if line.endswith(("。", "；", "：", ":")) or ITEM_BEGINS.match(line):
            break
        if "。" in line or not begin:
            return None
        start = begin - 1
    else:  # no chart has so many words
        return None
    return (start, end) if len(_BARE_AMOUNT.findall(text, start, end)) >= _ENOUGH_LABELS else None


def _goes_on(text: str, end: int) -> bool:
    """Return whether the line that ends there is of a sentence that does not: a chart stands where a page had room for it."""
    line = text[text.rfind("\n", 0, end) + 1 : end].rstrip()
    return not line.endswith(("。", "；", "：", ":")) and any(stop in line for stop in "。；，")


def without_page_lines(text: str) -> tuple[str, Sequence[int]]:
    """Return a text but for its page lines, and the place of each of its characters."""
    dropped = {place for start, end in page_lines(text) for place in range(start, end)}
    if not dropped:
        return text, range(len(text))
    places = [place for place in range(len(text)) if place not in dropped]
    return "".join(text[place] for place in places), places


def _bare(character: str) -> str:
    """Return a character without its width; nothing for spaces and quotes."""
    if character in _DROPPED:
        return ""
    return "".join(
        c for c in unicodedata.normalize("NFKC", character) if c == "\n" or not c.isspace()
    )


class _Bare(dict[int, str]):
    """Each character without its width, learnt when it is met; `odd` are those met that are none or several then."""

    def __init__(self) -> None:
        self.odd: set[str] = set()

    def __missing__(self, character: int) -> str:
        bare = self[character] = _bare(chr(character))
        if len(bare) != 1:
            self.odd.add(chr(character))
        return bare


_BARE = _Bare()


_NUMERALS = "零一二三四五六七八九"


def ordinal(n: int) -> str:
    """Return 1 to 99 in Chinese.

    >>> ordinal(3), ordinal(10), ordinal(26)
    ('三', '十', '二十六')
    """
    tens, ones = divmod(n, 10)
    return ("" if tens == 0 else ("" if tens == 1 else _NUMERALS[tens]) + "十") + (
        _NUMERALS[ones] if ones or not tens else ""
    )
