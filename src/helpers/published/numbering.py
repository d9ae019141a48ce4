"""The numbers that Word counts itself: 一、 （二） 3. before a paragraph, which stand in no text of the file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from helpers.basics.text import ordinal

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DEEPEST = 20  # styles that follow one another
_ENCLOSED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_SILENT = frozenset(("bullet", "none"))


@dataclass(frozen=True)
class _Level:
    format: str
    text: str
    start: int


class Numbering:
    """What numbering.xml and styles.xml say, and how far each list was counted."""

    def __init__(self, numbering: Element | None, styles: Element | None):
        self._levels: dict[str, dict[int, _Level]] = {}
        self._list: dict[str, str] = {}  # number → the list that it counts in
        self._afresh: dict[str, dict[int, int]] = {}  # number → levels that it begins anew
        self._counts: dict[str, dict[int, int]] = {}
        self._styles: dict[str, tuple[str, Element | None]] = {}
        if numbering is not None:
            self._read(numbering)
        for style in styles.iter(f"{W}style") if styles is not None else ():
            based = _said(style, "basedOn")
            self._styles[style.get(f"{W}styleId", "")] = (based, style.find(f"{W}pPr/{W}numPr"))

    def _read(self, numbering: Element) -> None:
        for abstract in numbering.iter(f"{W}abstractNum"):
            self._levels[abstract.get(f"{W}abstractNumId", "")] = {
                _whole(level.get(f"{W}ilvl")): _Level(
                    format=_said(level, "numFmt") or "decimal",
                    text=_said(level, "lvlText"),
                    start=_whole(_said(level, "start") or "1"),
                )
                for level in abstract.iter(f"{W}lvl")
            }
        for number in numbering.iter(f"{W}num"):
            name = number.get(f"{W}numId", "")
            self._list[name] = _said(number, "abstractNumId")
            self._afresh[name] = {
                _whole(override.get(f"{W}ilvl")): _whole(_said(override, "startOverride"))
                for override in number.iter(f"{W}lvlOverride")
                if _said(override, "startOverride")
            }

    def before(self, paragraph: Element) -> str:
        """Return what Word prints before a paragraph, and count it."""
        number, level = self._of(paragraph)
        levels = self._levels.get(self._list.get(number, ""), {})
        if level not in levels:
            return ""
        counts = self._counts.setdefault(self._list[number], {})
        for afresh, start in self._afresh.pop(number, {}).items():
            counts[afresh] = start - 1
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [n for n in counts if n > level]:
            del counts[deeper]
        if levels[level].format in _SILENT:
            return ""

        def count(match: re.Match) -> str:
            which = int(match[1]) - 1
            shown = levels.get(which, levels[level])
            return _counted(counts.get(which, shown.start), shown.format)

        return re.sub(r"%([1-9])", count, levels[level].text)

    def _of(self, paragraph: Element) -> tuple[str, int]:
        """Return the number and level of a paragraph: its own, else that of its style."""
        own = paragraph.find(f"{W}pPr/{W}numPr")
        named = paragraph.find(f"{W}pPr/{W}pStyle")
        style = named.get(f"{W}val", "") if named is not None else ""
        number, level = _said(own, "numId"), _said(own, "ilvl")
        for _ in range(_DEEPEST):
            if number or style not in self._styles:
                break
            style, said = self._styles[style]
            number, level = _said(said, "numId"), level or _said(said, "ilvl")
        return number, _whole(level or "0")


def _said(element: Element | None, tag: str) -> str:
    """Return the value of a child, nothing where there is none."""
    child = element.find(f"{W}{tag}") if element is not None else None
    return child.get(f"{W}val", "") if child is not None else ""


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 6 else 0


def _counted(number: int, format: str) -> str:
    """Return a number in a format of Word.

    >>> _counted(3, "chineseCounting"), _counted(12, "decimal"), _counted(2, "decimalEnclosedCircle")
    ('三', '12', '②')
    """
    if 0 < number < 100 and re.search("chinese|japanese|ideograph|taiwanese|korean", format, re.I):
        return ordinal(number)
    if format.startswith("decimalEnclosed") and 0 < number <= len(_ENCLOSED):
        return _ENCLOSED[number - 1]
    if format in ("upperLetter", "lowerLetter") and 0 < number <= 26:
        return chr((64 if format == "upperLetter" else 96) + number)
    return str(number)
