"""Where the sections of a published text stand, found by the words of their headings, whatever their numbers."""

from __future__ import annotations

import re

from helpers.basics.text import fold
from helpers.edition.patterns import Pattern


def plain_heading(line: str, title: str) -> bool:
    """Return whether a folded line is the heading with this title, whatever its number; 部门 may stand before it."""
    if title not in line:
        return False
    words = re.sub(r"^(第.部分|[(（]?[一二三四五六七八九十\d]+[)）]?[、.]?)", "", line)
    words = words if words.startswith(title) else re.sub("^(部门|单位)", "", words)
    return words.startswith(title) and (
        len(words) <= len(title) + 2 or "。" in words[len(title) : len(title) + 2]
    )


def regions_of(
    text: str, statements: list[Pattern]
) -> tuple[dict[str, tuple[int, int]], tuple[str, ...]]:
    """Return where each section's text stands, found by the words of its heading, not its number."""
    starts: dict[str, int] = {}
    lines = [(m.start(), m[0]) for m in re.finditer(r"[^\n]+", text)]
    for statement in statements:
        title = fold(statement.title)[0]
        best = None
        for start, line in lines:
            if title and plain_heading(line, title):
                best = (start + line.index(title) + len(title), start)
        if title and best:
            starts[statement.number] = best[0]
    ordered = sorted(starts.items(), key=lambda item: item[1])
    regions = {}
    for (number, start), following in zip(ordered, [*ordered[1:], ("", len(text))]):
        regions[number] = (start, following[1])
    missing = tuple(s.number for s in statements if s.title and s.number not in regions)
    # A lost heading lends its sentences to the section before it.
    order = [s.number for s in statements]
    for number in missing:
        before = [n for n in order[: order.index(number)] if n in regions]
        if before:
            regions[number] = regions[before[-1]]
    return regions, missing
