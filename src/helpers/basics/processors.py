"""The processors of this machine. The command needs it at each start, so it loads nothing else."""

import os


def usable() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
