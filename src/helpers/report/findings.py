"""The findings as HTML: the verdict over all of them, and the list that a reviewer goes through."""

from __future__ import annotations

from collections.abc import Iterator

from helpers.basics.model import SEVERITY, Finding
from helpers.report.elements import anchor, tag, text
from helpers.report.marks import finding_anchor, ordered

LIST = "findings"  # the id of the whole list
_FOLDED = "hint"  # explained by rounding, or a matter of wording: shown apart, and quietly
_BRIEF = 16  # findings that the short print names; the whole print names all


def verdict(
    said: str, worst: str, counts: dict[str, int], tallies: list[tuple[str, dict[str, int] | str]]
) -> str:
    """Return the verdict in a sentence, the findings by severity, and how much of what was compared agrees.

    A tally is what was counted and its counts by outcome, or a word on why there are none.
    """
    jumps = "".join(
        tag(
            "a" if counts[s] else "span",
            f"{name} {tag('b', str(counts[s]))}",
            href=f"#{_group(s)}" if counts[s] else "",
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


def _counts(tally: dict[str, int] | str, width: int) -> str:
    if isinstance(tally, str):
        return tag("td", text(tally), colspan=str(width), class_="calm")
    return "".join(tag("td", str(n), class_="" if n else "none") for n in tally.values())


def findings(found: list[Finding], link, basis=lambda rule: ("", "")) -> str:
    """Return the findings, worst first and by rule, numbered through.

    `link` returns where the place of a finding is, `basis` a rule's name and 依据.
    """
    if not found:
        return tag("div", tag("p", "没有疑点。", class_="calm"), id=LIST)
    numbered = list(enumerate(ordered(found), 1))
    groups = []
    for severity, name in SEVERITY.items():
        some = [(n, f) for n, f in numbered if f.severity == severity]
        if some:
            head = tag(
                "h3", f"{name}{tag('span', str(len(some)), class_='count')}", id=_group(severity)
            )
            listed = "".join(_by_rule(some, link, basis))
            if severity == _FOLDED:
                groups.append(
                    tag("details", tag("summary", head) + listed, class_=f"findings {severity}")
                )
            else:
                groups.append(tag("section", head + listed, class_=f"findings {severity}"))
    if len(found) > _BRIEF:
        rest = f"这里列出前 {_BRIEF} 项，其余 {len(found) - _BRIEF} 项见全文。"
        groups.append(tag("p", rest, class_="rest"))
    return tag("div", "".join(groups), id=LIST)


def _group(severity: str) -> str:
    return anchor("v", severity)


def _by_rule(numbered: list[tuple[int, Finding]], link, basis) -> Iterator[str]:
    """Yield the findings of each rule under its name and its 依据."""
    for rule in dict.fromkeys(f.rule for _, f in numbered):
        name, reason = basis(rule)
        of_rule = [(n, f) for n, f in numbered if f.rule == rule]
        first, _ = of_rule[0]
        said = (
            tag("b", text(rule)),
            tag("span", text(name)) if name else "",
            tag("span", f"依据：{text(reason)}") if reason else "",
        )
        yield tag("p", "".join(said), class_="basis" + _more(first)) + tag(
            "ol",
            "".join(_finding(n, f, link) for n, f in of_rule),
            start=str(first) if first > 1 else "",
        )


def _more(number: int) -> str:
    return " more" if number > _BRIEF else ""


def _finding(number: int, found: Finding, link) -> str:
    target = link(found)
    place = tag("a", text(found.place), href=target) if target else text(found.place)
    facts = [
        f"{name} {tag('b', text(value))}"
        for name, value in (
            ("应为", found.expected),
            ("实为", found.found),
            ("相差", found.difference),
        )
        if value
    ]
    told = "".join(tag("span", part) for part in (place, *facts))
    return tag(
        "li",
        tag("p", text(found.message), class_="send") + tag("p", told, class_="basis"),
        id=finding_anchor(number),
        class_=_more(number).strip(),
    )
