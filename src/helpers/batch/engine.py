"""One report: the notebook run by papermill, the page made by nbconvert, every file of it in one new folder."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
import traceback
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from functools import cache
from importlib import metadata
from pathlib import Path

from helpers.basics import paths
from helpers.basics.errors import DataError, DataErrors, Refusal, RequestError, shown, system
from helpers.basics.model import Profile
from helpers.basics.paths import Folder
from helpers.batch import inputs, shelf
from helpers.disclosure import profile
from helpers.published import reading
from helpers.report import files, report, site, ways, xlsx

FILES = shelf.FILES
WARM, ORDINARY = "juesuan", None  # papermill's engines: this process, or a kernel of its own
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


_REFUSED = tuple(kind.__name__ for kind in (DataError, DataErrors, RequestError))


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
        notebook, this = _executed(folder, engine)
        made_from |= inputs.of_machinery(this.profile.edition, this.review.narrative is not None)
        _write(place, this, notebook)
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
    return (
        str(error)
        if isinstance(error, Refusal)
        else f"程序出错 {type(error).__name__}：{shown(str(error), 200)}"
    )


def _write(place: Path, this: report.Report, notebook) -> None:
    import nbformat

    texts = {
        "report.html": site.page(notebook, this.name, ways.out(this.folder)),
        "report.ipynb": nbformat.writes(notebook) + "\n",
        "cells.csv": files.cells_csv(this),
        "statements.json": files.statements_json(this),
        "findings.csv": files.findings_csv(this),
        "indicators.csv": files.indicators_csv(this),
    }
    for name, text in texts.items():
        (place / name).write_text(text, encoding="utf-8", newline="")
    xlsx.tables_xlsx(this.disclosure, place / "tables.xlsx")


# ipykernel says at every start that a loopback connection is not encrypted; it is no news to anyone.
_NO_NEWS = "Kernel is running over TCP without encryption"


@contextmanager
def _without_no_news():
    """Hold back exactly that line of the kernel's own output; everything else is passed on."""
    sys.stderr.flush()
    kept = os.dup(2)
    with tempfile.TemporaryFile() as caught:
        os.dup2(caught.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)
            caught.seek(0)
            for line in caught.read().decode("utf-8", "replace").splitlines():
                if _NO_NEWS not in line:
                    print(line, file=sys.stderr)


def _executed(folder: Folder, engine: str | None):
    """Return the executed notebook, without anything that varies from run to run, and the report that it shows."""
    import papermill
    from papermill.engines import papermill_engines

    from helpers.batch.warm import WarmEngine

    papermill_engines.register(
        WARM, WarmEngine
    )  # papermill knows it by itself only where this package is installed anew
    parameters = {"department": folder.department, "year": folder.year}
    if folder.data != paths.DATA:
        parameters["data"] = str(folder.data)
    if unknown := parameters.keys() - notebook_parameters(paths.NOTEBOOK):
        raise DataError(
            paths.NOTEBOOK.name,
            f"没有参数 {'、'.join(sorted(unknown))}",
            "带 parameters 标签的格里有 department、year、data",
        )
    try:
        with _without_no_news() if engine is ORDINARY else nullcontext():
            notebook = papermill.execute_notebook(
                str(paths.NOTEBOOK),
                None,
                parameters,
                engine_name=engine,
                kernel_name="python3",
                progress_bar=False,
            )
    except papermill.PapermillExecutionError as error:
        if error.ename in _REFUSED:
            raise Refusal(error.evalue) from error
        if error.ename == MemoryError.__name__:
            raise MemoryError from error
        raise DataError(
            _cell(error.cell_index), f"出错 {error.ename}：{shown(error.evalue, 200)}"
        ) from error
    unfinished = next(
        (
            n
            for n, c in enumerate(notebook.cells)
            if c.metadata.papermill.status not in ("completed", "pending")
        ),
        None,
    )
    if unfinished is not None:
        raise DataError(
            _cell(unfinished), "自己结束了笔记本，后面的格没有运行", "运行到最后一格的笔记本"
        )
    this = WarmEngine.namespace.get("this") if engine == WARM else None
    if not isinstance(this, report.Report) or this.folder.path != folder.path:
        this = report.load(folder.department, folder.year, folder.data)
    for cell in settled(notebook).cells:
        if "injected-parameters" in cell.metadata.get("tags", ()):
            cell.source = _told(cell.source, folder)
    return notebook, this


@cache
def notebook_parameters(notebook: Path) -> frozenset[str]:
    """Return the names of the parameters that a notebook takes; papermill only warns of one that it does not."""
    import papermill

    try:
        return frozenset(papermill.inspect_notebook(str(notebook)))
    except ValueError as error:
        raise DataError(notebook.name, "不是能读的笔记本", "用 JupyterLab 存的 ipynb") from error


def _cell(index: int) -> str:
    return f"{paths.NOTEBOOK.name} 第 {index + 1} 格"


def settled(notebook):
    """Remove run times and random ids from an executed notebook, so that the same inputs give the same bytes."""
    notebook.metadata.pop("papermill", None)
    for cell in notebook.cells:
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if "injected-parameters" in cell.metadata.get("tags", ()):
            cell["id"] = "injected-parameters"
    return notebook


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
