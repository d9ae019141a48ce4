"""What the rows and columns of a form add up: only what stands beside them, and never themselves."""

from __future__ import annotations

from collections.abc import Sequence
from graphlib import CycleError, TopologicalSorter
from typing import NamedTuple

from helpers.basics.errors import DataError, shown
from helpers.basics.yamltext import Mapping


class Total(NamedTuple):
    """A row or a column as it is declared: its key and number, and the keys, numbers or codes that it adds up, if any.

    `codes` are those of a list that it stands for.
    """

    entry: Mapping
    key: str
    number: str
    parts: frozenset[str]
    codes: tuple[str, ...]


def vet(totals: Sequence[Total], file: str) -> None:
    """Refuse rows, or columns, of which one adds up what is not there, or itself."""
    keys = {name: total.key for total in totals for name in (total.number, total.key) if name}
    known = {*keys, *(code for total in totals for code in total.codes)}
    for total in totals:
        for name in sorted(total.parts - known):
            raise DataError(
                f"{file} 第 {total.entry.line} 行",
                f"「{total.key}」的等于里没有「{name}」这一行或栏",
                "同一块里的行次、栏次、编码或名称",
            )
    parts = {t.key: {keys.get(name, name) for name in t.parts} for t in totals if t.parts}
    try:
        TopologicalSorter(parts).prepare()
    except CycleError as error:
        circle = error.args[1]
        entry = next(total.entry for total in totals if total.key == circle[0])
        raise DataError(
            f"{file} 第 {entry.line} 行",
            f"等于绕回自己：{' → '.join(map(shown, circle))}",
            "合计由别的行或栏相加",
        ) from None
