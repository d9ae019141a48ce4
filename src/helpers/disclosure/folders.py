"""Which department-years there are."""

from __future__ import annotations

import os
import re
from functools import cache
from operator import attrgetter
from pathlib import Path

from helpers.basics.errors import RequestError, shown
from helpers.basics.paths import Folder, place_of, report_of

_DEPARTMENT, _YEAR = re.compile("[a-z0-9-]+"), re.compile(r"[1-9]\d{3}", re.ASCII)


def named(data: Path, department: str, year: int) -> Folder:
    """Return the folder of a department-year that is to be made; a name that cannot be one is refused."""
    if not is_department(department):
        raise RequestError(
            f"部门文件夹名「{shown(department)}」不对，应只含小写字母、数字和连字符，如 education-bureau"
        )
    if not 1000 <= year <= 9999:
        raise RequestError(f"年度 {year} 不对，应为四位数字")
    return Folder(data, department, year)


def is_department(name: str) -> bool:
    """Return whether a folder's name can be that of a department."""
    return _DEPARTMENT.fullmatch(name) is not None


def is_year(name: str) -> bool:
    """Return whether a folder's name can be that of a year."""
    return _YEAR.fullmatch(name) is not None


def there(data: Path) -> list[Folder]:
    """Return every department-year under a data folder, in order."""
    root = data / "departments"
    if not root.is_dir():
        raise RequestError(f"{data} 下没有 departments 文件夹，数据应在 departments/部门/年度/ 里")
    return [
        Folder(data, department.name, int(year.name))
        for department in sorted(os.scandir(root), key=attrgetter("name"))
        if is_department(department.name)
        for year in _inside(department)
        if is_year(year.name) and os.path.isdir(year.path)
    ]


def _inside(place: Path | os.DirEntry) -> list[os.DirEntry]:
    """Return what stands in a folder; nothing where it is none, or is not for us to read."""
    try:
        with os.scandir(os.fspath(place)) as entries:
            return sorted(entries, key=attrgetter("name"))
    except OSError:
        return []


def unreadable(data: Path) -> list[str]:
    """Return, in words, every department's folder that is not for us to read."""
    return [
        f"departments/{d.name}：没有权限读这个文件夹"
        for d in _inside(data / "departments")
        if is_department(d.name) and os.path.isdir(d.path) and not os.access(d, os.R_OK | os.X_OK)
    ]


def passed_over(data: Path) -> list[str]:
    """Return, in words, every folder that is no department-year because of its name; hidden ones do not count."""
    said = []
    for department in _inside(data / "departments"):
        if not os.path.isdir(department.path) or department.name.startswith("."):
            continue
        if not is_department(department.name):
            said.append(
                f"略过 departments/{shown(department.name)}：部门文件夹名应只含小写字母、数字和连字符，如 education-bureau"
            )
            continue
        said += [
            f"略过 departments/{department.name}/{shown(year.name)}：年度文件夹名应为四位数字，如 2023"
            for year in _inside(department)
            if os.path.isdir(year.path) and not year.name.startswith(".") and not is_year(year.name)
        ]
    return said


def keep_apart(outputs: Path, chosen: list[Folder]) -> None:
    """Refuse an outputs folder that a link joins to the folder of a department-year, to what holds it or lies in it."""
    whole, is_link = os.path.realpath(outputs), cache(os.path.islink)
    for folder in chosen:
        place = report_of(outputs, folder.department, folder.year)
        theirs = place_of(folder.data, folder.department, folder.year)
        into = is_link(f"{folder.data}/departments") or is_link(os.path.dirname(theirs))
        from_there = is_link(os.path.dirname(place)) or os.path.islink(place)
        if not (into or from_there or os.path.islink(theirs)):
            continue
        real = os.path.realpath(theirs)
        if overlap(whole, real) or overlap(os.path.realpath(place), real):
            raise RequestError(
                f"{place} 与 {theirs} 由链接连在一处，报告会与数混在一起；什么都没有做，请换一个 --outputs"
            )


def overlap(one: str, other: str) -> bool:
    """Return whether of two places one is the other, or lies in it.

    >>> overlap("/data", "/data/out"), overlap("/data", "/data-out")
    (True, False)
    """
    one, other = one.rstrip("/") + "/", other.rstrip("/") + "/"
    return one.startswith(other) or other.startswith(one)
