"""Two processes that do the same at the same time."""

from __future__ import annotations

import subprocess
import sys

_TOGETHER = """
print(flush=True)
sys.stdin.readline()
"""


def at_once(ready: str, go: str, *arguments: list[str]) -> list[int]:
    """Run a script in a process for each list of arguments, and return their exit statuses.

    None begins with `go` before all have done what gets them `ready`.
    """
    command = [sys.executable, "-c", f"import sys\n{ready}{_TOGETHER}{go}"]
    processes = [
        subprocess.Popen(
            [*command, *some], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for some in arguments
    ]
    for one in processes:
        one.stdout.readline()
    for one in processes:
        one.stdin.write("\n")
        one.stdin.flush()
    for one in processes:
        one.communicate()
    return [one.returncode for one in processes]
