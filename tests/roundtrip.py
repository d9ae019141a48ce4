"""Figures → what is published → figures: how many cells and sentences of invented departments come back as they were.

Run by `make roundtrip`; a hundred department-years, or as many as the first argument says, as the kinds of file
that the others name: the workbook alone, workbook and text, and both in one document.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import printed_as

from helpers.basics import money
from helpers.basics.paths import Folder
from helpers.basics.text import fold
from helpers.batch import imports, inspection
from helpers.disclosure import disclosure
from helpers.disclosure.disclosure import Disclosure
from helpers.intake.importing import Request
from helpers.review import verdicts
from helpers.review.review import Review
from helpers.sample import sample

YEAR, MANY, LARGEST_DIFFERENCE = 2023, 100, Decimal("0.01")
_PERCENT = re.compile(r"\d+(\.\d+)?%")


@dataclass(frozen=True)
class Trip:
    """What came back: cells, those equal to two decimals, the largest difference; sentences, those printed alike,
    those that a comparison with what was published finds the same, and those that differ in more than a percentage
    of rounded amounts; errors that a check finds; seconds."""

    departments: int
    cells: int
    equal: int
    missing: int
    largest: Decimal
    sentences: int
    alike: int
    same: int
    otherwise: int
    errors: int
    seconds: str

    @property
    def is_good(self) -> bool:
        """Whether 99.9 in 100 cells are equal, none is missing or off by more than 0.01, no sentence says
        anything else, and no check reports an error."""
        return (
            self.equal * 1000 >= self.cells * 999
            and not self.missing
            and self.largest <= LARGEST_DIFFERENCE
            and not self.otherwise
            and not self.errors
        )


def trip(place: Path, departments: int, kind: str = "tables", jobs: int = 1, seed: int = 5) -> Trip:
    """Invent departments that published, import what they did as files of a kind, and compare every cell."""
    made = sample.create(place / "there", departments, range(YEAR, YEAR + 1), seed, published=True)
    back = place / "back"
    requests = [_request(folder, back, place / folder.department, kind) for folder in made]
    started = time.monotonic()
    done = imports.run(requests, back, imports.Plan(jobs=jobs, quiet=True))
    seconds = f"{time.monotonic() - started:.1f}"
    assert not done.failed, done.failed
    counts, largest = Counter[str](), money.ZERO
    for request, folder in zip(requests, made):
        theirs, ours = (
            disclosure.load(f.department, f.year, f.data) for f in (folder, request.folder)
        )
        for difference in _differences(theirs, ours):
            counts["cells"] += 1
            counts["missing"] += difference is None
            counts["equal"] += difference == 0
            largest = max(largest, abs(difference or money.ZERO))
        if kind != "tables":
            counts += _sentences(theirs, ours)
            counts["same"] += Review(ours).comparison.count(verdicts.SAME)
    errors = inspection.inspect([r.folder for r in requests], jobs).counts()["error"]
    return Trip(
        departments=departments,
        cells=counts["cells"],
        equal=counts["equal"],
        missing=counts["missing"],
        largest=largest,
        sentences=counts["sentences"],
        alike=counts["alike"],
        same=counts["same"],
        otherwise=counts["otherwise"],
        errors=errors,
        seconds=seconds,
    )


def _request(folder: Folder, back: Path, place: Path, kind: str) -> Request:
    place.mkdir()
    files = tuple(printed_as.KINDS[kind](folder, place))
    return Request(files=files, folder=Folder(back, folder.department, YEAR))


def _differences(there: Disclosure, back: Disclosure) -> Iterator[Decimal | None]:
    """Yield, cell by cell, printed amount less rebuilt amount; nothing where it is missing."""
    for table in there.tables.published():
        for cell in table.cells():
            if cell.amount is not None:
                found = back.tables.cell(cell.address).amount
                yield found and money.rounded(cell.amount.value, 2) - money.rounded(found.value, 2)


def _sentences(there: Disclosure, back: Disclosure) -> Counter[str]:
    """Return how many sentences there were, and how many are printed alike, or but for a percentage, or otherwise."""
    theirs, ours = said(there), said(back)
    same = len(theirs) == len(ours)
    pairs = list(zip(theirs, ours))
    plain = [tuple(_PERCENT.sub("%", sentence) for sentence in pair) for pair in pairs]
    return Counter(
        sentences=len(theirs),
        alike=sum(one == other for one, other in pairs),
        otherwise=sum(one != other for one, other in plain) if same else len(theirs),
    )


def said(one: Disclosure) -> list[str]:
    """Return every sentence of a disclosure, without differences of width and space."""
    return [
        fold(sentence.text)[0]
        for statement in one.statements.values()
        for sentence in statement.sentences
    ]


def main() -> int:
    """Print what came back, and fail where it is not good."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else MANY
    kinds = sys.argv[2:] or [*printed_as.KINDS]
    print(
        "| as | departments | cells | equal | missing | largest difference "
        "| sentences | alike | same | otherwise | errors | seconds |"
    )
    print("|---" * 12 + "|")
    good = True
    for kind in kinds:
        if lacking := printed_as.LACKING.get(kind):
            print(f"| {kind} | {lacking} |" + " |" * 10)
            continue
        with tempfile.TemporaryDirectory(prefix="juesuan-roundtrip-") as place:
            found = trip(Path(place), many, kind, jobs=2)
        good = good and found.is_good
        print(
            f"| {kind} | {found.departments} | {found.cells:,} | {found.equal:,} | {found.missing} "
            f"| {found.largest} | {found.sentences:,} | {found.alike:,} | {found.same:,} | {found.otherwise} "
            f"| {found.errors} | {found.seconds} |",
            flush=True,
        )
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
