"""The batch at a glance: every report of the outputs folder as one table and one page, worst first."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from operator import attrgetter
from pathlib import Path

from helpers.across import matters, stamps
from helpers.across.matter import matter, writable
from helpers.across.page import page as page_of
from helpers.across.row import Row
from helpers.basics import paths, replacing
from helpers.basics.csvtext import csv_text
from helpers.basics.errors import DataError
from helpers.basics.filetext import bytes_of
from helpers.basics.locking import alone
from helpers.basics.model import SEVERITY
from helpers.basics.paths import LETTER
from helpers.report import typeface

FINDINGS = "findings.html"
LARGEST_INDEX = 100_000_000
_COUNTED = ("edition", "causes", "decided", "reason")
_PUBLISHED = {"text": "文本", "tables": "表"}
INDEX = ("department", "name", "year", "status", *SEVERITY, "seconds", "report", *_COUNTED)


# Reading and writing


def write_index(outputs: Path, failed: Mapping[tuple[str, int], str] | None = None) -> None:
    """Write index.csv, index.html and findings.html over everything in the outputs folder.

    `failed` are reports of which nothing could be put there, each with why.

    Of two batches that end together, the second reads after the first has written, so that neither loses a report.
    """
    outputs.mkdir(parents=True, exist_ok=True)
    with alone(outputs):
        replacing.clear(outputs)
        write(outputs, _with_failed(rows(outputs), failed or {}))


def _with_failed(rows: list[Row], failed: Mapping[tuple[str, int], str]) -> list[Row]:
    """Return the rows, those that failed with why; one that never was there has a row of its own."""
    known = {(row.department, row.year) for row in rows}
    new = (row(d, y, {"status": "failed"}, False) for d, y in failed if (d, y) not in known)
    every = [*rows, *new]
    return [
        replace(r, status="failed", reason=failed[r.department, r.year])
        if (r.department, r.year) in failed
        else r
        for r in every
    ]


def rows(outputs: Path) -> list[Row]:
    """Return a row for every run.json of an outputs folder; one that cannot be read is a failure like any other."""
    return [row for row in map(_read, stamps.reports(outputs)) if row]


def row(department: str, year: int, run: dict, report: bool, letter: bool = False) -> Row:
    """Return the row of a run.json's content, and whether a report.html and a letter lie beside it."""
    counts = run.get("findings") or {}
    return Row(
        department=department,
        name=writable(run.get("name") or ""),
        year=year,
        status=str(run["status"]),
        seconds=abs(run.get("seconds") or 0),
        report=f"{department}/{year:04d}/report.html" if report else "",
        reason=writable(run.get("error") or ""),
        edition=writable(run.get("edition") or ""),
        matters=tuple(map(matter, run.get("causes") or ())),
        letter=f"{department}/{year:04d}/{LETTER}" if letter else "",
        lacking=_lacking(run.get("published")),
        **{severity: int(counts.get(severity, 0)) for severity in SEVERITY},
    )


def _lacking(published: list[str] | None) -> str:
    """Return what was not published, of what a run.json says; an older one does not say."""
    if published is None:
        return ""
    lacking = [name for one, name in _PUBLISHED.items() if one not in published]
    return f"没有公开的{'和'.join(lacking)}" if lacking else ""


def write(outputs: Path, rows: list[Row]) -> None:
    """Write index.csv, index.html and findings.html of these rows; a file that says the same already is left alone."""
    ordered = sorted(rows, key=attrgetter("weight"))
    table = csv_text(INDEX, map(attrgetter(*INDEX), ordered))
    if table != _kept(outputs / "index.csv"):
        replacing.write(outputs / "index.csv", table)
    for name, page in (("index.html", page_of(ordered)), (FINDINGS, matters.page(ordered))):
        if page != re.sub(r"<style>@font-face{.*?}", "<style>", _kept(outputs / name), count=1):
            face = f"<style>{typeface.face(page)}"
            replacing.write(outputs / name, page.replace("<style>", face, 1))


def _read(place: str) -> Row | None:
    department, year = place.split(os.sep)[-2:]
    record = f"{place}/{stamps.RECORD}"
    if not os.path.lexists(record):
        return None
    report, letter = (os.path.isfile(f"{place}/{name}") for name in ("report.html", LETTER))
    try:
        written = bytes_of(record, stamps.RECORD, paths.LARGEST_RECORD)
        return row(department, int(year), _without_inputs(written), report, letter)
    except (
        DataError,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        OverflowError,
        RecursionError,
    ):
        broken = {"status": "failed", "error": f"{department}/{year}/run.json 读不懂，删去它再运行"}
        return row(department, int(year), broken, report)


def _without_inputs(written: bytes) -> dict:
    """Return a run.json without its list of inputs, which is most of it: ten thousand cost 0.1 s and not 0.6."""
    before, inputs, after = written.partition(b'"inputs": {')
    with suppress(ValueError):
        return json.loads(before + inputs + after[after.find(b"}") :])
    return json.loads(written)


def _kept(path: Path) -> str:
    try:
        return bytes_of(path, path.name, LARGEST_INDEX).decode("utf-8", "replace")
    except DataError:
        return ""
