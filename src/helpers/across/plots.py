"""Growth against size, and 三公经费 by kind of department, as SVG. Lengths on paper are whole points of an image."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable
from decimal import Decimal

from helpers.across.league import MANY, drawing
from helpers.across.numbers import Numbers, middle
from helpers.across.words import amount, percent
from helpers.edition.indicators import SPENDING, THREE_PUBLIC
from helpers.report.elements import tag, text
from helpers.report.shown import Shown

WIDE, HIGH, LEFT, RIGHT, TOP, BOTTOM = 760, 424, 64, 40, 20, 44
FARTHEST = Decimal("0.5")  # growth beyond which a point stands at the edge
ROW, EDGE = 26, 150


def scale(low: Decimal, high: Decimal, start: int, end: int) -> Callable[[Decimal], int]:
    """Return what places an amount between two points by its logarithm.

    >>> scale(Decimal(1), Decimal(100), 0, 200)(Decimal(10))
    100
    """
    first, last = math.log10(low), math.log10(high)
    return lambda value: (
        start + int((math.log10(value) - first) / ((last - first) or 1) * (end - start))
    )


def decades(amounts: Iterable[Decimal]) -> tuple[Decimal, Decimal]:
    """Return the powers of ten that hold all amounts."""
    known = [a for a in amounts if a > 0] or [Decimal(1)]
    low, high = (math.floor(math.log10(a)) for a in (min(known), max(known)))
    return Decimal(10) ** low, Decimal(10) ** (high + 1)


def _ticks(low: Decimal, high: Decimal) -> list[Decimal]:
    found = []
    while low <= high:
        found.append(low)
        low *= 10
    return found


def _svg(height: int, label: str, parts: list[str], kind: str) -> str:
    return (
        f'<svg class="plot {kind}" viewBox="0 0 {WIDE} {height}" role="group" aria-label="{text(label)}">'
        + "".join(parts)
        + "</svg>"
    )


def _text(x: int, y: int, words: str, anchor: str = "middle", kind: str = "") -> str:
    named = f' class="{kind}"' if kind else ""
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}"{named}>{text(words)}</text>'


def _axis(
    low: Decimal, high: Decimal, x: Callable[[Decimal], int], top: int, bottom: int
) -> list[str]:
    parts = []
    for tick in _ticks(low, high):
        parts.append(f'<path class="rule" d="M{x(tick)} {top}V{bottom}"/>')
        parts.append(
            _text(
                x(tick),
                bottom + 17,
                amount(tick, 0) if tick >= 1 else f"{tick.normalize():f}",
                kind="soft",
            )
        )
    return parts


# Growth against size


def growth(of: Numbers) -> Shown:
    """Return each department's growth since the year before over what it spent; of many, how many lie where."""
    points = {
        d: (size, grown)
        for d in of.departments
        if (grown := of.growth(d, of.year)) is not None
        and (size := of.amount(d, of.year, SPENDING))
        and size > 0
    }
    if not points:
        words = f"没有一个部门 {of.year - 1}、{of.year} 两个年度的支出都有，不能比较增减。"
        return Shown(tag("p", words, class_="calm"), words)
    low, high = decades(size for size, _ in points.values())
    x = scale(low, high, LEFT, WIDE - RIGHT)
    parts = _axis(low, high, x, TOP, HIGH - BOTTOM)
    for share in (Decimal(n) / 4 for n in range(-2, 3)):
        parts.append(f'<path class="rule" d="M{LEFT} {_up(share)}H{WIDE - RIGHT}"/>')
        edge = {FARTHEST: "≥", -FARTHEST: "≤"}.get(share, "")
        parts.append(
            _text(LEFT - 8, _up(share) + 4, edge + percent(share, 0, signed=True), "end", "soft")
        )
    parts.append(
        _text((LEFT + WIDE) // 2, HIGH - 6, f"{of.year} 年度支出（万元，对数）", kind="soft")
    )
    parts += _binned(of, points, x) if len(points) > MANY else _labelled(of, points, x)
    label = f"{of.year} 年度支出的增减与大小"
    half = middle(grown for _, grown in points.values())
    words = f"{len(points)} 个部门，增减幅度的中位数 {percent(half, signed=True)}。"
    return Shown(tag("p", words) + drawing(_svg(HIGH, label, parts, "growth"), label), words)


def _up(share: Decimal) -> int:
    held = max(-FARTHEST, min(FARTHEST, share))
    return TOP + int((FARTHEST - held) / (2 * FARTHEST) * (HIGH - TOP - BOTTOM))


def _said(of: Numbers, d: str, size: Decimal, grown: Decimal) -> str:
    return f"{of.name(d)}：{amount(size)} 万元，比上年 {percent(grown, signed=True)}"


def _labelled(of: Numbers, points: dict, x: Callable[[Decimal], int]) -> list[str]:
    """Return a point for each department, with its name where that covers no other."""
    parts, taken = (
        [],
        [
            (x(size) - 5, _up(grown) - 5, x(size) + 5, _up(grown) + 5)
            for size, grown in points.values()
        ],
    )
    for d, (size, grown) in points.items():
        left, top = x(size), _up(grown)
        parts.append(_dot(of, d, left, top, _said(of, d, size, grown)))
        name = of.name(d) if len(of.name(d)) <= 16 else f"{of.name(d)[:15]}…"
        wide = len(name) * 12
        for start, anchor in ((left + 8, "start"), (left - 8, "end")):
            box = (
                (start, top - 8, start + wide, top + 6)
                if anchor == "start"
                else (start - wide, top - 8, start, top + 6)
            )
            if (
                box[0] >= LEFT
                and box[2] <= WIDE
                and not any(_overlap(box, other) for other in taken)
            ):
                taken.append(box)
                parts.append(_text(start, top + 4, name, anchor, "name"))
                break
    return parts


def _overlap(one: tuple, other: tuple) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _dot(of: Numbers, d: str, left: int, top: int, said: str) -> str:
    dot = f'<circle class="dot" cx="{left}" cy="{top}" r="4"><title>{text(said)}</title></circle>'
    href = of.link(d, of.year)
    return f'<a href="{text(href)}">{dot}</a>' if href else dot


BIN_WIDE, BIN_HIGH = 24, 20


def _binned(of: Numbers, points: dict, x: Callable[[Decimal], int]) -> list[str]:
    """Return how many departments lie in each small field of the plane, darker where there are more."""
    fields: dict[tuple[int, int], list[str]] = defaultdict(list)
    for d, (size, grown) in points.items():
        down = min(_up(grown) - TOP, HIGH - BOTTOM - TOP - 1) // BIN_HIGH
        fields[(x(size) - LEFT) // BIN_WIDE, down].append(d)
    parts = []
    for (across, down), some in sorted(fields.items()):
        shade = sum(len(some) >= step for step in (1, 2, 4, 8, 16, 32))
        said = "；".join(_said(of, d, *points[d]) for d in some[:12]) + (
            "……" if len(some) > 12 else ""
        )
        at = LEFT + across * BIN_WIDE, TOP + down * BIN_HIGH
        parts.append(
            f'<rect class="h{shade}" x="{at[0]}" y="{at[1]}" width="{BIN_WIDE - 1}" height="{BIN_HIGH - 1}"><title>{len(some)} 个部门：{text(said)}</title></rect>'
        )
        parts.append(_text(at[0] + BIN_WIDE // 2, at[1] + 14, str(len(some)), kind=f"on{shade}"))
    return parts


# 三公经费 by kind of department


def three_public(of: Numbers) -> Shown:
    """Return 三公经费 of every department as a strip for each kind of department, with the kind's median."""
    spent = {d: of.amount(d, of.year, THREE_PUBLIC) for d in of.departments}
    known = [a for a in spent.values() if a is not None]
    if not known:
        words = "没有三公经费的数。"
        return Shown(tag("p", words, class_="calm"), words)
    low, high = decades(known)
    zero = EDGE + 70
    x = scale(low, high, zero + 40, WIDE - RIGHT)
    halves = {s: middle(spent[d] for d in some) for s, some in of.sectors.items()}
    ordered = sorted(
        (s for s, half in halves.items() if half is not None), key=lambda s: (-(halves[s] or 0), s)
    )
    bottom = TOP + ROW * len(ordered)
    parts = [_text(zero, bottom + 17, "0", kind="soft"), *_axis(low, high, x, TOP, bottom)]
    for n, sector in enumerate(ordered):
        top = TOP + n * ROW + ROW // 2
        parts.append(
            _text(EDGE + 40, top + 4, sector if len(sector) < 15 else f"{sector[:14]}…", "end")
        )
        parts.append(f'<path class="rule" d="M{EDGE + 50} {top}H{WIDE - RIGHT}"/>')
        for d in of.sectors[sector]:
            if (value := spent[d]) is not None:
                said = f"{of.name(d)}：{amount(value)} 万元"
                parts.append(_dot(of, d, x(value) if value > 0 else zero, top, said))
        half = halves[sector]
        at = x(half) if half and half > 0 else zero
        parts.append(f'<path class="middle" d="M{at} {top - 9}V{top + 9}"/>')
    parts.append(
        _text(
            (zero + WIDE) // 2,
            bottom + 36,
            f"{of.year} 年度三公经费（万元，对数；竖线是这一类的中位数）",
            kind="soft",
        )
    )
    whole = sum(known, Decimal(0))
    words = f"{len(known)} 个部门共 {amount(whole)} 万元，中位数 {amount(middle(known))} 万元。"
    label = f"{of.year} 年度三公经费"
    svg = _svg(bottom + 42, label, parts, "strips")
    return Shown(tag("p", words) + drawing(svg, label), words)
