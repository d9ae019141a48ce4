"""Which department-years there are, and which are asked for."""

from __future__ import annotations

import re
from pathlib import Path

from helpers.errors import RequestError, nearest
from helpers.paths import Folder


def there(data: Path) -> list[Folder]:
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
    every = there(data)
    known = {f.department for f in every}
    for department in departments:
        if department not in known:
            raise RequestError(f"没有部门「{department}」{nearest(department, known)}，有哪些请看 juesuan list")
    chosen = [f for f in every if not departments or f.department in departments]
    for year in years:
        if not any(f.year == year for f in chosen):
            raise RequestError(f"选中的部门没有 {year} 年度，有哪些请看 juesuan list")
    chosen = [f for f in chosen if not years or f.year in years]
    if not chosen:
        raise RequestError(f"{data / 'departments'} 下没有部门，先用 juesuan new 部门 年度 建一个")
    return chosen
