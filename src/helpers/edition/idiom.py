"""The idiom of an edition: words that mean the same, words of direction, what is said before a comparison, words that differ."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from helpers.basics.errors import DataError, shown
from helpers.basics.text import fold
from helpers.basics.yamltext import Keys, Mapping, Sequence, Word

UP, DOWN, FLAT = "增", "减", "平"
UNPLANNED = "无预算"
DATE = "\uf004"  # stands for a date in the words of a piece
KEYS: Keys = {
    "同义": Mapping,
    "增减": Mapping,
    "比较": Sequence,
    "无预算": Sequence,
    "金额": Sequence,
    "费用": Sequence,
    "费用后": Sequence,
    "有别": Sequence,
    "专指": Sequence,
}
_LAST_YEAR = f"(?:{DATE}|上一?年度?|去年|前一年)(?:同期)?"
_IS = re.compile("(?:均?为|人民币|(?<![节合条])约)+#")
_MORE = re.compile(f"(?<=[年度期{DATE}])([多少])(?=#)")  # 比上年多#
_SEVERAL = re.compile("#(?:,#)+")  # 收、支总计各是#、#
_BUDGETED = "(?:年初|全年|调整)?预算"
_LEADING = re.compile(
    r"^(?:本年度(?=本年)|其中|另外|同时|以及|全年|当年|[本我](?:单位|部门)(?!级)|(?:共有?|累计)(?=#)|合计(?=支出#))+"
)


@dataclass(frozen=True)
class Idiom:
    """How sentences may be worded.

    `mere` are words that an amount may be called by behind the name of its row, or of a cost, whose names end
    with one of `costs`, as `besides` are; `apart` are groups of words of which one never stands for another;
    what names one of `only` is said by no statement that does not.
    """

    synonyms: tuple[tuple[str, str], ...]
    ways: tuple[tuple[str, str], ...]
    comparisons: tuple[str, ...]
    unplanned: tuple[str, ...]
    mere: tuple[str, ...]
    costs: tuple[str, ...]
    besides: tuple[str, ...]
    apart: tuple[tuple[str, ...], ...]
    only: tuple[str, ...]

    def settled(self, text: str) -> str:
        """Return folded words with each other way of saying replaced by the edition's own word.

        >>> Idiom((("均是", "均为"),), (), (), (), (), (), (), (), ()).settled("收支均是")
        '收支均为'
        """
        if self.synonyms:
            text = self._others.sub(lambda match: self._word[match[0]], text)
        return _MORE.sub(lambda match: "增加" if match[1] == "多" else "减少", text)

    def bare(self, words: str) -> str:
        """Return settled words without comparisons, dates and what only leads over from the words before."""
        plain = self._compared.sub("", words) if self.comparisons else words
        stated = _LEADING.sub("", _IS.sub("#", _SEVERAL.sub("#", plain.replace(DATE, ""))))
        if stated.endswith("#)") and "(" not in stated:
            stated = stated[:-1]
        return self._of_cost.sub("", stated) if self.costs else stated

    def compares(self, words: str) -> bool:
        """Return whether words say that they are held against the last year."""
        return bool(self.comparisons) and self._compared.search(words) is not None

    def uncompared(self, words: str) -> str:
        """Return words settled and without what holds them against the last year."""
        settled = self.settled(words)
        return self._compared.sub("", settled) if self.comparisons else settled

    def way(self, words: str) -> str:
        """Return the direction that the last word of direction says, or nothing."""
        found = self._way.findall(words) if self.ways else []
        return self._direction[found[-1]] if found else ""

    def turned(self, words: str) -> str:
        """Return words with every word of direction replaced by one."""
        return self._way.sub(self._as_one, words) if self.ways else words

    def is_unplanned(self, words: str) -> bool:
        """Return whether words say that nothing was planned."""
        return words.endswith(self.unplanned)

    def names_nothing(self, words: str) -> bool:
        """Return whether an amount is called by no name: 支出决算#."""
        return self._by_no_name.fullmatch(words) is not None

    def differ(self, one: str, other: str) -> bool:
        """Return whether two wordings name different members of a group of words."""
        for group in self.apart:
            a = {word for word in group if word in one}
            b = {word for word in group if word in other}
            if a != b and (a and b):
                return True
        return False

    def named(self, words: str) -> frozenset[str]:
        """Return what some words name that is said only by statements that name it."""
        return frozenset(word for word in self.only if word in words)

    def _as_one(self, match: re.Match[str]) -> str:
        return FLAT if self._direction[match[0]] == FLAT else UP

    @cached_property
    def _others(self) -> re.Pattern[str]:
        return re.compile(_any({word for pair in self.synonyms for word in pair}))

    @cached_property
    def paused(self) -> re.Pattern[str] | None:
        """Ways of saying that hold a stop or a bracket, at which a text is not cut: 收、支总计, 下降（增长）."""
        held = [other for other, _ in self.synonyms if re.search("[,，:：、(]", other)]
        return re.compile(_any(held)) if held else None

    @cached_property
    def _word(self) -> dict[str, str]:
        return {**{word: word for _, word in self.synonyms}, **dict(self.synonyms)}

    @cached_property
    def _way(self) -> re.Pattern[str]:
        return re.compile(_any(word for word, _ in self.ways))

    @cached_property
    def _direction(self) -> dict[str, str]:
        return dict(self.ways)

    @cached_property
    def _by_no_name(self) -> re.Pattern[str]:
        return re.compile(f"(?:{_any(self.mere)})*#")

    @cached_property
    def _of_cost(self) -> re.Pattern[str]:
        """What may stand or not between the name of a cost and what is stated of it."""
        called = _any({*self.mere, *self.besides})
        after = "|".join(f"(?<={re.escape(end)})" for end in self.costs)
        stated = _any(word for word, _ in self.ways)
        return re.compile(f"(?:{after})(?:{called})+(?=#|$|{stated}|{_BUDGETED})")

    @cached_property
    def _compared(self) -> re.Pattern[str]:
        return re.compile("|".join(sorted(self.comparisons, key=len, reverse=True)))


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def idiom_of(contents: list[Mapping]) -> Idiom:
    """Return the idiom that the files of an edition declare together, the eldest first."""
    lists = {key: [w for raw in contents for w in raw.get(key, ())] for key in list(KEYS)[2:]}
    synonyms, ways = (
        tuple(pair for raw in contents for pair in _words(raw.get(key, Mapping()), raw.file))
        for key in ("同义", "增减")
    )
    return Idiom(
        synonyms=synonyms,
        ways=ways,
        comparisons=tuple(
            re.escape(_folded(w).replace("{上年}", DATE)).replace(DATE, _LAST_YEAR)
            for w in lists["比较"]
        ),
        unplanned=tuple(map(_folded, lists["无预算"])),
        mere=tuple(map(_folded, lists["金额"])),
        costs=tuple(map(_folded, lists["费用"])),
        besides=tuple(map(_folded, lists["费用后"])),
        apart=tuple(tuple(map(_folded, group)) for group in lists["有别"]),
        only=tuple(map(_folded, lists["专指"])),
    )


def _words(raw: Mapping, file: str) -> Iterator[tuple[str, str]]:
    """Yield (other, word) of every word that may be printed otherwise."""
    for word, others in raw.items():
        if not isinstance(others, Sequence) or not all(
            isinstance(other, Word) and other for other in others
        ):
            raise DataError(
                f"{file} 第 {word.line} 行",
                f"「{shown(word)}」的同义不是一个列表",
                "[另一种说法, …]",
            )
        yield from ((_folded(other), _folded(word)) for other in others)


def _folded(words: str) -> str:
    return fold(str(words))[0]
