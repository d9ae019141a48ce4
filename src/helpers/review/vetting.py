"""An edition vetted: what is broken in its files, and what in it can never show, fail or be read back."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from helpers.basics import paths
from helpers.basics.errors import DataError, Refusal, nearest
from helpers.disclosure.accounts import Accounts
from helpers.disclosure.tables import Table, Tables
from helpers.edition import declared, edition, forms, outline, rulebook
from helpers.edition.edition import Edition
from helpers.edition.outline import CHART, STATEMENT, TABLE
from helpers.edition.slots import PLAIN, Slot
from helpers.edition.wording import Declaration
from helpers.review import named_checks, references

ANY_YEAR = 2023  # codes are named by year; a form has the same cells in every one


def problems(name: str) -> list[str]:
    """Return what is wrong with an edition, a line for each: what is broken; else what is not there; else what is idle."""
    for found in (_unread(name), _renamed(name), _broken(name), _unknown(name), _idle(name)):
        if lines := list(dict.fromkeys(found)):
            return lines
    return []


def _unread(name: str) -> Iterator[str]:
    """Yield the declarations of an edition that nobody reads: their file's name is mistyped."""
    for file in sorted(paths.RULES.joinpath(name).glob("*.y*ml")):
        if file.name not in declared.FILES:
            problem = f"不认识的文件{nearest(file.name, declared.FILES)}，没有读"
            yield str(DataError(f"rules/{name}/{file.name}", problem, "、".join(declared.FILES)))


def _renamed(name: str) -> Iterator[str]:
    """Yield what is wrong with the new numbers of tables, before anything is read under them."""
    try:
        forms.vet_numbers(name)
    except Refusal as error:
        yield from str(error).splitlines()


def _broken(name: str) -> Iterator[str]:
    """Yield the refusals of each file of an edition."""
    known = edition.load(name)
    functions = frozenset(named_checks.FUNCTIONS)
    for read in (
        lambda: declared.chain(name),
        lambda: known.forms,
        lambda: known.wording,
        lambda: known.charts,
        lambda: known.indicators,
        lambda: known.outliers,
        lambda: known.proofs,
        lambda: known.kinds,
        lambda: known.roots,
        lambda: known.outline,
        lambda: rulebook.load(name, functions),
    ):
        try:
            read()
        except Refusal as error:
            yield from str(error).splitlines()


def _unknown(name: str) -> Iterator[str]:
    """Yield what the declarations name that is not there."""
    known = edition.load(name)
    yield from references.unknown(known, Tables(known.forms, Accounts(()), ANY_YEAR))


def _idle(name: str) -> Iterator[str]:
    known = edition.load(name)
    tables = Tables(known.forms, Accounts(()), ANY_YEAR)
    for table in tables.published():
        yield from _unfilled(table, tables)
    for rule in rulebook.load(known.name, frozenset(named_checks.FUNCTIONS)):
        for relation in rule.relations:
            if relation.left == relation.right:
                yield f"{rule.place}：勾稽「{rule.number}」两边是同样的格，永远不会不符"
    for declaration in known.wording.declarations.values():
        yield from _unreadable(declaration)
    yield from _unplaced(known)


def _unfilled(table: Table, tables: Tables) -> Iterator[str]:
    """Yield the cells that no figure reaches and no total makes."""
    made = {cell.address for cell, _ in tables.totals(table)}
    every = (cell.address for cell in table.cells())
    idle = [a for a in every if a not in made and tables.scope(a) is None]
    if idle:
        some = "、".join(map(str, idle[:3])) + (f" 等 {len(idle)} 格" if len(idle) > 3 else "")
        yield f"{table.form.called}：{some}没有数能填，也不由别的格相加"


def _is_number(part: str | Slot) -> bool:
    return isinstance(part, Slot) and part.word not in PLAIN


def _unreadable(declaration: Declaration) -> Iterator[str]:
    """Yield sentences of which two numbers stand side by side: nobody could tell where one ends."""
    for sentence in declaration.sentences:
        parts = sentence if isinstance(sentence, tuple) else ()
        if any(_is_number(a) and _is_number(b) for a, b in pairwise(parts)):
            yield f"{declaration.file} 第 {declaration.line} 行：说明「{declaration.number}」有两个槽紧挨着，公开文本读不回来"


def _unplaced(known: Edition) -> Iterator[str]:
    """Yield what is declared and stands nowhere in the outline."""
    published = [number for number, form in known.forms.items() if form.published]
    every = {
        STATEMENT: [*known.wording.declarations],
        CHART: [*known.charts],
        TABLE: published,
    }
    of = declared.of_file(known.name, outline.FILE)
    copy = f"；还没有这个文件，先把 rules/{of}/{outline.FILE} 整份抄来" if of != known.name else ""
    for kind, numbers in every.items():
        placed = {item.number for _, _, item in known.outline.items(kind)}
        for number in numbers:
            if number not in placed:
                yield f"rules/{known.name}/outline.yaml：{kind}「{number}」没有放进任何一节，不会印出{copy}"
