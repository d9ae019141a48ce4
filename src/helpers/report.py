"""Everything the notebook shows for one department-year: a cell of the notebook is a sentence about `this`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from helpers import (
    alignment, charts, checks, comparison, corrections, figures, formula, forms, markup, panel, paths, profile, proofreading,
    published, reconciliation, statements, tally, wording, workbook,
)
from helpers.errors import DataError, RequestError, shown
from helpers.grid import Beside
from helpers.lineage import CHART, CHECK, SENTENCE, Lineage, Use
from helpers.model import SEVERITIES, Address, Figure, Finding, Number, Profile, Statement
from helpers.paths import Folder
from helpers.places import Places
from helpers.rollup import Accounts
from helpers.rulebook import Rule
from helpers.tables import Table, Tables


# What a finding rests on whose rule is none of checks.yaml.
_KINDS = {"文": "公开文本与按数写出的说明逐句、逐数比对", "校": "公开文本的字面校对", "表": "公开的表与算出的表逐格比对", "上年": "上年文件夹里的 figures.csv", "更正": "corrections.yaml"}
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


def _last_year(folder: Folder) -> tuple[tuple[Figure, ...], list[Finding]]:
    """Return last year's figures; where their file is broken none, and what is wrong with it: this year is still done."""
    before = folder.last_year.figures
    if not before.exists():
        return (), []
    try:
        return figures.load(before, folder.name(before)), []
    except DataError as error:
        said = f"上年的数没有读，要用上年数的地方都缺：{'；'.join(str(error).splitlines())}。"
        return (), [Finding("上年-未读", "missing", f"../{before.parent.name}/figures.csv", said)]


class Report:
    """One department-year, read and vetted; tables, sentences and findings are made when asked for."""

    def __init__(self, folder: Folder):
        self.folder = folder
        self.profile: Profile = profile.load(folder.profile, folder.name(folder.profile), folder.year)
        own = figures.load(folder.figures, folder.name(folder.figures))
        earlier, self._unread_before = _last_year(folder)
        self.figures: tuple[Figure, ...] = own
        self.tables = Tables(forms.load(self.profile.edition), Accounts(own, earlier), folder.year)
        self._writer = statements.Writer(
            self.tables, self.profile, wording.load(self.profile.edition), folder.name(folder.profile)
        )
        self._drawn: dict[str, charts.Drawing] = {}

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

    @cached_property
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

    @cached_property
    def of_workbook(self) -> list[Finding]:
        """Return what the published tables say against the figures."""
        return [] if self.printed is None else reconciliation.findings(self.printed, self.tables, self.profile)

    @property
    def of_unread(self) -> list[Finding]:
        """Return the files that nothing reads: last year's that is broken, and what was published under another name."""
        return self._unread_before + [
            Finding("公开-未读", "missing", f"published/{shown(name)}", f"published/{shown(name)} 没有读，未能核对：文本应名为 narrative.txt，表应名为 tables.xlsx 或 tables.xls。")
            for name in self.folder.unread()
        ]

    @cached_property
    def found(self) -> list[Finding]:
        """Return every finding, worst first, known faults acknowledged."""
        known = corrections.load(self.folder.corrections, self.folder.name(self.folder.corrections))
        found = corrections.acknowledge(self.of_figures + self.of_text + self.of_workbook + self.of_unread, known)
        return sorted(found, key=lambda f: SEVERITIES.index(f.severity))

    @property
    def name(self) -> str:
        """Return what the disclosure is called: department, year, 部门决算 or 单位决算."""
        return f"{self.profile.department} {self.folder.year} 年度{self.profile.kind}决算"

    def empty_note(self, number: str) -> str:
        """Return the sentence that stands under an empty table, or nothing."""
        return self._writer.empty_note(number) if self.tables.table(number).is_empty else ""

    def drawing(self, number: str) -> charts.Drawing:
        """Return one chart by its number, such as 图1; it is drawn once."""
        if number not in self._drawn:
            chart, who = charts.load(self.profile.edition)[number], self.profile
            decimals = who.three_public_percent_decimals if chart.percent == "三公" else who.percent_decimals
            self._drawn[number] = charts.draw(chart, self.tables, self.folder.year, decimals, who.trim_zeros)
        return self._drawn[number]

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
        """Show in ten seconds whether it is right and how much agrees."""
        counts = {s: sum(f.severity == s for f in self.found) for s in SEVERITIES}
        worst = next((s for s in SEVERITIES if counts[s]), "")
        said = {"error": "有错误，须更正", "warning": "没有错误，有须说明或补充之处", "hint": "没有错误，只有提示",
                "missing": "没有发现不一致，有的还不能核对", "": "全部一致"}[worst]
        line = "　".join([*(f"{name} {counts[s]}" for s, name in markup.SEVERITY.items()), *([self._compared()] if self.narrative else [])])
        return Shown(markup.verdict(said, worst, counts, self._tallies), f"{said}：{line}")

    @property
    def _tallies(self) -> list[tuple[str, dict[str, int] | str]]:
        """Return how many sentences, tables and checks agree, differ or are missing."""
        sentences = tally.of_sentences(self.comparison) if self.narrative else "没有公开文本可比"
        printed = "没有公开的表可比" if self.printed is None else tally.of_tables(self.tables, self.of_workbook)
        return [("说明（句）", sentences), ("公开的表（张）", printed),
                ("勾稽（条）", tally.of_checks(self._rules.values(), self.tables, self.of_figures))]

    def statement(self, number: str) -> Shown:
        """Show one 说明 by its 编号."""
        written = self.statements[number]
        plain = "\n".join("".join(s.text for s in p) for p in written.paragraphs)
        return Shown(markup.statement(written, self.places.number, heading="." in number and not number.startswith("概况")), plain)

    def chart(self, number: str) -> Shown:
        """Show one chart by its number, such as 图1."""
        drawn = self.drawing(number)
        return Shown(markup.drawing(drawn.title, drawn.number, drawn.svg, drawn.alt), drawn.alt)

    def table(self, number: str) -> ShownTable:
        """Show one of the official tables by its number."""
        filled = self.tables.table(number)
        note = self.empty_note(number)
        html = markup.table(filled, note, department=self.profile.department, beside=self._beside(number))
        return ShownTable(html, f"公开{number}表 {filled.form.name}\n{note}", filled)

    def findings(self) -> Shown:
        """Show every finding, worst first."""
        return Shown(markup.findings(self.found, self.places.finding, self._basis), "\n".join(f"{f.severity} {f.message}" for f in self.found) or "没有疑点。")

    def compare(self) -> Shown:
        """Show the published sentences beside the recomputed ones."""
        if not self.narrative:
            return Shown(markup.tag("p", "没有公开文本可比。", class_="calm"), "没有公开文本可比。")
        return Shown(markup.comparison(self.comparison, self._lines_with_findings), self._compared())

    def _compared(self) -> str:
        count = self.comparison.count
        return f"公开文本：一致 {count(comparison.SAME)} 句，不一致 {count(comparison.DIFFERS)} 句，缺 {count(comparison.ABSENT)} 句"

    def provenance(self) -> Shown:
        """Show every figure with its line and source, and how figures become cells."""
        said = ("表里的格：figures.csv 写了的照印（given），只有明细的逐项相加（derived），既没有也推不出的印「缺」（missing）。"
                "万元数按所写小数位有半个末位的误差，元为精确数；四舍五入逢五进一。")
        shown = (markup.tag("p", said), markup.figures(self.figures), markup.files(self._files), panel.data(self.lineage, self.places))
        return Shown("".join(shown), said)

    def trace(self, address: str) -> Shown:
        """Show where a cell comes from, down to figures.csv, and what uses it: `this.trace("03[合计, 本年支出合计]")`."""
        try:
            return Shown(*panel.tree(self.lineage, self.places, formula.address(address)))
        except (ValueError, KeyError) as error:
            raise RequestError(f"{error.args[0]}，格写作「表[行, 栏]」，如 03[合计, 本年支出合计]") from None

    # Where things come from and where they stand

    @cached_property
    def places(self) -> Places:
        return Places(self.tables, list(self.statements.values()), self.figures, self.folder.name(self.folder.path))

    def cells_of(self, number: Number) -> list[str]:
        """Return the addresses of a number's cells; one that is in no published table names its figures."""
        return self.places.of_number(number)

    @cached_property
    def lineage(self) -> Lineage:
        """What every cell was made of, and the sentences, charts and checks that use it."""
        sentences = [
            Use(SENTENCE, s.id, s.text, tuple(a for n in s.numbers for a in n.cells + n.agreeing))
            for st in self.statements.values() for s in st.sentences
        ]
        drawn = [Use(CHART, d.number, d.title, d.cells) for d in map(self.drawing, charts.load(self.profile.edition))]
        looked = [Use(CHECK, r.number, r.name, tally.cells_of(r, self.tables)) for r in self._rules.values()]
        return Lineage(self.tables, [*sentences, *drawn, *looked])

    @cached_property
    def _rules(self) -> dict[str, Rule]:
        """The rules of the edition that hold for the year, by 编号."""
        return {r.number: r for r in tally.rules(self.profile)}

    def _basis(self, rule: str) -> tuple[str, str]:
        """Return the name and the 依据 of a rule: its own in checks.yaml, else what its kind compares."""
        if rule in self._rules:
            return self._rules[rule].name, self._rules[rule].basis
        return "", _KINDS.get(rule.partition("-")[0], "")

    def _beside(self, number: str) -> Beside:
        """Return what stands beside a table's numbers: the sentences about them and the published numbers."""
        users: dict[Address, str] = {}
        for use in self.lineage.uses:
            for address in use.cells if use.kind == SENTENCE else ():
                if address.table == number:
                    users.setdefault(address, markup.anchor("s", use.name))
        if self.printed is None or number not in self.printed:
            return Beside(users)
        printed = {f.place: f for f in self.of_workbook if f.rule in _OF_CELLS and f.place.startswith(f"{number}[")}
        differs = sum(f.severity != "hint" for f in printed.values())
        said = "逐格一致" if not printed else f"{differs} 格不一致，{len(printed) - differs} 格只差四舍五入"
        return Beside(users, printed, f"与公开的表比对：{said}。")

    @property
    def _lines_with_findings(self) -> dict[int, str]:
        wanted = {f.place for f in self.found}
        return {n: words for n, words in published.lines(self.narrative.text) if f"narrative.txt:{n}" in wanted}

    @property
    def _files(self) -> list[tuple[str, str]]:
        kept = {self.folder.figures: "数", self.folder.profile: "部门自己的话", self.folder.narrative: "公开过的文本",
                self.folder.workbook: "公开过的表", self.folder.corrections: "已知的错"}
        return [(file.name, what) for file, what in kept.items() if file and file.is_file()]
