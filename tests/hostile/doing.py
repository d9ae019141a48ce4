"""A command done within bounds, and what it promised: words, a status, and inputs left as they were."""

from __future__ import annotations

import hashlib
import os
import re
import resource
import signal
import stat
import subprocess
import sys
import tempfile
import time
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from hostile.inputs import MOST


@dataclass(frozen=True)
class Done:
    """How a command ended: status (negative for a signal), what it said, time, memory of its largest process."""

    status: int
    out: bytes
    err: bytes
    seconds: float
    memory: int
    late: bool = False

    @property
    def said(self) -> str:
        return (self.out + b"\n" + self.err).decode("utf-8", "replace")


def _limits() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST, MOST))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (2 << 30, 2 << 30))


def do(
    command: list,
    seconds: float,
    environment: dict[str, str] | None = None,
    here: Path | None = None,
) -> Done:
    """Run a command to its end, or end it and all its processes when its time is over."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        clock = time.monotonic()
        process = subprocess.Popen(
            [os.fspath(c) for c in command],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            env=environment,
            cwd=here,
            start_new_session=True,
            preexec_fn=_limits,
        )
        late = False
        while True:
            pid, status, used = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            if not late and time.monotonic() - clock > seconds:
                late = True
                os.killpg(process.pid, signal.SIGKILL)
            time.sleep(0.02)
        process.returncode = os.waitstatus_to_exitcode(status)
        if late:
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        out.seek(0)
        err.seek(0)
        return Done(
            process.returncode,
            out.read(),
            err.read(),
            time.monotonic() - clock,
            used.ru_maxrss << 10,
            late,
        )


def juesuan(*arguments) -> list:
    """Return the command line of the program of this environment."""
    return [Path(sys.executable).with_name("juesuan"), *arguments]


def unseen(said: bytes, coding: str = "utf-8") -> list[str]:
    """Return what must not reach a terminal raw: control characters, marks of direction, bytes that are no text."""
    text = said.decode(coding, "surrogateescape" if coding != "utf-16" else "strict").replace(
        "\ufeff", ""
    )
    bad = {
        c
        for c in set(text)
        if c not in "\n\r\t"
        and unicodedata.category(c) in ("Cc", "Cs")
        or unicodedata.bidirectional(c) in _TURNS
        or c in _MARKS
    }
    return sorted(f"U+{ord(c):04X}" for c in bad)


_TURNS = frozenset("LRE RLE LRO RLO PDF LRI RLI FSI PDI".split())
_MARKS = frozenset("\u200e\u200f\u061c\u2028\u2029")


def broken_by(done: Done, statuses=(0, 1, 2, 3), coding: str = "utf-8") -> list[str]:
    """Return the promises to everyone that a command broke."""
    broken = []
    if done.late:
        broken.append(f"did not end within {done.seconds:.0f} s")
    elif done.status not in statuses:
        broken.append(f"ended with {done.status}: {_last_line(done.err)}")
    if b"Traceback" in done.out + done.err or b"Exception ignored" in done.err:
        broken.append(f"shows a traceback: {_last_line(done.err)}")
    if raw := sorted({*unseen(done.out, coding), *unseen(done.err, coding)}):
        broken.append(f"{', '.join(raw[:5])} reaches the terminal")
    return broken


def _last_line(said: bytes) -> str:
    lines = said.decode("utf-8", "replace").strip().splitlines()
    return (
        re.sub(r"[^\x20-\x7e\u3000-\u9fff\uff00-\uffef]", "?", lines[-1])[:160]
        if lines
        else "nothing said"
    )


def seal(place: Path) -> dict[str, tuple]:
    """Return what everything under a folder is: kind, size, time, place of a link, sum of a file that is not huge."""
    found: dict[str, tuple] = {}
    for where, folders_, files in os.walk(os.fsencode(place)):
        for name in (*folders_, *files):
            path = os.path.join(where, name)
            state = os.lstat(path)
            kept: object = None
            if stat.S_ISLNK(state.st_mode):
                kept = os.readlink(path)
            elif (
                stat.S_ISREG(state.st_mode)
                and state.st_size < 100_000_000
                and os.access(path, os.R_OK)
            ):
                with open(path, "rb") as file:
                    kept = hashlib.file_digest(file, "sha256").hexdigest()
            folder_ = stat.S_ISDIR(state.st_mode)
            found[repr(path)] = (
                state.st_mode,
                state.st_ino,
                0 if folder_ else state.st_size,
                state.st_mtime_ns,
                kept,
            )
    return found


def changed(before: dict[str, tuple], after: dict[str, tuple]) -> list[str]:
    """Return the names of what is no longer as it was."""
    return sorted(
        name for name in before.keys() | after.keys() if before.get(name) != after.get(name)
    )
