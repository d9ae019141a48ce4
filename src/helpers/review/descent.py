"""Where a finding stands: the cells that its place speaks of, the figures that they came from, its printed section."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from helpers.basics.model import FINAL, Address, Figure, Finding, Sentence
from helpers.basics.paths import TEXTS
from helpers.basics.text import folded_text
from helpers.disclosure.disclosure import Disclosure
from helpers.edition import codes, formula, rulebook
from helpers.edition.outline import STATEMENT
from helpers.edition.rulebook import Rule
from helpers.published.published import Narrative
from helpers.published.sections import plain_heading
from helpers.review import checks, named_checks

_MANY_ROWS = ("各行", *(f"各{level}" for level in codes.LEVELS.values()))  # 05[各类, 合计]


class Descent:
    """The places of one department-year's findings. `narrative` is what was published as text, if anything was."""

    def __init__(self, disclosure: Disclosure, narrative: Narrative | None):
        self._disclosure, self._tables, self._narrative = disclosure, disclosure.tables, narrative
        self._figures: dict[tuple[str, str], frozenset[Figure]] = {}

    @property
    def lines(self) -> int:
        """How many lines figures.csv has."""
        return len(self._disclosure.figures)

    def cell(self, place: str) -> Address | None:
        """Return the cell that a place is, or nothing of one that is no cell of a form."""
        try:
            address = formula.address(place)
            self._tables.cell(address)
        except (ValueError, KeyError):
            return None
        return address

    def cells(self, found: Finding) -> tuple[Address, ...]:
        """Return the cells that a finding speaks of; of a sentence those of its numbers that print what should be."""
        sentence = self._sentences.get(found.place)
        if sentence is None:
            cell = self.cell(found.place)
            return (cell,) if cell else ()
        said = [n for n in sentence.numbers if n.text and found.expected.startswith(n.text)]
        return tuple(dict.fromkeys(c for n in said or sentence.numbers for c in n.cells))

    def figures(self, found: Finding) -> frozenset[Figure]:
        """Return the figures of this year and the last that a finding's cells came from."""
        key = found.place, found.expected
        if key not in self._figures:
            self._figures[key] = frozenset(self._sources(found))
        return self._figures[key]

    def opposite(self, found: Finding) -> frozenset[Figure]:
        """Return the figures of the other cells of the relation that a finding says is broken."""
        rule = self._rules.get(found.rule)
        cells = [
            term.of
            for relation in (rule.relations if rule else ())
            for one in checks.expanded(relation, self._tables)
            if str(one.left[0].of) == found.place
            for term in (*one.left[1:], *one.right)
        ]
        return frozenset(f for a in cells for f in self._tables.cell(a).value.figures)

    @cached_property
    def _rules(self) -> dict[str, Rule]:
        edition = self._disclosure.profile.edition
        every = rulebook.load(edition, frozenset(named_checks.FUNCTIONS))
        return {rule.number: rule for rule in every}

    def _sources(self, found: Finding) -> list[Figure]:
        if own := self.line(found.place):
            return [part for f in own for part in (f, *self.details(f))]
        return [f for a in self.cells(found) for f in self._tables.cell(a).value.figures]

    def line(self, place: str) -> list[Figure]:
        """Return the figure of a line of figures.csv, in a list of one; of any other place none."""
        file, _, line = place.rpartition(":")
        is_there = file == self._disclosure.folder.figures.name
        return self._by_line.get(line, []) if is_there else []

    def details(self, figure: Figure) -> list[Figure]:
        """Return the figures that a figure is broken down into."""
        rollup = self._tables.accounts.written[figure.basis]
        return [f for b in rollup.breakdowns(figure.scope) for f in b.figures]

    def is_last_year(self, figure: Figure) -> bool:
        """Whether a figure stands in the folder of the year before."""
        return figure in self._before

    def called(self, figure: Figure) -> str:
        """Return what a figure is of, names beside codes."""
        year = self._disclosure.folder.year
        parts = [codes.subject(part, year) for part in figure.scope if part]
        basis = [] if figure.basis == FINAL else [figure.basis]
        return " · ".join(parts + basis)

    def is_sentence(self, place: str) -> bool:
        """Whether a place is a sentence that the figures give."""
        return place in self._sentences

    # The printed section

    def section(self, place: str) -> str:
        """Return the heading of the section, or the name of the table, that a place is printed in, or nothing."""
        if place in self._called:
            return place
        if sentence := self._sentences.get(place):
            return self._headings.get(sentence.section, "")
        file, _, line = place.rpartition(":")
        if file in TEXTS and line.isdecimal():
            return self._heading_above(int(line))
        return self._of_cell(self.cell(place)) or self._of_rows(place)

    def heading(self, title: str) -> str:
        """Return the heading of the section with a title, or nothing."""
        return next((s.heading for s in self._outline if s.title and s.title in title), "")

    def _of_cell(self, cell: Address | None) -> str:
        if cell is None:
            return ""
        if self._tables.forms[cell.table].published:
            return self._tables.called(cell.table)
        said = (s for s in self._sentences.values() if any(cell in n.cells for n in s.numbers))
        return next((self._headings.get(s.section, "") for s in said), "")

    def _of_rows(self, place: str) -> str:
        """Return the name of the printed table of which a place is many rows at once, or nothing."""
        try:
            rows = formula.address(place)
        except ValueError:
            return ""
        form = self._tables.forms.get(rows.table)
        is_so = form and form.published and rows.row.endswith(_MANY_ROWS)
        return self._tables.called(rows.table) if is_so else ""

    def _heading_above(self, line: int) -> str:
        at = bisect_right(self._published_headings, line, key=lambda h: h[0])
        return self._published_headings[at - 1][1] if at else ""

    @cached_property
    def _published_headings(self) -> list[tuple[int, str]]:
        """The lines of the published text that are headings of the outline, each with its heading."""
        titles = [(folded_text(s.title), s.heading) for s in self._outline if s.title]
        written = self._narrative.lines if self._narrative else ()
        short = [(number, folded_text(words)) for number, words in written if len(words) < 60]
        return [
            (number, heading)
            for number, words in short
            for title, heading in titles
            if plain_heading(words, title)
        ]

    @property
    def _outline(self):
        return [s for part in self._disclosure.edition.outline.parts for s in part.sections]

    @cached_property
    def _headings(self) -> dict[str, str]:
        """The heading of the section that each statement stands in, by the statement as its sentences name it."""
        heading = {
            item.number: section.heading or part.title
            for part, section, item in self._disclosure.edition.outline.items(STATEMENT)
        }
        return {
            s.section: heading.get(number, "")
            for number, statement in self._disclosure.statements.items()
            for s in statement.sentences
        }

    @cached_property
    def _sentences(self) -> dict[str, Sentence]:
        statements = self._disclosure.statements.values()
        return {s.id: s for st in statements for s in st.sentences}

    @cached_property
    def _called(self) -> frozenset[str]:
        return frozenset(t.form.called for t in self._tables.published())

    @cached_property
    def _by_line(self) -> dict[str, list[Figure]]:
        found: dict[str, list[Figure]] = {}
        for figure in self._disclosure.figures:
            found.setdefault(figure.line, []).append(figure)
        return found

    @cached_property
    def _before(self) -> frozenset[Figure]:
        return frozenset(self._disclosure.last_year)


_YEAR = re.compile(r"(?<![\d.])20\d\d(?![\d.]|万)")


def years(found: Finding) -> tuple[int, int] | None:
    """Return the year that a finding found and the one that should stand there, or nothing where it is of no year."""
    wrong, right = _YEAR.search(found.found), _YEAR.search(found.expected)
    return (int(wrong[0]), int(right[0])) if wrong and right and wrong[0] != right[0] else None
