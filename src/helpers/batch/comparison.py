"""The page that compares all departments: its notebook run by papermill over the store, OUTPUTS/across.html."""

from __future__ import annotations

import os
from pathlib import Path

from helpers.basics import paths
from helpers.batch import notebook
from helpers.report import site, ways

TITLE = "部门决算横向比较"
_ASIDE = ".new"


def compare(outputs: Path) -> Path:
    """Write across.html and across.ipynb over the store of an outputs folder, and return the page's place."""
    import nbformat

    made = notebook.executed(paths.ACROSS, {"outputs": str(outputs)}, notebook.WARM)
    page = outputs / paths.ACROSS.with_suffix(".html").name
    _replace(outputs / paths.ACROSS.name, nbformat.writes(made) + "\n")
    _replace(page, site.page(made, TITLE, ways.beside()))
    return page


def _replace(file: Path, written: str) -> None:
    aside = file.with_name(file.name + _ASIDE)
    aside.write_text(written, encoding="utf-8", newline="")
    os.replace(aside, file)
