"""Published sentences beside recomputed ones, as HTML: wrong numbers struck through, other words marked."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from helpers.report.elements import anchor, tag, text
from helpers.report.places import COMPARED
from helpers.review.comparison import DIFFERS, ROUNDING, Compared, Comparison, Judged


def comparison(compared: Comparison, lines: dict[int, str]) -> str:
    """Return the sentences that differ, side by side, those that agree folded to a line, and the published `lines`."""
    apart = [c for c in compared.sentences if not c.agrees or c.reading.changed]
    agree = [c for c in compared.sentences if c.agrees and not c.reading.changed]
    further: dict[str, str] = {}
    for left in compared.left:
        if left.after and left.goes_on:
            name = left.after.sentence.id
            further[name] = further.get(name, "") + tag("del", text(_clause_words(left.clause)))
    shown = "".join(_compared(c, further.get(c.reading.sentence.id, "")) for c in apart) or tag(
        "p", "公开文本与重新计算的说明逐句一致。", class_="calm"
    )
    folded = unread = ""
    if agree:
        folded = tag(
            "details",
            tag("summary", f"逐数一致的 {len(agree)} 句")
            + tag("p", " ".join(map(_link, agree)), class_="agreed"),
        )
    if compared.left:
        items = "".join(tag("li", text(_clause_words(one.clause))) for one in compared.left)
        unread = tag(
            "details",
            tag("summary", f"公开文本中没有对上的数 {len(compared.left)} 处") + tag("ul", items),
        )
    return tag("div", shown + folded + unread + _lines(lines), id=COMPARED)


def _lines(lines: dict[int, str]) -> str:
    """Return the lines of the published text that findings point to; the reader's own file has the others."""
    if not lines:
        return ""
    items = "".join(
        tag("li", text(_cut(words)), value=str(n), id=anchor("n", str(n)))
        for n, words in sorted(lines.items())
    )
    return tag("h3", "疑点所在的公开文本原文") + tag("ol", items, class_="lines")


def _cut(words: str) -> str:
    flat = "".join(words.split())
    return flat if len(flat) <= _LONGEST_LINE else f"{flat[:_LONGEST_LINE]}……"


_VERDICT = {
    "unsure": "有的数不能核对",
    "same": "数一致，措辞不同",
    "differs": "不一致",
    "absent": "公开文本中没有",
}
_LONGEST_LINE = 120  # characters of a published line that are enough to find it by
_LONGEST = 2000  # characters of a sentence whose words are still compared one by one
_TOKEN = re.compile(r"\d+(?:\.\d+)?|\s+|.", re.S)


def _link(compared: Compared) -> str:
    name = compared.reading.sentence.id
    return tag("a", text(name), href="#" + anchor("s", name))


def _compared(compared: Compared, further: str) -> str:
    theirs, ours = _beside(compared)
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


def _beside(compared: Compared) -> tuple[str, str]:
    """Return the published and the written sentence: wrong numbers struck through, other words marked."""
    ours, theirs = (
        _TOKEN.findall(t) for t in (compared.reading.sentence.text, compared.reading.published)
    )
    if not theirs or len(ours) + len(theirs) > _LONGEST:
        return text("".join(theirs)), text("".join(ours))
    judged = sorted(compared.judged, key=lambda j: j.bound.printed.start)
    left, right, at = [], [], 0
    for change, i, j, k, m in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        for token in theirs[k:m]:
            found = (
                next(
                    (n for n in range(at, len(judged)) if judged[n].bound.printed.text == token),
                    None,
                )
                if token[0].isdigit()
                else None
            )
            at = at if found is None else found + 1
            same = change == "equal" or token.isspace()
            left.append(
                _correction(judged[found])
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


def _correction(judged: Judged) -> str:
    was, now = text(judged.bound.printed.text), text(judged.bound.written.text)
    if judged.verdict == DIFFERS:
        return tag("del", was) + tag("ins", now)
    return (
        tag("span", was, class_="rounding", title=f"算得 {judged.bound.written.text}")
        if judged.verdict == ROUNDING
        else was
    )


def _clause_words(clause) -> str:
    words = clause.label
    for number in clause.numbers:
        words = words.replace("#", number.text, 1)
    return words
