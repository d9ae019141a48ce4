"""Many reports: skip what is up to date, build the rest in children of this process, put all on one page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from helpers.basics.errors import DataError, is_traced, system
from helpers.basics.paths import Folder
from helpers.batch import inputs, progress
from helpers.batch.ledger import Found, Ledger
from helpers.batch.shelf import RECORD, Shelf
from helpers.batch.workers import Plan

if TYPE_CHECKING:  # what a report needs is loaded where one is to be made
    from helpers.batch.making import Made


@dataclass
class Tally:
    """How a batch ended: reports built, skipped and failed, and the findings and causes of all of them.

    `unplaced` are reports that could not be put in their place, by department and year, each with why.
    """

    built: int = 0
    skipped: int = 0
    failed: int = 0
    findings: dict[str, int] = field(default_factory=dict)
    causes: int = 0
    unplaced: dict[tuple[str, int], str] = field(default_factory=dict)

    def add(self, found: Found) -> None:
        """Add what was found in a report."""
        for severity, count in found.findings.items():
            self.findings[severity] = self.findings.get(severity, 0) + count
        self.causes += found.causes


def _found(run: dict) -> Found:
    """Return what a run.json says was found."""
    return Found(run["findings"], len(run.get("causes", ())))


def run(chosen: list[Folder], shelf: Shelf, plan: Plan) -> Tally:
    """Build the reports that are not up to date; whatever happens to one, the others are built."""
    tally = Tally()
    ledger = Ledger(shelf.outputs, inputs.everything())
    try:
        shelf.clear()
        stale = chosen if plan.force else list(_stale(chosen, shelf, ledger, tally))
        if stale:
            _build(stale, shelf, plan, tally)
    finally:
        ledger.renew_index(lambda: shelf.index(tally.unplaced), bool(tally.unplaced))
    ledger.keep()
    return tally


def planned(chosen: list[Folder], shelf: Shelf, force: bool) -> Iterator[tuple[Folder, str]]:
    """Yield each department-year with why its report is to be made, nothing where it is up to date; nothing is written."""
    for folder in chosen:
        yield folder, inputs.why_stale(folder, shelf) or ("要全部重做" if force else "")


def _stale(chosen: list[Folder], shelf: Shelf, ledger: Ledger, tally: Tally) -> Iterator[Folder]:
    """Yield the department-years without a report that is up to date."""
    for folder in chosen:
        found = ledger.found(folder)
        if found is None:
            run = inputs.up_to_date(folder, shelf)
            if not run:
                yield folder
                continue
            found = _found(run)
            ledger.note(folder, found)
        tally.skipped += 1
        tally.add(found)


def _build(stale: list[Folder], shelf: Shelf, plan: Plan, tally: Tally) -> None:
    from helpers.batch import making

    with (
        shelf.making() as place,
        progress.told(len(stale), plan.quiet) as voice,
        closing(making.made(stale, place, plan, voice)) as reports,
    ):
        for made in reports:
            _collect(made, shelf, tally, voice)


def _collect(made: Made, shelf: Shelf, tally: Tally, voice) -> None:
    """Put a finished report on the shelf, or say why there is none."""
    name = made.folder.called
    try:
        error = _shelved(made, shelf, name)
    except OSError as problem:
        error = f"{name}：报告放不进 {shelf.place(made.folder)}（{system(problem)}）"
        tally.unplaced[made.folder.department, made.folder.year] = error
    except DataError as foreign:
        error = f"{name}：{foreign}"
        tally.unplaced[made.folder.department, made.folder.year] = error
    finally:
        made.clear()
    if error:
        tally.failed += 1
        voice.report(name, "失败")
        voice.failure(error)
    else:
        tally.built += 1
        tally.add(_found(made.run))
        voice.report(name, f"完成 {made.run['seconds']:.1f} 秒 {_counted(made.run['findings'])}")


def _shelved(made: Made, shelf: Shelf, name: str) -> str:
    """Put what was made in its place, and return what a person has to know of a failure."""
    foreign = ""
    if made.good:
        try:
            shelf.put(made.folder, made.place)
            return ""
        except DataError as refused:
            foreign = str(refused)
    error = made.run.get("error", "")
    if made.reason or not error:
        told = foreign or made.reason or "进程没有写完报告就结束了"
        made.place.mkdir(exist_ok=True)
        (made.place / RECORD).write_text(made.failed(told), encoding="utf-8")
        error = f"{name}：{told}"
    if is_traced() and made.log.is_file():
        error = f"{error}\n{made.log.read_text(encoding='utf-8', errors='replace')}"
    shelf.fail(made.folder, made.place / RECORD, made.log)
    return error


def _counted(findings: dict[str, int]) -> str:
    return "错误 {error} 警告 {warning} 提示 {hint} 未能核对 {missing}".format_map(
        {"error": 0, "warning": 0, "hint": 0, "missing": 0} | findings
    )
