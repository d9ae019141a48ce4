"""Whether this process may be copied, what a copy needs to be no orphan, and something made in one meanwhile."""

from __future__ import annotations

import ctypes
import os
import pickle
import resource
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import IO, Any

CAN_WATCH = hasattr(os, "fork") and hasattr(os, "pidfd_open")
INTERRUPTS = (signal.SIGINT, signal.SIGTERM)
_MEGABYTE = 1 << 20
_DIE_WITH_PARENT = 1  # prctl's PR_SET_PDEATHSIG


def can_fork() -> bool:
    """Return whether this process may fork: on a system that can, and with no other thread in it."""
    try:
        return CAN_WATCH and len(os.listdir("/proc/self/task")) == 1
    except OSError:
        return False


def die_with(parent: int) -> None:
    """Be killed when the parent is no more, at once where that is so already."""
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def taken() -> int:
    """Return how many bytes this process has for its data already; nothing where the system does not say.

    They are whole megabytes: under a limit that is no whole number of them Chromium waits for ever.
    """
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            pages = int(file.read().split()[5])
    except OSError:
        return 0
    return -(-pages * resource.getpagesize() // _MEGABYTE) * _MEGABYTE


@contextmanager
def beside(make: Callable[[], Any]) -> Iterator[Callable[[], Any]]:
    """Begin to make something in another process, and yield what waits for it; where that fails it is made here.

    The process is no more when the block is left. An interrupt waits until it can be: amid a fork it would be lost.
    """
    parent = os.getpid()
    received, sent = os.pipe2(os.O_CLOEXEC)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, INTERRUPTS)
    try:
        pid = os.fork()
    except OSError:
        os.close(received)
        os.close(sent)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        yield make
        return
    if pid == 0:
        try:
            _let_interrupts_end(before)
            os.close(received)
            die_with(parent)
            with os.fdopen(sent, "wb") as out:
                pickle.dump(make(), out)
        finally:
            os._exit(0)
    os.close(sent)
    with os.fdopen(received, "rb") as made_there:
        try:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
            yield partial(_received, made_there, make)
        finally:
            signal.pthread_sigmask(signal.SIG_BLOCK, INTERRUPTS)
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _let_interrupts_end(unmasked: set) -> None:
    """Let an interrupt end this process at once: it has nothing to put in order."""
    for number in INTERRUPTS:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, unmasked)


def _received(made_there: IO[bytes], make: Callable[[], Any]) -> Any:
    """Return what was made in another process; where nothing comes from there, make it here."""
    try:
        return pickle.load(made_there)
    except (EOFError, pickle.UnpicklingError):
        return make()
