"""One edition of the official form: all that it declares, in one place, loaded once."""

from __future__ import annotations

from functools import cache, cached_property

from helpers.basics.errors import Refusal
from helpers.basics.yamltext import Mapping
from helpers.edition import (
    charts,
    declared,
    forms,
    indicators,
    kinds,
    outliers,
    outline,
    proofs,
    roots,
    wording,
)
from helpers.edition.charts import Chart
from helpers.edition.forms import Form
from helpers.edition.indicators import Indicator
from helpers.edition.kinds import Kinds
from helpers.edition.outline import CHART, STATEMENT, TABLE, Outline
from helpers.edition.proofs import Proofs
from helpers.edition.roots import Roots
from helpers.edition.wording import Wording

_DECLARATIONS = (
    "forms",
    "wording",
    "charts",
    "proofs",
    "kinds",
    "roots",
    "outline",
    "indicators",
    "style",
    "title",
)


class Edition:
    """All declarations of an edition by kind; each file is read when it is asked for, and vetted then."""

    def __init__(self, name: str):
        self.name = name

    def read(self) -> None:
        """Read every declaration that a report needs; the first that is broken is refused."""
        for declaration in _DECLARATIONS:
            getattr(self, declaration)

    @cached_property
    def title(self) -> str:
        return declared.said(self.name, "名称")

    @cached_property
    def style(self) -> Mapping:
        """How numbers are usually written (格式)."""
        return declared.style(self.name)

    @cached_property
    def forms(self) -> dict[str, Form]:
        return forms.load(self.name)

    @cached_property
    def wording(self) -> Wording:
        return wording.load(self.name)

    @cached_property
    def charts(self) -> dict[str, Chart]:
        return charts.load(self.name)

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        return indicators.load(self.name)

    @cached_property
    def outliers(self) -> tuple[outliers.Rule, ...]:
        return outliers.load(self.name)

    @cached_property
    def proofs(self) -> Proofs:
        return proofs.load(self.name)

    @cached_property
    def kinds(self) -> Kinds:
        return kinds.load(self.name)

    @cached_property
    def roots(self) -> Roots:
        return roots.load(self.name)

    @cached_property
    def outline(self) -> Outline:
        """The parts and sections; one that names what is not declared is refused by its line."""
        found = outline.load(self.name)
        published = [number for number, form in self.forms.items() if form.published]
        outline.check(
            found,
            {STATEMENT: [*self.wording.declarations], CHART: [*self.charts], TABLE: published},
        )
        return found


@cache
def load(name: str) -> Edition:
    """Return an edition by its name, which is that of its folder under data/rules/."""
    return Edition(name)


def readable(year: int | None = None) -> list[str]:
    """Return the editions, those of a year where one is given, without those that cannot be read.

    One that somebody is writing is no matter of a document.
    """
    return [n for n in declared.names() if _is_of(n, year) and problem(n) is None]


def _is_of(name: str, year: int | None) -> bool:
    """Return whether an edition is of a year; one whose edition.yaml cannot be read is of none."""
    try:
        return year is None or declared.is_of(name, year)
    except Refusal:
        return False


def problem(name: str) -> Refusal | None:
    """Return why an edition cannot be read, if so."""
    try:
        known = load(name)
        declared.about(name), known.forms, known.outline
    except Refusal as refused:
        return refused
    return None
