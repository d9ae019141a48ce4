"""Pickers for a notebook: choose department, year, table and column, see it with the years before, follow a cell down."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from helpers.across import leaf, steps
from helpers.basics import paths
from helpers.basics.errors import Refusal, RequestError, nearest, shown
from helpers.basics.model import Address
from helpers.basics.paths import Folder
from helpers.disclosure import folders, profile
from helpers.disclosure.tables import Tables
from helpers.report import report
from helpers.report.elements import tag, text
from helpers.report.report import Report
from helpers.report.shown import ShownTable


def desk(department: str = "", year: int = 0, data: str | Path = "") -> Desk:
    """Return the pickers over a data folder, by default the repository's, set to a department and a year.

    RequestError: ipywidgets is not there, no department is, or not the one that is asked for in that year.
    """
    return Desk(Path(data) if data else paths.DATA, department, year)


@lru_cache(maxsize=8)
def _loaded(data: Path, department: str, year: int, _written: tuple[int, ...]) -> Report:
    return report.load(department, year, data)


class Desk:
    """What is chosen, and the widget that chooses it. `this` is the chosen report, `table` the chosen table."""

    def __init__(self, data: Path, department: str, year: int):
        try:
            import ipywidgets
        except ImportError:
            raise RequestError("选择框要有 ipywidgets，由 make lab 装好") from None
        self._years: dict[str, list[int]] = {}
        for folder in folders.there(data):
            self._years.setdefault(folder.department, []).append(folder.year)
        if not self._years:
            raise RequestError(f"{data / 'departments'} 下没有部门")
        self._data = data
        drop = lambda label: ipywidgets.Dropdown(description=label, layout={"width": "26rem"})  # noqa: E731
        self.department, self.year, self.form, self.column, self.row = map(
            drop, ("部门", "年度", "表", "栏", "拆开")
        )
        self.zeros = ipywidgets.Checkbox(description="连全是零的行", indent=False)
        self.leaf, self.said = ipywidgets.HTML(), ipywidgets.HTML()
        self.parts, self.back = ipywidgets.VBox(), ipywidgets.Button(description="退一步")
        self._button = ipywidgets.Button
        self._path: list[Address] = []
        self.widget = ipywidgets.VBox(
            [
                ipywidgets.HBox([self.department, self.year]),
                ipywidgets.HBox([self.form, self.column, self.zeros]),
                self.leaf,
                ipywidgets.HBox([self.row, self.back]),
                self.said,
                self.parts,
            ]
        )
        self._begin(department, year)

    def _load(self, department: str, year: int) -> Report:
        """Return a report of what stands in its files now."""
        files = Folder(self._data, department, year).inputs().values()
        written = tuple(os.lstat(file).st_mtime_ns for file in files)
        return _loaded(self._data, department, year, written)

    def _begin(self, department: str, year: int) -> None:
        self.department.options = [
            (_named(d, self._data, y[-1]), d) for d, y in self._years.items()
        ]
        chosen = department or next(iter(self._years))
        if chosen not in self._years:
            raise RequestError(f"没有部门「{shown(chosen)}」{nearest(chosen, list(self._years))}")
        self.department.value = chosen
        years = self._years[chosen]
        self.year.options = years
        if year and year not in years:
            raise RequestError(f"{chosen} 没有 {year} 年度，有：{'、'.join(map(str, years))}")
        self.year.value = year or years[-1]
        self._choose_report()
        for picker, then in (
            (self.department, self._choose_department),
            (self.year, self._choose_report),
            (self.form, self._choose_form),
            (self.column, self._show),
            (self.zeros, self._show),
            (self.row, self._follow),
        ):
            picker.observe(lambda _, then=then: then(), names="value")
        self.back.on_click(lambda _: self._step_back())

    def _repr_mimebundle_(self, **kwargs):
        return self.widget._repr_mimebundle_(**kwargs)

    @property
    def table(self) -> ShownTable:
        """The chosen table; its `.data` is a DataFrame."""
        return self.this.table(self.form.value)

    # Each picker sets those after it

    def _choose_department(self) -> None:
        kept = self.year.value
        years = self._years[self.department.value]
        self.year.options = years
        self.year.value = kept if kept in years else years[-1]
        self._choose_report()

    def _choose_report(self) -> None:
        try:
            self.this: Report = self._load(self.department.value, self.year.value)
        except Refusal as error:
            self.leaf.value = tag("p", text(str(error)))
            return
        kept = self.form.value
        forms = [
            (f"{t.form.called} {t.form.name}", t.form.number) for t in self.this.tables.published()
        ]
        self.form.options = forms
        self.form.value = kept if kept in [number for _, number in forms] else forms[0][1]
        self._choose_form()

    def _choose_form(self) -> None:
        kept = self.column.value
        columns = [leaf.ALL, *leaf.columns(self.table.table)]
        self.column.options = columns
        self.column.value = kept if kept in columns else leaf.ALL
        self._show()

    def _show(self) -> None:
        table, years = self.table.table, self._tables()
        self.leaf.value = tag("h4", text(self.this.name)) + leaf.leaf(
            table, years, self.column.value, self.zeros.value
        )
        shown = leaf.rows(table, years, self.column.value, self.zeros.value)
        self.row.options = [
            ("选一行，看它由什么加成", ""),
            *((name, key) for key, name in shown.items()),
        ]
        self.row.value = ""
        self._follow()

    def _tables(self) -> dict[int, Tables]:
        """Return the tables of the chosen year and of those before it; a year that cannot be read is left out."""
        found = {}
        for year in self._years[self.department.value]:
            if year <= self.year.value:
                try:
                    found[year] = self._load(self.department.value, year).tables
                except Refusal:
                    continue
        return found

    # One step at a time

    def _follow(self) -> None:
        table = self.table.table
        columns = [
            c.key
            for side in table.sides
            if any(row.key == self.row.value for row in side.rows)
            for c in side.columns
        ]
        chosen = self.column.value if self.column.value in columns else next(iter(columns), "")
        self._path = [Address(table.form.number, self.row.value, chosen)] if chosen else []
        self._step()

    def _step(self) -> None:
        self.back.disabled = len(self._path) < 2
        if not self._path:
            self.said.value, self.parts.children = "", ()
            return
        found = steps.step(self.this.tables, self._path[-1])
        lines = "".join(tag("li", text(line)) for line in found.lines)
        self.said.value = tag("p", text(found.said)) + (tag("ul", lines) if lines else "")
        self.parts.children = [self._into(words, part) for words, part in found.parts]

    def _into(self, words: str, part: Address):
        """Return the button that leads to a cell that the one shown is made of."""
        button = self._button(description=words, layout={"width": "40rem"})
        button.on_click(lambda _: self._step_into(part))
        return button

    def _step_into(self, part: Address) -> None:
        self._path.append(part)
        self._step()

    def _step_back(self) -> None:
        del self._path[-1:]
        self._step()


def _named(department: str, data: Path, year: int) -> str:
    """Return a department's name as its profile gives it, with its folder, which tells two of one name apart."""
    folder = Folder(data, department, year)
    try:
        who = profile.load(folder.profile, folder.name(folder.profile), year)
    except Refusal:
        return department
    return f"{who.department}　{department}"
