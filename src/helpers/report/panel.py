"""The lineage of every cell: compact, as data for the page's panel, and of one cell as a tree to read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from helpers.basics import money
from helpers.basics.model import DERIVED, GIVEN, MISSING, Address, Cell, Figure
from helpers.disclosure.lineage import CHART, SENTENCE, Lineage, Origin, Use
from helpers.disclosure.tables import Tables
from helpers.report import columns
from helpers.report.elements import anchor, tag, text
from helpers.report.places import Places

STATE = {GIVEN: "写明", DERIVED: "加出", MISSING: "缺"}
_ID = {SENTENCE: "s", CHART: "g"}


# For the page


def data(lineage: Lineage, places: Places) -> str:
    """Return the lineage of all cells that the tables show, as an inert block of JSON.

    `tables` holds for each its number, the columns of each side of each of its pieces, and its cells in the order of the
    page: `3` is line 3 of figures.csv, `+3-7 9` added up from lines, nothing a missing cell. In `sums` and
    `uses` a cell is its place in that order, `~` takes it off and `f3` is a line of figures.csv.
    """
    tables: list[list] = []
    order: dict[Address, int] = {}
    summed: list[tuple[Address, Origin]] = []
    ranges: dict[tuple[Figure, ...], str] = {}
    for filled in lineage.tables.published():
        pieces = [
            [[c.key for c in side.columns] for side in sides] for sides in columns.pieces(filled)
        ]
        origins = {address: lineage.origin(address) for address in columns.order(filled)}
        order |= {address: n for n, address in enumerate(origins, len(order))}
        made = ",".join([_made(origin, ranges) for origin in origins.values()])
        tables.append([filled.form.number, pieces, made])
        summed += [(address, origin) for address, origin in origins.items() if origin.sums]
    sums = {order[a]: s for a, origin in summed if (s := "|".join(_sums(origin, order)))}
    uses = {
        _name(use): used for use in lineage.uses if (used := _used(use, lineage, order, places))
    }
    packed = json.dumps(
        {"tables": tables, "sums": sums, "uses": uses}, ensure_ascii=False, separators=(",", ":")
    )
    return tag("script", packed.replace("<", "\\u003c"), type="application/json", id="lineage")


def _made(origin: Origin, ranges: dict[tuple[Figure, ...], str]) -> str:
    """Return how a cell was made; blank cells by the thousand are zero by the same figures: `ranges` knows their lines."""
    state = origin.cell.state
    if state == MISSING:
        return ""
    figures = origin.figures
    lines = ranges.get(figures)
    if lines is None:
        lines = ranges[figures] = _ranges(sorted(map(_line, figures)))
    return lines if state == GIVEN else f"+{lines}"


def _line(figure: Figure) -> int:
    return int(figure.line)


def _sums(origin: Origin, order: dict[Address, int]) -> Iterator[str]:
    for terms in origin.sums:
        if all(part.cell.address in order for _, part in terms):
            added, taken = (
                [order[p.cell.address] for sign, p in terms if sign == wanted] for wanted in (1, -1)
            )
            yield " ".join(filter(None, (_ranges(added), _ranges(taken, "~"))))


def _name(use: Use) -> str:
    return anchor(_ID[use.kind], use.name) if use.kind in _ID else f"{use.name} {use.title}"


def _used(use: Use, lineage: Lineage, order: dict[Address, int], places: Places) -> str:
    """Return the cells that something uses, and for a cell that no table shows its lines of figures.csv."""
    cells = sorted({order[a] for a in use.cells if a in order})
    elsewhere = {
        f for a in use.cells if a not in order for f in lineage.tables.cell(a).value.figures
    }
    own = {_line(f) for f in elsewhere if places.figure(f).startswith("figures.csv:")}
    return " ".join(filter(None, (_ranges(cells), _ranges(sorted(own), "f"))))


def _ranges(numbers: Iterable[int], mark: str = "") -> str:
    """Return whole numbers with runs drawn together.

    >>> _ranges([3, 4, 5, 9]), _ranges([7, 8], "f")
    ('3-5 9', 'f7-8')
    """
    runs: list[list[int]] = []
    for n in numbers:
        if runs and n == runs[-1][1] + 1:
            runs[-1][1] = n
        else:
            runs.append([n, n])
    return " ".join(
        f"{mark}{first}" if first == last else f"{mark}{first}-{last}" for first, last in runs
    )


# For an analyst


def tree(lineage: Lineage, places: Places, address: Address) -> tuple[str, str]:
    """Return where one cell comes from and what uses it, as HTML and as indented text."""
    origin = lineage.origin(address)
    uses = [f"{use.kind} {use.name}　{use.title}" for use in lineage.used_in(address)]
    plain = [
        *_lines(origin, places, ""),
        *(["用在"] if uses else []),
        *(f"  {use}" for use in uses),
    ]
    listed = (
        tag("p", "用在") + tag("ul", "".join(tag("li", text(use)) for use in uses)) if uses else ""
    )
    return tag("div", tag("ul", _branch(origin, places, "")) + listed, class_="trace"), "\n".join(
        plain
    )


def _said(cell: Cell, tables: Tables) -> str:
    shown = "" if cell.amount is None else f" {money.printed(cell.amount.value)}{_unit(cell)}"
    return f"{tables.named(cell.address)}{shown}（{STATE[cell.state]}）"


def _unit(cell: Cell) -> str:
    return money.kept_in(cell.value.unit)


def _sign(sign: int) -> str:
    return "＋ " if sign > 0 else "－ "


def _heading(origin: Origin) -> str:
    return "表样：应等于" if origin.cell.state == GIVEN else "表样：等于"


def _figure(figure: Figure, places: Places) -> str:
    return f"{places.figure(figure)}　{figure.scope.label}　{figure.basis} {figure.written}{figure.unit}"


def _figures(origin: Origin, places: Places) -> Iterator[str]:
    """Yield the figures of a cell; before those of which it is none, since they leave nothing for it, what they are."""
    cell = origin.cell
    is_none = cell.state == DERIVED and cell.amount is not None and cell.amount.is_zero
    if is_none and any(not figure.amount.is_zero for figure in origin.figures):
        yield "没有这一项的行；下面的行已是全部，所以是零"
    for figure in origin.figures:
        yield _figure(figure, places)


def _lines(origin: Origin, places: Places, mark: str, depth: int = 0) -> Iterator[str]:
    indent = "  " * depth
    yield f"{indent}{mark}{_said(origin.cell, places.tables)}"
    for figure in _figures(origin, places):
        yield f"{indent}  {figure}"
    for terms in origin.sums:
        yield f"{indent}  {_heading(origin)}"
        for sign, part in terms:
            yield from _lines(part, places, _sign(sign), depth + 2)


def _branch(origin: Origin, places: Places, mark: str) -> str:
    inside = "".join(tag("li", text(figure)) for figure in _figures(origin, places))
    for terms in origin.sums:
        parts = tag("ul", "".join(_branch(part, places, _sign(sign)) for sign, part in terms))
        inside += tag("li", tag("details", tag("summary", _heading(origin)) + parts))
    return tag(
        "li",
        text(f"{mark}{_said(origin.cell, places.tables)}") + (tag("ul", inside) if inside else ""),
    )
