"""A warm process that others hand reports to: a job is the bytes of a report's inputs, an answer those of its files.

It is a process of its own because the one that asks has threads and an event loop, and so cannot be forked.
"""

from __future__ import annotations

import atexit
import os
import pickle
import struct
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

from helpers import engine
from helpers.paths import Folder
from helpers.workers import Crew, Limits

_LENGTH = struct.Struct(">Q")


@dataclass(frozen=True)
class Job:
    """One report to make: its department-year, what its data folder is called, its input files, and the machinery it is for."""

    department: str
    year: int
    told: str
    files: dict[str, bytes]
    machinery: dict[str, str]
    limits: Limits

    @classmethod
    def of(cls, folder: Folder, limits: Limits) -> Job:
        """Return the job of a folder, with everything that its report is made from."""
        files = {str(file.relative_to(folder.data)): file.read_bytes() for file in folder.inputs()}
        return cls(folder.department, folder.year, folder.told or str(folder.data), files, engine.machinery(), limits)


@dataclass(frozen=True)
class Answer:
    """The files of a report as bytes, what was printed, and why it was not made where it was not."""

    files: dict[str, bytes]
    log: bytes = b""
    reason: str = ""

    def lay(self, place: Path, log: Path) -> None:
        """Write the files into a folder of their own."""
        place.mkdir()
        for name, content in self.files.items():
            (place / name).write_bytes(content)
        log.write_bytes(self.log)


def ask(job: Job) -> Answer:
    """Return what the warm process of this thread makes of a job; a process that died is replaced for the next one."""
    if job.machinery != engine.machinery():
        return Answer({}, reason="工作进程的程序、规则或笔记本与本机不同，应装同一版本")
    station = getattr(_own, "station", None) or _Station()
    _own.station = station
    try:
        return station.ask(job)
    except (OSError, EOFError) as error:
        _own.station = None
        station.close()
        return Answer({}, reason=f"工作进程中断（{type(error).__name__}）")


_own = threading.local()


class _Station:
    def __init__(self):
        self._process = subprocess.Popen([sys.executable, "-c", "from helpers import station; station.serve()"],
                                         stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        atexit.register(self.close)

    def ask(self, job: Job) -> Answer:
        _send(self._process.stdin, job)
        return _receive(self._process.stdout)

    def close(self) -> None:
        self._process.kill()
        self._process.wait()


def serve() -> None:
    """Answer jobs from standard input until it ends."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever is printed here is no answer
    from helpers import warmup

    warmup.warm(many=True)
    jobs = sys.stdin.buffer
    while True:
        try:
            job = _receive(jobs)
        except EOFError:
            return
        _send(answers, _made(job))


def _made(job: Job) -> Answer:
    with tempfile.TemporaryDirectory(prefix="juesuan-") as scratch:
        data, place, log = (Path(scratch, name) for name in ("data", "made", "log"))
        for name, content in job.files.items():
            (data / name).parent.mkdir(parents=True, exist_ok=True)
            (data / name).write_bytes(content)
        place.mkdir()
        folder = Folder(data, job.department, job.year, job.told)
        with Crew(1, job.limits) as crew:
            crew.start((job.department, job.year), lambda: engine.build(folder, place, engine.WARM), log)
            [(_, reason)] = crew.ended()
        return Answer({file.name: file.read_bytes() for file in place.iterdir()}, log.read_bytes(), reason)


def _send(stream, message) -> None:
    content = pickle.dumps(message)
    stream.write(_LENGTH.pack(len(content)) + content)
    stream.flush()


def _receive(stream):
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    return pickle.loads(stream.read(*_LENGTH.unpack(head)))
