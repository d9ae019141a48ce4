"""A text cut into pieces that say at most one thing.

Declared sentences and published text are cut by the same rule, so that a declaration is read as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from helpers.basics.text import folded_text
from helpers.edition import codes
from helpers.edition.idiom import DATE, DOWN, FLAT, UNPLANNED, UP, Idiom
from helpers.edition.pieces import (
    AMOUNT,
    BARE,
    COMPLETION,
    COUNT,
    DIFFERENCE,
    FIRST_SLOT,
    LAST_SLOT,
    LAST_YEAR,
    MOVE,
    OWN_WORDS,
    PERCENT,
    RATE,
    SHARE,
    THIS_YEAR,
    Mark,
    Piece,
)

_NUMBER = rf"(?:\d+(?:\.\d+)?|[{FIRST_SLOT}-{LAST_SLOT}])"
_UNIT = r"万元|亿元|元|个百分点|%|人次|批次|辆|台|套|个|次|批|人|分|项|万|户|名|家|件|条"
_YEAR = rf"(?:\d{{2,4}}|[{THIS_YEAR}{LAST_YEAR}])年(?:度|末|底|初)?"
_MONTH = r"\d{1,2}(?:[—\-–~至到]\d{1,2})?月(?:份|末|底|初)?(?:\d{1,2}日)?"
# Most characters begin no token: what begins one is looked for before it is asked which.
_BEGINS = rf"""(?=[《A-Za-z〔\[图表第附\d\-。；;!！?？\n：:，,、(){FIRST_SLOT}-{LAST_SLOT}{THIS_YEAR}{LAST_YEAR}{OWN_WORDS}])"""
_TOKEN = re.compile(
    rf"""{_BEGINS}(?:(?P<aside>《[^》\n]{{0,80}}》|[A-Za-z]{{2,8}}:/[^\s)]*|[〔\[]\d{{4}}[〕\]]\d*号?|[图表]\d+(?:-\d+)?
          |第\d+|附[件表]\d+|(?<!\d)\d{{7}}(?=[一-龥])(?!{_UNIT})|PAGEREF[^\n一-龥]*)
    |(?P<nothing>--?%?\(基数为0[^()\n]{{0,20}}\))
    |(?P<date>{_YEAR}(?:{_MONTH})?|{_MONTH}|\d{{4}}-\d{{1,2}}-\d{{1,2}})
    |(?P<numbers>-?{_NUMBER}(?:[,、和及]{_NUMBER})*)(?P<unit>(?:{_UNIT})?)
    |(?P<stop>[。；;!！?？\n])|(?P<colon>[：:](?=-?\d[\d,]*(?:\.\d+)?(?:{_UNIT})))|(?P<pause>[，,：:、])|(?P<own>{OWN_WORDS})
    |(?P<open>\()|(?P<close>\)))""",
    re.X,
)
_ORDINAL = re.compile(
    r"(?m)^[(]?[一二三四五六七八九十]{1,3}(?:[)][、.]?|[、.．]|是(?=[一-龥]))|^(?:\(?\d{1,2}(?:\)|[、.．](?!\d)|(?=[一-龥])(?!"
    + _UNIT
    + r"|年|月|日))|(?:[^\S\n]|[-—–])*\d{1,4}(?:[^\S\n]|[-—–])*$)"
    r"|(?<=[。；;：:，,])(?:\(?\d{1,2}(?:\)|[、.．](?!\d))|[(][一二三四五六七八九十]{1,3}[)]|[一二三四五六七八九十]{1,3}是)(?=[一-龥“])"
)
_NUMBERS = re.compile(_NUMBER)
_NOTED = re.compile("\x1f([^\x1f]*)\x1f")  # the unit of a number, noted in a label while it is cut
_MOVED = re.compile("增(?:了|约|额|幅|率|加额|长额|各|分别|为|达|至)*$")
_SAYS = re.compile(rf"{_NUMBER}\s*(?:万元|亿元|元|%)|^\s*(?:占|增|减|下降|上升|完成)|原因")
# What the last year's amount was, said where this year's is held against it: 比上年#减少#, 比上年(#)增加#, 上年为#.
_NAMED = "(?:上一?年度?|去年)(?:同期)?"
_LAST = f"(?:{DATE}(?:同期)?|{_NAMED})"
_MOVES = "(?:(?:增加?|增长|减少?)(?=$|[了约额至到为各]|\\d)|增幅|减幅|上升|上涨|下降|下滑|提高|降低|[多少](?=$|支))"
_HELD_AGAINST = re.compile(f"[比较与和同]{_LAST}(?:相比|比较)?$")
_BASE = re.compile(
    rf"(?:[比较与和同由从]{_LAST}|^{_NAMED})((?:的|支出|决算|数|为|是|相比|比较)*[(]?#\x1f[^\x1f]+\x1f[)]?(?:相比|比较)?)(?=[)]?{_MOVES}|$)"
)
_CHANGE = re.compile(f"[)]?(?:同比|相比|比较|比上年)?{_MOVES}")
_LED_TO_BASE = re.compile(
    f"^{_NAMED}|[由从]{_LAST}"
)  # what leads to a base and says nothing of the change
_MOVED_TO = re.compile(f"{_MOVES}.{{0,2}}[到至]$")
_TURNED = {UP: DOWN, DOWN: UP}  # what a direction comes to with a number below nothing: 增加-5
_MINUS = re.compile(r"(?<![0-9%元A-Za-z年月日])-$")
_LONGEST_BRACKET = 160  # characters in which two costs are stated, each with its change
_MONEY, _PERCENT = ("万元", "万", "亿元", "元"), ("%", "个百分点")
_SHARE, _COMPLETION = re.compile("占|比重"), re.compile("完成|进度|执行率|控制率|预算数?的$")


@dataclass(frozen=True, slots=True)
class Aside:
    """A number of a text that says nothing of figures: a date, an ordinal, a title, a code."""

    start: int
    end: int


def _names_with_stops() -> list[str]:
    """Return the official names of subjects that hold a stop, at which none of them is cut: 环境保护法规、规划及标准."""
    every = (entry for of in (codes.functional(), codes.economic()) for entry in of.values())
    names = {name for entry in every for name in (entry.name, entry.old_name)}
    return sorted((folded_text(name) for name in names if "、" in name), key=len, reverse=True)


class Cutter:
    """Cuts folded text by the idiom of an edition."""

    def __init__(self, idiom: Idiom):
        self.idiom = idiom
        ways = [idiom.paused.pattern] if idiom.paused else []
        self.whole = re.compile("|".join([*ways, *map(re.escape, _names_with_stops())]))
        self.said = lru_cache(maxsize=20_000)(self._said)

    def pieces(self, text: str, start: int = 0, end: int | None = None) -> list[Piece]:
        """Return the pieces of a stretch of a folded text, in order; what has neither words nor numbers is left out."""
        return _Cut(self, text, start, len(text) if end is None else end).pieces()

    def asides(self, text: str) -> Iterator[Aside]:
        """Yield the stretches of a text whose digits are dates, ordinals, titles or codes, or no percentage."""
        for match in _ORDINAL.finditer(text):
            yield Aside(match.start(), match.end())
        for match in _TOKEN.finditer(text):
            if match.lastgroup in ("aside", "date", "nothing"):
                yield Aside(match.start(), match.end())

    def _said(self, noted: str) -> tuple[str, str, str, str]:
        """Return the label, the words, the kind and the direction of a piece whose numbers' units are noted in it."""
        units = _NOTED.findall(noted)
        plain = self.idiom.bare(self.idiom.settled(_NOTED.sub("", noted)))
        words = self.idiom.turned(plain)
        if not units and self.idiom.is_unplanned(plain):
            kind, way = COMPLETION, UNPLANNED
        else:
            way = self.idiom.way(plain.partition("#")[0] if "#" in plain else plain)
            kind = _kind(words, units[-1] if units else None, way)
        return noted.replace("\x1f", ""), words, kind, way


class _Cut:
    """One stretch while it is cut: the pieces found, the piece so far, its numbers and dates."""

    def __init__(self, cutter: Cutter, text: str, start: int, end: int):
        self.cutter, self.text, self.at, self.stop = cutter, text, start, min(end, len(text))
        self.found: list[Piece] = []
        self.before, self.brackets, self.inner = "\n", 0, 0
        self._begin(start)

    def _skipped(self) -> list[tuple[int, int, bool]]:
        """Return the stretches that are no tokens: ordinals, and words that hold a stop and are kept."""
        found = [
            (m.start(), m.end(), is_kept)
            for pattern, is_kept in ((_ORDINAL, False), (self.cutter.whole, True))
            for m in pattern.finditer(self.text, self.at, self.stop)
        ]
        return [*sorted(found), (self.stop, self.stop, False)]

    def _begin(self, place: int) -> None:
        self.first, self.label = place, ""
        self.numbers: list[Mark] = []
        self.dates: list[Mark] = []
        self.bases: list[Mark] = []

    def pieces(self) -> list[Piece]:
        """Return the pieces of the stretch."""
        place = self.at
        for start, end, is_kept in self._skipped():
            for match in _TOKEN.finditer(self.text, place, start):
                self.label += self.text[place : match.start()]
                place = match.end()
                self._token(match)
            self.label += self.text[place : end if is_kept else start]
            place = max(place, end)
        self._end(self.stop, self.stop, "\n")
        return self.found

    def _token(self, match: re.Match[str]) -> None:
        kind = match.lastgroup
        if kind in ("numbers", "unit"):
            self._number(match)
        elif kind == "date":
            self.dates.append(Mark(match[0], "", match.start(), match.end()))
            self.label += DATE
        elif kind == "aside":
            is_code = match[0].isdecimal()
            self.label += match[0] if is_code else re.sub(r"\d", "", match[0])
        elif kind == "nothing":
            pass  # a percentage of nothing, spelled out
        elif kind == "open":
            self._bracket(match)
        elif kind == "colon" and self.label and not self.numbers:
            pass  # between a name and its number: 人员经费：5万元
        elif kind == "close" and (self.inner or not self.brackets):
            self.inner = max(0, self.inner - 1)
            self.label += ")"
        elif kind == "pause" and self._holds_base_before(self.text[match.end() : match.end() + 8]):
            pass
        else:
            self.brackets -= kind == "close"
            self._end(match.start(), match.end(), match[0], own=kind == "own")

    def _bracket(self, match: re.Match[str]) -> None:
        """Cut at a bracket in which something is stated of the number before it; leave any other in the words."""
        inside = match.end()
        closing = self.text.find(")", inside, min(inside + _LONGEST_BRACKET, self.stop))
        if _HELD_AGAINST.search(self.label) and _NUMBERS.match(self.text, inside):
            self.inner += 1
            self.label += "("
        elif closing > 0 and _SAYS.search(self.text[inside:closing]):
            self.brackets += 1
            self._end(match.start(), inside, "(")
        else:
            self.label += "("

    def _number(self, match: re.Match[str]) -> None:
        unit = match["unit"] or ""
        marks = [
            Mark(n[0], unit, match.start() + n.start(), match.start() + n.end())
            for n in _NUMBERS.finditer(match["numbers"])
        ]
        if self.numbers and not self.label.endswith("#"):
            cut = self._after_number()
            if cut is not None and not self._holds_base_before(self.label[cut:]):
                self._split(cut)
        self.numbers += marks
        self.label += ",".join("#" for _ in marks) + f"\x1f{unit}\x1f"

    def _holds_base_before(self, following: str) -> bool:
        """Set aside the number so far where it is what a change that follows is held against, and say whether it is."""
        base = _BASE.search(self.label)
        if base is None or not _CHANGE.match(following):
            return False
        self.label = self.label[: base.start(1)] + self.label[base.end(1) :]
        self.label = _LED_TO_BASE.sub("", self.label)
        self.inner = 0
        if moved := _MOVED_TO.search(self.label):
            self.label = self.label[: moved.start()]  # what it is now follows
        self.bases, self.numbers = [*self.bases, *self.numbers], []
        return True

    def _after_number(self) -> int | None:
        """Return where the label so far goes on after its last number's unit, if words or another number follow it."""
        place = self.label.rfind("\x1f")
        is_over = place == len(self.label) - 1 and not self.numbers[-1].unit
        return None if place < 0 or is_over else place + 1

    def _split(self, cut: int) -> None:
        rest, last, dates = self.label[cut:], self.numbers[-1], self.dates
        self.label = self.label[:cut]
        border = last.end + len(last.unit)
        self.dates = [d for d in dates if d.start < border]
        self._end(border, border, "")
        self.label, self.dates = rest, [d for d in dates if d.start >= border]

    def _end(self, end: int, following: int, stop: str, own: bool = False) -> None:
        if self.label.strip() or own:
            self.found.append(self._piece(end, own))
            self.before = stop
        elif stop and stop in "\n。；;":
            self.before = stop
        self._begin(following)

    def _piece(self, end: int, own: bool) -> Piece:
        label, words, kind, way = self.cutter.said(self.label)
        if self.numbers and way in _TURNED:
            below = all(self.text[m.start - 1] == "-" for m in self.numbers)
            way = _TURNED[way] if below else way
        is_change = kind in (DIFFERENCE, RATE, MOVE)
        return Piece(
            label=label,
            words=words,
            kind=kind,
            way=way,
            numbers=tuple(self.numbers if is_change else map(self._signed, self.numbers)),
            dates=tuple(self.dates),
            start=self.first,
            end=end,
            before=self.before,
            own=own,
            bases=tuple(self.bases),
        )

    def _signed(self, mark: Mark) -> Mark:
        """Return a number with the minus that stands before it; the dash of 3-5 is none."""
        if _MINUS.search(self.text, max(0, mark.start - 2), mark.start) is None:
            return mark
        return Mark(f"-{mark.text}", mark.unit, mark.start, mark.end)


def _kind(words: str, unit: str | None, way: str) -> str:
    """Return what a number says, by its unit and the words before it; nothing where there is none."""
    if unit is None:
        return DIFFERENCE if way == FLAT else ""
    before = words.partition("#")[0]
    moved = _MOVED.search(before) is not None
    if unit in _PERCENT or not unit:
        if moved:
            return RATE if unit else MOVE
        if _COMPLETION.search(before):
            return COMPLETION
        if _SHARE.search(before):
            return SHARE
        return PERCENT if unit else BARE
    if unit in _MONEY:
        return DIFFERENCE if moved else AMOUNT
    return COUNT
