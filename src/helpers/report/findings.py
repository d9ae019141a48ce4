"""The findings as HTML: the verdict over all of them, and the list that a reviewer goes through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate

from helpers.basics.model import SERIOUS, SEVERITY, Finding
from helpers.report.elements import anchor, tag, text
from helpers.report.marks import finding_anchor
from helpers.review.causes import Cause
from helpers.review.corrections import PENDING, REJECTED
from helpers.review.stated import PUBLISHED

LIST = "findings"  # the id of the whole list
_SETTLED = "rejected"
_FOLDED = ("hint", _SETTLED)  # rounding or wording, and what is settled: shown apart, and quietly
_BRIEF = 16  # errors and warnings that the short print names; the whole print names all


def verdict(
    said: str,
    worst: str,
    counts: dict[str, int],
    tallies: list[tuple[str, dict[str, int] | str]],
    causes: list[Cause],
) -> str:
    """Return the verdict in a sentence, the findings by severity, and how much of what was compared agrees.

    A tally is what was counted and its counts by outcome, or a word on why there are none.
    """
    places = _places(causes)
    jumps = "".join(
        tag(
            "a" if counts[s] else "span",
            f"{name} {tag('b', str(counts[s]))}",
            href=f"#{places[s]}" if counts[s] else "",
            class_=s,
        )
        for s, name in SEVERITY.items()
    )
    outcomes = next((list(t) for _, t in tallies if not isinstance(t, str)), [])
    heads = tag("th", "核对了什么", scope="col") + "".join(
        tag("th", o, scope="col") for o in outcomes
    )
    lines = "".join(
        tag("tr", tag("th", text(name), scope="row") + _counts(tally, len(outcomes)))
        for name, tally in tallies
    )
    table_of = tag("table", tag("thead", tag("tr", heads)) + tag("tbody", lines), class_="tally")
    return tag(
        "div",
        tag("p", text(said), class_="said") + tag("p", jumps, class_="jumps") + table_of,
        class_=f"verdict {worst}",
    )


def _places(causes: list[Cause]) -> dict[str, str]:
    """Return where the findings of each severity are listed: as a group, or the first of them under what led to it."""
    open_of = {c.severity for c in causes if _is_open(c)}
    members = (f for cause in causes for f in cause.members)
    first: dict[str, str] = {}
    for number, found in enumerate(members, 1):
        first.setdefault(found.severity, finding_anchor(number))
    return first | {severity: _group(severity) for severity in open_of}


def _counts(tally: dict[str, int] | str, width: int) -> str:
    if isinstance(tally, str):
        return tag("td", text(tally), colspan=str(width), class_="calm")
    return "".join(tag("td", str(n), class_="" if n else "none") for n in tally.values())


def findings(causes: list[Cause], link, basis=lambda rule: ("", ""), called=str) -> str:
    """Return the causes, worst first, each with what it led to; what stands alone is gathered by its rule.

    `link` returns where the place of a finding is, `basis` a rule's name and 依据, `called` how a place is called. What
    was decided not to be taken up is folded away at the end.
    """
    if not causes:
        return tag("div", tag("p", "没有疑点。", class_="calm"), id=LIST)
    shown = _Shown(causes, link, basis, called)
    groups = [
        shown.group(kind, name, [c for c in causes if c.severity == kind and _is_open(c)])
        for kind, name in SEVERITY.items()
    ]
    groups.append(shown.group(_SETTLED, REJECTED, [c for c in causes if not _is_open(c)]))
    if len(causes) > len(shown.brief):
        rest = f"这里列出 {len(shown.brief)} 件，其余 {len(causes) - len(shown.brief)} 件见全文。"
        groups.append(tag("p", rest, class_="rest"))
    return tag("div", "".join(groups), id=LIST)


def _count(kind: str, causes: list[Cause]) -> str:
    """Return how many causes of one kind there are, and findings: those of the kind as the verdict counts them."""
    members = [finding for cause in causes for finding in cause.members]
    others = [f for f in members if kind in SEVERITY and f.severity != kind]
    own = len(members) - len(others)
    return (
        f"{len(causes)} 件"
        + (f"，{own} 项" if own > len(causes) else "")
        + (f"，另牵连 {len(others)} 项" if others else "")
    )


def _is_open(cause: Cause) -> bool:
    return cause.decision != REJECTED


def _group(severity: str) -> str:
    return anchor("v", severity)


class _Shown:
    """The causes of one report as they are listed."""

    def __init__(self, causes: list[Cause], link, basis, called):
        self.link, self.basis, self.called = link, basis, called
        serious = [c.number for c in causes if c.severity in SERIOUS and _is_open(c)]
        self.brief = frozenset(serious[:_BRIEF])
        self.told: set[str] = set()
        self.ids = {c.number: n for c, n in zip(causes, _firsts(causes))}

    def group(self, kind: str, name: str, causes: list[Cause]) -> str:
        """Return the causes of one kind under its name and their number, or nothing where there are none."""
        if not causes:
            return ""
        head = tag(
            "h3",
            text(name) + tag("span", _count(kind, causes), class_="count"),
            id=_group(kind),
        )
        gathered = [cause for cause in causes if len(cause.members) > 1]
        alone = [cause for cause in causes if len(cause.members) == 1]
        listed = tag("ol", "".join(map(self.cause, gathered))) if gathered else ""
        listed += "".join(self.by_rule(alone))
        if kind in _FOLDED:
            return tag("details", tag("summary", head) + listed, class_=f"findings {kind}")
        return tag("section", head + listed, class_=f"findings {kind}")

    def cause(self, cause: Cause) -> str:
        """Return a cause and, folded, the findings that it led to."""
        first = self.ids[cause.number]
        members = "".join(
            f"{self.about(rule, '', again=rule in self.told)}<ul>{''.join(self.finding(n, f) for n, f in some)}</ul>"
            for rule, some in _by_rule(list(enumerate(cause.members, first)))
        )
        folded = tag("details", tag("summary", f"牵连的 {len(cause.members)} 项") + members)
        facts = self.facts(cause.members[0], cause.place, (("相差", cause.difference),))
        return tag(
            "li",
            tag("p", text(cause.sentence), class_="send")
            + tag("p", facts, class_="basis")
            + folded,
            class_=self.more(cause.number).strip(),
            value=cause.number,
        )

    def by_rule(self, causes: list[Cause]) -> Iterator[str]:
        """Yield the findings that stand alone, those of each rule under its name and its 依据."""
        alone = [(n, cause.members[0]) for cause in causes for n in (self.ids[cause.number],)]
        for rule, some in _by_rule(alone):
            listed = "".join(self.finding(n, f, value=f.cause) for n, f in some)
            yield self.about(rule, self.more(some[0][1].cause)) + tag("ol", listed)

    def about(self, rule: str, more: str, again: bool = False) -> str:
        """Return a rule with its name and its 依据, which is told once among what causes led to."""
        name, reason = self.basis(rule)
        self.told.add(rule)
        said = (
            tag("b", text(rule)),
            tag("span", text(name)) if name else "",
            tag("span", f"依据：{text(reason)}") if reason and not again else "",
        )
        return tag("p", "".join(said), class_="basis" + more)

    def finding(self, number: int, found: Finding, value: str = "") -> str:
        """Return one finding; `value` is the number of its cause where it stands for it."""
        right, wrong = _names_of(found)
        facts = ((right, found.expected), (wrong, found.found), ("相差", found.difference))
        return tag(
            "li",
            tag("p", text(found.message), class_="send")
            + tag("p", self.facts(found, found.place, facts), class_="basis"),
            id=finding_anchor(number),
            class_=self.more(value).strip() if value else "",
            value=value,
        )

    def facts(self, found: Finding, place: str, facts: Iterable[tuple[str, str]]) -> str:
        """Return where something is, what is told of it, and what was decided of it."""
        target = self.link(found if place == found.place else place)
        told = [f"{name} {tag('b', text(value))}" for name, value in facts if value]
        settled = "决定" if found.decision == PENDING else "已处理"
        told += [tag("b", f"{settled}：{text(found.decision)}")] if found.decision else []
        at = tag("a" if target else "span", text(self.called(place)), href=target)
        return at + "".join(tag("span", part) for part in told)

    def more(self, cause: str) -> str:
        return "" if cause in self.brief else " more"


def _names_of(found: Finding) -> tuple[str, str]:
    """Return what the two sides of a finding are called: of two amounts neither is right before anything says so."""
    is_open = found.difference and found.rule.startswith(PUBLISHED)
    return ("重算", "公开") if is_open else ("应为", "实为")


def _firsts(causes: list[Cause]) -> Iterator[int]:
    """Yield the number of each cause's first finding, all findings numbered through."""
    return accumulate((len(cause.members) for cause in causes[:-1]), initial=1)


def _by_rule(numbered: list[tuple[int, Finding]]) -> list[tuple[str, list[tuple[int, Finding]]]]:
    rules = dict.fromkeys(f.rule for _, f in numbered)
    return [(rule, [(n, f) for n, f in numbered if f.rule == rule]) for rule in rules]
