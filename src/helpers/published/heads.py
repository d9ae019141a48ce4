"""Which column of a grid is which column of a form: the set of words above it has all the words of its head."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from helpers.edition import codes, usage
from helpers.edition.forms import Block, Form, Line
from helpers.published.grid import Rows
from helpers.published.words import is_code, names, word

_DEEPEST = 8  # rows of a head
Places = dict[str, set[int]]
_CODE = re.compile(r"^\d{3}(?:\d\d)?(?=\D|$)", re.ASCII)


@lru_cache(maxsize=500)
def columns_of(block: Block) -> tuple[Line, ...]:
    """Return the columns of a block, a family of codes as one for each."""
    return tuple(one for column in block.columns for one in _family(column))


def _family(column: Line) -> list[Line]:
    if column.by not in ("function", "economic"):
        return [] if column.by else [column]
    listed = codes.economic() if column.by == "economic" else codes.functional()
    only = column.only or ("",)
    return [Line(key=code, label=listed.name(code)) for code in listed if code.startswith(only)]


@lru_cache(maxsize=200)
def words_of(form: Form) -> frozenset[str]:
    """Return the words that stand in the head of a form."""
    columns = [column for block in form.blocks for column in columns_of(block)]
    parts = (part for column in columns for part in column.label.split("/"))
    usual = usage.load()
    heads = usual.heads | {usual.total}
    return heads | {word(part) for part in parts} | {n for c in columns for n in names(c)}


def placed(
    wanted: tuple[Line, ...], merged: list[list[str]], start: int, span: range
) -> dict[int, str]:
    """Return column of the grid → column of the form. What has one place left is placed first; nothing is guessed.

    `start` is the first row under the head, `span` the columns of the grid that may be meant.
    """
    head = [tuple(row) for row in merged[:start] if any(row)][-_DEEPEST:]
    telling = tuple(row for row in head if _tells(row, _called(wanted)))
    return dict(_by_head(wanted, telling, span) or _placed(wanted, head, span, merged[start:]))


@lru_cache(maxsize=500)
def _by_head(wanted: tuple[Line, ...], head: Rows, span: range) -> dict[int, str]:
    """Return the places that a head alone gives, or nothing where it does not name every column; heads come again."""
    return _placed(wanted, head, span)


@lru_cache(maxsize=500)
def _called(wanted: tuple[Line, ...]) -> frozenset[str]:
    """Return every word that columns are found by, but for codes."""
    own = {_own(column) for column in wanted}
    parts = {word(part) for column in wanted for part in column.label.split("/")}
    return frozenset(own | parts).union(*map(names, wanted))


def _tells(row: tuple[str, ...], called: frozenset[str]) -> bool:
    """Return whether a row above a table says something of its columns; its title and its department do not."""
    said = map(word, set(row))
    return any(name in called or _CODE.match(name) for name in said)


def _placed(
    wanted: tuple[Line, ...],
    head: Sequence[tuple[str, ...]],
    span: range,
    body: list[list[str]] | None = None,
) -> dict[int, str]:
    """Return column of the grid → column of the form, or nothing where the body has to be asked and is not given."""
    above = _above(head, span)
    others = {_own(c): (_own(c), *map(word, c.aliases)) for c in wanted if c.aliases}
    lasts = Counter(_last(c) for c in wanted)
    alone = frozenset(last for last, count in lasts.items() if count == 1)
    options = {c.key: _options(c, above, others, alone) for c in wanted}
    if not all(options.values()):
        if body is None:
            return {}
        carried = _above(head, span, body)
        options = {c.key: options[c.key] or _options(c, carried, others, alone) for c in wanted}
    parts = {part for column in wanted for part in map(word, column.label.split("/"))}
    groups = parts - usage.load().heads
    crowd = Counter(c for group in groups for c in above.get(group, ()))
    twins = _twins(options)
    single = {k: v for k, v in options.items() if not any(k in keys for keys, _ in twins)}
    found = _settled(single, crowd)
    _told_apart(twins, found)
    return dict(sorted((place, key) for key, place in found.items()))


def turned(wanted: tuple[Line, ...], merged: list[list[str]], start: int) -> list[str]:
    """Return the columns over which the words of their head stand in another order than the form sets them."""
    first: dict[str, int] = {}
    for r, row in enumerate(merged[:start]):
        for text in filter(None, row):
            first.setdefault(word(text), r)
    found = []
    for column in wanted:
        rows = [first[part] for part in map(word, column.label.split("/")) if part in first]
        if rows != sorted(rows):
            found.append(column.key)
    return found


def _above(
    head: Sequence[tuple[str, ...]], span: range, body: list[list[str]] | None = None
) -> Places:
    """Return word → the columns under it; with what stands below, a blank over something takes it from the left.

    Some merged cells are not told.
    """
    found: Places = {}
    for n, row in enumerate(head):
        last, below = "", [*head[n + 1 :], *body] if body is not None else []
        for c in span:
            if not row[c] and not any(one[c] for one in below):
                continue
            if last := row[c] or (last if below else ""):
                name = word(last)
                found.setdefault(name, set()).add(c)
                for code in _CODE.findall(name):
                    found.setdefault(code, set()).add(c)
    return found


def _options(
    column: Line, above: Places, others: dict[str, tuple[str, ...]], alone: frozenset[str]
) -> set[int]:
    """Return the columns that may be a column of the form: its code or name above them, and its groups.

    `others` are other names of a column, under which its own parts stand too. A column whose last word is `alone` in
    the form needs no group that stands nowhere; a total is the one column of a group that is not split.
    """
    if is_code(column.key) and column.key in above:
        return above[column.key]
    *groups, last = map(word, column.label.split("/"))
    parts = [others.get(group, (group,)) for group in groups]
    if last in alone:
        parts = [some for some in parts if any(name in above for name in some)]
    parts.append(names(column) if last == _own(column) or not column.aliases else (last,))
    found = set.intersection(*(set().union(*(above.get(n, ()) for n in some)) for some in parts))
    if found or not groups or last not in alone or last != usage.load().total:
        return found
    unsplit = above.get(groups[-1], set())
    return unsplit if len(unsplit) == 1 else set()


def _last(column: Line) -> str:
    return word(column.label.rpartition("/")[2])


def _own(column: Line) -> str:
    """Return what a column is called, whatever words its head ends with: 公务用车购置费 of 公务用车购置费/预算数."""
    return word(column.key.rpartition("/")[2])


def _twins(options: dict[str, set[int]]) -> list[tuple[list[str], list[int]]]:
    """Return the columns of codes that share a name, and their places: a dozen of 309 and 310, for instance."""
    alike: dict[tuple[int, ...], list[str]] = {}
    for key, places in options.items():
        if places and is_code(key):
            alike.setdefault(tuple(sorted(places)), []).append(key)
    return [(keys, list(places)) for places, keys in alike.items() if len(keys) > 1]


def _told_apart(twins: list[tuple[list[str], list[int]]], found: dict[str, int]) -> None:
    """Place columns that share a name: in order where all are there, else each in the class of what stands nearest."""
    for keys, places in twins:
        if len(keys) == len(places):
            found.update(zip(keys, places))
    for keys, places in twins:
        for place in places if len(keys) != len(places) else ():
            beside = sorted(found, key=lambda key: (abs(found[key] - place), found[key]))
            free = [key for key in keys if key not in found]
            near = (key for other in beside for key in free if key[:3] == other[:3])
            if key := next(near, ""):
                found[key] = place


def _settled(options: dict[str, set[int]], crowd: Counter[int]) -> dict[str, int]:
    """Return the one place of each column: that with the fewest other words of the form above it, then the first."""
    found: dict[str, int] = {}
    left = {key: set(places) for key, places in options.items() if places}
    wanting: dict[int, list[str]] = {}
    for key, places in left.items():
        for place in places:
            wanting.setdefault(place, []).append(key)
    while left:
        sure = next((key for key, places in left.items() if len(places) == 1), "")
        key = sure or min(left, key=lambda k: len(left[k]))
        place = min(left.pop(key), key=lambda c: (crowd[c], c))
        found[key] = place
        for other in wanting[place]:
            if other in left:
                left[other].discard(place)
                if not left[other]:
                    del left[other]
    return found
