"""Invented departments of three kinds beside each other, for the tests of the page that compares."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from helpers.across.numbers import Numbers, Report
from helpers.across.view import District
from helpers.edition.indicators import CLOSING, OPENING, SPENDING, STAFF, THREE_PUBLIC

KINDS = "甲局", "乙局", "丙局"


def invented(departments: int, years=(2022, 2023)) -> Numbers:
    """Return so many departments of three kinds, each larger than the one before."""
    reports, amounts = {}, {}
    for n in range(departments):
        for year in years:
            d = f"d-{n:04d}"
            reports[d, year] = Report(
                department=d,
                name=f"第{n}号<局>",
                sector=KINDS[n % 3],
                year=year,
                edition="sichuan-2022",
                status="ok",
                findings={"error": n % 2, "warning": 0, "hint": 0, "missing": 0},
                link=f"{d}/{year}/report.html",
            )
            spent = Decimal(100 + n) + (year - years[0])
            for name, key, value in (
                (SPENDING, "", spent),
                (SPENDING, "201", spent / 4),
                (SPENDING, "208", spent * 3 / 4),
                (THREE_PUBLIC, "", Decimal(n)),
                (STAFF, "", Decimal(10)),
                (OPENING, "", Decimal(5)),
                (CLOSING, "", Decimal(5)),
            ):
                amounts[d, year, name, key] = value
    labels = {(SPENDING, "201"): "一般公共服务支出", (SPENDING, "208"): "社会保障和就业支出"}
    return Numbers(reports, amounts, labels, {("d-0000", "A5"): 3}, years[-1])


def district(departments: int, **changed) -> District:
    return District(replace(invented(departments), **changed))
