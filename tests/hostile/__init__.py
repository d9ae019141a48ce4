"""Hostile inputs as data, and the one batch and the one check that have to stand them.

An input is a department whose year was good and is then spoilt: by a broken figure, a published text made to be slow,
a workbook that swells, a file that is no file. What is promised of every one of them is in `broken_by`:
the command ends by itself with a status of its own, says so in plain words, names the file that it refuses, changes no
input, and builds the good neighbours as if nothing were there. A second group, `COMMANDS`, are whole commands with odd
options, surroundings or outputs. `make faults` runs all of them, tests/batch/test_hostile.py the quick ones.

    python tests/hostile            all of them
    python tests/hostile NAME …     these alone, and what came of them
"""

from hostile.doing import Done, broken_by, changed, do, seal
from hostile.every import QUICK, inputs
from hostile.inputs import FIGURES, Input
from hostile.judging import Verdict, judged
from hostile.obeyed import all_obeyed, commands, everything
from hostile.suite import suite

__all__ = [
    "Done",
    "FIGURES",
    "Input",
    "QUICK",
    "Verdict",
    "all_obeyed",
    "broken_by",
    "changed",
    "commands",
    "do",
    "everything",
    "inputs",
    "judged",
    "seal",
    "suite",
]
