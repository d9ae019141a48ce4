"""What an enumeration goes through, by the names that a text gives: a fixed list, or subjects of a code list."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, cached_property, lru_cache

from helpers.basics.text import fold
from helpers.edition import codes, forms
from helpers.edition.codes import LENGTH, LEVELS
from helpers.edition.wording import Listing

NEAR, MARGIN = 0.7, 0.1  # how alike a misspelt name must be, and how much more than the next
LETTERS_A_SLIP = 4  # so many characters of a name for each that may be another
_NAME = r"[^()]*(?:\([^()类款项]*\)[^()]*)*?"
_SUBJECT = re.compile(
    rf"(?:(?P<class>{_NAME})\(类\)(?:支出)?)?(?:(?P<group>{_NAME})\(款\))?(?P<item>{_NAME})\(项\)"
)
_CODE = re.compile(r"\d{7}(?!\d)[一-龥()]*")
_LEVEL = re.compile(r"\(类\)(?:支出)?")
_LONGEST_LEAD = 12  # characters that may stand before the name of a subject


@dataclass(frozen=True)
class Member:
    """A row or column that a text names: its key, characters `start` to `end`, whether it is named as it is called.

    `is_meant` where no list has the name and something else told what it stands for.
    """

    key: str
    start: int
    end: int
    called: str
    is_exact: bool
    is_meant: bool = False


@dataclass(frozen=True, eq=False)
class Members:
    """The names of an enumeration in a year → keys; a subject is named by its 类, 款 and 项. The same as no other."""

    by_name: dict[str, str]
    by_subject: dict[tuple[str, str, str], str]

    def at_start(self, text: str) -> Member | None:
        """Return the member with which some folded words begin, or the one near name that they may mean."""
        return _at_start(self, text)

    def _found(self, text: str) -> Member | None:
        if self.by_subject:
            return self._subject(text)
        match = self._any.match(text)
        if match:
            level = _LEVEL.match(text, match.end())
            end = level.end() if level else match.end()
            return Member(self.by_name[match[0]], 0, end, match[0], True)
        words = re.split(r"[#\d(]", text)[0]
        return self._near(words) if len(words) >= 4 else None

    def _near(self, words: str) -> Member | None:
        best = _nearest(words, ((name, name) for name in self.by_name))
        if best and _slips(words, best) > max(1, len(best) // LETTERS_A_SLIP):
            return None
        return Member(self.by_name[best], 0, len(words), best, False) if best else None

    def _subject(self, text: str) -> Member | None:
        if match := _CODE.match(text):
            key = match[0][:7]
            return Member(key, 0, match.end(), match[0], key in self.by_subject.values())
        match = _SUBJECT.search(text)
        if match is None:
            return self._in_full(text)
        names = tuple(bare(match[part] or "") for part in ("class", "group", "item"))
        found = self._key(names[0], names[1], names[2], bool(match["class"]))
        key, is_exact = found or ("", False)
        return Member(key, match.start(), match.end(), match[0], is_exact)

    def _key(self, group: str, kind: str, item: str, has_class: bool) -> tuple[str, bool] | None:
        """Return the code of a subject by its names, and whether it is called so; nothing where they tell none."""
        if not has_class:
            fitting = [
                code
                for (_, k, i), code in self.by_subject.items()
                if i == item and (not kind or k == kind)
            ]
            return (fitting[0], True) if len(fitting) == 1 else None
        for lead in range(min(len(group), _LONGEST_LEAD)):
            if key := self.by_subject.get((group[lead:], kind, item)):
                return key, True
        key = self._near_key((group, kind, item))
        return (key, False) if key else None

    def _near_key(self, names: tuple[str, str, str]) -> str | None:
        """Return the subject of which one name is misspelt: the only one with the class and the item, else the nearest."""
        same = [c for (group, _, item), c in self.by_subject.items() if (group, item) == names[::2]]
        if len(same) == 1:
            return same[0]
        for place in (2, 1, 0):
            others = {
                each[place]: code
                for each, code in self.by_subject.items()
                if all(each[i] == names[i] for i in range(3) if i != place)
            }
            if best := _nearest(names[place], ((name, name) for name in others if name)):
                return others[best]
        ends = [  # 归口管理的行政单位离退休
            code
            for (group, _, item), code in self.by_subject.items()
            if group == names[0] and len(item) > LETTERS_A_SLIP and names[2].endswith(item)
        ]
        if len(ends) == 1:
            return ends[0]
        near = {
            "/".join(each): code for each, code in self.by_subject.items() if each[2] == names[2]
        }
        return near.get(_nearest("/".join(names), ((name, name) for name in near)))

    def _in_full(self, text: str) -> Member | None:
        """Return the subject whose three names stand one after another without 类, 款 and 项."""
        words = re.split(r"[#\d]", text)[0]
        key = self._run_together.get(re.sub("支出|[—–·/-]", "", words))
        return Member(key, 0, len(words), words, True) if key else None

    @cached_property
    def _run_together(self) -> dict[str, str]:
        return {
            "".join(names).replace("支出", ""): code
            for names, code in self.by_subject.items()
            if names[2]
        }

    @cached_property
    def _any(self) -> re.Pattern[str]:
        names = sorted(map(re.escape, self.by_name), key=len, reverse=True)
        return re.compile("|".join(names) or r"(?!)")


@lru_cache(maxsize=20_000)
def _at_start(members: Members, text: str) -> Member | None:
    return members._found(text)  # what one text names another names too


def bare(name: str) -> str:
    """Return a name as it is compared: without what joins it to the one before, without a final 支出."""
    return re.sub("支出$", "", name.strip("—–-·/").replace("其它", "其他"))


def _nearest(words: str, names: Iterable[tuple[str, str]]) -> str:
    """Return the one name that is clearly nearer than any other, or nothing."""
    scored = sorted(
        ((_alike(words, bare), name) for bare, name in names if _may_be_alike(words, bare)),
        reverse=True,
    )
    if not scored or scored[0][0] < NEAR:
        return ""
    second = scored[1][0] if len(scored) > 1 else 0.0
    return scored[0][1] if scored[0][0] - second >= MARGIN else ""


def _may_be_alike(a: str, b: str) -> bool:
    return 2 * len(set(a) & set(b)) >= NEAR * (len(a) + len(b)) * 0.9


@lru_cache(maxsize=20_000)
def _alike(a: str, b: str) -> float:
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


def _slips(a: str, b: str) -> int:
    """Return how many characters of a name are others, too many or too few.

    >>> _slips("经菅支出", "经营支出"), _slips("本年支出", "基本支出")
    (1, 2)
    """
    changes = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    return sum(max(i2 - i1, j2 - j1) for kind, i1, i2, j1, j2 in changes if kind != "equal")


def of(listing: Listing, edition: str, year: int) -> Members:
    """Return the members of a declared enumeration in a year."""
    year = codes.year_of_names(year)
    if listing.fixed:
        return _fixed(listing.fixed)
    economic = any(
        row.by == "economic"
        for block in forms.load(edition)[listing.cells.table].blocks
        for row in (*block.rows, *block.columns)
    )
    if listing.level == LEVELS[codes.FINEST] and not economic:
        return _items(year)
    return _coded(economic, LENGTH[listing.level], listing.classes, year)


@cache
def _fixed(named: tuple[tuple[str, str], ...]) -> Members:
    return Members({fold(name)[0]: key for key, name in named}, {})


@cache
def _items(year: int) -> Members:
    return Members({}, _subjects(year))


@cache
def _coded(economic: bool, length: int, classes: tuple[str, ...], year: int) -> Members:
    known = codes.economic() if economic else codes.functional()
    names: dict[str, str] = {}
    for code in known:
        if len(code) == length and (not classes or code[:3] in classes):
            name = fold(known.name(code, year))[0]
            for called in (name, bare(name)) if not economic else (name,):
                names.setdefault(called, code)
    return Members(names, {})


@cache
def _subjects(year: int) -> dict[tuple[str, str, str], str]:
    """Return the code of each 项 by the names of its 类, 款 and 项; of a 款 where no 项 is named."""
    known = codes.functional()
    found: dict[tuple[str, str, str], str] = {}
    for code in known:
        if len(code) > min(LEVELS):
            parts = [code[:3], code[:5], code][: 2 + (len(code) == codes.FINEST)]
            names = [bare(fold(known.name(part, year))[0]) for part in parts]
            found.setdefault((names[0], names[1], names[2] if len(names) > 2 else ""), code)
    return found
