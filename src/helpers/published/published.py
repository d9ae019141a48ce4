"""What was really published: its text, and its lines as they were before they were wrapped."""

from __future__ import annotations

import os
import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

from helpers.basics.errors import DataError
from helpers.basics.filetext import text_of
from helpers.basics.paths import Folder
from helpers.basics.text import without_page_lines
from helpers.basics.wrapping import wraps
from helpers.published import contents, documents

LARGEST, LONGEST_LINE = 500_000, 50_000


@dataclass(frozen=True)
class Narrative:
    """A published text and where its sections begin. `name` is how messages call the file.

    `places` says of each line where it stands in a file that has no lines: 第 21 页.
    """

    text: str
    name: str
    places: tuple[str, ...] = ()

    def page(self, line: int) -> str:
        """Return where a line stands, 第 26 页 or 第 3 段, nothing of a file that has lines."""
        return self.places[line - 1] if self.places else ""

    @cached_property
    def lines(self) -> list[tuple[int, str]]:
        """The lines with their numbers, wrapped ones put together, blank and page lines left out."""
        return _lines(self.text)


def read(folder: Folder) -> Narrative | None:
    """Return the published narrative of a department-year, or nothing where none was kept."""
    if not os.path.lexists(folder.narrative):
        return None
    path = folder.narrative
    name = folder.name(path)
    if path.suffix == ".txt":
        return _bounded(Narrative(text_of(path, name, LARGEST), name))
    read = contents.without(documents.read(path, name).lines)
    text = "".join(f"{line.text}\n" for line in read)
    return _bounded(Narrative(text, name, places=tuple(line.place for line in read)))


def _bounded(narrative: Narrative) -> Narrative:
    """Refuse a text that no department writes: its reading would take minutes."""
    for number, line in narrative.lines:
        if len(line) > LONGEST_LINE:
            raise DataError(
                f"{narrative.name} 第 {number} 行",
                f"一段有 {len(line)} 个字",
                f"每段最多 {LONGEST_LINE} 个字",
            )
    return narrative


def _lines(text: str) -> list[tuple[int, str]]:
    """Return the lines of a text with their numbers, wrapped ones put together, blank and page lines left out."""
    bare, places = without_page_lines(text)
    breaks = [match.start() for match in re.finditer("\n", text)]
    joined, found, start = set(wraps(bare)), [], 0
    for end in (*(m.start() for m in re.finditer("\n", bare)), len(bare)):
        if end in joined:
            continue
        piece = bare[start:end].replace("\n", "")
        if piece.strip():
            found.append((bisect_left(breaks, places[start]) + 1, piece))
        start = end + 1
    return found
