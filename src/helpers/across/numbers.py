"""All departments and years of an outputs folder as numbers to compare, read once from its store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from statistics import median

from helpers.across import frames
from helpers.basics.errors import RequestError
from helpers.basics.model import SEVERITIES
from helpers.edition import declared
from helpers.edition.indicators import SPENDING

UNSORTED = "未分类"
BROKEN = """SELECT department, rule, count(DISTINCT (year, if(cause = '', 'line' || line, cause)))
    FROM findings WHERE severity IN ('error', 'warning')
    GROUP BY department, rule ORDER BY department, rule"""


@dataclass(frozen=True)
class Report:
    """One report: whose, of which year, how it ended, its findings by severity, and where it lies beside this page."""

    department: str
    name: str
    sector: str
    year: int
    edition: str
    status: str
    findings: dict[str, int]
    link: str


@dataclass(frozen=True)
class Numbers:
    """The numbers of a district: what departments are compared by, and how their reports ended.

    Amounts are Decimal in 万元, None where missing, by department, year, indicator and part; `labels` name the parts,
    `broken` counts the root causes of errors and warnings by department and rule. `year` is the one that is looked at.
    """

    reports: dict[tuple[str, int], Report]
    amounts: dict[tuple[str, int, str, str], Decimal | None]
    labels: dict[tuple[str, str], str]
    broken: dict[tuple[str, str], int]
    year: int

    @cached_property
    def years(self) -> list[int]:
        """Every year that some department has a report of."""
        return sorted({y for _, y in self.reports})

    @cached_property
    def reports_of(self) -> dict[int, int]:
        """How many reports there are of each year."""
        times = Counter(y for _, y in self.reports)
        return {year: times[year] for year in self.years}

    @property
    def too_few_later(self) -> list[tuple[int, int]]:
        """Each year after the one that is looked at, with its reports, where they are too few to be looked at unasked."""
        later = [(year, many) for year, many in self.reports_of.items() if year > self.year]
        return [(year, many) for year, many in later if not _are_many(many, self.reports_of)]

    @cached_property
    def departments(self) -> list[str]:
        """Every department, those of one sector together, the largest first."""
        return sorted(
            {d for d, _ in self.reports}, key=lambda d: (self.sector(d), -self.size(d), d)
        )

    def size(self, department: str) -> Decimal:
        """Return what a department spent in the last year that is known, for an order of departments."""
        amounts = (self.amount(department, y, SPENDING) for y in reversed(self.years))
        return next((a for a in amounts if a is not None), Decimal(0))

    def _last(self, department: str) -> Report:
        return next(r for y in reversed(self.years) if (r := self.reports.get((department, y))))

    def name(self, department: str) -> str:
        """Return a department's full name."""
        return self._last(department).name

    def sector(self, department: str) -> str:
        """Return the departments that a department is compared with, by the name of their kind."""
        return self._last(department).sector or UNSORTED

    @cached_property
    def sectors(self) -> dict[str, list[str]]:
        """The departments of each kind."""
        kinds: dict[str, list[str]] = {}
        for department in self.departments:
            kinds.setdefault(self.sector(department), []).append(department)
        return kinds

    def link(self, department: str, year: int) -> str:
        """Return where a report lies beside the page, or nothing where there is none."""
        report = self.reports.get((department, year))
        return report.link if report else ""

    def amount(self, department: str, year: int, indicator: str, key: str = "") -> Decimal | None:
        """Return an indicator of a department-year, or of a part of it."""
        return self.amounts.get((department, year, indicator, key))

    def keys(self, indicator: str) -> list[str]:
        """Return the parts of an indicator that some department has money in, in their order."""
        there = {
            k for (_, _, i, k), value in self.amounts.items() if i == indicator and k and value
        }
        return [key for i, key in self.labels if i == indicator and key in there]

    def ratio(self, department: str, year: int, above: str, below: str) -> Decimal | None:
        """Return one indicator by another; nothing where one is missing or the second is not above zero."""
        return quotient(self.amount(department, year, above), self.amount(department, year, below))

    def growth(self, department: str, year: int, indicator: str = SPENDING) -> Decimal | None:
        """Return the growth of an indicator since the year before, as a share of that."""
        now, before = (self.amount(department, y, indicator) for y in (year, year - 1))
        grown = quotient(now, before)
        return None if grown is None else grown - 1

    @cached_property
    def edition(self) -> str:
        """The edition of most reports, whose rules for what stands out are used."""
        counts = Counter(r.edition for r in self.reports.values() if r.edition)
        return counts.most_common(1)[0][0] if counts else declared.default()


def quotient(above: Decimal | None, below: Decimal | None) -> Decimal | None:
    """Return a quotient; nothing where a part of it is missing or it is by nothing."""
    return above / below if above is not None and below is not None and below > 0 else None


def middle(values: Iterable[Decimal | None]) -> Decimal | None:
    """Return the median of what is known."""
    known = [value for value in values if value is not None]
    return median(known) if known else None


def load(outputs: str | Path = "", year: int = 0) -> Numbers:
    """Return the numbers of an outputs folder's store.

    The year asked for is looked at, else the last of which there are at least half as many reports as of any.
    """
    with frames.opened(outputs) as con:
        rows = con.sql("SELECT * FROM reports ORDER BY department, year")
        reports = [_report(dict(zip(rows.columns, row))) for row in rows.fetchall()]
        amounts = con.sql("SELECT department, year, indicator, key, value FROM indicators")
        labels = con.sql(
            """SELECT indicator, key, max(label) FROM indicators WHERE key <> ''
            GROUP BY indicator, key ORDER BY min(line), key"""
        )
        broken = con.sql(BROKEN)
        years = [r.year for r in reports]
        if year and year not in years:
            raise RequestError(
                f"没有 {year} 年度的报告，有：{'、'.join(map(str, sorted(set(years))))}"
            )
        return Numbers(
            reports={(r.department, r.year): r for r in reports},
            amounts={tuple(key): value for *key, value in amounts.fetchall()},
            labels={(name, key): label for name, key, label in labels.fetchall()},
            broken={(department, rule): count for department, rule, count in broken.fetchall()},
            year=year or _last_of_many(years),
        )


def _last_of_many(years: list[int]) -> int:
    """Return the last year that is there half as often as the most frequent one, nothing of none.

    >>> _last_of_many([2022] * 20 + [2023] * 10 + [2024] * 9), _last_of_many([])
    (2023, 0)
    """
    times = Counter(years)
    return max((year for year, many in times.items() if _are_many(many, times)), default=0)


def _are_many(reports: int, of_years: Mapping[int, int]) -> bool:
    return 2 * reports >= max(of_years.values())


def _report(entry: dict) -> Report:
    return Report(
        department=entry["department"],
        name=entry["name"],
        sector=entry["sector"],
        year=entry["year"],
        edition=entry["edition"],
        status=entry["status"],
        findings={s: entry[s] or 0 for s in SEVERITIES},
        link=entry["report"],
    )
