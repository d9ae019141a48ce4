"""What every report needs, loaded and drawn once, so that the children of this process find it ready.

Nothing of a department is read here, and no notebook is run.
"""

from __future__ import annotations

import gc
import os
import sys
from functools import cache
from importlib import import_module

from helpers.basics import forking, paths
from helpers.batch import engine, inputs, kernel, notebook, ready
from helpers.report import sheet, site, typeface

# What other programs are told, and the packages of a report would heed: it is drawn the same everywhere.
_OTHERS = (
    "MPLBACKEND",
    "SOURCE_DATE_EPOCH",
    "JUPYTER_CONFIG_DIR",
    "JUPYTER_DATA_DIR",
    "IPYTHONDIR",
)
PACKAGES = (
    "IPython",
    "IPython.core.application",
    "IPython.core.completerlib",
    "IPython.core.crashhandler",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "ipykernel.ipkernel",
    "ipykernel.zmqshell",
    "matplotlib.pyplot",
    "matplotlib_inline.backend_inline",
    "nbclient",
    "pandas",
    "papermill",
    "xlsxwriter",
)
_TEXTS = (".yaml", ".csv", ".ipynb", ".css", ".py")


def warm(needs: ready.Needs) -> None:
    """Make this process ready to be forked for reports of department-years that need this."""
    gc.disable()  # nothing that is loaded here is garbage, and it would be looked for in all of it time and again
    try:
        _load()
        ready.get_ready(needs)
        for edition in needs.editions:
            for with_text in (False, True):
                inputs.of_machinery(edition, with_text)
    finally:
        gc.enable()
    gc.freeze()  # children share it, and none looks for garbage in it


@cache
def _load() -> None:
    """Load what every report needs, once in a process."""
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    for word in _OTHERS:
        os.environ.pop(word, None)
    # jsonschema would spend two seconds on a grammar of addresses.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    with forking.beside(lambda: typeface.outlines(_characters())) as outlines:
        for package in PACKAGES:
            import_module(package)
        # As in a kernel; outside one pandas takes it from the terminal.
        sys.modules["pandas"].set_option("display.max_columns", 20)
        inputs.machinery()
        notebook.taken(paths.NOTEBOOK)
        engine.versions()
        kernel.get_ready()
        site.script()
        site.exporter().template  # noqa: B018  it is compiled when it is first asked for
        drawn = sheet.Sheet()
        drawn.note("暖")
        drawn.svg()
        typeface.know(outlines())
        typeface.subset(frozenset("暖"))


def _characters() -> frozenset[str]:
    """Return the characters of everything that a report may print but for the department's own words."""
    places = (paths.RULES, paths.CODES, paths.NOTEBOOK.parent, paths.CODE)
    files = (
        file
        for place in places
        for file in place.rglob("*")
        if file.suffix in _TEXTS and file.is_file()
    )
    return frozenset().union(
        *(file.read_text(encoding="utf-8", errors="replace") for file in files)
    )
