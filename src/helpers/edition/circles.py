"""Totals of a form that add up themselves, by way of others."""

from __future__ import annotations

from collections.abc import Sequence
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from helpers.basics.errors import DataError, shown
from helpers.basics.yamltext import Mapping

if TYPE_CHECKING:
    from helpers.edition.forms import Line


def vet(lines: Sequence[tuple[Mapping, Line]], file: str) -> None:
    """Refuse rows or columns of which one adds up itself; each stands beside its entry in the file."""
    keys = {name: line.key for _, line in lines for name in (line.number, line.key) if name}
    parts = {
        line.key: {keys.get(name, name) for term in line.equals for name in term.names}
        for _, line in lines
        if line.equals
    }
    try:
        TopologicalSorter(parts).prepare()
    except CycleError as error:
        circle = error.args[1]
        entry = next(entry for entry, line in lines if line.key == circle[0])
        raise DataError(
            f"{file} 第 {entry.line} 行",
            f"等于绕回自己：{' → '.join(map(shown, circle))}",
            "合计由别的行或栏相加",
        ) from None
