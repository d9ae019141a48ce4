"""tables.yaml read and vetted: the forms of an edition, their rows and columns as scopes and totals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property

from helpers.basics.errors import DataError, nearest, shown
from helpers.basics.model import FINAL, Scope
from helpers.basics.text import ordinal, plain
from helpers.basics.yamltext import Mapping, Sequence, Word, says_yes, vet
from helpers.edition import adding, codes, declared, formula, outline, printings, scopes, slots
from helpers.edition.adding import Total
from helpers.edition.formula import Nearby
from helpers.edition.printings import Printing


@dataclass(frozen=True, eq=False)
class Line:
    """A declared row or column, or (with `by`) a family of them, one for each code or category.

    Of a family with `every` member, those in `unlisted` stand there only where they have figures.
    """

    key: str
    label: str
    number: str = ""
    scope: tuple[tuple[str, str], ...] = ()
    basis: str = FINAL
    equals: tuple[Nearby, ...] = ()
    by: str = ""
    only: tuple[str, ...] = ()
    every: bool = False
    unlisted: tuple[str, ...] = ()
    level: int = 0
    heading: bool = False
    aliases: tuple[str, ...] = ()

    @property
    def parts(self) -> frozenset[str]:
        """The keys or numbers of what it adds up."""
        return frozenset(name for term in self.equals for name in term.names)

    @property
    def is_whole(self) -> bool:
        """Whether it stands for all of its block: a line that narrows nothing and adds up nothing."""
        return not (self.scope or self.equals or self.by)


@dataclass(frozen=True, eq=False)
class Block:
    """One side of a form: rows by columns over a common scope."""

    title: str
    scope: tuple[tuple[str, str], ...]
    rows: tuple[Line, ...]
    columns: tuple[Line, ...]

    @cached_property
    def row_keys(self) -> dict[str, str]:
        """The keys of the rows by what a sum calls them."""
        return _keys(self.rows)

    @cached_property
    def column_keys(self) -> dict[str, str]:
        """The keys of the columns by what a sum calls them."""
        return _keys(self.columns)

    @cached_property
    def _asked(self) -> dict[tuple[str, str], tuple[Scope | None, str]]:
        return {}

    def asked(self, row: Line, column: Line) -> tuple[Scope | None, str]:
        """Return which money on which declared basis a cell shows; no money where it only adds up others."""
        key = row.key, column.key
        if key not in self._asked:
            basis = column.basis if row.basis == FINAL else row.basis
            self._asked[key] = scopes.scope_of(self.scope, row.scope, column.scope), basis
        return self._asked[key]


def _keys(lines: tuple[Line, ...]) -> dict[str, str]:
    return {name: line.key for line in reversed(lines) for name in (line.key, line.number)}


@dataclass(frozen=True, eq=False)
class Form:
    """One official table. `empty` is the sentence that stands under it when it has no data, `called` its name in findings.

    `aliases`, of a form as of its lines, are the other names under which it is published (又名).
    """

    number: str
    name: str
    note: str
    empty: str
    published: bool
    blocks: tuple[Block, ...]
    called: str
    aliases: tuple[str, ...] = ()
    printings: tuple[Printing, ...] = ()

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every name under which it is published, without width, spaces, quotes and ordinal."""
        return tuple(map(plain, (self.name, *self.aliases)))

    @property
    def title(self) -> str:
        """What it is called and its name, once where it is called by its name."""
        return f"《{self.name}》" if self.called == self.name else f"{self.called}《{self.name}》"


@dataclass(frozen=True)
class Side:
    """One side of a filled table: the rows and columns that it really has."""

    title: str
    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    block: Block


_BY = {"功能科目": "function", "经济科目": "economic", "类别": "category"}
_FORM = {
    "表号": Word,
    "名称": Word,
    "又名": Sequence,
    "另式": Sequence,
    "注": Word,
    "空表说明": Word,
    "公开": Word,
    "块": Sequence,
}
_BLOCK = {"标题": Word, "数": Mapping, "行": Sequence, "栏": Sequence}
_LINE = {
    "名": Word,
    "又名": Sequence,
    "键": Word,
    "序": Word,
    "次": Word,
    "数": Mapping,
    "口径": Word,
    "等于": Word,
    "层": Word,
    "按": Word,
    "科目": Sequence,
    "全部": Word,
    "无数不列": Sequence,
    "标题行": Word,
}


@cache
def load(edition: str) -> dict[str, Form]:
    """Return the forms of an edition by number."""
    called = declared.said(edition, "表称", "{表号}")
    entries = declared.entries(edition, declared.files(edition, "tables.yaml"), "表号", "表")
    found = [
        _form(
            vet(raw, declared.file_of(raw, edition, "tables.yaml"), _FORM, ("表号", "名称", "块")),
            called,
        )
        for raw in entries
    ]
    return outline.in_order(edition, outline.TABLE, {form.number: form for form in found})


def vet_numbers(edition: str) -> None:
    """Refuse a 改号 that renames a table that is not there, or gives two tables one number."""
    about, file = declared.about(edition), f"rules/{edition}/edition.yaml"
    numbers = about.get("改号", Mapping())
    known = [number for base in declared.chain(edition)[-2:-1] for number in load(base)]
    taken = [number for number in known if number not in numbers]
    for old, new in numbers.items():
        at = f"{file} 第 {old.line} 行"
        if old not in known:
            problem = f"「改号」的表「{shown(old)}」沿用的版本里没有{nearest(old, known)}"
            raise DataError(at, problem, "、".join(known) or "先写「沿用」")
        if new in taken:
            raise DataError(at, f"「改号」后有两张表「{shown(new)}」", "每张表一个表号")
        taken.append(str(new))


def _form(raw: Mapping, called: str) -> Form:
    file = raw.file
    blocks = tuple(_block(vet(b, file, _BLOCK, ("行", "栏")), file) for b in raw["块"])
    number, published = str(raw["表号"]), says_yes(raw, "公开", otherwise=True)
    declared.vet_slots(raw, "空表说明", slots.PLAIN, file)
    return Form(
        number=number,
        name=str(raw["名称"]),
        note=str(raw.get("注", "")),
        empty=str(raw.get("空表说明", "")),
        published=published,
        blocks=blocks,
        called=_called(called, number, str(raw["名称"])) if published else number,
        aliases=tuple(map(str, raw.get("又名", ()))),
        printings=printings.of(raw, [c.key for block in blocks for c in block.columns], file),
    )


def _called(pattern: str, number: str, name: str) -> str:
    words = {"{表号}": number, "{名称}": name}
    return re.sub(r"\{[^{}]*\}", lambda slot: words.get(slot[0], slot[0]), pattern)


def _block(raw: Mapping, file: str) -> Block:
    return Block(
        title=str(raw.get("标题", "")),
        scope=scopes.scope(raw.get("数"), file),
        rows=_family(raw["行"], file),
        columns=_family(raw["栏"], file),
    )


def _family(raw: Sequence, file: str) -> tuple[Line, ...]:
    """Return the rows or the columns of a block; a total may only add up what stands beside it."""
    if not raw:
        raise DataError(f"{file} 第 {raw.line} 行", "「行」或「栏」是空的", "至少一项")
    lines = [(entry, line) for entry in raw for line in _lines(vet(entry, file, _LINE), file)]
    seen: set[str] = set()
    for entry, line in lines:
        for key in (line.key if not line.by else "", line.number):
            if key in seen:
                raise DataError(
                    f"{file} 第 {entry.line} 行",
                    f"「{key}」写了两次",
                    "同一块里每行每栏一个名字、一个行次或栏次，名字相同的用「键」分开",
                )
        seen |= {line.key if not line.by else "", line.number} - {""}
    totals = [Total(entry, line.key, line.number, line.parts, line.only) for entry, line in lines]
    adding.vet(totals, file)
    return tuple(line for _, line in lines)


def _lines(raw: Mapping, file: str) -> list[Line]:
    """Return one line, or one for each code where a list of codes with ordinals is given."""
    at = f"{file} 第 {raw.line} 行"
    by = _BY.get(str(raw.get("按", "")), "")
    if "按" in raw and not by:
        raise DataError(at, f"不能按「{raw['按']}」展开", "、".join(_BY))
    if not by and "名" not in raw:
        raise DataError(at, "缺少「名」")
    basis = str(raw.get("口径", FINAL))
    if not formula.is_basis(basis):
        raise DataError(at, f"不认识的口径「{basis}」", "、".join(codes.vocabulary().roles))
    try:
        equals = formula.sum_of_names(raw["等于"]) if "等于" in raw else ()
    except formula.WrongKind:
        raise DataError(at, "「等于」只能写本表的行或栏", "表间关系请写到 checks.yaml") from None
    except ValueError as error:
        raise DataError(at, str(error)) from None
    for key in ("次", "层"):
        if not str(raw.get(key, "0")).isdecimal():
            raise DataError(
                f"{file} 第 {raw[key].line} 行", f"「{key}」写了「{shown(raw[key])}」", "一个数"
            )
    only = scopes.listed_codes(raw.get("科目", ()), by, file)
    scope = scopes.scope(raw.get("数"), file)
    if by == "function" and only:
        numbers = range(int(raw["次"]), int(raw["次"]) + len(only)) if "次" in raw else None
        return [
            Line(
                key=code,
                label=f"{ordinal(i)}、{codes.functional().name(code)}",
                number=str(numbers[i - 1]) if numbers else "",
                scope=(*scope, ("function", code)),
                basis=basis,
            )
            for i, code in enumerate(only, 1)
        ]
    name = str(raw.get("名", ""))
    label = f"{raw['序']}、{name}" if "序" in raw else name
    return [
        Line(
            key=str(raw.get("键", name)),
            label=label,
            number=str(raw.get("次", "")),
            scope=scope,
            basis=basis,
            equals=equals,
            by=by,
            only=only,
            every=says_yes(raw, "全部"),
            unlisted=tuple(map(str, raw.get("无数不列", ()))),
            level=int(raw.get("层", 0)),
            heading=says_yes(raw, "标题行"),
            aliases=tuple(map(str, raw.get("又名", ()))),
        )
    ]
