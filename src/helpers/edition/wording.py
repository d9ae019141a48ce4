"""statements.yaml read and vetted: sentences with slots, declared once. Also parses the slots in profile texts.

A slot is `{名}` (an amount), `{词 名}` or `{词 名/名}`; `{{` prints a brace. Nothing is evaluated.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from helpers.basics.errors import DataError, nearest, shown
from helpers.basics.yamltext import Mapping, Sequence, Word, vet
from helpers.edition import declared, formula
from helpers.edition.formula import Term
from helpers.edition.synonyms import Synonyms, synonyms_of

AMOUNT = "数"
# Slot words that take one quantity, and those that take two as `甲/乙`.
ONE, TWO = ("变动", "增减", "差额", "幅度", "完成"), ("占", "比")
PLAIN = ("年", "上年", "全称", "简称", "类型", "地区")
_TEXTS = ("文字", "列举", "条目")
IN_ROW = ("名", "类", "款", "项", "序")
PREDICATES = (
    "为零",
    "不为零",
    "增加",
    "减少",
    "持平",
    "有变动",
    "已知",
    "未知",
    "超预算",
    "低于预算",
)
NEW_PARAGRAPH = "另起"
_TYPED = re.compile(r"\d+(\.\d+)?(万元(?!以上)|%)")
_PIECE = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]|[^{}]+")


@dataclass(frozen=True)
class Slot:
    """One slot of a sentence: what it prints and of which quantities or text."""

    word: str
    names: tuple[str, ...] = ()


Template = tuple[str | Slot, ...]


@dataclass(frozen=True)
class Quantity:
    """A named amount: one or more sums of cells that must agree."""

    name: str
    sums: tuple[tuple[Term, ...], ...]
    file: str = ""
    line: int = 0


@dataclass(frozen=True)
class Choice:
    """A sentence that depends on a condition: 当 … 写 … 否则 …."""

    conditions: tuple[tuple[str, str], ...]
    then: tuple[Clause, ...]
    otherwise: tuple[Clause, ...]


Clause = Template | Choice


@dataclass(frozen=True)
class Listing:
    """An enumeration over rows or columns: `item` once for each, joined by `joint`."""

    name: str
    cells: Term
    level: str
    fixed: tuple[tuple[str, str], ...]
    classes: tuple[str, ...]
    nonzero: bool
    item: tuple[Clause, ...]
    joint: str
    fallback: str


@dataclass(frozen=True)
class Declaration:
    """One 说明: its place, its quantities, its sentences."""

    number: str
    title: str
    percent: str
    quantities: dict[str, Quantity]
    listings: dict[str, Listing]
    sentences: tuple[Clause, ...]
    file: str
    line: int


@dataclass(frozen=True)
class Wording:
    """All declarations of an edition; common quantities may be named in every text."""

    declarations: dict[str, Declaration]
    quantities: dict[str, Quantity]
    synonyms: Synonyms
    text_keys: frozenset[str]
    row_texts: tuple[
        tuple[str, str], ...
    ]  # key with * for a row's code, the table whose rows it is for


_FILE = {"量": Mapping, "同义": Mapping, "说明": Sequence}
_DECLARATION = {
    "编号": Word,
    "标题": Word,
    "百分位": Word,
    "量": Mapping,
    "列举": Mapping,
    "句": Sequence,
}
_LISTING = {
    "格": Word,
    "级": Word,
    "名单": (Sequence, Mapping),
    "科目": Sequence,
    "非零": Word,
    "项": (Word, Sequence, Mapping),
    "隔": Word,
    "缺时": Word,
}
_CHOICE = {"当": Word, "写": (Word, Sequence, Mapping), "否则": (Word, Sequence, Mapping)}


def template(text: str, known=None, in_row: bool = False) -> Template:
    """Parse a text with slots. `known` are the quantity names allowed; addresses always are.

    `in_row` allows the names of the row that an enumeration stands at.

    >>> template("共{总计}万元")
    ('共', Slot(word='数', names=('总计',)), '万元')
    """
    parts: list[str | Slot] = []
    for match in _PIECE.finditer(text):
        piece = match[0]
        if match[1] is not None:
            parts.append(_slot(match[1].strip(), known, in_row))
        elif piece in "{}":
            raise ValueError(f"单独的「{piece}」（要印出括号请写两个）")
        else:
            literal = piece[0] if piece in ("{{", "}}") else piece
            if parts and isinstance(parts[-1], str):
                parts[-1] += literal
            else:
                parts.append(literal)
    return tuple(parts)


def own_words(text: str, known) -> Template:
    """Parse a department's own text: amounts and phrases, but no further texts or enumerations."""
    parts = template(text, known)
    for part in parts:
        if isinstance(part, Slot) and part.word in _TEXTS:
            raise ValueError(f"自己的文字里不能用「{{{part.word} …}}」")
    return parts


def _slot(inside: str, known, in_row: bool) -> Slot:
    if inside in PLAIN or (in_row and inside in IN_ROW):
        return Slot(inside)
    word, _, rest = inside.partition(" ")
    rest = rest.strip()
    if word in _TEXTS and rest:
        return Slot(word, (rest,))
    if word in ONE + TWO and rest:
        names = tuple(n.strip() for n in re.split(r"/(?![^\[]*\])", rest))
        if len(names) != (1 if word in ONE else 2):
            raise ValueError(
                f"槽「{{{shown(inside)}}}」应有{'一个量' if word in ONE else '两个量，写作 甲/乙'}"
            )
    else:
        word, names = AMOUNT, (inside,)
    for name in names:
        if "[" in name:
            formula.address(name)
        elif known is not None and name not in known:
            raise ValueError(f"不认识的槽「{{{shown(inside)}}}」{nearest(name, [*known, *PLAIN])}")
    return Slot(word, names)


@cache
def load(edition: str) -> Wording:
    """Return the declared sentences of an edition."""
    contents: list[Mapping] = [
        vet(raw, declared.file_of(raw, edition, "statements.yaml"), _FILE, ("说明",))
        for raw in declared.files(edition, "statements.yaml")
    ]
    common: dict[str, Quantity] = {}
    for raw in contents:
        common |= _quantities(raw.get("量", {}), raw.file)
    entries = declared.entries(edition, [raw["说明"] for raw in contents], "编号", "说明")
    found = [
        _declaration(
            vet(
                entry,
                declared.file_of(entry, edition, "statements.yaml"),
                _DECLARATION,
                ("编号", "句"),
            ),
            common,
        )
        for entry in entries
    ]
    declarations = {declaration.number: declaration for declaration in found}
    synonyms = Synonyms(
        tuple(
            pair for raw in contents for pair in synonyms_of(raw.get("同义", Mapping()), raw.file)
        )
    )
    return Wording(
        declarations,
        common,
        synonyms,
        frozenset(_text_keys(declarations.values())),
        tuple(dict.fromkeys(_row_texts(declarations.values()))),
    )


def _row_texts(found):
    """Yield the texts that an enumeration prints of its rows, and the table whose rows they are."""
    for listing in (listing for declaration in found for listing in declaration.listings.values()):
        yield from ((key, listing.cells.of.table) for key in _text_keys(listing.item) if "*" in key)


def _text_keys(found):
    """Yield the keys of every text that some sentence prints, asks for or falls back to."""
    for part in found:
        if isinstance(part, Declaration):
            yield from _text_keys([*part.sentences, *part.listings.values()])
        elif isinstance(part, Listing):
            yield part.fallback
            yield from _text_keys(part.item)
        elif isinstance(part, Choice):
            yield from (
                subject
                for subject, predicate in part.conditions
                if predicate in ("有文字", "无文字")
            )
            yield from _text_keys([*part.then, *part.otherwise])
        elif isinstance(part, tuple):
            yield from _text_keys(part)
        elif isinstance(part, Slot) and part.word in ("文字", "条目"):
            yield part.names[0]


def _quantities(raw, file: str) -> dict[str, Quantity]:
    quantities = {}
    for name, text in raw.items():
        if not isinstance(text, Word):
            raise DataError(
                f"{file} 第 {name.line} 行", f"量「{shown(name)}」不是文字", "「表[行, 栏]」"
            )
        try:
            sums = tuple(formula.signed_sum(side) for side in text.split("="))
            if any(isinstance(t.of, tuple) and not hasattr(t.of, "table") for s in sums for t in s):
                raise ValueError(f"「{text}」要写成「表[行, 栏]」")
        except ValueError as error:
            raise DataError(f"{file} 第 {name.line} 行", str(error)) from None
        quantities[str(name)] = Quantity(str(name), sums, file, name.line)
    return quantities


def _declaration(raw: Mapping, common) -> Declaration:
    file = raw.file
    quantities = {**common, **_quantities(raw.get("量", {}), file)}
    listings = {}
    for name, entry in raw.get("列举", {}).items():
        listings[str(name)] = _listing(
            str(name), vet(entry, file, _LISTING, ("格", "项")), quantities, file
        )
    sentences = _clauses(raw["句"], {*quantities}, listings, file)
    return Declaration(
        str(raw["编号"]),
        str(raw.get("标题", "")),
        str(raw.get("百分位", "")),
        quantities,
        listings,
        sentences,
        file,
        raw.line,
    )


def _listing(name: str, raw, quantities, file: str) -> Listing:
    try:
        (cells,) = formula.signed_sum(raw["格"])
        if not hasattr(cells.of, "table") or "*" not in (cells.of.row, cells.of.column):
            raise ValueError(f"「{raw['格']}」要写成「表[*, 栏]」或「表[行, *]」")
        if raw.get("级", "项") not in ("类", "款", "项"):
            raise ValueError(f"级「{shown(raw['级'])}」不对，应为类、款、项之一")
    except ValueError as error:
        raise DataError(f"{file} 第 {raw.line} 行", str(error)) from None
    named = raw.get("名单", ())
    fixed = (
        tuple((str(k), str(v)) for k, v in named.items())
        if isinstance(named, Mapping)
        else tuple((str(k), str(k)) for k in named)
    )
    item = raw["项"] if isinstance(raw["项"], Sequence) else [raw["项"]]
    return Listing(
        name,
        cells,
        str(raw.get("级", "")),
        fixed,
        tuple(map(str, raw.get("科目", ()))),
        raw.get("非零") == "是",
        _clauses(item, {*quantities, "额"}, {}, file, in_row=True),
        str(raw.get("隔", "")),
        str(raw.get("缺时", "")),
    )


def _clauses(raw, known: set[str], listings, file: str, in_row: bool = False) -> tuple[Clause, ...]:
    if not isinstance(raw, list):
        raw = [raw]
    clauses: list[Clause] = []
    for entry in raw:
        if isinstance(entry, Word):
            try:
                parsed = template(entry, known, in_row)
            except ValueError as error:
                raise DataError(f"{file} 第 {entry.line} 行", str(error)) from None
            for slot in parsed:
                if isinstance(slot, Slot) and slot.word == "列举" and slot.names[0] not in listings:
                    raise DataError(
                        f"{file} 第 {entry.line} 行", f"没有声明列举「{slot.names[0]}」"
                    )
            typed = next(
                (m[0] for part in parsed if isinstance(part, str) for m in _TYPED.finditer(part)),
                "",
            )
            if typed:
                raise DataError(
                    f"{file} 第 {entry.line} 行", f"句子里直接写了「{typed}」", "槽，如 {总计}"
                )
            clauses.append(parsed)
        else:
            vet(entry, file, _CHOICE, ("当", "写"))
            clauses.append(
                Choice(
                    _conditions(entry["当"], known, listings, file),
                    _clauses(entry["写"], known, listings, file, in_row),
                    _clauses(entry.get("否则", Sequence()), known, listings, file, in_row),
                )
            )
    return tuple(clauses)


def _conditions(text: Word, known: set[str], listings, file: str) -> tuple[tuple[str, str], ...]:
    """Parse `甲 为零 且 有文字 原因/三公经费`: pairs of subject and predicate, all of which must hold."""
    pairs = []
    for part in text.split(" 且 "):
        subject, _, predicate = part.strip().rpartition(" ")
        if subject in ("有文字", "无文字", "有列举", "类型"):
            subject, predicate = predicate, subject
        good = (
            predicate in ("有文字", "无文字")
            or (predicate == "有列举" and subject in listings)
            or (predicate == "类型" and subject in ("部门", "单位"))
            or (predicate in PREDICATES and subject in known)
        )
        if not good:
            raise DataError(
                f"{file} 第 {text.line} 行",
                f"看不懂条件「{shown(part)}」",
                "「量 " + "|".join(PREDICATES) + "」或「有文字 键」",
            )
        pairs.append((subject, predicate))
    return tuple(pairs)
