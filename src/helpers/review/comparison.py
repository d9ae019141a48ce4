"""Published against recomputed: each bound number judged by its interval, each difference a finding."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from helpers.basics import money
from helpers.basics.model import BUDGET, LAST_YEAR, Finding
from helpers.basics.money import Amount
from helpers.disclosure.tables import Tables
from helpers.edition.synonyms import Synonyms
from helpers.published.published import Clause, Narrative, fold
from helpers.review.alignment import Alignment, Bound, Left, Reading, normal

SAME, DIFFERS, ABSENT, UNPUBLISHED = "same", "differs", "absent", "unpublished"
ROUNDING, UNKNOWN = "rounding", "unknown"
# Below this likeness of words a number may belong elsewhere; a difference is told as not judged.
SURE = 0.7
SENTENCE = 9  # characters from which words printed twice are a sentence repeated, not a phrase
_WAY = re.compile("增加|减少|增长|下降|持平|大于|小于|高于|低于|等于")
_MONEY = ("万元", "万", "亿元", "元")


@dataclass(frozen=True, slots=True)
class Judged:
    """A bound number and what its comparison says: same, rounding, differs or unknown."""

    bound: Bound
    verdict: str
    problem: str = ""


@dataclass(frozen=True)
class Compared:
    """One sentence with its verdict, its numbers judged and the words that differ."""

    reading: Reading
    verdict: str
    judged: tuple[Judged, ...]
    turned: tuple[tuple[str, str], ...]  # (written, printed) directions that contradict
    more_printed: bool  # numbers stand in the published sentence that the written one does not have

    @property
    def agrees(self) -> bool:
        """Return whether every number was judged and is right; one that could not be judged is no agreement."""
        return self.verdict == SAME and not self.unsure

    @property
    def unsure(self) -> bool:
        return any(j.verdict == UNKNOWN for j in self.judged)


@dataclass(frozen=True)
class Comparison:
    """Every sentence compared, and what was published beyond them."""

    sentences: tuple[Compared, ...]
    left: tuple[Left, ...]
    alignment: Alignment | None

    @cached_property
    def by_sentence(self) -> dict[str, Compared]:
        return {c.reading.sentence.id: c for c in self.sentences}

    def count(self, verdict: str) -> int:
        return sum(c.agrees if verdict == SAME else c.verdict == verdict for c in self.sentences)


def compare(alignment: Alignment | None) -> Comparison:
    """Judge an alignment; without one, nothing was published and nothing is said."""
    if alignment is None:
        return Comparison((), (), None)
    beyond = {left.after.sentence.id for left in alignment.left if left.after and left.goes_on}
    sentences = tuple(_compared(r, r.sentence.id in beyond) for r in alignment.readings)
    return Comparison(sentences, alignment.left, alignment)


def _compared(reading: Reading, more_printed: bool) -> Compared:
    judged = tuple(map(_judged, reading.bound))
    turned = tuple(
        (ours[0], theirs[0])
        for written, printed in reading.changed + reading.alike
        if (ours := _WAY.findall(written.label))
        and (theirs := _WAY.findall(printed.label))
        and ours != theirs
    )
    if not reading.published:
        verdict = ABSENT
    elif (
        any(j.verdict == DIFFERS for j in judged)
        or turned
        or any(any(e.known) for e in reading.lost)
        or reading.uneven
        or more_printed
    ):
        verdict = DIFFERS
    else:
        verdict = SAME
    return Compared(reading, verdict, judged, turned, more_printed)


def _judged(bound: Bound) -> Judged:
    written, printed = bound.written, bound.printed
    if bound.likeness < SURE and written.text != printed.text:
        return Judged(bound, UNKNOWN, "这一句与样式的措辞相差较大")
    if bound.number is None:
        unit = written.unit if written.unit in ("%", *_MONEY) else ""
        if unit and printed.unit != unit:
            return Judged(
                bound, DIFFERS, f"单位应为「{unit}」，公开文本写「{printed.unit or '（无）'}」"
            )
        return Judged(bound, SAME if written.text == printed.text else DIFFERS)
    if bound.number.value is None:
        return Judged(bound, UNKNOWN)
    unit = bound.number.unit
    if _unit(unit, written.unit) != _unit(unit, printed.unit):
        return Judged(
            bound, DIFFERS, f"单位应为「{written.unit}」，公开文本写「{printed.unit or '（无）'}」"
        )
    exact = bound.number.value
    if not _as_printed(printed.text, unit).meets(exact):
        return Judged(bound, DIFFERS)
    return Judged(bound, SAME if Decimal(printed.text) == Decimal(written.text) else ROUNDING)


def _unit(unit: str, following: str) -> str:
    """Counters are free to vary (辆, 台); money and percentages are not."""
    return following if unit in ("%", *_MONEY) else ""


def _as_printed(text: str, unit: str) -> Amount:
    """Return the interval of a number as printed."""
    if unit in _MONEY:
        return money.amount(text, money.WAN)
    if unit == "%":
        value = Decimal(text)
        return Amount(value, money.HALF.scaleb(value.as_tuple().exponent))
    return Amount(Decimal(text))


# Findings


def findings(
    comparison: Comparison, tables: Tables, narrative: Narrative | None, names: tuple[str, ...] = ()
) -> list[Finding]:
    """Return what contradicts, what is missing and what could not be bound.

    `names` are how the department is called: a slip in one of them is no mere matter of wording.
    """
    found: list[Finding] = []
    for compared in comparison.sentences:
        found += _of_sentence(compared, names, comparison.alignment.synonyms, tables)
    for left in comparison.left:
        found.append(_of_left(left, tables, comparison.alignment, narrative))
    return found


def _of_sentence(
    compared: Compared, names: tuple[str, ...], synonyms: Synonyms, tables: Tables
) -> list[Finding]:
    sentence, place = compared.reading.sentence, compared.reading.sentence.id
    if compared.verdict == ABSENT:
        return [
            Finding(
                "文-缺句", "warning", place, f"公开文本中没有这一句：「{_short(sentence.text)}」。"
            )
        ]
    found = []
    for judged in compared.judged:
        finding = _of_number(judged, place, tables)
        if finding:
            found.append(finding)
    for ours, theirs in compared.turned:
        found.append(
            Finding(
                "文-方向",
                "error",
                place,
                f"「{_short(compared.reading.published)}」写「{theirs}」，按数应为「{ours}」。",
                ours,
                theirs,
            )
        )
    more_words = [_listed(c) for c in compared.reading.more]
    lost_words = [_listed(e.clause) for e in compared.reading.lost]
    for lost in (e for e in compared.reading.lost if _listed(e.clause) not in more_words):
        words = _clause(lost.clause)
        if any(lost.known):
            found.append(
                Finding("文-缺数", "warning", place, f"公开文本中没有「{words}」。", words)
            )
        elif sentence.lists_names:
            found.append(
                Finding(
                    "文-列举缺",
                    "warning",
                    place,
                    f"公开文本没有列出「{words}」，表中该科目有数。",
                    words,
                )
            )
        elif not compared.more_printed:
            found.append(Finding("文-措辞", "hint", place, f"公开文本中没有「{words}」。", words))
    for more in (c for c in compared.reading.more if _listed(c) not in lost_words):
        words = _clause(more)
        if sentence.lists_names:
            found.append(
                Finding(
                    "文-列举多",
                    "warning",
                    place,
                    f"公开文本列出了「{words}」，表中该科目没有数。",
                    "",
                    words,
                )
            )
        else:
            found.append(Finding("文-措辞", "hint", place, f"公开文本多出「{words}」。", "", words))
    for written, printed in compared.reading.changed:
        if len(written.numbers) == len(printed.numbers):
            ours, theirs = _clause(written), _clause(printed)
            slip = next(
                (n for n in (*sentence.names, *names) if _slipped(n, ours, theirs, synonyms)), ""
            )
            if slip:
                found.append(
                    Finding(
                        "文-名称",
                        "warning",
                        place,
                        f"公开文本写「{_short(theirs)}」，名称应为「{slip}」。",
                        slip,
                        theirs,
                    )
                )
            elif _plain(ours) != _plain(theirs) and not compared.turned:
                found.append(
                    Finding(
                        "文-措辞",
                        "hint",
                        place,
                        f"措辞与样式不同：公开文本写「{_short(theirs)}」，样式为「{_short(ours)}」。",
                        ours,
                        theirs,
                    )
                )
    return found


def _slipped(name: str, written: str, printed: str, synonyms: Synonyms) -> bool:
    """Return whether a name that was to be printed is not."""
    plain = normal(fold(name)[0], synonyms).removesuffix("支出")
    return len(plain) > 1 and normal(written, synonyms).count(plain) > normal(
        printed, synonyms
    ).count(plain)


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


def _of_number(judged: Judged, place: str, tables: Tables) -> Finding | None:
    bound = judged.bound
    ours, theirs = (
        f"{n.text}{n.unit if n.unit in ('%', *_MONEY) else ''}"
        for n in (bound.written, bound.printed)
    )
    if judged.verdict == SAME:
        return None
    words = _short(_clause(bound.clause))
    if judged.verdict == UNKNOWN and judged.problem:
        return Finding(
            "文-无从核对",
            "missing",
            place,
            f"公开文本「{words}」：{judged.problem}，其中的 {theirs} 不能核对。",
            ours,
            theirs,
        )
    if bound.number is None and not judged.problem:
        return Finding(
            "文-年份序号",
            "warning",
            place,
            f"公开文本「{words}」中的 {theirs} 应为 {ours}。",
            ours,
            theirs,
        )
    if judged.problem:
        return Finding(
            "文-单位", "error", place, f"公开文本「{words}」：{judged.problem}。", ours, theirs
        )
    where = "、".join(tables.named(c) for c in bound.number.cells[:2])
    if judged.verdict == UNKNOWN:
        return Finding(
            "文-无从核对",
            "missing",
            place,
            f"公开文本「{words}」中的 {theirs} 不能核对，缺少{where}的数。",
            "",
            theirs,
        )
    points = " 个百分点" if bound.number.unit == "%" else ""
    apart = money.printed(abs(Decimal(bound.printed.text) - Decimal(bound.written.text)), 4)
    said = f"公开文本「{words}」中的 {theirs}，由{where}算得 {ours}，相差 {apart}{points}"
    if judged.verdict == ROUNDING:
        return Finding("文-尾差", "hint", place, f"{said}，可由四舍五入解释。", ours, theirs, apart)
    return Finding("文-数", "error", place, f"{said}。", ours, theirs, apart)


def _of_left(left: Left, tables: Tables, alignment: Alignment, narrative: Narrative) -> Finding:
    words = _clause(left.clause)
    whole = _short(alignment.original(narrative, left.clause.start, left.clause.end))
    lead = f"{_clause(left.after.clause)}，" if left.after and left.goes_on else ""
    place = left.after.sentence.id if left.after else narrative.name
    cells = [c for n in (left.after.known if left.after else ()) if n for c in n.cells]
    if re.fullmatch(r"(同比)?(增长|上升|上涨|提高|增加|下降|降低|减少)#%", left.clause.label):
        before = [tables.cell(c).amount for c in cells if c.basis == LAST_YEAR]
        if any(a is not None and a.value == 0 for a in before):
            return Finding(
                "文-零基数",
                "error",
                place,
                f"上年数为 0，不存在增减率，公开文本却写「{lead}{whole}」。",
                "不写增减率",
                words,
            )
    if re.fullmatch(r"完成预算#%", left.clause.label):
        budgets = [tables.cell(c._replace(basis=BUDGET)).amount for c in cells]
        if any(a is not None and a.value == 0 for a in budgets):
            return Finding(
                "文-零预算",
                "warning",
                place,
                f"预算为 0，不存在完成率，公开文本却写「{lead}{whole}」。",
                "不写完成率",
                words,
            )
    first = next(
        (e for c, e in alignment.matched if left.clause.label == c.label and _clause(c) == words),
        None,
    )
    if first and len(words) >= SENTENCE:
        return Finding(
            "文-重复句", "warning", first.sentence.id, f"公开文本中「{whole}」写了两遍。", "", words
        )
    return Finding(
        "文-未对上",
        "missing",
        place,
        f"公开文本中的「{whole}」没有对应的说明，其中的数不能核对。",
        "",
        words,
    )


def _short(text: str, limit: int = 60) -> str:
    flat = "".join(text.split())
    return flat if len(flat) <= limit else flat[:limit] + "…"
