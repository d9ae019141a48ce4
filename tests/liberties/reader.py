"""Until the reader is there: the present alignment, told as readings."""

from __future__ import annotations

import re
from types import SimpleNamespace

from helpers.disclosure.disclosure import Disclosure
from helpers.published.published import Narrative
from helpers.review import alignment
from liberties.truth import slot_of

try:
    from helpers.edition import patterns
    from helpers.published import reading
except ImportError:
    patterns = reading = None


def read(this: Disclosure, text: str):
    """Return every number of a text as it is read."""
    narrative = Narrative(text, "narrative.txt")
    if reading:
        return reading.read(
            patterns.load(this.profile.edition), narrative, this.folder.year
        ).numbers
    whole = alignment.align(
        list(this.statements.values()), narrative, this.edition.wording.synonyms
    )
    bound = {b.printed.start: b for r in whole.readings for b in r.bound if b.number is not None}
    numbers = []
    for match in re.finditer(r"\d+(?:\.\d+)?", whole.text):
        b = bound.get(match.start())
        slot = slot_of(b.sentence, b.number) if b else None
        numbers.append(
            SimpleNamespace(
                text=match[0],
                unit="",
                start=whole.places[match.start()],
                end=whole.places[match.end() - 1] + 1,
                fate="bound" if b else "unread",
                slot=slot,
            )
        )
    return tuple(numbers)
