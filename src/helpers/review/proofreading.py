"""The published text read for what no figure decides: years, units, placeholders, doubled words, terms."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import cache

from helpers.basics.model import Finding, Profile, Statement
from helpers.disclosure.tables import Tables
from helpers.edition import codes, edition
from helpers.edition.outline import STATEMENT, Outline
from helpers.edition.proofs import Proofs
from helpers.edition.wording import Wording
from helpers.published.published import Narrative, fold, lines
from helpers.published.sections import plain_heading

_HEADED = re.compile(r"(\d{0,4})年度(部门|单位)决算")
_SHORT_YEAR = re.compile(r"(?<![\d.])\d{1,3}年度")
_BARE_WAN = re.compile(r"\d万(?=[,，。;；、)）]|$)")
_BARE_SHARE = re.compile(r"占[^,，。;；\d]{0,20}\d+(\.\d+)?(?=[,，。;；]|$)")
_TWICE = re.compile(r"([一-龥]{2,8})\1")
_LONG_ENOUGH = 9  # characters of a line that is written twice
_TWICE_SHARE = re.compile(r"占[^,，。;；\d]{1,20}的占\d")
_ADDRESS = re.compile(
    r"(?<![A-Za-z])[A-Za-z]{2,8}://[^\s）)]*|(?<![A-Za-z/.])https?:/?[^/\s][^\s）)]*"
)
_UNITS = re.compile(r"二级预算单位(\d+)个")
_TERM = re.compile(
    r"([^\d.、。;；:：]+?)\(类\)([^()]+(?:\([^()]*\)[^()]*)*)\(款\)([^()]+(?:\([^()]*\)[^()]*)*)\(项\)"
)
LONGEST_RUN = 20  # sentences that may be written twice in a row
_PAIRS = {"（": "）", "(": ")", "《": "》", "“": "”"}


def findings(
    narrative: Narrative, profile: Profile, tables: Tables, statements: list[Statement]
) -> list[Finding]:
    """Return what a proofreader would mark, each at its line of the published file."""
    declared = edition.load(profile.edition)
    reader = _Reader(narrative, profile, declared.proofs)
    reader.own_pairs = frozenset(
        m[0] for s in statements for e in s.sentences for m in _TWICE.finditer(fold(e.text)[0])
    )
    for line, text in reader.lines:
        reader.line(line, text)
    reader.whole()
    reader.headings(declared.outline, {s.number: s for s in statements})
    reader.terms(tables, declared.wording)
    return reader.found


class _Reader:
    """One published text while it is read."""

    def __init__(self, narrative: Narrative, profile: Profile, words: Proofs):
        self.profile, self.words, self.file = profile, words, narrative.name.rpartition("/")[2]
        self.placeholders = tuple(fold(word)[0] for word in words.placeholders)
        self.lines = lines(narrative.text)
        self.folded = [(n, fold(text)[0]) for n, text in self.lines]
        self.own_pairs: frozenset[str] = frozenset()
        self.found: list[Finding] = []

    def say(
        self, rule: str, severity: str, line: int, message: str, expected: str = "", found: str = ""
    ) -> None:
        self.found.append(Finding(rule, severity, f"{self.file}:{line}", message, expected, found))

    def line(self, n: int, raw: str) -> None:
        text, year = fold(raw)[0], self.profile.year
        for word in self.placeholders:
            if word in text and not (word == "XX" and re.search("[A-Za-z]XX|XX[A-Za-z]", text)):
                self.say("校-占位", "warning", n, f"第 {n} 行留有未填的字样「{word}」。", "", word)
        for word in self.words.doubled:
            if word in text:
                self.say("校-重复", "warning", n, f"第 {n} 行「{word}」重复。", "", word)
        for match in _TWICE.finditer(text):
            if match[0] not in self.own_pairs:
                self.say(
                    "校-重复", "warning", n, f"第 {n} 行「{match[1]}」重复。", match[1], match[0]
                )
        for repeated in _repeated(_sentences(text)):
            self.say(
                "校-重复", "warning", n, f"第 {n} 行「{repeated[:20]}…」写了两遍。", "", repeated
            )
        half = text[: len(text) // 2]
        if (
            len(half) >= _LONG_ENOUGH
            and half * 2 == text
            and "。" not in half
            and re.search("[一-龥]", half)
        ):
            self.say("校-重复", "warning", n, f"第 {n} 行「{half[:20]}…」写了两遍。", half, text)
        for match in _TWICE_SHARE.finditer(text):
            self.say(
                "校-重复",
                "warning",
                n,
                f"第 {n} 行「{match[0][:-1]}」中「占」字重复。",
                "",
                match[0][:-1],
            )
        for word in self.words.stops:
            if word in raw:
                self.say("校-标点", "warning", n, f"第 {n} 行标点「{word}」有误。", "", word)
        for match in _HEADED.finditer(text):
            if match[1] != str(year) and not re.search("[与比较]$", text[: match.start()]):
                self.say(
                    "校-年度",
                    "error",
                    n,
                    f"第 {n} 行写「{match[0]}」，应为 {year} 年度。",
                    str(year),
                    match[1] or "（无）",
                )
        for match in _SHORT_YEAR.finditer(text):
            self.say(
                "校-年度",
                "warning",
                n,
                f"第 {n} 行的年份「{match[0]}」缺位。",
                f"{year}年度",
                match[0],
            )
        for match in _BARE_WAN.finditer(text):
            self.say(
                "校-单位",
                "warning",
                n,
                f"第 {n} 行「{text[max(0, match.start() - 8) : match.end()]}」的单位应为万元。",
                "万元",
                "万",
            )
        for match in _BARE_SHARE.finditer(text):
            self.say("校-单位", "warning", n, f"第 {n} 行「{match[0]}」缺少百分号。", "%", "")
        for match in _ADDRESS.finditer(raw):
            if not re.match(r"(https?|ftp)://[^/\s]", match[0]):
                self.say(
                    "校-网址",
                    "warning",
                    n,
                    f"第 {n} 行「{match[0]}」不是网址。",
                    "https://…",
                    match[0],
                )
        for opening, closing in _PAIRS.items():
            if raw.count(opening) != raw.count(closing) and opening not in "(（":
                self.say("校-成对", "warning", n, f"第 {n} 行的「{opening}」「{closing}」不成对。")
        if text.count("(") != text.count(")") and not re.match(r"\d{1,2}\)", text):
            self.say("校-成对", "warning", n, f"第 {n} 行的括号不成对。")

    def whole(self) -> None:
        text = "\n".join(t for _, t in self.folded)
        for one, other in self.words.contrary:
            a, b = (fold(w)[0] for w in (one, other))
            if a in text and b in text:
                self.say(
                    "校-矛盾",
                    "warning",
                    self._line_of(b),
                    f"一处说「{one}」，另一处说「{other}」，说法矛盾。",
                )
        units = self.profile.texts.get("二级单位", ())
        for n, match in ((n, m) for n, t in self.folded for m in _UNITS.finditer(t)):
            if units and int(match[1]) != len(units):
                self.say(
                    "校-单位数",
                    "warning",
                    n,
                    f"第 {n} 行说二级预算单位 {match[1]} 个，纳入决算编制范围的有 {len(units)} 个，请核对。",
                )
        self._name(text)

    def _name(self, text: str) -> None:
        """A name that is almost the department's is a slip, unless it is one of its units' own, or lacks a note in brackets."""
        units = [fold(unit)[0] for unit in self.profile.texts.get("二级单位", ())]
        name = fold(self.profile.department)[0]
        short = re.compile(re.escape(re.sub(r"\([^()]*\)$", "", name)) + r"(?!\()")
        slips: dict[str, int] = {}
        for n, line in self.folded[:5]:
            head = re.split(r"\d|[,，。]", line)[0][: len(name) + 2]
            if (
                name not in line
                and not short.match(head)
                and len(head) >= 4
                and SequenceMatcher(None, head, name, autojunk=False).ratio() >= 0.75
            ):
                slips[head] = n
        for match in re.finditer(re.escape(name[:2]), text):
            window = text[match.start() : match.start() + len(name)]
            if (
                window != name
                and len(name) > 5
                and "\n" not in window
                and window[-2:] == name[-2:]
                and SequenceMatcher(None, window, name, autojunk=False).ratio() >= 0.8
            ):
                slips.setdefault(window, self._line_of(window))
        for window, n in slips.items():
            if any(window in unit for unit in units):
                continue
            self.say(
                "校-名称",
                "warning",
                n,
                f"第 {n} 行的部门名称写作「{window}」，应为「{self.profile.department}」。",
                self.profile.department,
                window,
            )

    def _line_of(self, words: str) -> int:
        return next((n for n, text in self.folded if words in text), 1)

    def headings(self, outline: Outline, statements: dict[str, Statement]) -> None:
        """Each numbered section has its heading and the number that belongs to it."""
        for part, section, item in outline.items(STATEMENT):
            statement, number = statements.get(item.number), item.ordinal or section.ordinal
            title = fold(statement.title)[0] if statement else ""
            if not title or not number or not part.is_proofread:
                continue
            lines = [(n, t) for n, t in self.folded if plain_heading(t, title)]
            if not lines:
                place = statement.sentences[0].id if statement.sentences else f"{self.file}:1"
                self.found.append(
                    Finding(
                        "校-标题",
                        "warning",
                        place,
                        f"没有找到标题「{statement.title}」。",
                        statement.title,
                    )
                )
                continue
            n, text = lines[-1]
            before = text[: text.index(title)].strip("()、.")
            if before != number:
                told = f"编号写作「{before}」" if before else "没有编号"
                self.say(
                    "校-标题",
                    "hint",
                    n,
                    f"第 {n} 行标题「{statement.title}」{told}，应为「{number}」。",
                    number,
                    before,
                )

    def terms(self, tables: Tables, wording: Wording) -> None:
        """Explained subjects are in the code list and in the tables; subjects used are explained."""
        by_names = _subjects(self.profile.year)
        explaining, table = (
            wording.declarations.get(self.words.terms),
            tables.forms.get(self.words.terms_of),
        )
        if explaining is None:
            return
        sides = tables.table(table.number).sides if table else ()
        used = {r.key: r.label for side in sides for r in side.rows if len(r.key) == codes.FINEST}
        title = fold(explaining.title)[0]
        explained: set[str] = set()
        start = max(
            (i for i, (_, t) in enumerate(self.folded) if plain_heading(t, title)),
            default=len(self.folded),
        )
        for n, text in self.folded[start:]:
            match = _TERM.match(re.sub(r"^\d+[.、]", "", text))
            if not match:
                continue
            code = by_names.get(tuple(map(_bare, match.groups())))
            if code is None:
                self.say(
                    "校-科目名",
                    "warning",
                    n,
                    f"第 {n} 行解释的「{match[0]}」不在 {self.profile.year} 年科目表内，名称可能已改或已取消。",
                    "",
                    match[0],
                )
            else:
                explained.add(code)
                if used and code not in used:
                    self.say(
                        "校-名词",
                        "hint",
                        n,
                        f"第 {n} 行解释的「{match[0]}」在决算表中没有用到。",
                        "",
                        match[0],
                    )
        lacking = [label for code, label in used.items() if code not in explained]
        if explained and lacking:
            some = "、".join(lacking[:3]) + (
                f" 等 {len(lacking)} 个科目" if len(lacking) > 3 else ""
            )
            self.say(
                "校-名词",
                "hint",
                self.folded[start][0],
                f"{explaining.title}没有解释决算表用到的{some}。",
            )


def _sentences(text: str) -> list[str]:
    """Return the sentences of a line with their stops; what stands after the last stop is none."""
    pieces = (re.split(r"[\n#]", piece)[-1] for piece in text.split("。")[:-1])
    return [f"{piece}。" for piece in pieces if piece]


def _repeated(sentences: list[str]):
    """Yield every run of sentences that is followed by itself; something else may stand before its first on the line.

    >>> list(_repeated(["一、职责是种树养花。", "另有他事。", "职责是种树养花。", "另有他事。"]))
    ['职责是种树养花。另有他事。']
    """
    told: set[int] = set()
    for size in range(1, min(LONGEST_RUN, len(sentences) // 2) + 1):
        for start in (n for n in range(len(sentences) - 2 * size + 1) if n not in told):
            if sentences[start].endswith(sentences[start + size]):
                first, again = (
                    sentences[start : start + size],
                    sentences[start + size : start + 2 * size],
                )
                if first[1:] == again[1:] and len("".join(again)) > 8:
                    told.add(start)
                    yield "".join(again)


@cache
def _subjects(year: int) -> dict[tuple[str, ...], str]:
    """Return the codes of all 项 by the names of their 类, 款 and 项 in a year."""
    name = codes.functional().name
    return {
        tuple(_bare(name(part, year)) for part in (code[:3], code[:5], code)): code
        for code in codes.functional()
        if len(code) == 7
    }


def _bare(name: str) -> str:
    return re.sub("支出$", "", codes.fold(name).replace("其它", "其他"))
