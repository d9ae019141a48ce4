"""What the figures of one department-year give: the filled tables and every sentence. Nothing published is looked at."""

from __future__ import annotations

import os
from collections.abc import Mapping
from copy import copy
from functools import cached_property
from pathlib import Path

from helpers.basics import paths
from helpers.basics.errors import DataError, RequestError
from helpers.basics.model import Figure, Profile, Statement
from helpers.basics.paths import Folder
from helpers.disclosure import figures, indicators, profile, statements
from helpers.disclosure.accounts import Accounts
from helpers.disclosure.indicators import Figured
from helpers.disclosure.measured import Measured
from helpers.disclosure.tables import Tables
from helpers.edition import edition
from helpers.edition.edition import Edition


def load(department: str, year: int, data: str | Path | None = None) -> Disclosure:
    """Return the disclosure of a department-year. `data` is the data folder, by default the repository's."""
    folder = Folder(Path(data) if data else paths.DATA, department, int(year))
    if not folder.path.is_dir():
        raise RequestError(f"没有 {folder.name(folder.path)} 这个文件夹，有哪些请看 juesuan list")
    folder.inputs()  # a link that leads to a whole disk is refused here
    return Disclosure(folder).vetted()


class Disclosure:
    """One department-year, read and vetted; tables and sentences are made when asked for.

    `broken_last_year` says what is wrong with the year before, whose figures are then missing.
    """

    def __init__(self, folder: Folder):
        self.folder = folder
        self.profile: Profile = profile.load(
            folder.profile, folder.name(folder.profile), folder.year
        )
        written = figures.load(folder.figures, folder.name(folder.figures))
        self.broken_last_year: DataError | None = None
        self.edition: Edition = edition.load(self.profile.edition)
        self._fill(Accounts(written, self._last_year()))

    def _fill(self, accounts: Accounts) -> None:
        self.figures, self.last_year = accounts.figures, accounts.last_year
        self.tables = Tables(self.edition.forms, accounts, self.folder.year)
        self._writer = statements.Writer(
            self.tables, self.profile, self.edition.wording, self.folder.name(self.folder.profile)
        )
        for written in ("statements", "indicators"):
            self.__dict__.pop(written, None)

    def supposing(self, others: Mapping[Figure, Figure]) -> Disclosure:
        """Return what would be given if some figures, of this year or the last, were others."""
        supposed = copy(self)
        supposed._fill(self.tables.accounts.supposing(others))
        return supposed

    def _last_year(self) -> tuple[Figure, ...]:
        before = self.folder.last_year.figures
        try:
            return figures.load(before, self.folder.name(before)) if os.path.lexists(before) else ()
        except DataError as error:
            self.broken_last_year = error
            return ()

    def vetted(self) -> Disclosure:
        """Write every sentence, so that a slot that cannot be computed is refused by its line; return the disclosure."""
        self.statements  # noqa: B018  written when they are first asked for
        return self

    @cached_property
    def statements(self) -> dict[str, Statement]:
        return {s.number: s for s in self._writer.all()}

    @cached_property
    def indicators(self) -> tuple[Figured, ...]:
        """What the department-year is compared with others by, as its edition declares it."""
        return tuple(indicators.figured(self.edition.indicators, self.tables))

    def measured(self, statement: str) -> Measured:
        """Return what the figures give of the measures of a statement, for whoever reads them somewhere."""
        return self._writer.measured(statement)

    @property
    def name(self) -> str:
        """Return what the disclosure is called: department, year, 部门决算 or 单位决算."""
        return f"{self.profile.department} {self.folder.year} 年度{self.profile.kind}决算"

    def empty_note(self, number: str) -> str:
        """Return the sentence that stands under an empty table, or nothing."""
        return self._writer.empty_note(number) if self.tables.table(number).is_empty else ""
