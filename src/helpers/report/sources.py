"""Where what is shown comes from: the places of a page, the lineage of every cell, and what stands beside a table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from functools import cached_property

from helpers.basics import money
from helpers.basics.model import Address, Finding, Sentence
from helpers.disclosure.disclosure import Disclosure
from helpers.disclosure.lineage import CHART, CHECK, SENTENCE, Lineage, Use
from helpers.edition import formula
from helpers.report import compared, markup
from helpers.report.charts import Drawing
from helpers.report.grid import Beside
from helpers.report.marks import Marks
from helpers.report.places import Places
from helpers.report.sides import Sides
from helpers.review import tally
from helpers.review.review import Review

_OF_CELLS = ("表-数", "表-尾差", "表-非数", "表-缺行", "表-缺栏")


class Sources:
    """The sources of one report. `drawing` gives a chart by its number."""

    def __init__(self, disclosure: Disclosure, review: Review, drawing: Callable[[str], Drawing]):
        self._disclosure, self._review, self._drawing = disclosure, review, drawing

    @cached_property
    def places(self) -> Places:
        return Places(
            self._disclosure.tables,
            list(self._disclosure.statements.values()),
            self._disclosure.figures,
            self._disclosure.folder.name(self._disclosure.folder.path),
        )

    @cached_property
    def lineage(self) -> Lineage:
        """What every cell was made of, and the sentences, charts and checks that use it."""
        sentences = [
            Use(SENTENCE, s.id, s.text, tuple(a for n in s.numbers for a in n.cells + n.agreeing))
            for st in self._disclosure.statements.values()
            for s in st.sentences
        ]
        drawn = [
            Use(CHART, d.number, d.title, d.cells)
            for d in map(self._drawing, self._disclosure.edition.charts)
        ]
        looked = [
            Use(CHECK, r.number, r.name, tally.cells_of(r, self._disclosure.tables))
            for r in self._review.rules.values()
        ]
        return Lineage(self._disclosure.tables, [*sentences, *drawn, *looked])

    def beside(self, number: str) -> Beside:
        """Return what stands beside a table's numbers: the sentences about them and the published numbers."""
        users = self._users.get(number, {})
        flags = {
            place: flag for place in self._flagged(number) if (flag := self.marks.of_place(place))
        }
        if number not in (self._review.printed or ()):
            return Beside(users=users, flags=flags)
        printed = {p: f for p, f in self._printed.items() if p.startswith(f"{number}[")}
        rounded = {p: f.found for p, f in printed.items() if f.severity == "hint"}
        apart = {
            place: self.marks.of_cell(
                f, _as_printed(f.found), self.sides.of_cell(formula.address(place))
            )
            for place, f in printed.items()
            if place not in rounded
        }
        said = f"{len(apart)} 格不一致，{len(rounded)} 格只差四舍五入" if printed else "逐格一致"
        called = self._disclosure.tables.called(number)
        more = sum(f.place == called for f in self._review.of_workbook)
        said += f"，另有 {more} 项见疑点" if more else ""
        return Beside(users, apart, rounded, flags, f"与公开的表比对：{said}。")

    @cached_property
    def _users(self) -> dict[str, dict[Address, str]]:
        """The id of the first sentence about each cell, by the number of its table."""
        users: dict[str, dict[Address, str]] = defaultdict(dict)
        for use in self.lineage.uses:
            for address in use.cells if use.kind == SENTENCE else ():
                users[address.table].setdefault(address, markup.anchor("s", use.name))
        return users

    def _flagged(self, number: str) -> list[str]:
        return [f.place for f in self._review.found if f.place.startswith(f"{number}[")]

    @cached_property
    def marks(self) -> Marks:
        """Where in the text and in the tables the findings are."""
        found = [member for cause in self._review.causes for member in cause.members]
        return Marks(found, self._review.comparison, self.sides)

    def link(self, found: Finding | str) -> str:
        """Return the link to a place, or to where the number of a finding is printed."""
        if isinstance(found, str):
            return self.places.finding(found)
        return self.marks.link(found) or self.places.finding(found.place)

    def called(self, place: str) -> str:
        """Return how a place is called: of a published text that has pages by its page, which a reader finds."""
        narrative, (file, _, line) = self._review.narrative, place.rpartition(":")
        is_of_text = narrative and file == narrative.name.rpartition("/")[2] and line.isdecimal()
        page = narrative.page(int(line)) if narrative and is_of_text else ""
        return f"{file} {page}" if page else place

    def published_beside(self, paragraph: list[Sentence]) -> str:
        """Return where a paragraph stands in what was published, and its sentences that differ there."""
        known = self._review.comparison.by_sentence
        some = [known[s.id] for s in paragraph if s.id in known and known[s.id].judged]
        if not some:
            return ""
        where = self._where(some[0].judged[0].printed.start)
        return compared.margin(where, [c for c in some if not c.agrees], self.sides.of_number)

    def _where(self, start: int) -> str:
        """Return the line, or the page where the file has pages, of a place of the published text."""
        reading = self._review.reading
        line = int(reading.place(start).rpartition(":")[2]) if reading else 0
        pages = reading.narrative.places if reading else ()
        page = pages[line - 1] if line <= len(pages) else ""
        return page or f"第 {line} 行"

    @cached_property
    def sides(self) -> Sides:
        """On which side of each difference more holds."""
        review = self._review
        return Sides(
            self._disclosure.tables,
            review.rules.values(),
            review.comparison,
            frozenset(review.printed or ()),
            self._printed,
        )

    @cached_property
    def _printed(self) -> dict[str, Finding]:
        """The findings of published cells, by the cell."""
        return {f.place: f for f in self._review.of_workbook if f.rule in _OF_CELLS}

    @property
    def lines_with_findings(self) -> dict[int, str]:
        """The lines of the published text that findings point to, of each the sentences that they are about."""
        narrative, faults = self._review.narrative, defaultdict[str, list[str]](list)
        for found in self._review.found:
            faults[found.place].append(found.found)
        lines = narrative.lines if narrative else ()
        name = narrative.name.rpartition("/")[2] if narrative else ""
        return {
            n: compared.quoted(words, some)
            for n, words in lines
            if (some := faults.get(f"{name}:{n}"))
        }

    @property
    def files(self) -> list[tuple[str, str]]:
        kept = {
            self._disclosure.folder.figures: "数",
            self._disclosure.folder.profile: "部门自己的话",
            self._disclosure.folder.narrative: "公开过的文本",
            self._disclosure.folder.workbook: "公开过的表",
            self._disclosure.folder.corrections: "已知的错",
        }
        return [(file.name, what) for file, what in kept.items() if file and file.is_file()]


def _as_printed(found: str) -> str:
    return (money.tabular(Decimal(found)) or "0") if money.is_number(found) else found or "未列"
