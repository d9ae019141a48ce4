"""What a report is made from, as sums: it is up to date for as long as none of them has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from helpers.basics import paths
from helpers.basics.errors import Refusal, shown
from helpers.basics.paths import Folder
from helpers.batch.shelf import FILES, Shelf
from helpers.edition import declared

_RULES = "data/rules/"
_OF_A_TEXT = "proofreading.yaml"  # read only where there is a published text
_OF_MANY = "outliers.yaml"  # read only where departments are compared
_MOST = 3  # files that are named of those that changed
_NO_PART = frozenset(("across", "sample", "index.css", "index.js"))  # of the code: no report has it


def fingerprint(folder: Folder, edition: str) -> dict[str, str]:
    """Return the sha256 of every file of a department-year, and of the machinery that an edition uses of it."""
    return of_data(folder) | of_machinery(edition, folder.narrative.exists())


def of_data(folder: Folder) -> dict[str, str]:
    """Return the sha256 of every file of a department-year that its report is made from."""
    return folder.sums()


@cache
def of_machinery(edition: str, with_text: bool) -> dict[str, str]:
    """Return the sums of notebook, lock, codes, code, and of the rules that an edition has or follows."""
    try:
        followed = {f"{_RULES}{name}/" for name in declared.chain(edition)} if edition else set()
    except Refusal:
        followed = {f"{_RULES}{edition}/"}
    return {
        name: found
        for name, found in machinery().items()
        if not name.startswith(_RULES)
        or (
            f"{name.rpartition('/')[0]}/" in followed
            and (with_text or not name.endswith(_OF_A_TEXT))
            and not name.endswith(_OF_MANY)
        )
    }


@cache
def machinery() -> dict[str, str]:
    """Return the sha256 of notebook, lock, every file of rules, codes and code; a folder's is that of its files' names and sums."""
    named = {f"notebooks/{paths.NOTEBOOK.name}": paths.NOTEBOOK}
    lock = paths.ROOT / "requirements" / "batch.lock"
    named |= {"requirements/batch.lock": lock} if lock.is_file() else {}
    named |= {f"{_RULES}{f.relative_to(paths.RULES).as_posix()}": f for f in _files(paths.RULES)}
    sums = {name: paths.sha256(path) for name, path in named.items()}
    code = (f for f in _files(paths.CODE) if not _NO_PART & {*f.relative_to(paths.CODE).parts})
    return sums | {
        "data/codes/": _of_files(paths.CODES, _files(paths.CODES)),
        "src/helpers/": _of_files(paths.CODE, code),
    }


def everything() -> dict[str, str]:
    """Return the sums of the machinery of reports and of all code, that of the pages over many reports too."""
    return machinery() | {"": _of_files(paths.CODE, _files(paths.CODE))}


def _of_files(place: Path, files: Iterable[Path]) -> str:
    listed = (f"{paths.sha256(file)}  {file.relative_to(place).as_posix()}\n" for file in files)
    return hashlib.sha256("".join(listed).encode()).hexdigest()


def _files(place: Path) -> list[Path]:
    return sorted(p for p in place.rglob("*") if p.is_file() and "__pycache__" not in p.parts)


def up_to_date(folder: Folder, kept: Shelf) -> dict:
    """Return the run.json of the last good report where it was made from exactly these inputs, rules and code."""
    run = kept.record(folder)
    return {} if _stale(run, folder, kept) else run


def why_stale(folder: Folder, kept: Shelf) -> str:
    """Return, in words, why a report is to be made; nothing where it is up to date."""
    return _stale(kept.record(folder), folder, kept)


def _stale(run: dict, folder: Folder, kept: Shelf) -> str:
    if not run:
        return "还没有报告"
    if run.get("status") != "ok":
        return "上次没有做成"
    if lost := set(FILES) - kept.names(folder):
        return f"报告里没有 {'、'.join(sorted(lost))}"
    try:
        now = fingerprint(folder, str(run.get("edition", "")))
    except (Refusal, OSError):
        return "读不了输入的文件"  # making the report will say what is wrong
    before = run.get("inputs")
    if not isinstance(before, dict):
        return "不知道上次用的是哪些文件"
    changed = sorted(name for name in before.keys() | now if before.get(name) != now.get(name))
    more = f" 等 {len(changed)} 处" if len(changed) > _MOST else ""
    here = f"departments/{folder.department}/{folder.year:04d}/"
    named = "、".join(shown(name.removeprefix(here), 120) for name in changed[:_MOST])
    return f"变了：{named}{more}" if changed else ""
