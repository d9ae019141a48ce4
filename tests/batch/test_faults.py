"""What can befall a batch, really done to it: notebooks that misbehave, kills, interrupts, a full disk, a second batch."""

import errno
import os
import random
import shutil
import signal
import subprocess
from pathlib import Path
from threading import Event, Thread

import faults
import nbformat
import pytest
from nbformat.v4 import new_code_cell

from helpers.basics import forking, paths
from helpers.batch import batch, engine, inputs
from helpers.batch.shelf import LOG, RECORD, Shelf
from helpers.batch.workers import Limits
from helpers.disclosure import folders, selection
from helpers.sample import district, sample

pytestmark = pytest.mark.skipif(
    not hasattr(os, "pidfd_open"),
    reason="forks are watched by pidfd, which this system does not have",
)
MISDEEDS = {
    "ends": "import os; os._exit(0)",
    "leaves": "import sys; sys.exit()",
    "loops": "while True: pass",
    "hoards": "kept = []\nwhile True: kept.append(bytearray(10_000_000))",
    "crumbles": "kept = []\nwhile True: kept.append(str(len(kept)) * 100)",
    "kills": "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
    "breaks": "1 / 0",
    "good": "",
}
ONE, TWO = (sample.name_of(district.department(1, n)) for n in range(2))
REASONS = {
    "ends": "进程没有写完报告就结束了",
    "leaves": "自己结束了笔记本，后面的格没有运行",
    "loops": "超过 12 秒没有结束，已停止",
    "hoards": "用完了允许的内存 1024 MB",
    "crumbles": "用完了允许的内存 1024 MB",
    "kills": "进程被信号 SIGKILL 终止，多半是内存不够",
    "breaks": "出错 ZeroDivisionError：division by zero",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A small data folder, and the outputs of an undisturbed batch over it."""
    place = tmp_path_factory.mktemp("district")
    sample.create(place / "data", 2, range(2022, 2024), seed=1)
    assert 0 == faults.finished(faults.start(place / "data", place / "quiet")).returncode
    return place


@pytest.fixture(scope="module")
def misbehaved(tmp_path_factory):
    """The outcome of one batch in which every misdeed is done by one department, with the last good report before it."""
    place = tmp_path_factory.mktemp("misdeeds")
    [folder] = sample.create(place / "data", 1, range(2023, 2024), seed=1)
    for name in MISDEEDS:
        shutil.copytree(folder.path, place / "data" / "departments" / name / "2023")
    shutil.rmtree(folder.path.parent)
    chosen = selection.select(folders.there(place / "data"), [], [range(2023, 2024)])
    shelf = Shelf(place / "outputs")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "NOTEBOOK", notebook_with_misdeeds(place))
        for known in (inputs.machinery, inputs.of_machinery):
            known.cache_clear()
        kept = shelf.place(chosen[0]).parent.parent / "loops" / "2023"
        kept.mkdir(parents=True)
        (kept / "report.html").write_text("the last good one", encoding="utf-8")
        tally = batch.run(
            chosen, shelf, batch.Plan(jobs=2, limits=Limits(seconds=12, memory=1 << 30), quiet=True)
        )
    for known in (inputs.machinery, inputs.of_machinery):
        known.cache_clear()
    return tally, shelf, {folder.department: folder for folder in chosen}


def notebook_with_misdeeds(place: Path) -> Path:
    notebook = nbformat.read(paths.NOTEBOOK, as_version=4)
    loaded = next(
        n
        for n, cell in enumerate(notebook.cells)
        if cell.source.startswith("from helpers import report")
    )
    deeds = "".join(
        f"\nif department == {name!r}:\n" + "".join(f"    {line}\n" for line in code.splitlines())
        for name, code in MISDEEDS.items()
        if code
    )
    notebook.cells.insert(loaded + 1, new_code_cell(deeds))
    nbformat.write(notebook, place / "department_report.ipynb")
    return place / "department_report.ipynb"


@pytest.mark.parametrize("name", REASONS)
def test_a_report_that_fails_says_why_and_keeps_the_last_good_one(misbehaved, name):
    _, shelf, chosen = misbehaved
    run = shelf.record(chosen[name])
    assert "failed" == run["status"] and REASONS[name] in run["error"]
    assert shelf.names(chosen[name]) <= {"run.json", LOG, "report.html"}
    assert (name == "loops") == ("report.html" in shelf.names(chosen[name]))


def test_the_others_are_built_whatever_happens_to_one(misbehaved):
    tally, shelf, chosen = misbehaved
    assert (1, len(REASONS)) == (tally.built, tally.failed)
    assert set(engine.FILES) == shelf.names(chosen["good"])
    index = (shelf.outputs / "index.csv").read_text(encoding="utf-8").splitlines()
    assert len(MISDEEDS) == len(index) - 1 and len(REASONS) == sum(
        ",failed," in line for line in index
    )


def test_nothing_is_left_of_what_was_being_made(misbehaved, built):
    for outputs in (misbehaved[1].outputs, built / "quiet"):
        assert [] == [p.name for p in outputs.rglob(".*")]


def test_a_batch_killed_again_and_again_ends_with_the_same_files(built, tmp_path):
    kills = faults.killed_until_done(built / "data", tmp_path / "outputs", 4, random.Random(4))
    assert kills > 0
    assert faults.content(built / "quiet") == faults.content(tmp_path / "outputs")


def test_an_interrupted_batch_ends_and_leaves_nothing_running(built, tmp_path):
    started = faults.start(built / "data", tmp_path / "outputs", "--force")
    faults.until(lambda: faults.children(started.pid))
    born = faults.children(started.pid)
    os.kill(started.pid, signal.SIGINT)
    done = faults.finished(started)
    assert (
        130 == done.returncode
        and "再运行一次即可继续" in done.stderr
        and "Traceback" not in done.stderr
    )
    assert all(faults.gone(pid) for pid in born)
    assert [] == list((tmp_path / "outputs").glob(".*"))


def test_two_batches_at_once_on_one_folder_do_not_harm_each_other(built, tmp_path):
    two = [faults.start(built / "data", tmp_path / "outputs", "--force") for _ in range(2)]
    assert [0, 0] == [faults.finished(one).returncode for one in two]
    assert faults.content(built / "quiet") == faults.content(tmp_path / "outputs")


@pytest.mark.parametrize("number", [errno.EACCES, errno.EXDEV])
def test_a_place_that_cannot_be_changed_is_told_and_the_old_report_stays(
    built, tmp_path, monkeypatch, capsys, number
):
    shutil.copytree(built / "quiet", tmp_path / "outputs")
    chosen = selection.select(folders.there(built / "data"), [ONE], [range(2022, 2023)])
    shelf = Shelf(tmp_path / "outputs")

    def refuse(*_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("helpers.batch.shelf._exchange", refuse)
    tally = batch.run(chosen, shelf, batch.Plan(force=True, quiet=True))
    assert (0, 1) == (tally.built, tally.failed)
    assert "报告放不进" in capsys.readouterr().err
    assert faults.content(built / "quiet") == faults.content(tmp_path / "outputs")


def test_where_folders_cannot_be_exchanged_two_renames_do(tmp_path, monkeypatch):
    monkeypatch.setattr("helpers.batch.shelf.ctypes.CDLL", lambda *_, **__: object())
    shelf, folder = Shelf(tmp_path / "outputs"), folders.Folder(tmp_path, "office", 2023)
    for words in ("old", "new"):
        (tmp_path / words).mkdir()
        (tmp_path / words / "report.html").write_text(words, encoding="utf-8")
        shelf.put(folder, tmp_path / words)
    assert "new" == (shelf.place(folder) / "report.html").read_text(encoding="utf-8")
    assert "old" == (tmp_path / "new" / "report.html").read_text(encoding="utf-8")


def test_a_file_that_cannot_be_read_fails_its_own_report_alone(built, tmp_path):
    shutil.copytree(built / "data", tmp_path / "data")
    shutil.copytree(built / "quiet", tmp_path / "outputs")
    chosen = selection.select(folders.there(tmp_path / "data"), [], [range(2022, 2023)])
    chosen[0].figures.unlink()
    chosen[0].figures.symlink_to("figures.csv")
    shelf = Shelf(tmp_path / "outputs")
    tally = batch.run(chosen, shelf, batch.Plan(quiet=True))
    assert (1, 1) == (tally.built + tally.skipped, tally.failed)
    error = shelf.record(chosen[0])["error"]
    assert error.startswith(f"{chosen[0].department}/2022/figures.csv：读不了")


def test_an_editors_lock_that_leads_nowhere_fails_no_report(built, tmp_path):
    shutil.copytree(built / "data", tmp_path / "data")
    [folder] = selection.select(folders.there(tmp_path / "data"), [ONE], [range(2022, 2023)])
    (folder.path / ".#figures.csv").symlink_to("nowhere")
    assert 1 == batch.run([folder], Shelf(tmp_path / "outputs"), batch.Plan(quiet=True)).built


def test_an_output_that_nobody_reads_any_more_fails_no_report(built, tmp_path):
    started = faults.start(built / "data", tmp_path / "outputs")
    started.stdout.close()
    _, err = started.communicate(timeout=120)
    assert "Traceback" not in err and "失败" not in err
    assert faults.content(built / "quiet") == faults.content(tmp_path / "outputs")


def test_a_full_disk_is_reported_and_harms_nothing(built, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("a small file system cannot be mounted here: not root, or not allowed")
    try:
        first = faults.finished(faults.start(built / "data", disk, "-d", ONE, "-y", "2022"))
        assert 0 == first.returncode
        good = faults.content(disk / ONE / "2022")
        (disk / "filler").write_bytes(b"x" * (shutil.disk_usage(disk).free - 8192))
        full = faults.finished(faults.start(built / "data", disk, "--force"))
        assert 3 == full.returncode and "Traceback" not in full.stderr
        assert "磁盘满了" in full.stderr
        now = faults.content(disk / ONE / "2022")
        assert all(good[name] == now[name] for name in engine.FILES if name != RECORD)
        (disk / "filler").unlink()
        assert (
            0
            == faults.finished(
                faults.start(built / "data", disk, "-d", TWO, "-y", "2022")
            ).returncode
        )
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_process_with_threads_hands_its_reports_to_processes_of_their_own(built, tmp_path):
    stop = Event()
    thread = Thread(target=stop.wait)
    thread.start()
    try:
        chosen = selection.select(folders.there(built / "data"), [], [range(2022, 2024)])
        chosen[0] = folders.Folder(chosen[0].data, "vanished", 2022)
        shelf = Shelf(tmp_path)
        tally = batch.run(chosen, shelf, batch.Plan(jobs=2, quiet=True))
    finally:
        stop.set()
        thread.join()
    assert (3, 1) == (tally.built, tally.failed)
    assert "vanished" in shelf.record(chosen[0])["error"]
    kept = {k: v for k, v in faults.content(tmp_path).items() if not k.startswith("vanished/")}
    assert {k: v for k, v in faults.content(built / "quiet").items() if k in kept} == kept
    assert [] == [p for p in faults.children(os.getpid()) if not faults.gone(p)]


def test_where_a_process_cannot_be_forked_an_ordinary_kernel_builds_the_same(
    built, tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr(forking, "can_fork", lambda: False)
    monkeypatch.setattr(forking, "CAN_WATCH", False)
    chosen = selection.select(folders.there(built / "data"), [ONE], [range(2022, 2023)])
    tally = batch.run(chosen, Shelf(tmp_path), batch.Plan())
    assert 1 == tally.built and "另起一个普通内核" in capsys.readouterr().err
    assert faults.content(built / "quiet" / ONE / "2022") == faults.content(tmp_path / ONE / "2022")
