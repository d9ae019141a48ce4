"""All hostile inputs, and the quick ones among them."""

from __future__ import annotations

import os

from hostile.inputs import Input
from hostile.of_books import workbooks
from hostile.of_documents import documents
from hostile.of_figures import figures
from hostile.of_folders import folders
from hostile.of_profiles import corrections, profile
from hostile.of_texts import narrative


def inputs() -> list[Input]:
    """Return every hostile input that can be made here."""
    made = [*figures(), *profile(), *corrections(), *narrative(), *workbooks(), *folders()]
    made += documents()
    names = [one.name for one in made]
    if twice := {n for n in names if names.count(n) > 1}:
        raise AssertionError(f"the same name twice: {sorted(twice)}")
    return [one for one in made if not (one.not_as_root and os.geteuid() == 0)]


QUICK = frozenset(
    """
figures-no-header figures-header-of-100000 figures-one-row-too-long figures-every-code
figures-in-gbk figures-is-a-pipe figures-is-its-own-link figures-is-dev-zero figures-is-sparse amount-1e999999999
project-formula unseen-escape-in-item profile-billion-laughs profile-is-a-pipe edition-null department-bidi
department-surrogate corrections-is-a-pipe text-income-31k text-is-a-pipe book-two-corners book-entity-bomb
book-not-a-zip pdf-deep-states docx-nested-tables old-book-stream-of-garbage name-in-gbk name-in-escape published-is-a-file last-years-figures-broken
""".split()
)
