"""What was found up to date, by the stamps of its files: while none of them is touched, none need be read again.

A file's stamp is what the file system says of it: its size, its number, when it was last written and last changed.
What was touched in the moments before it was looked at is not noted, since the clock of a file system may tick
more slowly than a program runs.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from helpers.across.stamps import RECORD, STORE, reports
from helpers.basics import replacing
from helpers.basics.errors import DataError
from helpers.basics.filetext import bytes_of
from helpers.basics.locking import alone
from helpers.basics.paths import Folder, place_of, report_of

NAME = "standing.json"
INDEX = ("index.csv", "index.html", "findings.html")
_MOMENT = 2_000_000_000  # nanoseconds
_DEEPEST, _MOST = 6, 500  # folders in each other, files of a report: what has more is read again
_LARGEST = 100_000_000
Stamp = tuple[str, int, int, int, int]


class Found(NamedTuple):
    """What was found in a report: how many findings of each severity, and how many causes."""

    findings: dict[str, int]
    causes: int


Noted = tuple[str, Found]  # with one sum of the stamps


class Ledger:
    """The reports of an outputs folder that were found up to date with machinery of these sums."""

    def __init__(self, outputs: Path, machinery: dict[str, str]):
        self._outputs = outputs
        self._file = outputs / STORE / NAME
        self._machinery = _digest(machinery.items())
        self._known, self._index = self._read()
        self._is_new = False

    def found(self, folder: Folder) -> Found | None:
        """Return what was found in a report that nobody touched since it was noted; else nothing."""
        stamp, found = self._known.get(folder.called, ("", None))
        return found if stamp and stamp == self._stamp(folder) else None

    def note(self, folder: Folder, found: Found) -> None:
        """Note a report that is up to date, and what was found in it."""
        self._is_new = True
        self._known[folder.called] = self._stamp(folder), found

    def renew_index(self, write: Callable[[], None], anyway: bool = False) -> None:
        """Write the index, unless it was written from exactly what stands in the outputs folder."""
        reports = self._of_reports()
        if not anyway and self._index == [reports, self._of_index()] and all(self._index):
            return
        write()
        # What is said of this batch alone is not to stand: the next one writes it anew.
        self._index, self._is_new = [] if anyway else [reports, self._of_index()], True

    def keep(self) -> None:
        """Write down what was noted, if anything was; where that cannot be, everything is read again the next time."""
        if not self._is_new:
            return
        noted = {"machinery": self._machinery, "index": self._index, "reports": self._known}
        with suppress(OSError):
            self._file.parent.mkdir(exist_ok=True)
            with alone(self._file.parent):
                replacing.write(self._file, json.dumps(noted))

    def _read(self) -> tuple[dict[str, Noted], list[str]]:
        """Return what is noted of reports and of the index; nothing of another machinery, or of what cannot be read."""
        try:
            noted = json.loads(bytes_of(self._file, NAME, _LARGEST))
            if noted["machinery"] != self._machinery:
                return {}, []
            reports = {
                called: (str(stamp), Found(dict(findings), int(causes)))
                for called, (stamp, (findings, causes)) in noted["reports"].items()
            }
            return reports, list(noted["index"])
        except (DataError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return {}, []

    def _stamp(self, folder: Folder) -> str:
        """Return one sum for the stamps of a report's inputs and of its place, or nothing where they cannot be trusted."""
        here, before = (
            place_of(folder.data, folder.department, year)
            for year in (folder.year, folder.year - 1)
        )
        place = report_of(self._outputs, folder.department, folder.year)
        try:
            return _trusted(
                [
                    *_within(here),
                    *_of(f"{before}/figures.csv", f"{before}/profile.yaml"),
                    *_of(place, f"{place}/{RECORD}"),
                ]
            )
        except (OSError, OverflowError):
            return ""

    def _of_reports(self) -> str:
        places = [place for one in reports(self._outputs) for place in (one, f"{one}/{RECORD}")]
        return _trusted(_of(*places))

    def _of_index(self) -> str:
        return _trusted(_of(*(f"{self._outputs}/{name}" for name in INDEX)))


def _of(*places: str) -> Iterator[Stamp]:
    """Yield the stamps of files and folders; of one that is not there, that it is not."""
    for path in places:
        try:
            yield _stamp(path, os.stat(path))
        except OSError:
            yield path, 0, 0, 0, 0


def _stamp(path: str, found: os.stat_result) -> Stamp:
    return path, found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino


def _within(place: str, depth: int = 0, before: int = 0) -> list[Stamp]:
    """Return the stamps of a folder and everything in it, through links too. OverflowError: too much, or too deep."""
    found = [*_of(place)]
    with os.scandir(place) as entries:
        for entry in entries:
            inside = entry.is_dir()
            found += (
                _within(entry.path, depth + 1, before + len(found)) if inside else _of(entry.path)
            )
            if depth > _DEEPEST or before + len(found) > _MOST:
                raise OverflowError
    return sorted(found)


def _trusted(some: Iterable[Stamp]) -> str:
    """Return a sum of stamps; nothing where one is of the last moment, or of a time to come."""
    stamps = list(some)
    latest = max((max(written, changed) for _, written, changed, *_ in stamps), default=0)
    return _digest(stamps) if latest < time.time_ns() - _MOMENT else ""


def _digest(what: Iterable[tuple]) -> str:
    return hashlib.sha256(repr(sorted(what)).encode("utf-8", "backslashreplace")).hexdigest()
