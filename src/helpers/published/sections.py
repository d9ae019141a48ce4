"""Where the sections of a published text stand, found by the words of their headings, whatever their numbers."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from helpers.basics.text import fold
from helpers.edition import usage
from helpers.edition.patterns import Pattern

_BEFORE = re.compile(
    r"(?:第.部分|[(（]?[一二三四五六七八九十\d]+[)）]?[、.]?)?(?:关于)?(?:\d{4}年度?)?(?:部门|单位)?"
)
_FURTHEST = 40  # characters before the title of a heading
_EXPLANATION = re.compile("的?说明$")
_EXPLAINS = "的?说明(?=.{0,2}$|.?。)"
_AFTER = re.compile(f"{_EXPLAINS}|(?=.{{0,2}}$|.?。)")  # a title
_AFTER_BARE = re.compile(f"{_EXPLAINS}|(?=[.。:：、]?$|。)")  # one that lacks its final 说明


class Heading(NamedTuple):
    """A heading in a line: what stands before its title, and where it ends."""

    before: str
    end: int


def plain_heading(line: str, title: str) -> Heading | None:
    """Return where a folded line is the heading with this title, or nothing.

    It is that whatever its number, with 关于 or 部门 before it, with and without a final 说明.

    >>> [bool(plain_heading(line, "用车情况说明")) for line in ("二、关于用车情况的说明", "用车情况图")]
    [True, False]
    """
    found = (_heading(line, words, after) for words, after in _forms(title))
    return next(filter(None, found), None)


def _heading(line: str, words: str, after: re.Pattern[str]) -> Heading | None:
    at = line.find(words) if words else -1
    while 0 <= at <= _FURTHEST:
        end = _BEFORE.fullmatch(line, 0, at) and after.match(line, at + len(words))
        if end:
            return Heading(line[:at], end.end())
        at = line.find(words, at + 1)
    return None


@lru_cache(maxsize=1000)
def _forms(title: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the words of every heading with a title, or another of its section, and what stands after them."""
    words = _EXPLANATION.sub("", title)
    after = _AFTER if words == title else _AFTER_BARE
    named = next((some for some in usage.load().sections if words in some), ())
    return tuple((each, after) for each in dict.fromkeys((words, *named)))


def regions_of(
    text: str, statements: list[Pattern]
) -> tuple[dict[str, tuple[int, int]], tuple[str, ...]]:
    """Return where each section's text stands, found by the words of its heading, not its number; and whose is lost.

    Statements of a section of which none has its own heading stand under the section's. A text without any of these
    headings, such as one section published by itself, may be of every section.
    """
    starts = {
        s.number: found for s in statements if (found := last_heading(text, fold(s.title)[0]))
    }
    missing = tuple(s.number for s in statements if s.title and s.number not in starts)
    with_own = {s.section for s in statements if s.number in starts}
    without = [s for s in statements if s.number in missing and s.section not in with_own]
    starts |= {
        s.number: found for s in without if (found := last_heading(text, fold(s.section)[0]))
    }
    if not starts:
        return {s.number: (0, len(text)) for s in statements}, missing
    begins = sorted(line for _, line in starts.values())
    regions = {
        number: (start, next((begin for begin in begins if begin > line), len(text)))
        for number, (start, line) in sorted(starts.items(), key=lambda item: item[1])
    }
    # A lost heading lends its sentences to the section before it.
    order = [s.number for s in statements]
    for number in missing:
        before = [n for n in order[: order.index(number)] if n in regions]
        if before and number not in regions:
            regions[number] = regions[before[-1]]
    return regions, missing


def last_heading(text: str, title: str, as_called: bool = False) -> tuple[int, int] | None:
    """Return where the last heading with a folded title ends in a folded text, and where its line begins, or nothing.

    It may have another title of its section, unless it is to be `as_called`.
    """
    forms = _forms(title)[:1] if as_called else _forms(title)
    found = (_last(text, words, after) for words, after in forms)
    return max(filter(None, found), key=lambda one: one[1], default=None)


def _last(text: str, words: str, after: re.Pattern[str]) -> tuple[int, int] | None:
    at = text.rfind(words) if words else -1
    while at >= 0:
        line, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
        found = _heading(text[line : end if end >= 0 else None], words, after)
        if found:
            return line + found.end, line
        at = text.rfind(words, 0, line)
    return None
