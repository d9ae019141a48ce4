"""Rows that the end of a page tears in two, put together: only where the pieces make what the upper one is not."""

from __future__ import annotations

import re
from collections.abc import Callable

from helpers.published.words import is_code

_WHOLE = re.compile(r"-?(\d{1,3}([,，]\d{3})+|\d+)\.\d\d")
_DIGITS = re.compile(r"[-\d,，.]+")
Row = list[str]
Knows = Callable[[str], bool]


def mended(rows: list[Row], pages: list[str], knows: Knows) -> list[Row]:
    """Return the rows; the lower piece of a torn one is blank, so that every row stays where it is.

    `pages` says where each row stands, `knows` whether a text is a label, a code or a name by itself.
    """
    found = list(rows)
    for r in range(1, len(rows)):
        if pages[r] == pages[r - 1]:
            continue
        upper = next((u for u in range(r - 1, -1, -1) if any(found[u])), r)
        lower = next((low for low in range(r, len(rows)) if any(rows[low])), upper)
        whole = _put_together(found[upper], rows[lower], knows) if lower > upper else None
        if whole and pages[lower] == pages[r]:
            found[upper], found[lower] = whole, [""] * len(whole)
    return found


def _put_together(upper: Row, lower: Row, knows: Knows) -> Row | None:
    """Return two pieces as the one row that they make, or nothing where each may be a row of its own."""
    has_words = any(map(_is_words, lower))
    for above, below in zip(upper, lower):
        if not below:
            continue
        if not above and (has_words or not _WHOLE.fullmatch(below)):
            return None
        if above and not _is_piece(above, below, knows):
            return None
    return [above + below for above, below in zip(upper, lower)] if any(lower) else None


def _is_piece(above: str, below: str, knows: Knows) -> bool:
    """Return whether two texts are together a number, a code or a label, and not each alone."""
    whole = above + below
    if knows(whole):
        return not knows(below if is_code(whole) else above)
    return not _WHOLE.fullmatch(above) and _WHOLE.fullmatch(whole) is not None


def _is_words(text: str) -> bool:
    return bool(text) and not _DIGITS.fullmatch(text)
