"""The disclosure as a page for a website: one file without script or request, or a fragment for a page that there is."""

from __future__ import annotations

import re
from functools import cache

from helpers.basics import paths
from helpers.disclosure.disclosure import Disclosure
from helpers.edition.outline import CHART, STATEMENT, TABLE, Item, Part, Section
from helpers.report import charts, laid, typeface
from helpers.report.elements import tag, text
from helpers.report.laid import CODE, HEAD, MONEY, NAME, SEQ, Laid, Slot

DRAFT = "草　稿"
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:"
_ID = "juesuan"
_PRINTABLE = "".join(map(chr, range(0x20, 0x7F)))
_MOST_MONEY, _WIDE = 12, 7


def fragment(disclosure: Disclosure, is_draft: bool) -> str:
    """Return the disclosure as one element: no script, no style sheet, nothing that is fetched."""
    outline, who = disclosure.edition.outline, disclosure.profile
    title = text(who.department) + "<br>" + text(f"{disclosure.folder.year}年度{who.kind}决算")
    listed = "".join(
        tag("li", tag("a", text(part.heading(who)), href=f"#{_ID}-{n}") + _listed(part, n))
        for n, part in enumerate(outline.parts, 1)
    )
    inside = [
        tag("p", DRAFT, class_="draft") if is_draft else "",
        tag("h1", title),
        tag("nav", tag("h2", "目录") + tag("ol", listed), aria_label="目录"),
        *(_part(disclosure, part, n) for n, part in enumerate(outline.parts, 1)),
    ]
    return tag("article", "\n".join(inside), class_=_ID, lang="zh-CN") + "\n"


def page(disclosure: Disclosure, is_draft: bool) -> str:
    """Return the disclosure as a whole page in its own typeface, which may be printed."""
    article, title = fragment(disclosure, is_draft), text(disclosure.name)
    shown = re.sub(r"<[^>]*>", "", article) + disclosure.name + _PRINTABLE + DRAFT
    mark = tag("div", DRAFT, class_="watermark", aria_hidden="true") if is_draft else ""
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{typeface.face(shown)}{_style()}</style>\n</head>\n"
        f"<body>\n{mark}{tag('main', article)}\n</body>\n</html>\n"
    )


@cache
def _style() -> str:
    sheet = (paths.LOOK / "disclosure.css").read_text(encoding="utf-8")
    return re.sub(r"/\*.*?\*/|\n\s*", "", sheet, flags=re.S)


def _listed(part: Part, n: int) -> str:
    lines = "".join(
        tag("li", tag("a", text(section.heading), href=f"#{_ID}-{n}-{m}"))
        for m, section in enumerate(part.sections, 1)
        if section.title
    )
    return tag("ol", lines) if lines else ""


def _part(disclosure: Disclosure, part: Part, n: int) -> str:
    title = tag("h2", text(part.heading(disclosure.profile)), id=f"{_ID}-{n}")
    sections = (
        _section(disclosure, section, f"{_ID}-{n}-{m}")
        for m, section in enumerate(part.sections, 1)
    )
    return tag("section", "\n".join([title, *sections]), class_="part")


def _section(disclosure: Disclosure, section: Section, name: str) -> str:
    title = tag("h3", text(section.heading), id=name) if section.title else ""
    inside = "\n".join([title, *(_item(disclosure, item) for item in section.items)])
    of_table = bool(section.items) and section.items[0].kind == TABLE
    wide = ' class="wide"' in inside
    return tag("section", inside, class_="lying" if wide else "sheet" if of_table else "")


def _item(disclosure: Disclosure, item: Item) -> str:
    if item.kind == STATEMENT:
        return _statement(disclosure, item)
    return _chart(disclosure, item) if item.kind == CHART else _table(disclosure, item)


def _statement(disclosure: Disclosure, item: Item) -> str:
    statement = disclosure.statements[item.number]
    title = tag("h4", text(f"（{item.ordinal}）{statement.title}")) if item.ordinal else ""
    return title + "".join(
        tag("p", text("".join(sentence.text for sentence in sentences)))
        for sentences in statement.paragraphs
    )


def _chart(disclosure: Disclosure, item: Item) -> str:
    chart, who = disclosure.edition.charts[item.number], disclosure.profile
    decimals = who.decimals_of(chart.percent)
    drawn = charts.draw(chart, disclosure.tables, who.year, decimals, who.trim_zeros)
    caption = tag("figcaption", text(f"{drawn.number}　{drawn.title}"))
    return tag("figure", drawn.svg + caption)


def _table(disclosure: Disclosure, item: Item) -> str:
    filled = disclosure.tables.table(item.number)
    facts = (f"部门：{disclosure.profile.department}", filled.form.called, laid.UNIT)
    tables = "".join(_piece(piece, facts) for piece in laid.pieces(filled, _MOST_MONEY))
    notes = laid.notes(filled, disclosure.empty_note(item.number))
    return tables + "".join(tag("p", text(note), class_="note") for note in notes)


def _piece(piece: Laid, facts: tuple[str, ...]) -> str:
    told = tag("b", text(piece.title)) + "".join(tag("span", text(fact)) for fact in facts)
    head = "".join(tag("tr", "".join(map(_head, row))) for row in piece.head)
    body = "".join(tag("tr", "".join(map(_cell, row))) for row in piece.body)
    return tag(
        "div",
        tag("table", tag("caption", told) + tag("thead", head) + tag("tbody", body)),
        class_="wide" if len(piece.columns) > _WIDE else "frame",
        role="region",
        aria_label=piece.title,
        tabindex="0",
    )


def _head(slot: Slot) -> str:
    if not slot.text:
        return tag("td", **_spans(slot))
    return tag(
        "th", text(slot.text), scope="colgroup" if slot.across > 1 else "col", **_spans(slot)
    )


_CLASSES = {CODE: "code", SEQ: "seq", MONEY: "money", laid.GAP: "money"}


def _cell(slot: Slot) -> str:
    if slot.look in (NAME, HEAD) and slot.text:
        level = f"in{slot.level}" if slot.level else ""
        return tag("th", text(slot.text), scope="row", class_=level, **_spans(slot))
    return tag("td", text(slot.text), class_=_CLASSES.get(slot.look, ""), **_spans(slot))


def _spans(slot: Slot) -> dict[str, str]:
    return {
        "colspan": str(slot.across) if slot.across > 1 else "",
        "rowspan": str(slot.down) if slot.down > 1 else "",
    }
