"""Which department-years there are, and which are asked for."""

from __future__ import annotations

import os
import re
from operator import attrgetter
from pathlib import Path

from helpers.basics.errors import RequestError, nearest, shown
from helpers.basics.paths import Folder, place_of, report_of

_DEPARTMENT, _YEAR = re.compile("[a-z0-9-]+"), re.compile(r"[1-9]\d{3}", re.ASCII)


def named(data: Path, department: str, year: int) -> Folder:
    """Return the folder of a department-year that is to be made; a name that cannot be one is refused."""
    if not _DEPARTMENT.fullmatch(department):
        raise RequestError(
            f"部门文件夹名「{shown(department)}」不对，应只含小写字母、数字和连字符，如 education-bureau"
        )
    if not 1000 <= year <= 9999:
        raise RequestError(f"年度 {year} 不对，应为四位数字")
    return Folder(data, department, year)


def there(data: Path) -> list[Folder]:
    """Return every department-year under a data folder, in order."""
    root = data / "departments"
    if not root.is_dir():
        raise RequestError(f"{data} 下没有 departments 文件夹，数据应在 departments/部门/年度/ 里")
    return [
        Folder(data, department.name, int(year.name))
        for department in sorted(os.scandir(root), key=attrgetter("name"))
        if _DEPARTMENT.fullmatch(department.name)
        for year in _inside(department)
        if _YEAR.fullmatch(year.name) and os.path.isdir(year.path)
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
        if _DEPARTMENT.fullmatch(d.name)
        and os.path.isdir(d.path)
        and not os.access(d, os.R_OK | os.X_OK)
    ]


def passed_over(data: Path) -> list[str]:
    """Return, in words, every folder that is no department-year because of its name; hidden ones do not count."""
    said = []
    for department in _inside(data / "departments"):
        if not os.path.isdir(department.path) or department.name.startswith("."):
            continue
        if not _DEPARTMENT.fullmatch(department.name):
            said.append(
                f"略过 departments/{shown(department.name)}：部门文件夹名应只含小写字母、数字和连字符，如 education-bureau"
            )
            continue
        said += [
            f"略过 departments/{department.name}/{shown(year.name)}：年度文件夹名应为四位数字，如 2023"
            for year in _inside(department)
            if os.path.isdir(year.path)
            and not year.name.startswith(".")
            and not _YEAR.fullmatch(year.name)
        ]
    return said


def keep_apart(outputs: Path, chosen: list[Folder]) -> None:
    """Refuse an outputs folder that a link joins to the folder of a department-year."""
    for folder in chosen:
        place = report_of(outputs, folder.department, folder.year)
        theirs = place_of(folder.data, folder.department, folder.year)
        ways = os.path.dirname(theirs), theirs, os.path.dirname(place), place
        if any(map(os.path.islink, ways)) and overlap(
            os.path.realpath(place), os.path.realpath(theirs)
        ):
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


def select(data: Path, departments: list[str], years: list[int]) -> list[Folder]:
    """Return the department-years asked for; one that does not exist is refused by name."""
    every = there(data)
    known = {f.department for f in every}
    for department in departments:
        if department not in known:
            raise RequestError(
                f"没有部门「{shown(department)}」{nearest(department, known)}，有哪些请看 juesuan list"
            )
    chosen = [f for f in every if not departments or f.department in departments]
    for year in years:
        if not any(f.year == year for f in chosen):
            raise RequestError(f"选中的部门没有 {year} 年度，有哪些请看 juesuan list")
    chosen = [f for f in chosen if not years or f.year in years]
    if not chosen:
        raise RequestError(f"{data / 'departments'} 下没有部门，先用 juesuan new 部门 年度 建一个")
    return chosen
