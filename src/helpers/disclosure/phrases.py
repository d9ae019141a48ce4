"""How quantities are printed in a sentence: amounts, shares, changes, completion. Each keeps its cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from helpers.basics import money
from helpers.basics.model import Address, Number
from helpers.basics.money import Amount
from helpers.edition import wording

HUNDRED = Decimal(100)
GAP, NO_LAST_YEAR, NO_BUDGET = "【缺】", "【缺上年数】", "【缺预算数】"


@dataclass(frozen=True)
class Known:
    """A quantity as it is: its amount, if known, the cells it is made from and those that must agree."""

    amount: Amount | None
    cells: tuple[Address, ...]
    unit: str = "万元"
    agreeing: tuple[Address, ...] = ()


@dataclass
class Draft:
    """A sentence being written: its text so far and the numbers in it."""

    paragraph: int
    text: str = ""
    numbers: list[Number] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    lists_names: bool = False

    def say(self, words: str) -> None:
        self.text += words

    def number(self, printed: str, value: Amount | None, unit: str, cells, agreeing=()) -> None:
        start = len(self.text)
        self.text += printed
        cells = tuple(dict.fromkeys(cells))
        self.numbers.append(Number(printed, value, unit, cells, start, len(self.text), agreeing))


@dataclass(frozen=True)
class Phrases:
    """Prints quantities; `places` are the decimals of percentages, `trim` drops zeros at their end."""

    places: int
    trim: bool

    def say(self, draft: Draft, word: str, *known: Known) -> None:
        """Write what a slot word prints of its quantities."""
        getattr(self, _METHODS[word])(draft, *known)

    def amount(self, draft: Draft, known: Known) -> None:
        if known.amount is None:
            draft.number(GAP, None, known.unit, known.cells)
        else:
            draft.number(
                self._printed(known.amount.value, known.unit),
                known.amount,
                known.unit,
                known.cells,
                known.agreeing,
            )

    def _printed(self, value: Decimal, unit: str) -> str:
        return money.printed(value, 2, self.trim or unit != money.WAN)

    def _percent(self, draft: Draft, part: Amount | None, cells) -> None:
        """Write a ratio as a percentage; its interval comes from the intervals it was made of."""
        if part is None:
            draft.number(GAP, None, "%", cells)
        else:
            exact = Amount(part.value * HUNDRED, part.error * HUNDRED)
            draft.number(money.printed(exact.value, self.places, self.trim), exact, "%", cells)
            draft.say("%")

    def share(self, draft: Draft, part: Known, whole: Known) -> None:
        cells = part.cells + whole.cells
        if part.amount is None or whole.amount is None or whole.amount.value < 0:
            self._percent(draft, None, cells)
        elif part.amount.is_zero:
            self._percent(draft, money.NOTHING, cells)
        else:
            self._percent(draft, money.quotient(part.amount, whole.amount), cells)

    def share_phrase(self, draft: Draft, part: Known, whole: Known) -> None:
        draft.say("占")
        self.share(draft, part, whole)

    def completion(self, draft: Draft, final: Known, budget: Known) -> None:
        cells = final.cells + budget.cells
        if final.amount is None or budget.amount is None or budget.amount.value < 0:
            draft.number(NO_BUDGET if final.amount else GAP, None, "%", cells)
        elif budget.amount.is_zero:
            draft.say("未安排预算")
        else:
            draft.say("完成预算")
            self._percent(draft, money.quotient(final.amount, budget.amount), cells)

    def change(self, draft: Draft, now: Known, before: Known) -> None:
        move = _moved(now, before)
        if move is None:
            draft.number(
                NO_LAST_YEAR if now.amount else GAP, None, now.unit, now.cells + before.cells
            )
            return
        draft.say(_direction(move))
        if move:
            self.difference(draft, now, before)
            draft.say(now.unit)
            if before.amount.value > 0:
                draft.say("，增长" if move > 0 else "，下降")
                self.rate(draft, now, before)

    def way(self, draft: Draft, now: Known, before: Known) -> None:
        move = _moved(now, before)
        draft.say(GAP if move is None else _direction(move))

    def difference(self, draft: Draft, now: Known, before: Known) -> None:
        cells = now.cells + before.cells
        if _moved(now, before) is None:
            draft.number(NO_LAST_YEAR, None, now.unit, cells)
        else:
            apart = now.amount - before.amount
            size = Amount(abs(apart.value), apart.error)
            draft.number(self._printed(size.value, now.unit), size, now.unit, cells)

    def rate(self, draft: Draft, now: Known, before: Known) -> None:
        cells = now.cells + before.cells
        if _moved(now, before) is None or before.amount.value <= 0:
            self._percent(draft, None, cells)
        else:
            grown = money.quotient(now.amount, before.amount)
            self._percent(draft, Amount(abs(grown.value - 1), grown.error), cells)


_METHODS = {
    wording.AMOUNT: "amount",
    "变动": "change",
    "增减": "way",
    "差额": "difference",
    "幅度": "rate",
    "完成": "completion",
    "占": "share_phrase",
    "比": "share",
}


def _moved(now: Known, before: Known) -> Decimal | None:
    """Return the change as printed (two decimals), or nothing where either year is missing."""
    if now.amount is None or before.amount is None:
        return None
    return money.rounded(now.amount.value - before.amount.value, 2)


def _direction(move: Decimal) -> str:
    return "增加" if move > 0 else "减少" if move < 0 else "持平"
