"""A liberty: a text written otherwise, and the table of them all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from random import Random

Rewriting = Callable[[str, Random], str]
_HEADING = re.compile(
    r"^(第[一二三四五]部分|[一二三四五六七八九十]+、|（[一二三四五六七八九十]）).*$", re.M
)


@dataclass(frozen=True)
class Liberty:
    """One way to write a text otherwise. `told` is why a finding on it is right; without it none is."""

    name: str
    rewrite: Rewriting
    told: str = ""


LIBERTIES: dict[str, Liberty] = {}


def liberty(name: str, told: str = "") -> Callable[[Rewriting], Rewriting]:
    """Enter a function into the table of liberties."""

    def enter(rewrite: Rewriting) -> Rewriting:
        LIBERTIES[name] = Liberty(name, rewrite, told)
        return rewrite

    return enter


def replaced(name: str, *pairs: tuple[str, str], told: str = "") -> None:
    """Enter a liberty that replaces patterns in what stands between the headings 第一部分 and 第三部分."""
    patterns = [(re.compile(pattern, re.M), new) for pattern, new in pairs]

    def rewrite(text: str, chance: Random) -> str:
        return in_body(text, lambda body: _all(body, patterns))

    liberty(name, told)(rewrite)


def _all(text: str, pairs: Iterable[tuple[re.Pattern, str]]) -> str:
    for pattern, new in pairs:
        text = pattern.sub(new, text)
    return text


def in_body(text: str, change: Callable[[str], str]) -> str:
    """Change the statements, and neither what stands before nor the glossary."""
    start, end = text.index("第二部分"), text.index("第三部分")
    return text[:start] + change(text[start:end]) + text[end:]


def in_section(text: str, title: str, change: Callable[[str], str]) -> str:
    """Change what stands under the heading that ends so; a text without it stays."""
    heading = re.search(rf"^[^\n。]*{re.escape(title)}$", text, re.M)
    if not heading:
        return text
    start = heading.end() + 1
    following = _HEADING.search(text, start)
    end = following.start() if following else len(text)
    return text[:start] + change(text[start:end]) + text[end:]


def section_span(text: str, title: str) -> tuple[int, int]:
    """Return where a whole section stands, its heading with it; one that is not there is empty at the end."""
    heading = re.search(rf"^[^\n。]*{re.escape(title)}$", text, re.M)
    if not heading:
        return len(text), len(text)
    following = _HEADING.search(text, heading.end())
    return heading.start(), following.start() if following else len(text)


def swapped(text: str, a: tuple[int, int], b: tuple[int, int]) -> str:
    """Return the text with two stretches in each other's place."""
    (s, e), (t, f) = sorted((a, b))
    return text[:s] + text[t:f] + text[e:t] + text[s:e] + text[f:]


def shuffled(items: list[str], chance: Random) -> list[str]:
    """Return the items in another order, where there are two or more."""
    if len(items) < 2:
        return items
    moved = chance.sample(items, len(items))
    return moved if moved != items else items[1:] + items[:1]
