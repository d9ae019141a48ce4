"""How long a check takes, as a ratio to loading the same files with pandas: `make speed` prints the table.

`--keep` writes it into docs/speed.md. `--against CHECKOUT` measures in turn with it, in one sitting, what stands in
another checkout of the repository: `git worktree add ../before COMMIT`, then `python tests/speed.py --against ../before`.
"""

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = (
    "1"  # as in a batch: a process with threads hands a check to a new one
)
import pandas as pd
from bench import Ratios, conclude

from helpers.basics.paths import Folder
from helpers.batch import inspection
from helpers.sample import sample

DEPARTMENTS, ROUNDS, SEED, TURNS = 20, 5, 1, 4


def published(data: Path) -> list[Folder]:
    """Write departments of the invented district, the later of two years with the workbook and the text it would publish."""
    folders = [
        f for f in sample.create(data, DEPARTMENTS, range(2022, 2024), SEED) if f.year == 2023
    ]
    for folder in folders:
        sample.publish(folder)
    return folders


def load_with_pandas(folders: list[Folder]) -> None:
    for folder in folders:
        for file in (folder.figures, folder.last_year.figures):
            pd.read_csv(file, dtype=str)
        pd.read_excel(folder.workbook, sheet_name=None, header=None, dtype=str, engine="calamine")
        folder.narrative.read_text(encoding="utf-8")
        folder.profile.read_text(encoding="utf-8")


def seconds(work, folders) -> float:
    start = time.perf_counter()
    work(folders)
    return (time.perf_counter() - start) / len(folders)


def check() -> tuple[list[str], Ratios]:
    """Return the table of the check, and how fast it is against loading."""
    cores = os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as place:
        folders = published(Path(place))
        ways = inspection.inspect, partial(inspection.inspect, jobs=cores), load_with_pandas
        rounds = [[seconds(way, folders) for way in ways] for _ in range(ROUNDS + 1)][1:]
    one, all_cores, load = (statistics.median(column) for column in zip(*rounds))
    ratio = statistics.median(c / a for a, _, c in rounds)
    shared = statistics.median(c / b for _, b, c in rounds)
    ones = [a for a, _, _ in rounds]
    return [
        f"| {DEPARTMENTS} department-years with workbook and text, {ROUNDS} rounds, medians | seconds each | times loading |",
        "|---|--:|--:|",
        f"| check in one process ({min(ones):.3f}–{max(ones):.3f}): tables, sentences, rules, published workbook and text | {one:.3f} | {1 / ratio:.1f} |",
        f"| check as `juesuan check` does it, a process a core | {all_cores:.3f} | {1 / shared:.1f} |",
        f"| the same files merely loaded with pandas | {load:.3f} | 1.0 |",
    ], {"loading against a check": ratio}


def against(checkout: Path) -> list[str]:
    """Return how many times loading a check takes in another checkout and here, in turn, each by its own benchmark."""
    here = Path(__file__).resolve().parents[1]
    rows = [
        "| in turn, times loading | in one process, there | here | a process a core, there | here |",
        "|--:|--:|--:|--:|--:|",
    ]
    for number in range(1, TURNS + 1):
        there, now = (_times_loading(place) for place in (checkout.resolve(), here))
        columns = zip(there, now, strict=True)
        rows.append(f"| {number} | {' | '.join(f'{a} | {b}' for a, b in columns)} |")
    return rows


def _times_loading(checkout: Path) -> list[str]:
    """Return the figures of the benchmark of a checkout, read from its table: in one process, then in one a core."""
    done = subprocess.run(
        [sys.executable, checkout / "tests" / "speed.py"],
        env={**os.environ, "PYTHONPATH": str(checkout / "src")},
        stdout=subprocess.PIPE,
        text=True,
        check=False,  # its status says whether it is slower than it was
    )
    return re.findall(r"^\| check .*\| ([\d.]+) \|$", done.stdout, re.M)


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--keep", action="store_true")
    asked.add_argument("--against", type=Path, metavar="CHECKOUT")
    options = asked.parse_args()
    if options.against:
        print("\n".join(against(options.against)))
        return 0
    table, ratios = check()
    return conclude({"check": table}, {"check": ratios}, options.keep)


if __name__ == "__main__":
    sys.exit(main())
