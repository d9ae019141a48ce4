"""Warm processes that others hand reports to: a job is the bytes of a report's inputs, an answer those of its files.

They are processes of their own because the one that asks has threads, and so cannot be forked: a Dask worker, or a
batch whose store keeps one.
"""

from __future__ import annotations

import os
import pickle
import struct
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from helpers.basics import paths
from helpers.basics.errors import DataError, Refusal, system
from helpers.basics.filetext import bytes_of
from helpers.basics.paths import Folder
from helpers.batch import engine, inputs, notebook, shelf
from helpers.batch.workers import Crew, Limits

_LENGTH = struct.Struct(">Q")


@dataclass(frozen=True)
class Job:
    """One report to make: its department-year, its input files, and the machinery it is for.

    `told` is what the data folder is called, nothing where it is the usual one.
    """

    department: str
    year: int
    told: str
    files: dict[str, bytes]
    machinery: dict[str, str]
    limits: Limits

    @classmethod
    def of(cls, folder: Folder, limits: Limits) -> Job:
        """Return the job of a folder, with everything that its report is made from."""
        files = {name: _content(Path(path), name, folder) for name, path in folder.inputs().items()}
        told = folder.told or ("" if folder.data == paths.DATA else str(folder.data))
        return cls(folder.department, folder.year, told, files, inputs.machinery(), limits)


def _content(path: Path, name: str, folder: Folder) -> bytes:
    """Return a file's bytes; of one that nobody reads and that is none, or too large, nothing."""
    read = (folder.figures, folder.profile, folder.corrections, folder.narrative, folder.workbook)
    try:
        return bytes_of(path, name.removeprefix("departments/"), paths.LARGEST)
    except DataError:
        if path in (*read, folder.last_year.figures):
            raise
        return b""


@dataclass(frozen=True)
class Answer:
    """The files of a report as bytes, what was printed, and why it was not made where it was not."""

    files: dict[str, bytes]
    log: bytes = b""
    reason: str = ""

    def lay(self, place: Path, log: Path) -> None:
        """Write the files of a report into a folder of their own, on the disk when this returns; others are left out."""
        place.mkdir()
        for name in engine.FILES:
            if name in self.files:
                (place / name).write_bytes(self.files[name])
        log.write_bytes(self.log)
        shelf.sync(place)


def made(
    stale: list[Folder], making: Path, limits: Limits, jobs: int
) -> Iterator[tuple[Folder, Path, str]]:
    """Yield each folder with where its report was laid and why it was not made, so many at a time."""
    waiting = iter(enumerate(stale))
    with ThreadPoolExecutor(jobs) as threads, _Stations() as stations:

        def hand(numbered: tuple[int, Folder]):
            n, folder = numbered
            return threads.submit(_asked, stations, folder, making / str(n), limits)

        running = set(map(hand, islice(waiting, jobs)))
        while running:
            done, running = wait(running, return_when=FIRST_COMPLETED)
            yield from (future.result() for future in done)
            running |= set(map(hand, islice(waiting, len(done))))


def _asked(
    stations: _Stations, folder: Folder, place: Path, limits: Limits
) -> tuple[Folder, Path, str]:
    try:
        answer = stations.ask(Job.of(folder, limits))
        answer.lay(place, place.with_suffix(".log"))
    except OSError as error:
        return folder, place, f"读不了输入或写不了报告（{system(error)}）"
    except Refusal as error:
        return folder, place, str(error)
    return folder, place, answer.reason


def ask(job: Job | Answer) -> Answer:
    """Return what a warm process of this Dask worker makes of a job; what is answered already stays as it is."""
    if isinstance(job, Answer):
        return job
    if job.machinery != inputs.machinery():
        return Answer({}, reason="工作进程的程序、规则或笔记本与本机不同，应装同一版本")
    return _OF_THIS_WORKER.ask(job)


class _Stations:
    """A warm process for each thread that asks. Leaving the block ends them."""

    def __init__(self):
        self._own, self._all, self._over = threading.local(), [], False

    def ask(self, job: Job) -> Answer:
        """Return what the warm process of this thread makes of a job; one that died is replaced, a job is tried twice."""
        for _ in range(2):
            station = getattr(self._own, "station", None)
            if station is None:
                station = self._own.station = _Station()
                self._all.append(station)
            try:
                return station.ask(job)
            except (OSError, EOFError):
                self._own.station = None
                self._all.remove(station)
                station.close()
            if self._over:
                break
        return Answer({}, reason="工作进程中断")

    def __enter__(self) -> _Stations:
        return self

    def __exit__(self, *_) -> None:
        self._over = True
        for station in list(self._all):
            station.end()


_OF_THIS_WORKER = _Stations()


class _Station:
    def __init__(self):
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", "from helpers.batch import station; station.serve()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )

    def ask(self, job: Job) -> Answer:
        _send(self._process.stdin, job)
        return _receive(self._process.stdout)

    def end(self) -> None:
        """Kill the process and wait until it is no more; whoever still asks it hears that it died."""
        self._process.kill()
        self._process.wait()

    def close(self) -> None:
        self.end()
        self._process.stdout.close()
        with suppress(OSError):  # what was not sent is lost with it
            self._process.stdin.close()


def serve() -> None:
    """Answer jobs from standard input until it ends."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever is printed here is no answer
    from helpers.batch import ready, warmup
    from helpers.edition import declared

    warmup.warm(ready.Needs(declared.names(), published=True))
    jobs, crew = sys.stdin.buffer, Crew(1, Limits(), engine.MOST_IN_A_CHILD)
    while True:
        try:
            job = _receive(jobs)
        except EOFError:
            return
        try:
            if crew.limits != job.limits:
                crew.close()
                crew = Crew(1, job.limits, engine.MOST_IN_A_CHILD)
            answer = _made(job, crew)
        except OSError as error:
            answer = Answer({}, reason=f"工作进程写不了（{system(error)}）")
        _send(answers, answer)


def _made(job: Job, crew: Crew) -> Answer:
    with tempfile.TemporaryDirectory(prefix="juesuan-") as scratch:
        data, place, log = (Path(scratch, name) for name in ("data", "made", "log"))
        for name, content in job.files.items():
            (data / name).parent.mkdir(parents=True, exist_ok=True)
            (data / name).write_bytes(content)
        place.mkdir()
        folder = Folder(data, job.department, job.year, job.told or str(paths.DATA))
        crew.start(
            (job.department, job.year), partial(engine.build, folder, place, notebook.WARM), log
        )
        [(_, reason)] = crew.ended()
        return Answer(
            {file.name: file.read_bytes() for file in place.iterdir()}, log.read_bytes(), reason
        )


def _send(stream, message) -> None:
    content = pickle.dumps(message)
    stream.write(_LENGTH.pack(len(content)) + content)
    stream.flush()


def _receive(stream):
    """Return the next message. The other end is this same project on this same machine: what it sends is trusted."""
    head = stream.read(_LENGTH.size)
    length = _LENGTH.unpack(head)[0] if len(head) == _LENGTH.size else -1
    content = stream.read(length) if length >= 0 else b""
    if len(content) != length:
        raise EOFError
    return pickle.loads(content)
