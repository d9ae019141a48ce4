"""On which side of a difference more holds: with what was published, or with what the figures give."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass
from functools import cached_property

from helpers.basics import money
from helpers.basics.model import Address, Finding
from helpers.basics.money import Amount
from helpers.disclosure.tables import Tables
from helpers.edition.formula import Relation, Term
from helpers.edition.pieces import AMOUNT
from helpers.edition.rulebook import Rule
from helpers.review import checks
from helpers.review.comparison import Comparison
from helpers.review.judgement import is_true
from helpers.review.verdicts import DIFFERS, Judged, as_printed, in_wan


@dataclass(frozen=True, kw_only=True)
class Held:
    """How many relations hold with the published number, and how many with the recomputed one."""

    published: int = 0
    recomputed: int = 0

    @property
    def published_is_wrong(self) -> bool:
        return self.published < self.recomputed

    @property
    def recomputed_is_wrong(self) -> bool:
        return self.recomputed < self.published

    @property
    def said(self) -> str:
        """Return the words that tell how much holds on either side.

        >>> Held(published=1, recomputed=3).said
        '公开的数合 1 处，重算的数合 3 处，公开的数疑误'
        """
        told = f"公开的数合 {self.published} 处，重算的数合 {self.recomputed} 处"
        if self.published_is_wrong:
            return f"{told}，公开的数疑误"
        return f"{told}，{'重算的数疑误' if self.recomputed_is_wrong else '还不能断定哪边有误'}"


class Sides:
    """Both sides of one report: `read` are the published tables by number, `printed` the findings of their cells by place."""

    def __init__(
        self,
        tables: Tables,
        rules: Iterable[Rule],
        comparison: Comparison,
        read: Container[str],
        printed: dict[str, Finding],
    ):
        self._tables, self._rules, self._comparison = tables, tuple(rules), comparison
        self._read, self._printed = read, printed

    def of_cell(self, address: Address) -> Held:
        """Return how many relations of a published cell hold on either side."""
        relations = self._relations.get(address, ())
        return Held(
            published=sum(self._holds(one, self._published) for one in relations),
            recomputed=sum(self._holds(one, self._recomputed) for one in relations),
        )

    def of_number(self, judged: Judged) -> Held:
        """Return how many published tables and other sentences say what a published number says, and what was computed."""
        if judged.number is None or judged.number.value is None or len(judged.number.cells) != 1:
            return Held()
        (address,) = judged.number.cells
        same = [
            other
            for other in self._said.get((address, judged.number.measure.kind), ())
            if other is not judged
        ]
        ours = sum(other.verdict != DIFFERS for other in same)
        theirs = sum(in_wan(other.printed) == in_wan(judged.printed) for other in same)
        if judged.number.measure.kind == AMOUNT and address.table in self._read:
            printed, said = self._published(address), as_printed(judged.printed, money.WAN)
            ours += str(address) not in self._printed
            theirs += printed is not None and printed.meets(said)
        return Held(published=theirs, recomputed=ours)

    @cached_property
    def _said(self) -> dict[tuple[Address, str], list[Judged]]:
        """The published numbers about each single cell, by what they state of it."""
        found: dict[tuple[Address, str], list[Judged]] = defaultdict(list)
        for judged in self._comparison.published.values():
            if judged.number is not None and len(judged.number.cells) == 1:
                found[judged.number.cells[0], judged.number.measure.kind].append(judged)
        return found

    def _recomputed(self, address: Address) -> Amount | None:
        return self._tables.cell(address).amount

    def _published(self, address: Address) -> Amount | None:
        """Return what was published in a cell; one that nothing was found of agrees with the recomputed."""
        finding = self._printed.get(str(address))
        if finding is None:
            return self._recomputed(address)
        return money.amount(finding.found, money.WAN) if money.is_number(finding.found) else None

    def _holds(self, relation: Relation, amount) -> bool:
        left, right = (checks.combined(side, amount) for side in (relation.left, relation.right))
        return left is not None and right is not None and is_true(left, relation.sign, right)

    @cached_property
    def _relations(self) -> dict[Address, list[Relation]]:
        """The relations of every published cell that differs."""
        found: dict[Address, list[Relation]] = defaultdict(list)
        for relation in self._every() if self._printed else ():
            for address in {term.of for term in relation.left + relation.right}:
                if str(address) in self._printed:
                    found[address].append(relation)
        return found

    def _every(self) -> Iterable[Relation]:
        """Yield what the rules and the forms say of the cells."""
        for rule in self._rules:
            known = not rule.only_if or checks.holds(rule.only_if, self._tables)
            for relation in rule.relations if known else ():
                yield from checks.expanded(relation, self._tables)
        for table in self._tables.published():
            for cell, made in self._tables.totals(table):
                yield _total(cell.address, made.signs, made.operands)
            for cell in table.cells():
                if cell.operands:
                    yield _total(cell.address, cell.signs, cell.operands)


def _total(whole: Address, signs: tuple[int, ...], parts: tuple[Address, ...]) -> Relation:
    return Relation((Term(1, whole),), "=", tuple(map(Term, signs, parts)))
