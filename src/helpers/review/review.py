"""What does not agree in one department-year: its figures with themselves, and what was published with what they give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

from helpers.basics.errors import shown
from helpers.basics.model import SEVERITIES, Figure, Finding, Statement
from helpers.disclosure.disclosure import Disclosure
from helpers.edition import patterns
from helpers.edition.kinds import Kinds
from helpers.edition.rulebook import Rule
from helpers.published import documents, printed, published, reading
from helpers.published.printed import PrintedTable
from helpers.published.reading import Reading
from helpers.review import (
    causes,
    checks,
    comparison,
    corrections,
    differences,
    meant,
    proofreading,
    reconciliation,
    stated,
    tally,
)
from helpers.review.alike import Group
from helpers.review.causes import Cause, Evidence
from helpers.review.claims import Said
from helpers.review.comparison import Comparison
from helpers.review.descent import Descent


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
        """Return every finding, worst first, known faults acknowledged, each with its section and its cause."""
        members = (member for cause in self.causes for member in cause.members)
        return sorted(members, key=lambda f: SEVERITIES.index(f.severity))

    @cached_property
    def causes(self) -> list[Cause]:
        """Return the root causes, the worst first; every finding is a member of one."""
        known = corrections.load(
            self._folder.corrections, self._folder.name(self._folder.corrections)
        )
        every = [*self._testable, *self._untestable]
        evidence = Evidence(
            descent=self.descent,
            suppose=self._supposed,
            testable=frozenset(range(len(self._testable))),
            foreign=tuple(stated.foreign(self.comparison, self.printed or {}, self.of_workbook)),
        )
        groups = causes.gather(every, evidence)
        answered = corrections.acknowledge(every, known, self._kinds)
        groups += [Group(causes.SINGLE, (n,)) for n in range(len(every), len(answered))]
        placed = [replace(f, section=self.descent.section(f.place)) for f in answered]
        return causes.causes(placed, groups, self.disclosure.edition.roots)

    @cached_property
    def _testable(self) -> list[Finding]:
        """What the figures and what was published say of each other: what other figures would change."""
        return self.of_figures + self._of_sentences + self.of_workbook

    @cached_property
    def _untestable(self) -> list[Finding]:
        return self._proofread + self.of_unread

    def _supposed(self, others: Mapping[Figure, Figure]) -> list[Finding]:
        """Return what would be found if some figures were others; what was published is not read again."""
        supposed = Review(self.disclosure.supposing(others))
        supposed.narrative, supposed._said = self.narrative, self._said
        supposed.printed = self.printed
        return supposed._testable

    @cached_property
    def descent(self) -> Descent:
        """Where each finding's place stands, and which figures its cells came from."""
        return Descent(self.disclosure, self.narrative)

    @property
    def counts(self) -> dict[str, int]:
        """How many findings there are of each severity."""
        return {s: sum(f.severity == s for f in self.found) for s in SEVERITIES}

    def sendable(self, finding: Finding) -> str:
        """Return a finding's message with the department, the year and the section, as it can be sent to the department."""
        named = finding.section and finding.section not in finding.message
        where = f"，{finding.section}" if named else ""
        return f"{self._profile.department} {self._folder.year} 年度{self._profile.kind}决算{where}：{finding.message}"

    # What was published

    @cached_property
    def narrative(self) -> published.Narrative | None:
        return published.read(self._folder)

    @cached_property
    def reading(self) -> Reading | None:
        """The published text, read without the figures; nothing where none was kept."""
        return self.read(self.narrative) if self.narrative else None

    def read(self, narrative: published.Narrative) -> Reading:
        """Return a text read by what the edition and the department's own words say.

        It is read without the figures; where it names a row that no list has, and its amounts tell which is meant,
        it is read once more with that.
        """
        read = reading.read(self._patterns, narrative, self._folder.year)
        rows = meant.rows(read, self.disclosure.statements.values())
        return (
            reading.read(self._patterns, narrative, self._folder.year, rows, read) if rows else read
        )

    @cached_property
    def _patterns(self) -> patterns.Patterns:
        return patterns.load(self._profile.edition, self._profile)

    @cached_property
    def _said(self) -> Said | None:
        return Said(self.reading, self._patterns) if self.reading else None

    @cached_property
    def comparison(self) -> Comparison:
        return comparison.compare(self._statements, self._said)

    def compared(self, read: Reading) -> Comparison:
        """Return another reading held against the sentences that the figures give."""
        return comparison.compare(self._statements, Said(read, self._patterns))

    @property
    def _statements(self) -> list[Statement]:
        return list(self.disclosure.statements.values())

    @cached_property
    def printed(self) -> dict[str, PrintedTable] | None:
        """The published tables, read; nothing where none were kept."""
        file = self._folder.workbook
        forms = [table.form for table in self._tables.published()]
        text = self.narrative.text if self.narrative else ""
        return (
            printed.read(file, self._folder.name(file), forms, self._profile.year, text)
            if file
            else None
        )

    @property
    def published(self) -> list[str]:
        """What the figures are held against: `text`, `tables`, both or neither."""
        there = {"text": self.narrative, "tables": self.printed}
        return [name for name, one in there.items() if one is not None]

    # What is found

    @cached_property
    def of_figures(self) -> list[Finding]:
        """Return what the figures say against themselves."""
        return checks.find(self._tables, self._profile)

    @cached_property
    def _of_sentences(self) -> list[Finding]:
        return differences.findings(self.comparison, self.disclosure)

    @property
    def _proofread(self) -> list[Finding]:
        if not self.narrative:
            return []
        told = self.comparison.with_wrong_units
        return proofreading.findings(
            self.narrative, self._profile, self._tables, self._statements, told
        )

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

    def about(self, rule: str) -> tuple[str, str]:
        """Return the name and the 依据 of a rule: its own in checks.yaml, else those of its kind."""
        if rule in self.rules:
            return self.rules[rule].name, self.rules[rule].basis
        return self._kinds.about(rule)

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
