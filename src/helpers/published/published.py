"""What was really published: its text, and its lines as they were before they were wrapped."""

from __future__ import annotations

import os
from bisect import bisect_left
from dataclasses import dataclass

from helpers.basics.errors import DataError
from helpers.basics.filetext import text_of
from helpers.basics.paths import Folder
from helpers.basics.text import page_lines, wraps
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


def read(folder: Folder) -> Narrative | None:
    """Return the published narrative of a department-year, or nothing where none was kept."""
    if not os.path.lexists(folder.narrative):
        return None
    path = folder.narrative
    name = folder.name(path)
    if path.suffix == ".txt":
        return Narrative(_bounded(text_of(path, name, LARGEST), name), name)
    read = contents.without(documents.read(path, name).lines)
    text = "".join(f"{line.text}\n" for line in read)
    return Narrative(_bounded(text, name), name, places=tuple(line.place for line in read))


def _bounded(text: str, name: str) -> str:
    """Refuse a text that no department writes: its reading would take minutes."""
    for number, line in lines(text):
        if len(line) > LONGEST_LINE:
            raise DataError(
                f"{name} 第 {number} 行",
                f"一段有 {len(line)} 个字",
                f"每段最多 {LONGEST_LINE} 个字",
            )
    return text


def lines(text: str) -> list[tuple[int, str]]:
    """Return the lines of a text with their numbers, wrapped ones put together, blank and page lines left out."""
    dropped = {place for start, end in page_lines(text) for place in range(start, end)}
    places = [place for place in range(len(text)) if place not in dropped]
    bare = "".join(text[place] for place in places)
    breaks = [place for place, character in enumerate(text) if character == "\n"]
    joined, found, start = set(wraps(bare)), [], 0
    for end, character in enumerate(bare + "\n"):
        if character != "\n" or end in joined:
            continue
        piece = bare[start:end].replace("\n", "")
        if piece.strip():
            found.append((bisect_left(breaks, places[start]) + 1, piece))
        start = end + 1
    return found
