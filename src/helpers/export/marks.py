"""The marks in a Word document that say what stands where: 【说明 一】, 【表 01】, 【图1】, each a paragraph of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from helpers.basics.errors import DataError, nearest, shown
from helpers.basics.text import narrow
from helpers.edition.outline import CHART, STATEMENT, TABLE, Item, Outline

CONTENTS = "【目录】"
_MARK = re.compile("【[^【】]*】")


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A paragraph that is replaced by an item of the outline."""

    item: Item
    paragraph: Any


def written(item: Item) -> str:
    """Return how an item is marked: a chart's number says itself what it is."""
    return f"【{item.number}】" if item.kind == CHART else f"【{item.kind} {item.number}】"


def contents_in(body) -> list:
    """Return the paragraphs where the list of contents stands: none or one."""
    return [p for p in _paragraphs(body) if _text(p) == CONTENTS]


def marks_in(body, outline: Outline, name: str) -> list[Mark]:
    """Return the marks of a document in their order; one that is unknown, missing or twice there is refused by the document's name."""
    items = {
        narrow(written(item)): item
        for kind in (STATEMENT, CHART, TABLE)
        for _, _, item in outline.items(kind)
    }
    found: dict[str, Mark] = {}
    for paragraph in _paragraphs(body):
        text = _text(paragraph)
        if text == CONTENTS or not _MARK.fullmatch(text):
            continue
        if text not in items:
            known = [written(item) for item in items.values()]
            raise DataError(name, f"没有「{shown(text)}」可以放{nearest(text, known)}")
        if text in found:
            raise DataError(name, f"「{written(items[text])}」写了两次", "每个一次")
        found[text] = Mark(item=items[text], paragraph=paragraph)
    missing = [written(item) for text, item in items.items() if text not in found]
    if missing:
        more = f"等 {len(missing)} 处" if len(missing) > 5 else ""
        raise DataError(
            name, f"没有写{'、'.join(missing[:5])}{more}", "每条说明、每张图、每张表一段"
        )
    return list(found.values())


def fill_words(root, words: dict[str, str]) -> None:
    """Replace marks inside of text, such as 【部门】, in a document's body or in a header."""
    for paragraph in _paragraphs(root):
        pieces = [t for t in paragraph.iter(qn("w:t")) if t.text]
        whole = "".join(t.text for t in pieces)
        if not any(mark in whole for mark in words):
            continue
        if not any(mark in t.text for t in pieces for mark in words):
            pieces[0].text = whole
            for piece in pieces[1:]:
                piece.text = ""
        for piece in pieces:
            piece.text = _MARK.sub(lambda m: words.get(m[0], m[0]), piece.text)


def _paragraphs(root) -> Iterator:
    yield from list(root.iter(qn("w:p")))


def _text(paragraph) -> str:
    return narrow("".join(t.text or "" for t in paragraph.iter(qn("w:t"))).strip())
