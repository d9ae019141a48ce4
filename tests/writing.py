"""How long a hundred disclosures take as docx, as a ratio to a plain python-docx program that writes the same tables.

Run by `make writing`; `--keep` writes it into docs/speed.md. A few of the hundred stand for all
in what is measured one by one.
"""

import io
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from bench import keep
from docx import Document

from helpers.basics.paths import Folder
from helpers.batch import exports
from helpers.batch.workers import Limits
from helpers.disclosure import disclosure
from helpers.disclosure.disclosure import Disclosure
from helpers.export import document
from helpers.report import charts, laid
from helpers.sample import sample

DEPARTMENTS, FEW, ROUNDS, SEED = 100, 5, 2, 1


def plain(one: Disclosure) -> bytes:
    """Write the tables with python-docx alone, row by row, which is its quick way: `table.cell` is quadratic."""
    made, written = Document(), io.BytesIO()
    for filled in one.tables.published():
        for piece in laid.pieces(filled, 12):
            rows = piece.rows
            table = made.add_table(rows=len(rows), cols=len(piece.columns), style="Table Grid")
            for written_row, row in zip(table.rows, rows):
                for cell, slot in zip(written_row.cells, row):
                    cell.text = slot.text
    made.save(written)
    return written.getvalue()


def drawn(one: Disclosure) -> None:
    """Draw the charts alone."""
    for chart in one.edition.charts.values():
        charts.picture(chart, one.tables, one.profile)


def whole(one: Disclosure) -> bytes:
    """Write all of a disclosure."""
    return document.docx(one, None, False)


def seconds(work, some: list[Disclosure]) -> float:
    start = time.perf_counter()
    for one in some:
        work(one)
    return (time.perf_counter() - start) / len(some)


def batch(chosen: list[Folder], outputs: Path) -> float:
    """Return the seconds for each of a batch, from its folders to its files, a process on every processor."""
    wanted = exports.places(chosen, chosen[0].data, outputs, "", "docx")
    what = exports.order("docx", "", True, False)
    start = time.perf_counter()
    done = exports.run(wanted, what, os.cpu_count() or 1, Limits())
    assert len(done.written) == len(chosen), done.failed
    return (time.perf_counter() - start) / len(chosen)


def lines() -> list[str]:
    """Return the table."""
    with tempfile.TemporaryDirectory() as place:
        data = Path(place, "data")
        folders = sample.create(data, DEPARTMENTS, range(2022, 2024), SEED)
        chosen = [f for f in folders if f.year == 2023]
        some = [disclosure.load(f.department, f.year, f.data) for f in chosen[:FEW]]
        ways = whole, drawn, plain
        rounds = [[seconds(way, some) for way in ways] for _ in range(ROUNDS + 1)][1:]
        many = batch(chosen, Path(place, "outputs"))
    ours, pictures, theirs = (statistics.median(column) for column in zip(*rounds))
    return [
        f"| seconds a disclosure, medians of {ROUNDS} rounds | seconds | times the plain program |",
        "|---|--:|--:|",
        f"| a whole disclosure as docx, one process, {FEW} disclosures | {ours:.2f} | {ours / theirs:.2f} |",
        f"| of it, its charts | {pictures:.2f} | {pictures / theirs:.2f} |",
        f"| `juesuan export docx`, reading and reviewing included, {DEPARTMENTS} disclosures, every processor | {many:.2f} | {many / theirs:.2f} |",
        f"| a plain python-docx program: the tables alone, {FEW} disclosures | {theirs:.2f} | 1.00 |",
    ]


if __name__ == "__main__":
    found = lines()
    print("\n".join(found))
    if "--keep" in sys.argv:
        keep({"writing": found})
