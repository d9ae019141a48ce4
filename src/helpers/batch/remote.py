"""Data and outputs at an address (s3://…, gs://…, abfs://…, memory://…): copied here, and reports put back one by one.

Through fsspec, whose packages know the kinds of address. A store has no rename of folders, so a report's run.json
is taken away first and written last: without it a report counts as not there.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from helpers.basics import paths
from helpers.basics.errors import RequestError, shown, told
from helpers.basics.paths import Folder
from helpers.batch.shelf import FILES, LOG, RECORD, Shelf
from helpers.disclosure import folders, selection

_INPUT = re.compile(r"([a-z0-9-]+)/\d{4}/.+", re.ASCII)
_REPORT = re.compile(r"([a-z0-9-]+)/(\d{4})/([^/]+)", re.ASCII)


def fetched(address: str, into: Path, departments: list[str]) -> Path:
    """Copy the departments under an address into a folder and return it as a data folder; no name means all."""
    files, root = _filesystem(address)
    start = f"{root}/departments/"
    with _spoken_for(address):
        for file in files.find(start):
            there = _INPUT.fullmatch(file.removeprefix(start)) if file.startswith(start) else None
            if (
                there
                and not {"", ".", ".."} & set(there[0].split("/"))
                and selection.may_be(there[1], departments)
            ):
                target = into / "departments" / there[0]
                target.parent.mkdir(parents=True, exist_ok=True)
                files.get_file(file, str(target))
    (into / "departments").mkdir(parents=True, exist_ok=True)
    return into


def called(chosen: list[Folder], address: str) -> list[Folder]:
    """Return the same folders under the name of the address that they were copied from, without a password in it."""
    return [replace(folder, told=told(address)) for folder in chosen]


def overlap(one: str, other: str) -> bool:
    """Return whether of two places, folders of this machine or addresses, one is the other or lies in it."""
    return folders.overlap(_real(one), _real(other))


def _real(place: str) -> str:
    """Return a place by the one name that it has however it is written: links followed, a store's kind before its path."""
    if not paths.is_address(place):
        return os.path.realpath(place)
    files, root = _filesystem(place)
    kind = files.protocol if isinstance(files.protocol, str) else files.protocol[0]
    host = urlsplit(place).hostname or ""
    return (
        os.path.realpath(root)
        if kind in ("file", "local")
        else f"{kind}://{host}/{root.strip('/')}"
    )


class RemoteShelf(Shelf):
    """Reports at an address; here stand only their run.json, for the index and to know what is up to date."""

    def __init__(self, address: str, mirror: Path):
        super().__init__(mirror)
        self.address = address
        self._files, self._root = _filesystem(address)
        self._names: dict[tuple[str, int], set[str]] = {}
        self._look()

    def names(self, folder: Folder) -> set[str]:
        return self._names.get((folder.department, folder.year), set())

    def put(self, folder: Folder, made: Path) -> None:
        self._upload(folder, {file.name: file for file in made.iterdir()})
        for file in made.iterdir():
            if file.name != RECORD:
                file.write_bytes(b"")
        super().put(folder, made)

    def fail(self, folder: Folder, record: Path, log: Path) -> None:
        self._upload(
            folder, {RECORD: record} | ({LOG: log} if log.is_file() and log.stat().st_size else {})
        )
        super().fail(folder, record, log)

    def index(self, failed: Mapping[tuple[str, int], str] | None = None) -> None:
        self._look()  # another batch may have put its own there since
        super().index(failed)
        with _spoken_for(self.address):
            for name in ("index.html", "index.csv", "findings.html"):
                self._files.put_file(str(self.outputs / name), f"{self._root}/{name}")

    def _look(self) -> None:
        """Learn what stands there now, and fetch the run.json of each report."""
        with _spoken_for(self.address):
            self._files.invalidate_cache()
            self._names.clear()
            for file in self._files.find(self._root):
                if there := _REPORT.fullmatch(file.removeprefix(f"{self._root}/")):
                    department, year, name = there.groups()
                    self._names.setdefault((department, int(year)), set()).add(name)
                    target = self.outputs / department / year / name
                    if name in (RECORD, FILES[0]):
                        target.parent.mkdir(parents=True, exist_ok=True)
                        self._files.get_file(
                            file, str(target)
                        ) if name == RECORD else target.touch()

    def _upload(self, folder: Folder, files: dict[str, Path]) -> None:
        at = f"{self._root}/{folder.department}/{folder.year:04d}"
        with _spoken_for(self.address):
            self._files.makedirs(at, exist_ok=True)
            for name in (RECORD, *({LOG} - files.keys())):
                with suppress(FileNotFoundError):
                    self._files.rm_file(f"{at}/{name}")
            for name in sorted(files, key=lambda n: n == RECORD):
                self._files.put_file(str(files[name]), f"{at}/{name}")


@contextmanager
def _spoken_for(address: str) -> Iterator[None]:
    """Turn whatever a store's own package raises into one kind of error that names the address."""
    try:
        yield
    except Exception as error:
        raise OSError(
            told(f"{address}：{shown(str(error) or type(error).__name__, 200)}")
        ) from error


def _filesystem(address: str):
    """Return the file system of an address, and the place in it."""
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise RequestError(told(f"{address} 这样的地址需要另装 fsspec，先运行 make dask")) from None
    try:
        files, root = url_to_fs(address)
    except Exception as error:
        raise RequestError(told(f"用不了地址 {address}（{shown(str(error), 200)}）")) from None
    return files, root.rstrip("/")
