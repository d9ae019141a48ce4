"""outline.yaml read and vetted: the parts and sections of the disclosure, in order, and what stands in each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from helpers.basics.errors import DataError, nearest, shown
from helpers.basics.model import Profile
from helpers.basics.yamltext import Mapping, Sequence, Word, says_yes, vet
from helpers.edition import declared

FILE = "outline.yaml"
Declared = TypeVar("Declared")
STATEMENT, CHART, TABLE = "说明", "图", "表"
_PART = {"标题": Word, "公开标题": Word, "查标题": Word, "节": Sequence, "内容": Sequence}
_SECTION = {"序": Word, "标题": Word, "内容": Sequence}
_ITEM = {STATEMENT: Word, CHART: Word, TABLE: Word, "序": Word, "标题": Word}
_NAMED = ("年", "类型", "全称", "简称")
_OF_PART = re.compile(r"^第.{1,3}部分\s*")


@dataclass(frozen=True)
class Item:
    """Something that stands in a section: a 说明, 图 or 表 by its number. `ordinal` is that of its own heading, if it has one.

    `title` is the heading that it is published under: its own, else its section's, else its part's without the number.
    """

    kind: str
    number: str
    ordinal: str
    title: str
    place: str


@dataclass(frozen=True)
class Section:
    """A section with its heading; one without title is what stands in a part that has no sections."""

    ordinal: str
    title: str
    items: tuple[Item, ...]

    @property
    def heading(self) -> str:
        """The ordinal and the title, as they are printed."""
        return f"{self.ordinal}、{self.title}" if self.ordinal else self.title


@dataclass(frozen=True)
class Part:
    """A part of the disclosure. `published` is its title in the published text, with slots for year, kind and names."""

    title: str
    published: str
    is_proofread: bool
    sections: tuple[Section, ...]

    def heading(self, profile: Profile) -> str:
        """Return the title as a department publishes it."""
        words = {
            "{年}": str(profile.year),
            "{类型}": profile.kind,
            "{全称}": profile.department,
            "{简称}": profile.short_name,
        }
        return re.sub(r"\{[^{}]*\}", lambda slot: words.get(slot[0], slot[0]), self.published)


@dataclass(frozen=True)
class Outline:
    """The disclosure in reading order."""

    parts: tuple[Part, ...]

    def items(self, kind: str) -> Iterator[tuple[Part, Section, Item]]:
        """Yield every item of a kind with where it stands."""
        for part in self.parts:
            for section in part.sections:
                yield from ((part, section, item) for item in section.items if item.kind == kind)

    def heading_of(self, statement: str) -> str:
        """Return the ordinal of a statement's own heading, or nothing where it has none."""
        return next(
            (item.ordinal for _, _, item in self.items(STATEMENT) if item.number == statement), ""
        )


@cache
def load(edition: str) -> Outline:
    """Return the outline of an edition: its own, else that of the edition that it follows."""
    raw = declared.files(edition, FILE)[-1]
    return Outline(
        tuple(
            _part(vet(part, declared.file_of(part, edition, FILE), _PART, ("标题",)))
            for part in raw
        )
    )


def titles(edition: str) -> dict[str, tuple[str, str]]:
    """Return the heading that each 说明 is published under, and that of its section; none where an edition has no outline."""
    placed = load(edition).items(STATEMENT) if declared.has(edition, FILE) else ()
    return {item.number: (item.title, section.title) for _, section, item in placed}


def in_order(
    edition: str, kind: str, declared_by_number: dict[str, Declared]
) -> dict[str, Declared]:
    """Return what is declared of a kind in the order of the outline; what stands in none of its sections comes last."""
    if not declared.has(edition, FILE):
        return declared_by_number
    placed = dict.fromkeys(item.number for _, _, item in load(edition).items(kind))
    order = [*(n for n in placed if n in declared_by_number), *declared_by_number]
    return {number: declared_by_number[number] for number in dict.fromkeys(order)}


def _part(raw: Mapping) -> Part:
    title = str(raw["标题"])
    if ("节" in raw) == ("内容" in raw):
        raise DataError(
            f"{raw.file} 第 {raw.line} 行", f"「{shown(title)}」应写「节」或「内容」之一"
        )
    declared.vet_slots(raw, "公开标题", _NAMED, raw.file)
    return Part(
        title=title,
        published=str(raw.get("公开标题", title)),
        is_proofread=says_yes(raw, "查标题", otherwise=True),
        sections=tuple(_section(vet(s, raw.file, _SECTION, ("标题", "内容"))) for s in raw["节"])
        if "节" in raw
        else (Section("", "", _items(raw["内容"], raw.file, _OF_PART.sub("", title))),),
    )


def _section(raw: Mapping) -> Section:
    title = str(raw["标题"])
    return Section(
        ordinal=str(raw.get("序", "")), title=title, items=_items(raw["内容"], raw.file, title)
    )


def _items(raw: Sequence, file: str, title: str) -> tuple[Item, ...]:
    return tuple(_item(vet(item, file, _ITEM), title) for item in raw)


def _item(raw: Mapping, title: str) -> Item:
    place = f"{raw.file} 第 {raw.line} 行"
    kinds = [kind for kind in (STATEMENT, CHART, TABLE) if kind in raw]
    if len(kinds) != 1:
        raise DataError(
            place, "内容里的一项应写说明、图、表之一", "{说明: 编号}、{图: 编号} 或 {表: 表号}"
        )
    if ("序" in raw) != ("标题" in raw):
        raise DataError(place, "「序」和「标题」没有一起写", "两个都写（自己带小标题的），或都不写")
    return Item(
        kind=kinds[0],
        number=str(raw[kinds[0]]),
        ordinal=str(raw.get("序", "")),
        title=str(raw.get("标题", title)),
        place=place,
    )


def check(outline: Outline, known: dict[str, list[str]]) -> None:
    """Refuse an item that names what the edition does not declare. `known` are its numbers by kind."""
    for kind, numbers in known.items():
        seen: set[str] = set()
        for _, _, item in outline.items(kind):
            if item.number in seen:
                raise DataError(item.place, f"{kind}「{item.number}」放了两次", "一节里放一次")
            seen.add(item.number)
            if item.number not in numbers:
                raise DataError(
                    item.place,
                    f"没有{kind}「{shown(item.number)}」{nearest(item.number, numbers)}",
                    "、".join(numbers),
                )
