"""What a hostile input is, and what is expected of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

YEAR, LAST = 2023, 2022
FIGURES, PROFILE, CORRECTIONS = "figures.csv", "profile.yaml", "corrections.yaml"
TEXT, BOOK, OLD_BOOK = "published/narrative.txt", "published/tables.xlsx", "published/tables.xls"
FINE, REFUSED, EITHER = "fine", "refused", "either"
SECONDS, MEGABYTES = 60, 2048  # what one input may take
MOST = 6_000_000_000  # bytes of address space that no command here may exceed, so that the machine is safe
GOOD = ("a-good", "n-good", "zz-good")  # neighbours: the first, one in the middle, the last
ESC, BIDI, BELL, EMOJI = "\x1b[31m", "\u202e", "\x07", "\U0001f47b"
STOPPED = (
    "超过",
    "用完了",
    "进程",
    "起不了",
)  # how the ends begin that a report came to without saying anything itself

Spoil = Callable[[Path], None]


@dataclass(frozen=True)
class Input:
    """A department that is spoilt: its name, what is done to its year, what is expected, which file a refusal names."""

    name: str
    spoil: Spoil
    expected: str = EITHER
    file: str = ""
    year: int = YEAR
    not_as_root: bool = False
