"""What was published and no sentence says: findings on what was read besides, on comparisons, on what was not read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from helpers.basics.model import LAST_YEAR, Finding, Measure
from helpers.edition import clauses
from helpers.edition.idiom import DATE
from helpers.edition.pieces import AMOUNT, COMPLETION, COUNT, FLAT, RATE, Mark
from helpers.edition.slots import on_basis
from helpers.edition.ways import OWN
from helpers.published.bound import Bound
from helpers.published.reading import UNREAD
from helpers.review.comparison import Comparison, said_way
from helpers.review.telling import Telling, said, short
from helpers.review.verdicts import SAME, judge

SENTENCE = 9  # characters from which words printed twice are a sentence repeated, not a phrase
_ON_NOTHING = (RATE, COMPLETION)
_OTHERWISE = {
    clauses.MORE: "决算数不大于{}数",
    clauses.LESS: "决算数不小于{}数",
    clauses.ZERO: "不为零",
}
_COMPARED_WITH = re.compile(r"[与比较同由从](\d{2,4})年")


def findings(comparison: Comparison, telling: Telling) -> Iterator[Finding]:
    """Yield what is wrong with what no written sentence says."""
    beyond = _Beyond(comparison, telling)
    for bound, sentence in comparison.beyond:
        yield from beyond.of_beyond(bound, sentence)
    yield from beyond.of_asserted()
    yield from beyond.of_comparisons()
    yield from beyond.of_years()
    yield from beyond.of_unread()


def _as_written(bound: Bound) -> tuple:
    """Return a piece as it is written, with its statement, the row that it speaks of and its numbers."""
    numbers = tuple(mark.text for mark in bound.piece.numbers)
    return bound.node.statement, bound.key, bound.piece.label, numbers


class _Beyond:
    """A text while it is looked through for what no sentence says."""

    def __init__(self, comparison: Comparison, telling: Telling):
        self.comparison, self.telling = comparison, telling
        self.disclosure, self.reading, self.kinds = (
            telling.disclosure,
            telling.reading,
            telling.kinds,
        )

    def of_beyond(self, bound: Bound, sentence: str) -> Iterator[Finding]:
        """Yield what is wrong with something that was read and that no written sentence says."""
        measure = next(m for m in bound.measures if m)
        statement, place = bound.node.statement, sentence or self.reading.place(bound.piece.start)
        found, words = said(bound.piece), self.telling.quoted(bound.piece)
        measured = self.disclosure.measured(statement)
        way = measured.way(measure)
        is_on_nothing = measure.kind in _ON_NOTHING and measured.is_on_nothing(measure)
        if bound.piece.numbers and is_on_nothing:
            yield self._on_nothing(bound, measure, place)
            return
        if way and bound.piece.way and way != bound.piece.way:
            ours, theirs = (said_way(w, bound.piece.kind) for w in (way, bound.piece.way))
            is_none = way == FLAT and bound.is_zero
            if not (is_none and measure.kind == RATE):  # which is what it comes to
                kind = "文-方向/没有变化" if is_none else "文-方向/相反"
                yield self.kinds.finding(kind, place, expected=ours, found=theirs, 公开=words)
            return
        if not bound.piece.numbers:
            return
        number = measured.number(measure)
        if number is None:
            yield from self._without_figure(bound, measure, place, found)
            return
        written = Mark(number.text, number.unit, 0, 0)
        for mark in bound.piece.numbers:
            judged = judge(number, written, mark, bound)
            if judged.verdict != SAME:
                yield self.telling.of_number(judged, place)
            elif self._is_of_last_year(bound):
                yield self._of_year(bound, place)
        if len(found) >= SENTENCE and _as_written(bound) in self._labels:
            yield self.kinds.finding("文-重复句", place, found=found, 公开=words)

    def _on_nothing(self, bound: Bound, measure: Measure, place: str) -> Finding:
        """Return that a percentage is published of nothing: what is held against is zero."""
        found, words = said(bound.piece), self.telling.quoted(bound.piece)
        if measure.kind == COMPLETION:
            return self.kinds.finding("文-零预算/有数", place, found=found, 公开=words)
        base = on_basis(measure.names[-1])[1]
        kind = "文-零基数/零" if bound.is_zero else "文-零基数/有数"
        return self.kinds.finding(kind, place, found=found, 公开=words, 基数=f"{base}数")

    def _without_figure(
        self, bound: Bound, measure: Measure, place: str, words: str
    ) -> Iterator[Finding]:
        """Yield that a row is published which the figures do not have, once and only with an amount."""
        if on_basis(measure.names[0])[1] == LAST_YEAR:
            return  # no row of this year
        if measure.kind in (AMOUNT, COUNT) and not bound.is_zero:
            name = bound.member.called if bound.member else measure.key
            yield self.kinds.finding("文-多项", place, found=words, 公开=words, 名称=name)

    @cached_property
    def _labels(self) -> frozenset[tuple]:
        """Return the pieces that stand in the place of a written number, as they are written."""
        return frozenset(
            _as_written(j.bound)
            for c in self.comparison.sentences
            for j in c.judged
            if not j.bound.piece.is_attribute
        )

    def of_asserted(self) -> Iterator[Finding]:
        """Yield the branches that say of the figures what is not so: 决算数小于预算数 where both are the same."""
        for bound in self.reading.bound:
            node = bound.node
            asserts = () if OWN in node.asserts else node.asserts
            for subject, predicate in asserts:
                question, basis = clauses.predicates()[predicate]
                if question not in _OTHERWISE or basis == LAST_YEAR or bound.measures:
                    continue
                measured = self.disclosure.measured(node.statement)
                row = measured.row(Measure("", (subject,), node.listing, bound.key))
                if row is not None and measured.contradicts(subject, predicate, row):
                    words = said(bound.piece)
                    yield self.kinds.finding(
                        "文-方向/相反",
                        self.reading.place(bound.piece.start),
                        expected=_OTHERWISE[question].format(basis),
                        found=words,
                        公开=short(words),
                    )

    def of_comparisons(self) -> Iterator[Finding]:
        """Yield the comparisons with a year that is not the last one, but for those already told."""
        told = {piece.start for c in self.comparison.sentences for _, _, piece in c.dates}
        last_year = str(self._last_year)
        bound = {b.piece.start for b in self.reading.bound}
        seen: set[int] = set()
        for section in self.reading.sections.values():
            for piece in section.pieces:
                mere = not piece.words or piece.start in bound
                if piece.start in told or piece.start in seen or not mere:
                    continue
                seen.add(piece.start)
                match = _COMPARED_WITH.search(self.reading.text[piece.start : piece.end])
                if match and match[1] != last_year:
                    yield self.telling.of_date(
                        f"{last_year}年", f"{match[1]}年", piece, self.reading.place(piece.start)
                    )

    def of_years(self) -> Iterator[Finding]:
        """Yield the amounts of this year that are told as the last one's, but for those already told."""
        for compared in self.comparison.sentences:
            told = {piece.start for _, _, piece in compared.dates}
            for judged in compared.judged:
                bound = judged.bound
                is_this_years = judged.verdict == SAME and bound.piece.start not in told
                if is_this_years and self._is_of_last_year(bound):
                    told.add(bound.piece.start)
                    yield self._of_year(bound, compared.sentence.id)

    def _is_of_last_year(self, bound: Bound) -> bool:
        """Return whether an amount of this year is said to be the last one's, and not held against it."""
        piece, measure = bound.piece, next(iter(bound.measures), None)
        if measure is None or measure.kind not in (AMOUNT, COUNT) or piece.bases:
            return False
        idiom = self.reading.sections[bound.node.statement].idiom
        return (
            on_basis(measure.names[0])[1] != LAST_YEAR
            and DATE in idiom.uncompared(piece.label)
            and [date.text[:5] for date in piece.dates] == [f"{self._last_year}年"]
        )

    def _of_year(self, bound: Bound, place: str) -> Finding:
        [date] = bound.piece.dates
        return self.telling.of_date(f"{self._last_year + 1}年", date.text, bound.piece, place)

    @property
    def _last_year(self) -> int:
        return self.disclosure.folder.year - 1

    def of_unread(self) -> Iterator[Finding]:
        """Yield the sentences with numbers that nothing reads, each once."""
        numbers: dict[int, list[str]] = {}
        starts = self.reading.unread_sentences
        for number in self.reading.numbers:
            if number.fate == UNREAD:
                start = max(s for s in starts if s <= number.start)
                numbers.setdefault(start, []).append(number.text)
        for start, some in numbers.items():
            yield self.kinds.finding(
                "文-未对上",
                self.reading.line(start),
                found="、".join(some),
                公开=short(starts[start]),
            )
