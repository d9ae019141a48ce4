"""Many reports: select, skip what is up to date, build the rest, and put all on one page."""

from __future__ import annotations

import json
import re
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from helpers.errors import RequestError, nearest
from helpers.paths import Folder


def folders(data: Path) -> list[Folder]:
    """Return every department-year under a data folder, in order."""
    root = data / "departments"
    if not root.is_dir():
        raise RequestError(f"{data} 下没有 departments 文件夹，数据应在 departments/部门/年度/ 里")
    return [
        Folder(data, department.name, int(year.name))
        for department in sorted(root.iterdir()) if re.fullmatch(r"[a-z0-9-]+", department.name) and department.is_dir()
        for year in sorted(department.iterdir()) if re.fullmatch(r"\d{4}", year.name, re.ASCII) and year.is_dir()
    ]


def select(data: Path, departments: list[str], years: list[int]) -> list[Folder]:
    """Return the department-years asked for; one that does not exist is refused by name."""
    there = folders(data)
    known = {f.department for f in there}
    for department in departments:
        if department not in known:
            raise RequestError(f"没有部门「{department}」{nearest(department, known)}，有哪些请看 juesuan list")
    chosen = [f for f in there if not departments or f.department in departments]
    for year in years:
        if not any(f.year == year for f in chosen):
            raise RequestError(f"选中的部门没有 {year} 年度，有哪些请看 juesuan list")
    chosen = [f for f in chosen if not years or f.year in years]
    if not chosen:
        raise RequestError(f"{data / 'departments'} 下没有部门，先用 juesuan new 部门 年度 建一个")
    return chosen


@dataclass(frozen=True)
class Tally:
    """How a batch ended: reports built, skipped and failed, and the findings of all of them."""

    built: int
    skipped: int
    failed: int
    findings: dict[str, int]


def run(chosen: list[Folder], outputs: Path, force: bool = False) -> Tally:
    """Build the reports that are not up to date, telling each on a line of its own."""
    from helpers import engine, overview

    built = skipped = failed = 0
    findings: dict[str, int] = {}
    for n, folder in enumerate(chosen, 1):
        name = f"[{n}/{len(chosen)}] {folder.department}/{folder.year}"
        if not force and engine.is_up_to_date(folder, outputs):
            skipped += 1
            counts = recorded(folder, outputs).get("findings", {})
            print(f"{name} 已是最新 {_counted(counts)}", flush=True)
        else:
            clock = time.monotonic()
            done = engine.build(folder, outputs)
            counts = done.findings
            if done.status == "ok":
                built += 1
                print(f"{name} 完成 {time.monotonic() - clock:.1f} 秒 {_counted(counts)}", flush=True)
            else:
                failed += 1
                print(f"{name} 失败", flush=True)
                print(done.error, file=sys.stderr, flush=True)
        findings = {s: findings.get(s, 0) + counts.get(s, 0) for s in {**findings, **counts}}
    overview.write_index(outputs)
    return Tally(built, skipped, failed, findings)


def _counted(findings: dict[str, int]) -> str:
    return "错误 {error} 警告 {warning} 提示 {hint} 未能核对 {missing}".format_map({"error": 0, "warning": 0, "hint": 0, "missing": 0} | findings)


def recorded(folder: Folder, outputs: Path) -> dict:
    """Return the run.json of a report."""
    return json.loads((outputs / folder.department / f"{folder.year:04d}" / "run.json").read_text(encoding="utf-8"))
