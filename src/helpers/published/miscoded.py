"""Rows whose code is written wrong: the name beside it is that of another row, and something else says the same."""

from __future__ import annotations

import re
from collections.abc import Mapping

from helpers.basics.text import folded_text
from helpers.edition import codes
from helpers.published.stubs import BY_CODE, codes_of
from helpers.published.words import is_code, word

_ITEM = re.compile(r"\(款\)([^\n]{1,60}?)\(项\)")
Names = Mapping[str, str]  # by its code, the name that stands beside a row


def meant(code: str, name: str) -> frozenset[str]:
    """Return the codes of the same depth that have the name beside a code, where the code itself has another."""
    if not is_code(code):
        return frozenset()
    every = {c for by in BY_CODE for c in codes_of(by).get(word(name), ())}
    alike = frozenset(c for c in every if len(c) == len(code) and c[0] == code[0])
    return frozenset() if code in alike else alike


def moved(tables: Mapping[str, Names], text: str = "") -> dict[str, dict[str, str]]:
    """Return for each table which code is meant by which it has: other tables have the one, and none the other.

    Where all tables have the same wrong one, the text that names the row tells that the name is meant.

    >>> table = {"2100408": "基本公共卫生服务", "2100499": "重大公共卫生服务"}
    >>> other = {"2100408": "基本公共卫生服务", "2100409": "重大公共卫生服务"}
    >>> moved({"02": other, "05": table}), moved({"02": table, "05": table})
    ({'05': {'2100499': '2100409'}}, {})
    """
    found: dict[str, dict[str, str]] = {}
    said = frozenset(_ITEM.findall(folded_text(text)))
    for number, names in tables.items():
        others = {code for other, of in tables.items() if other != number for code in of}
        for code, name in names.items():
            every = meant(code, name)
            wanted = frozenset(c for c in every & others if c not in names)
            if len(wanted) != 1 or code in others:
                wanted = _agreed(code, name, every, tables, said)
            if len(wanted) == 1:
                found.setdefault(number, {})[code] = next(iter(wanted))
    return found


def _agreed(
    code: str, name: str, every: frozenset[str], tables: Mapping[str, Names], said: frozenset[str]
) -> frozenset[str]:
    """Return which code is meant where no table has it, all have the same name here, and the text names that row alone."""
    entry = codes.functional().get(code)
    own = {word(entry.name), word(entry.old_name)} if entry else set()
    if word(name) not in said or own & said:
        return frozenset()
    if any(
        names.keys() & every or word(names.get(code, name)) != word(name)
        for names in tables.values()
    ):
        return frozenset()
    return frozenset(c for c in every if c[:-2] == code[:-2]) or every
