"""The ways out of a report: the batch's own pages, the reports beside it, the files of its folder.

A link never says that another report is there: the index, which knows, leads on to it or stays.
"""

from __future__ import annotations

from dataclasses import dataclass

from helpers.basics.paths import Folder

INDEX, FINDINGS = ("总览", "index.html"), ("全部疑点", "findings.html")
UP, BOOK = "../../", "tables.xlsx"
BEFORE, NEXT, LAST_YEAR = "before", "next", "last"


@dataclass(frozen=True, kw_only=True)
class Way:
    """A link out of the page: what it is called, and the file that it leads to, from the report's own folder."""

    name: str
    target: str


def beside() -> tuple[Way, ...]:
    """Return the ways from a page that lies beside the batch's own pages."""
    return tuple(Way(name=name, target=page) for name, page in (INDEX, FINDINGS))


def out(folder: Folder) -> tuple[Way, ...]:
    """Return the ways out of a department-year's report.

    >>> from pathlib import Path
    >>> [w.target for w in out(Folder(Path(), "a", 2023))][2]
    '../../index.html#from=a/2023&to=before'
    """
    here = f"{UP}{INDEX[1]}#from={folder.department}/{folder.year}&to="
    return (
        *(Way(name=name, target=UP + page) for name, page in (INDEX, FINDINGS)),
        Way(name="上一份", target=here + BEFORE),
        Way(name="下一份", target=here + NEXT),
        Way(name="上年", target=here + LAST_YEAR),
        Way(name="表（xlsx）", target=BOOK),
    )
