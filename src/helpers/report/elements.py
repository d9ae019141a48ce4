"""One HTML element, and the names by which elements are linked. Every text from data is escaped here."""

from __future__ import annotations

import re
from functools import cache
from html import escape

from helpers.basics.model import Address

# Marks that turn the reading direction could show 12.34 as 43.21: they are printed as what they are, strangers.
TURNING = dict.fromkeys(
    [*range(0x202A, 0x202F), *range(0x2066, 0x206A)], "\N{REPLACEMENT CHARACTER}"
)

_PLAIN = re.compile("[^&<>\"'\u202a-\u202e\u2066-\u2069]*")
_UNFIT = re.compile(r"[\s\"'<>&%]+")

# HTML ends these by what follows them, and a report has thousands.
_UNENDED = {"td", "th", "tr", "li"}


def text(value: str) -> str:
    """Return a text from data as markup that shows it.

    >>> text('<b>"五"</b>')
    '&lt;b&gt;&quot;五&quot;&lt;/b&gt;'
    """
    return value if _PLAIN.fullmatch(value) else escape(value.translate(TURNING))


def unturned(page: str) -> str:
    """Return a long text in which no mark turns the reading direction. Few have one: to look is cheaper than to translate."""
    return page.translate(TURNING) if any(chr(mark) in page for mark in TURNING) else page


def tag(name: str, content: str = "", **attributes: str) -> str:
    """Return one element; `content` is markup, attribute values are escaped. `class_` writes class.

    >>> tag("a", "1", href="#c", class_="gap")
    '<a href="#c" class="gap">1</a>'
    >>> tag("tr", tag("td", "1") + tag("td"))
    '<tr><td>1<td>'
    """
    written = "".join([f' {_attribute(k)}="{text(v)}"' for k, v in attributes.items() if v])
    return f"<{name}{written}>{content}" + ("" if name in _UNENDED else f"</{name}>")


@cache
def _attribute(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


def anchor(kind: str, *names: str) -> str:
    """Return an id that is the same wherever the same thing is named."""
    return kind + "-" + _UNFIT.sub("_", "-".join(names))


def cell_anchor(address: Address) -> str:
    """Return the id of a cell."""
    return anchor("c", address.table, address.row, address.column)
