"""One change of a clean disclosure, the table of kinds of change, and whether a change is found."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from helpers.basics.model import Finding
from helpers.published import workbook
from helpers.published.published import Narrative
from helpers.report import report
from helpers.review import differences, proofreading, reconciliation
from mutation_kinds.clean import Clean, write_book

SERIOUS = ("error", "warning")
CJK = "一-龥"


class Skip(Exception):
    """The drawn change is none: the text stays equal, or rounding explains it."""


@dataclass(frozen=True)
class Mutation:
    """One change. `content` is the whole new narrative, the changed sheets (None: removed) or the folder's changed files."""

    of: str
    content: object
    spot: str
    places: frozenset[str]
    prefixes: tuple[str, ...] = ()

    def names(self, place: str) -> bool:
        """Return whether a finding's place is the changed one."""
        return (
            place in self.places or place.startswith(self.prefixes)
            if self.prefixes
            else place in self.places
        )


def findings(clean: Clean, mutation: Mutation) -> list[Finding]:
    """Return the serious findings of what the change touches, by the functions that a report calls."""
    this = clean.this
    if mutation.of == "text":
        narrative = Narrative(mutation.content, this.review.narrative.name)
        compared = this.review.compared(this.review.read(narrative))
        found = differences.findings(compared, this.disclosure)
        found += proofreading.findings(narrative, this.profile, this.tables, clean.statements)
    elif mutation.of == "book":
        found = reconciliation.findings(reread(clean, mutation.content), this.tables, this.profile)
    else:
        found = reloaded(clean, mutation.content, found=True).found
    return [f for f in found if f.severity in SERIOUS]


def reread(clean: Clean, changed: dict[str, list[list] | None]) -> dict[str, workbook.PrintedTable]:
    """Return the published tables with the changed sheets read again; a sheet is read by itself, so the others stay."""
    left = {s: grid for s, grid in changed.items() if grid is not None}
    again: dict[str, workbook.PrintedTable] = {}
    if left:
        write_book(left, clean.data / "tables.xlsx")
        again = workbook.read(
            clean.data / "tables.xlsx",
            "tables.xlsx",
            [t.layout for t in clean.this.tables.published()],
        )
    kept = {n: t for n, t in clean.printed.items() if t.sheet not in changed}
    return {**again, **kept}


def reloaded(clean: Clean, files: dict[str, str], found: bool = False) -> report.Report:
    """Return the report of the folder with some files changed; its files are there only while its findings are asked for."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(clean.data / "departments", Path(folder) / "departments")
        for name, text in files.items():
            (Path(folder) / clean.this.folder.path.relative_to(clean.data) / name).write_text(
                text, encoding="utf-8"
            )
        this = report.load(clean.this.folder.department, clean.year, Path(folder))
        if found:
            _ = this.found
        return this


KINDS: dict[str, Callable[[Clean, Random], Mutation]] = {}


def kind(name: str):
    """Enter a function into the table of kinds. It raises Skip where what it drew is no change."""

    def enter(function):
        KINDS[name] = function
        return function

    return enter


def drawn(chance: Random, offered: Iterable, group: Callable) -> object:
    """Draw a group, then one of its members. Nothing offered raises LookupError."""
    groups: dict[object, list] = {}
    for one in offered:
        groups.setdefault(group(one), []).append(one)
    if not groups:
        raise LookupError
    return chance.choice(groups[chance.choice(sorted(groups, key=str))])


def other_digit(text: str, chance: Random) -> str:
    """Return a number with one digit changed; its first does not become 0."""
    at = chance.choice([i for i, c in enumerate(text) if c.isdigit()])
    leading = at == 0 and len(text) > 1 and text[1] != "."
    return (
        text[:at]
        + chance.choice([d for d in "0123456789"[leading:] if d != text[at]])
        + text[at + 1 :]
    )
