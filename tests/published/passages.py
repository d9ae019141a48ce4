"""A sentence read as if it stood in a section of a published text: what each of its numbers was bound to."""

from helpers.edition import outline, patterns
from helpers.published import reading
from helpers.published.published import Narrative

SICHUAN, NATIONAL, SHANGHAI = "sichuan-2022", "national-2023", "shanghai-2024"
WORDS, UNREAD = reading.WORDS, reading.UNREAD


def read(edition, section, sentence):
    """Return of each number of a sentence in a section what it was bound to, or its fate, but for dates."""
    text = f"一、{outline.titles(edition)[section][0]}\n{sentence}\n"
    found = reading.read(patterns.load(edition), Narrative(text, "narrative.txt"), 2023)
    return {n.text: said(n) for n in found.numbers if n.fate != reading.DATES}


def said(number):
    if number.slot is None:
        return number.fate
    names = "/".join(number.slot.measure.names)
    key = number.slot.measure.key
    return f"{number.slot.kind} {names}{' ' + key if key else ''}"
