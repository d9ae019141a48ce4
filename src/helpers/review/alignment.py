"""The published narrative read back: every number bound to the cell that its sentence names.

Written sentences and published text are cut into clauses; clauses with the same words are matched in
order, then those between them by likeness, then moved ones where exactly one place fits. A number is
bound by its place in a clause, never by its value, or a wrong figure would hide itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace

from helpers.basics.model import Number, Sentence, Statement
from helpers.basics.text import fold
from helpers.edition.synonyms import Synonyms
from helpers.published.published import Clause, Found, Narrative, clauses
from helpers.published.sections import regions_of
from helpers.review.matching import SHORT, chain, normal, tokens_of

FAR_APART = 2000  # characters between clauses of a sentence beyond which they are not read as one
_STOP = re.compile("[。；;!！?？\n]")
_PART = re.compile("第[一二三四五六七八九十]+部分|#年度(部门|单位)决算(公开|情况说明)?$")


@dataclass(frozen=True, slots=True)
class Expected:
    """A clause of a written sentence; `known` says which of its numbers come from cells."""

    clause: Clause
    sentence: Sentence
    known: tuple[Number | None, ...]


@dataclass(frozen=True, slots=True)
class Bound:
    """A number of a written sentence and the published number in its place.

    `likeness` is 1 where the words of the clause are the same, less where they are only alike.
    """

    sentence: Sentence
    number: Number | None
    written: Found
    printed: Found
    likeness: float
    clause: Clause


@dataclass(frozen=True)
class Reading:
    """One sentence with what was published in its place.

    `published` is the original text, or nothing; `lost` are written clauses that were not found,
    `changed` pairs of clauses whose words differ, `alike` those whose words differ only by a synonym,
    `more` are printed clauses of mere words among those that were matched.
    """

    sentence: Sentence
    published: str
    start: int
    bound: tuple[Bound, ...]
    lost: tuple[Expected, ...]
    alike: tuple[tuple[Clause, Clause], ...]
    changed: tuple[tuple[Clause, Clause], ...]
    more: tuple[Clause, ...]

    @property
    def uneven(self) -> bool:
        """Return whether a matched clause has more or fewer numbers than it should."""
        return any(len(a.numbers) != len(b.numbers) for a, b in self.changed)


@dataclass(frozen=True)
class Left:
    """A published clause with numbers that no sentence accounts for.

    `after` is the clause before it; `goes_on` says that it stands in the same sentence.
    """

    clause: Clause
    after: Expected | None
    goes_on: bool


@dataclass(frozen=True)
class Alignment:
    """Every sentence read, and everything published: the clauses that were matched and those left over."""

    readings: tuple[Reading, ...]
    left: tuple[Left, ...]
    missing_sections: tuple[str, ...]
    matched: tuple[tuple[Clause, Expected], ...]
    text: str
    places: tuple[int, ...]
    synonyms: Synonyms

    def original(self, narrative: Narrative, start: int, end: int) -> str:
        return narrative.text[self.places[start] : self.places[end - 1] + 1] if end > start else ""


def align(statements: list[Statement], narrative: Narrative, synonyms: Synonyms) -> Alignment:
    """Bind the sentences of all statements to the published text."""
    text, places = fold(narrative.text)
    regions, missing = regions_of(text, statements)
    pairing = _Pairing(
        [e for statement in statements for e in _expected(statement)], clauses(text), synonyms
    )
    for statement in statements:
        if statement.number in regions:
            section = f"{statement.number} {statement.title}"
            pairing.match(section, regions[statement.number])
    pairing.match_moved()
    whole = Alignment((), (), missing, pairing.matched, text, tuple(places), synonyms)
    readings = tuple(
        _reading(sentence, pairing, whole, narrative)
        for statement in statements
        for sentence in statement.sentences
    )
    return replace(whole, readings=readings, left=tuple(_left(pairing, regions, text)))


class _Pairing:
    """Which written clause stands in which printed one.

    `pairs` has the place of a written clause → the place of a printed one, and their likeness.
    """

    def __init__(self, expected: list[Expected], printed: list[Clause], synonyms: Synonyms):
        self.expected, self.printed, self.synonyms = expected, printed, synonyms
        self.pairs: dict[int, tuple[int, float]] = {}
        self.taken: set[int] = set()
        self._of_section: dict[str, list[int]] = {}
        self._of_sentence: dict[str, list[int]] = {}
        for i, e in enumerate(expected):
            self._of_section.setdefault(e.sentence.section, []).append(i)
            self._of_sentence.setdefault(e.sentence.id, []).append(i)

    @property
    def matched(self) -> tuple[tuple[Clause, Expected], ...]:
        return tuple((self.printed[j], self.expected[i]) for i, (j, _) in self.pairs.items())

    def of(self, sentence: Sentence) -> list[tuple[Expected, Clause, float]]:
        """Return the matched clauses of a sentence, each with its printed one and the likeness."""
        mine = self._of_sentence.get(sentence.id, [])
        pairs = ((i, *self.pairs[i]) for i in mine if i in self.pairs)
        return [(self.expected[i], self.printed[j], like) for i, j, like in pairs]

    def lost(self, sentence: Sentence) -> tuple[Expected, ...]:
        mine = self._of_sentence.get(sentence.id, [])
        return tuple(self.expected[i] for i in mine if i not in self.pairs)

    def match(self, section: str, region: tuple[int, int]) -> None:
        """Match the clauses of a section in order with those printed in its region."""
        start, end = region
        mine = self._of_section.get(section, [])
        theirs = [
            j
            for j, clause in enumerate(self.printed)
            if start <= clause.start < end and j not in self.taken
        ]
        ours = tokens_of([self.expected[i].clause.label for i in mine], self.synonyms)
        printed = tokens_of([self.printed[j].label for j in theirs], self.synonyms)
        for i, j, like in chain(ours, printed):
            self.pairs[mine[i]] = (theirs[j], like)
            self.taken.add(theirs[j])

    def match_moved(self) -> None:
        """Match a clause that stands elsewhere, where exactly one place has its words."""
        free: dict[str, list[int]] = {}
        for j, token in enumerate(tokens_of([c.label for c in self.printed], self.synonyms)):
            if j not in self.taken and len(token) >= 2 * SHORT:
                free.setdefault(token, []).append(j)
        wanted: dict[str, list[int]] = {}
        ours = tokens_of([e.clause.label for e in self.expected], self.synonyms)
        for i, token in enumerate(ours):
            if i not in self.pairs and token in free:
                wanted.setdefault(token, []).append(i)
        for token, some in wanted.items():
            if len(some) == len(free[token]) == 1:
                self.pairs[some[0]] = (free[token][0], 1.0)
                self.taken.add(free[token][0])


def _expected(statement: Statement) -> list[Expected]:
    found = []
    for sentence in statement.sentences:
        folded, places = fold(sentence.text)
        at = {n.start: n for n in sentence.numbers}
        for clause in clauses(folded):
            known = tuple(at.get(places[f.start]) for f in clause.numbers)
            found.append(Expected(clause, sentence, known))
    return found


def _reading(
    sentence: Sentence, pairing: _Pairing, whole: Alignment, narrative: Narrative
) -> Reading:
    matched, synonyms = pairing.of(sentence), pairing.synonyms
    spans = sorted((clause.start, clause.end) for _, clause, _ in matched)
    both = [(e.clause, clause) for e, clause, _ in matched]
    same = [normal(a.label, synonyms) == normal(b.label, synonyms) for a, b in both]
    return Reading(
        sentence,
        whole.original(narrative, *_together(spans, whole.text)) if spans else "",
        spans[0][0] if spans else -1,
        tuple(b for e, clause, like in matched for b in _numbers(e, clause, like)),
        pairing.lost(sentence),
        tuple((a, b) for (a, b), alike in zip(both, same) if alike and a.label != b.label),
        tuple(pair for pair, alike in zip(both, same) if not alike),
        tuple(_more(spans, pairing, whole.text)),
    )


def _left(pairing: _Pairing, regions: dict[str, tuple[int, int]], text: str) -> Iterator[Left]:
    """Yield the printed clauses with numbers that no sentence accounts for."""
    printed = pairing.printed
    by_printed = {j: pairing.expected[i] for i, (j, _) in pairing.pairs.items()}
    for j, clause in enumerate(printed):
        if j in by_printed or not clause.numbers or _PART.match(clause.label):
            continue
        before = printed[j - 1] if j else clause
        goes_on = not _STOP.search(text, before.end, clause.start)
        yield Left(clause, by_printed.get(j - 1), goes_on)


def _more(spans: list[tuple[int, int]], pairing: _Pairing, text: str) -> Iterator[Clause]:
    """Yield printed clauses of mere words, from the first matched to the end of the sentence."""
    if not spans or spans[-1][1] - spans[0][0] >= FAR_APART:
        return
    printed, end = pairing.printed, spans[-1][1]
    first = bisect_left(printed, spans[0][0], key=lambda c: c.start)
    for j, clause in enumerate(printed[first:], first):
        if clause.start > end and _STOP.search(text, end, clause.start):
            return
        if j not in pairing.taken and not clause.numbers:
            yield clause


def _together(spans: list[tuple[int, int]], text: str) -> tuple[int, int]:
    """Return one stretch that covers clauses standing together, with the stop that ends them."""
    start, end = spans[0]
    for s, e in spans[1:]:
        if s - end <= 40:
            end = e
    return start, min(end + 1, len(text)) if text[end : end + 1] not in ("\n", "") else end


def _numbers(e: Expected, clause: Clause, like: float) -> Iterator[Bound]:
    """Pair the numbers of two matched clauses by order where their count agrees."""
    if len(e.clause.numbers) == len(clause.numbers):
        for known, written, found in zip(e.known, e.clause.numbers, clause.numbers):
            yield Bound(e.sentence, known, written, found, like, clause)
