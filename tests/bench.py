"""The batch against what its users would do otherwise, on the same notebook and data: `make bench` prints the tables.

Every way is a process started anew, so that start-up is in its time; all are run in turn in one sitting, since only
ratios mean something. One that is worse by a fifth than docs/speed.md has it is told, and fails. `--keep` writes the
tables there.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

import nbformat

from helpers.basics import paths
from helpers.basics.paths import Folder
from helpers.batch import engine, inputs, warmup
from helpers.batch.engine import Clock
from helpers.disclosure import folders
from helpers.edition import declared
from helpers.report import report, site
from helpers.sample import sample

KEPT = paths.ROOT / "docs" / "speed.md"
Ratios = dict[str, float]  # by what they say, the higher the better
FALL = 0.8  # of the ratio that is kept: less has become slower
PACKAGES = ("papermill", "nbconvert", "pandas", "matplotlib")
PROCESSES = 2


# The ways


def shell_loop(chosen: list[Folder], out: Path) -> None:
    """papermill and jupyter nbconvert from the command line, one report after another."""
    for folder in chosen:
        made = out / f"{folder.department}-{folder.year}.ipynb"
        run(
            tool("papermill"),
            str(paths.NOTEBOOK),
            str(made),
            "-k",
            "python3",
            "--no-progress-bar",
            "-r",
            "department",
            folder.department,
            "-p",
            "year",
            str(folder.year),
            "-r",
            "data",
            str(folder.data),
        )
        run(tool("jupyter"), "nbconvert", "--to", "html", str(made))


def python_loop(chosen: list[Folder], out: Path) -> None:
    """papermill.execute_notebook and HTMLExporter, half of the reports in each of two processes."""
    halves(
        """
import papermill
from nbconvert import HTMLExporter
exporter = HTMLExporter()
for department, year, data in folders:
    made = papermill.execute_notebook(notebook, f"{out}/{department}-{year}.ipynb", {"department": department, "year": year, "data": data},
                                      kernel_name="python3", progress_bar=False)
    with open(f"{out}/{department}-{year}.html", "w", encoding="utf-8") as page:
        page.write(exporter.from_notebook_node(made)[0])
""",
        chosen,
        out,
    )


def plain_function(chosen: list[Folder], out: Path) -> None:
    """The same tables, sentences, charts and files from a plain function in two processes: no notebook, nothing isolated."""
    halves(
        """
import sys
sys.path.insert(0, tests)
from bench import plain
for department, year, data in folders:
    plain(department, year, data, out)
""",
        chosen,
        out,
    )


def batch(chosen: list[Folder], out: Path, more: tuple[str, ...] = ()) -> None:
    """juesuan run."""
    ours(chosen, out, *more)


def ours(chosen: list[Folder], out: Path, *more: str) -> subprocess.CompletedProcess:
    years = [option for year in sorted({f.year for f in chosen}) for option in ("-y", str(year))]
    departments = [
        option for name in dict.fromkeys(f.department for f in chosen) for option in ("-d", name)
    ]
    return run(
        sys.executable,
        "-m",
        "helpers",
        "run",
        "--quiet",
        "--jobs",
        str(PROCESSES),
        "--data",
        str(chosen[0].data),
        "--outputs",
        str(out),
        *(departments + years if len(departments) < 2000 else ()),
        *more,
    )


def plain(department: str, year: int, data: str, out: str) -> None:
    """Write the files of a report but for the notebook: what the cells of the notebook would show, one after another."""
    from helpers.report import files, xlsx
    from helpers.report.elements import tag

    this = report.load(department, year, data)
    parts = []
    for cell in nbformat.read(paths.NOTEBOOK, as_version=4).cells:
        if cell.cell_type == "markdown":
            parts.append(site.heading_html(cell.source))
        elif shown := re.fullmatch(r"this\.(\w+)\((?:\"(.+)\")?\)", cell.source.strip()):
            parts.append(getattr(this, shown[1])(*filter(None, [shown[2]]))._repr_html_())
    body = tag("main", "".join(parts))
    place = Path(out, f"{department}-{year}")
    place.mkdir(parents=True)
    (place / "report.html").write_text(
        f"<style>{site.style(this.name, site.shown(body))}</style>{site.linked(body)}",
        encoding="utf-8",
    )
    for name, text in (
        ("cells.csv", files.cells_csv),
        ("statements.json", files.statements_json),
        ("findings.csv", files.findings_csv),
    ):
        (place / name).write_text(text(this), encoding="utf-8")
    xlsx.tables_xlsx(this.disclosure, place / "tables.xlsx")


def tool(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


def run(*command: str) -> subprocess.CompletedProcess:
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)[:200]}: {done.stderr[-2000:]}")
    return done


def halves(code: str, chosen: list[Folder], out: Path) -> None:
    """Run code over the folders in processes of their own, each its share."""

    def one(share: list[Folder]) -> None:
        known = {
            "folders": [(f.department, f.year, str(f.data)) for f in share],
            "out": str(out),
            "notebook": str(paths.NOTEBOOK),
            "tests": str(Path(__file__).parent),
        }
        run(
            sys.executable,
            "-c",
            "".join(f"{name} = {value!r}\n" for name, value in known.items()) + code,
        )

    with ThreadPoolExecutor(PROCESSES) as pool:
        list(pool.map(one, [chosen[n::PROCESSES] for n in range(PROCESSES)]))


# The tables


class Cost(NamedTuple):
    """What one run of a way took, in seconds of the clock and of all processors."""

    wall: float
    cpu: float


class Costs(NamedTuple):
    """What a way took in every round, for one report."""

    rounds: list[Cost]

    @property
    def wall(self) -> float:
        return statistics.median(one.wall for one in self.rounds)

    @property
    def cpu(self) -> float:
        return statistics.median(one.cpu for one in self.rounds)

    @property
    def spread(self) -> str:
        walls = [one.wall for one in self.rounds]
        return f"{min(walls):.2f}–{max(walls):.2f}"


Way = Callable[[list[Folder], Path], object]


def cost(way: Way, chosen: list[Folder], scratch: Path) -> Cost:
    """Return what a report takes when a way makes these; the processes that it starts end with it."""
    out = scratch / f"out-{time.monotonic_ns()}"
    out.mkdir()
    start, before = time.perf_counter(), _processors()
    way(chosen, out)
    wall, cpu = time.perf_counter() - start, _processors() - before
    shutil.rmtree(out)
    return Cost(wall / len(chosen), cpu / len(chosen))


def _processors() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


LOOP = "shell loop: papermill, then jupyter nbconvert"
PYTHON_LOOP = "Python loop in two processes: papermill.execute_notebook, HTMLExporter"
RUN, FLOOR = "`juesuan run`", "floor: a plain function in two processes"
BESIDE = "`juesuan run`, a Dask scheduler and two workers idle beside it"
DASK = "`juesuan run --dask`, by these workers"
# What a report cannot do without: the notebook, its run, its page, its charts, its workbook.
MERELY = "import " + ", ".join((*warmup.PACKAGES, "nbconvert", "seaborn"))
FEW = 10  # reports of a loop in a round: each of them costs the same


def _cluster():
    from dask.distributed import LocalCluster

    return LocalCluster(
        n_workers=PROCESSES,
        threads_per_worker=1,
        processes=True,
        dashboard_address=None,
        host="127.0.0.1",
    )


def throughput(chosen: list[Folder], rounds: int, scratch: Path) -> tuple[list[str], Ratios]:
    """Return the table of ways, slowest first; each round runs every way."""
    ways: dict[str, tuple[Way, list[Folder]]] = {
        LOOP: (shell_loop, chosen[:FEW]),
        PYTHON_LOOP: (python_loop, chosen[:FEW]),
        RUN: (batch, chosen),
        FLOOR: (plain_function, chosen),
    }
    took = {name: Costs([]) for name in (*ways, BESIDE, DASK)}
    for _ in range(rounds):
        for name, (way, some) in ways.items():
            took[name].rounds.append(cost(way, some, scratch))
        with (
            _cluster() as cluster
        ):  # no longer than it is used: idle, it takes from what runs beside it
            by_dask = partial(batch, more=("--dask", cluster.scheduler_address))
            cost(by_dask, chosen[: 2 * PROCESSES], scratch)  # its workers have worked before
            for name, way in ((BESIDE, batch), (DASK, by_dask)):
                took[name].rounds.append(cost(way, chosen, scratch))
    lines = [
        f"{len(chosen)} reports, {len(chosen[:FEW])} of them in the loops, start-up included, {rounds} rounds, medians:",
        "",
        "| way | seconds a report | lowest–highest | times the shell loop | CPU s a report | CPU, times less |",
        "|---|--:|--:|--:|--:|--:|",
        *(
            f"| {name} | {t.wall:.2f} | {t.spread} | {took[LOOP].wall / t.wall:.1f} | "
            + ("| |" if name in (BESIDE, DASK) else f"{t.cpu:.2f} | {took[LOOP].cpu / t.cpu:.1f} |")
            for name, t in took.items()
        ),
    ]
    return lines, {
        "times the shell loop": took[LOOP].wall / took[RUN].wall,
        "CPU times less than the shell loop": took[LOOP].cpu / took[RUN].cpu,
        "the floor against the run": took[FLOOR].wall / took[RUN].wall,
        "with Dask against without": took[BESIDE].wall / took[DASK].wall,
    }


def starts(chosen: list[Folder], rounds: int, scratch: Path) -> tuple[list[str], Ratios]:
    """Return the table of what one command costs from the shell, beside what a report's packages cost alone."""
    data = str(chosen[0].data)
    ways: dict[str, Way] = {
        "the interpreter": lambda _, __: run(sys.executable, "-c", ""),
        "`juesuan list`": lambda _, __: run(
            sys.executable, "-m", "helpers", "list", "--data", data
        ),
        "its packages, merely imported": lambda _, __: run(sys.executable, "-c", MERELY),
        "`juesuan run` of one report": ours,
    }
    took = {name: Costs([]) for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            took[name].rounds.append(cost(way, chosen[:1], scratch))
    watched = savings(chosen[0], rounds, scratch / "watched")
    lines = [
        f"One command from the shell, {rounds} rounds, medians:",
        "",
        "| way | seconds | lowest–highest | CPU s |",
        "|---|--:|--:|--:|",
        *(f"| {name} | {t.wall:.2f} | {t.spread} | {t.cpu:.2f} |" for name, t in took.items()),
        f"| `juesuan run --watch`: from a saving to its report | {watched.wall:.2f} | {watched.spread} | |",
    ]
    bare, listing, packages, one = took.values()
    return lines, {
        "the interpreter against a list": bare.cpu / listing.cpu,
        "the packages against one report": packages.cpu / one.cpu,
        "a report at a saving against one by itself": one.wall / watched.wall,
    }


def savings(folder: Folder, rounds: int, out: Path) -> Costs:
    """Return what it takes from the saving of a department's figures until its report is there and collected."""
    chosen = ("-d", folder.department, "-y", str(folder.year), "--data", str(folder.data))
    command = (sys.executable, "-m", "helpers", "run", "--watch", *chosen, "--outputs", str(out))
    took = Costs([])
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as running:
        told = iter(running.stdout.readline, "")
        try:
            assert any("Ctrl+C" in line for line in told), "it ended before anything was saved"
            for _ in range(rounds):
                start = time.perf_counter()
                with folder.figures.open("ab") as file:
                    file.write(b"\n")
                assert any(line.startswith("报告：") for line in told), "it ended without a report"
                took.rounds.append(Cost(time.perf_counter() - start, 0))
        finally:
            running.kill()
    return took


def growth(data: Path, counts: list[int], scratch: Path) -> list[str]:
    """Return the table of cost against number."""
    every, lines = folders.there(data), []
    for count in counts:
        out = scratch / f"out-{count}"
        chosen = [f for f in every if f.year == every[-1].year][:count]
        start = time.perf_counter()
        pid = os.spawnv(
            os.P_NOWAIT,
            sys.executable,
            [
                sys.executable,
                "-m",
                "helpers",
                "run",
                "--quiet",
                "--jobs",
                str(PROCESSES),
                "--data",
                str(data),
                "--outputs",
                str(out),
                "-y",
                str(chosen[0].year),
                *(option for f in chosen for option in ("-d", f.department)),
            ],
        )
        _, status, used = os.wait4(pid, 0)
        if status:
            raise RuntimeError(f"{count} reports: status {status}")
        took = time.perf_counter() - start
        lines.append(
            f"| {count:,} | {took:.1f} | {took / count:.3f} | {used.ru_maxrss / 1024:.0f} |"
        )
        shutil.rmtree(out)
    return [
        "| reports | seconds | seconds a report | MB of the largest process |",
        "|--:|--:|--:|--:|",
        *lines,
    ]


def up_to_date(data: Path, scratch: Path) -> list[str]:
    """Return how long ten thousand reports that need nothing take, and then one that does.

    Their files are those of one report, linked; each has the run.json that belongs to its own inputs.
    """
    every, out = folders.there(data), scratch / "out"
    ours(every[:1], out)
    first = out / every[0].department / f"{every[0].year}"
    for folder in every[1:]:
        place = out / folder.department / f"{folder.year}"
        place.mkdir(parents=True, exist_ok=True)
        for name in engine.FILES:
            if name != "run.json":
                (place / name).hardlink_to(first / name)
        (place / "run.json").write_text(
            Clock(folder)
            .ended(
                "ok",
                edition=declared.default(),
                inputs=inputs.fingerprint(folder, declared.default()),
                findings={"error": 0, "warning": 0, "hint": 0, "missing": 0},
            )
            .written(),
            encoding="utf-8",
        )
    for _ in range(2):  # what was written in the last moments is read once more
        ours(every, out)
        time.sleep(3)
    lines = []
    for said in ("nothing changed", "one input changed"):
        start = time.perf_counter()
        done = ours(every, out)
        lines.append(
            f"| {said} | {time.perf_counter() - start:.1f} | {done.stdout.split('。')[0]} |"
        )
        figures = every[
            -1
        ].figures  # of the last year: that of another is also last year's of the next
        figures.write_bytes(figures.read_bytes() + b"\n")
    return [f"| {len(every):,} department-years | seconds | it said |", "|---|--:|---|", *lines]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--starts", type=int, default=5, help="rounds of one command each")
    parser.add_argument("--growth", type=int, nargs="*", default=[50, 200, 1000])
    parser.add_argument("--many", type=int, default=10_000)
    parser.add_argument("--keep", action="store_true", help="write the tables into docs/speed.md")
    options = parser.parse_args()
    tables: dict[str, list[str]] = {}
    ratios: dict[str, Ratios] = {}
    with tempfile.TemporaryDirectory() as place:
        scratch = Path(place)
        if options.reports:
            chosen = sample.create(
                scratch / "a", (options.reports + 1) // 2, range(2022, 2024), seed=1
            )[: options.reports]
            tables["throughput"], ratios["throughput"] = throughput(chosen, options.rounds, scratch)
        if options.starts:
            one = sample.create(scratch / "d", 1, range(2022, 2024), seed=1)
            tables["starts"], ratios["starts"] = starts(one[-1:], options.starts, scratch)
        if options.growth:
            sample.create(scratch / "b", max(options.growth), range(2023, 2024), seed=2)
            tables["growth"] = growth(scratch / "b", options.growth, scratch)
        if options.many:
            sample.create(scratch / "c", (options.many + 4) // 5, range(2019, 2024), seed=3)
            tables["up to date"] = up_to_date(scratch / "c", scratch)
    return conclude(tables, ratios, options.keep)


def conclude(tables: dict[str, list[str]], ratios: dict[str, Ratios], is_kept: bool = False) -> int:
    """Print tables and what has become slower than docs/speed.md has it; return the status, 1 where something has."""
    slower = [line for name, found in ratios.items() for line in worse(name, found)]
    for name, lines in tables.items():
        print("\n".join(["", f"## {name}", "", machine(), "", *lines]))
    for line in slower:
        print(line, file=sys.stderr)
    if is_kept:
        keep(tables, ratios)
    return 1 if slower else 0


def worse(name: str, found: Ratios) -> list[str]:
    """Return what has fallen by more than a fifth since the table was kept, in words."""
    kept = re.search(rf"<!-- {name} -->.*?<!-- ratios: (.*?) -->", _text_of(name), re.S)
    before = json.loads(kept[1]) if kept else {}
    return [
        f"slower: {name}, {what}: {ratio:.2f}, kept {before[what]:.2f}"
        for what, ratio in found.items()
        if what in before and ratio < FALL * before[what]
    ]


def _text_of(name: str) -> str:
    text = KEPT.read_text(encoding="utf-8")
    found = re.search(rf"<!-- {name} -->.*?<!-- end of {name} -->", text, re.S)
    return found[0] if found else ""


def machine() -> str:
    """Return on what something was measured, and with what."""
    cpus = Path("/proc/cpuinfo")
    models = re.findall(r"model name\s*: (.+)", cpus.read_text()) if cpus.exists() else []
    model = models[0] if models else platform.machine()
    with_what = ", ".join(f"{name} {metadata.version(name)}" for name in PACKAGES)
    return f"Of {date.today()}, {os.cpu_count()} cores ({model}), Python {platform.python_version()}, {with_what}."


def keep(tables: dict[str, list[str]], ratios: dict[str, Ratios] = {}) -> None:
    """Put each table between its marks in docs/speed.md, with the machine, today's date and its ratios."""
    text = KEPT.read_text(encoding="utf-8")
    for name, lines in tables.items():
        rounded = {what: round(ratio, 2) for what, ratio in ratios.get(name, {}).items()}
        written = "\n".join(
            [
                f"<!-- {name} -->",
                *([f"<!-- ratios: {json.dumps(rounded)} -->"] if rounded else []),
                machine(),
                "",
                *lines,
                f"<!-- end of {name} -->",
            ]
        )
        text = re.sub(
            rf"<!-- {name} -->.*?<!-- end of {name} -->", lambda _, w=written: w, text, flags=re.S
        )
    KEPT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
