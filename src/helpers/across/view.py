"""The comparison as a notebook speaks of it: `district = across.district(outputs)`, and each cell shows one thing of it."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from helpers.across import carried, heat, league, numbers, plots
from helpers.across import outliers as standing
from helpers.across.outliers import Outlier
from helpers.basics.paths import LOOK
from helpers.report.elements import tag, text
from helpers.report.shown import Shown


def district(outputs: str | Path = "", year: int = 0) -> District:
    """Return all departments of an outputs folder, by default the repository's; `year` is looked at, by default the last of many reports.

    RequestError: nothing has been collected there, or no report is of that year.
    """
    return District(numbers.load(outputs, year))


class District:
    """All departments beside each other; every method shows one thing of them."""

    def __init__(self, of: numbers.Numbers):
        self.numbers = of

    def title(self) -> Shown:
        """Show what is compared, and how the page looks."""
        of = self.numbers
        facts = f"{len(of.departments)} 个部门，{len(of.years)} 个年度"
        looked = f"看 {of.year} 年度（{of.reports_of[of.year]} 份报告）" if of.year else ""
        later = [f"{y} 年度还只有 {n} 份" for y, n in of.too_few_later]
        head = tag("p", "许多部门放在一起", class_="title") + tag(
            "p", text("　".join(filter(None, (facts, looked, *later)))), class_="subtitle"
        )
        style = (LOOK / "across.css").read_text(encoding="utf-8")
        return Shown(tag("header", head, class_="masthead") + tag("style", style), facts)

    def here(self) -> Shown:
        """Show which reports there are, which are missing, and that they add up."""
        return league.here(self.numbers)

    def league(self) -> Shown:
        """Show every department on a line, the largest first."""
        return league.league(self.numbers)

    def growth(self) -> Shown:
        """Show growth against size."""
        return plots.growth(self.numbers)

    def structure(self) -> Shown:
        """Show what each department spends on which class."""
        return heat.structure(self.numbers)

    def three_public(self) -> Shown:
        """Show 三公经费 by kind of department."""
        return plots.three_public(self.numbers)

    def outliers(self) -> Shown:
        """Show what stands out, each a sentence."""
        return standing.shown(self.numbers)

    @cached_property
    def named(self) -> list[Outlier]:
        """What stands out, rule by rule, the farthest first."""
        return standing.found(self.numbers)

    def carried(self) -> Shown:
        """Show where a year does not begin with what the year before left."""
        return carried.carried(self.numbers)

    def rules(self) -> Shown:
        """Show which rules which departments break."""
        return heat.rules(self.numbers)
