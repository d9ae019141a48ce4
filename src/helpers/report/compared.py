"""Published sentences beside recomputed ones, as HTML: other numbers and words marked, what is known to be wrong struck out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from difflib import SequenceMatcher
from itertools import groupby

from helpers.basics.text import fold
from helpers.published.reading import UNREAD, WORDS, Reading
from helpers.report.elements import anchor, tag, text
from helpers.report.places import COMPARED
from helpers.report.sides import Held
from helpers.review.comparison import Compared, Comparison
from helpers.review.telling import said
from helpers.review.verdicts import DIFFERS, ROUNDING, Judged


def comparison(
    compared: Comparison, lines: dict[int, str], held: Callable[[Judged], Held] = lambda _: Held()
) -> str:
    """Return the sentences that differ, side by side, those that agree folded to a line, and the published `lines`.

    `held` returns on which side of a number that differs more holds.
    """
    apart = [c for c in compared.sentences if not c.agrees or c.changed]
    agree = [c for c in compared.sentences if c.agrees and not c.changed]
    further: dict[str, str] = {}
    shown_in = {c.sentence.id: c.stretch for c in compared.sentences}
    for bound, name in compared.beyond:
        start, end = shown_in.get(name, (0, 0))
        if (
            bound.piece.is_attribute
            and bound.piece.numbers
            and not start <= bound.piece.start < end
        ):
            further[name] = further.get(name, "") + tag("del", text(said(bound.piece)))
    shown = "".join(_compared(c, further.get(c.sentence.id, ""), held) for c in apart) or tag(
        "p", _agreement(compared), class_="calm"
    )
    folded = ""
    if agree:
        folded = tag(
            "details",
            tag("summary", f"逐数一致的 {len(agree)} 句")
            + tag("p", " ".join(map(_link, agree)), class_="agreed"),
        )
    read, unchecked = _read(compared.reading) if compared.reading else ("", "")
    return tag("div", read + shown + folded + unchecked + _lines(lines), id=COMPARED)


def _agreement(compared: Comparison) -> str:
    """Return what agrees where no sentence differs: every word, or only the numbers that were checked."""
    counts = compared.reading.counts if compared.reading else {}
    is_word_for_word = all(
        fold(c.published)[0] == fold(c.sentence.text)[0] for c in compared.sentences
    )
    if is_word_for_word and not (compared.beyond or counts.get(WORDS) or counts.get(UNREAD)):
        return "公开文本与重新计算的说明逐句一致。"
    return "核对过的数逐个一致，文字不尽相同，或有未能核对的数。"


def margin(where: str, apart: list[Compared], held: Callable[[Judged], Held]) -> str:
    """Return what stands beside a paragraph: where it was published, and its sentences that differ as they were published."""
    said = "".join(tag("span", _beside(c, held)[0]) for c in apart if c.published)
    return tag("p", text(where) + said, class_="at")


def _read(reading: Reading) -> tuple[str, str]:
    """Return how many numbers of the text were read, and the sentences of those that were not checked."""
    counts = reading.counts
    told = tag(
        "p",
        f"公开文本共有 {counts['all']} 个数：{counts['bound']} 个已对上应有的格，"
        f"{counts['words']} 个在部门自己的话里，{counts['dates']} 个是日期、序号、名称，"
        f"{counts['unread']} 个没有读懂。",
        class_="basis",
    )
    unchecked = {
        "没有读懂的数所在的句子": reading.unread_sentences,
        "部门自己的话里的数，没有核对": reading.own_clauses,
    }
    return told, "".join(
        tag("details", tag("summary", what) + _sentences(some.values()))
        for what, some in unchecked.items()
        if some
    )


def _sentences(some: Iterable[str]) -> str:
    return tag("ul", "".join(tag("li", text(s)) for s in dict.fromkeys(map(_flat, some))))


def _lines(lines: dict[int, str]) -> str:
    """Return the lines of the published text that findings point to; the reader's own file has the others."""
    if not lines:
        return ""
    items = "".join(
        tag("li", text(_flat(words)), value=str(n), id=anchor("n", str(n)))
        for n, words in sorted(lines.items())
    )
    return tag("h3", "疑点所在的公开文本原文") + tag("ol", items, class_="lines")


def quoted(words: str, faults: list[str]) -> str:
    """Return the sentences of a line in which a fault stands, others left out; the first where it is in none.

    >>> quoted("收入5万元。支出7万元，其中3万元。结余2万元。", ["7"])
    '……支出7万元，其中3万元。……'
    """
    flat = _flat(words)
    sentences = re.findall(r"[^。]*。|[^。]+", flat)
    at_fault = {s for s in sentences if any(fault and _flat(fault) in s for fault in faults)}
    runs = groupby(sentences, (at_fault or {*sentences[:1]}).__contains__)
    return "".join("".join(run) if kept else "……" for kept, run in runs)


def _flat(words: str) -> str:
    return "".join(words.split())


_VERDICT = {
    "unsure": "有的数不能核对",
    "same": "数一致，措辞不同",
    "differs": "不一致",
    "absent": "公开文本中没有",
}
_LONGEST = 2000  # characters of a sentence whose words are still compared one by one
_TOKEN = re.compile(r"\d+(?:\.\d+)?|\s+|.", re.S)


def _link(compared: Compared) -> str:
    name = compared.sentence.id
    return tag("a", text(name), href="#" + anchor("s", name))


def _compared(compared: Compared, further: str, held: Callable[[Judged], Held]) -> str:
    theirs, ours = _beside(compared, held)
    theirs = tag("div", tag("p", "公开文本", class_="side") + tag("p", theirs + further or "—"))
    ours = tag("div", tag("p", "重新计算", class_="side") + tag("p", ours))
    said = _VERDICT[
        "unsure" if compared.verdict == "same" and compared.unsure else compared.verdict
    ]
    head = tag("p", f"{_link(compared)}　{said}", class_="basis")
    return tag(
        "article",
        head + tag("div", theirs + ours, class_="pair"),
        class_=f"compared {compared.verdict}",
    )


def _beside(
    compared: Compared, held: Callable[[Judged], Held] = lambda _: Held()
) -> tuple[str, str]:
    """Return the published and the written sentence: other numbers and words marked, wrong numbers struck out."""
    ours, theirs = (_TOKEN.findall(t) for t in (compared.sentence.text, compared.published))
    if not theirs or len(ours) + len(theirs) > _LONGEST:
        return text("".join(theirs)), text("".join(ours))
    judged = sorted(compared.judged, key=lambda j: j.printed.start)
    left, right, at = [], [], 0
    for change, i, j, k, m in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        for token in theirs[k:m]:
            found = (
                next(
                    (n for n in range(at, len(judged)) if judged[n].printed.text == token),
                    None,
                )
                if token[0].isdigit()
                else None
            )
            at = at if found is None else found + 1
            same = change == "equal" or token.isspace()
            left.append(
                _correction(judged[found], held)
                if found is not None
                else text(token)
                if same
                else tag("mark", text(token))
            )
        right += [
            text(t) if change == "equal" or t.isspace() else tag("mark", text(t)) for t in ours[i:j]
        ]
    return _joined(left), _joined(right)


def _joined(pieces: list[str]) -> str:
    return "".join(pieces).replace("</mark><mark>", "")


def _correction(judged: Judged, held: Callable[[Judged], Held]) -> str:
    was, now = text(judged.printed.text), text(judged.written.text)
    if judged.verdict == DIFFERS:
        sides = held(judged)
        if sides.published_is_wrong:
            return tag("del", was) + tag("ins", f"应为{now}")
        if sides.recomputed_is_wrong:
            return tag("ins", was) + tag("del", f"算得{now}")
        return tag("mark", was)
    return (
        tag("span", was, class_="rounding", title=f"算得 {judged.written.text}")
        if judged.verdict == ROUNDING
        else was
    )
