"""What a proofreader looks for in a line of a published text: a table of looks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from helpers.basics.model import Finding
from helpers.basics.text import folded_text
from helpers.edition.kinds import Kinds
from helpers.edition.proofs import Proofs

LONGEST_RUN = 20  # sentences that may be written twice in a row
TWICE = re.compile(r"([一-龥]{2,8})\1")
_LONG_ENOUGH = 9  # characters of a line that is written twice
_HEADED = re.compile(r"(\d{0,4})年度(部门|单位)决算")
_SHORT_YEAR = re.compile(r"(?<![\d.])\d{1,3}年度")
_BARE_WAN = re.compile(r"\d万(?=[,，。;；、)）]|$)")
_BARE_SHARE = re.compile(r"占[^,，。;；\d]{0,20}\d+(\.\d+)?(?=[,，。;；]|$)")
_TWICE_SHARE = re.compile(r"占[^,，。;；\d]{1,20}的占\d")
_ADDRESS = re.compile(
    r"(?<![A-Za-z])[A-Za-z]{2,8}://[^\s）)]*|(?<![A-Za-z/.])https?:/?[^/\s][^\s）)]*"
)
_STRAIGHT = re.compile('["＂]')
_PAIRS = {"《": "》", "「": "」"}
_WORDS = re.compile("[一-龥]")
_CODE_LIKE = re.compile("[A-WYZa-z]XX|XX[A-WYZa-z]")


@dataclass(frozen=True)
class Proof:
    """What every line is read with.

    `own_pairs` are doubled words that the form itself writes, `others` the names of subjects that begin with 其他.
    """

    file: str
    year: int
    words: Proofs
    kinds: Kinds
    own_pairs: frozenset[str]
    others: frozenset[str] = frozenset()

    @cached_property
    def residue(self) -> re.Pattern[str]:
        return residue(self.words.placeholders)

    @cached_property
    def miswritten(self) -> re.Pattern[str]:
        return miswritten(self.others)


@lru_cache(maxsize=32)
def residue(placeholders: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds words that were to be filled in or struck out; XX, ＸＸ and ×× are one."""
    return _any_of({_uncrossed(folded_text(word)) for word in placeholders})


@lru_cache(maxsize=32)
def miswritten(others: frozenset[str]) -> re.Pattern[str]:
    """Return what finds names of subjects with 其它 where they have 其他."""
    return _any_of(f"其它{name[2:]}" for name in others)


@dataclass(frozen=True)
class Line:
    """A line as printed, and folded; `page` says where it is in a file that has no lines: 第 21 页, 第 3 段.

    `told` are the numbers in it whose unit is told to be wrong, each with what leads to it.
    """

    number: int
    raw: str
    text: str
    proof: Proof
    page: str = ""
    told: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        return f"{self.proof.file}:{self.number}"

    def say(
        self, looked_for: str, *, expected: str = "", found: str = "", **slots: object
    ) -> Finding:
        """Return a finding at this line, which its sentence may name."""
        return self.proof.kinds.finding(
            looked_for,
            self.place,
            expected=expected,
            found=found,
            difference="",
            位置=self.page or f"第 {self.number} 行",
            **slots,
        )


def findings(line: Line) -> Iterator[Finding]:
    """Yield what every look finds in a line."""
    for look in _LOOKS:
        yield from look(line)


def _placeholders(line: Line) -> Iterator[Finding]:
    text = _uncrossed(line.text)
    is_a_name = _CODE_LIKE.search(text)
    for word in dict.fromkeys(match[0] for match in line.proof.residue.finditer(text)):
        if not (is_a_name and word == "XX"):
            yield line.say("校-占位", found=word)


def _miswritten(line: Line) -> Iterator[Finding]:
    """Yield names of subjects with 其它 for 其他."""
    for name in dict.fromkeys(match[0] for match in line.proof.miswritten.finditer(line.text)):
        yield line.say("校-其它", expected=f"其他{name[2:]}", found=name)


def _doubled_words(line: Line) -> Iterator[Finding]:
    for word in line.proof.words.doubled:
        if word in line.text:
            yield line.say("校-重复/词", found=word, 词=word)
    for match in TWICE.finditer(line.text):
        if match[0] not in line.proof.own_pairs:
            yield line.say("校-重复/词", expected=match[1], found=match[0], 词=match[1])


def _doubled_sentences(line: Line) -> Iterator[Finding]:
    for repeated in _repeated(_sentences(line.text)):
        yield line.say("校-重复/句", found=repeated, 句=repeated[:20])


def _doubled_line(line: Line) -> Iterator[Finding]:
    half = line.text[: len(line.text) // 2]
    is_said_twice = len(half) >= _LONG_ENOUGH and half * 2 == line.text
    if is_said_twice and "。" not in half and _WORDS.search(half):
        yield line.say("校-重复/句", expected=half, found=line.text, 句=half[:20])


def _doubled_shares(line: Line) -> Iterator[Finding]:
    for match in _TWICE_SHARE.finditer(line.text):
        yield line.say("校-重复/占", found=match[0][:-1])


def _stops(line: Line) -> Iterator[Finding]:
    for word in line.proof.words.stops:
        if word in line.raw:
            yield line.say("校-标点", found=word)


def _slips(line: Line) -> Iterator[Finding]:
    for wrong, right in line.proof.words.slips:
        if wrong in line.text:
            yield line.say("校-错字", expected=right, found=wrong)


def _years(line: Line) -> Iterator[Finding]:
    year, told = str(line.proof.year), set[int]()
    for match in _HEADED.finditer(line.text):
        if match[1] != year and not re.search("[与比较]$", line.text[: match.start()]):
            yield line.say("校-年度/年度", expected=year, found=match[1] or "（无）", 公开=match[0])
            told |= {*range(*match.span())}
    for match in _SHORT_YEAR.finditer(line.text):
        if match.start() not in told:
            yield line.say("校-年度/缺位", expected=f"{year}年度", found=match[0])


def _units(line: Line) -> Iterator[Finding]:
    bare = (line.text[max(0, m.start() - 8) : m.end()] for m in _BARE_WAN.finditer(line.text))
    for words in _untold(bare, line.told):
        yield line.say("校-单位/万", found="万", 公开=words)
    for words in _untold((m[0] for m in _BARE_SHARE.finditer(line.text)), line.told):
        yield line.say("校-单位/百分号", 公开=words)


def _untold(marked: Iterable[str], told: Iterable[str]) -> Iterator[str]:
    """Yield what is marked and not told; one that is told answers for one mark.

    >>> [*_untold(["支出3万", "支出3万", "支出4万"], ["接待支出3万"])]
    ['支出3万', '支出4万']
    """
    left = [*told]
    for words in marked:
        same = next((one for one in left if words in one), "")
        if same:
            left.remove(same)
        else:
            yield words


def _addresses(line: Line) -> Iterator[Finding]:
    for match in _ADDRESS.finditer(line.raw):
        if not re.match(r"(https?|ftp)://[^/\s]", match[0]):
            yield line.say("校-网址", found=match[0])


def _pairs(line: Line) -> Iterator[Finding]:
    curly, straight = line.raw.count("“") - line.raw.count("”"), len(_STRAIGHT.findall(line.raw))
    if (curly + straight) % 2 or (curly and not straight):
        yield line.say("校-成对/符号", 左="“", 右="”")
    for opening, closing in _PAIRS.items():
        if line.raw.count(opening) != line.raw.count(closing):
            yield line.say("校-成对/符号", 左=opening, 右=closing)
    if line.text.count("(") != line.text.count(")") and not re.match(r"\d{1,2}\)", line.text):
        yield line.say("校-成对/括号")


_LOOKS: tuple[Callable[[Line], Iterator[Finding]], ...] = (
    _placeholders,
    _miswritten,
    _doubled_words,
    _doubled_sentences,
    _doubled_line,
    _doubled_shares,
    _stops,
    _slips,
    _years,
    _units,
    _addresses,
    _pairs,
)


def _uncrossed(text: str) -> str:
    """Return a folded text with X for every cross: XX and ×× are the same gap."""
    return text.replace("×", "X").replace("✕", "X")


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Return what finds any of some words, the longest first; of no words, nothing."""
    return re.compile(
        "|".join(map(re.escape, sorted(words, key=lambda w: (-len(w), w)))) or r"(?!)"
    )


def _sentences(text: str) -> list[str]:
    """Return the sentences of a line with their stops; what stands after the last stop is none."""
    pieces = (re.split(r"[\n#]", piece)[-1] for piece in text.split("。")[:-1])
    return [f"{piece}。" for piece in pieces if piece]


def _repeated(sentences: list[str]) -> Iterator[str]:
    """Yield every run of sentences that is followed by itself, whatever stands before the first.

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
