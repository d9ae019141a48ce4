"""What is asked of many department-years, each in a child with limits: its answer, or why there is none."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from helpers.basics import forking
from helpers.basics.errors import failure
from helpers.basics.paths import Folder
from helpers.batch import child, ready
from helpers.batch.child import Work
from helpers.batch.workers import Crew, Limits

Works = Mapping[Folder, Callable[[], Any]]


@dataclass(frozen=True)
class Unanswered:
    """Why a department-year gave no answer, in words that name it."""

    reason: str


def ask(works: Works, jobs: int, limits: Limits, lasting: int = 1) -> Iterator[tuple[Folder, Any]]:
    """Do the work of every department-year, and yield what each returned, or an Unanswered, in the order asked for.

    A child does up to `lasting` of them; then they are pickled.
    """
    if forking.can_fork():
        answers = dict(_in_children(works, jobs, limits, lasting))
    else:
        answers = {folder: _done(folder, work) for folder, work in works.items()}
    yield from ((folder, answers[folder]) for folder in works)


def _in_children(
    works: Works, jobs: int, limits: Limits, lasting: int
) -> Iterator[tuple[Folder, Any]]:
    ready.get_ready(ready.needs_of(works))
    child.settle()
    with (
        tempfile.TemporaryDirectory(prefix="juesuan-answers-") as scratch,
        Crew(jobs, limits, lasting) as crew,
    ):
        told = {folder: Path(scratch, str(n)) for n, folder in enumerate(works)}
        each = (
            Work(
                folder, partial(_tell, folder, work, told[folder]), told[folder].with_suffix(".log")
            )
            for folder, work in works.items()
        )
        for folder, reason in crew.each(each):
            yield folder, _answer(told[folder], folder, reason)


def _tell(folder: Folder, work: Callable[[], Any], into: Path) -> None:
    """Be the child: do the work, then leave what came of it where the parent looks."""
    into.write_bytes(pickle.dumps(_done(folder, work)))


def _answer(told: Path, folder: Folder, reason: str) -> Any:
    """Return what a child wrote, which is of this very program."""
    try:
        return pickle.loads(told.read_bytes())
    except (OSError, EOFError, pickle.UnpicklingError):
        return _unanswered(folder, reason or "进程没有说完就结束了")
    finally:
        for file in (told, told.with_suffix(".log")):
            file.unlink(missing_ok=True)


def _done(folder: Folder, work: Callable[[], Any]) -> Any:
    try:
        return work()
    except Exception as error:
        return _unanswered(folder, failure(error))


def _unanswered(folder: Folder, why: str) -> Unanswered:
    return Unanswered(why if why.startswith(folder.called) else f"{folder.called}：{why}")
