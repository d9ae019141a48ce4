"""The contents page of a document: what stands between 目录 and the place where its first entry comes again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from helpers.basics.text import narrow
from helpers.published.grid import Line

_TITLE = "目录"
_MOST, _LONGEST = 120, 80  # entries, and characters of one
_PAGE = re.compile(r"[.…·_\-—\s]*\d{0,3}$")


def without(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines without the contents page, where there is one."""
    for start, line in enumerate(lines[:-1]):
        if narrow(line.text) == _TITLE:
            end = _end(lines, start + 1)
            return (*lines[:start], *lines[end:])
    return tuple(lines)


def _end(lines: Sequence[Line], first: int) -> int:
    """Return where the first entry comes again; where it does not, nothing is left out."""
    entry = _bare(lines[first].text)
    for place in range(first + 1, min(first + _MOST, len(lines))):
        if _bare(lines[place].text) == entry:
            return place
        if len(lines[place].text) > _LONGEST:
            break
    return first - 1


def _bare(text: str) -> str:
    """Return an entry without its page number.

    >>> _bare("一、 职能……3"), _bare("一、职能")
    ('一、职能', '一、职能')
    """
    return _PAGE.sub("", narrow(text))
