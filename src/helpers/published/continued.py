"""Tables that go on over pages: the next page has no name, columns that fit, and often the head once more."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from helpers.edition.forms import Form
from helpers.published import titles
from helpers.published.grid import Grid, Rows

_NEAR = 4.0  # points: edges this near are one


@dataclass
class Joined:
    """Each form with its grid, and the grids that are of none."""

    of_forms: list[tuple[Form, Grid]] = field(default_factory=list)
    unknown: list[Grid] = field(default_factory=list)


def joined(grids: Iterable[Grid], forms: list[Form]) -> Joined:
    """Return what each grid is; one on a page that goes on with the one before it is put to it."""
    joined = Joined()
    found = joined.of_forms
    before: Grid | None = None
    for grid in grids:
        form = titles.form_of(grid, forms)
        if form is None and before is not None and (whole := _together(before, grid)):
            found[-1] = (found[-1][0], whole)
            before = whole
        elif form is not None:
            found.append((form, grid))
            before = grid
        else:
            joined.unknown.append(grid)
            before = None
    return joined


def _together(first: Grid, more: Grid) -> Grid | None:
    """Return a table with what goes on with it; nothing where that is a table of its own."""
    if more.sheet or any(re.search("表$", line) for line in more.above):
        return None
    if first.width != more.width:
        wide = max(first, more, key=lambda grid: grid.width)
        fitted = [_fitted(grid, wide) for grid in (first, more)]
        if None in fitted:
            return None
        first, more = (grid for grid in fitted if grid)
    again = _repeated(first.rows, more.rows)
    return replace(
        first,
        rows=first.rows + more.rows[again:],
        merged=first.merged + more.merged[again:],
        places=first.places + more.places[again:],
        below=more.below,
    )


def _repeated(rows: Rows, more: Rows) -> int:
    """Return how many rows at the top of a page repeat those at the top of the table."""
    pairs = enumerate(zip(rows, more))
    return next((n for n, (one, other) in pairs if one != other), min(len(rows), len(more)))


def _fitted(grid: Grid, wide: Grid) -> Grid | None:
    """Return a table with the columns of a wider one; nothing where one of its edges is none of those."""
    at = [_edge(edge - grid.edges[0], wide) for edge in grid.edges]
    if not at or None in at:
        return None
    starts = [edge for edge in at if edge is not None]
    last = len(starts) - 2
    owner = [max(i for i, start in enumerate(starts) if start <= c) for c in range(wide.width)]
    rows = [
        tuple(
            row[min(n, last)] if c == starts[n] and n <= last else "" for c, n in enumerate(owner)
        )
        for row in grid.rows
    ]
    merged = [tuple(row[min(n, last)] for n in owner) for row in grid.merged]
    return replace(grid, rows=tuple(rows), merged=tuple(merged), edges=wide.edges)


def _edge(place: float, wide: Grid) -> int | None:
    """Return which edge of a table stands so far from its first."""
    return next(
        (n for n, edge in enumerate(wide.edges) if abs(edge - wide.edges[0] - place) <= _NEAR),
        None,
    )
