"""A data folder with good neighbours and one department for each input."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from helpers.sample import sample
from hostile.inputs import BIDI, GOOD, LAST, YEAR, Input


def good_data(place: Path) -> Path:
    """Make a good department of two years and return its folder."""
    made = sample.create(place, 1, range(LAST, YEAR + 1), seed=1, published=True)
    shutil.rmtree(made[0].path / "published")
    return made[0].path.parent


STRAYS = (
    b"\x1b[31mred",
    f"a{BIDI}b".encode(),
    b"a\nb",
    "表".encode("gbk"),
    b"Upper",
    b" ",
    b"a b",
    "部门".encode(),
    b"<script>",
    b"-rf'\"",
)
STRAY_YEARS = (
    b"0000",
    b"0999",
    b"20231",
    "２０２３".encode(),
    b"2023 ",
    b"-2023",
    b"\x1b[1m2023",
    f"{BIDI}2023".encode(),
)


def prepared(place: Path, chosen: list[Input]) -> Path:
    """Make a data folder with one department for each input, good neighbours, and folders whose names keep them out."""
    data = place / "data"
    good = good_data(place / "good")
    (data / "departments").mkdir(parents=True)
    (place / "marker").write_text("mine", encoding="utf-8")
    for name in GOOD:
        shutil.copytree(good, data / "departments" / name)
    for one in chosen:
        shutil.copytree(good, data / "departments" / one.name)
        one.spoil(data / "departments" / one.name / str(YEAR))
    root = os.fsencode(data / "departments")
    for name in STRAYS:
        os.mkdir(os.path.join(root, name))
    for name in STRAY_YEARS:
        os.mkdir(os.path.join(root, os.fsencode(GOOD[0]), name))
    os.mkfifo(os.path.join(root, b"pipe"))
    os.symlink("nowhere", os.path.join(root, b"dangling"))
    os.symlink("itself", os.path.join(root, b"itself"))
    return data
