"""The lanes of a chart: under a name and its amount a bar, a step to either side, or dots on one scale."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from helpers.report.sheet import HAIR, LEFT, LINE, NOW, RIGHT, RULE, TEXT, TICK, TRACK, Sheet, width

CROWD = 10  # lanes beyond which they stand closer
LOOSE, TIGHT = (5.0, 5.0, 10.0), (4.0, 4.0, 2.0)  # above a bar, the bar, below it
_ROOM, _MIDDLE = RIGHT - LEFT, (LEFT + RIGHT) / 2
_REACH = 2.0  # points that a tick stands out of its bar


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A name, its amount and its share in words, how long its bar is as a share, and where last year's tick stands."""

    name: str
    amount: str
    percent: str = ""
    share: Decimal | None = None
    before: Decimal | None = None
    kind: str = NOW


@dataclass(frozen=True, kw_only=True)
class Step:
    """A name, how much it moved in words, and how far of the longest step: to the right more, to the left less."""

    name: str
    amount: str
    share: Decimal


@dataclass(frozen=True, kw_only=True)
class Dots:
    """A name, its amounts in words, and for each the sign and where it stands as a share of the scale."""

    name: str
    amounts: str
    dots: tuple[tuple[str, Decimal], ...]


def bars(sheet: Sheet, lanes: Sequence[Bar], track: bool = True) -> None:
    """Draw a bar under each name, with last year's tick where that is known."""
    above, thick, below = LOOSE if len(lanes) <= CROWD else TIGHT
    margin = max(width(lane.percent) for lane in lanes)
    margin += 8 if margin else 0
    room = max(width(lane.amount) for lane in lanes)
    sheet.height += 4
    for lane in lanes:
        sheet.labels(lane.name, room + margin)
        sheet.say(RIGHT - margin, sheet.height, lane.amount, "right")
        sheet.say(RIGHT, sheet.height, lane.percent, "right")
        sheet.height += above
        if lane.share is not None:
            if track:
                sheet.box(TRACK, LEFT, sheet.height, _ROOM, thick)
            sheet.box(lane.kind, LEFT, sheet.height, _length(lane.share), thick)
        if lane.before is not None:
            at = LEFT + _ROOM * min(float(lane.before), 1.0)
            sheet.box(TICK, at - HAIR, sheet.height - _REACH, 2 * HAIR, thick + 2 * _REACH)
        sheet.height += thick + below


def steps(sheet: Sheet, head: str, lanes: Iterable[Step]) -> None:
    """Draw a bar from the middle to the right for what grew, to the left for what shrank."""
    sheet.height += LINE
    sheet.say(LEFT, sheet.height, head)
    sheet.height += 4
    above, thick, below = LOOSE
    for lane in lanes:
        sheet.labels(lane.name, width(lane.amount))
        sheet.say(RIGHT, sheet.height, lane.amount, "right")
        sheet.height += above
        length = max(_ROOM / 2 * abs(float(lane.share)), HAIR)
        sheet.box(NOW, _MIDDLE if lane.share > 0 else _MIDDLE - length, sheet.height, length, thick)
        sheet.box(RULE, _MIDDLE, sheet.height - _REACH, HAIR, thick + 2 * _REACH)
        sheet.height += thick + below


def dots(sheet: Sheet, key: str, lanes: Iterable[Dots]) -> None:
    """Draw the dots of each name on a line of one scale; the key says which sign is what."""
    sheet.height += LINE
    sheet.say(LEFT, sheet.height, key)
    sheet.height += 4
    for lane in lanes:
        sheet.labels(lane.name, width(lane.amounts))
        sheet.say(RIGHT, sheet.height, lane.amounts, "right")
        sheet.height += LINE
        sheet.box(TRACK, LEFT, sheet.height - TEXT * 0.36, _ROOM, HAIR)
        for sign, share in lane.dots:
            sheet.say(LEFT + TEXT / 2 + (_ROOM - TEXT) * float(share), sheet.height, sign, "center")
        sheet.height += 6


def _length(share: Decimal) -> float:
    return max(_ROOM * min(float(share), 1.0), HAIR if share > 0 else 0.0)
