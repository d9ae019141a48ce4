"""Department-years by the path of a folder, wherever it stands: of a year, of a department, of many."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from helpers.basics.errors import RequestError, shown
from helpers.basics.paths import Folder
from helpers.disclosure import folders, profile

_FILES = ("figures.csv", "profile.yaml")


def at(place: str, scratch: Path) -> list[Folder]:
    """Return the department-years of a folder: of a year, of a department, of data.

    One that lies under no departments/ is linked into `scratch`, with the year before where it stands beside it.
    """
    path = Path(os.path.realpath(place))
    if not path.is_dir():
        raise RequestError(f"没有 {shown(place, 200)} 这个文件夹")
    if (path / "departments").is_dir() or path.name == "departments":
        return folders.there(path.parent if path.name == "departments" else path)
    if any((path / name).exists() for name in _FILES):
        return [_year(path, scratch)]
    found = [_year(one, scratch) for one in sorted(path.iterdir()) if _is_year(one)]
    if not found:
        wanted = "一个部门一年的文件夹，里面有 figures.csv"
        raise RequestError(
            f"{shown(place, 200)} 里没有 figures.csv，也没有年度文件夹，应为{wanted}"
        )
    return found


def _is_year(path: Path) -> bool:
    return folders.is_year(path.name) and any((path / name).exists() for name in _FILES)


def _year(path: Path, scratch: Path) -> Folder:
    """Return a department-year as it stands, or as it is linked where its path does not say whose it is."""
    year = int(path.name) if folders.is_year(path.name) else _said(path)
    department = path.parent.name if folders.is_department(path.parent.name) else "folder"
    root = path.parent.parent
    if root.name == "departments" and path.parts[-2:] == (department, f"{year:04d}"):
        return Folder(root.parent, department, year)
    data = scratch / str(len(os.listdir(scratch)))
    for linked, to in _links(path, year):
        place = data / "departments" / department / f"{linked:04d}"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(to, target_is_directory=True)
    return Folder(data, department, year)


def _links(path: Path, year: int) -> Iterator[tuple[int, Path]]:
    yield year, path
    before = path.parent / f"{year - 1:04d}"
    if path.name == f"{year:04d}" and before.is_dir():
        yield year - 1, before


def _said(path: Path) -> int:
    """Return the year that a profile says; a folder that says none is refused."""
    said = profile.glance(path / "profile.yaml", "profile.yaml").get("year", "")
    if folders.is_year(said):
        return int(said)
    raise RequestError(
        f"{shown(str(path), 200)} 是哪一年度的，文件夹名和 profile.yaml 都没有写，应有「year: 2023」"
    )
