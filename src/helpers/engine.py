"""One report: the notebook run by papermill, the page made by nbconvert, all files in place together."""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import shutil
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from functools import cache
from importlib import metadata
from pathlib import Path

from helpers import export, paths, profile, report, site
from helpers.errors import DataError, Refusal, RequestError
from helpers.model import SEVERITIES
from helpers.paths import Folder

FILES = ("report.html", "report.ipynb", "cells.csv", "statements.json", "findings.csv", "tables.xlsx", "run.json")
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


def build(folder: Folder, outputs: Path) -> Run:
    """Build one report into OUTPUTS/department/year; a failure is recorded and keeps the last good one."""
    started, clock = datetime.now(UTC).isoformat(timespec="seconds"), time.monotonic()
    target = outputs / folder.department / f"{folder.year:04d}"
    inputs = fingerprint(folder)

    def run(status: str, error: str = "", **more) -> Run:
        seconds = int((time.monotonic() - clock) * 1000) / 1000
        return Run(folder.department, name, folder.year, status, error, started, seconds, inputs,
                   version=metadata.version("juesuan"), packages=_versions(), **more)

    name = ""
    try:
        name = profile.load(folder.profile, folder.name(folder.profile), folder.year).department
        this = report.load(folder.department, folder.year, folder.data)
        counts = {s: sum(f.severity == s for f in this.found) for s in SEVERITIES}
        notebook = _executed(folder)
        with _appearing(target) as place:
            _write(place, this, notebook)
            done = run("ok", edition=this.profile.edition, findings=counts)
            (place / "run.json").write_text(done.written(), encoding="utf-8")
        return done
    except Refusal as error:
        failed = run("failed", str(error))
        record_failure(target, failed)
        return failed


def _write(place: Path, this: report.Report, notebook) -> None:
    import nbformat

    texts = {
        "report.html": site.page(notebook, this.name),
        "report.ipynb": nbformat.writes(notebook) + "\n",
        "cells.csv": export.cells_csv(this),
        "statements.json": export.statements_json(this),
        "findings.csv": export.findings_csv(this),
    }
    for name, text in texts.items():
        (place / name).write_text(text, encoding="utf-8", newline="")
    export.tables_xlsx(this, place / "tables.xlsx")


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


def _executed(folder: Folder):
    """Return the notebook executed for a department-year, without anything that varies from run to run."""
    import papermill

    parameters = {"department": folder.department, "year": folder.year}
    if folder.data != paths.DATA:
        parameters["data"] = str(folder.data)
    known = papermill.inspect_notebook(str(paths.NOTEBOOK))
    unknown = parameters.keys() - known.keys()
    if unknown:
        raise DataError(paths.NOTEBOOK.name, f"没有参数 {'、'.join(sorted(unknown))}", "带 parameters 标签的格里有 department、year、data")
    with tempfile.TemporaryDirectory() as scratch:
        try:
            with _without_no_news():
                notebook = papermill.execute_notebook(
                    str(paths.NOTEBOOK), f"{scratch}/report.ipynb", parameters, kernel_name="python3", progress_bar=False,
                )
        except papermill.PapermillExecutionError as error:
            raise DataError(f"{paths.NOTEBOOK.name} 第 {error.cell_index + 1} 格", f"出错 {error.ename}：{error.evalue}") from error
    return _settled(notebook)


def _settled(notebook):
    """Remove run times and random ids, so that the same inputs give the same bytes."""
    notebook.metadata.pop("papermill", None)
    for n, cell in enumerate(notebook.cells):
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if "injected-parameters" in cell.metadata.get("tags", ()):
            cell["id"] = "injected-parameters"
    return notebook


@contextmanager
def _appearing(target: Path):
    """Yield a folder to write in; it takes the target's place in one step when all is written."""
    target.parent.mkdir(parents=True, exist_ok=True)
    place = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        place.chmod(0o755)
        yield place
        for file in [*place.iterdir(), place]:
            descriptor = os.open(file, os.O_RDONLY)
            os.fsync(descriptor)
            os.close(descriptor)
        if target.exists():
            _exchange(place, target)
        else:
            place.rename(target)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _exchange(one: Path, other: Path) -> None:
    """Swap two folders, in one step where the system can."""
    at_cwd, exchange = -100, 2
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename and rename(at_cwd, os.fsencode(one), at_cwd, os.fsencode(other), exchange) == 0:
        return
    aside = other.with_name(f".{other.name}-old-{os.getpid()}")
    other.rename(aside)
    one.rename(other)
    aside.rename(one)


def record_failure(target: Path, failed: Run) -> None:
    """Say in run.json that a report failed; its other files stay the last good ones."""
    target.mkdir(parents=True, exist_ok=True)
    new = target / f".run-{os.getpid()}.json"
    new.write_text(failed.written(), encoding="utf-8")
    os.replace(new, target / "run.json")


def is_up_to_date(folder: Folder, outputs: Path) -> bool:
    """Return whether the last good report was made from exactly these inputs, rules and code."""
    target = outputs / folder.department / f"{folder.year:04d}"
    try:
        run = json.loads((target / "run.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return run.get("status") == "ok" and all((target / f).is_file() for f in FILES) and run.get("inputs") == fingerprint(folder)


def fingerprint(folder: Folder) -> dict[str, str]:
    """Return the sha256 of everything that a report is made from: data, notebook, rules, code, lock."""
    own = {p.relative_to(folder.data).as_posix(): _sha256(p) for p in folder.inputs()}
    return own | _machinery()


@cache
def _machinery() -> dict[str, str]:
    files = [paths.NOTEBOOK, paths.ROOT / "requirements.lock"]
    for place in (paths.RULES, paths.CODES, paths.ROOT / "src" / "helpers"):
        files += sorted(p for p in place.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    return {p.relative_to(paths.ROOT).as_posix(): _sha256(p) for p in files if p.is_file()}


def _sha256(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise RequestError(f"读不了 {path}（{error.strerror}）") from None


@cache
def _versions() -> dict[str, str]:
    return {name: metadata.version(name) for name in _PACKAGES}
