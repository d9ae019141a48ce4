"""An official form as an HTML table: its heads, both its sides, its totals, its notes, an id on every cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from helpers.basics import money
from helpers.basics.model import Address, Cell
from helpers.basics.text import ordinal
from helpers.disclosure.tables import Side, Table
from helpers.edition.forms import Line
from helpers.report import columns
from helpers.report.elements import anchor, cell_anchor, tag, text
from helpers.report.marks import Apart

UNIT = "金额单位：万元，空白为零"
_WIDE = 6


@dataclass(frozen=True)
class Beside:
    """What stands beside a table's own numbers: who uses a cell, how the published one differs, and what was found.

    `users` is the id of the first sentence about a cell, `apart` its published number, `rounded` the same where
    rounding explains it, `flags` the link to its findings, `verdict` a word on the whole published table.
    """

    users: dict[Address, str] = field(default_factory=dict)
    apart: dict[str, Apart] = field(default_factory=dict)
    rounded: dict[str, str] = field(default_factory=dict)
    flags: dict[str, str] = field(default_factory=dict)
    verdict: str = ""


def table(
    filled: Table, note: str, unit: str = UNIT, department: str = "", beside: Beside = Beside()
) -> str:
    """Return one official form with its number, title, unit, notes and an id on every cell."""
    form, whole = filled.form, filled.sides
    above: list[str] = []
    notes = [f"注：{form.note}" if form.note else "", note]
    sides = whole if len(whole) > 1 else (columns.with_money(filled, whole[0]),)
    widths = _widths(filled, sides[0], beside.apart)
    laid = columns.pieces(filled, widths=widths)
    if len(sides[0].columns) < len(whole[0].columns):
        notes.append(columns.left_out(filled, whole[0], sides[0]))
    inside = _Inside(filled, beside)
    parts = [
        (inside.one_sided(*piece), _is_wide(piece[0].columns, widths))
        if len(piece) == 1
        else (inside.two_sided(piece), sum(len(s.columns) + 1 for s in piece) > _WIDE)
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
            is_wide,
            (form.called, f"部门：{department}" if department else "", unit),
        )
        for n, (body, is_wide) in enumerate(parts)
    ]
    notes.append(beside.verdict)
    return tag(
        "section",
        _notes(above) + "".join(grids) + _notes(notes),
        class_="sheet",
        id=anchor("t", form.number),
    )


def _is_wide(shown: tuple[Line, ...], widths: Mapping[str, int]) -> bool:
    return len(shown) > _WIDE or columns.across(shown, widths) > columns.STANDING


def _widths(filled: Table, side: Side, apart: Mapping[str, Apart]) -> dict[str, int]:
    """Return how wide each column is printed: its longest number, a published one with the words before it."""
    widths = {}
    for column in side.columns:
        cells = [filled.cell(row.key, column.key) for row in side.rows]
        known = [cell.amount.value for cell in cells if cell.amount]
        ends = [money.tabular(end(known)) for end in (min, max) if known]
        differ = [apart[place] for c in cells if apart and (place := str(c.address)) in apart]
        pairs = [f"重算 {ours}" for ours in ends if differ] + [f"公开 {d.theirs}" for d in differ]
        widths[column.key] = columns.width(ends + pairs)
    return widths


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


def _is_coded(filled: Table) -> bool:
    """Return whether a form lists codes, even where it has none this year."""
    return any(line.by for block in filled.form.blocks for line in block.rows)


# The lines of a form


class _Inside:
    """The head and the lines of one form's HTML tables."""

    def __init__(self, filled: Table, beside: Beside):
        self.filled, self.beside, self.coded = filled, beside, _is_coded(filled)
        self.numbered = any(row.number for side in filled.sides for row in side.rows)
        self.is_alone = not (beside.apart or beside.rounded or beside.flags)

    def one_sided(self, side: Side) -> str:
        lead = ("科目编码", "科目名称") if self.coded else ("项目",)
        head = _heads(lead, side.columns)
        if any(c.number for c in side.columns):
            wide = str(len(lead)) if self.coded else ""
            label = tag("th", "栏次", scope="row", colspan=wide, class_="name")
            head += tag(
                "tr",
                label + "".join(tag("th", text(c.number), scope="col") for c in side.columns),
                class_="seq",
            )
        rows = []
        for row in side.rows:
            if self.coded and not columns.is_code(row.key):
                name = tag("th", text(row.label), scope="row", class_="total", colspan="2")
            else:
                name = (tag("td", text(row.key), class_="code") if self.coded else "") + _name(row)
            rows.append(
                tag("tr", name + self.cells(side, row), class_="total" if row.heading else "")
            )
        return tag("thead", head) + tag("tbody", "".join(rows))

    def two_sided(self, sides: tuple[Side, ...]) -> str:
        lead = ("科目编码", "科目名称") if self.coded else ("项目", "行次")[: 1 + self.numbered]
        head = tag(
            "tr",
            "".join(
                tag("th", text(s.title), scope="colgroup", colspan=str(len(s.columns) + len(lead)))
                for s in sides
            ),
        )
        head += tag(
            "tr",
            "".join(
                tag("th", lead[0], scope="col")
                + "".join(
                    tag("th", name, scope="col", class_="" if self.coded else "seq")
                    for name in lead[1:]
                )
                + "".join(tag("th", text(c.label), scope="col") for c in s.columns)
                for s in sides
            ),
        )
        if any(c.number for s in sides for c in s.columns):
            head += tag(
                "tr",
                "".join(
                    tag("th", "栏次", scope="row")
                    + tag("td") * (len(lead) - 1)
                    + "".join(tag("th", text(c.number), scope="col") for c in s.columns)
                    for s in sides
                ),
                class_="seq",
            )
        rows = []
        for pair in columns.paired([list(s.rows) for s in sides]):
            halves = "".join(self.half(side, row) for side, row in zip(sides, pair))
            rows.append(
                tag(
                    "tr", halves, class_="total" if any(row and row.heading for row in pair) else ""
                )
            )
        groups = "".join(tag("colgroup", span=str(len(s.columns) + len(lead))) for s in sides)
        return groups + tag("thead", head) + tag("tbody", "".join(rows))

    def half(self, side: Side, row: Line | None) -> str:
        if row is None:
            return tag("td") * (1 + (self.coded or self.numbered) + len(side.columns))
        if self.coded and not columns.is_code(row.key):
            return tag(
                "th", text(row.label), scope="row", class_="total", colspan="2"
            ) + self.cells(side, row)
        number = (
            tag("td", row.key, class_="code") + _name(row)
            if self.coded
            else _name(row) + tag("td", text(row.number), class_="seq") * self.numbered
        )
        return number + self.cells(side, row)

    def cells(self, side: Side, row: Line) -> str:
        return "".join(self.cell(self.filled.cell(row.key, column.key)) for column in side.columns)

    def cell(self, cell: Cell) -> str:
        """Return a cell; its number leads back to the first sentence about it, a published one stands beside it.

        It is written out, since there are thousands; an anchor has nothing to escape.
        """
        amount = cell.amount
        number = "缺" if amount is None else money.tabular(amount.value)
        if number and (user := self.beside.users.get(cell.address)):
            number = tag("a", number, href=f"#{user}")
        if not self.is_alone:
            number = self.published(str(cell.address), number)
        gap = ' class="gap"' if amount is None else ""
        return f'<td id="{cell_anchor(cell.address)}"{gap}>{number}'

    def published(self, place: str, shown: str) -> str:
        """Return a number with the published one and its findings beside it."""
        if place in self.beside.apart:
            return self.beside.apart[place].beside(shown or "0")
        if place in self.beside.rounded:
            told = f"公开 {self.beside.rounded[place]}"
            return tag("span", shown, class_="rounding", title=told)
        return shown + self.beside.flags.get(place, "")


def _heads(lead: tuple[str, ...], shown: tuple[Line, ...]) -> str:
    """Return the lines of heads, as many as the columns have levels of names."""
    lines = columns.heads(shown)
    deep = str(len(lines)) if len(lines) > 1 else ""
    first = [tag("th", name, scope="col", rowspan=deep) for name in lead[:-1]]
    first.append(tag("th", lead[-1], scope="col", rowspan=deep, class_="name"))
    return "".join(
        tag("tr", "".join(first * (n == 0) + [_head(head) for head in line]))
        for n, line in enumerate(lines)
    )


def _head(head: columns.Head) -> str:
    if head.column is None:
        return tag("th", text(head.words), scope="colgroup", colspan=str(head.across))
    code = f"{head.column.key}<br>" if columns.is_code(head.column.key) else ""
    deep = str(head.down) if head.down > 1 else ""
    return tag("th", code + text(head.words), scope="col", rowspan=deep)


def _name(row: Line) -> str:
    kind = "total" if row.heading else f"in{row.level}" if row.level else ""
    return tag("th", text(row.label), scope="row", class_=kind)
