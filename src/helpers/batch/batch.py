"""Many reports: skip what is up to date, build the rest in children of this process, put all on one page."""

from __future__ import annotations

import json
import shutil
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path

from helpers.basics.paths import Folder
from helpers.batch import cluster, engine, inputs, progress, ready, station, warmup, workers
from helpers.batch.shelf import RECORD, Shelf
from helpers.batch.workers import Crew, Limits

MANY = 4  # reports from which on it pays to make the typeface ready for all of them


@dataclass(frozen=True)
class Plan:
    """How to go about a batch: how many at a time, what each may take, all anew or not, silently or not, by which scheduler."""

    jobs: int = 1
    limits: Limits = Limits()
    force: bool = False
    quiet: bool = False
    dask: str = ""


@dataclass
class Tally:
    """How a batch ended: reports built, skipped and failed, and the findings and causes of all of them."""

    built: int = 0
    skipped: int = 0
    failed: int = 0
    findings: dict[str, int] = field(default_factory=dict)
    causes: int = 0

    def add(self, run: dict) -> None:
        """Add what a report's run.json says was found."""
        findings = run["findings"]
        self.findings = {
            s: self.findings.get(s, 0) + findings.get(s, 0) for s in {**self.findings, **findings}
        }
        self.causes += len(run.get("causes", ()))


def run(chosen: list[Folder], shelf: Shelf, plan: Plan) -> Tally:
    """Build the reports that are not up to date; whatever happens to one, the others are built."""
    tally, stale = Tally(), []
    try:
        shelf.clear()
        for folder in chosen:
            run = {} if plan.force else inputs.up_to_date(folder, shelf)
            if run:
                tally.skipped += 1
                tally.add(run)
            else:
                stale.append(folder)
        if stale:
            with (
                shelf.making() as making,
                progress.told(len(stale), plan.quiet) as voice,
                closing(_made(stale, making, plan, voice)) as reports,
            ):
                for made in reports:
                    _collect(made, shelf, tally, voice)
    finally:
        shelf.index()
    return tally


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
            and all((self.place / name).is_file() for name in engine.FILES)
        )

    def clear(self) -> None:
        shutil.rmtree(self.place, ignore_errors=True)
        self.log.unlink(missing_ok=True)


def _made(stale: list[Folder], making: Path, plan: Plan, voice) -> Generator[Made, None, None]:
    """Yield each report when it is made, in the order in which they end."""
    ways: Iterator[tuple]
    if plan.dask:
        ways = cluster.made(stale, making, plan.limits, plan.dask)
    elif workers.can_fork() and _warm(stale):
        ways = _forked(stale, making, plan)
    elif workers.CAN_WATCH:
        ways = station.made(stale, making, plan.limits, plan.jobs)
    else:
        voice.failure(
            "这个系统不能由现成的进程分出新进程：每份报告另起一个普通内核，一份接一份，--timeout 和 --memory 不起作用。"
        )
        ways = _in_kernels(stale, making)
    for way in ways:
        yield Made(*way)


def _warm(stale: list[Folder]) -> bool:
    """Make this process ready for these reports, and return whether it is still one that may be forked."""
    warmup.warm(ready.editions_of(stale), many=len(stale) >= MANY)
    return workers.can_fork()


def _forked(
    stale: list[Folder], making: Path, plan: Plan
) -> Iterator[tuple[Folder, Path, str, engine.Clock]]:
    begun: dict[tuple[str, int], tuple[Folder, Path, engine.Clock]] = {}

    def ended():
        for key, reason in crew.ended():
            folder, place, clock = begun.pop(key)
            yield folder, place, reason, clock

    with Crew(plan.jobs, plan.limits) as crew:
        for n, folder in enumerate(stale):
            key, place, clock = (
                (folder.department, folder.year),
                making / str(n),
                engine.Clock(folder),
            )
            try:
                place.mkdir()
                crew.start(
                    key,
                    partial(engine.build, folder, place, engine.WARM),
                    Made(folder, place).log,
                )
                begun[key] = folder, place, clock
            except OSError as error:
                yield folder, place, f"起不了进程（{error.strerror or error}）", clock
            while crew.full:
                yield from ended()
        while crew.busy:
            yield from ended()


def _in_kernels(stale: list[Folder], making: Path) -> Iterator[tuple[Folder, Path, str]]:
    for n, folder in enumerate(stale):
        place, reason = making / str(n), ""
        try:
            place.mkdir()
            engine.build(folder, place, engine.ORDINARY)
        except (MemoryError, OSError) as error:
            reason = f"生成不了（{error or type(error).__name__}）"
        yield folder, place, reason


def _collect(made: Made, shelf: Shelf, tally: Tally, voice) -> None:
    """Put a finished report on the shelf, or say why there is none."""
    name = made.folder.called
    try:
        error = _shelved(made, shelf, name)
    except OSError as problem:
        error = f"{name}：报告放不进 {shelf.place(made.folder)}（{problem.strerror or problem}）"
    finally:
        made.clear()
    if error:
        tally.failed += 1
        voice.report(name, "失败")
        voice.failure(error)
    else:
        tally.built += 1
        tally.add(made.run)
        voice.report(name, f"完成 {made.run['seconds']:.1f} 秒 {_counted(made.run['findings'])}")


def _shelved(made: Made, shelf: Shelf, name: str) -> str:
    """Put what was made in its place, and return what a person has to know of a failure."""
    if made.good:
        shelf.put(made.folder, made.place)
        return ""
    error = made.run.get("error", "")
    if made.reason or not error:
        told = made.reason or "进程没有写完报告就结束了"
        made.place.mkdir(exist_ok=True)
        (made.place / RECORD).write_text(
            (made.clock or engine.Clock(made.folder)).ended("failed", told).written(),
            encoding="utf-8",
        )
        error = f"{name}：{told}"
    shelf.fail(made.folder, made.place / RECORD, made.log)
    return error


def _counted(findings: dict[str, int]) -> str:
    return "错误 {error} 警告 {warning} 提示 {hint} 未能核对 {missing}".format_map(
        {"error": 0, "warning": 0, "hint": 0, "missing": 0} | findings
    )
