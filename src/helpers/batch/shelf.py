"""Where reports stand: OUTPUTS/department/year, each put there as a whole or not at all.

What is being made lies in a folder `.making-…` beside them, on the same file system. It belongs to one batch
for as long as that holds the lock beside it; the next batch clears what a dead one left.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from helpers.basics import paths, replacing
from helpers.basics.errors import DataError
from helpers.basics.filetext import bytes_of
from helpers.basics.paths import Folder, report_of

RECORD, LOG = "run.json", "failure.log"
FILES = (
    "report.html",
    "report.ipynb",
    "cells.csv",
    "statements.json",
    "findings.csv",
    "indicators.csv",
    "tables.xlsx",
    RECORD,
)
_OURS = frozenset((*FILES, LOG))
_MAKING, _LOCK = ".making-", ".lock"
_TRIES = 9  # another batch may put its own there between the look and the rename
_MEANWHILE = (errno.ENOENT, errno.EEXIST, errno.ENOTEMPTY)
_CANNOT_EXCHANGE = (errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP)


class Shelf:
    """The outputs folder of reports. `ours` are the names of files that a run made, which none of ours outlives."""

    def __init__(self, outputs: Path, ours: frozenset[str] = _OURS):
        self.outputs, self._ours = outputs, ours

    def place(self, folder: Folder) -> Path:
        return Path(report_of(self.outputs, folder.department, folder.year))

    def record(self, folder: Folder) -> dict:
        """Return the run.json of a report, or nothing where there is none that can be read."""
        try:
            entry = json.loads(bytes_of(self.place(folder) / RECORD, RECORD, paths.LARGEST_RECORD))
        except (DataError, ValueError, RecursionError):
            return {}
        return entry if isinstance(entry, dict) else {}

    def _made(self, folder: Folder) -> frozenset[str]:
        """Return which names are of files that a run made: without a failed one a log is somebody's own."""
        failed = self.record(folder).get("status") == "failed"
        return self._ours if failed else self._ours - {LOG}

    def names(self, folder: Folder) -> set[str]:
        """Return the names of the files that stand in a report's place; a folder is none."""
        try:
            with os.scandir(self.place(folder)) as entries:
                return {entry.name for entry in entries if not entry.is_dir()}
        except OSError:
            return set()

    def put(self, folder: Folder, made: Path) -> None:
        """Put a finished folder in its report's place in one step; the old one is then where the new one was.

        What no run made, such as somebody's note, stays in the place. DataError: it stands where a file is to be put.
        """
        target = self.place(folder)
        _refuse_foreign(target, {*_names_of_files(made), *self._made(folder)})
        for _ in range(_TRIES):
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                if target.exists():
                    ours = self._made(folder)
                    _carry(target, made, ours)
                    _exchange(made, target)
                    _carry(made, target, ours)
                else:
                    made.rename(target)
                return
            except OSError as error:
                if error.errno not in _MEANWHILE or not made.exists():
                    raise
        raise OSError(errno.EBUSY, "别的程序在反复改动它")

    def fail(self, folder: Folder, record: Path, log: Path) -> None:
        """Put a failed report's run.json, and what it printed, beside the files of the last good one.

        DataError: something that no run made stands where one of the two is to be put.
        """
        target = self.place(folder)
        has_log, had_log = log.is_file() and log.stat().st_size, LOG in self._made(folder)
        _refuse_foreign(target, {RECORD, LOG} if has_log or had_log else {RECORD})
        target.mkdir(parents=True, exist_ok=True)
        if has_log:
            os.replace(log, target / LOG)
        elif had_log:
            (target / LOG).unlink(missing_ok=True)
        os.replace(record, target / RECORD)

    def index(self, failed: Mapping[tuple[str, int], str] | None = None) -> None:
        """Write index.html and index.csv over everything that stands here, and what could not be put here, with why."""
        from helpers.across import overview  # which draws pages; most commands draw none

        overview.write_index(self.outputs, failed)

    @contextmanager
    def making(self) -> Iterator[Path]:
        """Yield a folder of one's own beside the reports, gone afterwards."""
        self.outputs.mkdir(parents=True, exist_ok=True)
        self.clear()
        descriptor, lock = _held(self.outputs)
        place = lock.with_suffix("")
        try:
            place.mkdir()
            yield place
        finally:
            shutil.rmtree(place, ignore_errors=True)
            lock.unlink(missing_ok=True)
            os.close(descriptor)

    def clear(self) -> None:
        """Take away what a batch that was killed left half made."""
        for lock in self.outputs.glob(f"{_MAKING}*{_LOCK}"):
            descriptor = _try_lock(lock)
            if descriptor is not None:
                shutil.rmtree(lock.with_suffix(""), ignore_errors=True)
                lock.unlink(missing_ok=True)
                os.close(descriptor)


def _names_of_files(place: Path) -> Iterator[str]:
    return (entry.name for entry in place.iterdir() if not entry.is_dir())


def _refuse_foreign(place: Path, names: Iterable[str]) -> None:
    """Refuse to put files of these names into a place where something lies that no run made, and that would be lost."""
    for folder in (place.parent, place):
        if os.path.lexists(folder) and not folder.is_dir():
            raise _foreign(folder, "一个链接" if folder.is_symlink() else "一个文件")
    for name in sorted(names):
        if (place / name).is_dir():
            raise _foreign(place / name, "一个文件夹")


def _foreign(place: Path, what: str) -> DataError:
    problem = f"这里放着{what}，不是运行写出的，没有动它，新写的没有放进去"
    return DataError(str(place), problem, "空着的位置，请把它移走再运行")


def _carry(source: Path, target: Path, ours: frozenset[str]) -> None:
    """Let what no run made stand in the target too: by links, so that at no moment it is nowhere."""
    for entry in source.iterdir() if source.is_dir() else ():
        beside = target / entry.name
        if entry.name in ours or os.path.lexists(beside):
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.copytree(entry, beside, symlinks=True, copy_function=_linked)
        else:
            _linked(entry, beside)


def _linked(source: str | Path, target: str | Path) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:  # a file system without links
        shutil.copy2(source, target, follow_symlinks=False)


def sync(place: Path) -> None:
    """Wait until a folder and every file in it are on the disk."""
    for file in [*place.iterdir(), place]:
        replacing.sync(file)


def _held(outputs: Path) -> tuple[int, Path]:
    """Return a new lock that this process holds; one that another took for a dead one's is left to it."""
    while True:
        descriptor, name = tempfile.mkstemp(prefix=_MAKING, suffix=_LOCK, dir=outputs)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        if os.path.exists(name) and os.fstat(descriptor).st_ino == os.stat(name).st_ino:
            return descriptor, Path(name)
        os.close(descriptor)


def _try_lock(lock: Path) -> int | None:
    """Return the descriptor of a lock that nobody holds, now held by this process."""
    try:
        descriptor = os.open(lock, os.O_RDWR)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return descriptor
    except OSError:
        os.close(descriptor)
        return None


def _exchange(one: Path, other: Path) -> None:
    """Swap two folders, in one step where the system can."""
    at_cwd, exchange = -100, 2
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename:
        if rename(at_cwd, os.fsencode(one), at_cwd, os.fsencode(other), exchange) == 0:
            return
        number = ctypes.get_errno()
        if number not in _CANNOT_EXCHANGE:
            raise OSError(number, os.strerror(number))
    aside = Path(tempfile.mkdtemp(prefix=f"{one.name}-old-", dir=one.parent))
    other.rename(aside)
    try:
        one.rename(other)
    except OSError:
        if not other.exists():
            aside.rename(other)
        raise
    aside.rename(one)
