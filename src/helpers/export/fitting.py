"""How wide the columns of a printed table are and how large its letters, so that numbers stay whole and no page is wasted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from helpers.report import laid
from helpers.report.laid import CODE, MONEY, NAME, SEQ, Laid, Slot

_WEIGHTS = {CODE: 18, NAME: 50, SEQ: 7, MONEY: 18}
_WIDEST = 175  # weights that fit a page that stands
_SIZES = (18, 17, 16, 15)  # half points: 小五 down to 六号, the smallest that is read with ease
_LATIN, _HAN = 0.65, 1.0  # of the size: the widest that a digit and a character of any typeface are
MARGIN = 40  # twips, on each side of a cell
_NOTE, _NOTE_SIZE = 300, 180  # twips: a line of a note, a character of it
_RULE = 30  # twips, a row's rule and the space in it


@dataclass(frozen=True, kw_only=True)
class Fitted:
    """The widths of a table's columns in twips, and its size in half points."""

    widths: tuple[int, ...]
    size: int


def lies(some: Sequence[Laid]) -> bool:
    """Return whether a form is too wide for a page that stands."""
    return max(sum(_WEIGHTS[column] for column in piece.columns) for piece in some) > _WIDEST


def fit(piece: Laid, width: int, room: int) -> Fitted:
    """Return the largest size in which no number is broken and the table takes no more pages of `room` than it must."""
    widths = _widths(piece, width)
    whole = [size for size in _SIZES if not any(_breaks(piece, widths, size))] or [_SIZES[-1]]
    fewest = _pages(piece, widths, whole[-1], room)
    size = next(size for size in whole if _pages(piece, widths, size, room) == fewest)
    return Fitted(widths=widths, size=size)


def line(size: int) -> int:
    """Return how high a line of a table is, in twips, at a size in half points."""
    return size * 12


def note_height(text: str, width: int) -> int:
    """Return how high a note under a table is, in twips."""
    return _NOTE * (ceil(len(text) * _NOTE_SIZE / width) or 1)


def _widths(piece: Laid, width: int) -> tuple[int, ...]:
    longest = max(
        (len(slot.text) for row in piece.body for slot in row if slot.look == MONEY), default=0
    )
    weights = {**_WEIGHTS, MONEY: max(_WEIGHTS[MONEY], 2 * longest + 2)}
    parts = [weights[column] for column in piece.columns]
    return tuple(width * part // sum(parts) for part in parts)


def _breaks(piece: Laid, widths: Sequence[int], size: int) -> Iterator[bool]:
    """Yield of each code and amount whether it takes more than one line."""
    for row in laid.placed(piece.body):
        for left, slot in row:
            if slot.look in (CODE, MONEY, SEQ):
                yield _lines(slot, widths[left : left + slot.across], size) > 1


def _pages(piece: Laid, widths: Sequence[int], size: int, room: int) -> int:
    head, body = (_height(rows, widths, size) for rows in (piece.head, piece.body))
    return max(1, ceil(body / max(room - head, 1)))


def _height(rows: Sequence[Sequence[Slot]], widths: Sequence[int], size: int) -> int:
    """Return how high some rows are together, in twips."""
    lines = 0
    for row in laid.placed(rows):
        deep = (
            ceil(_lines(slot, widths[left : left + slot.across], size) / slot.down)
            for left, slot in row
        )
        lines += max(deep, default=1)
    return lines * line(size) + len(rows) * _RULE


def _lines(slot: Slot, widths: Sequence[int], size: int) -> int:
    em = size * 10  # twips
    long = sum(_LATIN if c.isascii() else _HAN for c in slot.text) * em + slot.level * em
    return ceil(long / max(sum(widths) - 2 * MARGIN, 1)) or 1
