"""An invented district on disk: figures.csv and profile.yaml of many departments and years, plainly marked as invented."""

from __future__ import annotations

import re
import shutil
import tempfile
from functools import cache
from pathlib import Path

import yaml

from helpers.basics import paths
from helpers.basics.csvtext import csv_text
from helpers.basics.errors import RequestError, shown
from helpers.basics.paths import Folder
from helpers.basics.yamltext import Keys, Mapping, Sequence, Word, read, vet
from helpers.disclosure import disclosure
from helpers.edition import codes, declared
from helpers.report import files, xlsx
from helpers.sample import district, ledger
from helpers.sample.district import Department
from helpers.sample.year import Year

MARK = "虚构数据，仅供练习、测试和度量，与任何真实部门无关"
FIRST, LAST, MOST = 2000, 2099, 100_000
_Dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def years_of(text: str) -> range:
    """Return the years of `2023` or `2019-2023`."""
    match = re.fullmatch(r"(\d{4})(?:-(\d{4}))?", text, re.ASCII)
    years = range(int(match[1]), int(match[2] or match[1]) + 1) if match else range(0)
    if not years or years[0] < FIRST or years[-1] > LAST:
        raise RequestError(
            f"--years 不能是「{shown(text)}」，应为 2023 或 2019-2023 这样的年度，在 {FIRST} 到 {LAST} 之间，先小后大"
        )
    return years


def create(
    data: Path, departments: int, years: range, seed: int, published: bool = False
) -> list[Folder]:
    """Make the first departments of a district and return their folders, in order; nothing that exists is touched."""
    if not 1 <= departments <= MOST:
        raise RequestError(f"--departments 不能是 {departments}，应为 1 到 {MOST} 的整数")
    root = data / "departments"
    everyone = [district.department(seed, n) for n in range(departments)]
    for one in everyone:
        if (root / name_of(one)).exists():
            raise RequestError(
                f"{root / name_of(one)} 已经有了，没有改动它；换一个 --data，或先删去它"
            )
    try:
        root.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".sample-", dir=root) as workshop:
            for one in everyone:
                write(one, Path(workshop), years, published)
            _move([Path(workshop) / "departments" / name_of(one) for one in everyone], root)
    except OSError as error:
        raise RequestError(f"{root} 里写不了（{error.strerror}）") from None
    return [Folder(data, name_of(one), year) for one in everyone for year in years]


def _move(folders: list[Path], root: Path) -> None:
    """Move all folders, or none."""
    moved = []
    try:
        for folder in folders:
            moved.append(folder.rename(root / folder.name))
    except BaseException:
        for folder in moved:
            shutil.rmtree(folder)
        raise


def name_of(one: Department) -> str:
    """Return a department's folder name."""
    return f"sample-{one.ordinal + 1:04d}-{one.kind.slug}"


def write(one: Department, data: Path, years: range, published: bool = False) -> None:
    """Write the years of one department into a data folder."""
    before = Year(one, years[0] - 1)
    for year in years:
        now, folder = Year(one, year), Folder(data, name_of(one), year)
        folder.path.mkdir(parents=True)
        rows = ledger.rows(now, before if year == years[0] else None)
        rows[0] = {**rows[0], "note": MARK}
        folder.figures.write_text(
            csv_text(ledger.COLUMNS, (map(row.__getitem__, ledger.COLUMNS) for row in rows)),
            encoding="utf-8",
            newline="",
        )
        text = yaml.dump(
            profile(now, before), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000
        )
        folder.profile.write_text(f"# {MARK}。\n{text}", encoding="utf-8")
        before = now
    if published:
        for year in years:
            publish(Folder(data, name_of(one), year))


def publish(folder: Folder) -> None:
    """Write the narrative and the workbook that the figures make into published/."""
    this = disclosure.load(folder.department, folder.year, folder.data)
    folder.narrative.parent.mkdir()
    folder.narrative.write_text(files.narrative_txt(this), encoding="utf-8")
    xlsx.tables_xlsx(this, folder.narrative.with_name("tables.xlsx"))


# The words


@cache
def _words() -> Mapping:
    file, lists = (
        "sample/words.yaml",
        ("职责", "机构设置", "二级单位", "人员", "科目原因", "资产用途", "名词解释"),
    )
    keys: Keys = {
        "区县": Word,
        "地区": Word,
        **dict.fromkeys(lists, Sequence),
        **dict.fromkeys(("原因", "三公明细", "绩效"), Mapping),
    }
    return vet(read(paths.SAMPLE / "words.yaml", file), file, keys, keys)


def profile(now: Year, before: Year) -> dict:
    """Return profile.yaml of a year; a reason is written where there is something to explain."""
    one, words = now.department, _words()
    once, chance = one.chance(0, "文字"), one.chance(now.year, "文字")
    county = words["区县"].replace("〈区县〉", district.place(one.ordinal))
    plain = f"{county}{one.kind.name}"
    units = [
        f"{county}{unit}（虚构）" for unit in once.sample(words["二级单位"], once.randint(1, 3))
    ]
    offices = sum(scale == "行政" for scale, _, _ in one.people)
    filled = {
        "〈区县〉": county,
        "〈简称〉": plain,
        "〈职责〉": one.kind.duties,
        "〈股室〉": str(once.randint(3, 14)),
        "〈二级单位〉": str(len(units)),
        "〈行政〉": str(offices),
        "〈在职〉": str(sum(heads for _, _, heads in one.people)),
    }

    def said(options, drawn=chance) -> str:
        text = str(drawn.choice(options))
        for slot, value in filled.items():
            text = text.replace(slot, value)
        return text

    public, last = now.three_public, before.three_public
    cars = ("公务用车购置费", "公务用车运行维护费")
    spoken = {
        "收支总计": True,
        "财政拨款": True,
        "一般公共预算": True,
        "三公经费": sum(public.values()) != sum(last.values()),
        "因公出国": public["因公出国（境）费"] != last["因公出国（境）费"],
        "公务用车": any(public[c] != last[c] for c in cars),
        "公务接待费": public["公务接待费"] != last["公务接待费"],
        "机关运行经费": now.office_costs != before.office_costs,
        "政府采购": True,
    }
    reasons = {key: said(words["原因"][key]) for key, wanted in spoken.items() if wanted}
    reasons |= {
        function: said(words["科目原因"])
        for function, (final, planned) in now.budgets.items()
        if planned and final != planned
    }
    spent = {
        "因公出国": "因公出国（境）费",
        "公务用车运行维护费": "公务用车运行维护费",
        "国内公务接待": "公务接待费",
    }
    details = {
        key: said(words["三公明细"][key]) for key, category in spent.items() if public[category]
    }
    if public["公务接待费"] and public["因公出国（境）费"]:
        details["外事接待"] = said(words["三公明细"]["外事接待"])
    performance: dict[str, str | list[str]] = {"自评综述": said(words["绩效"]["自评综述"])}
    if now.projects:
        performance = {
            "项目": "、".join(list(now.projects)[:2]),
            **performance,
            "评价报告": [str(p) for p in words["绩效"]["评价报告"]],
        }
    written = {
        "department": f"{plain}（虚构）",
        "short_name": plain,
        "year": now.year,
        "edition": declared.default(),
        "region": said([words["地区"]]),
        "kind": one.kind.type,
        "sector": one.kind.name,
        "duties": said(words["职责"]),
        "organisation": said(words["机构设置"]),
        "units": units,
        "staff": said(words["人员"]),
        "reasons": reasons,
        "three_public_details": details,
        "assets_use": said(words["资产用途"], one.chance(0, "资产"))
        if now.cars_by_use["其他用车"]
        else "",
        "performance": performance,
        "glossary": [
            *map(str, words["名词解释"]),
            *(_explained(function, now.year) for function in now.functions),
        ],
        "style": {
            "percent_decimals": once.choice((1, 1, 2)),
            "three_public_percent_decimals": once.choice((0, 1, 2)),
            "trim_zeros": once.random() < 0.8,
        },
    }
    return {key: value for key, value in written.items() if value}


def _explained(function: str, year: int) -> str:
    """Return the explanation of a function: its three names and what it pays for."""
    names = [codes.functional().name(function[:n], year) for n in (3, 5, 7)]
    return "{}（类）{}（款）{}（项）：反映{}方面的支出。".format(
        *names, names[2].removesuffix("支出")
    )
