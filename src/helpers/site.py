"""The HTML page of a report: the executed notebook through the project's own template, one file, no requests."""

from __future__ import annotations

import base64
import io
import re
from dataclasses import dataclass
from functools import cache
from html import escape

from helpers import paths
from helpers.sheet import FONT_FILE

_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*$")


@dataclass(frozen=True)
class Heading:
    """A heading of the notebook: its level, words and the id that the contents list leads to."""

    level: int
    text: str
    id: str


def headings(notebook) -> list[Heading]:
    """Return the headings of a notebook's text cells, from the second level on."""
    lines = [line for cell in notebook.cells if cell.cell_type == "markdown" for line in cell.source.splitlines()]
    found = [m for m in map(_HEADING.match, lines) if m]
    return [Heading(len(m[1]), m[2], _id(m[2])) for m in found if len(m[1]) > 1]


def heading_html(source: str) -> str:
    """Return a text cell as HTML: headings with ids, the rest as paragraphs; markup in it stays text."""
    parts = []
    for block in re.split(r"\n\s*\n", source.strip()):
        lines = []
        for line in block.splitlines():
            match = _HEADING.match(line)
            if match:
                level = len(match[1])
                parts.append(f'<h{level} id="{escape(_id(match[2]))}">{escape(match[2])}</h{level}>')
            else:
                lines.append(escape(line))
        if lines:
            parts.append(f"<p>{'<br>'.join(lines)}</p>")
    return "\n".join(parts)


def _id(words: str) -> str:
    return "h-" + re.sub(r"\s+", "-", words)


@cache
def exporter():
    """Return the nbconvert exporter with the project's template; building it costs more than using it."""
    from nbconvert import HTMLExporter

    made = HTMLExporter(template_name="juesuan", extra_template_basedirs=[str(paths.LOOK)])
    made.register_filter("heading_html", heading_html)
    return made


def page(notebook, title: str) -> str:
    """Return the self-contained page of an executed notebook."""
    style = (paths.LOOK / "report.css").read_text(encoding="utf-8")
    resources = {"title": title, "style": style, "contents": headings(notebook)}
    body, _ = exporter().from_notebook_node(notebook, resources=resources)
    return body.replace("<style>", f"<style>{font_face(body)}\n", 1)


def font_face(text: str) -> str:
    """Return the CSS that carries a font with just the characters of a text."""
    data = base64.b64encode(_subset(frozenset(text))).decode()
    return f'@font-face{{font-family:"Report Sans";src:url(data:font/woff;base64,{data}) format("woff")}}'


def _subset(characters: frozenset[str]) -> bytes:
    from fontTools import subset

    options = subset.Options(flavor="woff", hinting=False, layout_features=[], name_IDs=[], notdef_outline=True)
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "VORG"]
    font = subset.load_font(str(FONT_FILE), options, lazy=True, dontLoadGlyphNames=True)
    chosen = subset.Subsetter(options)
    chosen.populate(unicodes=[ord(c) for c in characters])
    chosen.subset(font)
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    out = io.BytesIO()
    subset.save_font(font, out, options)
    return out.getvalue()
