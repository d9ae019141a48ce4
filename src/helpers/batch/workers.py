"""Children of one warm process: each runs a piece of work, or some in turn, and ends; the parent says how it ended.

The parent forks, so it must be alone in its process: no other thread, no event loop, no socket context.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import os
import random
import resource
import selectors
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_INTERRUPTS = (signal.SIGINT, signal.SIGTERM)
_OUT_OF_MEMORY = 112  # a status of our own; nothing else can be said without memory
_LONGEST_WAIT = 3600  # seconds; the system refuses to wait for months
_LONGEST_TIMER = 10**9
_DIE_WITH_PARENT = 1  # prctl's PR_SET_PDEATHSIG


@dataclass(frozen=True)
class Limits:
    """What one piece of work may take: seconds of time, bytes of memory."""

    seconds: float = 600
    memory: int = 2 << 30


@dataclass(frozen=True)
class Plan:
    """How to go about many reports or imports: how many at a time, what each may take, all anew or not, silently or not,
    by which scheduler, if any."""

    jobs: int = 1
    limits: Limits = Limits()
    force: bool = False
    quiet: bool = False
    dask: str = ""


@dataclass(frozen=True)
class _Child:
    key: Hashable
    pid: int
    until: float


CAN_WATCH = hasattr(os, "fork") and hasattr(os, "pidfd_open")


def can_fork() -> bool:
    """Return whether this process may fork: on a system that can, and with no other thread in it."""
    try:
        return CAN_WATCH and len(os.listdir("/proc/self/task")) == 1
    except OSError:
        return False


class Crew:
    """At most `jobs` children at a time. Leaving the block kills those that still run.

    Inside the block an interrupt waits until `ended` is asked or the block is left, so that it never comes amid a fork
    or a rename.
    """

    def __init__(self, jobs: int, limits: Limits):
        self._jobs, self._limits = jobs, limits
        self._children: dict[int, _Child] = {}  # by the descriptor that tells of its end
        self._selector = selectors.DefaultSelector()
        self._told, self._tell = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)
        self._selector.register(self._told, selectors.EVENT_READ)
        self._before: dict[int, Any] = {}
        self._is_interrupted = False

    @property
    def busy(self) -> bool:
        return bool(self._children)

    @property
    def full(self) -> bool:
        return len(self._children) >= self._jobs

    def start(self, key: Hashable, work: Callable[[], None], log: Path) -> None:
        """Run `work` in a child; all that it and its own children print goes to `log`. OSError: there is no child."""
        self.start_all(key, [work], log)

    def start_all(self, key: Hashable, works: Sequence[Callable[[], None]], log: Path) -> None:
        """Run pieces of work in one child, one after another, each within the limit of time."""
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        parent = os.getpid()
        written = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o644)
        try:
            pid = os.fork()
            if pid == 0:
                _live(works, written, key, parent, self._limits)
        finally:
            os.close(written)
        _quietly(os.setpgid, pid, pid)
        try:
            descriptor = os.pidfd_open(pid)
        except OSError:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            raise
        until = time.monotonic() + self._limits.seconds * len(works)
        self._children[descriptor] = _Child(key, pid, until)
        self._selector.register(descriptor, selectors.EVENT_READ)

    def ended(self) -> list[tuple[Hashable, str]]:
        """Wait until a child ends, an hour at most; return the key of each that did, and why where it was not by itself.

        An interrupt that came since raises KeyboardInterrupt.
        """
        rest = min(child.until for child in self._children.values()) - time.monotonic()
        done = [ready.fd for ready, _ in self._selector.select(min(max(0, rest), _LONGEST_WAIT))]
        if self._told in done:
            raise KeyboardInterrupt
        found = [(self._children[fd].key, self._bury(fd)) for fd in done]
        for fd, child in list(self._children.items()):
            if child.until <= time.monotonic():
                self._bury(fd)
                found.append((child.key, self._too_long))
        return found

    @property
    def _too_long(self) -> str:
        return f"超过 {self._limits.seconds:g} 秒没有结束，已停止"

    def _bury(self, descriptor: int) -> str:
        """Kill what a child left running, and return why it ended."""
        child = self._children.pop(descriptor)
        self._selector.unregister(descriptor)
        os.close(descriptor)
        _quietly(os.killpg, child.pid, signal.SIGKILL)
        _quietly(os.kill, child.pid, signal.SIGKILL)
        status = os.waitstatus_to_exitcode(os.waitpid(child.pid, 0)[1])
        if status == _OUT_OF_MEMORY:
            return f"用完了允许的内存 {self._limits.memory >> 20} MB"
        if status == -signal.SIGALRM:
            return self._too_long
        if status < 0:
            name = signal.Signals(-status).name
            return f"进程被信号 {name} 终止" + (
                "，多半是内存不够" if name in ("SIGKILL", "SIGABRT") else ""
            )
        return f"进程以状态 {status} 退出" if status else ""

    def __enter__(self) -> Crew:
        if threading.current_thread() is threading.main_thread():
            for number in _INTERRUPTS:
                self._before[number] = signal.signal(number, self._interrupted)
        return self

    def _interrupted(self, *_) -> None:
        """Remember an interrupt; a second one does not wait."""
        if self._is_interrupted:
            raise KeyboardInterrupt
        self._is_interrupted = True
        _quietly(os.write, self._tell, b"!")

    def __exit__(self, problem: type[BaseException] | None, *_) -> None:
        for descriptor in list(self._children):
            self._bury(descriptor)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._selector.close()
        os.close(self._told)
        os.close(self._tell)
        if self._is_interrupted and problem is None:
            raise KeyboardInterrupt


def _live(
    works: Sequence[Callable[[], None]], log: int, key: Hashable, parent: int, limits: Limits
) -> None:
    """Be the child: alone in a process group, dead with its parent, within its memory, and never return."""
    status = 1
    try:
        os.setpgid(0, 0)
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(status)
        for number in _INTERRUPTS:
            signal.signal(number, signal.SIG_DFL)
        _redirect(log)
        most = resource.getrlimit(resource.RLIMIT_DATA)[1]
        memory = limits.memory if most == resource.RLIM_INFINITY else min(limits.memory, most)
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        _reseed(repr(key))
        gc.disable()  # a report is ten thousand small objects, kept to the end
        for work in works:
            if len(works) > 1:
                settle()  # what the one before it left in circles goes, what it left in caches stays
                signal.setitimer(signal.ITIMER_REAL, min(limits.seconds, _LONGEST_TIMER))
            work()
        status = 0
    except MemoryError:
        status = _OUT_OF_MEMORY
    except BaseException:
        traceback.print_exc()
    finally:
        for stream in (sys.stdout, sys.stderr):
            _quietly(stream.flush)
        os._exit(status)


def _redirect(log: int) -> None:
    nothing = os.open(os.devnull, os.O_RDONLY)
    for descriptor, target in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(descriptor, target)
    sys.stdout = open(1, "w", encoding="utf-8", errors="replace", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", errors="replace", closefd=False, buffering=1)  # noqa: SIM115


def _reseed(key: str) -> None:
    random.seed(key)
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed(random.getrandbits(32))


def _quietly(call: Callable, *arguments) -> None:
    """Call what may find that its process, or its disk, is no longer there."""
    with contextlib.suppress(OSError):
        call(*arguments)


def settle() -> None:
    """Make what is in memory now cheap to share with children: it is not garbage and never will be."""
    gc.collect()
    gc.freeze()
