"""Marks that lead to a note, behind a printed number: ①, [1], （注1）, a raised 1. They are no digits of it."""

from __future__ import annotations

import re

_CIRCLED, _RAISED, _BRACKETED = "[①-⑳]+", "[⁰¹²³⁴-⁹]+", r"[\[［]\d{1,2}[\]］]"
IN_TEXT = re.compile(
    rf"(?<=[\d%％元辆人次个批])(?:{_CIRCLED}|{_BRACKETED}|[(（]注\d{{0,2}}[)）])|(?<=\d)(?<!×10){_RAISED}"
)
_BEHIND_AMOUNT = re.compile(
    rf"([-−－(（]?[\d,，]+[.．]\d+[)）]?)\s*(?:[*＊※]+|{_BRACKETED}|注\d{{0,2}}|{_CIRCLED}|{_RAISED})"
)
_WHEN_RAISED = re.compile(rf"[\[［(（]?(?:\d{{1,2}}|{_CIRCLED}|[*＊※]+|注\d{{0,2}})[\]］)）]?")
_POWER = re.compile(r"[A-Za-z]$|[×xX*]10$")


def is_note(raised: str, before: str) -> bool:
    """Return whether what is printed raised behind some words leads to a note, and is no power of a unit or of ten.

    >>> is_note("1", "车辆4"), is_note("[2]", "万元"), is_note("2", "1200m"), is_note("th", "4")
    (True, True, False, False)
    """
    return bool(_WHEN_RAISED.fullmatch(raised.strip())) and not _POWER.search(before.rstrip())


def without_note(text: str) -> str:
    """Return a printed amount without the mark behind it; any other text as it is.

    >>> without_note("494.95①"), without_note("488.90[1]"), without_note("77.13注1"), without_note("甲①")
    ('494.95', '488.90', '77.13', '甲①')
    """
    noted = _BEHIND_AMOUNT.fullmatch(text)
    return noted[1] if noted else text
