"""Children of one warm process: each runs a piece of work, or some in turn, and ends; the parent says how each ended.

The parent forks, so it must be alone in its process: no other thread, no event loop, no socket context.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import selectors
import signal
import sys
import threading
import time
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from helpers.basics.errors import system
from helpers.basics.forking import INTERRUPTS
from helpers.batch.child import Work, is_out_of_memory, live, opened

_LONGEST_WAIT = 3600  # seconds; the system refuses to wait for months


@dataclass(frozen=True)
class Limits:
    """What one piece of work may take: seconds of time, bytes of memory besides those that its process begins with."""

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


@dataclass
class _Child:
    """A child, and what it is at; nothing while it waits to be told what to do next."""

    pid: int
    asked: IO[bytes]  # here it is told what to do next
    answers: int  # from here comes a byte for each piece of work after which it goes on
    work: Work | None
    until: float


class Crew:
    """At most `jobs` children at a time, each for up to `lasting` pieces of work. Leaving the block kills those that still run.

    Work for a child that is there already is pickled. Inside the block an interrupt waits until `ended` is asked or the
    block is left, so that it never comes amid a fork or a rename.
    """

    def __init__(self, jobs: int, limits: Limits, lasting: int = 1):
        self.limits = limits
        self._jobs, self._lasting = jobs, lasting
        self._children: dict[int, _Child] = {}  # by the descriptor that tells of its end
        self._selector = selectors.DefaultSelector()
        self._told, self._tell = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)
        self._selector.register(self._told, selectors.EVENT_READ)
        self._before: dict[int, Any] = {}
        self._is_interrupted = False

    @property
    def _at_work(self) -> list[_Child]:
        return [child for child in self._children.values() if child.work]

    @property
    def busy(self) -> bool:
        return bool(self._at_work)

    @property
    def full(self) -> bool:
        return len(self._at_work) >= self._jobs

    def each(self, works: Iterable[Work]) -> Iterator[tuple[Any, str]]:
        """Do every piece of work, so many at a time; yield the key of each when it ends, and why where not by itself."""
        for work in works:
            try:
                self.start(*work)
            except OSError as error:
                yield work.key, f"起不了进程（{system(error)}）"
            while self.full:
                yield from self.ended()
        while self.busy:
            yield from self.ended()

    def start(self, key: Hashable, do: Callable[[], object], log: Path) -> None:
        """Do a piece of work in a child; all that it and its own children print goes to `log`. OSError: there is no child."""
        work = Work(key, do, log)
        os.close(opened(log))  # a log that cannot be written is told here
        for descriptor, child in list(self._children.items()):
            if child.work is None:
                if self._is_handed(child, work):
                    return
                self._bury(descriptor)  # it died since
        self._fork(work)

    def _is_handed(self, child: _Child, work: Work) -> bool:
        """Give a child that waits its next piece of work, and return whether it is still there to do it."""
        try:
            pickle.dump(work, child.asked)
            child.asked.flush()
        except OSError:
            return False
        child.work = work
        child.until = time.monotonic() + self.limits.seconds
        return True

    def _fork(self, work: Work) -> None:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        parent = os.getpid()
        with contextlib.ExitStack() as kept, contextlib.ExitStack() as given:
            log = opened(work.log)
            given.callback(os.close, log)
            ask, asked = os.pipe2(os.O_CLOEXEC)
            given.callback(os.close, ask)
            kept.callback(os.close, asked)
            answers, answer = os.pipe2(os.O_CLOEXEC)
            given.callback(os.close, answer)
            kept.callback(os.close, answers)
            pid = os.fork()
            if pid == 0:
                live(work, log, ask, answer, self._lasting, parent, self.limits.memory)
            _quietly(os.setpgid, pid, pid)
            try:
                descriptor = os.pidfd_open(pid)
            except OSError:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
                raise
            kept.pop_all()
        until = time.monotonic() + self.limits.seconds
        child = _Child(pid, os.fdopen(asked, "wb"), answers, work, until)
        self._children[descriptor] = child
        self._selector.register(descriptor, selectors.EVENT_READ, descriptor)
        self._selector.register(answers, selectors.EVENT_READ, descriptor)

    def ended(self) -> list[tuple[Any, str]]:
        """Wait until work ends; return the key of each that did, and why where it was not by itself.

        An interrupt that came since raises KeyboardInterrupt.
        """
        found: list[tuple[Hashable, str]] = []
        while not found:
            found += self._heard()
        return found

    def _heard(self) -> list[tuple[Hashable, str]]:
        rest = min(child.until for child in self._at_work) - time.monotonic()
        ready = [one for one, _ in self._selector.select(min(max(0, rest), _LONGEST_WAIT))]
        if any(one.fd == self._told for one in ready):
            raise KeyboardInterrupt
        found = [(work.key, "") for one in ready if (work := self._answered(one.fd, one.data))]
        for one in ready:
            if one.fd == one.data:
                work = self._children[one.fd].work
                reason = self._bury(one.fd)
                found += [(work.key, reason)] if work else []
        for descriptor, child in list(self._children.items()):
            if child.work and child.until <= time.monotonic():
                found.append((child.work.key, self._too_long))
                self._bury(descriptor)
        return found

    def _answered(self, descriptor: int, of: int) -> Work | None:
        """Return the work after which a child says that it goes on, nothing where it says nothing."""
        child = self._children[of]
        if descriptor != child.answers:
            return None
        if not os.read(descriptor, 1):
            self._selector.unregister(descriptor)  # it will say no more, only end
            return None
        work, child.work = child.work, None
        return work

    @property
    def _too_long(self) -> str:
        return f"超过 {self.limits.seconds:g} 秒没有结束，已停止"

    def _bury(self, descriptor: int) -> str:
        """Kill what a child left running, and return why it ended."""
        child = self._children.pop(descriptor)
        for one in (descriptor, child.answers):
            with contextlib.suppress(KeyError):
                self._selector.unregister(one)
            os.close(one)
        _quietly(child.asked.close)
        _quietly(os.killpg, child.pid, signal.SIGKILL)
        _quietly(os.kill, child.pid, signal.SIGKILL)
        status = os.waitstatus_to_exitcode(os.waitpid(child.pid, 0)[1])
        if child.work and is_out_of_memory(status, child.work.log):
            return f"用完了允许的内存 {self.limits.memory >> 20} MB"
        if status < 0:
            name = signal.Signals(-status).name
            return f"进程被信号 {name} 终止" + (
                "，多半是内存不够" if name in ("SIGKILL", "SIGABRT") else ""
            )
        return f"进程以状态 {status} 退出" if status else ""

    def __enter__(self) -> Crew:
        if threading.current_thread() is threading.main_thread():
            for number in INTERRUPTS:
                self._before[number] = signal.signal(number, self._interrupted)
        return self

    def _interrupted(self, *_) -> None:
        """Remember an interrupt; a second one does not wait."""
        if self._is_interrupted:
            raise KeyboardInterrupt
        self._is_interrupted = True
        _quietly(os.write, self._tell, b"!")

    def close(self) -> None:
        """Kill the children that are left, and be no crew any more."""
        self._bury_all()
        self._selector.close()
        os.close(self._told)
        os.close(self._tell)

    def _bury_all(self) -> None:
        for descriptor in list(self._children):
            self._bury(descriptor)

    def __exit__(self, problem: type[BaseException] | None, *_) -> None:
        self._bury_all()
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self.close()
        if self._is_interrupted and problem is None:
            raise KeyboardInterrupt


def _quietly(call: Callable, *arguments) -> None:
    """Call what may find that its process, or its disk, is no longer there."""
    with contextlib.suppress(OSError):
        call(*arguments)
