"""Published against recomputed, slot by slot: numbers judged by their intervals, sentences by their numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from helpers.basics.model import Sentence, Statement
from helpers.edition.idiom import DOWN, FLAT, UP
from helpers.edition.pieces import RATE, UNPLANNED, Mark, Piece
from helpers.published.bound import Bound
from helpers.published.reading import Reading
from helpers.review import listing
from helpers.review.claims import Claims, Expected, Said
from helpers.review.spans import Spans
from helpers.review.verdicts import DIFFERS, NEAR, SAME, UNIT, UNKNOWN, Judged, judged_numbers

_NUMBER = re.compile(r"\d+")
ABSENT, UNPUBLISHED = "absent", "unpublished"
_LEAD = 30  # characters before a number that may be quoted with it
_PROOF = 3  # digits of an amount that two rows hardly share


class Turn(NamedTuple):
    """A direction that should be and the one that is published: of a change that is none, 增加0万元, or a contrary one."""

    ours: str
    theirs: str
    is_none: bool


@dataclass(frozen=True)
class Compared:
    """One sentence with what was published in its place.

    `published` is the original text, or nothing, and `stretch` where it stands in the folded one; `lost` are
    written pieces that were not found, `changed` pairs of pieces whose words differ, `turned` pairs of directions
    that contradict, `planned` what is published of a budget that is zero, `more` published pieces of mere words
    among those that were bound.
    """

    sentence: Sentence
    published: str
    verdict: str
    judged: tuple[Judged, ...]
    turned: tuple[Turn, ...]
    lost: tuple[Expected, ...]
    changed: tuple[tuple[Piece, Bound], ...]
    dates: tuple[tuple[Mark, Mark, Piece], ...]
    planned: tuple[Piece, ...]
    more: tuple[Piece, ...]
    listed: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    stretch: tuple[int, int] = (0, 0)

    @property
    def agrees(self) -> bool:
        """Return whether every number was judged and is right; one that could not be judged is no agreement."""
        return self.verdict == SAME and not self.unsure

    @property
    def unsure(self) -> bool:
        return any(j.verdict == UNKNOWN for j in self.judged)


@dataclass(frozen=True)
class Comparison:
    """Every sentence compared; `beyond` is what was bound and no sentence says, each with
    the sentence that stands before it, if there is one."""

    sentences: tuple[Compared, ...]
    beyond: tuple[tuple[Bound, str], ...]
    reading: Reading | None

    @cached_property
    def by_sentence(self) -> dict[str, Compared]:
        return {c.sentence.id: c for c in self.sentences}

    @cached_property
    def published(self) -> dict[tuple[str, int], Judged]:
        """The published number in the place of each written one, by the sentence and where it starts in it."""
        return {
            (c.sentence.id, j.number.start): j
            for c in self.sentences
            for j in c.judged
            if j.number is not None
        }

    @cached_property
    def with_wrong_units(self) -> tuple[tuple[int, str], ...]:
        """The published numbers with another unit than they should have: the line of each, and it with what leads to it."""
        if self.reading is None:
            return ()
        marks = [j.printed for c in self.sentences for j in c.judged if j.because == UNIT]
        text, place = self.reading.text, self.reading.place
        return tuple(
            (
                int(place(m.start).rpartition(":")[2]),
                text[max(0, m.start - _LEAD) : m.end + len(m.unit)],
            )
            for m in marks
        )

    def count(self, verdict: str) -> int:
        return sum(c.agrees if verdict == SAME else c.verdict == verdict for c in self.sentences)


def compare(statements: list[Statement], said: Said | None) -> Comparison:
    """Judge what was read against the written statements; where nothing was published nothing is said."""
    if said is None:
        return Comparison((), (), None)
    claims = Claims(said)
    outcome = _Outcome(claims)
    expected = [
        (s, sentence, claims.expected(s.number, sentence))
        for s in statements
        for sentence in s.sentences
    ]
    claims.make(expected)
    beyond = tuple(claims.unclaimed())
    more = {name for bound, name in beyond if bound.piece.is_attribute and bound.piece.numbers}
    sentences = tuple(
        outcome.compared(s, sentence, some, sentence.id in more) for s, sentence, some in expected
    )
    proven = {(c.sentence.id, j.bound.key) for c in sentences for j in c.judged if _is_proof(j)}
    if proven:
        sentences = tuple(
            replace(
                c,
                judged=tuple(_surely(j, (c.sentence.id, j.bound.key) in proven) for j in c.judged),
            )
            for c in sentences
        )
        beyond = tuple(
            (_known(bound) if (sentence, bound.key) in proven else bound, sentence)
            for bound, sentence in beyond
        )
    return Comparison(sentences, beyond, said.reading)


def _is_proof(judged: Judged) -> bool:
    """Return whether an amount of a row that is not named as it is called is that row's, to three digits and more."""
    bound, digits = judged.bound, judged.printed.text.replace(".", "").strip("0")
    is_its_own = judged.number is not None and judged.verdict == SAME
    return is_its_own and len(digits) >= _PROOF and bool(bound.key) and not bound.is_of_named_row


def _known(bound: Bound) -> Bound:
    """Return what is bound, of a row that another amount beside it proves."""
    return replace(bound, is_of_named_row=True)


def _surely(judged: Judged, is_proven: bool) -> Judged:
    if not is_proven:
        return judged
    bound = _known(judged.bound)
    because = "" if judged.because == NEAR and bound.is_sure else judged.because
    return replace(judged, bound=bound, because=because)


class _Outcome:
    """What the sentences come to, by what each of them claims."""

    def __init__(self, claims: Claims):
        self.claims, self.reading = claims, claims.said.reading
        self._taken: dict[str, set[int]] = {}  # the places of what was bound or told, by statement
        for bound in claims.said.reading.bound:
            self._taken.setdefault(bound.node.statement, set()).add(bound.place)

    def compared(
        self, statement: Statement, sentence: Sentence, expected: list[Expected], says_more: bool
    ) -> Compared:
        """Return what a sentence comes to; `says_more` where a number stands in it that was not written."""
        pairs = [(e, self.claims.of.get((sentence.id, n))) for n, e in enumerate(expected)]
        matched = [(e, b) for e, b in pairs if b is not None]
        judged = tuple(j for e, b in matched for j in judged_numbers(e, b))
        turned = tuple(
            Turn(
                said_way(e.piece.way, b.piece.kind),
                said_way(b.piece.way, b.piece.kind),
                is_none=e.piece.way == FLAT and b.is_zero,
            )
            for e, b in matched
            if e.piece.way and b.piece.way and e.piece.way != b.piece.way
        )
        lost = tuple(
            e
            for e, b in pairs
            if (
                b is None
                and e.piece.words.strip("#") + e.piece.kind
                and not self._stands(statement.number, e)
                and not self.claims.is_of_another_whole(statement.number, e)
            )
            or (b and b.piece.way == UNPLANNED != e.piece.way)
        )
        planned = tuple(b.piece for e, b in matched if e.piece.way == UNPLANNED and b.piece.numbers)
        changed = tuple(
            (e.piece, b)
            for e, b in matched
            if not b.piece.is_attribute and e.piece.words != b.piece.words and not b.names_its_row
        )
        dates = tuple(self._dates(statement.number, pairs))
        stretch = self._spans.of([b for _, b in matched], sentence.text)
        needed = [e for e in lost if not e.is_zero and (any(e.numbers) or e.piece.way)]
        is_turned = any(not turn.is_none for turn in turned)
        wrong = (
            any(j.verdict == DIFFERS for j in judged) or is_turned or dates or planned or says_more
        )
        nothing = not matched and (lost or not expected)
        verdict = ABSENT if nothing else DIFFERS if wrong or needed else SAME
        return Compared(
            sentence=sentence,
            published=self.reading.original(*stretch),
            stretch=stretch,
            verdict=verdict,
            judged=judged,
            turned=turned,
            lost=lost,
            changed=changed,
            dates=dates,
            planned=planned,
            more=tuple(self._more(statement.number, [b for _, b in matched])),
            listed=listing.compared(self.claims, statement.number, sentence, matched)
            if sentence.lists_names
            else ((), ()),
        )

    @cached_property
    def _spans(self) -> Spans:
        """The stretches of the text; what is said of a number and no written sentence says, 增长100%, is told apart."""
        apart = (
            b.piece
            for b in self.reading.bound
            if id(b) in self.claims.taken or (b.piece.is_attribute and b.piece.numbers)
        )
        return Spans(self.reading.text, (piece.start for piece in apart))

    def _stands(self, statement: str, expected: Expected) -> bool:
        """Return whether words without a computed number stand in the published section as they are written."""
        if any(expected.numbers):
            return False
        piece, numbers = expected.piece, [mark.text for mark in expected.piece.numbers]
        return any(
            piece.label == p.label and numbers == [mark.text for mark in p.numbers]
            for p in self.claims.pieces(statement)
        )

    def _dates(
        self, statement: str, pairs: list[tuple[Expected, Bound | None]]
    ) -> Iterator[tuple[Mark, Mark, Piece]]:
        """Yield the dates that differ, as written and as published: in a piece, or just before it."""
        pieces = self.claims.pieces(statement)
        for n, (expected, bound) in enumerate(pairs):
            piece = bound.piece if bound else None
            if piece is None and not expected.piece.words and expected.piece.dates:
                following = pairs[n + 1][1] if n + 1 < len(pairs) else None
                before = pieces[following.place - 1] if following and following.place > 0 else None
                if before and not before.words and before.dates:
                    piece = before
            if piece and len(piece.dates) == len(expected.piece.dates):
                for ours, theirs in zip(expected.piece.dates, piece.dates):
                    if not _is_the_same_date(ours.text, theirs.text):
                        yield ours, theirs, piece

    def _more(self, statement: str, bound: list[Bound]) -> Iterator[Piece]:
        """Yield published pieces of mere words, from the first that was bound to the end of the sentence, each once."""
        pieces = self.claims.pieces(statement)
        places = sorted(b.place for b in bound if b.place >= 0)
        if not places or places[-1] - places[0] > 400:
            return
        taken = self._taken.setdefault(statement, set())
        last = places[-1]
        while last + 1 < len(pieces) and pieces[last + 1].before not in ("。", "；", ";", "\n", ""):
            last += 1
        for place in range(places[0], last + 1):
            piece = pieces[place]
            if place not in taken and piece.words and not piece.numbers and not piece.kind:
                taken.add(place)
                yield piece


_SAID_WAY = {UP: "增加", DOWN: "减少", FLAT: "持平", UNPLANNED: "未安排预算"}
_SAID_OF_RATE = {UP: "增长", DOWN: "下降"}


def said_way(way: str, kind: str) -> str:
    """Return the word for a direction, that of a rate being another than that of an amount."""
    return {**_SAID_WAY, **(_SAID_OF_RATE if kind == RATE else {})}[way]


def _is_the_same_date(written: str, printed: str) -> bool:
    """Return whether two dates have the same year, and where both say more, the same month and day.

    >>> _is_the_same_date("2023年12月31日", "2023年12月底"), _is_the_same_date("2023年12月31日", "2023年1月")
    (True, False)
    """
    return all(a == b for a, b in zip(_NUMBER.findall(written), _NUMBER.findall(printed)))
