"""Where what is shown comes from: the places of a page, the lineage of every cell, and what stands beside a table."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from helpers.basics.model import Address
from helpers.disclosure.disclosure import Disclosure
from helpers.disclosure.lineage import CHART, CHECK, SENTENCE, Lineage, Use
from helpers.published import published
from helpers.report import markup
from helpers.report.charts import Drawing
from helpers.report.grid import Beside
from helpers.report.places import Places
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
        users: dict[Address, str] = {}
        for use in self.lineage.uses:
            for address in use.cells if use.kind == SENTENCE else ():
                if address.table == number:
                    users.setdefault(address, markup.anchor("s", use.name))
        if self._review.printed is None or number not in self._review.printed:
            return Beside(users)
        printed = {
            f.place: f
            for f in self._review.of_workbook
            if f.rule in _OF_CELLS and f.place.startswith(f"{number}[")
        }
        differs = sum(f.severity != "hint" for f in printed.values())
        said = (
            "逐格一致"
            if not printed
            else f"{differs} 格不一致，{len(printed) - differs} 格只差四舍五入"
        )
        return Beside(users, printed, f"与公开的表比对：{said}。")

    @property
    def lines_with_findings(self) -> dict[int, str]:
        wanted, narrative = {f.place for f in self._review.found}, self._review.narrative
        return {
            n: words
            for n, words in (published.lines(narrative.text) if narrative else ())
            if narrative and f"{narrative.name.rpartition('/')[2]}:{n}" in wanted
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
