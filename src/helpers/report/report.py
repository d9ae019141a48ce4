"""Everything the notebook shows for one department-year: a cell of the notebook is a sentence about `this`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from helpers.basics.errors import RequestError, nearest, shown
from helpers.basics.model import (
    SEVERITIES,
    SEVERITY,
    Address,
    Figure,
    Finding,
    Number,
    Profile,
    Statement,
)
from helpers.basics.paths import Folder
from helpers.disclosure import disclosure
from helpers.disclosure.disclosure import Disclosure
from helpers.disclosure.lineage import CHART, CHECK, SENTENCE, Lineage, Use
from helpers.disclosure.tables import Table, Tables
from helpers.edition import formula
from helpers.edition.outline import CHART as PICTURE
from helpers.edition.outline import STATEMENT, TABLE, Section
from helpers.published import published
from helpers.report import charts, markup, panel
from helpers.report.grid import Beside
from helpers.report.places import Places
from helpers.review import comparison, tally
from helpers.review.review import Review

# What a finding rests on whose rule is none of checks.yaml.
_KINDS = {
    "文": "公开文本与按数写出的说明逐句、逐数比对",
    "校": "公开文本的字面校对",
    "表": "公开的表与算出的表逐格比对",
    "上年": "上年文件夹里的 figures.csv",
    "更正": "corrections.yaml",
}
_OF_CELLS = ("表-数", "表-尾差", "表-非数", "表-缺行", "表-缺栏")


@dataclass(frozen=True)
class Shown:
    """Something to look at: HTML in a notebook, plain text elsewhere."""

    html: str
    plain: str

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return self.plain


def together(pieces: Iterable[Shown]) -> Shown:
    """Return several things to look at as one."""
    every = list(pieces)
    return Shown("\n".join(one.html for one in every), "\n\n".join(one.plain for one in every))


def _one(every, wanted: str, name, what: str):
    """Return the one whose name is or begins as wanted, or refuse with the nearest."""
    names = [name(one) for one in every]
    found = next(
        (
            one
            for one, called in zip(every, names)
            if called == wanted or called.partition("、")[2] == wanted
        ),
        None,
    )
    found = found or next(
        (one for one, called in zip(every, names) if wanted and called.startswith(wanted)), None
    )
    if found is None:
        raise RequestError(
            f"没有{what}「{shown(wanted)}」{nearest(wanted, names)}，有：{'、'.join(names)}"
        )
    return found


@dataclass(frozen=True, repr=False)
class ShownTable(Shown):
    """A table to look at; `.data` is an ordinary DataFrame."""

    table: Table

    @property
    def data(self):
        return self.table.data


def load(department: str, year: int, data: str | Path | None = None) -> Report:
    """Return the report of a department-year. `data` is the data folder, by default the repository's."""
    return Report(disclosure.load(department, year, data))


class Report:
    """What is shown of one department-year: of what its figures give, and of what does not agree."""

    def __init__(self, given: Disclosure):
        self.disclosure, self.review = given, Review(given)
        self._drawn: dict[str, charts.Drawing] = {}

    @property
    def folder(self) -> Folder:
        return self.disclosure.folder

    @property
    def profile(self) -> Profile:
        return self.disclosure.profile

    @property
    def figures(self) -> tuple[Figure, ...]:
        return self.disclosure.figures

    @property
    def tables(self) -> Tables:
        return self.disclosure.tables

    @property
    def statements(self) -> dict[str, Statement]:
        return self.disclosure.statements

    @property
    def found(self) -> list[Finding]:
        """Every finding, worst first."""
        return self.review.found

    @property
    def name(self) -> str:
        return self.disclosure.name

    def drawing(self, number: str) -> charts.Drawing:
        """Return one chart by its number, such as 图1; it is drawn once."""
        if number not in self._drawn:
            chart, who = self.disclosure.edition.charts[number], self.profile
            decimals = (
                who.three_public_percent_decimals
                if chart.percent == "三公"
                else who.percent_decimals
            )
            self._drawn[number] = charts.draw(
                chart, self.tables, self.folder.year, decimals, who.trim_zeros
            )
        return self._drawn[number]

    # What the notebook shows

    def title(self) -> Shown:
        """Show who and when."""
        name = self.name
        facts = [self.profile.region, f"版本 {self.profile.edition}", f"{len(self.figures)} 个数"]
        return Shown(
            markup.tag(
                "header",
                markup.tag("p", markup.text(name), class_="title")
                + markup.tag("p", markup.text("　".join(f for f in facts if f)), class_="subtitle"),
                class_="masthead",
            ),
            name,
        )

    def verdict(self) -> Shown:
        """Show in ten seconds whether it is right and how much agrees."""
        counts = self.review.counts
        worst = next((s for s in SEVERITIES if counts[s]), "")
        said = {
            "error": "有错误，须更正",
            "warning": "没有错误，有须说明或补充之处",
            "hint": "没有错误，只有提示",
            "missing": "没有发现不一致，有的还不能核对",
            "": "全部一致",
        }[worst]
        line = "　".join(
            [
                *(f"{name} {counts[s]}" for s, name in SEVERITY.items()),
                *([self._compared()] if self.review.narrative else []),
            ]
        )
        return Shown(markup.verdict(said, worst, counts, self.review.tallies), f"{said}：{line}")

    def statement(self, number: str) -> Shown:
        """Show one 说明 by its 编号."""
        written = self.statements[number]
        plain = "\n".join("".join(s.text for s in p) for p in written.paragraphs)
        return Shown(
            markup.statement(
                written, self.places.number, self.disclosure.edition.outline.heading_of(number)
            ),
            plain,
        )

    def chart(self, number: str) -> Shown:
        """Show one chart by its number, such as 图1."""
        drawn = self.drawing(number)
        return Shown(markup.drawing(drawn.title, drawn.number, drawn.svg, drawn.alt), drawn.alt)

    def table(self, number: str) -> ShownTable:
        """Show one of the official tables by its number."""
        filled = self.tables.table(number)
        note = self.disclosure.empty_note(number)
        html = markup.table(
            filled, note, department=self.profile.department, beside=self._beside(number)
        )
        return ShownTable(html, f"{filled.form.called} {filled.form.name}\n{note}", filled)

    def parts(self) -> Shown:
        """Show the whole disclosure, part by part, as the edition's outline orders it."""
        return together(self.part(part.title) for part in self.disclosure.edition.outline.parts)

    def part(self, title: str) -> Shown:
        """Show one part by its title, or by the beginning of it: `this.part("第二部分")`."""
        part = _one(self.disclosure.edition.outline.parts, title, lambda p: p.title, "部分")
        sections = together(self._section(section) for section in part.sections)
        return together([Shown(markup.heading(part.title, 2), part.title), sections])

    def section(self, title: str) -> Shown:
        """Show one section by its title or its heading: `this.section("五、")`."""
        sections = [
            section
            for part in self.disclosure.edition.outline.parts
            for section in part.sections
            if section.title
        ]
        return self._section(_one(sections, title, lambda s: s.heading, "节"))

    def _section(self, section: Section) -> Shown:
        show = {STATEMENT: self.statement, PICTURE: self.chart, TABLE: self.table}
        heading = (
            [Shown(markup.heading(section.heading, 3), section.heading)] if section.title else []
        )
        return together([*heading, *(show[item.kind](item.number) for item in section.items)])

    def with_column(self, name: str) -> list[ShownTable]:
        """Return the tables that have a column of this name."""
        return self._with(name, "栏", lambda side: [column.key for column in side.columns])

    def with_row(self, name: str) -> list[ShownTable]:
        """Return the tables that have a row of this name or code."""
        return self._with(name, "行", lambda side: [row.key for row in side.rows])

    def _with(self, name: str, what: str, keys) -> list[ShownTable]:
        found = [
            t.form.number
            for t in self.tables.published()
            if any(name in keys(side) for side in t.sides)
        ]
        if not found:
            known = dict.fromkeys(
                key for t in self.tables.published() for side in t.sides for key in keys(side)
            )
            raise RequestError(f"没有一张表有{what}「{shown(name)}」{nearest(name, known)}")
        return [self.table(number) for number in found]

    def contents(self) -> Shown:
        """Show what there is: tables, statements and charts by number and name."""
        lines = [f"表 {t.form.number}　{t.form.name}" for t in self.tables.published()]
        lines += [f"说明 {s.number}　{s.title}" for s in self.statements.values()]
        lines += [f"图 {c.number}　{c.title}" for c in self.disclosure.edition.charts.values()]
        return Shown(
            markup.tag("ul", "".join(markup.tag("li", markup.text(line)) for line in lines)),
            "\n".join(lines),
        )

    def findings(self) -> Shown:
        """Show every finding, worst first."""
        return Shown(
            markup.findings(self.found, self.places.finding, self._basis),
            "\n".join(f"{f.severity} {f.message}" for f in self.found) or "没有疑点。",
        )

    def compare(self) -> Shown:
        """Show the published sentences beside the recomputed ones."""
        if not self.review.narrative:
            return Shown(markup.tag("p", "没有公开文本可比。", class_="calm"), "没有公开文本可比。")
        return Shown(
            markup.comparison(self.review.comparison, self._lines_with_findings), self._compared()
        )

    def _compared(self) -> str:
        count = self.review.comparison.count
        return f"公开文本：一致 {count(comparison.SAME)} 句，不一致 {count(comparison.DIFFERS)} 句，缺 {count(comparison.ABSENT)} 句"

    def provenance(self) -> Shown:
        """Show every figure with its line and source, and how figures become cells."""
        said = (
            "表里的格：figures.csv 写了的照印（given），只有明细的逐项相加（derived），既没有也推不出的印「缺」（missing）。"
            "万元数按所写小数位有半个末位的误差，元为精确数；四舍五入逢五进一。"
        )
        shown = (
            markup.tag("p", said),
            markup.figures(self.figures),
            markup.files(self._files),
            panel.data(self.lineage, self.places),
        )
        return Shown("".join(shown), said)

    def trace(self, address: str) -> Shown:
        """Show where a cell comes from, down to figures.csv, and what uses it: `this.trace("表号[行, 栏]")`."""
        try:
            return Shown(*panel.tree(self.lineage, self.places, formula.address(address)))
        except (ValueError, KeyError) as error:
            first = next(
                (cell.address for table in self.tables.published() for cell in table.cells()), ""
            )
            raise RequestError(f"{error.args[0]}，格写作「表[行, 栏]」，如 {first}") from None

    # Where things come from and where they stand

    @cached_property
    def places(self) -> Places:
        return Places(
            self.tables,
            list(self.statements.values()),
            self.figures,
            self.folder.name(self.folder.path),
        )

    def cells_of(self, number: Number) -> list[str]:
        """Return the addresses of a number's cells; one that is in no published table names its figures."""
        return self.places.of_number(number)

    @cached_property
    def lineage(self) -> Lineage:
        """What every cell was made of, and the sentences, charts and checks that use it."""
        sentences = [
            Use(SENTENCE, s.id, s.text, tuple(a for n in s.numbers for a in n.cells + n.agreeing))
            for st in self.statements.values()
            for s in st.sentences
        ]
        drawn = [
            Use(CHART, d.number, d.title, d.cells)
            for d in map(self.drawing, self.disclosure.edition.charts)
        ]
        looked = [
            Use(CHECK, r.number, r.name, tally.cells_of(r, self.tables))
            for r in self.review.rules.values()
        ]
        return Lineage(self.tables, [*sentences, *drawn, *looked])

    def _basis(self, rule: str) -> tuple[str, str]:
        """Return the name and the 依据 of a rule: its own in checks.yaml, else what its kind compares."""
        if rule in self.review.rules:
            return self.review.rules[rule].name, self.review.rules[rule].basis
        return "", _KINDS.get(rule.partition("-")[0], "")

    def _beside(self, number: str) -> Beside:
        """Return what stands beside a table's numbers: the sentences about them and the published numbers."""
        users: dict[Address, str] = {}
        for use in self.lineage.uses:
            for address in use.cells if use.kind == SENTENCE else ():
                if address.table == number:
                    users.setdefault(address, markup.anchor("s", use.name))
        if self.review.printed is None or number not in self.review.printed:
            return Beside(users)
        printed = {
            f.place: f
            for f in self.review.of_workbook
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
    def _lines_with_findings(self) -> dict[int, str]:
        wanted = {f.place for f in self.found}
        return {
            n: words
            for n, words in published.lines(self.review.narrative.text)
            if f"narrative.txt:{n}" in wanted
        }

    @property
    def _files(self) -> list[tuple[str, str]]:
        kept = {
            self.folder.figures: "数",
            self.folder.profile: "部门自己的话",
            self.folder.narrative: "公开过的文本",
            self.folder.workbook: "公开过的表",
            self.folder.corrections: "已知的错",
        }
        return [(file.name, what) for file, what in kept.items() if file and file.is_file()]
