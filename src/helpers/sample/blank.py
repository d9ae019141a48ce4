"""A new department-year to fill in: every ordinary figure named, every amount left open."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from helpers.basics.csvtext import csv_text
from helpers.basics.errors import RequestError
from helpers.basics.model import BUDGET
from helpers.basics.paths import Folder
from helpers.disclosure import folders
from helpers.disclosure.figures import REQUIRED
from helpers.edition import codes, declared, wording
from helpers.sample import carried


def create(data: Path, department: str, year: int, since: int = 0) -> Path:
    """Make departments/department/year/ with figures.csv and profile.yaml and return it; `since` is the year to carry over."""
    folder = folders.named(data, department, year)
    if folder.path.exists():
        raise RequestError(f"{folder.name(folder.path)} 已经有了，没有改动它")
    figures, words = (
        carried.parts(Folder(data, department, since), year)
        if since
        else (_figures(), _profile(year))
    )
    folder.path.parent.mkdir(parents=True, exist_ok=True)
    place = Path(tempfile.mkdtemp(prefix=f".{year}-", dir=folder.path.parent))
    try:
        place.chmod(0o755)
        (place / "figures.csv").write_text(figures, encoding="utf-8-sig")
        (place / "profile.yaml").write_text(words, encoding="utf-8")
        place.rename(folder.path)
    finally:
        shutil.rmtree(place, ignore_errors=True)
    return folder.path


def _figures() -> str:
    words = codes.vocabulary()
    quantities = wording.load(declared.default()).quantities.values()
    printed = {term.of.row for q in quantities for terms in q.sums for term in terms}
    lines = []

    def row(
        item: str,
        category: str = "",
        fund: str = "",
        nature: str = "",
        basis: str = "",
        unit: str = "元",
        note: str = "",
    ) -> None:
        lines.append((item, category, fund, "", nature, "", "", basis, "", unit, note))

    for item in words.items.values():
        unused = item.optional - printed
        categories = [c for c in words.categories(item.name) if c not in words.sums | unused]
        if item.name == "支出":
            for fund in (f for f in words.fund_parents if f not in words.sums):
                row(
                    item.name,
                    fund=fund,
                    note="再按功能科目（7 位）和支出性质、经济科目（5 位）逐行列出，合计可不写",
                )
        elif item.counts:
            for category in categories:
                row(item.name, category, unit=words.unit_of(category))
        else:
            for category in categories or ([""] if item.has_total else []):
                row(item.name, category)
            for category in words.planned.get(item.name, ()):
                row(item.name, category, basis=words.bases(BUDGET)[0])
    return csv_text((*REQUIRED, "note"), lines)


def _profile(year: int) -> str:
    return f"""# 部门自己填写。文字里的数字不要手打，写成槽，如 {{总计}}、{{公用经费}}，由 figures.csv 算出。
department: ''   # 部门全称
short_name: ''   # 简称
year: {year}
edition: {declared.default()}
kind: 部门       # 部门 或 单位
# 以下可不填，填了才印出；用不到的删去即可。
# duties: 部门职责
# organisation: 机构设置
# reasons:
#   收支总计: 人员经费支出{{人员经费}}万元，较去年{{增减 人员经费}}{{差额 人员经费}}万元
#   财政拨款: ''
#   一般公共预算: ''
#   三公经费: ''
#   公务用车: ''
#   公务接待费: ''
#   机关运行经费: ''
# glossary:
# - 财政拨款收入：指单位从同级财政部门取得的财政预算资金。
# style: {{percent_decimals: 1}}
"""
