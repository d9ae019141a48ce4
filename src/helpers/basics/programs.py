"""A program of others run to its end, in silence and within its time; with the processes of its group it is ended too."""

from __future__ import annotations

import os
import signal
import subprocess
from contextlib import suppress
from pathlib import Path


def run(command: list[str], seconds: float, surroundings: dict[str, str] | None = None) -> bool:
    """Run a program, and return whether it ended in time; where it did not, all that it started is ended.

    It stays in the group of this process: whoever kills that, because its own time is over, kills the program too.
    """
    quiet = subprocess.DEVNULL
    with subprocess.Popen(
        command, stdin=quiet, stdout=quiet, stderr=quiet, env=surroundings
    ) as running:
        try:
            running.wait(seconds)
        except BaseException as error:
            _end(running.pid)
            if not isinstance(error, subprocess.TimeoutExpired):
                raise
            return False
    return True


def _end(pid: int) -> None:
    """Kill a process and all that it started, which would outlive it."""
    with suppress(OSError):
        started = [of.read_text() for of in Path(f"/proc/{pid}/task").glob("*/children")]
        os.kill(pid, signal.SIGKILL)
        for child in " ".join(started).split():
            _end(int(child))
