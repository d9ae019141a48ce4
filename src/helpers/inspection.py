"""The findings of many department-years without a notebook, as text, CSV or JSON."""

from __future__ import annotations

import gc
import json
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from itertools import count

from helpers import export, report
from helpers.errors import Refusal
from helpers.markup import SEVERITY
from helpers.model import Finding
from helpers.paths import Folder

COLLECT_EVERY = 20
FEW = 4  # folders that one process has checked before others have started
_count = count(1)


@dataclass(frozen=True)
class Inspection:
    """Findings by folder, and the one-line reasons of folders that could not be read."""

    found: tuple[tuple[Folder, tuple[Finding, ...]], ...]
    failures: tuple[str, ...]

    def counts(self) -> dict[str, int]:
        findings = [f for _, some in self.found for f in some]
        return {s: sum(f.severity == s for f in findings) for s in SEVERITY}


def inspect(folders: list[Folder], jobs: int = 1) -> Inspection:
    """Check every folder, so many at a time; one that cannot be read does not stop the others."""
    if jobs > 1 and len(folders) >= FEW:
        with ProcessPoolExecutor(min(jobs, len(folders)), initializer=gc.disable) as processes:
            outcomes = list(processes.map(_checked, folders, chunksize=2))
    else:
        gc.disable()
        try:
            outcomes = list(map(_checked, folders))
        finally:
            gc.enable()
    found = ((folder, tuple(some)) for folder, some in zip(folders, outcomes) if not isinstance(some, str))
    return Inspection(tuple(found), tuple(some for some in outcomes if isinstance(some, str)))


def _checked(folder: Folder) -> list[Finding] | str:
    """Return the findings of a folder, or why it could not be read.

    Garbage collection is held by the caller: a department-year is ten thousand small objects, and collecting while
    they are made costs a third of the time.
    """
    try:
        return report.load(folder.department, folder.year, folder.data).found
    except Refusal as error:
        return str(error)
    finally:
        if next(_count) % COLLECT_EVERY == 0:
            gc.collect()


def _text(seen: Inspection) -> str:
    lines = []
    for folder, findings in seen.found:
        lines.append(f"{folder.department} {folder.year}：" + "，".join(f"{name} {sum(f.severity == s for f in findings)}" for s, name in SEVERITY.items()))
        lines += [f"  {SEVERITY[f.severity]}　{f.message}　[{f.rule} {f.place}]" for f in findings]
    return "".join(f"{line}\n" for line in lines)


def _csv(seen: Inspection) -> str:
    rows = ((folder.department, folder.year, *asdict(f).values()) for folder, findings in seen.found for f in findings)
    return export.csv_text(("department", "year", *export.FINDING), rows)


def _json(seen: Inspection) -> str:
    entries = [{"department": folder.department, "year": folder.year, **asdict(f)} for folder, findings in seen.found for f in findings]
    return json.dumps(entries, ensure_ascii=False, indent=1) + "\n"


FORMATS = {"text": _text, "csv": _csv, "json": _json}
