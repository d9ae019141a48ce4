"""The store of ten thousand department-years, and the comparison of sixty departments: `make collected` prints the tables.

A few invented reports stand for all: their files are linked under ten thousand names, each with a run.json of its own.
`--keep` writes the tables into docs/speed.md.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import reported
from bench import keep

from helpers import across
from helpers.across import store
from helpers.across.connection import connected
from helpers.basics.paths import Folder
from helpers.batch import comparison
from helpers.sample import sample

MANY, YEARS, MODELS, ROUNDS = 10_000, range(2019, 2024), 12, 5
FEW = 60
GROUPED = (
    'SELECT "table", year, count(*) AS n, sum(value) AS s FROM cells GROUP BY ALL ORDER BY ALL'
)
LINKED = ("cells.csv", "findings.csv", "indicators.csv", "statements.json", "report.html")


def seconds(work: Callable) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def median_of(work: Callable) -> float:
    return statistics.median(seconds(work) for _ in range(ROUNDS))


def multiplied(data: Path, outputs: Path, folders: list[Folder], many: int) -> None:
    """Let the reports of these folders and their figures stand under further departments' names."""
    by_department: dict[str, list[Folder]] = {}
    for folder in folders:
        by_department.setdefault(folder.department, []).append(folder)
    models = list(by_department.values())
    for n in range(many // len(YEARS) - len(models)):
        for folder in models[n % len(models)]:
            name = f"again-{n:05d}"
            here, there = (outputs / d / str(folder.year) for d in (folder.department, name))
            there.mkdir(parents=True)
            for file in LINKED:
                os.link(here / file, there / file)
            run = (here / "run.json").read_text(encoding="utf-8")
            (there / "run.json").write_text(run.replace(folder.department, name), encoding="utf-8")
            figures = Folder(data, name, folder.year).figures
            figures.parent.mkdir(parents=True)
            os.link(folder.figures, figures)


def size(place: Path, pattern: str) -> int:
    return sum(file.stat().st_size for file in place.glob(pattern))


def of_store(place: Path) -> list[str]:
    """Return the table of the store."""
    data, outputs = place / "data", place / "outputs"
    folders = sample.create(data, MODELS, YEARS, 1)
    reported.written(folders, outputs)
    multiplied(data, outputs, folders, MANY)
    whole = seconds(lambda: store.collect(outputs, data))
    nothing = median_of(lambda: store.collect(outputs, data))
    record = outputs / folders[0].department / str(YEARS[0]) / "run.json"

    def one_changed() -> None:
        os.utime(record, ns=(time.time_ns(), time.time_ns()))
        if store.collect(outputs, data).read != 1:
            raise AssertionError("one report changed, and not one was read")

    one = median_of(one_changed)
    grouped = median_of(lambda: across.sql(GROUPED, outputs))
    files = [str(file) for file in outputs.glob("*/*/cells.csv")]
    csv = (
        'SELECT "table", count(value) AS n, sum(value) AS s FROM read_csv(?, auto_detect=false, header=true,'
        " columns={'table': 'VARCHAR', 'row': 'VARCHAR', 'column': 'VARCHAR', 'value': 'DECIMAL(18,2)', 'state': 'VARCHAR'})"
        " GROUP BY ALL ORDER BY ALL"
    )
    with connected() as con:
        of_csv = seconds(lambda: con.execute(csv, [files]).fetchall())
        exact = con.execute(f"SELECT sum(n), sum(s) FROM ({csv})", [files]).fetchall()
    with_pandas = (
        seconds(lambda: [pd.read_csv(file, dtype=str) for file in files[:500]]) / 500 * len(files)
    )
    of_store = across.sql("SELECT count(value) AS n, sum(value) AS s FROM cells", outputs)
    if tuple(of_store.iloc[0]) != exact[0]:
        raise AssertionError(f"{exact[0]} in the files, {tuple(of_store.iloc[0])} in the store")
    cells = across.sql("SELECT count(*) AS n FROM cells", outputs)["n"][0]
    kept, written = (
        size(outputs / "store", "*/*.parquet"),
        sum(size(outputs, f"*/*/{n}") for n in LINKED[:4]),
    )
    return [
        f"| {len(files):,} department-years, {cells:,} cells, {ROUNDS} rounds, medians | seconds | against reading cells.csv with DuckDB |",
        "|---|--:|--:|",
        f"| collecting all of them, once | {whole:.1f} | {whole / of_csv:.2f} |",
        f"| collecting when one has changed | {one:.2f} | {one / of_csv:.3f} |",
        f"| collecting when nothing has changed | {nothing:.2f} | {nothing / of_csv:.3f} |",
        f"| every cell grouped by table and year, counted and summed, from the store | {grouped:.2f} | {grouped / of_csv:.3f} |",
        f"| the same from the cells.csv of all, with DuckDB | {of_csv:.1f} | 1.00 |",
        f"| the cells.csv of all merely read with pandas (500 of them, scaled) | {with_pandas:.0f} | {with_pandas / of_csv:.1f} |",
        "",
        f"The store has {kept / len(files) / 1000:.1f} kB for a department-year, its files for programs {written / len(files) / 1000:.0f} kB. "
        f"The sums of {exact[0][0]:,} known cells are the same to the 分.",
    ]


def of_comparison(place: Path) -> list[str]:
    """Return the table of the notebook that compares."""
    data, outputs = place / "sixty", place / "compared"
    reported.written(sample.create(data, FEW, YEARS, 3), outputs)
    store.collect(outputs, data)

    def read() -> None:
        for run in outputs.glob("*/*/run.json"):
            json.loads(run.read_text(encoding="utf-8"))
            for name in ("cells.csv", "indicators.csv", "findings.csv"):
                pd.read_csv(run.with_name(name), dtype=str)

    comparison.compare(outputs)  # what it imports is there before the clock starts, as pandas is
    compare, load = median_of(lambda: comparison.compare(outputs)), median_of(read)
    return [
        f"| {FEW} departments, {len(YEARS)} years, {ROUNDS} rounds, medians | seconds | times reading |",
        "|---|--:|--:|",
        f"| the notebook run, its page written | {compare:.1f} | {compare / load:.2f} |",
        f"| run.json, cells.csv, indicators.csv and findings.csv of all merely read with pandas | {load:.1f} | 1.00 |",
    ]


def main() -> int:
    with tempfile.TemporaryDirectory() as place:
        tables = {"collected": of_store(Path(place)), "compared": of_comparison(Path(place))}
    for lines in tables.values():
        print("\n".join(lines) + "\n")
    if "--keep" in sys.argv[1:]:
        keep(tables)
    return 0


if __name__ == "__main__":
    sys.exit(main())
