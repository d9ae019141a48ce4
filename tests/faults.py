"""Kill a batch at random moments and start it again until it is done: `make faults` does it at length.

The outputs must be those of an undisturbed batch, file by file, but for the times in run.json; at no moment may a
report's folder hold only part of its files. After that come the hostile inputs and commands of tests/hostile/.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import hostile

from helpers.batch import engine

LONGEST = 2.0  # seconds after the first report was begun

# What says when it was written.
TIMED = ("index.html", "index.csv", "filler", "collected.json", "standing.json")


def start(data: Path, outputs: Path, *more: str) -> subprocess.Popen:
    """Start a batch of its own."""
    command = [
        sys.executable,
        "-m",
        "helpers",
        "run",
        "--data",
        str(data),
        "--outputs",
        str(outputs),
        *more,
    ]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )


def finished(batch: subprocess.Popen) -> subprocess.CompletedProcess:
    """Wait for a batch and return how it ended."""
    out, err = batch.communicate(timeout=300)
    return subprocess.CompletedProcess(batch.args, batch.returncode, out, err)


def children(pid: int) -> set[int]:
    """Return the processes that a process has started."""
    try:
        return set(
            map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split())
        )
    except OSError:
        return set()


def gone(pid: int) -> bool:
    """Return whether a process is no more, or waits only to be noticed."""
    try:
        return (
            Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
            == "Z"
        )
    except OSError:
        return True


def until(happens: Callable[[], object], seconds: float = 60) -> None:
    """Wait until something happens."""
    for _ in range(int(seconds * 100)):
        if happens():
            return
        time.sleep(0.01)
    raise TimeoutError


def content(place: Path) -> dict[str, str | dict]:
    """Return every file under a folder; of run.json what does not depend on when it was written."""
    found: dict[str, str | dict] = {}
    for file in sorted(place.rglob("*")):
        if file.name == "run.json":
            run = json.loads(file.read_text(encoding="utf-8"))
            found[str(file.relative_to(place))] = {
                k: v for k, v in run.items() if k not in ("started", "seconds")
            }
        elif file.is_file() and file.name not in TIMED:
            found[str(file.relative_to(place))] = file.read_bytes().hex()
    return found


def whole(outputs: Path) -> None:
    """Refuse a report's folder that has only part of its files."""
    for folder in outputs.glob("*/[0-9][0-9][0-9][0-9]"):
        if partly := set(engine.FILES) ^ {p.name for p in folder.iterdir()}:
            raise AssertionError(f"{folder.relative_to(outputs)}: {sorted(partly)}")


def killed_until_done(data: Path, outputs: Path, kills: int, chance: Random) -> int:
    """Kill a batch so many times, each at a random moment, then let it end; return how often reports were being made."""
    hit = 0
    for _ in range(kills):
        batch = start(data, outputs, "--force")
        until(lambda batch=batch: children(batch.pid) or batch.poll() is not None)
        try:
            batch.wait(chance.uniform(0, LONGEST))
            batch.communicate()
        except subprocess.TimeoutExpired:
            born = children(batch.pid)
            os.kill(batch.pid, signal.SIGKILL)
            batch.communicate()
            until(lambda born=born: all(map(gone, born)))
            hit += bool(born)
        if outputs.is_dir():
            whole(outputs)
    last = finished(start(data, outputs))
    if last.returncode or any(outputs.rglob(".*")):
        raise AssertionError(last.stderr or sorted(outputs.rglob(".*")))
    return hit


def interrupted(data: Path, outputs: Path) -> float:
    """Return how long a batch takes to end when it is interrupted, as a share of what it takes undisturbed."""
    clock = time.monotonic()
    finished(start(data, outputs, "--force"))
    undisturbed, batch = time.monotonic() - clock, start(data, outputs, "--force")
    until(lambda: children(batch.pid))
    clock = time.monotonic()
    os.kill(batch.pid, signal.SIGINT)
    finished(batch)
    return (time.monotonic() - clock) / undisturbed


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        subprocess.run(
            [
                sys.executable,
                "-m",
                "helpers",
                "sample",
                "--departments",
                "20",
                "--years",
                "2022-2023",
                "--seed",
                str(options.seed),
                "--data",
                str(place / "data"),
            ],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        if finished(start(place / "data", place / "quiet")).returncode:
            raise AssertionError("the undisturbed batch failed")
        hit = killed_until_done(
            place / "data", place / "outputs", options.kills, Random(options.seed)
        )
        same = content(place / "quiet") == content(place / "outputs")
        share = interrupted(place / "data", place / "interrupted")
    print(
        f"{options.kills} kills, {hit} while reports were being made; the same files as undisturbed: {'yes' if same else 'NO'}; "
        f"interrupted it ends within {share:.1%} of the time that it takes undisturbed",
        flush=True,
    )
    broken, line = hostile.everything([])
    print("\n".join([*broken, line]))
    return 0 if same and not broken else 1


if __name__ == "__main__":
    sys.exit(main())
