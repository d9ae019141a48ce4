"""What every department-year is read with, loaded once, so that the children of a process find it ready."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from importlib import import_module

from helpers.basics.errors import Refusal
from helpers.basics.filetext import text_of
from helpers.basics.paths import Folder
from helpers.disclosure.profile import LARGEST
from helpers.edition import codes, declared, edition, members, patterns, rulebook
from helpers.review import named_checks

_EDITION = re.compile(r"^\s*(?:edition|版本)\s*[:：]\s*['\"]?([a-z0-9-]+)", re.M)
_HEAD = 4000  # characters of a profile in which its edition is looked for


def get_ready(editions: Iterable[str]) -> None:
    """Load the codes, the declarations of these editions with their patterns, and the readers of workbooks."""
    for room in ("python_calamine", "helpers.review.review"):
        import_module(room)
    codes.vocabulary(), codes.functional(), codes.economic()
    for name in editions:
        with suppress(Refusal):  # a department of such an edition is told so itself
            known = edition.load(name)
            known.read()
            rulebook.load(name, frozenset(named_checks.FUNCTIONS))
            for pattern in patterns.common_of(name).by_number.values():
                for year in (codes.OLD, codes.LATEST):
                    for listing in pattern.listings.values():
                        members.of(listing, name, year).at_start("")


def editions_of(folders: Iterable[Folder]) -> list[str]:
    """Return the editions that profiles name, as far as a glance at them tells; whoever reads them knows."""
    named = set()
    for folder in folders:
        with suppress(Refusal):
            named.update(_EDITION.findall(text_of(folder.profile, "", LARGEST)[:_HEAD]))
    return [name for name in declared.names() if name in named]
