"""The batch against what its users would do otherwise, on the same notebook and data: `make bench` prints the tables.

Every way is a process started anew, so that start-up is in its time; all are run in one sitting, since only ratios
mean something. `--keep` writes the tables into docs/speed.md.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import nbformat

from helpers.basics import paths
from helpers.basics.paths import Folder
from helpers.batch import engine, inputs
from helpers.batch.engine import Clock
from helpers.disclosure import folders
from helpers.edition import declared
from helpers.report import report, site
from helpers.sample import sample

KEPT = paths.ROOT / "docs" / "speed.md"
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


def batch(chosen: list[Folder], out: Path) -> None:
    """juesuan run."""
    ours(chosen, out)


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


def seconds(
    way: Callable[[list[Folder], Path], object], chosen: list[Folder], scratch: Path
) -> float:
    out = scratch / f"out-{time.monotonic_ns()}"
    out.mkdir()
    start = time.perf_counter()
    way(chosen, out)
    took = time.perf_counter() - start
    shutil.rmtree(out)
    return took


def throughput(chosen: list[Folder], scratch: Path) -> list[str]:
    """Return the table of ways, slowest first."""
    from dask.distributed import LocalCluster

    ways = {
        "shell loop: papermill, then jupyter nbconvert": shell_loop,
        "Python loop in two processes: papermill.execute_notebook, HTMLExporter": python_loop,
        "`juesuan run`": batch,
        "floor: a plain function in two processes": plain_function,
    }
    took = {name: seconds(way, chosen, scratch) for name, way in ways.items()}
    with LocalCluster(
        n_workers=PROCESSES,
        threads_per_worker=1,
        processes=True,
        dashboard_address=None,
        host="127.0.0.1",
    ) as cluster:
        took["`juesuan run --dask`, two workers"] = seconds(
            lambda f, out: ours(f, out, "--dask", cluster.scheduler_address), chosen, scratch
        )
    first, own = took["shell loop: papermill, then jupyter nbconvert"], took["`juesuan run`"]
    return [
        f"{len(chosen)} reports, start-up included:",
        "",
        "| way | seconds a report | times the shell loop | against `juesuan run` |",
        "|---|--:|--:|--:|",
        *(
            f"| {name} | {t / len(chosen):.2f} | {first / t:.1f} | {own / t:.2f} |"
            for name, t in took.items()
        ),
    ]


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
                inputs=inputs.fingerprint(folder, declared.default()),
                findings={"error": 0, "warning": 0, "hint": 0, "missing": 0},
            )
            .written(),
            encoding="utf-8",
        )
    ours(every, out)
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
    parser.add_argument("--growth", type=int, nargs="*", default=[50, 200, 1000])
    parser.add_argument("--many", type=int, default=10_000)
    parser.add_argument("--keep", action="store_true", help="write the tables into docs/speed.md")
    options = parser.parse_args()
    tables: dict[str, list[str]] = {}
    with tempfile.TemporaryDirectory() as place:
        scratch = Path(place)
        if options.reports:
            chosen = sample.create(
                scratch / "a", (options.reports + 1) // 2, range(2022, 2024), seed=1
            )[: options.reports]
            tables["throughput"] = throughput(chosen, scratch)
        if options.growth:
            sample.create(scratch / "b", max(options.growth), range(2023, 2024), seed=2)
            tables["growth"] = growth(scratch / "b", options.growth, scratch)
        if options.many:
            sample.create(scratch / "c", (options.many + 4) // 5, range(2019, 2024), seed=3)
            tables["up to date"] = up_to_date(scratch / "c", scratch)
    for name, lines in tables.items():
        print("\n".join(["", f"## {name}", "", *lines]))
    if options.keep:
        keep(tables)
    return 0


def keep(tables: dict[str, list[str]]) -> None:
    """Put each table between its marks in docs/speed.md, with today's date."""
    text = KEPT.read_text(encoding="utf-8")
    for name, lines in tables.items():
        written = "\n".join(
            [
                f"<!-- {name} -->",
                f"Of {date.today()}, {os.cpu_count()} cores, Python {sys.version.split()[0]}.",
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
