"""What Python itself reads of a report for the store: its run.json, and the figures.csv that it was made from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from helpers.across import naming
from helpers.across.stamps import RECORD, Key
from helpers.basics.errors import Refusal
from helpers.basics.filetext import bytes_of
from helpers.basics.model import SEVERITIES
from helpers.basics.paths import Folder
from helpers.disclosure import figures
from helpers.edition import codes

_LARGEST = 5_000_000


def place(outputs: Path, key: Key) -> Path:
    """Return the folder of a report."""
    return outputs / key[0] / f"{key[1]:04d}"


def record(outputs: Path, key: Key) -> dict:
    """Return a run.json; of one that cannot be read only that the report failed."""
    try:
        found = json.loads(bytes_of(place(outputs, key) / RECORD, RECORD, _LARGEST))
        if isinstance(found, dict) and isinstance(found.get("findings") or {}, dict):
            return found
    except (Refusal, ValueError, RecursionError):
        pass
    return {"status": "failed"}


def report(outputs: Path, key: Key, run: dict) -> tuple:
    """Return the row of a report, from its run.json."""
    counts = run.get("findings") or {}
    there = (place(outputs, key) / "report.html").is_file()
    return (
        key[0],
        _said(run, "name") or key[0],
        _said(run, "sector"),
        key[1],
        *(_said(run, word) for word in ("region", "kind", "edition", "status")),
        *(counts.get(severity) for severity in SEVERITIES),
        f"{key[0]}/{key[1]:04d}/report.html" if there else "",
    )


def _said(run: dict, word: str) -> str:
    return str(run.get(word) or "").encode("utf-8", "replace").decode()


def rows(data: Path, key: Key, run: dict) -> Iterator[tuple]:
    """Yield the rows of the very figures.csv that a report was made from; none where it has changed since."""
    folder = Folder(data, *key)
    name = f"departments/{key[0]}/{key[1]:04d}/figures.csv"
    inputs = run.get("inputs")
    try:
        said = hashlib.sha256(bytes_of(folder.figures, name, figures.LARGEST)).hexdigest()
        if not isinstance(inputs, dict) or inputs.get(name) != said:
            return
        read = figures.load(folder.figures, folder.name(folder.figures))
    except (OSError, Refusal):
        return
    counts = codes.vocabulary().count_units
    for figure in read:
        scope = figure.scope
        yield (
            figure.line,
            *scope[:4],
            naming.of_code("function", scope.function, key[1]),
            scope.nature,
            scope.economic,
            naming.of_code("economic", scope.economic, key[1]),
            scope.project,
            figure.basis,
            f"{figure.amount.value:f}",
            figure.unit if figure.unit in counts else "万元",
            figure.written,
        )
