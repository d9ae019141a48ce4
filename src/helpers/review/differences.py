"""What the published text says against the figures: findings on sentences, and on numbers beyond."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from helpers.basics import money
from helpers.basics.model import BUDGET, LAST_YEAR, Address, Finding, Profile
from helpers.basics.text import fold
from helpers.disclosure.tables import Tables
from helpers.edition import edition
from helpers.edition.kinds import Kinds
from helpers.published.published import Clause, Found, Narrative
from helpers.review.alignment import Alignment, Left
from helpers.review.comparison import (
    ABSENT,
    COMPARED_UNITS,
    ROUNDING,
    SAME,
    UNIT,
    UNKNOWN,
    WORDS,
    Compared,
    Comparison,
    Judged,
)
from helpers.review.matching import normal

SENTENCE = 9  # characters from which words printed twice are a sentence repeated, not a phrase
_RATE = re.compile(r"(同比)?(增长|上升|上涨|提高|增加|下降|降低|减少)#%")
_COMPLETION = re.compile(r"完成预算#%")
_OFF = {  # by whether rounding explains it, and whether it is a percentage
    (True, False): "文-尾差/数",
    (True, True): "文-尾差/百分数",
    (False, False): "文-数/数",
    (False, True): "文-数/百分数",
}


@dataclass(frozen=True)
class _Beside:
    """What a published text is held against, and the words in which a difference is told.

    `names` are how the department is called: a slip in one of them is no mere matter of wording.
    """

    tables: Tables
    narrative: Narrative
    alignment: Alignment
    kinds: Kinds
    names: tuple[str, ...]

    def slipped(self, name: str, written: str, printed: str) -> bool:
        """Return whether a name that was to be printed is not."""
        synonyms = self.alignment.synonyms
        plain = normal(fold(name)[0], synonyms).removesuffix("支出")
        ours, theirs = (normal(words, synonyms).count(plain) for words in (written, printed))
        return len(plain) > 1 and ours > theirs

    def is_zero(self, cells: list[Address]) -> bool:
        """Return whether one of some cells is known to be zero."""
        amounts = [self.tables.cell(cell).amount for cell in cells]
        return any(amount is not None and amount.is_zero for amount in amounts)


def findings(
    comparison: Comparison, narrative: Narrative, profile: Profile, tables: Tables
) -> list[Finding]:
    """Return what contradicts, what is missing and what could not be bound."""
    if comparison.alignment is None:
        return []
    kinds, names = edition.load(profile.edition).kinds, (profile.department, profile.short_name)
    beside = _Beside(tables, narrative, comparison.alignment, kinds, names)
    found = [f for compared in comparison.sentences for f in _of_sentence(compared, beside)]
    return found + [_of_left(left, beside) for left in comparison.left]


def _of_sentence(compared: Compared, beside: _Beside) -> Iterator[Finding]:
    sentence = compared.reading.sentence
    if compared.verdict == ABSENT:
        yield beside.kinds.finding("文-缺句", sentence.id, 句=_short(sentence.text))
        return
    for judged in compared.judged:
        if judged.verdict != SAME:
            yield _of_number(judged, sentence.id, beside)
    for look in (_turned, _lost, _more, _changed):
        yield from look(compared, beside)


def _of_number(judged: Judged, place: str, beside: _Beside) -> Finding:
    bound, kinds = judged.bound, beside.kinds
    ours, theirs = _with_unit(bound.written), _with_unit(bound.printed)
    words = _short(_clause(bound.clause))
    if judged.because == WORDS:
        return kinds.finding("文-无从核对/措辞", place, expected=ours, found=theirs, 公开=words)
    if judged.because == UNIT:
        return kinds.finding(
            "文-单位",
            place,
            expected=ours,
            found=theirs,
            公开=words,
            单位=bound.written.unit,
            公开单位=bound.printed.unit or "（无）",
        )
    if bound.number is None:
        return kinds.finding("文-年份序号", place, expected=ours, found=theirs, 公开=words)
    where = "、".join(beside.tables.named(cell) for cell in bound.number.cells[:2])
    if judged.verdict == UNKNOWN:
        return kinds.finding("文-无从核对/缺数", place, found=theirs, 公开=words, 格=where)
    return kinds.finding(
        _OFF[judged.verdict == ROUNDING, bound.number.unit == "%"],
        place,
        expected=ours,
        found=theirs,
        difference=money.printed(abs(Decimal(bound.printed.text) - Decimal(bound.written.text)), 4),
        公开=words,
        格=where,
    )


def _turned(compared: Compared, beside: _Beside) -> Iterator[Finding]:
    """Yield directions that contradict the numbers."""
    published, place = _short(compared.reading.published), compared.reading.sentence.id
    for ours, theirs in compared.turned:
        yield beside.kinds.finding("文-方向", place, expected=ours, found=theirs, 公开=published)


def _lost(compared: Compared, beside: _Beside) -> Iterator[Finding]:
    """Yield written clauses that were not published."""
    sentence, kinds = compared.reading.sentence, beside.kinds
    more = [_listed(clause) for clause in compared.reading.more]
    for lost in (e for e in compared.reading.lost if _listed(e.clause) not in more):
        words = _clause(lost.clause)
        if any(lost.known):
            yield kinds.finding("文-缺数", sentence.id, expected=words)
        elif sentence.lists_names:
            yield kinds.finding("文-列举缺", sentence.id, expected=words)
        elif not compared.more_printed:
            yield kinds.finding("文-措辞/缺", sentence.id, expected=words)


def _more(compared: Compared, beside: _Beside) -> Iterator[Finding]:
    """Yield published clauses of mere words that were not written."""
    sentence, kinds = compared.reading.sentence, beside.kinds
    lost = [_listed(e.clause) for e in compared.reading.lost]
    for words in (_clause(c) for c in compared.reading.more if _listed(c) not in lost):
        if sentence.lists_names:
            yield kinds.finding("文-列举多", sentence.id, found=words)
        else:
            yield kinds.finding("文-措辞/多", sentence.id, found=words)


def _changed(compared: Compared, beside: _Beside) -> Iterator[Finding]:
    """Yield clauses whose words differ: a name that slipped, or mere wording."""
    sentence, kinds = compared.reading.sentence, beside.kinds
    for written, printed in compared.reading.changed:
        if len(written.numbers) != len(printed.numbers):
            continue
        ours, theirs = _clause(written), _clause(printed)
        names = (*sentence.names, *beside.names)
        slip = next((name for name in names if beside.slipped(name, ours, theirs)), "")
        if slip:
            yield kinds.finding(
                "文-名称", sentence.id, expected=slip, found=theirs, 公开=_short(theirs)
            )
        elif _plain(ours) != _plain(theirs) and not compared.turned:
            yield kinds.finding(
                "文-措辞/不同",
                sentence.id,
                expected=ours,
                found=theirs,
                公开=_short(theirs),
                样式=_short(ours),
            )


def _of_left(left: Left, beside: _Beside) -> Finding:
    """Return what a published clause with numbers is that no sentence accounts for."""
    kinds, words, label = beside.kinds, _clause(left.clause), left.clause.label
    whole = _short(beside.alignment.original(beside.narrative, left.clause.start, left.clause.end))
    told = f"{_clause(left.after.clause)}，{whole}" if left.after and left.goes_on else whole
    place = left.after.sentence.id if left.after else beside.narrative.name
    cells = [c for n in (left.after.known if left.after else ()) if n for c in n.cells]
    before = [cell for cell in cells if cell.basis == LAST_YEAR]
    budgets = [cell._replace(basis=BUDGET) for cell in cells]
    if _RATE.fullmatch(label) and beside.is_zero(before):
        return kinds.finding("文-零基数", place, found=words, 公开=told)
    if _COMPLETION.fullmatch(label) and beside.is_zero(budgets):
        return kinds.finding("文-零预算", place, found=words, 公开=told)
    first = _said_before(left, beside.alignment)
    if first and len(words) >= SENTENCE:
        return kinds.finding("文-重复句", first, found=words, 公开=whole)
    return kinds.finding("文-未对上", place, found=words, 公开=whole)


def _said_before(left: Left, alignment: Alignment) -> str:
    """Return the sentence in whose place the same words were published, or nothing."""
    label, words = left.clause.label, _clause(left.clause)
    return next(
        (
            expected.sentence.id
            for clause, expected in alignment.matched
            if clause.label == label and _clause(clause) == words
        ),
        "",
    )


def _with_unit(number: Found) -> str:
    return number.text + (number.unit if number.unit in COMPARED_UNITS else "")


def _plain(text: str) -> str:
    return re.sub(r"[\d.]+", "#", text)


def _listed(clause: Clause) -> str:
    """Return the words of a clause as one name of a list, which may end in 等."""
    return clause.label.removesuffix("等")


def _clause(clause: Clause) -> str:
    """Return a clause with its numbers back in place."""
    words = clause.label
    for number in clause.numbers:
        words = words.replace("#", number.text, 1)
    return words


def _short(text: str, limit: int = 60) -> str:
    flat = "".join(text.split())
    return flat if len(flat) <= limit else flat[:limit] + "…"
