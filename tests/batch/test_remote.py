"""Beyond this machine: data and outputs at an address, and a Dask scheduler that makes the same files."""

import csv
import io
import json
import os
from pathlib import Path

import faults
import fsspec
import pytest

from helpers import cli
from helpers.basics.errors import RequestError
from helpers.batch import batch, cluster, engine, remote, station
from helpers.batch.shelf import RECORD, Shelf
from helpers.batch.station import Job
from helpers.batch.workers import Limits
from helpers.disclosure import folders, selection
from helpers.sample import district, sample

pytestmark = [
    pytest.mark.leaves_threads,
    pytest.mark.skipif(
        not hasattr(os, "pidfd_open"),
        reason="forks are watched by pidfd, which this system does not have",
    ),
]
DEPARTMENT = sample.name_of(district.department(1, 0))


@pytest.fixture(scope="module")
def local(tmp_path_factory):
    """A small data folder, and its reports built here."""
    place = tmp_path_factory.mktemp("local")
    sample.create(place / "data", 1, range(2022, 2024), seed=1)
    assert 0 == cli.main(
        ["run", "--data", str(place / "data"), "--outputs", str(place / "outputs"), "--quiet"]
    )
    return place


@pytest.fixture
def store(local):
    """The data in a store in memory, and nothing else in it."""
    files = fsspec.filesystem("memory")
    files.store.clear()
    files.pseudo_dirs[:] = [""]
    files.put(str(local / "data"), "/bucket/data", recursive=True)
    yield files
    files.store.clear()


def told(report: bytes) -> bytes:
    """Return a file without the name of the data folder that a notebook was given."""
    return b"\n".join(
        line for line in report.splitlines() if b"data = " not in line and b'"data":' not in line
    )


def run(*more):
    return cli.main(
        ["run", "--data", "memory://bucket/data", "--outputs", "memory://bucket/out", *more]
    )


def test_reports_at_an_address_are_those_built_here(local, store, capsys):
    assert 0 == run()
    assert "memory://bucket/out/index.html" in capsys.readouterr().out
    for name in engine.FILES:
        if name != RECORD:
            there = store.cat_file(f"/bucket/out/{DEPARTMENT}/2023/{name}")
            here = (local / "outputs" / DEPARTMENT / "2023" / name).read_bytes()
            assert told(here) == told(there), name
    assert (
        "memory://bucket/data"
        in store.cat_file(f"/bucket/out/{DEPARTMENT}/2023/report.ipynb").decode()
    )
    rows = list(csv.DictReader(io.StringIO(store.cat_file("/bucket/out/index.csv").decode())))
    assert [("ok", f"{DEPARTMENT}/{year}/report.html") for year in ("2022", "2023")] == sorted(
        (r["status"], r["report"]) for r in rows
    )


def test_what_is_up_to_date_at_an_address_is_skipped_and_a_failure_keeps_the_last_good_one(
    store, capsys
):
    assert 0 == run()
    capsys.readouterr()
    assert 0 == run()
    assert "跳过 2 份" in capsys.readouterr().out
    good = store.cat_file(f"/bucket/out/{DEPARTMENT}/2023/report.html")
    figures = f"/bucket/data/departments/{DEPARTMENT}/2023/figures.csv"
    kept = store.cat_file(figures)
    store.pipe_file(figures, b"item\n")
    assert cli.FAILED == run()
    assert (
        "failed" == json.loads(store.cat_file(f"/bucket/out/{DEPARTMENT}/2023/{RECORD}"))["status"]
    )
    assert good == store.cat_file(f"/bucket/out/{DEPARTMENT}/2023/report.html")
    store.pipe_file(figures, kept)
    assert 0 == run()
    assert set(engine.FILES) == {
        name.rpartition("/")[2] for name in store.ls(f"/bucket/out/{DEPARTMENT}/2023", detail=False)
    }


def test_an_address_of_this_machine_is_as_good_as_a_folder(local, tmp_path):
    assert 0 == cli.main(
        [
            "run",
            "--data",
            f"local://{local}/data",
            "--outputs",
            f"local://{tmp_path}/out",
            "-y",
            "2023",
            "--quiet",
        ]
    )
    for name in ("cells.csv", "statements.json", "findings.csv", "tables.xlsx"):
        assert (local / "outputs" / DEPARTMENT / "2023" / name).read_bytes() == (
            tmp_path / "out" / DEPARTMENT / "2023" / name
        ).read_bytes()


def test_reports_at_an_address_are_not_compared_and_it_is_said_before_anything_is_done(
    local, tmp_path, capsys
):
    options = ["--data", f"{local}/data", "--outputs", f"local://{tmp_path}/out", "--across"]
    assert cli.NOT_UNDERSTOOD == cli.main(["run", *options])
    assert "--across 只比较本机的报告" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_check_reads_an_address_too(store, capsys):
    assert 0 == cli.main(["check", "--data", "memory://bucket/data", "-y", "2023"])
    assert f"{DEPARTMENT} 2023：错误 0" in capsys.readouterr().out


@pytest.mark.parametrize("address", ["nonsense://bucket/data", "s3://bucket/data"])
def test_an_address_that_cannot_be_used_is_refused_in_one_line(address, capsys):
    assert cli.NOT_UNDERSTOOD == cli.main(["run", "--data", address])
    assert f"用不了地址 {address}" in capsys.readouterr().err


# A Dask scheduler


@pytest.fixture(scope="module")
def scheduler():
    from dask.distributed import LocalCluster

    with LocalCluster(
        n_workers=1, threads_per_worker=2, processes=True, dashboard_address=None, host="127.0.0.1"
    ) as running:
        yield running.scheduler_address


def test_a_dask_scheduler_makes_the_same_files(local, scheduler, tmp_path):
    status = cli.main(
        [
            "run",
            "--data",
            str(local / "data"),
            "--outputs",
            str(tmp_path / "out"),
            "--dask",
            scheduler,
            "--quiet",
        ]
    )
    assert 0 == status
    assert faults.content(local / "outputs") == faults.content(tmp_path / "out")


def test_a_report_that_fails_on_a_worker_says_why(local, scheduler, tmp_path):
    chosen = sample.create(tmp_path / "data", 1, range(2023, 2024), seed=1)
    chosen[0].figures.write_text("item\n", encoding="utf-8")
    tally = batch.run(chosen, Shelf(tmp_path / "out"), batch.Plan(dask=scheduler, quiet=True))
    assert (0, 1) == (tally.built, tally.failed)
    assert "缺少列" in Shelf(tmp_path / "out").record(chosen[0])["error"]


def test_what_lies_in_the_current_folder_is_not_run_by_a_station(local, tmp_path, monkeypatch):
    for name in ("papermill", "helpers", "yaml", "pandas"):
        (tmp_path / f"{name}.py").write_text("open('was-run', 'w')\nraise SystemExit", "utf-8")
    monkeypatch.chdir(tmp_path)
    [folder] = selection.select(folders.there(local / "data"), [], [range(2023, 2024)])
    with station._Stations() as stations:
        answer = stations.ask(Job.of(folder, Limits()))
    assert "" == answer.reason and set(engine.FILES) == set(answer.files)
    assert not (tmp_path / "was-run").exists()


def test_a_station_is_no_more_when_its_block_is_left(local):
    [folder] = selection.select(folders.there(local / "data"), [], [range(2023, 2024)])
    before = faults.children(os.getpid())
    with station._Stations() as stations:
        stations.ask(Job.of(folder, Limits()))
        [own] = faults.children(os.getpid()) - before
    assert not Path(f"/proc/{own}").exists()


def test_a_worker_with_other_rules_or_code_is_refused(local):
    [folder] = selection.select(folders.there(local / "data"), [], [range(2023, 2024)])
    job = Job.of(folder, Limits())
    other = Job(
        job.department,
        job.year,
        job.told,
        job.files,
        {**job.machinery, "src/helpers/": "0"},
        job.limits,
    )
    assert "应装同一版本" in station.ask(other).reason


def test_an_answer_is_laid_with_the_files_of_a_report_alone(tmp_path):
    station.Answer({"report.html": b"x", "../outside": b"x", "/outside": b"x"}).lay(
        tmp_path / "place", tmp_path / "log"
    )
    assert ["report.html"] == [p.name for p in (tmp_path / "place").iterdir()]
    assert {"place", "log"} == {p.name for p in tmp_path.iterdir()}


def test_names_that_lead_elsewhere_are_not_fetched(store, tmp_path):
    for name in (
        "../../../escape",
        "UPPER/2023/figures.csv",
        f"{DEPARTMENT}/2023/../../../escape",
        f"{DEPARTMENT}/notes.txt",
    ):
        store.store[f"/bucket/data/departments/{name}"] = store.store[
            f"/bucket/data/departments/{DEPARTMENT}/2023/figures.csv"
        ]
    remote.fetched("memory://bucket/data", tmp_path / "copy", [])
    assert {"figures.csv", "profile.yaml"} == {p.name for p in tmp_path.rglob("*") if p.is_file()}


def test_a_password_in_an_address_is_in_no_report():
    [folder] = remote.called(
        [folders.Folder(Path("copy"), "office", 2023)], "sftp://user:secret@host/data"
    )
    assert "sftp://host/data" == folder.told


def test_a_store_that_fails_is_named_in_one_line(store, tmp_path, monkeypatch, capsys):
    def refuse(*_, **__):
        raise RuntimeError("no credentials")

    monkeypatch.setattr(type(store), "get_file", refuse)
    assert cli.FAILED == run()
    assert "读写不了：memory://bucket/data：no credentials\n" == capsys.readouterr().err


def test_two_batches_at_one_address_do_not_harm_each_other(store, tmp_path):
    two = [remote.RemoteShelf("memory://bucket/out", tmp_path / str(n)) for n in range(2)]
    folder = folders.Folder(tmp_path, "office", 2023)
    for n, shelf in enumerate((*two, two[0])):
        made = tmp_path / f"made-{n}"
        made.mkdir()
        for name in engine.FILES:
            (made / name).write_text("{}" if name == RECORD else str(n), encoding="utf-8")
        shelf.put(folder, made)
    assert {b"2"} == {
        store.cat_file(f"/bucket/out/office/2023/{name}") for name in engine.FILES if name != RECORD
    }


def test_a_scheduler_that_is_not_there_is_named(local, tmp_path):
    with pytest.raises(RequestError, match="连不上 Dask 调度器 tcp://127.0.0.1:9"):
        list(cluster.made(folders.there(local / "data"), tmp_path, Limits(), "tcp://127.0.0.1:9"))
