"""outliers.yaml read and vetted: which numbers of a department stand out among others, and how it is said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from helpers.basics import money
from helpers.basics.errors import DataError, nearest, shown
from helpers.basics.yamltext import Mapping, Sequence, Word, says_yes, vet
from helpers.edition import declared, indicators

FILE = "outliers.yaml"
GROWTH, RATIO, NOTHING, JUMP, APART, CARRIED = "增减", "比值", "为零", "突变", "反向", "衔接"
# How many indicators each way to compare takes.
TAKES = {GROWTH: 1, RATIO: 2, NOTHING: 1, JUMP: 1, APART: 2, CARRIED: 2}
SLOTS = ("部门", "年", "项", "数", "另", "上年", "比", "平时", "同类", "群")
_CLAUSE = re.compile("[^，；。]+[，；。]?")
_SLOT = re.compile(r"\{([^{}]*)\}")
_CHOICE = re.compile(r"\[([^\[\]|]*)\|([^\[\]|]*)\]")
_KEYS = {
    "编号": Word,
    "名称": Word,
    "方法": Word,
    "数": Sequence,
    "百分数": Word,
    "倍": Word,
    "相差": Word,
    "最低": Word,
    "话": Word,
}


@dataclass(frozen=True)
class Rule:
    """One way in which a department can stand out.

    `times` is the distance from the median in median absolute deviations, `apart` the least difference (a factor, or
    in per cent), `least` the least amount in 万元; `said` is the sentence with its slots.
    """

    number: str
    name: str
    way: str
    of: tuple[str, ...]
    in_percent: bool
    times: Decimal
    apart: Decimal
    least: Decimal
    said: str

    def sentence(self, **filled: str) -> str:
        """Return the sentence with its slots filled; a clause of which a slot has nothing is said otherwise or left out."""

        def known(words: str) -> bool:
            return all(map(filled.get, _SLOT.findall(words)))

        worded = _CHOICE.sub(lambda of: of[1] if known(of[1]) else of[2], self.said)
        said = "".join(filter(known, _CLAUSE.findall(worded))).rstrip("，；。") + "。"
        return _SLOT.sub(lambda slot: filled[slot[1]], said)


@cache
def load(edition: str) -> tuple[Rule, ...]:
    """Return the rules of an edition for what stands out; none where it declares none."""
    known = indicators.load(edition)
    entries = declared.entries(edition, declared.optional(edition, FILE), "编号", "离群")
    return tuple(
        _rule(vet(raw, raw.file, _KEYS, ("编号", "名称", "方法", "数", "话")), known)
        for raw in entries
    )


def _rule(raw: Mapping, known: dict) -> Rule:
    at = f"{raw.file} 第 {raw.line} 行"
    way, of = str(raw["方法"]), tuple(map(str, raw["数"]))
    if way not in TAKES:
        raise DataError(at, f"没有方法「{shown(way)}」{nearest(way, TAKES)}", "、".join(TAKES))
    if len(of) != TAKES[way]:
        raise DataError(at, f"「{way}」的「数」写了 {len(of)} 个", f"{TAKES[way]} 个")
    for name in of:
        if name not in known:
            raise DataError(
                at, f"没有比较数「{shown(name)}」{nearest(name, known)}", "、".join(known)
            )
    for slot in _SLOT.findall(raw["话"]):
        if slot not in SLOTS:
            raise DataError(
                at, f"「话」里没有槽「{shown(slot)}」{nearest(slot, SLOTS)}", "、".join(SLOTS)
            )
    times, apart, least = (_number(raw, key) for key in ("倍", "相差", "最低"))
    return Rule(
        number=str(raw["编号"]),
        name=str(raw["名称"]),
        way=way,
        of=of,
        in_percent=says_yes(raw, "百分数"),
        times=times,
        apart=apart,
        least=least,
        said=str(raw["话"]),
    )


def _number(raw: Mapping, key: str) -> Decimal:
    written = raw.get(key, "0")
    if not money.is_number(written):
        raise DataError(
            f"{raw.file} 第 {raw[key].line} 行", f"「{key}」写了「{shown(written)}」", "一个数"
        )
    return Decimal(written)
