"""The page that compares all departments: its notebook run by papermill over the store, OUTPUTS/across.html."""

from __future__ import annotations

from pathlib import Path

from helpers.basics import paths, replacing
from helpers.basics.locking import alone
from helpers.batch import notebook
from helpers.report import site, ways

TITLE = "部门决算横向比较"


def compare(outputs: Path) -> Path:
    """Write across.html and across.ipynb over the store of an outputs folder, and return the page's place."""
    import nbformat

    made = notebook.executed(paths.ACROSS, {"outputs": str(outputs)}, notebook.WARM)
    page = outputs / paths.ACROSS.with_suffix(".html").name
    written = site.page(made, TITLE, ways.beside())
    with alone(outputs):  # of two that compare at once, both files are to be of the same one
        replacing.clear(outputs)
        replacing.write(outputs / paths.ACROSS.name, nbformat.writes(made) + "\n")
        replacing.write(page, written)
    return page
