"""What a notebook's cell shows: HTML there, plain text elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from helpers.basics.errors import RequestError, nearest
from helpers.basics.errors import shown as printable
from helpers.disclosure.tables import Table

Part = TypeVar("Part")


@dataclass(frozen=True)
class Shown:
    """Something to look at: HTML in a notebook, plain text elsewhere."""

    html: str
    plain: str

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return self.plain


def together(pieces: Iterable[Shown]) -> Shown:
    """Return several things to look at as one."""
    every = list(pieces)
    return Shown("\n".join(one.html for one in every), "\n\n".join(one.plain for one in every))


def numbered(known: Mapping[str, Part], number: str, what: str) -> Part:
    """Return what has a number, or refuse it with the nearest that something has."""
    if number not in known:
        raise RequestError(
            f"没有{what}「{printable(str(number))}」{nearest(str(number), known)}，有：{'、'.join(known)}"
        )
    return known[number]


def choose(every: Sequence[Part], wanted: str, name: Callable[[Part], str], what: str) -> Part:
    """Return the one whose name is or begins as wanted, or refuse with the nearest."""
    names = [name(one) for one in every]
    found = next(
        (
            one
            for one, called in zip(every, names)
            if called == wanted or called.partition("、")[2] == wanted
        ),
        None,
    )
    found = found or next(
        (one for one, called in zip(every, names) if wanted and called.startswith(wanted)), None
    )
    if found is None:
        raise RequestError(
            f"没有{what}「{printable(wanted)}」{nearest(wanted, names)}，有：{'、'.join(names)}"
        )
    return found


@dataclass(frozen=True, repr=False)
class ShownTable(Shown):
    """A table to look at; `.data` is an ordinary DataFrame."""

    table: Table

    @property
    def data(self):
        return self.table.data
