"""All tests in as many processes as there are processors: `make test`. Each takes the next file that none has taken.

Not in threads or by workers that have them: a process with a second thread cannot be forked, and what is tested forks.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

TESTS = Path(__file__).parent


def main(arguments: list[str]) -> int:
    """Run the tests and return the status of the worst process."""
    with tempfile.TemporaryDirectory() as place:
        (claims := Path(place, "claims")).mkdir()
        command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments]
        environment = {**os.environ, "TESTS_CLAIMS": str(claims)}
        logs = [Path(place, f"{n}.log").open("w+b") for n in range(_processors())]
        running = [
            subprocess.Popen(
                command, cwd=TESTS.parent, env=environment, stdout=log, stderr=subprocess.STDOUT
            )
            for log in logs
        ]
        statuses = [process.wait() for process in running]
        for log in logs:
            log.seek(0)
            sys.stdout.write(log.read().decode("utf-8", "replace"))
            log.close()
    return max(map(abs, statuses))


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
