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
from helpers.published import heads, sayings
from helpers.published.stubs import Stubs
from helpers.review import looks, named_checks, proofreading

_EDITION = re.compile(r"^\s*(?:edition|版本)\s*[:：]\s*['\"]?([a-z0-9-]+)", re.M)
_YEARS = (codes.OLD, codes.LATEST)  # of each has every subject one name
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
            looks.residue(known.proofs.placeholders)
            rulebook.load(name, frozenset(named_checks.FUNCTIONS))
            _reading(name)
            for form in known.forms.values():
                heads.words_of(form)
                for block in form.blocks:
                    Stubs(block, {}).knows("无")
    for year in _YEARS:
        proofreading.get_ready(year)


def _reading(edition: str) -> None:
    """Find what the patterns of an edition say, and the names of its enumerations."""
    common = patterns.common_of(edition)
    for pattern in common.by_number.values():
        sayings.of((pattern,), common.cutter.idiom).get_ready()
        for listing in pattern.listings.values():
            for year in _YEARS:
                members.of(listing, edition, year).at_start("")


def editions_of(folders: Iterable[Folder]) -> list[str]:
    """Return the editions that profiles name, as far as a glance at them tells; whoever reads them knows."""
    named = set()
    for folder in folders:
        with suppress(Refusal):
            named.update(_EDITION.findall(text_of(folder.profile, "", LARGEST)[:_HEAD]))
    return [name for name in declared.names() if name in named]
