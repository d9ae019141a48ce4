"""The root causes of one review: findings gathered by what they share, so that one wrong line is one matter.

In this order: a whole text or book of another year, a table in another unit; a figure that, were it another,
would clear them; then what is written alike, differs alike, or stands in one sentence, row or place. Every
finding is in exactly one cause, alone where nothing is shared.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from helpers.basics.model import SEVERITIES, Finding
from helpers.edition.roots import Roots
from helpers.review import alike, stated
from helpers.review.alike import Group
from helpers.review.descent import Descent
from helpers.review.suspects import Search, Suppose, tests_for

SINGLE = "因-单项"
MOST_LISTED = 200  # characters of its findings' messages that the sentence of a cause repeats


@dataclass(frozen=True)
class Cause:
    """One matter: its number, its kind and that kind's name, what is likely wrong in one sentence, and the findings it led to.

    `severity` is the worst of its members', `difference` the amount they share, in 万元 or a count, blank where
    there is none; `place` is that of figures.csv for a line, else that of its first member. `told` is the sentence for
    the department, which does not know figures.csv; `is_ours` where it has nothing to answer, since what it published
    agrees with itself and was copied wrongly.
    """

    number: str
    kind: str
    name: str
    sentence: str
    severity: str
    place: str
    difference: str
    members: tuple[Finding, ...]
    told: str = ""
    is_ours: bool = False

    @property
    def decision(self) -> str:
        """What was decided of every member alike, or nothing."""
        decided = {member.decision for member in self.members}
        return decided.pop() if len(decided) == 1 else ""

    @property
    def rule(self) -> str:
        """The rule of its first member."""
        return self.members[0].rule

    @property
    def section(self) -> str:
        """The printed section or table of its first member that has one."""
        return next((member.section for member in self.members if member.section), "")


@dataclass(frozen=True)
class Evidence:
    """What the gathering looks at besides the findings.

    `testable` are the numbers of the findings that `suppose` makes anew; `foreign` are the beginnings of the
    rules (文, 表) of whose numbers most are not those of the year.
    """

    descent: Descent
    suppose: Suppose
    testable: frozenset[int]
    foreign: tuple[str, ...] = ()


def gather(found: list[Finding], evidence: Evidence) -> list[Group]:
    """Return the groups of a list of findings by their numbers in it; each finding is in one of them."""
    left = dict(enumerate(found))
    groups: list[Group] = []

    def take(some: Iterable[Group]) -> None:
        for group in some:
            for number in group.members:
                del left[number]
            groups.append(group)

    take(stated.of_another_year(left, evidence.foreign))
    take(stated.in_another_unit(left, evidence.descent))
    testable = {n: f for n, f in left.items() if n in evidence.testable}
    tests = tests_for(evidence.descent.lines)
    search = Search(testable, evidence.descent, evidence.suppose, tests)
    suspected = [stated.suspected(s, evidence.descent, found) for s in search.suspects()]
    take(stated.with_lacking_row(group, left) for group in suspected)
    for look in alike.LOOKS:
        take(look(left, evidence.descent))
    return alike.joined(groups, found, left) + [Group(SINGLE, (number,)) for number in left]


def causes(found: list[Finding], groups: list[Group], roots: Roots) -> list[Cause]:
    """Return the groups as causes, the worst first and then the most far-reaching, numbered in that order."""
    firsts: dict[str, int] = {}
    for n, one in enumerate(found):
        firsts.setdefault(one.rule, n)
    made = sorted((_weight(group, found, firsts), n, group) for n, group in enumerate(groups))
    return [
        _cause(str(number), group, found, roots) for number, (_, _, group) in enumerate(made, 1)
    ]


def _weight(group: Group, found: list[Finding], firsts: dict[str, int]) -> tuple[int, ...]:
    """Return what a cause is sorted by; those of one finding are listed, and so numbered, rule by rule."""
    worst = min(SEVERITIES.index(found[n].severity) for n in group.members)
    first, *others = sorted(group.members)
    by_rule = 0 if others else firsts[found[first].rule]
    return worst, -len(group.members), by_rule, first


def _cause(number: str, group: Group, found: list[Finding], roots: Roots) -> Cause:
    members = sorted((replace(found[n], cause=number) for n in group.members), key=_rank)
    own = sorted((found[n] for n in group.members if n not in group.beside), key=_rank)
    first, said = own[0], {**dict(group.slots), "项数": len(own)}
    slips = [said.get("疑似"), group.is_ours and "录入"]
    said["疑似"] = "".join(roots.sentence(f"因-疑似/{slip}") for slip in slips if slip)
    said |= {"首": first.message, "各项": _listed(own)}
    sentence = roots.sentence(group.kind, **said)
    if group.beside:
        sentence += roots.sentence("因-另有", 另有=len(group.beside))
    return Cause(
        number=number,
        kind=group.kind.partition("/")[0],
        name=roots.name(group.kind),
        sentence=sentence,
        severity=min((m.severity for m in members), key=SEVERITIES.index),
        place=group.place or first.place,
        difference=group.difference or (first.difference if len(members) == 1 else ""),
        members=tuple(members),
        told=roots.sentence("因-数/函", **said) if "行号" in said else sentence,
        is_ours=group.is_ours,
    )


def _listed(members: list[Finding]) -> str:
    """Return what the first of some findings say, each once, as one sentence."""
    first, *more = dict.fromkeys(member.message.removesuffix("。") for member in members)
    told, left = first, MOST_LISTED - len(first)
    for message in more:
        left -= len(message)
        if left < 0:
            return f"{told}等。"
        told += f"；{message}"
    return f"{told}。"


def _rank(found: Finding) -> int:
    return SEVERITIES.index(found.severity)
