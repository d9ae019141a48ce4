"""What every department-year is read with, loaded once, so that the children of a process find it ready."""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module

from helpers.basics.errors import Refusal
from helpers.edition import codes, declared, edition, members, patterns, rulebook
from helpers.review import named_checks


def get_ready() -> None:
    """Load the codes, the declarations of every edition with their patterns, and the readers of workbooks."""
    for room in ("python_calamine", "helpers.review.review"):
        import_module(room)
    codes.vocabulary(), codes.functional(), codes.economic()
    for name in declared.names():
        with suppress(Refusal):  # a department of such an edition is told so itself
            known = edition.load(name)
            known.read()
            rulebook.load(name, frozenset(named_checks.FUNCTIONS))
            for pattern in patterns.common_of(name).by_number.values():
                for year in (codes.OLD, codes.LATEST):
                    for listing in pattern.listings.values():
                        members.of(listing, name, year).at_start("")
