"""Which edition a document is of: by its tables, their heads, its headings, and what of it is read by it. Never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from helpers.basics.errors import DataError
from helpers.basics.text import fold
from helpers.disclosure.accounts import Accounts
from helpers.disclosure.tables import Tables
from helpers.edition import declared, edition
from helpers.edition.outline import TABLE
from helpers.intake.sources import NARRATIVE, Sources
from helpers.published.reading import BOUND
from helpers.published.sections import last_heading

_NUMBER = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?![\d.]|[年月日])")  # but for dates
# Percent that must be there of each share, and of all; and by which the next edition must read less of the document.
LEAST, ENOUGH, MARGIN = 75, 80, 5


@dataclass(frozen=True)
class Likeness:
    """How much of an edition a document has: of tables, of their heads, of headings (there, declared).

    `cells` are the printed cells and headings that the edition knows, `turned` the columns that it sets otherwise.
    """

    edition: str
    shares: dict[str, tuple[int, int]]
    cells: int
    turned: int
    sources: Sources
    year: int

    @property
    def _percents(self) -> list[int]:
        return [100 * there // of for there, of in self.shares.values() if of]

    @property
    def percent(self) -> int:
        """The mean of the shares, in percent."""
        return sum(self._percents) // len(self._percents) if self._percents else 0

    @property
    def is_enough(self) -> bool:
        """Whether it is like this edition, if it is like no other."""
        return self.percent >= ENOUGH and min(self._percents) >= LEAST

    @cached_property
    def read(self) -> int:
        """How many cells, headings and numbers of the document are read by this edition."""
        text = self.sources.read(self.edition, self.year)
        return self.cells + text.counts.get(BOUND, 0)

    @property
    def fits(self) -> tuple[int, int, int]:
        """How well it is this edition among those of one family: what is read, how heads are set, what is there."""
        return self.read, -self.turned, self.percent

    @property
    def most(self) -> int:
        """How many can be read at the most: every number of the text."""
        return self.cells + len(_NUMBER.findall(self.sources.text))

    def outdoes(self, other: Likeness) -> bool:
        """Return whether the document clearly has more of this edition than of another, or is read more by it.

        The other is read already; by this edition a text is read only where what it holds could decide.
        """
        has_more = self.percent - other.percent >= MARGIN
        if not has_more and other.read * 100 > self.most * (100 - MARGIN):
            return False
        is_more = has_more and self.read >= other.read
        return is_more or other.read * 100 <= self.read * (100 - MARGIN)

    def is_rather_than(self, other: Likeness) -> bool:
        """Return whether of one family with an edition that is enough the document has about as much of this one, and is read more by it."""
        has_tables = all(
            100 * n >= LEAST * of for what, (n, of) in self.shares.items() if what != "标题"
        )
        is_near = self.percent >= ENOUGH and self.percent > other.percent - MARGIN
        return has_tables and is_near and _is_better(self, other)

    @property
    def words(self) -> str:
        """The shares, as a message tells them."""
        return (
            f"{self.edition}（"
            + "，".join(f"{what} {there}/{of}" for what, (there, of) in self.shares.items() if of)
            + "）"
        )


def blank_tables(name: str, year: int) -> Tables:
    """Return the forms of an edition without figures."""
    return Tables(edition.load(name).forms, Accounts(()), year)


def likeness(sources: Sources, name: str, year: int) -> Likeness:
    """Return how much a document has of what an edition declares."""
    blank = blank_tables(name, year)
    tables = blank.published()
    shares: dict[str, tuple[int, int]] = {}
    cells = turned = 0
    if any(source.holds != NARRATIVE for source in sources.files):
        printed = sources.printed(name, year)
        shares["表"] = (sum(table.form.number in printed for table in tables), len(tables))
        wanted = [
            (table.form.number, column.key)
            for table in tables
            for block in table.form.blocks
            for column in block.columns
            if not column.by and table.form.number in printed
        ]
        heads = {(number, key[1]) for number, (_, one) in printed.items() for key in one.cells}
        cells += sum(len(one.cells) for _, one in printed.values())
        turned += sum(len(one.turned) for _, one in printed.values())
        shares["表头"] = (sum(one in heads for one in wanted), len(wanted))
    if sources.text:
        text = fold(sources.text)[0]
        titles = [
            fold(section.title)[0]
            for part in edition.load(name).outline.parts
            for section in part.sections
            if section.title and any(item.kind != TABLE for item in section.items)
        ]
        others = [
            fold(section.title)[0]
            for _, section, _ in edition.load(name).outline.items(TABLE)
            if section.title
        ]
        there = sum(last_heading(text, title, as_called=True) is not None for title in titles)
        shares["标题"] = (there, len(titles))
        cells += there + sum(
            last_heading(text, title, as_called=True) is not None for title in others
        )
    return Likeness(
        edition=name, shares=shares, cells=cells, turned=turned, sources=sources, year=year
    )


def _is_better(one: Likeness, other: Likeness) -> bool:
    """Return whether of an edition and one that it follows the first is meant; where both fit alike, neither is."""
    chains = (declared.chain(one.edition), declared.chain(other.edition))
    related = other.edition in chains[0] or one.edition in chains[1]
    return related and one.fits > other.fits


def recognised(sources: Sources, year: int) -> str:
    """Return the edition that a document is of; one that is not plain is refused with what each edition lacks."""
    of_year = _alike(sources, year, edition.readable(year))
    enough = [one for one in of_year if one.is_enough]
    alike = [one for one in of_year if one.is_enough or any(map(one.is_rather_than, enough))]
    left = [one for one in alike if not any(_is_better(other, one) for other in alike)]
    best = max(left, key=lambda one: one.read, default=None)
    if (
        best
        and all(best.outdoes(other) for other in left if other is not best)
        and not any(other.outdoes(best) for other in of_year)
    ):
        return best.edition
    raise DataError(*_not_known(sources, year, best, left))


def _alike(sources: Sources, year: int, names: Iterable[str]) -> list[Likeness]:
    """Return how much a document has of each edition, most first."""
    found = (likeness(sources, name, year) for name in names)
    return sorted(found, key=lambda one: one.percent, reverse=True)


def _not_known(
    sources: Sources, year: int, best: Likeness | None, left: list[Likeness]
) -> tuple[str, str, str]:
    """Return in which files, why and instead of what no edition is recognised."""
    called = "、".join(source.path.name for source in sources.files)
    found = _alike(sources, year, edition.readable())
    if not any(there for one in found for there, _ in one.shares.values()):
        return (
            called,
            "里面没有一张部门决算的表，也没有一个标题",
            "公开的部门决算；是还没有的样式，照 docs/new-form.md 加一个版本",
        )
    problems = ((name, edition.problem(name)) for name in declared.names())
    left_out = [f"没有看 {name}：{problem}" for name, problem in problems if problem]
    tied = "、".join(one.edition for one in left if best and one.fits == best.fits)
    known = f"{tied} 都合，分不出是哪个" if "、" in tied else "认不出是哪个版本的样式"
    return (
        called,
        f"{known}：{'；'.join((*(one.words for one in found), *left_out))}",
        "已有的版本；确知是哪个的，用 --edition 写明；是还没有的样式，照 docs/new-form.md 加一个版本",
    )
