"""Which parts of an xlsx are its sheets, and what each is called: its workbook says so, no name of a part does."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable
from functools import cached_property

_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_NO_SHEETS = {_WORKBOOK, _RELATIONS, "xl/sharedstrings.xml"}  # whatever is said of them


class Tabs:
    """The sheets of a workbook, known when the parts that tell of them have been read."""

    def __init__(self) -> None:
        self._called: dict[str, str] = {}  # by the number of a relation
        self._targets: dict[str, str] = {}

    def listener(self, part: str) -> Callable[[str, dict[str, str]], None] | None:
        """Return what hears the elements of a part that tells of the sheets, nothing for any other."""
        return {_WORKBOOK: self._sheet, _RELATIONS: self._relation}.get(part.lower())

    @cached_property
    def _sheets(self) -> dict[str, str]:
        """What is called how, by its part; by no part where the workbook says none that could be a sheet."""
        targets = {r: t for r, t in self._targets.items() if t not in _NO_SHEETS}
        return {targets.get(relation, ""): name for relation, name in self._called.items()}

    def name(self, part: str) -> str | None:
        """Return what the sheet in a part is called, nothing where the part is no sheet."""
        return self._sheets.get(part.lower())

    def lacking(self, parts: Iterable[str]) -> list[str]:
        """Return what the sheets are called that are in none of the parts."""
        there = {part.lower() for part in parts}
        return [name for part, name in self._sheets.items() if part not in there]

    def __bool__(self) -> bool:
        return bool(self._called)

    def _sheet(self, element: str, attributes: dict[str, str]) -> None:
        if element.rpartition(":")[2] == "sheet":
            related = next((v for key, v in attributes.items() if key.endswith(":id")), "")
            self._called.setdefault(related, attributes.get("name", ""))

    def _relation(self, element: str, attributes: dict[str, str]) -> None:
        if element.rpartition(":")[2] == "Relationship":
            target = posixpath.join("/xl", attributes.get("Target", ""))
            self._targets[attributes.get("Id", "")] = target[1:].lower()
