"""An official form as an HTML table: its heads, both its sides, its totals, its notes, an id on every cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from helpers.basics import money
from helpers.basics.model import Address, Cell, Finding
from helpers.disclosure.tables import Side, Table
from helpers.edition.forms import Line, ordinal
from helpers.report.elements import anchor, cell_anchor, tag, text

UNIT = "金额单位：万元"
MOST_COLUMNS = (
    14  # of money that fit an A4 page across; a wider form goes on in further tables, as in print
)
_WIDE = 6


@dataclass(frozen=True)
class Beside:
    """What stands beside a table's own numbers: who uses a cell, and how the published table differs.

    `users` is the id of the first sentence about a cell, `printed` the finding of its published number,
    `verdict` a word on the whole published table.
    """

    users: dict[Address, str] = field(default_factory=dict)
    printed: dict[str, Finding] = field(default_factory=dict)
    verdict: str = ""


def table(
    filled: Table, note: str, unit: str = UNIT, department: str = "", beside: Beside = Beside()
) -> str:
    """Return one official form with its number, title, unit, notes and an id on every cell."""
    form, whole = filled.form, filled.sides
    above, notes = [], [f"注：{form.note}" if form.note else "", note]
    laid = pieces(filled)
    sides = whole if len(whole) > 1 else (_with_money(filled, whole[0]),)
    if len(sides[0].columns) < len(whole[0].columns):
        notes.append(_left_out(filled, whole[0], sides[0]))
    inside = _Inside(filled, beside)
    parts = [
        (inside.one_sided(*piece), len(piece[0].columns))
        if len(piece) == 1
        else (inside.two_sided(piece), sum(len(s.columns) + 1 for s in piece))
        for piece in laid
    ]
    missing = [
        filled.cell(r.key, c.key).amount is None for s in sides for r in s.rows for c in s.columns
    ]
    if any(missing):
        words = f"印「缺」的 {sum(missing)} 格没有数，也推不出来，不是零。"
        (above if 2 * sum(missing) > len(missing) else notes).append(words)
    grids = [
        _framed(
            f"{form.name}{f'（续{ordinal(n)}）' if n else ''}",
            body,
            width > _WIDE,
            (form.called, f"部门：{department}" if department else "", unit),
        )
        for n, (body, width) in enumerate(parts)
    ]
    notes.append(beside.verdict)
    return tag(
        "section",
        _notes(above) + "".join(grids) + _notes(notes),
        class_="sheet",
        id=anchor("t", form.number),
    )


def pieces(filled: Table) -> list[tuple[Side, ...]]:
    """Return the HTML tables that a form is shown as: both its sides in one, or its one side cut to fit a page."""
    if len(filled.sides) > 1:
        return [filled.sides]
    return [(piece,) for piece in _pieces(_with_money(filled, filled.sides[0]))]


def order(filled: Table) -> Iterator[Address]:
    """Yield the addresses of the cells in the order in which the page shows them."""
    for sides in pieces(filled):
        lines = (
            _paired([list(s.rows) for s in sides])
            if len(sides) > 1
            else [(row,) for row in sides[0].rows]
        )
        for line in lines:
            for side, row in zip(sides, line):
                yield from (
                    Address(filled.form.number, row.key, c.key) for c in side.columns if row
                )


def _framed(title: str, body: str, wide: bool, facts: tuple[str, str, str]) -> str:
    number, department, unit = (tag("span", text(fact)) for fact in facts)
    head = tag("caption", tag("div", tag("b", text(title)) + number + department + unit))
    return tag(
        "div",
        tag("table", head + body, class_="form wide" if wide else "form"),
        class_="frame",
        tabindex="0",
        role="region",
        aria_label=title,
    )


def _notes(words: list[str]) -> str:
    return "".join(tag("p", text(w), class_="note") for w in words if w)


def _is_code(key: str) -> bool:
    return key.isdecimal()


def _is_coded(filled: Table) -> bool:
    """Return whether a form lists codes, even where it has none this year."""
    return any(line.by for block in filled.form.blocks for line in block.rows)


# Which columns


def _with_money(filled: Table, side: Side) -> Side:
    """A form with over twenty columns shows those that have money; the workbook has them all."""
    if len(side.columns) <= 20:
        return side
    return replace(
        side,
        columns=tuple(
            c for c in side.columns if not _is_code(c.key) or _has_money(filled, side, c)
        ),
    )


def _has_money(filled: Table, side: Side, column: Line) -> bool:
    amounts = (filled.cell(row.key, column.key).amount for row in side.rows)
    return any(a and not a.is_zero for a in amounts)


def _left_out(filled: Table, whole: Side, shown: Side) -> str:
    hidden = [c for c in whole.columns if c not in shown.columns]
    missing = sum(any(filled.cell(r.key, c.key).amount is None for r in whole.rows) for c in hidden)
    said = f"本表共 {len(whole.columns)} 栏，这里列出有数的 {len(shown.columns)} 栏，完整的表见 tables.xlsx。"
    return said + (
        f"没有列出的栏中 {missing} 栏缺少按经济科目分类的数，不是零。" if missing else ""
    )


def _pieces(side: Side) -> list[Side]:
    """Cut a side into tables that fit a page; a class of codes stays together where it fits."""
    pieces: list[list[Line]] = [[]]
    for column in side.columns:
        group = [c for c in side.columns if _is_code(c.key) and c.key[:3] == column.key[:3]]
        opens = len(column.key) == 3 and len(pieces[-1]) + len(group) > MOST_COLUMNS
        if pieces[-1] and (opens or len(pieces[-1]) >= MOST_COLUMNS):
            pieces.append([])
        pieces[-1].append(column)
    return [replace(side, columns=tuple(columns)) for columns in pieces]


# The lines of a form


class _Inside:
    """The head and the lines of one form's HTML tables."""

    def __init__(self, filled: Table, beside: Beside):
        self.filled, self.beside, self.coded = filled, beside, _is_coded(filled)

    def one_sided(self, side: Side) -> str:
        lead = ("科目编码", "科目名称") if self.coded else ("项目",)
        head = _heads(lead, side.columns)
        if any(c.number for c in side.columns):
            label = tag("th", "栏次", scope="row", colspan=str(len(lead)) if self.coded else "")
            head += tag(
                "tr",
                label + "".join(tag("th", text(c.number), scope="col") for c in side.columns),
                class_="seq",
            )
        rows = []
        for row in side.rows:
            if self.coded and not _is_code(row.key):
                name = tag("th", text(row.label), scope="row", class_="total", colspan="2")
            else:
                name = (tag("td", text(row.key), class_="code") if self.coded else "") + _name(row)
            rows.append(
                tag("tr", name + self.cells(side, row), class_="total" if row.heading else "")
            )
        return tag("thead", head) + tag("tbody", "".join(rows))

    def two_sided(self, sides: tuple[Side, ...]) -> str:
        lead = ("科目编码", "科目名称") if self.coded else ("项目", "行次")
        head = tag(
            "tr",
            "".join(
                tag("th", text(s.title), scope="colgroup", colspan=str(len(s.columns) + 2))
                for s in sides
            ),
        )
        head += tag(
            "tr",
            "".join(
                tag("th", lead[0], scope="col")
                + tag("th", lead[1], scope="col", class_="" if self.coded else "seq")
                + "".join(tag("th", text(c.label), scope="col") for c in s.columns)
                for s in sides
            ),
        )
        if any(c.number for s in sides for c in s.columns):
            head += tag(
                "tr",
                "".join(
                    tag("th", "栏次", scope="row")
                    + tag("td")
                    + "".join(tag("th", text(c.number), scope="col") for c in s.columns)
                    for s in sides
                ),
                class_="seq",
            )
        rows = []
        for pair in _paired([list(s.rows) for s in sides]):
            halves = "".join(self.half(side, row) for side, row in zip(sides, pair))
            rows.append(
                tag(
                    "tr", halves, class_="total" if any(row and row.heading for row in pair) else ""
                )
            )
        groups = "".join(tag("colgroup", span=str(len(s.columns) + 2)) for s in sides)
        return groups + tag("thead", head) + tag("tbody", "".join(rows))

    def half(self, side: Side, row: Line | None) -> str:
        if row is None:
            return tag("td") * (2 + len(side.columns))
        if self.coded and not _is_code(row.key):
            return tag(
                "th", text(row.label), scope="row", class_="total", colspan="2"
            ) + self.cells(side, row)
        number = (
            tag("td", row.key, class_="code") + _name(row)
            if self.coded
            else _name(row) + tag("td", text(row.number), class_="seq")
        )
        return number + self.cells(side, row)

    def cells(self, side: Side, row: Line) -> str:
        return "".join(self.cell(self.filled.cell(row.key, column.key)) for column in side.columns)

    def cell(self, cell: Cell) -> str:
        """Return a cell; its number leads back to the first sentence about it, a published one stands beside it."""
        missing = cell.amount is None
        number = "缺" if missing else money.tabular(cell.amount.value)
        user = self.beside.users.get(cell.address)
        shown = tag("a", number, href=f"#{user}") if user and number else number
        return tag(
            "td",
            self.published(cell, shown),
            id=cell_anchor(cell.address),
            class_="gap" if missing else "",
        )

    def published(self, cell: Cell, shown: str) -> str:
        found = self.beside.printed.get(str(cell.address))
        if found is None:
            return shown
        if found.severity == "hint":
            return tag("span", shown, class_="rounding", title=f"公布 {found.found}")
        was = (
            money.tabular(Decimal(found.found)) or "0"
            if money.is_number(found.found)
            else text(found.found) or "未列"
        )
        return tag("del", was) + tag("ins", shown or "0")


def _heads(lead: tuple[str, ...], columns: tuple[Line, ...]) -> str:
    """Return one line of heads, or two where columns stand in groups."""
    split = [
        column.label.rpartition("/") if not _is_code(column.key) else ("", "", column.label)
        for column in columns
    ]
    deep = "2" if any(group for group, _, _ in split) else ""
    top = [tag("th", name, scope="col", rowspan=deep) for name in lead]
    under = []
    for n, (column, (group, _, leaf)) in enumerate(zip(columns, split)):
        code = f"{column.key}<br>" if _is_code(column.key) else ""
        if not group:
            top.append(tag("th", code + text(leaf), scope="col", rowspan=deep))
            continue
        if n == 0 or split[n - 1][0] != group:
            span = next(
                (k for k, (other, _, _) in enumerate(split[n:]) if other != group), len(split) - n
            )
            top.append(tag("th", text(group), scope="colgroup", colspan=str(span)))
        under.append(tag("th", text(leaf), scope="col"))
    return tag("tr", "".join(top)) + (tag("tr", "".join(under)) if deep else "")


def _paired(sides: list[list[Line]]) -> list[tuple]:
    """Lay two sides beside each other; the totals at their ends stand on the same lines."""
    starts = [next((i for i, r in enumerate(s) if r.heading), len(s)) for s in sides]
    top = max(starts)
    end = max(len(s) - start for s, start in zip(sides, starts))
    laid = []
    for rows, start in zip(sides, starts):
        above = rows[:start] + [None] * (top - start)
        below = rows[start:-1] + [None] * (end - (len(rows) - start)) + rows[-1:]
        laid.append(above + below)
    return list(zip(*laid))


def _name(row: Line) -> str:
    kind = "total" if row.heading else f"in{row.level}" if row.level else ""
    return tag("th", text(row.label), scope="row", class_=kind)
