"""Whole texts, invented, as four provinces word them, read by the national form: every number beside what it was read as.

The readings beside each text were checked by eye; what the form has no place for is read as nothing.
"""

from pathlib import Path

import pytest

from helpers.edition import patterns
from helpers.published import reading
from helpers.published.published import Narrative

WORDINGS = Path(__file__).parent / "wordings"
YEARS = {"hunan": 2021, "xinjiang": 2023, "yunnan": 2022, "zhejiang": 2023}
BEFORE = 8  # characters before a number, by which a reader finds it


def readings(province: str) -> str:
    """Return every number of a text but its dates, a line each: what stands before it, itself, what it is read as."""
    text = (WORDINGS / f"{province}.txt").read_text(encoding="utf-8")
    narrative = Narrative(text, f"{province}.txt")
    found = reading.read(patterns.load("national-2023"), narrative, YEARS[province])
    return "".join(
        f"{text[max(0, n.start - BEFORE) : n.start].splitlines()[-1]}【{n.text}{n.unit}】{_said(n)}\n"
        for n in found.numbers
        if n.fate != reading.DATES
    )


def _said(number: reading.ReadNumber) -> str:
    if number.slot is None:
        return number.fate
    cells = " / ".join(map(str, number.slot.cells))
    return f"{number.slot.kind} {cells}"


@pytest.mark.parametrize("province", YEARS)
def test_each_number_of_a_whole_text_is_read_as_what_it_says(province):
    kept = (WORDINGS / f"{province}.readings").read_text(encoding="utf-8")
    assert readings(province).splitlines() == kept.splitlines()


@pytest.mark.parametrize("province", YEARS)
def test_most_of_a_text_in_another_wording_is_read(province):
    lines = readings(province).splitlines()
    bound = [line for line in lines if not line.endswith((reading.UNREAD, reading.WORDS))]
    assert len(bound) >= 0.65 * len(lines)
