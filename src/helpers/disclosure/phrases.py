"""How quantities are printed in a sentence: amounts, shares, changes, completion. Each keeps its cells."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from helpers.basics import money
from helpers.basics.model import Address, Measure, Number
from helpers.basics.money import Amount
from helpers.edition import pieces, slots
from helpers.edition.ways import completion_words

HUNDRED = Decimal(100)
GAP, NO_LAST_YEAR, NO_BUDGET = "【缺】", "【缺上年数】", "【缺预算数】"
GAPS = re.compile("【缺[^【】]*】")


@dataclass(frozen=True)
class Known:
    """A quantity as it is on a basis: its amount, if known, the cells it is made from and those that must agree."""

    amount: Amount | None
    cells: tuple[Address, ...]
    unit: str = "万元"
    basis: str = ""
    agreeing: tuple[Address, ...] = ()


NOTHING = Measure("", ())


@dataclass
class Draft:
    """A sentence being written: its text so far and the numbers in it.

    `about` is the measure of the slot that is being written, whose kind each number sets itself.
    """

    paragraph: int
    about: Measure = NOTHING
    text: str = ""
    numbers: list[Number] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    lists_names: bool = False

    def say(self, words: str) -> None:
        """Write words."""
        self.text += words

    def number(
        self,
        printed: str,
        value: Amount | None,
        unit: str,
        cells: Iterable[Address],
        kind: str,
        agreeing: tuple[Address, ...] = (),
    ) -> None:
        """Write a number of a kind and keep where it is from."""
        start = len(self.text)
        self.text += printed
        self.numbers.append(
            Number(
                text=printed,
                value=value,
                unit=unit,
                cells=tuple(dict.fromkeys(cells)),
                start=start,
                end=len(self.text),
                measure=self.about._replace(kind=kind),
                agreeing=agreeing,
            )
        )


@dataclass(frozen=True)
class Phrases:
    """Prints quantities; `places` are the decimals of percentages, `trim` drops zeros at their end."""

    places: int
    trim: bool

    def say(self, draft: Draft, word: str, *known: Known) -> None:
        """Write what a slot word prints of its quantities."""
        getattr(self, _METHODS[word])(draft, *known)

    def amount(self, draft: Draft, known: Known) -> None:
        """Write an amount."""
        kind = pieces.AMOUNT if known.unit == money.WAN else pieces.COUNT
        if known.amount is None:
            draft.number(GAP, None, known.unit, known.cells, kind)
        else:
            draft.number(
                self._printed(known.amount.value, known.unit),
                value=known.amount,
                unit=known.unit,
                cells=known.cells,
                kind=kind,
                agreeing=known.agreeing,
            )

    def _printed(self, value: Decimal, unit: str) -> str:
        return money.printed(value, 2, self.trim or unit != money.WAN)

    def _percent(
        self, draft: Draft, part: Amount | None, cells: tuple[Address, ...], kind: str
    ) -> None:
        """Write a ratio as a percentage; its interval comes from the intervals it was made of."""
        if part is None:
            draft.number(GAP, None, "%", cells, kind)
        else:
            exact = Amount(part.value * HUNDRED, part.error * HUNDRED)
            draft.number(
                money.printed(exact.value, self.places, self.trim), exact, "%", cells, kind
            )
            draft.say("%")

    def share(self, draft: Draft, part: Known, whole: Known) -> None:
        """Write what percentage a part is of a whole."""
        self._ratio(draft, part, whole, pieces.SHARE)

    def _ratio(self, draft: Draft, part: Known, whole: Known, kind: str) -> None:
        cells = part.cells + whole.cells
        if part.amount is None or whole.amount is None or whole.amount.value < 0:
            self._percent(draft, None, cells, kind)
        elif part.amount.is_zero:
            self._percent(draft, money.NOTHING, cells, kind)
        else:
            self._percent(draft, money.quotient(part.amount, whole.amount), cells, kind)

    def share_phrase(self, draft: Draft, part: Known, whole: Known) -> None:
        """Write 占 and the percentage."""
        draft.say("占")
        self.share(draft, part, whole)

    def completion(self, draft: Draft, final: Known, budget: Known) -> None:
        """Write 完成预算 (or whose budget) and the percentage, or that nothing was planned."""
        cells = final.cells + budget.cells
        if final.amount is None or budget.amount is None or budget.amount.value < 0:
            draft.number(NO_BUDGET if final.amount else GAP, None, "%", cells, pieces.COMPLETION)
        elif budget.amount.is_zero:
            draft.say(f"未安排{budget.basis}")
        else:
            draft.say(completion_words(budget.basis))
            self._percent(
                draft, money.quotient(final.amount, budget.amount), cells, pieces.COMPLETION
            )

    def completion_rate(self, draft: Draft, final: Known, budget: Known) -> None:
        """Write what percentage of its budget an amount is; nothing of nothing is 0."""
        self._ratio(draft, final, budget, pieces.COMPLETION)

    def change(self, draft: Draft, now: Known, before: Known) -> None:
        """Write 增加, 减少 or 持平, by how much, and where there is something to grow from, the rate."""
        if now.amount is None or before.amount is None:
            draft.number(
                NO_LAST_YEAR if now.amount else GAP,
                value=None,
                unit=now.unit,
                cells=now.cells + before.cells,
                kind=pieces.DIFFERENCE,
            )
            return
        move = _moved(now.amount, before.amount)
        draft.say(_direction(move))
        if move:
            self.difference(draft, now, before)
            draft.say(now.unit)
            if before.amount.value > 0:
                draft.say("，增长" if move > 0 else "，下降")
                self.rate(draft, now, before)

    def way(self, draft: Draft, now: Known, before: Known) -> None:
        """Write 增加, 减少 or 持平."""
        if now.amount is None or before.amount is None:
            draft.say(GAP)
        else:
            draft.say(_direction(_moved(now.amount, before.amount)))

    def difference(self, draft: Draft, now: Known, before: Known) -> None:
        """Write by how much an amount changed, without its sign."""
        cells = now.cells + before.cells
        if now.amount is None or before.amount is None:
            draft.number(NO_LAST_YEAR, None, now.unit, cells, pieces.DIFFERENCE)
        else:
            apart = now.amount - before.amount
            size = Amount(abs(apart.value), apart.error)
            draft.number(
                self._printed(size.value, now.unit), size, now.unit, cells, pieces.DIFFERENCE
            )

    def rate(self, draft: Draft, now: Known, before: Known) -> None:
        """Write by what percentage an amount changed, without its sign."""
        grown = None
        if now.amount is not None and before.amount is not None and before.amount.value > 0:
            grown = money.quotient(now.amount, before.amount)
        part = None if grown is None else Amount(abs(grown.value - 1), grown.error)
        self._percent(draft, part, now.cells + before.cells, pieces.RATE)


_METHODS = {
    slots.AMOUNT: "amount",
    "变动": "change",
    "增减": "way",
    "差额": "difference",
    "幅度": "rate",
    "完成": "completion",
    "完成率": "completion_rate",
    "占": "share_phrase",
    "比": "share",
}


def _moved(now: Amount, before: Amount) -> Decimal:
    """Return the change as printed: two decimals."""
    return money.rounded(now.value - before.value, 2)


def _direction(move: Decimal) -> str:
    return "增加" if move > 0 else "减少" if move < 0 else "持平"
