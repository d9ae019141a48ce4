"""A new department-year that begins as an earlier one ended: the same rows with open amounts, the same words."""

from __future__ import annotations

import re

from helpers.basics.csvtext import csv_text
from helpers.basics.errors import RequestError
from helpers.basics.filetext import text_of
from helpers.basics.model import FINAL, LAST_YEAR, Figure
from helpers.basics.paths import Folder
from helpers.disclosure import figures, profile
from helpers.edition import codes


def parts(earlier: Folder, year: int) -> tuple[str, str]:
    """Return figures.csv and profile.yaml of a year as an earlier one leaves them."""
    if not earlier.path.is_dir():
        raise RequestError(f"没有 {earlier.name(earlier.path)} 这个文件夹，有哪些请看 juesuan list")
    known = figures.load(earlier.figures, earlier.name(earlier.figures))
    profile.load(earlier.profile, earlier.name(earlier.profile), earlier.year)
    return _figures(known, earlier.year), _profile(earlier, year)


def _figures(known: tuple[Figure, ...], year: int) -> str:
    """Return the rows of an earlier year with open amounts; what each was stands in its note."""
    roles = codes.vocabulary().roles
    return csv_text(
        (*figures.REQUIRED, "note"),
        (
            (
                *figure.scope,
                "" if roles[figure.basis] == FINAL else figure.basis,
                "",
                figure.unit,
                f"{year} 年 {figure.written} {figure.unit}",
            )
            for figure in known
            if roles[figure.basis] != LAST_YEAR
        ),
    )


def _profile(earlier: Folder, year: int) -> str:
    """Return the profile of an earlier year as it is written, of another year."""
    text = text_of(earlier.profile, earlier.name(earlier.profile), profile.LARGEST)
    return re.sub(
        rf"^(year|年度)(\s*:\s*)['\"]?{earlier.year:04d}['\"]?",
        rf"\g<1>\g<2>{year:04d}",
        text,
        count=1,
        flags=re.M,
    )
