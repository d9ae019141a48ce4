"""The files of one department-year as they were handed in, under the names that published/ gives them, and how they are read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from helpers.basics.errors import RequestError, shown
from helpers.basics.yamltext import text_of
from helpers.disclosure.tables import Tables
from helpers.edition.forms import Form
from helpers.intake import narrative
from helpers.intake.narrative import Read
from helpers.published import contents, documents, printed
from helpers.published.printed import PrintedTable
from helpers.published.published import LARGEST

TABLES, NARRATIVE, BOTH = "tables", "narrative", "disclosure"
# What a kind of file is read as; where two may be meant, what stands beside it tells.
KINDS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("xlsx", "xls", "ods"), (TABLES,)),
    "txt": (NARRATIVE,),
    **dict.fromkeys(("pdf", "docx", "doc", "wps", "html", "htm"), (BOTH, NARRATIVE, TABLES)),
}


@dataclass(frozen=True)
class Source:
    """One file, and what it is taken for: the tables, the narrative, or both in one."""

    path: Path
    holds: str

    @property
    def kept_as(self) -> str:
        """Its name in published/."""
        suffix = self.path.suffix.lower()
        return f"{self.holds}{'.html' if suffix == '.htm' else suffix}"


@dataclass(frozen=True)
class Sources:
    """All files of one department-year."""

    files: tuple[Source, ...]

    @cached_property
    def text(self) -> str:
        """The narrative, blank where none was handed in."""
        return "\n".join(_text_of(s) for s in self.files if s.holds != TABLES)

    def printed(self, tables: Tables) -> dict[str, tuple[str, PrintedTable]]:
        """Return the printed tables by number, each with the name of the file that it stands in.

        A form that is not published stands only in a workbook to fill in, under its very name: it is not
        looked for in the titles of others.
        """
        forms = list(tables.forms.values())
        found: dict[str, tuple[str, PrintedTable]] = {}
        for source in self.files:
            for number, table in _tables_of(source, forms).items():
                form = tables.forms[number]
                if form.published or table.words[:1] == (form.name,):
                    found.setdefault(number, (source.kept_as, table))
        return found

    def read(self, edition: str, year: int) -> Read:
        """Return what the narrative says of the figures, by the sentences of an edition."""
        kept_as = next((s.kept_as for s in self.files if s.holds != TABLES), "")
        return narrative.read(self.text, kept_as, edition, year)


def _text_of(source: Source) -> str:
    if source.path.suffix.lower() == ".txt":
        return text_of(source.path, source.path.name, LARGEST)
    lines = contents.without(documents.read(source.path, source.path.name).lines)
    return "".join(f"{line.text}\n" for line in lines)


def _tables_of(source: Source, forms: list[Form]) -> dict[str, PrintedTable]:
    """Return the printed tables of a file: the one place where a document is read for its tables."""
    if source.holds == NARRATIVE:
        return {}
    return printed.read(source.path, source.path.name, forms)


def is_readable(path: Path) -> bool:
    """Return whether a file is of a kind that can be imported."""
    return path.suffix.lower().removeprefix(".") in KINDS and not path.name.startswith((".", "~$"))


def assigned(paths: Iterable[Path]) -> Sources:
    """Return what each file is taken for; a kind that cannot be read, or two files for one place, are refused."""
    taken: dict[str, Source] = {}
    for path in sorted(paths, key=lambda p: len(_kinds(p))):
        kinds = [kind for kind in _kinds(path) if kind not in taken]
        if not kinds:
            other = taken[_kinds(path)[0]].path.name
            raise RequestError(
                f"{shown(path.name)} 和 {shown(other)} 是同一种文件，一个部门一年只导入一份"
            )
        taken[kinds[0]] = Source(path=path, holds=kinds[0])
    return Sources(tuple(taken.values()))


def _kinds(path: Path) -> tuple[str, ...]:
    kinds = KINDS.get(path.suffix.lower().removeprefix("."))
    if kinds is None:
        raise RequestError(f"{shown(path.name)} 这种文件读不了，能读的有：{'、'.join(KINDS)}")
    return kinds
