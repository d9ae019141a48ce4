"""The files of one department-year as they were handed in, under the names that published/ gives them, and how they are read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from helpers.basics.errors import DataError, RequestError, shown
from helpers.basics.filetext import text_of
from helpers.basics.paths import is_given
from helpers.disclosure.tables import Tables
from helpers.edition import edition
from helpers.edition.forms import Form
from helpers.intake import narrative
from helpers.intake.narrative import Read
from helpers.published import contents, documents, printed, printings, titles
from helpers.published.printed import PrintedTable
from helpers.published.published import LARGEST, Narrative

Printed = dict[str, tuple[str, PrintedTable]]
TABLES, NARRATIVE, BOTH = "tables", "narrative", "disclosure"
_CALLED = {TABLES: "表", NARRATIVE: "说明"}
_AMOUNT = re.compile(r"\d\s*万元")
_YEAR = re.compile(r"(20\d\d)\s*年")
# A line that is a title, in which a year is the document's own: in a sentence it may be the one compared with.
_TITLE = re.compile(
    r"^[^。，；\n与比较同]{0,40}20\d\d\s*年度?[^。，；\n]{0,20}决算(?!数|对比|比)[^。，；\n]{0,12}$",
    re.M,
)
_HEAD = 5  # rows of a table that may hold its title
# What a kind of file is read as; where two may be meant, what stands beside it tells.
KINDS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("xlsx", "xls", "ods"), (TABLES,)),
    "txt": (NARRATIVE,),
    **dict.fromkeys(("pdf", "docx", "doc", "wps", "html", "htm"), (BOTH, NARRATIVE, TABLES)),
}


@dataclass(frozen=True)
class Source:
    """One file, and what it is taken for: the tables, the narrative, or both in one.

    `unread` says what else stands in it that was taken from another file.
    """

    path: Path
    holds: str
    unread: str = ""

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
        return self._narrative.text

    @cached_property
    def _narrative(self) -> Narrative:
        return next((_narrative_of(s) for s in self.files if s.holds != TABLES), Narrative("", ""))

    def printed(self, of_edition: str, year: int) -> Printed:
        """Return the printed tables by number, each with the name of the file that it stands in.

        A form that is not published stands only in a workbook to fill in, under its very name: it is not
        looked for in the titles of others.
        """
        if (of_edition, year) not in self._printed:
            self._printed[of_edition, year] = self._read_tables(of_edition, year)
        return self._printed[of_edition, year]

    def _read_tables(self, of_edition: str, year: int) -> Printed:
        forms = edition.load(of_edition).forms
        found: Printed = {}
        for source in self.files:
            for number, table in _tables_of(source, list(forms.values()), year, self.text).items():
                if forms[number].published or table.words[:1] == (forms[number].name,):
                    found.setdefault(number, (source.kept_as, table))
        return found

    @cached_property
    def _printed(self) -> dict[tuple[str, int], Printed]:
        """The tables as each edition reads them: what is read to recognise one is what it is imported by."""
        return {}

    @cached_property
    def _said(self) -> dict[tuple[str, int], Read]:
        """The narrative as each edition reads it."""
        return {}

    def refuse_another_year(self, year: int) -> None:
        """Refuse files whose titles, or else most of their parts, speak of other years and none of this one."""
        for source in self.files:
            said = [_YEAR.findall(words) for words in _titles(source) or _headings(source)]
            others = Counter(years[0] for years in said if years)
            if others.total() * 2 > len(said) and not any(str(year) in years for years in said):
                raise DataError(
                    source.path.name,
                    f"写的是 {others.most_common(1)[0][0]} 年度",
                    f"{year} 年度的文件",
                )

    @property
    def left_out(self) -> list[str]:
        """What was not read inside of the files: hidden sheets, letters without a code."""
        return [f"{s.path.name}：没有读{s.unread}" for s in self.files if s.unread] + [
            f"{source.kept_as}：没有读{what}"
            for source in self.files
            for what in documents.read(source.path, source.path.name).left_out
        ]

    def strange(self, tables: Tables) -> Iterator[str]:
        """Yield which tables with amounts are none of the forms."""
        for source in self.files:
            if source.holds != NARRATIVE:
                read = documents.read(source.path, source.path.name)
                for where in printed.unknown(read, tables.forms.values()):
                    yield f"{source.kept_as}：认不出「{where}」是哪一张表，没有读"

    def read(self, of_edition: str, year: int) -> Read:
        """Return what the narrative says of the figures, by the sentences of an edition."""
        if (of_edition, year) not in self._said:
            self._said[of_edition, year] = narrative.read(self._narrative, of_edition, year)
        return self._said[of_edition, year]


def _titles(source: Source) -> list[str]:
    """Return the titles of a narrative that say a year, which is then its own."""
    return [] if source.holds == TABLES else _TITLE.findall(_narrative_of(source).text)


def _headings(source: Source) -> Iterator[str]:
    """Yield what may say of which year a file is: its narrative, and what stands above the body of each table."""
    if source.holds != TABLES:
        yield _narrative_of(source).text
    if source.holds != NARRATIVE:
        for grid in documents.read(source.path, source.path.name).grids:
            yield "\n".join((*grid.above, *(text for row in grid.rows[:_HEAD] for text in row)))


def _narrative_of(source: Source) -> Narrative:
    if source.path.suffix.lower() == ".txt":
        return Narrative(text_of(source.path, source.path.name, LARGEST), source.kept_as)
    lines = contents.without(documents.read(source.path, source.path.name).lines)
    return Narrative(
        "".join(f"{line.text}\n" for line in lines),
        source.kept_as,
        places=tuple(line.place for line in lines),
    )


def _tables_of(source: Source, forms: list[Form], year: int, text: str) -> dict[str, PrintedTable]:
    """Return the printed tables of a file: the one place where a document is read for its tables."""
    if source.holds == NARRATIVE:
        return {}
    return printed.read(source.path, source.path.name, forms, year, text)


def is_readable(path: Path) -> bool:
    """Return whether a file is of a kind that can be imported."""
    return path.suffix.lower().removeprefix(".") in KINDS and is_given(path.name)


def assigned(paths: Iterable[Path]) -> Sources:
    """Return what each file is taken for: by its kind, where several may be meant by what stands in it.

    A kind that cannot be read, and two files that hold the same, are refused.
    """
    some = list(paths)
    by_kind = [path for path in some if len(_kinds(path)) == 1]
    taken: list[Source] = []
    for path in by_kind:
        _take(taken, path, {_kinds(path)[0]})
    if others := [path for path in some if path not in by_kind]:
        if len(some) == 1:
            is_tables = not _has_sentences(some[0]) and _has_tables(some[0])
            return Sources((Source(path=some[0], holds=TABLES if is_tables else BOTH),))
        for path, held in sorted(((p, _held(p)) for p in others), key=lambda one: len(one[1])):
            _take(taken, path, held)
    return Sources(tuple(taken))


def _take(taken: list[Source], path: Path, held: set[str]) -> None:
    """Take a file for what it holds and none before it does; one that holds nothing else is refused."""
    has = {part: s for s in taken for part in (TABLES, NARRATIVE) if s.holds in (part, BOTH)}
    wanted = held - set(has)
    if not held:
        raise DataError(path.name, "既没有认得出的表，也没有说明", "公开的表或说明")
    if not wanted:
        part = min(held)
        raise RequestError(
            f"{shown(path.name)} 和 {shown(has[part].path.name)} 都有{_CALLED[part]}，一个部门一年只导入一份"
        )
    unread = min(held - wanted, default="")
    taken.append(
        Source(
            path=path,
            holds=BOTH if len(wanted) > 1 else min(wanted),
            unread=f"里面的{_CALLED[unread]}，取的是 {has[unread].path.name} 的" if unread else "",
        )
    )


def _held(path: Path) -> set[str]:
    """Return which of the two parts stand in a file."""
    has = {TABLES: _has_tables, NARRATIVE: _has_sentences}
    return {part for part, is_there in has.items() if is_there(path)}


def _has_tables(path: Path) -> bool:
    """Return whether a table of any edition stands in a file."""
    grids = documents.read(path, path.name).grids
    every = (printings.every(edition.load(n).forms.values()) for n in edition.readable())
    return any(titles.form_of(grid, forms) for forms in every for grid in grids)


def _has_sentences(path: Path) -> bool:
    """Return whether sentences with amounts stand in a file."""
    return any(_AMOUNT.search(line.text) for line in documents.read(path, path.name).lines)


def _kinds(path: Path) -> tuple[str, ...]:
    kinds = KINDS.get(path.suffix.lower().removeprefix("."))
    if kinds is None:
        raise RequestError(f"{shown(path.name)} 这种文件读不了，能读的有：{'、'.join(KINDS)}")
    return kinds
