"""The forms as they may be published: each as it is, and after them all those under another name with fewer columns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from helpers.edition.forms import Form
from helpers.edition.printings import Printing
from helpers.published.heads import columns_of


def every(forms: Iterable[Form]) -> list[Form]:
    """Return the forms, and behind them their other printings: a name that a form has too is the form's."""
    known = list(forms)
    return known + [_printed(form, printing) for form in known for printing in form.printings]


def without(form: Form, whole: Form) -> frozenset[str]:
    """Return the columns of a form that a printing of it does not have."""
    return _keys(whole) - _keys(form)


@lru_cache(maxsize=200)
def _printed(form: Form, printing: Printing) -> Form:
    called = dict(printing.columns)
    blocks = tuple(
        replace(
            block,
            columns=tuple(
                replace(c, label=called[c.key]) for c in block.columns if c.key in called
            ),
        )
        for block in form.blocks
    )
    return replace(form, name=printing.name, aliases=(), blocks=blocks, printings=())


def _keys(form: Form) -> frozenset[str]:
    return frozenset(column.key for block in form.blocks for column in columns_of(block))
