"""Pieces that speak of another year or of somebody else: what they state is not the department-year's own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from helpers.basics.model import Address
from helpers.edition.idiom import DATE, Idiom
from helpers.edition.patterns import Pattern
from helpers.edition.pieces import AMOUNT, COUNT, Piece
from helpers.published.bound import Bound
from helpers.published.sayings import Sayings

_STOPS = ("。", "\n", "；", ";")
_LAST_YEAR = re.compile("(?:上年|去年|上一年)(?!结转|结余)")
_PLANNED = re.compile("^(?:年初|全年|年度|调整)?预算(?:安排)?$")
# What somebody is called who is not the department: a part of it, a body under it, each of its people.
_SOMEBODY = re.compile(
    "^(?![我本该全])(?:.*(?:局|机关|办|委|院|校|站|所|中心|队|处|厅|部|会|馆|社|园|室|本级|单位|部门|公司)$"
    "|[人车户]均|平均|每[人车户]|下属|所属)"
)
_YEAR = re.compile(r"(\d{4})年")


def foreign(pieces: Sequence[Piece], sayings: Sayings, idiom: Idiom, year: int) -> list[bool]:
    """Return of each piece whether it speaks of another year or of somebody else.

    A sentence that has turned to others goes on about them until it says the year of the department-year.
    """
    found, inside, is_dated = [], False, False
    for piece in pieces:
        goes_on = piece.before not in _STOPS
        inside, is_dated = inside and goes_on, is_dated and goes_on
        years = {int(y) for date in piece.dates for y in _YEAR.findall(date.text)}
        if _is_of_last_year(piece, years == {year - 1}, idiom):
            inside = True
        elif year in years:
            inside, is_dated = False, True
        elif not is_dated and piece.kind in (AMOUNT, COUNT) and _is_of_somebody(piece, sayings):
            inside = True
        found.append(inside)
    return found


def _is_of_last_year(piece: Piece, is_dated: bool, idiom: Idiom) -> bool:
    """Return whether a piece states something of the last year, and does not only compare with it."""
    if not is_dated and not _LAST_YEAR.search(piece.label):
        return False
    said = idiom.uncompared(piece.label)
    return (is_dated and DATE in said) or _LAST_YEAR.match(said.replace(DATE, "")) is not None


def _is_of_somebody(piece: Piece, sayings: Sayings) -> bool:
    """Return whether what stands before a known label is somebody, or a budget."""
    if piece.words in sayings.by_words:
        return False
    end = max(filter(piece.words.endswith, sayings.ends), key=len, default="")
    name = piece.words.removesuffix(end)
    return bool(end) and bool(_SOMEBODY.search(name) or _PLANNED.search(name))


def left_out(
    taken: Mapping[int, Bound],
    pieces: Sequence[Piece],
    foreign: Sequence[bool],
    patterns: Sequence[Pattern],
) -> list[int]:
    """Return the places where what was read is not the department-year's own.

    What speaks of others is left out where the same words, or a sentence of the form, state the department-year's
    own number beside it; that alone is taken for a sentence whose year is wrong.
    """
    of = {pattern.number: pattern for pattern in patterns}
    is_turned = any(foreign[place] for place in taken)
    own = [b for place, b in taken.items() if not foreign[place]] if is_turned else []
    said = {(id(bound.node), bound.key) for bound in own}
    cells = set[tuple[str, Address]]().union(*(_stated(bound, of) for bound in own))

    def is_said(bound: Bound) -> bool:
        in_its_words = (id(bound.node), bound.key) in said
        return in_its_words or (bound.node.is_loose and bool(cells & _stated(bound, of)))

    return [
        place
        for place, bound in taken.items()
        if (foreign[place] and is_said(bound))
        or (_is_one_of_several(pieces, place) and len(_stated(bound, of)) == 1)
    ]


def _stated(bound: Bound, of: Mapping[str, Pattern]) -> set[tuple[str, Address]]:
    """Return what the first number of a piece states, by its kind and each cell that it is by itself: of both totals two."""
    measure = next(iter(bound.measures), None)
    if measure is None:
        return set()
    return {(measure.kind, cell) for cell in of[bound.node.statement].stated(measure)}


def _is_one_of_several(pieces: Sequence[Piece], place: int) -> bool:
    """Return whether a piece is the last name of a list whose numbers follow one after another: 分别为3万元、5万元."""
    piece, following = pieces[place], pieces[place + 1 : place + 2]
    return (
        "分别" in piece.label
        and len(piece.numbers) == 1
        and any(p.label.startswith("#") and p.before in "、，," for p in following)
    )
