"""How much work something does, counted and not timed: the same on every machine and under every load."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def counted() -> Iterator[list[int]]:
    """Count the functions that are called inside, Python's and C's, into the one number of a list."""
    calls, before = [0], sys.getprofile()

    def note(frame, event, of) -> None:
        calls[0] += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        yield calls
    finally:
        sys.setprofile(before)
