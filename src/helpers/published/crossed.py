"""A form of one row printed as a list: what it sets above its columns stands half beside the rows, half above them."""

from __future__ import annotations

import re
from dataclasses import replace

from helpers.edition.forms import Form
from helpers.published import body
from helpers.published.body import Body
from helpers.published.grid import Grid, Printed
from helpers.published.words import NUMERIC, folded, is_amount

_PAIR = 2  # the number of a column and one amount under it
_BEFORE = re.compile(r"^(其中[:：])?([（(]\d{1,2}[）)]|\d{1,2}[.．、])?")


def read(form: Form, grid: Grid) -> Body | None:
    """Return what a list says as a form of one row; nothing where the form is another or no list of it stands there."""
    (block, *others), width = form.blocks, grid.width
    is_of_one_row = not others and len(block.rows) == 1 and not block.rows[0].by
    if not is_of_one_row or not all("/" in column.label for column in block.columns):
        return None
    merged = [[*row, *[""] * (width - len(row))] for row in grid.merged]
    own = [[*map(folded, row), *[""] * (width - len(row))] for row in grid.rows]
    amounts = [c for c, column in enumerate(zip(*own)) if _holds_amounts(column)]
    if not amounts or not amounts[0]:
        return None
    values = range(amounts[0], width)
    start = next(
        r for r, row in enumerate(own) if any(NUMERIC.fullmatch(row[c]) for c in values if row[c])
    )
    places = [(r, c) for r in range(start, len(own)) for c in values]
    lines = [
        ["", *(_BEFORE.sub("", merged[head][c]) for _, c in places)]
        for head in range(start)
        if any(merged[head])
    ]
    lines += [
        ["", *(_BEFORE.sub("", merged[r][beside]) for r, _ in places)]
        for beside in range(amounts[0])
    ]
    lines.append([block.rows[0].label, *(own[r][c] for r, c in places)])
    flat = tuple(map(tuple, lines))
    found = body.read(form, Grid(rows=flat, merged=flat, places=(("", 0),) * len(flat)))
    cells = {
        key: Printed(cell.text, *places[cell.column - 1], grid) for key, cell in found.cells.items()
    }
    return replace(found, cells=cells) if cells else None


def _holds_amounts(column: tuple[str, ...]) -> bool:
    """Return whether a column has amounts: any that is one wherever it stands, or several numbers that do not count the rows."""
    numbers = [text for text in column if NUMERIC.fullmatch(text)]
    counted = [str(n) for n in range(1, len(numbers) + 1)]
    return any(map(is_amount, column)) or (len(numbers) > _PAIR and numbers != counted)
