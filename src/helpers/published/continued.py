"""Tables that go on over pages: the next page has no name, columns that fit, and often the head once more."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from helpers.edition.forms import Form
from helpers.published import heads, parted, titles
from helpers.published.grid import Grid, Rows
from helpers.published.words import code_and_name, folded, is_amount, names, word

_NEAR = 4.0  # points: edges this near are one


@dataclass
class Joined:
    """Each form with its grid, and the grids that are of none. A form whose columns go on over pages has several grids."""

    of_forms: list[tuple[Form, Grid]] = field(default_factory=list)
    unknown: list[Grid] = field(default_factory=list)
    _pieces: list[int] = field(default_factory=list)  # where the grids of the last form stand

    def put(self, grid: Grid, form: Form | None) -> None:
        """Put in a grid after those before it."""
        last = self.of_forms[self._pieces[-1]][0] if self._pieces else None
        may_go_on = form is None or (form is last and _is_headless(grid))
        if last and may_go_on and (self._has_rows(grid, last) or self._has_columns(grid, last)):
            return
        if form is None:
            self.unknown.append(grid)
            self._pieces = []
        else:
            self._pieces = [len(self.of_forms)]
            self.of_forms.append((form, grid))

    def _has_rows(self, grid: Grid, form: Form) -> bool:
        """Put a grid under that which it goes on with: the last one, or that whose head it repeats."""
        head = _head(grid, form)
        for place in reversed(self._pieces) if head else self._pieces[-1:]:
            first = self.of_forms[place][1]
            if not head <= _head(first, form):
                continue
            if whole := _together(first, grid):
                self.of_forms[place] = (form, whole)
                return True
        return False

    def _has_columns(self, grid: Grid, form: Form) -> bool:
        """Keep a grid with a head of its own and rows that stand before as further columns of them."""
        labels = _labels(grid)
        if not labels or grid.sheet or not _head(grid, form):
            return False
        if not any(labels <= _labels(self.of_forms[place][1]) for place in self._pieces):
            return False
        self._pieces.append(len(self.of_forms))
        self.of_forms.append((form, grid))
        return True


def joined(grids: Iterable[Grid], forms: list[Form]) -> Joined:
    """Return what each grid is; one that only goes on with the one before it is put to it."""
    joined = Joined()
    for grid in itertools.chain.from_iterable(parted.parted(grid, forms) for grid in grids):
        joined.put(grid, titles.form_of(grid, forms))
    return joined


def _head(grid: Grid, form: Form) -> set[str]:
    """Return what columns and groups of a form are called over the first amounts of a grid, two columns at least."""
    columns = [column for block in form.blocks for column in heads.columns_of(block)]
    called = {part for column in columns for part in map(word, column.label.split("/"))}
    called |= {name for column in columns for name in names(column)}
    places: set[int] = set()
    found: set[str] = set()
    for row in grid.rows:
        if any(is_amount(folded(text)) for text in row):
            break
        texts = [(c, word(code_and_name(text)[1] or text)) for c, text in enumerate(row) if text]
        places |= {c for c, text in texts if text in called}
        found |= {text for _, text in texts if text in called}
    return found if len(places) > 1 else set()


def _labels(grid: Grid) -> set[str]:
    """Return what the rows with amounts begin with."""
    return {
        next(filter(None, row)) for row in grid.rows if any(is_amount(folded(text)) for text in row)
    }


def _together(first: Grid, more: Grid) -> Grid | None:
    """Return a table with what goes on with it; nothing where that is a table of its own."""
    if any(re.search("表$", line) for line in more.above):
        return None
    if more.sheet:
        return _below(first, more) if _is_headless(more) and more.width <= first.width else None
    if first.width != more.width:
        wide = max(first, more, key=lambda grid: grid.width)
        fitted = [_fitted(grid, wide) for grid in (first, more)]
        if None in fitted:
            return None
        first, more = (grid for grid in fitted if grid)
    return _below(first, more)


def _is_headless(grid: Grid) -> bool:
    """Return whether a table begins with a row of its body: no title and no head stands over its first amounts."""
    first = next((row for row in grid.rows if any(row)), ())
    return any(is_amount(folded(text)) for text in first)


def _below(first: Grid, more: Grid) -> Grid:
    """Return a table with the rows of another under it, but for those that repeat its head."""
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
