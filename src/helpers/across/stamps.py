"""Which reports stand in an outputs folder, and by what a changed one is told from one that was collected."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from helpers.across import shape
from helpers.basics.paths import figures_of

STORE, RECORD = "store", "run.json"
_DEPARTMENT, _YEAR = re.compile(r"[a-z0-9-]+"), re.compile(r"\d{4}", re.ASCII)


@dataclass(frozen=True)
class Stamp:
    """When a report's run.json was written and how long it is, and whether its figures.csv was at hand."""

    written: int
    size: int
    figures: bool


Key = tuple[str, int]


def there(outputs: Path, data: Path | None) -> dict[Key, Stamp]:
    """Return the stamp of every report, in order; `data` is where their figures are, if anywhere."""
    return dict(sorted(_there(outputs, data)))


def _there(outputs: Path, data: Path | None) -> Iterator[tuple[Key, Stamp]]:
    for place in reports(outputs):
        try:
            found = os.stat(f"{place}/{RECORD}")
        except OSError:
            continue
        department, year = place.split(os.sep)[-2:]
        key = department, int(year)
        at_hand = data is not None and os.path.isfile(figures_of(data, *key))
        yield key, Stamp(found.st_mtime_ns, found.st_size, at_hand)


def reports(outputs: Path) -> Iterator[str]:
    """Yield the places of an outputs folder in which a report may stand."""
    for department in _inside(outputs, _DEPARTMENT):
        for year in _inside(department.path, _YEAR):
            yield year.path


def _inside(place: str | Path, name: re.Pattern) -> Iterator[os.DirEntry]:
    """Yield the folders of this name; nothing where the place went away, or is not for us to read."""
    try:
        entries = list(os.scandir(place))
    except OSError:
        return
    yield from (one for one in entries if name.fullmatch(one.name) and os.path.isdir(one.path))


def kept(place: Path, parts: int) -> dict[Key, Stamp]:
    """Return the stamps that were collected; none of a store of another shape, or in other parts, or of none."""
    try:
        written = json.loads(place.read_text(encoding="utf-8"))
        if (written["version"], written["parts"]) != (shape.VERSION, parts):
            return {}
        return {
            (department, int(year)): Stamp(*stamp)
            for department, years in written["reports"].items()
            for year, stamp in years.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def written(stamps: dict[Key, Stamp], parts: int) -> str:
    """Return stamps as they are kept, of a store in so many parts."""
    reports: dict[str, dict[str, list]] = {}
    for (department, year), stamp in stamps.items():
        entry = [stamp.written, stamp.size, stamp.figures]
        reports.setdefault(department, {})[str(year)] = entry
    return json.dumps({"version": shape.VERSION, "parts": parts, "reports": reports})


def changed(now: dict[Key, Stamp], before: dict[Key, Stamp]) -> set[Key]:
    """Return what is new, written anew, gone, or has its figures at hand only now."""
    return {
        key
        for key in {*now, *before}
        if key not in now
        or key not in before
        or (now[key].written, now[key].size) != (before[key].written, before[key].size)
        or (now[key].figures and not before[key].figures)
    }
