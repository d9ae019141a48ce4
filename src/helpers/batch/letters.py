"""The letters of many department-years: each written beside its report in one step, one failure harming no other."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from helpers.basics.errors import failure
from helpers.basics.paths import LETTER, Folder
from helpers.disclosure import disclosure
from helpers.export import letter
from helpers.review.review import Review


@dataclass(frozen=True)
class Letter:
    """What became of one: where it was written, over how many matters; or why it was not.

    `ours` are the matters that the department has not to answer: what it published was copied wrongly.
    """

    folder: Folder
    place: Path
    matters: int = 0
    ours: int = 0
    reason: str = ""


def write(chosen: list[Folder], outputs: Path, only_decided: bool) -> Iterator[Letter]:
    """Write the letter of each department-year that has something to answer, and yield what became of it.

    One that stands there of a department-year that has nothing to answer any more is taken away.
    """
    for folder in chosen:
        place = outputs / folder.department / f"{folder.year:04d}" / LETTER
        try:
            review = Review(disclosure.load(folder.department, folder.year, folder.data))
            some = letter.matters(review, only_decided)
            if some:
                _put(place, letter.letter(review, some))
            else:
                place.unlink(missing_ok=True)  # of what was answered since
            told = {matter.cause.number for matter in some}
            ours = sum(cause.is_ours and cause.number not in told for cause in review.causes)
            yield Letter(folder, place, len(some), ours)
        except Exception as error:
            why = failure(error)
            why = f"{LETTER} {why}" if isinstance(error, OSError) else why
            why = why if why.startswith(folder.called) else f"{folder.called}：{why}"
            yield Letter(folder, place, reason=why)


def _put(place: Path, written: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    descriptor, made = tempfile.mkstemp(prefix=f".{LETTER}-", dir=place.parent)
    try:
        with open(descriptor, "wb") as out:
            out.write(written)
            out.flush()
            os.fsync(out.fileno())
        os.chmod(made, 0o644)
        os.replace(made, place)
    except BaseException:
        os.unlink(made)
        raise
