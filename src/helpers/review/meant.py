"""Which row is meant by a name that no code list has: the one that alone has its amounts, between its neighbours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise

from helpers.basics.model import Number, Sentence, Statement
from helpers.edition.pieces import AMOUNT
from helpers.published.binding import Section
from helpers.published.reading import Reading
from helpers.published.ready import Meant
from helpers.review.verdicts import in_wan

Amounts = list[Decimal]


def rows(reading: Reading, statements: Iterable[Statement]) -> Meant:
    """Return the rows that are meant by names which no list has, by where they are named; only what is plain."""
    sections = {id(section): section for section in reading.sections.values()}
    unknown = [section for section in sections.values() if section.ready.unknown]
    if not unknown:
        return {}
    written = _written(sentence for s in statements for sentence in s.sentences)
    found = [one for section in unknown for one in _of_section(section, written)]
    times = Counter(row for _, row in found)
    return {start: row for start, row in found if times[row] == 1}


def _written(sentences: Iterable[Sentence]) -> dict[str, dict[str, Amounts]]:
    """Return the amounts that are written of each row of each enumeration, the rows in order."""
    found: dict[str, dict[str, Amounts]] = {}
    for number in (n for sentence in sentences for n in sentence.numbers):
        measure = number.measure
        if measure.listing and _is_amount(number):
            row = found.setdefault(measure.listing, {}).setdefault(measure.key, [])
            row.append(Decimal(number.text))
    return found


def _is_amount(number: Number) -> bool:
    return number.measure.kind == AMOUNT and number.value is not None


def _of_section(
    section: Section, written: dict[str, dict[str, Amounts]]
) -> Iterator[tuple[int, tuple[str, str]]]:
    """Yield where an unknown row is named, and the only row that it can be."""
    ends = [*section.ready.unknown, len(section.pieces)]
    for place, end in pairwise(ends):
        listing, _ = section.ready.context[place]
        every = written.get(listing, {})
        order = {key: n for n, key in enumerate(every)}
        read = [(b.place, b.key) for b in section.bound if b.node.listing == listing]
        named = {key for _, key in read}
        before = max((order.get(k, -1) for p, k in read if p < place), default=-1)
        after = min((order.get(k, len(order)) for p, k in read if p > place), default=len(order))
        amounts = list(_amounts(section, place, end))
        fitting = [
            key
            for key, some in every.items()
            if key not in named and before < order[key] < after and amounts == some and any(some)
        ]
        if len(fitting) == 1:
            yield section.pieces[place].start, (listing, fitting[0])


def _amounts(section: Section, place: int, end: int) -> Iterator[Decimal]:
    """Yield the amounts that are said of an unknown row and nothing has read, in 万元."""
    for n in range(place, end):
        piece = section.pieces[n]
        if section.ready.context[n][1] is not None:
            return
        if piece.kind == AMOUNT and section.at(n) is None:
            yield from map(in_wan, piece.numbers)
