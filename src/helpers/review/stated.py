"""Groups that have one stated cause: another year, another unit, a figure that should be another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal

from helpers.basics import money
from helpers.basics.model import SERIOUS, Finding
from helpers.published.printed import PrintedTable
from helpers.review.alike import Group, Left, printed
from helpers.review.comparison import Comparison
from helpers.review.descent import Descent, years
from helpers.review.suspects import NEAR, Suspect, amount_of, slip_of
from helpers.review.verdicts import DIFFERS

PUBLISHED = ("文-", "表-", "校-")  # how the rules begin of what was published
MANY = 3  # tables in another unit beyond which they are one matter
SENTENCES = 3  # that one paragraph of another year has
FEW = 2  # findings from which on a slip that could be one of many is a matter of its own
_FACTOR = {Decimal(10) ** 4: "因-单位", Decimal(10): "因-小数点"}


def of_another_year(left: Left, foreign: tuple[str, ...]) -> Iterator[Group]:
    """Yield the findings of years that are so many too early, with all numbers where those are of another year too."""
    by_lag: dict[int, list[int]] = defaultdict(list)
    for number, one in left.items():
        if one.severity in SERIOUS and (pair := years(one)):
            by_lag[pair[0] - pair[1]].append(number)
    most = max(by_lag.values(), key=len, default=[])
    for every in by_lag.values():
        members = [n for n in every if n in left]
        wrong, right = max((y for n in members if (y := years(left[n]))), default=(0, 0))
        whole = [n for n in foreign if any(_is_of(left[m], n) for m in members)]
        slots = (("实为", str(wrong)), ("应为", str(right)))
        numbers = _of_one_paragraph(left, members)
        if whole and every is most:
            more = [n for n, f in left.items() if any(_is_of(f, w) for w in whole)]
            together = tuple(sorted({*members, *more}))
            yield Group("因-年度/整份", together, slots=slots)
        elif len(numbers) >= FEW:
            yield Group("因-年度/一段", tuple(sorted({*members, *numbers})), slots=slots)
        elif len(members) >= FEW:
            yield Group("因-年度/写成", tuple(members), slots=slots)


def _of_one_paragraph(left: Left, members: list[int]) -> list[int]:
    """Return the numbers that differ in the sentences that some findings are of, where these are few."""
    places = {left[n].place for n in members}
    return [
        n
        for n, f in left.items()
        if len(places) <= SENTENCES and f.place in places and f.rule == "文-数"
    ]


def _is_of(found: Finding, beginning: str) -> bool:
    """Whether a finding is of the published text or of the published tables, as its rule begins; 校 reads the text too."""
    return found.rule.startswith(beginning) or (
        beginning == "文-" and found.rule.startswith("校-年度")
    )


def foreign(
    comparison: Comparison, tables: Mapping[str, PrintedTable], of_tables: list[Finding]
) -> Iterator[str]:
    """Yield how the rules begin of whose published numbers more than a third are not those of the figures."""
    judged = [j for c in comparison.sentences for j in c.judged if j.number]
    if 3 * sum(j.verdict == DIFFERS for j in judged) > len(judged):
        yield "文-"
    wrong = sum(f.rule == "表-数" for f in of_tables)
    if wrong:
        cells = [cell for table in tables.values() for cell in table.cells.values()]
        written = sum(bool(cell.text.strip("-—0.")) for cell in cells)
        if 3 * wrong > written:
            yield "表-"


def in_another_unit(left: Left, descent: Descent) -> Iterator[Group]:
    """Yield the tables most of whose differing cells are ten thousand times or ten times what they should be.

    Where that befell many tables, it is one matter.
    """
    by_kind: dict[str, list[tuple[str, list[int]]]] = defaultdict(list)
    for table, members in _by_table(left, descent).items():
        for factor, kind in _FACTOR.items():
            said = [n for n in members if left[n].rule == "表-单位"] if factor > 10 else []
            off = [n for n in members if _is_off(left[n], factor, least=0 if said else 1)]
            if len(off) >= FEW and (said or 5 * len(off) > 4 * len(members) >= 20):
                by_kind[kind].append((table, sorted({*off, *said})))
                break
    for kind, tables in by_kind.items():
        if len(tables) > MANY:
            named = f"{tables[0][0]}等 {len(tables)} 张表"
            tables = [(named, [n for _, members in tables for n in members])]
        for table, members in tables:
            yield Group(kind, tuple(members), slots=(("表", table),))


def _by_table(left: Left, descent: Descent) -> dict[str, list[int]]:
    by_table: dict[str, list[int]] = defaultdict(list)
    for number, one in left.items():
        if one.severity in SERIOUS and one.rule.startswith("表-"):
            by_table[descent.section(one.place)].append(number)
    return by_table


def _is_off(found: Finding, factor: Decimal, least: int) -> bool:
    """Whether one amount is so many times the other, give or take what rounding does to the smaller, in 分 at least so much."""
    pair = [amount_of(found.expected), amount_of(found.found)]
    if None in pair:
        return False
    small, large = sorted(abs(a) for a in pair if a is not None)
    return 100 * small >= least and abs(large - small * factor) <= factor * Decimal("0.0051")


def suspected(suspect: Suspect, descent: Descent, found: list[Finding]) -> Group:
    """Return what a figure's being another would clear, as a group.

    Where that clears relations of the figures and what was published besides, the published numbers agree with
    themselves, unless the figure is one of them.
    """
    rules = [found[n].rule for n in suspect.cleared]
    figure, difference = suspect.figure, suspect.difference
    is_money = figure.unit in money.MONEY_UNITS
    is_ours = not figure.listing and len(set(map(_is_published, rules))) > 1
    members = tuple(sorted(suspect.cleared))
    if suspect.is_one_of_many:
        apart = printed(abs(difference))
        return Group(
            "因-同差", members, difference=apart, slots=(("相差", apart),), is_ours=is_ours
        )
    size = printed(difference) + (f" {money.WAN}" if is_money else f" {figure.unit}")
    lines = "、".join(f.line for f in (figure, *suspect.equals))
    which = "之一" if suspect.equals else "上年" if descent.is_last_year(figure) else "本年"
    folder = f"../{_year(figure)}/" if descent.is_last_year(figure) else ""
    return Group(
        kind=f"因-数/{which}",
        members=members,
        place=f"{folder}figures.csv:{figure.line}",
        difference=printed(difference),
        slots=(
            ("行号", lines),
            ("指标", descent.called(figure)),
            ("多少", "多" if difference > 0 else "少"),
            ("相差", size),
            ("疑似", slip_of(figure, suspect.meant)),
        ),
        is_ours=is_ours,
    )


def _is_published(rule: str) -> bool:
    return rule.startswith(PUBLISHED)


def with_lacking_row(group: Group, left: Left) -> Group:
    """Return a suspected figure that is too little by what a published row has that the figures lack as that row."""
    said = dict(group.slots)
    rows = tuple(
        n for n, f in left.items() if f.rule == "表-多行" and _is_near(f.found, group.difference)
    )
    if not rows or said["多少"] != "少":
        return group
    return Group(
        kind="因-数/缺行",
        members=(*rows, *group.members),
        difference=group.difference,
        slots=(("相差", said["相差"]),),
        is_ours=group.is_ours,
    )


def _is_near(one: str, other: str) -> bool:
    a, b = amount_of(one), amount_of(other)
    return a is not None and b is not None and abs(a - b) <= NEAR


def _year(figure) -> str:
    return figure.source.split("/")[-2]
