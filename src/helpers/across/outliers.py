"""What stands out among departments: each a sentence with its link, by the rules that the edition declares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from helpers.across.numbers import Numbers, middle, quotient
from helpers.across.peers import Usual
from helpers.across.words import GAP, amount, link, percent
from helpers.edition import outliers
from helpers.edition.outliers import APART, CARRIED, GROWTH, JUMP, NOTHING, RATIO, Rule
from helpers.report.elements import tag, text
from helpers.report.shown import Shown

LEAST_SPREAD = Decimal(
    "0.02"
)  # of logarithms: no kind is so alike that less than this would be far
MOST = Decimal("0.8")  # of a kind's years that have it, from which on having none stands out
HUNDRED = Decimal(100)
SHOWN = 12  # sentences of one rule that are not folded away


@dataclass(frozen=True)
class Outlier:
    """One thing that stands out; `distance` is how far, in units that only order those of one rule."""

    rule: str
    name: str
    department: str
    year: int
    said: str
    distance: Decimal


def found(of: Numbers) -> list[Outlier]:
    """Return all that stands out, rule by rule, the farthest first."""
    every = []
    for rule in outliers.load(of.edition):
        some = _WAYS[rule.way](rule, of)
        every += sorted(some, key=lambda o: (-o.distance, o.department, o.year))
    return every


def shown(of: Numbers) -> Shown:
    """Return all that stands out as sentences, each with the report that it is about."""
    every = found(of)
    if not every:
        return Shown(tag("p", "没有离群的。", class_="calm"), "没有离群的。")
    parts = [tag("p", f"{len(every)} 处，涉及 {len({o.department for o in every})} 个部门。")]
    for name in dict.fromkeys(o.name for o in every):
        lines = [
            tag("li", text(o.said) + " " + link("报告", of.link(o.department, o.year)))
            for o in every
            if o.name == name
        ]
        parts.append(tag("h3", text(f"{name}（{len(lines)}）")) + tag("ol", "".join(lines[:SHOWN])))
        if rest := lines[SHOWN:]:
            listed = f'<ol start="{SHOWN + 1}">{"".join(rest)}</ol>'
            parts.append(tag("details", f"<summary>另 {len(rest)} 处</summary>{listed}"))
    return Shown(tag("div", "".join(parts), class_="outliers"), "\n".join(o.said for o in every))


def _made(rule: Rule, of: Numbers, d: str, y: int, distance: Decimal, **filled: str) -> Outlier:
    known = {slot: written for slot, written in filled.items() if written != GAP}
    said = rule.sentence(部门=of.name(d), 年=str(y), **known)
    return Outlier(
        rule=rule.number, name=rule.name, department=d, year=y, said=said, distance=distance
    )


def _log(value: Decimal | None) -> Decimal | None:
    return value.ln() if value is not None and value > 0 else None


def _far(usual: Usual, d: str, y: int, times: Decimal, least: Decimal) -> bool:
    """Return whether a value is far from what is usual, and is so in no other year of the department."""
    far = max(times * max(usual.spread(d, y), LEAST_SPREAD), least)
    return abs(usual.distance(d, y)) >= far and not usual.repeated(d, y)


# The year before


def _move(of: Numbers, name: str, d: str, y: int, least: Decimal = Decimal(0)) -> Decimal | None:
    """Return the logarithm of an indicator by that of the year before; nothing of what is too little to look at."""
    now, before = of.amount(d, y, name), of.amount(d, y - 1, name)
    return _log(quotient(now, before)) if max(now or 0, before or 0) >= least else None


def _growth(rule: Rule, of: Numbers) -> Iterator[Outlier]:
    (name,) = rule.of
    usual = Usual(of, partial(_move, of, name, least=rule.least))
    for d, y in usual.values:
        if _far(usual, d, y, rule.times, rule.apart.ln()) and not _returns(usual, d, y):
            held = usual.own(d, y)
            yield _made(
                rule,
                of,
                d,
                y,
                abs(usual.distance(d, y)),
                数=amount(of.amount(d, y, name)),
                上年=amount(of.amount(d, y - 1, name)),
                比=_moved(usual.values[d, y]),
                平时=_moved(held),
                同类=_moved(usual.peers(d)),
                群=usual.group(d),
            )


def _returns(usual: Usual, d: str, y: int) -> bool:
    """Return whether a move only takes back that of the year before."""
    before = usual.values.get((d, y - 1))
    now = usual.values[d, y]
    return (
        before is not None
        and before * now < 0
        and abs(before) * 2 >= abs(now)
        and abs(before + now) < abs(now) / 2
    )


def _moved(log: Decimal | None) -> str:
    if log is None:
        return ""
    share = log.exp() - 1
    return f"{'增长' if share >= 0 else '下降'} {percent(abs(share))}"


# One number by another


def _ratio(rule: Rule, of: Numbers) -> Iterator[Outlier]:
    above, below = rule.of

    def ratio(d: str, y: int) -> Decimal | None:
        parts = of.amount(d, y, above), of.amount(d, y, below)
        if max(p or Decimal(0) for p in parts) < rule.least:
            return None
        return quotient(*parts) if rule.in_percent else _log(quotient(*parts))

    usual = Usual(of, ratio)
    least = rule.apart / HUNDRED if rule.in_percent else rule.apart.ln()
    for d, y in usual.values:
        if _far(usual, d, y, rule.times, least):
            yield _made(
                rule,
                of,
                d,
                y,
                abs(usual.distance(d, y)),
                数=amount(of.amount(d, y, above)),
                另=_count(of.amount(d, y, below)),
                比=_written(rule, usual.values[d, y]),
                平时=_written(rule, usual.own(d, y)),
                同类=_written(rule, usual.peers(d)),
                群=usual.group(d),
            )


def _written(rule: Rule, value: Decimal | None) -> str:
    if value is None:
        return ""
    return percent(value) if rule.in_percent else amount(value.exp())


def _count(value: Decimal | None) -> str:
    return amount(value).removesuffix(".00")


# Nothing where there usually is something


def _part(of: Numbers, name: str, key: str, d: str, y: int) -> Decimal | None:
    return of.amount(d, y, name, key)


def _nothing(rule: Rule, of: Numbers) -> Iterator[Outlier]:
    (name,) = rule.of
    for key in ("", *of.keys(name)):
        usual = Usual(of, partial(_part, of, name, key))
        for d, y in usual.values:
            others = usual.others(d, y)
            if key and not of.amount(d, y, name):  # with the whole its parts are nothing
                continue
            if usual.values[d, y] or len(others) < Usual.OWN or min(others) < rule.least:
                continue
            kind = usual.kind(d)
            peers = [v for (p, _), v in usual.values.items() if p != d and usual.kind(p) == kind]
            having = sum(v > 0 for v in peers)
            if peers and having >= MOST * len(peers):
                yield _made(
                    rule,
                    of,
                    d,
                    y,
                    middle(others) or Decimal(0),
                    项=of.labels.get((name, key), name),
                    平时=amount(middle(others)),
                    同类=f"{having}/{len(peers)}",
                    群=usual.group(d),
                )


# A part that weighs otherwise


def _jump(rule: Rule, of: Numbers) -> Iterator[Outlier]:
    (name,) = rule.of
    farthest: dict[tuple[str, int], Outlier] = {}
    for key in of.keys(name):

        def share(d: str, y: int, key: str = key) -> Decimal | None:
            whole, part = (of.amount(d, y, name, k) for k in ("", key))
            return quotient(part, whole) if (whole or 0) >= rule.least else None

        usual = Usual(of, share)
        for d, y in usual.values:
            distance, held = usual.distance(d, y), usual.own(d, y)
            if held is None or not _far(usual, d, y, rule.times, rule.apart / HUNDRED):
                continue
            made = _made(
                rule,
                of,
                d,
                y,
                abs(distance),
                项=of.labels[name, key],
                数=amount(of.amount(d, y, name, key)),
                比=percent(usual.values[d, y]),
                平时=percent(held),
                同类=percent(usual.peers(d)),
                群=usual.group(d),
            )
            if (d, y) not in farthest or farthest[d, y].distance < made.distance:
                farthest[d, y] = made
    yield from farthest.values()


# Two numbers that part


def _apart(rule: Rule, of: Numbers) -> Iterator[Outlier]:
    up, down = rule.of
    least = rule.apart / HUNDRED

    def rising(d: str, y: int) -> Decimal | None:
        now, before = of.amount(d, y, up), of.amount(d, y - 1, up)
        return None if now is None or before is None else now - before

    usual, moves = Usual(of, rising), Usual(of, partial(_move, of, down))
    for (d, y), rise in usual.values.items():
        before, fall = of.amount(d, y - 1, up) or Decimal(0), of.growth(d, y, down)
        if fall is None or fall > -least or rise < max(rule.least, before * least):
            continue
        if (d, y) in moves.values and _returns(moves, d, y):
            continue
        if max(usual.others(d, y), default=Decimal(0)) * 2 < rise:
            yield _made(
                rule,
                of,
                d,
                y,
                rise,
                数=amount(of.amount(d, y, up)),
                比=f"增加 {amount(rise)} 万元",
                另=f"下降 {percent(-fall)}",
            )


def _carried(rule: Rule, of: Numbers) -> Iterator[Outlier]:
    opening, closing = rule.of
    for d in of.departments:
        for y in of.years:
            now, before = of.amount(d, y, opening), of.amount(d, y - 1, closing)
            if now is not None and before is not None and abs(now - before) >= rule.least:
                yield _made(
                    rule,
                    of,
                    d,
                    y,
                    abs(now - before),
                    数=amount(now),
                    上年=amount(before),
                    比=amount(abs(now - before)),
                )


_WAYS = {
    GROWTH: _growth,
    RATIO: _ratio,
    NOTHING: _nothing,
    JUMP: _jump,
    APART: _apart,
    CARRIED: _carried,
}
