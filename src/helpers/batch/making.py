"""Reports in the making: in children of this process, in processes of their own, by a scheduler, or one after another."""

from __future__ import annotations

import json
import shutil
from collections.abc import Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

from helpers.basics import forking
from helpers.basics.paths import Folder
from helpers.batch import cluster, engine, notebook, ready, station, warmup
from helpers.batch.child import Work
from helpers.batch.shelf import FILES, RECORD
from helpers.batch.workers import Crew, Plan


@dataclass(frozen=True)
class Made:
    """A report that was to be made: where it is, what was printed, and why it is not there where it is not."""

    folder: Folder
    place: Path
    reason: str = ""
    clock: engine.Clock | None = None

    @property
    def log(self) -> Path:
        return self.place.with_suffix(".log")

    @cached_property
    def run(self) -> dict:
        try:
            return json.loads((self.place / RECORD).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}

    @property
    def good(self) -> bool:
        return (
            not self.reason
            and self.run.get("status") == "ok"
            and all((self.place / name).is_file() for name in FILES)
        )

    def failed(self, reason: str) -> str:
        """Return the run.json of a report that its process did not finish."""
        clock = self.clock or engine.Clock(self.folder)
        return clock.ended("failed", reason).written()

    def clear(self) -> None:
        shutil.rmtree(self.place, ignore_errors=True)
        self.log.unlink(missing_ok=True)


def made(stale: list[Folder], making: Path, plan: Plan, voice) -> Generator[Made, None, None]:
    """Yield each report when it is made, in the order in which they end."""
    ways: Iterator[tuple]
    if plan.dask:
        ways = cluster.made(stale, making, plan.limits, plan.dask)
    elif get_ready(stale):
        ways = _forked(stale, making, plan)
    elif forking.CAN_WATCH:
        ways = station.made(stale, making, plan.limits, plan.jobs)
    else:
        voice.failure(
            "这个系统不能由现成的进程分出新进程：每份报告另起一个普通内核，一份接一份，--timeout 和 --memory 不起作用。"
        )
        ways = _in_kernels(stale, making)
    for way in ways:
        yield Made(*way)


def get_ready(folders: list[Folder]) -> bool:
    """Make this process ready for these reports, and return whether it is one that may be forked for them."""
    if not forking.can_fork():
        return False
    warmup.warm(ready.needs_of(folders))
    return forking.can_fork()


def _forked(
    stale: list[Folder], making: Path, plan: Plan
) -> Iterator[tuple[Folder, Path, str, engine.Clock]]:
    begun: dict[tuple[str, int], tuple[Folder, Path, engine.Clock]] = {}

    def works() -> Iterator[Work]:
        for n, folder in enumerate(stale):
            key, place = (folder.department, folder.year), making / str(n)
            begun[key] = folder, place, engine.Clock(folder)
            with suppress(OSError):  # whoever writes into it says why
                place.mkdir()
            do = partial(engine.build, folder, place, notebook.WARM)
            yield Work(key, do, Made(folder, place).log)

    with Crew(plan.jobs, plan.limits, engine.MOST_IN_A_CHILD) as crew:
        for key, reason in crew.each(works()):
            folder, place, clock = begun.pop(key)
            yield folder, place, reason, clock


def _in_kernels(stale: list[Folder], making: Path) -> Iterator[tuple[Folder, Path, str]]:
    for n, folder in enumerate(stale):
        place, reason = making / str(n), ""
        try:
            place.mkdir()
            engine.build(folder, place, notebook.ORDINARY)
        except (MemoryError, OSError) as error:
            reason = f"生成不了（{error or type(error).__name__}）"
        yield folder, place, reason
