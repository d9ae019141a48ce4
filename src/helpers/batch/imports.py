"""Documents imported, each department-year in a child with limits: it stands as a whole or not at all, and harms no other."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from helpers.basics import forking
from helpers.basics.errors import (
    MOST_TOLD,
    DataError,
    Refusal,
    RequestError,
    failure,
    nearest,
    shown,
    system,
)
from helpers.basics.locking import alone
from helpers.batch import child, progress
from helpers.batch.child import Work
from helpers.batch.shelf import Shelf, sync
from helpers.batch.workers import Crew, Plan
from helpers.disclosure import folders
from helpers.edition import declared
from helpers.edition import edition as editions
from helpers.intake import district, importing
from helpers.intake.account import Account
from helpers.intake.importing import Request
from helpers.intake.sources import is_readable
from helpers.published import documents

_TOLD = "account"  # the file in which a child tells its account, or why there is none


@dataclass(frozen=True)
class Outcome:
    """What was imported, what was there already, and what could not be, each with why."""

    accounts: tuple[Account, ...]
    skipped: tuple[Request, ...]
    failed: tuple[tuple[Request, str], ...]


def asked(
    places: list[str], data: Path, department: str, year: int, edition: str, force: bool
) -> tuple[list[Request], tuple[str, ...]]:
    """Return what the command line asks to import, and what of a folder is passed over, with why."""
    if edition and edition not in declared.names():
        raise RequestError(
            f"没有版本「{shown(edition)}」{nearest(edition, declared.names())}，有：{'、'.join(declared.names())}"
        )
    paths = [Path(place) for place in places]
    for path in paths:
        if not path.exists():
            raise RequestError(f"没有 {shown(str(path), 200)} 这个文件或文件夹")
    if len(paths) == 1 and paths[0].is_dir() and not department:
        found = district.district(paths[0], data, edition, year)
        if not found.requests:
            raise _none_in(paths, found.passed_over)
        return list(found.requests), found.passed_over
    if not department or not year:
        raise RequestError("导入文件要写明部门和年度，如 -d education-bureau -y 2023")
    folder = folders.named(data, department, year)
    if folder.path.exists() and not force:
        raise RequestError(
            f"{folder.name(folder.path)} 已经有了，没有改动它；要替换原来的数，加 --force"
        )
    if not (files := tuple(_files(paths))):
        raise _none_in(paths)
    return [Request(files=files, folder=folder, edition=edition)], ()


def _none_in(places: list[Path], passed_over: tuple[str, ...] = ()) -> RequestError:
    called = "、".join(shown(str(place), 200) for place in places)
    why = f"（{'；'.join(passed_over[:MOST_TOLD])}）" if passed_over else ""
    kinds = "、".join(kind[1:] for kind in documents.KINDS)
    return RequestError(
        f"{called} 里没有可以导入的文件{why}，应为 {kinds}，文件或文件夹的名字写部门和年度，如 财政局2023.xlsx"
    )


def _files(paths: list[Path]) -> Iterator[Path]:
    """Yield the files asked for; of a folder, those that can be read."""
    for path in paths:
        if path.is_dir():
            yield from sorted(entry for entry in path.iterdir() if is_readable(entry))
        else:
            yield path


def run(requests: list[Request], data: Path, plan: Plan) -> Outcome:
    """Import every request; one that is there already is left alone unless it is forced."""
    there, wanted = list[Request](), list[Request]()
    for request in requests:
        (there if request.folder.path.exists() and not plan.force else wanted).append(request)
    accounts: list[Account] = []
    failed: list[tuple[Request, str]] = []
    shelf = Shelf(data / "departments", frozenset())
    with progress.told(len(wanted), plan.quiet, "导入") as voice, shelf.making() as place:
        for request, made in _made(wanted, place, plan):
            name = _name(request)
            answer = made if isinstance(made, str) else _put(shelf, request, made, place)
            if isinstance(answer, str):
                failed.append((request, answer))
                voice.failure(f"{name}：{answer}")
                voice.report(name, "没有导入")
            else:
                accounts.append(answer)
                voice.report(name, answer.said)
    return Outcome(accounts=tuple(accounts), skipped=tuple(there), failed=tuple(failed))


def _put(shelf: Shelf, request: Request, account: Account, place: Path) -> Account | str:
    """Put what was made in its place, in one step; return its account, or why it could not be put there."""
    folder = request.folder
    replaced = folder.path.exists()
    try:
        with alone(shelf.outputs):  # whoever decides reads and writes what is replaced here
            shelf.put(folder, _workshop(place, request) / "whole")
    except OSError as error:
        return f"写不了（{system(error)}）"
    except DataError as foreign:
        return str(foreign)
    return replace(account, replaced=replaced)


def _made(
    requests: list[Request], place: Path, plan: Plan
) -> Iterator[tuple[Request, Account | str]]:
    """Yield each request with its account, or with why there is none, as they end."""
    if not forking.can_fork():
        for request in requests:
            _make(request, _workshop(place, request))
            yield request, _told(place, request, "")
        return
    for name in editions.readable() if len(requests) > 1 else ():  # once for all children
        with suppress(Refusal):  # a document of such an edition is told so itself
            editions.load(name).read()
    documents.get_ready(file for request in requests for file in request.files)
    child.settle()
    by_name = {_name(request): request for request in requests}
    works = (
        Work(name, partial(_make, request, workshop), Path(f"{workshop}.log"))
        for name, request in by_name.items()
        for workshop in (_workshop(place, request),)
    )
    with Crew(plan.jobs, plan.limits) as crew:
        for name, reason in crew.each(works):
            yield by_name[name], _told(place, by_name[name], reason)


def _name(request: Request) -> str:
    return f"{request.folder.department}/{request.folder.year}"


def _workshop(place: Path, request: Request) -> Path:
    return place / f"{request.folder.department}-{request.folder.year}"


def _make(request: Request, workshop: Path) -> None:
    """Be the child: make the whole folder, and leave the account, or the reason, where the parent looks for it."""
    whole = workshop / "whole"
    whole.mkdir(parents=True)
    try:
        told: Account | str = importing.make(request, whole)
        sync(whole / "published")
        sync(whole)
    except Exception as error:
        told = failure(error)
    (workshop / _TOLD).write_bytes(pickle.dumps(told))


def _told(place: Path, request: Request, reason: str) -> Account | str:
    """Return what a child told, which is of this very program, or why it told nothing."""
    try:
        if not reason:
            return pickle.loads((_workshop(place, request) / _TOLD).read_bytes())
    except (OSError, EOFError, pickle.UnpicklingError):
        pass
    return reason or "进程没有说完就结束了"
