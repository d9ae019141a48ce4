"""A piece of a text, which says at most one thing: words, a number of a kind, a direction."""

from __future__ import annotations

import re
from dataclasses import dataclass

from helpers.edition.idiom import FLAT, UNPLANNED

AMOUNT, COUNT, DIFFERENCE, RATE, SHARE, COMPLETION = KINDS = (
    "amount",
    "count",
    "difference",
    "rate",
    "share",
    "completion",
)
PERCENT, BARE, MOVE = "percent", "bare", "move"  # kinds that words leave open
# In a declaration a slot's number is one character, and so are the years, a name and the department's own words.
FIRST_SLOT, LAST_SLOT = "\ue000", "\uefff"
THIS_YEAR, LAST_YEAR, NAME, ROW, OWN_WORDS = "\uf000", "\uf001", "\uf002", "\uf003", "\uf005"
# What a name may be in a published text: nothing that ends with a word of money's, as 一般公共预算 before 财政拨款.
A_NAME = ".{0,30}?(?<!预算|基金|经营|拨款|财政|事业|补助|上级|上缴|其他|各项|基本|项目|本年|当年|年初|年末)"

OF_PEOPLE = ("人次", "人", "名")
_ATTRIBUTE = re.compile(
    rf"(?:(?:支出)?决算数?)?(?:各|共|分别|合计|总计|均|净|也|额|约)*[增{FLAT}](?:了|约|额|幅|率|加额|长额|各|分别|为|约|达|至)*(?:#,?)*"
    rf"|约?占(?:比|比例|比重)?.*#|(?:其)?(?:所占)?(?:比重|比例)为?#"
    r"|(?:均|各|为)?完成(?:年度|全年|调整|年初)?预算的?(?:各|均|分别)?(?:为|约)?#|(?:预算)?(?:完成|执行)率为?#|为?(?:年初|年度|全年|调整)?预算数?的#"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A number or a date in a text: as written, the unit that follows, characters `start` to `end`."""

    text: str
    unit: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece between two stops.

    `label` is it as written with # for each number; `words` are settled, without comparison, direction, unit.
    `way` is the direction that it says, `before` what stands before it, `own` what in a declaration follows it.
    `bases` are amounts of the last year that a change is told beside.
    """

    label: str
    words: str
    kind: str
    way: str
    numbers: tuple[Mark, ...]
    dates: tuple[Mark, ...]
    start: int
    end: int
    before: str
    own: bool = False
    bases: tuple[Mark, ...] = ()

    @property
    def counts_people(self) -> bool:
        """Whether its first number is one of people."""
        return bool(self.numbers) and self.numbers[0].unit in OF_PEOPLE

    @property
    def is_attribute(self) -> bool:
        """Whether it says something of the labelled number before it, and names nothing itself."""
        return self.kind not in ("", AMOUNT, COUNT) and (
            _ATTRIBUTE.fullmatch(self.words) is not None
            or self.way == UNPLANNED
            or (self.kind == PERCENT and self.words == "#")
        )
