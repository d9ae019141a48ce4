"""The names of tables, and of the codes that head rows and columns, as a form of an edition means them."""

from __future__ import annotations

from functools import cache

from helpers.basics.errors import Refusal
from helpers.edition import codes, edition
from helpers.edition.forms import Form


@cache
def name(of: str, table: str, place: str, key: str, year: int) -> str:
    """Return what a table of an edition, or the key of one of its rows or columns (`place`), is called.

    Where the edition is no more, or cannot be read, it is the key itself.
    """
    form = _form(of, table)
    if place == "table" or form is None or not key.isdecimal():
        return form.name if place == "table" and form else key
    return of_code(_dimension(form, place), key, year)


@cache
def _form(of: str, table: str) -> Form | None:
    try:
        return edition.load(of).forms.get(table) if of else None
    except Refusal:
        return None


@cache
def _dimension(form: Form, place: str) -> str:
    """Return whether the codes that head the rows or the columns of a form are of 功能科目 or 经济科目."""
    lines = (
        line for block in form.blocks for line in (block.rows if place == "row" else block.columns)
    )
    words = {word for line in lines for word in (line.by, *dict(line.scope))}
    return "economic" if "economic" in words else "function"


@cache
def of_code(dimension: str, code: str, year: int) -> str:
    """Return the name of a code of 功能科目 or 经济科目 in a year; what is no code is its own name.

    >>> of_code("economic", "30101", 2023), of_code("economic", "人员经费", 2023)
    ('基本工资', '人员经费')
    """
    if not code.isdecimal():
        return code
    listed = codes.functional() if dimension == "function" else codes.economic()
    return listed.name(code, year)
