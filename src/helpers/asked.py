"""What a command is asked to work on: the department-years, the data folder, the outputs; what cannot be is refused."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import ExitStack, suppress
from functools import lru_cache
from pathlib import Path

from helpers.basics import paths, terminal
from helpers.basics.errors import RequestError, shown, system, told
from helpers.basics.paths import Folder
from helpers.disclosure import folders, selection


def keep_apart(data: str, outputs: str) -> None:
    """Refuse outputs that are, hold or lie in the data folder: a report would take the place of what it is made from."""
    from helpers.batch import remote

    if data and outputs and remote.overlap(data, outputs):
        raise RequestError(
            f"--outputs {outputs} 与 --data {data} 是同一处，或一个在另一个里面，报告会与数混在一起；什么都没有做，请换一个 --outputs"
        )


def chosen(options, scratch: ExitStack) -> tuple[list[Folder], bool]:
    """Return the department-years asked for, and whether some could not be looked at; what is left out is told."""
    if places := getattr(options, "folders", ()):
        if options.data != str(paths.DATA):
            raise RequestError("文件夹和 --data 只写一个：写了文件夹，就核对那里的")
        return _at(places, options, scratch), False
    data = there(options.data, options.department, scratch)
    for said in (unreadable := folders.unreadable(data)):
        terminal.warn(said)
    if not (every := folders.there(data)):
        raise RequestError(f"{data / 'departments'} 下没有部门，先用 juesuan new 部门 年度 建一个")
    found = selection.select(every, options.department, options.year)
    for said in folders.passed_over(data):
        terminal.warn(said)
    if paths.is_address(options.data):
        from helpers.batch import remote

        found = remote.called(found, options.data)
    return found, bool(unreadable)


def now(options) -> Callable[[], list[Folder]]:
    """Return what tells time and again which department-years are asked for, in silence: none that are named by paths."""
    if getattr(options, "folders", ()):
        return list
    data = real(options.data, "--data")

    @lru_cache(
        maxsize=1
    )  # what departments call themselves is read again only where there are others
    def among(every: tuple[Folder, ...]) -> list[Folder]:
        return selection.select([*every], options.department, options.year)

    def told() -> list[Folder]:
        with suppress(RequestError):
            return among(tuple(folders.there(data)))
        return []

    return told


def _at(places: list[str], options, scratch: ExitStack) -> list[Folder]:
    """Return the department-years in folders that are named by their paths, each once."""
    from helpers.disclosure import standing

    every = standing.at(places, _for_now(scratch, "folders"))
    return selection.select(every, options.department, options.year)


def there(data: str, departments: list[str], scratch: ExitStack) -> Path:
    """Return the data folder; one at an address is copied to this machine first."""
    if not data:
        raise RequestError("--data 不能是「」，应为数据文件夹")
    if not paths.is_address(data):
        return real(data, "--data")
    from helpers.batch import remote

    return remote.fetched(data, _for_now(scratch, "data"), departments)


def _for_now(scratch: ExitStack, what: str) -> Path:
    """Return a folder of this machine for what is at an address; it goes with `scratch`."""
    from tempfile import TemporaryDirectory

    return Path(scratch.enter_context(TemporaryDirectory(prefix=f"juesuan-{what}-")))


def real(place: str, option: str) -> Path:
    """Return a folder of this machine with its links followed; a name that the system does not take is refused."""
    found = os.path.realpath(place)
    try:
        with suppress(FileNotFoundError):
            os.stat(found)
    except (OSError, ValueError) as error:
        said = system(error) if isinstance(error, OSError) else "含有不能用在名字里的字符"
        raise RequestError(f"{option} 不能是「{shown(place)}」（{said}）") from None
    return Path(found)


def here(data: str) -> Path:
    """Return a data folder of this machine, for the commands that write into it."""
    if not data or paths.is_address(data) or ":/" in data:
        raise RequestError(f"--data 在这个命令里不能是「{data}」，应为本机的文件夹")
    return real(data, "--data")


def shelf(outputs: str, scratch: ExitStack):
    """Return where the reports stand, and what that is called."""
    from helpers.batch import remote
    from helpers.batch.shelf import Shelf

    place = None if paths.is_address(outputs) else real(outputs, "--outputs")
    if not outputs or (place and place.exists() and not place.is_dir()):
        raise RequestError(f"--outputs 不能是「{shown(outputs)}」，应为放报告的文件夹")
    if place:
        return Shelf(place), str(place)
    return remote.RemoteShelf(outputs, _for_now(scratch, "outputs")), told(outputs.rstrip("/"))


def refuse_contradictions(options) -> None:
    """Refuse options that do not go together."""
    there = shown(options.outputs)
    if options.across and paths.is_address(options.outputs):
        raise RequestError(f"--across 只比较本机的报告，--outputs 不能是「{there}」")
    elsewhere = any(map(paths.is_address, (options.data, options.outputs)))
    if options.watch and (elsewhere or options.dask or options.dry_run):
        raise RequestError(
            "--watch 只看本机的文件夹，报告也放在本机；请去掉 --dask、--dry-run 或 --watch"
        )
