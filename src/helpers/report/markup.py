"""What the notebook shows as HTML: sentences, findings, the comparison, charts; the forms are in `grid`."""

from __future__ import annotations

from collections.abc import Iterator

from helpers.basics.model import SEVERITY, Figure, Finding, Number, Sentence, Statement
from helpers.report.elements import anchor, cell_anchor, tag, text
from helpers.report.grid import table
from helpers.report.places import figure_anchor, file_anchor

__all__ = [
    "anchor",
    "cell_anchor",
    "drawing",
    "figures",
    "files",
    "findings",
    "sentence",
    "statement",
    "table",
    "tag",
    "text",
    "verdict",
]

_FOLDED = "hint"  # explained by rounding, or a matter of wording: shown apart, and quietly


# Sentences


def heading(words: str, level: int) -> str:
    """Return a heading with the id that the contents list leads to.

    >>> heading("一、职责", 3)
    '<h3 id="h-一、职责">一、职责</h3>'
    """
    return tag(f"h{level}", text(words), id=anchor("h", words))


def statement(written: Statement, source, ordinal: str) -> str:
    """Return a statement's paragraphs, under its own heading where it has an ordinal.

    `source` returns where a number's link leads and what it is made of.
    """
    title = f"（{ordinal}）{written.title}" if ordinal else ""
    body = "".join(
        tag("p", "".join(sentence(s, source) for s in paragraph))
        for paragraph in written.paragraphs
    )
    body = body or tag("p", "没有内容。", class_="calm")
    return tag("div", (tag("h4", text(title)) if title else "") + body, class_="statement")


def sentence(written: Sentence, source) -> str:
    """Return one sentence, its numbers linked to their cells."""
    parts, at = [], 0
    for number in written.numbers:
        parts.append(text(written.text[at : number.start]))
        parts.append(_number(number, source))
        at = number.end
    parts.append(text(written.text[at:]))
    return tag("span", "".join(parts), id=anchor("s", written.id))


def _number(number: Number, source) -> str:
    target, told = source(number)
    shown, kind = text(number.text), "gap" if number.value is None else ""
    if target:
        # One place is where the link leads; only a number made of several has more to say.
        return tag("a", shown, href=target, class_=kind, title=told if "\u3000" in told else "")
    return tag("span", shown, class_=kind) if kind else shown


# The verdict


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


# Findings


def findings(found: list[Finding], link, basis=lambda rule: ("", "")) -> str:
    """Return the findings, worst first and by rule. `link` returns where a place is, `basis` a rule's name and 依据."""
    if not found:
        return tag("p", "没有疑点。", class_="calm")
    groups = []
    for severity, name in SEVERITY.items():
        some = [f for f in found if f.severity == severity]
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
    return "".join(groups)


def _group(severity: str) -> str:
    return anchor("v", severity)


def _by_rule(found: list[Finding], link, basis) -> Iterator[str]:
    """Yield the findings of each rule under its name and its 依据, numbered through."""
    start = 1
    for rule in dict.fromkeys(f.rule for f in found):
        name, reason = basis(rule)
        of_rule = [_finding(f, link) for f in found if f.rule == rule]
        said = (
            tag("b", text(rule)),
            tag("span", text(name)) if name else "",
            tag("span", f"依据：{text(reason)}") if reason else "",
        )
        yield tag("p", "".join(said), class_="basis") + tag(
            "ol", "".join(of_rule), start=str(start) if start > 1 else ""
        )
        start += len(of_rule)


def _finding(found: Finding, link) -> str:
    target = link(found.place)
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
    return tag("li", tag("p", text(found.message), class_="send") + tag("p", told, class_="basis"))


# Charts and figures


def drawing(title: str, number: str, svg: str, alt: str) -> str:
    """Return a chart with its caption; its numbers in words are its label. `svg` is the project's own markup."""
    return tag(
        "figure",
        svg + tag("figcaption", text(f"{number}　{title}")),
        class_="chart",
        id=anchor("g", number),
    )


def files(named: list[tuple[str, str]]) -> str:
    """Return the input files by name with what they are; findings about them lead here."""
    listed = "".join(
        tag("li", f"{tag('b', text(name))}　{text(what)}", id=file_anchor(name))
        for name, what in named
    )
    return tag("div", tag("p", "本报告用到的文件：") + tag("ul", listed), class_="files")


def figures(rows: tuple[Figure, ...]) -> str:
    """Return the lines of figures.csv as a table, each with the id that a number's link leads to."""
    heads = "".join(tag("th", head, scope="col") for head in ("行", "指标", "口径", "数", "单位"))
    lines = []
    for figure in rows:
        line = figure.line
        cells = tag("th", text(line), scope="row") + "".join(
            map(_plain, (figure.scope.label, figure.basis, figure.written, figure.unit))
        )
        lines.append(tag("tr", cells, id=figure_anchor(figure)))
    grid = tag(
        "table",
        tag("caption", "figures.csv 的每一行")
        + tag("thead", tag("tr", heads))
        + tag("tbody", "".join(lines)),
        class_="figures",
    )
    return tag("div", grid, class_="frame", tabindex="0", role="region", aria_label="figures.csv")


def _plain(value: str) -> str:
    return tag("td", text(value))
