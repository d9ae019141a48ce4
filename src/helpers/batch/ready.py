"""What every department-year is read with, loaded once, so that the children of a process find it ready."""

from __future__ import annotations

from contextlib import suppress

from helpers.basics import paths
from helpers.basics.errors import Refusal
from helpers.edition import codes, forms, rulebook, wording
from helpers.report import charts
from helpers.review import named_checks, proofreading


def get_ready() -> None:
    """Load the codes, the declarations of every edition, and the reader of workbooks."""
    import python_calamine  # noqa: F401

    codes.vocabulary(), codes.functional(), codes.economic()
    for edition in (place.name for place in paths.RULES.iterdir()):
        with suppress(Refusal):  # a department of such an edition is told so itself
            forms.load(edition), wording.load(edition), charts.load(edition), proofreading.load(edition)
            rulebook.load(edition, frozenset(named_checks.FUNCTIONS))
