"""Decisions written into each department-year's corrections.yaml: all of a file's, or none where one of them is wrong."""

from __future__ import annotations

import os
import stat
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from helpers.basics import replacing
from helpers.basics.errors import DataError, Problems
from helpers.basics.filetext import text_of
from helpers.basics.locking import alone
from helpers.basics.paths import Folder
from helpers.review import corrections, decisions
from helpers.review.decisions import Decision

HEAD = "# 已知的错，和对疑点的决定；写法见 data/README.md。\n"


@dataclass(frozen=True)
class Done:
    """What became of a file: decisions that were written, that were there already, and the department-years touched."""

    written: int
    there: int
    folders: int


def decide(file: Path, data: Path) -> Done:
    """Write the decisions of a file into the data folder; what is wrong with any of them is told and nothing is written.

    Of two that are written at once the second is read into what the first has left, so that neither is lost. They hold
    all departments, not each of thousands: a process may not have so many files open.
    """
    name, departments = file.name, data / "departments"
    places = decisions.by_place(decisions.parse(text_of(file, name, decisions.LARGEST), name))
    problems, written, folders = Problems(), 0, 0
    with ExitStack() as laid:
        if departments.is_dir():
            laid.enter_context(alone(departments))
        for place in places:
            replacing.clear(Folder(data, *place).path)
        for (department, year), some in places.items():
            with problems.gathered():
                folder = Folder(data, department, year)
                if new := _new(folder, some, name):
                    _lay(folder, new, laid)
                    written, folders = written + len(new), folders + 1
        problems.tell()
    there = sum(map(len, places.values())) - written
    return Done(written=written, there=there, folders=folders)


def _new(folder: Folder, some: list[Decision], name: str) -> list[Decision]:
    """Return the decisions of a department-year that are not there yet."""
    if not folder.path.is_dir():
        raise DataError(name, f"没有 {folder.name(folder.path)} 这个文件夹", "juesuan list 里有的")
    place = folder.corrections
    with suppress(FileNotFoundError):
        if not stat.S_ISREG(os.lstat(place).st_mode):
            raise DataError(folder.name(place), "不是普通文件，没有写进去", "一个文件")
    known = corrections.load(place, folder.name(place))
    return [one for one in some if not any(one.says(correction) for correction in known)]


def _lay(folder: Folder, new: list[Decision], laid: ExitStack) -> None:
    """Lay a new corrections.yaml beside the old one, read back: all that was there, then the decisions.

    It takes the old one's place when `laid` is left, on the disk by then, as all the others are.
    """
    place, name = folder.corrections, folder.name(folder.corrections)
    before = corrections.load(place, name)
    written = place.read_bytes().decode("utf-8-sig") if before or place.exists() else HEAD
    made = laid.enter_context(replacing.beside(place))
    made.write_bytes(decisions.appended(written, new).encode())
    replacing.sync(made)
    _read_back(made, name, before, new)


def _read_back(
    made: Path, name: str, before: tuple[corrections.Correction, ...], new: list[Decision]
) -> None:
    try:
        after = corrections.load(made, name)
    except DataError:
        after = ()
    kept, added = after[: len(before)], after[len(before) :]
    same = [one.says(correction) for one, correction in zip(new, added)]
    if kept != before or len(added) != len(new) or not all(same):
        problem = "写法接不下去，或已经太大，没有写进去"
        raise DataError(name, problem, "每项顶格以 - 开头的列表，2 MB 以内")
