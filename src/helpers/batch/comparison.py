"""The page that compares all departments: its notebook run by papermill over the store, OUTPUTS/across.html."""

from __future__ import annotations

import os
from pathlib import Path

from helpers.basics import paths
from helpers.basics.errors import DataError, Refusal, RequestError, shown
from helpers.batch import engine
from helpers.report import site, ways

TITLE = "部门决算横向比较"
_ASIDE = ".new"


def compare(outputs: Path) -> Path:
    """Write across.html and across.ipynb over the store of an outputs folder, and return the page's place."""
    import nbformat

    notebook = _executed(outputs)
    page = outputs / paths.ACROSS.with_suffix(".html").name
    _replace(outputs / paths.ACROSS.name, nbformat.writes(notebook) + "\n")
    _replace(page, site.page(notebook, TITLE, ways.beside()))
    return page


def _executed(outputs: Path):
    """Return the executed notebook, without anything that varies from run to run."""
    import papermill
    from papermill.engines import papermill_engines

    from helpers.batch.warm import WarmEngine

    papermill_engines.register(engine.WARM, WarmEngine)
    if "outputs" not in engine.notebook_parameters(paths.ACROSS):
        raise DataError(paths.ACROSS.name, "没有参数 outputs", "带 parameters 标签的格里有它")
    try:
        notebook = papermill.execute_notebook(
            str(paths.ACROSS),
            None,
            {"outputs": str(outputs)},
            engine_name=engine.WARM,
            kernel_name="python3",
            progress_bar=False,
        )
    except papermill.PapermillExecutionError as error:
        if error.ename in (DataError.__name__, RequestError.__name__):
            raise Refusal(error.evalue) from error
        place = f"{paths.ACROSS.name} 第 {error.cell_index + 1} 格"
        raise DataError(place, f"出错 {error.ename}：{shown(error.evalue, 200)}") from error
    return engine.settled(notebook)


def _replace(file: Path, written: str) -> None:
    aside = file.with_name(file.name + _ASIDE)
    aside.write_text(written, encoding="utf-8", newline="")
    os.replace(aside, file)
