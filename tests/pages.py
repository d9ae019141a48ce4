"""What the tests of pages share: a page taken apart, the real report, and its notebook as a kernel would leave it."""

from __future__ import annotations

from functools import cache
from html.parser import HTMLParser

import nbformat

from helpers.basics import paths
from helpers.report import report

REAL = ("xiqu-government-office", 2023)
HOSTILE = "<script>alert(1)</script></style>\"'{{ 7*7 }} <b onclick=x>&amp;"


class Element(HTMLParser):
    """What a piece of markup holds: each element with its attributes, and each table line as (name, attributes, text)."""

    def __init__(self, html: str):
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict]] = []
        self.text = ""
        self.lines: list[list[tuple[str, dict, str]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, name, attributes):
        given = dict(attributes)
        self.elements.append((name, given))
        if name == "tr":
            self.lines.append([])
        elif name in ("td", "th"):
            self.lines[-1].append((name, given, ""))

    def handle_data(self, data):
        self.text += data
        if self.lines and self.lines[-1]:
            name, given, said = self.lines[-1][-1]
            self.lines[-1][-1] = (name, given, said + data)

    def named(self, name: str) -> list[dict]:
        return [given for other, given in self.elements if other == name]

    def ids(self) -> list[str]:
        return [given["id"] for _, given in self.elements if "id" in given]


@cache
def the_real_report() -> report.Report:
    return report.load(*REAL)


def executed(this: report.Report):
    """Return the notebook with what each of its cells shows, as the kernel would leave it."""
    notebook = nbformat.read(str(paths.NOTEBOOK), as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code" and "parameters" not in cell.metadata.get("tags", ()):
            shown = eval(
                cell.source.splitlines()[-1], {"this": this}
            )  # the last line is a sentence about `this`
            data = {"text/html": shown._repr_html_(), "text/plain": repr(shown)}
            cell.outputs = [nbformat.v4.new_output("execute_result", data, execution_count=1)]
    return notebook
