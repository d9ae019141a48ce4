"""Department-years by the paths of folders, wherever they stand: of a year, of a department, of many."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from helpers.basics.errors import RequestError, shown, visible
from helpers.basics.paths import Folder
from helpers.disclosure import folders, profile

_FILES = ("figures.csv", "profile.yaml")


def at(places: Iterable[str], scratch: Path) -> list[Folder]:
    """Return the department-years of folders, each once: of a year, of a department, of data.

    They are called by their department's folder. One that does not lie as it is called, in a departments/, is linked
    into `scratch`, with the year before where it stands beside it.
    """
    found = dict(one for place in places for one in _standing(place))
    called = _told_apart(map(_department, found))
    return [_folder(path, year, called[_department(path)], scratch) for path, year in found.items()]


def _standing(place: str) -> Iterator[tuple[Path, int]]:
    """Yield the folder and the year of each department-year in a folder."""
    path = Path(os.path.realpath(place))
    if not path.is_dir():
        raise RequestError(f"没有 {shown(place, 200)} 这个文件夹")
    if (path / "departments").is_dir() or path.name == "departments":
        data = path.parent if path.name == "departments" else path
        yield from ((folder.path, folder.year) for folder in folders.there(data))
    elif _holds_one(path):
        yield path, int(path.name) if folders.is_year(path.name) else _said(path)
    else:
        years = [one for one in path.iterdir() if folders.is_year(one.name) and _holds_one(one)]
        if not years:
            wanted = "一个部门一年的文件夹，里面有 figures.csv"
            raise RequestError(
                f"{shown(place, 200)} 里没有 figures.csv，也没有年度文件夹，应为{wanted}"
            )
        yield from ((one, int(one.name)) for one in sorted(years))


def _holds_one(path: Path) -> bool:
    return any((path / name).exists() for name in _FILES)


def _department(path: Path) -> Path:
    """Return the folder of the department of a department-year: what holds it, or itself where it is named by no year."""
    return path.parent if folders.is_year(path.name) and path.parent.name else path


def _told_apart(departments: Iterable[Path]) -> dict[Path, str]:
    """Return what each folder is called: its name, after those that hold it as far as others are called the same."""
    parts = {path: [visible(p).replace("\n", "�") for p in path.parts[1:]] for path in departments}
    depths = dict.fromkeys(parts, 1)
    while True:
        called = {path: "/".join(parts[path][-depth:]) for path, depth in depths.items()}
        times = Counter(called.values())
        alike = [p for p, depth in depths.items() if times[called[p]] > 1 and depth < len(parts[p])]
        if not alike:
            return called
        for path in alike:
            depths[path] += 1


def _folder(path: Path, year: int, called: str, scratch: Path) -> Folder:
    """Return a department-year as it lies, or as it is linked where it lies otherwise than it is called."""
    departments = path.parent.parent
    if departments.name == "departments" and path.parts[-2:] == (called, f"{year:04d}"):
        return Folder(departments.parent, called, year)
    data = scratch / str(len(os.listdir(scratch)))
    for linked, to in _links(path, year):
        place = data / "departments" / called / f"{linked:04d}"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(to, target_is_directory=True)
    return Folder(data, called, year)


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
