"""What a person waits for at every command: nothing is loaded that the command does not use."""

import subprocess
import sys

LOADED = (
    "import contextlib, io, sys\n"
    "from helpers import cli\n"
    "with contextlib.redirect_stdout(io.StringIO()):\n"
    "    cli.main(sys.argv[1:])\n"
    "print(*sys.modules)"
)
HEAVY = {"yaml", "json", "decimal", "csv", "pandas", "ctypes", "python_calamine", "lxml"}


def loaded(*arguments: str) -> set[str]:
    command = [sys.executable, "-c", LOADED, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_a_list_of_folders_loads_no_reader_of_files():
    assert not loaded("list") & HEAVY


def test_what_a_check_needs_is_loaded_for_it():
    assert {"yaml", "decimal"} <= loaded("check", "-d", "xiqu-government-office")
