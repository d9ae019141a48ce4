"""Many reports: skip what is up to date, build the rest in children of this process, put all on one page."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from helpers import cluster, engine, progress, warmup, workers
from helpers.paths import Folder
from helpers.shelf import RECORD, Shelf
from helpers.workers import Crew, Limits

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
    """How a batch ended: reports built, skipped and failed, and the findings of all of them."""

    built: int = 0
    skipped: int = 0
    failed: int = 0
    findings: dict[str, int] = field(default_factory=dict)

    def add(self, findings: dict[str, int]) -> None:
        self.findings = {s: self.findings.get(s, 0) + findings.get(s, 0) for s in {**self.findings, **findings}}


def run(chosen: list[Folder], shelf: Shelf, plan: Plan) -> Tally:
    """Build the reports that are not up to date; whatever happens to one, the others are built."""
    tally, stale = Tally(), []
    for folder in chosen:
        if not plan.force and engine.is_up_to_date(folder, shelf):
            tally.skipped += 1
            tally.add(shelf.record(folder)["findings"])
        else:
            stale.append(folder)
    try:
        if stale:
            with shelf.making() as making, progress.told(len(stale), plan.quiet) as voice:
                for made in _made(stale, making, plan, voice):
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

    @property
    def log(self) -> Path:
        return self.place.with_suffix(".log")

    @cached_property
    def run(self) -> dict:
        try:
            return json.loads((self.place / RECORD).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}

    def clear(self) -> None:
        shutil.rmtree(self.place, ignore_errors=True)
        self.log.unlink(missing_ok=True)


def _made(stale: list[Folder], making: Path, plan: Plan, voice) -> Iterator[Made]:
    """Yield each report when it is made, in the order in which they end."""
    if plan.dask:
        for made in cluster.made(stale, making, plan.limits, plan.dask):
            yield Made(*made)
        return
    warmup.warm(many=len(stale) >= MANY)
    places = ((folder, making / str(n)) for n, folder in enumerate(stale))
    if not workers.can_fork():
        voice.failure("这里不能由现成的进程分出新进程，每份报告另起一个普通内核，会慢些。")
        for folder, place in places:
            place.mkdir()
            try:
                engine.build(folder, place, engine.ORDINARY)
                yield Made(folder, place)
            except MemoryError:
                yield Made(folder, place, "内存不够")
        return
    with Crew(plan.jobs, plan.limits) as crew:
        for folder, place in places:
            place.mkdir()
            crew.start((folder, place), lambda f=folder, p=place: engine.build(f, p, engine.WARM), Made(folder, place).log)
            while crew.full:
                yield from (Made(*key, reason) for key, reason in crew.ended())
        while crew.busy:
            yield from (Made(*key, reason) for key, reason in crew.ended())


def _collect(made: Made, shelf: Shelf, tally: Tally, voice) -> None:
    """Put a finished report on the shelf, or say why there is none."""
    name, run = f"{made.folder.department}/{made.folder.year}", made.run
    try:
        if run.get("status") == "ok" and not made.reason:
            shelf.put(made.folder, made.place)
            tally.built += 1
            tally.add(run["findings"])
            voice.report(name, f"完成 {run['seconds']:.1f} 秒 {_counted(run['findings'])}")
            return
        error = made.reason or run.get("error") or "进程没有写完报告就结束了"
        if made.reason or not run:
            made.place.mkdir(exist_ok=True)
            (made.place / RECORD).write_text(engine.Clock(made.folder).ended("failed", error).written(), encoding="utf-8")
            error = f"{name}：{error}"
        shelf.fail(made.folder, made.place / RECORD, made.log)
    except OSError as problem:
        error = f"{name}：报告放不进 {shelf.place(made.folder)}（{problem.strerror}），原有的没有动"
    finally:
        made.clear()
    tally.failed += 1
    voice.report(name, "失败")
    voice.failure(error)


def _counted(findings: dict[str, int]) -> str:
    return "错误 {error} 警告 {warning} 提示 {hint} 未能核对 {missing}".format_map({"error": 0, "warning": 0, "hint": 0, "missing": 0} | findings)
