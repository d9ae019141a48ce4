"""Which form a grid is: by the name that stands above it or in its first rows, then by the name on its tab."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from helpers.basics.text import plain
from helpers.edition import usage
from helpers.edition.forms import Form
from helpers.published.grid import UNREAD, Grid

_FIRST_ROWS, _FIRST_CELLS, _LONGEST = 8, 12, 60
_OTHER = re.compile("预算|决算|拨款|经费|基金|资本|支出|收入|明细")
_NUMBER = re.compile(r"(?:公开|附|附件|附表|表|GK|Z)*0*(\d{1,3})(?:表|[\s、.．_-]|$)", re.I)
_WORDS = re.compile(f"[一-龥{UNREAD}]")
_YEAR = re.compile(r"(20\d\d)年度?")
_FULL_TAB = 28  # characters: a tab holds 31, so a name this long may be cut


def form_of(grid: Grid, forms: Iterable[Form]) -> Form | None:
    """Return the form that a grid is, or nothing."""
    known = list(forms)
    inside = [form for text in _first_texts(grid) if (form := named(text, known))]
    if len({form.number for form in inside}) > 1:
        return None  # an index of tables
    if inside:
        return inside[0]
    for said in reversed(grid.above):
        if form := named(said, known):
            return form
    return _on_tab(grid.sheet, known) if grid.sheet else None


def is_of_another_year(grid: Grid, form: Form, year: int) -> bool:
    """Return whether the title of a grid, or a line of its own, says a year and not this one."""
    said = [*_first_texts(grid), *grid.above]
    titles = [text for text in said if named(text, [form]) or _YEAR.fullmatch(plain(text))]
    years = {int(match[1]) for text in titles for match in _YEAR.finditer(plain(text))}
    return bool(years) and year not in years


def _first_texts(grid: Grid) -> Iterator[str]:
    return (text for row in grid.rows[:_FIRST_ROWS] for text in row[:_FIRST_CELLS] if text)


def named(said: str, forms: list[Form]) -> Form | None:
    """Return the form whose name a line is, whatever stands before it that is no other table's name."""
    line = _bare(said)
    return _named(line, tuple(forms)) if line else None


@lru_cache(maxsize=5_000)
def _named(line: str, forms: tuple[Form, ...]) -> Form | None:
    unread = UNREAD in line
    ending = [
        (len(name), form)
        for form in forms
        for name in form.names
        if (found := name if name in line else unread and _read_into(name, line))
        and not _OTHER.search(line.replace(found, "", 1))
    ]
    return max(ending, key=lambda found: found[0], default=(0, None))[1]


@lru_cache(maxsize=5_000)
def _bare(said: str) -> str:
    """Return a line as names are looked for in it, blank where it has no words or too many."""
    if not _WORDS.search(said):
        return ""
    line = plain("".join(said.split()))
    for dropped in usage.load().dropped:
        line = line.replace(dropped, "")
    return line if len(line) <= _LONGEST else ""


def _read_into(name: str, line: str) -> str:
    """Return a name as it stands in a line, some of its letters not readable; nothing where it does not."""
    match = re.search("".join(f"[{re.escape(letter)}{UNREAD}]" for letter in name), line)
    return match[0] if match else ""


def _on_tab(sheet: str, forms: list[Form]) -> Form | None:
    """Return the form that a tab names, in words that may be cut, else by its number alone."""
    number = _NUMBER.match(sheet)
    name = plain(sheet[number.end() :] if number else sheet)
    if form := named(name, forms):
        return form
    if len(sheet) >= _FULL_TAB:
        cut = [form for form in forms if name and plain(form.name).startswith(name)]
        if len(cut) == 1:
            return cut[0]
    if number and not _WORDS.search(name):
        return next((form for form in forms if form.number.lstrip("0") == number[1]), None)
    return None
