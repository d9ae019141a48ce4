"""Data and outputs at an address (s3://…, gs://…, abfs://…, memory://…): copied here, and reports put back one by one.

Through fsspec, whose packages know the kinds of address. A store has no rename of folders, so a report's run.json
is taken away first and written last: without it a report counts as not there.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from helpers import engine
from helpers.errors import RequestError
from helpers.paths import Folder
from helpers.shelf import LOG, RECORD, Shelf

_REPORT = re.compile(r"([a-z0-9-]+)/(\d{4})/([^/]+)", re.ASCII)


def is_address(place: str) -> bool:
    """Return whether a place is an address and not a folder of this machine."""
    return "://" in place


def fetched(address: str, into: Path, departments: list[str]) -> Path:
    """Copy the departments under an address into a folder and return it as a data folder; no name means all."""
    files, root = _filesystem(address)
    start = f"{root}/departments/"
    for file in files.find(start):
        parts = file.removeprefix(start).split("/")
        if ".." not in parts and (not departments or parts[0] in departments):
            target = into.joinpath("departments", *parts)
            target.parent.mkdir(parents=True, exist_ok=True)
            files.get_file(file, str(target))
    (into / "departments").mkdir(parents=True, exist_ok=True)
    return into


def called(folders: list[Folder], address: str) -> list[Folder]:
    """Return the same folders under the name of the address that they were copied from."""
    return [replace(folder, told=address) for folder in folders]


class RemoteShelf(Shelf):
    """Reports at an address; here stand only their run.json, for the index and to know what is up to date."""

    def __init__(self, address: str, mirror: Path):
        super().__init__(mirror)
        self.address = address
        self._files, self._root = _filesystem(address)
        self._names: dict[tuple[str, int], set[str]] = {}
        for file in self._files.find(self._root):
            if there := _REPORT.fullmatch(file.removeprefix(f"{self._root}/")):
                department, year, name = there[1], int(there[2]), there[3]
                self._names.setdefault((department, year), set()).add(name)
                if name in (RECORD, engine.FILES[0]):
                    target = mirror / department / there[2] / name
                    target.parent.mkdir(parents=True, exist_ok=True)
                    self._files.get_file(file, str(target)) if name == RECORD else target.touch()

    def names(self, folder: Folder) -> set[str]:
        return self._names.get((folder.department, folder.year), set())

    def put(self, folder: Folder, made: Path) -> None:
        self._upload(folder, {file.name: file for file in made.iterdir()})
        if LOG in self.names(folder):
            self._files.rm_file(f"{self._at(folder)}/{LOG}")
            self.names(folder).discard(LOG)
        for file in made.iterdir():
            if file.name != RECORD:
                file.write_bytes(b"")
        super().put(folder, made)

    def fail(self, folder: Folder, record: Path, log: Path) -> None:
        self._upload(folder, {RECORD: record} | ({LOG: log} if log.is_file() and log.stat().st_size else {}))
        super().fail(folder, record, log)

    def index(self) -> None:
        super().index()
        for name in ("index.html", "index.csv"):
            self._files.put_file(str(self.outputs / name), f"{self._root}/{name}")

    def _at(self, folder: Folder) -> str:
        return f"{self._root}/{folder.department}/{folder.year:04d}"

    def _upload(self, folder: Folder, files: dict[str, Path]) -> None:
        self._files.makedirs(self._at(folder), exist_ok=True)
        if RECORD in self.names(folder):
            self._files.rm_file(f"{self._at(folder)}/{RECORD}")
        for name in sorted(files, key=lambda n: n == RECORD):
            self._files.put_file(str(files[name]), f"{self._at(folder)}/{name}")
        self._names.setdefault((folder.department, folder.year), set()).update(files)


def _filesystem(address: str):
    """Return the file system of an address, and the place in it."""
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise RequestError(f"{address} 这样的地址需要另装 fsspec，先运行 make dask") from None
    try:
        files, root = url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise RequestError(f"用不了地址 {address}（{error}）") from None
    return files, root.rstrip("/")
