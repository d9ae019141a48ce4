"""The HTML page of a report: the executed notebook through the project's own template, one file, no requests."""

from __future__ import annotations

import base64
import hashlib
import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from html import unescape

from helpers.basics import paths
from helpers.report import typeface
from helpers.report.elements import anchor, tag, text, unturned
from helpers.report.places import unlisted_anchor
from helpers.report.ways import Way

_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*$")
_MADE = re.compile(
    r'<h([23]) id="(h-[^"]*)">([^<]*)</h'
)  # by markup.heading; others lead nowhere in the contents
_LISTED = re.compile(r'<section class="findings (?:error|warning)">(.*?)</section>', re.S)
# A finding's own place; one is a list item with a number, or a member of a cause.
_FINDING = re.compile(
    r'<li(?: [^>]*)? id="d-\d+"[^>]*>(?:(?!<li).)*?<p class="basis"><a href="#([^"]+)"'
)
# Attributes by the thousand whose values need no quotes; a text from data has none but escaped, so these are in tags.
_PLAIN = re.compile(
    r'(?<= )(class|scope|colspan|rowspan|value|x|y|text-anchor)="([\w.]+)"(?=[ >])', re.ASCII
)
# Page numbers and list numbers are drawn by the browser: these characters are always there.
_PRINTABLE = "".join(map(chr, range(0x20, 0x7F)))


@dataclass(frozen=True)
class Heading:
    """A heading of the notebook: its level, words, the id that the contents list leads to, and how many findings lead here."""

    level: int
    text: str
    id: str
    found: int = 0

    @property
    def count(self) -> str:
        """How many findings lead to what stands under it, as HTML."""
        if not self.found:
            return ""
        return " " + tag("b", str(self.found), title=f"{self.found} 项疑点")


def headings(notebook) -> list[Heading]:
    """Return the headings of a notebook, of its text cells and of what its cells show, from the second level on."""
    return [
        heading
        for cell in notebook.cells
        for heading in (_typed(cell) if cell.cell_type == "markdown" else _shown(cell))
    ]


def counted(headings: list[Heading], page: str) -> list[Heading]:
    """Return headings with the number of errors and warnings that lead to a place under each, as they stand in a page."""
    targets = _FINDING.findall("".join(_LISTED.findall(page)))
    if not targets:
        return headings
    starts = [(page.find(f'id="{heading.id}"'), heading.id) for heading in headings]
    places = [start for start, _ in starts]
    found: Counter[str] = Counter()
    at = {m[1]: m.start() for m in re.finditer(r' id="([^"]+)"', page)}
    for target in targets:
        under = bisect(places, at.get(target, -1)) - 1
        if under >= 0:
            found[starts[under][1]] += 1
    return [replace(heading, found=found[heading.id]) for heading in headings]


def _typed(cell) -> Iterator[Heading]:
    for match in filter(None, map(_HEADING.match, cell.source.splitlines())):
        if len(match[1]) > 1:
            yield Heading(len(match[1]), match[2], anchor("h", match[2]))


def _shown(cell) -> Iterator[Heading]:
    yield from (
        Heading(int(m[1]), unescape(m[3]), unescape(m[2])) for m in _MADE.finditer(_html(cell))
    )


def _html(cell) -> str:
    """Return what a cell shows as HTML: a text cell, or the outputs of code."""
    if cell.cell_type == "markdown":
        return heading_html(cell.source)
    return "".join(o.get("data", {}).get("text/html", "") for o in cell.get("outputs", ()))


def heading_html(source: str) -> str:
    """Return a text cell as HTML: headings with ids, the rest as paragraphs; markup in it stays text.

    >>> heading_html("## 一、职责")
    '<h2 id="h-一、职责">一、职责</h2>'
    """
    parts = []
    for block in re.split(r"\n\s*\n", source.strip()):
        lines = []
        for line in block.splitlines():
            match = _HEADING.match(line)
            if match:
                parts.append(tag(f"h{len(match[1])}", text(match[2]), id=anchor("h", match[2])))
            else:
                lines.append(text(line))
        if lines:
            parts.append(tag("p", "<br>".join(lines)))
    return "\n".join(parts)


@cache
def exporter():
    """Return the nbconvert exporter with the project's template; building it costs more than using it.

    Not HTMLExporter: it parses the finished page once more, which this template does not need.
    """
    from nbconvert import TemplateExporter

    made = TemplateExporter(
        template_name="juesuan",
        template_file="index.html.j2",
        extra_template_basedirs=[str(paths.LOOK)],
        default_preprocessors=[],
    )  # each would validate the whole notebook, to change nothing
    made.register_filter("heading_html", heading_html)
    return made


def page(notebook, title: str, out: tuple[Way, ...] = ()) -> str:
    """Return the self-contained page of an executed notebook; its opening words stand under the first output.

    `out` are the links that lead out of the page.
    """
    opening, _, introduction = heading_html(notebook.cells[0].source).partition("\n")
    shown_cells = "".join(map(_html, notebook.cells))
    resources = {
        "title": title,
        "contents": counted(headings(notebook), shown_cells),
        "tables": next(iter(re.findall(r' id="(t-[^"]+)"', shown_cells)), ""),
        "findings": ' id="findings"' in shown_cells,
        "ways": out,
        "opening": opening,
        "introduction": introduction.replace("<p>", '<p class="intro">'),
    }
    acts = script()
    resources["script"] = base64.b64encode(hashlib.sha256(acts.encode()).digest()).decode()
    body, _ = exporter().from_notebook_node(notebook, resources=resources)
    body = linked(unturned(body)).replace(
        ' xmlns="http://www.w3.org/2000/svg"', ""
    )  # HTML knows its SVG by itself
    body = _PLAIN.sub(lambda m: f"{m[1]}={m[2]}", body)
    body = body.replace("<style>", f"<style>{style(title, shown(body) + told(body) + acts)}", 1)
    return body.replace("<script></script>", f"<script>{acts}</script>")


@cache
def script() -> str:
    """Return the page's script, the only one that its security policy lets run."""
    written = (paths.LOOK / "report.js").read_text(encoding="utf-8")
    lean = re.sub(r"^\s*(?://.*)?\n|^\s+", "", written, flags=re.M)
    return re.sub(r" (=>|[=!]==|\+=|\|\||&&|[=?+]) |(?<=[,;{]) ", lambda m: m[1] or "", lean)


def style(title: str, characters: str) -> str:
    """Return the page's style sheet: the typeface with these characters, and the title on every printed page."""
    face = typeface.face(characters + title + _PRINTABLE)
    return f"{face}{_sheet()}@page{{@top-left{{content:{_quoted(title)}}}}}"


@cache
def _sheet() -> str:
    """Return the page's style sheet without what is only for those who read it."""
    sheet = (paths.LOOK / "report.css").read_text(encoding="utf-8")
    return re.sub(r"/\*.*?\*/|;\s*(?=})|\n\s*|(?<=[:;,{}])\s+|\s+(?={)", "", sheet, flags=re.S)


def _quoted(words: str) -> str:
    """Return a text as a CSS string in which nothing but letters and digits stands for itself."""
    return '"' + "".join(c if c.isalnum() else f"\\{ord(c):x} " for c in words) + '"'


def shown(page: str) -> str:
    """Return the text that a page shows, without its markup."""
    return unescape(re.sub(r"<[^>]*>", "", re.sub(r"<style>.*?</style>", "", page, flags=re.S)))


def told(page: str) -> str:
    """Return what a page says in words that its script and its style sheet show."""
    return unescape("".join(re.findall(r' (?:title|aria-label)="([^"]*)"', page)))


def linked(page: str) -> str:
    """Return a page with the ids that its links and its lineage lead to, short, and no others of cells, sentences and figures; a finding's is for the page of all causes.

    A link to a cell that its table does not show leads to the table, one to a line that is not listed to what stands
    for them. Cells, headings and sentences are numbered: their names are longer than a PDF's links may be.
    """
    there, rest = set(re.findall(r' id="([^"]+)"', page)), unlisted_anchor()

    def led(match: re.Match) -> str:
        if match[1] in there:
            return match[0]
        table = re.match(r"c-(\w+?)-", match[1])
        line = re.fullmatch(r"f-\d+", match[1])
        return f'href="#t-{table[1]}"' if table else f'href="#{rest}"' if line else match[0]

    page = re.sub(r'href="#([^"]*)"', led, page)
    # The lineage is an inert block of JSON, in which no tag is.
    lineage = page.partition(' id="lineage">')[2].partition("<")[0]
    used = {*re.findall(r'href="#([^"]*)"', page), *re.findall(r'[{,]"([^"]*)"', lineage)}
    short: dict[str, str] = {}
    for name, kind in re.findall(r' id="(([chs])-[^"]+)"', page):
        if name in used:
            short[name] = f"{kind}{len(short) + 1}"
    page = re.sub(r' id="([cfs]-[^"]+)"', lambda m: m[0] if m[1] in used else "", page)
    return re.sub(
        r'( id="|href="#|[{,]")([chs]-[^"]+)"', lambda m: f'{m[1]}{short.get(m[2], m[2])}"', page
    )
