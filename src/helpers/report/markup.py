"""What the notebook shows as HTML: sentences, charts, figures; the forms are in `grid`, the findings in `findings`."""

from __future__ import annotations

from helpers.basics.model import Figure, Number, Sentence, Statement
from helpers.report.elements import anchor, cell_anchor, tag, text
from helpers.report.grid import table
from helpers.report.places import figure_anchor, file_anchor, unlisted_anchor

__all__ = [
    "anchor",
    "cell_anchor",
    "drawing",
    "figures",
    "files",
    "sentence",
    "statement",
    "table",
    "tag",
    "text",
]

MOST_LISTED = (
    5_000  # lines of figures.csv that a page shows; no department was seen to have a tenth
)

# Sentences


def heading(words: str, level: int) -> str:
    """Return a heading with the id that the contents list leads to.

    >>> heading("一、职责", 3)
    '<h3 id="h-一、职责">一、职责</h3>'
    """
    return tag(f"h{level}", text(words), id=anchor("h", words))


def statement(written: Statement, source, ordinal: str, marks=None, beside=lambda said: "") -> str:
    """Return a statement's paragraphs, under its own heading where it has an ordinal.

    `source` returns where a number's link leads and what it is made of, `marks` are what differs in place, and `beside`
    returns what was published of the sentences of a paragraph.
    """
    title = f"（{ordinal}）{written.title}" if ordinal else ""
    body, last = "", ""
    for paragraph in written.paragraphs:
        body += tag("p", "".join(sentence(s, source, marks) for s in paragraph))
        there = beside(paragraph)
        body, last = body + (there if there != last else ""), there
    body = body or tag("p", "没有内容。", class_="calm")
    return tag("div", (tag("h4", text(title)) if title else "") + body, class_="statement")


def sentence(written: Sentence, source, marks=None) -> str:
    """Return one sentence, its numbers linked to their cells, each with the published one where that differs."""
    parts, at = [], 0
    for number in written.numbers:
        parts.append(text(written.text[at : number.start]))
        apart = marks.of_number(written, number) if marks else None
        shown = _number(number, source)
        parts.append(apart.beside(shown) if apart else shown)
        at = number.end
    parts.append(text(written.text[at:]))
    parts.append(marks.of_sentence(written) if marks else "")
    return tag("span", "".join(parts), id=anchor("s", written.id))


def _number(number: Number, source) -> str:
    target, told = source(number)
    shown, kind = text(number.text), "gap" if number.value is None else ""
    if target:
        # One place is where the link leads; only a number made of several has more to say.
        return tag("a", shown, href=target, class_=kind, title=told if "\u3000" in told else "")
    return tag("span", shown, class_=kind) if kind else shown


# Charts and figures


def drawing(title: str, number: str, svg: str) -> str:
    """Return a chart with its caption. `svg` is the project's own markup, labelled by its numbers in words."""
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
    """Return the lines of figures.csv as a table, each with the id that a number's link leads to.

    Of more than `MOST_LISTED` the file itself has the others, and the page says so.
    """
    heads = "".join(tag("th", head, scope="col") for head in ("行", "指标", "口径", "数", "单位"))
    lines = []
    for figure in rows[:MOST_LISTED]:
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
    frame = tag("div", grid, class_="frame", tabindex="0", role="region", aria_label="figures.csv")
    others = len(rows) - MOST_LISTED
    rest = f"这里列出 figures.csv 的前 {MOST_LISTED} 个数，其余 {others} 个见文件，行号照旧。"
    return frame + (tag("p", rest, class_="note", id=unlisted_anchor()) if others > 0 else "")


def _plain(value: str) -> str:
    return tag("td", text(value))
