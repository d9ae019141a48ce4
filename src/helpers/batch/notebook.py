"""A notebook run by papermill with parameters: what it made, without what varies from run to run, or why it failed."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Mapping
from contextlib import contextmanager, nullcontext
from functools import cache
from pathlib import Path

from helpers.basics.errors import DataError, DataErrors, Refusal, RequestError, shown

WARM, ORDINARY = "juesuan", None  # papermill's engines: this process, or a kernel of its own
_REFUSED = tuple(kind.__name__ for kind in (DataError, DataErrors, RequestError))
_DONE = ("completed", "pending")
# ipykernel says at every start that a loopback connection is not encrypted; it is no news to anyone.
_NO_NEWS = "Kernel is running over TCP without encryption"


def executed(notebook: Path, parameters: Mapping[str, str | int], engine: str | None):
    """Return an executed notebook; the same inputs give the same bytes.

    DataError: it cannot be read, does not take a parameter, fails in a cell, or ends by itself. Refusal: what it asks
    for is refused.
    """
    if unknown := parameters.keys() - taken(notebook):
        words = "、".join(parameters)
        raise DataError(
            notebook.name,
            f"没有参数 {'、'.join(sorted(unknown))}",
            f"带 parameters 标签的格里有 {words}",
        )
    made = _run(notebook, parameters, engine)
    for n, cell in enumerate(made.cells):
        if cell.metadata.papermill.status not in _DONE:
            problem = "自己结束了笔记本，后面的格没有运行"
            raise DataError(_cell(notebook, n), problem, "运行到最后一格的笔记本")
    return _settled(made)


def _run(notebook: Path, parameters: Mapping[str, str | int], engine: str | None):
    import papermill
    from papermill.engines import papermill_engines

    from helpers.batch.warm import WarmEngine

    papermill_engines.register(
        WARM, WarmEngine
    )  # papermill knows it by itself only where this package is installed anew
    try:
        with _without_no_news() if engine is ORDINARY else nullcontext():
            return papermill.execute_notebook(
                str(notebook),
                None,
                dict(parameters),
                engine_name=engine,
                kernel_name="python3",
                progress_bar=False,
            )
    except papermill.PapermillExecutionError as error:
        if error.ename in _REFUSED:
            raise Refusal(error.evalue) from error
        if error.ename == MemoryError.__name__:
            raise MemoryError from error
        raise DataError(
            _cell(notebook, error.cell_index), f"出错 {error.ename}：{shown(error.evalue, 200)}"
        ) from error


@contextmanager
def _without_no_news():
    """Hold back exactly that line of the kernel's own output; everything else is passed on."""
    sys.stderr.flush()
    kept = os.dup(2)
    with tempfile.TemporaryFile() as caught:
        os.dup2(caught.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)
            caught.seek(0)
            for line in caught.read().decode("utf-8", "replace").splitlines():
                if _NO_NEWS not in line:
                    print(line, file=sys.stderr)


@cache
def taken(notebook: Path) -> frozenset[str]:
    """Return the names of the parameters that a notebook takes; papermill only warns of one that it does not."""
    import papermill

    try:
        return frozenset(papermill.inspect_notebook(str(notebook)))
    except ValueError as error:
        raise DataError(notebook.name, "不是能读的笔记本", "用 JupyterLab 存的 ipynb") from error


def _cell(notebook: Path, index: int) -> str:
    return f"{notebook.name} 第 {index + 1} 格"


def _settled(made):
    """Remove run times and random ids from an executed notebook."""
    made.metadata.pop("papermill", None)
    for cell in made.cells:
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if "injected-parameters" in cell.metadata.get("tags", ()):
            cell["id"] = "injected-parameters"
    return made
