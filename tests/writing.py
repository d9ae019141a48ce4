"""How long a disclosure takes as a docx, as a ratio to a plain python-docx program that writes the same tables: `make writing`.

`--keep` writes it into docs/speed.md.
"""

import io
import statistics
import sys
import tempfile
import time
from pathlib import Path

from bench import keep
from docx import Document

from helpers.disclosure import disclosure
from helpers.disclosure.disclosure import Disclosure
from helpers.export import document
from helpers.report import charts, laid
from helpers.sample import sample

DEPARTMENTS, ROUNDS, SEED = 6, 2, 1


def disclosures(data: Path) -> list[Disclosure]:
    """Return invented disclosures with their sentences written and their cells filled."""
    folders = sample.create(data, DEPARTMENTS, range(2022, 2024), SEED)
    return [disclosure.load(f.department, f.year, f.data) for f in folders if f.year == 2023]


def plain(one: Disclosure) -> bytes:
    """Write the tables as the manual of python-docx shows it: a table, its cells by row and column."""
    made, written = Document(), io.BytesIO()
    for filled in one.tables.published():
        for piece in laid.pieces(filled, 12):
            rows = piece.rows
            table = made.add_table(rows=len(rows), cols=len(piece.columns), style="Table Grid")
            for r, row in enumerate(rows):
                for c, slot in enumerate(row):
                    table.cell(r, c).text = slot.text
    made.save(written)
    return written.getvalue()


def drawn(one: Disclosure) -> None:
    """Draw the charts alone."""
    for chart in one.edition.charts.values():
        charts.picture(chart, one.tables, one.profile)


def whole(one: Disclosure) -> bytes:
    return document.docx(one, None, False)


def seconds(work, some: list[Disclosure]) -> float:
    start = time.perf_counter()
    for one in some:
        work(one)
    return (time.perf_counter() - start) / len(some)


def lines() -> list[str]:
    """Return the table."""
    with tempfile.TemporaryDirectory() as place:
        some = disclosures(Path(place))
        ways = whole, drawn, plain
        rounds = [[seconds(way, some) for way in ways] for _ in range(ROUNDS + 1)][1:]
    ours, pictures, theirs = (statistics.median(column) for column in zip(*rounds))
    ratio = statistics.median(a / c for a, _, c in rounds)
    return [
        f"| {DEPARTMENTS} disclosures, one process, {ROUNDS} rounds, medians | seconds each | times the plain program |",
        "|---|--:|--:|",
        f"| a whole disclosure as docx | {ours:.2f} | {ratio:.2f} |",
        f"| of it, its charts | {pictures:.2f} | |",
        f"| a plain python-docx program: the tables alone | {theirs:.2f} | 1.00 |",
    ]


if __name__ == "__main__":
    found = lines()
    print("\n".join(found))
    if "--keep" in sys.argv:
        keep({"writing": found})
