"""Which figure, were it another, would leave the fewest contradictions: a line is suspected, then put to the test.

A finding votes for every figure that its cells came from, with its own difference; for the line of figures.csv
that it is of itself, twice; and for a detail of a total that may have been mistyped. The figure that most
differences agree on is supposed to be less by as much, the review is made anew over that, and what is gone
then is laid to it. Nothing is laid to a figure whose change would raise as much as it clears.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import NamedTuple

from helpers.basics.model import SERIOUS, Figure, Finding
from helpers.basics.money import MONEY_UNITS, YUAN, Amount
from helpers.review.descent import Descent
from helpers.review.slips import ONE_DIGIT, slip

Suppose = Callable[[Mapping[Figure, Figure]], list[Finding]]
NEAR = Decimal("0.011")  # two differences of amounts printed to two decimals may be one
LEAST, TRIED, TESTS, VOTERS, MOST_DETAILS = 2, 3, 16, 200, 50
MANY = 2_000  # lines of figures.csv from which on fewer are tested, since each test looks through them all
_AMOUNT = re.compile(r"(-?\d+(?:\.\d+)?)(万元|万)?", re.ASCII)


def tests_for(lines: int) -> int:
    """Return how many suspects are tested where figures.csv has so many lines.

    >>> tests_for(300), tests_for(4_000), tests_for(32_000)
    (16, 8, 3)
    """
    return max(TRIED, TESTS * MANY // max(lines, MANY))


def amount_of(text: str) -> Decimal | None:
    """Return an amount in 万元 or a count that a finding names, or nothing of what is a rate, in 元, or words."""
    match = _AMOUNT.fullmatch(text.replace(",", ""))
    return Decimal(match[1]) if match else None


def apart(found: Finding) -> Decimal | None:
    """Return by how much what was found falls short of what should be, or nothing where that is no amount."""
    expected, printed = amount_of(found.expected), amount_of(found.found)
    if expected is None or printed is None or not found.difference:
        return None
    return expected - printed


@dataclass(frozen=True)
class Suspect:
    """A figure that is too much by `difference`; `equals` are others that would clear the same findings.

    `left` are the findings that there would be if it were what is meant; `is_one_of_many` says that more than were
    tried are as likely.
    """

    figure: Figure
    meant: Figure
    difference: Decimal
    cleared: frozenset[int]
    left: list[Finding]
    equals: tuple[Figure, ...] = ()
    is_one_of_many: bool = False


class _Vote(NamedTuple):
    agreeing: int
    weight: int
    figure: Figure
    difference: Decimal


@dataclass
class Search:
    """The search for suspects among the findings of one review.

    `found` are its findings by number, only those that another figure can clear; `suppose` returns what they
    would be if figures were others.
    """

    found: dict[int, Finding]
    descent: Descent
    suppose: Suppose
    tests: int
    supposed: dict[Figure, Figure] = field(default_factory=dict)

    def suspects(self) -> Iterator[Suspect]:
        """Yield suspects, each found after the ones before it are supposed to be right."""
        state = list(self.found.values())
        while self.tests > 0:
            best = self._best(state)
            if best is None:
                return
            yield best
            self.supposed[best.figure] = best.meant
            state = best.left
            for number in best.cleared:
                del self.found[number]

    def _best(self, state: list[Finding]) -> Suspect | None:
        votes = ranked(state, self.descent)
        alike = [vote for vote in votes if vote[:2] == votes[0][:2]]
        are_many = len(alike) > TRIED
        slipped = _only_slipped(alike) if are_many else []
        return self._best_of(slipped, state) or self._best_of(votes[:TRIED], state, are_many)

    def _best_of(
        self, votes: list[_Vote], state: list[Finding], are_many: bool = False
    ) -> Suspect | None:
        best, most = None, LEAST - 1
        for vote in votes:
            if best and vote[:2] < votes[0][:2]:
                break
            for difference in (vote.difference, -vote.difference):
                if self.tests <= 0:
                    return best
                suspect, cleared = self._tested(vote.figure, difference, state)
                if cleared > most:
                    is_first = vote[:2] == votes[0][:2]
                    best = replace(suspect, is_one_of_many=are_many and is_first)
                    most = cleared
                elif best and cleared == most and suspect.cleared == best.cleared:
                    best = replace(best, equals=(*best.equals, suspect.figure))
                if cleared >= LEAST:
                    break
        return best

    def _tested(
        self, figure: Figure, difference: Decimal, state: list[Finding]
    ) -> tuple[Suspect, int]:
        """Return a figure supposed to be too much by a difference, and how many more findings that clears than it raises."""
        self.tests -= 1
        meant = _less(figure, difference)
        left = self.suppose({**self.supposed, figure: meant})
        after = Counter(map(identity, left))
        cleared = set()
        for number, one in self.found.items():
            if after[identity(one)] > 0:
                after[identity(one)] -= 1
            else:
                cleared.add(number)
        before = Counter(map(identity, state))
        raised = sum((Counter(_serious(after)) - Counter(_serious(before))).values())
        gained = sum(self.found[n].severity in SERIOUS for n in cleared)
        suspect = Suspect(figure, meant, difference, frozenset(cleared), left)
        return suspect, gained - raised


def _serious(counted: Counter) -> dict:
    return {who: many for who, many in counted.items() if who[-1] in SERIOUS}


def identity(found: Finding) -> tuple[str, str, str, str]:
    """Return what stays of a finding where a figure changes: its rule, place, what was published, its severity."""
    published = found.found if "-" in found.rule else ""
    return found.rule, found.place, published, found.severity


def _less(figure: Figure, difference: Decimal) -> Figure:
    """Return a figure less by a difference, as exactly as two printed amounts can tell it."""
    amount = figure.amount
    is_printed = figure.unit in MONEY_UNITS and abs(difference) > NEAR
    error = amount.error + NEAR if is_printed else amount.error
    return replace(figure, amount=Amount(amount.value - difference, error))


def ranked(found: Iterable[Finding], descent: Descent) -> list[_Vote]:
    """Return the figures that at least two findings agree on by their difference, the likeliest first."""
    votes: dict[Figure, list[tuple[Decimal, int, int]]] = defaultdict(list)
    for one in [f for f in found if f.severity in SERIOUS][:VOTERS]:
        difference = apart(one)
        if difference:
            figures, own = descent.figures(one), descent.line(one.place)
            others = descent.opposite(one) - figures
            sign, weight = (1 if difference > 0 else -1), 10_000 // max(len(figures | others), 1)
            for figure in (*own, *figures, *_mistyped(figures, difference, descent)):
                votes[figure].append((abs(difference), sign, weight))
            for figure in others:
                votes[figure].append((abs(difference), -sign, weight))
    counted = (_Vote(*_agreed(figure, some)) for figure, some in votes.items() if len(some) > 1)
    good = [vote for vote in counted if vote.agreeing >= LEAST]
    return sorted(good, key=lambda v: (-v.agreeing, -v.weight, v.figure.source))


def _only_slipped(votes: list[_Vote]) -> list[_Vote]:
    """Return the only one of figures, each as likely, that a slip of the hand would put off so, in a list, or nothing.

    One wrong digit is the likeliest chance: it counts only where no figure shows another slip.
    """
    slips = {
        vote: {slip_of(vote.figure, _less(vote.figure, vote.difference * by)) for by in (1, -1)}
        for vote in votes
    }
    for chance in ({"", ONE_DIGIT}, {""}):
        slipped = [vote for vote in votes if slips[vote] - chance]
        if slipped:
            return slipped if len(slipped) == 1 else []
    return []


def _mistyped(figures: frozenset[Figure], difference: Decimal, descent: Descent) -> list[Figure]:
    """Return the only detail of a given total, of those few, that a slip of the hand would put off by a difference."""
    if len(figures) != 1:
        return []
    (whole,) = figures
    details = dict.fromkeys(descent.details(whole))
    slipped = [
        part
        for part in (details if len(details) <= MOST_DETAILS else ())
        if any(slip_of(part, _less(part, much)) for much in (difference, -difference))
    ]
    return slipped if len(slipped) == 1 else []


def slip_of(figure: Figure, meant: Figure) -> str:
    """Return the slip that may have made of a figure what it is, or nothing."""
    is_money = figure.unit in MONEY_UNITS
    value, within = meant.amount.value, NEAR if is_money else Decimal(0)
    if figure.unit == YUAN:
        value, within = value.scaleb(4), within.scaleb(4)
    return slip(figure.written, value, within)


def _agreed(
    figure: Figure, votes: list[tuple[Decimal, int, int]]
) -> tuple[int, int, Figure, Decimal]:
    """Return how many votes agree on one difference, their weight, and that difference with its likelier sign."""
    ordered = sorted(votes)
    best: list[tuple[Decimal, int, int]] = []
    start = 0
    for end, (size, _, _) in enumerate(ordered):
        while size - ordered[start][0] > NEAR:
            start += 1
        if end + 1 - start > len(best):
            best = ordered[start : end + 1]
    sign = 1 if sum(s for _, s, _ in best) >= 0 else -1
    middle = best[len(best) // 2][0]
    return len(best), sum(w for _, _, w in best), figure, sign * middle
