"""Everything the notebook shows for one department-year: a cell of the notebook is a sentence about `this`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from helpers import (
    alignment, charts, checks, comparison, corrections, figures, forms, markup, paths, profile, proofreading, published,
    reconciliation, statements, wording, workbook,
)
from helpers.errors import RequestError
from helpers.model import FINAL, SEVERITIES, Address, Figure, Finding, Number, Profile, Statement
from helpers.paths import Folder
from helpers.rollup import Accounts
from helpers.tables import Table, Tables


@dataclass(frozen=True)
class Shown:
    """Something to look at: HTML in a notebook, plain text elsewhere."""

    html: str
    plain: str

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return self.plain


@dataclass(frozen=True, repr=False)
class ShownTable(Shown):
    """A table to look at; `.data` is an ordinary DataFrame."""

    table: Table

    @property
    def data(self):
        return self.table.data


def load(department: str, year: int, data: str | Path | None = None) -> Report:
    """Return the report of a department-year. `data` is the data folder, by default the repository's."""
    folder = Folder(Path(data) if data else paths.DATA, department, int(year))
    if not folder.path.is_dir():
        raise RequestError(f"没有 {folder.name(folder.path)} 这个文件夹，有哪些请看 juesuan list")
    return Report(folder).vetted()


class Report:
    """One department-year, read and vetted; tables, sentences and findings are made when asked for."""

    def __init__(self, folder: Folder):
        self.folder = folder
        self.profile: Profile = profile.load(folder.profile, folder.name(folder.profile), folder.year)
        own = figures.load(folder.figures, folder.name(folder.figures))
        before = folder.last_year.figures
        earlier = figures.load(before, folder.name(before)) if before.is_file() else ()
        self.figures: tuple[Figure, ...] = own
        self.tables = Tables(forms.load(self.profile.edition), Accounts(own, earlier), folder.year)
        self._writer = statements.Writer(
            self.tables, self.profile, wording.load(self.profile.edition), folder.name(folder.profile)
        )

    def vetted(self) -> Report:
        """Write every sentence, so that a slot that cannot be computed is refused by its line; return the report."""
        assert self.statements is not None
        return self

    @cached_property
    def statements(self) -> dict[str, Statement]:
        return {s.number: s for s in self._writer.all()}

    @cached_property
    def narrative(self) -> published.Narrative | None:
        return published.read(self.folder)

    @cached_property
    def comparison(self) -> comparison.Comparison:
        aligned = alignment.align(list(self.statements.values()), self.narrative) if self.narrative else None
        return comparison.compare(aligned)

    @cached_property
    def printed(self) -> dict[str, workbook.PrintedTable] | None:
        """The published workbook, read; nothing where none was kept."""
        file = self.folder.workbook
        return workbook.read(file, self.folder.name(file), self.tables.published()) if file else None

    @property
    def of_figures(self) -> list[Finding]:
        """Return what the figures say against themselves."""
        return checks.find(self.tables, self.profile)

    @property
    def of_text(self) -> list[Finding]:
        """Return what the published text says against the figures and against itself."""
        if not self.narrative:
            return []
        names = (self.profile.department, self.profile.short_name)
        compared = comparison.findings(self.comparison, self.tables, self.narrative, names)
        return compared + proofreading.findings(self.narrative, self.profile, self.tables, list(self.statements.values()))

    @property
    def of_workbook(self) -> list[Finding]:
        """Return what the published tables say against the figures."""
        return [] if self.printed is None else reconciliation.findings(self.printed, self.tables, self.profile)

    @cached_property
    def found(self) -> list[Finding]:
        """Return every finding, worst first, known faults acknowledged."""
        known = corrections.load(self.folder.corrections, self.folder.name(self.folder.corrections))
        found = corrections.acknowledge(self.of_figures + self.of_text + self.of_workbook, known)
        return sorted(found, key=lambda f: SEVERITIES.index(f.severity))

    @property
    def name(self) -> str:
        """Return what the disclosure is called: department, year, 部门决算 or 单位决算."""
        return f"{self.profile.department} {self.folder.year} 年度{self.profile.kind}决算"

    def empty_note(self, number: str) -> str:
        """Return the sentence that stands under an empty table, or nothing."""
        return self._writer.empty_note(number) if self.tables.table(number).is_empty else ""

    def drawing(self, number: str) -> charts.Drawing:
        chart = charts.load(self.profile.edition)[number]
        who = self.profile
        decimals = who.three_public_percent_decimals if chart.percent == "三公" else who.percent_decimals
        return charts.draw(chart, self.tables, self.folder.year, decimals, who.trim_zeros)

    # What the notebook shows

    def title(self) -> Shown:
        """Show who and when."""
        name = self.name
        facts = [self.profile.region, f"版本 {self.profile.edition}", f"{len(self.figures)} 个数"]
        return Shown(
            markup.tag("header", markup.tag("p", markup.text(name), class_="title")
                       + markup.tag("p", markup.text("　".join(f for f in facts if f)), class_="subtitle"), class_="masthead"),
            name,
        )

    def verdict(self) -> Shown:
        """Show in one line how much agrees."""
        counts = {s: sum(f.severity == s for f in self.found) for s in SEVERITIES}
        worst = next((s for s in SEVERITIES if counts[s]), "")
        said = {"error": "有错误，须更正", "warning": "没有错误，有须说明或补充之处", "hint": "没有错误，只有提示",
                "missing": "没有发现不一致，有的还不能核对", "": "全部一致"}[worst]
        parts = [f"{name} {counts[s]}" for s, name in markup.SEVERITY.items()]
        line = "　".join([*parts, *([self._compared()] if self.narrative else [])])
        return Shown(
            markup.tag("div", markup.tag("p", markup.text(said), class_="said") + markup.tag("p", markup.text(line)), class_=f"verdict {worst}"),
            f"{said}：{line}",
        )

    def statement(self, number: str) -> Shown:
        """Show one 说明 by its 编号."""
        written = self.statements[number]
        plain = "\n".join("".join(s.text for s in p) for p in written.paragraphs)
        return Shown(markup.statement(written, self._source, heading="." in number and not number.startswith("概况")), plain)

    def chart(self, number: str) -> Shown:
        """Show one chart by its number, such as 图1."""
        drawn = self.drawing(number)
        return Shown(markup.drawing(drawn.title, drawn.number, drawn.svg, drawn.alt), drawn.alt)

    def table(self, number: str) -> ShownTable:
        """Show one of the official tables by its number."""
        filled = self.tables.table(number)
        note = self.empty_note(number)
        return ShownTable(markup.table(filled, note, department=self.profile.department), f"公开{number}表 {filled.form.name}\n{note}", filled)

    def findings(self) -> Shown:
        """Show every finding, worst first."""
        return Shown(markup.findings(self.found, self._place), "\n".join(f"{f.severity} {f.message}" for f in self.found) or "没有疑点。")

    def compare(self) -> Shown:
        """Show the published sentences beside the recomputed ones."""
        if not self.narrative:
            return Shown(markup.tag("p", "没有公开文本可比。", class_="calm"), "没有公开文本可比。")
        return Shown(markup.comparison(self.comparison), self._compared())

    def _compared(self) -> str:
        count = self.comparison.count
        return f"公开文本：一致 {count(comparison.SAME)} 句，不一致 {count(comparison.DIFFERS)} 句，缺 {count(comparison.ABSENT)} 句"

    def provenance(self) -> Shown:
        """Show every figure with its line and source, and how figures become cells."""
        said = ("表里的格：figures.csv 写了的照印（given），只有明细的逐项相加（derived），既没有也推不出的印「缺」（missing）。"
                "万元数按所写小数位有半个末位的误差，元为精确数；四舍五入逢五进一。")
        return Shown(markup.tag("p", said) + markup.figures(self.figures), said)

    # Where things come from

    def cells_of(self, number: Number) -> list[str]:
        """Return the addresses of a number's cells; one that is in no published table names its figures."""
        places: list[str] = []
        for address in number.cells + number.agreeing:
            if address.basis == FINAL and self.tables.forms[address.table].published:
                places.append(str(address))
            else:
                places += [self._line(f) for f in self.tables.cell(address).value.figures]
        return list(dict.fromkeys(places))

    def _line(self, figure: Figure) -> str:
        file, _, line = figure.source.rpartition(":")
        own = self.folder.name(self.folder.figures)
        return f"figures.csv:{line}" if file == own else f"../{self.folder.year - 1}/figures.csv:{line}"

    def _source(self, number: Number) -> tuple[str, str]:
        """Return where a number's link leads and what it says of where the number comes from."""
        for address in number.cells:
            if address.basis == FINAL and self.tables.forms[address.table].published:
                if address in self._shown:
                    return f"#{markup.cell_anchor(address)}", "　".join(self.cells_of(number))
        figures_of = [f for a in number.cells for f in self.tables.cell(a).value.figures if f in self._own]
        target = f"#{_figure_anchor(figures_of[0])}" if figures_of else ""
        return target, "　".join(self.cells_of(number))

    @cached_property
    def _own(self) -> frozenset[Figure]:
        return frozenset(self.figures)

    @cached_property
    def _shown(self) -> frozenset[Address]:
        return frozenset(c.address for t in self.tables.published() for c in t.cells())

    def _place(self, place: str) -> str:
        """Return the link to a finding's place: a cell, a sentence, a table or a line of figures.csv."""
        if place in self._places:
            return f"#{self._places[place]}"
        return ""

    @cached_property
    def _places(self) -> dict[str, str]:
        places = {str(a): markup.cell_anchor(a) for a in self._shown}
        places |= {s.id: markup.anchor("s", s.id) for st in self.statements.values() for s in st.sentences}
        places |= {f"公开{t.form.number}表": markup.anchor("t", t.form.number) for t in self.tables.published()}
        return places | {self._line(f): _figure_anchor(f) for f in self.figures}


def _figure_anchor(figure: Figure) -> str:
    return markup.anchor("f", figure.source.rpartition(":")[2])
