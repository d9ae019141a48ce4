"""What an edition names that is not there: cells, tables, 说明, parameters of a check, keys of profile.yaml."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from helpers.basics.errors import DataError, Refusal, nearest, shown
from helpers.basics.model import Address
from helpers.basics.yamltext import Mapping
from helpers.disclosure import indicators, profile
from helpers.disclosure.tables import Tables
from helpers.edition import formula, rulebook, wording
from helpers.edition.charts import Parts
from helpers.edition.clauses import slots_of
from helpers.edition.edition import Edition
from helpers.edition.formula import Term
from helpers.edition.wording import Declaration, Listing
from helpers.review import checks, named_checks

CELLS = "tables.yaml 里有的表、行、栏"


def unknown(known: Edition, tables: Tables) -> Iterator[str]:
    """Yield a line for everything that an edition names and nowhere declares."""
    yield from _told("", lambda: profile.style_of(Mapping(), "", known.name))
    for find in (_of_statements, _of_charts, _of_checks, _of_indicators, _of_proofs):
        yield from find(known, tables)


def _told(place: str, asked: Callable[[], object], expected: str = CELLS) -> Iterator[str]:
    """Yield what is not there when something is asked for."""
    try:
        asked()
    except KeyError as error:
        yield str(DataError(place, error.args[0], expected))
    except Refusal as error:
        yield str(error)


def _cells(place: str, cells: Iterable[Address], tables: Tables) -> Iterator[str]:
    for cell in cells:
        yield from _told(place, partial(tables.scope, cell))


def _in(sums: Iterable[tuple[Term, ...]]) -> Iterator[Address]:
    for term in (term for terms in sums for term in terms):
        yield from (cell for cell in (term.of, term.by) if cell)


def _of_statements(known: Edition, tables: Tables) -> Iterator[str]:
    found: dict[str, None] = {}
    for declaration in known.wording.declarations.values():
        for quantity in declaration.quantities.values():
            place = f"{quantity.file} 第 {quantity.line} 行"
            found |= dict.fromkeys(_cells(place, _in(quantity.sums), tables))
        found |= dict.fromkeys(_of_declaration(declaration, tables))
    yield from found


def _of_declaration(declaration: Declaration, tables: Tables) -> Iterator[str]:
    place = f"{declaration.file} 第 {declaration.line} 行"
    clauses = [*declaration.sentences, *declaration.also_read]
    for listing in declaration.listings.values():
        yield from _of_listing(f"{place}列举「{listing.name}」", listing, tables)
        clauses += [*listing.item, *listing.also_read]
    names = (name for clause in clauses for slot in slots_of(clause) for name in slot.names)
    yield from _cells(place, (formula.address(n) for n in names if "[" in n), tables)
    keys = [chinese for chinese, _ in profile.KEYS.values()]
    for text in filter(None, wording.text_keys([declaration])):
        key = text.partition("/")[0]
        if key not in keys:
            problem = f"profile.yaml 没有「{shown(key)}」这个键{nearest(key, keys)}"
            yield str(DataError(place, problem, "、".join(keys)))


def _of_listing(place: str, listing: Listing, tables: Tables) -> Iterator[str]:
    if listing.fixed:
        cells = (listing.cells.starred(key) for key, _ in listing.fixed)
        yield from _cells(place, cells, tables)
    else:
        yield from _column(place, listing.cells, tables)


def _column(place: str, cells: Address, tables: Tables) -> Iterator[str]:
    """Yield the table or the column of cells of which the row is any code, where it is not there."""
    form = tables.forms.get(cells.table)
    columns = [c.key for block in form.blocks for c in block.columns] if form else []
    if cells.column not in columns:
        what, word, some = (
            (f"表 {cells.table} 没有栏", cells.column, columns)
            if form
            else ("没有表", cells.table, [*tables.forms])
        )
        yield _lacking(place, what, word, some)


def _lacking(place: str, what: str, word: str, known: list[str]) -> str:
    return str(DataError(place, f"{what}「{shown(word)}」{nearest(word, known)}", CELLS))


def _of_charts(known: Edition, tables: Tables) -> Iterator[str]:
    for chart in known.charts.values():
        yield from _cells(chart.place, _in(chart.sums), tables)
        if chart.parts:
            yield from _of_parts(chart.place, chart.parts, tables)


def _of_parts(place: str, parts: Parts, tables: Tables) -> Iterator[str]:
    at = parts.cells
    if parts.level:
        yield from _column(place, at, tables)
    for key, _ in parts.named:
        cell = at.starred(key)
        yield from _cells(place, [cell], tables)
        if parts.planned:
            own = cell.column.removeprefix(at.column.partition("*")[0])
            planned = cell._replace(column=parts.planned.replace("*", own))
            yield from _cells(place, [planned], tables)


def _of_checks(known: Edition, tables: Tables) -> Iterator[str]:
    for rule in rulebook.load(known.name, frozenset(named_checks.FUNCTIONS)):
        given = dict(rule.parameters)
        yield from _told(rule.place, partial(checks.check, rule, tables))
        for lacking in named_checks.NEEDS.get(rule.function, ()):
            if lacking not in given:
                yield str(DataError(rule.place, f"「{rule.function}」的参数缺少「{lacking}」"))
        for number in given.get("表", ()):
            if number not in tables.forms:
                yield _lacking(rule.place, "没有表", number, [*tables.forms])
        words = (word for key, values in given.items() for word in (key, *values) if "[" in word)
        for word in words:
            yield from _told(rule.place, partial(_written, word, tables))


def _written(cell: str, tables: Tables) -> None:
    try:
        tables.scope(formula.address(cell))
    except ValueError as error:
        raise KeyError(str(error)) from None


def _of_indicators(known: Edition, tables: Tables) -> Iterator[str]:
    yield from _told("", lambda: list(indicators.figured(known.indicators, tables)))


def _of_proofs(known: Edition, tables: Tables) -> Iterator[str]:
    proofs, statements = known.proofs, known.wording.declarations
    named = [(word, "说明", [*statements]) for word in (*proofs.purposes, proofs.terms)]
    for word, kind, some in (*named, (proofs.terms_of, "表", [*tables.forms])):
        if word and word not in some:
            place = f"{proofs.file} 第 {word.line} 行"
            yield str(DataError(place, f"没有{kind}「{shown(word)}」{nearest(word, some)}"))
