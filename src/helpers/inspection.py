"""The findings of many department-years without a notebook, as text, CSV or JSON."""

from __future__ import annotations

import gc
import json
from dataclasses import asdict, dataclass

from helpers import export, report
from helpers.errors import Refusal
from helpers.markup import SEVERITY
from helpers.model import Finding
from helpers.paths import Folder

COLLECT_EVERY = 20


@dataclass(frozen=True)
class Inspection:
    """Findings by folder, and the one-line reasons of folders that could not be read."""

    found: tuple[tuple[Folder, tuple[Finding, ...]], ...]
    failures: tuple[str, ...]

    def counts(self) -> dict[str, int]:
        findings = [f for _, some in self.found for f in some]
        return {s: sum(f.severity == s for f in findings) for s in SEVERITY}


def inspect(folders: list[Folder]) -> Inspection:
    """Check every folder; one that cannot be read does not stop the others."""
    found, failures = [], []
    # A department-year is ten thousand small objects; collecting while they are made costs half the time.
    gc.disable()
    try:
        for n, folder in enumerate(folders, 1):
            try:
                found.append((folder, tuple(report.load(folder.department, folder.year, folder.data).found)))
            except Refusal as error:
                failures.append(str(error))
            if n % COLLECT_EVERY == 0:
                gc.collect()
    finally:
        gc.enable()
    return Inspection(tuple(found), tuple(failures))


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
