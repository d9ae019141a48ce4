"""One process at a time in a folder."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def alone(place: Path) -> Iterator[None]:
    """Hold a folder: of two processes that ask for it the second waits until the first has left it."""
    descriptor = os.open(place, os.O_RDONLY)
    try:
        # A network drive may not know locks: what two write there, a later run mends.
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
