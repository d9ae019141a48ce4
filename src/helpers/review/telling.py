"""How what is published is told: a piece in its words, a number that is not what the figures give."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from helpers.basics import money
from helpers.basics.model import Finding
from helpers.disclosure.disclosure import Disclosure
from helpers.edition.kinds import Kinds
from helpers.edition.pieces import Mark, Piece
from helpers.published.bound import Bound
from helpers.published.reading import Reading
from helpers.review.verdicts import COMPARED_UNITS, NEAR, ROUNDING, UNIT, UNKNOWN, Judged, in_wan

_OFF = {  # by whether rounding explains it, and whether it is a percentage
    (True, False): "文-尾差/数",
    (True, True): "文-尾差/百分数",
    (False, False): "文-数/数",
    (False, True): "文-数/百分数",
}


_QUOTED = 60  # characters of a text that a message quotes


@dataclass(frozen=True)
class Telling:
    """What a published text is held against, and the words in which a difference is told."""

    disclosure: Disclosure
    reading: Reading
    kinds: Kinds

    def of_number(self, judged: Judged, place: str) -> Finding:
        """Return what a published number is that is not the written one."""
        kinds, number = self.kinds, judged.number
        ours, theirs = with_unit(judged.written), with_unit(judged.printed)
        words = short(said(judged.bound.piece))
        if judged.because == UNIT:
            return kinds.finding(
                "文-单位",
                place,
                expected=ours,
                found=theirs,
                公开=words,
                单位=judged.written.unit,
                公开单位=judged.printed.unit or "（无）",
            )
        if number is None:
            return kinds.finding("文-年份序号", place, expected=ours, found=theirs, 公开=words)
        where = "、".join(self.disclosure.tables.named(cell) for cell in number.cells[:2])
        if judged.verdict == UNKNOWN:
            return kinds.finding("文-无从核对", place, found=theirs, 公开=words, 格=where)
        is_percent = number.unit == "%"
        apart = money.printed(abs(in_wan(judged.printed) - Decimal(number.text)), 4)
        if judged.because == NEAR:
            return kinds.finding(
                "文-疑数",
                place,
                expected=ours,
                found=theirs,
                difference=apart,
                公开=words,
                格=where,
                样式=short(_form(judged.bound)),
            )
        return kinds.finding(
            _OFF[judged.verdict == ROUNDING, is_percent],
            place,
            expected=ours,
            found=theirs,
            difference=apart,
            公开=words,
            格=where,
        )

    def of_date(self, ours: str, theirs: str, piece: Piece, place: str) -> Finding:
        return self.kinds.finding(
            "文-年份序号", place, expected=ours, found=theirs, 公开=short(said(piece))
        )

    def quoted(self, piece: Piece) -> str:
        """Return a piece as a message quotes it: an attribute after those of its sentence that it may belong to."""
        if not piece.is_attribute:
            return short(said(piece))
        text = self.reading.text
        start = max(text.rfind(stop, 0, piece.start) for stop in "。；;\n") + 1
        return _end_of(text[start : piece.end])


def _form(bound: Bound) -> str:
    return re.sub("[\ue000-\uf8ff]", "…", bound.node.piece.label.replace("#", "…"))


def with_unit(number: Mark) -> str:
    """Return a number as printed, with a unit that is compared."""
    return number.text + (number.unit if number.unit in COMPARED_UNITS else "")


def said(piece: Piece) -> str:
    """Return a piece with its numbers and dates back in place."""
    words = piece.label
    for number in piece.numbers:
        words = words.replace("#", number.text, 1)
    for date in piece.dates:
        words = words.replace("\uf004", date.text, 1)
    return words


def short(text: str) -> str:
    """Return a text without spaces, cut where it is long."""
    flat = "".join(text.split())
    return flat if len(flat) <= _QUOTED else flat[:_QUOTED] + "…"


def _end_of(text: str) -> str:
    """Return a text without spaces, where it is long without its first clauses.

    >>> _end_of("一、" * 30 + "支出决算为0.39万元，完成预算的1.5%，其中：出国费决算为0.00万元，完成预算的0%")
    '…完成预算的1.5%，其中：出国费决算为0.00万元，完成预算的0%'
    """
    flat = "".join(text.split())
    if len(flat) <= _QUOTED:
        return flat
    end = flat[-_QUOTED:]
    rest = re.split("[,，]", end, maxsplit=1)[-1]
    return "…" + (rest if 2 * len(rest) > _QUOTED else end)
