"""A folder of documents read as a district: which department-years lie in it, by the names of its folders and files."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from helpers.basics.errors import shown
from helpers.basics.paths import Folder
from helpers.intake.importing import Request
from helpers.intake.sources import is_readable

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)(年度|年)?")
_SEPARATORS = re.compile(r"[\s_.—–-]+")
_COMMON = re.compile(r"(部门|单位)?决算(公开)?(表|报表|情况|情况说明|说明)?$")
DEEPEST = 4  # folders below one another


@dataclass(frozen=True)
class District:
    """What is to be imported, and what lies there that is no department-year, each with why."""

    requests: tuple[Request, ...]
    passed_over: tuple[str, ...]


def district(place: Path, data: Path, edition: str = "", year: int = 0) -> District:
    """Return the department-years of a folder: folders with documents in them, and documents that lie loose."""
    requests: dict[tuple[str, int], Request] = {}
    passed_over: list[str] = []
    for name, files in _groups(place):
        called, found = parsed(name)
        found = found or year
        if not found:
            passed_over.append(f"{shown(name)}：名字里没有年度，用 -y 写明")
            continue
        folder = Folder(data, slug(called), found)
        key = (folder.department, found)
        if key in requests:
            passed_over.append(f"{shown(name)}：{folder.department} {found} 已经有一份了")
            continue
        requests[key] = Request(files=files, folder=folder, edition=edition, called=called)
    return District(requests=tuple(requests.values()), passed_over=tuple(passed_over))


def _groups(place: Path) -> Iterator[tuple[str, tuple[Path, ...]]]:
    """Yield (name, files) of every department-year: loose files of one stem, or all files of a folder."""
    loose: dict[str, list[Path]] = {}
    for entry in sorted(place.iterdir()):
        if entry.is_file() and is_readable(entry):
            loose.setdefault(entry.stem, []).append(entry)
    yield from ((stem, tuple(files)) for stem, files in loose.items())
    for entry in sorted(place.iterdir()):
        if entry.is_dir() and not entry.name.startswith("."):
            yield from _inside(entry, entry.name, DEEPEST)


def _inside(folder: Path, name: str, deepest: int) -> Iterator[tuple[str, tuple[Path, ...]]]:
    entries = sorted(folder.iterdir())
    if files := tuple(e for e in entries if e.is_file() and is_readable(e)):
        yield name, files
    for entry in entries if deepest else ():
        if entry.is_dir() and not entry.name.startswith("."):
            inner = name if entry.name == "published" else f"{name} {entry.name}"
            yield from _inside(entry, inner, deepest - 1)


def parsed(name: str) -> tuple[str, int]:
    """Return the department and the year that a name states, the year 0 where it states none.

    >>> parsed("finance-bureau 2023"), parsed("示例县财政局2023年度部门决算"), parsed("finance")
    (('finance-bureau', 2023), ('示例县财政局', 2023), ('finance', 0))
    """
    years = _YEAR.findall(name)
    rest = _COMMON.sub("", _YEAR.sub(" ", name).strip())
    return rest.strip(" _-.—–") or name, int(years[-1][0]) if years else 0


def slug(called: str) -> str:
    """Return the folder name of a department; a name that cannot be one gives a number that is always the same.

    >>> slug("Finance Bureau"), slug("示例县财政局")
    ('finance-bureau', 'd-1d87f83f')
    """
    plain = _SEPARATORS.sub("-", called.lower()).strip("-")
    if re.fullmatch("[a-z0-9-]+", plain):
        return plain
    return f"d-{hashlib.sha256(called.encode()).hexdigest()[:8]}"
