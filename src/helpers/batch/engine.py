"""One report: the notebook run by papermill, the page made by nbconvert, every file of it in one new folder."""

from __future__ import annotations

import hashlib
import json
import os
import stat
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
from helpers.basics.errors import DataError, Refusal, RequestError, shown
from helpers.basics.paths import Folder
from helpers.batch import shelf
from helpers.disclosure import profile
from helpers.report import files, report, site, xlsx

FILES = shelf.FILES
WARM, ORDINARY = "juesuan", None  # papermill's engines: this process, or a kernel of its own
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
    version: str = ""
    packages: dict[str, str] = field(default_factory=dict)
    findings: dict[str, int] = field(default_factory=dict)

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
            packages=_versions(),
            **more,
        )


def name_of(folder: Folder) -> str:
    """Return the department's name as its profile gives it, or nothing where that cannot be read."""
    try:
        return profile.load(folder.profile, folder.name(folder.profile), folder.year).department
    except Refusal:
        return ""


def build(folder: Folder, place: Path, engine: str | None) -> None:
    """Write every file of a report into an empty folder, on the disk when this returns.

    Of a report that fails there is only run.json, with the reason; the call stack is printed.
    """
    clock, inputs = Clock(folder), {}
    try:
        inputs = fingerprint(folder)
        notebook, this = _executed(folder, engine)
        _write(place, this, notebook)
        done = clock.ended(
            "ok",
            "",
            this.profile.department,
            inputs,
            edition=this.profile.edition,
            findings=this.review.counts,
        )
    except MemoryError:
        raise
    except Exception as error:
        for file in place.iterdir():
            file.unlink()
        with suppress(OSError):
            traceback.print_exc()
        done = clock.ended("failed", _why(error), name_of(folder), inputs)
    (place / shelf.RECORD).write_text(done.written(), encoding="utf-8")
    shelf.sync(place)


def _why(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"写不了报告（{error.strerror or error}）"
    return (
        str(error)
        if isinstance(error, Refusal)
        else f"程序出错 {type(error).__name__}：{shown(str(error), 200)}"
    )


def _write(place: Path, this: report.Report, notebook) -> None:
    import nbformat

    texts = {
        "report.html": site.page(notebook, this.name),
        "report.ipynb": nbformat.writes(notebook) + "\n",
        "cells.csv": files.cells_csv(this),
        "statements.json": files.statements_json(this),
        "findings.csv": files.findings_csv(this),
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
        if error.ename in (DataError.__name__, RequestError.__name__):
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
    return _settled(notebook, folder), this


@cache
def notebook_parameters(notebook: Path) -> frozenset[str]:
    """Return the names of the parameters that a notebook takes; papermill only warns of one that it does not."""
    import papermill

    return frozenset(papermill.inspect_notebook(str(notebook)))


def _cell(index: int) -> str:
    return f"{paths.NOTEBOOK.name} 第 {index + 1} 格"


def _settled(notebook, folder: Folder):
    """Remove run times, random ids and the place of a copy, so that the same inputs give the same bytes."""
    notebook.metadata.pop("papermill", None)
    for cell in notebook.cells:
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if "injected-parameters" in cell.metadata.get("tags", ()):
            cell["id"] = "injected-parameters"
            cell.source = _told(cell.source, folder)
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


# What a report is made from


def fingerprint(folder: Folder) -> dict[str, str]:
    """Return the sha256 of everything that a report is made from: data file by file, the machinery folder by folder."""
    return {name: _sha256(path) for name, path in folder.inputs().items()} | machinery()


@cache
def machinery() -> dict[str, str]:
    """Return the sha256 of notebook, lock, rules, codes and code; a folder's is that of its files' names and sums."""
    lock = paths.ROOT / "requirements.lock"
    found = {f"notebooks/{paths.NOTEBOOK.name}": _sha256(paths.NOTEBOOK)} | (
        {lock.name: _sha256(lock)} if lock.is_file() else {}
    )
    named = {f"data/rules/{place.name}/": place for place in sorted(paths.RULES.iterdir())}
    for name, place in (named | {"data/codes/": paths.CODES, "src/helpers/": paths.CODE}).items():
        files = sorted(p for p in place.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
        listed = "".join(f"{_sha256(p)}  {p.relative_to(place).as_posix()}\n" for p in files)
        found[name] = hashlib.sha256(listed.encode()).hexdigest()
    return found


def up_to_date(folder: Folder, kept: shelf.Shelf) -> dict:
    """Return the run.json of the last good report where it was made from exactly these inputs, rules and code."""
    run = kept.record(folder)
    try:
        same = (
            run.get("status") == "ok"
            and kept.names(folder) >= set(FILES)
            and run.get("inputs") == fingerprint(folder)
        )
    except RequestError:
        same = False  # making the report will say what is wrong
    return run if same else {}


def _sha256(path: str | Path) -> str:
    """Return the sum of a file; of what nobody reads, as no file or one too large, only what it is."""
    try:
        found = os.stat(path)
        if not stat.S_ISREG(found.st_mode):
            return "不是普通文件"
        if found.st_size > paths.LARGEST:
            return f"{found.st_size} 字节，太大，不读"
        with open(path, "rb", buffering=0) as file:
            return hashlib.sha256(file.readall()).hexdigest()
    except OSError as error:
        raise RequestError(f"读不了 {path}（{error.strerror}）") from None


@cache
def _versions() -> dict[str, str]:
    return {name: metadata.version(name) for name in _PACKAGES}
