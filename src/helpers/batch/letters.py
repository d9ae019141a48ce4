"""The letters of many department-years, each in a child with limits: written beside its report in one step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from helpers.basics import replacing
from helpers.basics.errors import DataError, system
from helpers.basics.paths import LETTER, Folder
from helpers.batch import answers
from helpers.batch.answers import Unanswered
from helpers.batch.workers import Limits
from helpers.disclosure import disclosure
from helpers.export import letter
from helpers.review.review import Review


@dataclass(frozen=True)
class Letter:
    """A letter: where it was written, over how many matters; none where there are none.

    `ours` are the matters that the department has not to answer: what it published was copied wrongly.
    """

    place: Path
    matters: int
    ours: int


def write(
    chosen: list[Folder], outputs: Path, only_decided: bool, jobs: int, limits: Limits
) -> Iterator[tuple[Folder, Letter | Unanswered]]:
    """Write the letter of each department-year that has something to answer, and yield what became of it.

    One that stands there of a department-year that has nothing to answer any more is taken away.
    """
    places = {f: outputs / f.department / f"{f.year:04d}" / LETTER for f in chosen}
    works = {folder: partial(_written, folder, places[folder], only_decided) for folder in chosen}
    return answers.ask(works, jobs, limits)


def _written(folder: Folder, place: Path, only_decided: bool) -> Letter:
    review = Review(disclosure.load(folder.department, folder.year, folder.data))
    some = letter.matters(review, only_decided)
    try:
        if some:
            place.parent.mkdir(parents=True, exist_ok=True)
            replacing.write(place, letter.letter(review, some), durable=True)
        else:
            place.unlink(missing_ok=True)  # of what was answered since
    except OSError as error:
        raise DataError(str(place), f"写不了（{system(error)}）") from error
    told = {matter.cause.number for matter in some}
    ours = sum(cause.is_ours and cause.number not in told for cause in review.causes)
    return Letter(place, len(some), ours)
