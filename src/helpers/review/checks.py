"""The rules carried out: every relation passes, is explained by rounding, is broken, or could not be judged.

A relation is judged by intervals: sides that meet agree, exactly or within rounding; sides that do not
meet contradict. What cannot be judged for lack of a figure says which figure.
"""

from __future__ import annotations

from collections.abc import Callable

from helpers.basics import money
from helpers.basics.errors import DataError
from helpers.basics.model import Address, Finding, Profile
from helpers.basics.money import Amount, signed_total
from helpers.disclosure.tables import Tables
from helpers.edition import rulebook
from helpers.edition.formula import ONE, Relation, Term
from helpers.edition.rulebook import Rule
from helpers.review import named_checks
from helpers.review.judgement import could_not, is_true, judged


def find(tables: Tables, profile: Profile) -> list[Finding]:
    """Return the findings of every rule that holds for the year."""
    found: list[Finding] = []
    for rule in rulebook.load(profile.edition, frozenset(named_checks.FUNCTIONS)):
        if not rule.years[0] <= profile.year <= rule.years[1]:
            continue
        if rule.function:
            found += named_checks.FUNCTIONS[rule.function](rule, tables, profile)
        else:
            found += check(rule, tables)
    return found


def check(rule: Rule, tables: Tables) -> list[Finding]:
    """Return the findings of a rule's relations, for each row alike where there is a `*`.

    A rule with 当 holds only where that relation is known to be true.
    """
    found, unknown = [], []
    if rule.only_if and not holds(rule.only_if, tables):
        return []
    for relation in rule.relations:
        try:
            rows = expanded(relation, tables)
            sides = [
                (concrete, value(concrete.left, tables), value(concrete.right, tables))
                for concrete in rows
            ]
        except KeyError as error:
            raise DataError(
                f"{rule.place} {rule.number}", error.args[0], "tables.yaml 里有的表、行、栏"
            ) from None
        if not rows:
            unknown += _rowless(relation, tables)
        for concrete, (left, gaps), (right, more) in sides:
            if left is None or right is None:
                unknown += gaps + more
            else:
                found += judged(rule, concrete, left, right, tables)
    if unknown:
        found.append(could_not(rule, unknown, tables))
    return found


def _rowless(relation: Relation, tables: Tables) -> list[Address]:
    """A table with money but without rows to compare leaves its rule unjudged."""
    starred = next(t.of for t in relation.left + relation.right if t.of.row.startswith("*"))
    return (
        []
        if tables.table(starred.table).is_empty
        else [
            starred._replace(row="各行" if starred.row == "*" else starred.row.replace("*", "各"))
        ]
    )


def expanded(relation: Relation, tables: Tables) -> list[Relation]:
    """Return a relation once for each row that its `*` stands for."""
    starred = next((t.of for t in relation.left + relation.right if t.of.row.startswith("*")), None)
    if starred is None:
        return [relation]
    length = {"*": None, "*类": 3, "*款": 5, "*项": 7}[starred.row]
    rows = [r.key for side in tables.table(starred.table).sides for r in side.rows]
    keys = [k for k in rows if length is None or (k.isdecimal() and len(k) == length)]
    return [Relation(_at(relation.left, k), relation.sign, _at(relation.right, k)) for k in keys]


def _at(terms: tuple[Term, ...], key: str) -> tuple[Term, ...]:
    def place(address: Address) -> Address:
        table, row, column, basis = address
        return Address(
            table, key if row.startswith("*") else row, key if column == "*" else column, basis
        )

    return tuple(Term(t.sign, place(t.of), t.times, t.by and place(t.by)) for t in terms)


def value(terms: tuple[Term, ...], tables: Tables) -> tuple[Amount | None, list[Address]]:
    """Return a sum of cells, or nothing and the cells that are missing."""
    amount = combined(terms, lambda address: tables.cell(address).value.amount)
    if amount is not None:
        return amount, []
    cells = [cell for t in terms for cell in (t.of, t.by) if cell]
    return None, [cell for cell in cells if tables.cell(cell).amount is None]


def combined(
    terms: tuple[Term, ...], amount_of: Callable[[Address], Amount | None]
) -> Amount | None:
    """Return what a sum comes to with the amounts that some side states, or nothing where it lacks one."""
    return signed_total((t.sign, _product(t, amount_of)) for t in terms)


def _product(term: Term, amount_of: Callable[[Address], Amount | None]) -> Amount | None:
    """Return the amount of a cell, times what its term says."""
    amount = amount_of(term.of)
    if amount is None or term.is_plain:
        return amount
    by = amount_of(term.by) if term.by else Amount(ONE)
    return by and money.product(money.product(amount, by), Amount(term.times))


def holds(relation: Relation, tables: Tables) -> bool:
    """Return whether both sides are known and the relation is true within rounding."""
    left, _ = value(relation.left, tables)
    right, _ = value(relation.right, tables)
    return left is not None and right is not None and is_true(left, relation.sign, right)
