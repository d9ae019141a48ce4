"""Where things stand on the page: the link to a cell, a sentence, a figure, a line of the published text, a file."""

from __future__ import annotations

from functools import cached_property

from helpers.basics import paths
from helpers.basics.model import FINAL, Address, Figure, Number, Statement
from helpers.disclosure.tables import Tables
from helpers.edition import formula
from helpers.report.elements import anchor, cell_anchor

INPUTS = ("figures.csv", "profile.yaml", "corrections.yaml", *paths.TABLES)
COMPARED = "compared"  # the id of the comparison with the published text


class Places:
    """The links of one report. A link is `#id`, or nothing where the page has no such place."""

    def __init__(
        self, tables: Tables, statements: list[Statement], figures: tuple[Figure, ...], folder: str
    ):
        self.tables, self._statements, self._figures, self._folder = (
            tables,
            statements,
            figures,
            folder,
        )

    def figure(self, figure: Figure) -> str:
        """Return how a figure's line is called: figures.csv:12, or ../2022/figures.csv:12 of the year before."""
        file, _, line = figure.source.rpartition(":")
        folder = file.rpartition("/")[0]
        return (
            f"figures.csv:{line}"
            if folder == self._folder
            else f"../{folder.rpartition('/')[2]}/figures.csv:{line}"
        )

    def of_number(self, number: Number) -> list[str]:
        """Return the addresses of a number's cells; one that is in no published table names its figures."""
        places: list[str] = []
        for address in number.cells + number.agreeing:
            if address.basis == FINAL and self.tables.forms[address.table].published:
                places.append(str(address))
            else:
                places += [self.figure(f) for f in self.tables.cell(address).value.figures]
        return list(dict.fromkeys(places))

    def number(self, number: Number) -> tuple[str, str]:
        """Return where a number's link leads and what it says of where the number comes from."""
        shown = next((a for a in number.cells if a in self.shown), None)
        return f"#{cell_anchor(shown)}" if shown else self._figures_of(
            *number.cells
        ), "\u3000".join(self.of_number(number))

    def finding(self, place: str) -> str:
        """Return the link to a finding's place: a cell, a sentence, a table, or a line of a file."""
        if place in self._named:
            return f"#{self._named[place]}"
        try:
            return self._cell(formula.address(place))
        except ValueError:
            return self._line(place)

    def _cell(self, address: Address) -> str:
        """Return the link to a cell; of one that no table shows, to its table, its figures or a sentence about it."""
        form = self.tables.forms.get(address.table)
        if form and form.published:
            plain = address._replace(basis=FINAL)
            return f"#{cell_anchor(plain) if plain in self.shown else anchor('t', address.table)}"
        said = (
            s.id
            for st in self._statements
            for s in st.sentences
            for n in s.numbers
            if address in n.cells
        )
        return self._figures_of(address) or next(
            (f"#{anchor('s', name)}" for name in said), f"#{file_anchor('figures.csv')}"
        )

    def _line(self, place: str) -> str:
        file, _, line = place.rpartition(":")
        if line.isdecimal() and file in paths.TEXTS:
            return f"#{anchor('n', line)}"
        name = (file or place).rpartition("/")[2]
        if name in paths.TEXTS:
            return f"#{COMPARED}"
        return f"#{file_anchor(name)}" if name in INPUTS else ""

    def _figures_of(self, *addresses: Address) -> str:
        try:
            return next(
                (
                    f"#{figure_anchor(f)}"
                    for a in addresses
                    for f in self.tables.cell(a).value.figures
                    if f in self._own
                ),
                "",
            )
        except KeyError:  # a place that a rule names and no form has
            return ""

    @cached_property
    def shown(self) -> frozenset[Address]:
        """Return every cell of the published tables."""
        return frozenset(c.address for t in self.tables.published() for c in t.cells())

    @cached_property
    def _own(self) -> frozenset[Figure]:
        return frozenset(self._figures)

    @cached_property
    def _named(self) -> dict[str, str]:
        places = {s.id: anchor("s", s.id) for st in self._statements for s in st.sentences}
        places |= {t.form.called: anchor("t", t.form.number) for t in self.tables.published()}
        return places | {self.figure(f): figure_anchor(f) for f in self._figures}


def figure_anchor(figure: Figure) -> str:
    """Return the id of a figure's line."""
    return anchor("f", figure.line)


def unlisted_anchor() -> str:
    """Return the id of what stands for the lines that a page does not list."""
    return anchor("f", "rest")


def file_anchor(name: str) -> str:
    """Return the id of an input file where the page lists them."""
    return anchor("i", name)
