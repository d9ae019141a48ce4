"""How much agrees: sentences, published tables and checks counted by how each of them came out."""

from __future__ import annotations

from collections.abc import Iterable

from helpers.basics.model import Address, Finding, Profile
from helpers.disclosure.tables import Tables
from helpers.edition import rulebook
from helpers.edition.rulebook import Rule
from helpers.review import checks, named_checks, verdicts
from helpers.review.comparison import Compared, Comparison

AGREES, ROUNDED, DIFFERS, LACKS = OUTCOMES = ("一致", "尾差", "不一致", "缺")
_OUTCOME = {"error": DIFFERS, "warning": DIFFERS, "missing": LACKS, "hint": ROUNDED}
_WORST_FIRST = (DIFFERS, LACKS, ROUNDED, AGREES)


def of_sentences(compared: Comparison) -> dict[str, int]:
    """Count the sentences of the narrative by how the published ones agree with them."""
    return _counted(map(_sentence, compared.sentences))


def _sentence(one: Compared) -> str:
    if one.agrees:
        return ROUNDED if any(j.verdict == verdicts.ROUNDING for j in one.judged) else AGREES
    return DIFFERS if one.verdict == verdicts.DIFFERS else LACKS


def of_tables(tables: Tables, found: list[Finding]) -> dict[str, int]:
    """Count the published tables by the worst that was found in each."""
    by_table: dict[str, list[str]] = {t.form.number: [] for t in tables.published()}
    numbers = {t.form.called: t.form.number for t in tables.published()}
    for finding in found:
        number = numbers.get(finding.place) or finding.place.partition("[")[0]
        if number in by_table:
            lacking = finding.rule == "表-缺表"
            by_table[number].append(LACKS if lacking else _OUTCOME[finding.severity])
    return _counted(map(_worst, by_table.values()))


def rules(profile: Profile) -> list[Rule]:
    """Return the rules of an edition that hold for a department's year."""
    every = rulebook.load(profile.edition, frozenset(named_checks.FUNCTIONS))
    return [r for r in every if r.years[0] <= profile.year <= r.years[1]]


def cells_of(rule: Rule, tables: Tables) -> tuple[Address, ...]:
    """Return the cells that a rule's relations compare, each row that a `*` stands for."""
    concrete = (each for relation in rule.relations for each in checks.expanded(relation, tables))
    return tuple(term.of for each in concrete for term in each.left + each.right)


def of_checks(rules: Iterable[Rule], tables: Tables, found: list[Finding]) -> dict[str, int]:
    """Count the rules by the worst that each of them found; one whose condition does not hold is not counted."""
    by_rule: dict[str, list[str]] = {
        r.number: [] for r in rules if not r.only_if or checks.holds(r.only_if, tables)
    }
    for finding in found:
        if finding.rule in by_rule:
            by_rule[finding.rule].append(_OUTCOME[finding.severity])
    return _counted(map(_worst, by_rule.values()))


def _worst(outcomes: list[str]) -> str:
    return next(o for o in _WORST_FIRST if o in (*outcomes, AGREES))


def _counted(outcomes: Iterable[str]) -> dict[str, int]:
    counts = dict.fromkeys(OUTCOMES, 0)
    for outcome in outcomes:
        counts[outcome] += 1
    return counts
