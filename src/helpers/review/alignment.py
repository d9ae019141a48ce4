"""The published narrative read back: every number bound to the cell that its sentence names.

Written sentences and published text are cut into clauses; clauses with the same words are matched in
order, then those between them by likeness, then moved ones where exactly one place fits. A number is
bound by its place in a clause, never by its value, or a wrong figure would hide itself.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache

from helpers.basics.model import Number, Sentence, Statement
from helpers.edition.synonyms import Synonyms
from helpers.published.published import Clause, Found, Narrative, clauses, fold
from helpers.published.sections import regions_of

LIKE = 0.5
_SHORT = 4
_STOP = re.compile("[。；;!！?？\n]")
_PART = re.compile("第[一二三四五六七八九十]+部分|#年度(部门|单位)决算(公开|情况说明)?$")
_WAYS = re.compile("增加|减少|增长|下降"), re.compile("大于|小于|高于|低于|等于")
_LEVEL = re.compile(r"支出(?=\()")


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
    section: str


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
    printed = clauses(text)
    regions, missing = regions_of(text, statements)
    pairs: dict[int, tuple[int, float]] = {}  # index of expected → index of printed, likeness
    expected = [e for statement in statements for e in _expected(statement)]
    of_statement: dict[str, list[int]] = {}
    for i, e in enumerate(expected):
        of_statement.setdefault(e.sentence.section, []).append(i)
    taken: set[int] = set()
    for statement in statements:
        mine = of_statement.get(f"{statement.number} {statement.title}", [])
        span = regions.get(statement.number)
        theirs = [
            j
            for j, c in enumerate(printed)
            if span and span[0] <= c.start < span[1] and j not in taken
        ]
        for i, j, like in _chain(mine, theirs, expected, printed, synonyms):
            pairs[i] = (j, like)
            taken.add(j)
    _place_moved(expected, printed, pairs, taken, synonyms)
    return _collect(
        statements, narrative, text, places, printed, expected, pairs, regions, missing, synonyms
    )


def _expected(statement: Statement) -> list[Expected]:
    found = []
    for sentence in statement.sentences:
        folded, places = fold(sentence.text)
        at = {n.start: n for n in sentence.numbers}
        for clause in clauses(folded):
            known = tuple(at.get(places[f.start]) for f in clause.numbers)
            found.append(Expected(clause, sentence, known))
    return found


def _tokens(labels: list[str], synonyms: Synonyms) -> list[str]:
    """Return what clauses are matched by: their words, short ones together with the words before."""
    tokens, lead = [], ""
    for label in labels:
        plain = normal(label, synonyms)
        words = plain.replace("#", "")
        if len(words) < _SHORT:
            tokens.append(f"{lead}|{plain}")
        else:
            tokens.append(plain)
            lead = plain
    return tokens


@lru_cache(maxsize=20000)
def normal(label: str, synonyms: Synonyms) -> str:
    """Return words without the differences that mean nothing: synonyms, directions, a final 支出 before （类）."""
    plain = synonyms.settled(_LEVEL.sub("", label))
    return _WAYS[1].sub("比", _WAYS[0].sub("增", plain))


@lru_cache(maxsize=20000)
def _pairs_of(token: str) -> frozenset[str]:
    return frozenset(a + b for a, b in itertools.pairwise(token)) or frozenset(token)


def _likeness(a: str, b: str) -> float:
    """Return 0 to 1: how many pairs of neighbouring characters two clauses share."""
    x, y = _pairs_of(a), _pairs_of(b)
    return 2 * len(x & y) / (len(x) + len(y)) if x and y else 0.0


def _chain(mine: list[int], theirs: list[int], expected, printed, synonyms: Synonyms):
    """Yield (expected, printed, likeness) for the heaviest matches in order."""
    a = _tokens([expected[i].clause.label for i in mine], synonyms)
    b = _tokens([printed[j].label for j in theirs], synonyms)
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    from_a = from_b = 0
    for block in matcher.get_matching_blocks():
        yield from _between(
            mine[from_a : block.a],
            theirs[from_b : block.b],
            a[from_a : block.a],
            b[from_b : block.b],
        )
        for k in range(block.size):
            yield mine[block.a + k], theirs[block.b + k], 1.0
        from_a, from_b = block.a + block.size, block.b + block.size


def _between(mine, theirs, a, b):
    """Match what stands between two sure places: the heaviest chain of clauses that are alike."""
    if not mine or not theirs:
        return
    weight = [[_weight(x, y) for y in b] for x in a]
    best = [[0.0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(len(a) - 1, -1, -1):
        for j in range(len(b) - 1, -1, -1):
            best[i][j] = max(
                best[i + 1][j],
                best[i][j + 1],
                weight[i][j] + best[i + 1][j + 1] if weight[i][j] else 0,
            )
    i = j = 0
    while i < len(a) and j < len(b):
        if weight[i][j] and best[i][j] == weight[i][j] + best[i + 1][j + 1]:
            yield mine[i], theirs[j], _likeness(a[i], b[j])
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1


def _weight(a: str, b: str) -> float:
    """Return how much two clauses weigh as a match: their own words must be alike, their leads may help."""
    own_a, own_b = a.rpartition("|")[2], b.rpartition("|")[2]
    own, like = _likeness(own_a, own_b), _likeness(a, b)
    if own < LIKE or like < LIKE or ("#" in own_a) != ("#" in own_b):
        return 0.0
    return (own + like) / 2 * (len(a) + 2 * a.count("#"))


def _place_moved(expected, printed, pairs, taken, synonyms: Synonyms) -> None:
    """Match a clause that stands elsewhere, where exactly one place has its words."""
    free: dict[str, list[int]] = {}
    tokens = _tokens([c.label for c in printed], synonyms)
    for j, token in enumerate(tokens):
        if j not in taken and len(token) >= 2 * _SHORT:
            free.setdefault(token, []).append(j)
    wanted: dict[str, list[int]] = {}
    for i, token in enumerate(_tokens([e.clause.label for e in expected], synonyms)):
        if i not in pairs and token in free:
            wanted.setdefault(token, []).append(i)
    for token, some in wanted.items():
        if len(some) == len(free[token]) == 1:
            pairs[some[0]] = (free[token][0], 1.0)
            taken.add(free[token][0])


def _collect(
    statements,
    narrative,
    text,
    places,
    printed,
    expected,
    pairs,
    regions,
    missing,
    synonyms: Synonyms,
) -> Alignment:
    of_sentence: dict[str, list[int]] = {}
    for i, e in enumerate(expected):
        of_sentence.setdefault(e.sentence.id, []).append(i)
    taken = {j for j, _ in pairs.values()}
    whole = Alignment(
        (),
        (),
        missing,
        tuple((printed[j], expected[i]) for i, (j, _) in pairs.items()),
        text,
        tuple(places),
        synonyms,
    )
    readings = []
    for statement in statements:
        for sentence in statement.sentences:
            mine = of_sentence.get(sentence.id, [])
            matched = [(expected[i], printed[pairs[i][0]], pairs[i][1]) for i in mine if i in pairs]
            spans = sorted((c.start, c.end) for _, c, _ in matched)
            shown = whole.original(narrative, *_together(spans, text)) if spans else ""
            readings.append(
                Reading(
                    sentence,
                    shown,
                    spans[0][0] if spans else -1,
                    tuple(b for e, c, like in matched for b in _numbers(e, c, like)),
                    tuple(expected[i] for i in mine if i not in pairs),
                    tuple(
                        (e.clause, c)
                        for e, c, _ in matched
                        if e.clause.label != c.label
                        and normal(e.clause.label, synonyms) == normal(c.label, synonyms)
                    ),
                    tuple(
                        (e.clause, c)
                        for e, c, _ in matched
                        if normal(e.clause.label, synonyms) != normal(c.label, synonyms)
                    ),
                    tuple(_more(spans, printed, taken, text)),
                )
            )
    by_printed = {j: expected[i] for i, (j, _) in pairs.items()}
    left = []
    for j, clause in enumerate(printed):
        if j in by_printed or not clause.numbers or _PART.match(clause.label):
            continue
        section = next(
            (
                s.number
                for s in statements
                if s.number in regions
                and regions[s.number][0] <= clause.start < regions[s.number][1]
            ),
            "",
        )
        before = printed[j - 1] if j else clause
        goes_on = not _STOP.search(text, before.end, clause.start)
        left.append(Left(clause, by_printed.get(j - 1), goes_on, section))
    return replace(whole, readings=tuple(readings), left=tuple(left))


def _more(spans, printed: list[Clause], taken: set[int], text: str):
    """Yield printed clauses of words alone from the first that was matched to the end of the sentence."""
    if spans and spans[-1][1] - spans[0][0] < 2000:
        first = bisect_left(printed, spans[0][0], key=lambda c: c.start)
        for j in range(first, len(printed)):
            if printed[j].start > spans[-1][1] and _STOP.search(
                text, spans[-1][1], printed[j].start
            ):
                return
            if j not in taken and not printed[j].numbers:
                yield printed[j]


def _together(spans, text: str) -> tuple[int, int]:
    """Return one stretch that covers clauses standing together, with the stop that ends them."""
    start, end = spans[0]
    for s, e in spans[1:]:
        if s - end <= 40:
            end = e
    return start, min(end + 1, len(text)) if text[end : end + 1] not in ("\n", "") else end


def _numbers(e: Expected, clause: Clause, like: float):
    """Pair the numbers of two matched clauses by order where their count agrees."""
    if len(e.clause.numbers) == len(clause.numbers):
        for known, written, found in zip(e.known, e.clause.numbers, clause.numbers):
            yield Bound(e.sentence, known, written, found, like, clause)
