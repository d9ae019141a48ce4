"""A workbook to fill in instead of figures.csv: the tables of an edition with the rows that a department usually has."""

from __future__ import annotations

from pathlib import Path

from helpers.basics.errors import RequestError, shown
from helpers.basics.model import ABSENT, Figure, Scope, Value
from helpers.basics.money import NOTHING
from helpers.basics.paths import Folder
from helpers.disclosure import figures, folders, profile
from helpers.disclosure.accounts import Accounts
from helpers.disclosure.tables import Tables
from helpers.edition import codes, declared, edition
from helpers.report import xlsx


class _Open:
    """Rows without amounts: the forms have a line for each of these figures, and nothing in their cells."""

    def __init__(self, some: tuple[Figure, ...]):
        self._accounts = Accounts(some)

    def find(self, scope: Scope) -> Value:
        """Return that nothing is known of a scope."""
        return ABSENT

    def figures_inside(self, scope: Scope) -> list[Figure]:
        """Return every usual figure of this scope or of a part of it."""
        return self._accounts.on("决算").figures_inside(scope)


class _OpenAccounts(Accounts):
    """Accounts in which every amount is still to be filled in."""

    def __init__(self, some: tuple[Figure, ...]):
        super().__init__(())
        self._open = _Open(some)

    def on(self, basis: str) -> _Open:  # type: ignore[override]
        """Return the look-up of a basis."""
        return self._open


def create(data: Path, department: str, year: int, since: int = 0, to: str = "-") -> Path:
    """Write the workbook and return its place; its rows are those of an earlier year, else the usual ones."""
    folder = folders.named(data, department, year)
    place = Path(f"{department}-{year}.xlsx" if to == "-" else to)
    if place.suffix.lower() != ".xlsx" or not place.parent.is_dir():
        raise RequestError(f"--xlsx 不能是「{shown(to)}」，应为已有文件夹里的一个 .xlsx 文件")
    if place.exists():
        raise RequestError(f"{place} 已经有了，没有改动它")
    earlier = Folder(data, department, since) if since else folder.last_year
    if since and not earlier.path.is_dir():
        raise RequestError(f"没有 {earlier.name(earlier.path)} 这个文件夹，有哪些请看 juesuan list")
    name, form, some = department, declared.default(), _usual()
    if earlier.path.is_dir():
        who = profile.load(earlier.profile, earlier.name(earlier.profile), earlier.year)
        name, form = who.department, who.edition
        some = figures.load(earlier.figures, earlier.name(earlier.figures))
    tables = Tables(edition.load(form).forms, _OpenAccounts(some), year)
    xlsx.form_xlsx([tables.table(number) for number in tables.forms], name, year, place)
    return place


def _usual() -> tuple[Figure, ...]:
    """Return what an ordinary department has a row for, without amounts."""
    vocabulary = codes.vocabulary()
    scopes = [
        Scope("支出", fund=fund, function=function, economic=economic)
        for fund in vocabulary.usual_funds
        for function in vocabulary.usual_functions
        for economic in vocabulary.usual_economic
    ]
    scopes += [Scope("收入", function=function) for function in vocabulary.usual_functions]
    return tuple(
        Figure(scope=s, basis="决算", amount=NOTHING, unit="万元", written="0", source=":0")
        for s in scopes
    )
