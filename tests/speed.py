"""How long a check takes, as a ratio to loading the same files with pandas: `make speed` prints the table."""

import statistics
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd

from helpers import inspection, sample
from helpers.paths import Folder

DEPARTMENTS, ROUNDS, SEED = 20, 5, 1


def published(data: Path) -> list[Folder]:
    """Write departments of the invented district, the later of two years with the workbook and the text it would publish."""
    folders = [f for f in sample.create(data, DEPARTMENTS, range(2022, 2024), SEED) if f.year == 2023]
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


def main() -> int:
    with tempfile.TemporaryDirectory() as place:
        folders = published(Path(place))
        rounds = [(seconds(inspection.inspect, folders), seconds(load_with_pandas, folders)) for _ in range(ROUNDS + 1)][1:]
    check, load = (statistics.median(column) for column in zip(*rounds))
    ratio = statistics.median(a / b for a, b in rounds)
    print(f"| {DEPARTMENTS} department-years, {ROUNDS} rounds, medians | seconds each |\n|---|---|")
    print(f"| check: tables, sentences, rules, published workbook and text | {check:.3f} |")
    print(f"| the same files merely loaded with pandas | {load:.3f} |\n| ratio | {ratio:.1f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
