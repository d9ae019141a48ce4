"""Rows whose code is written wrong: the name beside it is that of another row, and something else says the same."""

from __future__ import annotations

from collections.abc import Mapping

from helpers.published.stubs import BY_CODE, codes_of
from helpers.published.words import is_code, word

Names = Mapping[str, str]  # by its code, the name that stands beside a row


def meant(code: str, name: str) -> frozenset[str]:
    """Return the codes of the same depth that have the name beside a code, where the code itself has another."""
    if not is_code(code):
        return frozenset()
    every = {c for by in BY_CODE for c in codes_of(by).get(word(name), ())}
    alike = frozenset(c for c in every if len(c) == len(code) and c[0] == code[0])
    return frozenset() if code in alike else alike


def moved(tables: Mapping[str, Names]) -> dict[str, dict[str, str]]:
    """Return for each table which code is meant by which it has: other tables have the one, and none the other.

    >>> table = {"2100408": "基本公共卫生服务", "2100499": "重大公共卫生服务"}
    >>> other = {"2100408": "基本公共卫生服务", "2100409": "重大公共卫生服务"}
    >>> moved({"02": other, "05": table}), moved({"02": table, "05": table})
    ({'05': {'2100499': '2100409'}}, {})
    """
    found: dict[str, dict[str, str]] = {}
    for number, names in tables.items():
        others = {code for other, of in tables.items() if other != number for code in of}
        for code, name in names.items():
            wanted = (meant(code, name) & others) - names.keys()
            if len(wanted) == 1 and code not in others:
                found.setdefault(number, {})[code] = next(iter(wanted))
    return found
