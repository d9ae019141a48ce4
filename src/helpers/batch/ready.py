"""What every department-year is read with, loaded once, so that the children of a process find it ready."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from importlib import import_module
from typing import NamedTuple

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


class Needs(NamedTuple):
    """What department-years are read with: their editions, and whether anything that they published is read."""

    editions: list[str]
    published: bool


def needs_of(folders: Iterable[Folder]) -> Needs:
    """Return what folders need, as far as a glance at them tells; whoever reads them knows."""
    named, published = set(), False
    for folder in folders:
        with suppress(Refusal, OSError):  # whoever reads it says what is wrong
            published = published or folder.narrative.exists() or folder.workbook is not None
            named.update(_EDITION.findall(text_of(folder.profile, "", LARGEST)[:_HEAD]))
    return Needs([name for name in declared.names() if name in named], published)


def get_ready(needs: Needs) -> None:
    """Load the codes and the declarations of the editions; where anything is published, the readers and patterns too."""
    import_module("helpers.review.review")
    codes.vocabulary(), codes.functional(), codes.economic()
    for name in needs.editions:
        with suppress(Refusal):  # a department of such an edition is told so itself
            edition.load(name).read()
            rulebook.load(name, frozenset(named_checks.FUNCTIONS))
    if needs.published:
        _read_published(needs.editions)


def _read_published(editions: list[str]) -> None:
    import_module("python_calamine")
    for name in editions:
        with suppress(Refusal):
            known = edition.load(name)
            looks.residue(known.proofs.placeholders)
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
