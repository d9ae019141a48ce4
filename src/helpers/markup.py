"""Tables, sentences and findings as HTML. Every text from data is escaped here and nowhere else."""

from __future__ import annotations

import re
from html import escape

from helpers import money
from helpers.comparison import DIFFERS, ROUNDING, Compared, Comparison, Judged
from helpers.forms import Line
from helpers.model import Address, Cell, Finding, Number, Sentence, Statement
from helpers.tables import Side, Table

SEVERITY = {"error": "错误", "warning": "警告", "hint": "提示", "missing": "未能核对"}


def tag(name: str, content: str = "", **attributes: str) -> str:
    """Return one element; `content` is markup, attribute values are escaped. `class_` writes class."""
    written = "".join(f' {k.rstrip("_").replace("_", "-")}="{escape(v)}"' for k, v in attributes.items() if v)
    return f"<{name}{written}>{content}</{name}>"


def anchor(kind: str, *names: str) -> str:
    """Return an id that is the same wherever the same thing is named."""
    return kind + "-" + re.sub(r"[\s\"'<>&]+", "_", "-".join(names))


def cell_anchor(address: Address) -> str:
    return anchor("c", address.table, address.row, address.column)


# Tables


def table(filled: Table, note: str, unit: str = "金额单位：万元") -> str:
    """Return one official form with its number, title, unit, notes and an id on every cell."""
    form = filled.form
    head = tag("div", tag("span", f"公开{escape(form.number)}表") + tag("span", unit), class_="form-head")
    sides = [side for side in filled.sides]
    hidden = ""
    if len(sides) == 1:
        sides[0], hidden = _without_blank_columns(filled, sides[0])
    body = _two_sided(filled, sides) if len(sides) == 2 else _one_sided(filled, sides[0])
    wide = max(len(s.columns) for s in sides) * len(sides) > 6
    caption = tag("caption", escape(f"{form.name}"))
    grid = tag("div", tag("table", caption + body, class_="form wide" if wide else "form"), class_="frame",
               tabindex="0", role="region", aria_label=form.name)
    notes = [f"注：{form.note}"] if form.note else []
    notes += [note] if note else []
    notes += [hidden] if hidden else []
    return tag("section", head + grid + "".join(tag("p", escape(n), class_="note") for n in notes),
               class_="sheet", id=anchor("t", form.number))


def _without_blank_columns(filled: Table, side: Side) -> tuple[Side, str]:
    """A form with over twenty columns shows those that have money; the workbook has them all."""
    if len(side.columns) <= 20:
        return side, ""
    def has_money(column: Line) -> bool:
        cells = [filled.cell(row.key, column.key) for row in side.rows]
        return any(c.amount and not c.amount.is_zero for c in cells)
    kept = tuple(c for c in side.columns if not _is_code(c.key) or has_money(c))
    missing = sum(any(filled.cell(r.key, c.key).state == "missing" for r in side.rows) for c in side.columns)
    note = f"本表共 {len(side.columns)} 栏，这里列出有数的 {len(kept)} 栏，完整的表见 tables.xlsx。"
    return Side(side.title, side.rows, kept), note + (f"其中 {missing} 栏缺少按经济科目分类的数。" if missing else "")


def _is_code(key: str) -> bool:
    return key.isdecimal()


def _one_sided(filled: Table, side: Side) -> str:
    coded = any(_is_code(row.key) for row in side.rows) or len(side.rows) == 1 and side.rows[0].key == "合计" and filled.form.number != "13"
    lead = [("科目编码", "code"), ("科目名称", "")] if coded else [("项目", "")]
    numbered = any(c.number for c in side.columns)
    depth = 2 if any("/" in c.key for c in side.columns) else 1
    head = _heads(lead, side.columns, depth)
    if numbered:
        blank = tag("th", "栏次", colspan=str(len(lead)) if len(lead) > 1 else "", scope="row")
        head += tag("tr", blank + "".join(tag("th", c.number, class_="seq") for c in side.columns), class_="seq")
    rows = []
    for row in side.rows:
        name = tag("th", escape(row.label), scope="row", class_=_row_class(row))
        if coded and _is_code(row.key):
            name = tag("td", row.key, class_="code") + name
        elif coded:
            name = tag("th", escape(row.label), scope="row", class_="total", colspan="2")
        cells = "".join(_td(filled.cell(row.key, c.key)) for c in side.columns)
        rows.append(tag("tr", name + cells, class_="total" if row.heading else ""))
    return tag("thead", head) + tag("tbody", "".join(rows))


def _heads(lead, columns: tuple[Line, ...], depth: int) -> str:
    def title(column: Line) -> str:
        return f"{column.key}<br>{escape(column.label)}" if _is_code(column.key) else escape(column.label)

    if depth == 1:
        return tag("tr", "".join(tag("th", t, scope="col") for t, _ in lead)
                   + "".join(tag("th", title(c), scope="col") for c in columns))
    top = [tag("th", t, scope="col", rowspan="2") for t, _ in lead]
    under, groups = [], []
    for column in columns:
        group, _, leaf = column.label.rpartition("/")
        if not group:
            groups.append([leaf, 0])
        elif groups and groups[-1][0] == group and groups[-1][1]:
            groups[-1][1] += 1
        else:
            groups.append([group, 1])
        if group:
            under.append(tag("th", escape(leaf), scope="col"))
    for name, span in groups:
        top.append(tag("th", escape(name), scope="colgroup", colspan=str(span)) if span else
                   tag("th", escape(name), scope="col", rowspan="2"))
    return tag("tr", "".join(top)) + tag("tr", "".join(under))


def _two_sided(filled: Table, sides: list[Side]) -> str:
    first = tag("tr", "".join(tag("th", escape(s.title), scope="colgroup", colspan=str(len(s.columns) + 2)) for s in sides))
    coded = any(_is_code(row.key) and not row.number for s in sides for row in s.rows)
    lead = ("科目编码", "科目名称") if coded else ("项目", "行次")
    second = tag("tr", "".join(
        tag("th", lead[0], scope="col") + tag("th", lead[1], scope="col") + "".join(tag("th", escape(c.label), scope="col") for c in s.columns)
        for s in sides
    ))
    third = ""
    if any(c.number for s in sides for c in s.columns):
        third = tag("tr", "".join(
            tag("th", "栏次", scope="row") + tag("th") + "".join(tag("th", c.number) for c in s.columns) for s in sides), class_="seq")
    tails = [[r for r in s.rows if r.heading] for s in sides]
    lines = _paired([list(s.rows) for s in sides])
    rows = []
    for pair in lines:
        cells, total = "", False
        for side, row in zip(sides, pair):
            if row is None:
                cells += tag("td") * 2 + tag("td") * len(side.columns)
                continue
            total = total or row in tails[sides.index(side)]
            name = tag("th", escape(row.label), scope="row", class_=_row_class(row))
            cells += (tag("td", row.key if _is_code(row.key) else "", class_="code") + name) if coded else (
                name + tag("td", row.number, class_="seq"))
            cells += "".join(_td(filled.cell(row.key, c.key)) for c in side.columns)
        rows.append(tag("tr", cells, class_="total" if total else ""))
    return tag("thead", first + second + third) + tag("tbody", "".join(rows))


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


def _row_class(row: Line) -> str:
    return " ".join(filter(None, (f"in{row.level}" if row.level else "", "total" if row.heading else "")))


def _td(cell: Cell) -> str:
    if cell.amount is None:
        return tag("td", tag("span", "缺", class_="gap", title="没有这个数，也推不出来"), id=cell_anchor(cell.address), class_="n")
    return tag("td", money.tabular(cell.amount.value), id=cell_anchor(cell.address), class_="n")


# Sentences


def statement(written: Statement, source, heading: bool) -> str:
    """Return a statement's paragraphs. `source` returns where a number's link leads."""
    title = f"（{written.number.split('.')[1]}）{written.title}" if heading else ""
    body = "".join(
        tag("p", "".join(sentence(s, source) for s in paragraph)) for paragraph in written.paragraphs
    )
    return tag("div", (tag("h4", escape(title)) if heading else "") + body, class_="statement")


def sentence(written: Sentence, source) -> str:
    """Return one sentence, its numbers linked to their cells."""
    parts, at = [], 0
    for number in written.numbers:
        parts.append(escape(written.text[at:number.start]))
        parts.append(_number(number, source))
        at = number.end
    parts.append(escape(written.text[at:]))
    return tag("span", "".join(parts), id=anchor("s", written.id), class_="sentence")


def _number(number: Number, source) -> str:
    target, told = source(number)
    shown = escape(number.text)
    if number.value is None:
        return tag("a", shown, href=target, class_="gap", title=told) if target else tag("span", shown, class_="gap")
    return tag("a", shown, href=target, title=told) if target else shown


# Findings


def findings(found: list[Finding], link) -> str:
    """Return the findings, worst first, each with its place. `link` returns where a place is."""
    if not found:
        return tag("p", "没有疑点。", class_="calm")
    groups = []
    for severity, name in SEVERITY.items():
        some = [f for f in found if f.severity == severity]
        if some:
            items = "".join(_finding(f, link) for f in some)
            groups.append(tag("h4", f"{name} {len(some)}") + tag("ol", items, class_="findings"))
    return "".join(groups)


def _finding(found: Finding, link) -> str:
    target = link(found.place)
    place = tag("a", escape(found.place), href=target) if target else escape(found.place)
    facts = "　".join(
        f"{name} {escape(value)}" for name, value in (("应为", found.expected), ("实为", found.found), ("相差", found.difference)) if value
    )
    return tag("li", tag("p", escape(found.message)) + tag("p", f"{escape(found.rule)}　{place}" + (f"　{facts}" if facts else ""), class_="basis"),
               class_=found.severity)


# Published against recomputed


def comparison(compared: Comparison) -> str:
    """Return the sentences that differ, number by number, and those that agree folded to a line."""
    apart = [c for c in compared.sentences if c.verdict != "same" or c.reading.changed]
    agree = [c for c in compared.sentences if c not in apart]
    shown = "".join(map(_compared, apart)) or tag("p", "公开文本与重新计算的说明逐句一致。", class_="calm")
    folded = tag("details", tag("summary", f"一致的 {len(agree)} 句") + "".join(map(_compared, agree)))
    left = ""
    if compared.left:
        items = "".join(tag("li", escape("".join(_clause_words(l.clause)))) for l in compared.left)
        left = tag("details", tag("summary", f"公开文本中没有对上的数 {len(compared.left)} 处") + tag("ul", items))
    return shown + folded + left


_VERDICT = {"same": "一致", "differs": "不一致", "absent": "公开文本中没有"}


def _compared(compared: Compared) -> str:
    words = compared.reading.sentence
    link = tag("a", escape(words.id), href="#" + anchor("s", words.id))
    ours = tag("div", tag("b", "重新计算") + tag("p", escape(words.text)))
    theirs = tag("div", tag("b", "公开文本") + tag("p", _printed(compared) or "—"))
    return tag("article", tag("p", f"{link}　{_VERDICT[compared.verdict]}", class_="basis") + tag("div", theirs + ours, class_="pair"),
               class_=f"compared {compared.verdict}")


def _printed(compared: Compared) -> str:
    """Return the published sentence; a differing number is struck through beside the recomputed one."""
    text = compared.reading.published
    for judged in sorted(compared.judged, key=lambda j: -j.bound.printed.start):
        if judged.verdict in (DIFFERS, ROUNDING):
            found = judged.bound.printed.text
            at = text.rfind(found)
            if at >= 0:
                return escape(text[:at]) + _correction(judged) + escape(text[at + len(found):])
    return escape(text)


def _correction(judged: Judged) -> str:
    was, now = escape(judged.bound.printed.text), escape(judged.bound.written.text)
    return tag("del", was) + tag("ins", now) if judged.verdict == DIFFERS else tag("span", was, class_="rounding", title=f"算得 {now}")


def _clause_words(clause) -> str:
    words = clause.label
    for number in clause.numbers:
        words = words.replace("#", number.text, 1)
    return words


def drawing(title: str, number: str, svg: str, alt: str) -> str:
    """Return a chart with its caption and its numbers in words. `svg` is the project's own markup."""
    words = tag("details", tag("summary", "图中的数") + tag("p", escape(alt)))
    return tag("figure", svg + tag("figcaption", escape(f"{number}　{title}")) + words, class_="chart", id=anchor("g", number))
