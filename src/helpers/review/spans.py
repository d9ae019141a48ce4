"""Where a published sentence stands: what was bound of it, and what stands round that up to its stops."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

from helpers.basics.text import folded_text
from helpers.published.bound import Bound

_STOP = re.compile("[。；;\n]")
_NEAR = 40  # characters between pieces that stand together
_IN_SIGHT = 200  # characters that a sentence goes on before and behind what was bound of it


class Spans:
    """The stretches of one published text; at the places `claimed` something else begins."""

    def __init__(self, text: str, claimed: Iterable[int]):
        self._text, self._claimed = text, sorted(claimed)
        self._led: dict[int, int] = {}  # where a stretch goes on behind its stop, and up to where

    def of(self, bound: list[Bound], written: str) -> tuple[int, int]:
        """Return the stretch of text in which pieces stand together: their sentence, but for what others say in it.

        `written` is the sentence as it should be: what leads to the next one at its end, 其中：, belongs to it here too.
        """
        if not bound:
            return 0, 0
        spans = sorted((b.piece.start, b.piece.end) for b in bound)
        start, end = spans[0]
        for s, e in spans[1:]:
            if s - end <= _NEAR:
                end = e
        opens, closes = self._sentence(start, end)
        before = bisect_left(self._claimed, start)
        if before and self._claimed[before - 1] >= opens:
            opens = start
        after = bisect_left(self._claimed, end)
        if after < len(self._claimed) and self._claimed[after] < closes:
            closes = end if self._text[end] == "\n" else end + 1
        leads = folded_text(_STOP.split(written)[-1])
        if leads and self._text.startswith(leads, closes):
            self._led[closes] = closes = closes + len(leads)
        return self._led.get(opens, opens), closes

    def _sentence(self, start: int, end: int) -> tuple[int, int]:
        """Return where the sentence round a stretch begins and ends, its stop included; not further than one can see."""
        text = self._text
        first, last = max(0, start - _IN_SIGHT), min(len(text), end + _IN_SIGHT)
        opens = max((m.end() for m in _STOP.finditer(text, first, start)), default=start)
        closing = _STOP.search(text, end, last)
        return opens, (
            closing.end() if text[closing.start()] != "\n" else closing.start()
        ) if closing else end
