"""One report: its notebook is run, its page made by nbconvert, every file of it written into one new folder."""

from __future__ import annotations

import json
import time
import traceback
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from functools import cache
from importlib import metadata
from pathlib import Path

from helpers.basics import paths
from helpers.basics.errors import Refusal, reason, system
from helpers.basics.model import Profile
from helpers.basics.paths import Folder
from helpers.batch import inputs, notebook, shelf
from helpers.disclosure import profile
from helpers.published import reading
from helpers.report import files, report, site, ways, xlsx

FILES = shelf.FILES
MOST_IN_A_CHILD = 16  # reports: what a child shares with its parent is copied for the first alone
_PACKAGES = ("pandas", "seaborn", "matplotlib", "papermill", "nbconvert", "ipykernel", "xlsxwriter")


@dataclass(frozen=True)
class Run:
    """What produced a report, from which inputs, and how it ended: the content of run.json."""

    department: str
    name: str
    year: int
    status: str
    error: str
    started: str
    seconds: float
    inputs: dict[str, str]
    edition: str = ""
    region: str = ""
    kind: str = ""
    sector: str = ""
    version: str = ""
    packages: dict[str, str] = field(default_factory=dict)
    findings: dict[str, int] = field(default_factory=dict)
    reading: dict[str, int] = field(default_factory=dict)
    published: list[str] = field(default_factory=list)
    causes: list[dict] = field(default_factory=list)

    def written(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"


class Clock:
    """When a report was begun; it says how the report ended."""

    def __init__(self, folder: Folder):
        self.folder = folder
        self._started, self._clock = (
            datetime.now(UTC).isoformat(timespec="seconds"),
            time.monotonic(),
        )

    def ended(
        self,
        status: str,
        error: str = "",
        name: str = "",
        inputs: dict[str, str] | None = None,
        **more,
    ) -> Run:
        seconds = int((time.monotonic() - self._clock) * 1000) / 1000
        return Run(
            self.folder.department,
            name,
            self.folder.year,
            status,
            error,
            self._started,
            seconds,
            inputs or {},
            version=metadata.version("juesuan"),
            packages=versions(),
            **more,
        )


def _of_profile(folder: Folder) -> dict[str, str]:
    """Return what a run.json has of the profile; nothing where that cannot be read."""
    try:
        who = profile.load(folder.profile, folder.name(folder.profile), folder.year)
    except Refusal:
        return {}
    return _as_told(who)


def _as_told(who: Profile) -> dict[str, str]:
    return {
        "name": who.department,
        "edition": who.edition,
        "region": who.region,
        "kind": who.kind,
        "sector": who.sector,
    }


def build(folder: Folder, place: Path, engine: str | None) -> bool:
    """Write every file of a report into an empty folder, on the disk when this returns, and return whether it is made.

    Of a report that fails there is only run.json, with the reason; the call stack is printed.
    """
    clock, made_from = Clock(folder), {}
    try:
        made_from = inputs.of_data(folder)
        made, this = _executed(folder, engine)
        made_from |= inputs.of_machinery(this.profile.edition, this.review.narrative is not None)
        _write(place, this, made)
        done = clock.ended(
            "ok",
            inputs=made_from,
            **_as_told(this.profile),
            findings=this.review.counts,
            reading=this.review.reading.counts if this.review.reading else reading.counted(()),
            published=this.review.published,
            causes=files.causes(this),
        )
    except MemoryError:
        raise
    except Exception as error:
        for file in place.iterdir():
            file.unlink()
        with suppress(OSError):
            traceback.print_exc()
        done = clock.ended("failed", _why(error, folder), inputs=made_from, **_of_profile(folder))
    (place / shelf.RECORD).write_text(done.written(), encoding="utf-8")
    shelf.sync(place)
    return done.status == "ok"


def _why(error: Exception, folder: Folder) -> str:
    if isinstance(error, OSError):
        return f"{folder.called}：写不了报告（{system(error)}）"
    return reason(error)


def _write(place: Path, this: report.Report, made) -> None:
    import nbformat

    texts = {
        "report.html": site.page(made, this.name, ways.out(this.folder)),
        "report.ipynb": nbformat.writes(made) + "\n",
        "cells.csv": files.cells_csv(this),
        "statements.json": files.statements_json(this),
        "findings.csv": files.findings_csv(this),
        "indicators.csv": files.indicators_csv(this),
    }
    for name, text in texts.items():
        (place / name).write_text(text, encoding="utf-8", newline="")
    xlsx.tables_xlsx(this.disclosure, place / "tables.xlsx")


def _executed(folder: Folder, engine: str | None):
    """Return the executed notebook of a department-year, and the report that it shows."""
    told: dict[str, str | int] = {"department": folder.department, "year": folder.year}
    if folder.data != paths.DATA:
        told["data"] = str(folder.data)
    made = notebook.executed(paths.NOTEBOOK, told, engine)
    for cell in made.cells:
        if "injected-parameters" in cell.metadata.get("tags", ()):
            cell.source = _told(cell.source, folder)
    return made, _shown(folder, engine)


def _shown(folder: Folder, engine: str | None) -> report.Report:
    """Return the report that a notebook showed: its own where it ran in this process, else one loaded anew."""
    from helpers.batch.warm import WarmEngine

    this = WarmEngine.namespace.get("this") if engine == notebook.WARM else None
    if isinstance(this, report.Report) and this.folder.path == folder.path:
        return this
    return report.load(folder.department, folder.year, folder.data)


def _told(source: str, folder: Folder) -> str:
    """Return the injected parameters with the data folder as the caller named it, or without it where it is the usual one."""
    if not folder.told:
        return source
    usual = folder.told == str(paths.DATA)
    lines = (
        line
        for line in source.splitlines(keepends=True)
        if not usual or str(folder.data) not in line
    )
    return "".join(lines).replace(str(folder.data), folder.told)


@cache
def versions() -> dict[str, str]:
    """Return the versions of the packages that a report is made with."""
    return {name: metadata.version(name) for name in _PACKAGES}
