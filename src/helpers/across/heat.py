"""Heat maps: departments by the classes of their spending, rules by departments. Past forty departments without labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from helpers.across.league import MANY, drawing
from helpers.across.numbers import Numbers
from helpers.across.words import percent
from helpers.edition import edition, rulebook
from helpers.edition.indicators import SPENDING
from helpers.report.elements import tag, text
from helpers.report.shown import Shown
from helpers.review import named_checks

STEPS = 6  # shades, from the palest
TALL, LOW = 22, 7  # of a department's row, with its name beside it and without
CELL = 26
MOST = 20  # characters of a name that are printed
_LEFT = 150


@dataclass(frozen=True)
class Line:
    """A row or a column of a heat map: its key, its name, and where it leads."""

    key: str
    name: str
    link: str = ""


Value = Callable[
    [str, str], tuple[int, str]
]  # of a row's and a column's key: the shade (0 none), and in words


def drawn(rows: Sequence[Line], columns: Sequence[Line], value: Value, label: str) -> str:
    """Return a heat map as SVG; names of which there are too many are left to whoever points at a cell."""
    high = LOW if len(rows) > MANY else TALL
    wide = LOW if len(columns) > MANY else CELL
    left = 24 + _longest(rows) * 13 if len(rows) <= MANY else _LEFT
    slanted = 16 + _longest(columns) * 9 if len(columns) <= MANY else 16
    top, height = slanted, slanted + high * len(rows) + 8
    width = left + wide * len(columns) + slanted
    parts = []
    for x, column in enumerate(columns):
        if len(columns) <= MANY:
            at = left + x * wide + wide // 2 + 4
            parts.append(
                f'<text x="{at}" y="{top - 8}" transform="rotate(-45 {at} {top - 8})">{_linked(column)}</text>'
            )
    groups = _grouped(rows) if len(rows) > MANY else {}
    for y, row in enumerate(rows):
        if len(rows) <= MANY:
            parts.append(
                f'<text x="{left - 8}" y="{top + y * high + 15}" text-anchor="end">{_linked(row)}</text>'
            )
        for x, column in enumerate(columns):
            shade, said = value(row.key, column.key)
            if shade:
                box = (
                    f'<rect class="h{shade}" x="{left + x * wide}" y="{top + y * high}" width="{wide - 1}" height="{high - 1}">'
                    f"<title>{text(said)}</title></rect>"
                )
                href = row.link or column.link
                parts.append(
                    f'<a href="{text(href)}">{box}</a>' if href and len(rows) > MANY else box
                )
    for name, (first, last) in groups.items():
        middle = top + (first + last + 1) * high // 2 + 4
        parts.append(f'<text x="{left - 8}" y="{middle}" text-anchor="end">{text(name)}</text>')
        parts.append(
            f'<path class="rule" d="M{left - 4} {top + first * high}H{left + wide * len(columns)}"/>'
        )
    return (
        f'<svg class="heat" viewBox="0 0 {width} {height}" style="max-width:{width}px" role="group" aria-label="{text(label)}">'
        + "".join(parts)
        + "</svg>"
    )


def _longest(lines: Sequence[Line]) -> int:
    return min(max((len(line.name) for line in lines), default=0), MOST)


def _linked(line: Line) -> str:
    words = line.name if len(line.name) <= MOST else f"{line.name[: MOST - 1]}…"
    return f'<a href="{text(line.link)}">{text(words)}</a>' if line.link else text(words)


def _grouped(rows: Sequence[Line]) -> dict[str, tuple[int, int]]:
    """Return the first and the last row of each group of rows; a row's group stands before the bar in its name."""
    found: dict[str, tuple[int, int]] = {}
    for n, row in enumerate(rows):
        name = row.name.partition("｜")[0]
        found[name] = found.get(name, (n, n))[0], n
    return found


def legend(words: tuple[str, str]) -> str:
    """Return what the shades mean, from the palest to the darkest."""
    boxes = "".join(tag("i", class_=f"h{n}") for n in range(1, STEPS + 1))
    return tag("p", f"{words[0]} {boxes} {words[1]}", class_="legend")


def structure(of: Numbers) -> Shown:
    """Return what share of a department's spending each class takes, in the year that is looked at."""
    classes = [Line(key, of.labels[SPENDING, key]) for key in of.keys(SPENDING)]
    rows = _lines(of, [d for d in of.departments if of.amount(d, of.year, SPENDING) is not None])

    def share(department: str, key: str) -> tuple[int, str]:
        whole, part = (of.amount(department, of.year, SPENDING, k) for k in ("", key))
        if not whole or not part or whole < 0 or part < 0:
            return 0, ""
        said = f"{of.name(department)}：{of.labels[SPENDING, key]}占 {percent(part / whole)}"
        return _shade(part / whole), said

    label = f"{of.year} 年度支出分到哪些类"
    svg = drawn(rows, classes, share, label)
    plain = f"{len(rows)} 个部门，{len(classes)} 类"
    return Shown(legend(("占本年支出 1% 以下", "八成以上")) + drawing(svg, label), plain)


_STEPS = tuple(map(Decimal, ("0", "0.01", "0.05", "0.2", "0.5", "0.8")))


def _shade(share: Decimal) -> int:
    return sum(share > step for step in _STEPS)


def _lines(of: Numbers, departments: list[str]) -> list[Line]:
    """Return departments as rows; of many only the kind is printed, once for all that are of it."""
    many = len(departments) > MANY
    return [
        Line(d, f"{of.sector(d)}｜{of.name(d)}" if many else of.name(d), of.link(d, of.year))
        for d in departments
    ]


# Rules by departments


def rules(of: Numbers) -> Shown:
    """Return how many root causes, of errors and warnings, of each rule a department has over all years."""
    totals: Counter[str] = Counter()
    for (_, rule), found in of.broken.items():
        totals[rule] += found
    named = _names(of.edition)
    columns = [Line(rule, named(rule)) for rule, _ in totals.most_common()]
    touched = {d for d, _ in of.broken}
    rows = _lines(of, [d for d in of.departments if d in touched])
    if not rows:
        return Shown(tag("p", "没有错误和警告。", class_="calm"), "没有错误和警告。")

    def count(department: str, rule: str) -> tuple[int, str]:
        found = of.broken.get((department, rule), 0)
        said = f"{of.name(department)}：{named(rule)} {found} 件"
        return sum(found >= step for step in (1, 2, 3, 5, 10, 20)), said

    label = "疑点集中在哪些规则、哪些部门"
    svg = drawn(rows, columns, count, label)
    plain = "\n".join(f"{named(rule)} {n}" for rule, n in totals.most_common())
    return Shown(legend(("1 件", "20 件以上")) + drawing(svg, label), plain)


def _names(of: str) -> Callable[[str], str]:
    """Return what gives a rule's name in an edition."""
    checks = {r.number: r.name for r in rulebook.load(of, frozenset(named_checks.FUNCTIONS))}
    kinds = edition.load(of).kinds

    def named(rule: str) -> str:
        return checks.get(rule) or kinds.about(rule)[0] or rule

    return named
