"""Whether this process may be copied, and what a copy needs to be no orphan."""

from __future__ import annotations

import ctypes
import os
import resource
import signal

CAN_WATCH = hasattr(os, "fork") and hasattr(os, "pidfd_open")
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
