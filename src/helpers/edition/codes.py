"""The official code lists, and what may stand in each column of figures.csv: both are data."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from helpers.basics import paths
from helpers.basics.model import Scope
from helpers.basics.text import narrow
from helpers.basics.yamltext import Mapping, Sequence, Word, read

LEVELS = {3: "类", 5: "款", 7: "项"}
LENGTH = {name: length for length, name in LEVELS.items()}
FINEST = max(LEVELS)
OPTIONAL = "可无"
OLD, LATEST = 2023, 9999  # the last year of the old names; a year of the new ones


@dataclass(frozen=True)
class Code:
    """One row of a code list. `budget` is blank, 政府性基金 or 国有资本经营."""

    code: str
    name: str
    level: str
    budget: str = ""
    old_name: str = ""


class CodeList(dict):
    """Codes by code; a name is looked up for a year, since lists change."""

    def __init__(self, file: str):
        with (paths.CODES / file).open(encoding="utf-8", newline="") as rows:
            super().__init__(
                (
                    r["code"],
                    Code(
                        code=r["code"],
                        name=r["name"],
                        level=r["level"],
                        budget=r.get("budget") or "",
                        old_name=r.get("name_in_2023") or "",
                    ),
                )
                for r in csv.DictReader(rows)
            )

    def name(self, code: str, year: int = LATEST) -> str:
        """Return the official name of a code in a year, or the code marked as unlisted."""
        entry = self.get(code)
        if entry is None:
            return f"{code}（科目表未列）"
        return entry.old_name if entry.old_name and year <= OLD else entry.name


def year_of_names(year: int) -> int:
    """Return the one year that stands for all that have the names of a year."""
    return OLD if year <= OLD else LATEST


@cache
def functional() -> CodeList:
    """Return the functional classification (支出功能分类科目)."""
    return CodeList("functional.csv")


@cache
def economic() -> CodeList:
    """Return the department economic classification (部门预算支出经济分类科目)."""
    return CodeList("economic.csv")


def subject(key: str, year: int = LATEST) -> str:
    """Return a code with its official name in a year, anything else as it is.

    >>> subject("208"), subject("30101"), subject("合计")
    ('208 社会保障和就业支出', '30101 基本工资', '合计')
    """
    if key in functional():
        return f"{key} {functional().name(key, year)}"
    return f"{key} {economic().name(key)}" if key in economic() else key


def _tree(branch: Mapping | Sequence | tuple, parent: str, into: dict[str, str]) -> None:
    for name, parts in branch.items() if isinstance(branch, dict) else ((n, ()) for n in branch):
        into[str(name)] = parent
        _tree(() if isinstance(parts, Word) else parts or (), str(name), into)


def _marked(branch: Mapping, mark: str) -> Iterator[str]:
    """Yield the names in a tree behind which a mark stands, or behind all whose parts it does."""
    for name, parts in branch.items():
        inner = parts if isinstance(parts, Mapping) else Mapping()
        yield from _marked(inner, mark)
        if parts == mark or (inner and all(part == mark for part in inner.values())):
            yield str(name)


@dataclass(frozen=True)
class Item:
    """One 指标: the dimensions that break it down, its categories and which add up.

    `optional` are those that only some forms have: without a row they are nothing.
    """

    name: str
    dimensions: tuple[str, ...]
    parents: dict[str, str]  # category → the one it is part of; "" is the item's total
    alone: tuple[str, ...]  # categories that are part of nothing
    optional: frozenset[str]
    negative: frozenset[str]
    counts: bool
    has_total: bool  # whether a row without a category means anything


class Vocabulary:
    """What figures.csv may say, from data/codes/figures.yaml."""

    def __init__(self) -> None:
        raw = read(paths.CODES / "figures.yaml", "figures.yaml")
        self.columns: dict[str, str] = {str(k): str(v) for k, v in raw["列"].items()}
        self.roles: dict[str, str] = {str(k): str(v) for k, v in raw["口径"].items()}
        self.count_units = tuple(map(str, raw["计数单位"]))
        self._units = {str(c): str(u) for u, some in raw["数量单位"].items() for c in some}
        self._other_units = [(str(c), str(u)) for u, some in raw["数量也用"].items() for c in some]
        usual: Mapping = raw["常用"]
        self.usual_funds = tuple(map(str, usual["资金"]))
        self.usual_functions = tuple(map(str, usual["功能科目"]))
        self.usual_economic = tuple(map(str, usual["经济科目"]))
        self.planned = {str(i): tuple(map(str, some)) for i, some in raw["预算待填"].items()}
        self.only_sums = frozenset(map(str, raw["仅汇总"]))
        self.sums = self.only_sums | frozenset(map(str, raw["汇总"]))
        self.fund_parents: dict[str, str] = {}
        _tree(raw["资金"], "", self.fund_parents)
        self._english = {chinese: name for name, chinese in self.columns.items()}
        self.closed = frozenset(self._english[str(column)] for column in raw["有限"])
        self.unprinted = {
            str(member): tuple(self._scope(source) for source in sources)
            for member, sources in raw["不印"].items()
        }
        self.natures = tuple(map(str, raw["支出性质"]))
        self.economic_groups = {
            str(c): str(g) for g, classes in raw["经济科目"].items() for c in classes
        }
        self.economic_group_names = tuple(map(str, raw["经济科目"]))
        self.items = {str(i["名称"]): self._item(i) for i in raw["指标"]}
        self._parent_of = {
            "category": lambda item, name: self.items[item].parents.get(name),
            "fund": lambda item, name: self.fund_parents.get(name),
            "function": lambda item, code: code[:-2] if len(code) > 3 else "",
            "nature": lambda item, name: "",
            "economic": lambda item, code: (
                code[:3] if len(code) == 5 else self.economic_groups.get(code, "")
            ),
            "project": lambda item, name: "",
        }
        self._children: dict[tuple[str, str, str], tuple[str, ...]] = {}
        self._folded: dict[str, dict[str, str]] = {}
        self.folded = {
            "item": {narrow(n): n for n in self.items},
            "fund": {narrow(n): n for n in self.fund_parents if n not in self.only_sums},
            "nature": {narrow(n): n for n in self.natures},
            "basis": {narrow(n): n for n in self.roles},
        }

    def _scope(self, raw: Mapping) -> Scope:
        return Scope(**{self._english[str(column)]: str(word) for column, word in raw.items()})

    def _item(self, raw: Mapping) -> Item:
        parents: dict[str, str] = {}
        _tree(raw.get("类别") or Mapping(), "", parents)
        alone: dict[str, str] = {}
        _tree(raw.get("另") or Mapping(), "", alone)
        tops = tuple(n for n, parent in alone.items() if parent == "")
        return Item(
            name=str(raw["名称"]),
            dimensions=tuple(self._english[str(d)] for d in raw.get("分解", ())),
            parents={**parents, **{n: p for n, p in alone.items() if n not in tops}},
            alone=tops,
            optional=frozenset(
                name
                for key in ("类别", "另")
                for name in _marked(raw.get(key) or Mapping(), OPTIONAL)
            ),
            negative=frozenset(map(str, raw.get("可为负", ()))),
            counts=raw.get("计数") == "是",
            has_total=not tops or bool(parents),
        )

    def bases(self, role: str) -> tuple[str, ...]:
        """Return the bases of figures.csv that serve as 决算, 预算 or 上年, the one to look at first before."""
        return tuple(basis for basis, serves in self.roles.items() if serves == role)

    def may_be_negative(self, scope: Scope) -> bool:
        """Return whether the ministry's form allows a negative amount."""
        return scope.category in self.items[scope.item].negative

    def categories(self, item: str) -> list[str]:
        """Return the categories that figures.csv may name for an item."""
        known = self.items[item]
        return [c for c in [*known.parents, *known.alone] if c not in self.only_sums]

    def unit_of(self, category: str) -> str:
        """Return the unit in which a count is usually written."""
        return self._units.get(category, "个")

    def units_of(self, category: str) -> tuple[str, ...]:
        """Return every unit in which a count may be written, the usual one before; of no count in particular, all.

        >>> vocabulary().units_of("因公出国（境）人次数"), vocabulary().units_of("绩效自评得分")
        (('人', '人次', '次'), ('分',))
        """
        if not category:
            return self.count_units
        return self.unit_of(category), *(u for c, u in self._other_units if c == category)

    def unit_in(self, scope: Scope, of_money: str) -> str:
        """Return the unit in which an amount is usually written where money is in a given one."""
        return self.unit_of(scope.category) if self.items[scope.item].counts else of_money

    def folded_categories(self, item: str) -> dict[str, str]:
        """Return the categories of an item by their narrow spelling."""
        if item not in self._folded:
            self._folded[item] = {narrow(c): c for c in self.categories(item)}
        return self._folded[item]

    def parent(self, dimension: str, item: str, member: str) -> str | None:
        """Return what `member` is part of ("" the whole), or nothing for one that stands alone."""
        return self._parent_of[dimension](item, member)

    def parts(self, dimension: str, item: str, member: str) -> tuple[str, ...]:
        """Return what a member of a closed list is made of wherever there is one; of an open one nothing is known."""
        key = dimension, item, member
        if key not in self._children and dimension in self.closed:
            members = {
                "category": self.items[item].parents,
                "fund": self.fund_parents,
                "nature": dict.fromkeys(self.natures, ""),
            }[dimension]
            optional = self.items[item].optional if dimension == "category" else frozenset()
            self._children[key] = tuple(
                m for m, above in members.items() if above == member and m not in optional
            )
        return self._children.get(key, ())

    def line_of(self, dimension: str, item: str, member: str) -> list[str]:
        """Return `member` and everything it is part of, from the finest to the whole."""
        chain = [member]
        while chain[-1]:
            above = self.parent(dimension, item, chain[-1])
            if above is None:
                break
            chain.append(above)
        return chain


@cache
def vocabulary() -> Vocabulary:
    """Return the vocabulary of figures.csv, read once."""
    return Vocabulary()
