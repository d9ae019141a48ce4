"""Invented rows of the index with root causes, for the tests of the page of all causes and for its measure."""

from __future__ import annotations

from dataclasses import replace

from helpers.across.matter import Matter
from helpers.across.row import Row

RULES = (
    ("文-数", "文本：与算出的数不符"),
    ("表-数", "表：公布的数与算出的不符"),
    ("校-名称", "部门名称写错"),
)


def cause(n: int, year: int, **more) -> Matter:
    """Return the n-th invented cause; every third has a difference, every fifth leads to three findings."""
    rule, title = RULES[n % 3]
    difference = "" if rule == "校-名称" else f"{n * 7 % 2000 / 10:.1f}"
    severity = ("error", "warning", "hint", "missing")[n % 4]
    members = tuple(
        (rule, severity, f"{n}-{m}", f"第 {n} 处的话 {year}，之 {m}。", "1", "2", difference, "")
        for m in range(3 if n % 5 == 0 else 1)
    )
    made = Matter(
        sentence=f"疑点 {n}：公开 {n}.5，应为 {n}。",
        severity=severity,
        rule=rule,
        title=title,
        place=f"{n}-0",
        section=f"公开{n % 13 + 1:02}表",
        difference=difference,
        decision="",
        members=members,
    )
    return replace(made, **more)


def row(n: int, year: int, *matters: Matter, **more) -> Row:
    """Return a row of the index with these causes."""
    department = f"invented-{n:04}"
    name = f"虚构第{n}{('教育局', '财政局', '民政局')[n % 3]}"
    report = f"{department}/{year}/report.html"
    made = Row(department, name, year, "ok", 1, 0, 0, 0, 0.1, report, matters=matters)
    return replace(made, **more)


def many(causes: int) -> list[Row]:
    """Return rows with so many causes in all, ten a department-year."""
    years = (2022, 2023)
    return [
        row(n, year, *(cause(20 * n + 10 * y + m, year) for m in range(10)))
        for n in range(causes // 20)
        for y, year in enumerate(years)
    ]
