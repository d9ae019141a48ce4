"""Standard output and error as they should be: there, and able to print Chinese or at least not to fail of it."""

from __future__ import annotations

import codecs
import os
import sys
from contextlib import suppress

from helpers.basics.errors import told

_ASCII = ("ascii", "us-ascii", "646", "ansi_x3.4-1968")


def settle() -> None:
    """Open what was closed, so that no other file takes its place, and let no character be an error."""
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 – as long as the process
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 – as long as the process
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            ascii_only = codecs.lookup(stream.encoding or "ascii").name in _ASCII
            stream.reconfigure(encoding="utf-8" if ascii_only else None, errors="replace")


def stand() -> None:
    """Go to the root where the current folder has gone: what is imported asks for it, absolute paths do not."""
    try:
        os.getcwd()
    except OSError:
        os.chdir("/")


def warn(words: object) -> None:
    """Print what a person has to know to standard error, without passwords and without what a terminal acts on."""
    with suppress(OSError):  # nobody listens any more
        print(told(str(words)), file=sys.stderr, flush=True)


def drop() -> None:
    """Let what is still to be printed go nowhere: whoever read the output has gone, or its disk is full."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
