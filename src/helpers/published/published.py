"""What was really published: its text, and its lines as they were before they were wrapped."""

from __future__ import annotations

import os
from dataclasses import dataclass

from helpers.basics.errors import DataError
from helpers.basics.filetext import text_of
from helpers.basics.paths import Folder
from helpers.basics.text import wraps
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
    """Return the lines of a text with their numbers, wrapped ones put together, blank ones left out."""
    joined, found, number = set(wraps(text)), [], 1
    start = 0
    first = 1
    for place, character in enumerate(text + "\n"):
        if character != "\n":
            continue
        number += 1
        if place in joined:
            continue
        piece = text[start:place].replace("\n", "")
        if piece.strip():
            found.append((first, piece))
        start, first = place + 1, number
    return found
