"""What a report is made from, as sums: it is up to date for as long as none of them has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from helpers.basics import paths
from helpers.basics.errors import Refusal
from helpers.basics.paths import Folder
from helpers.batch.shelf import FILES, Shelf
from helpers.edition import declared

_RULES = "data/rules/"
_OF_A_TEXT = "proofreading.yaml"  # read only where there is a published text
_OF_MANY = "outliers.yaml"  # read only where departments are compared
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
    if run.get("status") != "ok" or not kept.names(folder) >= set(FILES):
        return {}
    try:
        same = run.get("inputs") == fingerprint(folder, str(run.get("edition", "")))
    except Refusal:
        same = False  # making the report will say what is wrong
    return run if same else {}
