"""Where a published sentence stands: what was bound of it, and what stands round that up to its stops."""

from __future__ import annotations

import re
from bisect import bisect_left

from helpers.published.bound import Bound
from helpers.published.reading import Reading

_STOP = re.compile("[。；;\n]")
_NEAR = 40  # characters between pieces that stand together
_IN_SIGHT = 200  # characters that a sentence goes on before and behind what was bound of it


class Spans:
    """The stretches of one published text."""

    def __init__(self, reading: Reading):
        self._text = reading.text
        self._taken = sorted(bound.piece.start for bound in reading.bound)

    def of(self, bound: list[Bound]) -> tuple[int, int]:
        """Return the stretch of text in which pieces stand together: their sentence, but for what others say in it."""
        if not bound:
            return 0, 0
        spans = sorted((b.piece.start, b.piece.end) for b in bound)
        start, end = spans[0]
        for s, e in spans[1:]:
            if s - end <= _NEAR:
                end = e
        opens, closes = self._sentence(start, end)
        before = bisect_left(self._taken, start)
        if before and self._taken[before - 1] >= opens:
            opens = start
        after = bisect_left(self._taken, end)
        if after < len(self._taken) and self._taken[after] < closes:
            closes = end if self._text[end] == "\n" else end + 1
        return opens, closes

    def _sentence(self, start: int, end: int) -> tuple[int, int]:
        """Return where the sentence round a stretch begins and ends, its stop included; not further than one can see."""
        text = self._text
        first, last = max(0, start - _IN_SIGHT), min(len(text), end + _IN_SIGHT)
        opens = max((m.end() for m in _STOP.finditer(text, first, start)), default=start)
        closing = _STOP.search(text, end, last)
        return opens, (
            closing.end() if text[closing.start()] != "\n" else closing.start()
        ) if closing else end
