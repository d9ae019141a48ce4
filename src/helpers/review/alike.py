"""Groups of findings that are written alike, differ alike, or stand in one sentence, row, section or place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations

from helpers.basics import money
from helpers.basics.model import SERIOUS, SEVERITIES, Finding
from helpers.review.descent import Descent
from helpers.review.suspects import NEAR, amount_of, apart

Left = dict[int, Finding]
SMALL = Decimal("0.05")  # a difference that rounding may make anywhere binds nothing
ROWS = ("表-缺行", "表-缺栏", "表-多行", "表-重复行", "表-行序", "表-编码", "表-科目名")


@dataclass(frozen=True)
class Group:
    """Findings that share a cause, by their numbers; `slots` are what its sentence names.

    `is_ours` where what was published agrees with itself, and the figures were copied wrongly from it; `beside` are
    those of its members that only stand in the same sentences.
    """

    kind: str
    members: tuple[int, ...]
    place: str = ""
    difference: str = ""
    slots: tuple[tuple[str, str], ...] = ()
    is_ours: bool = False
    beside: tuple[int, ...] = ()


def printed(difference: Decimal) -> str:
    """Return a difference to two decimals, or to as many as it takes to see it."""
    size = abs(difference)
    return money.printed(size, 2 if money.rounded(size, 2) else 6)


def _shared(left: Left, key: Callable[[Finding], Hashable]) -> Iterator[tuple[Hashable, list[int]]]:
    """Yield keys that two or more findings have, with their numbers; a blank key is none."""
    by_key: dict[Hashable, list[int]] = defaultdict(list)
    for number, one in left.items():
        if shared := key(one):
            by_key[shared].append(number)
    yield from ((shared, some) for shared, some in by_key.items() if len(some) > 1)


def written_alike(left: Left, descent: Descent) -> Iterator[Group]:
    """Yield the same slip in many places: one rule, one thing written, one that should be."""
    same = _shared(left, lambda f: f.found and not f.difference and (f.rule, f.expected, f.found))
    for _, some in list(same):
        first = left[some[0]]
        which = "应为" if first.expected else "实为"
        slots = (("应为", first.expected), ("实为", first.found))
        yield Group(f"因-同写/{which}", tuple(some), slots=slots)


def of_the_same_amounts(left: Left, descent: Descent) -> Iterator[Group]:
    """Yield what differs by the same two amounts, whichever of them is told to be right."""
    for _, some in list(_shared(left, _amounts)):
        first = left[some[0]]
        one, other = sorted((first.expected, first.found))
        slots = (("一数", one), ("另一数", other), ("相差", first.difference))
        yield Group("因-同数", tuple(some), difference=left[some[0]].difference, slots=slots)


def _amounts(found: Finding) -> frozenset[str] | None:
    return frozenset((found.expected, found.found)) if apart(found) else None


def of_one_difference(left: Left, descent: Descent) -> Iterator[Group]:
    """Yield contradictions by the same difference whose cells came from some of the same figures."""
    sizes: dict[int, Decimal] = {}
    for number, one in left.items():
        size = abs(apart(one) or money.ZERO)
        if one.severity in SERIOUS and size > SMALL:
            sizes[number] = size
    groups: list[list[int]] = []
    for number in sorted(sizes, key=lambda n: (sizes[n], n)):
        mine = descent.figures(left[number])
        near = (
            group
            for group in reversed(groups)
            if any(
                sizes[number] - sizes[m] <= NEAR and mine & descent.figures(left[m]) for m in group
            )
        )
        joined = next(near, None)
        if joined is None:
            groups.append([number])
        else:
            joined.append(number)
    for group in groups:
        if len(group) > 1:
            difference = printed(sizes[group[0]])
            slots = (("相差", difference),)
            yield Group("因-同差", tuple(sorted(group)), difference=difference, slots=slots)


def exchanged(left: Left, descent: Descent) -> Iterator[Group]:
    """Yield two columns of a table of which each prints what the other should, in two rows or more."""
    rows: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for number, one in left.items():
        cell = descent.cell(one.place) if one.rule.startswith("表-") else None
        if cell:
            rows[cell.table, cell.row].setdefault(cell.column, number)
    pairs: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for (table, _), columns in rows.items():
        for (a, m), (b, n) in combinations(columns.items(), 2):
            if _crosses(left[m], left[n]):
                pairs[table, a, b] += [m, n]
    for (_, a, b), some in pairs.items():
        if len(some) >= 4 and all(n in left for n in some):
            slots = (("表", descent.section(left[some[0]].place)), ("栏", a), ("另一栏", b))
            yield Group("因-互换", tuple(sorted(set(some))), slots=slots)


def _crosses(one: Finding, other: Finding) -> bool:
    pairs = [(one.expected, other.found), (other.expected, one.found)]
    amounts = [(amount_of(a or "0"), amount_of(b or "0")) for a, b in pairs]
    return all(a is not None and b is not None and abs(a - b) < NEAR for a, b in amounts)


def of_the_rows(left: Left, descent: Descent) -> Iterator[Group]:
    """Yield the rows of one table that are lacking, too many or out of order."""
    key = lambda f: f.rule in ROWS and f.severity in SERIOUS and descent.section(f.place)  # noqa: E731
    for table, some in list(_shared(left, key)):
        yield Group("因-同表", tuple(some), slots=(("表", str(table)),))


def of_one_row(left: Left, descent: Descent) -> Iterator[Group]:
    """Yield what differs in one row of a published table."""

    def key(found: Finding):
        cell = descent.cell(found.place) if found.rule.startswith("表-") else None
        return cell and found.severity in SERIOUS and (cell.table, cell.row)

    for shared, some in list(_shared(left, key)):
        table = descent.section(left[some[0]].place)
        row = shared[1] if isinstance(shared, tuple) else ""
        yield Group("因-同行", tuple(some), slots=(("表", table), ("行", row)))


def lacking_of_one_section(left: Left, descent: Descent) -> Iterator[Group]:
    """Yield what the published text lacks of one section: its heading, its sentences, their numbers."""

    def key(found: Finding):
        if found.rule == "校-标题" and not found.found:
            return descent.heading(found.expected)
        return found.rule in ("文-缺句", "文-缺数") and descent.section(found.place)

    for section, some in list(_shared(left, key)):
        yield Group("因-同节", tuple(some), slots=(("节", str(section)),))


def of_one_sentence(left: Left, descent: Descent) -> Iterator[Group]:
    """Yield what is told of one sentence of the published text."""
    key = lambda f: f.rule.startswith("文-") and descent.is_sentence(f.place) and f.place  # noqa: E731
    for _, some in list(_shared(left, key)):
        yield Group("因-同句", tuple(some))


def of_one_place(left: Left, descent: Descent) -> Iterator[Group]:
    """Yield what could not be checked for lack of the same cell."""
    for _, some in list(_shared(left, lambda f: f.severity == "missing" and f.place)):
        yield Group("因-同处", tuple(some))


LOOKS = (
    written_alike,
    exchanged,
    of_the_same_amounts,
    of_one_difference,
    of_the_rows,
    of_one_row,
    lacking_of_one_section,
    of_one_sentence,
    of_one_place,
)


JOINING = ("因-同写", "因-同数", "因-同差")


def joined(groups: list[Group], found: list[Finding], left: Left) -> list[Group]:
    """Return the groups with what is left of a sentence of theirs, where only one group speaks of that sentence.

    What is worse than a group is no matter beside it.
    """
    of_sentence: dict[str, list[int]] = defaultdict(list)
    for at, group in enumerate(groups):
        if group.kind.startswith(JOINING):
            for place in {found[n].place for n in group.members if found[n].rule[0] == "文"}:
                of_sentence[place].append(at)
    more: dict[int, list[int]] = defaultdict(list)
    for number in list(left):
        one = left[number]
        if one.rule[0] == "文" and len(of_sentence[one.place]) == 1:
            [at] = of_sentence[one.place]
            worst = min(SEVERITIES.index(found[n].severity) for n in groups[at].members)
            if SEVERITIES.index(one.severity) >= worst:
                more[at].append(number)
                del left[number]
    return [
        replace(group, members=(*group.members, *more[at]), beside=tuple(more[at]))
        if at in more
        else group
        for at, group in enumerate(groups)
    ]
