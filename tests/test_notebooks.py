"""The analyst's notebooks run as they stand, on the real input and on a small outputs folder."""

from __future__ import annotations

import json

import papermill
import pytest
from invented import DEPARTMENT, NAME, write_department

from helpers.across import overview
from helpers.basics import paths
from helpers.basics.model import SEVERITIES
from helpers.disclosure import folders
from helpers.report import files, report

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
    """Two years of an invented department as a batch leaves them, without running the report's own notebook."""
    data, outputs = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("outputs")
    write_department(data)
    for folder in folders.there(data):
        this = report.load(folder.department, folder.year, data)
        place = outputs / folder.department / str(folder.year)
        place.mkdir(parents=True)
        (place / "report.html").touch()
        (place / "cells.csv").write_text(files.cells_csv(this), encoding="utf-8")
        (place / "findings.csv").write_text(files.findings_csv(this), encoding="utf-8")
        counts = {s: sum(f.severity == s for f in this.found) for s in SEVERITIES}
        ended = {
            "department": folder.department,
            "name": this.profile.department,
            "year": folder.year,
            "status": "ok",
            "seconds": 0,
            "findings": counts,
        }
        (place / "run.json").write_text(json.dumps(ended), encoding="utf-8")
    overview.write_index(outputs)
    return outputs


def test_an_analyst_can_explore_the_real_department(tmp_path):
    shown = run("explore", tmp_path)
    assert "2010301" in shown
    assert "xiqu-government-office/2023/figures.csv:2" in shown
    assert "1014.51" in shown


def test_departments_and_years_stand_in_one_frame(tmp_path, outputs):
    shown = run("across", tmp_path, outputs=str(outputs))
    assert NAME in shown
    years = [
        json.loads(p.read_text(encoding="utf-8"))["year"]
        for p in outputs.glob(f"{DEPARTMENT}/*/run.json")
    ]
    assert 2 == len(years)
    assert all(str(year) in shown for year in years)
