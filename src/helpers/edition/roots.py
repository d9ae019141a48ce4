"""causes.yaml read and vetted: the root causes that findings are gathered under, and their words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from helpers.basics.errors import DataError, Problems, nearest, shown
from helpers.basics.yamltext import Keys, Mapping, Word, vet
from helpers.edition import declared, wordings

FILE = "causes.yaml"
ALWAYS = ("项数", "首", "各项")
# What is gathered, as 编号 or 编号/句, and what its sentence may name besides.
SLOTS: dict[str, tuple[str, ...]] = {
    "因-数/本年": ("行号", "指标", "多少", "相差", "疑似"),
    "因-数/上年": ("行号", "指标", "多少", "相差", "疑似"),
    "因-数/之一": ("行号", "指标", "多少", "相差"),
    "因-数/缺行": ("相差",),
    "因-数/函": ("指标", "相差"),
    "因-疑似/万倍": (),
    "因-疑似/十倍": (),
    "因-疑似/颠倒": (),
    "因-疑似/一位": (),
    "因-疑似/少位": (),
    "因-疑似/多位": (),
    "因-疑似/正负": (),
    "因-疑似/录入": (),
    "因-年度/写成": ("实为", "应为"),
    "因-年度/一段": ("实为", "应为"),
    "因-年度/整份": ("实为", "应为"),
    "因-单位": ("表",),
    "因-小数点": ("表",),
    "因-同写/应为": ("实为", "应为"),
    "因-同写/实为": ("实为",),
    "因-同数": ("一数", "另一数", "相差"),
    "因-同差": ("相差",),
    "因-互换": ("表", "栏", "另一栏"),
    "因-同表": ("表",),
    "因-同节": ("节",),
    "因-同句": (),
    "因-同行": ("表", "行"),
    "因-同处": (),
    "因-单项": (),
    "因-另有": ("另有",),
}
_KEYS: Keys = {"编号": Word, "名称": Word, "句": (Word, Mapping)}


@dataclass(frozen=True)
class Root:
    """One kind of root cause: its 编号, its name, its sentences by name, "" where it has one."""

    number: str
    name: str
    sentences: dict[str, str]


@dataclass(frozen=True)
class Roots:
    """The kinds of root cause of an edition, by 编号."""

    by_number: dict[str, Root]

    def name(self, gathered: str) -> str:
        """Return what a kind is called. `gathered` is its 编号, or 编号/句."""
        return self.by_number[gathered.partition("/")[0]].name

    def sentence(self, gathered: str, **slots: object) -> str:
        """Return what is said of a root cause, by 编号 or 编号/句, in the words of the edition."""
        number, _, which = gathered.partition("/")
        return self.by_number[number].sentences[which].format_map(slots)


@cache
def load(edition: str) -> Roots:
    """Return the root causes of an edition: its own, and those that only an edition it follows declares."""
    entries = declared.entries(edition, declared.files(edition, FILE), "编号", "根因")
    found: dict[str, Root] = {}
    problems = Problems()
    for raw in entries:
        with problems.gathered():
            file = declared.file_of(raw, edition, FILE)
            root = _root(vet(raw, file, _KEYS, ("编号", "名称", "句")), file)
            found[root.number] = root
    problems.tell()
    if lacking := [number for number in wordings.by_kind(SLOTS) if number not in found]:
        raise DataError(f"rules/{edition}/{FILE}", f"没有写根因「{'」「'.join(lacking)}」")
    return Roots(found)


def _root(raw: Mapping, file: str) -> Root:
    number, names = raw["编号"], wordings.by_kind(SLOTS)
    if number not in names:
        problem = f"没有这样的根因「{shown(number)}」{nearest(number, names)}"
        raise DataError(f"{file} 第 {number.line} 行", problem, "程序会归的根因")
    said = {
        which: wordings.vetted(written, gathered, (*SLOTS[gathered], *ALWAYS), file)
        for gathered, which, written in wordings.of_entry(raw, names[number], Word, file)
    }
    return Root(number=str(number), name=str(raw["名称"]), sentences=said)
