"""Which department-years are asked for: a department by its folder's name or its Chinese one, or a pattern; years."""

from __future__ import annotations

from fnmatch import fnmatchcase

from helpers.basics.errors import RequestError, nearest, shown
from helpers.basics.paths import Folder

_NAMES = ("department", "short_name")  # as profile.yaml gives them


def select(every: list[Folder], departments: list[str], years: list[range]) -> list[Folder]:
    """Return the department-years asked for; what is asked for and not there is refused by name."""
    named = {name for department in departments for name in _meant(every, department)}
    chosen = [f for f in every if not departments or f.department in named]
    for span in years:
        if not any(f.year in span for f in chosen):
            told = f"{span[0]}" if len(span) == 1 else f"{span[0]}-{span[-1]}"
            raise RequestError(f"选中的部门没有 {told} 年度，有哪些请看 juesuan list")
    return [f for f in chosen if not years or any(f.year in span for span in years)]


def may_be(folder: str, departments: list[str]) -> bool:
    """Return whether a department's folder may be asked for, as far as its name alone tells."""
    return not departments or any(
        fnmatchcase(folder, department) or not department.isascii() for department in departments
    )


def _meant(every: list[Folder], department: str) -> set[str]:
    """Return the folders' names of the departments that one name or pattern means."""
    folders = {f.department for f in every}
    if found := {name for name in folders if fnmatchcase(name, department)}:
        return found
    called = [] if department.isascii() else [(n, f.department) for f in every for n in _called(f)]
    if found := {name for said, name in called if fnmatchcase(said, _narrow(department))}:
        return found
    close = nearest(department, folders | {said for said, _ in called})
    raise RequestError(f"没有部门「{shown(department)}」{close}，有哪些请看 juesuan list")


def _called(folder: Folder) -> set[str]:
    """Return what a department calls itself, its full name and its short one; nothing where its profile cannot be read."""
    from helpers.disclosure import profile  # which few commands need to choose

    said = profile.glance(folder.profile, folder.name(folder.profile))
    return {_narrow(said[key]) for key in _NAMES if key in said}


def _narrow(name: str) -> str:
    from helpers.basics.text import narrow

    return narrow(name)
