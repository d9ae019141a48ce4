"""Everything the notebook shows for one department-year: a cell of the notebook is a sentence about `this`."""

from __future__ import annotations

from pathlib import Path

from helpers.basics.errors import RequestError, nearest, shown
from helpers.basics.model import (
    SEVERITIES,
    SEVERITY,
    Figure,
    Finding,
    Number,
    Profile,
    Statement,
)
from helpers.basics.paths import Folder
from helpers.disclosure import disclosure
from helpers.disclosure.disclosure import Disclosure
from helpers.disclosure.tables import Tables
from helpers.edition import formula
from helpers.edition.outline import CHART as PICTURE
from helpers.edition.outline import STATEMENT, TABLE, Section
from helpers.report import charts, compared, findings, markup, panel
from helpers.report.shown import Shown, ShownTable, choose, numbered, together
from helpers.report.sources import Sources
from helpers.review import comparison, verdicts
from helpers.review.review import Review


def load(department: str, year: int, data: str | Path | None = None) -> Report:
    """Return the report of a department-year. `data` is the data folder, by default the repository's."""
    return Report(disclosure.load(department, year, data))


class Report:
    """What is shown of one department-year: of what its figures give, and of what does not agree."""

    def __init__(self, given: Disclosure):
        self.disclosure, self.review = given, Review(given)
        self.sources = Sources(given, self.review, self.drawing)
        self._drawn: dict[str, charts.Drawing] = {}

    @property
    def folder(self) -> Folder:
        """Where the department-year's files are."""
        return self.disclosure.folder

    @property
    def profile(self) -> Profile:
        """Who the department is, and the words that only it can write."""
        return self.disclosure.profile

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every row of figures.csv in its order; amounts in 万元 (counts in their own unit), `written` as typed."""
        return self.disclosure.figures

    @property
    def tables(self) -> Tables:
        """All forms of the edition, filled; a cell's amount is in 万元, None where it is missing."""
        return self.disclosure.tables

    @property
    def statements(self) -> dict[str, Statement]:
        """Every 说明 by its 编号, in the order of the declarations, with its sentences and their numbers."""
        return self.disclosure.statements

    @property
    def found(self) -> list[Finding]:
        """Every finding, worst first; amounts in it are texts in 万元, as the message prints them."""
        return self.review.found

    @property
    def name(self) -> str:
        """What the disclosure is called: department, year, 部门决算 or 单位决算."""
        return self.disclosure.name

    def drawing(self, number: str) -> charts.Drawing:
        """Return one chart by its number, such as 图1; it is drawn once."""
        if number not in self._drawn:
            chart, who = numbered(self.disclosure.edition.charts, number, "图"), self.profile
            decimals = who.decimals_of(chart.percent)
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
        absent = [why for _, why in self.review.tallies if isinstance(why, str)]
        said = {
            "error": "有错误，须更正",
            "warning": "没有错误，有须说明或补充之处",
            "hint": "没有错误，只有提示",
            "missing": "没有发现不一致，有的还不能核对",
            "": "；".join(["核对的全部一致" if absent else "全部一致", *absent]),
        }[worst]
        line = "　".join(
            [
                *(f"{name} {counts[s]}" for s, name in SEVERITY.items()),
                *([self._compared()] if self.review.narrative else []),
            ]
        )
        shown = findings.verdict(said, worst, counts, self.review.tallies, self.review.causes)
        return Shown(shown, f"{said}：{line}")

    def statement(self, number: str) -> Shown:
        """Show one 说明 by its 编号."""
        written = numbered(self.statements, number, "说明")
        plain = "\n".join("".join(s.text for s in p) for p in written.paragraphs)
        return Shown(
            markup.statement(
                written,
                self.sources.places.number,
                self.disclosure.edition.outline.heading_of(number),
                self.sources.marks,
                self.sources.published_beside,
            ),
            plain,
        )

    def chart(self, number: str) -> Shown:
        """Show one chart by its number, such as 图1."""
        drawn = self.drawing(number)
        return Shown(markup.drawing(drawn.title, drawn.number, drawn.svg), drawn.alt)

    def table(self, number: str) -> ShownTable:
        """Show one of the official tables by its number.

        `.data` is a DataFrame: a row for each row of the form by its code or name, a column for each of its
        columns, Decimal in 万元, None where missing.
        """
        numbered(self.tables.forms, number, "表")
        filled = self.tables.table(number)
        note = self.disclosure.empty_note(number)
        html = markup.table(
            filled, note, department=self.profile.department, beside=self.sources.beside(number)
        )
        return ShownTable(html, f"{filled.form.called} {filled.form.name}\n{note}", filled)

    def parts(self) -> Shown:
        """Show the whole disclosure, part by part, as the edition's outline orders it."""
        return together(self.part(part.title) for part in self.disclosure.edition.outline.parts)

    def part(self, title: str) -> Shown:
        """Show one part by its title, or by the beginning of it: `this.part("第二部分")`."""
        part = choose(self.disclosure.edition.outline.parts, title, lambda p: p.title, "部分")
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
        return self._section(choose(sections, title, lambda s: s.heading, "节"))

    def _section(self, section: Section) -> Shown:
        show = {STATEMENT: self.statement, PICTURE: self.chart, TABLE: self.table}
        heading = (
            [Shown(markup.heading(section.heading, 3), section.heading)] if section.title else []
        )
        return together([*heading, *(show[item.kind](item.number) for item in section.items)])

    def with_column(self, name: str) -> list[ShownTable]:
        """Return the tables that have a column of this name, at least one, in the order of the forms.

        RequestError: no table has it; the nearest name is told.
        """
        return self._with(name, "栏", lambda side: [column.key for column in side.columns])

    def with_row(self, name: str) -> list[ShownTable]:
        """Return the tables that have a row of this name or code, at least one, in the order of the forms.

        RequestError: no table has it; the nearest name is told.
        """
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
            findings.findings(
                self.review.causes, self.sources.link, self._basis, self.sources.called
            ),
            "\n".join(f"{f.severity} {f.message}" for f in self.found) or "没有疑点。",
        )

    def compare(self) -> Shown:
        """Show the published sentences beside the recomputed ones."""
        if not self.review.narrative:
            return Shown(markup.tag("p", "没有公开文本可比。", class_="calm"), "没有公开文本可比。")
        return Shown(
            compared.comparison(
                self.review.comparison,
                self.sources.lines_with_findings,
                self.sources.sides.of_number,
            ),
            self._compared(),
        )

    def _compared(self) -> str:
        count = self.review.comparison.count
        return f"公开文本：一致 {count(verdicts.SAME)} 句，不一致 {count(verdicts.DIFFERS)} 句，缺 {count(comparison.ABSENT)} 句"

    def provenance(self) -> Shown:
        """Show every figure with its line and source, and how figures become cells."""
        said = (
            "表里的格：figures.csv 写了的照印，只有明细的逐项相加，既没有也推不出的印「缺」。"
            "万元数按所写小数位有半个末位的误差，元为精确数；四舍五入逢五进一。"
        )
        shown = (
            markup.tag("p", said),
            markup.figures(self.figures),
            markup.files(self.sources.files),
            panel.data(self.sources.lineage, self.sources.places),
        )
        return Shown("".join(shown), said)

    def trace(self, address: str) -> Shown:
        """Show where a cell comes from, down to figures.csv, and what uses it: `this.trace("表号[行, 栏]")`."""
        try:
            return Shown(
                *panel.tree(self.sources.lineage, self.sources.places, formula.address(address))
            )
        except (ValueError, KeyError) as error:
            first = next(
                (cell.address for table in self.tables.published() for cell in table.cells()), ""
            )
            raise RequestError(f"{error.args[0]}，格写作「表[行, 栏]」，如 {first}") from None

    def _basis(self, rule: str) -> tuple[str, str]:
        """Return the name and the 依据 of a rule: its own in checks.yaml, else those of its kind."""
        return self.review.about(rule)

    def cells_of(self, number: Number) -> list[str]:
        """Return the addresses of a number's cells; one that is in no published table names its figures."""
        return self.sources.places.of_number(number)
