"""What the published text says against the figures: findings on sentences, and on what no sentence says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from helpers.basics.model import Finding, Sentence
from helpers.basics.text import folded_text
from helpers.disclosure.disclosure import Disclosure
from helpers.disclosure.phrases import GAPS
from helpers.edition import codes
from helpers.edition.kinds import Kinds
from helpers.edition.pieces import AMOUNT, COMPLETION, FLAT, UNPLANNED, Piece
from helpers.published.reading import LEADING
from helpers.review import beyond
from helpers.review.claims import Expected
from helpers.review.comparison import ABSENT, Compared, Comparison
from helpers.review.telling import Telling, said, short
from helpers.review.verdicts import SAME, Judged

_LEVELS = re.compile(r"\([类款项]\)")
_TELLING = 4  # digits of a number that hardly stands somewhere by chance
_MANY = 3  # names beyond which a list that is not there at all is one matter


def findings(comparison: Comparison, disclosure: Disclosure) -> list[Finding]:
    """Return what contradicts, what is missing and what could not be read."""
    if comparison.reading is None:
        return []
    telling = Telling(disclosure, comparison.reading, disclosure.edition.kinds)
    sentences = _Sentences(telling)
    found = [f for compared in comparison.sentences for f in sentences.of_sentence(compared)]
    return found + list(beyond.findings(comparison, telling))


@dataclass(frozen=True)
class _Sentences:
    """The written sentences, each held against what was published in its place."""

    telling: Telling

    @property
    def kinds(self) -> Kinds:
        return self.telling.kinds

    @property
    def names(self) -> tuple[str, ...]:
        """How the department is called: a slip in one of them is no mere matter of wording."""
        profile = self.telling.disclosure.profile
        return profile.department, profile.short_name

    def of_sentence(self, compared: Compared) -> Iterator[Finding]:
        sentence = compared.sentence
        if compared.verdict == ABSENT:
            said_something = [e for e in compared.lost if e.numbers or e.piece.words]
            if (
                said_something
                and not _is_all_gaps(sentence, said_something)
                and not all(e.numbers and e.is_zero_of_a_list for e in said_something)
                and not self._stand_there(compared, said_something)
            ):
                yield self.kinds.finding("文-缺句", sentence.id, 句=short(sentence.text))
            return
        for judged in compared.judged:
            if judged.verdict != SAME:
                yield self.telling.of_number(judged, sentence.id)
        for judged in compared.judged:
            if judged.verdict == SAME and self._is_of_nothing(judged):
                words = self.telling.quoted(judged.bound.piece)
                found = said(judged.bound.piece)
                yield self.kinds.finding("文-零预算/零之零", sentence.id, found=found, 公开=words)
        for piece in compared.planned:
            words = self.telling.quoted(piece)
            yield self.kinds.finding("文-零预算/有数", sentence.id, found=said(piece), 公开=words)
        for written, printed, piece in compared.dates:
            yield self.telling.of_date(written.text, printed.text, piece, sentence.id)
        for turn in compared.turned:
            yield self.kinds.finding(
                "文-方向/没有变化" if turn.is_none else "文-方向/相反",
                sentence.id,
                expected=turn.ours,
                found=turn.theirs,
                公开=short(compared.published),
            )
        yield from self._lost(compared)
        yield from self._listed(compared)
        yield from self._more(compared)
        yield from self._changed(compared)

    def _is_of_nothing(self, judged: Judged) -> bool:
        """Return whether a completion is told of a budget that is known to be zero."""
        bound = judged.bound
        measure = next((m for m in bound.measures if m), None)
        if measure is None or measure.kind != COMPLETION:
            return False
        return self.telling.disclosure.measured(bound.node.statement).is_on_nothing(measure)

    def _stand_there(self, compared: Compared, lost: Iterable[Expected]) -> bool:
        """Return whether the very numbers stand in the section, unread: what is told of them is that, not that they lack."""
        unread = self.telling.reading.unread_in(compared.sentence.id.rpartition("-")[0])
        written = {
            (number.text, number.unit, before[-LEADING:])
            for one in lost
            for number, before in zip(one.numbers, one.piece.label.split("#"))
            if number and not one.is_zero
        }
        is_telling = written & unread or any(
            len(text.replace(".", "")) >= _TELLING for text, _, _ in written
        )
        return bool(is_telling) and {w[:2] for w in written} <= {u[:2] for u in unread}

    def _is_told_together(self, place: str, row: Iterable[Expected]) -> bool:
        """Return whether the section has one amount for a row of a list and others together: 财政拨款收入 of all funds."""
        reading, tables = self.telling.reading, self.telling.disclosure.tables
        cells = [number.cells[0] for one in row for number in one.numbers if number]
        mine = tables.scope(cells[0])
        if mine is None or not any(one.measure and one.measure.listing for one in row):
            return False
        line = codes.vocabulary().line_of("category", mine.item, mine.category)
        together = {mine._replace(category=above) for above in line[1:] if above}
        statement = place.rpartition("-")[0]
        slots = (n.slot for n in reading.numbers if n.slot and n.slot.statement == statement)
        told = (s.cells[0] for s in slots if s.kind == AMOUNT and len(s.cells) == 1)
        return bool(together) and any(tables.scope(cell) in together for cell in told)

    def _lost(self, compared: Compared) -> Iterator[Finding]:
        """Yield what a written sentence says and the published one does not: a number, one finding a row; mere words."""
        place = compared.sentence.id
        turned = bool(compared.turned)
        told: set[tuple[str, str]] = set()
        for lost in compared.lost:
            measure = lost.measure
            if not any(lost.numbers):
                is_mere = not lost.piece.way or not turned
                if lost.piece.words and is_mere and not compared.sentence.lists_names:
                    yield self._mere(lost.piece, place)
                continue
            whole = _whole(lost, compared.lost)
            is_there = self._stand_there(compared, whole) or self._is_told_together(place, whole)
            if lost.is_zero or (turned and lost.piece.way) or is_there:
                continue
            row = (measure.listing, measure.key) if measure and measure.listing else None
            if row is None or row not in told:
                expected = "，".join(said(one.piece) for one in whole)
                yield self.kinds.finding("文-缺数", place, expected=expected)
            if row:
                told.add(row)

    def _mere(self, lost: Piece, place: str) -> Finding:
        """Return what is said of words without a computed number that are not published: of a gap that nobody has it."""
        words = said(lost)
        if lost.numbers or lost.way in (FLAT, UNPLANNED):
            return self.kinds.finding("文-缺数", place, expected=words)
        without = GAPS.sub("…", words)
        kind = "文-措辞/缺" if without == words else "文-都缺"
        return self.kinds.finding(kind, place, expected=without)

    def _listed(self, compared: Compared) -> Iterator[Finding]:
        lacking, extra = compared.listed
        if len(lacking) > _MANY and len(lacking) == len(compared.sentence.names):
            lacking = (f"{'、'.join(lacking[:_MANY])}等 {len(lacking)} 项",)  # no list at all
        for name in lacking:
            yield self.kinds.finding("文-列举缺", compared.sentence.id, expected=name)
        if extra:
            yield self.kinds.finding("文-列举多", compared.sentence.id, found="、".join(extra))

    def _more(self, compared: Compared) -> Iterator[Finding]:
        """Yield published pieces of mere words that were not written."""
        if not compared.sentence.lists_names:
            for piece in compared.more:
                yield self.kinds.finding("文-措辞/多", compared.sentence.id, found=said(piece))

    def _changed(self, compared: Compared) -> Iterator[Finding]:
        """Yield pieces whose words differ: a name that slipped, or mere wording."""
        place = compared.sentence.id
        for written, bound in compared.changed:
            ours, theirs = said(written), said(bound.piece)
            if bound.member and bound.member.is_meant:
                if bound.member.called not in ours:
                    yield self.kinds.finding(
                        "文-名称/推定", place, expected=ours, found=theirs, 公开=short(theirs)
                    )
                continue
            names = {name: name for name in self.names}
            if bound.member and not bound.member.is_exact:
                rows = sorted(compared.sentence.names, key=len, reverse=True)
                names = {name.removesuffix("支出"): name for name in rows} | names
            slips = [name for plain, name in names.items() if _slipped(plain, ours, theirs)]
            if slips:
                of_level = (n for n in slips if _in_place_of(n, ours, theirs) != theirs)
                slip = next(of_level, slips[0])
                found = _in_place_of(slip, ours, theirs)
                yield self.kinds.finding(
                    "文-名称/写错", place, expected=slip, found=found, 公开=short(found)
                )
            elif not compared.turned:
                yield self.kinds.finding(
                    "文-措辞/不同",
                    place,
                    expected=ours,
                    found=theirs,
                    公开=short(theirs),
                    样式=short(ours),
                )


def _is_all_gaps(sentence: Sentence, lost: Iterable[Expected]) -> bool:
    """Return whether a sentence has a gap, and else no amount that could be looked for."""
    has_gap = any(number.value is None for number in sentence.numbers)
    amounts = [n.value for one in lost for n in one.numbers if n]
    return has_gap and all(value is None or value.is_zero for value in amounts)


def _whole(lost: Expected, every: Iterable[Expected]) -> list[Expected]:
    """Return what is lost of one row, or one number."""
    measure = lost.measure
    if measure is None or not measure.listing:
        return [lost]
    return [
        e
        for e in every
        if e.measure and (e.measure.listing, e.measure.key) == (measure.listing, measure.key)
    ]


def _in_place_of(name: str, written: str, printed: str) -> str:
    """Return what is printed in place of a name: of a subject that is named in full, its 类, 款 or 项."""
    levels = zip(_LEVELS.split(written), _LEVELS.split(printed))
    return next((b for a, b in levels if a != b and b and a.endswith(folded_text(name))), printed)


def _slipped(name: str, written: str, printed: str) -> bool:
    """Return whether something like a name that was to be printed is printed in its place; 本部门 is no slip."""
    plain = folded_text(name)
    if len(plain) < 2 or written.count(plain) <= printed.count(plain):
        return False
    matcher = SequenceMatcher(None, plain, printed, autojunk=False)
    return 2 * matcher.find_longest_match().size >= len(plain) - 1
