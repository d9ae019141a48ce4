"""The one writer of every CSV: no text in it runs as a formula in a spreadsheet, or moves a terminal's cursor."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from helpers.basics import money
from helpers.basics.errors import visible

_RISKY = frozenset("=@+-")
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
    runs = (text[0] in _RISKY or text[0] < " ") and not money.is_number(text)
    return f"'{visible(text)}" if runs else visible(text)
