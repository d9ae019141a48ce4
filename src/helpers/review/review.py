"""What does not agree in one department-year: its figures with themselves, and what was published with what they give."""

from __future__ import annotations

from functools import cached_property

from helpers.basics.errors import shown
from helpers.basics.model import SEVERITIES, Finding
from helpers.disclosure.disclosure import Disclosure
from helpers.edition import patterns
from helpers.edition.kinds import Kinds
from helpers.edition.rulebook import Rule
from helpers.published import documents, printed, published, reading
from helpers.published.printed import PrintedTable
from helpers.published.reading import Reading
from helpers.review import (
    checks,
    comparison,
    corrections,
    differences,
    proofreading,
    reconciliation,
    tally,
)
from helpers.review.comparison import Comparison


class Review:
    """The findings of one department-year; each kind is looked for when it is asked for."""

    def __init__(self, disclosure: Disclosure):
        self.disclosure = disclosure
        self._tables, self._profile, self._folder = (
            disclosure.tables,
            disclosure.profile,
            disclosure.folder,
        )

    @property
    def _kinds(self) -> Kinds:
        return self.disclosure.edition.kinds

    @cached_property
    def found(self) -> list[Finding]:
        """Return every finding, worst first, known faults acknowledged."""
        known = corrections.load(
            self._folder.corrections, self._folder.name(self._folder.corrections)
        )
        every = self.of_figures + self.of_text + self.of_workbook + self.of_unread
        found = corrections.acknowledge(every, known, self._kinds)
        return sorted(found, key=lambda f: SEVERITIES.index(f.severity))

    @property
    def counts(self) -> dict[str, int]:
        """How many findings there are of each severity."""
        return {s: sum(f.severity == s for f in self.found) for s in SEVERITIES}

    # What was published

    @cached_property
    def narrative(self) -> published.Narrative | None:
        return published.read(self._folder)

    @cached_property
    def reading(self) -> Reading | None:
        """The published text, read without the figures; nothing where none was kept."""
        return self.read(self.narrative) if self.narrative else None

    def read(self, narrative: published.Narrative) -> Reading:
        """Return a text read by what the edition and the department's own words say."""
        return reading.read(self._patterns, narrative, self._folder.year)

    @cached_property
    def _patterns(self) -> patterns.Patterns:
        return patterns.load(self._profile.edition, self._profile)

    @cached_property
    def comparison(self) -> Comparison:
        return self.compared(self.reading)

    def compared(self, read: Reading | None) -> Comparison:
        """Return a reading held against the sentences that the figures give."""
        statements = list(self.disclosure.statements.values())
        return comparison.compare(statements, read, self._patterns if read else None)

    @cached_property
    def printed(self) -> dict[str, PrintedTable] | None:
        """The published tables, read; nothing where none were kept."""
        file = self._folder.workbook
        forms = [table.form for table in self._tables.published()]
        return (
            printed.read(file, self._folder.name(file), forms, self._profile.year) if file else None
        )

    # What is found

    @cached_property
    def of_figures(self) -> list[Finding]:
        """Return what the figures say against themselves."""
        return checks.find(self._tables, self._profile)

    @property
    def of_text(self) -> list[Finding]:
        """Return what the published text says against the figures and against itself."""
        if not self.narrative:
            return []
        statements = list(self.disclosure.statements.values())
        proofread = proofreading.findings(self.narrative, self._profile, self._tables, statements)
        return differences.findings(self.comparison, self.disclosure) + proofread

    @cached_property
    def of_workbook(self) -> list[Finding]:
        """Return what the published tables say against the figures."""
        return (
            []
            if self.printed is None
            else reconciliation.findings(self.printed, self._tables, self._profile)
        )

    @property
    def of_unread(self) -> list[Finding]:
        """Return what nothing reads: last year's file that is broken, what was published under another name, hidden sheets."""
        found, broken = [], self.disclosure.broken_last_year
        if broken:
            place, lines = self._folder.last_year.path.name, str(broken).splitlines()
            found.append(
                self._kinds.finding("上年-未读", f"../{place}/figures.csv", 原因="；".join(lines))
            )
        files = [f"published/{shown(name)}" for name in self._folder.unread()]
        found += [self._kinds.finding("公开-未读/文件", file, 文件=file) for file in files]
        return found + self._left_out

    @property
    def _left_out(self) -> list[Finding]:
        """Return what was not read inside of the published files: hidden sheets, letters without a code."""
        text = self._folder.narrative if self.narrative else None
        files = {file for file in (text, self._folder.workbook) if file}
        return [
            self._kinds.finding("公开-未读/其中", place, 文件=place, 什么=what)
            for file in sorted(files)
            for place in (f"published/{file.name}",)
            for what in documents.read(file, self._folder.name(file)).left_out
        ]

    # How much agrees

    @cached_property
    def rules(self) -> dict[str, Rule]:
        """The rules of the edition that hold for the year, by 编号."""
        return {r.number: r for r in tally.rules(self._profile)}

    @property
    def tallies(self) -> list[tuple[str, dict[str, int] | str]]:
        """Return how many sentences, tables and checks agree, differ or are missing."""
        sentences = tally.of_sentences(self.comparison) if self.narrative else "没有公开文本可比"
        printed = (
            "没有公开的表可比"
            if self.printed is None
            else tally.of_tables(self._tables, self.of_workbook)
        )
        return [
            ("说明（句）", sentences),
            ("公开的表（张）", printed),
            ("勾稽（条）", tally.of_checks(self.rules.values(), self._tables, self.of_figures)),
        ]
