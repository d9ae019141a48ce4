"""The declared sentences of findings and of their causes: one for each case that there is, with slots that can be filled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from string import Formatter

from helpers.basics.errors import DataError, nearest, shown
from helpers.basics.yamltext import Mapping, Word, vet


def by_kind(named: Iterable[str]) -> dict[str, list[str]]:
    """Return the names of the sentences of each kind, of what is named 编号/句, or 编号 where there is one alone.

    >>> by_kind(["甲/一", "甲/二", "乙"])
    {'甲': ['一', '二'], '乙': ['']}
    """
    kinds: dict[str, list[str]] = {}
    for name in named:
        kind, _, which = name.partition("/")
        kinds.setdefault(kind, []).append(which)
    return kinds


def of_entry(raw: Mapping, names: list[str], types, file: str) -> Iterator[tuple[str, str, Word]]:
    """Yield 编号/句, the name and the content of each sentence of an entry, which has to have these names and no others."""
    number, written = raw["编号"], raw["句"]
    is_one = names == [""]
    if isinstance(written, Mapping) == is_one:
        expected = "一句话" if is_one else "每种情形一句：" + "、".join(names)
        raise DataError(f"{file} 第 {written.line} 行", f"「{number}」的句不对", expected)
    if is_one:
        yield str(number), "", written
        return
    vet(written, file, dict.fromkeys(names, types), names)
    for which, sentence in written.items():
        yield f"{number}/{which}", str(which), sentence


def vetted(text: Word, looked_for: str, known: tuple[str, ...], file: str) -> str:
    """Return a sentence whose slots are all known; `{{` prints a brace."""
    at = f"{file} 第 {text.line} 行"
    try:
        pieces = list(Formatter().parse(text))
    except ValueError:
        raise DataError(at, "单独的「{」或「}」", "成对的括号，要印出括号请写两个") from None
    if not text.strip():
        raise DataError(at, f"「{looked_for}」的句是空的")
    for _, slot, form, conversion in pieces:
        if slot is not None and (slot not in known or form or conversion):
            written = slot + (f"!{conversion}" if conversion else "") + (f":{form}" if form else "")
            problem = f"不认识的槽「{{{shown(written)}}}」{nearest(written, known)}"
            raise DataError(at, problem, "、".join(f"{{{name}}}" for name in known))
    return str(text)
