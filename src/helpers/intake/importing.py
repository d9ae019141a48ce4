"""One department-year made of what was published: figures.csv, profile.yaml and published/ in a new folder."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

from helpers.basics.csvtext import csv_text
from helpers.basics.errors import DataError, Refusal
from helpers.basics.model import FINAL
from helpers.basics.paths import Folder
from helpers.basics.text import narrow
from helpers.disclosure import figures, profile
from helpers.disclosure.tables import Tables
from helpers.intake import inverse, readings, recognition, residual, sources
from helpers.intake.account import Account, Dispute
from helpers.intake.claims import Claim, Claimed, Key, Standing, of_tables, settled
from helpers.intake.readings import Reading
from helpers.published.workbook import PrintedTable

_NAMED = re.compile(r"(?:部门|单位|编制单位|公开部门|部门名称|单位名称)[:：](.+)")
_KIND = re.compile(r"(部门|单位)决算")
COLUMNS = (*figures.REQUIRED, "note", "source")


@dataclass(frozen=True)
class Request:
    """What is to be imported where; a blank edition is one to be recognised, a blank name one to be read."""

    files: tuple[Path, ...]
    folder: Folder
    edition: str = ""
    called: str = ""


def make(request: Request, into: Path) -> Account:
    """Write the three parts of a department-year into an empty folder, and return the account of it."""
    handed, folder = sources.assigned(request.files), request.folder
    edition = request.edition or recognition.recognised(handed, folder.year)
    tables = recognition.blank_tables(edition, folder.year)
    printed = handed.printed(tables)
    claimed, standing = understood(tables, printed, handed.readings())
    made = inverse.rows_of(standing)
    if not made.rows:
        raise DataError(_names(handed), "没有读出一个数", "有数的表")
    (into / "figures.csv").write_text(figures_csv(made.rows, standing), encoding="utf-8")
    figures.load(into / "figures.csv", folder.name(folder.figures))
    (into / "published").mkdir()
    for source in handed.files:
        shutil.copyfile(source.path, into / "published" / source.kept_as)
    kept = _profile(request, edition, handed, printed, into / "profile.yaml")
    return Account(
        department=folder.department,
        year=folder.year,
        edition=edition,
        files={source.kept_as: source.path.name for source in handed.files},
        tables=tuple(printed),
        lacking=tuple(t.form.number for t in tables.published() if t.form.number not in printed),
        cells=sum(len(table.cells) for _, table in printed.values()),
        rows=len(made.rows),
        unread=(*claimed.unread, *_strangers(printed)),
        disputes=tuple(Dispute.between(one) for one in standing.values() if one.others),
        inferred=_concluded(made.rows, residual=False),
        residuals=_concluded(made.rows, residual=True),
        unbuilt=tuple(f"{_told(claim)} {claim.written}" for claim in made.unbuilt),
        kept=kept,
    )


def understood(
    tables: Tables,
    printed: dict[str, tuple[str, PrintedTable]],
    read: Iterable[Reading] = (),
) -> tuple[Claimed, dict[Key, Standing]]:
    """Return what printed tables and a narrative claim, and what stands for each scope, residuals with it."""
    by_file: dict[str, dict[str, PrintedTable]] = {}
    for number, (file, table) in printed.items():
        by_file.setdefault(file, {})[number] = table
    parts = [of_tables(tables, some, file) for file, some in by_file.items()]
    claims = [claim for part in parts for claim in part.claims]
    standing = settled(claims)
    told = readings.of_readings(tables, read, standing)
    if told.claims:
        standing = settled((*claims, *told.claims))
    unread = tuple(line for part in (*parts, told) for line in part.unread)
    left = settled(residual.residuals(standing))
    return Claimed(claims=(*claims, *told.claims), unread=unread), left | standing


def figures_csv(rows: Iterable[Claim], standing: dict[Key, Standing]) -> str:
    """Return figures.csv; a row says where it stands, from what it was inferred, and who contradicts it."""
    return csv_text(
        COLUMNS,
        (
            (
                *claim.key[0],
                "" if claim.key[1] == FINAL else claim.key[1],
                claim.written,
                claim.unit,
                _note(claim, standing[claim.key].others),
                claim.place,
            )
            for claim in rows
        ),
    )


def _note(claim: Claim, others: tuple[Claim, ...]) -> str:
    notes = [claim.note] if claim.note else []
    notes += [f"与 {other.place} 的 {other.written} 不一致" for other in others]
    return "；".join(notes)


def _told(claim: Claim) -> str:
    basis = "" if claim.key[1] == FINAL else f"（{claim.key[1]}）"
    return f"{claim.key[0].label}{basis}"


def _concluded(rows: Iterable[Claim], residual: bool) -> tuple[str, ...]:
    return tuple(
        f"{_told(claim)} {claim.written}：{claim.inferred}"
        for claim in rows
        if claim.inferred and claim.residual == residual
    )


def _names(handed: sources.Sources) -> str:
    return "、".join(source.path.name for source in handed.files)


def _strangers(printed: dict[str, tuple[str, PrintedTable]]) -> list[str]:
    """Return the rows that were not read: those that the form does not have, and those that stand twice."""
    twice = [
        f"{file}:{number}：「{key}」这一行不止一次，只读了第一次的"
        for number, (file, table) in printed.items()
        for key in dict.fromkeys(table.repeated)
    ]
    return twice + [
        f"{file}:{number}：样式里没有「{label}」这一行（{amount}）"
        for number, (file, table) in printed.items()
        for label, amount in table.strangers
        if amount.strip("0.,")
    ]


# The profile


def _profile(
    request: Request,
    edition: str,
    handed: sources.Sources,
    printed: dict[str, tuple[str, PrintedTable]],
    into: Path,
) -> tuple[str, ...]:
    """Write profile.yaml, or keep the one that somebody wrote for the same edition; return what was kept."""
    folder = request.folder
    if folder.profile.exists():
        try:
            written = profile.load(folder.profile, folder.name(folder.profile), folder.year)
        except Refusal:
            written = None
        if written and written.edition == edition:
            shutil.copyfile(folder.profile, into)
            return (folder.profile.name,)
    name = _name_in(printed) or request.called
    words = "".join(word for _, table in printed.values() for word in table.words) + handed.text
    kind = _KIND.search(narrow(words))
    content = {
        "department": name or folder.department,
        "short_name": re.sub(r"[（(][^（()）]*[)）]$", "", name) or folder.department,
        "year": folder.year,
        "edition": edition,
        "kind": kind[1] if kind else "部门",
    }
    note = "" if name else "文件里没有写部门名称，下面暂写的是文件夹名，请改成全称和简称。\n# "
    into.write_text(
        f"# {note}由公开的文件导入；部门自己的话（职责、原因、名词解释等）没有导入，可以补写。\n"
        + yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=10_000),
        encoding="utf-8",
    )
    return ()


def _name_in(printed: dict[str, tuple[str, PrintedTable]]) -> str:
    """Return the department's name as the heads of the tables state it, or nothing."""
    words = (re.sub(r"\s", "", word) for _, table in printed.values() for word in table.words)
    named = (m[1] for word in words if (m := _NAMED.fullmatch(word)))
    return next((name for name in named if not name.endswith("元")), "")
