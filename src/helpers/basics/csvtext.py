"""The one writer of every CSV: no text in it runs as a formula in a spreadsheet, or moves a terminal's cursor.

Who reads such a file back takes off what kept a text from running: it is no part of the text.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from helpers.basics import money
from helpers.basics.errors import visible

_RISKY = frozenset("=@+-'")  # begins what would run, or what would be taken for kept from it
# What was kept from running, up to where it would: behind the first apostrophe it is as it was.
GUARDED = r"^'('*[=@+\-\x00-\x1f])"
_GUARDED = re.compile(GUARDED)
_MOST = 10_000  # texts that are remembered at once


def csv_text(header: Iterable[object], rows: Iterable[Iterable[object]]) -> str:
    """Return rows under a header as CSV, lines ended by a single line feed."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    known = _Known()
    writer.writerows(map(known.__getitem__, map(str, row)) for row in rows)
    return out.getvalue()


class _Known(dict[str, str]):
    """Texts as they are written: a table says few of them in many rows."""

    def __missing__(self, text: str) -> str:
        if len(self) >= _MOST:
            self.clear()
        self[text] = written = plain(text)
        return written


def plain(text: str) -> str:
    """Return a text that a spreadsheet keeps a text: one that it would run gets an apostrophe before it.

    >>> plain("=1+1"), plain("-5.2"), plain("甲")
    ("'=1+1", '-5.2', '甲')
    """
    if text.isprintable() and text[:1] not in _RISKY:
        return text
    guarded = f"'{text}"
    runs = _GUARDED.match(guarded) and not money.is_number(text)
    return visible(guarded if runs else text)


def as_meant(text: str) -> str:
    """Return the text that `plain` wrote as this one.

    >>> as_meant("'=1+1"), as_meant("-5.2"), as_meant("'甲'")
    ('=1+1', '-5.2', "'甲'")
    """
    return text[1:] if _GUARDED.match(text) else text
