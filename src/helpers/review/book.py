"""What came in, was spent, was carried over and was planned, each by fund and functional code."""

from __future__ import annotations

from collections.abc import Iterator

from helpers.basics import money
from helpers.basics.model import BUDGET, DERIVED, FINAL, Scope, Value
from helpers.basics.money import Amount, signed_total
from helpers.disclosure.accounts import Accounts
from helpers.disclosure.rollup import RollUp
from helpers.edition import codes
from helpers.edition.rulebook import Rule


class Money:
    """One kind of money by fund and functional code; fund "" is all of it."""

    def __init__(self, name: str, rollup: RollUp, scopes: dict[str, tuple[Scope, ...]]):
        self.name, self._rollup, self._scopes = name, rollup, scopes
        self._carried = scopes[""][0].item == "结转结余"
        self._coded = {
            fund: [f for s in some for f in rollup.figures_inside(s) if f.scope.function]
            for fund, some in scopes.items()
        }
        by = "category" if scopes[""][0].item == "收入" else "fund"
        self._fundless = [f for f in self._coded[""] if not getattr(f.scope, by)]

    def find(self, fund: str, code: str = "") -> Value:
        """Return what is known of a code, or of the whole fund, with the figures that say it."""
        values = [self._rollup.find(s.within(function=code)) for s in self._scopes[fund]]
        known = signed_total((1, v.amount) for v in values)
        some = (f for v in values if v.amount and v.amount.value for f in v.figures)
        return Value(known, DERIVED, tuple(f for f in some if f.amount.value))

    def ends(self, fund: str) -> set[str]:
        """Return the codes that no finer one continues."""
        named = {f.scope.function for f in self._coded[fund]}
        return named - {code[:length] for code in named for length in range(len(code))}

    def is_split(self, fund: str) -> bool:
        """Return whether this kind of money is broken down by code for a fund."""
        if fund or self._fundless or not self._coded[fund]:
            return bool(self._coded[fund]) and not (fund and self._fundless)
        final, (whole, *more) = self._coded[""][0].basis == FINAL, self._scopes[""]
        return final and not more and self._rollup.is_whole(whole, "function")

    def lacks(self, fund: str, code: str) -> bool:
        """Return whether a code is known to have nothing of what is broken down by code."""
        known = self.find(fund, code).amount
        return known is not None and known.is_zero and (self._carried or self.is_split(fund))

    def _is_written(self, fund: str, code: str) -> bool:
        """Return whether money of a code is written, though perhaps not all of it."""
        scopes = (s.within(function=code) for s in self._scopes[fund])
        return any(not f.amount.is_zero for s in scopes for f in self._rollup.figures_inside(s))

    def may_have(self, fund: str, code: str, wanted: Amount) -> bool:
        """Return whether a code has money, or can have it where its code or fund is not said."""
        known = self.find(fund, code).amount
        written = [f.scope.function for f in self._fundless if not f.amount.is_zero]
        if any(code.startswith(one) or one.startswith(code) for one in written):
            return True
        if known is None and self._is_written(fund, code):
            return True
        if known is not None or not self._carried:
            return self.is_split(fund) if known is None else not known.is_zero
        most = self.find(fund).amount or self.find("").amount
        return most is None or most.high >= wanted.low


class Book:
    """What came in, was spent, was carried over and was planned, as a rule's parameters name it."""

    def __init__(self, rule: Rule, accounts: Accounts):
        given = dict(rule.parameters)
        self.funds = [key.partition("/")[2] for key in given if key.startswith("收入/")]
        words = codes.vocabulary()
        final = accounts.written[words.bases(FINAL)[0]]
        income = {f: tuple(Scope("收入", c) for c in given[f"收入/{f}"]) for f in self.funds}
        spent: dict[str, tuple[Scope, ...]] = {
            fund: (Scope("支出", fund=fund),) for fund in (*self.funds, "")
        }
        self.income = Money("收入", final, {**income, "": (Scope("收入"),)})
        self.spent = Money("支出", final, spent)
        self.budgets = [
            Money(basis, accounts.written[basis], spent) for basis in words.bases(BUDGET)
        ]
        self.opening, self.closing = (
            Money(f"{word}结转和结余", final, self._carried(word, given))
            for word in ("年初", "年末")
        )

    def _carried(self, word: str, given) -> dict[str, tuple[Scope, ...]]:
        names = {f: (*given[word], *given.get(f"{word}/{f}", ())) for f in self.funds}
        names[""] = tuple(dict.fromkeys(name for some in names.values() for name in some))
        return {f: tuple(Scope("结转结余", one, f) for one in some) for f, some in names.items()}

    def planned(self, fund: str) -> Money:
        return next((b for b in self.budgets if b.is_split(fund)), self.budgets[-1])

    def granted(self, fund: str) -> set[str]:
        return self.income.ends(fund) | self.planned(fund).ends(fund)

    def unbalanced(self, fund: str) -> Iterator[tuple[str, Amount]]:
        """Yield codes with what came in and was neither spent nor carried over."""
        if not (self.spent.is_split(fund) and self.income.is_split(fund)):
            return
        for code in sorted(self.spent.ends(fund) | self.income.ends(fund)):
            sides = (1, self.income), (1, self.opening), (-1, self.spent), (-1, self.closing)
            left = signed_total((sign, kind.find(fund, code).amount) for sign, kind in sides)
            if left and not left.meets(money.NOTHING):
                yield code, left
