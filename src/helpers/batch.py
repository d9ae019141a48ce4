"""Many reports: select, skip what is up to date, build the rest, and put all on one page."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sys
import time
from dataclasses import dataclass
from html import escape
from pathlib import Path

from helpers.errors import RequestError, nearest
from helpers.paths import LOOK, Folder

INDEX = ("department", "name", "year", "status", "error", "warning", "hint", "missing", "seconds", "report")


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
    from helpers import engine

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
    write_index(outputs)
    return Tally(built, skipped, failed, findings)


def _counted(findings: dict[str, int]) -> str:
    return "错误 {error} 警告 {warning} 提示 {hint} 未能核对 {missing}".format_map({"error": 0, "warning": 0, "hint": 0, "missing": 0} | findings)


def recorded(folder: Folder, outputs: Path) -> dict:
    """Return the run.json of a report."""
    return json.loads((outputs / folder.department / f"{folder.year:04d}" / "run.json").read_text(encoding="utf-8"))


def write_index(outputs: Path) -> None:
    """Write index.csv and index.html over everything in the outputs folder, worst first."""
    rows = []
    for file in sorted(outputs.glob("*/[0-9][0-9][0-9][0-9]/run.json")):
        try:
            entry = json.loads(file.read_text(encoding="utf-8"))
        except ValueError:
            continue
        there = (file.parent / "report.html").is_file()
        rows.append({
            **{k: entry.get(k, "") for k in ("department", "name", "year", "status", "seconds")},
            **{s: entry.get("findings", {}).get(s, 0) for s in ("error", "warning", "hint", "missing")},
            "report": f"{file.parent.parent.name}/{file.parent.name}/report.html" if there else "",
            "reason": entry.get("error", ""),
        })
    rows.sort(key=lambda r: (r["status"] == "ok", -r["error"], -r["warning"], -r["missing"], r["department"], -int(r["year"])))
    table = io.StringIO()
    writer = csv.DictWriter(table, INDEX, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    _replace(outputs / "index.csv", table.getvalue())
    _replace(outputs / "index.html", _page(rows))


def _page(rows: list[dict]) -> str:
    heads = ("部门", "年度", "状态", "错误", "警告", "提示", "未能核对", "用时（秒）")
    lines = []
    for row in rows:
        name = escape(row["name"] or row["department"])
        link = f'<a href="{escape(row["report"])}">{name}</a>' if row["report"] else name
        good = row["status"] == "ok"
        kept = "（链接是上一份）" if row["report"] else ""
        state = "完成" if good else f"失败{kept}：{escape(row['reason'])}"
        counts = "".join(f'<td class="n">{row[s] if good else "—"}</td>' for s in ("error", "warning", "hint", "missing"))
        took = f'{row["seconds"]:.1f}' if row["seconds"] else ""
        numbers = f'{counts}<td class="n">{took}</td>'
        lines.append(f'<tr><th scope="row">{link}</th><td class="n">{row["year"]}</td><td>{state}</td>{numbers}</tr>')
    head = "".join(f'<th scope="col">{h}</th>' for h in heads)
    style = (LOOK / "report.css").read_text(encoding="utf-8")
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>部门决算核对总览</title><style>{style} body{{display:block}}</style></head><body><main><h2>部门决算核对总览</h2>"
        f'<p>{len(rows)} 份报告，失败 {sum(r["status"] != "ok" for r in rows)} 份。</p>'
        f'<div class="frame"><table><thead><tr>{head}</tr></thead><tbody>{"".join(lines)}</tbody></table></div></main></body></html>\n'
    )


def _replace(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}-{os.getpid()}")
    new.write_text(text, encoding="utf-8", newline="")
    os.replace(new, path)
