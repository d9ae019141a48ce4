"""The notebook in this process against the same notebook in a real kernel: the outputs are the same."""

import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import papermill
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from helpers.batch.workers import Crew, Limits

CELLS = {
    "a value": "1 + 1",
    "nothing": "x = 1;",
    "both streams": "import sys\nprint(1)\nprint(2, file=sys.stderr)\nprint(3)\n'last'",
    "a wide frame": "import pandas as pd\npd.DataFrame([range(30)])",
    "a drawing": "import matplotlib.pyplot as plt\nplt.plot([1, 2]);",
    "two drawings": "for n in (1, 2):\n    plt.figure()\n    plt.plot([n, n + 1])",
    "shown and replaced": "from IPython.display import HTML, clear_output, display\nprint('gone')\nclear_output(wait=True)\ndisplay(HTML('<b>b</b>'))",
    "updated later": "shown = display(HTML('old'), display_id=True)\nshown.update(HTML('new'))",
    "a coroutine": "import asyncio\nawait asyncio.sleep(0.01)\n'awaited'",
    "a command": "!echo from a shell",
    "a magic": "%%capture caught\nprint('captured')",
    "history": "caught.stdout, In[1], Out[1], _",
    "the main module": "import __main__\n__main__.x, __name__",
    "the last": "1 / 0",
    "not reached": "'never'",
}


IN_A_CHILD = """
from pathlib import Path
import sys
from helpers.batch.workers import Crew, Limits
from test_kernel import execute

place = Path(sys.argv[1])
with Crew(1, Limits()) as crew:
    crew.start("warm", lambda: execute(place, "juesuan", "warm.ipynb"), place / "log")
    assert [("warm", "")] == crew.ended(), (place / "log").read_text(encoding="utf-8")
"""


def execute(place: Path, engine: str | None, name: str) -> None:
    try:
        papermill.execute_notebook(
            str(place / "in.ipynb"),
            str(place / name),
            engine_name=engine,
            kernel_name="python3",
            progress_bar=False,
        )
    except papermill.PapermillExecutionError as error:
        assert "ZeroDivisionError" == error.ename


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """The executed cells, as (in a child of a process that nothing else was done in, in a kernel)."""
    place = tmp_path_factory.mktemp("kernel")
    written = new_notebook(
        cells=[new_code_cell(source, id=f"c{n}") for n, source in enumerate(CELLS.values())]
    )
    written.metadata["kernelspec"] = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    nbformat.write(written, place / "in.ipynb")
    alone = subprocess.run(
        [sys.executable, "-c", IN_A_CHILD, str(place)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert not alone.returncode, alone.stderr
    execute(place, None, "real.ipynb")
    return tuple(nbformat.read(place / name, as_version=4) for name in ("warm.ipynb", "real.ipynb"))


def plain(notebook, at: int) -> str:
    [cell] = [c for c in notebook.cells if c.id == f"c{at}"]
    outputs = json.loads(json.dumps(cell.outputs))
    for output in outputs:
        output.pop("traceback", None)
    return json.dumps([cell.execution_count, outputs], sort_keys=True)


@pytest.mark.parametrize("at", range(len(CELLS)), ids=list(CELLS))
def test_a_cell_has_the_outputs_that_a_kernel_gives_it(both, at):
    warm, real = both
    assert plain(real, at) == plain(warm, at)


def test_the_notebook_says_the_same_of_its_language(both):
    warm, real = both
    assert real.metadata.language_info == warm.metadata.language_info


def test_nothing_is_asked_of_a_person(tmp_path):
    nbformat.write(
        new_notebook(
            cells=[new_code_cell("input('?')")],
            metadata={"kernelspec": {"name": "python3", "display_name": "", "language": "python"}},
        ),
        tmp_path / "in.ipynb",
    )

    def ask():
        try:
            papermill.execute_notebook(
                str(tmp_path / "in.ipynb"),
                None,
                engine_name="juesuan",
                kernel_name="python3",
                progress_bar=False,
            )
        except papermill.PapermillExecutionError as error:
            sys.exit(error.ename)

    with Crew(1, Limits(seconds=20)) as crew:
        crew.start("ask", ask, tmp_path / "log")
        assert [("ask", "进程以状态 1 退出")] == crew.ended()
    assert "EOFError" in (tmp_path / "log").read_text(encoding="utf-8")
