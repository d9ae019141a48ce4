"""An outputs folder as a batch leaves it, written without running the report's own notebook: for tests of what reads it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from helpers.basics.model import SEVERITIES
from helpers.basics.paths import Folder
from helpers.batch import inputs
from helpers.report import files, report


def write(folder: Folder, outputs: Path) -> Path:
    """Write what a report of this folder leaves for programs, and return its place."""
    this = report.load(folder.department, folder.year, folder.data)
    place = outputs / folder.department / f"{folder.year:04d}"
    place.mkdir(parents=True, exist_ok=True)
    (place / "report.html").touch()
    for name, text in (
        ("cells.csv", files.cells_csv(this)),
        ("findings.csv", files.findings_csv(this)),
        ("indicators.csv", files.indicators_csv(this)),
        ("statements.json", files.statements_json(this)),
    ):
        (place / name).write_text(text, encoding="utf-8")
    who = this.profile
    ended = {
        "department": folder.department,
        "name": who.department,
        "sector": who.sector,
        "year": folder.year,
        "edition": who.edition,
        "status": "ok",
        "seconds": 0,
        "inputs": inputs.of_data(folder),
        "findings": {s: sum(f.severity == s for f in this.found) for s in SEVERITIES},
    }
    (place / "run.json").write_text(json.dumps(ended), encoding="utf-8")
    return place


def written(folders: Iterable[Folder], outputs: Path) -> Path:
    """Write the reports of these folders, and return the outputs folder."""
    for folder in folders:
        write(folder, outputs)
    return outputs
