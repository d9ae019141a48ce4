"""An import of many that is killed in its midst and begun again gives what one gives that nothing befell."""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time

import pytest

from helpers import cli
from helpers.sample import sample

YEAR, COUNT = 2023, 5


@pytest.fixture(scope="module")
def district(tmp_path_factory):
    place = tmp_path_factory.mktemp("district")
    made = sample.create(place / "made", COUNT, range(YEAR, YEAR + 1), seed=5, published=True)
    (place / "handed").mkdir()
    for folder in made:
        shutil.copyfile(folder.workbook, place / "handed" / f"{folder.department} {YEAR}.xlsx")
    return place / "handed"


def files(data):
    found = data / "departments"
    return {
        path.relative_to(found): path.read_bytes() for path in found.rglob("*") if path.is_file()
    }


def begun(district, data):
    command = [sys.executable, "-m", "helpers", "import", str(district), "--data", str(data)]
    quiet = subprocess.DEVNULL
    return subprocess.Popen([*command, "--jobs", "1"], stdout=quiet, stderr=quiet, process_group=0)


@pytest.mark.parametrize("how", [os.kill, os.killpg], ids=["it alone", "with its children"])
def test_what_was_killed_goes_on_and_gives_the_same(district, tmp_path, how):
    data, whole = tmp_path / "killed", tmp_path / "whole"
    running = begun(district, data)
    while running.poll() is None and not [*data.glob("departments/[!.]*/*/figures.csv")]:
        time.sleep(0.01)
    how(running.pid, signal.SIGKILL)
    assert -signal.SIGKILL == running.wait()
    for lock in data.glob("departments/.making-*.lock"):  # held until its children are dead too
        with lock.open() as held:
            fcntl.flock(held, fcntl.LOCK_EX)
    there = [*data.glob("departments/[!.]*/*")]
    assert 0 < len(there) < COUNT
    assert all((one / "profile.yaml").exists() and (one / "published").exists() for one in there)
    for place in (data, whole):
        assert 0 == cli.main(["import", str(district), "--data", str(place), "--quiet"])
    once, again = files(whole), files(data)
    assert sorted(map(str, once)) == sorted(map(str, again))
    assert not [str(path) for path in once if once[path] != again[path]]
