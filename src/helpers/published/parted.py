"""A sheet on which several tables stand, one under the other or beside each other, as one grid for each."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

from helpers.edition.forms import Form
from helpers.published import titles
from helpers.published.grid import Grid, Rows

_MOST = 6  # texts in a row of titles
_LEAST = 3  # rows of a table: names that follow each other more closely are an index


def parted(grid: Grid, forms: list[Form]) -> list[Grid]:
    """Return the tables of a sheet; one that is a single table, an index, or on a page stays as it is."""
    if not grid.sheet:
        return [grid]
    found = [part for band in _bands(grid, forms) for part in _beside(band, forms)]
    return found if len(found) > 1 else [grid]


def _bands(grid: Grid, forms: list[Form]) -> Iterator[Grid]:
    """Yield what stands from one row of titles to the next."""
    titled = [r for r, row in enumerate(grid.rows) if _has_title(row, forms)]
    starts = [r for n, r in enumerate(titled) if not n or r - titled[n - 1] >= _LEAST]
    named = {form for r in starts for text in grid.rows[r] if (form := _form(text, forms))}
    if len(titled) > len(starts) or len(named) < 2:
        yield grid
        return
    for start, end in itertools.pairwise([0, *starts[1:], len(grid.rows)]):
        yield replace(
            grid,
            rows=grid.rows[start:end],
            merged=grid.merged[start:end],
            places=grid.places[start:end],
        )


def _beside(grid: Grid, forms: list[Form]) -> Iterator[Grid]:
    """Yield what stands between blank columns, where a title stands on either side of them."""
    first = next((row for row in grid.rows if _has_title(row, forms)), ())
    named = [c for c, text in enumerate(first) if _form(text, forms)]
    blank = [
        c for c in range(grid.width) if not any(c < len(row) and row[c] for row in grid.merged)
    ]
    cuts = [
        max((c for c in blank if left < c < right), default=0)
        for left, right in itertools.pairwise(named)
    ]
    if not all(cuts):
        yield grid
        return
    for left, right in itertools.pairwise([0, *cuts, grid.width]):
        yield replace(
            grid,
            rows=_cut(grid.rows, left, right),
            merged=_cut(grid.merged, left, right),
            left=grid.left + left,
        )


def _has_title(row: tuple[str, ...], forms: list[Form]) -> bool:
    """Return whether a row names a form; one with many words is a row of a table."""
    texts = set(filter(None, row))
    return len(texts) <= _MOST and any(_form(text, forms) for text in texts)


def _cut(rows: Rows, left: int, right: int) -> Rows:
    return tuple(row[left:right] for row in rows)


def _form(text: str, forms: list[Form]) -> str:
    """Return the number of the form that a text names, blank where it names none."""
    form = titles.named(text, forms) if text else None
    return form.number if form else ""
