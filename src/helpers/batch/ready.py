"""What every department-year is read with, loaded once, so that the children of a process find it ready."""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module

from helpers.basics.errors import Refusal
from helpers.edition import codes, declared, edition, rulebook
from helpers.review import named_checks


def get_ready() -> None:
    """Load the codes, the declarations of every edition, and the reader of workbooks."""
    import_module("python_calamine")
    codes.vocabulary(), codes.functional(), codes.economic()
    for name in declared.names():
        with suppress(Refusal):  # a department of such an edition is told so itself
            known = edition.load(name)
            known.read()
            rulebook.load(name, frozenset(named_checks.FUNCTIONS))
