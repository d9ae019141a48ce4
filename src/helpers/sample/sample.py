"""An invented district on disk: figures.csv and profile.yaml of many departments and years, plainly marked as invented."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import yaml

from helpers.basics.arguments import years as asked_years
from helpers.basics.csvtext import csv_text
from helpers.basics.errors import RequestError, nearest, shown, system
from helpers.basics.paths import Folder
from helpers.disclosure import disclosure
from helpers.edition import declared
from helpers.report import files, xlsx
from helpers.sample import asked, district, ledger, words
from helpers.sample.district import Department
from helpers.sample.year import Year

MARK = "虚构数据，仅供练习、测试和度量，与任何真实部门无关"
FIRST, LAST, MOST = 2000, 2099, 100_000
_Dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def years_of(text: str) -> range:
    """Return the years of `2023` or `2019-2023`."""
    try:
        years = asked_years(text)
    except ValueError:
        years = range(0)
    if not years or years[0] < FIRST or years[-1] > LAST:
        raise RequestError(
            f"--years 不能是「{shown(text)}」，应为 2023 或 2019-2023 这样的年度，在 {FIRST} 到 {LAST} 之间，先小后大"
        )
    return years


def create(
    data: Path,
    departments: int,
    years: range,
    seed: int,
    published: bool = False,
    edition: str = "",
) -> list[Folder]:
    """Make the first departments of a district and return their folders, in order; nothing that exists is touched."""
    if edition and edition not in declared.names():
        known = declared.names()
        raise RequestError(
            f"没有版本「{shown(edition)}」{nearest(edition, known)}，有：{'、'.join(known)}"
        )
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
                write(one, Path(workshop), years, published, edition)
            _move([Path(workshop) / "departments" / name_of(one) for one in everyone], root)
    except OSError as error:
        raise RequestError(f"{root} 里写不了（{system(error)}）") from None
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


def write(
    one: Department, data: Path, years: range, published: bool = False, edition: str = ""
) -> None:
    """Write the years of one department into a data folder, by an edition or the usual one."""
    before, wanted = Year(one, years[0] - 1), asked.of(edition or declared.default())
    for year in years:
        now, folder = Year(one, year), Folder(data, name_of(one), year)
        folder.path.mkdir(parents=True)
        rows = ledger.rows(now, before if year == years[0] else None, wanted)
        rows[0] = {**rows[0], "note": MARK}
        folder.figures.write_text(
            csv_text(ledger.COLUMNS, (map(row.__getitem__, ledger.COLUMNS) for row in rows)),
            encoding="utf-8",
            newline="",
        )
        text = yaml.dump(
            words.profile(now, before, wanted),
            Dumper=_Dumper,
            allow_unicode=True,
            sort_keys=False,
            width=10_000,
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
