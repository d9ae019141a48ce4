"""A child of a warm process: it does one piece of work after another, and ends."""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import random
import resource
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Hashable, Iterator
from pathlib import Path
from typing import NamedTuple

from helpers.basics import forking

OUT_OF_MEMORY = 112  # a status of our own; nothing else can be said without memory
_ROOM = 64 << 20  # bytes
_LAST_WORDS = 10_000  # bytes at the end of a log in which Python says why it aborts


class Work(NamedTuple):
    """A piece of work: its key, what it does, where all that is printed goes and what is put aside for a while is beside.

    Work that returns False leaves its process in a state in which no other is to be done.
    """

    key: Hashable
    do: Callable[[], object]
    log: Path


def live(
    work: Work, log: int, ask: int, answer: int, lasting: int, parent: int, most_memory: int
) -> None:
    """Be the child: alone in a process group, dead with its parent, within its memory, and never return."""
    status = 1
    try:
        os.setpgid(0, 0)
        forking.die_with(parent)
        for number in forking.INTERRUPTS:
            signal.signal(number, signal.SIG_DFL)
        _redirect(log)
        # The parent takes this folder away, also from a child that it kills.
        tempfile.tempdir = str(work.log.parent)
        memory, begun = _limit_memory(most_memory), _most_resident()
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        gc.disable()  # a report is ten thousand small objects, kept to the end
        _reseed(repr(work.key))
        following = _following(ask, answer, lasting - 1)
        while work.do() is not False:
            if _most_resident() - begun > memory // 2 or not (one := next(following, None)):
                break  # what took much does not leave the next with little
            work = one
            _redirect(opened(work.log))
            _reseed(repr(work.key))
        status = 0
    except MemoryError:
        status = OUT_OF_MEMORY
    except BaseException:
        traceback.print_exc()
    finally:
        _flush()
        os._exit(status)


def is_out_of_memory(status: int, log: Path) -> bool:
    """Return whether a child ended for want of memory: it said so, or had too little left for Python to raise that error."""
    if status != -signal.SIGABRT:
        return status == OUT_OF_MEMORY
    with contextlib.suppress(OSError), log.open("rb") as said:
        said.seek(max(0, log.stat().st_size - _LAST_WORDS))
        return b"Fatal Python error" in (last := said.read()) and b"Cannot recover from" in last
    return False


def _limit_memory(wanted: int) -> int:
    """Limit what this process may take besides what it begins with, with a little above it to say that it was not enough.

    Return the bytes that it may take.
    """
    begun = forking.taken()
    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    if hard == resource.RLIM_INFINITY:
        hard = begun + wanted + _ROOM
    memory = min(begun + wanted, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (memory, min(memory + _ROOM, hard)))
    return memory - begun


def make_room() -> None:
    """Let a process that used up its memory have the little above it: Python itself may break down without any."""
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if soft < hard <= soft + _ROOM:
        resource.setrlimit(resource.RLIMIT_DATA, (hard, hard))


def _following(ask: int, answer: int, most: int) -> Iterator[Work]:
    """Say each time that the work before is done, and yield what is to be done next: at most so many."""
    asked = os.fdopen(ask, "rb")
    for _ in range(most):
        _flush()
        settle()  # what the work before it left in circles goes, what it left in caches stays
        os.write(answer, b"!")
        yield pickle.load(asked)


def opened(log: Path) -> int:
    """Return a descriptor of a log, empty."""
    return os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o644)


def _redirect(log: int) -> None:
    nothing = os.open(os.devnull, os.O_RDONLY)
    for descriptor, target in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(descriptor, target)
    for descriptor in (nothing, log):
        os.close(descriptor)
    sys.stdout = open(1, "w", encoding="utf-8", errors="replace", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", errors="replace", closefd=False, buffering=1)  # noqa: SIM115


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError):  # its disk may be full
            stream.flush()


def _most_resident() -> int:
    """Return the most memory that this process ever had, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _reseed(key: str) -> None:
    random.seed(key)
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed(random.getrandbits(32))


def settle() -> None:
    """Make what is in memory now cheap to share with children: it is not garbage and never will be."""
    gc.collect()
    gc.freeze()
