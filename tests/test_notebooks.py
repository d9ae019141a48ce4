"""The analyst's notebooks run as they stand, on the real input and on a small outputs folder."""

from __future__ import annotations

import papermill
import pytest
import reported
from invented import NAME, write_department

from helpers.across import store
from helpers.basics import paths
from helpers.disclosure import folders

NOTEBOOKS = paths.ROOT / "notebooks"


def run(name: str, folder, **parameters) -> str:
    """Execute a notebook and return everything that it shows, as text."""
    done = papermill.execute_notebook(
        str(NOTEBOOKS / f"{name}.ipynb"),
        str(folder / f"{name}.ipynb"),
        parameters,
        kernel_name="python3",
        progress_bar=False,
    )
    shown = [o for cell in done.cells if cell.cell_type == "code" for o in cell.outputs]
    assert not [
        o
        for o in shown
        if o.output_type == "error" or o.get("name") == "stderr" and "Warning:" in o.text
    ]
    return "\n".join(o.get("text") or o.data.get("text/plain", "") for o in shown)


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    """Two years of an invented department as a batch leaves them, collected."""
    data, outputs = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("outputs")
    write_department(data)
    reported.written(folders.there(data), outputs)
    store.collect(outputs, data)
    return outputs


def test_an_analyst_can_explore_the_real_department(tmp_path):
    shown = run("explore", tmp_path)
    assert "2010301" in shown
    assert "xiqu-government-office/2023/figures.csv:2" in shown
    assert "1014.51" in shown


def test_departments_and_years_stand_beside_each_other(tmp_path, outputs):
    shown = run("across", tmp_path, outputs=str(outputs))
    assert NAME in shown
    assert "1 个部门，2 个年度，2 份报告" in shown


def test_another_year_can_be_looked_at(tmp_path, outputs):
    with pytest.raises(papermill.PapermillExecutionError, match="没有 1999 年度的报告"):
        run("across", tmp_path, outputs=str(outputs), year=1999)
