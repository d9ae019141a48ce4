"""statements.yaml read and vetted: what every 说明 says, of which quantities, declared once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from helpers.basics.errors import DataError, shown
from helpers.basics.model import Address
from helpers.basics.yamltext import Keys, Mapping, Sequence, Word, says_yes, vet
from helpers.edition import declared, formula, idiom, outline
from helpers.edition.clauses import Choice, Clause, Reader
from helpers.edition.codes import LENGTH
from helpers.edition.formula import Term
from helpers.edition.idiom import Idiom, idiom_of
from helpers.edition.slots import OWN_TEXTS, Slot


@dataclass(frozen=True)
class Quantity:
    """A named amount: one or more sums of cells that must agree."""

    name: str
    sums: tuple[tuple[Term, ...], ...]
    file: str = ""
    line: int = 0


@dataclass(frozen=True)
class Listing:
    """An enumeration over rows or columns: `item` once for each, joined by `joint`.

    `also_read` is what a department may say of a row besides.
    """

    name: str
    cells: Address
    level: str
    fixed: tuple[tuple[str, str], ...]
    classes: tuple[str, ...]
    nonzero: bool
    item: tuple[Clause, ...]
    also_read: tuple[Clause, ...]
    joint: str
    fallback: str


@dataclass(frozen=True)
class Declaration:
    """One 说明: its heading, its quantities, its sentences, and further ones that a department may write in its own words.

    `title` is the heading that the outline publishes it under, blank where it stands in no section; `section` is
    that of its section.
    """

    number: str
    title: str
    section: str
    percent: str
    quantities: dict[str, Quantity]
    listings: dict[str, Listing]
    sentences: tuple[Clause, ...]
    also_read: tuple[Clause, ...]
    file: str
    line: int


@dataclass(frozen=True)
class Wording:
    """All declarations of an edition; common quantities may be named in every text.

    `row_texts` are keys with * for a row's code, and the table whose rows they are for.
    """

    declarations: dict[str, Declaration]
    quantities: dict[str, Quantity]
    idiom: Idiom
    text_keys: frozenset[str]
    row_texts: tuple[tuple[str, str], ...]

    @property
    def percents(self) -> tuple[str, ...]:
        """The styles of percentages that some statement names (百分位)."""
        return tuple(dict.fromkeys(d.percent for d in self.declarations.values() if d.percent))


_FILE: Keys = {"量": Mapping, **idiom.KEYS, "说明": Sequence}
_DECLARATION = {
    "编号": Word,
    "百分位": Word,
    "量": Mapping,
    "列举": Mapping,
    "句": Sequence,
    "又读": Sequence,
}
_LISTING: Keys = {
    "格": Word,
    "级": Word,
    "名单": (Sequence, Mapping),
    "科目": Sequence,
    "非零": Word,
    "项": (Word, Sequence, Mapping),
    "又读": Sequence,
    "隔": Word,
    "缺时": Word,
}


@cache
def load(edition: str) -> Wording:
    """Return the declared sentences of an edition."""
    contents: list[Mapping] = [
        vet(raw, declared.file_of(raw, edition, "statements.yaml"), _FILE, ("说明",))
        for raw in declared.files(edition, "statements.yaml")
    ]
    common: dict[str, Quantity] = {}
    for raw in contents:
        common |= _quantities(raw.get("量", Mapping()), raw.file)
    entries = declared.entries(edition, [raw["说明"] for raw in contents], "编号", "说明")
    titles, also_read = outline.titles(edition), _also_read(contents)
    found = [
        _declaration(
            vet(
                entry,
                declared.file_of(entry, edition, "statements.yaml"),
                _DECLARATION,
                ("编号", "句"),
            ),
            titles,
            common,
            also_read,
        )
        for entry in entries
    ]
    declarations = outline.in_order(edition, outline.STATEMENT, {d.number: d for d in found})
    return Wording(
        declarations=declarations,
        quantities=common,
        idiom=idiom_of(contents),
        text_keys=frozenset(text_keys(declarations.values())),
        row_texts=tuple(dict.fromkeys(_row_texts(declarations.values()))),
    )


def _also_read(contents: list[Mapping]) -> dict[str, Sequence]:
    """Return what may also be read of each statement, as the youngest edition says that says any."""
    found: dict[str, Sequence] = {}
    for entry in (entry for raw in contents for entry in raw["说明"]):
        if isinstance(entry, Mapping) and "又读" in entry:
            found[str(entry.get("编号", ""))] = entry["又读"]
    return found


def _row_texts(found: Iterable[Declaration]) -> Iterator[tuple[str, str]]:
    """Yield the texts that an enumeration prints of its rows, and the table whose rows they are."""
    for listing in (listing for declaration in found for listing in declaration.listings.values()):
        yield from ((key, listing.cells.table) for key in text_keys(listing.item) if "*" in key)


def text_keys(
    found: Iterable[Declaration | Listing | Clause | Slot | str],
) -> Iterator[str]:
    """Yield the keys of every text that some sentence prints, asks for or falls back to."""
    for part in found:
        if isinstance(part, Declaration):
            yield from text_keys([*part.sentences, *part.listings.values()])
        elif isinstance(part, Listing):
            yield part.fallback
            yield from text_keys(part.item)
        elif isinstance(part, Choice):
            yield from (
                subject
                for subject, predicate in part.conditions
                if predicate in ("有文字", "无文字")
            )
            yield from text_keys([*part.then, *part.otherwise])
        elif isinstance(part, tuple):
            yield from text_keys(part)
        elif isinstance(part, Slot) and part.word in OWN_TEXTS:
            yield part.names[0]


def _quantities(raw: Mapping, file: str) -> dict[str, Quantity]:
    quantities = {}
    for name, text in raw.items():
        if not isinstance(text, Word):
            raise DataError(
                f"{file} 第 {name.line} 行", f"量「{shown(name)}」不是文字", "「表[行, 栏]」"
            )
        at = f"{file} 第 {name.line} 行"
        try:
            sums = formula.equal_sums(text)
        except formula.WrongKind:
            raise DataError(at, f"「{text}」要写成「表[行, 栏]」") from None
        except ValueError as error:
            raise DataError(at, str(error)) from None
        quantities[str(name)] = Quantity(name=str(name), sums=sums, file=file, line=name.line)
    return quantities


def _declaration(
    raw: Mapping,
    titles: dict[str, tuple[str, str]],
    common: dict[str, Quantity],
    also_read: dict[str, Sequence],
) -> Declaration:
    file = raw.file
    quantities = {**common, **_quantities(raw.get("量", Mapping()), file)}
    listings = {}
    for name, entry in raw.get("列举", {}).items():
        listings[str(name)] = _listing(
            str(name), vet(entry, file, _LISTING, ("格", "项")), quantities, file
        )
    reader = Reader(file, quantities.keys(), listings.keys())
    return Declaration(
        number=str(raw["编号"]),
        title=titles.get(str(raw["编号"]), ("", ""))[0],
        section=titles.get(str(raw["编号"]), ("", ""))[1],
        percent=str(raw.get("百分位", "")),
        quantities=quantities,
        listings=listings,
        sentences=reader.clauses(raw["句"]),
        also_read=reader.clauses(also_read.get(str(raw["编号"]), Sequence())),
        file=file,
        line=raw.line,
    )


def _listing(name: str, raw: Mapping, quantities: dict[str, Quantity], file: str) -> Listing:
    try:
        cells = _starred(raw["格"])
        if ("名单" in raw) == ("级" in raw):
            raise ValueError(f"列举「{shown(name)}」怎样展开没有说清，应为「名单」或「级」之一")
        if raw.get("级", "项") not in LENGTH:
            raise ValueError(f"级「{shown(raw['级'])}」不对，应为类、款、项之一")
    except ValueError as error:
        raise DataError(f"{file} 第 {raw.line} 行", str(error)) from None
    named = raw.get("名单", ())
    fixed = (
        tuple((str(k), str(v)) for k, v in named.items())
        if isinstance(named, Mapping)
        else tuple((str(k), str(k)) for k in named)
    )
    reader = Reader(file, {*quantities, "额"}, in_row=True)
    return Listing(
        name=name,
        cells=cells,
        level=str(raw.get("级", "")),
        fixed=fixed,
        classes=tuple(map(str, raw.get("科目", ()))),
        nonzero=says_yes(raw, "非零"),
        item=reader.clauses(raw["项"]),
        also_read=reader.clauses(raw.get("又读", Sequence())),
        joint=str(raw.get("隔", "")),
        fallback=str(raw.get("缺时", "")),
    )


def _starred(text: str) -> Address:
    """Parse the cells of an enumeration: one address with * as its row or its column."""
    wanted = f"「{text}」要写成「表[*, 栏]」或「表[行, *]」"
    try:
        terms = formula.signed_sum(text)
    except formula.WrongKind:
        raise ValueError(wanted) from None
    if len(terms) != 1 or "*" not in (terms[0].of.row, terms[0].of.column):
        raise ValueError(wanted)
    return terms[0].of
