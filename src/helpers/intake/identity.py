"""Who a department is, as its documents say: the profile.yaml of an import."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import yaml

from helpers.basics.errors import DataError, shown
from helpers.basics.paths import Folder
from helpers.basics.text import narrow
from helpers.disclosure.tables import Tables
from helpers.edition.clauses import slots_of
from helpers.edition.nodes import Node
from helpers.edition.patterns import Patterns
from helpers.edition.pieces import AMOUNT, NAME
from helpers.intake.own_words import NO_WORDS, Words
from helpers.intake.readings import Reading, percent_decimals
from helpers.intake.stretches import last_words
from helpers.published.printed import PrintedTable
from helpers.published.reading import Reading as Found

_NAME = r"(?!第.{1,2}部分)([^\d\s，。、：；（()]{4,40}(?:（[^）\n]{1,10}）)?)"
_YEAR, _ENDS = r"20\d\d[ ]?年度?[ ]?", r"决算(?:信息)?(?:公开)?(?:报告|情况说明|说明)?\s*$"
# The year behind the name, or before it: then only 部门决算 tells a department from what 支出决算 is of.
_TITLE = re.compile(
    rf"^\s*(?:{_NAME}\s*{_YEAR}(?:部门|单位)?|{_YEAR}\s*{_NAME}(?:部门|单位)){_ENDS}", re.M
)
_ITSELF = re.compile(
    "[本我该](?:部门|单位|机关|中心|街道|.)"
)  # 我局: not what anyone else calls it
_YEAR_BEHIND = re.compile(r"\s*[2２][0０]\d\d\s*年度?$")
_KIND = re.compile(r"(部门|单位)决算")
_ENDING_IN_ZERO = re.compile(r"-?\d+\.\d*0")
_THREE_PUBLIC = "三公经费"
_MOST_DECIMALS = 4
_LONGEST_NAME = 40
FACTS = ("全称", "简称", "地区")
_NO_OWN = "部门自己的话（职责、原因、名词解释等）没有读到，可以补写"


@dataclass(frozen=True)
class Identity:
    """What a profile is written from; a blank name is one that no document states.

    `words` are the department's own by their keys, 键 or 键/小键.
    """

    folder: Folder
    edition: str
    name: str
    kind: str
    style: Mapping[str, int | bool] = field(default_factory=dict)
    short: str = ""
    region: str = ""
    words: Words = NO_WORDS

    @property
    def profile(self) -> str:
        """The text of profile.yaml."""
        short = self.short or re.sub(r"[（(][^（()）]*[)）]$", "", self.name)
        content: dict[str, object] = {
            "department": self.name or self.folder.department,
            "short_name": short or self.folder.department,
            "year": self.folder.year,
            "edition": self.edition,
            "kind": self.kind,
        }
        if self.region:
            content["region"] = self.region
        content |= self.words.by_key
        if self.style:
            content["style"] = dict(self.style)
        unnamed = "文件里没有写部门名称，下面暂写的是文件夹名，请改成全称和简称。\n# "
        said = "部门自己的话照原文，其中由数得出的数字写成槽" if self.words.texts else _NO_OWN
        return f"# {'' if self.name else unnamed}由公开的文件导入；{said}。\n" + yaml.safe_dump(
            content, allow_unicode=True, sort_keys=False, width=10_000
        )


def name_in(printed: Mapping[str, tuple[str, PrintedTable]], text: str, said: str = "") -> str:
    """Return the department's name as the heads of the tables, the title of the text or its sentences state it, or nothing.

    `said` is what the sentences call it. A title that is set in two lines has only the end of the name in the second.
    """
    named = (table.department for _, table in printed.values() if table.department)
    found = _TITLE.search(text)
    title = (found[1] or found[2]) if found else ""
    return next(named, said if narrow(said).endswith(narrow(title)) else title)


def refuse_several(printed: Mapping[str, tuple[str, PrintedTable]]) -> None:
    """Refuse a table that stands there once for each of several departments: whose it is would be a guess."""
    for file, table in printed.values():
        if table.of_others:
            named = "、".join(map(shown, dict.fromkeys((table.department, *table.of_others))))
            raise DataError(file, f"里面有几个部门的表：{named}", "一个部门一份文件")


def fact_in(found: Found, declared: Patterns, word: str) -> str:
    """Return what the text says most where its sentences print one fact of the profile, 简称 say, or nothing."""
    said: Counter[str] = Counter()
    for bound in found.bound:
        before, mark, rest = bound.node.piece.words.partition(NAME)
        if not mark or before or not bound.is_sure or _facts(declared, bound.node) != {word}:
            continue
        start = bound.piece.start
        end = last_words(declared, found.text, bound.piece, rest)
        if end is not None and 0 < end - start <= _LONGEST_NAME:
            name = _YEAR_BEHIND.sub("", found.original(start, end))
            said[name] += bool(name) and not _ITSELF.fullmatch(name)
    return max(said, key=lambda name: said[name]) if any(said.values()) else ""


def _facts(declared: Patterns, node: Node) -> set[str]:
    """Return which facts of the profile the sentence of a node prints; what may also be read is in anyone's words."""
    declaration = declared.by_number[node.statement].declaration
    if node.is_loose:
        return set()
    clause = declaration.sentences[node.position - 1]
    return {slot.word for slot in slots_of(clause)} & {*FACTS, "类型"}


def full_name(text: str, short: str) -> str:
    """Return the name that a text says is shortened so: 某某市财政局（简称市财政局）."""
    called = short and re.search(
        rf"(?m)([^\s，。、；：（()）]{{4,40}})[（(](?:以下)?简称[:：]?[“‘「]?{re.escape(short)}[”’」]?[)）]",
        text,
    )
    return called[1] if called else ""


def kind_in(words: str) -> str:
    """Return whether a document is that of a 部门 or of a 单位."""
    found = _KIND.search(narrow(words))
    return found[1] if found else "部门"


def style_of(tables: Tables, readings: Iterable[Reading]) -> dict[str, int | bool]:
    """Return how a text writes its percentages and zeros, as far as it shows."""
    some = tuple(readings)
    decimals = percent_decimals(tables, some)
    style: dict[str, int | bool] = {}
    usual = [digits for item, digits in decimals.items() if item != _THREE_PUBLIC]
    if usual:
        style["percent_decimals"] = min(max(usual), _MOST_DECIMALS)
    if _THREE_PUBLIC in decimals:
        style["three_public_percent_decimals"] = min(decimals[_THREE_PUBLIC], _MOST_DECIMALS)
    if any(r.kind == AMOUNT and _ENDING_IN_ZERO.fullmatch(r.written) for r in some):
        style["trim_zeros"] = False
    return style
