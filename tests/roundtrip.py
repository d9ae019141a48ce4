"""Figures → workbook → figures: how many cells of invented departments come back as they were printed.

Run by `make roundtrip`; a hundred department-years, or as many as the first argument says.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from helpers.basics import money
from helpers.basics.paths import Folder
from helpers.batch import imports, inspection
from helpers.disclosure import disclosure
from helpers.intake.importing import Request
from helpers.sample import sample

YEAR, MANY, LARGEST_DIFFERENCE = 2023, 100, Decimal("0.01")


@dataclass(frozen=True)
class Trip:
    """What came back: cells, those equal to two decimals, the largest difference, errors that a check finds, seconds."""

    departments: int
    cells: int
    equal: int
    missing: int
    largest: Decimal
    errors: int
    seconds: str

    @property
    def is_good(self) -> bool:
        """Whether 99.9 in 100 cells are equal, none is missing or off by more than 0.01, and no check reports an error."""
        return (
            self.equal * 1000 >= self.cells * 999
            and not self.missing
            and self.largest <= LARGEST_DIFFERENCE
            and not self.errors
        )


def trip(place: Path, departments: int, jobs: int = 1, seed: int = 5) -> Trip:
    """Invent departments that published their tables, import these alone, and compare every cell."""
    made = sample.create(place / "there", departments, range(YEAR, YEAR + 1), seed, published=True)
    back = place / "back"
    requests = [
        Request(
            files=(f.path / "published" / "tables.xlsx",), folder=Folder(back, f.department, YEAR)
        )
        for f in made
    ]
    started = time.monotonic()
    done = imports.run(requests, back, imports.Plan(jobs=jobs, quiet=True))
    seconds = f"{time.monotonic() - started:.1f}"
    assert not done.failed, done.failed
    counts, largest = Counter[str](), money.ZERO
    for request, folder in zip(requests, made):
        for difference in _differences(folder, request.folder):
            counts["cells"] += 1
            counts["missing"] += difference is None
            counts["equal"] += difference == 0
            largest = max(largest, abs(difference or money.ZERO))
    errors = inspection.inspect([r.folder for r in requests], jobs).counts()["error"]
    return Trip(
        departments=departments,
        cells=counts["cells"],
        equal=counts["equal"],
        missing=counts["missing"],
        largest=largest,
        errors=errors,
        seconds=seconds,
    )


def _differences(there: Folder, back: Folder) -> Iterator[Decimal | None]:
    """Yield, cell by cell, printed amount less rebuilt amount; nothing where it is missing."""
    theirs, ours = (disclosure.load(f.department, f.year, f.data).tables for f in (there, back))
    for table in theirs.published():
        for cell in table.cells():
            if cell.amount is not None:
                found = ours.cell(cell.address).amount
                yield found and money.rounded(cell.amount.value, 2) - money.rounded(found.value, 2)


def main() -> int:
    """Print what came back, and fail where it is not good."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else MANY
    with tempfile.TemporaryDirectory(prefix="juesuan-roundtrip-") as place:
        found = trip(Path(place), many, jobs=2)
    print("| departments | cells | equal | missing | largest difference | errors | seconds |")
    print("|---|---|---|---|---|---|---|")
    print(
        f"| {found.departments} | {found.cells:,} | {found.equal:,} | {found.missing}"
        f" | {found.largest} | {found.errors} | {found.seconds} |"
    )
    return 0 if found.is_good else 1


if __name__ == "__main__":
    sys.exit(main())
